/* proofs.c - scenarios for which the solver once proved what is not so: found by the properties, shrunk since. */
#include "base/base.h"
#include "oracle.h"
#include <dcnn/solve.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *file;
    uint64_t seed; /* of the search that went wrong */
} cases[] = {
    {"0001-tight-budget-two-units.json", 5271},     /* an optimum too high */
    {"0002-budget-of-a-unit-that-is-left.json", 1}, /* infeasible */
    {"0003-shared-layer-behind-a-detour.json", 1},  /* an optimum too high */
    {"0004-shared-layer-that-never-runs.json", 1},  /* infeasible */
};

static dcnn_result solve(const dcnn_scenario *scenario, uint64_t seed)
{
    dcnn_instance *instance;
    dcnn_solver *solver;
    dcnn_options options;
    dcnn_result result;

    dcnn_options_init(&options);
    options.seed = seed;
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_new(&solver, instance, &options, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_run(solver, &result, NULL), DCNN_OK);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    return result;
}

static void test_proofs_are_true(void **state)
{
    static oracle o;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        dcnn_scenario *scenario;
        oracle_answer answer;
        dcnn_result result;
        dcnn_buf path = {0};
        dcnn_buf_format(&path, "%s/regress/%s", getenv("DCNN_TEST_DIR"), cases[k].file);
        assert_int_equal(dcnn_scenario_read(&scenario, path.data, NULL, NULL, NULL), DCNN_OK);
        assert_true(oracle_init(&o, scenario));
        oracle_solve(&o, &answer);
        result = solve(scenario, cases[k].seed);
        if (result.best_ns != answer.value_ns || result.bound_ns != answer.value_ns)
            fail_msg("%s: best %lld, bound %lld, but the optimum is %lld", cases[k].file, (long long)result.best_ns,
                     (long long)result.bound_ns, (long long)answer.value_ns);
        dcnn_scenario_free(scenario);
        dcnn_buf_clear(&path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_proofs_are_true)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
