/* proof_label.c - placements of the first layers of a CNN (labels). A label is dropped when another that ends on the
 * same unit costs no more by any measure, takes no more of any unit and puts shared layers on the same ones: whatever
 * completes the one completes the other. */
#include "proof_contest.h"
#include <stdlib.h>
#include <string.h>

enum { LABELS_MIN = 256 };

void dcnn_proof_search_free(dcnn_proof_search *search)
{
    free(search->labels);
    free(search->paths);
    free(search->heap);
    free(search->heads);
    free(search->last);
    *search = (dcnn_proof_search){0};
}

/* --- room --- */

/* mask: heads less one, a power of two less one that is below room. */
static void rehash(dcnn_proof_search *search, int mask)
{
    search->mask = mask;
    for (int h = 0; h <= search->mask; h++) search->heads[h] = -1;
    for (int l = 0; l < search->count; l++) {
        int32_t *head = &search->heads[search->labels[l].hash & (uint64_t)search->mask];
        search->labels[l].chained = *head;
        *head = l;
    }
}

static bool more_labels(dcnn_proof_search *search, int layer_count)
{
    int room = search->room > 0 ? 2 * search->room : LABELS_MIN;

    if (!dcnn_proof_resize((void **)&search->labels, room, sizeof *search->labels)) return false;
    if (!dcnn_proof_resize((void **)&search->paths, room, (size_t)layer_count * sizeof *search->paths)) return false;
    if (!dcnn_proof_resize((void **)&search->heads, room, sizeof *search->heads)) return false;
    search->room = room;
    return true;
}

/* --- what labels take --- */

/* A fixed random number for each slot and purpose (splitmix64). */
static uint64_t scatter(uint64_t slot, uint64_t purpose)
{
    uint64_t z = (4 * slot + purpose + 1) * UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* What is used of a slot matters to layers that are still to come, and to other CNNs. */
static bool matters(const dcnn_proof_check *p, int c, int layer, int slot)
{
    return p->searches[c].last[slot] > layer;
}

/* What a layer on a unit adds to the hash of what was put where: the same for whatever takes the same. */
static uint64_t hash_of(const dcnn_proof_check *p, const dcnn_proof_layer *layer, int slot)
{
    uint64_t hash = 0;

    if (layer->group >= 0) hash += scatter((uint64_t)slot, 3) * ((uint64_t)layer->group + 1);
    if (layer->twin >= 0) return hash;
    if (p->binds[slot] & DCNN_BINDS_LAYERS) hash += scatter((uint64_t)slot, 0);
    if (p->binds[slot] & DCNN_BINDS_MEMORY) hash += scatter((uint64_t)slot, 1) * (uint64_t)layer->memory_bytes;
    if (p->binds[slot] & DCNN_BINDS_OPS) hash += scatter((uint64_t)slot, 2) * (uint64_t)layer->ops;
    return hash;
}

/* What the first layers of a path put on a unit. */
static dcnn_proof_load load_on(const dcnn_proof_cnn *cnn, const uint16_t *path, int layers, int slot)
{
    dcnn_proof_load load = {0};

    for (int k = 0; k < layers; k++) {
        const dcnn_proof_layer *layer = &cnn->layers[k];
        if (path[k] != slot || layer->twin >= 0) continue;
        load.layers++;
        load.memory_bytes = dcnn_check_add(load.memory_bytes, layer->memory_bytes);
        load.ops = dcnn_check_add(load.ops, layer->ops);
    }
    return load;
}

/* The hash of what was taken that matters when a layer has been placed on a slot behind a path with that hash: what
 * is used of the units that no later layer could run on no longer does. */
static uint64_t hash_behind(const dcnn_proof_check *p, const dcnn_proof_layer *layer, uint64_t hash,
                            const uint16_t *path, int slot)
{
    const int *last = p->searches[layer->cnn].last;
    const dcnn_proof_layer *before = p->cnns[layer->cnn].layers;

    for (int k = 0; k < layer->layer; k++)
        if (last[path[k]] == layer->layer && before[k].group < 0) hash -= hash_of(p, &before[k], path[k]);
    if (layer->group >= 0 || matters(p, layer->cnn, layer->layer, slot)) hash += hash_of(p, layer, slot);
    return hash;
}

bool dcnn_proof_takes_no_more(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn, const uint16_t *path,
                              const uint16_t *other, int layers)
{
    for (int k = 0; k < layers; k++) {
        int slot = path[k];
        dcnn_proof_load here, there;
        if (cnn->layers[k].group >= 0 && other[k] != slot) return false;
        if (!p->binds[slot] || !matters(p, cnn->layers->cnn, layers - 1, slot)) continue;
        here = load_on(cnn, path, layers, slot);
        there = load_on(cnn, other, layers, slot);
        if (p->binds[slot] & DCNN_BINDS_LAYERS && here.layers > there.layers) return false;
        if (p->binds[slot] & DCNN_BINDS_MEMORY && here.memory_bytes > there.memory_bytes) return false;
        if (p->binds[slot] & DCNN_BINDS_OPS && here.ops > there.ops) return false;
    }
    return true;
}

/* Whether a unit that the path uses already bears one layer more. */
static bool bears_again(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn, const uint16_t *path,
                        const dcnn_proof_layer *layer, int slot)
{
    dcnn_proof_load load;

    if (layer->twin >= 0) return path[layer->twin] == slot;
    if (!p->binds[slot]) return true;
    load = load_on(cnn, path, layer->layer, slot);
    return dcnn_proof_bear(layer, 0, &p->capacity[slot], &load);
}

/* --- labels --- */

static bool costs_no_more(const dcnn_proof_label *a, const dcnn_proof_label *b)
{
    return a->cost <= b->cost && a->weighted <= b->weighted && a->plain <= b->plain;
}

/* Whether a label like that is there already; those that the new one makes superfluous are marked. */
static bool is_dominated(dcnn_proof_check *p, const dcnn_proof_cnn *cnn, dcnn_proof_search *search,
                         const dcnn_proof_label *added, const uint16_t *path)
{
    for (int32_t l = search->heads[added->hash & (uint64_t)search->mask]; l >= 0; l = search->labels[l].chained) {
        dcnn_proof_label *other = &search->labels[l];
        const uint16_t *other_path = search->paths + (size_t)l * (size_t)cnn->layer_count;
        if (other->hash != added->hash || other->layer != added->layer || other->candidate != added->candidate ||
            other->dominated)
            continue;
        p->work_left -= 16;
        if (costs_no_more(other, added) && dcnn_proof_takes_no_more(p, cnn, other_path, path, added->layer + 1))
            return true;
        if (costs_no_more(added, other) && dcnn_proof_takes_no_more(p, cnn, path, other_path, added->layer + 1))
            other->dominated = true;
    }
    return false;
}

/* Adds a label whose path stands behind the last one already, unless it is dominated. */
static dcnn_case add_label(dcnn_proof_check *p, dcnn_proof_cnn *cnn, dcnn_proof_search *search, dcnn_proof_label added)
{
    const uint16_t *path = search->paths + (size_t)search->count * (size_t)cnn->layer_count;
    int32_t *head;

    if (is_dominated(p, cnn, search, &added, path)) return DCNN_CASE_OPEN;
    if (++p->label_count > DCNN_PROOF_LABELS_MAX)
        return dcnn_proof_refuse(p, "not verified: more than %d labels", DCNN_PROOF_LABELS_MAX);
    head = &search->heads[added.hash & (uint64_t)search->mask];
    added.chained = *head;
    *head = search->count;
    search->labels[search->count] = added;
    search->count++;
    if (search->count == search->room && !more_labels(search, cnn->layer_count)) return dcnn_proof_lost(p);
    if (search->count > search->mask) rehash(search, 2 * search->mask + 1);
    return DCNN_CASE_OPEN;
}

static bool is_used(const uint16_t *path, int layers, int slot)
{
    for (int k = 0; k < layers; k++)
        if (path[k] == slot) return true;
    return false;
}

/* The least from candidate b on, for a chain that has used these units. */
static int64_t least_from(const dcnn_proof_check *p, const dcnn_proof_layer *layer, dcnn_measure measure, int b,
                          const uint16_t *path)
{
    const dcnn_proof_table *table = &layer->tables[measure];

    if (!p->cnns[layer->cnn].single || table->follower[b] < 0) return table->rest[b];
    return is_used(path, layer->layer, table->follower[b]) ? table->second[b] : table->rest[b];
}

/* A label for the layer after `from` (NULL: the first) on candidate b, reached at the costs of moving there. */
typedef struct {
    const dcnn_proof_label *from;
    const uint16_t *path;
    int b;
    int64_t move, plain_move;
    int spot; /* of the chart, if one guides the search */
} extension;

/* Whether the chart, if one guides the search, has found that too dear with what others pay. */
static bool leads_nowhere(const dcnn_proof_check *p, const dcnn_proof_layer *layer, const extension *e, int64_t cost)
{
    const dcnn_proof_chart *chart = p->searches[layer->cnn].chart;
    int from;

    if (!chart) return false;
    from = e->from ? layer[-1].slot[e->from->candidate] : DCNN_PROOF_ROOT_SLOT;
    return cost + dcnn_proof_spot_rest(&chart->spots.spots[e->spot], from) >= chart->limit;
}

/* Whether the extended label can still become a column of less than the limit; fills it in. */
static bool extend(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn, const dcnn_proof_layer *layer,
                   const extension *e, dcnn_proof_label *label, int64_t *least)
{
    int b = e->b, slot = layer->slot[b];
    int64_t limit = p->searches[layer->cnn].limit, until = (e->from ? e->from->cost : 0) + e->move;

    if (until + layer->tables[DCNN_MEASURE_PRICED].rest[b] >= limit) return false;
    if (is_used(e->path, layer->layer, slot) ? !bears_again(p, cnn, e->path, layer, slot) : layer->twin >= 0)
        return false;
    *least = until + least_from(p, layer, DCNN_MEASURE_PRICED, b, e->path);
    if (*least >= limit || leads_nowhere(p, layer, e, until + layer->priced[b])) return false;
    *label =
        (dcnn_proof_label){.cost = until + layer->priced[b], .candidate = b, .spot = e->spot, .layer = layer->layer};
    label->weighted = (e->from ? e->from->weighted : 0) + e->move;
    if (p->cap < DCNN_PROOF_FAR && label->weighted + least_from(p, layer, DCNN_MEASURE_WEIGHTED, b, e->path) > p->cap)
        return false;
    label->weighted += layer->own[b];
    if (cnn->deadline) {
        label->plain = (e->from ? e->from->plain : 0) + e->plain_move;
        if (label->plain + least_from(p, layer, DCNN_MEASURE_PLAIN, b, e->path) >
            p->scenario->cnns[layer->cnn].deadline_ns)
            return false;
        label->plain += layer->plain[b];
    }
    return true;
}

static dcnn_case try_extension(dcnn_proof_check *p, dcnn_proof_cnn *cnn, const dcnn_proof_layer *layer,
                               const extension *e, int64_t *least)
{
    dcnn_proof_search *search = &p->searches[layer->cnn];
    uint16_t *path = search->paths + (size_t)search->count * (size_t)cnn->layer_count;
    dcnn_proof_label label;

    if (!extend(p, cnn, layer, e, &label, least)) return DCNN_CASE_OPEN;
    if (layer->layer > 0) memcpy(path, e->path, (size_t)layer->layer * sizeof *path);
    path[layer->layer] = (uint16_t)layer->slot[e->b];
    label.hash = hash_behind(p, layer, e->from ? e->from->hash : 0, path, layer->slot[e->b]);
    return add_label(p, cnn, search, label);
}

dcnn_case dcnn_proof_label_extend(dcnn_proof_check *p, dcnn_proof_cnn *cnn, const dcnn_proof_label *from,
                                  int32_t parent, int b, int spot, int64_t *least)
{
    const dcnn_proof_search *search = &p->searches[cnn->layers->cnn];
    const dcnn_proof_layer *here, *layer = cnn->layers;
    extension e = {.from = from, .b = b, .spot = spot};

    if (from) {
        here = &cnn->layers[from->layer];
        layer = here + 1;
        e.path = search->paths + (size_t)parent * (size_t)cnn->layer_count;
        if (layer->slot[b] != here->slot[from->candidate]) {
            size_t pair = (size_t)from->candidate * (size_t)layer->count + (size_t)b;
            e.move = here->move[pair];
            if (cnn->deadline) e.plain_move = here->plain_move[pair];
        }
    }
    return try_extension(p, cnn, layer, &e, least);
}

/* --- a search --- */

/* Which units the layers still to come could use or, where columns are to be combined, other CNNs. */
static bool note_last(dcnn_proof_check *p, int c, bool combined)
{
    dcnn_proof_search *search = &p->searches[c];

    if (!dcnn_proof_resize((void **)&search->last, p->slot_count, sizeof *search->last)) return false;
    for (int u = 0; u < p->slot_count; u++) search->last[u] = -1;
    for (int other = combined ? 0 : c; other < (combined ? p->scenario->cnn_count : c + 1); other++)
        for (int j = 0; j < p->cnns[other].layer_count; j++) {
            const dcnn_proof_layer *layer = &p->cnns[other].layers[j];
            for (int k = 0; k < layer->live; k++) {
                int *at = &search->last[layer->slot[layer->list[k]]], until = other == c ? j : p->cnns[c].layer_count;
                if (until > *at) *at = until;
            }
        }
    return true;
}

dcnn_case dcnn_proof_labels_open(dcnn_proof_check *p, int c, int64_t limit, bool combined)
{
    dcnn_proof_search *search = &p->searches[c];

    p->label_count -= search->count;
    search->count = 0;
    search->heap_count = 0;
    search->limit = limit;
    search->chart = NULL;
    if (search->room == 0 && !more_labels(search, p->cnns[c].layer_count)) return dcnn_proof_lost(p);
    if (!note_last(p, c, combined)) return dcnn_proof_lost(p);
    rehash(search, LABELS_MIN - 1);
    return DCNN_CASE_OPEN;
}
