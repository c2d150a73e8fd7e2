/* lists.c - lists that ended before they told anything. */
#include "base/base.h"
#include "line.h"
#include "solve/core.h"
#include "solve/listed_lp.h"
#include <dcnn/scenario.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { UNITS = 14, LIST_MAX = 30, LAYERS_MAX = 8 };
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

/* --- a linear program over all columns --- */

static void list_from(dcnn_listed *lists, const dcnn_core *core, int u, int j, int *flats)
{
    const dcnn_chain *chain = core->problem->chains[u];
    dcnn_listed_chain *list = &lists->chains[u];
    size_t layers = (size_t)chain->layer_count;
    dcnn_listed_column *column;

    for (int x = chain->first[j]; j < chain->layer_count && x < chain->first[j + 1]; x++) {
        flats[j] = x;
        list_from(lists, core, u, j + 1, flats);
    }
    if (j < chain->layer_count) return;
    assert_true(dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items));
    column = &list->items[list->count++];
    *column = (dcnn_listed_column){.cost = dcnn_chain_cost(chain, &chain->cost, flats)};
    assert_non_null(column->flats = dcnn_pool_take(lists->pool, layers, sizeof *flats));
    assert_non_null(column->units = dcnn_pool_take(lists->pool, layers, sizeof *flats));
    assert_non_null(column->bits = dcnn_pool_take(lists->pool, lists->words, sizeof *column->bits));
    for (size_t k = 0; k < layers; k++) {
        column->flats[k] = flats[k];
        column->units[k] = chain->unit[flats[k]];
    }
}

/* Solves, and cuts as long as that is of use. *back: cuts that were brought back. */
static dcnn_tick cut_down(dcnn_listed_lp *lp, int *back)
{
    for (;;) {
        dcnn_tick bound = dcnn_listed_lp_solve(lp);
        size_t cuts = lp->cut_count;
        dcnn_support *support;
        int count, more;
        bool whole;
        assert_true(dcnn_listed_lp_support(lp, &support, &count, &whole));
        more = whole ? 0 : dcnn_listed_lp_separate(lp, support, count);
        free(support);
        assert_false(lp->lost_memory || lp->unsolved);
        if (lp->cut_count == cuts) *back += more;
        if (more == 0) return bound;
    }
}

/* Strikes out every column of some candidates, and cuts what is left down, time and again. */
static int branch_about(dcnn_listed_lp *lp)
{
    int back = 0;

    for (int round = 0; round < 40; round++) {
        int mark = lp->trail_count;
        for (int at = 0; at < lp->total; at++)
            if (!lp->dead[at] && dcnn_listed_lp_column(lp, at)->units[round % 3] % 5 == round % 5)
                dcnn_listed_lp_kill(lp, at);
        (void)cut_down(lp, &back);
        assert_true(dcnn_listed_lp_lay_aside(lp));
        dcnn_listed_lp_revive(lp, mark);
    }
    return back;
}

/* Most of the cuts told nothing and stayed in the linear program, whose steps took ten times what they had to. They are
 * laid aside now, which changes no bound, and brought back where they are broken. */
static void test_cuts_that_tell_nothing(void **state)
{
    dcnn_scenario *scenario = line_scenario(10, 4, 3, 2);
    dcnn_tick best = list_all(scenario, 100000, work_enough, 1u << DCNN_IDEA_SHORT_LISTS).best, bound;
    dcnn_options options;
    dcnn_task task = {.options = &options};
    dcnn_instance *instance;
    dcnn_problem *problem;
    dcnn_core *core;
    dcnn_listed lists;
    dcnn_listed_lp lp;
    int flats[LAYERS_MAX], back = 0;

    (void)state;
    dcnn_options_init(&options);
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_problem_new(&problem, instance, NULL), DCNN_OK);
    assert_int_equal(dcnn_core_new(&core, problem, &task, NULL), DCNN_OK);
    assert_true(dcnn_listed_init(&lists, problem));
    for (int u = 0; u < problem->chain_count; u++) list_from(&lists, core, u, 0, flats);
    assert_true(dcnn_listed_lp_init(&lp, core, &lists));
    assert_true(branch_about(&lp) > 0);
    bound = cut_down(&lp, &back);
    assert_true(lp.charging_count < (int)lp.cut_count);
    assert_true(bound <= best);
    assert_true(dcnn_listed_lp_lay_aside(&lp));
    assert_true(llabs(dcnn_listed_lp_solve(&lp) - bound) < core->one_ns);
    dcnn_listed_lp_clear(&lp);
    dcnn_listed_clear(&lists);
    dcnn_core_free(core);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ties_of_one_cnn),
                                       cmocka_unit_test(test_branching_without_end),
                                       cmocka_unit_test(test_cuts_that_tell_nothing)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
