/* levy.h - what the master's cuts charge a CNN for the contested units that it takes, and what is left of them.
 *
 * A cut (cuts.h) counts a column by what it takes of up to three rows. As far as these are the rows of contested units,
 * the footprint tells that: a levy, which is no more than what the cut charges the column. */
#ifndef DCNN_SOLVE_LEVY_H
#define DCNN_SOLVE_LEVY_H

#include "solve/cuts.h"
#include "solve/takes.h"

typedef struct {
    const dcnn_cut *cut; /* of the master */
    dcnn_tick price;
    int chain[DCNN_CUT_ROWS]; /* whose row it is, -1 = none's */
    int unit[DCNN_CUT_ROWS];  /* on which it counts layers, -1 = none */
    int64_t capacity[DCNN_CUT_ROWS];
    uint64_t one[DCNN_CUT_ROWS]; /* layer on the unit, 0 unless contested */
} dcnn_levy;

typedef struct {
    dcnn_levy *items; /* of the cuts that charge something under the prices last used */
    int count;
    bool two; /* units take two layers */
} dcnn_levies;

/* The master may get no cuts meanwhile. False when memory is out; clear in any case. */
bool dcnn_levies_init(dcnn_levies *levies, const dcnn_core *core, bool two);
void dcnn_levies_clear(dcnn_levies *levies);

/* The unit is contested from now on. */
void dcnn_levies_contest(dcnn_levies *levies, int unit, uint64_t one);

/* What chain u is charged at least when it takes the contested units. O(cuts). */
dcnn_tick dcnn_levies_of(const dcnn_levies *levies, int u, uint64_t units);

/* What the prices of the cuts leave unpaid at least when all chains together take the contested units. O(cuts). */
dcnn_tick dcnn_levies_unused(const dcnn_levies *levies, uint64_t units);

#endif
