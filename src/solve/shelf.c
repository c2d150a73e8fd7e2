#include "solve/shelf.h"
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4, WORD_BITS = 64, BLOCK_BITS = BLOCK * WORD_BITS, STRIKE_WORK = 32 };

static const dcnn_listed_column *column_of(const dcnn_shelving *s, int u, int column)
{
    return &s->listed->chains[u].items[column];
}

void dcnn_shelf_clear(dcnn_shelf *shelf)
{
    free(shelf->items);
    free(shelf->maps);
    free(shelf->map);
    free(shelf->kinds);
    free(shelf->struck);
    free(shelf->fits);
    *shelf = (dcnn_shelf){0};
}

static bool put_item(dcnn_shelf *shelf, int column, const dcnn_listed_column *c)
{
    if (!dcnn_reserve((void **)&shelf->items, &shelf->items_room, (size_t)shelf->count, sizeof *shelf->items))
        return false;
    shelf->items[shelf->count++] = (dcnn_shelf_item){column, c->regret};
    if (c->cost < shelf->cheapest) shelf->cheapest = c->cost;
    return true;
}

/* --- maps --- */

/* No kind has a map. */
static bool clear_maps(dcnn_shelf *shelf, size_t kinds)
{
    if (!shelf->map) {
        shelf->map = dcnn_take(kinds, sizeof *shelf->map);
        shelf->kinds = dcnn_take(kinds, sizeof *shelf->kinds);
        if (!shelf->map || !shelf->kinds) return false;
        for (size_t k = 0; k < kinds; k++) shelf->map[k] = -1;
    }
    for (int k = 0; k < shelf->kind_count; k++) shelf->map[shelf->kinds[k]] = -1;
    shelf->kind_count = 0;
    return true;
}

bool dcnn_shelf_map(dcnn_shelving *s, dcnn_shelf *shelf, int u)
{
    const dcnn_kinds *kinds = &s->kinds[u];
    size_t words;

    shelf->blocks = ((size_t)shelf->count + BLOCK_BITS - 1) / BLOCK_BITS;
    words = shelf->blocks * BLOCK;
    if (!clear_maps(shelf, (size_t)kinds->count)) return false;
    if (shelf->count == 0) return true;
    if (!dcnn_grow((void **)&shelf->maps, &shelf->maps_room, words * (size_t)kinds->count, sizeof *shelf->maps))
        return false;
    for (size_t k = 0; k < (size_t)shelf->count; k++) {
        const int *of = dcnn_kinds_of(kinds, shelf->items[k].column);
        for (int e = 0; e < kinds->width && of[e] >= 0; e++) {
            int *map = &shelf->map[of[e]];
            if (*map < 0) {
                *map = shelf->kind_count;
                shelf->kinds[shelf->kind_count++] = of[e];
                memset(shelf->maps + (size_t)*map * words, 0, words * sizeof *shelf->maps);
            }
            shelf->maps[(size_t)*map * words + k / WORD_BITS] |= (uint64_t)1 << (k % WORD_BITS);
        }
    }
    s->work += shelf->count;
    return true;
}

bool dcnn_shelf_fill_first(dcnn_shelving *s, dcnn_shelf *shelf, int u, dcnn_tick limit)
{
    const dcnn_listed_chain *list = &s->listed->chains[u];

    shelf->open = true;
    shelf->first = list->count > 0 ? list->items[0].regret : 0;
    shelf->cheapest = dcnn_tick_never;
    for (size_t k = 0; k < list->count && list->items[k].regret < limit; k++)
        if (!put_item(shelf, (int)k, &list->items[k])) return false;
    return dcnn_shelf_map(s, shelf, u);
}

/* --- filtering --- */

/* One more block of what still fits. */
static void filter_block(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to)
{
    uint64_t misfits[BLOCK] = {0};
    size_t first = to->filtered * BLOCK;

    for (int m = 0; m < to->struck_count; m++) {
        const uint64_t *map = from->maps + (size_t)to->struck[m] * from->blocks * BLOCK + first;
        for (size_t k = 0; k < BLOCK; k++) misfits[k] |= map[k];
    }
    for (size_t k = 0; k < BLOCK; k++) {
        size_t bit = (first + k) * WORD_BITS, left = (size_t)from->count > bit ? (size_t)from->count - bit : 0;
        uint64_t all = left >= WORD_BITS ? ~(uint64_t)0 : ((uint64_t)1 << left) - 1;
        to->fits[first + k] = all & ~misfits[k];
    }
    to->filtered++;
    s->work += BLOCK;
}

bool dcnn_shelf_begin(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, int u, int other, int column)
{
    const dcnn_kinds *kinds = &s->kinds[u];

    if (!dcnn_grow((void **)&to->fits, &to->fits_room, from->blocks * BLOCK, sizeof *to->fits)) return false;
    if (!to->struck && !(to->struck = dcnn_take((size_t)kinds->count + 1, sizeof *to->struck))) return false;
    to->filtered = 0;
    s->work += s->load ? STRIKE_WORK : BLOCK;
    to->struck_count = dcnn_kinds_strike(kinds, &s->kinds[other], column, s->load, from->map, to->struck);
    return true;
}

dcnn_tick dcnn_shelf_first(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, dcnn_tick limit)
{
    while (to->filtered < from->blocks) {
        size_t word = to->filtered * BLOCK;
        if (from->items[to->filtered * BLOCK_BITS].regret >= limit) break;
        filter_block(s, from, to);
        for (; word < to->filtered * BLOCK; word++)
            if (to->fits[word]) return from->items[word * WORD_BITS + (size_t)__builtin_ctzll(to->fits[word])].regret;
    }
    return dcnn_tick_never;
}

/* Takes over the items of one block that fit and are below the limits; false when memory is out. */
static bool take_block(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, int u, size_t block,
                       const dcnn_shelf_limits *below)
{
    for (size_t word = block * BLOCK; word < (block + 1) * BLOCK; word++)
        for (uint64_t bits = to->fits[word]; bits; bits &= bits - 1) {
            const dcnn_shelf_item *item = &from->items[word * WORD_BITS + (size_t)__builtin_ctzll(bits)];
            const dcnn_listed_column *c;
            if (item->regret >= below->regret) return true;
            c = column_of(s, u, item->column);
            if (c->cost < below->cost && !put_item(to, item->column, c)) return false;
        }
    return true;
}

bool dcnn_shelf_fill(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, int u, const dcnn_shelf_limits *below,
                     bool mapped)
{
    to->count = 0;
    to->cheapest = dcnn_tick_never;
    for (size_t block = 0; block < from->blocks && from->items[block * BLOCK_BITS].regret < below->regret; block++) {
        if (block == to->filtered) filter_block(s, from, to);
        if (!take_block(s, from, to, u, block, below)) return false;
    }
    return !mapped || dcnn_shelf_map(s, to, u);
}
