#include "solve/core.h"
#include <stdlib.h>
#include <string.h>

/* Diving (Sadykov, Vanderbeck, Pessoa, Tahiri, Uchoa 2019): the master's solution is rounded one column at a time, and
 * columns are generated anew for what is left of the problem after each. Where that fails, the next columns are tried;
 * where few enough columns are left to list, the rest is settled exactly. */
enum { DISCREPANCIES = 1, WIDTH = DISCREPANCIES + 1, STEPS_MAX = 60, LIST_MAX = 5000 };

typedef struct {
    dcnn_core *core;
    dcnn_node_result node;
    int steps;
} dive;

/* The columns that the master uses most, but for those of chains that have no choice left. Returns how many. */
static int most_used(const dive *d, bool *const *allowed, int *columns)
{
    const dcnn_core *core = d->core;
    const double *values = dcnn_lp_values(core->master);
    int count = 0;

    for (int k = core->problem->chain_count; k < dcnn_lp_column_count(core->master); k++) {
        int column = core->master_column[k], at;
        const dcnn_column *c = &core->store.columns[column];
        int open = 0;
        if (values[k] < 1e-6) continue;
        for (int x = 0; x < core->problem->chains[c->chain]->size; x++) open += allowed[c->chain][x];
        if (open == core->problem->chains[c->chain]->layer_count) continue;
        if (count == WIDTH && values[k] <= values[core->store.columns[columns[count - 1]].lp_index] + 1e-6) continue;
        at = count < WIDTH ? count++ : count - 1;
        for (; at > 0 && values[k] > values[core->store.columns[columns[at - 1]].lp_index] + 1e-6; at--)
            columns[at] = columns[at - 1];
        columns[at] = column;
    }
    return count;
}

/* Where a unit takes one layer, it is lost to the other chains. */
static void take_unit(const dcnn_problem *problem, int owner, int unit, bool **allowed)
{
    for (int u = 0; u < problem->chain_count; u++) {
        const dcnn_chain *other = problem->chains[u];
        if (u == owner || !other->single) continue;
        for (int x = 0; x < other->size; x++)
            if (other->unit[x] == unit) allowed[u][x] = false;
    }
}

static void fix(const dive *d, int column, bool **allowed)
{
    const dcnn_problem *problem = d->core->problem;
    const dcnn_column *c = &d->core->store.columns[column];
    const dcnn_chain *chain = problem->chains[c->chain];
    const int *flats = d->core->store.flats + c->flats;

    memset(allowed[c->chain], false, (size_t)chain->size * sizeof **allowed);
    for (int j = 0; j < chain->layer_count; j++) {
        allowed[c->chain][flats[j]] = true;
        if (problem->instance->scenario->shared_group_count == 0)
            take_unit(problem, c->chain, chain->unit[flats[j]], allowed);
    }
}

/* *found: something better than before. left: how often another column than the most used may be taken (limited
 * discrepancy: Harvey, Ginsberg 1995). */
static dcnn_status go_down(dive *d, bool *const *allowed, int left, bool *found, dcnn_error *err)
{
    dcnn_core *core = d->core;
    int columns[WIDTH], count = most_used(d, allowed, columns);
    dcnn_status status = DCNN_OK;

    *found = false;
    for (int k = 0; k < count && k <= left && !status && !*found && d->steps < STEPS_MAX && !core->stopped; k++) {
        bool **rest = dcnn_allowed_copy(core, allowed), done = false;
        dcnn_tick before = core->best_cost;
        dcnn_task task = core->task;
        if (!rest) return dcnn_fail_memory(err);
        fix(d, columns[k], rest);
        d->steps++;
        status = dcnn_generate_columns(core, rest, &d->node, err);
        if (!status && !d->node.closed && !core->stopped) {
            dcnn_listing listing = {.price = d->node.price, .bound = d->node.bound};
            core->task.list_max = LIST_MAX;
            core->task.settle_work /= DCNN_BRIEF_SETTLE_SHARE;
            status = dcnn_enumerate(core, rest, &listing, err);
            core->task = task;
            done = listing.done;
        }
        *found = core->best_cost < before;
        if (!status && !*found && !done && !d->node.closed && !core->stopped)
            status = go_down(d, rest, left - k, found, err);
        dcnn_allowed_free(core, rest);
    }
    return status;
}

static bool take_arrays(dive *d, const dcnn_core *core, const double *price)
{
    size_t prices = dcnn_core_price_count(core);

    d->node.price = dcnn_take(prices, sizeof *d->node.price);
    d->node.use = dcnn_take(dcnn_problem_flats(core->problem), sizeof *d->node.use);
    if (!d->node.price || !d->node.use) return false;
    memcpy(d->node.price, price, prices * sizeof *price);
    return true;
}

dcnn_status dcnn_dive(dcnn_core *core, bool *const *allowed, const double *price, dcnn_tick aim, dcnn_error *err)
{
    dive d = {.core = core};
    bool found;
    dcnn_status status = take_arrays(&d, core, price) ? DCNN_OK : dcnn_fail_memory(err);

    dcnn_core_aim(core, aim);
    if (!status) status = go_down(&d, allowed, DISCREPANCIES, &found, err);
    dcnn_core_aim(core, dcnn_tick_never);
    free(d.node.use);
    free(d.node.price);
    return status;
}
