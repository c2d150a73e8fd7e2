/* experiment.h - runs every solve of a plan on several threads; a run that was killed goes on where it was. */
#ifndef DCNN_EXPERIMENT_EXPERIMENT_H
#define DCNN_EXPERIMENT_EXPERIMENT_H

#include "experiment/plan.h"
#include <dcnn/placement.h>

/* Called after a solve and before the journal takes it, by several threads at once. */
typedef dcnn_status (*dcnn_placed_fn)(void *user, const dcnn_plan_solve *solve, const dcnn_scenario *scenario,
                                      const dcnn_placement *placement, dcnn_error *err);

typedef struct {
    int threads;           /* >= 1 */
    bool resume;           /* go on with the journal in the folder; otherwise there must be none */
    dcnn_placed_fn placed; /* NULL = none */
    void *placed_user;
} dcnn_experiment_options;

/* Runs what the journal of the folder does not hold yet, then writes DIR/results.csv, a row a solve in the plan's
 * order: the same bytes whatever the threads and however often it was resumed. Wall times go to DIR/times.csv.
 *
 * directory  must exist
 *
 * DCNN_E_VALUE when the journal belongs to another plan or a network does not connect, DCNN_E_ARGUMENT, DCNN_E_IO,
 * DCNN_E_MEMORY. */
dcnn_status dcnn_experiment_run(const dcnn_plan *plan, const char *directory, const dcnn_experiment_options *options,
                                dcnn_error *err);

#endif
