/* cuts.h - cuts over listed columns: half the sum of three rows, rounded down on both sides.
 *
 * For rows r, s, t with integer coefficients: sum over columns of floor((a_r + a_s + a_t) / 2) x <= floor((b_r + b_s +
 * b_t) / 2). Over rows of one layer a unit these are the subset-row inequalities of Jepsen, Petersen, Spoorendonk and
 * Pisinger (2008). A row is a chain's (one column of each) or a coupling row with a small capacity. */
#ifndef DCNN_SOLVE_CUTS_H
#define DCNN_SOLVE_CUTS_H

#include "solve/listed.h"

enum { DCNN_CUT_ROWS = 3 };

typedef struct dcnn_cut {
    int rows[DCNN_CUT_ROWS]; /* below chain_count: a chain; else chain_count + coupling row */
    int64_t limit;
} dcnn_cut;

/* A column with a value in the LP. */
typedef struct {
    int chain;
    const dcnn_listed_column *column;
    double value;
} dcnn_support;

/* What the column (root flats) counts for in the cut. */
int64_t dcnn_cut_coefficient(const dcnn_core *core, const dcnn_cut *cut, int chain, const int *flats);

/* Finds up to max cuts that the support breaks, the most broken first; fewer when the search shall stop. Returns how
 * many; -1 when memory is out. */
int dcnn_cuts_find(dcnn_core *core, const dcnn_support *support, int count, dcnn_cut *cuts, int max);

#endif
