#include "solve/footprint.h"
#include <stdlib.h>

/* A partial chain by where it ends and what it took of the contested units: the cheapest of its kind. */
typedef struct {
    dcnn_tick priced;
    uint64_t units;
    uint16_t slot;     /* of its last layer */
    unsigned char set; /* critical units (rundp.h) that every partial chain of the kind has visited */
} state;

/* The states that end in one layer, found by where they end and what they took. */
typedef struct {
    state *items;
    size_t count, room;
    int *table; /* [table_size] index of a state, -1 = free; at most half full */
    size_t table_size;
} states;

enum { TABLE_MIN = 1024, LOOK_UP_EVERY = 1024 };

static size_t home_of(const states *s, uint64_t units, uint16_t slot)
{
    uint64_t hash = (units ^ (uint64_t)slot << 48) * 0x9E3779B97F4A7C15u;

    return (size_t)(hash >> 32) & (s->table_size - 1);
}

static void file(states *s, int index)
{
    size_t at = home_of(s, s->items[index].units, s->items[index].slot);

    while (s->table[at] >= 0) at = (at + 1) & (s->table_size - 1);
    s->table[at] = index;
}

static bool make_table(states *s, size_t size)
{
    int *table = dcnn_resize(s->table, size, sizeof *table);

    if (!table) return false;
    s->table = table;
    s->table_size = size;
    for (size_t k = 0; k < size; k++) table[k] = -1;
    for (size_t k = 0; k < s->count; k++) file(s, (int)k);
    return true;
}

static bool empty(states *s)
{
    s->count = 0;
    return make_table(s, s->table_size > 0 ? s->table_size : TABLE_MIN);
}

static void clear(states *s)
{
    free(s->items);
    free(s->table);
}

/* Adds a partial chain; of two of one kind the cheaper stays. False when memory is out. */
static bool add(states *s, const state *item)
{
    size_t at = home_of(s, item->units, item->slot);

    for (; s->table[at] >= 0; at = (at + 1) & (s->table_size - 1)) {
        state *other = &s->items[s->table[at]];
        if (other->units != item->units || other->slot != item->slot) continue;
        if (item->priced < other->priced) other->priced = item->priced;
        other->set &= item->set;
        return true;
    }
    if (!dcnn_reserve((void **)&s->items, &s->room, s->count, sizeof *s->items)) return false;
    s->items[s->count] = *item;
    s->table[at] = (int)s->count++;
    return s->count * 2 <= s->table_size || make_table(s, s->table_size * 2);
}

typedef struct {
    const dcnn_chain *chain;
    const dcnn_rundp *dp;
    const dcnn_footprint_extent *extent;
} listing;

/* Adds the state, which ends on flat x and came from unit before, if it can lead to a column within the extent. */
static bool consider(const listing *l, int x, int before, const state *item, states *to)
{
    const dcnn_rivals *rivals = l->extent->rivals;
    dcnn_tick bound = item->priced + dcnn_rundp_rest(l->dp, x, item->set, before);

    if (bound >= l->extent->limit) return true;
    if (rivals && bound + dcnn_rivals_pay(rivals, item->units, false) >= l->extent->limit) return true;
    return add(to, item);
}

static bool start(const listing *l, states *to)
{
    const dcnn_chain *chain = l->chain;

    for (int x = 0; x < chain->first[1]; x++) {
        state first = {l->dp->own[x], l->extent->bit[chain->unit[x]], (uint16_t)x, l->dp->bit[x]};
        if (first.priced < dcnn_tick_never && !consider(l, x, -1, &first, to)) return false;
    }
    return true;
}

/* The states of layer j + 1 that follow one of layer j. */
static bool extend(const listing *l, int j, const state *from, states *to)
{
    const dcnn_chain *chain = l->chain;
    const dcnn_rundp *dp = l->dp;
    int first = chain->first[j + 1], width = dcnn_slots(chain, j + 1), unit = chain->unit[chain->first[j] + from->slot];
    const dcnn_tick *move = chain->cost.move[j] + (ptrdiff_t)from->slot * width;
    const dcnn_tick *rest = dp->start + (ptrdiff_t)from->set * chain->size + first;

    for (int k = 0; k < width; k++) {
        int y = first + k;
        uint64_t bit = l->extent->bit[chain->unit[y]];
        state next = {from->priced + move[k], from->units | bit, (uint16_t)k, from->set};
        if ((from->units & bit) || next.priced + rest[k] >= l->extent->limit) continue;
        next.priced += dp->own[y];
        next.set |= dp->bit[y];
        if (!consider(l, y, unit, &next, to)) return false;
    }
    return true;
}

/* All states of the last layer; what they took is all that counts. */
static bool gather(const states *last, states *kinds)
{
    for (size_t k = 0; k < last->count; k++) {
        state kind = {last->items[k].priced, last->items[k].units, 0, 0};
        if (!add(kinds, &kind)) return false;
    }
    return true;
}

static bool write_list(dcnn_footprints *list, const states *kinds)
{
    if (!dcnn_grow((void **)&list->items, &list->room, kinds->count, sizeof *list->items)) return false;
    list->count = kinds->count;
    for (size_t k = 0; k < kinds->count; k++)
        list->items[k] = (dcnn_footprint){kinds->items[k].units, kinds->items[k].priced};
    return true;
}

/* The states of layer j + 1. *done is false when they are too many, or the search shall stop. */
static bool next_layer(const listing *l, int j, const states *from, states *to, bool *done)
{
    const dcnn_footprint_extent *extent = l->extent;
    bool good = empty(to);

    for (size_t k = 0; good && *done && k < from->count; k++) {
        good = extend(l, j, &from->items[k], to);
        *done = to->count <= extent->states_max && (k % LOOK_UP_EVERY != 0 || !extent->should_stop(extent->stop_user));
    }
    return good;
}

bool dcnn_footprints_list(dcnn_footprints *list, const dcnn_chain *chain, const dcnn_rundp *dp,
                          const dcnn_footprint_extent *extent, bool *done)
{
    listing l = {chain, dp, extent};
    states here = {0}, next = {0};
    bool good = empty(&here) && start(&l, &here);

    *done = true;
    for (int j = 0; good && *done && j + 1 < chain->layer_count; j++) {
        states spare = here;
        good = next_layer(&l, j, &here, &next, done);
        here = next;
        next = spare;
    }
    if (good && *done) good = empty(&next) && gather(&here, &next) && write_list(list, &next);
    clear(&here);
    clear(&next);
    return good;
}
