#include "solve/master_cuts.h"
#include <stdlib.h>

static const double pass_steps_max = 8e6;

/* Every unit that is remembered doubles the tables: how many do before a pass costs too much. */
static int critical_units(const dcnn_chain *chain)
{
    double steps = 0;
    int count = 0;

    for (int j = 0; j + 1 < chain->layer_count; j++) steps += (double)dcnn_slots(chain, j) * dcnn_slots(chain, j + 1);
    while (count < DCNN_CRITICAL_MAX && steps * (2 << count) <= pass_steps_max) count++;
    return count;
}

dcnn_status dcnn_view_new(dcnn_view **out, const dcnn_core *core, bool *const *allowed, dcnn_error *err)
{
    size_t chains = (size_t)core->problem->chain_count;
    dcnn_view *view = dcnn_take(1, sizeof *view);

    *out = NULL;
    if (!view) return dcnn_fail_memory(err);
    view->chain_count = core->problem->chain_count;
    view->remembers = dcnn_core_uses(core, DCNN_IDEA_CRITICAL_UNITS);
    view->chains = dcnn_take(chains, sizeof(dcnn_chain *));
    view->dp = dcnn_take(chains, sizeof *view->dp);
    view->least = dcnn_take(chains, sizeof *view->least);
    if (!view->chains || !view->dp || !view->least) goto out_of_memory;
    for (size_t u = 0; u < chains; u++) {
        view->chains[u] = dcnn_chain_shrink(core->problem->chains[u], allowed[u]);
        if (!view->chains[u] || !dcnn_rundp_init(&view->dp[u], view->chains[u]->size)) goto out_of_memory;
    }
    *out = view;
    return DCNN_OK;
out_of_memory:
    dcnn_view_free(view);
    return dcnn_fail_memory(err);
}

void dcnn_view_free(dcnn_view *view)
{
    if (!view) return;
    for (int u = 0; u < view->chain_count; u++) {
        if (view->chains) dcnn_chain_free(view->chains[u]);
        if (view->dp) dcnn_rundp_clear(&view->dp[u]);
    }
    free(view->chains);
    free(view->dp);
    free(view->least);
    free(view);
}

static void clear_penalties(dcnn_core *core)
{
    for (int u = 0; u < core->problem->chain_count; u++)
        for (int x = 0; x < core->problem->chains[u]->size; x++) core->penalty[u][x] = 0;
}

dcnn_tick dcnn_view_price(dcnn_view *view, dcnn_core *core, const double *price, dcnn_tick *constant)
{
    dcnn_tick bound;

    clear_penalties(core);
    *constant = dcnn_coupling_penalties(core->rows, price, core->penalty) + dcnn_master_cuts_price(core, price);
    bound = -*constant;
    for (int u = 0; u < view->chain_count; u++) {
        const dcnn_chain *chain = view->chains[u];
        for (int x = 0; x < chain->size; x++)
            view->dp[u].own[x] = chain->cost.own[x] + core->penalty[u][chain->origin[x]];
        view->least[u] = dcnn_rundp_backward(&view->dp[u], chain, &chain->cost);
        if (view->least[u] >= dcnn_tick_never) return dcnn_tick_never;
        bound += view->least[u];
    }
    return bound;
}

/* A unit that the traced chain visits twice; the pair that is closest together, -1 = none. */
static int repeated_unit(const dcnn_chain *chain, const int *flats)
{
    for (int apart = 1; apart < chain->layer_count; apart++)
        for (int j = 0; j + apart < chain->layer_count; j++)
            if (chain->unit[flats[j]] == chain->unit[flats[j + apart]]) return chain->unit[flats[j]];
    return -1;
}

dcnn_tick dcnn_view_sharpen(dcnn_view *view, int u, dcnn_status *status, dcnn_error *err)
{
    const dcnn_chain *chain = view->chains[u];
    dcnn_rundp *dp = &view->dp[u];
    dcnn_tick before = view->least[u];
    int *flats, most;

    if (!chain->single || !view->remembers || before >= dcnn_tick_never) return 0;
    most = critical_units(chain);
    flats = dcnn_take((size_t)chain->layer_count, sizeof *flats);
    if (!flats) *status = dcnn_fail_memory(err);
    while (!*status && dp->critical_count < most && view->least[u] < dcnn_tick_never) {
        int unit;
        dcnn_rundp_trace(dp, chain, &chain->cost, flats);
        unit = repeated_unit(chain, flats);
        if (unit < 0) break;
        if (!dcnn_rundp_add_critical(dp, chain, unit))
            *status = dcnn_fail_memory(err);
        else
            view->least[u] = dcnn_rundp_backward(dp, chain, &chain->cost);
    }
    free(flats);
    return view->least[u] - before;
}

int dcnn_view_fix(dcnn_view *view, const dcnn_core *core, dcnn_tick bound, bool *const *allowed)
{
    int struck = 0;

    if (!dcnn_core_uses(core, DCNN_IDEA_FIXING)) return 0;
    for (int u = 0; u < view->chain_count; u++) {
        const dcnn_chain *chain = view->chains[u];
        dcnn_tick others = bound - view->least[u];
        dcnn_rundp_forward(&view->dp[u], chain, &chain->cost);
        for (int x = 0; x < chain->size; x++) {
            dcnn_tick through = dcnn_rundp_through(&view->dp[u], chain, x);
            if (!allowed[u][chain->origin[x]]) continue;
            if (through < dcnn_tick_never && through + others < core->cutoff) continue;
            allowed[u][chain->origin[x]] = false;
            struck++;
        }
    }
    return struck;
}

int dcnn_view_size(const dcnn_view *view)
{
    int size = 0;

    for (int u = 0; u < view->chain_count; u++) size += view->chains[u]->size;
    return size;
}
