/* What is read from a scenario file, and that what is written reads back as the same. */
#include "base/base.h"
#include <dcnn/scenario.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static dcnn_scenario *read_file(const char *file)
{
    dcnn_buf path = {0};
    dcnn_scenario *scenario;

    dcnn_buf_format(&path, "%s/%s", getenv("DCNN_TEST_DIR"), file);
    assert_int_equal(dcnn_scenario_read(&scenario, path.data, NULL, NULL, NULL), DCNN_OK);
    dcnn_buf_clear(&path);
    return scenario;
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

static void test_what_is_read(void **state)
{
    dcnn_scenario *s = read_file("cli/files/sound.json");
    const dcnn_cnn *door = &s->cnns[0], *gate = &s->cnns[1], *roof = &s->cnns[2];

    (void)state;
    assert_string_equal(s->name, "sound");
    assert_int_equal(strlen(s->sha256), 64);
    assert_int_equal(s->unit_count, 2);
    assert_int_equal(s->place_count, 3);
    assert_int_equal(s->units[0].memory_bytes, 256 << 20);
    assert_int_equal(s->units[0].ops_budget, DCNN_UNLIMITED);
    assert_string_equal(s->units[0].type, "board");
    assert_int_equal(s->units[1].ops_budget, 1000000);
    assert_int_equal(dcnn_scenario_place(s, "cam"), 2);
    assert_int_equal(dcnn_scenario_place(s, "door"), -1);
    assert_int_equal(s->network.kind, DCNN_NETWORK_RANGE);
    assert_true(near(s->network.rate_bytes_per_s, 9025000));
    assert_int_equal(s->layers_per_unit, 9);
    assert_int_equal(s->objective, DCNN_OBJECTIVE_SUM);

    assert_int_equal(door->deadline_ns, 900000000);
    assert_int_equal(door->source, 2);
    assert_int_equal(door->sink, 0);
    assert_true(near(door->p[0], 1) && near(door->p[1], 0.5) && near(door->g[0], 0.5) && near(door->g[1], 0.5));
    assert_true(gate->literal && gate->sink == gate->source && gate->deadline_ns == DCNN_NEVER);
    assert_string_equal(roof->model, "cnn5-ee");
    assert_true(near(roof->g[1], 0.25) && near(roof->p[1], 1) && near(roof->p[2], 0.75));
    assert_int_equal(s->shared_group_count, 1);
    assert_int_equal(s->shared_groups[0].member_count, 2);
    assert_int_equal(s->shared_groups[0].members[1].cnn, 1);
    dcnn_scenario_free(s);
}

static void assert_same_cnn(const dcnn_cnn *a, const dcnn_cnn *b)
{
    assert_string_equal(a->id, b->id);
    assert_int_equal(a->layer_count, b->layer_count);
    assert_true(a->source == b->source && a->sink == b->sink && near(a->weight, b->weight));
    assert_true(a->deadline_ns == b->deadline_ns && a->input_bytes == b->input_bytes && a->literal == b->literal);
    for (int j = 0; j < a->layer_count; j++) {
        const dcnn_layer *x = &a->layers[j], *y = &b->layers[j];
        assert_string_equal(x->name, y->name);
        assert_true(x->memory_bytes == y->memory_bytes && x->ops == y->ops && x->output_bytes == y->output_bytes);
        assert_true(near(a->p[j], b->p[j]) && near(a->g[j], b->g[j]));
    }
}

static void assert_same_network(const dcnn_scenario *a, const dcnn_scenario *b)
{
    assert_int_equal(a->network.kind, b->network.kind);
    assert_int_equal(a->network.link_count, b->network.link_count);
    assert_true(near(a->network.range_m, b->network.range_m));
    for (int64_t k = 0; k < a->network.link_count; k++) {
        const dcnn_link *x = &a->network.links[k], *y = &b->network.links[k];
        assert_true(x->a == y->a && x->b == y->b && x->one_way == y->one_way);
        assert_true(near(x->rate_bytes_per_s, y->rate_bytes_per_s) && near(x->latency_s, y->latency_s) &&
                    near(x->retransmission, y->retransmission));
    }
    if (a->network.kind == DCNN_NETWORK_HOPS)
        assert_memory_equal(a->network.hops, b->network.hops,
                            (size_t)a->place_count * (size_t)a->place_count * sizeof *a->network.hops);
}

static void test_what_is_written_reads_back(void **state)
{
    static const char *const files[] = {"cli/files/sound.json", "cli/files/too-small.json", "pipeline/links.json",
                                        "pipeline/hops.json", "../examples/two-cameras.json"};
    char path[] = "/tmp/dcnn-scenario-XXXXXX";

    (void)state;
    assert_int_equal(close(mkstemp(path)), 0);
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        dcnn_scenario *a = read_file(files[k]), *b;
        assert_int_equal(dcnn_scenario_write(a, path, NULL), DCNN_OK);
        assert_int_equal(dcnn_scenario_read(&b, path, NULL, NULL, NULL), DCNN_OK);
        assert_true(a->unit_count == b->unit_count && a->place_count == b->place_count);
        for (int i = 0; i < a->place_count; i++) assert_string_equal(a->places[i].id, b->places[i].id);
        for (int i = 0; i < a->unit_count; i++)
            assert_true(a->units[i].memory_bytes == b->units[i].memory_bytes &&
                        near(a->units[i].ops_per_s, b->units[i].ops_per_s) &&
                        a->units[i].ops_budget == b->units[i].ops_budget);
        assert_same_network(a, b);
        assert_int_equal(a->cnn_count, b->cnn_count);
        for (int c = 0; c < a->cnn_count; c++) assert_same_cnn(&a->cnns[c], &b->cnns[c]);
        assert_int_equal(a->shared_group_count, b->shared_group_count);
        assert_true(a->layers_per_unit == b->layers_per_unit && a->objective == b->objective);
        dcnn_scenario_free(b);
        dcnn_scenario_free(a);
    }
    assert_int_equal(unlink(path), 0);
}

/* The first, the last and a chain of groups that overlap become one. */
static void test_overlapping_groups_merge(void **state)
{
    static const char text[] =
        "{\"dcnn\":\"scenario\",\"version\":1,\"units\":[{\"id\":\"u\",\"type\":\"odroid\"}],"
        "\"network\":{\"links\":[]},\"cnns\":["
        "{\"id\":\"a\",\"source\":\"u\",\"model\":\"cnn5\"},{\"id\":\"b\",\"source\":\"u\",\"model\":\"cnn5\"},"
        "{\"id\":\"c\",\"source\":\"u\",\"model\":\"cnn5\"},{\"id\":\"d\",\"source\":\"u\",\"model\":\"cnn5\"}],"
        "\"shared_layers\":["
        "[{\"cnn\":\"a\",\"layer\":\"fc3\"},{\"cnn\":\"b\",\"layer\":\"fc3\"}],"
        "[{\"cnn\":\"c\",\"layer\":\"fc3\"},{\"cnn\":\"d\",\"layer\":\"fc3\"}],"
        "[{\"cnn\":\"d\",\"layer\":\"fc3\"},{\"cnn\":\"b\",\"layer\":\"fc3\"}],"
        "[{\"cnn\":\"d\",\"layer\":\"conv1\"},{\"cnn\":\"a\",\"layer\":\"conv1\"}]]}";
    dcnn_scenario *s;

    (void)state;
    assert_int_equal(dcnn_scenario_parse(&s, text, sizeof text - 1, "text", NULL, NULL, NULL, NULL), DCNN_OK);
    assert_int_equal(s->shared_group_count, 2);
    assert_int_equal(s->shared_groups[0].member_count + s->shared_groups[1].member_count, 6);
    dcnn_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_is_read),
                                       cmocka_unit_test(test_what_is_written_reads_back),
                                       cmocka_unit_test(test_overlapping_groups_merge)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
