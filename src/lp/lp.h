/* lp.h - the few things the solver asks of a linear-programming engine. Which engine it is, only clp.c knows.
 *
 * Minimise cost * x with 0 <= x <= upper and rows of the kinds below. Columns are added as the search goes on; each
 * solve starts from the last basis. */
#ifndef DCNN_LP_H
#define DCNN_LP_H

#include "base/base.h"

typedef struct dcnn_lp dcnn_lp;

typedef struct {
    double cost, upper;
    int count; /* nonzeros */
    const int *row;
    const double *value;
} dcnn_lp_column;

/* row_count rows with lower[r] <= activity <= upper[r]; +-DBL_MAX = none. NULL when memory is out. */
dcnn_lp *dcnn_lp_new(int row_count, const double *lower, const double *upper);
void dcnn_lp_free(dcnn_lp *lp);

/* Appends a column; its index is the number of columns before. */
void dcnn_lp_add_column(dcnn_lp *lp, const dcnn_lp_column *column);

/* Appends a row over columns that are there: lower <= activity <= upper. */
void dcnn_lp_add_row(dcnn_lp *lp, double lower, double upper, int count, const int *columns, const double *values);

/* Drops rows from `first` on that hold with room to spare in the solution last found, and so tell nothing; the others
 * move up, the solution and its basis stay. dropped: room for all of these rows, receives the numbers of those dropped,
 * counted from first, in order. Returns how many. */
int dcnn_lp_drop_rows(dcnn_lp *lp, int first, int *dropped);

void dcnn_lp_set_upper(dcnn_lp *lp, int column, double upper);

/* False when no optimum was reached (numerical trouble): the caller goes on without the LP's advice. */
bool dcnn_lp_solve(dcnn_lp *lp);

/* What the objective comes to within so many steps of the dual simplex, after bounds have changed; the basis stays what
 * it was. DBL_MAX: nothing is feasible. */
double dcnn_lp_probe(dcnn_lp *lp, int steps);

/* What all solves and probes have cost so far: their steps, each times the rows and columns there were. */
int64_t dcnn_lp_work(const dcnn_lp *lp);

int dcnn_lp_column_count(const dcnn_lp *lp);
double dcnn_lp_objective(const dcnn_lp *lp);
const double *dcnn_lp_duals(const dcnn_lp *lp);  /* [rows]; <= 0 on an upper bound in a minimisation */
const double *dcnn_lp_values(const dcnn_lp *lp); /* [columns] */

#endif
