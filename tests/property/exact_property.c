/* exact_property.c - the solver against dynamic programming on systems that brute force cannot try. A failure is made
 * as small as it goes before it is told. */
#include "exact.h"
#include "property.h"
#include "solve/core.h"
#include "system.h"
#include <dcnn/check.h>
#include <dcnn/solve.h>
#include <stdlib.h>
#include <string.h>

enum { SHRINKS_MAX = 500 };

static const double time_limit_s = 2; /* what is said at a stop is compared as well */

static void complain_of(void *user, const dcnn_error *fault)
{
    dcnn_buf_format(user, "%s: %s\n", fault->where, fault->text);
}

static void compare(const dcnn_scenario *scenario, const dcnn_solver *solver, const dcnn_result *r,
                    const exact_answer *answer, dcnn_buf *complaint)
{
    dcnn_placement *placement = NULL;
    int64_t violations;

    if (r->bound_ns > answer->value_ns || r->best_ns < answer->value_ns)
        dcnn_buf_format(complaint, "the optimum is %lld, not between %lld and %lld\n", (long long)answer->value_ns,
                        (long long)r->bound_ns, (long long)r->best_ns);
    if (r->stop == DCNN_STOP_FINISHED && r->best_ns != answer->value_ns)
        dcnn_buf_format(complaint, "the optimum is %lld, finished with %lld\n", (long long)answer->value_ns,
                        (long long)r->best_ns);
    if (dcnn_solver_placement(solver, &placement, NULL) ||
        dcnn_check(scenario, placement, complain_of, complaint, &violations, NULL))
        dcnn_buf_text(complaint, "no placement, or no check\n");
    dcnn_placement_free(placement);
}

/* Complains of the plan; nothing when all is well or the exact method gives up. */
static void try_plan(const system_plan *plan, uint64_t seed, dcnn_buf *complaint)
{
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_options options;
    dcnn_result result;
    dcnn_error err = {0};
    exact_answer answer;
    dcnn_buf text = {0};

    dcnn_options_init(&options);
    options.time_limit_s = time_limit_s;
    options.seed = seed;
    if (seed % 2 == 1) options.without = 1u << DCNN_IDEA_LISTS; /* then cuts in the master and dives have more to do */
    system_write(&text, plan);
    if (text.failed ||
        dcnn_scenario_parse(&scenario, text.data, text.size, "system.json", NULL, complain_of, complaint, &err))
        dcnn_buf_text(complaint, "the scenario is refused\n");
    else if (!exact_solve(scenario, &answer))
        ; /* too many states: nothing to compare with */
    else if (dcnn_instance_new(&instance, scenario, &err) || dcnn_solver_new(&solver, instance, &options, &err) ||
             dcnn_solver_run(solver, &result, &err))
        dcnn_buf_format(complaint, "%s\n", err.text);
    else
        compare(scenario, solver, &result, &answer, complaint);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    dcnn_buf_clear(&text);
}

static bool fails(const system_plan *plan, uint64_t seed)
{
    dcnn_buf complaint = {0};
    bool failed;

    try_plan(plan, seed, &complaint);
    failed = complaint.size > 0 && !strstr(complaint.data, "refused");
    dcnn_buf_clear(&complaint);
    return failed;
}

/* Takes the first smaller plan that still fails, again and again. */
static void shrink(system_plan *plan, uint64_t seed)
{
    system_plan smaller;
    int tries = 0;

    for (int step = 0; tries < SHRINKS_MAX && system_shrink(&smaller, plan, step); tries++) {
        if (memcmp(&smaller, plan, sizeof smaller) == 0 || !fails(&smaller, seed)) {
            step++;
            continue;
        }
        *plan = smaller;
        step = 0;
    }
}

static void solver_equals_exact(uint64_t seed, dcnn_buf *complaint)
{
    system_plan plan;

    system_draw(&plan, seed);
    try_plan(&plan, seed, complaint);
    if (complaint->size == 0) return;
    shrink(&plan, seed);
    dcnn_buf_text(complaint, "made smaller:\n");
    try_plan(&plan, seed, complaint);
    system_write(complaint, &plan);
}

/* The same for a tree that starts anew, by speeds, as soon as it has two nodes. */
static void by_speeds_equals_exact(uint64_t seed, dcnn_buf *complaint)
{
    system_plan plan;
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_problem *problem = NULL;
    dcnn_core *core = NULL;
    double *price = NULL;
    dcnn_options options;
    dcnn_task task = {.options = &options,
                      .list_max = 100000,
                      .pricing_labels = 100000,
                      .contest_steps = 1 << 20,
                      .settle_work = 1 << 24,
                      .started_s = dcnn_clock_s(),
                      .speeds_after = 1};
    dcnn_error err = {0};
    exact_answer answer;
    dcnn_buf text = {0};

    dcnn_options_init(&options);
    options.time_limit_s = time_limit_s / 8;
    options.without =
        1u << DCNN_IDEA_LISTS | 1u << DCNN_IDEA_DIVING | 1u << DCNN_IDEA_RECREATION | 1u << DCNN_IDEA_MASTER_CUTS;
    system_draw(&plan, seed);
    system_write(&text, &plan);
    if (dcnn_scenario_parse(&scenario, text.data, text.size, "system.json", NULL, complain_of, complaint, &err))
        dcnn_buf_text(complaint, "the scenario is refused\n");
    else if (scenario->objective != DCNN_OBJECTIVE_SUM || !exact_solve(scenario, &answer))
        ; /* nothing to compare with */
    else if (dcnn_instance_new(&instance, scenario, &err) || dcnn_problem_new(&problem, instance, &err) ||
             dcnn_core_new(&core, problem, &task, &err) ||
             !(price = dcnn_take(dcnn_core_price_count(core), sizeof *price)) || dcnn_tree_search(core, price, &err))
        dcnn_buf_format(complaint, "%s\n", err.text);
    else if (core->stopped)
        ; /* it takes too long without what is left out here */
    else if (core->has_best != (answer.value_ns != DCNN_NEVER) || !dcnn_core_proven(core) ||
             (core->has_best && core->best_cost != dcnn_to_ticks(answer.value_ns, instance->tick_bits)))
        dcnn_buf_format(complaint, "the optimum is %lld, not %lld\n", (long long)answer.value_ns,
                        (long long)(core->best_cost / core->one_ns));
    free(price);
    dcnn_core_free(core);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    dcnn_buf_clear(&text);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"the solver equals dynamic programming", solver_equals_exact, 50},
                                          {"a search anew by speeds equals it too", by_speeds_equals_exact, 60}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
