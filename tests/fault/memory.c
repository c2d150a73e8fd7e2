/* memory.c - hostile scenario files take no more than 64 times their size in memory. */
#include "base/base.h"
#include "faults.h"
#include <dcnn/scenario.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { FILE_BYTES = 1 << 20, MEMORY_FACTOR = 64 };

/* Files of one part repeated. */
static const struct {
    const char *name, *before, *part, *after;
} files[] = {
    {"deep arrays", "", "[", ""},
    {"deep objects", "", "{\"a\":", ""},
    {"one text", "{\"dcnn\":\"", "a", "\"}"},
    {"one text of escapes", "{\"dcnn\":\"", "\\u00e9", "\"}"},
    {"one key", "{\"", "a", "\":1}"},
    {"one number", "", "7", ""},
    {"numbers", "[", "0,", "0]"},
    {"texts", "[", "\"\",", "0]"},
    {"empty arrays", "{\"dcnn\":\"scenario\",\"version\":1,\"units\":[", "[],", "[]]}"},
    {"empty objects as units", "{\"dcnn\":\"scenario\",\"version\":1,\"units\":[", "{},", "{}]}"},
    {"empty objects as endpoints", "{\"dcnn\":\"scenario\",\"version\":1,\"units\":[{}],\"endpoints\":[", "{},",
     "{}]}"},
    {"empty objects as CNNs", "{\"dcnn\":\"scenario\",\"version\":1,\"cnns\":[", "{},", "{}]}"},
    {"empty objects as layers", "{\"dcnn\":\"scenario\",\"version\":1,\"cnns\":[{\"layers\":[", "{},", "{}]}]}"},
    {"empty objects as links", "{\"dcnn\":\"scenario\",\"version\":1,\"network\":{\"links\":[", "{},", "{}]}}"},
    {"models", "{\"dcnn\":\"scenario\",\"version\":1,\"cnns\":[", "{\"model\":\"resnet-152\"},", "{}]}"},
    {"small models", "{\"dcnn\":\"scenario\",\"version\":1,\"cnns\":[", "{\"model\":\"cnn5\"},", "{}]}"},
    {"places of a matrix", "{\"dcnn\":\"scenario\",\"version\":1,\"network\":{\"hops\":{\"matrix\":[],\"order\":[",
     "\"\",", "0]}}}"},
    {"sharing", "{\"dcnn\":\"scenario\",\"version\":1,\"cnns\":[{}],\"shared_layers\":[", "[],", "[]]}"},
};

static void count_fault(void *user, const dcnn_error *fault)
{
    (void)fault;
    (*(long *)user)++;
}

static void read_file(size_t k)
{
    dcnn_buf text = {0};
    dcnn_scenario *scenario;
    long faults = 0, before, peak;

    dcnn_buf_text(&text, files[k].before);
    while (text.size < FILE_BYTES) dcnn_buf_text(&text, files[k].part);
    dcnn_buf_text(&text, files[k].after);
    assert_false(text.failed);
    faults_forget_peak();
    before = faults_peak_bytes();
    assert_int_not_equal(
        dcnn_scenario_parse(&scenario, text.data, text.size, "hostile", NULL, count_fault, &faults, NULL), DCNN_OK);
    peak = faults_peak_bytes() - before;
    assert_null(scenario);
    assert_true(faults >= 1);
    print_message("# %-28s %6ld faults, %5.1f times the file\n", files[k].name, faults,
                  (double)peak / (double)text.size);
    if (peak > MEMORY_FACTOR * (long)text.size) fail_msg("%s: %ld bytes for %zu", files[k].name, peak, text.size);
    dcnn_buf_clear(&text);
}

static void test_hostile_files_take_little_memory(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) read_file(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hostile_files_take_little_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
