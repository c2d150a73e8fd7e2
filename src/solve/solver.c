#include "solve/core.h"
#include <stdlib.h>

enum { ASCENT_ROUNDS = 400, EARLY_RECREATIONS = 30 };

struct dcnn_solver {
    const dcnn_instance *instance;
    dcnn_options options;
    dcnn_core *core;
    dcnn_result result;
};

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

static int64_t to_ns(const dcnn_core *core, dcnn_tick ticks)
{
    return dcnn_core_ceil(core, ticks) / core->one_ns;
}

static void fill_result(dcnn_solver *solver, dcnn_result *result)
{
    const dcnn_core *core = solver->core;
    bool proven = core->bound >= core->cutoff;

    *result = (dcnn_result){.best_ns = core->has_best ? to_ns(core, core->best_cost) : DCNN_NEVER,
                            .bound_ns = core->bound < 0 ? 0 : to_ns(core, core->bound),
                            .nodes = core->nodes,
                            .columns = core->columns,
                            .elapsed_s = dcnn_clock_s() - core->started_s,
                            .stop = core->stop};
    if (proven) {
        result->proof = core->has_best ? DCNN_PROOF_OPTIMAL : DCNN_PROOF_INFEASIBLE;
        result->stop = DCNN_STOP_FINISHED;
        result->bound_ns = result->best_ns;
    }
}

void dcnn_core_report(dcnn_core *core)
{
    double now = dcnn_clock_s();
    dcnn_result so_far;

    if (!core->options.progress || now < core->next_progress_s) return;
    core->next_progress_s = now + 0.5;
    so_far = (dcnn_result){.best_ns = core->has_best ? to_ns(core, core->best_cost) : DCNN_NEVER,
                           .bound_ns = core->bound < 0 ? 0 : to_ns(core, core->bound),
                           .nodes = core->nodes,
                           .columns = core->columns,
                           .elapsed_s = now - core->started_s};
    core->options.progress(core->options.progress_user, &so_far);
}

static dcnn_status search(dcnn_core *core, dcnn_error *err)
{
    double *price = dcnn_take((size_t)core->rows->row_count, sizeof *price);
    dcnn_tick bound;
    dcnn_status status = price ? DCNN_OK : dcnn_fail_memory(err);

    if (!status) status = dcnn_lagrange(core, core->allowed, price, ASCENT_ROUNDS, &bound, err);
    if (!status) {
        if (bound > core->bound) core->bound = bound < core->best_cost ? bound : core->best_cost;
        dcnn_core_report(core);
    }
    if (!status && core->bound < core->cutoff && !dcnn_core_should_stop(core))
        status = dcnn_ruin_and_recreate(core, price, EARLY_RECREATIONS, err);
    if (!status && core->bound < core->cutoff && !dcnn_core_should_stop(core))
        status = dcnn_tree_search(core, price, err);
    free(price);
    return status;
}

dcnn_status dcnn_solver_run(dcnn_solver *solver, dcnn_result *result, dcnn_error *err)
{
    dcnn_status status;

    *result = (dcnn_result){.best_ns = DCNN_NEVER};
    dcnn_core_free(solver->core);
    solver->core = NULL;
    status = dcnn_core_new(&solver->core, solver->instance, &solver->options, DCNN_NEVER, err);
    if (status) return status;
    status = search(solver->core, err);
    fill_result(solver, result);
    solver->result = *result;
    return status;
}

dcnn_status dcnn_solver_placement(const dcnn_solver *solver, dcnn_placement **out, dcnn_error *err)
{
    const dcnn_core *core = solver->core;
    dcnn_status status;

    *out = NULL;
    if (!core) return dcnn_fail(err, DCNN_E_ARGUMENT, "", "the solver has not run");
    status = dcnn_placement_new(out, solver->instance->scenario,
                                core->has_best ? (const int *const *)core->best.units : NULL, err);
    if (status) return status;
    (*out)->proof = solver->result.proof;
    (*out)->stop = solver->result.stop;
    (*out)->bound_ns = solver->result.bound_ns;
    (*out)->nodes = solver->result.nodes;
    (*out)->columns = solver->result.columns;
    (*out)->threads = solver->options.threads;
    return DCNN_OK;
}

void dcnn_solver_free(dcnn_solver *solver)
{
    if (!solver) return;
    dcnn_core_free(solver->core);
    free(solver);
}
