/* proof_contest.h - contested units, shared out among the CNNs before anything is listed; see Contested rows in
 * docs/certificate-format.md. Private to this folder.
 *
 * A footprint says how many layers are on each contested unit that was taken up so far, in one bit for each where a
 * unit takes one layer; where it takes two, in one of the lower half for the first and one of the upper for the second.
 *
 * What one stage has found guides the next (coarse-to-fine dynamic programming, Raphael, IEEE Trans. Pattern Analysis
 * and Machine Intelligence 23, 2001): without the bits of the units that a stage adds, its spots are spots of the stage
 * before. What led to nothing there is not tried again, and what was left to pay there bounds what is left now. */
#ifndef DCNN_CHECK_PROOF_CONTEST_H
#define DCNN_CHECK_PROOF_CONTEST_H

#include "proof.h"

enum {
    DCNN_PROOF_SPOTS_MAX = 1 << 20,
    DCNN_PROOF_SPOT_STEPS_MAX = 1 << 23,
    DCNN_PROOF_CONTESTED_MAX = 64,
    DCNN_PROOF_ROOT_SLOT = -2 /* where chains come from: no unit, and no follower */
};

/* --- what footprints cost (proof_footprint.c) --- */

/* Bits that a cut counts, each so many times. */
typedef struct {
    uint64_t bits;
    int64_t times;
} dcnn_proof_patch;

/* A cut as far as it is about contested units. */
typedef struct {
    int64_t price, divisor;
    int64_t spare; /* what is left of its capacities after division */
    int64_t most;  /* that footprints could take of it */
    int patch, patch_end;
} dcnn_proof_toll;

typedef struct {
    dcnn_proof_check *p;
    const dcnn_price_set *set;
    const dcnn_row_name *rows; /* in the order in which they are taken up */
    int unit_count;            /* taken up so far */
    int per_unit;              /* layers: 1 or 2 */
    uint64_t bits;             /* of all units that were taken up */
    uint64_t *bit;             /* [slot_count] of a unit's first layer; 0 = not taken up */
    int64_t *layer_price;      /* [units] what one layer is charged there */
    int64_t *unit_price;       /* [units] what the capacity is */
    dcnn_proof_toll *tolls;
    int toll_count;
    int *entries; /* [toll_count][cnn_count] how often a cut counts each CNN */
    dcnn_proof_patch *patches;
    size_t patch_count, patch_room;
    int64_t lambda;  /* with cuts */
    int64_t gap;     /* what all pay beyond their leasts stays below it in anything better, cuts and unpaid included */
    int64_t cut_gap; /* how much of it cuts have added */
} dcnn_proof_footprints;

/* Before any unit is taken up. To be cleared in any case. */
dcnn_case dcnn_proof_footprints_init(dcnn_proof_footprints *f, dcnn_proof_check *p, const dcnn_proof_node *node);
void dcnn_proof_footprints_clear(dcnn_proof_footprints *f);

/* Takes up so many units more. */
dcnn_case dcnn_proof_footprints_extend(dcnn_proof_footprints *f, int count);

/* What cuts charge CNN c for a footprint at least. */
int64_t dcnn_proof_toll_of(const dcnn_proof_footprints *f, int c, uint64_t footprint);

/* What all footprints together leave unpaid. */
int64_t dcnn_proof_unpaid(const dcnn_proof_footprints *f, uint64_t all);

/* One layer more on a unit (0: not a contested one); false when it takes no more. */
static inline bool dcnn_proof_footprint_add(int per_unit, uint64_t *footprint, uint64_t bit)
{
    if (*footprint & bit) {
        bit <<= 32;
        if (per_unit == 1 || *footprint & bit) return false;
    }
    *footprint |= bit;
    return true;
}

/* Two footprints together; false when they do not fit. */
static inline bool dcnn_proof_footprint_join(int per_unit, uint64_t *footprint, uint64_t other)
{
    uint64_t once = *footprint & 0xFFFFFFFFu & other;

    if (per_unit == 1) {
        if (*footprint & other) return false;
        *footprint |= other;
        return true;
    }
    if ((*footprint >> 32) & other || (other >> 32) & *footprint) return false;
    *footprint |= other | once << 32;
    return true;
}

/* Which of the units that were taken up the lowest of these bits is about. */
static inline int dcnn_proof_footprint_unit(int per_unit, uint64_t bits)
{
    int k = __builtin_ctzll(bits);

    return per_unit == 1 ? k : k % 32;
}

/* --- levels of spots, and steps from each level to the next (proof_lattice.c) --- */

typedef struct {
    uint64_t footprint;
    int64_t cost, cost_second; /* the least until here; of those that come from another unit than the leader */
    int64_t rest, rest_second; /* the least from here on; of those that go on to another unit than the follower */
    int32_t leader, follower;  /* slots; negative = none */
    int32_t place;             /* 2 * candidate, 1 more for the second layer of a run */
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
    int *by;    /* [step] which footprint was added, where unions are */
    size_t step_count, step_room, by_room;
    int *level; /* [level_count + 1] first spots */
    int level_count;
    int *heads; /* of spots of the latest level by their hash */
    int head_bits;
    size_t head_room;
} dcnn_proof_lattice;

/* One level with one spot, the root. */
dcnn_case dcnn_proof_lattice_open(dcnn_proof_check *p, dcnn_proof_lattice *l, int levels_max);
void dcnn_proof_lattice_clear(dcnn_proof_lattice *l);

dcnn_case dcnn_proof_lattice_next_level(dcnn_proof_check *p, dcnn_proof_lattice *l);

/* The spot of the latest level with that footprint and projection; a new one costs far. */
dcnn_case dcnn_proof_lattice_reach(dcnn_proof_check *p, dcnn_proof_lattice *l, uint64_t footprint, int coarse,
                                   int *spot);

/* A step to a spot from the one whose steps are the latest; by: < 0 where that is not kept. */
dcnn_case dcnn_proof_lattice_step(dcnn_proof_check *p, dcnn_proof_lattice *l, int to, int by);

/* Leaves the spots that are marked and those of their steps that are not struck out (-1). */
dcnn_case dcnn_proof_lattice_keep(dcnn_proof_check *p, dcnn_proof_lattice *l, const bool *kept);

static inline int dcnn_proof_lattice_step_end(const dcnn_proof_lattice *l, int spot)
{
    return (size_t)spot + 1 < l->count ? l->spots[spot + 1].step : (int)l->step_count;
}

/* --- chains of one CNN (proof_chart.c) --- */

/* Level 0 is the root, level j + 1 is layer j on its candidates, the last level all ends of chains by footprint. */
typedef struct dcnn_proof_chart {
    dcnn_proof_footprints *footprints;
    const dcnn_proof_cnn *cnn;
    dcnn_proof_lattice spots, guide;       /* of this stage and the one before */
    uint64_t bits, guide_bits;             /* of the units that were taken up by then */
    int64_t limit;                         /* what better chains stay below, with what others pay */
    int end_of[DCNN_PROOF_CONTESTED_MAX];  /* candidate of the last layer on a contested unit, or -1 */
    int *nearest, *second_nearest, *stays; /* [candidates of the last layer but one] how to end on no contested unit:
                                              the two cheapest candidates, and the same unit; -1 = none */
} dcnn_proof_chart;

/* Chains before any unit is contested, and what is left to pay. To be cleared in any case. */
dcnn_case dcnn_proof_chart_init(dcnn_proof_chart *t, dcnn_proof_footprints *f, int c);
void dcnn_proof_chart_clear(dcnn_proof_chart *t);

/* The same now that more units are taken up. Closed when no chain is left. */
dcnn_case dcnn_proof_chart_refine(dcnn_proof_chart *t);

/* Drops what has turned out to be of no use, now that the rests of the ends are known. */
dcnn_case dcnn_proof_chart_prune(dcnn_proof_chart *t);

/* The first of its ends. */
static inline int dcnn_proof_chart_ends(const dcnn_proof_chart *t)
{
    return t->spots.level[t->cnn->layer_count];
}

/* --- who takes what (proof_sharing.c) --- */

/* One footprint of a CNN. */
typedef struct {
    uint64_t footprint;
    int64_t excess;  /* what chains with it cost beyond the least of the CNN */
    int64_t regret;  /* the same, with cuts */
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
    dcnn_proof_lattice unions, guide;
    dcnn_proof_portions *portions; /* [cnn_count] */
    int *order;                    /* [cnn_count] in which CNNs take their footprints */
    bool ordered;                  /* that was chosen */
} dcnn_proof_sharing;

dcnn_case dcnn_proof_sharing_init(dcnn_proof_sharing *s, dcnn_proof_footprints *f);
void dcnn_proof_sharing_clear(dcnn_proof_sharing *s);

/* Sets the rests of the ends of all charts to what else is to be paid. Closed when nothing is below the gap. */
dcnn_case dcnn_proof_sharing_refine(dcnn_proof_sharing *s, dcnn_proof_chart *charts);

/* Drops what is of no use, now that the charts have been pruned. */
dcnn_case dcnn_proof_sharing_prune(dcnn_proof_sharing *s, const dcnn_proof_chart *charts);

/* --- stage by stage (proof_contest.c) --- */

typedef struct {
    dcnn_proof_footprints footprints;
    dcnn_proof_chart *charts; /* [cnn_count] */
    dcnn_proof_sharing sharing;
} dcnn_proof_contest;

/* Whether the node may name contested units, and those. */
dcnn_case dcnn_proof_contest_allowed(dcnn_proof_check *p, const dcnn_proof_node *node);

/* Shares out the units under the prices at hand, once leasts are known. To be cleared in any case. */
dcnn_case dcnn_proof_contest_run(dcnn_proof_contest *t, dcnn_proof_check *p, const dcnn_proof_node *node);
void dcnn_proof_contest_clear(dcnn_proof_contest *t);

#endif
