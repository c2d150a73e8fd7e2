/* Every allocation of the checker lost in turn. */
#include "faults.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <dcnn/check.h>

static void survives_lost_allocations(const dcnn_scenario *scenario, const dcnn_placement *placement)
{
    long live = faults_live_blocks(), injected = faults_injected();
    int64_t violations = -1;
    dcnn_status status;

    for (long allowed = 0;; allowed++) {
        faults_after(allowed);
        status = dcnn_check(scenario, placement, NULL, NULL, &violations, NULL);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
        assert_int_equal(violations, 0);
    }
    assert_true(faults_injected() > injected);
    assert_int_equal(violations, 1); /* the value, which nobody computed */
}

static void test_all_kinds_survive_lost_allocations(void **state)
{
    char id[] = "a";
    dcnn_place places[2] = {{.id = id, .x_m = 0}, {.id = id, .x_m = 1}};
    dcnn_unit units[2] = {{NULL, 10, 1, DCNN_UNLIMITED}, {NULL, 10, 1, DCNN_UNLIMITED}};
    dcnn_link link = {0, 1, 1e6, 0, 0, false};
    int32_t hops[4] = {0, 1, 1, 0};
    double p[1] = {0}, g[1] = {0}; /* nothing ever runs, so nothing takes time */
    dcnn_layer layers[1] = {{.memory_bytes = 1}};
    dcnn_cnn cnn = {
        .id = id, .weight = 1, .deadline_ns = DCNN_NEVER, .layer_count = 1, .layers = layers, .p = p, .g = g};
    dcnn_scenario scenario = {.place_count = 2, .unit_count = 2, .places = places, .units = units};
    int home[1] = {1};
    dcnn_cnn_placement placed = {.id = id, .layer_count = 1, .units = home};
    dcnn_placement placement = {.value_ns = 1, .stop = DCNN_STOP_TIME, .cnn_count = 1, .cnns = &placed};

    (void)state;
    scenario.cnn_count = 1;
    scenario.cnns = &cnn;
    scenario.network = (dcnn_network_spec){.rate_bytes_per_s = 1e6, .range_m = 1.5, .link_count = 1};
    scenario.network.links = &link;
    scenario.network.hops = hops;
    for (int kind = DCNN_NETWORK_RANGE; kind <= DCNN_NETWORK_HOPS; kind++) {
        scenario.network.kind = (dcnn_network_kind)kind;
        survives_lost_allocations(&scenario, &placement);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_kinds_survive_lost_allocations)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
