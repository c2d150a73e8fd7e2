/* proof_chart.c - all that chains of one CNN can leave on contested units: dynamic programming over the candidates of
 * its layers and the footprint so far. A chain is what proof_chain.c takes for one, but that no unit takes more than it
 * may of what is contested. Where a chain ends on a unit that is not contested, the cheapest such end does. */
#include "proof_contest.h"
#include <stdlib.h>

void dcnn_proof_chart_clear(dcnn_proof_chart *t)
{
    dcnn_proof_lattice_clear(&t->spots);
    dcnn_proof_lattice_clear(&t->guide);
    free(t->nearest);
    free(t->second_nearest);
    free(t->stays);
}

/* --- moves --- */

/* What leads on from a spot. */
typedef struct {
    const dcnn_proof_layer *layer, *to; /* layer NULL: the root */
    int candidate, slot;
    bool may_stay; /* it is the first layer of a run */
    const int64_t *row;
    int64_t cost, cost_second;
    uint64_t footprint;
    int leader;
} post;

static post post_at(const dcnn_proof_chart *t, const dcnn_proof_spot *spot, int level)
{
    const dcnn_proof_layer *to = &t->cnn->layers[level];
    post at = {.to = to,
               .slot = DCNN_PROOF_ROOT_SLOT,
               .cost = spot->cost,
               .cost_second = spot->cost_second,
               .footprint = spot->footprint,
               .leader = spot->leader};

    if (level == 0) return at;
    at.layer = to - 1;
    at.candidate = spot->place / 2;
    at.slot = at.layer->slot[at.candidate];
    at.may_stay = !t->cnn->single && spot->place % 2 == 0;
    at.row = at.layer->move + (size_t)at.candidate * (size_t)to->count;
    return at;
}

/* The cost of going on to candidate b: without moving as the second of a run. */
static int64_t cost_of(const post *at, int b, bool stays)
{
    return dcnn_proof_clamp(at->to->priced[b] + (stays || !at->row ? 0 : at->row[b]));
}

/* The least until a candidate that comes next, on that slot: not straight back to where the spot was reached from. */
static int64_t cost_until(const post *at, int slot)
{
    return slot == at->leader ? at->cost_second : at->cost;
}

/* The candidate of the next layer on the same unit when it bears both, or -1. */
static int stay_at(const dcnn_proof_check *p, const dcnn_proof_layer *layer, int a)
{
    int b = layer->next[a], slot = layer->slot[a];
    dcnn_proof_load load = {0};

    if (b < 0 || !dcnn_proof_is_left(layer + 1, b)) return -1;
    (void)dcnn_proof_bear(layer, layer->layer, &p->capacity[slot], &load);
    return dcnn_proof_bear(layer + 1, layer->layer, &p->capacity[slot], &load) ? b : -1;
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

/* --- ends --- */

/* An end of a chain. */
typedef struct {
    int slot;
    int64_t cost; /* of going there */
} way;

/* The two cheapest ends of a chain on units that are not contested, from candidate a; NULL: there is one layer. */
static void find_nearest(dcnn_proof_chart *t, const dcnn_proof_layer *layer, int a)
{
    const dcnn_proof_layer *last = &t->cnn->layers[t->cnn->layer_count - 1];
    const int64_t *row = layer ? layer->move + (size_t)a * (size_t)last->count : NULL;
    int64_t best = DCNN_PROOF_FAR, second = DCNN_PROOF_FAR;

    t->nearest[a] = t->second_nearest[a] = -1;
    for (int k = 0; k < last->live; k++) {
        int b = last->list[k];
        int64_t cost = last->priced[b] + (row ? row[b] : 0);
        if (t->footprints->bit[last->slot[b]] || cost >= second) continue;
        if (cost < best) {
            second = best;
            best = cost;
            t->second_nearest[a] = t->nearest[a];
            t->nearest[a] = b;
        } else {
            second = cost;
            t->second_nearest[a] = b;
        }
    }
    t->stays[a] = layer && !t->cnn->single ? stay_at(t->footprints->p, layer, a) : -1;
}

static void find_ends(dcnn_proof_chart *t)
{
    const dcnn_proof_layer *last = &t->cnn->layers[t->cnn->layer_count - 1], *before = last - 1;

    for (int k = 0; k < DCNN_PROOF_CONTESTED_MAX; k++) t->end_of[k] = -1;
    for (int k = 0; k < last->live; k++) {
        uint64_t bit = t->footprints->bit[last->slot[last->list[k]]];
        if (bit) t->end_of[__builtin_ctzll(bit)] = last->list[k];
    }
    if (t->cnn->layer_count == 1) find_nearest(t, NULL, 0);
    for (int k = 0; t->cnn->layer_count > 1 && k < before->live; k++) find_nearest(t, before, before->list[k]);
}

/* The way to end on a contested unit; 0 when there is none. */
static int way_to_unit(const dcnn_proof_chart *t, const post *at, int unit, way *w)
{
    int b = t->end_of[unit];
    bool stays;

    if (b < 0) return 0;
    w->slot = at->to->slot[b];
    stays = w->slot == at->slot;
    if (stays && (!at->may_stay || t->stays[at->candidate] != b)) return 0;
    w->cost = cost_of(at, b, stays);
    return 1;
}

/* The ways to end elsewhere. */
static int ways_elsewhere(const dcnn_proof_chart *t, const post *at, way *ways)
{
    int a = at->candidate, count = 0, near[2] = {t->nearest[a], t->second_nearest[a]};

    for (int k = 0; k < 2; k++)
        if (near[k] >= 0) ways[count++] = (way){at->to->slot[near[k]], cost_of(at, near[k], false)};
    if (at->may_stay && t->stays[a] >= 0 && !t->footprints->bit[at->slot])
        ways[count++] = (way){at->slot, cost_of(at, t->stays[a], true)};
    return count;
}

/* All ways that matter to an end with that footprint. */
static int ways_to(const dcnn_proof_chart *t, const post *at, uint64_t footprint, way ways[3])
{
    uint64_t more = footprint ^ at->footprint;

    if (more == 0) return ways_elsewhere(t, at, ways);
    return way_to_unit(t, at, dcnn_proof_footprint_unit(t->footprints->per_unit, more), ways);
}

/* The least of a chain through the spot to an end with that footprint. */
static int64_t cost_to_end(const dcnn_proof_chart *t, const post *at, uint64_t footprint)
{
    way ways[3];
    int count = ways_to(t, at, footprint, ways);
    int64_t least = DCNN_PROOF_FAR;

    for (int k = 0; k < count; k++) {
        int64_t cost = cost_until(at, ways[k].slot) + ways[k].cost;
        if (cost < least) least = cost;
    }
    return least;
}

/* --- forward: all spots, with the least until them --- */

static dcnn_case end_with(dcnn_proof_chart *t, const post *at, uint64_t footprint, int coarse, int64_t rest)
{
    dcnn_proof_check *p = t->footprints->p;
    int64_t cost = cost_to_end(t, at, footprint);
    dcnn_case state;
    int k;

    if (cost + rest >= t->limit) return DCNN_CASE_OPEN;
    if ((state = dcnn_proof_lattice_reach(p, &t->spots, footprint, coarse, &k))) return state;
    if (cost < t->spots.spots[k].cost) t->spots.spots[k].cost = cost;
    return dcnn_proof_lattice_step(p, &t->spots, k, -1);
}

/* All ends that were one in the stage before, when it had that footprint. */
static dcnn_case end_as(dcnn_proof_chart *t, const post *at, uint64_t footprint, int coarse, int64_t rest)
{
    const dcnn_proof_footprints *f = t->footprints;
    uint64_t more = footprint ^ (at->footprint & t->guide_bits), firsts = f->bits & ~t->guide_bits;
    dcnn_case state;

    if (more) return end_with(t, at, at->footprint | more, coarse, rest);
    if (f->per_unit == 2) firsts &= 0xFFFFFFFFu;
    state = end_with(t, at, at->footprint, coarse, rest);
    for (; firsts != 0 && !state; firsts &= firsts - 1) {
        uint64_t with = at->footprint;
        if (dcnn_proof_footprint_add(f->per_unit, &with, firsts & (~firsts + 1)))
            state = end_with(t, at, with, coarse, rest);
    }
    return state;
}

static dcnn_case reach(dcnn_proof_chart *t, const post *at, uint64_t footprint, int coarse, int place, int64_t cost)
{
    dcnn_proof_check *p = t->footprints->p;
    dcnn_proof_spot *spot;
    dcnn_case state;
    int k;

    if ((state = dcnn_proof_lattice_reach(p, &t->spots, footprint, coarse, &k))) return state;
    spot = &t->spots.spots[k];
    spot->place = place;
    improve(&spot->cost, &spot->cost_second, &spot->leader, cost, t->cnn->single ? at->slot : -1);
    return dcnn_proof_lattice_step(p, &t->spots, k, -1);
}

/* All steps that the stage before allows, to another layer's candidates. */
static dcnn_case go_on(dcnn_proof_chart *t, const post *at, int coarse)
{
    const dcnn_proof_lattice *guide = &t->guide;
    int end = dcnn_proof_lattice_step_end(guide, coarse);
    dcnn_case state = DCNN_CASE_OPEN;

    for (int e = guide->spots[coarse].step; e < end && !state; e++) {
        const dcnn_proof_spot *next = &guide->spots[guide->steps[e]];
        int b = next->place / 2, slot = at->to->slot[b];
        int64_t cost = cost_until(at, slot) + cost_of(at, b, next->place % 2);
        uint64_t footprint = at->footprint;
        if (cost + dcnn_proof_spot_rest(next, at->slot) >= t->limit) continue;
        if (dcnn_proof_footprint_add(t->footprints->per_unit, &footprint, t->footprints->bit[slot]))
            state = reach(t, at, footprint, guide->steps[e], next->place, cost);
    }
    return state;
}

static dcnn_case end_all(dcnn_proof_chart *t, const post *at, int coarse)
{
    const dcnn_proof_lattice *guide = &t->guide;
    int end = dcnn_proof_lattice_step_end(guide, coarse);
    dcnn_case state = DCNN_CASE_OPEN;

    for (int e = guide->spots[coarse].step; e < end && !state; e++) {
        const dcnn_proof_spot *next = &guide->spots[guide->steps[e]];
        state = end_as(t, at, next->footprint, guide->steps[e], next->rest);
    }
    return state;
}

/* All steps to the next layer, when there is no stage before; what it may go on to is bounded by tables. */
static dcnn_case go_anywhere(dcnn_proof_chart *t, const post *at)
{
    const dcnn_proof_layer *to = at->to;
    const dcnn_proof_table *table = &to->tables[DCNN_MEASURE_PRICED];
    int stay = at->may_stay ? stay_at(t->footprints->p, at->layer, at->candidate) : -1;
    dcnn_case state = DCNN_CASE_OPEN;

    for (int k = 0; k < to->live && !state; k++) {
        int b = to->list[k];
        int64_t until = cost_until(at, to->slot[b]);
        if (at->row && at->row[b] >= t->limit) continue;
        if (until + (at->row ? at->row[b] : 0) + table->rest[b] < t->limit)
            state = reach(t, at, 0, 2 * b, 2 * b, until + cost_of(at, b, false));
    }
    if (!state && stay >= 0) state = reach(t, at, 0, 2 * stay + 1, 2 * stay + 1, at->cost + cost_of(at, stay, true));
    return state;
}

/* first: there is no stage before. */
static dcnn_case leave(dcnn_proof_chart *t, int k, int level, bool first)
{
    const dcnn_proof_spot *spot = &t->spots.spots[k];
    const post at = post_at(t, spot, level);
    bool ends = level + 1 == t->cnn->layer_count;
    int coarse = spot->coarse;

    t->spots.spots[k].step = (int)t->spots.step_count;
    if (first) return ends ? end_with(t, &at, 0, 0, 0) : go_anywhere(t, &at);
    return ends ? end_all(t, &at, coarse) : go_on(t, &at, coarse);
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

static void sum_up(dcnn_proof_chart *t, int k, int level)
{
    dcnn_proof_lattice *l = &t->spots;
    dcnn_proof_spot *spot = &l->spots[k];
    const post at = post_at(t, spot, level);
    bool ends = level + 1 == t->cnn->layer_count, single = t->cnn->single;
    int end = dcnn_proof_lattice_step_end(l, k);

    for (int e = spot->step; e < end; e++) {
        const dcnn_proof_spot *next = &l->spots[l->steps[e]];
        way ways[3];
        int count = ends ? ways_to(t, &at, next->footprint, ways) : 1;
        int64_t rest = ends ? next->rest : dcnn_proof_spot_rest(next, at.slot);
        if (!ends) ways[0] = (way){at.to->slot[next->place / 2], cost_of(&at, next->place / 2, next->place % 2)};
        for (int n = 0; n < count; n++)
            improve(&spot->rest, &spot->rest_second, &spot->follower, dcnn_proof_clamp(ways[n].cost + rest),
                    single ? ways[n].slot : -1);
    }
}

/* Marks what the steps of a spot lead to below the limit, and strikes out the others. */
static void mark(dcnn_proof_chart *t, int k, int level, bool *kept)
{
    dcnn_proof_lattice *l = &t->spots;
    const dcnn_proof_spot *spot = &l->spots[k];
    const post at = post_at(t, spot, level);
    bool ends = level + 1 == t->cnn->layer_count;
    int end = dcnn_proof_lattice_step_end(l, k);

    for (int e = spot->step; e < end; e++) {
        const dcnn_proof_spot *next = &l->spots[l->steps[e]];
        int b = next->place / 2;
        int64_t cost = ends ? cost_to_end(t, &at, next->footprint) + next->rest
                            : cost_until(&at, at.to->slot[b]) + cost_of(&at, b, next->place % 2) +
                                  dcnn_proof_spot_rest(next, at.slot);
        if (cost < t->limit)
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
    size_t posts = cnn->layer_count > 1 ? (size_t)cnn->layers[cnn->layer_count - 2].count : 1;
    dcnn_case state;

    *t = (dcnn_proof_chart){.footprints = f, .cnn = cnn, .limit = cnn->least + f->gap - f->cut_gap};
    t->nearest = dcnn_take(posts, sizeof *t->nearest);
    t->second_nearest = dcnn_take(posts, sizeof *t->second_nearest);
    t->stays = dcnn_take(posts, sizeof *t->stays);
    if (!t->nearest || !t->second_nearest || !t->stays) return dcnn_proof_lost(f->p);
    find_ends(t);
    if ((state = go_forward(t, true))) return state;
    t->limit += f->cut_gap;
    t->spots.spots[dcnn_proof_chart_ends(t)].rest = f->cut_gap;
    return dcnn_proof_chart_prune(t);
}

dcnn_case dcnn_proof_chart_refine(dcnn_proof_chart *t)
{
    dcnn_proof_lattice_clear(&t->guide);
    t->guide = t->spots;
    t->guide_bits = t->bits;
    t->spots = (dcnn_proof_lattice){0};
    t->bits = t->footprints->bits;
    find_ends(t);
    return go_forward(t, false);
}
