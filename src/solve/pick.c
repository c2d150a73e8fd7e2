#include "solve/listed.h"
#include <stdlib.h>
#include <string.h>

/* Depth-first search over listed columns, on bit maps (San Segundo, Rodriguez-Losada, Jimenez 2011): at each depth, for
 * each unit, one bit for each column of a chain that is left, by increasing regret. What no longer fits is one
 * disjunction of maps; what is left is numbered anew, so that the maps stay short. */
enum { BLOCK = 4, WORD_BITS = 64, BLOCK_BITS = BLOCK * WORD_BITS, LOOK_UP_EVERY = 1 << 20, ESTIMATE_FIRST = 2000000 };

/* What is left of a chain's list at one depth. */
typedef struct {
    bool open;  /* the chain is not placed yet */
    int *items; /* [count] numbers in the list, ascending; the first is the cheapest */
    int count;
    dcnn_tick first;    /* regret of the first */
    dcnn_tick cheapest; /* the least that one of them costs, without prices */
    size_t blocks;      /* of a map */
    uint64_t *maps;     /* [units of the chain][blocks * BLOCK] bit k: items[k] uses the unit */
    uint64_t *fits;     /* [blocks of the depth before * BLOCK] bit k: its items[k] still fits */
    size_t filtered;    /* blocks of fits that are filled in */
    size_t items_room, maps_room, fits_room;
} shelf;

typedef struct {
    dcnn_core *core;
    const dcnn_listed *listed;
    int **place;     /* [chain][unit] number of the unit among those of the chain, -1 = none of its columns uses it */
    int *unit_count; /* [chain] */
    shelf *shelves;  /* [chain_count + 1][chain_count] */
    int64_t work, work_max; /* words looked at */
    int64_t next_look;      /* work at which the clock is looked at again */
    int64_t next_estimate;  /* work at which the rest is estimated again */
    int *at;                /* [chain_count] of the items at each depth, the one being placed */
    int *of;                /* [chain_count] how many there are */
    int depth;
    bool lost_memory, given_up;
} picking;

/* A column that is being placed. */
typedef struct {
    int chain;
    const dcnn_listed_column *column;
} placing;

static shelf *shelf_of(const picking *p, int depth, int u)
{
    return &p->shelves[(ptrdiff_t)depth * p->listed->chain_count + u];
}

static const dcnn_listed_column *column_of(const picking *p, int u, int item)
{
    return &p->listed->chains[u].items[item];
}

static dcnn_tick regret_of(const picking *p, const shelf *s, int u, size_t k)
{
    return column_of(p, u, s->items[k])->regret;
}

static int layers_of(const picking *p, int u)
{
    return p->core->problem->chains[u]->layer_count;
}

/* How much of the search is behind it, if all that is placed at one depth took as long. */
static double measure_progress(const picking *p)
{
    double done = 0, part = 1;

    for (int d = 0; d <= p->depth; d++) {
        part /= p->of[d];
        done += part * p->at[d];
    }
    return done;
}

/* Whether the whole search would cost too much. What regrets more is done with sooner: the rest takes half the time. */
static bool is_hopeless(const picking *p)
{
    double done = measure_progress(p);

    return (double)p->work * (1 + done) > 2 * done * (double)p->work_max;
}

/* Looks at the clock and at what is left to do once in a while. */
static bool give_up(picking *p)
{
    if (p->work > p->work_max) p->given_up = true;
    if (p->work >= p->next_estimate) {
        p->next_estimate = 2 * p->work;
        if (is_hopeless(p)) p->given_up = true;
    }
    if (p->work >= p->next_look) {
        p->next_look = p->work + LOOK_UP_EVERY;
        if (dcnn_core_should_stop(p->core)) p->given_up = true;
    }
    return p->given_up || p->lost_memory;
}

/* --- filling shelves --- */

/* Makes the maps of the items on a shelf. */
static bool map_units(picking *p, shelf *s, int u)
{
    size_t words;

    s->blocks = ((size_t)s->count + BLOCK_BITS - 1) / BLOCK_BITS;
    if (s->count == 0) return true;
    words = s->blocks * BLOCK;
    if (!dcnn_grow((void **)&s->maps, &s->maps_room, words * (size_t)p->unit_count[u], sizeof *s->maps)) return false;
    memset(s->maps, 0, words * (size_t)p->unit_count[u] * sizeof *s->maps);
    for (size_t k = 0; k < (size_t)s->count; k++) {
        const int *units = column_of(p, u, s->items[k])->units;
        for (int j = 0; j < layers_of(p, u); j++)
            s->maps[(size_t)p->place[u][units[j]] * words + k / WORD_BITS] |= (uint64_t)1 << (k % WORD_BITS);
    }
    p->work += s->count;
    return true;
}

/* Those of the items marked in a word that what is placed leaves no room for. */
static uint64_t misfits_of(picking *p, const shelf *from, int u, size_t word, uint64_t marked)
{
    uint64_t misfits = 0;

    for (; marked; marked &= marked - 1) {
        int bit = __builtin_ctzll(marked);
        p->work += BLOCK;
        if (!dcnn_load_fits(&p->core->trial, u, column_of(p, u, from->items[word * WORD_BITS + (size_t)bit])->units))
            misfits |= (uint64_t)1 << bit;
    }
    return misfits;
}

/* One more block of what still fits. Columns that do not meet the one being placed do, but where layers are shared. */
static void filter_block(picking *p, const shelf *from, shelf *to, int u, const placing *by)
{
    uint64_t met[BLOCK];
    size_t first = to->filtered * BLOCK;

    memset(met, p->listed->grouped ? 0xff : 0, sizeof met);
    for (int j = 0; j < layers_of(p, by->chain); j++) {
        int place = p->place[u][by->column->units[j]];
        const uint64_t *map;
        if (place < 0) continue;
        map = from->maps + (size_t)place * from->blocks * BLOCK + first;
        for (size_t k = 0; k < BLOCK; k++) met[k] |= map[k];
    }
    for (size_t k = 0; k < BLOCK; k++) {
        size_t from_bit = (first + k) * WORD_BITS,
               left = (size_t)from->count > from_bit ? (size_t)from->count - from_bit : 0;
        uint64_t all = left >= WORD_BITS ? ~(uint64_t)0 : ((uint64_t)1 << left) - 1;
        if (!p->listed->exclusive) met[k] = misfits_of(p, from, u, first + k, met[k] & all);
        to->fits[first + k] = all & ~met[k];
    }
    to->filtered++;
    p->work += BLOCK;
}

/* Below what an item must stay to be of use. */
typedef struct {
    dcnn_tick regret, cost;
} limits;

static bool put_item(shelf *s, int item, const dcnn_listed_column *column)
{
    if (!dcnn_reserve((void **)&s->items, &s->items_room, (size_t)s->count, sizeof *s->items)) return false;
    s->items[s->count++] = item;
    if (column->cost < s->cheapest) s->cheapest = column->cost;
    return true;
}

/* Takes over the items of one block that fit and are below the limits; false when memory is out. */
static bool take_block(picking *p, const shelf *from, shelf *to, int u, size_t block, const limits *below)
{
    for (size_t word = block * BLOCK; word < (block + 1) * BLOCK; word++)
        for (uint64_t bits = to->fits[word]; bits; bits &= bits - 1) {
            int item = from->items[word * WORD_BITS + (size_t)__builtin_ctzll(bits)];
            const dcnn_listed_column *column = column_of(p, u, item);
            if (column->regret >= below->regret) return true;
            if (column->cost < below->cost && !put_item(to, item, column)) return false;
        }
    return true;
}

/* The regret of the cheapest item that still fits, if that is less than limit; dcnn_tick_never otherwise. */
static dcnn_tick find_first(picking *p, const shelf *from, shelf *to, int u, const placing *by, dcnn_tick limit)
{
    while (to->filtered < from->blocks) {
        size_t word = to->filtered * BLOCK;
        if (regret_of(p, from, u, to->filtered * BLOCK_BITS) >= limit) break;
        filter_block(p, from, to, u, by);
        for (; word < to->filtered * BLOCK; word++)
            if (to->fits[word])
                return regret_of(p, from, u, word * WORD_BITS + (size_t)__builtin_ctzll(to->fits[word]));
    }
    return dcnn_tick_never;
}

/* Fills the shelf with all that still fits and is below the limits; mapped if more is to be placed after it. */
static bool fill_shelf(picking *p, const shelf *from, shelf *to, int u, const placing *by, const limits *below,
                       bool mapped)
{
    to->count = 0;
    to->cheapest = dcnn_tick_never;
    for (size_t block = 0; block < from->blocks && regret_of(p, from, u, block * BLOCK_BITS) < below->regret; block++) {
        if (block == to->filtered) filter_block(p, from, to, u, by);
        if (!take_block(p, from, to, u, block, below)) return false;
    }
    return !mapped || map_units(p, to, u);
}

/* --- the search --- */

/* Finds what each chain regrets at least; false when that is too much for all together. */
static bool find_firsts(picking *p, int depth, const placing *by, dcnn_tick rest, dcnn_tick *sum)
{
    *sum = 0;
    for (int u = 0; u < p->listed->chain_count; u++) {
        const shelf *from = shelf_of(p, depth, u);
        shelf *to = shelf_of(p, depth + 1, u);
        to->open = from->open && u != by->chain;
        if (!to->open) continue;
        if (!dcnn_grow((void **)&to->fits, &to->fits_room, from->blocks * BLOCK, sizeof *to->fits)) {
            p->lost_memory = true;
            return false;
        }
        to->filtered = 0;
        to->first = find_first(p, from, to, u, by, rest - *sum);
        if (to->first >= dcnn_tick_never) return false;
        *sum += to->first;
    }
    return true;
}

/* The shelves of the next depth. rest: what the chains left may regret and cost together, to be of use; what others
 * need at least of it is not there for one. False when a chain has nothing left. */
static bool fill_shelves(picking *p, int depth, const placing *by, limits rest)
{
    int chains = p->listed->chain_count, open = 0;
    dcnn_tick regrets, costs = 0;

    if (!find_firsts(p, depth, by, rest.regret, &regrets)) return false;
    for (int u = 0; u < chains; u++) {
        if (!shelf_of(p, depth + 1, u)->open) continue;
        costs += shelf_of(p, depth, u)->cheapest;
        open++;
    }
    for (int u = 0; u < chains; u++) {
        const shelf *from = shelf_of(p, depth, u);
        shelf *to = shelf_of(p, depth + 1, u);
        limits below = {rest.regret - regrets + to->first, rest.cost - costs + from->cheapest};
        if (!to->open) continue;
        if (!fill_shelf(p, from, to, u, by, &below, open > 1)) p->lost_memory = true;
        if (p->lost_memory || to->count == 0) return false;
        costs += to->cheapest - from->cheapest;
    }
    return true;
}

static void pick(picking *p, int depth, limits spent);

/* Places one column and goes on with the others. Where maps tell all of what fits, the load need not know yet. */
static void place(picking *p, int depth, const placing *by, limits spent)
{
    dcnn_core *core = p->core;
    dcnn_load *trial = &core->trial;
    limits rest = {core->cutoff - spent.regret, core->cutoff - spent.cost};
    bool late = p->listed->exclusive;

    if (!late) dcnn_load_place(trial, by->chain, by->column->units, by->column->cost);
    if (fill_shelves(p, depth, by, rest)) {
        if (late) dcnn_load_place(trial, by->chain, by->column->units, by->column->cost);
        pick(p, depth + 1, spent);
        if (late) dcnn_load_remove(trial, by->chain);
    }
    if (!late) dcnn_load_remove(trial, by->chain);
}

/* Depth-first, always the chain with the fewest columns left. spent: the bound if all chains left regretted nothing,
 * and what those placed cost. */
static void pick(picking *p, int depth, limits spent)
{
    dcnn_core *core = p->core;
    limits others = spent; /* with the least of all chains left but the chosen one */
    const shelf *here;
    int chosen = -1;

    for (int u = 0; u < p->listed->chain_count; u++) {
        const shelf *s = shelf_of(p, depth, u);
        if (!s->open) continue;
        others.regret += s->first;
        others.cost += s->cheapest;
        if (chosen < 0 || s->count < shelf_of(p, depth, chosen)->count) chosen = u;
    }
    if (chosen < 0) {
        (void)dcnn_core_improve(core, &core->trial);
        return;
    }
    here = shelf_of(p, depth, chosen);
    others.regret -= here->first;
    others.cost -= here->cheapest;
    p->of[depth] = here->count;
    for (int k = 0; k < here->count; k++) {
        placing by = {chosen, column_of(p, chosen, here->items[k])};
        p->at[depth] = k;
        p->depth = depth;
        if (others.regret + by.column->regret >= core->cutoff || give_up(p)) return;
        if (others.cost + by.column->cost < core->cutoff)
            place(p, depth, &by, (limits){spent.regret + by.column->regret, spent.cost + by.column->cost});
    }
}

/* --- opening and closing --- */

/* Numbers the units that a chain's columns use. */
static bool number_units(picking *p, int u)
{
    const dcnn_listed_chain *list = &p->listed->chains[u];
    int units = p->core->problem->unit_count;

    p->place[u] = dcnn_take((size_t)units, sizeof **p->place);
    if (!p->place[u]) return false;
    for (int i = 0; i < units; i++) p->place[u][i] = -1;
    for (size_t k = 0; k < list->count; k++)
        for (int j = 0; j < layers_of(p, u); j++) {
            int *place = &p->place[u][list->items[k].units[j]];
            if (*place < 0) *place = p->unit_count[u]++;
        }
    return true;
}

/* Every column of the list that can pay. */
static bool fill_first_shelf(picking *p, int u, dcnn_tick rest)
{
    const dcnn_listed_chain *list = &p->listed->chains[u];
    shelf *s = shelf_of(p, 0, u);

    s->open = true;
    s->first = list->count > 0 ? list->items[0].regret : 0;
    s->cheapest = dcnn_tick_never;
    for (size_t k = 0; k < list->count && list->items[k].regret < rest; k++)
        if (!put_item(s, (int)k, &list->items[k])) return false;
    return map_units(p, s, u);
}

static bool open_picking(picking *p, dcnn_tick rest)
{
    size_t chains = (size_t)p->listed->chain_count;
    bool sound = true;

    p->place = dcnn_take(chains, sizeof *p->place);
    p->unit_count = dcnn_take(chains, sizeof *p->unit_count);
    p->shelves = dcnn_take((chains + 1) * chains, sizeof *p->shelves);
    p->at = dcnn_take(chains, sizeof *p->at);
    p->of = dcnn_take(chains, sizeof *p->of);
    if (!p->place || !p->unit_count || !p->shelves || !p->at || !p->of) return false;
    for (int u = 0; u < (int)chains && sound; u++) sound = number_units(p, u) && fill_first_shelf(p, u, rest);
    dcnn_load_reset(&p->core->trial);
    return sound;
}

static void close_picking(picking *p)
{
    int chains = p->listed->chain_count;

    for (int k = 0; p->shelves && k < (chains + 1) * chains; k++) {
        free(p->shelves[k].items);
        free(p->shelves[k].maps);
        free(p->shelves[k].fits);
    }
    for (int u = 0; p->place && u < chains; u++) free(p->place[u]);
    free(p->shelves);
    free(p->place);
    free(p->unit_count);
    free(p->at);
    free(p->of);
}

dcnn_status dcnn_pick(dcnn_core *core, const dcnn_listed *listed, dcnn_tick bound, int64_t work_max, bool *done,
                      dcnn_error *err)
{
    picking p = {.core = core, .listed = listed, .work_max = work_max, .next_estimate = ESTIMATE_FIRST};

    p.lost_memory = !open_picking(&p, core->cutoff - bound);
    if (!p.lost_memory) pick(&p, 0, (limits){bound, 0});
    *done = !p.lost_memory && !p.given_up;
    close_picking(&p);
    return p.lost_memory ? dcnn_fail_memory(err) : DCNN_OK;
}
