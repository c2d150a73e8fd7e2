#include "solve/listed.h"
#include <stdlib.h>

enum { LOOK_UP_EVERY = 50000 };

/* What is left to choose from at one depth: for each chain not placed, the columns that still fit. */
typedef struct {
    int **alive;     /* [chain] indices into its list; NULL = placed */
    int *count;      /* [chain] */
    int *block;      /* holds all of alive */
    uint64_t *taken; /* [words] units that the placed columns take room on */
} level;

typedef struct {
    dcnn_core *core;
    const dcnn_listed *listed;
    level *levels; /* [chain_count + 1] */
    dcnn_pool *pool;
    int64_t work, work_max; /* columns looked at */
    int64_t next_look;      /* work at which the clock is looked at again */
    bool lost_memory, given_up;
} picking;

static bool take_level(picking *p, int depth)
{
    size_t chains = (size_t)p->listed->chain_count, total = 0;
    level *l = &p->levels[depth];

    if (l->block) return true;
    for (size_t u = 0; u < chains; u++)
        total += depth == 0 ? p->listed->chains[u].count : (size_t)p->levels[0].count[u];
    l->alive = dcnn_pool_take(p->pool, chains, sizeof(int *));
    l->count = dcnn_pool_take(p->pool, chains, sizeof(int));
    l->taken = dcnn_pool_take(p->pool, p->listed->words, sizeof *l->taken);
    l->block = dcnn_pool_take(p->pool, total, sizeof(int));
    return l->alive && l->count && l->taken && l->block;
}

static bool meets(const dcnn_listed *listed, const uint64_t *taken, const uint64_t *bits)
{
    uint64_t both = 0;

    for (size_t w = 0; w < listed->words; w++) both |= taken[w] & bits[w];
    return both != 0;
}

static bool fits(const picking *p, int u, const dcnn_listed_column *c, const uint64_t *taken)
{
    if (!p->listed->grouped && !meets(p->listed, taken, c->bits)) return true;
    return !p->listed->exclusive && dcnn_load_fits(&p->core->trial, u, c->units);
}

/* Looks at the clock once in a while. */
static bool give_up(picking *p)
{
    if (p->work > p->work_max) p->given_up = true;
    if (p->work >= p->next_look) {
        p->next_look = p->work + LOOK_UP_EVERY;
        if (dcnn_core_should_stop(p->core)) p->given_up = true;
    }
    return p->given_up;
}

/* Fills the next level with what still fits and can still pay; false when a chain is left without. */
static bool filter(picking *p, const level *from, level *to, int chosen, dcnn_tick rest)
{
    int *slot = to->block;

    for (int u = 0; u < p->listed->chain_count; u++) {
        to->alive[u] = NULL;
        to->count[u] = 0;
        if (!from->alive[u] || u == chosen) continue;
        to->alive[u] = slot;
        p->work += from->count[u];
        for (int m = 0; m < from->count[u]; m++) {
            const dcnn_listed_column *other = &p->listed->chains[u].items[from->alive[u][m]];
            if (other->regret >= rest) break;
            if (fits(p, u, other, to->taken)) to->alive[u][to->count[u]++] = from->alive[u][m];
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
static void pick(picking *p, int depth, dcnn_tick bound)
{
    dcnn_core *core = p->core;
    const level *here = &p->levels[depth];
    int chosen = fewest(here, p->listed->chain_count);

    if (chosen < 0) {
        (void)dcnn_core_improve(core, &core->trial);
        return;
    }
    if (!take_level(p, depth + 1)) p->lost_memory = true;
    for (int k = 0; k < here->count[chosen] && !p->lost_memory; k++) {
        const dcnn_listed_column *c = &p->listed->chains[chosen].items[here->alive[chosen][k]];
        dcnn_tick rest = core->cutoff - bound - c->regret;
        if (rest <= 0) return;
        p->work++;
        if (give_up(p)) return;
        dcnn_load_place(&core->trial, chosen, c->units, c->cost);
        for (size_t w = 0; w < p->listed->words; w++) p->levels[depth + 1].taken[w] = here->taken[w] | c->bits[w];
        if (filter(p, here, &p->levels[depth + 1], chosen, rest)) pick(p, depth + 1, bound + c->regret);
        dcnn_load_remove(&core->trial, chosen);
    }
}

/* The first level: every column of the lists that can pay. */
static bool fill_first_level(picking *p, dcnn_tick rest)
{
    int *slot;

    if (!take_level(p, 0)) return false;
    slot = p->levels[0].block;
    for (int u = 0; u < p->listed->chain_count; u++) {
        const dcnn_listed_chain *chain = &p->listed->chains[u];
        p->levels[0].alive[u] = slot;
        for (int k = 0; k < (int)chain->count && chain->items[k].regret < rest; k++) *slot++ = k;
        p->levels[0].count[u] = (int)(slot - p->levels[0].alive[u]);
    }
    return true;
}

dcnn_status dcnn_pick(dcnn_core *core, const dcnn_listed *listed, dcnn_tick bound, int64_t work_max, bool *done,
                      dcnn_error *err)
{
    picking p = {.core = core,
                 .listed = listed,
                 .levels = dcnn_take((size_t)listed->chain_count + 1, sizeof *p.levels),
                 .pool = dcnn_pool_new(),
                 .work_max = work_max};

    *done = false;
    p.lost_memory = !p.levels || !p.pool || !fill_first_level(&p, core->cutoff - bound);
    dcnn_load_reset(&core->trial);
    if (!p.lost_memory) pick(&p, 0, bound);
    *done = !p.lost_memory && !p.given_up;
    free(p.levels);
    dcnn_pool_free(p.pool);
    return p.lost_memory ? dcnn_fail_memory(err) : DCNN_OK;
}
