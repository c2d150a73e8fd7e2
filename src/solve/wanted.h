/* wanted.h - the units that CNNs contend for, and which of them a contest takes up next.
 *
 * Those that most is paid for; but some of which the cheapest combination shows that prices are not enough: it takes
 * them more often than there is room, or less though they are paid for. */
#ifndef DCNN_SOLVE_WANTED_H
#define DCNN_SOLVE_WANTED_H

#include "solve/levy.h"

typedef struct {
    int unit, candidates;
    dcnn_tick worth; /* what it leaves unpaid when nobody takes it */
    dcnn_tick most;  /* a layer on it pays for it at most */
    dcnn_tick heft;  /* the same with its part of the cuts' prices */
    dcnn_tick fault; /* of the cheapest combination */
} dcnn_wanted_unit;

typedef struct {
    dcnn_wanted_unit *units; /* [count] those taken up, then the others that more than one candidate is on */
    int count, taken;
    int layers; /* that each unit takes */
    int faults; /* units that are paid for, not taken up, and not full */
} dcnn_wanted;

/* What the unit leaves unpaid at least with so many layers on it. */
static inline dcnn_tick dcnn_wanted_unpaid(const dcnn_wanted_unit *unit, int layers)
{
    dcnn_tick paid = layers * unit->most;

    return paid < unit->worth ? unit->worth - paid : 0;
}

/* False when memory is out; clear in any case. */
bool dcnn_wanted_init(dcnn_wanted *wanted, const dcnn_core *core, const dcnn_view *view, const double *price,
                      const dcnn_levies *levies, int layers);
void dcnn_wanted_clear(dcnn_wanted *wanted);

/* Finds the faults of a combination that puts so many layers on each unit: takers[unit]. */
void dcnn_wanted_judge(dcnn_wanted *wanted, const int *takers);

/* Takes up the next so many, or as many as there are: the worst fault, and then by heft. O(units log units). */
void dcnn_wanted_take(dcnn_wanted *wanted, int count);

#endif
