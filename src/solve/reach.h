/* reach.h - solving where units are too many for tables of pairs.
 *
 * Every CNN has a region: for each layer the units where, under the prices the region was made for, some chain through
 * them may cost no more than the region's limit. Sweeps over the network find them (region.c); within a region the
 * ordinary tables and searches apply. The bound is the sum, over CNNs, of what the region proves about the cheapest
 * chain, less what the prices charge for all capacity: a Lagrangian bound, valid for any prices (docs/method.md). */
#ifndef DCNN_SOLVE_REACH_H
#define DCNN_SOLVE_REACH_H

#include "solve/crew.h"
#include "solve/run.h"
#include "solve/sweep.h"
#include <stdatomic.h>

/* --- toll.c: prices on what units offer --- */

typedef enum { DCNN_TOLL_COUNT, DCNN_TOLL_MEMORY, DCNN_TOLL_OPS, DCNN_TOLL_KINDS } dcnn_toll_kind;

/* Prices steer in floating point; what is charged is their fixed-point value, as in coupling.h: a chain pays
 * floor(price * what its layer takes), all capacity together is worth floor(price * capacity) a row. A kind whose limit
 * cannot bind has no prices: price[kind] is NULL. */
typedef struct {
    const dcnn_instance *instance;
    double *price[DCNN_TOLL_KINDS]; /* [unit_count] ticks for one layer, byte or operation */
    int64_t *fixed[DCNN_TOLL_KINDS];
} dcnn_toll;

/* Fractional bits of the fixed prices. */
extern const int dcnn_toll_fraction_bits[DCNN_TOLL_KINDS];

bool dcnn_toll_init(dcnn_toll *toll, const dcnn_instance *instance);
void dcnn_toll_clear(dcnn_toll *toll);

/* What there is of a kind on a unit; DCNN_UNLIMITED = no row. */
int64_t dcnn_toll_capacity(const dcnn_toll *toll, int kind, int unit);

/* What layer j of a chain takes of a kind. */
int64_t dcnn_toll_demand(const dcnn_chain_data *chain, int j, int kind);

/* Rounds the prices; returns what all capacity is worth. */
dcnn_tick dcnn_toll_round(dcnn_toll *toll);

/* What layer j of the chain pays on a unit. */
dcnn_tick dcnn_toll_of(const dcnn_toll *toll, const dcnn_chain_data *chain, int j, int unit);

/* --- rest.c --- */

/* A bound on the rest of a chain, wherever it runs: [layer_count] from where layer j begins, from where it ends. */
typedef struct {
    dcnn_tick *from, *after;
} dcnn_rest;

/* [cnn_count]; NULL when memory is out. O(units + layers). */
dcnn_rest *dcnn_rests_new(const dcnn_instance *instance);
void dcnn_rests_free(dcnn_rest *rests);

/* --- outlook.c --- */

/* The same by place, for one kind of CNN, exits apart: what a chain pays from where layer j's input is at a place, what
 * it pays from where layer j ends on a unit. dcnn_tick_never = there is no chain. */
typedef struct {
    dcnn_tick *arriving; /* [layer_count][spot] */
    dcnn_tick *leaving;  /* [layer_count][unit_count] */
} dcnn_outlook;

typedef struct {
    int kind_count;
    int *kind;                  /* [cnn] */
    int *example;               /* [kind] a CNN of that kind */
    dcnn_outlook *plain;        /* [kind] without toll; NULL where outlooks are not worth their time */
    dcnn_outlook *tolled;       /* [kind] memory for those with toll */
    const dcnn_outlook *priced; /* [kind] with the toll of the last survey */
} dcnn_outlooks;

/* --- region.c --- */

typedef struct {
    dcnn_chain *chain; /* the candidates, with their costs; NULL before the first visit, and with other ranks */
    bool found;        /* there are candidates */
    dcnn_rundp dp;     /* of the chain under the prices at hand */
    dcnn_tick limit;   /* what uses other candidates costs more, under the prices the region was made for */
    dcnn_tick least;   /* cheapest chain of the region under the prices at hand, or a bound of it */
    int *flats;        /* [layer_count] that chain, where this rank owns the region */
    int *path;         /* [layer_count] its units */
    int *told;         /* [told_count] the candidates' units, where another rank owns the region */
    int told_count;
    double spare; /* how much dearer than the cheapest chain the next limit shall be, as a share */
    bool cut;     /* width keeps it from being wider */
} dcnn_region;

/* Scratch of one thread. */
typedef struct {
    dcnn_sweep sweep;
    dcnn_load load;          /* its own copy of the best placement */
    struct dcnn_site *sites; /* the layers' lists under construction */
    size_t site_room;
    dcnn_wave *starts;
    size_t start_room;
    int *index;       /* [spot] where its site stands in its list */
    dcnn_tick *guard; /* [spot] of sweeps: what is still to pay there; dcnn_tick_never between them */
    dcnn_wave *trail; /* the least that the sweeps before each layer brought to each spot */
    size_t trail_room;
    dcnn_search *search;
} dcnn_scout;

/* One more of scout->starts; false when memory is out. */
bool dcnn_scout_start(dcnn_scout *scout, int count, int spot, dcnn_tick value);

typedef struct {
    const dcnn_toll *toll;
    const dcnn_rest *rest;       /* of the CNN */
    const dcnn_outlook *outlook; /* with no more toll than here; NULL = none */
    double factor;               /* of the toll; 1 where a bound is wanted */
    const dcnn_room *room;       /* [unit_count] candidates must fit in; NULL = in the empty unit */
    dcnn_tick limit; /* dcnn_tick_never: search until chains are found, then go to the cheapest and this share more */
    double spare;
    dcnn_tick expected; /* about where the first are found, 0 = not known: how far the search goes at once */
    int width;          /* candidates a layer at most; the limit falls where that strikes some */
    bool all_moves;     /* keep the moves that the limit so lowered would do without */
} dcnn_survey;

/* Makes the region anew. The chain is NULL, and the limit dcnn_tick_never, when nothing at all can be reached.
 * False when memory is out. */
bool dcnn_region_survey(dcnn_region *region, const dcnn_chain_data *data, dcnn_scout *scout, const dcnn_survey *survey);

/* Drops the candidates that cost more than the limit under the prices at hand. False when memory is out. */
bool dcnn_region_trim(dcnn_region *region, const dcnn_room *room);
void dcnn_region_clear(dcnn_region *region);

/* Prices the region's candidates with the toll times factor; returns and keeps the cheapest chain, traced into flats.
 */
dcnn_tick dcnn_region_price(dcnn_region *region, const dcnn_toll *toll, double factor);

/* The units of its candidates, layer after layer. */
static inline const int *dcnn_region_units(const dcnn_region *region, int *count)
{
    *count = region->chain ? region->chain->size : region->told_count;
    return region->chain ? region->chain->unit : region->told;
}

/* Tells another rank all of the region but its tables, or learns that from it. */
void dcnn_region_carry(dcnn_region *region, const dcnn_chain_data *data, dcnn_parcel *parcel);

/* The same of the cheapest chain alone. */
void dcnn_region_carry_least(dcnn_region *region, const dcnn_chain_data *data, dcnn_parcel *parcel);

/* What the region proves under the prices it was made for. */
static inline dcnn_tick dcnn_region_bound(const dcnn_region *region)
{
    return region->least < region->limit ? region->least : region->limit;
}

/* --- reach.c: the state of one solve --- */

typedef struct {
    dcnn_run *run;
    const dcnn_instance *instance;
    const dcnn_team *team; /* all its ranks have the same state but for the regions' tables */
    int threads;
    dcnn_tick one_ns;
    dcnn_toll toll;
    dcnn_ground ground;
    dcnn_region *regions; /* [cnn] */
    dcnn_rest *rests;     /* [cnn] */
    dcnn_outlooks outlooks;
    dcnn_scout *scouts;   /* [threads] */
    dcnn_problem problem; /* the regions' chains as they stand */
    int *active;          /* units that are in a region or have a price, ascending */
    int active_count;
    bool *in_active; /* [unit_count] */
    dcnn_load best, trial;
    bool has_best;
    dcnn_tick best_cost; /* dcnn_tick_never before there is one */
    dcnn_tick bound;     /* proven */
    dcnn_tick certified; /* what the regions prove under the toll as they stand */
    int64_t searches;    /* columns looked for, of the result */
    dcnn_rng rng;
    dcnn_tick given_up; /* a proof with this slack was too much; INT64_MAX = none tried */
    atomic_bool failed; /* a worker ran out of memory, or a rank is lost */
} dcnn_reach;

/* Whether clock, gap or the user end the search; sets run->stop. */
bool dcnn_reach_should_stop(dcnn_reach *reach);

/* Makes all regions anew under the toll, wider where prices have driven a CNN to the limit of its region.
 * DCNN_E_MEMORY.
 */
dcnn_status dcnn_reach_survey(dcnn_reach *reach, dcnn_error *err);

/* Work on CNNs by threads and ranks; what fails sets failed. */
void dcnn_reach_share(dcnn_reach *reach, const dcnn_crew_task *task);

/* Each rank tells the others of its regions; then as dcnn_reach_relist. */
void dcnn_reach_tell_regions(dcnn_reach *reach);

/* After a change of regions: which units matter, and the chains of the problem. */
void dcnn_reach_relist(dcnn_reach *reach);

/* The bound that the regions prove, just surveyed under the toll. Kept where it is better. */
void dcnn_reach_certify(dcnn_reach *reach);

/* --- region_proof.c --- */

/* Keeps, with the run, what proves the bound that is certified now. False when memory is out. */
bool dcnn_region_proof_keep(const dcnn_reach *reach);

/* --- outlook.c --- */

/* Those without toll; takes the memory of the others. Threads sweep with their scouts. False when memory is out.
 * O(kinds * layers * (units log units + arcs)). */
bool dcnn_outlooks_init(dcnn_reach *reach);
void dcnn_outlooks_clear(dcnn_outlooks *outlooks);

/* Those with the toll at hand, which may be none at all. Sets reach->failed when memory is out. */
void dcnn_outlooks_price(dcnn_reach *reach, bool free_of_toll);

/* What suits a survey of a CNN with the toll times factor; NULL = none. */
const dcnn_outlook *dcnn_outlook_of(const dcnn_reach *reach, int c, double factor);

/* --- ascent.c --- */

/* Subgradient steps on the toll within the regions; leaves the best prices met. DCNN_E_MEMORY. */
dcnn_status dcnn_reach_ascend(dcnn_reach *reach, int rounds, double pace, dcnn_error *err);

/* --- sharpen.c --- */

/* A better bound from the regions just surveyed: their cheapest chains no longer repeat units. DCNN_E_MEMORY. */
dcnn_status dcnn_reach_sharpen(dcnn_reach *reach, dcnn_error *err);

/* --- fill.c --- */

/* One CNN placed by itself into what the others leave. */
typedef struct {
    int *units; /* [layer_count] */
    dcnn_tick cost;
    bool found;
    const dcnn_chain *chain; /* searched */
} dcnn_insertion;

/* Searches a cheap placement of one CNN that is not in the load, within what that leaves; the toll times factor shows
 * it what others want. The load is as it was on return. */
dcnn_status dcnn_reach_insert(const dcnn_reach *reach, dcnn_load *load, int c, dcnn_scout *scout, double factor,
                              dcnn_insertion *insertion, dcnn_error *err);

/* Places all CNNs anew, in random order; a placement of all of them that is better becomes the best. */
dcnn_status dcnn_reach_fill(dcnn_reach *reach, double factor, dcnn_error *err);

/* --- improve.c --- */

/* Rounds of neighbourhoods: a few CNNs that compete are taken out and placed anew, several neighbourhoods at a time.
 * DCNN_E_MEMORY. */
dcnn_status dcnn_reach_improve(dcnn_reach *reach, int rounds, dcnn_error *err);

/* --- finish.c --- */

/* Tries to prove the best placement optimal, or find a better one, by the exact search over what could still be part of
 * it; gives up where that is too much. DCNN_E_MEMORY. */
dcnn_status dcnn_reach_finish(dcnn_reach *reach, dcnn_error *err);

/* The door: whether regions can tell all about the instance, whether they serve it better than tables, the search. */
bool dcnn_reach_can(const dcnn_instance *instance);
bool dcnn_reach_suits(const dcnn_instance *instance);
dcnn_status dcnn_reach_run(dcnn_run *run, dcnn_error *err);

#endif
