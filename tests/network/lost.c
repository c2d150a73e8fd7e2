/* Every allocation of the network code lost in turn. */
#include "faults.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <dcnn/network.h>

static dcnn_status use_network(const dcnn_scenario *scenario)
{
    dcnn_message message = {1, 1000};
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    dcnn_status status;
    int places[4], count;

    if ((status = dcnn_network_new(&network, scenario, NULL))) goto done;
    if ((status = dcnn_network_islands(network, &count, NULL))) goto done;
    if ((status = dcnn_router_new(&router, network, NULL))) goto done;
    status = dcnn_router_route(router, &message, 0, 3, places, &count);
done:
    dcnn_router_free(router);
    dcnn_network_free(network);
    return status;
}

static void survives_lost_allocations(const dcnn_scenario *scenario)
{
    long live = faults_live_blocks(), injected = faults_injected();
    dcnn_status status;

    for (long allowed = 0;; allowed++) {
        faults_after(allowed);
        status = use_network(scenario);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > injected);
}

static void test_all_kinds_survive_lost_allocations(void **state)
{
    dcnn_place places[4] = {{.x_m = 0}, {.x_m = 1}, {.x_m = 2}, {.x_m = 3}};
    dcnn_link links[3] = {{0, 1, 1e6, 0, 0, false}, {1, 2, 2e6, 0, 0, false}, {2, 3, 1e6, 0, 0, true}};
    int32_t hops[16] = {0, 1, 2, 3, 1, 0, 1, 2, 2, 1, 0, 1, 3, 2, 1, 0};
    dcnn_scenario scenario = {.place_count = 4, .places = places};

    (void)state;
    scenario.network = (dcnn_network_spec){.rate_bytes_per_s = 1e6, .range_m = 1.5, .link_count = 3};
    scenario.network.links = links;
    scenario.network.hops = hops;
    for (int kind = DCNN_NETWORK_RANGE; kind <= DCNN_NETWORK_HOPS; kind++) {
        scenario.network.kind = (dcnn_network_kind)kind;
        survives_lost_allocations(&scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_kinds_survive_lost_allocations)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
