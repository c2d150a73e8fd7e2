/* sweep.h - soonest ways from many places at once, each with a head start of its own: min over i of (f(i) + cost(i,
 * k)).
 *
 * One breadth-first search with two sorted queues where all links are alike, one Dijkstra search where not; both keep,
 * at every place, the best few labels of different origins. Only places within the limit are ever touched. */
#ifndef DCNN_SOLVE_SWEEP_H
#define DCNN_SOLVE_SWEEP_H

#include "solve/ground.h"

/* A label: from that origin, at that spot. */
typedef struct {
    dcnn_tick value;
    int32_t spot, origin;
} dcnn_wave;

enum { DCNN_LABELS_MAX = 4 };

/* What a spot knows; values are ascending, origins differ, -1 = none. */
typedef struct {
    dcnn_tick value[DCNN_LABELS_MAX];
    int32_t origin[DCNN_LABELS_MAX];
} dcnn_mark;

/* Scratch memory, one per thread. */
typedef struct {
    const dcnn_ground *ground;
    int unit_count, bits;
    dcnn_mark *marks; /* [spot] */
    dcnn_tick *beat;  /* [spot] what a label must be below; most are not, and need not fetch the mark */
    int32_t *touched; /* spots with a label; all others are as if they had none */
    int touched_count;
    bool *wanted; /* [spot] the caller's: those that end the search once all have a label */
    dcnn_wave *queue;
    size_t queue_count, queue_room;
    dcnn_tick *kind_ticks; /* [kind_count] */
} dcnn_sweep;

/* False when memory is out. */
bool dcnn_sweep_init(dcnn_sweep *sweep, const dcnn_ground *ground, const dcnn_instance *instance);
void dcnn_sweep_clear(dcnn_sweep *sweep);

typedef struct {
    const dcnn_message *message;
    bool towards;      /* costs from each place to the origins, not from the origins to it */
    int labels;        /* how many each spot keeps: 1 .. DCNN_LABELS_MAX */
    dcnn_wave *starts; /* one per origin, spot = origin; sorted here */
    int start_count;
    dcnn_tick limit;       /* labels above it are not made */
    const dcnn_tick *rest; /* [spot] or NULL: what is still to pay there, at least ... */
    dcnn_tick budget;      /* ... nor are labels made that exceed this together with it */
    int wanted_count;      /* how many are marked in wanted; 0 = search to the limit */
} dcnn_sweep_task;

/* Fills marks and touched until the next call. A message of scale 0 reaches every unit at once. False when memory is
 * out. O(labels * arcs of the places touched), by a heap where links differ. */
bool dcnn_sweep_run(dcnn_sweep *sweep, const dcnn_sweep_task *task);

/* The best label of a spot; dcnn_tick_never = none. */
static inline dcnn_tick dcnn_sweep_value(const dcnn_sweep *sweep, int spot)
{
    return sweep->marks[spot].value[0];
}

#endif
