/* proof_chart.h - what leads on from a spot of a chart. Private to proof_chart.c and proof_ends.c. */
#ifndef DCNN_CHECK_PROOF_CHART_H
#define DCNN_CHECK_PROOF_CHART_H

#include "proof_contest.h"

/* A spot, and the layer that comes next. */
typedef struct {
    const dcnn_proof_layer *to;
    int candidate, slot; /* of the layer before; where there is none, 0 and the slot of the root */
    int stay;            /* the place where the run goes on; -1 = none */
    const int64_t *row;  /* of moves; NULL: there is no layer before */
    int64_t cost, cost_second;
    dcnn_proof_footprint footprint;
    int leader;
} dcnn_proof_post;

/* The cost of going on to candidate b: without moving when the run goes on. */
static inline int64_t dcnn_proof_cost_of(const dcnn_proof_post *at, int b)
{
    return dcnn_proof_clamp(at->to->priced[b] + (!at->row || at->to->slot[b] == at->slot ? 0 : at->row[b]));
}

/* The least until a candidate that comes next, on that slot: not straight back to where the spot was reached from. */
static inline int64_t dcnn_proof_cost_until(const dcnn_proof_post *at, int slot)
{
    return slot == at->leader ? at->cost_second : at->cost;
}

/* --- ends of chains (proof_ends.c) --- */

enum { DCNN_PROOF_WAYS_MAX = 3 };

/* An end of a chain. */
typedef struct {
    int slot;
    int64_t cost; /* of going there */
} dcnn_proof_way;

dcnn_case dcnn_proof_ends_init(dcnn_proof_chart *t);
void dcnn_proof_ends_clear(dcnn_proof_ends *ends);

/* Looks for them anew, now that more rows are taken up. */
void dcnn_proof_ends_find(dcnn_proof_chart *t);

/* All ways that matter to end on candidate b, or where that is -1 on any that takes nothing. */
int dcnn_proof_ways_to(const dcnn_proof_chart *t, const dcnn_proof_post *at, int b,
                       dcnn_proof_way ways[DCNN_PROOF_WAYS_MAX]);

/* The least of a chain through the spot that goes on in one of these ways; far when there is none. */
int64_t dcnn_proof_least_way(const dcnn_proof_post *at, const dcnn_proof_way *ways, int count);

/* The same where it ends on candidate b, or on any that takes nothing. */
int64_t dcnn_proof_cost_to_end(const dcnn_proof_chart *t, const dcnn_proof_post *at, int b);

#endif
