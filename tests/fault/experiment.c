/* experiment.c - every lost allocation of reading a plan and gathering its results is told, and nothing leaks. */
#include "experiment/plan.h"
#include "faults.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char plan_text[] =
    "{\"dcnn\":\"experiment\",\"version\":1,\"name\":\"faults\",\"unit_types\":{\"board\":{\"memory_bytes\":\"64 MiB\","
    "\"ops_per_s\":1e8}},\"systems\":[{\"name\":\"a\",\"units\":12,\"area_m\":\"10 m\",\"draws\":2,\"mix\":[{\"type\":"
    "\"board\",\"share\":1}]},{\"name\":\"b\",\"units\":9,\"area_m\":\"9 "
    "m\",\"draws\":2}],\"settings\":[{\"name\":\"one\","
    "\"models\":[\"cnn5\"],\"layers_per_unit_last\":2},{\"name\":\"two\",\"models\":[\"cnn5\"],\"input_bytes\":100,"
    "\"defined_as\":\"one\",\"compat\":[\"types-drawn\"]}]}";

static dcnn_plan *parse(dcnn_status *status)
{
    dcnn_buf text = {0};
    dcnn_plan *plan = NULL;

    dcnn_buf_add(&text, plan_text, sizeof plan_text - 1);
    if (text.failed) {
        dcnn_buf_clear(&text);
        *status = DCNN_E_MEMORY;
        return NULL;
    }
    *status = dcnn_plan_parse(&plan, &text, "plan", NULL, NULL, NULL);
    return plan;
}

static void test_plan(void **state)
{
    long live = faults_live_blocks(), injected = faults_injected();

    (void)state;
    for (long allowed = 0;; allowed++) {
        dcnn_status status;
        dcnn_plan *plan;
        faults_after(allowed);
        plan = parse(&status);
        faults_off();
        if (!status) {
            dcnn_plan_free(plan);
            break;
        }
        assert_int_equal(status, DCNN_E_MEMORY);
        assert_null(plan);
        assert_int_equal(faults_live_blocks(), live);
    }
    assert_int_equal(faults_live_blocks(), live);
    assert_true(faults_injected() > injected);
}

static void test_gathering(void **state)
{
    char folder[60], command[80];
    const char *folders[] = {folder};
    const dcnn_experiment_options options = {.threads = 1};
    long live, injected = faults_injected();
    dcnn_status status;
    dcnn_plan *plan = parse(&status);

    (void)state;
    /* thousands of files, each synced: in memory where there is such a place */
    (void)snprintf(folder, sizeof folder, "%s/dcnn-faults-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dcnn_experiment_run(plan, folder, &options, NULL), DCNN_OK);
    live = faults_live_blocks();
    for (long allowed = 0;; allowed++) {
        faults_after(allowed);
        status = dcnn_experiment_merge(plan, folders, 1, folder, NULL);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > injected);
    dcnn_plan_free(plan);
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plan), cmocka_unit_test(test_gathering)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
