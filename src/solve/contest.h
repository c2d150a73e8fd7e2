/* contest.h - what the CNNs cost together where they contend for units, exactly for a few of their limits.
 *
 * The linear program halves what cannot be halved: a unit that two columns want has each of them by half. Here the
 * contested rows are shared out without halves: footprints of all CNNs (footprint.h) that fit together there are
 * combined (sharing.h), and only the rows beside them are left to prices. The least such combination bounds the
 * problem, and through a footprint the least combination with it bounds what the rival CNNs have to pay beyond their
 * cheapest columns when a CNN takes this. */
#ifndef DCNN_SOLVE_CONTEST_H
#define DCNN_SOLVE_CONTEST_H

#include "solve/core.h"
#include "solve/footprint.h"
#include "solve/stakes.h"

typedef struct dcnn_contest dcnn_contest;

/* Whether contests are of use: no group is shared, and the CNNs are not too many. */
bool dcnn_contest_applies(const dcnn_core *core);

typedef struct {
    const double *price;    /* [prices] */
    dcnn_tick here, target; /* combinations below target matter; here: a bound, below it */
    bool provable;          /* only what a certificate can tell of is shared out */
} dcnn_contest_task;

/* Where they apply.
 *
 * view  priced at the task's price, with the master's cuts as they charge then, and sharpened; least[u] the cheapest
 *       column of each chain, which sum up to here; to stay so as long as the contest
 *
 * Free with dcnn_contest_free, which accepts NULL. DCNN_E_MEMORY. */
dcnn_status dcnn_contest_new(dcnn_contest **out, dcnn_core *core, const dcnn_view *view, const dcnn_contest_task *task,
                             dcnn_error *err);
void dcnn_contest_free(dcnn_contest *contest);

/* Shares out the first few rows, then more with each call, until it is sharp: all rows that it takes up are shared
 * out. *sharper is false where there is no more to share out, too much to combine or no time; then bound and guides are
 * as they were, and the contest gets no further. DCNN_E_MEMORY. */
dcnn_status dcnn_contest_sharpen(dcnn_contest *contest, const dcnn_view *view, bool *sharper, dcnn_error *err);
bool dcnn_contest_is_sharp(const dcnn_contest *contest);

/* Whether the cheapest combination takes all of each row that is paid for, and no more: other rows make the contest
 * little sharper. */
bool dcnn_contest_is_even(const dcnn_contest *contest);

/* The rows taken up so far, in that order; those of the last call among them, even if they were too much. */
const dcnn_stakes *dcnn_contest_stakes(const dcnn_contest *contest);

/* No combination costs less; the target when none costs less than that. */
dcnn_tick dcnn_contest_bound(const dcnn_contest *contest);

int64_t dcnn_contest_work(const dcnn_contest *contest); /* steps that were looked at so far */

/* What is left to pay, by rivals as well, in a column of the chain; holds until the contest is sharper. */
const dcnn_footprints *dcnn_contest_guide(const dcnn_contest *contest, int chain);

#endif
