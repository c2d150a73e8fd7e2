#include "solve/core.h"
#include <stdlib.h>

enum { ASCENT_ROUNDS = 400, EARLY_RECREATIONS_MAX = 30, GLANCE_CHAINS_MAX = 5, TOGETHER_MAX = 4 };

/* Few chains: the tree soon finds what recreation would. */
static int early_recreations(int chains)
{
    return chains * chains < EARLY_RECREATIONS_MAX ? chains * chains : EARLY_RECREATIONS_MAX;
}

static bool settled(dcnn_core *core)
{
    return dcnn_core_proven(core) || dcnn_core_should_stop(core);
}

static void raise_bound(dcnn_core *core, dcnn_tick bound)
{
    if (bound > core->bound) core->bound = bound < core->best_cost ? bound : core->best_cost;
    dcnn_core_tell(core);
}

/* Bounds the problem, with a placement as a rule: price as the bound has it. */
static dcnn_status begin(dcnn_core *core, double *price, dcnn_error *err)
{
    dcnn_tick bound = 0;
    dcnn_status status = DCNN_OK;

    if (core->problem->chain_count == 1) status = dcnn_lone_solve(core, price, &bound, err);
    if (!status && bound > 0) raise_bound(core, bound);
    if (status || settled(core)) return status;
    status = dcnn_lagrange(core, core->allowed, price, ASCENT_ROUNDS, &bound, err);
    if (!status) raise_bound(core, bound);
    return status;
}

/* Where units take one layer, columns of many CNNs are much work, and too many until there is a good placement. */
static bool is_worth_a_glance(const dcnn_core *core)
{
    return core->problem->chain_count <= GLANCE_CHAINS_MAX || !dcnn_problem_is_exclusive(core->problem);
}

dcnn_status dcnn_core_solve(dcnn_core *core, dcnn_error *err)
{
    double *price = dcnn_take(dcnn_core_price_count(core), sizeof *price);
    dcnn_status status = price ? DCNN_OK : dcnn_fail_memory(err);

    if (!status) status = begin(core, price, err);
    if (!status && !settled(core) && dcnn_core_uses(core, DCNN_IDEA_RECREATION))
        status = dcnn_ruin_and_recreate(core, price, early_recreations(core->problem->chain_count), err);
    if (!status && !settled(core) && is_worth_a_glance(core)) status = dcnn_tree_glance(core, price, err);
    if (!status && !settled(core) && dcnn_core_uses(core, DCNN_IDEA_ANNEALING)) status = dcnn_anneal(core, 1, err);
    if (!status && !settled(core) && dcnn_core_uses(core, DCNN_IDEA_NEIGHBOURHOODS))
        status = dcnn_neighbourhoods(core, TOGETHER_MAX, err);
    if (!status && !settled(core)) status = dcnn_tree_search(core, price, err);
    free(price);
    return status;
}
