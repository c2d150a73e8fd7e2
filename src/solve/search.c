#include "solve/search.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A partial chain, by its last run. */
typedef struct {
    dcnn_tick bound;    /* priced cost so far plus the completion bound */
    dcnn_tick priced;   /* cost so far under prices */
    dcnn_tick cost;     /* cost so far without prices */
    dcnn_tick latency;  /* unweighted, for deadlines */
    uint64_t signature; /* one bit for each unit whose use may matter later */
    int parent;         /* label, -1 = none */
    int next;           /* in the list of labels that end on the same flat */
    int flat;           /* where the run ends */
    int first_layer;    /* where the run starts */
    bool dominated;
} search_label;

struct dcnn_search {
    const dcnn_instance *instance;
    search_label *labels;
    size_t label_count, label_room;
    int *heap; /* label indices, least (bound, then longest) first */
    size_t heap_count, heap_room;
    int *newest; /* [flat] head of the list of labels ending there */
    size_t newest_room;
    int *last_layer;                     /* [unit] last layer that may run there, -1 = none */
    dcnn_tick *cost_rest, *latency_rest; /* [flat] cheapest true rest of the chain, for cap and deadline */
    size_t rest_room;
    int *flats; /* [layer_count] of the column being reported */
    size_t flats_room;
    int64_t *memory_from, *ops_from; /* [layer_count + 1] demand of layer j and all later ones */
    int *layers_from;
};

/* What the search of one task shares. */
typedef struct {
    dcnn_search *s;
    const dcnn_search_task *task;
    const dcnn_chain *chain;
    bool capped, timed;
} search_state;

dcnn_search *dcnn_search_new(const dcnn_instance *instance)
{
    dcnn_search *s = dcnn_take(1, sizeof *s);

    if (!s) return NULL;
    s->instance = instance;
    s->last_layer = dcnn_take((size_t)instance->unit_count, sizeof *s->last_layer);
    if (!s->last_layer) {
        dcnn_search_free(s);
        return NULL;
    }
    for (int i = 0; i < instance->unit_count; i++) s->last_layer[i] = -1;
    return s;
}

void dcnn_search_free(dcnn_search *s)
{
    if (!s) return;
    free(s->labels);
    free(s->heap);
    free(s->newest);
    free(s->last_layer);
    free(s->cost_rest);
    free(s->latency_rest);
    free(s->flats);
    free(s->memory_from);
    free(s->ops_from);
    free(s->layers_from);
    free(s);
}

/* --- heap --- */

static bool before(const dcnn_search *s, int a, int b)
{
    const search_label *x = &s->labels[a], *y = &s->labels[b];

    if (x->bound != y->bound) return x->bound < y->bound;
    return a > b; /* the newer is deeper or as deep: reach a whole chain before widening a plateau */
}

static void heap_push(dcnn_search *s, int label)
{
    size_t at = s->heap_count++;

    while (at > 0 && before(s, label, s->heap[(at - 1) / 2])) {
        s->heap[at] = s->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->heap[at] = label;
}

static int heap_pop(dcnn_search *s)
{
    int top = s->heap[0], last = s->heap[--s->heap_count];
    size_t at = 0;

    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= s->heap_count) break;
        if (child + 1 < s->heap_count && before(s, s->heap[child + 1], s->heap[child])) child++;
        if (!before(s, s->heap[child], last)) break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    if (s->heap_count > 0) s->heap[at] = last;
    return top;
}

/* --- use of units --- */

static void add_run(dcnn_room *use, const search_state *st, int first_layer, int last_layer)
{
    const dcnn_chain_data *data = st->chain->data;

    for (int j = first_layer; j <= last_layer; j++) {
        if (!st->task->charged[j]) continue;
        use->memory_bytes += data->cnn->layers[j].memory_bytes;
        use->ops += data->cnn->layers[j].ops;
        use->layers++;
    }
}

static dcnn_room use_of(const search_state *st, int label, int unit)
{
    dcnn_room use = {0};

    for (int at = label; at >= 0; at = st->s->labels[at].parent) {
        const search_label *l = &st->s->labels[at];
        if (st->chain->unit[l->flat] == unit) add_run(&use, st, l->first_layer, st->chain->layer[l->flat]);
    }
    return use;
}

static bool use_fits(const search_state *st, int unit, const dcnn_room *use)
{
    const dcnn_room *room = &st->task->room[unit];

    return use->layers <= room->layers && use->memory_bytes <= room->memory_bytes && use->ops <= room->ops;
}

/* Whether what a chain that has come to the end of layer j put on the unit can still make a difference. */
static bool use_matters(const search_state *st, int unit, int j, const dcnn_room *use)
{
    const dcnn_search *s = st->s;
    dcnn_room all = *use;

    if (st->task->mode == DCNN_SEARCH_ALL && !(st->task->alone && st->task->alone[unit])) return true;
    if (s->last_layer[unit] <= j) return false;
    all.layers += s->layers_from[j + 1];
    all.memory_bytes += s->memory_from[j + 1];
    all.ops += s->ops_from[j + 1];
    return !use_fits(st, unit, &all);
}

static uint64_t unit_bit(int unit)
{
    return (uint64_t)1 << (((uint64_t)(unsigned)unit * 0x9e3779b97f4a7c15U) >> 58);
}

static uint64_t signature_of(const search_state *st, int label)
{
    const search_label *labels = st->s->labels;
    int j = st->chain->layer[labels[label].flat];
    uint64_t signature = 0;

    for (int at = label; at >= 0; at = labels[at].parent) {
        int unit = st->chain->unit[labels[at].flat];
        dcnn_room use = use_of(st, label, unit);
        if (use_matters(st, unit, j, &use)) signature |= unit_bit(unit);
    }
    return signature;
}

/* Units of shared layers are seen by other CNNs: a label only replaces one that put them on the same units. */
static bool same_shared_units(const search_state *st, int a, int b)
{
    const dcnn_search *s = st->s;
    const dcnn_chain_data *data = st->chain->data;

    if (st->s->instance->scenario->shared_group_count == 0) return true;
    for (int j = st->chain->layer[s->labels[a].flat]; j >= 0; j--) {
        if (s->labels[a].first_layer > j) a = s->labels[a].parent;
        if (s->labels[b].first_layer > j) b = s->labels[b].parent;
        if (data->group[j] >= 0 && st->chain->unit[s->labels[a].flat] != st->chain->unit[s->labels[b].flat])
            return false;
    }
    return true;
}

static bool dominates(const search_state *st, int a, int b)
{
    const search_label *x = &st->s->labels[a], *y = &st->s->labels[b];
    int j = st->chain->layer[x->flat];

    if (st->task->mode == DCNN_SEARCH_CHEAPEST ? x->priced > y->priced : x->cost > y->cost) return false;
    if (st->capped && x->cost > y->cost) return false;
    if (st->timed && x->latency > y->latency) return false;
    if (x->signature & ~y->signature) return false;
    for (int at = a; at >= 0; at = st->s->labels[at].parent) {
        int unit = st->chain->unit[st->s->labels[at].flat];
        dcnn_room mine = use_of(st, a, unit), other;
        if (!use_matters(st, unit, j, &mine)) continue;
        other = use_of(st, b, unit);
        if (mine.layers > other.layers || mine.memory_bytes > other.memory_bytes || mine.ops > other.ops) return false;
    }
    return same_shared_units(st, a, b);
}

/* --- the search --- */

/* A second layer of one shared group within the CNN must follow the first. */
static bool group_agrees(const search_state *st, int parent, int first_layer, int j, int unit)
{
    const dcnn_chain_data *data = st->chain->data;

    if (data->counts_alone[j] || data->group[j] < 0) return true;
    for (int t = j - 1; t >= 0; t--) {
        if (data->group[t] != data->group[j]) continue;
        if (t >= first_layer) return true;
        while (st->s->labels[parent].first_layer > t) parent = st->s->labels[parent].parent;
        return st->chain->unit[st->s->labels[parent].flat] == unit;
    }
    return true;
}

static bool add_label(search_state *st, const search_label *label)
{
    dcnn_search *s = st->s;
    int index = (int)s->label_count;

    if (!dcnn_reserve((void **)&s->labels, &s->label_room, s->label_count, sizeof *s->labels)) return false;
    if (!dcnn_reserve((void **)&s->heap, &s->heap_room, s->heap_count, sizeof *s->heap)) return false;
    s->labels[index] = *label;
    s->labels[index].signature = signature_of(st, index);
    for (int at = s->newest[label->flat]; at >= 0; at = s->labels[at].next)
        if (!s->labels[at].dominated && dominates(st, at, index)) return true;
    for (int at = s->newest[label->flat]; at >= 0; at = s->labels[at].next)
        if (!s->labels[at].dominated && dominates(st, index, at)) s->labels[at].dominated = true;
    s->labels[index].next = s->newest[label->flat];
    s->newest[label->flat] = index;
    s->label_count++;
    heap_push(s, index);
    return true;
}

/* All runs that start on flat x, after the label parent (-1 = none), which has been extended by the move to x. */
static bool extend(search_state *st, int parent, int x, search_label base)
{
    const dcnn_chain *chain = st->chain;
    const dcnn_rundp *dp = st->task->dp;
    const dcnn_search *s = st->s;
    int unit = chain->unit[x], y = x;
    dcnn_room use = use_of(st, parent, unit);

    base.parent = parent;
    base.first_layer = chain->layer[x];
    base.dominated = false;
    for (int j = chain->layer[x]; j <= chain->run_last[x]; j++, y = chain->stay[y]) {
        if (dp->own[y] >= dcnn_tick_never) break;
        add_run(&use, st, j, j);
        if (!use_fits(st, unit, &use) || !group_agrees(st, parent, base.first_layer, j, unit)) break;
        base.priced += dp->own[y];
        base.cost += chain->cost.own[y];
        if (st->timed) base.latency += chain->latency.own[y];
        base.bound = base.priced + dp->leave[y];
        if (base.bound >= st->task->limit) continue;
        if (st->capped && base.cost + s->cost_rest[y] > chain->cap) continue;
        if (st->timed && base.latency + s->latency_rest[y] > chain->deadline) continue;
        base.flat = y;
        if (!add_label(st, &base)) return false;
    }
    return true;
}

static bool expand(search_state *st, int at)
{
    const dcnn_chain *chain = st->chain;
    search_label l = st->s->labels[at];
    int j = chain->layer[l.flat], to = chain->first[j + 1], width = dcnn_slots(chain, j + 1);
    ptrdiff_t row = (ptrdiff_t)(l.flat - chain->first[j]) * width;

    for (int k = 0; k < width; k++) {
        search_label next = l;
        if (chain->cost.move[j][row + k] >= dcnn_tick_never) continue;
        next.priced += chain->cost.move[j][row + k];
        if (next.priced + st->task->dp->start[to + k] >= st->task->limit) continue;
        next.cost += chain->cost.move[j][row + k];
        if (st->timed) {
            if (chain->latency.move[j][row + k] >= dcnn_tick_never) continue;
            next.latency += chain->latency.move[j][row + k];
        }
        if (!extend(st, at, to + k, next)) return false;
    }
    return true;
}

static bool report(search_state *st, int at, dcnn_column_fn on_column, void *user)
{
    const dcnn_search *s = st->s;
    const search_label *l = &s->labels[at];

    for (int label = at; label >= 0; label = s->labels[label].parent) {
        int x = s->labels[label].flat;
        for (int j = st->chain->layer[x]; j >= s->labels[label].first_layer; j--, x = st->chain->back[x])
            s->flats[j] = x;
    }
    return on_column(user, s->flats, l->priced, l->cost);
}

static bool make_room(void **block, size_t *room, size_t wanted, size_t size)
{
    void *moved;

    if (*room >= wanted) return true;
    moved = dcnn_resize(*block, wanted, size);
    if (!moved) return false;
    *block = moved;
    *room = wanted;
    return true;
}

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

static bool prepare(search_state *st)
{
    dcnn_search *s = st->s;
    const dcnn_chain *chain = st->chain;
    size_t size = (size_t)chain->size, layers = (size_t)chain->layer_count;
    bool grown = s->flats_room < layers + 1;

    if (!make_room((void **)&s->newest, &s->newest_room, size, sizeof *s->newest)) return false;
    if (!make_room((void **)&s->flats, &s->flats_room, layers + 1, sizeof *s->flats)) return false;
    if (grown) {
        free(s->memory_from);
        free(s->ops_from);
        free(s->layers_from);
        s->memory_from = dcnn_take(layers + 1, sizeof *s->memory_from);
        s->ops_from = dcnn_take(layers + 1, sizeof *s->ops_from);
        s->layers_from = dcnn_take(layers + 1, sizeof *s->layers_from);
        if (!s->memory_from || !s->ops_from || !s->layers_from) return false;
    }
    s->memory_from[layers] = s->ops_from[layers] = s->layers_from[layers] = 0;
    for (int j = chain->layer_count - 1; j >= 0; j--) {
        const dcnn_layer *layer = &chain->data->cnn->layers[j];
        s->memory_from[j] = s->memory_from[j + 1] + layer->memory_bytes;
        s->ops_from[j] = s->ops_from[j + 1] + layer->ops;
        s->layers_from[j] = s->layers_from[j + 1] + 1;
    }
    if ((st->capped || st->timed) && s->rest_room < size) {
        s->rest_room = 0;
        free(s->cost_rest);
        free(s->latency_rest);
        s->cost_rest = dcnn_take(size, sizeof *s->cost_rest);
        s->latency_rest = dcnn_take(size, sizeof *s->latency_rest);
        if (!s->cost_rest || !s->latency_rest) return false;
        s->rest_room = size;
    }
    if (st->capped && !true_rests(s->cost_rest, chain, &chain->cost, st->task->dp)) return false;
    if (st->timed && !true_rests(s->latency_rest, chain, &chain->latency, st->task->dp)) return false;
    for (size_t x = 0; x < size; x++) s->newest[x] = -1;
    for (size_t x = 0; x < size; x++) s->last_layer[chain->unit[x]] = chain->layer[x];
    s->label_count = s->heap_count = 0;
    return true;
}

static bool seed_labels(search_state *st)
{
    const dcnn_chain *chain = st->chain;

    for (int x = 0; x < chain->first[1]; x++)
        if (st->task->dp->start[x] < st->task->limit && !extend(st, -1, x, (search_label){0})) return false;
    return true;
}

dcnn_status dcnn_search_run(dcnn_search *search, const dcnn_search_task *task, dcnn_column_fn on_column, void *user,
                            dcnn_search_result *result, dcnn_error *err)
{
    const dcnn_chain *chain = task->chain;
    search_state st = {.s = search,
                       .task = task,
                       .chain = chain,
                       .capped = chain->cap < dcnn_tick_never,
                       .timed = chain->deadline < dcnn_tick_never};
    dcnn_status status = DCNN_OK;

    *result = (dcnn_search_result){.bound = task->limit};
    if (!prepare(&st) || !seed_labels(&st)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    while (search->heap_count > 0) {
        int at = heap_pop(search);
        if (search->labels[at].dominated) continue;
        if (chain->layer[search->labels[at].flat] + 1 == chain->layer_count) {
            dcnn_tick priced = search->labels[at].bound;
            bool go_on = report(&st, at, on_column, user);
            result->columns++;
            if (!go_on || result->columns == task->column_limit) {
                result->bound = priced;
                goto done;
            }
            continue;
        }
        if (task->label_limit && (int64_t)search->label_count >= task->label_limit) {
            result->bound = search->labels[at].bound;
            goto done;
        }
        if (!expand(&st, at)) {
            status = dcnn_fail_memory(err);
            goto done;
        }
    }
    result->complete = true;
done:
    result->labels = (int64_t)search->label_count;
    for (int x = 0; x < chain->size; x++) search->last_layer[chain->unit[x]] = -1;
    return status;
}
