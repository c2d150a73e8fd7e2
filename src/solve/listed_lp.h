/* listed_lp.h - the linear program over listed columns, with cuts.
 *
 * Which columns stand in it is decided by pricing the list. A bound is the integer Lagrangian at the program's duals,
 * over all columns of the list that are not struck out. */
#ifndef DCNN_SOLVE_LISTED_LP_H
#define DCNN_SOLVE_LISTED_LP_H

#include "solve/cuts.h"

enum { DCNN_CUTS_A_ROUND = 20 };

typedef struct {
    int column;
    int64_t coefficient;
} dcnn_cut_entry; /* what a column counts for in a cut */

typedef struct {
    dcnn_core *core;
    const dcnn_listed *listed;
    dcnn_lp *lp;
    int total;
    const dcnn_listed_column **items; /* [total] */
    int *first;                       /* [chain_count + 1] number of each chain's first column */
    int *chain_of;                    /* [total] */
    bool *dead;                       /* [total] struck out */
    int *trail;                       /* the dead, in the order they died */
    int trail_count;
    dcnn_tick *priced; /* [total] under the prices last used */
    dcnn_tick last;    /* the bound under the prices last used, to which priced and least belong */
    dcnn_tick *least;  /* [chain] */
    int *lp_index;     /* [total] -1 = not in the LP */
    int *lp_column;    /* number of each LP column behind the artificial ones, -1 = struck out for good */
    size_t lp_room;
    double *price;    /* [rows] */
    double *work;     /* [LP rows] scratch, all 0 */
    int64_t **weight; /* [chain][root flat] scratch, all 0 */
    dcnn_cut *cuts;   /* those in the program, and those laid aside */
    size_t cut_count, cut_room;
    dcnn_cut_entry *entries; /* of all cuts, cut by cut */
    size_t entry_count, entry_room;
    size_t *entry_first; /* [cut_count + 1] */
    size_t entry_first_room;
    int64_t *charge; /* [cut_room] ticks that each cut charges under the prices last used */
    size_t charge_room;
    int *charging; /* [charging_count] the cut of each row of the program behind the coupling rows */
    int charging_count;
    size_t charging_room;
    dcnn_cut *found;            /* [CUTS_A_ROUND] */
    bool lost_memory, unsolved; /* what ends the search: memory, or a linear program without an optimum */
} dcnn_listed_lp;

/* Over the list, which must stay; with no column yet. False when memory is out; clear it all the same. */
bool dcnn_listed_lp_init(dcnn_listed_lp *s, dcnn_core *core, const dcnn_listed *listed);
void dcnn_listed_lp_clear(dcnn_listed_lp *s);

static inline const dcnn_listed_column *dcnn_listed_lp_column(const dcnn_listed_lp *s, int at)
{
    return s->items[at];
}

/* Puts a column of the list into the program. False when memory is out. */
bool dcnn_listed_lp_activate(dcnn_listed_lp *s, int at);

/* Solves the program over the whole list, or until the bound reaches cutoff or the search has to end. Returns the
 * bound. */
dcnn_tick dcnn_listed_lp_solve(dcnn_listed_lp *s);

/* Strikes a column out; brings back what was struck out since trail_count was mark. */
void dcnn_listed_lp_kill(dcnn_listed_lp *s, int at);
void dcnn_listed_lp_revive(dcnn_listed_lp *s, int mark);

/* Strikes out what, at the prices last used, cannot be part of an improvement. Returns how many are left. */
int dcnn_listed_lp_strike(dcnn_listed_lp *s);

/* Forgets for good what is struck out; at the first node, where nothing comes back. */
void dcnn_listed_lp_compact(dcnn_listed_lp *s);

/* listed_cuts.c. False when memory is out. */
bool dcnn_listed_lp_add_cut(dcnn_listed_lp *s, const dcnn_cut *cut);

/* Lays cuts aside that tell nothing in the solution last found, once they are most. False when memory is out. */
bool dcnn_listed_lp_lay_aside(dcnn_listed_lp *s);

/* Adds cuts that the support breaks: of those laid aside, or else new ones. Returns how many; lost_memory tells more.
 */
int dcnn_listed_lp_separate(dcnn_listed_lp *s, const dcnn_support *support, int count);

/* The columns with a value, in a block of their own; whole: none has a part. False when memory is out. */
bool dcnn_listed_lp_support(const dcnn_listed_lp *s, dcnn_support **support, int *count, bool *whole);

#endif
