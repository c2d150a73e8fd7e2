/* rundp.h - the cheapest chain of runs under prices: bound, completion bound, and what each candidate costs at best.
 *
 * A run is a stretch of consecutive layers on one unit that fits the unit by itself; two successive runs sit on
 * different units. What earlier runs left on a unit is forgotten, so the result is a lower bound. */
#ifndef DCNN_SOLVE_RUNDP_H
#define DCNN_SOLVE_RUNDP_H

#include "solve/problem.h"

/* Tables over flats; all values clamped to dcnn_tick_never. */
typedef struct {
    dcnn_tick *own;    /* [size] in: own cost plus penalties; dcnn_tick_never forbids the candidate */
    dcnn_tick *start;  /* [size] out: cheapest rest of the chain when a run starts here, own included */
    dcnn_tick *leave;  /* [size] out: cheapest rest after a run that ends here (0 in the last layer) */
    dcnn_tick *arrive; /* [size] out: cheapest way to start a run here, own excluded (0 in layer 0) */
    dcnn_tick *end;    /* [size] out: cheapest way to end a run here, own included */
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

/* A cheapest chain after a backward pass: flats[layer_count]. Ties go to the lower unit, then the shorter run. */
void dcnn_rundp_trace(const dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int *flats);

#endif
