/* listed.h - every column that can still be part of an improvement, written down one by one.
 *
 * A list is complete: an improvement takes one of the listed columns of every chain. pick.c combines them by
 * depth-first search, settle.c by branch and cut. */
#ifndef DCNN_SOLVE_LISTED_H
#define DCNN_SOLVE_LISTED_H

#include "solve/contest.h"

typedef struct {
    dcnn_tick cost, regret; /* regret: priced cost beyond the least of the chain's */
    int at;                 /* in the order of discovery */
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
    size_t words;     /* of bits */
    bool exclusive;   /* columns that meet on a unit never fit together */
    bool any_will_do; /* an improvement ends the search: lists are shorter below it */
    dcnn_pool *pool;  /* of flats, units and bits */
} dcnn_listed;

/* Prices and cuts under which some of a list is of no use. */
typedef struct {
    double *price;         /* [rows] */
    struct dcnn_cut *cuts; /* [cut_count] */
    int64_t *charge;       /* [cut_count] ticks */
    size_t cut_count;
} dcnn_listed_set;

/* How a list was settled: it has only what a contest leaves, if there was one, and what these sets leave of it, one
 * after the other, was looked through. */
struct dcnn_listed_proof {
    dcnn_listed_set *sets; /* [count], each with a block for each of its arrays */
    size_t count, room;
    dcnn_row_name contested[DCNN_FIELDS_MAX]; /* in the order in which the contest took them up */
    int stages[DCNN_FIELDS_MAX];              /* [stage_count] how many at a time */
    int stage_count;
};

/* listed_proof.c; the set is copied. False when memory is out. */
bool dcnn_listed_proof_add(dcnn_listed_proof *proof, const dcnn_listed_set *set, size_t row_count);
void dcnn_listed_proof_clear(dcnn_listed_proof *proof);
void dcnn_listed_proof_forget_sets(dcnn_listed_proof *proof);

/* enumerate.c */
bool dcnn_listed_init(dcnn_listed *listed, const dcnn_problem *problem);
void dcnn_listed_clear(dcnn_listed *listed);

/* Picks the best combination that costs less than cutoff, where bound is the sum of the cheapest priced columns less
 * the constant. *done: all combinations were looked at or ruled out, within work_max steps. */
dcnn_status dcnn_pick(dcnn_core *core, const dcnn_listed *listed, dcnn_tick bound, int64_t work_max, bool *done,
                      dcnn_error *err);

/* As many steps as a search with lists of such length may take. */
static inline int64_t dcnn_pick_work(const dcnn_core *core)
{
    enum { STEPS_A_COLUMN = 750 };

    return (int64_t)core->task.list_max * STEPS_A_COLUMN;
}

/* The same by linear programming over the list, with cuts, and branching. *bound rises to what is proven for the list.
 * With a proof there is no branching; what it receives is of use when *done. */
dcnn_status dcnn_settle(dcnn_core *core, const dcnn_listed *listed, dcnn_tick *bound, bool *done,
                        dcnn_listed_proof *proof, dcnn_error *err);

#endif
