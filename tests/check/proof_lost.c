/* Every allocation lost in turn, while a certificate is read, followed and written. */
#include "faults.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <dcnn/check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Of two CNNs on three units in a row, with a deadline; %s = their network, and what layers they share. */
static const char scenario_format[] =
    "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"lost\", \"units\": ["
    "  {\"id\": \"a\", \"memory_bytes\": 9, \"ops_per_s\": 1, \"x_m\": 0, \"y_m\": 0},"
    "  {\"id\": \"b\", \"memory_bytes\": 9, \"ops_per_s\": 2, \"x_m\": 1, \"y_m\": 0},"
    "  {\"id\": \"c\", \"memory_bytes\": 3, \"ops_per_s\": 3, \"x_m\": 2, \"y_m\": 0}], \"network\": {%s},"
    " \"cnns\": [{\"id\": \"x\", \"source\": \"a\", \"input_bytes\": 1, \"deadline_s\": 90, \"layers\": ["
    "   {\"name\": \"k\", \"memory_bytes\": 2, \"ops\": 5, \"output_bytes\": 1},"
    "   {\"name\": \"l\", \"memory_bytes\": 3, \"ops\": 7, \"output_bytes\": 2}]},"
    "  {\"id\": \"y\", \"source\": \"c\", \"input_bytes\": 1, \"layers\": ["
    "   {\"name\": \"k\", \"memory_bytes\": 2, \"ops\": 5, \"output_bytes\": 1},"
    "   {\"name\": \"m\", \"memory_bytes\": 3, \"ops\": 4, \"output_bytes\": 2}]}],"
    " %s \"limits\": {\"layers_per_unit\": 2}}";

static const char shared[] =
    "\"shared_layers\": [[{\"cnn\": \"x\", \"layer\": \"k\"}, {\"cnn\": \"y\", \"layer\": \"k\"}]],";
static const char range[] = "\"range_m\": 1.5, \"rate_bytes_per_s\": 1";
static const char links[] = "\"rate_bytes_per_s\": 1, \"links\": [{\"a\": \"a\", \"b\": \"b\"}, {\"a\": \"b\", \"b\": "
                            "\"c\", \"one_way\": true},"
                            " {\"a\": \"c\", \"b\": \"a\"}]";
static const char hops[] = "\"rate_bytes_per_s\": 1, \"hops\": {\"order\": [\"a\", \"b\", \"c\"],"
                           " \"matrix\": [[0, 1, 2], [1, 0, 1], [2, 1, 0]]}";

/* Of more than what is true, so that combinations are looked for. */
static const char certificate_text[] =
    "{\"dcnn\": \"certificate\", \"version\": 1, \"objective\": \"sum\", \"bound_ns\": 40000000000, \"tick_bits\": 3, "
    "\"parts\": ["
    " {\"cap_ns\": 90000000000, \"below_ns\": 40000000000, \"nodes\": ["
    "  {\"steps\": [{\"prices\": [[\"layers\", 1, 5, 0], [\"memory\", 0, 2, 9, 1], [\"shared\", 0, 1, 2, -4, 0]],"
    "    \"floors\": [1, 1]}], \"split\": {\"cnn\": 0, \"layer\": 0, \"unit\": 0}},"
    "  {\"listed\": {\"prices\": [], \"cuts\": [{\"price\": 3, \"cnns\": [0], \"rows\": [[\"layers\", 1]]}]}},"
    "  {\"steps\": [{\"prices\": [[\"layers\", 1, 5, 0]]}]}]}]}";

/* The same, with nothing shared and rows that are contested. */
static const char contested_text[] =
    "{\"dcnn\": \"certificate\", \"version\": 1, \"objective\": \"sum\", \"bound_ns\": 40000000000, \"tick_bits\": 3, "
    "\"parts\": ["
    " {\"below_ns\": 40000000000, \"nodes\": ["
    "  {\"listed\": {\"prices\": [[\"layers\", 1, 5, 0]], \"cuts\": [{\"price\": 3, \"cnns\": [0], \"rows\": "
    "[[\"layers\", 1], "
    "[\"layers\", 2], [\"layers\", 2]]}], \"contested\": [[[\"layers\", 1]], [[\"memory\", 2, 1], [\"layers\", "
    "0]]]}}]}]}";

static dcnn_scenario *scenario_on(const char *network, const char *shared_layers)
{
    static char text[sizeof scenario_format + 500];
    dcnn_scenario *scenario = NULL;
    int size = snprintf(text, sizeof text, scenario_format, network, shared_layers);

    assert_int_equal(dcnn_scenario_parse(&scenario, text, (size_t)size, "lost", NULL, NULL, NULL, NULL), DCNN_OK);
    return scenario;
}

static dcnn_status read_check_write(const dcnn_scenario *scenario, const char *path, int64_t *violations)
{
    dcnn_certificate *certificate;
    dcnn_status status = dcnn_certificate_read(&certificate, scenario, path, NULL, NULL, NULL);

    if (status) {
        assert_null(certificate);
        return status;
    }
    status = dcnn_check_certificate(scenario, NULL, certificate, NULL, NULL, violations, NULL);
    if (status) assert_int_equal(*violations, 0);
    if (!status) status = dcnn_certificate_write(certificate, "/dev/null", NULL);
    dcnn_certificate_free(certificate);
    return status;
}

static void survives_lost_allocations(const dcnn_scenario *scenario, const char *path)
{
    long live = faults_live_blocks(), injected = faults_injected();
    int64_t violations = 0;
    dcnn_status status;

    for (long allowed = 0;; allowed++) {
        faults_after(allowed);
        status = read_check_write(scenario, path, &violations);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > injected);
    assert_true(violations > 0);
}

/* With the certificate of that text. */
static void survive(const char *network, const char *shared_layers, const char *text, size_t size)
{
    dcnn_scenario *scenario = scenario_on(network, shared_layers);
    char path[] = "/tmp/dcnn-lost-XXXXXX";
    int file = mkstemp(path);

    assert_true(file >= 0);
    assert_int_equal(write(file, text, size), size);
    (void)close(file);
    survives_lost_allocations(scenario, path);
    (void)unlink(path);
    dcnn_scenario_free(scenario);
}

static void test_all_kinds_survive_lost_allocations(void **state)
{
    const char *const networks[] = {range, links, hops};

    (void)state;
    for (size_t k = 0; k < sizeof networks / sizeof *networks; k++)
        survive(networks[k], shared, certificate_text, sizeof certificate_text - 1);
}

static void test_contested_rows_survive_lost_allocations(void **state)
{
    (void)state;
    survive(range, "", contested_text, sizeof contested_text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_kinds_survive_lost_allocations),
                                       cmocka_unit_test(test_contested_rows_survive_lost_allocations)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
