/* experiment.h - many random systems, many settings, one placement each: the results as CSV, and what they say.
 *
 *     dcnn_plan_read(&plan, "plan.json", NULL, NULL, &err);
 *     dcnn_experiment_run(plan, "out", &options, &err);      results, times, statistics, plots
 *     dcnn_plan_free(plan);
 *
 * docs/experiments.md has the keys of a plan and the columns of the files. */
#ifndef DCNN_EXPERIMENT_H
#define DCNN_EXPERIMENT_H

#include <dcnn/placement.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dcnn_plan dcnn_plan;

/* One placement to find; its contents are the library's. */
typedef struct dcnn_plan_solve dcnn_plan_solve;

/* Reads a plan; every fault is told. Free with dcnn_plan_free. DCNN_E_IO, _SYNTAX, _VALUE, _MEMORY. */
dcnn_status dcnn_plan_read(dcnn_plan **out, const char *path, dcnn_fault_fn on_fault, void *user, dcnn_error *err);

/* Accepts NULL. */
void dcnn_plan_free(dcnn_plan *plan);

/* Placements that the whole plan asks for. */
int64_t dcnn_plan_solve_count(const dcnn_plan *plan);

/* Called after a solve and before the journal takes it, by several threads at once. */
typedef dcnn_status (*dcnn_placed_fn)(void *user, const dcnn_plan_solve *solve, const dcnn_scenario *scenario,
                                      const dcnn_placement *placement, dcnn_error *err);

typedef struct {
    int64_t done, wanted; /* solves of this run's share of the plan, those of an earlier run included */
    int64_t solved;       /* by this run */
    double elapsed_s;     /* of this run */
} dcnn_experiment_progress;

typedef struct {
    int threads;            /* >= 1 */
    bool resume;            /* go on with the journal in the folder; otherwise there must be none */
    int shard, shard_count; /* of shard_count equal shares of the plan do number shard = 1 ..; 0, 0 = all */
    dcnn_placed_fn placed;  /* NULL = none */
    void *placed_user;
    void (*progress)(void *user, const dcnn_experiment_progress *so_far); /* after each solve, one at a time; or NULL */
    void *progress_user;
    const volatile int *interrupt; /* becomes non-zero when no further solve shall begin; NULL = never */
} dcnn_experiment_options;

/* Runs what the journal of the folder does not hold yet, and leaves a copy of the plan there, plan.json. Once the plan
 * is complete it writes results.csv, a row a solve in the plan's order, summary.csv and summary.md, and plots/, scripts
 * and data for gnuplot: the same bytes whatever the threads and however often it was resumed. Wall times go to
 * times.csv, times_summary.csv and .md, and plots/solve-time.*. A share of a plan, and a run that was interrupted,
 * leave a journal only. While it runs, another process that wants the folder is refused with DCNN_E_IO.
 *
 * directory  must exist
 *
 * DCNN_E_VALUE when the journal belongs to another plan or a network does not connect, DCNN_E_ARGUMENT, DCNN_E_IO,
 * DCNN_E_MEMORY. */
dcnn_status dcnn_experiment_run(const dcnn_plan *plan, const char *directory, const dcnn_experiment_options *options,
                                dcnn_error *err);

/* Gathers the journals of count folders, which together hold the plan, into the files of directory. A solve that is in
 * none of them, or in two, is DCNN_E_VALUE; else as above. */
dcnn_status dcnn_experiment_merge(const dcnn_plan *plan, const char *const *folders, int count, const char *directory,
                                  dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
