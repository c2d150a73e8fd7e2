/* Regions on networks as large as they are meant for: threads change nothing, what is claimed holds. */
#include <dcnn/check.h>
#include <dcnn/generate.h>
#include <dcnn/solve.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>

static dcnn_scenario *draw(int units, int cnns, int layers_per_unit)
{
    const char *models[] = {"alexnet", "alexnet-ee", "cnn5"};
    dcnn_generate_options options;
    dcnn_scenario *scenario;

    dcnn_generate_options_init(&options);
    options.units = units;
    options.cnns = cnns;
    options.models = models;
    options.model_count = 3;
    options.area_m = 80;
    options.layers_per_unit = layers_per_unit;
    assert_int_equal(dcnn_generate(&scenario, &options, NULL), DCNN_OK);
    return scenario;
}

/* Solves to the gap, has the answer checked. */
static dcnn_result solve(const dcnn_scenario *scenario, double gap, int threads)
{
    dcnn_instance *instance;
    dcnn_solver *solver;
    dcnn_options options;
    dcnn_placement *placement;
    dcnn_result result;
    int64_t violations;

    dcnn_options_init(&options);
    options.gap = gap;
    options.threads = threads;
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_new(&solver, instance, &options, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_run(solver, &result, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_placement(solver, &placement, NULL), DCNN_OK);
    assert_int_equal(dcnn_check(scenario, placement, NULL, NULL, &violations, NULL), DCNN_OK);
    assert_int_equal(violations, 0);
    dcnn_placement_free(placement);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    return result;
}

static void test_threads_change_nothing(void **state)
{
    (void)state;
    for (int layers_per_unit = 1; layers_per_unit <= 2; layers_per_unit++) {
        dcnn_scenario *scenario = draw(700, layers_per_unit == 1 ? 12 : 2, layers_per_unit);
        dcnn_result one = solve(scenario, 0.01, 1), two = solve(scenario, 0.01, 2);
        assert_int_equal(one.best_ns, two.best_ns);
        assert_int_equal(one.bound_ns, two.bound_ns);
        dcnn_scenario_free(scenario);
    }
}

static void test_few_cnns_are_proven(void **state)
{
    dcnn_scenario *scenario = draw(800, 2, 1);
    dcnn_result result = solve(scenario, 0, 1);

    (void)state;
    assert_int_equal(result.proof, DCNN_PROOF_OPTIMAL);
    assert_int_equal(result.stop, DCNN_STOP_FINISHED);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads_change_nothing),
                                       cmocka_unit_test(test_few_cnns_are_proven)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
