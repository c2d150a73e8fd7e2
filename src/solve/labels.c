#include "solve/labels.h"
#include <stdlib.h>
#include <string.h>

/* Comparing with more labels of one bucket than this costs more than the labels it would save. */
enum { COMPARED_MAX = 16, BUCKETS_MIN = 256 };

void dcnn_labels_charge(const dcnn_search *s, dcnn_room *use, int first, int last)
{
    const dcnn_layer *layers = s->chain->data->cnn->layers;

    for (int j = first; j <= last; j++) {
        if (!s->task->charged[j]) continue;
        use->memory_bytes += layers[j].memory_bytes;
        use->ops += layers[j].ops;
        use->layers++;
    }
}

static bool bit_set(const uint64_t *bits, int at)
{
    return bits[at / 64] >> (at % 64) & 1;
}

dcnn_room dcnn_labels_use(const dcnn_search *s, int label, int unit)
{
    dcnn_room use = {0};

    if (label < 0 || !bit_set(s->bits + (size_t)label * s->words, s->local[unit])) return use;
    for (int at = label; at >= 0; at = s->labels[at].parent) {
        const dcnn_label *l = &s->labels[at];
        if (s->chain->unit[l->flat] == unit) dcnn_labels_charge(s, &use, l->first_layer, s->chain->layer[l->flat]);
    }
    return use;
}

bool dcnn_labels_use_fits(const dcnn_search *s, int unit, const dcnn_room *use)
{
    const dcnn_room *room = &s->task->room[unit];

    return use->layers <= room->layers && use->memory_bytes <= room->memory_bytes && use->ops <= room->ops;
}

/* Whether what a chain that has come to the end of layer j put on the unit can still make a difference: to others, or
 * to itself because not all that is to come would fit as well. */
static bool use_matters(const dcnn_search *s, int unit, int j, const dcnn_room *use)
{
    const dcnn_room *rest = &s->demand[j + 1];
    dcnn_room all = {use->memory_bytes + rest->memory_bytes, use->ops + rest->ops, use->layers + rest->layers};

    if (s->task->mode == DCNN_SEARCH_ALL && !s->task->alone[unit]) return true;
    if (s->last_layer[unit] <= j) return false;
    return !dcnn_labels_use_fits(s, unit, &all);
}

/* The parent's units that matter still, and the unit of the last run if it does. */
static void mark_units(dcnn_search *s, int index)
{
    const dcnn_label *l = &s->labels[index];
    int unit = s->chain->unit[l->flat], j = s->chain->layer[l->flat], local = s->local[unit];
    uint64_t *bits = s->bits + (size_t)index * s->words;
    dcnn_room use = dcnn_labels_use(s, l->parent, unit);

    dcnn_labels_charge(s, &use, l->first_layer, j);
    for (size_t w = 0; w < s->words; w++)
        bits[w] = l->parent < 0 ? 0 : s->bits[(size_t)l->parent * s->words + w] & s->later[(size_t)j * s->words + w];
    bits[local / 64] &= ~((uint64_t)1 << (local % 64));
    if (use_matters(s, unit, j, &use)) bits[local / 64] |= (uint64_t)1 << (local % 64);
}

/* Units of shared layers are seen by other CNNs: a label only replaces one that put them on the same units (a beam need
 * not care). */
static bool same_shared_units(const dcnn_search *s, int a, int b)
{
    const dcnn_chain *chain = s->chain;

    if (s->instance->scenario->shared_group_count == 0) return true;
    for (int j = chain->layer[s->labels[a].flat]; j >= 0; j--) {
        if (s->labels[a].first_layer > j) a = s->labels[a].parent;
        if (s->labels[b].first_layer > j) b = s->labels[b].parent;
        if (chain->data->group[j] >= 0 && chain->unit[s->labels[a].flat] != chain->unit[s->labels[b].flat])
            return false;
    }
    return true;
}

static bool uses_no_more(const dcnn_search *s, int a, int b)
{
    const uint64_t *mine = s->bits + (size_t)a * s->words, *others = s->bits + (size_t)b * s->words;

    for (size_t w = 0; w < s->words; w++)
        if (mine[w] & ~others[w]) return false;
    if (s->chain->single) return true;
    for (int at = a; at >= 0; at = s->labels[at].parent) {
        int unit = s->chain->unit[s->labels[at].flat];
        dcnn_room use, other;
        if (!bit_set(mine, s->local[unit])) continue;
        use = dcnn_labels_use(s, a, unit);
        other = dcnn_labels_use(s, b, unit);
        if (use.layers > other.layers || use.memory_bytes > other.memory_bytes || use.ops > other.ops) return false;
    }
    return true;
}

/* By priced cost, though the remainders of a may be made whole, and charged, where those of b are not (Jepsen and
 * others 2008, section 4). */
static bool priced_no_more(const dcnn_search *s, int a, int b)
{
    size_t bytes = s->remainder_bytes;
    dcnn_tick ahead = s->labels[b].priced - s->labels[a].priced;

    if (ahead < 0 || bytes == 0) return ahead >= 0;
    return dcnn_surcharge_within(s->task->surcharge, s->remainders + (size_t)a * bytes,
                                 s->remainders + (size_t)b * bytes, ahead);
}

static bool dominates(const dcnn_search *s, int a, int b)
{
    const dcnn_label *x = &s->labels[a], *y = &s->labels[b];

    if (s->task->mode == DCNN_SEARCH_ALL ? x->cost > y->cost : !priced_no_more(s, a, b)) return false;
    if (s->capped && x->cost > y->cost) return false;
    if (s->timed && x->latency > y->latency) return false;
    return uses_no_more(s, a, b) && (s->task->mode == DCNN_SEARCH_BEAM || same_shared_units(s, a, b));
}

static bool make_label_room(dcnn_search *s)
{
    size_t before = s->room;

    if (!dcnn_reserve((void **)&s->labels, &s->room, s->count, sizeof *s->labels)) return false;
    if (!dcnn_reserve((void **)&s->heap, &s->heap_room, s->heap_count, sizeof *s->heap)) return false;
    if (s->room * s->words > s->bits_room || before != s->room) {
        uint64_t *bits = dcnn_resize(s->bits, s->room * s->words, sizeof *bits);
        if (!bits) return false;
        s->bits = bits;
        s->bits_room = s->room * s->words;
    }
    return dcnn_grow((void **)&s->remainders, &s->remainder_room, s->room * s->remainder_bytes, sizeof *s->remainders);
}

/* --- buckets: labels that end on one flat and used the same units --- */

static uint32_t hash_of(const dcnn_search *s, int index)
{
    uint64_t hash = (uint64_t)s->labels[index].flat * 0xD1B54A32D192ED03u;

    for (size_t w = 0; w < s->words; w++) {
        hash = (hash ^ s->bits[(size_t)index * s->words + w]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static int *bucket_of(const dcnn_search *s, int index)
{
    return &s->bucket[s->labels[index].hash & (s->bucket_count - 1)];
}

static void file(dcnn_search *s, int index)
{
    int *bucket = bucket_of(s, index);

    s->labels[index].next = *bucket;
    *bucket = index;
}

/* As many buckets as labels, a power of two; those that are dominated are no longer filed. */
static bool make_bucket_room(dcnn_search *s, size_t wanted)
{
    if (!dcnn_grow((void **)&s->bucket, &s->bucket_room, wanted, sizeof *s->bucket)) return false;
    s->bucket_count = wanted;
    for (size_t k = 0; k < wanted; k++) s->bucket[k] = -1;
    for (int index = 0; index < (int)s->count; index++)
        if (!s->labels[index].dominated) file(s, index);
    return true;
}

bool dcnn_labels_add(dcnn_search *s, const dcnn_label *label, int *index)
{
    int at = (int)s->count, compared = 0;

    *index = -1;
    if (!make_label_room(s)) return false;
    if (s->count >= s->bucket_count && !make_bucket_room(s, s->bucket_count * 2)) return false;
    s->labels[at] = *label;
    mark_units(s, at);
    if (s->remainder_bytes > 0)
        memcpy(s->remainders + (size_t)at * s->remainder_bytes, s->run_remainders, s->remainder_bytes);
    s->labels[at].hash = hash_of(s, at);
    for (int *link = bucket_of(s, at); *link >= 0 && compared < COMPARED_MAX;) {
        int other = *link;
        dcnn_label *o = &s->labels[other];
        if (o->hash == s->labels[at].hash && o->flat == label->flat) {
            compared++;
            if (dominates(s, other, at)) return true;
            o->dominated = dominates(s, at, other);
        }
        if (o->dominated)
            *link = o->next;
        else
            link = &o->next;
    }
    file(s, at);
    s->count++;
    *index = at;
    return true;
}

/* --- opening and closing --- */

/* Cheapest rest of the chain by true cost, for the prune against cap and deadline. */
static bool true_rests(dcnn_tick *rest, const dcnn_chain *chain, const dcnn_costs *costs, const dcnn_rundp *dp)
{
    dcnn_rundp plain;

    if (!dcnn_rundp_init(&plain, chain->size)) return false;
    for (int x = 0; x < chain->size; x++)
        plain.own[x] = dp->own[x] >= dcnn_tick_never ? dcnn_tick_never : costs->own[x];
    (void)dcnn_rundp_backward(&plain, chain, costs);
    memcpy(rest, plain.leave, (size_t)chain->size * sizeof *rest);
    dcnn_rundp_clear(&plain);
    return true;
}

static bool take_flat_arrays(dcnn_search *s, size_t size)
{
    size_t cost = s->flat_room, latency = s->flat_room;

    if (!dcnn_grow((void **)&s->cost_rest, &cost, size, sizeof *s->cost_rest)) return false;
    if (!dcnn_grow((void **)&s->latency_rest, &latency, size, sizeof *s->latency_rest)) return false;
    s->flat_room = cost;
    return true;
}

static bool take_layer_arrays(dcnn_search *s, size_t layers)
{
    size_t room = s->layer_room, again = s->layer_room, beam = s->layer_room * DCNN_BEAM_WIDTH, count = s->layer_room;

    if (!dcnn_grow((void **)&s->demand, &room, layers + 1, sizeof *s->demand)) return false;
    if (!dcnn_grow((void **)&s->flats, &again, layers + 1, sizeof *s->flats)) return false;
    if (!dcnn_grow((void **)&s->beam, &beam, (layers + 1) * DCNN_BEAM_WIDTH, sizeof *s->beam)) return false;
    if (!dcnn_grow((void **)&s->beam_count, &count, layers + 1, sizeof *s->beam_count)) return false;
    s->layer_room = again;
    return true;
}

static int64_t saturating_sum(int64_t a, int64_t b)
{
    return a > DCNN_COUNT_MAX - b ? DCNN_COUNT_MAX : a + b;
}

static void measure_demand(dcnn_search *s)
{
    const dcnn_layer *layers = s->chain->data->cnn->layers;
    int last = s->chain->layer_count;

    s->demand[last] = (dcnn_room){0};
    for (int j = last - 1; j >= 0; j--) {
        dcnn_room *d = &s->demand[j];
        *d = s->demand[j + 1];
        d->memory_bytes = saturating_sum(d->memory_bytes, layers[j].memory_bytes);
        d->ops = saturating_sum(d->ops, layers[j].ops);
        d->layers++;
    }
}

static void index_units(dcnn_search *s)
{
    const dcnn_chain *chain = s->chain;
    int used = 0;

    for (int x = 0; x < chain->size; x++) {
        if (s->local[chain->unit[x]] < 0) s->local[chain->unit[x]] = used++;
        s->last_layer[chain->unit[x]] = chain->layer[x];
    }
    s->words = ((size_t)used + 63) / 64;
    if (s->words == 0) s->words = 1;
}

static void mark_later_units(dcnn_search *s)
{
    const dcnn_chain *chain = s->chain;

    memset(s->later, 0, (size_t)chain->layer_count * s->words * sizeof *s->later);
    for (int x = 0; x < chain->size; x++) {
        int unit = chain->unit[x], local = s->local[unit];
        bool always = s->task->mode == DCNN_SEARCH_ALL && !s->task->alone[unit];
        for (int j = 0; j < (always ? chain->layer_count : chain->layer[x]); j++)
            s->later[(size_t)j * s->words + (size_t)local / 64] |= (uint64_t)1 << (local % 64);
    }
}

bool dcnn_labels_open(dcnn_search *s, const dcnn_search_task *task)
{
    const dcnn_chain *chain = task->chain;
    size_t size = (size_t)chain->size;

    s->task = task;
    s->chain = chain;
    s->cap = task->budget > 0 && task->budget < chain->cap ? task->budget : chain->cap;
    s->capped = s->cap < dcnn_tick_never;
    s->timed = chain->deadline < dcnn_tick_never;
    s->count = s->heap_count = 0;
    s->remainder_bytes = task->surcharge ? task->surcharge->bytes : 0;
    index_units(s);
    if (!dcnn_grow((void **)&s->run_remainders, &s->run_remainder_room, s->remainder_bytes, sizeof *s->run_remainders))
        return false;
    if (!take_flat_arrays(s, size)) return false;
    if (!take_layer_arrays(s, (size_t)chain->layer_count)) return false;
    if (!dcnn_grow((void **)&s->later, &s->later_room, (size_t)chain->layer_count * s->words, sizeof *s->later))
        return false;
    measure_demand(s);
    mark_later_units(s);
    for (int j = 0; j < chain->layer_count; j++) s->beam_count[j] = 0;
    if (!make_bucket_room(s, BUCKETS_MIN)) return false;
    if (s->capped && !true_rests(s->cost_rest, chain, &chain->cost, task->dp)) return false;
    return !s->timed || true_rests(s->latency_rest, chain, &chain->latency, task->dp);
}

void dcnn_labels_close(dcnn_search *s)
{
    for (int x = 0; x < s->chain->size; x++) s->last_layer[s->chain->unit[x]] = s->local[s->chain->unit[x]] = -1;
}
