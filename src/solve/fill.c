#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

enum { LABELS_MAX = 20000, WIDTH_MAX = 400 };

/* One CNN placed by itself into what the others leave. */
typedef struct {
    const dcnn_chain *chain;
    int *units;
    dcnn_tick cost;
    bool found;
} insertion;

static bool keep_first(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    insertion *in = user;

    (void)priced;
    for (int j = 0; j < in->chain->layer_count; j++) in->units[j] = in->chain->unit[flats[j]];
    in->cost = cost;
    in->found = true;
    return false;
}

static bool has_room(const dcnn_room *room, const dcnn_layer *layer)
{
    return layer->memory_bytes <= room->memory_bytes && layer->ops <= room->ops && room->layers >= 1;
}

/* Searches a region for a chain within what the trial leaves: a few partial chains a layer or, where these lead
 * nowhere, the cheapest first. */
static dcnn_status search_region(const dcnn_reach *reach, const dcnn_load *load, dcnn_region *region, dcnn_scout *scout,
                                 double factor, insertion *in, dcnn_error *err)
{
    const dcnn_chain *chain = region->chain;
    dcnn_search_task task = {.chain = chain,
                             .room = load->room,
                             .charged = chain->data->counts_alone,
                             .dp = &region->dp,
                             .mode = DCNN_SEARCH_BEAM,
                             .limit = dcnn_tick_never,
                             .column_limit = 1,
                             .label_limit = LABELS_MAX};
    dcnn_search_result result;
    dcnn_status status;

    in->chain = chain;
    for (int x = 0; x < chain->size; x++) {
        const dcnn_layer *layer = &chain->data->cnn->layers[chain->layer[x]];
        region->dp.own[x] = dcnn_tick_never;
        if (has_room(&load->room[chain->unit[x]], layer))
            region->dp.own[x] =
                chain->cost.own[x] +
                (dcnn_tick)(factor * (double)dcnn_toll_of(&reach->toll, chain->data, chain->layer[x], chain->unit[x]));
    }
    if (dcnn_rundp_backward(&region->dp, chain, &chain->cost) >= dcnn_tick_never) return DCNN_OK;
    status = dcnn_search_run(scout->search, &task, keep_first, in, &result, err);
    if (status || in->found) return status;
    task.mode = DCNN_SEARCH_CHEAPEST;
    return dcnn_search_run(scout->search, &task, keep_first, in, &result, err);
}

/* Where the region is full: one made for what is left, ever wider. */
static dcnn_status search_further(const dcnn_reach *reach, const dcnn_load *load, int c, dcnn_scout *scout,
                                  double factor, insertion *in, dcnn_error *err)
{
    dcnn_survey survey = {.toll = &reach->toll,
                          .factor = factor,
                          .room = load->room,
                          .limit = dcnn_tick_never,
                          .spare = 0.02,
                          .width = 40,
                          .all_moves = true};
    dcnn_status status = DCNN_OK;

    for (; !status && !in->found && survey.width <= WIDTH_MAX; survey.spare *= 4, survey.width *= 3) {
        dcnn_region wide = {0};
        if (!dcnn_region_survey(&wide, &reach->instance->chains[c], scout, &survey)) status = dcnn_fail_memory(err);
        if (!status && wide.chain) status = search_region(reach, load, &wide, scout, factor, in, err);
        dcnn_region_clear(&wide);
    }
    return status;
}

dcnn_status dcnn_reach_insert(dcnn_reach *reach, dcnn_load *load, int c, dcnn_scout *scout, double factor, bool *placed,
                              dcnn_error *err)
{
    insertion in = {.units = dcnn_take((size_t)reach->instance->chains[c].layer_count, sizeof *in.units)};
    dcnn_status status = in.units ? DCNN_OK : dcnn_fail_memory(err);

    *placed = false;
    if (!status && reach->regions[c].chain)
        status = search_region(reach, load, &reach->regions[c], scout, factor, &in, err);
    if (!status && !in.found) status = search_further(reach, load, c, scout, factor, &in, err);
    if (!status && in.found && dcnn_load_fits(load, c, in.units)) {
        dcnn_load_place(load, c, in.units, in.cost);
        *placed = true;
    }
    free(in.units);
    return status;
}

static void keep_if_better(dcnn_reach *reach)
{
    dcnn_tick cost = dcnn_load_cost(&reach->trial);

    if (cost >= reach->best_cost) return;
    dcnn_load_copy(&reach->best, &reach->trial);
    reach->best_cost = cost;
    reach->has_best = true;
}

dcnn_status dcnn_reach_fill(dcnn_reach *reach, double factor, dcnn_error *err)
{
    int count = reach->instance->cnn_count;
    int *order = dcnn_take((size_t)count, sizeof *order);
    dcnn_status status = order ? DCNN_OK : dcnn_fail_memory(err);
    bool placed = true;

    for (int c = 0; !status && c < count; c++) {
        int other = (int)dcnn_rng_below(&reach->rng, (uint64_t)c + 1);
        order[c] = order[other];
        order[other] = c;
    }
    if (!status) dcnn_load_reset(&reach->trial);
    for (int k = 0; k < count && !status && placed; k++)
        status = dcnn_reach_insert(reach, &reach->trial, order[k], &reach->scouts[0], factor, &placed, err);
    if (!status && placed) keep_if_better(reach);
    free(order);
    return status;
}
