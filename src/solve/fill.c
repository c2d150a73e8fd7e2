#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

/* Where CNNs are many, several are placed at a time: they hardly ever meet. */
enum { LABELS_MAX = 20000, BATCH_MAX = 32, CNNS_A_PLACE = 40 };
static const double spare_max = 0.5;

static bool keep_first(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    dcnn_insertion *in = user;

    (void)priced;
    for (int j = 0; j < in->chain->layer_count; j++) in->units[j] = in->chain->unit[flats[j]];
    in->cost = cost;
    in->found = true;
    return false;
}

/* Searches a region for a chain within what the trial leaves: a few partial chains a layer or, where these lead
 * nowhere, the cheapest first. */
static dcnn_status search_region(const dcnn_reach *reach, const dcnn_load *load, dcnn_region *region, dcnn_scout *scout,
                                 double factor, dcnn_insertion *in, dcnn_error *err)
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
        if (dcnn_room_takes(&load->room[chain->unit[x]], layer))
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
                                  double factor, dcnn_insertion *in, dcnn_error *err)
{
    dcnn_survey survey = {.toll = &reach->toll,
                          .rest = &reach->rests[c],
                          .outlook = dcnn_outlook_of(reach, c, factor),
                          .factor = factor,
                          .room = load->room,
                          .limit = dcnn_tick_never,
                          .expected = reach->regions[c].chain ? dcnn_region_bound(&reach->regions[c]) : 0,
                          .spare = 0.005,
                          .width = 40,
                          .all_moves = true};
    dcnn_status status = DCNN_OK;

    for (; !status && !in->found && survey.spare < spare_max; survey.spare *= 3, survey.width *= 2) {
        dcnn_region wide = {0};
        if (!dcnn_region_survey(&wide, &reach->instance->chains[c], scout, &survey)) status = dcnn_fail_memory(err);
        if (!status && wide.chain) status = search_region(reach, load, &wide, scout, factor, in, err);
        dcnn_region_clear(&wide);
    }
    return status;
}

dcnn_status dcnn_reach_insert(const dcnn_reach *reach, dcnn_load *load, int c, dcnn_scout *scout, double factor,
                              dcnn_insertion *insertion, dcnn_error *err)
{
    dcnn_region *region = &reach->regions[c];
    dcnn_status status = DCNN_OK;

    insertion->found = false;
    if (region->chain) status = search_region(reach, load, region, scout, factor, insertion, err);
    if (!status && !insertion->found) status = search_further(reach, load, c, scout, factor, insertion, err);
    if (!status && insertion->found) insertion->found = dcnn_load_fits(load, c, insertion->units);
    return status;
}

/* --- all of them --- */

typedef struct {
    dcnn_reach *reach;
    double factor;
    int *order;       /* CNNs not placed yet, from first on */
    int first, count; /* those of this batch */
    dcnn_insertion found[BATCH_MAX];
    dcnn_status status[BATCH_MAX];
} filling;

static void insert_one(void *user, int item, int worker)
{
    filling *f = user;
    dcnn_scout *scout = &f->reach->scouts[worker];

    f->status[item] =
        dcnn_reach_insert(f->reach, &scout->load, f->order[f->first + item], scout, f->factor, &f->found[item], NULL);
}

static int cnn_of(const void *user, int item)
{
    const filling *f = user;

    return f->order[f->first + item];
}

static void tell_one(void *user, int item, dcnn_parcel *parcel)
{
    filling *f = user;
    dcnn_insertion *in = &f->found[item];
    size_t layers = (size_t)f->reach->instance->chains[cnn_of(f, item)].layer_count;

    dcnn_parcel_carry(parcel, &f->status[item], sizeof f->status[item]);
    dcnn_parcel_carry(parcel, &in->found, sizeof in->found);
    dcnn_parcel_carry(parcel, &in->cost, sizeof in->cost);
    dcnn_parcel_carry(parcel, in->units, layers * sizeof *in->units);
}

static void place_everywhere(filling *f, int c, const dcnn_insertion *found)
{
    dcnn_load_place(&f->reach->trial, c, found->units, found->cost);
    for (int t = 0; t < f->reach->threads; t++)
        dcnn_load_place(&f->reach->scouts[t].load, c, found->units, found->cost);
}

/* Takes over what fits beside what came before it; what does not is tried again later. *stuck: nothing was placed. */
static dcnn_status take_batch(filling *f, int total, bool *stuck)
{
    int waiting = 0, last = f->first + f->count;
    int again[BATCH_MAX];

    *stuck = false;
    for (int k = 0; k < f->count; k++) {
        int c = f->order[f->first + k];
        if (f->status[k]) return f->status[k];
        if (!f->found[k].found) *stuck = true;
        if (f->found[k].found && dcnn_load_fits(&f->reach->trial, c, f->found[k].units))
            place_everywhere(f, c, &f->found[k]);
        else
            again[waiting++] = c;
    }
    f->first = last - waiting;
    for (int k = 0; k < waiting; k++) f->order[f->first + k] = again[k];
    f->count = total - f->first < f->count ? total - f->first : f->count;
    return DCNN_OK;
}

static bool take_units(filling *f)
{
    size_t layers = dcnn_instance_longest_chain(f->reach->instance);

    for (int k = 0; k < BATCH_MAX; k++) {
        f->found[k].units = dcnn_take(layers, sizeof(int));
        if (!f->found[k].units) return false;
    }
    return true;
}

static void shuffle_all(filling *f, int total)
{
    for (int c = 0; c < total; c++) {
        int other = (int)dcnn_rng_below(&f->reach->rng, (uint64_t)c + 1);
        f->order[c] = f->order[other];
        f->order[other] = c;
    }
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
    int total = reach->instance->cnn_count;
    filling f = {.reach = reach, .factor = factor, .order = dcnn_take((size_t)total, sizeof(int))};
    dcnn_status status = f.order && take_units(&f) ? DCNN_OK : DCNN_E_MEMORY;
    bool stuck = false;

    if (!status) shuffle_all(&f, total);
    f.count = total / CNNS_A_PLACE < 1 ? 1 : total / CNNS_A_PLACE > BATCH_MAX ? BATCH_MAX : total / CNNS_A_PLACE;
    dcnn_load_reset(&reach->trial);
    for (int t = 0; t < reach->threads; t++) dcnn_load_reset(&reach->scouts[t].load);
    while (!status && f.first < total && !stuck && !dcnn_reach_should_stop(reach)) {
        dcnn_reach_share(
            reach,
            &(dcnn_crew_task){.count = f.count, .cnn = cnn_of, .work = insert_one, .carry = tell_one, .user = &f});
        status = take_batch(&f, total, &stuck);
    }
    if (!status && f.first == total) keep_if_better(reach);
    for (int k = 0; k < BATCH_MAX; k++) free(f.found[k].units);
    free(f.order);
    return status || reach->failed ? dcnn_fail_memory(err) : DCNN_OK;
}
