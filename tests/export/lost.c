/* Export and import with every allocation lost in turn. */
#include "base/base.h"
#include "faults.h"
#include <dcnn/dcnn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h needs the above */
#include <cmocka.h>

typedef dcnn_status (*step_fn)(const dcnn_scenario *scenario);

static dcnn_status export_as(const dcnn_scenario *scenario, dcnn_export_format format, dcnn_export_form form)
{
    char *text;
    size_t size;
    dcnn_status status = dcnn_export(&text, &size, scenario, format, form, NULL);

    free(text);
    return status;
}

static dcnn_status export_lp(const dcnn_scenario *scenario)
{
    return export_as(scenario, DCNN_EXPORT_LP, DCNN_FORM_PAIRS);
}

static dcnn_status export_mps(const dcnn_scenario *scenario)
{
    return export_as(scenario, DCNN_EXPORT_MPS, DCNN_FORM_LINKS);
}

static dcnn_status export_wcsp(const dcnn_scenario *scenario)
{
    return export_as(scenario, DCNN_EXPORT_WCSP, DCNN_FORM_BEST);
}

static dcnn_status import_values(const dcnn_scenario *scenario)
{
    static const char values[] = "0 0 0 0 0\n";
    dcnn_placement *placement;
    dcnn_status status = dcnn_solution_parse(&placement, scenario, values, sizeof values - 1, NULL);

    if (!status) dcnn_placement_free(placement);
    return status;
}

static void survives(const dcnn_scenario *scenario, step_fn step)
{
    long live = faults_live_blocks(), injected = faults_injected();
    dcnn_status status;

    for (long allowed = 0;; allowed++) {
        faults_after(allowed);
        status = step(scenario);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > injected);
}

static void test_survives_every_lost_allocation(void **state)
{
    static const char text[] =
        "{\"dcnn\":\"scenario\",\"version\":1,\"name\":\"two\",\"units\":[{\"id\":\"a\",\"type\":\"odroid\"},{\"id\":"
        "\"b\",\"type\":\"jetson\"}],\"network\":{\"rate_bytes_per_s\":1000000,\"hops\":{\"order\":[\"a\",\"b\"],"
        "\"matrix\":[[0,1],[1,0]]}},\"cnns\":[{\"id\":\"one\",\"source\":\"a\",\"model\":\"cnn5\"}],\"limits\":{"
        "\"layers_per_unit\":3}}";
    static const step_fn steps[] = {export_lp, export_mps, export_wcsp, import_values};
    dcnn_scenario *scenario;

    (void)state;
    assert_int_equal(dcnn_scenario_parse(&scenario, text, strlen(text), "two", NULL, NULL, NULL, NULL), DCNN_OK);
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) survives(scenario, steps[k]);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_survives_every_lost_allocation)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
