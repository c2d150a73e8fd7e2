#include "solve/sweep.h"
#include <stdlib.h>

static dcnn_mark no_mark(void)
{
    dcnn_mark mark;

    for (int k = 0; k < DCNN_LABELS_MAX; k++) {
        mark.value[k] = dcnn_tick_never;
        mark.origin[k] = -1;
    }
    return mark;
}

static void clear_mark(dcnn_sweep *s, size_t spot)
{
    s->marks[spot] = no_mark();
    s->beat[spot] = dcnn_tick_never;
}

bool dcnn_sweep_init(dcnn_sweep *sweep, const dcnn_ground *ground, const dcnn_instance *instance)
{
    size_t places = (size_t)ground->place_count;

    *sweep = (dcnn_sweep){.ground = ground, .unit_count = instance->unit_count, .bits = instance->tick_bits};
    sweep->marks = dcnn_take(places, sizeof *sweep->marks);
    sweep->beat = dcnn_take(places, sizeof *sweep->beat);
    sweep->touched = dcnn_take(places, sizeof *sweep->touched);
    sweep->wanted = dcnn_take(places, sizeof *sweep->wanted);
    sweep->kind_ticks = dcnn_take((size_t)instance->network->kind_count, sizeof *sweep->kind_ticks);
    if (!sweep->marks || !sweep->beat || !sweep->touched || !sweep->wanted || !sweep->kind_ticks) {
        dcnn_sweep_clear(sweep);
        return false;
    }
    for (size_t i = 0; i < places; i++) clear_mark(sweep, i);
    return true;
}

void dcnn_sweep_clear(dcnn_sweep *sweep)
{
    free(sweep->marks);
    free(sweep->beat);
    free(sweep->touched);
    free(sweep->wanted);
    free(sweep->queue);
    free(sweep->kind_ticks);
    *sweep = (dcnn_sweep){0};
}

/* --- labels --- */

/* Gives the spot, which the label beats, a label if it is one of its best; labels with one origin compete with each
 * other only. */
static bool take(dcnn_sweep *s, int labels, const dcnn_wave *wave)
{
    dcnn_mark *mark = &s->marks[wave->spot];
    int from = labels - 1, to = 0;

    while (mark->value[to] <= wave->value) /* ends: the last one is dearer */
        if (mark->origin[to++] == wave->origin) return false;
    for (int k = to; k < labels - 1; k++)
        if (mark->origin[k] == wave->origin) from = k;
    if (mark->origin[0] < 0) s->touched[s->touched_count++] = wave->spot;
    for (int k = from; k > to; k--) {
        mark->value[k] = mark->value[k - 1];
        mark->origin[k] = mark->origin[k - 1];
    }
    mark->value[to] = wave->value;
    mark->origin[to] = wave->origin;
    s->beat[wave->spot] = mark->value[labels - 1];
    return true;
}

static inline bool offer(dcnn_sweep *s, const dcnn_sweep_task *task, const dcnn_wave *wave)
{
    if (wave->value >= s->beat[wave->spot]) return false;
    if (task->rest && wave->value + task->rest[wave->spot] > task->budget) return false;
    return take(s, task->labels, wave);
}

/* Not since replaced by a better one. */
static bool is_current(const dcnn_sweep *s, const dcnn_wave *wave)
{
    const dcnn_mark *mark = &s->marks[wave->spot];

    for (int k = 0; k < DCNN_LABELS_MAX; k++)
        if (mark->origin[k] == wave->origin) return mark->value[k] == wave->value;
    return false;
}

static int compare_waves(const dcnn_wave *a, const dcnn_wave *b)
{
    if (a->value != b->value) return a->value < b->value ? -1 : 1;
    return (a->origin > b->origin) - (a->origin < b->origin);
}

static int by_value(const void *a, const void *b)
{
    return compare_waves(a, b);
}

/* True once the last wanted spot has its final label. */
static bool all_wanted(dcnn_sweep *s, const dcnn_sweep_task *task, const dcnn_wave *wave, int *found)
{
    if (task->wanted_count == 0 || !s->wanted[wave->spot] || s->marks[wave->spot].origin[0] != wave->origin)
        return false;
    return ++*found == task->wanted_count;
}

/* --- all links alike: what is pushed comes in ascending order, and so do the starts --- */

static bool breadth_first(dcnn_sweep *s, const dcnn_sweep_task *task)
{
    dcnn_arcs arcs = task->towards ? s->ground->in : s->ground->out;
    dcnn_tick link = s->kind_ticks[0];
    size_t head = 0;
    int start = 0, found = 0;

    while (start < task->start_count || head < s->queue_count) {
        bool queued =
            head < s->queue_count && (start == task->start_count || s->queue[head].value < task->starts[start].value);
        dcnn_wave wave = queued ? s->queue[head++] : task->starts[start++], next = wave;
        if (!is_current(s, &wave)) continue;
        if (all_wanted(s, task, &wave, &found)) return true;
        next.value = wave.value + link;
        if (next.value > task->limit) continue;
        for (int64_t a = arcs.first[wave.spot]; a < arcs.first[wave.spot + 1]; a++) {
            next.spot = arcs.other[a];
            if (!offer(s, task, &next)) continue;
            if (!dcnn_reserve((void **)&s->queue, &s->queue_room, s->queue_count, sizeof *s->queue)) return false;
            s->queue[s->queue_count++] = next;
        }
    }
    return true;
}

/* --- links that differ: a heap --- */

static bool heap_push(dcnn_sweep *s, const dcnn_wave *wave)
{
    size_t at = s->queue_count;

    if (!dcnn_reserve((void **)&s->queue, &s->queue_room, s->queue_count, sizeof *s->queue)) return false;
    s->queue_count++;
    while (at > 0 && compare_waves(wave, &s->queue[(at - 1) / 2]) < 0) {
        s->queue[at] = s->queue[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->queue[at] = *wave;
    return true;
}

static dcnn_wave heap_pop(dcnn_sweep *s)
{
    dcnn_wave top = s->queue[0], last = s->queue[--s->queue_count];
    size_t at = 0;

    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= s->queue_count) break;
        if (child + 1 < s->queue_count && compare_waves(&s->queue[child + 1], &s->queue[child]) < 0) child++;
        if (compare_waves(&s->queue[child], &last) >= 0) break;
        s->queue[at] = s->queue[child];
        at = child;
    }
    if (s->queue_count > 0) s->queue[at] = last;
    return top;
}

static bool dijkstra(dcnn_sweep *s, const dcnn_sweep_task *task)
{
    dcnn_arcs arcs = task->towards ? s->ground->in : s->ground->out;
    int found = 0;

    for (int k = 0; k < task->start_count; k++)
        if (!heap_push(s, &task->starts[k])) return false;
    while (s->queue_count > 0) {
        dcnn_wave wave = heap_pop(s), next = wave;
        if (!is_current(s, &wave)) continue;
        if (all_wanted(s, task, &wave, &found)) return true;
        for (int64_t a = arcs.first[wave.spot]; a < arcs.first[wave.spot + 1]; a++) {
            next.spot = arcs.other[a];
            next.value = wave.value + s->kind_ticks[arcs.kind[a]];
            if (next.value > task->limit || !offer(s, task, &next)) continue;
            if (!heap_push(s, &next)) return false;
        }
    }
    return true;
}

/* --- */

static void reach_everywhere(dcnn_sweep *s, const dcnn_sweep_task *task)
{
    for (int i = 0; i < s->unit_count; i++)
        for (int k = 0; k < task->start_count && k < task->labels; k++) {
            dcnn_wave wave = {task->starts[k].value, s->ground->spot[i], task->starts[k].origin};
            (void)offer(s, task, &wave);
        }
}

static void price_links(dcnn_sweep *s, const dcnn_message *message)
{
    for (int k = 0; k < s->ground->network->kind_count; k++) {
        int64_t ns = dcnn_message_link_ns(message, &s->ground->network->kinds[k]);
        s->kind_ticks[k] = dcnn_to_ticks(ns, s->bits);
    }
}

bool dcnn_sweep_run(dcnn_sweep *s, const dcnn_sweep_task *task)
{
    for (int k = 0; k < s->touched_count; k++) clear_mark(s, (size_t)s->touched[k]);
    s->touched_count = 0;
    s->queue_count = 0;
    if (task->start_count > 0) qsort(task->starts, (size_t)task->start_count, sizeof *task->starts, by_value);
    if (task->message->scale == 0) {
        reach_everywhere(s, task);
        return true;
    }
    for (int k = 0; k < task->start_count; k++)
        if (task->starts[k].value <= task->limit) (void)offer(s, task, &task->starts[k]);
    price_links(s, task->message);
    if (s->ground->network->kind_count == 0) return true;
    return s->ground->network->kind_count == 1 ? breadth_first(s, task) : dijkstra(s, task);
}
