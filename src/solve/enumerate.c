#include "solve/core.h"
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 100000, LABELS_MAX = 400000, WORK_MAX = 50000000, LOOK_UP_EVERY = 50000 };

/* A column of the list: what it costs beyond its chain's least, and its units. */
typedef struct {
    dcnn_tick regret, cost;
    int *units;
    uint64_t *bits; /* [words] the units that it takes room on */
} candidate;

typedef struct {
    candidate *items;
    size_t count, room;
} candidate_list;

typedef struct level level;

typedef struct {
    dcnn_core *core;
    dcnn_view *view;
    candidate_list *lists; /* [chain] by increasing regret */
    int chain;
    level *levels; /* [chain_count + 1] */
    dcnn_pool *pool;
    size_t words;
    bool grouped;      /* there are shared groups: columns must agree even where they do not meet */
    bool exclusive;    /* columns that meet on a unit never fit together */
    int64_t next_look; /* work at which the clock is looked at again */
    int64_t work;      /* columns looked at while picking */
    bool failed;
} enumeration;

static bool list_column(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    enumeration *e = user;
    const dcnn_chain *chain = e->view->chains[e->chain];
    candidate_list *list = &e->lists[e->chain];
    int *units = dcnn_pool_take(e->pool, (size_t)chain->layer_count, sizeof *units);
    uint64_t *bits = dcnn_pool_take(e->pool, e->words, sizeof *bits);

    if (!units || !bits || !dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items)) {
        e->failed = true;
        return false;
    }
    for (int j = 0; j < chain->layer_count; j++) {
        units[j] = chain->unit[flats[j]];
        bits[units[j] / 64] |= (uint64_t)1 << (units[j] % 64);
    }
    list->items[list->count++] = (candidate){priced - e->view->least[e->chain], cost, units, bits};
    return true;
}

/* What is left to choose from at one depth of the picking: for each chain not placed, the columns that still fit. */
struct level {
    int **alive;     /* [chain] indices into its list; NULL = placed */
    uint64_t *taken; /* [words] units that the placed columns take room on */
    int *count;      /* [chain] */
    int *block;      /* holds all of alive */
};

static bool take_level(enumeration *e, int depth)
{
    size_t chains = (size_t)e->core->problem->chain_count, total = 0;
    level *l = &e->levels[depth];

    if (l->block) return true;
    for (size_t u = 0; u < chains; u++) total += e->lists[u].count;
    l->alive = dcnn_pool_take(e->pool, chains, sizeof(int *));
    l->count = dcnn_pool_take(e->pool, chains, sizeof(int));
    l->taken = dcnn_pool_take(e->pool, e->words, sizeof *l->taken);
    l->block = dcnn_pool_take(e->pool, total, sizeof(int));
    return l->alive && l->count && l->taken && l->block;
}

static bool meets(const enumeration *e, const uint64_t *taken, const uint64_t *bits)
{
    uint64_t both = 0;

    for (size_t w = 0; w < e->words; w++) both |= taken[w] & bits[w];
    return both != 0;
}

static bool fits(const enumeration *e, int u, const candidate *c, const uint64_t *taken)
{
    if (!e->grouped && !meets(e, taken, c->bits)) return true;
    return !e->exclusive && dcnn_load_fits(&e->core->trial, u, c->units);
}

/* Looks at the clock once in a while. */
static bool give_up(enumeration *e)
{
    if (e->work > WORK_MAX) e->failed = true;
    if (e->work >= e->next_look) {
        e->next_look = e->work + LOOK_UP_EVERY;
        if (dcnn_core_should_stop(e->core)) e->failed = true;
    }
    return e->failed;
}

/* Fills the next level with what still fits and can still pay; false when a chain is left without. */
static bool filter(enumeration *e, const level *from, level *to, int chosen, dcnn_tick rest)
{
    int *slot = to->block;

    for (int u = 0; u < e->core->problem->chain_count; u++) {
        to->alive[u] = NULL;
        to->count[u] = 0;
        if (!from->alive[u] || u == chosen) continue;
        to->alive[u] = slot;
        e->work += from->count[u];
        for (int m = 0; m < from->count[u]; m++) {
            const candidate *other = &e->lists[u].items[from->alive[u][m]];
            if (other->regret >= rest) break;
            if (fits(e, u, other, to->taken)) to->alive[u][to->count[u]++] = from->alive[u][m];
        }
        if (to->count[u] == 0) return false;
        slot += to->count[u];
    }
    return true;
}

static int fewest(const level *l, int chains)
{
    int chosen = -1;

    for (int u = 0; u < chains; u++)
        if (l->alive[u] && (chosen < 0 || l->count[u] < l->count[chosen])) chosen = u;
    return chosen;
}

/* Depth-first over the chains not placed: always the one with the fewest columns that still fit. bound is the cost so
 * far if all others were free to take their cheapest. */
static void pick(enumeration *e, int depth, dcnn_tick bound)
{
    dcnn_core *core = e->core;
    const level *here = &e->levels[depth];
    int chosen = fewest(here, core->problem->chain_count);

    if (chosen < 0) {
        (void)dcnn_core_improve(core, &core->trial);
        return;
    }
    if (!take_level(e, depth + 1)) e->failed = true;
    for (int k = 0; k < here->count[chosen] && !e->failed; k++) {
        const candidate *c = &e->lists[chosen].items[here->alive[chosen][k]];
        dcnn_tick rest = core->cutoff - bound - c->regret;
        if (rest <= 0) return;
        e->work++;
        if (give_up(e)) return;
        dcnn_load_place(&core->trial, chosen, c->units, c->cost);
        for (size_t w = 0; w < e->words; w++) e->levels[depth + 1].taken[w] = here->taken[w] | c->bits[w];
        if (filter(e, here, &e->levels[depth + 1], chosen, rest)) pick(e, depth + 1, bound + c->regret);
        dcnn_load_remove(&core->trial, chosen);
    }
}

/* The first level: every column of the lists, regrets counted from each chain's cheapest. */
static bool fill_first_level(enumeration *e)
{
    int *slot;

    if (!take_level(e, 0)) return false;
    slot = e->levels[0].block;
    for (int u = 0; u < e->core->problem->chain_count; u++) {
        candidate_list *list = &e->lists[u];
        dcnn_tick least = list->items[0].regret;
        e->levels[0].alive[u] = slot;
        e->levels[0].count[u] = (int)list->count;
        for (int k = 0; k < (int)list->count; k++) {
            list->items[k].regret -= least;
            *slot++ = k;
        }
    }
    return true;
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

/* Whether no unit takes layers of two CNNs. */
static bool every_unit_exclusive(const dcnn_problem *problem)
{
    for (int u = 0; u < problem->chain_count; u++)
        if (!problem->chains[u]->single) return false;
    return true;
}

dcnn_status dcnn_enumerate(dcnn_core *core, bool *const *allowed, const double *price, bool *done, dcnn_error *err)
{
    size_t chains = (size_t)core->problem->chain_count;
    enumeration e = {.core = core,
                     .pool = dcnn_pool_new(),
                     .lists = dcnn_take(chains, sizeof *e.lists),
                     .levels = dcnn_take(chains + 1, sizeof *e.levels),
                     .words = ((size_t)core->problem->unit_count + 63) / 64,
                     .grouped = core->instance->scenario->shared_group_count > 0};
    bool complete = false;
    dcnn_tick slack = 0;
    dcnn_status status = e.pool && e.lists && e.levels ? DCNN_OK : dcnn_fail_memory(err);

    *done = false;
    e.exclusive = !e.grouped && every_unit_exclusive(core->problem);
    if (!status) status = dcnn_view_new(&e.view, core, allowed, err);
    if (!status) status = list_all(&e, price, &complete, &slack, err);
    if (status || !complete) goto done;
    *done = true;
    if (slack <= 0) goto done;
    if (!fill_first_level(&e)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    dcnn_load_reset(&core->trial);
    pick(&e, 0, core->cutoff - slack);
    if (e.failed) *done = false;
done:
    for (size_t u = 0; e.lists && u < chains; u++) free(e.lists[u].items);
    free(e.lists);
    free(e.levels);
    dcnn_view_free(e.view);
    dcnn_pool_free(e.pool);
    return status;
}
