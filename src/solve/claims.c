#include "solve/claims.h"
#include "base/base.h"
#include <stdlib.h>

enum { WINDOW_BITS = 24, NARROW_BITS = 22, BLOCK_BITS = 14 };
static const int64_t work_max = 30000000, look_up_every = 1 << 20;

/* --- tables over the units of a window --- */

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

static void merge_bits(const int16_t *unused, int16_t *table, size_t size, int first, int last, merge_fn merge)
{
    for (int b = first; b < last; b++)
        for (size_t at = 0; at < size; at += (size_t)2 << b)
            merge(table + at, table + at + ((size_t)1 << b), (size_t)1 << b, unused[b]);
}

/* Merges over all units of the window; the lower ones block by block, which the cache holds. */
static void merge_all(const dcnn_sharing *s, const dcnn_window *window, int16_t *table, merge_fn merge)
{
    const int16_t *unused = s->unused + window->first;
    size_t size = (size_t)1 << window->bits;
    int low = window->bits < BLOCK_BITS ? window->bits : BLOCK_BITS;

    for (size_t at = 0; at < size; at += (size_t)1 << low)
        merge_bits(unused, table + at, (size_t)1 << low, 0, low, merge);
    merge_bits(unused, table, size, low, window->bits, merge);
}

static void fill(int16_t *table, const dcnn_window *window, int16_t value)
{
    for (size_t k = 0; k < (size_t)1 << window->bits; k++) table[k] = value;
}

void dcnn_sharing_spread(const dcnn_sharing *s, int u, const dcnn_window *window, int16_t *steps)
{
    const dcnn_claims *own = &s->claims[u];

    fill(steps, window, s->limit);
    for (size_t k = 0; k < own->count; k++) {
        const dcnn_claim *item = &own->items[k];
        int16_t *at = &steps[dcnn_window_part(window, item->units)];
        if (item->total < s->limit) *at = lesser(*at, (int16_t)(item->total - item->regret));
    }
    merge_all(s, window, steps, merge_more);
}

static bool open_windows(dcnn_sharing *s)
{
    s->window_count =
        dcnn_windows_over(s->window, s->unit_count, s->unit_count > WINDOW_BITS ? NARROW_BITS : WINDOW_BITS);
    for (int w = 0; w < s->window_count; w++)
        for (int half = 0; half < 2; half++)
            if (!(s->table[w][half] = dcnn_take((size_t)1 << s->window[w].bits, sizeof *s->table[w][half])))
                return false;
    return true;
}

static void close_windows(dcnn_sharing *s)
{
    for (int w = 0; w < DCNN_WINDOWS_MAX; w++)
        for (int half = 0; half < 2; half++) {
            free(s->table[w][half]);
            s->table[w][half] = NULL;
        }
}

void dcnn_sharing_clear(dcnn_sharing *s)
{
    for (int u = 0; s->claims && u < s->chain_count; u++) {
        free(s->claims[u].items);
        s->claims[u] = (dcnn_claims){0};
    }
}

/* --- combining --- */

/* One chain of a half. A bit for each claim, in order of regret. */
typedef struct {
    dcnn_claims *claims;
    size_t words;
    uint64_t *taken; /* [contested unit][words] the claims that take it */
    uint64_t *fit;   /* [words] scratch: the claims that take none of some units */
    dcnn_claim *chosen;
} contender;

typedef struct {
    dcnn_sharing *sharing;
    int half, depth;
    contender *contenders; /* [depth] */
    dcnn_pool *pool;
    int limit;    /* of the half's regret */
    int least;    /* regret met */
    bool filling; /* the half's own tables; else looking up the other's */
    int64_t work, next_look;
    bool given_up;
} combination;

static void note(combination *h, uint64_t units, int regret)
{
    dcnn_sharing *s = h->sharing;

    if (regret < h->least) h->least = regret;
    for (int w = 0; w < s->window_count; w++) {
        int16_t *at = &s->table[w][h->half][dcnn_window_part(&s->window[w], units)];
        if (regret < *at) *at = (int16_t)regret;
    }
}

/* What all pay, in every claim that was chosen. */
static void add_up(combination *h, uint64_t units, int regret)
{
    dcnn_sharing *s = h->sharing;
    int total = 0;

    for (int w = 0; w < s->window_count; w++) {
        int with = regret + s->table[w][1 - h->half][dcnn_window_part(&s->window[w], ~units)];
        if (with > total) total = with;
    }
    if (total >= s->limit) return;
    for (int d = 0; d < h->depth; d++)
        if (total < h->contenders[d].chosen->total) h->contenders[d].chosen->total = (int16_t)total;
    if (total < s->least) s->least = (int16_t)total;
}

/* How many claims regret less than limit. */
static size_t affordable(const dcnn_claims *claims, int limit)
{
    size_t low = 0, high = claims->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (claims->items[middle].regret < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Which of the first count claims take none of the units. Returns how many words that makes. */
static size_t find_fit(const contender *c, size_t count, uint64_t units)
{
    size_t words = (count + 63) / 64;
    uint64_t *fit = c->fit;

    for (size_t w = 0; w < words; w++) fit[w] = ~(uint64_t)0;
    if (count % 64 > 0) fit[words - 1] = ((uint64_t)1 << count % 64) - 1;
    for (int i = 0; units; i++, units >>= 1) {
        const uint64_t *taken = c->taken + (size_t)i * c->words;
        if (!(units & 1)) continue;
        for (size_t w = 0; w < words; w++) fit[w] &= ~taken[w];
    }
    return words;
}

static void count_work(combination *h, int64_t work)
{
    h->work += work;
    if (h->work < h->next_look) return;
    h->next_look = h->work + look_up_every;
    h->given_up = h->work > work_max || h->sharing->should_stop(h->sharing->stop_user);
}

static void combine(combination *h, int depth, uint64_t units, int regret)
{
    contender *c = &h->contenders[depth];
    size_t words = find_fit(c, affordable(c->claims, h->limit - regret), units);

    count_work(h, (int64_t)words);
    for (size_t w = 0; w < words && !h->given_up; w++)
        for (uint64_t fit = c->fit[w]; fit; fit &= fit - 1) {
            dcnn_claim *item = &c->claims->items[w * 64 + (size_t)__builtin_ctzll(fit)];
            c->chosen = item;
            h->work++;
            if (depth + 1 < h->depth)
                combine(h, depth + 1, units | item->units, regret + item->regret);
            else
                (h->filling ? note : add_up)(h, units | item->units, regret + item->regret);
        }
}

static bool add_contender(combination *h, dcnn_claims *claims)
{
    contender *c = &h->contenders[h->depth++];
    size_t units = (size_t)h->sharing->unit_count;

    c->claims = claims;
    c->words = (claims->count + 63) / 64;
    c->taken = dcnn_pool_take(h->pool, units * c->words, sizeof *c->taken);
    c->fit = dcnn_pool_take(h->pool, c->words, sizeof *c->fit);
    if (!c->taken || !c->fit) return false;
    for (size_t k = 0; k < claims->count; k++)
        for (size_t i = 0; i < units; i++)
            c->taken[i * c->words + k / 64] |= (claims->items[k].units >> i & 1) << k % 64;
    return true;
}

/* The chains of a half, which are dealt by the number of their claims. False when memory is out. */
static bool open_half(combination *h, dcnn_sharing *s, int half)
{
    *h = (combination){.sharing = s, .half = half, .pool = dcnn_pool_new()};
    if (!h->pool) return false;
    h->contenders = dcnn_pool_take(h->pool, (size_t)s->chain_count, sizeof *h->contenders);
    for (int u = 0; h->contenders && u < s->chain_count; u++) {
        int before = 0;
        for (int v = 0; v < s->chain_count; v++)
            before += s->claims[v].count > s->claims[u].count || (s->claims[v].count == s->claims[u].count && v < u);
        if ((before + 1) / 2 % 2 == half && !add_contender(h, &s->claims[u])) return false;
    }
    return h->contenders != NULL;
}

/* Goes through the half's combinations that regret less than limit. False when that is too much work. */
static bool run(combination *h, bool filling, int limit)
{
    h->filling = filling;
    h->limit = limit;
    h->work = h->next_look = 0;
    combine(h, 0, 0, 0);
    return !h->given_up;
}

static bool fill_tables(combination *h, int limit)
{
    dcnn_sharing *s = h->sharing;
    bool done;

    for (int w = 0; w < s->window_count; w++) fill(s->table[w][h->half], &s->window[w], s->limit);
    h->least = limit;
    done = run(h, true, limit);
    for (int w = 0; w < s->window_count && done; w++) merge_all(s, &s->window[w], s->table[w][h->half], merge_parts);
    return done;
}

bool dcnn_sharing_find_totals(dcnn_sharing *s, bool *done)
{
    combination half[2] = {{0}, {0}};
    bool good = open_windows(s) && open_half(&half[0], s, 0) && open_half(&half[1], s, 1);

    s->least = s->limit;
    *done = good && fill_tables(&half[1], s->limit) && fill_tables(&half[0], s->limit - half[1].least) &&
            run(&half[1], false, s->limit - half[0].least) && run(&half[0], false, s->limit - half[1].least);
    dcnn_pool_free(half[0].pool);
    dcnn_pool_free(half[1].pool);
    close_windows(s);
    return good;
}
