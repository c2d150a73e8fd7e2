/* The search by regions with allocations lost at ever later points: it says so and leaks nothing. */
#include "faults.h"
#include "solve/reach.h"
#include <dcnn/generate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>

static dcnn_status solve(const dcnn_instance *instance)
{
    dcnn_options options;
    dcnn_run run;
    dcnn_status status = DCNN_E_MEMORY;

    dcnn_options_init(&options);
    if (dcnn_run_init(&run, instance, &options)) status = dcnn_reach_run(&run, NULL);
    dcnn_run_clear(&run);
    return status;
}

static void test_survives_lost_allocations(void **state)
{
    dcnn_generate_options options;
    dcnn_scenario *scenario;
    dcnn_instance *instance;
    long live, injected;
    dcnn_status status = DCNN_E_MEMORY;

    (void)state;
    dcnn_generate_options_init(&options);
    options.units = 30;
    options.area_m = 20;
    options.cnns = 2;
    assert_int_equal(dcnn_generate(&scenario, &options, NULL), DCNN_OK);
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    live = faults_live_blocks();
    injected = faults_injected();
    for (long allowed = 0; status; allowed += 1 + allowed / 30) {
        faults_after(allowed);
        status = solve(instance);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (status) assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > injected);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_survives_lost_allocations)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
