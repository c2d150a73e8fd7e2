/* proof_ends.c - how chains end: on a candidate of the last layer that takes something of contested rows, or on one of
 * those that take nothing. Of these, which stand for one another, the cheapest do. */
#include "proof_chart.h"
#include <stdlib.h>

void dcnn_proof_ends_clear(dcnn_proof_ends *ends)
{
    free(ends->nearest);
    free(ends->second_nearest);
    free(ends->newcomers);
    *ends = (dcnn_proof_ends){0};
}

dcnn_case dcnn_proof_ends_init(dcnn_proof_chart *t)
{
    int layers = t->cnn->layer_count;
    size_t posts = layers > 1 ? (size_t)t->cnn->layers[layers - 2].count : 1;
    dcnn_proof_ends *ends = &t->ends;

    ends->nearest = dcnn_take(posts, sizeof *ends->nearest);
    ends->second_nearest = dcnn_take(posts, sizeof *ends->second_nearest);
    ends->newcomers = dcnn_take((size_t)t->cnn->layers[layers - 1].count, sizeof *ends->newcomers);
    return ends->nearest && ends->second_nearest && ends->newcomers ? DCNN_CASE_OPEN
                                                                    : dcnn_proof_lost(t->footprints->p);
}

static const dcnn_proof_layer *last_layer(const dcnn_proof_chart *t)
{
    return &t->cnn->layers[t->cnn->layer_count - 1];
}

/* --- what there is --- */

/* The two cheapest candidates that take nothing, from candidate a of the layer before; NULL: there is none. */
static void find_nearest(dcnn_proof_chart *t, const dcnn_proof_layer *layer, int a)
{
    const dcnn_proof_layer *last = last_layer(t);
    const dcnn_proof_place *places = t->places.places + t->places.first[last->layer];
    const int64_t *row = layer ? layer->move + (size_t)a * (size_t)last->count : NULL;
    int64_t best = DCNN_PROOF_FAR, second = DCNN_PROOF_FAR;
    int *nearest = &t->ends.nearest[a], *second_nearest = &t->ends.second_nearest[a];

    *nearest = *second_nearest = -1;
    for (int k = 0; k < last->live; k++) {
        int b = last->list[k];
        int64_t cost = last->priced[b] + (row ? row[b] : 0);
        if (places[k].takes || cost >= second) continue;
        if (cost < best) {
            second = best;
            best = cost;
            *second_nearest = *nearest;
            *nearest = b;
        } else {
            second = cost;
            *second_nearest = b;
        }
    }
}

/* The candidates that take something, by the bits of the rows of their units. */
static void find_takers(dcnn_proof_chart *t)
{
    const dcnn_proof_footprints *f = t->footprints;
    const dcnn_proof_layer *last = last_layer(t);

    for (int k = 0; k < DCNN_PROOF_FOOTPRINT_BITS; k++) t->ends.of[k] = -1;
    t->ends.newcomer_count = 0;
    for (int k = 0; k < last->live; k++) {
        int b = last->list[k];
        dcnn_proof_footprint takes = dcnn_proof_taken_by_end(t, b);
        if (takes && !(takes & f->earlier)) t->ends.newcomers[t->ends.newcomer_count++] = b;
        for (int n = f->head[last->slot[b]]; n >= 0; n = f->rows[n].next)
            for (int bit = 0; bit < f->rows[n].bits; bit++) t->ends.of[f->rows[n].shift + bit] = b;
    }
}

void dcnn_proof_ends_find(dcnn_proof_chart *t)
{
    const dcnn_proof_layer *from = t->cnn->layer_count > 1 ? last_layer(t) - 1 : NULL;

    find_takers(t);
    if (!from) find_nearest(t, NULL, 0);
    for (int k = 0; from && k < from->live; k++) find_nearest(t, from, from->list[k]);
    t->footprints->p->work_left -= 2 * (int64_t)last_layer(t)->live * (from ? from->live : 1);
}

/* --- from a spot --- */

/* The way to end on a candidate that takes something; 0 when there is none. */
static int way_to_taker(const dcnn_proof_post *at, int b, dcnn_proof_way *way)
{
    int slot = at->to->slot[b];

    if (slot == at->slot && at->stay < 0) return 0;
    *way = (dcnn_proof_way){slot, dcnn_proof_cost_of(at, b)};
    return 1;
}

/* The ways to end elsewhere. */
static int ways_elsewhere(const dcnn_proof_chart *t, const dcnn_proof_post *at, dcnn_proof_way *ways)
{
    int near[2] = {t->ends.nearest[at->candidate], t->ends.second_nearest[at->candidate]}, count = 0;

    for (int k = 0; k < 2; k++)
        if (near[k] >= 0) ways[count++] = (dcnn_proof_way){at->to->slot[near[k]], dcnn_proof_cost_of(at, near[k])};
    if (at->stay >= 0 && !t->places.places[at->stay].takes)
        ways[count++] = (dcnn_proof_way){at->slot, at->to->priced[t->places.places[at->stay].candidate]};
    return count;
}

int dcnn_proof_ways_to(const dcnn_proof_chart *t, const dcnn_proof_post *at, int b,
                       dcnn_proof_way ways[DCNN_PROOF_WAYS_MAX])
{
    return b < 0 ? ways_elsewhere(t, at, ways) : way_to_taker(at, b, ways);
}

int64_t dcnn_proof_least_way(const dcnn_proof_post *at, const dcnn_proof_way *ways, int count)
{
    int64_t least = DCNN_PROOF_FAR;

    for (int k = 0; k < count; k++) {
        int64_t cost = dcnn_proof_cost_until(at, ways[k].slot) + ways[k].cost;
        if (cost < least) least = cost;
    }
    return least;
}

int64_t dcnn_proof_cost_to_end(const dcnn_proof_chart *t, const dcnn_proof_post *at, int b)
{
    dcnn_proof_way ways[DCNN_PROOF_WAYS_MAX];

    return dcnn_proof_least_way(at, ways, dcnn_proof_ways_to(t, at, b, ways));
}
