/* search.h - placements of one CNN that respect the limits on their own, cheapest first.
 *
 * Best-first search over partial chains (labels), one decision a run, guided by the run tables as completion bound.
 * Used to price columns (cheapest under prices), to enumerate all columns below a limit, and to insert a CNN into what
 * others leave over. */
#ifndef DCNN_SOLVE_SEARCH_H
#define DCNN_SOLVE_SEARCH_H

#include "solve/footprint.h"
#include "solve/rundp.h"
#include "solve/surcharge.h"

typedef enum {
    DCNN_SEARCH_CHEAPEST, /* dominance by priced cost: finds the cheapest, and other good ones on the way */
    DCNN_SEARCH_ALL,      /* dominance by true cost and use of units: every column that an optimum may need */
    DCNN_SEARCH_BEAM      /* a heuristic: a few partial chains a layer, reports one good column */
} dcnn_search_mode;

typedef struct dcnn_search dcnn_search; /* label store, reused between searches */

typedef struct {
    const dcnn_chain *chain;
    const dcnn_room *room; /* [unit_count] what the CNN may use of each unit */
    const bool *charged;   /* [layer_count] the layer takes room (all but a shared one that is there already) */
    const dcnn_rundp *dp;  /* own (priced) set, backward pass done */
    const dcnn_surcharge *surcharge; /* what cuts charge beside dp; NULL = none */
    const dcnn_footprints *guide;    /* what is left to pay, by other CNNs as well; NULL = nothing beside dp */
    dcnn_search_mode mode;
    dcnn_tick limit;          /* only columns whose priced cost, with what rivals pay, is below it */
    dcnn_tick budget;         /* only columns that cost no more without prices; 0 = whatever the chain's cap allows */
    int column_limit;         /* stop after that many columns; 0 = none */
    int64_t label_limit;      /* give up after that many labels; 0 = none */
    const bool *alone;        /* [unit_count] ALL: nobody else can want this unit */
    dcnn_stop_fn should_stop; /* NULL = never */
    void *stop_user;
} dcnn_search_task;

/* Called for every column in order of priced cost, with what rivals pay; flats are the chain's own. Return false to
 * stop the search. */
typedef bool (*dcnn_column_fn)(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost);

typedef struct {
    dcnn_tick bound; /* no column that was not reported has a lower priced cost (limit or more when complete) */
    bool complete;   /* every column below the limit was reported, up to dominance */
    int columns;
    int64_t labels;
} dcnn_search_result;

dcnn_search *dcnn_search_new(const dcnn_instance *instance);
void dcnn_search_free(dcnn_search *search);

/* DCNN_E_MEMORY. */
dcnn_status dcnn_search_run(dcnn_search *search, const dcnn_search_task *task, dcnn_column_fn on_column, void *user,
                            dcnn_search_result *result, dcnn_error *err);

#endif
