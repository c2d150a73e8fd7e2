/* Each switch against sums done by hand, on four units in a row with one more beside them. */
#include "experiment/compat.h"
#include "experiment/distances.h"
#include "experiment/scenario.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* s - u0 - u1 - u3 - u4 in a row, u2 beside the link from u1 to u3. 1,000 bytes take a second a hop; the units compute
 * 1,000 operations a second. */
static const char text[] =
    "{\"dcnn\":\"scenario\",\"version\":1,\"name\":\"row\",\"unit_types\":{\"board\":{\"memory_bytes\":1000,\"ops_per_"
    "s\":"
    "1000}},\"units\":["
    "{\"id\":\"u0\",\"type\":\"board\",\"x_m\":0,\"y_m\":0},{\"id\":\"u1\",\"type\":\"board\",\"x_m\":5,\"y_m\":0},"
    "{\"id\":\"u2\",\"type\":\"board\",\"x_m\":7,\"y_m\":4},{\"id\":\"u3\",\"type\":\"board\",\"x_m\":10,\"y_m\":0},"
    "{\"id\":\"u4\",\"type\":\"board\",\"x_m\":15,\"y_m\":0}],"
    "\"endpoints\":[{\"id\":\"s\",\"x_m\":-5,\"y_m\":0}],\"network\":{\"range_m\":6,\"rate_bytes_per_s\":1000},"
    "\"cnns\":[{\"id\":\"c\",\"input_bytes\":500,\"source\":\"s\",\"layers\":["
    "{\"name\":\"a\",\"memory_bytes\":1,\"ops\":2000,\"output_bytes\":100},"
    "{\"name\":\"b\",\"memory_bytes\":1,\"ops\":3000,\"output_bytes\":200,\"exit_probability\":0.75},"
    "{\"name\":\"d\",\"memory_bytes\":1,\"ops\":4000,\"output_bytes\":40}]}]}";

/* Parts of the latency of a on u0, b on u1, d on u3, in milliseconds. */
static void check_parts(unsigned switches, double source, double compute, double transfer, double sink)
{
    static const int units[] = {0, 1, 3};
    const int *const all[] = {units};
    dcnn_generate_options drawn;
    dcnn_scenario *scenario;
    dcnn_placement *placement;
    const dcnn_latency *found;

    dcnn_generate_options_init(&drawn);
    assert_int_equal(dcnn_scenario_parse(&scenario, text, sizeof text - 1, "row", NULL, NULL, NULL, NULL), DCNN_OK);
    assert_int_equal(dcnn_compat_apply(scenario, switches, &drawn, NULL), DCNN_OK);
    assert_int_equal(dcnn_placement_new(&placement, scenario, all, NULL), DCNN_OK);
    found = &placement->cnns[0].latency;
    assert_int_equal(found->source_ns, (int64_t)(source * 1e6));
    assert_int_equal(found->compute_ns, (int64_t)(compute * 1e6));
    assert_int_equal(found->transfer_ns, (int64_t)(transfer * 1e6));
    assert_int_equal(found->sink_ns, (int64_t)(sink * 1e6));
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
}

/* p = 1 1 .25, g = 0 .75 .25: 500 over 1 hop; 2 + 3 + 4/4 s; 100 + 200/4 over 1 hop each; 40 over 2 and 3 hops. */
static void test_none(void **state)
{
    (void)state;
    check_parts(0, 500, 6000, 150, 90);
}

/* The image goes two hops, to b, and counts as part of the decision. */
static void test_source_on_second_layer(void **state)
{
    (void)state;
    check_parts(1u << DCNN_COMPAT_SOURCE_ON_SECOND_LAYER, 0, 6000, 150, 90 + 1000);
}

/* p = .75 .75 .25: the image, a, b and the message from a to b all count by three quarters. */
static void test_probabilities(void **state)
{
    (void)state;
    check_parts(1u << DCNN_COMPAT_PUBLISHED_PROBABILITIES, 375, 1500 + 2250 + 1000, 75 + 50, 90);
    check_parts(1u << DCNN_COMPAT_PUBLISHED_PROBABILITIES | 1u << DCNN_COMPAT_SOURCE_ON_SECOND_LAYER, 0, 4750, 125,
                90 + 750);
}

/* a with the p of b, b with the p of d, d not at all. */
static void test_processing(void **state)
{
    (void)state;
    check_parts(1u << DCNN_COMPAT_PROCESSING_WITHOUT_LAST_LAYER, 500, 2000 + 750, 150, 90);
}

/* From u0 the search comes by u1 to u2 and from there to u3, which it may not enter again: 4 hops to u4 instead of 3.
 * The other way it would find 3, but is not asked. */
static void test_distances(void **state)
{
    static const int hops[6][6] = {{0, 1, 2, 2, 4, 1}, {1, 0, 1, 1, 2, 2}, {2, 1, 0, 1, 2, 3},
                                   {2, 1, 1, 0, 1, 3}, {4, 2, 2, 1, 0, 4}, {1, 2, 3, 3, 4, 0}};
    dcnn_scenario *scenario;

    (void)state;
    assert_int_equal(dcnn_scenario_parse(&scenario, text, sizeof text - 1, "row", NULL, NULL, NULL, NULL), DCNN_OK);
    assert_int_equal(dcnn_published_distances(scenario, NULL), DCNN_OK);
    assert_int_equal(scenario->network.kind, DCNN_NETWORK_HOPS);
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) assert_int_equal(scenario->network.hops[i * 6 + k], hops[i][k]);
    assert_int_equal(dcnn_published_distances(scenario, NULL), DCNN_E_VALUE);
    dcnn_scenario_free(scenario);
}

static void draw(dcnn_scenario **scenario, dcnn_plan_setting *setting, unsigned compat, const dcnn_plan_system *system)
{
    dcnn_plan_solve solve = {.system = system, .setting = setting, .layers_per_unit = 1, .draw = 0};
    setting->compat = compat;
    assert_int_equal(dcnn_experiment_scenario(scenario, &solve, NULL), DCNN_OK);
}

static void test_drawn_systems(void **state)
{
    const char *models[] = {"paper/7layer"};
    dcnn_mix mix[] = {{"stm32h7", 1}, {"raspberry-pi-3b+", 3}};
    dcnn_plan_system system = {.name = "s", .draws = 1};
    dcnn_plan_setting setting = {.name = "t", .cnns = 1, .model_count = 1, .models = models, .rate_bytes_per_s = 1e6};
    dcnn_plan_solve solve = {.system = &system, .setting = &setting, .layers_per_unit = 1, .draw = 0};
    const int units[] = {0, 1, 2, 3, 4};
    const int *const all[] = {units};
    dcnn_placement *defined, *published;
    dcnn_scenario *plain, *other;
    int small = 0;
    int64_t value_ns;

    (void)state;
    dcnn_generate_options_init(&system.drawn);
    system.drawn.units = 400;
    system.drawn.mix = mix;
    system.drawn.mix_count = 2;
    draw(&plain, &setting, 0, &system);
    draw(&other, &setting, 1u << DCNN_COMPAT_TYPES_DRAWN, &system);
    for (int i = 0; i < 400; i++) {
        bool stm = strcmp(other->units[i].type, "stm32h7") == 0;
        assert_true(other->places[i].x_m == plain->places[i].x_m);
        assert_true(other->units[i].ops_per_s == (stm ? 40e6 : 560e6));
        small += stm;
    }
    assert_in_range(small, 70, 130); /* 100 expected, standard deviation 8.7 */
    dcnn_scenario_free(other);

    /* what a placement is worth as defined does not depend on how it was looked at */
    draw(&other, &setting, 1u << DCNN_COMPAT_SOURCE_ON_SECOND_LAYER | 1u << DCNN_COMPAT_OPS_TO_TWO_DECIMALS, &system);
    assert_int_equal(other->cnns[0].layers[0].ops, 3810000);
    assert_int_equal(dcnn_placement_new(&defined, plain, all, NULL), DCNN_OK);
    assert_int_equal(dcnn_placement_new(&published, other, all, NULL), DCNN_OK);
    assert_int_equal(dcnn_experiment_defined_value(&value_ns, &solve, published, NULL), DCNN_OK);
    assert_int_equal(value_ns, defined->value_ns);
    assert_int_not_equal(published->value_ns, defined->value_ns);
    dcnn_placement_free(published);
    dcnn_placement_free(defined);
    dcnn_scenario_free(other);
    dcnn_scenario_free(plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none),          cmocka_unit_test(test_source_on_second_layer),
        cmocka_unit_test(test_probabilities), cmocka_unit_test(test_processing),
        cmocka_unit_test(test_distances),     cmocka_unit_test(test_drawn_systems)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
