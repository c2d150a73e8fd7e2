/* sharing.h - which claims of different CNNs fit together, and what all pay then.
 *
 * Chain by chain, by what all so far have taken, however they divide it: a cheapest path (stages.h). What was found
 * among fewer rows tells of each state which kinds of claims can follow it. */
#ifndef DCNN_SOLVE_SHARING_H
#define DCNN_SOLVE_SHARING_H

#include "solve/claims.h"
#include "solve/stages.h"

typedef struct {
    int chain_count;
    const dcnn_takes_layout *layout;
    dcnn_claims *claims; /* [chain_count] */
    int *order;          /* [chain_count] in which chains take their claims */
    dcnn_stages stages;  /* of what the first k chains have taken; by claims, and in the guide by their kinds */
    size_t states_max, steps_max; /* more is too much work */
    int limit;                    /* so much is of no use */
    int least;                    /* of all totals, no less with more rows; limit = there is no combination of use */
    int (*unused)(const void *user, dcnn_takes taken); /* what stays unpaid at least when all together take this */
    bool (*should_stop)(void *user);
    void *user;
} dcnn_sharing;

/* Claims, states_max, steps_max, limit, unused, should_stop and user are for the caller to set, and the layout, which
 * may get more fields later. False when memory is out; clear in any case. */
bool dcnn_sharing_init(dcnn_sharing *sharing, int chain_count, const dcnn_takes_layout *layout);
void dcnn_sharing_clear(dcnn_sharing *sharing);

/* Finds the totals of all claims, which are for all rows of the layout; none is found where their least is the limit,
 * and then the next search has no guide. *done is false when there is too much work or the search shall stop. False
 * when memory is out. O(steps). */
bool dcnn_sharing_find_totals(dcnn_sharing *sharing, bool *done);

/* A cheapest combination: chosen[u] of chain u, a claim. There must be one below the limit. O(steps). */
void dcnn_sharing_trace(const dcnn_sharing *sharing, const dcnn_claim **chosen);

#endif
