/* claims.h - what CNNs may take of the contested units, and which of it they can take together. */
#ifndef DCNN_SOLVE_CLAIMS_H
#define DCNN_SOLVE_CLAIMS_H

#include "solve/rivals.h"

enum { DCNN_CONTESTED_MAX = 63 };

/* All that is counted here is in steps, and no more than limit. */
typedef struct {
    uint64_t units;
    int16_t regret; /* what the CNN pays for it beyond its cheapest column */
    int16_t total;  /* what all pay then, at least */
} dcnn_claim;

typedef struct {
    dcnn_claim *items; /* by regret */
    size_t count;
} dcnn_claims;

/* The claims of all chains, and the tables that tell which fit together. */
typedef struct {
    int chain_count, unit_count;        /* unit_count: contested units */
    dcnn_claims *claims;                /* [chain_count] */
    int16_t unused[DCNN_CONTESTED_MAX]; /* what a contested unit that nobody takes leaves unpaid */
    int16_t limit;                      /* so much is of no use */
    int16_t least;                      /* of all totals; limit = there is no combination of use */
    int window_count;
    dcnn_window window[DCNN_WINDOWS_MAX];
    int16_t *table[DCNN_WINDOWS_MAX][2]; /* [2^bits] */
    dcnn_stop_fn should_stop;
    void *stop_user;
} dcnn_sharing;

/* Finds the totals: the chains are dealt to two halves, the claims of each half combined one by one, and every
 * combination is held against the cheapest of the other half that leaves it its units, window by window.
 *
 * *done is false when that is too much work or the search shall stop. False when memory is out. */
bool dcnn_sharing_find_totals(dcnn_sharing *s, bool *done);

/* steps ([2^bits] of the window) receives what the others pay when chain u takes, in the window, units or more. */
void dcnn_sharing_spread(const dcnn_sharing *s, int u, const dcnn_window *window, int16_t *steps);

void dcnn_sharing_clear(dcnn_sharing *s); /* the claims; tables are there while totals are found */

#endif
