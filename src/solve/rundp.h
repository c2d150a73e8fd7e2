/* rundp.h - the cheapest chain of runs under prices: bound, completion bound, and what each candidate costs at best.
 *
 * A run is a stretch of consecutive layers on one unit that fits the unit by itself; two successive runs sit on
 * different units. What earlier runs left on a unit is forgotten, so the result is a lower bound.
 *
 * With one layer a unit (chain->single) two remedies against coming back to a unit are built in:
 *   - a unit is not visited again after one other (two-cycle elimination: Houck, Picard, Queyranne, Vemuganti 1980), by
 *     keeping the best two continuations with different next units;
 *   - a few critical units are remembered for good: the tables have one copy for each subset of them that may have been
 *     visited (decremental state space relaxation: Righini, Salani 2008). The caller adds critical units while the
 *     cheapest chain still repeats one. */
#ifndef DCNN_SOLVE_RUNDP_H
#define DCNN_SOLVE_RUNDP_H

#include "solve/problem.h"

enum { DCNN_CRITICAL_MAX = 7 };

/* own is [size]; all other tables are [sets][size], the set being the critical units visited up to the layer before the
 * table's flat (start, arrive) or including it (leave, end). Values are clamped to dcnn_tick_never. */
typedef struct {
    int size, sets; /* sets = 2^critical_count */
    int critical_count;
    int critical[DCNN_CRITICAL_MAX]; /* units */
    unsigned char *bit;              /* [size] the set of the flat's own unit: 0 unless critical */
    dcnn_tick *own;                  /* in: own cost plus penalties; dcnn_tick_never forbids the candidate */
    dcnn_tick *start;                /* out: cheapest rest of the chain when a run starts here, own included */
    dcnn_tick *start_other;          /* out: the same with another unit after it than leave_unit */
    dcnn_tick *leave;                /* out: cheapest rest after a run that ends here (0 in the last layer) */
    dcnn_tick *leave_other;          /* out: the same with another next unit than leave_unit */
    dcnn_tick *arrive;               /* out: cheapest way to start a run here, own excluded (0 in layer 0) */
    dcnn_tick *arrive_other;         /* out: the same from another unit than arrive_unit */
    dcnn_tick *end;                  /* out: cheapest way to end a run here, own included (sets = 1 only) */
    int *leave_unit;                 /* out: the next unit of leave; -1 = none or of no matter */
    int *start_unit;                 /* out: leave_unit where the run that starts here ends */
    int *arrive_unit;                /* out: the unit before of arrive; -1 likewise */
    int *leave_slot;                 /* kept for the next pass: the slot of the next layer that leave goes on from */
    int *leave_other_slot;           /* the same of leave_other */
    unsigned char *leave_visits;     /* the critical units that the rest of leave visits; the same of the others */
    unsigned char *leave_other_visits, *start_visits, *start_other_visits;
} dcnn_rundp;

/* Sums of never and something are never. */
static inline dcnn_tick dcnn_rundp_clamp(dcnn_tick value)
{
    return value < dcnn_tick_never ? value : dcnn_tick_never;
}

/* How many critical units are in the set. */
static inline int dcnn_rundp_count(int set)
{
    return __builtin_popcount((unsigned)set);
}

/* Tables for a chain; false when memory is out. Clear with dcnn_rundp_clear. */
bool dcnn_rundp_init(dcnn_rundp *dp, int size);
void dcnn_rundp_clear(dcnn_rundp *dp);

/* Remembers one more unit of the chain (at most DCNN_CRITICAL_MAX); the tables grow and must be filled anew, own stays.
 * False when memory is out. */
bool dcnn_rundp_add_critical(dcnn_rundp *dp, const dcnn_chain *chain, int unit);

/* Fills the tables from the end; returns the cheapest whole chain, dcnn_tick_never when there is none.
 * O(sets * sum of slots(j) * slots(j + 1) + size * longest run), and far from it where cheapest rests visit few
 * critical units. */
dcnn_tick dcnn_rundp_backward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs);

/* The same without penalties: sets own to the costs first. */
dcnn_tick dcnn_rundp_unpriced(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs);

/* rundp_forward.c: fills the tables from the start. O(sets * sum of slots(j) * slots(j + 1) + size * longest run). */
void dcnn_rundp_forward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs);

/* Lower bound of any chain that uses the candidate: needs both passes. O(sets + longest run). */
dcnn_tick dcnn_rundp_through(const dcnn_rundp *dp, const dcnn_chain *chain, int x);

/* Cheapest rest after a run that ends on flat x, when the critical units of set (x's included) have been visited and
 * the run before was on unit before (-1 = none); dcnn_tick_never where x is forbidden and not in the last layer. */
static inline dcnn_tick dcnn_rundp_rest(const dcnn_rundp *dp, int x, int set, int before)
{
    ptrdiff_t at = (ptrdiff_t)set * dp->size + x;

    return before >= 0 && dp->leave_unit[at] == before ? dp->leave_other[at] : dp->leave[at];
}

/* A cheapest chain after a backward pass: flats[layer_count]. Ties go to the lower unit, then the shorter run. */
void dcnn_rundp_trace(const dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int *flats);

#endif
