/* claims.h - what CNNs may take of the contested units, and which of it they can take together. */
#ifndef DCNN_SOLVE_CLAIMS_H
#define DCNN_SOLVE_CLAIMS_H

#include "solve/stages.h"

enum { DCNN_CONTESTED_MAX = 63 };

/* All that is counted here is in steps. */
typedef struct {
    uint64_t units;
    int regret; /* what the CNN pays for it beyond its cheapest column */
    int total;  /* what all pay then, at least; limit = more than is of use */
    int number; /* the caller's */
} dcnn_claim;

typedef struct {
    dcnn_claim *items; /* by regret */
    size_t count;
} dcnn_claims;

/* The claims of all chains, and which fit together. */
typedef struct {
    int chain_count;
    dcnn_claims *claims;         /* [chain_count] */
    int *order;                  /* [chain_count] in which chains take their claims */
    dcnn_stages stages;          /* of what the first k chains have taken */
    int limit;                   /* so much is of no use */
    int least;                   /* of all totals; limit = there is no combination of use */
    int (*unused)(const void *user, uint64_t units); /* what stays unpaid at least when all together take these */
    bool (*should_stop)(void *user);
    void *user;
} dcnn_sharing;

/* The rest is for the caller to set. False when memory is out; clear in any case. */
bool dcnn_sharing_init(dcnn_sharing *sharing, int chain_count);
void dcnn_sharing_clear(dcnn_sharing *sharing);

/* Sorts the claims, which are for these units, by regret and finds the totals of all: chain by chain, by what has been taken, however it is
 * divided. *done is false when that is too much work or the search shall stop. False when memory is out.
 * O(states * claims). */
bool dcnn_sharing_find_totals(dcnn_sharing *sharing, uint64_t units, bool *done);

/* A cheapest combination: chosen[u] of chain u, a claim. There must be one below the limit. O(steps). */
void dcnn_sharing_trace(const dcnn_sharing *sharing, const dcnn_claim **chosen);

#endif
