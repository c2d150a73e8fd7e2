/* listed.h - every column that can still be part of an improvement, written down one by one.
 *
 * A list is complete: an improvement takes one of the listed columns of every chain. pick.c combines them by
 * depth-first search, settle.c by branch and cut. */
#ifndef DCNN_SOLVE_LISTED_H
#define DCNN_SOLVE_LISTED_H

#include "solve/core.h"

typedef struct {
    dcnn_tick cost, regret; /* regret: priced cost beyond the least of the chain's */
    int *flats;             /* [layers] of the root chain */
    int *units;             /* [layers] */
    uint64_t *bits;         /* [words] the units */
} dcnn_listed_column;

typedef struct {
    dcnn_listed_column *items; /* by increasing regret */
    size_t count, room;
} dcnn_listed_chain;

typedef struct {
    dcnn_listed_chain *chains; /* [chain_count] */
    int chain_count;
    size_t words;    /* of bits */
    bool grouped;    /* there are shared groups: columns must agree even where they do not meet */
    bool exclusive;  /* columns that meet on a unit never fit together */
    dcnn_pool *pool; /* of flats, units and bits */
} dcnn_listed;

/* How a list was settled: under these prices and cuts hardly anything is left of it. */
struct dcnn_listed_proof {
    bool listed;           /* settled by the list, not by its cheapest columns alone */
    bool priced;           /* price and cuts were needed */
    double *price;         /* [rows] */
    struct dcnn_cut *cuts; /* [cut_count] owned */
    int64_t *charge;       /* [cut_count] ticks, owned */
    size_t cut_count;
};

/* enumerate.c */
bool dcnn_listed_init(dcnn_listed *listed, const dcnn_problem *problem);
void dcnn_listed_clear(dcnn_listed *listed);

/* Picks the best combination that costs less than cutoff, where bound is the sum of the cheapest priced columns less
 * the constant. *done: all combinations were looked at or ruled out, within work_max steps. */
dcnn_status dcnn_pick(dcnn_core *core, const dcnn_listed *listed, dcnn_tick bound, int64_t work_max, bool *done,
                      dcnn_error *err);

/* The same by linear programming over the list, with cuts, and branching. *bound rises to what is proven for the list.
 * With a proof, whose price is [rows], there is no branching, and it receives the prices and cuts that leave only what
 * was looked through. */
dcnn_status dcnn_settle(dcnn_core *core, const dcnn_listed *listed, dcnn_tick *bound, bool *done,
                        dcnn_listed_proof *proof, dcnn_error *err);

#endif
