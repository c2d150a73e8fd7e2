/* rivals.h - what other CNNs pay at least when a CNN takes units that they want as well (contest.h). */
#ifndef DCNN_SOLVE_RIVALS_H
#define DCNN_SOLVE_RIVALS_H

#include "solve/problem.h"

enum { DCNN_WINDOWS_MAX = 4 };

/* Some of the contested units: those of bits first .. first + bits - 1. */
typedef struct {
    int first, bits;
} dcnn_window;

/* Windows of so many bits that hold all units, overlapping where they must; one of fewer bits where that does. Returns
 * how many. */
static inline int dcnn_windows_over(dcnn_window *windows, int unit_count, int bits)
{
    int count = (unit_count + bits - 1) / bits;

    if (bits > unit_count) bits = unit_count;
    for (int w = 0; w < count; w++) {
        int last = (w + 1) * bits < unit_count ? (w + 1) * bits : unit_count;
        windows[w] = (dcnn_window){last - bits, bits};
    }
    return count;
}

static inline size_t dcnn_window_part(const dcnn_window *window, uint64_t units)
{
    return (size_t)(units >> window->first & (((uint64_t)1 << window->bits) - 1));
}

/* What the rivals of one CNN pay beyond their cheapest columns when it takes contested units, in steps. */
typedef struct {
    const uint64_t *bit; /* [unit] 0 unless contested */
    int window_count;
    dcnn_window window[DCNN_WINDOWS_MAX];
    int16_t *more[DCNN_WINDOWS_MAX]; /* [2^bits] when it takes, in the window, these units or others as well */
    uint64_t *exact_units;           /* [exact_size] hash table: when it takes these and no others; */
    int16_t *exact_steps;            /* 0 units mark a free place */
    size_t exact_size;               /* a power of two */
    int steps_max;                   /* so many are more than any improvement has to spare */
    dcnn_tick step;
} dcnn_rivals;

static inline size_t dcnn_rivals_home(size_t size, uint64_t units)
{
    return (size_t)(units * 0x9E3779B97F4A7C15u >> 32) & (size - 1);
}

static inline int dcnn_rivals_exact_steps(const dcnn_rivals *rivals, uint64_t units)
{
    size_t at = dcnn_rivals_home(rivals->exact_size, units);

    while (rivals->exact_units[at] != units) {
        if (rivals->exact_units[at] == 0) return rivals->steps_max;
        at = (at + 1) & (rivals->exact_size - 1);
    }
    return rivals->exact_steps[at];
}

static inline int dcnn_rivals_more_steps(const dcnn_rivals *rivals, uint64_t units)
{
    int most = 0;

    for (int w = 0; w < rivals->window_count; w++) {
        int steps = rivals->more[w][dcnn_window_part(&rivals->window[w], units)];
        if (steps > most) most = steps;
    }
    return most;
}

/* whole: the CNN takes no further units. */
static inline dcnn_tick dcnn_rivals_pay(const dcnn_rivals *rivals, uint64_t units, bool whole)
{
    int steps = whole && units != 0 ? dcnn_rivals_exact_steps(rivals, units) : dcnn_rivals_more_steps(rivals, units);

    return steps >= rivals->steps_max ? dcnn_tick_never : steps * rivals->step;
}

#endif
