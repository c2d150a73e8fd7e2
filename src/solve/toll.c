#include "solve/reach.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* A byte of a gigabyte may be worth less than a tick; a layer never is. */
const int dcnn_toll_fraction_bits[DCNN_TOLL_KINDS] = {0, 32, 32};
static const double fixed_max = 0x1p60, worth_max = 0x1p58;

__extension__ typedef __int128 wide_int;

static dcnn_tick charge(int64_t fixed, int64_t amount, int kind)
{
    return (dcnn_tick)(((wide_int)fixed * amount) >> dcnn_toll_fraction_bits[kind]);
}

static bool can_bind(const dcnn_instance *instance, int kind)
{
    if (kind == DCNN_TOLL_COUNT) return instance->layers_per_unit < INT_MAX;
    if (instance->layers_per_unit <= 1) return false; /* one layer fits or is no candidate */
    if (kind == DCNN_TOLL_MEMORY) return true;
    for (int i = 0; i < instance->unit_count; i++)
        if (instance->scenario->units[i].ops_budget != DCNN_UNLIMITED) return true;
    return false;
}

bool dcnn_toll_init(dcnn_toll *toll, const dcnn_instance *instance)
{
    *toll = (dcnn_toll){.instance = instance};
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) {
        if (!can_bind(instance, kind)) continue;
        toll->price[kind] = dcnn_take((size_t)instance->unit_count, sizeof *toll->price[kind]);
        toll->fixed[kind] = dcnn_take((size_t)instance->unit_count, sizeof *toll->fixed[kind]);
        if (toll->price[kind] && toll->fixed[kind]) continue;
        dcnn_toll_clear(toll);
        return false;
    }
    return true;
}

void dcnn_toll_clear(dcnn_toll *toll)
{
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) {
        free(toll->price[kind]);
        free(toll->fixed[kind]);
    }
    *toll = (dcnn_toll){0};
}

int64_t dcnn_toll_capacity(const dcnn_toll *toll, int kind, int unit)
{
    const dcnn_unit *at = &toll->instance->scenario->units[unit];

    if (kind == DCNN_TOLL_COUNT) return toll->instance->layers_per_unit;
    return kind == DCNN_TOLL_MEMORY ? at->memory_bytes : at->ops_budget;
}

int64_t dcnn_toll_demand(const dcnn_chain_data *chain, int j, int kind)
{
    if (!chain->counts[j]) return 0;
    if (kind == DCNN_TOLL_COUNT) return 1;
    return kind == DCNN_TOLL_MEMORY ? chain->cnn->layers[j].memory_bytes : chain->cnn->layers[j].ops;
}

dcnn_tick dcnn_toll_round(dcnn_toll *toll)
{
    dcnn_tick worth = 0;

    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) {
        double scale = ldexp(1.0, dcnn_toll_fraction_bits[kind]);
        if (!toll->price[kind]) continue;
        for (int i = 0; i < toll->instance->unit_count; i++) {
            int64_t capacity = dcnn_toll_capacity(toll, kind, i);
            double scaled = toll->price[kind][i] * scale;
            toll->fixed[kind][i] = 0;
            /* Prices beyond reason are not charged, so that sums stay in range. */
            if (capacity == DCNN_UNLIMITED || !(scaled >= 1) || scaled > fixed_max) continue;
            if ((double)worth + toll->price[kind][i] * (double)capacity > worth_max) continue;
            toll->fixed[kind][i] = (int64_t)scaled;
            worth += charge(toll->fixed[kind][i], capacity, kind);
        }
    }
    return worth;
}

dcnn_tick dcnn_toll_of(const dcnn_toll *toll, const dcnn_chain_data *chain, int j, int unit)
{
    dcnn_tick sum = 0;

    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        if (toll->fixed[kind] && toll->fixed[kind][unit] > 0)
            sum += charge(toll->fixed[kind][unit], dcnn_toll_demand(chain, j, kind), kind);
    return sum;
}
