/* lists.c - lists that ended before they told anything. */
#include "base/base.h"
#include "solve/core.h"
#include <dcnn/scenario.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { UNITS = 14, LIST_MAX = 30 };

/* Two CNNs need the one large unit, and between them is one that may run anywhere, for the same. */
static dcnn_scenario *make_scenario(void)
{
    dcnn_buf text = {0};
    dcnn_scenario *scenario;

    dcnn_buf_text(&text, "{\"dcnn\": \"scenario\", \"version\": 1, \"units\": [");
    for (int i = 0; i < UNITS; i++)
        dcnn_buf_format(&text, "%s{\"id\": \"u%d\", \"x_m\": 0, \"y_m\": 0, \"memory_bytes\": %d, \"ops_per_s\": 1}",
                        i ? "," : "", i, i ? 1 : 9);
    dcnn_buf_text(&text, "], \"endpoints\": [{\"id\": \"door\", \"x_m\": 0, \"y_m\": 0}], "
                         "\"network\": {\"range_m\": 1, \"rate_bytes_per_s\": 1}, \"cnns\": [");
    for (int c = 0; c < 3; c++)
        dcnn_buf_format(&text,
                        "%s{\"id\": \"c%d\", \"input_bytes\": 1, \"source\": \"door\", \"layers\": [{\"name\": \"l\", "
                        "\"memory_bytes\": %d, \"ops\": 1, \"output_bytes\": 1}]}",
                        c ? "," : "", c, c == 1 ? 1 : 9);
    dcnn_buf_text(&text, "], \"limits\": {\"layers_per_unit\": 1}}");
    assert_int_equal(dcnn_scenario_parse(&scenario, text.data, text.size, "ties", NULL, NULL, NULL, NULL), DCNN_OK);
    dcnn_buf_clear(&text);
    return scenario;
}

/* Each CNN was given a third of a list, whatever the others left of theirs; fourteen ties filled a third of 30, and
 * what the list was to prove stayed open. With 50,001 ties of one of eight CNNs that took the search for ever. */
static void test_ties_of_one_cnn(void **state)
{
    dcnn_scenario *scenario = make_scenario();
    dcnn_instance *instance;
    dcnn_problem *problem;
    dcnn_core *core;
    dcnn_options options;
    dcnn_task task = {.options = &options, .list_max = LIST_MAX, .settle_work = 1000000};
    dcnn_listing listing = {.bound = -dcnn_tick_never};
    double *price;

    (void)state;
    dcnn_options_init(&options);
    options.without = 1u << DCNN_IDEA_SHORT_LISTS;
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_problem_new(&problem, instance, NULL), DCNN_OK);
    assert_int_equal(dcnn_core_new(&core, problem, &task, NULL), DCNN_OK);
    assert_non_null(price = dcnn_take(dcnn_core_price_count(core), sizeof *price));
    listing.price = price;
    assert_int_equal(dcnn_enumerate(core, core->allowed, &listing, NULL), DCNN_OK);
    assert_true(listing.done);
    assert_false(core->has_best);
    free(price);
    dcnn_core_free(core);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
}

/* Units of three speeds on a line, and CNNs at its ends and in the middle that want the same of them. */
static dcnn_scenario *make_line(void)
{
    enum { LINE = 20, CNNS = 6, LAYERS = 3 };
    dcnn_buf text = {0};
    dcnn_scenario *scenario;

    dcnn_buf_text(&text, "{\"dcnn\": \"scenario\", \"version\": 1, \"units\": [");
    for (int i = 0; i < LINE; i++)
        dcnn_buf_format(&text, "%s{\"id\": \"u%d\", \"x_m\": %d, \"y_m\": 0, \"memory_bytes\": 9, \"ops_per_s\": %d}",
                        i ? "," : "", i, i, 1 + i * 7 % 3);
    dcnn_buf_text(&text, "], \"network\": {\"range_m\": 1.5, \"rate_bytes_per_s\": 2}, \"cnns\": [");
    for (int c = 0; c < CNNS; c++) {
        dcnn_buf_format(&text, "%s{\"id\": \"c%d\", \"input_bytes\": 3, \"source\": \"u%d\", \"layers\": [",
                        c ? "," : "", c, c * (LINE - 1) / (CNNS - 1));
        for (int j = 0; j < LAYERS; j++)
            dcnn_buf_format(&text, "%s{\"name\": \"l%d\", \"memory_bytes\": 2, \"ops\": %d, \"output_bytes\": %d}",
                            j ? "," : "", j, 20 - 3 * j, 1 + j % 2);
        dcnn_buf_text(&text, "]}");
    }
    dcnn_buf_text(&text, "], \"limits\": {\"layers_per_unit\": 1}}");
    assert_int_equal(dcnn_scenario_parse(&scenario, text.data, text.size, "line", NULL, NULL, NULL, NULL), DCNN_OK);
    dcnn_buf_clear(&text);
    return scenario;
}

typedef struct {
    int64_t nodes;
    dcnn_tick bound, best;
    bool done;
} branched;

/* Lists of all columns, branched and cut with so much work. */
static branched branch_lists(const dcnn_instance *instance, int64_t settle_work)
{
    dcnn_problem *problem;
    dcnn_core *core;
    dcnn_options options;
    dcnn_task task = {.options = &options, .list_max = 100000, .settle_work = settle_work};
    dcnn_listing listing = {.bound = -dcnn_tick_never};
    branched result;
    double *price;

    dcnn_options_init(&options);
    options.without = 1u << DCNN_IDEA_SHORT_LISTS | 1u << DCNN_IDEA_PICKING | 1u << DCNN_IDEA_CUTS;
    assert_int_equal(dcnn_problem_new(&problem, instance, NULL), DCNN_OK);
    assert_int_equal(dcnn_core_new(&core, problem, &task, NULL), DCNN_OK);
    assert_non_null(price = dcnn_take(dcnn_core_price_count(core), sizeof *price));
    listing.price = price;
    assert_int_equal(dcnn_enumerate(core, core->allowed, &listing, NULL), DCNN_OK);
    result = (branched){core->nodes, listing.bound, core->best_cost, listing.done};
    free(price);
    dcnn_core_free(core);
    return result;
}

/* Lists were branched for up to 400 nodes, a quarter of a second each, before anything else had been tried. Where that
 * is more work than it may be, it ends soon, with a bound that holds. */
static void test_branching_without_end(void **state)
{
    dcnn_scenario *scenario = make_line();
    dcnn_instance *instance;
    branched soon, late;

    (void)state;
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    late = branch_lists(instance, INT64_C(1) << 40);
    soon = branch_lists(instance, 1);
    assert_true(late.done);
    assert_false(soon.done);
    assert_true(soon.nodes < late.nodes);
    assert_true(soon.bound <= late.best);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ties_of_one_cnn),
                                       cmocka_unit_test(test_branching_without_end)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
