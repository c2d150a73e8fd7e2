/* trial.h - can a changed scenario be placed at all? A bounded number of bounded solves. */
#ifndef DCNN_REASONS_TRIAL_H
#define DCNN_REASONS_TRIAL_H

#include <dcnn/solve.h>

typedef enum { DCNN_TRIAL_UNDECIDED, DCNN_TRIAL_FEASIBLE, DCNN_TRIAL_INFEASIBLE } dcnn_verdict;

typedef struct {
    dcnn_options options; /* of each solve */
    double end_s;         /* no solve begins later; 0 = never ends */
    int solves_left;
} dcnn_trials;

/* options: what the caller of dcnn_reasons_find asked for. A node of a large scenario takes long, so that it gets fewer
 * of them: what decides is its size, not the time it takes, and the same scenario has the same reasons everywhere. */
void dcnn_trials_init(dcnn_trials *trials, const dcnn_scenario *scenario, const dcnn_options *options);

/* For trials of cures, another budget of fewer nodes: what is not found soon need not be told. */
void dcnn_trials_of_cures(dcnn_trials *trials, const dcnn_scenario *scenario);

/* found (may be NULL) out: a placement that keeps all limits, NULL unless FEASIBLE; free it with dcnn_placement_free.
 * Fails with DCNN_E_MEMORY and DCNN_E_ARGUMENT only: what cannot be counted is undecided. */
dcnn_status dcnn_trial(dcnn_trials *trials, const dcnn_scenario *scenario, dcnn_verdict *verdict,
                       dcnn_placement **found, dcnn_error *err);

/* Least latency of CNN c that the limits of all allow, as far as it is found: DCNN_NEVER = none is.
 * proven: it is the least. */
dcnn_status dcnn_trial_least_latency(dcnn_trials *trials, dcnn_scenario *scenario, int c, int64_t *latency_ns,
                                     bool *proven, dcnn_error *err);

#endif
