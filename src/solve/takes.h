/* takes.h - how many layers are on each of a few units, at most one or at most two, in 64 bits.
 *
 * Of units that take one layer each bit is a unit. Of units that take two, the low half tells which have one layer at
 * least, the high half which have two. */
#ifndef DCNN_SOLVE_TAKES_H
#define DCNN_SOLVE_TAKES_H

#include <stdbool.h>
#include <stdint.h>

enum { DCNN_TAKES_HALF = 32, DCNN_CONTESTED_MAX = 63 };

/* How many units there can be. */
static inline int dcnn_takes_units(bool two)
{
    return two ? DCNN_TAKES_HALF - 1 : DCNN_CONTESTED_MAX;
}

/* One layer on the unit of that number. */
static inline uint64_t dcnn_takes_one(int unit)
{
    return (uint64_t)1 << unit;
}

/* Two layers on each of the first units, or one. */
static inline uint64_t dcnn_takes_all(bool two, int unit_count)
{
    uint64_t ones = ((uint64_t)1 << unit_count) - 1;

    return two ? ones | ones << DCNN_TAKES_HALF : ones;
}

/* Layers on the unit, of which one is given. */
static inline int dcnn_takes_count(bool two, uint64_t takes, uint64_t one)
{
    return ((takes & one) != 0) + (two && (takes & one << DCNN_TAKES_HALF) != 0);
}

/* Whether the layers of both fit on the units. */
static inline bool dcnn_takes_fit(bool two, uint64_t a, uint64_t b)
{
    if (!two) return (a & b) == 0;
    return ((a >> DCNN_TAKES_HALF & b) | (b >> DCNN_TAKES_HALF & a)) == 0;
}

/* The layers of both, which fit. */
static inline uint64_t dcnn_takes_sum(bool two, uint64_t a, uint64_t b)
{
    return two ? a | b | (a & b) << DCNN_TAKES_HALF : a | b;
}

#endif
