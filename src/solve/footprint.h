/* footprint.h - what a CNN takes of the contested units, and what that costs it at least.
 *
 * Many columns differ in nothing that matters to other CNNs: they permute layers among the same units, or end on units
 * that nobody else wants. A footprint stands for all columns that take the same contested units. */
#ifndef DCNN_SOLVE_FOOTPRINT_H
#define DCNN_SOLVE_FOOTPRINT_H

#include "solve/rundp.h"
#include "solve/stages.h"

/* Of one chain. Stage j holds the partial chains of j layers, by what they took and where they end; the states of the
 * last stage are the footprints, each with the least priced cost of its columns or less: a chain may come back to a unit
 * that is not contested. */
typedef struct {
    const dcnn_chain *chain;
    const dcnn_rundp *dp;
    const uint64_t *bit; /* [unit] 0 unless contested */
    dcnn_stages stages;
    unsigned char *set; /* [state] critical units (rundp.h) that every partial chain of the state has visited */
    size_t set_room;
} dcnn_footprints;

/* Which columns are looked at. */
typedef struct {
    dcnn_tick limit;              /* of the priced cost, with all that is paid beside it as far as that is known */
    size_t states_max, steps_max; /* of the search */
    dcnn_stop_fn should_stop;
    void *stop_user;
} dcnn_footprint_extent;

/* For a chain of which every unit takes one layer; its tables, with the backward pass done, and bit (which may change
 * between lists, but only from 0) stay the caller's and must stay. grain: see stages.h. False when memory is out; clear
 * in any case. */
bool dcnn_footprints_init(dcnn_footprints *f, const dcnn_chain *chain, const dcnn_rundp *dp, const uint64_t *bit,
                          dcnn_tick grain);
void dcnn_footprints_clear(dcnn_footprints *f);

/* Lists the footprints of all columns within the extent. *done is false when there were too many states or the search
 * shall stop. False when memory is out. O(states * slots of a layer). */
bool dcnn_footprints_list(dcnn_footprints *f, const dcnn_footprint_extent *extent, bool *done);

/* The footprints listed last, count of them. Before a search among more units the caller sets the rest of each to what
 * is paid beside its priced cost, dcnn_tick_never for those that are out of question. */
static inline dcnn_state *dcnn_footprints_listed(const dcnn_footprints *f, size_t *count)
{
    size_t first = f->stages.first[f->chain->layer_count];

    *count = f->stages.state_count - first;
    return f->stages.states + first;
}

/* With the rests set: the search ends, and guides the next. units: all that were contested; limit: as for the list.
 * False when memory is out. O(steps). */
bool dcnn_footprints_end(dcnn_footprints *f, uint64_t units, dcnn_tick limit);

/* The cheapest chain with the footprint of that number: flats[layer_count]. Before the search ends. O(steps). */
void dcnn_footprints_trace(const dcnn_footprints *f, size_t number, int *flats);

/* What a chain that has come to flat x and taken these units still has to pay at least, and all that is paid beside. */
static inline dcnn_tick dcnn_footprints_rest(const dcnn_footprints *f, int x, uint64_t units)
{
    int j = f->chain->layer[x];
    bool whole = j + 1 == f->chain->layer_count; /* where it ends does not matter any more */

    return dcnn_stages_rest(&f->stages, j + 1, units, whole ? 0 : (uint32_t)(x - f->chain->first[j]));
}

#endif
