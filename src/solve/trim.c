#include "solve/rundp.h"
#include <stdlib.h>

/* Strikes out of keep what costs more than limit at best. *all: every candidate stays. */
static bool strike(const dcnn_chain *chain, const dcnn_costs *costs, dcnn_tick limit, bool *keep, bool *all)
{
    dcnn_rundp dp;

    if (!dcnn_rundp_init(&dp, chain->size)) return false;
    (void)dcnn_rundp_unpriced(&dp, chain, costs);
    dcnn_rundp_forward(&dp, chain, costs);
    for (int x = 0; x < chain->size; x++) {
        if (dcnn_rundp_through(&dp, chain, x) <= limit) continue;
        keep[x] = false;
        *all = false;
    }
    dcnn_rundp_clear(&dp);
    return true;
}

bool dcnn_chain_trim(dcnn_chain **chain, const dcnn_room *room)
{
    dcnn_chain *part, *whole = *chain;
    bool all = true, done = true, *keep;

    if (whole->cap >= dcnn_tick_never && whole->deadline >= dcnn_tick_never) return true;
    keep = dcnn_take((size_t)whole->size, sizeof *keep);
    if (!keep) return false;
    for (int x = 0; x < whole->size; x++) keep[x] = true;
    if (whole->cap < dcnn_tick_never) done = strike(whole, &whole->cost, whole->cap, keep, &all);
    if (done && whole->deadline < dcnn_tick_never) done = strike(whole, &whole->latency, whole->deadline, keep, &all);
    if (done && !all) {
        part = dcnn_chain_part(whole, keep, room);
        done = part != NULL;
        if (done) {
            dcnn_chain_free(whole);
            *chain = part;
        }
    }
    free(keep);
    return done;
}
