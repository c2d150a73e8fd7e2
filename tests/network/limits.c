/* Rounding, overflow, odd coordinates, wrong arguments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <dcnn/network.h>

static void test_link_cost_rounds_half_away_from_zero(void **state)
{
    dcnn_link_kind kind = {2e9, 0, 0}; /* half a nanosecond a byte */

    (void)state;
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 1}, &kind), 1);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 2}, &kind), 1);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 3}, &kind), 2);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){0.5, 1}, &kind), 0);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 0}, &kind), 0);
}

static void test_link_cost_knows_latency_and_retransmission(void **state)
{
    dcnn_link_kind kind = {1e6, 0.020, 0.5};

    (void)state;
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 0}, &kind), 30000000);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 10000}, &kind), 45000000);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){2, 10000}, &kind), 90000000);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){0, 10000}, &kind), 0);
}

static void test_link_cost_that_does_not_fit_is_never(void **state)
{
    dcnn_link_kind slow = {1e-300, 1e300, 1e300};

    (void)state;
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, DCNN_COUNT_MAX}, &slow), DCNN_NEVER);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){0, DCNN_COUNT_MAX}, &slow), 0);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 0}, &(dcnn_link_kind){1, 9007199.254740992, 0}),
                     DCNN_NEVER);
    assert_int_equal(dcnn_message_link_ns(&(dcnn_message){1, 0}, &(dcnn_link_kind){1, 9007199.254740991, 0}),
                     DCNN_COUNT_MAX - 1);
}

/* A chain of three links, each of which costs 2^52 ns: two of them are one too many. */
static void test_route_that_does_not_fit_is_none(void **state)
{
    dcnn_link links[3] = {{0, 1, 1, 4503599.627370496, 0, false},
                          {1, 2, 1, 4503599.627370496, 0, false},
                          {2, 3, 1, 4503599.627370496, 0, false}};
    dcnn_scenario scenario = {.place_count = 4};
    dcnn_message message = {1, 0};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    int64_t cost_ns[4];
    int places[4], count;

    (void)state;
    scenario.network = (dcnn_network_spec){.kind = DCNN_NETWORK_LINKS, .link_count = 3, .links = links};
    for (int alike = 0; alike < 2; alike++) {
        links[2].retransmission = alike ? 0 : 1e-9; /* breadth-first, and Dijkstra */
        assert_int_equal(dcnn_network_new(&network, &scenario, NULL), DCNN_OK);
        assert_int_equal(dcnn_router_new(&router, network, NULL), DCNN_OK);
        assert_int_equal(dcnn_router_costs(router, &message, 0, false, cost_ns), DCNN_OK);
        assert_int_equal(cost_ns[1], (int64_t)1 << 52);
        assert_int_equal(cost_ns[2], DCNN_NEVER);
        assert_int_equal(cost_ns[3], DCNN_NEVER);
        assert_int_equal(dcnn_router_route(router, &message, 0, 2, places, &count), DCNN_OK);
        assert_int_equal(count, 0);
        dcnn_router_free(router);
        dcnn_network_free(network);
    }
}

static void test_hops_that_do_not_fit_are_none(void **state)
{
    int32_t hops[4] = {0, INT32_MAX, 2, 0};
    dcnn_scenario scenario = {.place_count = 2};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    int64_t cost_ns[2];

    (void)state;
    scenario.network = (dcnn_network_spec){.kind = DCNN_NETWORK_HOPS, .rate_bytes_per_s = 1, .hops = hops};
    assert_int_equal(dcnn_network_new(&network, &scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_router_new(&router, network, NULL), DCNN_OK);
    assert_int_equal(dcnn_router_costs(router, &(dcnn_message){1, 1}, 0, false, cost_ns), DCNN_OK);
    assert_int_equal(cost_ns[1], DCNN_NEVER);
    assert_int_equal(dcnn_router_costs(router, &(dcnn_message){1, 1}, 0, true, cost_ns), DCNN_OK);
    assert_int_equal(cost_ns[1], 2000000000);
    dcnn_router_free(router);
    dcnn_network_free(network);
}

static int64_t arcs_between(double x1_m, double x2_m, double range_m)
{
    dcnn_place places[2] = {{.x_m = x1_m}, {.x_m = x2_m}};
    dcnn_scenario scenario = {.place_count = 2, .places = places};
    dcnn_network *network = NULL;
    int64_t arcs;

    scenario.network = (dcnn_network_spec){.kind = DCNN_NETWORK_RANGE, .range_m = range_m, .rate_bytes_per_s = 1};
    assert_int_equal(dcnn_network_new(&network, &scenario, NULL), DCNN_OK);
    arcs = network->arc_count;
    dcnn_network_free(network);
    return arcs;
}

static void test_range_at_odd_coordinates(void **state)
{
    (void)state;
    assert_int_equal(arcs_between(0, 3, 3), 0); /* strictly less */
    assert_int_equal(arcs_between(0, 3, 3.0000000000000004), 2);
    assert_int_equal(arcs_between(7, 7, 0.001), 2);
    assert_int_equal(arcs_between(-1e300, 1e300, 1e150), 0);
    assert_int_equal(arcs_between(1e300, 1e300, 1e-3), 2);
    assert_int_equal(arcs_between(-1e308, 1e308, 1e308), 0);
    assert_int_equal(arcs_between(0, 1e-200, 1e-100), 2);
    assert_int_equal(arcs_between(0, 0, 1e-200), 0); /* its square is 0 in doubles */
    assert_int_equal(arcs_between(1099511627775.5, 1099511627776.5, 1.25), 2);
}

static void test_no_such_place(void **state)
{
    dcnn_scenario scenario = {.place_count = 1};
    dcnn_message message = {1, 1};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    int64_t cost_ns[1];
    int places[1], count;

    (void)state;
    scenario.network.kind = DCNN_NETWORK_LINKS;
    assert_int_equal(dcnn_network_new(&network, &scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_router_new(&router, network, NULL), DCNN_OK);
    assert_int_equal(dcnn_router_costs(router, &message, 1, false, cost_ns), DCNN_E_ARGUMENT);
    assert_int_equal(dcnn_router_route(router, &message, -1, 0, places, &count), DCNN_E_ARGUMENT);
    assert_int_equal(dcnn_router_route(router, &message, 0, 0, places, &count), DCNN_OK);
    assert_int_equal(count, 1);
    dcnn_router_free(router);
    dcnn_network_free(network);
    dcnn_router_free(NULL);
    dcnn_network_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_link_cost_rounds_half_away_from_zero),
        cmocka_unit_test(test_link_cost_knows_latency_and_retransmission),
        cmocka_unit_test(test_link_cost_that_does_not_fit_is_never),
        cmocka_unit_test(test_route_that_does_not_fit_is_none),
        cmocka_unit_test(test_hops_that_do_not_fit_are_none),
        cmocka_unit_test(test_range_at_odd_coordinates),
        cmocka_unit_test(test_no_such_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
