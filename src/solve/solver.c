#include "solve/run.h"
#include <stdlib.h>

struct dcnn_solver {
    const dcnn_instance *instance;
    dcnn_options options;
    dcnn_run run;
    bool has_run;
};

const char *const dcnn_idea_names[DCNN_IDEA_COUNT] = {[DCNN_IDEA_KNAPSACK_ROWS] = "knapsack rows",
                                                      [DCNN_IDEA_FIXING] = "fixing",
                                                      [DCNN_IDEA_RECREATION] = "ruin and recreate",
                                                      [DCNN_IDEA_ANNEALING] = "annealing",
                                                      [DCNN_IDEA_NEIGHBOURHOODS] = "neighbourhoods",
                                                      [DCNN_IDEA_DIVING] = "diving",
                                                      [DCNN_IDEA_SMOOTHING] = "smoothing",
                                                      [DCNN_IDEA_CRITICAL_UNITS] = "critical units",
                                                      [DCNN_IDEA_LISTS] = "lists",
                                                      [DCNN_IDEA_SHORT_LISTS] = "short lists first",
                                                      [DCNN_IDEA_PICKING] = "picking",
                                                      [DCNN_IDEA_CUTS] = "cuts",
                                                      [DCNN_IDEA_CONTESTS] = "contests",
                                                      [DCNN_IDEA_MASTER_CUTS] = "cuts in the master",
                                                      [DCNN_IDEA_SPEEDS] = "speeds first",
                                                      [DCNN_IDEA_OUTLOOKS] = "outlooks",
                                                      [DCNN_IDEA_PROBING] = "probing"};

void dcnn_options_init(dcnn_options *options)
{
    *options = (dcnn_options){.threads = 1, .seed = 1};
}

dcnn_status dcnn_solver_new(dcnn_solver **out, const dcnn_instance *instance, const dcnn_options *options,
                            dcnn_error *err)
{
    dcnn_solver *solver;

    *out = NULL;
    if (!(options->time_limit_s >= 0))
        return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the time limit must be 0 (none) or more, found %g",
                         options->time_limit_s);
    if (!(options->gap >= 0 && options->gap <= 1))
        return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the gap must lie in [0, 1], found %g", options->gap);
    if (options->node_limit < 0) return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the node limit must be 0 (none) or more");
    if (options->threads < 1)
        return dcnn_fail(err, DCNN_E_ARGUMENT, "", "at least one thread is needed, found %d", options->threads);
    solver = dcnn_take(1, sizeof *solver);
    if (!solver) return dcnn_fail_memory(err);
    solver->instance = instance;
    solver->options = *options;
    *out = solver;
    return DCNN_OK;
}

dcnn_status dcnn_solver_run(dcnn_solver *solver, dcnn_result *result, dcnn_error *err)
{
    dcnn_status status;

    *result = (dcnn_result){.best_ns = DCNN_NEVER};
    dcnn_run_clear(&solver->run);
    status = dcnn_run_init(&solver->run, solver->instance, &solver->options) ? DCNN_OK : dcnn_fail_memory(err);
    if (!status) status = dcnn_run_search(&solver->run, err);
    solver->has_run = true;
    *result = dcnn_run_result(&solver->run);
    return status;
}

dcnn_status dcnn_solver_placement(const dcnn_solver *solver, dcnn_placement **out, dcnn_error *err)
{
    const dcnn_run *run = &solver->run;
    dcnn_result result = dcnn_run_result(run);
    dcnn_status status;

    *out = NULL;
    if (!solver->has_run) return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the solver has not run");
    status = dcnn_placement_new(out, solver->instance->scenario,
                                run->best_ns < DCNN_NEVER ? (const int *const *)run->units : NULL, err);
    if (status) return status;
    (*out)->proof = result.proof;
    (*out)->stop = result.stop;
    (*out)->bound_ns = result.bound_ns;
    (*out)->nodes = result.nodes;
    (*out)->columns = result.columns;
    (*out)->threads = solver->options.threads;
    return DCNN_OK;
}

dcnn_status dcnn_solver_certify(dcnn_solver *solver, dcnn_certificate **out, dcnn_error *err)
{
    *out = NULL;
    if (!solver->has_run) return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the solver has not run");
    return dcnn_run_certify(&solver->run, out, err);
}

void dcnn_solver_free(dcnn_solver *solver)
{
    if (!solver) return;
    dcnn_run_clear(&solver->run);
    free(solver);
}
