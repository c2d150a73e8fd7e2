/* Where models are cut, what crosses, what is merged, which exits there are, and what blocks are recognised by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka.h needs the above */
#include "importing.h"
#include "models.h"
#include <cmocka.h>

static dcnn_model *profile(const char *name, writer_weights weights, const dcnn_model_options *options)
{
    dcnn_model *model;
    dcnn_buf file = {0};
    dcnn_error err;

    assert_true(model_write(name, weights, &file));
    if (profile_file(&model, &file, options, &err)) fail_msg("%s: %s: %s", name, err.where, err.text);
    return model;
}

static dcnn_model_options at_level(dcnn_cut_level level)
{
    dcnn_model_options options;

    dcnn_model_options_init(&options);
    options.level = level;
    return options;
}

/* --- levels --- */

static void expect_layers(const char *name, dcnn_cut_level level, int max_blocks, int layers)
{
    dcnn_model_options options = at_level(level);
    dcnn_model *model;

    options.max_blocks = max_blocks;
    model = profile(name, WRITER_BARE, &options);
    assert_int_equal(model->profile.layer_count, layers);
    dcnn_model_free(model);
}

static void test_levels(void **state)
{
    (void)state;
    expect_layers("alexnet", DCNN_LEVEL_BLOCK, 0, 8);
    expect_layers("alexnet", DCNN_LEVEL_STAGE, 0, 6);    /* 55, 27, 13, and three dense layers */
    expect_layers("alexnet", DCNN_LEVEL_NODE, 0, 29);    /* a chain: every node */
    expect_layers("resnet-18", DCNN_LEVEL_BLOCK, 0, 10); /* conv1, eight blocks, fc */
    expect_layers("resnet-18", DCNN_LEVEL_STAGE, 0, 6);  /* as the paper has it */
    expect_layers("resnet-101", DCNN_LEVEL_STAGE, 0, 6);
    expect_layers("resnet-152", DCNN_LEVEL_BLOCK, 0, 52); /* conv1, fifty blocks, fc */
}

static void test_merging(void **state)
{
    (void)state;
    for (int most = 1; most <= 12; most++) expect_layers("resnet-18", DCNN_LEVEL_BLOCK, most, most < 10 ? most : 10);
    expect_layers("resnet-152", DCNN_LEVEL_NODE, 17, 17);
}

/* Merging keeps all memory and operations, and cuts only where it cut before. */
static void test_merging_loses_cuts_only(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_NODE);
    dcnn_model *fine, *coarse;
    int64_t memory_bytes = 0, ops = 0;
    int at = 0;

    (void)state;
    fine = profile("resnet-101", WRITER_BARE, &options);
    options.max_blocks = 9;
    coarse = profile("resnet-101", WRITER_BARE, &options);
    for (int j = 0; j < coarse->profile.layer_count; j++) {
        do {
            memory_bytes += fine->profile.layers[at].memory_bytes;
            ops += fine->profile.layers[at].ops;
        } while (strcmp(fine->blocks[at++].tensors[0].name, coarse->blocks[j].tensors[0].name) != 0);
        assert_int_equal(coarse->profile.layers[j].memory_bytes, memory_bytes);
        assert_int_equal(coarse->profile.layers[j].ops, ops);
        memory_bytes = ops = 0;
    }
    assert_int_equal(at, fine->profile.layer_count);
    dcnn_model_free(fine);
    dcnn_model_free(coarse);
}

/* --- what crosses --- */

/* Two convolutions side by side: in between two tensors cross. */
static void test_several_tensors_may_cross(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_NODE);
    dcnn_model *model = profile("branches", WRITER_BARE, &options);

    (void)state;
    assert_int_equal(model->profile.layer_count, 4); /* up to the join, up, reshape, softmax */
    dcnn_model_free(model);
    options.max_cut_tensors = 2;
    model = profile("branches", WRITER_BARE, &options);
    assert_int_equal(model->profile.layer_count, 6);
    assert_int_equal(model->blocks[0].tensor_count, 2);
    assert_string_equal(model->blocks[0].tensors[0].name, "x");
    assert_string_equal(model->blocks[0].tensors[1].name, "a");
    assert_int_equal(model->profile.layers[0].output_bytes, 2 * 4 * 8 * 8 * 4);
    assert_string_equal(model->profile.layers[0].name, "left");
    dcnn_model_free(model);
}

static void test_constants_do_not_cross(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model = profile("branches", WRITER_OF_SHAPE, &options);

    (void)state;
    assert_int_equal(model->node_count, 6); /* what computes the shape runs beforehand */
    assert_int_equal(model->profile.layer_count, 2);
    assert_int_equal(model->parameter_count, 4 * 4 + 4 * 9 + 8 * 2 * 4);
    assert_int_equal(model->ops, 64 * (4 * 4 + 4 * 9) + 64 * 8 * 2 * 4);
    assert_int_equal(model->outputs[0].dims[1], 2 * 16 * 16);
    dcnn_model_free(model);
}

/* Exporters keep one of several equal weights and give the others as copies of it. */
static void test_copies_are_no_further_weights(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model;
    writer w;

    (void)state;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 4});
    writer_weight(&w, "k", 2, (int64_t[]){4, 4});
    writer_weight(&w, "b", 1, (int64_t[]){4});
    writer_node(&w, "Identity", "", "k", "again");
    writer_node(&w, "Transpose", "", "again", "turned");
    writer_node(&w, "Add", "", "k b", "other");
    writer_node(&w, "MatMul", "first", "x k", "a");
    writer_node(&w, "MatMul", "second", "a again", "c");
    writer_node(&w, "MatMul", "third", "c turned", "d");
    writer_node(&w, "MatMul", "fourth", "d other", "y");
    writer_output(&w, "y");
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->parameter_count, 16 + 20); /* what is made of two is a weight of its own */
    for (int j = 0; j < 3; j++) assert_int_equal(model->profile.layers[j].memory_bytes, 64);
    dcnn_model_free(model);
    options.max_blocks = 1;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 4});
    writer_weight(&w, "k", 2, (int64_t[]){4, 4});
    writer_node(&w, "Identity", "", "k", "again");
    writer_node(&w, "MatMul", "", "x k", "a");
    writer_node(&w, "MatMul", "", "a again", "y");
    writer_output(&w, "y");
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->profile.layers[0].memory_bytes, 64);
    dcnn_model_free(model);
}

static void test_quantised_sizes(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model = profile("quantized", WRITER_SEEDED, &options);

    (void)state;
    assert_int_equal(model->profile.layer_count, 2);
    assert_int_equal(model->profile.layers[0].ops, 4 * 36 * 27);
    assert_int_equal(model->profile.layers[0].output_bytes, 4 * 36);               /* 8 bits each */
    assert_int_equal(model->profile.layers[1].memory_bytes, 144 * 10 + 4 + 4 + 1); /* stored with 8 bits */
    dcnn_model_free(model);
}

/* conv1 of AlexNet: its input and output together; afterwards the output is overwritten by Relu, but not by LRN. */
static void test_activations(void **state)
{
    const int64_t image = 3 * 227 * 227 * 4, maps = 96 * 55 * 55 * 4, pooled = 96 * 27 * 27 * 4;
    dcnn_model_options options = at_level(DCNN_LEVEL_NODE);
    dcnn_model *model = profile("alexnet", WRITER_BARE, &options);

    (void)state;
    assert_int_equal(model->profile.layers[0].activation_bytes, image + maps);
    assert_int_equal(model->profile.layers[1].activation_bytes, maps);
    assert_int_equal(model->profile.layers[2].activation_bytes, 2 * maps);
    assert_int_equal(model->profile.layers[3].activation_bytes, maps + pooled);
    assert_int_equal(model->activation_bytes, 2 * maps);
    dcnn_model_free(model);
    options = at_level(DCNN_LEVEL_BLOCK);
    options.count_activations = true;
    model = profile("alexnet", WRITER_BARE, &options);
    assert_int_equal(model->profile.layers[0].memory_bytes, 139776 + 2 * maps);
    dcnn_model_free(model);
}

static void test_counting(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_STAGE);
    dcnn_model *model = profile("resnet-18", WRITER_BARE, &options);
    int64_t plain = model->ops;

    (void)state;
    dcnn_model_free(model);
    options.count = DCNN_COUNT_POOL;
    model = profile("resnet-18", WRITER_BARE, &options);
    assert_int_equal(model->ops - plain, 64 * 56 * 56 * 9 + 512 * 7 * 7);
    dcnn_model_free(model);
    options.count = DCNN_COUNT_ADD;
    model = profile("resnet-18", WRITER_BARE, &options);
    assert_int_equal(model->ops - plain, 2 * (64 * 56 * 56 + 128 * 28 * 28 + 256 * 14 * 14 + 512 * 7 * 7));
    dcnn_model_free(model);
    options.count = DCNN_COUNT_MUL;
    model = profile("alexnet", WRITER_BARE, &options);
    assert_int_equal(model->ops - 724406816, 96 * 55 * 55); /* LRN */
    dcnn_model_free(model);
}

/* One node on x [2, 3, 4] and y [2, 4, 5], both inputs. */
static void expect_ops(const char *op, const char *equation, const char *inputs, int64_t ops)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model;
    dcnn_error err;
    writer w;

    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 3, (int64_t[]){2, 3, 4});
    writer_input(&w, "y", WRITER_FLOAT, 3, (int64_t[]){2, 4, 5});
    if (equation) writer_text(&w, "equation", equation);
    writer_node(&w, op, "", inputs, "z");
    writer_output(&w, "z");
    if (profile_writer(&model, &w, &options, &err)) fail_msg("%s: %s", err.where, err.text);
    assert_int_equal(model->ops, ops);
    dcnn_model_free(model);
}

static void test_products_are_counted(void **state)
{
    (void)state;
    expect_ops("MatMul", NULL, "x y", 2 * 3 * 4 * 5);
    expect_ops("Einsum", "bij,bjk->bik", "x y", 2 * 3 * 4 * 5);
    expect_ops("Einsum", "aij,bjk->ik", "x y", 2 * 2 * 3 * 4 * 5);
    expect_ops("Einsum", "...ij,...jk", "x y", 2 * 3 * 4 * 5);
    expect_ops("Einsum", "bij,bij,bij->b", "x x x", 2 * (2 * 3 * 4));
    expect_ops("Einsum", "bij->jib", "x", 0);
}

/* Layers have names of their own, whatever the nodes are called: here, as a layer would be that has to be told apart.
 */
static void test_names_of_layers_differ(void **state)
{
    enum { NODE_COUNT = 7, LENGTH = 190 };
    static const char *const endings[NODE_COUNT] = {"", "#3", "", "#11", "", "#3#10", "#5"};

    (void)state;
    for (int length = 1; length <= LENGTH; length += 21) {
        dcnn_model_options options = at_level(DCNN_LEVEL_NODE);
        dcnn_model *model;
        writer w;
        writer_init(&w, 13, WRITER_BARE);
        writer_input(&w, "t0", WRITER_FLOAT, 2, (int64_t[]){1, 8});
        for (int k = 0; k < NODE_COUNT; k++) {
            char name[LENGTH + 16], input[8], output[8];
            memset(name, 'a', (size_t)length);
            (void)snprintf(name + length, 16, "%s", endings[k]);
            (void)snprintf(input, sizeof input, "t%d", k);
            (void)snprintf(output, sizeof output, "t%d", k + 1);
            writer_node(&w, "Relu", name, input, output);
        }
        writer_output(&w, "t7");
        assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
        assert_int_equal(model->profile.layer_count, NODE_COUNT);
        for (int j = 0; j < NODE_COUNT; j++)
            for (int i = 0; i < j; i++)
                assert_string_not_equal(model->profile.layers[i].name, model->profile.layers[j].name);
        dcnn_model_free(model);
    }
}

/* A long name that has to be told apart is cut between characters. */
static void test_names_of_layers_are_text(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_NODE);
    char name[200] = "";
    dcnn_model *model;
    writer w;

    (void)state;
    for (int k = 0; k < 66; k++) strcat(name, k == 0 ? "a" : "\u20ac"); /* 180 is within a character */
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    writer_node(&w, "Relu", name, "x", "y");
    writer_node(&w, "Relu", name, "y", "z");
    writer_output(&w, "z");
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_string_equal(model->profile.layers[0].name, name);
    assert_string_equal(model->profile.layers[1].name + 178, "#2");
    dcnn_model_free(model);
}

/* --- exits --- */

static void test_without_exits_all_outputs_are_results(void **state)
{
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model = profile("cnn5-ee", WRITER_BARE, &options);
    int last = model->profile.layer_count - 1;

    (void)state;
    assert_int_equal(model->blocks[last].tensor_count, 2);
    assert_int_equal(model->profile.layers[last].output_bytes, 2 * 40);
    assert_null(model->blocks[0].exit);
    dcnn_model_free(model);
}

/* Three outputs on one trunk, named in the wrong order: the chain has them in its own. */
static void write_three_exits(writer *w)
{
    static const int64_t square[] = {8, 8}, narrow[] = {8, 2};

    writer_init(w, 13, WRITER_BARE);
    writer_input(w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    for (int k = 0; k < 3; k++) {
        static const char *const from[] = {"x", "t0", "t1"}, *const to[] = {"t0", "t1", "t2"};
        static const char *const head[] = {"h0", "h1", "h2"}, *const out[] = {"first", "second", "result"};
        char weight[16], inputs[32];
        (void)snprintf(weight, sizeof weight, "w%d", k);
        (void)snprintf(inputs, sizeof inputs, "%s %s", from[k], weight);
        writer_weight(w, weight, 2, square);
        writer_node(w, "MatMul", "", inputs, to[k]);
        weight[0] = 'v';
        (void)snprintf(inputs, sizeof inputs, "%s %s", to[k], weight);
        writer_weight(w, weight, 2, narrow);
        writer_node(w, "MatMul", "", inputs, head[k]);
        writer_node(w, "Softmax", "", head[k], out[k]);
    }
    writer_output(w, "second");
    writer_output(w, "first");
    writer_output(w, "result");
}

static void test_exits_are_in_order(void **state)
{
    static const dcnn_model_exit exits[] = {{"second", 0.25}, {"first", 0.5}};
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model;
    writer w;

    (void)state;
    write_three_exits(&w);
    options.exits = exits;
    options.exit_count = 2;
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->profile.layer_count, 6); /* trunk, head, trunk, head, trunk, head */
    assert_string_equal(model->blocks[1].exit, "first");
    assert_string_equal(model->blocks[3].exit, "second");
    assert_true(model->profile.layers[1].exit_probability == 0.5);
    assert_true(model->profile.layers[3].exit_probability == 0.25);
    assert_int_equal(model->profile.layers[1].output_bytes, 32); /* the trunk passes by */
    assert_int_equal(model->profile.layers[5].output_bytes, 8);
    dcnn_model_free(model);
    write_three_exits(&w);
    options.max_blocks = 2; /* but exits are never merged away */
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_E_VALUE);
    write_three_exits(&w);
    options.max_blocks = 3;
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_string_equal(model->blocks[0].exit, "first");
    assert_string_equal(model->blocks[1].exit, "second");
    dcnn_model_free(model);
}

/* Only what is asked for counts, be it an output of the model or not. */
static void test_results(void **state)
{
    static const struct {
        const char *results[2];
        int result_count, layers, nodes;
    } cases[] = {{{NULL, NULL}, 0, 3, 9},
                 {{"second", NULL}, 1, 3, 4},
                 {{"first", "result"}, 2, 3, 7},
                 {{"t1", NULL}, 1, 2, 2},
                 {{"h1", "first"}, 2, 3, 5}};
    dcnn_model *model;
    writer w;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
        write_three_exits(&w);
        options.results = cases[k].results;
        options.result_count = cases[k].result_count;
        assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
        assert_int_equal(model->node_count, cases[k].nodes);
        if (k > 0) assert_int_equal(model->output_count, cases[k].result_count);
        dcnn_model_free(model);
    }
}

static void test_results_beside_exits(void **state)
{
    static const dcnn_model_exit exit = {"first", 0.5};
    static const char *const results[] = {"second", "first"};
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *model;
    dcnn_error err;
    writer w;

    (void)state;
    options.exits = &exit;
    options.exit_count = 1;
    options.results = results;
    options.result_count = 1;
    write_three_exits(&w);
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->node_count, 6);
    assert_int_equal(model->output_count, 2);
    assert_int_equal(model->profile.layers[model->profile.layer_count - 1].output_bytes, 8);
    dcnn_model_free(model);
    options.result_count = 2;
    write_three_exits(&w);
    assert_int_equal(profile_writer(&model, &w, &options, &err), DCNN_E_VALUE);
    assert_non_null(strstr(err.text, "is an exit"));
}

static dcnn_status measure(const char *text, const char *result, dcnn_model **model, dcnn_error *err)
{
    char path[] = "/tmp/dcnn-exits-XXXXXX";
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    int file = mkstemp(path);
    dcnn_status status;
    writer w;

    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    (void)close(file);
    write_three_exits(&w);
    options.exit_csv = path;
    options.exit_threshold = 0.8;
    options.results = &result;
    options.result_count = result != NULL;
    status = profile_writer(model, &w, &options, err);
    (void)unlink(path);
    return status;
}

static void test_measured_exits(void **state)
{
    static const struct {
        const char *text, *fault;
    } broken[] = {{"", "empty"},
                  {"first,second\n", "no rows"},
                  {"first,second\n0.5\n", "expected 2 confidences, found 1"},
                  {"first,second\n0.5,1,1\n", "expected 2 confidences, found 3"},
                  {"first,second\n0.5,high\n", "expected a confidence, found \"high\""},
                  {"first,third\n0.5,1\n", "no output of that name"},
                  {"first,first\n0.5,1\n", "named twice"}};
    dcnn_model *model;
    dcnn_error err;

    (void)state;
    /* Of five inputs, "first" decides two; "second" would decide three, but one of them was gone before. */
    assert_int_equal(measure("second, first\r\n0.9, 0.1\r\n0.9,0.85\n0.8,0.2\n0.1,1\n0.1,0.1\n", NULL, &model, &err),
                     DCNN_OK);
    assert_true(model->profile.layers[1].exit_probability == 0.4);
    assert_true(model->profile.layers[3].exit_probability == 0.4);
    dcnn_model_free(model);
    /* With a column for every output, the last output of the model is its result. */
    assert_int_equal(measure("result,first,second\n1,0.9,0\n1,0,0.9\n1,0,0\n1,0,0", NULL, &model, &err), DCNN_OK);
    assert_true(model->profile.layers[1].exit_probability == 0.25);
    dcnn_model_free(model);
    /* So is one that is asked for. */
    assert_int_equal(measure("second,first\n1,0.9\n1,0\n", "second", &model, &err), DCNN_OK);
    assert_true(model->profile.layers[1].exit_probability == 0.5);
    assert_int_equal(model->node_count, 6);
    dcnn_model_free(model);
    for (size_t k = 0; k < sizeof broken / sizeof broken[0]; k++) {
        assert_int_not_equal(measure(broken[k].text, NULL, &model, &err), DCNN_OK);
        if (!strstr(err.text, broken[k].fault)) fail_msg("expected \"%s\", found \"%s\"", broken[k].fault, err.text);
    }
}

/* --- fingerprints --- */

static int common_blocks(const dcnn_model *a, const dcnn_model *b)
{
    int j = 0;

    while (j < a->profile.layer_count && j < b->profile.layer_count &&
           strcmp(a->blocks[j].fingerprint, b->blocks[j].fingerprint) == 0)
        j++;
    return j;
}

/* Both draw their weights from the same seed: alike up to the gate of one of them. */
static void test_fingerprints_tell_what_is_shared(void **state)
{
    static const dcnn_model_exit exit = {"gate", 0.5};
    dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
    dcnn_model *plain, *gated, *bare;

    (void)state;
    options.fingerprints = true;
    plain = profile("cnn5", WRITER_SEEDED, &options);
    bare = profile("cnn5", WRITER_OF_SHAPE, &options);
    options.exits = &exit;
    options.exit_count = 1;
    gated = profile("cnn5-ee", WRITER_SEEDED, &options);
    assert_int_equal(strlen(plain->blocks[0].fingerprint), 64);
    assert_int_equal(common_blocks(plain, plain), 5);
    assert_int_equal(common_blocks(plain, gated), 1);
    assert_int_equal(common_blocks(plain, bare), 0);
    dcnn_model_free(plain);
    dcnn_model_free(gated);
    dcnn_model_free(bare);
}

/* One byte of a weight, one attribute, or one size makes another block; names do not. */
static void test_fingerprints_tell_blocks_apart(void **state)
{
    static const float same[] = {1, 2, 3, 4}, other[] = {1, 2, 3, 5};
    char first[65] = "";

    (void)state;
    for (int k = 0; k < 5; k++) {
        dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
        dcnn_model *model;
        writer w;
        options.fingerprints = true;
        writer_init(&w, 13, WRITER_BARE);
        writer_input(&w, k == 1 ? "a" : "b", WRITER_FLOAT, 2, (int64_t[]){k == 4 ? 2 : 1, 4});
        writer_reals(&w, k == 1 ? "w" : "v", 4, k == 2 ? other : same);
        writer_int(&w, "axis", k == 3 ? 0 : 1);
        writer_node(&w, "Softmax", "", k == 1 ? "a" : "b", "m");
        writer_node(&w, "MatMul", k == 1 ? "n" : "o", k == 1 ? "m w" : "m v", "y");
        writer_output(&w, "y");
        assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
        if (k == 0) memcpy(first, model->blocks[0].fingerprint, sizeof first);
        assert_true((strcmp(first, model->blocks[0].fingerprint) == 0) == (k <= 1));
        dcnn_model_free(model);
    }
}

/* What a node tells of a shape is part of what its users do: here, where a Slice begins. */
static void test_fingerprints_know_what_shapes_say(void **state)
{
    char first[65] = "";

    (void)state;
    for (int k = 0; k < 3; k++) {
        dcnn_model_options options = at_level(DCNN_LEVEL_BLOCK);
        dcnn_model *model;
        writer w;
        options.fingerprints = true;
        writer_init(&w, 15, WRITER_BARE);
        writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){2, 8});
        writer_list(&w, "end", 1, (int64_t[]){100});
        writer_int(&w, "start", k == 2 ? 1 : 0);
        writer_int(&w, "end", k == 2 ? 2 : 1);
        writer_node(&w, "Shape", k == 1 ? "a" : "b", "x", "begin");
        writer_list(&w, "axis", 1, (int64_t[]){0});
        writer_node(&w, "Slice", "", "x begin end axis", "y");
        writer_output(&w, "y");
        assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
        if (k == 0) memcpy(first, model->blocks[0].fingerprint, sizeof first);
        assert_true((strcmp(first, model->blocks[0].fingerprint) == 0) == (k <= 1));
        dcnn_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_merging),
        cmocka_unit_test(test_merging_loses_cuts_only),
        cmocka_unit_test(test_several_tensors_may_cross),
        cmocka_unit_test(test_constants_do_not_cross),
        cmocka_unit_test(test_copies_are_no_further_weights),
        cmocka_unit_test(test_quantised_sizes),
        cmocka_unit_test(test_activations),
        cmocka_unit_test(test_counting),
        cmocka_unit_test(test_products_are_counted),
        cmocka_unit_test(test_names_of_layers_differ),
        cmocka_unit_test(test_names_of_layers_are_text),
        cmocka_unit_test(test_without_exits_all_outputs_are_results),
        cmocka_unit_test(test_exits_are_in_order),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_results_beside_exits),
        cmocka_unit_test(test_measured_exits),
        cmocka_unit_test(test_fingerprints_tell_what_is_shared),
        cmocka_unit_test(test_fingerprints_tell_blocks_apart),
        cmocka_unit_test(test_fingerprints_know_what_shapes_say),
    };

    return cmocka_run_group_tests_name("cuts of models", tests, NULL, NULL);
}
