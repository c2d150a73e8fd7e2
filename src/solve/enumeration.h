/* enumeration.h - the state of one enumeration, shared by enumerate.c and contend.c. */
#ifndef DCNN_SOLVE_ENUMERATION_H
#define DCNN_SOLVE_ENUMERATION_H

#include "solve/contest.h"
#include "solve/listed.h"

enum { DCNN_FIRST_SHARE = 6 }; /* short lists are so much shorter than long ones */

/* What lists may take. */
typedef struct {
    int columns_max;     /* of all chains */
    int settled_max;     /* longer lists are not branched and cut, which may take seconds */
    bool all_or_nothing; /* lists that do not reach the target are of no use */
} dcnn_list_terms;

typedef struct {
    dcnn_core *core;
    dcnn_view *view;
    const double *price;
    dcnn_listed_proof *proof; /* NULL = none is wanted */
    dcnn_contest *contest;    /* tells what rivals pay; NULL = nothing */
    dcnn_tick here;           /* what the cheapest columns of all chains sum up to */
    dcnn_listed listed;
    dcnn_list_terms terms;
    int chain;       /* being listed */
    bool listed_all; /* the last run had all columns that something cheaper than its target could use */
    bool lost_memory;
    double expected; /* columns that lists up to cutoff may have, as the last run tells */
} dcnn_enumeration;

/* Lists what something cheaper than target could use, as far as the terms go, and combines it. *bound comes up to what
 * that proves. DCNN_E_MEMORY. */
dcnn_status dcnn_enumeration_run(dcnn_enumeration *e, dcnn_list_terms terms, dcnn_tick target, dcnn_tick *bound,
                                 dcnn_error *err);

static inline bool dcnn_enumeration_is_open(const dcnn_enumeration *e, dcnn_tick bound)
{
    return bound < e->core->cutoff && !e->core->stopped;
}

/* contend.c: by contests. *bound comes up to what they prove. DCNN_E_MEMORY. */
dcnn_status dcnn_contend(dcnn_enumeration *e, dcnn_tick *bound, dcnn_error *err);

/* By one contest for all of the gap and lists of what it leaves, which e->proof tells of when *bound comes up to
 * cutoff. DCNN_E_MEMORY. */
dcnn_status dcnn_contend_once(dcnn_enumeration *e, dcnn_tick *bound, dcnn_error *err);

#endif
