/* proof_chart.c - all that chains of one CNN can leave on contested rows: dynamic programming over the places of its
 * layers and the footprint so far. A chain is what proof_chain.c takes for one, but that it takes no more of a
 * contested row than there is. */
#include "proof_chart.h"
#include <stdlib.h>

void dcnn_proof_chart_clear(dcnn_proof_chart *t)
{
    dcnn_proof_places_clear(&t->places);
    dcnn_proof_ends_clear(&t->ends);
    dcnn_proof_lattice_clear(&t->spots);
    dcnn_proof_lattice_clear(&t->guide);
}

static dcnn_proof_post post_at(const dcnn_proof_chart *t, const dcnn_proof_spot *spot, int level)
{
    dcnn_proof_post at = {.to = &t->cnn->layers[level],
                          .slot = DCNN_PROOF_ROOT_SLOT,
                          .stay = -1,
                          .cost = spot->cost,
                          .cost_second = spot->cost_second,
                          .footprint = spot->footprint,
                          .leader = spot->leader};

    if (level > 0) {
        const dcnn_proof_place *place = &t->places.places[spot->place];
        at.candidate = place->candidate;
        at.slot = place->slot;
        at.stay = place->stay;
        at.row = at.to[-1].move + (size_t)place->candidate * (size_t)at.to->count;
    }
    return at;
}

/* Keeps the least of all and that of another slot than it has; negative slots tell nothing apart. */
static void improve(int64_t *least, int64_t *second, int32_t *of, int64_t cost, int slot)
{
    if (slot == *of) {
        if (cost < *least) *least = cost;
    } else if (cost < *least) {
        *second = *least;
        *least = cost;
        *of = slot;
    } else if (cost < *second) {
        *second = cost;
    }
}

/* --- forward: all spots, with the least until them --- */

/* coarse: the end in the stage before, from which so much was left to pay. */
static dcnn_case end_on(dcnn_proof_chart *t, const dcnn_proof_post *at, int b, int coarse, int64_t rest)
{
    dcnn_proof_check *p = t->footprints->p;
    int64_t cost = dcnn_proof_cost_to_end(t, at, b);
    dcnn_proof_footprint footprint = at->footprint + (b < 0 ? 0 : dcnn_proof_taken_by_end(t, b));
    dcnn_case state;
    int k;

    if (cost + rest >= t->limit || !dcnn_proof_footprint_fits(t->footprints, footprint)) return DCNN_CASE_OPEN;
    if ((state = dcnn_proof_lattice_reach(p, &t->spots, footprint, coarse, &k))) return state;
    if (cost < t->spots.spots[k].cost) t->spots.spots[k].cost = cost;
    return dcnn_proof_lattice_step(p, &t->spots, k);
}

/* All ends that were one in the stage before. */
static dcnn_case end_as(dcnn_proof_chart *t, const dcnn_proof_post *at, dcnn_proof_footprint taken_before, int coarse)
{
    int64_t rest = t->guide.spots[coarse].rest;
    int b = dcnn_proof_end_that_takes(t, taken_before);
    dcnn_case state = end_on(t, at, b, coarse, rest);

    for (int k = 0; b < 0 && k < t->ends.newcomer_count && !state; k++)
        state = end_on(t, at, t->ends.newcomers[k], coarse, rest);
    return state;
}

static dcnn_case reach(dcnn_proof_chart *t, const dcnn_proof_post *at, dcnn_proof_footprint footprint, int coarse,
                       int place, int64_t cost)
{
    dcnn_proof_check *p = t->footprints->p;
    dcnn_proof_spot *spot;
    dcnn_case state;
    int k;

    if ((state = dcnn_proof_lattice_reach(p, &t->spots, footprint, coarse, &k))) return state;
    spot = &t->spots.spots[k];
    spot->place = place;
    improve(&spot->cost, &spot->cost_second, &spot->leader, cost, t->cnn->single ? at->slot : -1);
    return dcnn_proof_lattice_step(p, &t->spots, k);
}

/* To a place of another layer, as a spot of the stage before was reached. */
static dcnn_case go_as(dcnn_proof_chart *t, const dcnn_proof_post *at, int coarse)
{
    const dcnn_proof_spot *next = &t->guide.spots[coarse];
    const dcnn_proof_place *place = &t->places.places[next->place];
    int64_t cost = dcnn_proof_cost_until(at, place->slot) + dcnn_proof_cost_of(at, place->candidate);
    dcnn_proof_footprint footprint = at->footprint + place->takes;

    if (cost + dcnn_proof_spot_rest(next, at->slot) >= t->limit) return DCNN_CASE_OPEN;
    if (!dcnn_proof_footprint_fits(t->footprints, footprint)) return DCNN_CASE_OPEN;
    return reach(t, at, footprint, coarse, next->place, cost);
}

/* All steps that the stage before allows from that spot of its. */
static dcnn_case go_on(dcnn_proof_chart *t, const dcnn_proof_post *at, int coarse, bool ends)
{
    const dcnn_proof_lattice *guide = &t->guide;
    const dcnn_proof_spot *from = &guide->spots[coarse];
    int end = dcnn_proof_lattice_step_end(guide, coarse);
    dcnn_case state = DCNN_CASE_OPEN;

    if (!dcnn_proof_work(t->footprints->p, 2 * (int64_t)(end - from->step)))
        return dcnn_proof_too_long(t->footprints->p);
    for (int e = from->step; e < end && !state; e++) {
        int to = guide->steps[e];
        state = ends ? end_as(t, at, guide->spots[to].footprint - from->footprint, to) : go_as(t, at, to);
    }
    return state;
}

/* All steps to the next layer, when there is no stage before; what it may go on to is bounded by tables. There are no
 * footprints yet: places are told apart instead. */
static dcnn_case go_anywhere(dcnn_proof_chart *t, const dcnn_proof_post *at)
{
    const dcnn_proof_layer *to = at->to;
    const dcnn_proof_table *table = &to->tables[DCNN_MEASURE_PRICED];
    dcnn_case state = DCNN_CASE_OPEN;

    if (!dcnn_proof_work(t->footprints->p, 2 * (int64_t)to->live)) return dcnn_proof_too_long(t->footprints->p);
    for (int k = 0; k < to->live && !state; k++) {
        int b = to->list[k], place = t->places.first[to->layer] + k;
        int64_t until = dcnn_proof_cost_until(at, to->slot[b]);
        if (at->row && at->row[b] >= t->limit) continue;
        if (until + (at->row ? at->row[b] : 0) + table->rest[b] < t->limit)
            state = reach(t, at, 0, place, place, until + dcnn_proof_cost_of(at, b));
    }
    if (!state && at->stay >= 0) {
        int64_t cost = at->cost + dcnn_proof_cost_of(at, t->places.places[at->stay].candidate);
        if (cost < t->limit) state = reach(t, at, 0, at->stay, at->stay, cost);
    }
    return state;
}

/* first: there is no stage before. */
static dcnn_case leave(dcnn_proof_chart *t, int k, int level, bool first)
{
    const dcnn_proof_spot *spot = &t->spots.spots[k];
    const dcnn_proof_post at = post_at(t, spot, level);
    bool ends = level + 1 == t->cnn->layer_count;
    int coarse = spot->coarse;

    t->spots.spots[k].step = (int)t->spots.step_count;
    if (first) return ends ? end_on(t, &at, -1, 0, 0) : go_anywhere(t, &at);
    return go_on(t, &at, coarse, ends);
}

static dcnn_case go_forward(dcnn_proof_chart *t, bool first)
{
    dcnn_proof_check *p = t->footprints->p;
    dcnn_proof_lattice *l = &t->spots;
    dcnn_case state = dcnn_proof_lattice_open(p, l, t->cnn->layer_count + 2);

    if (state) return state;
    l->spots[0].cost = 0;
    l->spots[0].cost_second = 0;
    for (int level = 0; level <= t->cnn->layer_count && !state; level++) {
        int begin = l->level[level], end = (int)l->count;
        size_t before = l->step_count;
        if (level == t->cnn->layer_count) {
            for (int k = begin; k < end; k++) l->spots[k].step = (int)l->step_count;
            l->level[level + 1] = end;
            return end > begin ? DCNN_CASE_OPEN : DCNN_CASE_CLOSED;
        }
        state = dcnn_proof_lattice_next_level(p, l);
        for (int k = begin; k < end && !state; k++) state = leave(t, k, level, first);
        if (!dcnn_proof_work(p, 20 * (end - begin) + 40 * (int64_t)(l->step_count - before)))
            return state ? state : dcnn_proof_too_long(p);
    }
    return state;
}

/* --- backward: what is left to pay from each spot on, and what is of no use --- */

/* The ways that matter of taking a step, and what is left to pay after each. */
static int ways_through(const dcnn_proof_chart *t, const dcnn_proof_post *at, const dcnn_proof_spot *next, bool ends,
                        dcnn_proof_way ways[DCNN_PROOF_WAYS_MAX], int64_t *rest)
{
    const dcnn_proof_place *place;

    *rest = ends ? next->rest : dcnn_proof_spot_rest(next, at->slot);
    if (ends) return dcnn_proof_ways_to(t, at, dcnn_proof_end_that_takes(t, next->footprint - at->footprint), ways);
    place = &t->places.places[next->place];
    ways[0] = (dcnn_proof_way){place->slot, dcnn_proof_cost_of(at, place->candidate)};
    return 1;
}

static void sum_up(dcnn_proof_chart *t, int k, int level)
{
    dcnn_proof_lattice *l = &t->spots;
    dcnn_proof_spot *spot = &l->spots[k];
    const dcnn_proof_post at = post_at(t, spot, level);
    bool ends = level + 1 == t->cnn->layer_count, single = t->cnn->single;
    int end = dcnn_proof_lattice_step_end(l, k);

    for (int e = spot->step; e < end; e++) {
        dcnn_proof_way ways[DCNN_PROOF_WAYS_MAX];
        int64_t rest;
        int count = ways_through(t, &at, &l->spots[l->steps[e]], ends, ways, &rest);
        for (int n = 0; n < count; n++)
            improve(&spot->rest, &spot->rest_second, &spot->follower, dcnn_proof_clamp(ways[n].cost + rest),
                    single ? ways[n].slot : -1);
    }
}

/* The least of all that goes on through a step. */
static int64_t least_through(const dcnn_proof_chart *t, const dcnn_proof_post *at, const dcnn_proof_spot *next,
                             bool ends)
{
    dcnn_proof_way ways[DCNN_PROOF_WAYS_MAX];
    int64_t rest;
    int count = ways_through(t, at, next, ends, ways, &rest);

    return dcnn_proof_least_way(at, ways, count) + rest;
}

/* Marks what the steps of a spot lead to below the limit, and strikes out the others. */
static void mark(dcnn_proof_chart *t, int k, int level, bool *kept)
{
    dcnn_proof_lattice *l = &t->spots;
    const dcnn_proof_post at = post_at(t, &l->spots[k], level);
    bool ends = level + 1 == t->cnn->layer_count;
    int end = dcnn_proof_lattice_step_end(l, k);

    for (int e = l->spots[k].step; e < end; e++) {
        if (least_through(t, &at, &l->spots[l->steps[e]], ends) < t->limit)
            kept[l->steps[e]] = true;
        else
            l->steps[e] = -1;
    }
}

dcnn_case dcnn_proof_chart_prune(dcnn_proof_chart *t)
{
    dcnn_proof_check *p = t->footprints->p;
    dcnn_proof_lattice *l = &t->spots;
    bool *kept = dcnn_take(l->count, sizeof *kept);
    dcnn_case state;

    if (!kept) return dcnn_proof_lost(p);
    kept[0] = true;
    for (int level = t->cnn->layer_count - 1; level >= 0; level--)
        for (int k = l->level[level]; k < l->level[level + 1]; k++) sum_up(t, k, level);
    for (int level = 0; level < t->cnn->layer_count; level++)
        for (int k = l->level[level]; k < l->level[level + 1]; k++)
            if (kept[k]) mark(t, k, level, kept);
    state = dcnn_proof_lattice_keep(p, l, kept);
    free(kept);
    if (state) return state;
    return dcnn_proof_work(p, 20 * (int64_t)(l->count + l->step_count)) ? DCNN_CASE_OPEN : dcnn_proof_too_long(p);
}

/* --- stages --- */

dcnn_case dcnn_proof_chart_init(dcnn_proof_chart *t, dcnn_proof_footprints *f, int c)
{
    const dcnn_proof_cnn *cnn = &f->p->cnns[c];
    dcnn_case state;

    *t = (dcnn_proof_chart){.footprints = f, .cnn = cnn, .limit = cnn->least + f->gap - f->cut_gap};
    state = dcnn_proof_places_init(&t->places, f->p, cnn);
    if (!state) state = dcnn_proof_ends_init(t);
    if (state) return state;
    dcnn_proof_ends_find(t);
    if ((state = go_forward(t, true))) return state;
    t->limit += f->cut_gap;
    t->spots.spots[dcnn_proof_chart_first_end(t)].rest = f->cut_gap;
    return dcnn_proof_chart_prune(t);
}

dcnn_case dcnn_proof_chart_refine(dcnn_proof_chart *t)
{
    dcnn_proof_lattice_clear(&t->guide);
    t->guide = t->spots;
    t->spots = (dcnn_proof_lattice){0};
    dcnn_proof_places_take_up(&t->places, t->footprints, t->cnn);
    dcnn_proof_ends_find(t);
    return go_forward(t, false);
}
