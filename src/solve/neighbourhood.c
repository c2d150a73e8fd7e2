#include "solve/core.h"
#include <stdlib.h>

/* A few CNNs that compete for units are taken out of the best placement and placed anew by an exact search over what
 * the others leave (large neighbourhood search: Shaw 1998). */
enum { SIZES = 3, PART_NODES = 2, PART_LIST = 10000, PART_LABELS = 10000, STALE_ROUNDS_A_CHAIN = 1 };

typedef struct {
    dcnn_core *core;
    int *chosen;     /* ascending */
    double *contest; /* [chain] how much it wants what the chosen ones have, or the other way round */
    bool *taken;     /* [chain] is chosen */
    int count;
} neighbourhood;

/* How many layers of one chain sit, in the best placement, on units the other could use. */
static int wanted_layers(const dcnn_core *core, int owner, int other)
{
    const dcnn_chain *chain = core->problem->chains[other];
    int wanted = 0;

    for (int j = 0; j < core->problem->chains[owner]->layer_count; j++) {
        int unit = core->best.units[owner][j];
        for (int t = 0; t < chain->layer_count; t++) {
            int x = dcnn_chain_find(chain, t, unit);
            if (x < 0 || !core->allowed[other][x]) continue;
            wanted++;
            break;
        }
    }
    return wanted;
}

static void take(neighbourhood *n, int u)
{
    n->taken[u] = true;
    n->count++;
    for (int v = 0; v < n->core->problem->chain_count; v++)
        if (!n->taken[v]) n->contest[v] += wanted_layers(n->core, u, v) + wanted_layers(n->core, v, u);
}

/* One at random, then those that contest its units, the more the likelier. */
static void choose(neighbourhood *n, int count)
{
    int chains = n->core->problem->chain_count, next = 0;

    n->count = 0;
    for (int u = 0; u < chains; u++) {
        n->taken[u] = false;
        n->contest[u] = 0.01;
    }
    take(n, (int)dcnn_rng_below(&n->core->rng, (uint64_t)chains));
    while (n->count < count) {
        int best = -1;
        double best_key = -1;
        for (int u = 0; u < chains; u++) {
            double key = n->contest[u] * dcnn_rng_unit(&n->core->rng);
            if (n->taken[u] || key <= best_key) continue;
            best = u;
            best_key = key;
        }
        take(n, best);
    }
    for (int u = 0; u < chains; u++)
        if (n->taken[u]) n->chosen[next++] = u;
}

static void adopt(neighbourhood *n, const dcnn_core *part)
{
    dcnn_load *trial = &n->core->trial;

    for (int k = 0; k < n->count; k++) dcnn_load_place(trial, n->chosen[k], part->best.units[k], part->best.cost[k]);
    (void)dcnn_core_improve(n->core, trial);
}

/* Solves the part of the chosen chains, a few nodes long at most. */
static dcnn_status solve_part(neighbourhood *n, int64_t seed, dcnn_error *err)
{
    dcnn_core *core = n->core, *part;
    dcnn_options options = core->options;
    dcnn_task task = {.options = &options,
                      .started_s = core->task.started_s,
                      .list_max = PART_LIST,
                      .pricing_labels = PART_LABELS,
                      .contest_steps = core->task.contest_steps,
                      .settle_work = core->task.settle_work / DCNN_BRIEF_SETTLE_SHARE};
    dcnn_problem *problem;
    dcnn_tick cost = 0;
    dcnn_status status;

    options.gap = 0;
    options.seed = (uint64_t)seed;
    options.node_limit = PART_NODES;
    dcnn_load_copy(&core->trial, &core->best);
    for (int k = 0; k < n->count; k++) {
        cost += core->best.cost[n->chosen[k]];
        dcnn_load_remove(&core->trial, n->chosen[k]);
    }
    status = dcnn_problem_part(&problem, core->problem, n->chosen, n->count, core->trial.room, core->allowed,
                               dcnn_tick_never, err);
    if (status) return status;
    if ((status = dcnn_core_new(&part, problem, &task, err))) return status;
    dcnn_core_cut(part, cost);
    status = dcnn_core_solve(part, err);
    if (!status && part->has_best) adopt(n, part);
    dcnn_core_free(part);
    return status;
}

dcnn_status dcnn_neighbourhoods(dcnn_core *core, int most, dcnn_error *err)
{
    size_t chains = (size_t)core->problem->chain_count;
    neighbourhood n = {.core = core,
                       .chosen = dcnn_take(chains, sizeof *n.chosen),
                       .contest = dcnn_take(chains, sizeof *n.contest),
                       .taken = dcnn_take(chains, sizeof *n.taken)};
    dcnn_status status = n.chosen && n.contest && n.taken ? DCNN_OK : dcnn_fail_memory(err);
    int stale = 0, patience = STALE_ROUNDS_A_CHAIN * (int)chains;

    if (core->problem->chain_count <= most || core->instance->scenario->shared_group_count > 0) patience = 0;
    for (int64_t round = 0; !status && core->has_best && stale < patience && !dcnn_core_should_stop(core); round++) {
        dcnn_tick before = core->best_cost;
        choose(&n, most - (int)dcnn_rng_below(&core->rng, SIZES));
        status = solve_part(&n, round, err);
        stale = core->best_cost < before ? 0 : stale + 1;
        dcnn_core_tell(core);
    }
    free(n.chosen);
    free(n.contest);
    free(n.taken);
    return status;
}
