/* rivals.h - what other CNNs pay at least when a CNN takes units that they want as well (contest.h). */
#ifndef DCNN_SOLVE_RIVALS_H
#define DCNN_SOLVE_RIVALS_H

#include "solve/problem.h"

/* For each set of contested units: what the rivals of one CNN pay beyond their cheapest columns when it takes these
 * units and no others, or maybe others as well; in steps. */
typedef struct {
    const uint32_t *bit;  /* [unit] 0 unless contested */
    uint32_t first;       /* the contested units that more is known for */
    const int16_t *exact; /* [2^contested units]; NULL = not known */
    const int16_t *more;  /* [2^units in first] */
    int steps_max;        /* so many are more than any improvement has to spare */
    dcnn_tick step;
} dcnn_rivals;

/* whole: the CNN takes no further units. */
static inline dcnn_tick dcnn_rivals_pay(const dcnn_rivals *rivals, uint32_t units, bool whole)
{
    int steps = whole && rivals->exact ? rivals->exact[units] : rivals->more[units & rivals->first];

    return steps >= rivals->steps_max ? dcnn_tick_never : steps * rivals->step;
}

#endif
