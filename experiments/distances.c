/* distances.c - how far the published hop counts are from the fewest hops: Markdown.
 *
 * Systems are those of `dcnn generate`, which connect; how many single draws do is told too. */
#include "experiment/distances.h"
#include "base/base.h"
#include <dcnn/generate.h>
#include <dcnn/network.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name;
    int systems, units;
    double area_m, range_m;
} rows[] = {{"System 2: 50 units, 30 m, 7.5 m", 200, 50, 30, 7.5},
            {"System 1: 30 units, 30 m, 7.5 m", 200, 30, 30, 7.5},
            {"notebooks 1, 2, 4: 50 units, 10 m, 3 m", 200, 50, 10, 3},
            {"100 units, 30 m, 7.5 m", 20, 100, 30, 7.5}};

/* Pairs of units, or of a unit and the source. */
typedef struct {
    int64_t pairs, wrong, excess, most;
} tally;

typedef struct {
    int systems, connected;
    tally units, source;
} measure;

static void add(tally *t, int64_t fewest, int64_t published)
{
    t->pairs++;
    t->wrong += published != fewest;
    t->excess += published - fewest;
    if (published - fewest > t->most) t->most = published - fewest;
}

/* Fewest hops between all places, [place_count][place_count]: at a byte a nanosecond, a byte takes as long. */
static dcnn_status count_hops(int64_t *hops, const dcnn_scenario *scenario)
{
    const dcnn_message byte = {1, 1};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    dcnn_status status = dcnn_network_new(&network, scenario, NULL);

    if (!status) status = dcnn_router_new(&router, network, NULL);
    for (int i = 0; i < scenario->place_count && !status; i++)
        status = dcnn_router_costs(router, &byte, i, false, hops + (size_t)i * (size_t)scenario->place_count);
    dcnn_router_free(router);
    dcnn_network_free(network);
    return status;
}

static dcnn_status measure_system(measure *m, const dcnn_generate_options *drawn)
{
    dcnn_scenario *scenario = NULL;
    int64_t *fewest = NULL;
    dcnn_status status = dcnn_generate(&scenario, drawn, NULL);
    int count = status ? 0 : scenario->place_count;

    if (!status && !(fewest = dcnn_take((size_t)count * (size_t)count, sizeof *fewest))) status = DCNN_E_MEMORY;
    if (!status) status = count_hops(fewest, scenario);
    if (!status) status = dcnn_published_distances(scenario, NULL);
    for (int i = 0; i < count && !status; i++)
        for (int k = i + 1; k < count; k++)
            add(k < scenario->unit_count ? &m->units : &m->source, fewest[i * count + k],
                scenario->network.hops[i * count + k]);
    free(fewest);
    dcnn_scenario_free(scenario);
    return status;
}

/* One draw of positions, connected or not, in a scenario that was drawn small enough to connect. */
static dcnn_status draw_once(measure *m, const dcnn_generate_options *drawn)
{
    dcnn_generate_options small = *drawn;
    dcnn_scenario *scenario = NULL;
    dcnn_network *network = NULL;
    int islands = 0;
    dcnn_rng rng;
    dcnn_status status;

    small.area_m = drawn->range_m / 2;
    if ((status = dcnn_generate(&scenario, &small, NULL))) return status;
    dcnn_rng_seed(&rng, drawn->seed);
    for (int i = 0; i < scenario->place_count; i++) {
        scenario->places[i].x_m = drawn->area_m * dcnn_rng_unit(&rng);
        scenario->places[i].y_m = drawn->area_m * dcnn_rng_unit(&rng);
    }
    status = dcnn_network_new(&network, scenario, NULL);
    if (!status) status = dcnn_network_islands(network, &islands, NULL);
    m->connected += !status && islands == 1;
    dcnn_network_free(network);
    dcnn_scenario_free(scenario);
    return status;
}

static void print_row(const char *name, const measure *m)
{
    const tally *t = &m->units;

    printf("| %s | %d | %.0f %% | %.1f %% | %.1f | %lld | %.1f | %.1f %% |\n", name, m->systems,
           100.0 * m->connected / m->systems, 100.0 * (double)t->wrong / (double)t->pairs,
           t->wrong ? (double)t->excess / (double)t->wrong : 0, (long long)t->most,
           (double)t->excess / (double)t->pairs, 100.0 * (double)m->source.wrong / (double)m->source.pairs);
}

static dcnn_status measure_row(size_t k)
{
    measure m = {.systems = rows[k].systems};
    dcnn_generate_options drawn;

    dcnn_generate_options_init(&drawn);
    drawn.units = rows[k].units;
    drawn.area_m = rows[k].area_m;
    drawn.range_m = rows[k].range_m;
    drawn.rate_bytes_per_s = 1e9;
    for (int n = 0; n < m.systems; n++, drawn.seed++) {
        dcnn_status status = measure_system(&m, &drawn);
        if (!status) status = draw_once(&m, &drawn);
        if (status) return status;
    }
    print_row(rows[k].name, &m);
    return DCNN_OK;
}

int main(void)
{
    puts("| systems | drawn | a draw connects | pairs of units with a wrong count | hops too many there, mean | most | "
         "hops too many, mean of all pairs | wrong from unit to source |\n|---|--:|--:|--:|--:|--:|--:|--:|");
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        dcnn_status status = measure_row(k);
        if (!status) continue;
        fprintf(stderr, "measure_distances: %s\n", dcnn_status_text(status));
        return 5;
    }
    return fflush(stdout) == 0 ? 0 : 5;
}
