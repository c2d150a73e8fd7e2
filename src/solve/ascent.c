/* Prices by subgradient steps: Polyak's rule on a deflected direction (Camerini, Fratta, Maffioli 1975), the CNNs
 * priced in parallel. */
#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 6 };
static const double pace_least = 1e-2, deflection = 0.5, target_rise = 0.01;

typedef struct {
    dcnn_reach *reach;
    double *use[DCNN_TOLL_KINDS];       /* [unit_count] of the cheapest chains, as a share of the capacity */
    double *direction[DCNN_TOLL_KINDS]; /* [unit_count] */
    double *best[DCNN_TOLL_KINDS];      /* [unit_count] prices of the best bound */
} ascent;

static bool take_arrays(ascent *a)
{
    size_t units = (size_t)a->reach->instance->unit_count;

    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) {
        if (!a->reach->toll.price[kind]) continue;
        a->use[kind] = dcnn_take(units, sizeof *a->use[kind]);
        a->direction[kind] = dcnn_take(units, sizeof *a->direction[kind]);
        a->best[kind] = dcnn_take(units, sizeof *a->best[kind]);
        if (!a->use[kind] || !a->direction[kind] || !a->best[kind]) return false;
    }
    return true;
}

static void free_arrays(ascent *a)
{
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) {
        free(a->use[kind]);
        free(a->direction[kind]);
        free(a->best[kind]);
    }
}

static void price_one(void *user, int c, int worker)
{
    dcnn_reach *reach = user;

    (void)worker;
    (void)dcnn_region_price(&reach->regions[c], &reach->toll, 1);
}

static void tell_least(void *user, int c, dcnn_parcel *parcel)
{
    dcnn_reach *reach = user;

    dcnn_region_carry_least(&reach->regions[c], &reach->instance->chains[c], parcel);
}

/* The bound, as far as the regions show: a chain dearer than its region's limit stands for one outside, which uses none
 * of the units at hand. */
static dcnn_tick price_all(dcnn_reach *reach)
{
    dcnn_tick sum = -dcnn_toll_round(&reach->toll);

    dcnn_reach_share(
        reach,
        &(dcnn_crew_task){.count = reach->instance->cnn_count, .work = price_one, .carry = tell_least, .user = reach});
    for (int c = 0; c < reach->instance->cnn_count; c++) sum += dcnn_region_bound(&reach->regions[c]);
    return sum;
}

static void copy_prices(ascent *a, bool back)
{
    const dcnn_reach *reach = a->reach;

    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        for (int k = 0; reach->toll.price[kind] && k < reach->active_count; k++) {
            int i = reach->active[k];
            if (back)
                reach->toll.price[kind][i] = a->best[kind][i];
            else
                a->best[kind][i] = reach->toll.price[kind][i];
        }
}

static double capacity_of(const dcnn_toll *toll, int kind, int unit)
{
    int64_t capacity = dcnn_toll_capacity(toll, kind, unit);

    return capacity > 0 ? (double)capacity : 1;
}

static void measure_use(ascent *a)
{
    dcnn_reach *reach = a->reach;

    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) {
        if (!reach->toll.price[kind]) continue;
        for (int k = 0; k < reach->active_count; k++) a->use[kind][reach->active[k]] = 0;
        for (int c = 0; c < reach->instance->cnn_count; c++) {
            const dcnn_region *region = &reach->regions[c];
            const dcnn_chain_data *data = &reach->instance->chains[c];
            if (!region->found || region->least > region->limit) continue;
            for (int j = 0; j < data->layer_count; j++)
                a->use[kind][region->path[j]] +=
                    (double)dcnn_toll_demand(data, j, kind) / capacity_of(&reach->toll, kind, region->path[j]);
        }
    }
}

static void step(ascent *a, double distance)
{
    dcnn_reach *reach = a->reach;
    double norm = 0;

    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        for (int k = 0; reach->toll.price[kind] && k < reach->active_count; k++) {
            int i = reach->active[k];
            double excess = a->use[kind][i] - 1;
            if (dcnn_toll_capacity(&reach->toll, kind, i) == DCNN_UNLIMITED) continue;
            if (excess < 0 && reach->toll.price[kind][i] <= 0) excess = 0; /* the price cannot fall */
            a->direction[kind][i] = excess + deflection * a->direction[kind][i];
            norm += a->direction[kind][i] * a->direction[kind][i];
        }
    if (norm <= 0) return;
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        for (int k = 0; reach->toll.price[kind] && k < reach->active_count; k++) {
            int i = reach->active[k];
            double *price = &reach->toll.price[kind][i];
            *price += distance / norm * a->direction[kind][i] / capacity_of(&reach->toll, kind, i);
            if (*price < 0) *price = 0;
        }
}

static void forget_directions(ascent *a)
{
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        if (a->direction[kind])
            memset(a->direction[kind], 0, (size_t)a->reach->instance->unit_count * sizeof *a->direction[kind]);
}

static void ascend(ascent *a, int rounds, double pace)
{
    dcnn_reach *reach = a->reach;
    dcnn_tick best = -dcnn_tick_never;
    int stale = 0;

    for (int round = 0; round < rounds && pace >= pace_least && !dcnn_reach_should_stop(reach); round++) {
        dcnn_tick value = price_all(reach);
        double target = (double)value * (1 + target_rise);
        if (value > best) {
            best = value;
            stale = 0;
            copy_prices(a, false);
        } else if (++stale >= PATIENCE) {
            stale = 0;
            pace /= 2;
            copy_prices(a, true);
            forget_directions(a);
            continue;
        }
        if (reach->has_best && (double)reach->best_cost < target) target = (double)reach->best_cost;
        measure_use(a);
        step(a, pace * (target - (double)value));
    }
    copy_prices(a, true);
    (void)price_all(reach);
}

dcnn_status dcnn_reach_ascend(dcnn_reach *reach, int rounds, double pace, dcnn_error *err)
{
    ascent a = {.reach = reach};
    bool done = take_arrays(&a);

    if (done) {
        copy_prices(&a, false);
        ascend(&a, rounds, pace);
    }
    free_arrays(&a);
    return done && !reach->failed ? DCNN_OK : dcnn_fail_memory(err);
}
