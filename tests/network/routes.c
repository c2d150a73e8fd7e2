/* Costs, routes and islands against Floyd and Warshall on thousands of small networks. */
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <stdlib.h>

enum { CASES = 20000 };

/* Fails with the seed, so that the case can be drawn again. */
#define CHECK(seed, holds)                                                                                             \
    do {                                                                                                               \
        if (!(holds)) fail_msg("seed %llu: %s", (unsigned long long)(seed), #holds);                                   \
    } while (0)

static void check_costs(uint64_t seed, dcnn_router *router, const oracle *o, const dcnn_message *message, int count)
{
    int64_t from_ns[PLACES_MAX], to_ns[PLACES_MAX];

    for (int i = 0; i < count; i++) {
        CHECK(seed, !dcnn_router_costs(router, message, i, false, from_ns));
        CHECK(seed, !dcnn_router_costs(router, message, i, true, to_ns));
        for (int k = 0; k < count; k++) {
            CHECK(seed, from_ns[k] == (message->scale == 0 ? 0 : o->cost_ns[i][k]));
            CHECK(seed, to_ns[k] == (message->scale == 0 ? 0 : o->cost_ns[k][i]));
        }
    }
}

/* Where hops are kept, they tell the costs. */
static void check_hops(uint64_t seed, dcnn_router *router, const oracle *o, int64_t link_ns, int count)
{
    for (int i = 0; i < count; i++) {
        const uint16_t *hops = dcnn_router_hops(router, i);
        for (int k = 0; k < count && hops; k++)
            CHECK(seed, o->cost_ns[i][k] == (hops[k] == 0 ? DCNN_NEVER : (hops[k] - 1) * link_ns));
    }
}

/* The lowest place from which the rest of the best route is open. */
static int next_of(const oracle *o, int i, int to, int count)
{
    for (int k = 0; k < count; k++)
        if (o->link_ns[i][k] != DCNN_NEVER && o->cost_ns[k][to] != DCNN_NEVER &&
            o->link_ns[i][k] + o->cost_ns[k][to] == o->cost_ns[i][to] && o->links[k][to] + 1 == o->links[i][to])
            return k;
    return -1;
}

static void check_route(uint64_t seed, dcnn_router *router, const oracle *o, const dcnn_message *message, int from,
                        int to, int count, bool matrix)
{
    int places[PLACES_MAX], used, at = from;

    CHECK(seed, !dcnn_router_route(router, message, from, to, places, &used));
    if (o->cost_ns[from][to] == DCNN_NEVER) {
        CHECK(seed, used == 0);
        return;
    }
    CHECK(seed, used == o->links[from][to] + 1);
    CHECK(seed, places[0] == from && places[used - 1] == to);
    for (int n = 1; n < used && !matrix; n++) {
        at = next_of(o, at, to, count);
        CHECK(seed, places[n] == at);
    }
}

static int islands_of(const oracle *o, int count)
{
    int island[PLACES_MAX], islands = 0;

    for (int i = 0; i < count; i++) island[i] = i;
    for (int again = 0; again < count; again++)
        for (int i = 0; i < count; i++)
            for (int k = 0; k < count; k++)
                if (o->cost_ns[i][k] != DCNN_NEVER || o->cost_ns[k][i] != DCNN_NEVER)
                    island[i] = island[k] = island[i] < island[k] ? island[i] : island[k];
    for (int i = 0; i < count; i++) islands += island[i] == i;
    return islands;
}

static void check_case(uint64_t seed)
{
    static random_network net;
    static oracle o;
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    dcnn_rng rng;
    int count, islands;

    dcnn_rng_seed(&rng, seed);
    random_network_draw(&net, &rng);
    count = net.scenario.place_count;
    CHECK(seed, !dcnn_network_new(&network, &net.scenario, NULL));
    CHECK(seed, !dcnn_router_new(&router, network, NULL));
    for (int n = 0; n < 2; n++) { /* the second message meets the scratch the first one left */
        dcnn_message message = random_message(&rng), needed = message;
        if (needed.scale == 0) needed.scale = 1; /* costs nothing, but its route is asked for */
        oracle_solve(&o, &net, &needed);
        check_costs(seed, router, &o, &message, count);
        if (network->kind_count > 0)
            check_hops(seed, router, &o, dcnn_message_link_ns(&needed, &network->kinds[0]), count);
        for (int i = 0; i < count; i++)
            for (int k = 0; k < count; k++) check_route(seed, router, &o, &message, i, k, count, network->hops != NULL);
    }
    CHECK(seed, !dcnn_network_islands(network, &islands, NULL));
    CHECK(seed, islands == islands_of(&o, count));
    dcnn_router_free(router);
    dcnn_network_free(network);
}

static void test_costs_routes_and_islands_agree(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) check_case(seed);
}

/* A lattice of a million units: 8 neighbours each inside, and 999 hops from corner to corner. */
static void test_a_million_units(void **state)
{
    enum { SIDE = 1000, COUNT = SIDE * SIDE };
    dcnn_scenario scenario = {.place_count = COUNT};
    int64_t straight = 2L * SIDE * (SIDE - 1), diagonal = 2L * (SIDE - 1) * (SIDE - 1);
    int64_t *cost_ns = dcnn_take(COUNT, sizeof *cost_ns);
    dcnn_message message = {1, 1000};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;

    (void)state;
    scenario.places = dcnn_take(COUNT, sizeof *scenario.places);
    assert_non_null(scenario.places);
    assert_non_null(cost_ns);
    for (int i = 0; i < COUNT; i++) {
        scenario.places[i].x_m = i % SIDE - 300;
        scenario.places[i].y_m = i / SIDE;
    }
    scenario.network = (dcnn_network_spec){.kind = DCNN_NETWORK_RANGE, .range_m = 1.5, .rate_bytes_per_s = 1e6};
    assert_int_equal(dcnn_network_new(&network, &scenario, NULL), DCNN_OK);
    assert_int_equal(network->arc_count, 2 * (straight + diagonal));
    assert_int_equal(dcnn_router_new(&router, network, NULL), DCNN_OK);
    assert_int_equal(dcnn_router_costs(router, &message, 0, false, cost_ns), DCNN_OK);
    assert_int_equal(cost_ns[COUNT - 1], 999 * 1000000);
    dcnn_router_free(router);
    dcnn_network_free(network);
    free(scenario.places);
    free(cost_ns);
}

/* More places than a word has bits: as many hops as the larger of the steps along and across. */
static void test_hops_of_a_lattice(void **state)
{
    enum { SIDE = 29, COUNT = SIDE * SIDE };
    static dcnn_place places[COUNT];
    dcnn_scenario scenario = {.place_count = COUNT, .places = places};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        places[i].x_m = i % SIDE;
        places[i].y_m = i / SIDE;
    }
    scenario.network = (dcnn_network_spec){.kind = DCNN_NETWORK_RANGE, .range_m = 1.5, .rate_bytes_per_s = 1e6};
    assert_int_equal(dcnn_network_new(&network, &scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_router_new(&router, network, NULL), DCNN_OK);
    for (int i = 0; i < COUNT; i += 31) {
        const uint16_t *hops = dcnn_router_hops(router, i);
        assert_non_null(hops);
        for (int k = 0; k < COUNT; k++) {
            int across = abs(k % SIDE - i % SIDE), along = abs(k / SIDE - i / SIDE);
            assert_int_equal(hops[k], 1 + (across > along ? across : along));
        }
    }
    dcnn_router_free(router);
    dcnn_network_free(network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_costs_routes_and_islands_agree),
        cmocka_unit_test(test_hops_of_a_lattice),
        cmocka_unit_test(test_a_million_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
