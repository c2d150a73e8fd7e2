/* The catalogue's architectures, written as ONNX files and read back, have the catalogue's profiles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
/* cmocka.h needs the above */
#include "importing.h"
#include "models.h"
#include <cmocka.h>
#include <dcnn/catalog.h>

static const char *const cuts[] = {"cut1", "cut2", "cut3", "cut4", "cut5", "cut6", "cut7", "cut8"};

/* AlexNet has 7 cuts, with a gate 6, cnn5 4, ResNet-18 5, the others 8. */
static const struct {
    const char *name;
    int cut_count;
    double exit_probability;
} entries[] = {{"alexnet", 7, 0},   {"alexnet-ee", 6, 0.772}, {"cnn5", 4, 0},      {"cnn5-ee", 4, 0.99},
               {"resnet-18", 5, 0}, {"resnet-101", 8, 0},     {"resnet-152", 8, 0}};

static void expect_same(const dcnn_profile *found, const dcnn_profile *expected)
{
    assert_int_equal(found->input_bytes, expected->input_bytes);
    assert_int_equal(found->layer_count, expected->layer_count);
    for (int j = 0; j < expected->layer_count; j++) {
        const dcnn_layer *a = &found->layers[j], *b = &expected->layers[j];
        assert_int_equal(a->memory_bytes, b->memory_bytes);
        assert_int_equal(a->ops, b->ops);
        assert_int_equal(a->output_bytes, b->output_bytes);
        assert_true(a->exit_probability == b->exit_probability);
    }
}

static void compare(size_t k, writer_weights weights, bool count_pool)
{
    const dcnn_model_exit exit = {"gate", entries[k].exit_probability};
    dcnn_model_options options;
    dcnn_model *model;
    dcnn_profile *expected;
    dcnn_buf file = {0};
    dcnn_error err;

    dcnn_model_options_init(&options);
    options.cuts = cuts;
    options.cut_count = entries[k].cut_count;
    options.count = count_pool ? DCNN_COUNT_POOL : 0;
    options.exits = &exit;
    options.exit_count = exit.probability > 0;
    assert_true(model_write(entries[k].name, weights, &file));
    if (profile_file(&model, &file, &options, &err)) fail_msg("%s: %s: %s", entries[k].name, err.where, err.text);
    assert_int_equal(dcnn_catalog_cnn(&expected, entries[k].name, count_pool, NULL), DCNN_OK);
    expect_same(&model->profile, expected);
    dcnn_profile_free(expected);
    dcnn_model_free(model);
}

static void test_profiles_are_the_catalogues(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof entries / sizeof entries[0]; k++)
        for (int count_pool = 0; count_pool < 2; count_pool++) {
            compare(k, WRITER_BARE, count_pool);
            compare(k, WRITER_OF_SHAPE, count_pool);
        }
    compare(2, WRITER_SEEDED, false);
}

/* Where the paper cuts and where the importer does by itself is the same in chains. */
static void test_blocks_are_the_papers_layers(void **state)
{
    static const char *const chains[] = {"alexnet", "cnn5"};

    (void)state;
    for (int k = 0; k < 2; k++) {
        dcnn_model_options options;
        dcnn_model *model;
        dcnn_profile *expected;
        dcnn_buf file = {0};
        dcnn_model_options_init(&options);
        assert_true(model_write(chains[k], WRITER_BARE, &file));
        assert_int_equal(profile_file(&model, &file, &options, NULL), DCNN_OK);
        assert_int_equal(dcnn_catalog_cnn(&expected, chains[k], false, NULL), DCNN_OK);
        expect_same(&model->profile, expected);
        dcnn_profile_free(expected);
        dcnn_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_profiles_are_the_catalogues),
                                       cmocka_unit_test(test_blocks_are_the_papers_layers)};

    return cmocka_run_group_tests_name("ONNX files and the catalogue", tests, NULL, NULL);
}
