/* cuts.h - cuts over columns: the weighted sum of up to three rows, divided and rounded down on both sides.
 *
 * For rows r with integer coefficients, weights w and a divisor d: sum over columns of floor(sum_r w_r a_r / d) x <=
 * floor(sum_r w_r b_r / d), a Chvatal-Gomory cut of rank one over the master. With d = 2, over three rows of one layer
 * a unit, these are the subset-row inequalities of Jepsen, Petersen, Spoorendonk and Pisinger (2008). Over the one row
 * of a unit that takes several layers they say what whole columns can share it: of three layers, one column can take
 * two. A row is a chain's (one column of each) or a coupling row with a small capacity. */
#ifndef DCNN_SOLVE_CUTS_H
#define DCNN_SOLVE_CUTS_H

#include "solve/support.h"

extern const double dcnn_cut_broken_least; /* what a cut is broken by at least, to be of use */

enum { DCNN_CUT_ROWS = 3, DCNN_CUT_DIVISOR_MAX = 9 };

typedef struct dcnn_cut {
    int row_count, divisor;     /* 2 .. DCNN_CUT_DIVISOR_MAX */
    int rows[DCNN_CUT_ROWS];    /* below chain_count: a chain; else chain_count + coupling row */
    int weights[DCNN_CUT_ROWS]; /* 1 .. divisor - 1 */
    int64_t limit;
} dcnn_cut;

/* What the column (root flats) counts for in the cut. */
int64_t dcnn_cut_coefficient(const dcnn_core *core, const dcnn_cut *cut, int chain, const int *flats);

/* Finds up to max cuts that the support breaks, the most broken first; fewer when the search shall stop. Returns how
 * many; -1 when memory is out. */
int dcnn_cuts_find(dcnn_core *core, const dcnn_support *support, int count, dcnn_cut *cuts, int max);

#endif
