/* lost.c - every allocation of finding and reading reasons lost in turn; arguments that are refused; a search for
 * reasons that may not search. */
#include "base/base.h"
#include "faults.h"
#include <dcnn/check.h>
#include <dcnn/reasons.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Too much memory, layers per unit, deadlines, a far source and a shared group at once; linked, or in range. */
static const char *const texts[] = {
    "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"lost\", \"units\": ["
    "{\"id\": \"a\", \"memory_bytes\": 10, \"ops_per_s\": 10, \"ops_budget\": 9},"
    "{\"id\": \"b\", \"memory_bytes\": 10, \"ops_per_s\": 10}], \"endpoints\": [{\"id\": \"e\"}],"
    "\"network\": {\"rate_bytes_per_s\": 10, \"links\": [{\"a\": \"a\", \"b\": \"e\"}]}, \"cnns\": ["
    "{\"id\": \"x\", \"source\": \"e\", \"input_bytes\": 1, \"layers\": ["
    "{\"name\": \"l\", \"memory_bytes\": 4, \"ops\": 5, \"output_bytes\": 1},"
    "{\"name\": \"m\", \"memory_bytes\": 4, \"ops\": 5, \"output_bytes\": 1}]},"
    "{\"id\": \"y\", \"source\": \"e\", \"input_bytes\": 1, \"deadline_s\": 2, \"layers\": ["
    "{\"name\": \"l\", \"memory_bytes\": 4, \"ops\": 5, \"output_bytes\": 1}]}],"
    "\"shared_layers\": [[{\"cnn\": \"x\", \"layer\": \"l\"}, {\"cnn\": \"y\", \"layer\": \"l\"}]],"
    "\"limits\": {\"layers_per_unit\": 1}}",
    "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"lost\", \"units\": ["
    "{\"id\": \"a\", \"memory_bytes\": 10, \"ops_per_s\": 10, \"x_m\": 0, \"y_m\": 0},"
    "{\"id\": \"b\", \"memory_bytes\": 10, \"ops_per_s\": 10, \"x_m\": 3, \"y_m\": 0}],"
    "\"endpoints\": [{\"id\": \"e\", \"x_m\": 1, \"y_m\": 0}],"
    "\"network\": {\"rate_bytes_per_s\": 10, \"range_m\": 1.5}, \"cnns\": ["
    "{\"id\": \"x\", \"source\": \"e\", \"input_bytes\": 1, \"deadline_s\": 1.3, \"layers\": ["
    "{\"name\": \"l\", \"memory_bytes\": 4, \"ops\": 5, \"output_bytes\": 1},"
    "{\"name\": \"m\", \"memory_bytes\": 9, \"ops\": 5, \"output_bytes\": 1}]}]}"};

static dcnn_scenario *parse(const char *text)
{
    dcnn_scenario *scenario;
    dcnn_error err = {0};

    if (dcnn_scenario_parse(&scenario, text, strlen(text), "lost.json", NULL, NULL, NULL, &err))
        fail_msg("%s", err.text);
    return scenario;
}

static dcnn_placement *infeasible(const dcnn_scenario *scenario)
{
    dcnn_placement *placement;

    assert_int_equal(dcnn_placement_new(&placement, scenario, NULL, NULL), DCNN_OK);
    placement->proof = DCNN_PROOF_INFEASIBLE;
    placement->bound_ns = DCNN_NEVER;
    return placement;
}

static void test_reasons_survive_lost_allocations(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        dcnn_scenario *scenario = parse(texts[k]);
        long live = faults_live_blocks(), injected = faults_injected();
        dcnn_options options;
        dcnn_status status;
        dcnn_options_init(&options);
        for (long allowed = 0;; allowed++) {
            dcnn_placement *placement = infeasible(scenario);
            faults_after(allowed);
            status = dcnn_reasons_find(placement, scenario, &options, NULL);
            faults_off();
            assert_true((status == DCNN_OK) == (placement->reason_count > 0));
            dcnn_placement_free(placement);
            assert_int_equal(faults_live_blocks(), live);
            if (!status) break;
            assert_int_equal(status, DCNN_E_MEMORY);
        }
        assert_true(faults_injected() - injected > 100);
        dcnn_scenario_free(scenario);
    }
}

static void test_reading_survives_lost_allocations(void **state)
{
    char path[] = "/tmp/dcnn-lost-XXXXXX";
    dcnn_scenario *scenario = parse(texts[0]);
    dcnn_placement *placement = infeasible(scenario);
    dcnn_options options;
    dcnn_status status;
    long live;

    (void)state;
    dcnn_options_init(&options);
    assert_int_equal(close(mkstemp(path)), 0);
    assert_int_equal(dcnn_reasons_find(placement, scenario, &options, NULL), DCNN_OK);
    assert_int_equal(dcnn_placement_write(placement, scenario, path, NULL), DCNN_OK);
    live = faults_live_blocks();
    for (long allowed = 0;; allowed++) {
        dcnn_placement *copy;
        faults_after(allowed);
        status = dcnn_placement_read(&copy, scenario, path, NULL, NULL, NULL);
        faults_off();
        dcnn_placement_free(copy);
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_int_equal(unlink(path), 0);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
}

/* What must not be searched is undecided, but true: all limits together cannot hold. */
static void test_interrupted(void **state)
{
    static const volatile int stop = 1;
    dcnn_scenario *scenario = parse(texts[1]);
    dcnn_placement *placement = infeasible(scenario);
    dcnn_options options;
    int64_t violations;

    (void)state;
    dcnn_options_init(&options);
    options.interrupt = &stop;
    assert_int_equal(dcnn_reasons_find(placement, scenario, &options, NULL), DCNN_OK);
    assert_int_equal(placement->reason_count, 3); /* memory, routes, the deadline */
    assert_int_equal(placement->cure_count, 0);
    for (int r = 0; r < placement->reason_count; r++) assert_true(placement->reasons[r].undecided);
    assert_int_equal(dcnn_check(scenario, placement, NULL, NULL, &violations, NULL), DCNN_OK);
    assert_int_equal(violations, 0);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
}

static void test_refused(void **state)
{
    dcnn_scenario *scenario = parse(texts[1]);
    dcnn_placement *placement = infeasible(scenario);
    dcnn_options options;

    (void)state;
    dcnn_options_init(&options);
    options.threads = 0;
    assert_int_equal(dcnn_reasons_find(placement, scenario, &options, NULL), DCNN_E_ARGUMENT);
    dcnn_options_init(&options);
    placement->proof = DCNN_PROOF_NONE;
    assert_int_equal(dcnn_reasons_find(placement, scenario, &options, NULL), DCNN_E_ARGUMENT);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_reasons_survive_lost_allocations),
                                       cmocka_unit_test(test_reading_survives_lost_allocations),
                                       cmocka_unit_test(test_interrupted), cmocka_unit_test(test_refused)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
