/* distances.h - hop counts as the authors' public code finds them: never fewer than the fewest. */
#ifndef DCNN_EXPERIMENT_DISTANCES_H
#define DCNN_EXPERIMENT_DISTANCES_H

#include <dcnn/scenario.h>

/* Replaces the network of a range scenario by a matrix of hops. The published search looks for routes depth first and
 * never takes a place twice, not even on another branch: afresh only for each neighbour of the start. It goes from the
 * lower place to the higher; the way back counts as many hops. Neighbours are taken in ascending order.
 *
 * DCNN_E_VALUE unless the network is one of ranges, DCNN_E_MEMORY. O(places^2 links). */
dcnn_status dcnn_published_distances(dcnn_scenario *scenario, dcnn_error *err);

#endif
