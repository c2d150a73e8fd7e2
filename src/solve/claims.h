/* claims.h - what one CNN may take of the contested rows.
 *
 * Among fewer rows there were fewer claims: those that agree there are of one kind. */
#ifndef DCNN_SOLVE_CLAIMS_H
#define DCNN_SOLVE_CLAIMS_H

#include "base/keys.h"
#include "solve/problem.h"
#include "solve/takes.h"

/* Regret and total are counted in steps. */
typedef struct {
    dcnn_takes taken;
    int regret; /* what the CNN pays for it beyond its cheapest column */
    int total;  /* what all pay then, at least; the limit = more than is of use */
    int number; /* the caller's */
    int kind;   /* -1 = none of those there were */
} dcnn_claim;

typedef struct {
    dcnn_claim *items; /* by kind, then by regret */
    size_t count;
    size_t *first; /* [kind_count + 1] claim of each kind */
    size_t kind_count;
    dcnn_keys kinds; /* by what they take, of the claims there were the last time */
} dcnn_claims;

/* Without items, and with one kind for all that is to come. False when memory is out; clear in any case. */
bool dcnn_claims_init(dcnn_claims *claims);
void dcnn_claims_clear(dcnn_claims *claims);

/* Makes room for so many items; those before are gone. False when memory is out. */
bool dcnn_claims_renew(dcnn_claims *claims, size_t count);

/* Tells kinds, which were claims for known, and sorts. False when memory is out. O(claims log claims). */
bool dcnn_claims_sort(dcnn_claims *claims, dcnn_takes known);

/* From now on each claim is a kind, by its place. False when memory is out. */
bool dcnn_claims_become_kinds(dcnn_claims *claims);

#endif
