/* lists.c - lists that ended before they told anything. */
#include "base/base.h"
#include "line.h"
#include "solve/core.h"
#include <dcnn/scenario.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { UNITS = 14, LIST_MAX = 30 };
static const int64_t work_enough = INT64_C(1) << 40;

/* Two CNNs need the one large unit, and between them is one that may run anywhere, for the same. */
static dcnn_scenario *make_ties(void)
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

/* What lists of the whole problem come to at no prices. */
typedef struct {
    int64_t nodes;
    dcnn_tick bound, best;
    bool done, found;
} listed;

static listed list_all(const dcnn_scenario *scenario, int list_max, int64_t settle_work, unsigned without)
{
    dcnn_instance *instance;
    dcnn_problem *problem;
    dcnn_core *core;
    dcnn_options options;
    dcnn_task task = {.options = &options, .list_max = list_max, .settle_work = settle_work};
    dcnn_listing listing = {.bound = -dcnn_tick_never};
    listed result;
    double *price;

    dcnn_options_init(&options);
    options.without = without;
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_problem_new(&problem, instance, NULL), DCNN_OK);
    assert_int_equal(dcnn_core_new(&core, problem, &task, NULL), DCNN_OK);
    assert_non_null(price = dcnn_take(dcnn_core_price_count(core), sizeof *price));
    listing.price = price;
    assert_int_equal(dcnn_enumerate(core, core->allowed, &listing, NULL), DCNN_OK);
    result = (listed){core->nodes, listing.bound, core->best_cost, listing.done, core->has_best};
    free(price);
    dcnn_core_free(core);
    dcnn_instance_free(instance);
    return result;
}

/* Each CNN was given a third of a list, whatever the others left of theirs; fourteen ties filled a third of 30, and
 * what the list was to prove stayed open. With 50,001 ties of one of eight CNNs that took the search for ever. */
static void test_ties_of_one_cnn(void **state)
{
    dcnn_scenario *scenario = make_ties();
    listed all = list_all(scenario, LIST_MAX, work_enough, 1u << DCNN_IDEA_SHORT_LISTS);

    (void)state;
    assert_true(all.done);
    assert_false(all.found);
    dcnn_scenario_free(scenario);
}

/* Lists were branched for up to 400 nodes, a quarter of a second each, before anything else had been tried. Where that
 * is more work than it may be, it ends soon, with a bound that holds. */
static void test_branching_without_end(void **state)
{
    dcnn_scenario *scenario = line_scenario(20, 6, 3, 1);
    unsigned without = 1u << DCNN_IDEA_SHORT_LISTS | 1u << DCNN_IDEA_PICKING | 1u << DCNN_IDEA_CUTS;
    listed late = list_all(scenario, 100000, work_enough, without), soon = list_all(scenario, 100000, 1, without);

    (void)state;
    assert_true(late.done);
    assert_false(soon.done);
    assert_true(soon.nodes < late.nodes);
    assert_true(soon.bound <= late.best);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ties_of_one_cnn),
                                       cmocka_unit_test(test_branching_without_end)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
