/* footprint.h - what a CNN takes of the contested rows, and what that costs it at least.
 *
 * Many columns differ in nothing that matters to other CNNs: they permute layers among the same units, or end on units
 * that nobody else wants. A footprint stands for all columns that take the same of the contested rows. */
#ifndef DCNN_SOLVE_FOOTPRINT_H
#define DCNN_SOLVE_FOOTPRINT_H

#include "solve/rundp.h"
#include "solve/stages.h"

/* The cheapest way to end after a slot of the last layer but one, on a candidate that takes nothing. */
typedef struct {
    dcnn_tick cost;
    int set;  /* of critical units visited before; -1 = not looked for yet */
    int flat; /* -1 = there is none */
    bool stays;
} dcnn_ending;

/* Of one chain. Stage j holds the partial chains of j layers, by what they took, where they end and how long their last
 * run is; the states of the last stage are the footprints, each with the least priced cost of its columns or less: a
 * chain may come back to a unit whose rows are not contested. */
typedef struct {
    const dcnn_chain *chain;
    const dcnn_rundp *dp;
    const dcnn_takes_layout *layout; /* of the contested rows */
    dcnn_takes *takes;               /* [chain->size] what each candidate takes of them; the caller's to fill */
    dcnn_stages stages;
    dcnn_keys *known;   /* [layer_count + 1] the guide's states by what was taken, and place */
    unsigned char *set; /* [state] critical units (rundp.h) that every partial chain of the state has visited */
    size_t set_room;
    dcnn_ending *endings; /* [slots of the last layer but one, 1 at least] */
    int *fresh;           /* [slots of the last layer] candidates that the guide knows nothing of, and take something */
    int fresh_count;
} dcnn_footprints;

/* Which columns are looked at. */
typedef struct {
    dcnn_tick limit;              /* of the priced cost, with all that is paid beside it as far as that is known */
    size_t states_max, steps_max; /* of the search */
    dcnn_stop_fn should_stop;
    void *stop_user;
} dcnn_footprint_extent;

/* The chain's tables, with the backward pass done, and the layout (which may get more fields between lists) stay the
 * caller's and must stay. grain: see stages.h. False when memory is out; clear in any case. */
bool dcnn_footprints_init(dcnn_footprints *f, const dcnn_chain *chain, const dcnn_rundp *dp,
                          const dcnn_takes_layout *layout, dcnn_tick grain);
void dcnn_footprints_clear(dcnn_footprints *f);

/* Lists the footprints of all columns within the extent. *done is false when there were too many states or the search
 * shall stop. False when memory is out. O(states * slots of a layer). */
bool dcnn_footprints_list(dcnn_footprints *f, const dcnn_footprint_extent *extent, bool *done);

/* The footprints listed last, count of them. Before a search among more rows the caller sets the rest of each to what
 * is paid beside its priced cost, dcnn_tick_never for those that are out of question. */
static inline dcnn_state *dcnn_footprints_listed(const dcnn_footprints *f, size_t *count)
{
    size_t first = f->stages.first[f->chain->layer_count];

    *count = f->stages.state_count - first;
    return f->stages.states + first;
}

/* With the rests set: the search ends, and guides the next. limit: as for the list. False when memory is out. O(steps).
 */
bool dcnn_footprints_end(dcnn_footprints *f, dcnn_tick limit);

/* The cheapest chain with the footprint of that number: flats[layer_count]. Before the search ends. O(steps). */
void dcnn_footprints_trace(const dcnn_footprints *f, size_t number, int *flats);

/* What is taken with the candidate on flat x as well; where there is no room for it, no footprint is like that. */
static inline dcnn_takes dcnn_footprints_with(const dcnn_footprints *f, dcnn_takes taken, int x)
{
    return dcnn_takes_sum(taken, f->takes[x]);
}

/* The place of a partial chain that ends on flat x, after a run of so many layers; of whole chains it does not matter.
 */
static inline uint32_t dcnn_footprints_place(const dcnn_footprints *f, int x, int run)
{
    int j = f->chain->layer[x], layers = f->chain->layer_count;

    return j + 1 < layers ? (uint32_t)(layers * (x - f->chain->first[j]) + run - 1) : 0;
}

/* What a chain that has come to flat x, after such a run, and taken this still has to pay at least, and all that is
 * paid beside: dcnn_tick_never when that is too much. After a search has ended. */
static inline dcnn_tick dcnn_footprints_rest(const dcnn_footprints *f, int x, int run, dcnn_takes taken)
{
    const dcnn_keys *known = &f->known[f->chain->layer[x] + 1];
    dcnn_takes at_stake = dcnn_takes_within(taken, f->stages.rows);
    int guide = dcnn_keys_find(known, at_stake.half, dcnn_footprints_place(f, x, run));

    return guide < 0 ? dcnn_tick_never : dcnn_stages_guided_rest(&f->stages, guide);
}

#endif
