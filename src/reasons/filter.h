/* filter.h - from all limits to a set of which each is needed. */
#ifndef DCNN_REASONS_FILTER_H
#define DCNN_REASONS_FILTER_H

#include "limits.h"
#include "trial.h"

typedef struct {
    const dcnn_scenario *scenario;
    dcnn_limits *limits;
    dcnn_draft draft; /* scratch */
    dcnn_trials trials;
    dcnn_error *err;
} dcnn_filter;

/* limits: borrowed. Close it in any case. DCNN_E_MEMORY. */
dcnn_status dcnn_filter_open(dcnn_filter *filter, const dcnn_scenario *scenario, dcnn_limits *limits,
                             const dcnn_options *options, dcnn_error *err);
void dcnn_filter_close(dcnn_filter *filter);

/* Drops limits, one after another and many at once, as long as those that remain cannot hold together; what cannot be
 * decided stays in force and is marked. In order to start, the limits in force must be infeasible. */
dcnn_status dcnn_filter_run(dcnn_filter *filter);

/* Whether the limits in force could hold were group g not shared. */
dcnn_status dcnn_filter_needs_group(dcnn_filter *filter, int g, bool *needed);

#endif
