/* hops.h - how far the data of a placement travels. */
#ifndef DCNN_EXPERIMENT_HOPS_H
#define DCNN_EXPERIMENT_HOPS_H

#include <dcnn/placement.h>

/* Links that the images and feature maps of all CNNs cross, from each source over the units of its layers to its sink,
 * on soonest routes; -1 where there is no placement. O(layers * (places + links)). DCNN_E_MEMORY. */
dcnn_status dcnn_experiment_hops(int64_t *hops, const dcnn_scenario *scenario, const dcnn_placement *placement,
                                 dcnn_error *err);

#endif
