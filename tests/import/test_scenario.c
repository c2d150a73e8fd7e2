/* CNNs of a scenario that come from model files: what they become, what they share, and what is said of bad ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka.h needs the above */
#include "models.h"
#include <cmocka.h>
#include <dcnn/dcnn.h>

/* --- a folder with model files --- */

enum { FILE_COUNT = 6 };
static const char *const file_names[FILE_COUNT] = {"ten.onnx",  "two.onnx",     "gated.onnx",
                                                   "text.onnx", "measured.csv", "strange.onnx"};

struct folder {
    char path[64];
};

static void save(const struct folder *folder, const char *name, dcnn_buf *file)
{
    char path[96];

    (void)snprintf(path, sizeof path, "%s/%s", folder->path, name);
    assert_int_equal(dcnn_file_save(path, file->data, file->size, NULL), DCNN_OK);
    dcnn_buf_clear(file);
}

/* Two convolutions and a dense layer with that many classes: the same weights as all others up to the last layer. */
static void write_net(dcnn_buf *file, int64_t classes)
{
    writer w;

    writer_init(&w, 13, WRITER_SEEDED);
    writer_input(&w, "x", WRITER_FLOAT, 4, (int64_t[]){1, 4, 8, 8});
    writer_weight(&w, "k1", 4, (int64_t[]){8, 4, 1, 1});
    writer_weight(&w, "k2", 4, (int64_t[]){4, 8, 1, 1});
    writer_weight(&w, "d", 2, (int64_t[]){256, classes});
    writer_node(&w, "Conv", "first", "x k1", "a");
    writer_node(&w, "Relu", "bend", "a", "b");
    writer_node(&w, "Conv", "second", "b k2", "c");
    writer_node(&w, "Flatten", "flat", "c", "e");
    writer_node(&w, "MatMul", "dense", "e d", "y");
    writer_output(&w, "y");
    writer_finish(&w, file);
}

/* Two branches, one of them through an operator that nobody knows. */
static void write_strange(dcnn_buf *file)
{
    writer w;

    writer_init(&w, 13, WRITER_BARE);
    writer_input(&w, "x", WRITER_FLOAT, 2, (int64_t[]){1, 8});
    writer_node(&w, "Fold", "fold", "x", "a");
    writer_node(&w, "Relu", "bend", "x", "b");
    writer_node(&w, "Add", "join", "a b", "y");
    writer_node(&w, "Relu", "more", "y", "z");
    writer_output(&w, "y");
    writer_output(&w, "z");
    writer_finish(&w, file);
}

static void make_folder(struct folder *folder)
{
    dcnn_buf file = {0};

    (void)snprintf(folder->path, sizeof folder->path, "/tmp/dcnn-scenario-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    write_net(&file, 10);
    save(folder, "ten.onnx", &file);
    write_net(&file, 2);
    save(folder, "two.onnx", &file);
    assert_true(model_write("cnn5-ee", WRITER_OF_SHAPE, &file));
    save(folder, "gated.onnx", &file);
    dcnn_buf_text(&file, "no model");
    save(folder, "text.onnx", &file);
    dcnn_buf_text(&file, "gate\n0.9\n0.2\n0.7\n0.1\n");
    save(folder, "measured.csv", &file);
    write_strange(&file);
    save(folder, "strange.onnx", &file);
}

static void remove_folder(const struct folder *folder)
{
    char path[96];

    for (int k = 0; k < FILE_COUNT; k++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder->path, file_names[k]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder->path), 0);
}

/* --- scenarios --- */

/* Two units that hear each other, with the members of two CNNs and further keys. */
static dcnn_status read_cnns(dcnn_scenario **scenario, const struct folder *folder, const char *a, const char *b,
                             const char *more, dcnn_fault_fn on_fault, void *user)
{
    dcnn_buf text = {0};
    dcnn_status status;

    dcnn_buf_format(&text,
                    "{\"dcnn\": \"scenario\", \"version\": 1, \"units\": [{\"id\": \"u\", \"type\": \"odroid\"},"
                    "{\"id\": \"v\", \"type\": \"jetson\"}], \"network\": {\"rate_bytes_per_s\": 1000000,"
                    "\"links\": [{\"a\": \"u\", \"b\": \"v\"}]}, \"cnns\": [{\"id\": \"a\", \"source\": \"u\", %s},"
                    "{\"id\": \"b\", \"source\": \"v\", %s}]%s}",
                    a, b, more);
    status = dcnn_scenario_parse(scenario, text.data, text.size, "test.json", folder->path, on_fault, user, NULL);
    dcnn_buf_clear(&text);
    return status;
}

static dcnn_scenario *good(const struct folder *folder, const char *a, const char *b, const char *more)
{
    dcnn_scenario *scenario;

    assert_int_equal(read_cnns(&scenario, folder, a, b, more, NULL, NULL), DCNN_OK);
    return scenario;
}

static void test_keys_beside_a_file(void **state)
{
    dcnn_scenario *s = good(*state, "\"file\": \"ten.onnx\", \"level\": \"node\", \"input_shape\": \"1x4x8x8\"",
                            "\"file\": \"two.onnx\", \"max_blocks\": 2, \"count_activations\": true,"
                            "\"input_shape\": [\"x=1x4x8x8\"]",
                            "");
    const dcnn_cnn *a = &s->cnns[0], *b = &s->cnns[1];
    int64_t memory_bytes = 0, activation_bytes = 0;

    assert_int_equal(a->layer_count, 5);
    assert_int_equal(a->input_bytes, 4 * 64 * 4);
    assert_int_equal(a->layers[0].memory_bytes, 8 * 4 * 4);
    assert_int_equal(a->layers[0].ops, 8 * 4 * 64);
    assert_int_equal(a->layers[0].output_bytes, 8 * 64 * 4);
    assert_int_equal(a->layers[4].output_bytes, 40);
    assert_int_equal(b->layer_count, 2);
    for (int j = 0; j < 2; j++) {
        memory_bytes += b->layers[j].memory_bytes;
        activation_bytes += b->layers[j].activation_bytes;
    }
    assert_int_equal(memory_bytes - activation_bytes, (8 * 4 + 4 * 8 + 256 * 2) * 4);
    dcnn_scenario_free(s);
}

static void test_exits_of_a_file(void **state)
{
    dcnn_scenario *s = good(*state, "\"file\": \"gated.onnx\", \"exits\": {\"gate\": 0.25}", "\"model\": \"cnn5\"", "");
    const dcnn_cnn *cnn = &s->cnns[0];
    int exit = 0;

    while (exit + 1 < cnn->layer_count && cnn->g[exit] == 0) exit++;
    assert_true(exit + 1 < cnn->layer_count);
    assert_true(cnn->g[exit] == 0.25 && cnn->p[exit] == 1 && cnn->p[exit + 1] == 0.75);
    assert_true(cnn->g[cnn->layer_count - 1] == 0.75);
    dcnn_scenario_free(s);
}

static void test_measured_exits_of_a_file(void **state)
{
    static const char *const thresholds[] = {"", ", \"exit_threshold\": 0.8"};

    for (int k = 0; k < 2; k++) {
        char member[120];
        dcnn_scenario *s;
        const dcnn_cnn *cnn;
        int exit = 0;
        (void)snprintf(member, sizeof member, "\"file\": \"gated.onnx\", \"exit_csv\": \"measured.csv\"%s",
                       thresholds[k]);
        s = good(*state, member, "\"model\": \"cnn5\"", "");
        cnn = &s->cnns[0];
        while (exit + 1 < cnn->layer_count && cnn->g[exit] == 0) exit++;
        assert_true(cnn->g[exit] == (k == 0 ? 0.5 : 0.25));
        dcnn_scenario_free(s);
    }
}

/* What dcnn profile is told by options, a scenario says by keys of the same names. */
static void test_options_beside_a_file(void **state)
{
    dcnn_scenario *s =
        good(*state,
             "\"file\": \"strange.onnx\", \"level\": \"node\", \"assume\": \"Fold=1x8\","
             "\"result\": \"z\", \"max_cut_tensors\": 2, \"count\": [\"add\", \"mul\"]",
             "\"file\": \"strange.onnx\", \"assume\": [\"fold\"], \"cut\": [\"y\"], \"count\": \"pool\"", "");

    assert_int_equal(s->cnns[0].layer_count, 4);
    assert_int_equal(s->cnns[0].layers[2].ops, 8);
    assert_int_equal(s->cnns[0].layers[3].output_bytes, 32);
    assert_int_equal(s->cnns[1].layer_count, 2);
    assert_int_equal(s->cnns[1].layers[0].ops, 0);
    assert_int_equal(s->cnns[1].layers[1].output_bytes, 64); /* y is a result too */
    dcnn_scenario_free(s);
}

/* --- sharing --- */

static void test_sharing_is_found(void **state)
{
    static const struct {
        const char *a, *b, *more;
        int groups;
    } cases[] = {
        {"\"file\": \"ten.onnx\"", "\"file\": \"two.onnx\"", "", 2},
        {"\"file\": \"ten.onnx\"", "\"file\": \"two.onnx\"", ", \"shared_layers\": []", 0},
        {"\"file\": \"ten.onnx\"", "\"file\": \"ten.onnx\"", "", 0},
        {"\"file\": \"ten.onnx\"", "\"file\": \"gated.onnx\"", "", 0},
        {"\"file\": \"ten.onnx\", \"count_activations\": true", "\"file\": \"two.onnx\"", "", 0},
        {"\"file\": \"ten.onnx\", \"level\": \"node\"", "\"file\": \"two.onnx\", \"level\": \"node\"", "", 4},
        {"\"file\": \"ten.onnx\", \"level\": \"node\"", "\"file\": \"two.onnx\", \"max_blocks\": 1", "", 0},
    };

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        dcnn_scenario *s = good(*state, cases[k].a, cases[k].b, cases[k].more);
        assert_int_equal(s->shared_group_count, cases[k].groups);
        for (int g = 0; g < s->shared_group_count; g++) {
            const dcnn_layer_ref *members = s->shared_groups[g].members;
            assert_int_equal(s->shared_groups[g].member_count, 2);
            assert_true(members[0].cnn != members[1].cnn && members[0].layer == members[1].layer);
        }
        dcnn_scenario_free(s);
    }
}

/* --- faults --- */

struct heard {
    int count;
    char text[4096];
};

static void hear(void *user, const dcnn_error *fault)
{
    struct heard *heard = user;
    size_t used = strlen(heard->text);

    heard->count++;
    (void)snprintf(heard->text + used, sizeof heard->text - used, "%s: %s\n", fault->where, fault->text);
}

static void test_every_bad_file_is_told(void **state)
{
    static const struct {
        const char *member, *where, *text;
    } cases[] = {
        {"\"file\": \"absent.onnx\"", "cnns[0].file", "cannot read"},
        {"\"file\": \"text.onnx\"", "cnns[0].file", "not an ONNX model"},
        {"\"file\": \"\"", "cnns[0].file", "cannot read"},
        {"\"file\": \".\"", "cnns[0].file", "cannot read"},
        {"\"file\": 7", "cnns[0].file", "expected"},
        {"\"file\": \"ten.onnx\", \"exits\": {\"z\": 0.5}", "cnns[0].file", "no output of that name"},
        {"\"file\": \"gated.onnx\", \"exits\": {\"gate\": 1.5}", "cnns[0].exits.gate", "expected"},
        {"\"file\": \"ten.onnx\", \"exits\": [0.5]", "cnns[0].exits", "by output"},
        {"\"file\": \"ten.onnx\", \"level\": \"layers\"", "cnns[0].level", "expected"},
        {"\"file\": \"ten.onnx\", \"max_blocks\": 0", "cnns[0].max_blocks", "expected"},
        {"\"file\": \"ten.onnx\", \"count_activations\": 1", "cnns[0].count_activations", "expected"},
        {"\"file\": \"ten.onnx\", \"input_shape\": \"1x4x8\"", "cnns[0].file", "dimensions"},
        {"\"file\": \"ten.onnx\", \"input_shape\": [4]", "cnns[0].input_shape[0]", "expected"},
        {"\"file\": \"ten.onnx\", \"count\": [\"pool\", \"sub\"]", "cnns[0].count[1]", "expected"},
        {"\"file\": \"ten.onnx\", \"max_cut_tensors\": 0", "cnns[0].max_cut_tensors", "expected"},
        {"\"file\": \"ten.onnx\", \"result\": \"q\"", "cnns[0].file", "makes no tensor"},
        {"\"file\": \"ten.onnx\", \"cut\": {}", "cnns[0].cut", "expected"},
        {"\"file\": \"strange.onnx\"", "cnns[0].file", "not known"},
        {"\"file\": \"gated.onnx\", \"exit_csv\": \"absent.csv\"", "cnns[0].file", "absent.csv: cannot read"},
        {"\"file\": \"gated.onnx\", \"exit_csv\": 7", "cnns[0].exit_csv", "expected"},
        {"\"file\": \"gated.onnx\", \"exit_csv\": \"measured.csv\", \"exits\": {\"gate\": 0.5}", "cnns[0].exit_csv",
         "found both"},
        {"\"file\": \"gated.onnx\", \"exit_csv\": \"measured.csv\", \"exit_threshold\": \"high\"",
         "cnns[0].exit_threshold", "expected"},
        {"\"file\": \"ten.onnx\", \"model\": \"cnn5\"", "cnns[0]", "model"},
    };

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct heard heard = {0};
        dcnn_scenario *s;
        assert_int_equal(read_cnns(&s, *state, cases[k].member, "\"file\": \"gone.onnx\"", "", hear, &heard),
                         DCNN_E_VALUE);
        assert_null(s);
        assert_true(heard.count >= 2 && strstr(heard.text, "cnns[1].file"));
        if (!strstr(heard.text, cases[k].where) || !strstr(heard.text, cases[k].text))
            fail_msg("expected \"%s: ...%s\", heard:\n%s", cases[k].where, cases[k].text, heard.text);
    }
}

static int set_up(void **state)
{
    static struct folder folder;

    make_folder(&folder);
    *state = &folder;
    return 0;
}

static int tear_down(void **state)
{
    remove_folder(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_beside_a_file),       cmocka_unit_test(test_exits_of_a_file),
        cmocka_unit_test(test_measured_exits_of_a_file), cmocka_unit_test(test_options_beside_a_file),
        cmocka_unit_test(test_sharing_is_found),         cmocka_unit_test(test_every_bad_file_is_told),
    };

    return cmocka_run_group_tests_name("model files in scenarios", tests, set_up, tear_down);
}
