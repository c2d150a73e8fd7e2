/* stakes.h - the rows that a contest shares out, and what is paid for each.
 *
 * What all CNNs together take of a row at stake is known, and so is what its price leaves unpaid. Rows of bytes and
 * operations are counted in portions, rounded down. All other rows are left to their prices. */
#ifndef DCNN_SOLVE_STAKES_H
#define DCNN_SOLVE_STAKES_H

#include "solve/core.h"
#include "solve/takes.h"

enum { DCNN_PORTIONS_MAX = 1023 };

typedef struct {
    dcnn_takes_field field;
    int row;
    int64_t portion;
} dcnn_stake;

typedef struct {
    const dcnn_core *core;
    int64_t *fixed; /* [row_count] prices as they are charged */
    int *of_row;    /* [row_count] its stake, -1 = none */
    dcnn_stake items[DCNN_FIELDS_MAX];
    int count;
    dcnn_takes_layout layout;
} dcnn_stakes;

/* Without any. price: of the rows. False when memory is out; clear in any case. */
bool dcnn_stakes_init(dcnn_stakes *stakes, const dcnn_core *core, const double *price);
void dcnn_stakes_clear(dcnn_stakes *stakes);

/* How much of the row is counted as one. */
int64_t dcnn_stakes_portion(const dcnn_row *row);

/* Whether certificates have a name for the row when it is counted so: portions can be told of memory alone. */
bool dcnn_stakes_has_name(const dcnn_row *row);
dcnn_row_name dcnn_stakes_name(const dcnn_stakes *stakes, int k);

/* Puts the row at stake, once; false where there is no room for it. */
bool dcnn_stakes_add(dcnn_stakes *stakes, int row);

/* What each candidate of chain u, cut down to view, takes: takes[view->size]. O(entries). */
void dcnn_stakes_note(const dcnn_stakes *stakes, int u, const dcnn_chain *view, dcnn_takes *takes);

/* What the prices of the rows leave unpaid when all chains together take this. O(stakes). */
dcnn_tick dcnn_stakes_unpaid(const dcnn_stakes *stakes, dcnn_takes taken);

#endif
