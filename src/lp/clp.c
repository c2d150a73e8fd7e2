#include "lp/lp.h"
#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { BASIC = 1, AT_LOWER = 3 }; /* Clp's names for where a variable stands */

struct dcnn_lp {
    Clp_Simplex *model;
    bool solved_before, rows_added, columns_added;
    int64_t work;
};

dcnn_lp *dcnn_lp_new(int row_count, const double *lower, const double *upper)
{
    dcnn_lp *lp = dcnn_take(1, sizeof *lp);
    int *starts = dcnn_take((size_t)row_count + 1, sizeof *starts);

    if (lp && starts) lp->model = Clp_newModel();
    if (!lp || !starts || !lp->model) {
        free(starts);
        free(lp);
        return NULL;
    }
    Clp_setLogLevel(lp->model, 0);
    Clp_setPerturbation(lp->model, 100);
    Clp_scaling(lp->model, 0); /* the solver's rows are scaled as they come */
    Clp_addRows(lp->model, row_count, lower, upper, starts, NULL, NULL);
    free(starts);
    return lp;
}

void dcnn_lp_free(dcnn_lp *lp)
{
    if (!lp) return;
    Clp_deleteModel(lp->model);
    free(lp);
}

void dcnn_lp_add_column(dcnn_lp *lp, const dcnn_lp_column *column)
{
    double lower = 0;
    CoinBigIndex starts[2] = {0, column->count};

    lp->columns_added = true;
    Clp_addColumns(lp->model, 1, &lower, &column->upper, &column->cost, starts, column->row, column->value);
}

void dcnn_lp_add_row(dcnn_lp *lp, double lower, double upper, int count, const int *columns, const double *values)
{
    CoinBigIndex starts[2] = {0, count};

    Clp_addRows(lp->model, 1, &lower, &upper, starts, columns, values);
    lp->rows_added = true;
}

int dcnn_lp_drop_rows(dcnn_lp *lp, int first, int *dropped)
{
    int rows = Clp_numberRows(lp->model), count = 0;

    for (int r = first; r < rows; r++)
        if (Clp_getRowStatus(lp->model, r) == BASIC) dropped[count++] = r;
    if (count > 0) Clp_deleteRows(lp->model, count, dropped);
    for (int k = 0; k < count; k++) dropped[k] -= first;
    return count;
}

void dcnn_lp_set_upper(dcnn_lp *lp, int column, double upper)
{
    Clp_columnUpper(lp->model)[column] = upper;
}

static void count_steps(dcnn_lp *lp)
{
    lp->work +=
        (int64_t)Clp_numberIterations(lp->model) * ((int64_t)Clp_numberRows(lp->model) + Clp_numberColumns(lp->model));
}

/* From the basis of slacks, scaled: slower, but spared the trouble that the last basis led into. */
static bool solve_afresh(dcnn_lp *lp)
{
    size_t columns = (size_t)Clp_numberColumns(lp->model), rows = (size_t)Clp_numberRows(lp->model);
    unsigned char *basis = dcnn_take(columns + rows, sizeof *basis);
    enum { SCALE_AUTOMATICALLY = 3 };

    if (!basis) return false;
    memset(basis, AT_LOWER, columns);
    memset(basis + columns, BASIC, rows);
    Clp_copyinStatus(lp->model, basis);
    free(basis);
    Clp_scaling(lp->model, SCALE_AUTOMATICALLY);
    (void)Clp_primal(lp->model, 0);
    count_steps(lp);
    Clp_scaling(lp->model, 0);
    return Clp_status(lp->model) == 0;
}

bool dcnn_lp_solve(dcnn_lp *lp)
{
    /* New columns leave the basis primal feasible, new rows and other bounds leave it dual feasible. */
    if (lp->rows_added || (lp->solved_before && !lp->columns_added))
        (void)Clp_dual(lp->model, 0);
    else
        (void)Clp_primal(lp->model, lp->solved_before ? 1 : 0);
    count_steps(lp);
    lp->rows_added = lp->columns_added = false;
    lp->solved_before = true;
    return Clp_status(lp->model) == 0 || solve_afresh(lp);
}

double dcnn_lp_probe(dcnn_lp *lp, int steps)
{
    size_t count = (size_t)Clp_numberColumns(lp->model) + (size_t)Clp_numberRows(lp->model);
    unsigned char *basis = dcnn_take(count, sizeof *basis);
    double objective;

    if (!basis) return 0;
    memcpy(basis, Clp_statusArray(lp->model), count);
    Clp_setMaximumIterations(lp->model, steps);
    (void)Clp_dual(lp->model, 0);
    Clp_setMaximumIterations(lp->model, INT_MAX);
    count_steps(lp);
    objective = Clp_status(lp->model) == 1 ? DBL_MAX : Clp_objectiveValue(lp->model);
    Clp_copyinStatus(lp->model, basis);
    free(basis);
    return objective;
}

int64_t dcnn_lp_work(const dcnn_lp *lp)
{
    return lp->work;
}

int dcnn_lp_column_count(const dcnn_lp *lp)
{
    return Clp_numberColumns(lp->model);
}

double dcnn_lp_objective(const dcnn_lp *lp)
{
    return Clp_objectiveValue(lp->model);
}

const double *dcnn_lp_duals(const dcnn_lp *lp)
{
    return Clp_dualRowSolution(lp->model);
}

const double *dcnn_lp_values(const dcnn_lp *lp)
{
    return Clp_primalColumnSolution(lp->model);
}
