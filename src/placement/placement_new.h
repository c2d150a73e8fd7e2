/* placement_new.h - an empty placement, for those who fill one in. */
#ifndef DCNN_PLACEMENT_NEW_H
#define DCNN_PLACEMENT_NEW_H

#include "base/base.h"
#include <dcnn/network.h>
#include <dcnn/placement.h>

/* A placement of nothing: proof none, no value, the bound 0, the names and the objective of the scenario. NULL when
 * memory is out. */
dcnn_placement *dcnn_placement_empty(const dcnn_scenario *scenario);

/* Room for the units of every CNN of the scenario (all -1); false when memory is out. */
bool dcnn_placement_take_cnns(dcnn_placement *placement, const dcnn_scenario *scenario);

/* The latency of CNN c on these units, part by part, with the weight given (the CNN's own, or 1). A part without a
 * route is DCNN_NEVER, and so is the latency then. DCNN_E_VALUE when a time is not below DCNN_COUNT_MAX, DCNN_E_MEMORY.
 */
dcnn_status dcnn_latency_compute(dcnn_latency *latency, dcnn_router *router, const dcnn_scenario *scenario, int c,
                                 const int *units, double weight, dcnn_error *err);

/* Adds times; DCNN_NEVER stays so. False when the sum is not below DCNN_COUNT_MAX. */
bool dcnn_latency_add(int64_t *sum_ns, int64_t ns);

#endif
