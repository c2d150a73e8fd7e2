#include "solve/core.h"
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 20000, LABELS_MAX = 400000, PICKS_MAX = 2000000 };

/* A column of the list: what it costs beyond its chain's least, and its units. */
typedef struct {
    dcnn_tick regret, cost;
    int *units;
} candidate;

typedef struct {
    candidate *items;
    size_t count, room;
} candidate_list;

typedef struct {
    dcnn_core *core;
    dcnn_view *view;
    candidate_list *lists; /* [chain] by increasing regret */
    int chain;
    dcnn_pool *pool;
    int64_t picks;
    bool failed;
} enumeration;

static bool list_column(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    enumeration *e = user;
    const dcnn_chain *chain = e->view->chains[e->chain];
    candidate_list *list = &e->lists[e->chain];
    int *units = dcnn_pool_take(e->pool, (size_t)chain->layer_count, sizeof *units);

    if (!units || !dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items)) {
        e->failed = true;
        return false;
    }
    for (int j = 0; j < chain->layer_count; j++) units[j] = chain->unit[flats[j]];
    list->items[list->count++] = (candidate){priced - e->view->least[e->chain], cost, units};
    return true;
}

/* Depth-first over the chains not placed: always the one with the fewest columns that still fit. Sublists are kept as
 * index arrays on the pool of each level. */
static void pick(enumeration *e, int *const *alive, const int *alive_count, dcnn_tick bound, int left)
{
    dcnn_core *core = e->core;
    int chains = core->problem->chain_count, chosen = -1;

    if (left == 0) {
        (void)dcnn_core_improve(core, &core->trial);
        return;
    }
    for (int u = 0; u < chains; u++)
        if (alive[u] && (chosen < 0 || alive_count[u] < alive_count[chosen])) chosen = u;
    for (int k = 0; k < alive_count[chosen] && !e->failed; k++) {
        const candidate *c = &e->lists[chosen].items[alive[chosen][k]];
        dcnn_tick rest = core->cutoff - bound - c->regret;
        int *next[64], next_count[64];
        int *block;
        size_t total = 0;
        bool dead = false;
        if (rest <= 0) break;
        if (++e->picks > PICKS_MAX) {
            e->failed = true;
            return;
        }
        if (!dcnn_load_fits(&core->trial, chosen, c->units)) continue;
        dcnn_load_place(&core->trial, chosen, c->units, c->cost);
        for (int u = 0; u < chains; u++)
            if (alive[u] && u != chosen) total += (size_t)alive_count[u];
        block = dcnn_take(total, sizeof *block);
        if (!block) {
            e->failed = true;
            dcnn_load_remove(&core->trial, chosen);
            return;
        }
        total = 0;
        for (int u = 0; u < chains && !dead; u++) {
            dcnn_tick least = -1;
            next[u] = NULL;
            next_count[u] = 0;
            if (!alive[u] || u == chosen) continue;
            next[u] = block + total;
            for (int m = 0; m < alive_count[u]; m++) {
                const candidate *other = &e->lists[u].items[alive[u][m]];
                if (other->regret >= rest) break;
                if (!dcnn_load_fits(&core->trial, u, other->units)) continue;
                if (least < 0) least = other->regret;
                next[u][next_count[u]++] = alive[u][m];
            }
            total += (size_t)next_count[u];
            dead = next_count[u] == 0;
        }
        if (!dead) pick(e, next, next_count, bound + c->regret, left - 1);
        free(block);
        dcnn_load_remove(&core->trial, chosen);
    }
}

static dcnn_status list_all(enumeration *e, const double *price, bool *complete, dcnn_tick *slack, dcnn_error *err)
{
    dcnn_core *core = e->core;
    dcnn_tick constant, bound = dcnn_view_price(e->view, core, price, &constant);
    dcnn_status status = DCNN_OK;

    for (int u = 0; u < core->problem->chain_count && bound < core->cutoff && !status; u++)
        bound += dcnn_view_sharpen(e->view, u, &status, err);
    if (status) return status;
    *complete = true;
    *slack = core->cutoff - bound;
    if (bound >= core->cutoff || bound >= dcnn_tick_never) return DCNN_OK;
    dcnn_load_reset(&core->trial);
    for (e->chain = 0; e->chain < core->problem->chain_count && *complete && !status; e->chain++) {
        dcnn_search_task task = {.chain = e->view->chains[e->chain],
                                 .room = core->trial.room,
                                 .charged = core->problem->chains[e->chain]->data->counts_alone,
                                 .dp = &e->view->dp[e->chain],
                                 .mode = DCNN_SEARCH_ALL,
                                 .limit = e->view->least[e->chain] + *slack,
                                 .column_limit = COLUMNS_MAX,
                                 .label_limit = LABELS_MAX,
                                 .alone = core->alone,
                                 .should_stop = dcnn_core_stop_search,
                                 .stop_user = core};
        dcnn_search_result result;
        status = dcnn_search_run(core->search, &task, list_column, e, &result, err);
        if (!status && e->failed) status = dcnn_fail_memory(err);
        *complete = result.complete;
        /* The first column found raises the chain's least: less slack for all that follow. */
        if (!status && *complete && e->lists[e->chain].count > 0) *slack -= e->lists[e->chain].items[0].regret;
        if (!status && *complete && e->lists[e->chain].count == 0) *slack = 0;
        if (*slack <= 0) return status;
    }
    return status;
}

dcnn_status dcnn_enumerate(dcnn_core *core, bool *const *allowed, const double *price, bool *done, dcnn_error *err)
{
    int chains = core->problem->chain_count;
    enumeration e = {.core = core, .pool = dcnn_pool_new(), .lists = dcnn_take((size_t)chains, sizeof *e.lists)};
    int *alive[64], alive_count[64];
    bool complete = false;
    dcnn_tick slack = 0;
    dcnn_status status = e.pool && e.lists ? DCNN_OK : dcnn_fail_memory(err);

    *done = false;
    if (!status && chains > 64) goto done;
    if (!status) status = dcnn_view_new(&e.view, core, allowed, err);
    if (!status) status = list_all(&e, price, &complete, &slack, err);
    if (status || !complete) goto done;
    *done = true;
    if (slack <= 0) goto done;
    for (int u = 0; u < chains; u++) {
        dcnn_tick least = e.lists[u].items[0].regret;
        alive[u] = dcnn_pool_take(e.pool, e.lists[u].count, sizeof(int));
        if (!alive[u]) {
            status = dcnn_fail_memory(err);
            goto done;
        }
        alive_count[u] = (int)e.lists[u].count;
        for (int k = 0; k < alive_count[u]; k++) {
            alive[u][k] = k;
            e.lists[u].items[k].regret -= least;
        }
    }
    dcnn_load_reset(&core->trial);
    pick(&e, alive, alive_count, core->cutoff - slack, chains);
    if (e.failed) *done = false;
done:
    for (int u = 0; e.lists && u < chains; u++) free(e.lists[u].items);
    free(e.lists);
    dcnn_view_free(e.view);
    dcnn_pool_free(e.pool);
    return status;
}
