/* Files that are cut short, flipped, wrong on purpose, or read while memory runs out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
/* cmocka.h needs the above */
#include "faults.h"
#include "importing.h"
#include "models.h"
#include <cmocka.h>

static dcnn_model_options defaults(void)
{
    dcnn_model_options options;

    dcnn_model_options_init(&options);
    return options;
}

/* --- cut short and flipped --- */

static dcnn_status profile_bytes(const void *bytes, size_t size, dcnn_error *err)
{
    static const dcnn_model_exit exit = {"gate", 0.5};
    dcnn_model_options options = defaults();
    dcnn_model *model;
    dcnn_status status;

    options.exits = &exit;
    options.exit_count = 1;
    status = dcnn_model_profile_bytes(&model, bytes, size, "test.onnx", NULL, &options, NULL, NULL, err);
    assert_true((status == DCNN_OK) == (model != NULL));
    if (status) assert_true(err->text[0] && err->code == status);
    dcnn_model_free(model);
    return status;
}

/* The bytes stand at the end of a block of their own, so that a tool that watches memory sees a step too far. */
static void test_cut_short_at_every_byte(void **state)
{
    dcnn_buf file = {0};
    dcnn_error err;

    (void)state;
    assert_true(model_write("cnn5-ee", WRITER_OF_SHAPE, &file));
    assert_int_equal(profile_bytes(file.data, file.size, &err), DCNN_OK);
    for (size_t size = 0; size < file.size; size++) {
        char *part = malloc(size + 1);
        memcpy(part + 1, file.data, size);
        assert_int_not_equal(profile_bytes(part + 1, size, &err), DCNN_OK);
        free(part);
    }
    dcnn_buf_clear(&file);
}

static void test_every_bit_flipped(void **state)
{
    dcnn_buf file = {0};
    dcnn_error err;
    int refused = 0;

    (void)state;
    assert_true(model_write("cnn5-ee", WRITER_OF_SHAPE, &file));
    for (size_t bit = 0; bit < 8 * file.size; bit++) {
        file.data[bit / 8] = (char)(file.data[bit / 8] ^ 1 << bit % 8);
        refused += profile_bytes(file.data, file.size, &err) != DCNN_OK;
        file.data[bit / 8] = (char)(file.data[bit / 8] ^ 1 << bit % 8);
    }
    assert_true(refused > 0);
    dcnn_buf_clear(&file);
}

/* --- wrong on purpose --- */

/* One convolution, with what the case changes. */
typedef struct {
    int64_t height, pad, stride, group, channels;
    const char *input, *op;
} one_conv;

static void write_conv(writer *w, const one_conv *c)
{
    writer_init(w, 13, WRITER_BARE);
    writer_input(w, "x", WRITER_FLOAT, 4, (int64_t[]){1, 4, c->height, 8});
    writer_weight(w, "k", 4, (int64_t[]){4, c->channels, 3, 3});
    writer_ints(w, "pads", 4, (int64_t[]){c->pad, 1, 1, 1});
    writer_ints(w, "strides", 2, (int64_t[]){c->stride, 1});
    writer_int(w, "group", c->group);
    writer_node(w, c->op, "first", c->input, "y");
    writer_node(w, "Relu", "second", "y", "z");
    writer_output(w, "z");
}

static void expect_fault(writer *w, const dcnn_model_options *options, const char *where, const char *text)
{
    dcnn_model *model;
    dcnn_error err;

    assert_int_equal(profile_writer(&model, w, options, &err), DCNN_E_VALUE);
    assert_null(model);
    if (!strstr(err.where, where) || !strstr(err.text, text))
        fail_msg("expected \"%s: ...%s\", found \"%s: %s\"", where, text, err.where, err.text);
}

static void test_faults_name_the_node(void **state)
{
    static const struct {
        one_conv conv;
        const char *where, *text;
    } cases[] = {
        {{8, -1, 1, 1, 4, "x k", "Conv"}, "Conv node \"first\"", "pads: -1 is out of range"},
        {{8, 1, 0, 1, 4, "x k", "Conv"}, "Conv node \"first\"", "strides: 0 is out of range"},
        {{8, 1, 1, 0, 4, "x k", "Conv"}, "Conv node \"first\"", "group is 0"},
        {{8, 1, 1, 3, 4, "x k", "Conv"}, "Conv node \"first\"", "4 input channels do not fit weights"},
        {{8, 1, 1, 1, 3, "x k", "Conv"}, "Conv node \"first\"", "4 input channels do not fit weights for 3"},
        {{8, 1, 1, 1, 4, "x", "Conv"}, "Conv node \"first\"", "its input 2 is missing"},
        {{8, 1, 1, 1, 4, "x lost", "Conv"}, "tensor \"lost\"", "nothing makes it"},
        {{8, 1, 1, 1, 4, "z k", "Conv"}, "Relu node \"second\"", "cycle"},
        {{8, 1, 1, 1, 4, "x k", "Convolute"}, "Convolute node \"first\"", "not known"},
        {{-8, 1, 1, 1, 4, "x k", "Conv"}, "input \"x\"", "is negative"},
        {{(int64_t)1 << 50, 1, 1, 1, 4, "x k", "Conv"}, "input \"x\"", "too large to count"},
        {{(int64_t)1 << 43, 1, 1, 1, 4, "x k", "Conv"}, "Conv node \"first\"", "operations up to here"},
        {{0, 0, 1, 1, 4, "x k", "Conv"}, "Conv node \"first\"", "kernel reaches over 3"},
    };
    dcnn_model_options options = defaults();
    writer w;

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        write_conv(&w, &cases[k].conv);
        expect_fault(&w, &options, cases[k].where, cases[k].text);
    }
}

static void count_fault(void *user, const dcnn_error *fault)
{
    (void)fault;
    ++*(int *)user;
}

static void test_every_unknown_operator_is_named_once(void **state)
{
    dcnn_model_options options = defaults();
    dcnn_model *model;
    dcnn_buf file = {0};
    dcnn_error err;
    int faults = 0;
    writer w;

    (void)state;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    writer_node(&w, "Fold", "a", "x", "p");
    writer_node(&w, "Fold", "b", "x", "q");
    writer_node(&w, "Spindle", "c", "x", "r");
    w.domain = "my.domain";
    writer_node(&w, "Relu", "d", "x", "s");
    w.domain = NULL;
    writer_node(&w, "Sum", "e", "p q r s", "y");
    writer_output(&w, "y");
    writer_finish(&w, &file);
    assert_int_equal(dcnn_model_profile_bytes(&model, (unsigned char *)file.data, file.size, "test.onnx", NULL,
                                              &options, count_fault, &faults, &err),
                     DCNN_E_VALUE);
    assert_int_equal(faults, 3);
    assert_non_null(strstr(err.where, "Fold node \"a\""));
    options.assumptions = (const char *const[]){"Fold", "c", "my.domain.Relu"};
    options.assumption_count = 3;
    assert_int_equal(profile_file(&model, &file, &options, &err), DCNN_OK);
    assert_int_equal(model->node_count, 5);
    dcnn_model_free(model);
}

static void test_an_assumed_shape(void **state)
{
    dcnn_model_options options = defaults();
    dcnn_model *model;
    writer w;

    (void)state;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    writer_node(&w, "Fold", "a", "x", "y");
    writer_output(&w, "y");
    options.assumptions = (const char *const[]){"Fold=1x4"};
    options.assumption_count = 1;
    assert_int_equal(profile_writer(&model, &w, &options, NULL), DCNN_OK);
    assert_int_equal(model->profile.layers[0].output_bytes, 16);
    dcnn_model_free(model);
}

static void test_options_that_do_not_fit(void **state)
{
    static const dcnn_model_exit no_output = {"cut1", 0.5}, twice[] = {{"gate", 0.5}, {"gate", 0.2}};
    static const dcnn_model_exit above_one[] = {{"gate", 0.7}, {"label", 0.4}}, beyond = {"gate", 1.5};
    const struct {
        dcnn_model_options options;
        dcnn_status status;
        const char *text;
    } cases[] = {
        {{.exits = &no_output, .exit_count = 1}, DCNN_E_VALUE, "no output of that name"},
        {{.exits = twice, .exit_count = 2}, DCNN_E_VALUE, "named twice"},
        {{.exits = above_one, .exit_count = 2}, DCNN_E_VALUE, "add up to 1.1"},
        {{.exits = &beyond, .exit_count = 1}, DCNN_E_ARGUMENT, "probability in [0, 1]"},
        {{.max_blocks = -1}, DCNN_E_ARGUMENT, "negative"},
        {{.max_cut_tensors = -1}, DCNN_E_ARGUMENT, "1 or more"},
        {{.level = (dcnn_cut_level)7}, DCNN_E_ARGUMENT, "node, block or stage"},
        {{.cuts = (const char *const[]){"nothing"}, .cut_count = 1}, DCNN_E_VALUE, "no tensor of that name"},
        {{.input_shapes = (const char *const[]){"other=1x3"}, .input_shape_count = 1}, DCNN_E_VALUE, "for no input"},
        {{.input_shapes = (const char *const[]){"1x3"}, .input_shape_count = 1}, DCNN_E_VALUE, "as many dimensions"},
        {{.input_shapes = (const char *const[]){"1xx"}, .input_shape_count = 1}, DCNN_E_ARGUMENT, "1x3x224x224"},
        {{.results = (const char *const[]){"nothing"}, .result_count = 1}, DCNN_E_VALUE, "makes no tensor"},
        {{.results = (const char *const[]){"image"}, .result_count = 1}, DCNN_E_VALUE, "makes no tensor"},
        {{.results = (const char *const[]){"gate", "gate"}, .result_count = 2}, DCNN_E_VALUE, "named twice"},
        {{.exit_csv = "/nonexistent/exits.csv"}, DCNN_E_IO, "cannot read"},
    };

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        dcnn_model_options options = cases[k].options;
        dcnn_model *model;
        dcnn_buf file = {0};
        dcnn_error err;
        if (options.max_cut_tensors == 0) options.max_cut_tensors = 1;
        assert_true(model_write("cnn5-ee", WRITER_BARE, &file));
        assert_int_equal(profile_file(&model, &file, &options, &err), cases[k].status);
        if (!strstr(err.text, cases[k].text)) fail_msg("expected \"%s\", found \"%s\"", cases[k].text, err.text);
    }
}

static void test_the_end_is_no_exit(void **state)
{
    static const dcnn_model_exit end = {"y", 0.5};
    dcnn_model_options options = defaults();
    writer w;

    (void)state;
    options.exits = &end;
    options.exit_count = 1;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    writer_node(&w, "Relu", "bend", "x", "y");
    writer_output(&w, "y");
    expect_fault(&w, &options, "tensor \"y\"", "the model ends there");
}

static void test_an_open_shape_has_to_be_given(void **state)
{
    static const char *const shape = "1x3x10x12";
    dcnn_model_options options = defaults();
    dcnn_model *model;
    dcnn_buf file = {0};
    dcnn_error err;

    (void)state;
    assert_true(model_write("resized", WRITER_BARE, &file));
    assert_int_equal(profile_file(&model, &file, &options, &err), DCNN_E_VALUE);
    assert_non_null(strstr(err.text, "\"height\""));
    options.input_shapes = &shape;
    options.input_shape_count = 1;
    assert_true(model_write("resized", WRITER_BARE, &file));
    assert_int_equal(profile_file(&model, &file, &options, &err), DCNN_OK);
    /* padded 12 x 14, doubled 24 x 28, two rows less: 22 x 28, two channels, times 2 x 2 weights */
    assert_int_equal(model->ops, 22 * 28 * 2 * 2);
    dcnn_model_free(model);
}

/* Nobody has to tell the size of what nobody needs: here, of what only a result needs that is not asked for. */
static void test_an_open_shape_that_is_not_needed(void **state)
{
    static const char *const open[] = {"batch", "size"}, *const result = "y";
    dcnn_model_options options = defaults();
    dcnn_error err;
    int needed;

    (void)state;
    for (needed = 0; needed < 2; needed++) {
        dcnn_model *model;
        dcnn_status status;
        writer w;
        writer_init(&w, 13, WRITER_BARE);
        writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
        writer_open_input(&w, "scale", 2, open);
        writer_node(&w, "Relu", "bend", "x", "y");
        writer_node(&w, "Mul", "post", "y scale", "z");
        writer_output(&w, "y");
        writer_output(&w, "z");
        options.results = &result;
        options.result_count = !needed;
        status = profile_writer(&model, &w, &options, &err);
        assert_int_equal(status, needed ? DCNN_E_VALUE : DCNN_OK);
        if (needed) assert_non_null(strstr(err.text, "\"size\""));
        if (!needed) assert_int_equal(model->input_count, 1);
        dcnn_model_free(model);
    }
}

static void expect_refused(const char *text, size_t size, const char *why)
{
    dcnn_error err;

    assert_int_equal(profile_bytes(text, size, &err), DCNN_E_SYNTAX);
    assert_non_null(strstr(err.text, why));
}

static void test_other_files(void **state)
{
    static const char text[] = "This is not a model.\n", xml[] = "<?xml version=\"1.0\"?>", zeros[64] = {0};

    (void)state;
    expect_refused("", 0, "empty");
    expect_refused(text, sizeof text - 1, "not an ONNX model");
    expect_refused(xml, sizeof xml - 1, "not an ONNX model");
    expect_refused(zeros, sizeof zeros, "not an ONNX model");
    expect_refused("\x08\x08", 2, "no graph");
}

static void test_operator_sets(void **state)
{
    static const struct {
        int64_t opset;
        dcnn_status status;
    } cases[] = {{0, DCNN_E_VALUE}, {6, DCNN_E_VALUE},  {7, DCNN_OK},
                 {21, DCNN_OK},     {-1, DCNN_E_VALUE}, {INT64_MAX, DCNN_E_VALUE}};
    dcnn_model_options options = defaults();

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        dcnn_model *model;
        dcnn_error err;
        writer w;
        writer_init(&w, cases[k].opset, WRITER_BARE);
        writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
        writer_node(&w, "Relu", "bend", "x", "y");
        writer_output(&w, "y");
        assert_int_equal(profile_writer(&model, &w, &options, &err), cases[k].status);
        if (cases[k].status) assert_non_null(strstr(err.text, "uses operator set"));
        dcnn_model_free(model);
    }
}

/* --- weights in other files --- */

struct folder {
    char path[64], model[96], weights[96];
};

static struct folder make_folder(void)
{
    struct folder f = {.path = "/tmp/dcnn-import-XXXXXX"};

    assert_non_null(mkdtemp(f.path));
    (void)snprintf(f.model, sizeof f.model, "%s/net.onnx", f.path);
    (void)snprintf(f.weights, sizeof f.weights, "%s/net.weights", f.path);
    return f;
}

static dcnn_status profile_external(const struct folder *f, const char *location, int64_t offset, int64_t length,
                                    dcnn_error *err)
{
    dcnn_model_options options = defaults();
    dcnn_model *model;
    dcnn_buf file = {0};
    dcnn_status status;
    writer w;

    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 4});
    writer_external(&w, "k", 2, (int64_t[]){4, 4}, location, offset, length);
    writer_node(&w, "MatMul", "first", "x k", "y");
    writer_output(&w, "y");
    writer_finish(&w, &file);
    assert_int_equal(dcnn_file_save(f->model, file.data, file.size, NULL), DCNN_OK);
    dcnn_buf_clear(&file);
    options.fingerprints = true;
    status = dcnn_model_profile(&model, f->model, &options, NULL, NULL, err);
    if (!status) assert_int_equal(model->profile.layers[0].memory_bytes, 64);
    dcnn_model_free(model);
    return status;
}

static void test_external_weights(void **state)
{
    struct folder f = make_folder();
    char bytes[80] = {1}, link[96];
    dcnn_error err;

    (void)state;
    assert_int_equal(profile_external(&f, "net.weights", 0, 64, &err), DCNN_E_IO);
    assert_int_equal(dcnn_file_save(f.weights, bytes, sizeof bytes, NULL), DCNN_OK);
    assert_int_equal(profile_external(&f, "net.weights", 16, 64, &err), DCNN_OK);
    assert_int_equal(profile_external(&f, "./net.weights", 0, 64, &err), DCNN_OK);
    assert_int_equal(profile_external(&f, "net.weights", 17, 64, &err), DCNN_E_SYNTAX);
    assert_int_equal(profile_external(&f, "net.weights", -1, 64, &err), DCNN_E_SYNTAX);
    assert_int_equal(profile_external(&f, "net.weights", 0, 60, &err), DCNN_E_SYNTAX);
    assert_int_equal(profile_external(&f, "../net.weights", 0, 64, &err), DCNN_E_VALUE);
    assert_int_equal(profile_external(&f, "a/../../b", 0, 64, &err), DCNN_E_VALUE);
    assert_int_equal(profile_external(&f, f.weights, 0, 64, &err), DCNN_E_VALUE);
    assert_int_equal(profile_external(&f, "", 0, 64, &err), DCNN_E_VALUE);
    assert_int_equal(profile_external(&f, ".", 0, 64, &err), DCNN_E_VALUE);
    (void)snprintf(link, sizeof link, "%s/link", f.path);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(profile_external(&f, "link", 0, 64, &err), DCNN_E_VALUE);
    assert_non_null(strstr(err.text, "outside the model's folder"));
    assert_int_equal(unlink(link), 0);
    assert_int_equal(unlink(f.weights), 0);
    assert_int_equal(unlink(f.model), 0);
    assert_int_equal(rmdir(f.path), 0);
}

/* --- memory that runs out --- */

static void lose_memory(const char *name, writer_weights weights, const dcnn_model_options *options)
{
    dcnn_model *model = NULL;
    dcnn_buf file = {0};
    dcnn_status status;
    long before = faults_injected(), live;

    assert_true(model_write(name, weights, &file));
    live = faults_live_blocks();
    for (long allowed = 0;; allowed++) {
        faults_after(allowed);
        status = dcnn_model_profile_bytes(&model, (unsigned char *)file.data, file.size, "test.onnx", NULL, options,
                                          NULL, NULL, NULL);
        faults_off();
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
        assert_null(model);
        assert_int_equal(faults_live_blocks(), live);
    }
    assert_true(faults_injected() > before);
    dcnn_model_free(model);
    assert_int_equal(faults_live_blocks(), live);
    dcnn_buf_clear(&file);
}

static void test_every_lost_allocation(void **state)
{
    static const dcnn_model_exit exit = {"gate", 0.5};
    static const char *const shape = "x=1x3x10x12", *const result = "b";
    dcnn_model_options options = defaults();

    (void)state;
    lose_memory("branches", WRITER_SEEDED, &options);
    options.fingerprints = true;
    options.max_blocks = 2;
    lose_memory("branches", WRITER_SEEDED, &options);
    lose_memory("quantized", WRITER_SEEDED, &options);
    options.max_blocks = 3;
    options.exits = &exit;
    options.exit_count = 1;
    lose_memory("cnn5-ee", WRITER_OF_SHAPE, &options); /* as data they would be 25 MB, hashed each time */
    options.exit_count = 0;
    options.input_shapes = &shape;
    options.input_shape_count = 1;
    lose_memory("resized", WRITER_SEEDED, &options);
    options.input_shape_count = 0;
    options.results = &result;
    options.result_count = 1;
    lose_memory("rearranged", WRITER_SEEDED, &options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_short_at_every_byte),
        cmocka_unit_test(test_every_bit_flipped),
        cmocka_unit_test(test_faults_name_the_node),
        cmocka_unit_test(test_every_unknown_operator_is_named_once),
        cmocka_unit_test(test_an_assumed_shape),
        cmocka_unit_test(test_options_that_do_not_fit),
        cmocka_unit_test(test_the_end_is_no_exit),
        cmocka_unit_test(test_an_open_shape_has_to_be_given),
        cmocka_unit_test(test_an_open_shape_that_is_not_needed),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_operator_sets),
        cmocka_unit_test(test_external_weights),
        cmocka_unit_test(test_every_lost_allocation),
    };

    return cmocka_run_group_tests_name("broken models", tests, NULL, NULL);
}
