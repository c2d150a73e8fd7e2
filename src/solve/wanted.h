/* wanted.h - the rows that CNNs contend for, and which of them a contest takes up next.
 *
 * Those that most is paid for; but some of which the cheapest combination shows that prices are not enough: it takes
 * more of them than there is, or less though they are paid for. */
#ifndef DCNN_SOLVE_WANTED_H
#define DCNN_SOLVE_WANTED_H

#include "solve/levy.h"

typedef struct {
    int row;
    int64_t portions; /* of it */
    dcnn_tick cuts;   /* its part of their prices, for one layer or piece */
    dcnn_tick heft;   /* what all of it is charged, and that */
    dcnn_tick fault;  /* of the cheapest combination */
} dcnn_wanted_row;

typedef struct {
    const dcnn_stakes *stakes;
    dcnn_wanted_row *rows; /* [count] those taken up, then the others that more than one candidate stands in */
    int count, taken;
    int faults; /* rows that are paid for, not taken up, and not taken whole */
    int broken; /* rows that are not taken up, and taken too much of */
} dcnn_wanted;

/* provable: none that a certificate cannot name. False when memory is out; clear in any case. */
bool dcnn_wanted_init(dcnn_wanted *wanted, const dcnn_stakes *stakes, const dcnn_levies *levies, bool provable);
void dcnn_wanted_clear(dcnn_wanted *wanted);

/* Finds the faults of a combination that takes so much of each row: use[row_count]. */
void dcnn_wanted_judge(dcnn_wanted *wanted, const int64_t *use);

/* Whether any row that is not taken up is paid for, or was broken. */
bool dcnn_wanted_any(const dcnn_wanted *wanted);

/* Takes up rows of so many bits together, one at least if there is one that matters: the worst fault, then by heft,
 * then what is broken. O(rows log rows). */
void dcnn_wanted_take(dcnn_wanted *wanted, int bits);

#endif
