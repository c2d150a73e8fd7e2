/* Solution files as other solvers write them, and what is said of broken ones. */
#include <dcnn/dcnn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h needs the above */
#include <cmocka.h>

/* Two units, one CNN of two layers. */
static const char scenario_text[] =
    "{\"dcnn\":\"scenario\",\"version\":1,\"name\":\"two\",\"units\":[{\"id\":\"a\",\"type\":\"odroid\"},{\"id\":\"b\","
    "\"type\":\"jetson\"}],\"network\":{\"rate_bytes_per_s\":1000000,\"links\":[{\"a\":\"a\",\"b\":\"b\"}]},\"cnns\":[{"
    "\"id\":\"one\",\"source\":\"a\",\"input_bytes\":7,\"layers\":[{\"name\":\"k\",\"memory_bytes\":5,\"ops\":1000,"
    "\"output_bytes\":3},{\"name\":\"l\",\"memory_bytes\":5,\"ops\":1000,\"output_bytes\":3}]}]}";

static dcnn_scenario *scenario;

static int open_scenario(void **state)
{
    (void)state;
    return dcnn_scenario_parse(&scenario, scenario_text, sizeof scenario_text - 1, "two", NULL, NULL, NULL, NULL);
}

static int close_scenario(void **state)
{
    (void)state;
    dcnn_scenario_free(scenario);
    return 0;
}

/* All of them say: the first layer on unit 1, the second on unit 0. */
static void test_every_solver_is_understood(void **state)
{
    static const char *const files[] = {
        "Optimal - objective value 1.5\n      1 x0_0_1   1   0.5\n      2 x0_1_0    0.9999999  1\n",
        "Optimal - objective value 1.5\n**    1 x0_0_1   1   0.5\n      2 x0_1_0    1  1\n",
        "Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective 1.5\n# Columns 4\nx0_0_0 0\nx0_0_1 1\n"
        "x0_1_0 1\nx0_1_1 -0\n# Rows 2\nr0 1\nr1 1\n",
        "solution status: optimal solution found\nobjective value:    1.5\nx0_0_1     1 \t(obj:0.5)\nx0_1_0   1 "
        "\t(obj:1)\n",
        "# Solution for model obj\n# Objective value = 1.5\nx0_0_0 0\nx0_0_1 1\nx0_1_0 1\nx0_1_1 0\n",
        "   No. Column name       Activity     Lower bound   Upper bound\n------ ------ -\n"
        "     1 x0_0_0       *              0             0             1 \n"
        "     2 x0_0_1       *              1             0             1 \n"
        "     3 x0_1_0\n                    *              1             0             1 \n",
        "c Problem:\nc\ns mip 2 4 o 1.5\ni 1 1\ni 2 1\nj 1 0\nj 2 1\nj 3 1\nj 4 0\ne o f\n",
        "1 0\n",
        "c toulbar2\nNew solution: 7 (0 backtracks)\n 0 0\nNew solution: 6\n 1 0\nOptimum: 6\n",
    };

    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        dcnn_placement *placement;
        dcnn_error err = {0};
        dcnn_status status = dcnn_solution_parse(&placement, scenario, files[k], strlen(files[k]), &err);
        if (status) print_error("file %zu: %s\n", k, err.text);
        assert_int_equal(status, DCNN_OK);
        assert_int_equal(placement->cnns[0].units[0], 1);
        assert_int_equal(placement->cnns[0].units[1], 0);
        dcnn_placement_free(placement);
    }
}

static void test_broken_files_are_refused(void **state)
{
    static const struct {
        const char *text, *said;
    } files[] = {
        {"", "no solution"},
        {"Infeasible - objective value 0\n", "no solution"},
        {"x0_0_1 1\n", "no unit for layer 1 of CNN 0"},
        {"x0_0_1 1\nx0_0_0 1\n", "on unit 1 and on unit 0"},
        {"x0_0_2 1\n", "not a column"},
        {"x3_0_0 1\n", "not a column"},
        {"x0_0_0 one\n", "expected its value"},
        {"x0_0_0", "no solution"},
        {"x99999999999_0_0 1\n", "no solution"},
        {"j 1\n", "expected"},
        {"1 7\n", "no value 7"},
        {"1\n", "no solution"},
    };

    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        dcnn_placement *placement;
        dcnn_error err = {0};
        assert_int_equal(dcnn_solution_parse(&placement, scenario, files[k].text, strlen(files[k].text), &err),
                         DCNN_E_VALUE);
        assert_null(placement);
        if (!strstr(err.text, files[k].said)) fail_msg("file %zu: %s", k, err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_solver_is_understood),
                                       cmocka_unit_test(test_broken_files_are_refused)};

    return cmocka_run_group_tests(tests, open_scenario, close_scenario);
}
