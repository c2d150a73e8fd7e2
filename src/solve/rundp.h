/* rundp.h - the cheapest chain of runs under prices: bound, completion bound, and what each candidate costs at best.
 *
 * A run is a stretch of consecutive layers on one unit that fits the unit by itself; two successive runs sit on
 * different units. What earlier runs left on a unit is forgotten, so the result is a lower bound. With one layer a unit
 * (chain->single) a unit is not visited again after one other either: two-cycles are eliminated as for the travelling
 * salesman with resource limits (Houck, Picard, Queyranne, Vemuganti 1980), by keeping the best two continuations with
 * different next units. */
#ifndef DCNN_SOLVE_RUNDP_H
#define DCNN_SOLVE_RUNDP_H

#include "solve/problem.h"

/* Tables over flats, [size] each; values are clamped to dcnn_tick_never. */
typedef struct {
    dcnn_tick *own;          /* in: own cost plus penalties; dcnn_tick_never forbids the candidate */
    dcnn_tick *start;        /* out: cheapest rest of the chain when a run starts here, own included */
    dcnn_tick *leave;        /* out: cheapest rest after a run that ends here (0 in the last layer) */
    dcnn_tick *leave_other;  /* out: the same with another next unit than leave_unit */
    dcnn_tick *arrive;       /* out: cheapest way to start a run here, own excluded (0 in layer 0) */
    dcnn_tick *arrive_other; /* out: the same from another unit than arrive_unit */
    dcnn_tick *end;          /* out: cheapest way to end a run here, own included */
    int *leave_unit;         /* out: the next unit of leave; -1 = none or of no matter */
    int *arrive_unit;        /* out: the unit before of arrive; -1 likewise */
} dcnn_rundp;

/* size tables, uninitialised; false when memory is out. Clear with dcnn_rundp_clear. */
bool dcnn_rundp_init(dcnn_rundp *dp, int size);
void dcnn_rundp_clear(dcnn_rundp *dp);

/* Fills start and leave; returns the cheapest whole chain, dcnn_tick_never when there is none.
 * O(sum of slots(j) * slots(j + 1) + size * longest run). */
dcnn_tick dcnn_rundp_backward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs);

/* Fills arrive and end; same cost. */
void dcnn_rundp_forward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs);

/* Lower bound of any chain that uses the candidate: needs both passes. O(longest run). */
dcnn_tick dcnn_rundp_through(const dcnn_rundp *dp, const dcnn_chain *chain, int x);

/* Cheapest rest after a run that ends on flat x, when the run before it was on unit before (-1 = none). */
static inline dcnn_tick dcnn_rundp_rest(const dcnn_rundp *dp, int x, int before)
{
    return before >= 0 && dp->leave_unit[x] == before ? dp->leave_other[x] : dp->leave[x];
}

/* A cheapest chain after a backward pass: flats[layer_count]. Ties go to the lower unit, then the shorter run. */
void dcnn_rundp_trace(const dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int *flats);

#endif
