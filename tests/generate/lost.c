/* Every allocation of generator and catalogue lost in turn. */
#include "faults.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <dcnn/generate.h>

static void test_generate_survives_lost_allocations(void **state)
{
    static const char *const models[] = {"cnn5", "paper/7layergc"};
    dcnn_generate_options options;
    long live = faults_live_blocks();
    dcnn_status status;

    (void)state;
    dcnn_generate_options_init(&options);
    options.cnns = options.model_count = 2;
    options.models = models;
    for (long allowed = 0;; allowed++) {
        dcnn_scenario *scenario;
        faults_after(allowed);
        status = dcnn_generate(&scenario, &options, NULL);
        faults_off();
        assert_true((status == DCNN_OK) == (scenario != NULL));
        dcnn_scenario_free(scenario);
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_generate_survives_lost_allocations)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
