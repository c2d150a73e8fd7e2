/* run.h - one run of the solver, whatever the objective: what is found and proven so far, in nanoseconds. */
#ifndef DCNN_SOLVE_RUN_H
#define DCNN_SOLVE_RUN_H

#include "solve/core.h"

typedef struct dcnn_region_proof dcnn_region_proof;

typedef struct {
    const dcnn_instance *instance;
    const dcnn_options *options;
    double started_s, next_progress_s;
    int **units;             /* [cnn][layer] of the best placement, where there is one */
    int64_t best_ns, sum_ns; /* its objective and its sum; DCNN_NEVER = none */
    int64_t bound_ns;
    int64_t nodes, columns;
    dcnn_stop stop;
    dcnn_region_proof *region_proof; /* of the best bound that regions gave; NULL = none did */
    bool proven;                     /* nothing is better, or nothing at all is feasible */
} dcnn_run;

/* False when memory is out. */
bool dcnn_run_init(dcnn_run *run, const dcnn_instance *instance, const dcnn_options *options);
void dcnn_run_clear(dcnn_run *run);

/* Searches, by the scenario's objective. The run stays true of what was found whatever is returned. */
dcnn_status dcnn_run_search(dcnn_run *run, dcnn_error *err);

/* The state of the run, as the public result. */
dcnn_result dcnn_run_result(const dcnn_run *run);

/* A task within what the run has left; tell reports to the run. */
dcnn_task dcnn_run_task(dcnn_run *run);

/* Tells the one who asked for progress, twice a second. */
void dcnn_run_progress(dcnn_run *run, const dcnn_result *so_far);

/* Copies the units of a whole placement. */
void dcnn_run_keep(dcnn_run *run, const dcnn_load *load);

/* region_proof.c: what regions alone prove, 0 = nothing; the one node that says how, false when memory is out. */
int64_t dcnn_region_proof_bound(const dcnn_run *run);
bool dcnn_region_proof_write(const dcnn_run *run, dcnn_certificate *certificate, dcnn_proof_part *part);
void dcnn_region_proof_free(dcnn_region_proof *proof);

/* certify.c: proves the bound of the run once more, and writes down how. */
dcnn_status dcnn_run_certify(dcnn_run *run, dcnn_certificate **out, dcnn_error *err);

/* minmax.c: the least maximum, and of those the least sum. */
dcnn_status dcnn_run_minmax(dcnn_run *run, dcnn_error *err);

#endif
