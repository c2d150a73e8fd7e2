#include "solve/master_cuts.h"
#include <stdlib.h>
#include <string.h>

static bool find_lone_units(dcnn_core *core)
{
    size_t units = (size_t)core->problem->unit_count;
    int *owner = dcnn_take(units, sizeof *owner);

    core->alone = dcnn_take(units, sizeof *core->alone);
    if (!owner || !core->alone) {
        free(owner);
        return false;
    }
    memset(core->alone, true, units);
    for (int u = 0; u < core->problem->chain_count; u++)
        for (int x = 0; x < core->problem->chains[u]->size; x++) {
            int unit = core->problem->chains[u]->unit[x];
            if (owner[unit] != 0 && owner[unit] != u + 1) core->alone[unit] = false;
            owner[unit] = u + 1;
        }
    free(owner);
    return true;
}

static dcnn_status take_arrays(dcnn_core *core, dcnn_error *err)
{
    size_t chains = (size_t)core->problem->chain_count;

    core->allowed = dcnn_take(chains, sizeof(bool *));
    core->penalty = dcnn_take(chains, sizeof(dcnn_tick *));
    if (!core->allowed || !core->penalty) return dcnn_fail_memory(err);
    for (size_t u = 0; u < chains; u++) {
        size_t size = (size_t)core->problem->chains[u]->size;
        core->allowed[u] = dcnn_take(size, sizeof(bool));
        core->penalty[u] = dcnn_take(size, sizeof(dcnn_tick));
        if (!core->allowed[u] || !core->penalty[u]) return dcnn_fail_memory(err);
        memset(core->allowed[u], true, size);
    }
    if (!dcnn_load_init(&core->best, core->problem) || !dcnn_load_init(&core->trial, core->problem))
        return dcnn_fail_memory(err);
    if (!find_lone_units(core)) return dcnn_fail_memory(err);
    core->search = dcnn_search_new(core->instance);
    return core->search ? DCNN_OK : dcnn_fail_memory(err);
}

dcnn_status dcnn_core_new(dcnn_core **out, dcnn_problem *problem, const dcnn_task *task, dcnn_error *err)
{
    dcnn_core *core = dcnn_take(1, sizeof *core);
    dcnn_status status;

    *out = NULL;
    if (!core) {
        dcnn_problem_free(problem);
        return dcnn_fail_memory(err);
    }
    core->instance = problem->instance;
    core->options = *task->options;
    core->task = *task;
    core->problem = problem;
    core->one_ns = (dcnn_tick)1 << problem->instance->tick_bits;
    core->aim = dcnn_tick_never;
    core->nodes = task->nodes;
    core->columns = task->columns;
    dcnn_rng_seed(&core->rng, task->options->seed);
    status = dcnn_coupling_new(&core->rows, core->problem, dcnn_core_uses(core, DCNN_IDEA_KNAPSACK_ROWS), err);
    if (!status) status = take_arrays(core, err);
    if (status) {
        dcnn_core_free(core);
        return status;
    }
    dcnn_core_cut(core, core->problem->worst + core->one_ns);
    *out = core;
    return DCNN_OK;
}

bool **dcnn_allowed_copy(const dcnn_core *core, bool *const *from)
{
    int chains = core->problem->chain_count;
    bool **allowed = dcnn_take((size_t)chains, sizeof(bool *));

    for (int u = 0; allowed && u < chains; u++) {
        size_t size = (size_t)core->problem->chains[u]->size;
        if (!(allowed[u] = dcnn_take(size, sizeof(bool)))) {
            dcnn_allowed_free(core, allowed);
            return NULL;
        }
        memcpy(allowed[u], from[u], size);
    }
    return allowed;
}

void dcnn_allowed_free(const dcnn_core *core, bool **allowed)
{
    for (int u = 0; allowed && u < core->problem->chain_count; u++) free(allowed[u]);
    free(allowed);
}

void dcnn_core_cut(dcnn_core *core, dcnn_tick cost)
{
    core->best_cost = cost;
    dcnn_core_aim(core, core->aim);
}

void dcnn_core_aim(dcnn_core *core, dcnn_tick aim)
{
    core->aim = aim;
    core->cutoff = (aim < core->best_cost ? aim : core->best_cost) - core->one_ns + 1;
}

void dcnn_core_free(dcnn_core *core)
{
    if (!core) return;
    for (int u = 0; core->problem && u < core->problem->chain_count; u++) {
        if (core->allowed) free(core->allowed[u]);
        if (core->penalty) free(core->penalty[u]);
    }
    free(core->alone);
    free(core->allowed);
    free(core->penalty);
    if (core->best.problem) dcnn_load_clear(&core->best);
    if (core->trial.problem) dcnn_load_clear(&core->trial);
    dcnn_view_free(core->view);
    dcnn_search_free(core->search);
    dcnn_columns_clear(&core->store);
    dcnn_lp_free(core->master);
    free(core->master_column);
    free(core->cuts);
    dcnn_surcharge_clear(&core->surcharge);
    dcnn_coupling_free(core->rows);
    dcnn_problem_free(core->problem);
    free(core);
}

dcnn_tick dcnn_core_ceil(const dcnn_core *core, dcnn_tick value)
{
    dcnn_tick up = value + core->one_ns - 1;

    return up - (up & (core->one_ns - 1)); /* two's complement: rounds up negative values as well */
}

/* The placement to beat may be one that was found elsewhere (dcnn_core_cut). */
static bool within_gap(const dcnn_core *core)
{
    double best = (double)core->best_cost, bound = (double)core->bound;

    return core->options.gap > 0 && core->best_cost <= core->problem->worst && best - bound <= core->options.gap * best;
}

static void stop_for(dcnn_core *core, dcnn_stop reason)
{
    if (core->stopped) return;
    core->stopped = true;
    core->stop = reason;
}

bool dcnn_core_should_stop(dcnn_core *core)
{
    const dcnn_options *options = &core->options;

    if (core->stopped) return true;
    if (options->interrupt && *options->interrupt) stop_for(core, DCNN_STOP_INTERRUPT);
    if (options->time_limit_s > 0 && dcnn_clock_s() - core->task.started_s >= options->time_limit_s)
        stop_for(core, DCNN_STOP_TIME);
    if (options->node_limit > 0 && core->nodes >= options->node_limit) stop_for(core, DCNN_STOP_NODES);
    if (within_gap(core)) stop_for(core, DCNN_STOP_GAP);
    return core->stopped;
}

bool dcnn_core_stop_search(void *core)
{
    return dcnn_core_should_stop(core);
}

bool dcnn_core_improve(dcnn_core *core, const dcnn_load *load)
{
    dcnn_tick cost = dcnn_load_cost(load);

    if (cost >= core->best_cost) return false;
    dcnn_load_copy(&core->best, load);
    core->has_best = true;
    dcnn_core_cut(core, cost);
    if (core->task.any_will_do) stop_for(core, DCNN_STOP_FINISHED);
    return true;
}

void dcnn_core_tell(dcnn_core *core)
{
    if (core->task.tell) core->task.tell(core->task.tell_user, core);
}

bool dcnn_core_proven(const dcnn_core *core)
{
    return core->bound >= core->cutoff;
}
