/* proof_places.c - where chains of one CNN can be, as far as that matters for how they go on: on which candidate, and
 * how many layers more the unit bears of the run that is there. */
#include "proof_contest.h"
#include <stdlib.h>

void dcnn_proof_places_clear(dcnn_proof_places *places)
{
    free(places->places);
    free(places->first);
    *places = (dcnn_proof_places){0};
}

static dcnn_case add(dcnn_proof_check *p, dcnn_proof_places *places, dcnn_proof_place added)
{
    dcnn_case state = dcnn_proof_reserve(p, (void **)&places->places, &places->room, places->count, sizeof added,
                                         DCNN_PROOF_SPOTS_MAX, "places of runs");

    if (state) return state;
    places->places[places->count++] = added;
    return DCNN_CASE_OPEN;
}

/* The last layer of the longest run that begins with candidate a. */
static int last_of_run(const dcnn_proof_check *p, const dcnn_proof_layer *layer, int a)
{
    const dcnn_proof_load *capacity = &p->capacity[layer->slot[a]];
    dcnn_proof_load load = {0};
    int first = layer->layer;

    (void)dcnn_proof_bear(layer, first, capacity, &load);
    while ((a = layer->next[a]) >= 0) {
        layer++;
        if (!dcnn_proof_is_left(layer, a) || !dcnn_proof_bear(layer, first, capacity, &load)) return layer->layer - 1;
    }
    return layer->layer;
}

static dcnn_case begin_runs(dcnn_proof_check *p, dcnn_proof_places *places, const dcnn_proof_layer *layer)
{
    dcnn_case state = DCNN_CASE_OPEN;

    for (int k = 0; k < layer->live && !state; k++) {
        int a = layer->list[k], until = last_of_run(p, layer, a);
        if (!dcnn_proof_work(p, 8 * (int64_t)(until - layer->layer + 1))) return dcnn_proof_too_long(p);
        state = add(p, places, (dcnn_proof_place){.candidate = a, .slot = layer->slot[a], .until = until, .stay = -1});
    }
    return state;
}

/* The places to which the runs that are in the layer before go on: where another begins, if that can go on as far. */
static dcnn_case continue_runs(dcnn_proof_check *p, dcnn_proof_places *places, const dcnn_proof_layer *layer)
{
    dcnn_case state = DCNN_CASE_OPEN;

    for (int k = places->first[layer->layer - 1]; k < places->first[layer->layer] && !state; k++) {
        dcnn_proof_place from = places->places[k];
        int b = layer[-1].next[from.candidate], begun;
        if (from.until < layer->layer) continue;
        begun = dcnn_proof_place_of(places, layer, b);
        if (places->places[begun].until == from.until) {
            places->places[k].stay = begun;
            continue;
        }
        places->places[k].stay = (int)places->count;
        state = add(p, places, (dcnn_proof_place){.candidate = b, .slot = from.slot, .until = from.until, .stay = -1});
    }
    return state;
}

dcnn_case dcnn_proof_places_init(dcnn_proof_places *places, dcnn_proof_check *p, const dcnn_proof_cnn *cnn)
{
    dcnn_case state = DCNN_CASE_OPEN;

    *places = (dcnn_proof_places){.first = dcnn_take((size_t)cnn->layer_count + 1, sizeof *places->first)};
    if (!places->first) return dcnn_proof_lost(p);
    for (int j = 0; j < cnn->layer_count && !state; j++) {
        places->first[j] = (int)places->count;
        state = begin_runs(p, places, &cnn->layers[j]);
        if (!state && j > 0) state = continue_runs(p, places, &cnn->layers[j]);
    }
    places->first[cnn->layer_count] = (int)places->count;
    return state;
}

void dcnn_proof_places_take_up(dcnn_proof_places *places, const dcnn_proof_footprints *f, const dcnn_proof_cnn *cnn)
{
    for (int j = 0; j < cnn->layer_count; j++)
        for (int k = places->first[j]; k < places->first[j + 1]; k++)
            places->places[k].takes = dcnn_proof_taken_by(f, &cnn->layers[j], places->places[k].slot);
}
