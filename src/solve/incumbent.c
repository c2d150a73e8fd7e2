#include "solve/core.h"
#include <stdlib.h>
#include <string.h>

bool dcnn_place_flats(dcnn_core *core, const dcnn_chain *chain, int u, int *flats)
{
    dcnn_tick cost = dcnn_chain_cost(chain, &chain->cost, flats);

    if (cost > chain->cap) return false;
    if (chain->latency.own && dcnn_chain_cost(chain, &chain->latency, flats) > chain->deadline) return false;
    for (int j = 0; j < chain->layer_count; j++) flats[j] = chain->unit[flats[j]];
    if (!dcnn_load_fits(&core->trial, u, flats)) return false;
    dcnn_load_place(&core->trial, u, flats, cost);
    return true;
}

/* Places the chain as its table says, if that is a placement. */
static bool place_cheapest(dcnn_core *core, const dcnn_view *view, int u, int *flats)
{
    dcnn_rundp_trace(&view->dp[u], view->chains[u], &view->chains[u]->cost, flats);
    return dcnn_place_flats(core, view->chains[u], u, flats);
}

void dcnn_try_cheapest(dcnn_core *core, const dcnn_view *view, int *flats)
{
    bool placed = true;

    dcnn_load_reset(&core->trial);
    for (int u = 0; u < view->chain_count && placed; u++) placed = place_cheapest(core, view, u, flats);
    if (placed) (void)dcnn_core_improve(core, &core->trial);
}

/* What every chain costs at least when all units are free. */
static void measure_least(dcnn_view *view)
{
    for (int u = 0; u < view->chain_count; u++)
        view->least[u] = dcnn_rundp_unpriced(&view->dp[u], view->chains[u], &view->chains[u]->cost);
}

/* The heuristics look at what is still allowed; a fresh view pays once a fifth of the candidates has gone. */
static dcnn_status refresh_view(dcnn_core *core, dcnn_error *err)
{
    int allowed = 0;
    dcnn_status status;

    for (int u = 0; u < core->problem->chain_count; u++)
        for (int x = 0; x < core->problem->chains[u]->size; x++) allowed += core->allowed[u][x];
    if (core->view && allowed * 5 >= dcnn_view_size(core->view) * 4) return DCNN_OK;
    dcnn_view_free(core->view);
    core->view = NULL;
    status = dcnn_view_new(&core->view, core, core->allowed, err);
    if (!status) measure_least(core->view);
    return status;
}

/* Forbids the candidates that what is placed leaves no room for; charged[j] tells whether layer j still takes room. */
static void mask_candidates(const dcnn_core *core, const dcnn_chain *chain, dcnn_rundp *dp, bool *charged)
{
    const dcnn_load *load = &core->trial;
    const dcnn_chain_data *data = chain->data;

    for (int j = 0; j < chain->layer_count; j++) {
        int group = data->group[j];
        bool there = group >= 0 && load->group_members[group] > 0;
        charged[j] = data->counts_alone[j] && !there;
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
            if (there ? chain->unit[x] != load->group_unit[group]
                      : charged[j] && !dcnn_room_takes(&load->room[chain->unit[x]], &data->cnn->layers[j]))
                dp->own[x] = dcnn_tick_never;
        }
    }
}

typedef struct {
    const dcnn_chain *chain;
    int *units;
    dcnn_tick cost;
    bool found;
} insertion;

static bool keep_first(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    insertion *in = user;

    (void)priced;
    for (int j = 0; j < in->chain->layer_count; j++) in->units[j] = in->chain->unit[flats[j]];
    in->cost = cost;
    in->found = true;
    return false;
}

/* What chain u may cost if all is to be cheaper than the best: those not placed yet cost their least. */
static dcnn_tick budget_of(const dcnn_core *core, int u)
{
    const dcnn_load *load = &core->trial;
    dcnn_tick budget = core->cutoff - 1;

    for (int v = 0; v < core->problem->chain_count; v++) {
        dcnn_tick cost = load->units[v][0] < 0 ? core->view->least[v] : load->cost[v];
        if (cost >= dcnn_tick_never) return -1;
        if (v != u) budget -= cost;
    }
    return budget;
}

/* Places chain u as cheaply as what is left allows, if that can lead to something better; factor scales the penalties
 * of the prices last used. */
static dcnn_status insert(dcnn_core *core, int u, double factor, bool *placed, dcnn_error *err)
{
    const dcnn_chain *chain = core->view->chains[u];
    dcnn_rundp *dp = &core->view->dp[u];
    dcnn_tick budget = budget_of(core, u);
    insertion in = {.chain = chain};
    bool *charged = NULL;
    dcnn_search_result result;
    dcnn_status status = DCNN_OK;

    *placed = false;
    if (budget < core->view->least[u]) return DCNN_OK;
    charged = dcnn_take((size_t)chain->layer_count, sizeof *charged);
    in.units = dcnn_take((size_t)chain->layer_count, sizeof *in.units);
    if (!charged || !in.units) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    for (int x = 0; x < chain->size; x++)
        dp->own[x] = chain->cost.own[x] + (dcnn_tick)(factor * (double)core->penalty[u][chain->origin[x]]);
    mask_candidates(core, chain, dp, charged);
    if (dcnn_rundp_backward(dp, chain, &chain->cost) >= dcnn_tick_never) goto done;
    dcnn_rundp_trace(dp, chain, &chain->cost, in.units);
    if ((*placed = dcnn_place_flats(core, chain, u, in.units))) goto done; /* nothing is cheaper */
    status = dcnn_search_run(core->search,
                             &(dcnn_search_task){.chain = chain,
                                                 .room = core->trial.room,
                                                 .charged = charged,
                                                 .dp = dp,
                                                 .mode = DCNN_SEARCH_BEAM,
                                                 .limit = dcnn_tick_never,
                                                 .budget = budget},
                             keep_first, &in, &result, err);
    if (!status && in.found && dcnn_load_fits(&core->trial, u, in.units)) {
        dcnn_load_place(&core->trial, u, in.units, in.cost);
        *placed = true;
    }
done:
    free(in.units);
    free(charged);
    return status;
}

static void set_penalties(dcnn_core *core, const double *price)
{
    for (int u = 0; u < core->problem->chain_count; u++)
        memset(core->penalty[u], 0, (size_t)core->problem->chains[u]->size * sizeof *core->penalty[u]);
    if (price) (void)dcnn_coupling_penalties(core->rows, price, core->penalty);
}

static dcnn_status insert_in_order(dcnn_core *core, const int *order, int count, double factor, bool *placed,
                                   dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    *placed = true;
    for (int k = 0; k < count && !status && *placed; k++) status = insert(core, order[k], factor, placed, err);
    return status;
}

dcnn_status dcnn_insert_all(dcnn_core *core, const int *order, int count, const double *price, double factor,
                            bool *placed, dcnn_error *err)
{
    dcnn_status status = refresh_view(core, err);

    *placed = false;
    if (status) return status;
    set_penalties(core, price);
    status = insert_in_order(core, order, count, factor, placed, err);
    if (!status && *placed) (void)dcnn_core_improve(core, &core->trial);
    return status;
}

/* Takes away count random CNNs (of the list chains, shuffled in place as far as needed). */
static void ruin(dcnn_core *core, int *chains, int count)
{
    for (int k = 0; k < count; k++) {
        int rest = core->problem->chain_count - k;
        int other = k + (int)dcnn_rng_below(&core->rng, (uint64_t)rest), kept = chains[k];
        chains[k] = chains[other];
        chains[other] = kept;
        dcnn_load_remove(&core->trial, chains[k]);
    }
}

dcnn_status dcnn_ruin_and_recreate(dcnn_core *core, const double *price, int rounds, dcnn_error *err)
{
    int chain_count = core->problem->chain_count;
    int *chains = dcnn_take((size_t)chain_count, sizeof *chains);
    dcnn_status status = chains ? DCNN_OK : dcnn_fail_memory(err);

    if (!status) status = refresh_view(core, err);
    for (int u = 0; !status && u < chain_count; u++) chains[u] = u;
    if (!status) set_penalties(core, price);
    for (int round = 0; round < rounds && !status && core->has_best && !dcnn_core_should_stop(core); round++) {
        int count = chain_count == 1 ? 1 : 2 + (int)dcnn_rng_below(&core->rng, chain_count > 2 ? 2 : 1);
        bool placed;
        dcnn_load_copy(&core->trial, &core->best);
        ruin(core, chains, count);
        /* Prices make the first ones leave room for the last, which has nobody to leave room for. */
        status = insert_in_order(core, chains, count - 1, 0.5 + dcnn_rng_unit(&core->rng), &placed, err);
        if (!status && placed) status = insert(core, chains[count - 1], 0.0, &placed, err);
        if (!status && placed) (void)dcnn_core_improve(core, &core->trial);
    }
    free(chains);
    return status;
}
