/* The cheapest chain of a region that comes back to a unit is no placement where units take one layer: critical units
 * are remembered until it does not (rundp.h), on tables of their own. */
#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

enum { CRITICAL_MAX = 5 };

/* A unit the chain visits twice, the closest pair first; -1 = none. */
static int repeated_unit(const dcnn_chain *chain, const int *flats)
{
    for (int apart = 1; apart < chain->layer_count; apart++)
        for (int j = 0; j + apart < chain->layer_count; j++)
            if (chain->unit[flats[j]] == chain->unit[flats[j + apart]]) return chain->unit[flats[j]];
    return -1;
}

static bool sharpen(dcnn_region *region)
{
    const dcnn_chain *chain = region->chain;
    dcnn_rundp dp;

    if (!chain || !chain->single || region->least > region->limit) return true;
    if (!dcnn_rundp_init(&dp, chain->size)) return false;
    memcpy(dp.own, region->dp.own, (size_t)chain->size * sizeof *dp.own);
    while (dp.critical_count < CRITICAL_MAX && region->least < region->limit) {
        int unit = repeated_unit(chain, region->flats);
        if (unit < 0) break;
        if (!dcnn_rundp_add_critical(&dp, chain, unit)) {
            dcnn_rundp_clear(&dp);
            return false;
        }
        region->least = dcnn_rundp_backward(&dp, chain, &chain->cost);
        if (region->least < dcnn_tick_never) dcnn_rundp_trace(&dp, chain, &chain->cost, region->flats);
    }
    dcnn_rundp_clear(&dp);
    return true;
}

static void tell_least(void *user, int c, dcnn_parcel *parcel)
{
    dcnn_reach *reach = user;

    dcnn_region_carry_least(&reach->regions[c], &reach->instance->chains[c], parcel);
}

static void sharpen_one(void *user, int c, int worker)
{
    dcnn_reach *reach = user;

    (void)worker;
    if (!sharpen(&reach->regions[c])) reach->failed = true;
}

dcnn_status dcnn_reach_sharpen(dcnn_reach *reach, dcnn_error *err)
{
    dcnn_reach_share(reach,
                     &(dcnn_crew_task){
                         .count = reach->instance->cnn_count, .work = sharpen_one, .carry = tell_least, .user = reach});
    if (reach->failed) return dcnn_fail_memory(err);
    dcnn_reach_certify(reach);
    return DCNN_OK;
}
