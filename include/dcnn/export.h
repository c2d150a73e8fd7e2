/* export.h - the same problem for other solvers, and their answers back.
 *
 *     dcnn_export(&text, &size, scenario, DCNN_EXPORT_LP, DCNN_FORM_BEST, &err);    save it, run the other solver
 *     dcnn_solution_read(&placement, scenario, "city.sol", &err);
 *
 * Column x<c>_<j>_<i> is 1 when layer j of CNN c runs on unit i; of shared layers only the first has columns. Times are
 * milliseconds with six decimals, so that every coefficient is exact. docs/export.md has the formulations. */
#ifndef DCNN_EXPORT_H
#define DCNN_EXPORT_H

#include <dcnn/placement.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    DCNN_EXPORT_LP,  /* CPLEX LP */
    DCNN_EXPORT_MPS, /* free MPS */
    DCNN_EXPORT_WCSP /* weighted constraints, as toulbar2 reads them; values are whole nanoseconds */
} dcnn_export_format;

/* How a transfer between two layers becomes linear. */
typedef enum {
    DCNN_FORM_BEST,  /* PAIRS with one layer a unit while it stays small, otherwise LINKS where there is a graph */
    DCNN_FORM_PAIRS, /* a column for each pair of units */
    DCNN_FORM_LINKS  /* a flow over the links: fewer columns, the same bound */
} dcnn_export_form;

/* The scenario as a text for other solvers.
 *
 * text  out: to be freed with free(); NULL on failure
 * size  out: bytes of it
 * form  of LP and MPS; WCSP ignores it
 *
 * Objective max minimises the largest weighted latency; ties are open. DCNN_E_VALUE for what cannot be said (deadlines
 * and the objective max of several CNNs in WCSP, LINKS where no graph explains the hop matrix) and for scenarios too
 * large to write out, DCNN_E_MEMORY. */
dcnn_status dcnn_export(char **text, size_t *size, const dcnn_scenario *scenario, dcnn_export_format format,
                        dcnn_export_form form, dcnn_error *err);

/* The placement in a solution file of another solver: of CBC, GLPK (--output and --write), HiGHS, SCIP, Gurobi or
 * toulbar2; told apart by content. Its latencies are computed here; nothing is proven by it and its limits are not
 * tested (dcnn_check does that).
 *
 * path  "-" is standard input
 *
 * DCNN_E_VALUE when the file holds no placement of every layer, DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_solution_read(dcnn_placement **out, const dcnn_scenario *scenario, const char *path, dcnn_error *err);

/* The same from memory. */
dcnn_status dcnn_solution_parse(dcnn_placement **out, const dcnn_scenario *scenario, const char *text, size_t size,
                                dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
