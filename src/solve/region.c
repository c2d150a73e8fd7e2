/* The tables of a region: its candidates with their costs and moves, priced and trimmed. */
#include "solve/survey.h"
#include <stdlib.h>

static bool fill_moves(dcnn_surveyor *s, dcnn_chain *chain, int j)
{
    const dcnn_sweep *found = &s->scout->sweep;
    dcnn_tick *cell = chain->cost.move[j], dearest = 0;
    dcnn_sweep_task task = {.message = &s->data->move[j],
                            .labels = 1,
                            .start_count = 1,
                            .rest = s->scout->guard,
                            .wanted_count = s->count[j + 1]};
    bool done = true;

    dcnn_survey_mark_wanted(s, j + 1, true);
    dcnn_survey_guard(s, j + 1);
    for (int k = 0; done && k < s->count[j]; k++) {
        const dcnn_site *at = &dcnn_sites(s, j)[k];
        task.limit = task.budget = s->limit - dcnn_site_leaving(at);
        done = dcnn_scout_start(s->scout, 0, at->spot, 0) && dcnn_survey_sweep(s, task);
        for (int t = 0; done && t < s->count[j + 1]; t++) {
            int spot = dcnn_sites(s, j + 1)[t].spot;
            dcnn_tick cost = spot == at->spot ? dcnn_tick_never : dcnn_sweep_value(found, spot);
            if (cost < dcnn_tick_never && cost > dearest) dearest = cost;
            *cell++ = cost;
        }
    }
    chain->worst += dearest;
    dcnn_survey_unguard(s, j + 1);
    dcnn_survey_mark_wanted(s, j + 1, false);
    return done;
}

static dcnn_chain *build_chain(dcnn_surveyor *s)
{
    dcnn_chain *chain;
    int size = 0;

    for (int j = 0; j < s->data->layer_count; j++) size += s->count[j];
    chain = dcnn_chain_new(s->data, size, false);
    if (!chain) return NULL;
    chain->single = s->single;
    chain->cap = chain->deadline = dcnn_tick_never;
    size = 0;
    for (int j = 0; j < s->data->layer_count; j++) {
        chain->first[j] = size;
        for (int k = 0; k < s->count[j]; k++, size++) {
            chain->layer[size] = j;
            chain->unit[size] = dcnn_sites(s, j)[k].unit;
            chain->origin[size] = size;
            chain->cost.own[size] = dcnn_sites(s, j)[k].own;
        }
    }
    chain->first[s->data->layer_count] = size;
    if (dcnn_chain_link(chain, s->survey->room)) {
        int j = 0;
        while (j + 1 < s->data->layer_count && fill_moves(s, chain, j)) j++;
        if (j + 1 == s->data->layer_count) return chain;
    }
    dcnn_chain_free(chain);
    return NULL;
}

static void drop_tables(dcnn_region *region)
{
    dcnn_chain_free(region->chain);
    dcnn_rundp_clear(&region->dp);
    region->chain = NULL;
}

void dcnn_region_clear(dcnn_region *region)
{
    drop_tables(region);
    free(region->flats);
    free(region->path);
    free(region->told);
    *region = (dcnn_region){0};
}

static bool has_paths(dcnn_region *region, const dcnn_chain_data *data)
{
    if (!region->flats) region->flats = dcnn_take((size_t)data->layer_count, sizeof *region->flats);
    if (!region->path) region->path = dcnn_take((size_t)data->layer_count, sizeof *region->path);
    return region->flats && region->path;
}

/* Tables of what the surveyor has listed. */
static bool fill_region(dcnn_region *region, dcnn_surveyor *s)
{
    dcnn_tick asked = s->limit;

    if (!dcnn_survey_backward(s)) return false;
    dcnn_survey_cut(s);
    region->limit = s->limit;
    if (s->survey->all_moves) s->limit = asked;
    region->chain = build_chain(s);
    region->found = region->chain != NULL;
    return region->found && dcnn_rundp_init(&region->dp, region->chain->size);
}

bool dcnn_region_survey(dcnn_region *region, const dcnn_chain_data *data, dcnn_scout *scout, const dcnn_survey *survey)
{
    dcnn_surveyor s;
    dcnn_tick least;
    bool done = dcnn_surveyor_init(&s, data, scout, survey) && has_paths(region, data);

    drop_tables(region);
    region->found = false;
    done = done && dcnn_survey_forward(&s, &least);
    if (done && least >= dcnn_tick_never)
        region->limit = s.limit;
    else if (done)
        done = (survey->limit < dcnn_tick_never || dcnn_survey_widen(&s, least)) && fill_region(region, &s);
    dcnn_surveyor_clear(&s);
    return done;
}

dcnn_tick dcnn_region_price(dcnn_region *region, const dcnn_toll *toll, double factor)
{
    const dcnn_chain *chain = region->chain;
    dcnn_rundp *dp = &region->dp;

    if (!chain) return region->least = dcnn_tick_never;
    for (int x = 0; x < chain->size; x++) {
        dcnn_tick charge = dcnn_toll_of(toll, chain->data, chain->layer[x], chain->unit[x]);
        dp->own[x] = chain->cost.own[x] + (factor == 1 ? charge : (dcnn_tick)(factor * (double)charge));
    }
    region->least = dcnn_rundp_backward(dp, chain, &chain->cost);
    if (region->least < dcnn_tick_never) dcnn_rundp_trace(dp, chain, &chain->cost, region->flats);
    for (int j = 0; region->least < dcnn_tick_never && j < chain->layer_count; j++)
        region->path[j] = chain->unit[region->flats[j]];
    return region->least;
}

bool dcnn_region_trim(dcnn_region *region, const dcnn_room *room)
{
    bool *keep = dcnn_take((size_t)region->chain->size, sizeof *keep);
    dcnn_chain *part = NULL;
    dcnn_rundp dp;

    if (!keep) return false;
    dcnn_rundp_forward(&region->dp, region->chain, &region->chain->cost);
    for (int x = 0; x < region->chain->size; x++)
        keep[x] = dcnn_rundp_through(&region->dp, region->chain, x) <= region->limit;
    part = dcnn_chain_part(region->chain, keep, room);
    free(keep);
    if (!part || !dcnn_rundp_init(&dp, part->size)) {
        dcnn_chain_free(part);
        return false;
    }
    dcnn_chain_free(region->chain);
    dcnn_rundp_clear(&region->dp);
    region->chain = part;
    region->dp = dp;
    return true;
}

/* --- between ranks --- */

void dcnn_region_carry_least(dcnn_region *region, const dcnn_chain_data *data, dcnn_parcel *parcel)
{
    dcnn_parcel_carry(parcel, &region->least, sizeof region->least);
    if (!has_paths(region, data)) parcel->failed = true;
    dcnn_parcel_carry(parcel, region->path, (size_t)data->layer_count * sizeof *region->path);
}

void dcnn_region_carry(dcnn_region *region, const dcnn_chain_data *data, dcnn_parcel *parcel)
{
    int count, *units;

    if (parcel->reading) drop_tables(region); /* another rank owns it: they are those of an earlier proof */
    (void)dcnn_region_units(region, &count);
    dcnn_parcel_carry(parcel, &count, sizeof count);
    dcnn_parcel_carry(parcel, &region->found, sizeof region->found);
    dcnn_parcel_carry(parcel, &region->limit, sizeof region->limit);
    dcnn_parcel_carry(parcel, &region->cut, sizeof region->cut);
    dcnn_region_carry_least(region, data, parcel);
    if (parcel->failed) return;
    if (parcel->reading) {
        units = dcnn_resize(region->told, (size_t)count, sizeof *units);
        if (!units) {
            parcel->failed = true;
            return;
        }
        region->told = units;
        region->told_count = count;
    }
    units = region->chain ? region->chain->unit : region->told;
    dcnn_parcel_carry(parcel, units, (size_t)count * sizeof *units);
}
