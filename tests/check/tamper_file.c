/* tamper_file.c - a placement file that holds, and words of it exchanged: the reader must refuse it or the checker find
 * it out. The file is written here, so that it is the format that counts and not our writer. */
#include "base/base.h"
#include "tampered.h"
#include <dcnn/check.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    const char *found, *put; /* the first `found` of the file becomes `put` */
} exchanges[] = {
    {"\"dcnn\": \"placement\"", "\"dcnn\": \"scenario\""},
    {"\"dcnn\": \"placement\", ", ""},
    {"\"version\": 1", "\"version\": 2"},
    {"\"scenario\": \"tampered\"", "\"scenario\": \"other\""},
    {"\"scenario_sha256\": \"a", "\"scenario_sha256\": \"b"},
    {"\"scenario_sha256\": \"a", "\"scenario_sha256\": \""},
    {"\"scenario_sha256\": \"a", "\"scenario_sha256\": \"g"},
    {"\"proof\": \"optimal\"", "\"proof\": \"Optimal\""},
    {"\"proof\": \"optimal\"", "\"proof\": \"none\""},
    {"\"proof\": \"optimal\"", "\"proof\": \"infeasible\""},
    {"\"proof\": \"optimal\"", "\"proof\": true"},
    {"\"proof\": \"optimal\", ", ""},
    {"\"stop\": \"finished\"", "\"stop\": \"done\""},
    {"\"objective\": \"sum\"", "\"objective\": \"max\""},
    {"\"value_ns\": ", "\"value_ns\": 1"},
    {"\"value_ns\": ", "\"value_ns\": -"},
    {"\"value_ns\": ", "\"value_ns\": 0."},
    {"\"value_ns\": ", "\"value_ns\": 99999999999999999999"},
    {"\"value_ns\": ", "\"value_ns\": 5, \"value_ns\": "},
    {"\"value_ns\": ", "\"worth_ns\": "},
    {"\"bound_ns\": ", "\"bound_ns\": 9"},
    {"\"bound_ns\": ", "\"bound_ns\": -"},
    {"\"bound_ns\": ", "\"bound_ns\": null, \"bound\": "},
    {"\"cnns\": [", "\"cnns\": ["
                    "{\"id\": \"third\", \"units\": [\"strong\"], \"latency_ns\": 0, \"source_ns\": 0,"
                    " \"compute_ns\": 0, \"transfer_ns\": 0, \"sink_ns\": 0}, "},
    {"\"cnns\": [", "\"nets\": ["},
    {"\"id\": \"door\"", "\"id\": \"window\""},
    {"\"id\": \"door\"", "\"id\": \"gate\""},
    {"\"units\": [", "\"units\": [\"strong\", "},
    {"\"units\": [\"", "\"units\": [\"slow\"], \"spare\": [\""},
    {"\"units\": [\"", "\"units\": [\"x"},
    {"\"units\": [", "\"units\": [0, "},
    {"\"latency_ns\": ", "\"latency_ns\": 1"},
    {"\"latency_ns\": ", "\"delay_ns\": "},
    {"\"source_ns\": ", "\"source_ns\": 1"},
    {"\"compute_ns\": ", "\"compute_ns\": 1"},
    {"\"transfer_ns\": ", "\"transfer_ns\": 1"},
    {"\"sink_ns\": ", "\"sink_ns\": 1"},
    {"}], \"solver\"", "}, \"solver\""},
    {"{\"id\"", "{{\"id\""},
    {"{", ""},
};

/* The file of a placement: interface, section 3. */
static void write_file(dcnn_buf *text, const dcnn_scenario *scenario, const dcnn_placement *p)
{
    dcnn_buf_format(text,
                    "{\"dcnn\": \"placement\", \"version\": 1, \"scenario\": \"%s\", \"scenario_sha256\": \"%s\", "
                    "\"proof\": \"optimal\", \"stop\": \"finished\", \"objective\": \"sum\", "
                    "\"value_ns\": %lld, \"bound_ns\": %lld, \"cnns\": [",
                    p->scenario, p->sha256, (long long)p->value_ns, (long long)p->bound_ns);
    for (int c = 0; c < p->cnn_count; c++) {
        const dcnn_latency *l = &p->cnns[c].latency;
        dcnn_buf_format(text, "%s{\"id\": \"%s\", \"units\": [", c ? ", " : "", p->cnns[c].id);
        for (int j = 0; j < p->cnns[c].layer_count; j++)
            dcnn_buf_format(text, "%s\"%s\"", j ? ", " : "", scenario->places[p->cnns[c].units[j]].id);
        dcnn_buf_format(text,
                        "], \"latency_ns\": %lld, \"source_ns\": %lld, \"compute_ns\": %lld, \"transfer_ns\": %lld, "
                        "\"sink_ns\": %lld}",
                        (long long)l->latency_ns, (long long)l->source_ns, (long long)l->compute_ns,
                        (long long)l->transfer_ns, (long long)l->sink_ns);
    }
    dcnn_buf_text(text, "], \"solver\": {\"nodes\": 1, \"columns\": 12, \"threads\": 1}}\n");
}

static void exchange(dcnn_buf *out, const char *text, const char *found, const char *put)
{
    const char *at = strstr(text, found);

    if (!at) fail_msg("the file has no %s", found);
    dcnn_buf_add(out, text, (size_t)(at - text));
    dcnn_buf_text(out, put);
    dcnn_buf_text(out, at + strlen(found));
}

/* Whether the text, as a file, is read and then found without a violation. */
static bool accepted(const dcnn_scenario *scenario, const dcnn_buf *text)
{
    char path[] = "/tmp/dcnn-tamper-XXXXXX";
    int file = mkstemp(path);
    dcnn_placement *placement = NULL;
    int64_t violations = 0;
    dcnn_status status;

    assert_true(file >= 0);
    assert_int_equal(write(file, text->data, text->size), text->size);
    assert_int_equal(close(file), 0);
    status = dcnn_placement_read(&placement, scenario, path, NULL, NULL, NULL);
    assert_int_equal(unlink(path), 0);
    assert_true((status == DCNN_OK) == (placement != NULL));
    if (!status) assert_int_equal(dcnn_check(scenario, placement, NULL, NULL, &violations, NULL), DCNN_OK);
    dcnn_placement_free(placement);
    return !status && violations == 0;
}

static void best_file(dcnn_buf *text, const oracle *o)
{
    dcnn_placement *placement = tampered_best(o);

    assert_non_null(placement);
    write_file(text, o->scenario, placement);
    oracle_placement_free(placement);
}

static void test_honest_file_is_accepted(void **state)
{
    const oracle *o = *state;
    dcnn_buf text = {0};

    best_file(&text, o);
    assert_true(accepted(o->scenario, &text));
    dcnn_buf_clear(&text);
}

static void test_every_exchange_is_found(void **state)
{
    const oracle *o = *state;
    dcnn_buf text = {0};

    best_file(&text, o);
    for (size_t k = 0; k < sizeof exchanges / sizeof *exchanges; k++) {
        dcnn_buf tampered = {0};
        exchange(&tampered, text.data, exchanges[k].found, exchanges[k].put);
        if (accepted(o->scenario, &tampered)) fail_msg("%s as %s is accepted", exchanges[k].found, exchanges[k].put);
        dcnn_buf_clear(&tampered);
    }
    dcnn_buf_clear(&text);
}

/* Cut after every byte but the last, which ends the line. */
static void test_every_cut_is_found(void **state)
{
    const oracle *o = *state;
    dcnn_buf text = {0};

    best_file(&text, o);
    for (size_t size = text.size - 2; size > 0; size--) {
        text.size = size;
        if (accepted(o->scenario, &text)) fail_msg("accepted when cut to %zu bytes", size);
    }
    dcnn_buf_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_honest_file_is_accepted),
                                       cmocka_unit_test(test_every_exchange_is_found),
                                       cmocka_unit_test(test_every_cut_is_found)};

    return cmocka_run_group_tests(tests, tampered_open, tampered_close);
}
