#include "solve/listed.h"
#include <stdlib.h>
#include <string.h>

enum { LABELS_A_COLUMN = 2, PICK_WORK_MAX = 3000000 };

typedef struct {
    dcnn_core *core;
    dcnn_view *view;
    dcnn_listed listed;
    int chain; /* being listed */
    bool lost_memory;
} enumeration;

bool dcnn_listed_init(dcnn_listed *listed, const dcnn_problem *problem)
{
    *listed = (dcnn_listed){.chain_count = problem->chain_count,
                            .chains = dcnn_take((size_t)problem->chain_count, sizeof *listed->chains),
                            .words = ((size_t)problem->unit_count + 63) / 64,
                            .grouped = problem->instance->scenario->shared_group_count > 0,
                            .pool = dcnn_pool_new()};
    listed->exclusive = !listed->grouped;
    for (int u = 0; u < problem->chain_count; u++)
        if (!problem->chains[u]->single) listed->exclusive = false;
    return listed->chains && listed->pool;
}

void dcnn_listed_clear(dcnn_listed *listed)
{
    for (int u = 0; listed->chains && u < listed->chain_count; u++) free(listed->chains[u].items);
    free(listed->chains);
    dcnn_pool_free(listed->pool);
    *listed = (dcnn_listed){0};
}

static bool list_column(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    enumeration *e = user;
    const dcnn_chain *chain = e->view->chains[e->chain];
    dcnn_listed_chain *list = &e->listed.chains[e->chain];
    dcnn_listed_column c = {.cost = cost, .regret = priced - e->view->least[e->chain]};
    size_t layers = (size_t)chain->layer_count;

    c.flats = dcnn_pool_take(e->listed.pool, layers, sizeof *c.flats);
    c.units = dcnn_pool_take(e->listed.pool, layers, sizeof *c.units);
    c.bits = dcnn_pool_take(e->listed.pool, e->listed.words, sizeof *c.bits);
    if (!c.flats || !c.units || !c.bits ||
        !dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items)) {
        e->lost_memory = true;
        return false;
    }
    for (size_t j = 0; j < layers; j++) {
        c.flats[j] = chain->origin[flats[j]];
        c.units[j] = chain->unit[flats[j]];
        c.bits[c.units[j] / 64] |= (uint64_t)1 << (c.units[j] % 64);
    }
    list->items[list->count++] = c;
    return true;
}

/* Regrets count from the cheapest column of each chain. */
static void settle_regrets(dcnn_listed_chain *list)
{
    dcnn_tick least = list->items[0].regret;

    for (size_t k = 0; k < list->count; k++) list->items[k].regret -= least;
}

/* Lists what could be part of something cheaper than cutoff. *complete: nothing is missing; *slack: cutoff less the sum
 * of the chains' cheapest, 0 when there is no such thing. */
static dcnn_status list_all(enumeration *e, const double *price, bool *complete, dcnn_tick *slack, dcnn_error *err)
{
    dcnn_core *core = e->core;
    dcnn_tick constant, bound = dcnn_view_price(e->view, core, price, &constant);
    dcnn_status status = DCNN_OK;
    int listed = 0;

    for (int u = 0; u < core->problem->chain_count && bound < core->cutoff && !status; u++)
        bound += dcnn_view_sharpen(e->view, u, &status, err);
    if (status) return status;
    *complete = true;
    *slack = core->cutoff - bound;
    if (bound >= core->cutoff || bound >= dcnn_tick_never) return DCNN_OK;
    dcnn_load_reset(&core->trial);
    for (e->chain = 0; e->chain < core->problem->chain_count; e->chain++) {
        dcnn_listed_chain *list = &e->listed.chains[e->chain];
        dcnn_search_task task = {.chain = e->view->chains[e->chain],
                                 .room = core->trial.room,
                                 .charged = core->problem->chains[e->chain]->data->counts_alone,
                                 .dp = &e->view->dp[e->chain],
                                 .mode = DCNN_SEARCH_ALL,
                                 .limit = e->view->least[e->chain] + *slack,
                                 .column_limit = core->task.list_max - listed,
                                 .label_limit = (int64_t)core->task.list_max * LABELS_A_COLUMN,
                                 .alone = core->alone,
                                 .should_stop = dcnn_core_stop_search,
                                 .stop_user = core};
        dcnn_search_result result;
        status = dcnn_search_run(core->search, &task, list_column, e, &result, err);
        if (!status && e->lost_memory) status = dcnn_fail_memory(err);
        *complete = !status && result.complete;
        if (!*complete) return status;
        listed += (int)list->count;
        /* The first column found raises the chain's least: less slack for all that follow. */
        *slack = list->count > 0 ? *slack - list->items[0].regret : 0;
        if (*slack <= 0) return DCNN_OK;
        settle_regrets(list);
    }
    return DCNN_OK;
}

dcnn_status dcnn_enumerate(dcnn_core *core, bool *const *allowed, const double *price, dcnn_tick *bound, bool *done,
                           dcnn_error *err)
{
    enumeration e = {.core = core};
    bool complete = false;
    dcnn_tick slack = 0, here;
    dcnn_status status = dcnn_listed_init(&e.listed, core->problem) ? DCNN_OK : dcnn_fail_memory(err);

    *done = false;
    if (!status) status = dcnn_view_new(&e.view, core, allowed, err);
    if (!status) status = list_all(&e, price, &complete, &slack, err);
    if (!status && complete) {
        here = core->cutoff - slack;
        if (slack <= 0)
            *done = true;
        else
            status = dcnn_pick(core, &e.listed, here, PICK_WORK_MAX, done, err);
        if (!status && !*done && !core->stopped) status = dcnn_settle(core, &e.listed, &here, done, err);
        if (here > *bound) *bound = here;
    }
    dcnn_view_free(e.view);
    dcnn_listed_clear(&e.listed);
    return status;
}
