/* levy.h - what the master's cuts charge a CNN for what it takes at stake, and what is left of them.
 *
 * A cut (cuts.h) counts a column by what it takes of up to three rows. As far as these are at stake, the footprint
 * tells that: a levy, which is no more than what the cut charges the column. */
#ifndef DCNN_SOLVE_LEVY_H
#define DCNN_SOLVE_LEVY_H

#include "solve/cuts.h"
#include "solve/stakes.h"

typedef struct {
    const dcnn_cut *cut; /* of the master */
    dcnn_tick price;
    int chain[DCNN_CUT_ROWS]; /* whose row it is, -1 = none's */
    int row[DCNN_CUT_ROWS];   /* of the coupling, -1 = none */
    int64_t capacity[DCNN_CUT_ROWS];
} dcnn_levy;

typedef struct {
    const dcnn_stakes *stakes;
    dcnn_levy *items; /* of the cuts that charge something under the prices last used */
    int count;
} dcnn_levies;

/* The master may get no cuts meanwhile; stakes may get more. False when memory is out; clear in any case. */
bool dcnn_levies_init(dcnn_levies *levies, const dcnn_core *core, const dcnn_stakes *stakes);
void dcnn_levies_clear(dcnn_levies *levies);

/* What chain u is charged at least when it takes this. O(cuts). */
dcnn_tick dcnn_levies_of(const dcnn_levies *levies, int u, dcnn_takes taken);

/* What the prices of the cuts leave unpaid at least when all chains together take this. O(cuts). */
dcnn_tick dcnn_levies_unpaid(const dcnn_levies *levies, dcnn_takes taken);

#endif
