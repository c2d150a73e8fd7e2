/* Drawn systems: the same everywhere, connected, dealt as asked; refusals. */
#include "base/base.h"
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka.h needs the above */
#include <cmocka.h>
#include <dcnn/catalog.h>
#include <dcnn/generate.h>
#include <dcnn/network.h>

static dcnn_scenario *draw(const dcnn_generate_options *options)
{
    dcnn_scenario *scenario;

    assert_int_equal(dcnn_generate(&scenario, options, NULL), DCNN_OK);
    return scenario;
}

/* Fingerprint of all that was drawn or dealt. */
static void fingerprint(const dcnn_scenario *scenario, char hex[65])
{
    dcnn_buf text = {0};

    for (int i = 0; i < scenario->place_count; i++) {
        const dcnn_place *place = &scenario->places[i];
        dcnn_buf_format(&text, "%s ", place->id);
        if (i < scenario->unit_count) dcnn_buf_text(&text, scenario->units[i].type);
        dcnn_buf_text(&text, " ");
        dcnn_buf_double(&text, place->x_m);
        dcnn_buf_text(&text, " ");
        dcnn_buf_double(&text, place->y_m);
        dcnn_buf_text(&text, "\n");
    }
    for (int c = 0; c < scenario->cnn_count; c++) {
        const dcnn_cnn *cnn = &scenario->cnns[c];
        dcnn_buf_format(&text, "%s %s %d %d %d\n", cnn->id, cnn->model, cnn->source, cnn->sink, cnn->layer_count);
    }
    assert_false(text.failed);
    dcnn_sha256_hex(text.data, text.size, hex);
    dcnn_buf_clear(&text);
}

static void test_same_on_every_machine(void **state)
{
    static const char *const models[] = {"alexnet", "alexnet-ee", "resnet-18"};
    dcnn_generate_options options;
    dcnn_scenario *scenario;
    char hex[65];

    (void)state;
    dcnn_generate_options_init(&options);
    scenario = draw(&options);
    fingerprint(scenario, hex);
    assert_string_equal(hex, "9a2c539ba1fc4fe340caf1e615a6b3d4781892871492a8e9e494826e8ee437d0");
    dcnn_scenario_free(scenario);

    options.units = 1000;
    options.cnns = 20;
    options.models = models;
    options.model_count = 3;
    options.area_m = 94.1;
    options.seed = 18446744073709551615U;
    scenario = draw(&options);
    fingerprint(scenario, hex);
    assert_string_equal(hex, "c88fd0af0bbc5f72a71d7096607364938d7ceb2ecb1da4af50e342535e5fbede");
    dcnn_scenario_free(scenario);
}

/* Numbers are written so that they read back exactly. */
static void test_written_and_read_back(void **state)
{
    static const char *const models[] = {"cnn5-ee", "paper/alexgc"};
    dcnn_generate_options options;
    dcnn_scenario *drawn, *read;
    char path[] = "/tmp/dcnn-generate-XXXXXX", before[65], after[65];
    int file = mkstemp(path);

    (void)state;
    assert_true(file >= 0);
    dcnn_generate_options_init(&options);
    options.cnns = options.model_count = 2;
    options.models = models;
    options.area_m = 29.9999;
    options.range_m = 1.0 / 3 + 7;
    drawn = draw(&options);
    assert_int_equal(dcnn_scenario_write(drawn, path, NULL), DCNN_OK);
    assert_int_equal(dcnn_scenario_read(&read, path, NULL, NULL, NULL), DCNN_OK);
    fingerprint(drawn, before);
    fingerprint(read, after);
    assert_string_equal(before, after);
    assert_true(read->network.range_m == options.range_m);
    assert_true(read->network.rate_bytes_per_s == options.rate_bytes_per_s);
    assert_int_equal(read->layers_per_unit, 1);
    for (int c = 0; c < 2; c++)
        for (int j = 0; j < read->cnns[c].layer_count; j++) {
            assert_int_equal(read->cnns[c].layers[j].ops, drawn->cnns[c].layers[j].ops);
            assert_true(read->cnns[c].p[j] == drawn->cnns[c].p[j] && read->cnns[c].g[j] == drawn->cnns[c].g[j]);
        }
    (void)close(file);
    (void)unlink(path);
    dcnn_scenario_free(read);
    dcnn_scenario_free(drawn);
}

static void test_other_seed_other_system(void **state)
{
    dcnn_generate_options options;
    dcnn_scenario *one, *two;
    char hex[2][65];

    (void)state;
    dcnn_generate_options_init(&options);
    one = draw(&options);
    options.seed = 2;
    two = draw(&options);
    fingerprint(one, hex[0]);
    fingerprint(two, hex[1]);
    assert_string_not_equal(hex[0], hex[1]);
    dcnn_scenario_free(one);
    dcnn_scenario_free(two);
}

static void test_always_connected(void **state)
{
    dcnn_generate_options options;

    (void)state;
    dcnn_generate_options_init(&options);
    options.units = 30; /* two of three draws fall apart */
    for (options.seed = 0; options.seed < 200; options.seed++) {
        dcnn_scenario *scenario = draw(&options);
        dcnn_network *network;
        int islands;
        assert_int_equal(dcnn_network_new(&network, scenario, NULL), DCNN_OK);
        assert_int_equal(dcnn_network_islands(network, &islands, NULL), DCNN_OK);
        assert_int_equal(islands, 1);
        for (int i = 0; i < scenario->place_count; i++) {
            const dcnn_place *place = &scenario->places[i];
            assert_true(place->located && place->x_m >= 0 && place->x_m < 30 && place->y_m >= 0 && place->y_m < 30);
        }
        dcnn_network_free(network);
        dcnn_scenario_free(scenario);
    }
}

static int count_of(const dcnn_scenario *scenario, const char *type)
{
    int count = 0;

    for (int i = 0; i < scenario->unit_count; i++) count += strcmp(scenario->units[i].type, type) == 0;
    return count;
}

static void test_shares(void **state)
{
    static const dcnn_mix thirds[] = {{"stm32h7", 2}, {"odroid", 2}, {"jetson", 2}};
    dcnn_generate_options options;
    dcnn_scenario *scenario;

    (void)state;
    dcnn_generate_options_init(&options);
    scenario = draw(&options);
    assert_int_equal(count_of(scenario, "orange-pi-zero"), 23); /* 22.5: the first of equal remainders */
    assert_int_equal(count_of(scenario, "beaglebone-ai"), 22);
    assert_int_equal(count_of(scenario, "raspberry-pi-3b+"), 5);
    dcnn_scenario_free(scenario);

    options.mix = thirds;
    options.mix_count = 3;
    scenario = draw(&options);
    assert_int_equal(count_of(scenario, "stm32h7"), 17);
    assert_int_equal(count_of(scenario, "odroid"), 17);
    assert_int_equal(count_of(scenario, "jetson"), 16);
    for (int i = 0; i < scenario->unit_count; i++) {
        const dcnn_unit *unit = &scenario->units[i];
        const dcnn_unit_type *type = dcnn_catalog_unit_type(unit->type);
        assert_int_equal(unit->memory_bytes, type->memory_bytes);
        assert_true(unit->ops_per_s == type->ops_per_s);
        assert_true(unit->ops_budget == DCNN_UNLIMITED);
    }
    dcnn_scenario_free(scenario);
}

static void test_models_are_dealt_in_turn(void **state)
{
    static const char *const models[] = {"cnn5-ee", "paper/alexgc"};
    dcnn_generate_options options;
    dcnn_scenario *scenario;

    (void)state;
    dcnn_generate_options_init(&options);
    options.cnns = 5;
    options.models = models;
    options.model_count = 2;
    options.layers_per_unit = 3;
    scenario = draw(&options);
    assert_int_equal(scenario->place_count, 55);
    assert_int_equal(scenario->layers_per_unit, 3);
    assert_string_equal(scenario->places[54].id, "s4");
    for (int c = 0; c < 5; c++) {
        const dcnn_cnn *cnn = &scenario->cnns[c];
        assert_string_equal(cnn->model, models[c % 2]);
        assert_int_equal(cnn->source, 50 + c);
        assert_int_equal(cnn->sink, 50 + c);
        assert_true(cnn->weight == 1 && cnn->deadline_ns == DCNN_NEVER);
        assert_int_equal(cnn->literal, c % 2);
        assert_true(cnn->p[0] == (c % 2 ? 0.772 : 1));
    }
    dcnn_scenario_free(scenario);
}

static void expect_refusal(const dcnn_generate_options *options, dcnn_status status, const char *where,
                           const char *part_of_text)
{
    dcnn_scenario *scenario;
    dcnn_error err;

    assert_int_equal(dcnn_generate(&scenario, options, &err), status);
    assert_null(scenario);
    assert_string_equal(err.where, where);
    if (!strstr(err.text, part_of_text)) fail_msg("\"%s\" is not in \"%s\"", part_of_text, err.text);
}

static void test_options_out_of_range(void **state)
{
    static const dcnn_mix nothing[] = {{"stm32h7", 0}};
    dcnn_generate_options good, bad;

    (void)state;
    dcnn_generate_options_init(&good);
    bad = good;
    bad.units = 0;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "units", "found 0");
    bad = good;
    bad.units = INT32_MAX;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "units", "found 2147483647");
    bad = good;
    bad.cnns = 0;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "cnns", "found 0");
    bad = good;
    bad.model_count = 0;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "models", "found 0");
    bad = good;
    bad.mix_count = 0;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "mix", "found 0");
    bad = good;
    bad.mix = nothing;
    bad.mix_count = 1;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "mix", "found 0");
    bad = good;
    bad.layers_per_unit = -1;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "layers_per_unit", "found -1");
    bad = good;
    bad.area_m = NAN;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "area_m", "nan");
    bad = good;
    bad.range_m = -1;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "range_m", "found -1");
    bad = good;
    bad.rate_bytes_per_s = INFINITY;
    expect_refusal(&bad, DCNN_E_ARGUMENT, "rate_bytes_per_s", "found inf");
}

static void test_unknown_names(void **state)
{
    static const char *const models[] = {"alexnet", "alexnot"};
    static const dcnn_mix mix[] = {{"toaster", 1}};
    dcnn_generate_options good, bad;

    (void)state;
    dcnn_generate_options_init(&good);
    bad = good;
    bad.models = models;
    bad.model_count = bad.cnns = 2;
    expect_refusal(&bad, DCNN_E_VALUE, "", "\"alexnot\" is not a CNN of the catalogue");
    bad = good;
    bad.mix = mix;
    bad.mix_count = 1;
    expect_refusal(&bad, DCNN_E_VALUE, "", "\"toaster\" is not a unit type of the catalogue");
}

static void test_density_that_does_not_connect(void **state)
{
    dcnn_generate_options options;

    (void)state;
    dcnn_generate_options_init(&options);
    options.area_m = 1000;
    expect_refusal(&options, DCNN_E_INFEASIBLE, "",
                   "51 places with a range of 7.5 m do not connect over 1000 m x 1000 m");
}

static void test_a_hundred_thousand_units(void **state)
{
    dcnn_generate_options options;
    dcnn_scenario *scenario;

    (void)state;
    dcnn_generate_options_init(&options);
    options.units = 100000;
    options.cnns = 1000;
    options.area_m = 940;
    scenario = draw(&options);
    assert_int_equal(scenario->place_count, 101000);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_on_every_machine),
        cmocka_unit_test(test_written_and_read_back),
        cmocka_unit_test(test_other_seed_other_system),
        cmocka_unit_test(test_always_connected),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_models_are_dealt_in_turn),
        cmocka_unit_test(test_options_out_of_range),
        cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_density_that_does_not_connect),
        cmocka_unit_test(test_a_hundred_thousand_units),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
