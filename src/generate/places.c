#include "generate.h"
#include "network/graph.h"
#include <stdlib.h>

enum {
    STEPS_OF_SIDE = 1000000, /* positions lie on a lattice of that many steps, so that files show few digits */
    REDRAWS_LEAST = 20,
    PLACES_DRAWN = 1000000 /* small systems are redrawn until about that many positions have been tried */
};

static void draw(dcnn_scenario *scenario, double area_m, dcnn_rng *rng)
{
    for (int i = 0; i < scenario->place_count; i++) {
        dcnn_place *place = &scenario->places[i];
        place->located = true;
        place->x_m = area_m * (double)dcnn_rng_below(rng, STEPS_OF_SIDE) / STEPS_OF_SIDE;
        place->y_m = area_m * (double)dcnn_rng_below(rng, STEPS_OF_SIDE) / STEPS_OF_SIDE;
    }
}

/* size  [place_count] scratch; largest out: places in the largest island */
static void measure(const dcnn_network *network, int32_t *island_of, int32_t *size, int *islands, int *largest)
{
    *islands = dcnn_network_label_islands(network, island_of);
    *largest = 0;
    for (int n = 0; n < *islands; n++) size[n] = 0;
    for (int i = 0; i < network->place_count; i++) {
        int32_t grown = ++size[island_of[i]];
        if (grown > *largest) *largest = grown;
    }
}

dcnn_status dcnn_generate_positions(dcnn_scenario *scenario, const dcnn_generate_options *options, dcnn_rng *rng,
                                    dcnn_error *err)
{
    int count = scenario->place_count, redraws = REDRAWS_LEAST + PLACES_DRAWN / count, best = 0;
    int32_t *island_of = dcnn_take((size_t)count, sizeof *island_of);
    int32_t *size = dcnn_take((size_t)count, sizeof *size);
    dcnn_status status = DCNN_OK;

    if (!island_of || !size) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    for (int n = 0; n < redraws; n++) {
        dcnn_network *network;
        int islands, largest;
        draw(scenario, options->area_m, rng);
        if ((status = dcnn_network_new(&network, scenario, err))) goto done;
        measure(network, island_of, size, &islands, &largest);
        dcnn_network_free(network);
        if (islands == 1) goto done;
        if (largest > best) best = largest;
    }
    status = dcnn_fail(err, DCNN_E_INFEASIBLE, "",
                       "%d places with a range of %g m do not connect over %g m x %g m: in %d draws the largest island "
                       "had at most %.1f %% of them; more units, a longer range or a smaller area would help",
                       count, options->range_m, options->area_m, options->area_m, redraws, 100.0 * best / count);
done:
    free(island_of);
    free(size);
    return status;
}
