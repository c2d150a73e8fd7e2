/* Drawing a scenario: unit types, then positions, all from one stream of random numbers; only sums, products and
 * quotients of doubles, which are the same on every machine. */
#include "generate.h"
#include "model/model.h"
#include <stdio.h>
#include <stdlib.h>

static dcnn_status take_arrays(dcnn_scenario *scenario, const dcnn_generate_options *options)
{
    size_t places = (size_t)options->units + (size_t)options->cnns;

    scenario->places = dcnn_pool_take(scenario->pool, places, sizeof *scenario->places);
    scenario->units = dcnn_pool_take(scenario->pool, (size_t)options->units, sizeof *scenario->units);
    scenario->cnns = dcnn_pool_take(scenario->pool, (size_t)options->cnns, sizeof *scenario->cnns);
    if (!scenario->places || !scenario->units || !scenario->cnns) return DCNN_E_MEMORY;
    scenario->unit_count = options->units;
    scenario->place_count = (int)places;
    scenario->cnn_count = options->cnns;
    return DCNN_OK;
}

/* Names of scenario and places: u0, u1, ... for units, s0, s1, ... for endpoints. */
static dcnn_status name_all(dcnn_scenario *scenario, uint64_t seed)
{
    char text[80];

    (void)snprintf(text, sizeof text, "%d units, %d CNN%s, seed %llu", scenario->unit_count, scenario->cnn_count,
                   scenario->cnn_count == 1 ? "" : "s", (unsigned long long)seed);
    scenario->name = dcnn_pool_text(scenario->pool, text);
    if (!scenario->name) return DCNN_E_MEMORY;
    for (int i = 0; i < scenario->place_count; i++) {
        bool unit = i < scenario->unit_count;
        (void)snprintf(text, sizeof text, "%c%d", unit ? 'u' : 's', unit ? i : i - scenario->unit_count);
        scenario->places[i].id = dcnn_pool_text(scenario->pool, text);
        if (!scenario->places[i].id) return DCNN_E_MEMORY;
    }
    return DCNN_OK;
}

static dcnn_status draw_all(dcnn_scenario *scenario, const dcnn_generate_options *options, dcnn_error *err)
{
    int *source_of = dcnn_take((size_t)options->cnns, sizeof *source_of);
    const dcnn_deal deal = dcnn_deal_of(options);
    dcnn_status status;
    dcnn_rng rng;

    if (!source_of || take_arrays(scenario, options) || name_all(scenario, options->seed)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    scenario->network.kind = DCNN_NETWORK_RANGE;
    scenario->network.range_m = options->range_m;
    scenario->network.rate_bytes_per_s = options->rate_bytes_per_s;
    scenario->layers_per_unit = options->layers_per_unit;
    for (int c = 0; c < options->cnns; c++) source_of[c] = options->units + c;
    dcnn_rng_seed(&rng, options->seed);
    /* Names are looked up before many positions are drawn for nothing. */
    if ((status = dcnn_generate_cnns(scenario, options->models, options->model_count, source_of, err))) goto done;
    if ((status = dcnn_generate_units(scenario, &deal, &rng, err))) goto done;
    status = dcnn_generate_positions(scenario, options, &rng, err);
done:
    free(source_of);
    return status;
}

dcnn_status dcnn_generate(dcnn_scenario **out, const dcnn_generate_options *options, dcnn_error *err)
{
    dcnn_scenario *scenario;
    dcnn_status status;

    *out = NULL;
    if ((status = dcnn_generate_check(options, err))) return status;
    scenario = dcnn_scenario_new();
    if (!scenario) return dcnn_fail_memory(err);
    if ((status = draw_all(scenario, options, err))) {
        dcnn_scenario_free(scenario);
        return status;
    }
    *out = scenario;
    return DCNN_OK;
}
