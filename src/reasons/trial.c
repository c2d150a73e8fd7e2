#include "trial.h"
#include "base/base.h"
#include "pack.h"

enum { SOLVES = 400, SOLVES_PER_CURE = 40, NODES_MAX = 500 };

/* Nodes times layers times units of a solve. */
static const int64_t work_per_solve = 100000, work_per_cure = 10000;

/* A CNN of this weight needs its routes as ever, and its times round to nothing beside those of weight 1. */
static const double next_to_nothing = 1e-30;

static int64_t nodes_for(const dcnn_scenario *scenario, int64_t work)
{
    int64_t cells = 0, nodes;

    for (int c = 0; c < scenario->cnn_count; c++)
        cells += (int64_t)scenario->cnns[c].layer_count * scenario->unit_count;
    nodes = cells > 0 ? work / cells : NODES_MAX;
    return nodes < 1 ? 1 : nodes > NODES_MAX ? NODES_MAX : nodes;
}

void dcnn_trials_init(dcnn_trials *trials, const dcnn_scenario *scenario, const dcnn_options *options)
{
    *trials = (dcnn_trials){.options = *options, .solves_left = SOLVES};
    trials->options.progress = NULL;
    if (options->time_limit_s > 0) trials->end_s = dcnn_clock_s() + options->time_limit_s;
    if (options->node_limit == 0) trials->options.node_limit = nodes_for(scenario, work_per_solve);
}

void dcnn_trials_of_cures(dcnn_trials *trials, const dcnn_scenario *scenario)
{
    int64_t nodes = nodes_for(scenario, work_per_cure);

    trials->solves_left = SOLVES_PER_CURE;
    if (trials->options.node_limit > nodes) trials->options.node_limit = nodes;
}

/* Whether another solve may begin; it then has the time that is left. */
static bool may_solve(dcnn_trials *trials)
{
    if (trials->solves_left <= 0) return false;
    if (trials->options.interrupt && *trials->options.interrupt) return false;
    trials->solves_left--;
    if (trials->end_s <= 0) return true;
    trials->options.time_limit_s = trials->end_s - dcnn_clock_s();
    return trials->options.time_limit_s > 0;
}

/* found (may be NULL): set where there is a placement. */
static dcnn_status solve(const dcnn_scenario *scenario, const dcnn_options *options, dcnn_result *result,
                         dcnn_placement **found, dcnn_error *err)
{
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_status status;

    if ((status = dcnn_instance_new(&instance, scenario, err))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, options, err))) goto done;
    if ((status = dcnn_solver_run(solver, result, err))) goto done;
    if (found && result->best_ns != DCNN_NEVER) status = dcnn_solver_placement(solver, found, err);
done:
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    return status;
}

dcnn_status dcnn_trial(dcnn_trials *trials, const dcnn_scenario *scenario, dcnn_verdict *verdict,
                       dcnn_placement **found, dcnn_error *err)
{
    dcnn_scenario simple = *scenario;
    dcnn_options options;
    dcnn_result result = {.best_ns = DCNN_NEVER};
    dcnn_status status = DCNN_OK;
    bool packed = false;

    *verdict = DCNN_TRIAL_UNDECIDED;
    if (found)
        *found = NULL;
    else
        status = dcnn_pack(scenario, &packed, err);
    if (status) return status;
    if (packed) *verdict = DCNN_TRIAL_FEASIBLE;
    if (packed || !may_solve(trials)) return DCNN_OK;
    simple.objective = DCNN_OBJECTIVE_SUM; /* whatever it is, it does not decide */
    options = trials->options;
    options.gap = 1; /* the first placement will do */
    status = solve(&simple, &options, &result, found, err);
    if (status == DCNN_E_VALUE) return DCNN_OK;
    if (status) return status;
    if (result.best_ns != DCNN_NEVER)
        *verdict = DCNN_TRIAL_FEASIBLE;
    else if (result.proof == DCNN_PROOF_INFEASIBLE)
        *verdict = DCNN_TRIAL_INFEASIBLE;
    return DCNN_OK;
}

dcnn_status dcnn_trial_least_latency(dcnn_trials *trials, dcnn_scenario *scenario, int c, int64_t *latency_ns,
                                     bool *proven, dcnn_error *err)
{
    dcnn_result result = {.best_ns = DCNN_NEVER};
    dcnn_placement *found = NULL;
    dcnn_status status;

    *latency_ns = DCNN_NEVER;
    *proven = false;
    if (!may_solve(trials)) return DCNN_OK;
    scenario->objective = DCNN_OBJECTIVE_SUM;
    for (int k = 0; k < scenario->cnn_count; k++)
        if (scenario->cnns[k].weight > 0) scenario->cnns[k].weight = next_to_nothing;
    scenario->cnns[c].weight = 1;
    status = solve(scenario, &trials->options, &result, &found, err);
    if (found) *latency_ns = found->cnns[c].latency.latency_ns;
    *proven = result.proof == DCNN_PROOF_OPTIMAL;
    dcnn_placement_free(found);
    return status == DCNN_E_VALUE ? DCNN_OK : status;
}
