/* contest.c - a contest with every allocation lost in turn: it fails with DCNN_E_MEMORY and leaves nothing behind. */
#include "solve/contest.h"
#include "base/base.h"
#include "faults.h"
#include "line.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
    CNNS = 4,
    LAYERS = 4,
    LIST_MAX = 6,
    PRICING_LABELS = 100000,
    CONTEST_STEPS = 1 << 20,
    SETTLE_WORK = 1 << 24,
    ROUNDS = 40
};

/* Prices, and the lists under them with or without a contest. */
static dcnn_status enumerate(const dcnn_instance *instance, bool contest, dcnn_tick *bound)
{
    dcnn_options options;
    dcnn_task task = {.options = &options,
                      .list_max = LIST_MAX,
                      .pricing_labels = PRICING_LABELS,
                      .contest_steps = CONTEST_STEPS,
                      .settle_work = SETTLE_WORK};
    dcnn_problem *problem;
    dcnn_core *core = NULL;
    double *price = NULL;
    dcnn_listing listing = {.contest = contest, .bound = -dcnn_tick_never};
    dcnn_status status;

    dcnn_options_init(&options);
    if ((status = dcnn_problem_new(&problem, instance, NULL))) return status;
    if ((status = dcnn_core_new(&core, problem, &task, NULL))) return status;
    listing.price = price = dcnn_take(dcnn_core_price_count(core), sizeof *price);
    if (!price) status = DCNN_E_MEMORY;
    if (!status) status = dcnn_lagrange(core, core->allowed, price, ROUNDS, &listing.bound, NULL);
    if (!status) status = dcnn_enumerate(core, core->allowed, &listing, NULL);
    *bound = listing.bound;
    free(price);
    dcnn_core_free(core);
    return status;
}

static void lose_every_allocation(int units, int layers_per_unit)
{
    dcnn_scenario *scenario = line_scenario(units, CNNS, LAYERS, layers_per_unit);
    dcnn_instance *instance;
    long live, injected = faults_injected();
    dcnn_tick without, bound;
    dcnn_status status = DCNN_E_MEMORY;

    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(enumerate(instance, false, &without), DCNN_OK);
    live = faults_live_blocks();
    for (long allowed = 0; status; allowed++) {
        faults_after(allowed);
        status = enumerate(instance, true, &bound);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (status) assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(bound > without); /* there was a contest */
    assert_true(faults_injected() > injected);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
}

static void test_units_of_one_layer(void **state)
{
    (void)state;
    lose_every_allocation(18, 1);
}

static void test_units_of_several_layers(void **state)
{
    (void)state;
    lose_every_allocation(18, 2);
    lose_every_allocation(8, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_units_of_one_layer),
                                       cmocka_unit_test(test_units_of_several_layers)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
