/* model.h - what follows from a scenario's figures by definition. */
#ifndef DCNN_MODEL_MODEL_H
#define DCNN_MODEL_MODEL_H

#include <dcnn/scenario.h>

/* An empty scenario with its pool, for whoever fills one in: unlimited, objective sum, no places, no CNNs. NULL when
 * memory is out. Free with dcnn_scenario_free. */
dcnn_scenario *dcnn_scenario_new(void);

/* Fills p and g of a CNN from the exit probabilities of its layers: g[j] is the exit probability, the last layer
 * decides the rest; p[0] = 1 and p[j] = p[j-1] - g[j-1] (paper, Eq. 1). Sums that exceed 1 by rounding leave nothing.
 */
void dcnn_exits_derive(dcnn_cnn *cnn);

/* Sets the shared groups of a scenario from pairs of layers that are one and the same: pairs that overlap merge. Groups
 * stand in the order of their first members.
 *
 * same  [2 * pair_count] layers 2k and 2k+1 are the same
 *
 * Returns DCNN_OK or DCNN_E_MEMORY. O(layers + pairs), nearly. */
dcnn_status dcnn_shared_merge(dcnn_scenario *scenario, const dcnn_layer_ref *same, size_t pair_count);

#endif
