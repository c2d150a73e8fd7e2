#include "solve/run.h"
#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

enum {
    SPEEDS_AFTER = 120,
    SPEEDS_AFTER_SEVERAL = 400, /* layers on a unit */
    LIST_MAX = 400000,
    SETTLE_WORK = 100000000,
    PRICING_LABELS = 100000,
    CONTEST_STEPS = 5 << 20
};
static const double progress_every_s = 0.5;

bool dcnn_run_init(dcnn_run *run, const dcnn_instance *instance, const dcnn_options *options)
{
    *run = (dcnn_run){.instance = instance,
                      .options = options,
                      .started_s = dcnn_clock_s(),
                      .best_ns = DCNN_NEVER,
                      .sum_ns = DCNN_NEVER,
                      .units = dcnn_take((size_t)instance->cnn_count, sizeof(int *))};
    if (!run->units) return false;
    for (int c = 0; c < instance->cnn_count; c++) {
        run->units[c] = dcnn_take((size_t)instance->chains[c].layer_count, sizeof(int));
        if (!run->units[c]) return false;
    }
    return true;
}

void dcnn_run_clear(dcnn_run *run)
{
    for (int c = 0; run->units && c < run->instance->cnn_count; c++) free(run->units[c]);
    free(run->units);
    dcnn_region_proof_free(run->region_proof);
    *run = (dcnn_run){0};
}

dcnn_result dcnn_run_result(const dcnn_run *run)
{
    dcnn_result result = {.best_ns = run->best_ns,
                          .bound_ns = run->bound_ns,
                          .nodes = run->nodes,
                          .columns = run->columns,
                          .elapsed_s = dcnn_clock_s() - run->started_s,
                          .stop = run->stop};

    if (run->proven) {
        result.proof = run->best_ns < DCNN_NEVER ? DCNN_PROOF_OPTIMAL : DCNN_PROOF_INFEASIBLE;
        result.stop = DCNN_STOP_FINISHED;
        result.bound_ns = run->best_ns;
    }
    return result;
}

void dcnn_run_progress(dcnn_run *run, const dcnn_result *so_far)
{
    double now = dcnn_clock_s();

    if (!run->options->progress || now < run->next_progress_s) return;
    run->next_progress_s = now + progress_every_s;
    run->options->progress(run->options->progress_user, so_far);
}

void dcnn_run_keep(dcnn_run *run, const dcnn_load *load)
{
    for (int c = 0; c < run->instance->cnn_count; c++)
        memcpy(run->units[c], load->units[c], (size_t)run->instance->chains[c].layer_count * sizeof(int));
}

static int64_t to_ns(const dcnn_core *core, dcnn_tick ticks)
{
    return ticks < 0 ? 0 : dcnn_core_ceil(core, ticks) / core->one_ns;
}

/* Under the objective sum, the core's state is the run's. */
static void tell_sum(void *user, const dcnn_core *core)
{
    dcnn_run *run = user;
    dcnn_result so_far = {.best_ns = core->has_best ? to_ns(core, core->best_cost) : DCNN_NEVER,
                          .bound_ns = to_ns(core, core->bound),
                          .nodes = core->nodes,
                          .columns = core->columns,
                          .elapsed_s = dcnn_clock_s() - run->started_s};

    dcnn_run_progress(run, &so_far);
}

dcnn_task dcnn_run_task(dcnn_run *run)
{
    return (dcnn_task){.options = run->options,
                       .started_s = run->started_s,
                       .nodes = run->nodes,
                       .columns = run->columns,
                       .list_max = LIST_MAX,
                       .pricing_labels = PRICING_LABELS,
                       .contest_steps = CONTEST_STEPS,
                       .settle_work = SETTLE_WORK,
                       .speeds_after = run->instance->layers_per_unit == 1 ? SPEEDS_AFTER : SPEEDS_AFTER_SEVERAL};
}

static dcnn_status run_sum(dcnn_run *run, dcnn_error *err)
{
    dcnn_task task = dcnn_run_task(run);
    dcnn_problem *problem;
    dcnn_core *core = NULL;
    dcnn_status status = dcnn_problem_new(&problem, run->instance, err);

    if (status) return status;
    task.tell = tell_sum;
    task.tell_user = run;
    if ((status = dcnn_core_new(&core, problem, &task, err))) return status;
    status = dcnn_core_solve(core, err);
    if (core->has_best) {
        dcnn_run_keep(run, &core->best);
        run->best_ns = run->sum_ns = to_ns(core, core->best_cost);
    }
    run->bound_ns = to_ns(core, core->bound);
    run->proven = dcnn_core_proven(core);
    run->stop = core->stop;
    run->nodes = core->nodes;
    run->columns = core->columns;
    dcnn_core_free(core);
    return status;
}

dcnn_status dcnn_run_search(dcnn_run *run, dcnn_error *err)
{
    if (dcnn_reach_suits(run->instance)) return dcnn_reach_run(run, err);
    return run->instance->scenario->objective == DCNN_OBJECTIVE_MAX ? dcnn_run_minmax(run, err) : run_sum(run, err);
}
