/* Sizes that exporters compute with nodes of their own are worked out; what the user says of the rest is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h needs the above */
#include "importing.h"
#include <cmocka.h>

/* Begins a model whose only input is x. */
static void begin(writer *w, int rank, const int64_t *dims)
{
    writer_init(w, 13, WRITER_BARE);
    writer_input(w, "x", WRITER_FLOAT, rank, dims);
}

static void add(writer *w, const char *op, const char *inputs, const char *output)
{
    writer_node(w, op, "", inputs, output);
}

/* Ends it with output y, whose shape shall be that. */
static void expect_shape(writer *w, const char *shape)
{
    dcnn_model_options options;
    dcnn_model *model;
    dcnn_error err;
    dcnn_shape found;
    char text[160];

    writer_output(w, "y");
    dcnn_model_options_init(&options);
    if (profile_writer(&model, w, &options, &err)) fail_msg("%s: %s", err.where, err.text);
    found.rank = model->outputs[0].rank;
    memcpy(found.dims, model->outputs[0].dims, (size_t)found.rank * sizeof *found.dims);
    dcnn_shape_text(&found, text, sizeof text);
    assert_string_equal(text, shape);
    dcnn_model_free(model);
}

/* PyTorch pads name the last dimension first; the exporter turns them around with six nodes. */
static void test_pads_are_turned_around(void **state)
{
    writer w;

    (void)state;
    begin(&w, 4, (int64_t[]){1, 3, 10, 20});
    writer_list(&w, "given", 4, (int64_t[]){1, 2, 3, 4});
    writer_list(&w, "none", 4, (int64_t[]){0, 0, 0, 0});
    writer_list(&w, "pairs", 2, (int64_t[]){-1, 2});
    writer_list(&w, "flat", 1, (int64_t[]){-1});
    writer_list(&w, "start", 1, (int64_t[]){-1});
    writer_list(&w, "end", 1, (int64_t[]){INT64_MIN});
    writer_list(&w, "axis", 1, (int64_t[]){0});
    writer_list(&w, "step", 1, (int64_t[]){-1});
    writer_int(&w, "axis", 0);
    add(&w, "Concat", "given none", "eight");
    add(&w, "Reshape", "eight pairs", "rows");
    add(&w, "Slice", "rows start end axis step", "reversed");
    writer_ints(&w, "perm", 2, (int64_t[]){1, 0});
    add(&w, "Transpose", "reversed", "columns");
    add(&w, "Reshape", "columns flat", "pads");
    add(&w, "Pad", "x pads", "y");
    expect_shape(&w, "1x3x17x23");
}

/* The channels are cut in two halves of unequal size, by arithmetic on the shape. */
static void test_a_slice_up_to_a_computed_place(void **state)
{
    writer w;

    (void)state;
    begin(&w, 4, (int64_t[]){1, 7, 4, 4});
    writer_list(&w, "first", 1, (int64_t[]){1});
    writer_list(&w, "nothing", 1, (int64_t[]){0});
    writer_list(&w, "two", 1, (int64_t[]){2});
    writer_list(&w, "six", 1, (int64_t[]){6});
    add(&w, "Shape", "x", "shape");
    add(&w, "Gather", "shape first", "channels");
    add(&w, "Add", "channels first", "more");
    add(&w, "Div", "more two", "half");
    add(&w, "Max", "half two", "most");
    add(&w, "Min", "most six", "end");
    add(&w, "Slice", "x nothing end first", "y");
    expect_shape(&w, "1x4x4x4");
}

static void test_a_shape_that_is_expanded(void **state)
{
    writer w;

    (void)state;
    begin(&w, 2, (int64_t[]){4, 9});
    writer_list(&w, "three", 1, (int64_t[]){3});
    writer_list(&w, "four", 1, (int64_t[]){4});
    add(&w, "Expand", "three four", "threes");
    writer_list(&w, "from", 1, (int64_t[]){1});
    writer_list(&w, "to", 1, (int64_t[]){3});
    add(&w, "Slice", "threes from to", "shape");
    writer_list(&w, "rows", 1, (int64_t[]){-1});
    writer_int(&w, "axis", 0);
    add(&w, "Concat", "rows shape", "wanted");
    add(&w, "Reshape", "x wanted", "y");
    expect_shape(&w, "4x3x3");
}

/* --- what cannot be worked out --- */

/* A Reshape to sizes that come in with the input. */
static dcnn_status profile_open(dcnn_model **model, const char *assumption, dcnn_error *err)
{
    dcnn_model_options options;
    writer w;

    begin(&w, 2, (int64_t[]){4, 9});
    writer_input(&w, "sizes", WRITER_INT64, 1, (int64_t[]){2});
    writer_weight(&w, "k", 2, (int64_t[]){6, 5});
    writer_node(&w, "Reshape", "fold", "x sizes", "z");
    writer_node(&w, "MatMul", "dense", "z k", "y");
    writer_output(&w, "y");
    dcnn_model_options_init(&options);
    options.assumptions = &assumption;
    options.assumption_count = assumption != NULL;
    return profile_writer(model, &w, &options, err);
}

static void test_what_depends_on_data_is_assumed(void **state)
{
    dcnn_model *model;
    dcnn_error err;

    (void)state;
    assert_int_equal(profile_open(&model, NULL, &err), DCNN_E_VALUE);
    assert_non_null(strstr(err.text, "can be assumed"));
    assert_int_equal(profile_open(&model, "fold=6x6", &err), DCNN_OK);
    assert_int_equal(model->ops, 6 * 6 * 5);
    dcnn_model_free(model);
    assert_int_equal(profile_open(&model, "Reshape=6x6", &err), DCNN_OK);
    dcnn_model_free(model);
    assert_int_equal(profile_open(&model, "fold", &err), DCNN_E_VALUE); /* 4 x 9 does not fit the weights */
    assert_non_null(strstr(err.where, "dense"));
    assert_int_equal(profile_open(&model, "fold=6y6", &err), DCNN_E_VALUE);
}

/* What can be worked out stays as it is, whatever is assumed. */
static void test_what_is_known_is_not_assumed(void **state)
{
    static const char *const assumption = "MatMul=7x7";
    dcnn_model_options options;
    dcnn_model *model;
    writer w;

    (void)state;
    begin(&w, 2, (int64_t[]){4, 9});
    writer_weight(&w, "k", 2, (int64_t[]){9, 5});
    add(&w, "MatMul", "x k", "y");
    writer_output(&w, "y");
    dcnn_model_options_init(&options);
    options.assumptions = &assumption;
    options.assumption_count = 1;
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->ops, 4 * 9 * 5);
    assert_int_equal(model->outputs[0].dims[1], 5);
    dcnn_model_free(model);
}

/* An assumed node costs nothing, and nothing is concluded from its operator: here a Conv without its weights. */
static void test_an_assumed_node_is_free(void **state)
{
    static const char *const assumptions[] = {"Conv=1x2x3x3", "Shape=2"};
    dcnn_model_options options;
    dcnn_model *model;
    writer w;

    (void)state;
    begin(&w, 4, (int64_t[]){1, 3, 8, 8});
    add(&w, "Conv", "x", "z");
    writer_node(&w, "Shape", "", "- z", "s");
    add(&w, "Relu", "z", "y");
    writer_output(&w, "y");
    dcnn_model_options_init(&options);
    options.assumptions = assumptions;
    options.assumption_count = 2;
    options.fingerprints = true;
    options.level = DCNN_LEVEL_STAGE;
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->ops, 0);
    assert_int_equal(model->outputs[0].bytes, 2 * 9 * 4);
    dcnn_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pads_are_turned_around),       cmocka_unit_test(test_a_slice_up_to_a_computed_place),
        cmocka_unit_test(test_a_shape_that_is_expanded),     cmocka_unit_test(test_what_depends_on_data_is_assumed),
        cmocka_unit_test(test_what_is_known_is_not_assumed), cmocka_unit_test(test_an_assumed_node_is_free)};

    return cmocka_run_group_tests_name("sizes", tests, NULL, NULL);
}
