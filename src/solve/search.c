#include "solve/labels.h"
#include <stdlib.h>
#include <string.h>

enum { LOOK_UP_EVERY = 32 };

dcnn_search *dcnn_search_new(const dcnn_instance *instance)
{
    dcnn_search *s = dcnn_take(1, sizeof *s);
    size_t units = (size_t)instance->unit_count;

    if (!s) return NULL;
    s->instance = instance;
    s->last_layer = dcnn_take(units, sizeof *s->last_layer);
    s->local = dcnn_take(units, sizeof *s->local);
    if (!s->last_layer || !s->local) {
        dcnn_search_free(s);
        return NULL;
    }
    for (size_t i = 0; i < units; i++) s->last_layer[i] = s->local[i] = -1;
    return s;
}

void dcnn_search_free(dcnn_search *s)
{
    if (!s) return;
    free(s->labels);
    free(s->bits);
    free(s->remainders);
    free(s->run_remainders);
    free(s->heap);
    free(s->bucket);
    free(s->beam);
    free(s->beam_count);
    free(s->local);
    free(s->last_layer);
    free(s->later);
    free(s->cost_rest);
    free(s->latency_rest);
    free(s->demand);
    free(s->flats);
    free(s);
}

/* --- heap --- */

static bool before(const dcnn_open_label *a, const dcnn_open_label *b)
{
    if (a->bound != b->bound) return a->bound < b->bound;
    return a->label > b->label; /* the newer is deeper or as deep: reach a whole chain before widening a plateau */
}

static void heap_push(dcnn_search *s, dcnn_open_label open)
{
    size_t at = s->heap_count++;

    while (at > 0 && before(&open, &s->heap[(at - 1) / 2])) {
        s->heap[at] = s->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->heap[at] = open;
}

static int heap_pop(dcnn_search *s)
{
    int top = s->heap[0].label;
    dcnn_open_label last = s->heap[--s->heap_count];
    size_t at = 0;

    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= s->heap_count) break;
        if (child + 1 < s->heap_count && before(&s->heap[child + 1], &s->heap[child])) child++;
        if (!before(&s->heap[child], &last)) break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    if (s->heap_count > 0) s->heap[at] = last;
    return top;
}

/* --- beam: of each layer, the least few labels that end there --- */

static dcnn_open_label *beam_of(const dcnn_search *s, int j)
{
    return s->beam + (ptrdiff_t)j * DCNN_BEAM_WIDTH;
}

static bool beam_wants(const dcnn_search *s, int j, dcnn_tick bound)
{
    return s->beam_count[j] < DCNN_BEAM_WIDTH || bound < beam_of(s, j)[DCNN_BEAM_WIDTH - 1].bound;
}

static void beam_push(dcnn_search *s, int j, dcnn_open_label open)
{
    dcnn_open_label *beam = beam_of(s, j);
    int at = s->beam_count[j];

    if (at == DCNN_BEAM_WIDTH)
        at--;
    else
        s->beam_count[j]++;
    for (; at > 0 && before(&open, &beam[at - 1]); at--) beam[at] = beam[at - 1];
    beam[at] = open;
}

/* --- extension --- */

/* A second layer of one shared group within the CNN must follow the first. */
static bool group_agrees(const dcnn_search *s, int parent, int first_layer, int j, int unit)
{
    const dcnn_chain_data *data = s->chain->data;

    if (data->counts_alone[j] || data->group[j] < 0) return true;
    for (int t = j - 1; t >= 0; t--) {
        if (data->group[t] != data->group[j]) continue;
        if (t >= first_layer) return true;
        while (s->labels[parent].first_layer > t) parent = s->labels[parent].parent;
        return s->chain->unit[s->labels[parent].flat] == unit;
    }
    return true;
}

/* The run that starts now has the remainders of what is before it. */
static void start_remainders(dcnn_search *s, int parent)
{
    size_t bytes = s->remainder_bytes;

    if (bytes > 0)
        memcpy(s->run_remainders, parent < 0 ? s->task->surcharge->start : s->remainders + (size_t)parent * bytes,
               bytes);
}

/* What is left to pay after a run that ends on flat y, of which the label tells what was visited and taken. */
static dcnn_tick least_rest(const dcnn_search *s, int y, const dcnn_label *label, int previous)
{
    dcnn_tick rest = dcnn_rundp_rest(s->task->dp, y, label->set, previous), guided;

    if (!s->task->guide) return rest;
    guided = dcnn_footprints_rest(s->task->guide, y, s->chain->layer[y] - label->first_layer + 1, label->taken) -
             label->charged; /* it counts the cuts anew */
    return guided > rest ? guided : rest;
}

/* All runs that start on flat x, after the label parent (-1 = none); base holds the costs with the move to x. */
static bool extend(dcnn_search *s, int parent, int x, dcnn_label base)
{
    const dcnn_chain *chain = s->chain;
    const dcnn_rundp *dp = s->task->dp;
    bool beam = s->task->mode == DCNN_SEARCH_BEAM;
    int unit = chain->unit[x], y = x,
        previous = chain->single && parent >= 0 ? chain->unit[s->labels[parent].flat] : -1;
    dcnn_room use = dcnn_labels_use(s, parent, unit);

    base.parent = parent;
    base.first_layer = chain->layer[x];
    base.set = (unsigned char)(base.set | dp->bit[x]);
    base.dominated = false;
    start_remainders(s, parent);
    for (int j = chain->layer[x]; j <= chain->run_last[x]; j++, y = chain->stay[y]) {
        int index;
        if (dp->own[y] >= dcnn_tick_never) break;
        dcnn_labels_charge(s, &use, j, j);
        if (!dcnn_labels_use_fits(s, unit, &use) || !group_agrees(s, parent, base.first_layer, j, unit)) break;
        base.priced += dp->own[y];
        if (s->task->guide) base.taken = dcnn_footprints_with(s->task->guide, base.taken, y);
        if (s->remainder_bytes > 0) {
            dcnn_tick charge = dcnn_surcharge_add(s->task->surcharge, y, s->run_remainders);
            base.priced += charge;
            base.charged += charge;
        }
        base.cost += chain->cost.own[y];
        if (s->timed) base.latency += chain->latency.own[y];
        base.bound = base.priced + least_rest(s, y, &base, previous);
        if (base.bound >= s->task->limit || (beam && !beam_wants(s, j, base.bound))) continue;
        if (s->capped && base.cost + s->cost_rest[y] > s->cap) continue;
        if (s->timed && base.latency + s->latency_rest[y] > chain->deadline) continue;
        base.flat = y;
        if (!dcnn_labels_add(s, &base, &index)) return false;
        if (index < 0) continue;
        if (beam)
            beam_push(s, j, (dcnn_open_label){base.bound, index});
        else
            heap_push(s, (dcnn_open_label){base.bound, index});
    }
    return true;
}

static bool expand(dcnn_search *s, int at)
{
    const dcnn_chain *chain = s->chain;
    dcnn_label l = s->labels[at];
    int j = chain->layer[l.flat], to = chain->first[j + 1], width = dcnn_slots(chain, j + 1);
    ptrdiff_t row = (ptrdiff_t)(l.flat - chain->first[j]) * width;
    const dcnn_tick *start = s->task->dp->start + (ptrdiff_t)l.set * chain->size + to;

    for (int k = 0; k < width; k++) {
        dcnn_label next = l;
        if (chain->cost.move[j][row + k] >= dcnn_tick_never) continue;
        next.priced += chain->cost.move[j][row + k];
        if (next.priced + start[k] >= s->task->limit) continue;
        next.cost += chain->cost.move[j][row + k];
        if (s->timed) {
            if (chain->latency.move[j][row + k] >= dcnn_tick_never) continue;
            next.latency += chain->latency.move[j][row + k];
        }
        if (!extend(s, at, to + k, next)) return false;
    }
    return true;
}

static bool seed_labels(dcnn_search *s)
{
    for (int x = 0; x < s->chain->first[1]; x++)
        if (s->task->dp->start[x] < s->task->limit && !extend(s, -1, x, (dcnn_label){0})) return false;
    return true;
}

static bool is_whole(const dcnn_search *s, int label)
{
    return s->chain->layer[s->labels[label].flat] + 1 == s->chain->layer_count;
}

static bool report(dcnn_search *s, int at, dcnn_column_fn on_column, void *user)
{
    for (int label = at; label >= 0; label = s->labels[label].parent) {
        int x = s->labels[label].flat;
        for (int j = s->chain->layer[x]; j >= s->labels[label].first_layer; j--, x = s->chain->back[x]) s->flats[j] = x;
    }
    return on_column(user, s->flats, s->labels[at].priced, s->labels[at].cost);
}

/* --- best first --- */

/* False when memory is out. */
static bool run_best_first(dcnn_search *s, dcnn_column_fn on_column, void *user, dcnn_search_result *result)
{
    const dcnn_search_task *task = s->task;
    int64_t rounds = 0;

    while (s->heap_count > 0) {
        int at = heap_pop(s);
        if (s->labels[at].dominated) continue;
        if (is_whole(s, at)) {
            bool go_on = report(s, at, on_column, user);
            result->columns++;
            if (go_on && result->columns != task->column_limit) continue;
            result->bound = s->labels[at].bound;
            return true;
        }
        if ((task->label_limit && (int64_t)s->count >= task->label_limit) ||
            (task->should_stop && ++rounds % LOOK_UP_EVERY == 0 && task->should_stop(task->stop_user))) {
            result->bound = s->labels[at].bound;
            return true;
        }
        if (!expand(s, at)) return false;
    }
    result->complete = true;
    return true;
}

/* Layer by layer, the least few labels that end there. */
static bool run_beam(dcnn_search *s, dcnn_column_fn on_column, void *user, dcnn_search_result *result)
{
    int last = s->chain->layer_count - 1;

    result->bound = -dcnn_tick_never;
    for (int j = 0; j < last; j++)
        for (int k = 0; k < s->beam_count[j]; k++) {
            int at = beam_of(s, j)[k].label;
            if (!s->labels[at].dominated && !expand(s, at)) return false;
        }
    for (int k = 0; k < s->beam_count[last]; k++) {
        int at = beam_of(s, last)[k].label;
        if (s->labels[at].dominated) continue;
        (void)report(s, at, on_column, user);
        result->columns = 1;
        break;
    }
    return true;
}

dcnn_status dcnn_search_run(dcnn_search *search, const dcnn_search_task *task, dcnn_column_fn on_column, void *user,
                            dcnn_search_result *result, dcnn_error *err)
{
    bool done;

    *result = (dcnn_search_result){.bound = task->limit};
    done = dcnn_labels_open(search, task) && seed_labels(search) &&
           (task->mode == DCNN_SEARCH_BEAM ? run_beam : run_best_first)(search, on_column, user, result);
    result->labels = (int64_t)search->count;
    dcnn_labels_close(search);
    return done ? DCNN_OK : dcnn_fail_memory(err);
}
