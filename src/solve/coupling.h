/* coupling.h - the rows that couple the CNNs, and the penalties their prices put on candidates.
 *
 * Row r: sum of coefficient * (candidate used) <= capacity, or = 0 for the rows that keep a shared group together.
 * Kinds, per unit:
 *   count    layers on the unit <= layers_per_unit
 *   memory   bytes / divisor, rounded down on both sides: the limit itself with divisor 1, implied rows with others
 *   ops      operations
 *   shared   member m of a group is on the unit exactly when the group's first member is
 *
 * Prices are fixed-point integers, so that the Lagrangian bound sum of chain minima - sum of constants is exact:
 * floor(price * a) + floor(price * b) <= floor(price * (a + b)). */
#ifndef DCNN_SOLVE_COUPLING_H
#define DCNN_SOLVE_COUPLING_H

#include "solve/problem.h"
#include <dcnn/certificate.h>

typedef enum { DCNN_ROW_COUNT, DCNN_ROW_MEMORY, DCNN_ROW_OPS, DCNN_ROW_SHARED } dcnn_row_kind;

typedef struct {
    dcnn_row_kind kind;
    int unit;
    int group, member; /* of a shared row */
    int64_t capacity, divisor;
    int first, count; /* items */
    int bits;         /* fractional bits of its price */
} dcnn_row;

typedef struct {
    int chain, flat; /* of the root chains */
    int64_t coefficient;
} dcnn_row_item;

typedef struct {
    int row_count, item_count;
    dcnn_row *rows;
    dcnn_row_item *items;
    int **entry_first; /* [chain][flat] .. [flat + 1]: the rows each candidate stands in */
    int **entry_item;  /* [chain] item indices */
    int *item_row;     /* [item_count] */
    dcnn_pool *pool;
} dcnn_coupling;

/* Rows of the problem that can bind at all. DCNN_E_MEMORY. */
dcnn_status dcnn_coupling_new(dcnn_coupling **out, const dcnn_problem *problem, bool knapsacks, dcnn_error *err);
void dcnn_coupling_free(dcnn_coupling *rows);

/* Prices in ticks per unit of coefficient, rounded to what the row's fixed point can hold and made valid (>= 0 unless
 * shared), all scaled down where their charges would leave the range of ticks; penalty[chain][flat] is their sum over
 * the rows of each candidate.
 *
 * Returns the constant: sum of price * capacity, to be subtracted from the sum of the chains' minima. */
dcnn_tick dcnn_coupling_penalties(const dcnn_coupling *rows, const double *price, dcnn_tick *const *penalty);

/* The prices as they are charged: fixed[row] / 2^bits ticks. */
void dcnn_coupling_fix(const dcnn_coupling *rows, const double *price, int64_t *fixed);

/* What an amount of the row is charged at such a price, rounded down. */
dcnn_tick dcnn_row_charge(const dcnn_row *row, int64_t fixed, int64_t amount);

/* As certificates call it. */
dcnn_row_name dcnn_row_name_of(const dcnn_row *row);

/* What the LP divides a row by, so that bytes and layers are of one size. */
static inline double dcnn_row_scale(const dcnn_row *row)
{
    bool large = row->kind == DCNN_ROW_MEMORY || row->kind == DCNN_ROW_OPS;

    return large && row->capacity > 0 ? (double)row->capacity : 1.0;
}

#endif
