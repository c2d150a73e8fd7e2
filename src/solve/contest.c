#include "solve/contest.h"
#include "solve/footprint.h"
#include <stdlib.h>
#include <string.h>

/* Regrets are counted in steps, rounded down: a few thousand up to the target, so that sums of two and a charge are
 * still 16 bits wide. */
enum { STEPS = 8000, STATES_MAX = 1 << 20, BLOCK_BITS = 14, SPREAD_BITS = 20 };
static const int64_t work_max = 200000000;

/* A contest for few units tells what is of no use in one for more. */
enum { FIRST_UNITS = 12, MORE_UNITS = 4 };

/* What a chain may take, what it pays for it beyond its cheapest column, and what all pay then. */
typedef struct {
    uint32_t units;
    int16_t regret, total;
} claim;

typedef struct {
    claim *items; /* by regret */
    size_t count;
    int half;       /* of the chains that it is combined with */
    int16_t *steps; /* [2^steps_bits of the contest] what rivals pay, in the contest for fewer units */
} claims;

struct dcnn_contest {
    int chain_count, unit_count;
    int wanted_count, wanted[DCNN_CONTESTED_MAX]; /* units to contend for */
    int16_t unused[DCNN_CONTESTED_MAX];           /* what each leaves unpaid when nobody takes it, in steps */
    int count;                                    /* how many of these are contested so far */
    uint32_t *bit;                                /* [unit_count] 0 unless contested */
    claims *claims;                               /* [chain_count] */
    int16_t *table[2];                            /* [2^count] */
    int steps_bits;                               /* contested units of the contest before; 0 = there was none */
    dcnn_tick here, target, step;
    int16_t limit; /* in steps: where the target is */
    int16_t least; /* of all totals */
};

static void drop_claims(dcnn_contest *c)
{
    for (int u = 0; u < c->chain_count; u++) {
        free(c->claims[u].items);
        c->claims[u].items = NULL;
        c->claims[u].count = 0;
    }
}

void dcnn_contest_free(dcnn_contest *contest)
{
    if (!contest) return;
    if (contest->claims) drop_claims(contest);
    for (int u = 0; contest->claims && u < contest->chain_count; u++) free(contest->claims[u].steps);
    free(contest->claims);
    free(contest->table[0]);
    free(contest->table[1]);
    free(contest->bit);
    free(contest);
}

/* --- which units --- */

typedef struct {
    int unit, candidates;
    dcnn_tick worth;
} wanted_unit;

static int compare_wanted(const void *a, const void *b)
{
    const wanted_unit *x = a, *y = b;

    if (x->worth != y->worth) return x->worth < y->worth ? 1 : -1;
    if (x->candidates != y->candidates) return x->candidates < y->candidates ? 1 : -1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static int16_t in_steps(const dcnn_contest *c, dcnn_tick ticks)
{
    return ticks / c->step >= c->limit ? c->limit : (int16_t)(ticks / c->step);
}

/* The dearest, and of those that cost nothing the ones with most candidates. */
static bool choose_units(dcnn_contest *c, const dcnn_core *core, const dcnn_view *view, const double *price)
{
    size_t units = (size_t)c->unit_count;
    wanted_unit *wanted = dcnn_take(units, sizeof *wanted);
    dcnn_tick *worth = dcnn_take(units, sizeof *worth);
    bool good = wanted && worth;

    if (good) {
        dcnn_coupling_worth(core->rows, price, c->unit_count, worth);
        for (int i = 0; i < c->unit_count; i++) wanted[i] = (wanted_unit){i, 0, worth[i]};
        for (int u = 0; u < view->chain_count; u++)
            for (int x = 0; x < view->chains[u]->size; x++) wanted[view->chains[u]->unit[x]].candidates++;
        qsort(wanted, units, sizeof *wanted, compare_wanted);
        for (size_t k = 0; k < units && c->wanted_count < DCNN_CONTESTED_MAX; k++) {
            if (wanted[k].candidates < 2) continue;
            c->unused[c->wanted_count] = in_steps(c, wanted[k].worth);
            c->wanted[c->wanted_count++] = wanted[k].unit;
        }
    }
    free(worth);
    free(wanted);
    return good;
}

/* --- what each chain may take --- */

static int compare_claims(const void *a, const void *b)
{
    const claim *x = a, *y = b;

    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return (x->units > y->units) - (x->units < y->units);
}

static bool make_claims(dcnn_contest *c, int u, const dcnn_footprints *list, dcnn_tick least)
{
    claims *own = &c->claims[u];

    own->items = dcnn_take(list->count, sizeof *own->items);
    if (!own->items) return false;
    own->count = list->count;
    for (size_t k = 0; k < list->count; k++) {
        dcnn_tick regret = list->items[k].priced - least;
        own->items[k] = (claim){list->items[k].units, in_steps(c, regret < 0 ? 0 : regret), c->limit};
    }
    qsort(own->items, own->count, sizeof *own->items, compare_claims);
    return true;
}

static dcnn_rivals rivals_of(const dcnn_contest *c, const int16_t *steps, int bits)
{
    return (dcnn_rivals){
        .bit = c->bit, .first = ((uint32_t)1 << bits) - 1, .more = steps, .steps_max = c->limit, .step = c->step};
}

static bool list_claims(dcnn_contest *c, const dcnn_view *view, bool *done)
{
    dcnn_footprints list = {0};
    bool good = true;

    *done = true;
    for (int u = 0; good && *done && u < c->chain_count; u++) {
        dcnn_rivals rivals = rivals_of(c, c->claims[u].steps, c->steps_bits);
        dcnn_footprint_extent extent = {.bit = c->bit,
                                        .limit = view->least[u] + (c->target - c->here),
                                        .rivals = c->steps_bits > 0 ? &rivals : NULL,
                                        .states_max = STATES_MAX};
        good = dcnn_footprints_list(&list, view->chains[u], &view->dp[u], &extent, done);
        if (good && *done) good = make_claims(c, u, &list, view->least[u]);
    }
    free(list.items);
    return good;
}

/* --- combining: the claims of one half of the chains, then both halves --- */

typedef struct {
    dcnn_contest *contest;
    claims *lists[DCNN_CONTESTED_MAX];
    claim *chosen[DCNN_CONTESTED_MAX];
    int depth;
    int limit;            /* of the half's regret */
    int least;            /* regret met */
    int16_t *table;       /* [2^count] to fill; or NULL, */
    const int16_t *other; /* and the other half's, to look up */
    int64_t work;
} combination;

/* The half's least regret with these units; or what all pay, in what was chosen. */
static void visit(combination *h, uint32_t units, int regret)
{
    dcnn_contest *c = h->contest;
    int total;

    if (h->table) {
        if (regret < h->table[units]) h->table[units] = (int16_t)regret;
        if (regret < h->least) h->least = regret;
        return;
    }
    total = regret + h->other[~units & (((uint32_t)1 << c->count) - 1)];
    if (total >= c->limit) return;
    for (int d = 0; d < h->depth; d++)
        if (total < h->chosen[d]->total) h->chosen[d]->total = (int16_t)total;
    if (total < c->least) c->least = (int16_t)total;
}

static void combine(combination *h, int depth, uint32_t units, int regret)
{
    claims *list = h->lists[depth];
    size_t k;

    for (k = 0; k < list->count && h->work < work_max; k++) {
        claim *item = &list->items[k];
        if (regret + item->regret >= h->limit) break;
        if (item->units & units) continue;
        h->chosen[depth] = item;
        if (depth + 1 < h->depth)
            combine(h, depth + 1, units | item->units, regret + item->regret);
        else
            visit(h, units | item->units, regret + item->regret);
    }
    h->work += (int64_t)k;
}

/* Chains by the number of their claims, dealt to two halves. */
static void deal(dcnn_contest *c)
{
    for (int u = 0; u < c->chain_count; u++) {
        int before = 0;
        for (int v = 0; v < c->chain_count; v++)
            before += c->claims[v].count > c->claims[u].count || (c->claims[v].count == c->claims[u].count && v < u);
        c->claims[u].half = (before + 1) / 2 % 2;
    }
}

static combination half_of(dcnn_contest *c, int half, int limit)
{
    combination h = {.contest = c, .limit = limit, .least = limit};

    for (int u = 0; u < c->chain_count; u++)
        if (c->claims[u].half == half) h.lists[h.depth++] = &c->claims[u];
    return h;
}

static inline int16_t lesser(int16_t a, int16_t b)
{
    return b < a ? b : a;
}

typedef void (*merge_fn)(int16_t *without, int16_t *with, size_t count, int16_t charge);

/* The least with any part of these units, the others left unused. */
static void merge_parts(int16_t *without, int16_t *with, size_t count, int16_t charge)
{
    for (size_t k = 0; k < count; k++) with[k] = lesser(with[k], (int16_t)(without[k] + charge));
}

/* The least with these units or more. */
static void merge_more(int16_t *without, int16_t *with, size_t count, int16_t charge)
{
    (void)charge;
    for (size_t k = 0; k < count; k++) without[k] = lesser(without[k], with[k]);
}

static void merge_bits(const dcnn_contest *c, int16_t *table, size_t size, int first, int last, merge_fn merge)
{
    for (int b = first; b < last; b++)
        for (size_t at = 0; at < size; at += (size_t)2 << b)
            merge(table + at, table + at + ((size_t)1 << b), (size_t)1 << b, c->unused[b]);
}

/* Merges over the first bits units; the lower ones block by block, which the cache holds. */
static void merge_all(const dcnn_contest *c, int16_t *table, int bits, merge_fn merge)
{
    size_t size = (size_t)1 << bits;
    int low = bits < BLOCK_BITS ? bits : BLOCK_BITS;

    for (size_t at = 0; at < size; at += (size_t)1 << low)
        merge_bits(c, table + at, (size_t)1 << low, 0, low, merge);
    merge_bits(c, table, size, low, bits, merge);
}

static void fill(int16_t *table, int bits, int16_t value)
{
    for (size_t k = 0; k < (size_t)1 << bits; k++) table[k] = value;
}

/* What all pay with each claim; false when that is too much work. */
static bool find_totals(dcnn_contest *c)
{
    int least[2] = {0, 0};

    deal(c);
    for (int half = 1; half >= 0; half--) {
        combination h = half_of(c, half, c->limit - least[1 - half]);
        h.table = c->table[half];
        fill(h.table, c->count, c->limit);
        combine(&h, 0, 0, 0);
        if (h.work >= work_max) return false;
        merge_all(c, h.table, c->count, merge_parts);
        least[half] = h.least;
    }
    c->least = c->limit;
    for (int half = 1; half >= 0; half--) {
        combination h = half_of(c, half, c->limit - least[1 - half]);
        h.other = c->table[1 - half];
        combine(&h, 0, 0, 0);
    }
    return true;
}

/* What the rivals of the chain pay when it takes these units and no others. */
static void file_totals(const dcnn_contest *c, int u, int16_t *steps)
{
    const claims *own = &c->claims[u];

    fill(steps, c->count, c->limit);
    for (size_t k = 0; k < own->count; k++) {
        const claim *item = &own->items[k];
        if (item->total < c->limit) steps[item->units] = (int16_t)(item->total - item->regret);
    }
}

/* What they pay when it takes, of the first bits units, these or more. */
static void spread_totals(const dcnn_contest *c, int u, int16_t *steps, int bits)
{
    const claims *own = &c->claims[u];
    uint32_t first = ((uint32_t)1 << bits) - 1;

    fill(steps, bits, c->limit);
    for (size_t k = 0; k < own->count; k++) {
        const claim *item = &own->items[k];
        int16_t *at = &steps[item->units & first];
        if (item->total < c->limit) *at = lesser(*at, (int16_t)(item->total - item->regret));
    }
    merge_all(c, steps, bits, merge_more);
}

/* --- from few units to more --- */

static bool take_tables(dcnn_contest *c)
{
    for (int half = 0; half < 2; half++) {
        free(c->table[half]);
        if (!(c->table[half] = dcnn_take((size_t)1 << c->count, sizeof *c->table[half]))) return false;
    }
    return true;
}

/* Keeps what the contest tells for the next. */
static bool learn(dcnn_contest *c)
{
    int bits = c->count < SPREAD_BITS ? c->count : SPREAD_BITS;

    for (int u = 0; u < c->chain_count; u++) {
        int16_t *steps = dcnn_resize(c->claims[u].steps, (size_t)1 << bits, sizeof *steps);
        if (!steps) return false;
        c->claims[u].steps = steps;
        spread_totals(c, u, steps, bits);
    }
    c->steps_bits = bits;
    return true;
}

static dcnn_contest *make(const dcnn_core *core, dcnn_tick here, dcnn_tick target)
{
    dcnn_contest *c = dcnn_take(1, sizeof *c);

    if (!c) return NULL;
    c->chain_count = core->problem->chain_count;
    c->unit_count = core->problem->unit_count;
    c->here = here;
    c->target = target;
    c->step = (target - here) / STEPS + 1;
    c->limit = (int16_t)((target - here + c->step - 1) / c->step);
    c->claims = dcnn_take((size_t)c->chain_count, sizeof *c->claims);
    c->bit = dcnn_take((size_t)c->unit_count, sizeof *c->bit);
    if (c->claims && c->bit) return c;
    dcnn_contest_free(c);
    return NULL;
}

dcnn_status dcnn_contest_new(dcnn_contest **out, const dcnn_core *core, const dcnn_view *view, const double *price,
                             dcnn_tick here, dcnn_tick target, dcnn_error *err)
{
    dcnn_contest *c = make(core, here, target);

    *out = NULL;
    if (!c || !choose_units(c, core, view, price)) {
        dcnn_contest_free(c);
        return dcnn_fail_memory(err);
    }
    *out = c;
    return DCNN_OK;
}

dcnn_status dcnn_contest_sharpen(dcnn_contest *contest, const dcnn_view *view, bool *sharper, dcnn_error *err)
{
    int count = contest->count > 0 ? contest->count + MORE_UNITS : FIRST_UNITS;

    *sharper = !dcnn_contest_is_sharp(contest);
    if (!*sharper) return DCNN_OK;
    if (count > contest->wanted_count) count = contest->wanted_count;
    if (contest->count > 0 && !learn(contest)) return dcnn_fail_memory(err);
    for (; contest->count < count; contest->count++)
        contest->bit[contest->wanted[contest->count]] = (uint32_t)1 << contest->count;
    drop_claims(contest);
    if (!take_tables(contest) || !list_claims(contest, view, sharper)) return dcnn_fail_memory(err);
    if (*sharper) *sharper = find_totals(contest);
    return DCNN_OK;
}

bool dcnn_contest_is_sharp(const dcnn_contest *contest)
{
    return contest->count == contest->wanted_count;
}

dcnn_tick dcnn_contest_bound(const dcnn_contest *contest)
{
    return contest->least >= contest->limit ? contest->target : contest->here + contest->least * contest->step;
}

dcnn_rivals dcnn_contest_rivals(dcnn_contest *contest, int chain)
{
    int bits = contest->count < SPREAD_BITS ? contest->count : SPREAD_BITS;
    dcnn_rivals rivals = rivals_of(contest, contest->table[1], bits);

    file_totals(contest, chain, contest->table[0]);
    spread_totals(contest, chain, contest->table[1], bits);
    rivals.exact = contest->table[0];
    return rivals;
}
