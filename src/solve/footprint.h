/* footprint.h - what a CNN takes of the contested units, and what that costs it at least.
 *
 * Many columns differ in nothing that matters to other CNNs: they permute layers among the same units, or end on units
 * that nobody else wants. A footprint stands for all columns that take the same contested units. */
#ifndef DCNN_SOLVE_FOOTPRINT_H
#define DCNN_SOLVE_FOOTPRINT_H

#include "solve/rundp.h"
#include "solve/stages.h"
#include "solve/takes.h"

/* Of one chain. Stage j holds the partial chains of j layers, by what they took and where they end, after a run of one
 * layer or two; the states of the last stage are the footprints, each with the least priced cost of its columns or
 * less: a chain may come back to a unit that is not contested. */
typedef struct {
    const dcnn_chain *chain;
    const dcnn_rundp *dp;
    const uint64_t *one; /* [unit] layer on it, 0 unless contested */
    bool two;            /* units take two layers */
    dcnn_stages stages;
    dcnn_keys *known;   /* [layer_count + 1] the guide's states by units and place */
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

/* The chain's tables, with the backward pass done, and one (which may change between lists, but only from 0) stay the
 * caller's and must stay. grain: see stages.h. False when memory is out; clear in any case. */
bool dcnn_footprints_init(dcnn_footprints *f, const dcnn_chain *chain, const dcnn_rundp *dp, const uint64_t *one,
                          bool two, dcnn_tick grain);
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

/* The layers taken with one more on the unit; where there is no room for it, no footprint is like that. */
static inline uint64_t dcnn_footprints_with(const dcnn_footprints *f, uint64_t units, int unit)
{
    return dcnn_takes_sum(f->two, units, f->one[unit]);
}

/* The place of a partial chain that ends on flat x, after a run of so many layers; of whole chains it does not matter.
 */
static inline uint32_t dcnn_footprints_place(const dcnn_footprints *f, int x, int run)
{
    int j = f->chain->layer[x];

    return j + 1 < f->chain->layer_count ? (uint32_t)(2 * (x - f->chain->first[j]) + run - 1) : 0;
}

/* What a chain that has come to flat x, after such a run, and taken these units still has to pay at least, and all that
 * is paid beside: dcnn_tick_never when that is too much. After a search has ended. */
static inline dcnn_tick dcnn_footprints_rest(const dcnn_footprints *f, int x, int run, uint64_t units)
{
    const dcnn_keys *known = &f->known[f->chain->layer[x] + 1];
    int guide = dcnn_keys_find(known, units & f->stages.units, dcnn_footprints_place(f, x, run));

    return guide < 0 ? dcnn_tick_never : dcnn_stages_guided_rest(&f->stages, guide);
}

#endif
