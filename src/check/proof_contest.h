/* proof_contest.h - contested rows, shared out among the CNNs before anything is listed; see Contested rows in
 * docs/certificate-format.md. Private to this folder.
 *
 * What one stage has found guides the next (coarse-to-fine dynamic programming, Raphael, IEEE Trans. Pattern Analysis
 * and Machine Intelligence 23, 2001): without the rows that a stage adds, its spots are spots of the stage before. What
 * led to nothing there is not tried again, and what was left to pay there bounds what is left now. */
#ifndef DCNN_CHECK_PROOF_CONTEST_H
#define DCNN_CHECK_PROOF_CONTEST_H

#include "proof_footprint.h"

enum { DCNN_PROOF_ROOT_SLOT = -2 }; /* where chains come from: no unit, and no follower */

/* --- levels of spots, and steps from each level to the next (proof_lattice.c) --- */

typedef struct {
    dcnn_proof_footprint footprint;
    int64_t cost, cost_second; /* the least until here; of those that come from another unit than the leader */
    int64_t rest, rest_second; /* the least from here on; of those that go on to another unit than the follower */
    int32_t leader, follower;  /* slots; negative = none */
    int32_t place;             /* of the chart */
    int32_t coarse;            /* its spot in the stage before */
    int32_t step;              /* its first */
    int32_t chained;           /* the next spot with the same hash */
} dcnn_proof_spot;

/* What is left to pay from the spot on, for a chain that comes to it from that slot and does not go straight back. */
static inline int64_t dcnn_proof_spot_rest(const dcnn_proof_spot *spot, int from)
{
    return spot->follower == from ? spot->rest_second : spot->rest;
}

typedef struct {
    dcnn_proof_spot *spots;
    size_t count, room;
    int *steps; /* spots of the next level, by the spot they go out from */
    size_t step_count, step_room;
    int *level; /* [level_count + 1] first spots */
    int level_count;
    dcnn_proof_heads heads; /* of spots of the latest level */
} dcnn_proof_lattice;

/* One level with one spot, the root. */
dcnn_case dcnn_proof_lattice_open(dcnn_proof_check *p, dcnn_proof_lattice *l, int levels_max);
void dcnn_proof_lattice_clear(dcnn_proof_lattice *l);

dcnn_case dcnn_proof_lattice_next_level(dcnn_proof_check *p, dcnn_proof_lattice *l);

/* The spot of the latest level with that footprint and projection; a new one costs far. */
dcnn_case dcnn_proof_lattice_reach(dcnn_proof_check *p, dcnn_proof_lattice *l, dcnn_proof_footprint footprint,
                                   int coarse, int *spot);

/* Makes room for more steps. */
dcnn_case dcnn_proof_lattice_more_steps(dcnn_proof_check *p, dcnn_proof_lattice *l);

/* A step to a spot from the one whose steps are the latest. There are millions. */
static inline dcnn_case dcnn_proof_lattice_step(dcnn_proof_check *p, dcnn_proof_lattice *l, int to)
{
    dcnn_case state = l->step_count < l->step_room ? DCNN_CASE_OPEN : dcnn_proof_lattice_more_steps(p, l);

    if (state) return state;
    l->steps[l->step_count++] = to;
    return DCNN_CASE_OPEN;
}

/* Leaves the spots that are marked and those of their steps that are not struck out (-1). */
dcnn_case dcnn_proof_lattice_keep(dcnn_proof_check *p, dcnn_proof_lattice *l, const bool *kept);

static inline int dcnn_proof_lattice_step_end(const dcnn_proof_lattice *l, int spot)
{
    return (size_t)spot + 1 < l->count ? l->spots[spot + 1].step : (int)l->step_count;
}

/* --- where chains of one CNN can be (proof_places.c) --- */

/* A candidate of a layer, and how far a run that has come there can go on. Runs that can go on as far are not told
 * apart by where they began. */
typedef struct {
    int candidate, slot;
    int until;                  /* the last layer that such a run bears */
    int stay;                   /* the place where it goes on; -1 = it ends here */
    dcnn_proof_footprint takes; /* what the candidate takes of the rows that were taken up */
} dcnn_proof_place;

typedef struct {
    dcnn_proof_place *places;
    size_t count, room;
    int *first; /* [layer_count + 1] of each layer: first those where runs begin, in the order of its candidates */
} dcnn_proof_places;

/* Before any row is taken up. To be cleared in any case. */
dcnn_case dcnn_proof_places_init(dcnn_proof_places *places, dcnn_proof_check *p, const dcnn_proof_cnn *cnn);
void dcnn_proof_places_clear(dcnn_proof_places *places);

/* Sets what is taken there, now that more rows are taken up. */
void dcnn_proof_places_take_up(dcnn_proof_places *places, const dcnn_proof_footprints *f, const dcnn_proof_cnn *cnn);

/* Where a run begins that begins with candidate a. */
static inline int dcnn_proof_place_of(const dcnn_proof_places *places, const dcnn_proof_layer *layer, int a)
{
    return places->first[layer->layer] + layer->place[a];
}

/* --- chains of one CNN (proof_chart.c, proof_ends.c) --- */

/* How chains end, on candidates of the last layer. */
typedef struct {
    int of[DCNN_PROOF_FOOTPRINT_BITS]; /* the candidate on the unit whose row a bit belongs to, or -1 */
    int *nearest, *second_nearest;     /* [candidates of the last layer but one] the two cheapest candidates that take
                                          nothing; -1 = none */
    int *newcomers;                    /* candidates that took nothing in the stage before and take something now */
    int newcomer_count;
} dcnn_proof_ends;

/* Level 0 is the root, level j + 1 is layer j on its places, the last level all ends of chains by footprint. */
typedef struct dcnn_proof_chart {
    dcnn_proof_footprints *footprints;
    const dcnn_proof_cnn *cnn;
    dcnn_proof_places places;
    dcnn_proof_ends ends;
    dcnn_proof_lattice spots, guide; /* of this stage and the one before */
    int64_t limit;                   /* what better chains stay below, with what others pay */
} dcnn_proof_chart;

/* Chains before any row is contested, and what is left to pay. To be cleared in any case. */
dcnn_case dcnn_proof_chart_init(dcnn_proof_chart *t, dcnn_proof_footprints *f, int c);
void dcnn_proof_chart_clear(dcnn_proof_chart *t);

/* The same now that more rows are taken up. Closed when no chain is left. */
dcnn_case dcnn_proof_chart_refine(dcnn_proof_chart *t);

/* Drops what has turned out to be of no use, now that the rests of the ends are known. */
dcnn_case dcnn_proof_chart_prune(dcnn_proof_chart *t);

/* What candidate b of the last layer takes. */
static inline dcnn_proof_footprint dcnn_proof_taken_by_end(const dcnn_proof_chart *t, int b)
{
    return t->places.places[dcnn_proof_place_of(&t->places, &t->cnn->layers[t->cnn->layer_count - 1], b)].takes;
}

/* The candidate of the last layer that takes so much; -1: any that take nothing. */
static inline int dcnn_proof_end_that_takes(const dcnn_proof_chart *t, dcnn_proof_footprint taken)
{
    return taken ? t->ends.of[dcnn_proof_lowest_bit(taken)] : -1;
}

/* The first of its ends. */
static inline int dcnn_proof_chart_first_end(const dcnn_proof_chart *t)
{
    return t->spots.level[t->cnn->layer_count];
}

/* --- unions of what CNNs take, and steps between them (proof_unions.c) --- */

typedef struct {
    dcnn_proof_footprint footprint;
    int64_t cost, rest; /* the least until here; the least from here on, with what stays unpaid */
    int32_t step;       /* the first one into it, where steps are in order */
    int32_t chained;    /* the next union of its group with the same hash */
} dcnn_proof_union;

typedef struct {
    int32_t from, to; /* unions, of a level and the next */
    int32_t by;       /* which footprint was added */
} dcnn_proof_union_step;

/* Level by level, within a level group by group: what one union of the stage before has become. */
typedef struct dcnn_proof_unions {
    dcnn_proof_union *unions;
    size_t count, room;
    dcnn_proof_union_step *steps; /* by the group they go to; once pruned, by the union */
    size_t step_count, step_room;
    int *level, *level_step; /* [levels + 1] first unions, first steps to these */
    size_t group;            /* the first union of the latest group */
    dcnn_proof_heads heads;  /* of the unions of that group */
} dcnn_proof_unions;

/* Takes arrays, unless l has some for as many levels. */
dcnn_case dcnn_proof_unions_open(dcnn_proof_check *p, dcnn_proof_unions *l, int level_count);
void dcnn_proof_unions_clear(dcnn_proof_unions *l);

/* Forgets all and ends level 0 with one union, of nothing. */
dcnn_case dcnn_proof_unions_begin(dcnn_proof_check *p, dcnn_proof_unions *l);
void dcnn_proof_unions_end_level(dcnn_proof_unions *l, int level);
dcnn_case dcnn_proof_unions_next_group(dcnn_proof_check *p, dcnn_proof_unions *l);

/* A union more in the latest group. */
dcnn_case dcnn_proof_unions_add(dcnn_proof_check *p, dcnn_proof_unions *l, dcnn_proof_footprint footprint);
dcnn_case dcnn_proof_unions_more_steps(dcnn_proof_check *p, dcnn_proof_unions *l);

/* A step to the union of the latest group with that footprint, which costs so much or less. There are millions. */
static inline dcnn_case dcnn_proof_unions_reach(dcnn_proof_check *p, dcnn_proof_unions *l,
                                                dcnn_proof_footprint footprint, int64_t cost, int from, int by)
{
    dcnn_case state = l->step_count < l->step_room ? DCNN_CASE_OPEN : dcnn_proof_unions_more_steps(p, l);
    int to = *dcnn_proof_head(&l->heads, footprint, 0);

    while (to >= 0 && l->unions[to].footprint != footprint) to = l->unions[to].chained;
    if (to < 0) {
        to = (int)l->count;
        if (!state) state = dcnn_proof_unions_add(p, l, footprint);
    }
    if (state) return state;
    if (cost < l->unions[to].cost) l->unions[to].cost = cost;
    l->steps[l->step_count++] = (dcnn_proof_union_step){from, to, by};
    return DCNN_CASE_OPEN;
}

/* Where steps are in order. */
static inline int dcnn_proof_unions_step_end(const dcnn_proof_unions *l, int union_)
{
    return (size_t)union_ + 1 < l->count ? l->unions[union_ + 1].step : (int)l->step_count;
}

/* --- who takes what (proof_sharing.c) --- */

/* One footprint of a CNN. */
typedef struct {
    dcnn_proof_footprint footprint;
    int64_t regret;  /* what chains with it cost beyond the least of the CNN, and cuts charge */
    int64_t least;   /* regrets of all and what stays unpaid, in the best combination with it */
    int coarse, end; /* numbers among the ends of the chart, before and now */
    int kept;        /* number among those that are left of them, or -1 */
} dcnn_proof_portion;

typedef struct {
    dcnn_proof_portion *portions; /* by what they were in the stage before, the cheapest first */
    int count;
    int *group; /* [ends of the chart in the stage before + 1] where those of each begin */
} dcnn_proof_portions;

/* Level k is unions of what the first k CNNs take. */
typedef struct {
    dcnn_proof_footprints *footprints;
    int cnn_count;
    dcnn_proof_unions unions;      /* of this stage */
    dcnn_proof_unions guide;       /* those that are left of the stage before */
    int *first;                    /* [unions of the guide + 1] where the group of each begins */
    dcnn_proof_portions *portions; /* [cnn_count] */
    int *order;                    /* [cnn_count] in which CNNs take their footprints */
    bool ordered;                  /* that was chosen */
} dcnn_proof_sharing;

/* To be cleared in any case; what is large is kept for the next contest of the check, until all is forgotten. */
dcnn_case dcnn_proof_sharing_init(dcnn_proof_sharing *s, dcnn_proof_footprints *f);
void dcnn_proof_sharing_clear(dcnn_proof_sharing *s);

/* Sets the rests of the ends of all charts to what else is to be paid. Closed when nothing is below the gap. */
dcnn_case dcnn_proof_sharing_refine(dcnn_proof_sharing *s, dcnn_proof_chart *charts);

/* Drops what is of no use, now that the charts have been pruned. */
dcnn_case dcnn_proof_sharing_prune(dcnn_proof_sharing *s, const dcnn_proof_chart *charts);

/* --- columns along a chart (proof_along.c) --- */

/* Finds all columns of CNN c that cost less than limit, with what others then pay: labels from *first on, but for those
 * that are dominated. */
dcnn_case dcnn_proof_search_along(dcnn_proof_check *p, int c, int64_t limit, const dcnn_proof_chart *chart, int *first);

/* --- stage by stage (proof_contest.c) --- */

typedef struct {
    dcnn_proof_footprints footprints;
    dcnn_proof_chart *charts; /* [cnn_count] */
    dcnn_proof_sharing sharing;
} dcnn_proof_contest;

/* Whether the node may name contested rows, and those. */
dcnn_case dcnn_proof_contest_allowed(dcnn_proof_check *p, const dcnn_proof_node *node);

/* Shares out the rows under the prices at hand, once leasts are known. To be cleared in any case. */
dcnn_case dcnn_proof_contest_run(dcnn_proof_contest *t, dcnn_proof_check *p, const dcnn_proof_node *node);
void dcnn_proof_contest_clear(dcnn_proof_contest *t);

#endif
