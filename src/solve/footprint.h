/* footprint.h - what a CNN takes of the contested units, and what that costs it at least.
 *
 * Many columns differ in nothing that matters to other CNNs: they permute layers among the same units, or end on units
 * that nobody else wants. A footprint stands for all columns that take the same contested units. */
#ifndef DCNN_SOLVE_FOOTPRINT_H
#define DCNN_SOLVE_FOOTPRINT_H

#include "solve/rivals.h"
#include "solve/rundp.h"

typedef struct {
    uint64_t units; /* a bit for each contested unit */
    dcnn_tick priced;
} dcnn_footprint;

typedef struct {
    dcnn_footprint *items; /* in no order that matters, but always the same */
    size_t count, room;
} dcnn_footprints;

/* Which columns are looked at. */
typedef struct {
    const uint64_t *bit;       /* [unit] 0 unless contested */
    dcnn_tick limit;           /* of the priced cost with what rivals pay */
    const dcnn_rivals *rivals; /* of a contest for the first of these units; NULL = nothing */
    size_t states_max;         /* partial chains that end in one layer, at most */
    dcnn_stop_fn should_stop;
    void *stop_user;
} dcnn_footprint_extent;

/* Lists the footprints of all columns within the extent, each with the least priced cost of its columns or less: a
 * chain may come back to a unit that is not contested. Only for chains of which every unit takes one layer.
 *
 * dp    of the chain, backward pass done
 * done  out: false when there were more states or the search shall stop
 *
 * Free list->items. False when memory is out. O(states * slots of a layer). */
bool dcnn_footprints_list(dcnn_footprints *list, const dcnn_chain *chain, const dcnn_rundp *dp,
                          const dcnn_footprint_extent *extent, bool *done);

#endif
