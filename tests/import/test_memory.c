/* Hostile model files take no more than 128 times their size in memory, for two bytes of a file can ask for a node, and
 * time in proportion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
/* cmocka.h needs the above */
#include "faults.h"
#include "importing.h"
#include <cmocka.h>

enum { PART_COUNT = 1 << 18, MEMORY_FACTOR = 128 };

enum { GRAPH_NODE = 1, GRAPH_INITIALIZER = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12, GRAPH_VALUE_INFO = 13 };
enum { NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_ATTRIBUTE = 5, TENSOR_DIMS = 1 };

/* The same field again and again, below the graph or below a message of the graph. */
static const struct {
    const char *name;
    int below; /* field of the graph that holds them; 0 = the graph itself */
    int field;
    const char *part; /* content of each; NULL = a number */
} files[] = {
    {"nodes", 0, GRAPH_NODE, ""},
    {"nodes with a type", 0, GRAPH_NODE, "\x22\x04Relu"},
    {"weights", 0, GRAPH_INITIALIZER, ""},
    {"inputs", 0, GRAPH_INPUT, ""},
    {"outputs", 0, GRAPH_OUTPUT, ""},
    {"shapes", 0, GRAPH_VALUE_INFO, ""},
    {"inputs of a node", GRAPH_NODE, NODE_INPUT, "x"},
    {"empty inputs of a node", GRAPH_NODE, NODE_INPUT, ""},
    {"outputs of a node", GRAPH_NODE, NODE_OUTPUT, "y"},
    {"attributes of a node", GRAPH_NODE, NODE_ATTRIBUTE, ""},
    {"sizes of a weight", GRAPH_INITIALIZER, TENSOR_DIMS, NULL},
};

static void put_parts(dcnn_buf *to, size_t k)
{
    for (int n = 0; n < PART_COUNT; n++)
        if (files[k].part)
            wire_text(to, files[k].field, files[k].part);
        else
            wire_number(to, files[k].field, 1);
}

/* A sound model of one node, with the parts behind it. */
static void write_file(dcnn_buf *file, size_t k)
{
    dcnn_buf message = {0};
    writer w;

    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    writer_node(&w, "Relu", "bend", "x", "y");
    writer_output(&w, "y");
    if (files[k].below > 0) {
        put_parts(&message, k);
        wire_bytes(&w.graph, files[k].below, message.data, message.size);
    } else {
        put_parts(&w.graph, k);
    }
    writer_finish(&w, file);
    dcnn_buf_clear(&message);
}

static void expect_little(const char *name, const dcnn_buf *file)
{
    dcnn_model_options options;
    dcnn_model *model;
    long before, most;

    dcnn_model_options_init(&options);
    options.fingerprints = true;
    options.level = DCNN_LEVEL_NODE;
    faults_forget_peak();
    before = faults_peak_bytes();
    (void)dcnn_model_profile_bytes(&model, (const unsigned char *)file->data, file->size, "test.onnx", NULL, &options,
                                   NULL, NULL, NULL);
    dcnn_model_free(model);
    most = faults_peak_bytes() - before;
    if (most > MEMORY_FACTOR * (long)file->size)
        fail_msg("%s: %ld bytes of memory for a file of %ld", name, most, (long)file->size);
}

/* As many layers as nodes: the most that a file can ask for in earnest. */
static void test_a_long_chain(void **state)
{
    enum { NODE_COUNT = 10000 };
    dcnn_buf file = {0};
    writer w;

    (void)state;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "0", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    for (int n = 0; n < NODE_COUNT; n++) {
        char input[16], output[16];
        (void)snprintf(input, sizeof input, "%d", n);
        (void)snprintf(output, sizeof output, "%d", n + 1);
        writer_node(&w, "Relu", "", input, output);
    }
    writer_output(&w, "10000");
    writer_finish(&w, &file);
    expect_little("a long chain", &file);
    dcnn_buf_clear(&file);
}

static void test_repeated_fields(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++) {
        dcnn_buf file = {0};
        write_file(&file, k);
        expect_little(files[k].name, &file);
        dcnn_buf_clear(&file);
    }
}

/* Constants that are made of a few numbers are never laid out. */
static void test_large_constants(void **state)
{
    static const char *const makers[] = {"ConstantOfShape", "Expand"};
    enum { FIXED_BYTES = 1 << 18 }; /* the pool's first blocks */

    (void)state;
    for (int k = 0; k < 2; k++) {
        dcnn_model_options options;
        dcnn_model *model;
        dcnn_buf file = {0};
        long before;
        writer w;
        writer_init(&w, 13, WRITER_BARE);
        writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 1 << 20});
        writer_list(&w, "sizes", 2, (int64_t[]){1 << 20, 1 << 20});
        writer_reals(&w, "one", 1, (const float[]){1});
        writer_node(&w, makers[k], "make", k == 0 ? "sizes" : "one sizes", "w");
        writer_node(&w, "MatMul", "dense", "x w", "y");
        writer_node(&w, "Shape", "shape", "w", "s");
        writer_output(&w, "y");
        writer_finish(&w, &file);
        dcnn_model_options_init(&options);
        options.fingerprints = true;
        faults_forget_peak();
        before = faults_peak_bytes();
        (void)dcnn_model_profile_bytes(&model, (const unsigned char *)file.data, file.size, "test.onnx", NULL, &options,
                                       NULL, NULL, NULL);
        dcnn_model_free(model);
        assert_true(faults_peak_bytes() - before < FIXED_BYTES);
        dcnn_buf_clear(&file);
    }
}

/* A weight whose numbers are not there, hidden in a tensor that is long to search, asked for by thousands of nodes: it
 * is searched once. Searched by each node it would take minutes. */
static void test_a_search_in_vain_is_not_repeated(void **state)
{
    enum { FIELD_COUNT = 200000, USER_COUNT = 20000, SECONDS_MAX = 20 };
    dcnn_model_options options;
    dcnn_model *model;
    dcnn_buf tensor = {0}, file = {0};
    clock_t before;
    writer w;

    (void)state;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 1, (int64_t[]){1});
    wire_number(&tensor, 1, 4);
    wire_number(&tensor, 2, WRITER_INT64);
    wire_text(&tensor, 8, "sizes");
    for (int n = 0; n < FIELD_COUNT; n++) wire_number(&tensor, 16, 0);
    wire_bytes(&w.graph, GRAPH_INITIALIZER, tensor.data, tensor.size);
    dcnn_buf_clear(&tensor);
    for (int n = 0; n < USER_COUNT; n++) {
        char name[16];
        (void)snprintf(name, sizeof name, "y%d", n);
        writer_node(&w, "Reshape", "", "x sizes", name);
        writer_output(&w, name);
    }
    writer_finish(&w, &file);
    dcnn_model_options_init(&options);
    before = clock();
    assert_int_equal(profile_file(&model, &file, &options, NULL), DCNN_E_VALUE);
    assert_true((clock() - before) / CLOCKS_PER_SEC < SECONDS_MAX);
}

static uint64_t undo_shift(uint64_t hash, int shift)
{
    uint64_t found = hash;

    for (int k = 0; k < 64 / shift; k++) found = hash ^ (found >> shift);
    return found;
}

/* The number that the finaliser of splitmix64 makes this one of. The factors are the inverses of its own. */
static uint64_t undo_mix(uint64_t hash)
{
    hash = undo_shift(hash, 31) * 0x319642b2d24d8ec3u;
    hash = undo_shift(hash, 27) * 0x96de1b173f119089u;
    return undo_shift(hash, 30);
}

/* Names that share their slot in a table whose hash begins with the same number every time: minutes, were it so. */
static void test_names_made_to_collide(void **state)
{
    enum { NAME_COUNT = 100000, SECONDS_MAX = 20 };
    dcnn_model_options options;
    dcnn_model *model;
    dcnn_buf file = {0};
    clock_t before;
    writer w;

    (void)state;
    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 1, (int64_t[]){1});
    for (uint64_t n = 1; n <= NAME_COUNT; n++) {
        uint64_t name = undo_mix(n << 24) ^ 0x9e3779b97f4a7c15u ^ 8;
        dcnn_buf value = {0};
        wire_bytes(&value, 1, &name, sizeof name);
        wire_bytes(&w.graph, GRAPH_OUTPUT, value.data, value.size);
        dcnn_buf_clear(&value);
    }
    writer_finish(&w, &file);
    dcnn_model_options_init(&options);
    before = clock();
    assert_int_equal(profile_file(&model, &file, &options, NULL), DCNN_E_VALUE);
    assert_true((clock() - before) / CLOCKS_PER_SEC < SECONDS_MAX);
}

static long most_kilobytes(void)
{
    struct rusage used;

    assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
    return used.ru_maxrss;
}

enum { WEIGHT_COUNT = 64, ROOM_KILOBYTES = 20 << 10 };

static void write_weights(const char *path)
{
    dcnn_buf file = {0};
    writer w;

    writer_init(&w, 13, WRITER_SEEDED);
    writer_input(&w, "y0", WRITER_FLOAT, 2, (int64_t[]){1, 512});
    for (int n = 0; n < WEIGHT_COUNT; n++) {
        char weight[16], inputs[32], output[16];
        (void)snprintf(weight, sizeof weight, "w%d", n);
        (void)snprintf(inputs, sizeof inputs, "y%d w%d", n, n);
        (void)snprintf(output, sizeof output, "y%d", n + 1);
        writer_weight(&w, weight, 2, (int64_t[]){512, 512});
        writer_node(&w, "MatMul", "", inputs, output);
    }
    writer_output(&w, "y64");
    writer_finish(&w, &file);
    assert_int_equal(dcnn_file_save(path, file.data, file.size, NULL), DCNN_OK);
    dcnn_buf_clear(&file);
}

/* Exit code of a process that profiles the file: 0 when it grows by little. */
static int profile_in_little_room(const char *path)
{
    dcnn_model_options options;
    dcnn_model *model;
    long before = most_kilobytes(), after;

    dcnn_model_options_init(&options);
    if (dcnn_model_profile(&model, path, &options, NULL, NULL, NULL)) return 1;
    after = most_kilobytes();
    if (model->weight_bytes != (int64_t)WEIGHT_COUNT << 20) return 2;
    dcnn_model_free(model);
    return after - before < ROOM_KILOBYTES ? 0 : 3;
}

/* Of 64 weights of 1 MiB, only the headers are looked at; the pages around them come along, but not huge ones. A
 * process of its own, because this one has had room for the whole file. */
static void test_weights_stay_in_the_file(void **state)
{
    char path[] = "/tmp/dcnn-weights-XXXXXX";
    int descriptor = mkstemp(path), code;
    pid_t child;

    (void)state;
    assert_true(descriptor >= 0);
    (void)close(descriptor);
    write_weights(path);
    child = fork();
    if (child == 0) _exit(profile_in_little_room(path));
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_int_equal(unlink(path), 0);
    assert_true(WIFEXITED(code));
    assert_int_equal(WEXITSTATUS(code), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_long_chain),          cmocka_unit_test(test_repeated_fields),
        cmocka_unit_test(test_large_constants),       cmocka_unit_test(test_a_search_in_vain_is_not_repeated),
        cmocka_unit_test(test_names_made_to_collide), cmocka_unit_test(test_weights_stay_in_the_file)};

    return cmocka_run_group_tests_name("memory that hostile models take", tests, NULL, NULL);
}
