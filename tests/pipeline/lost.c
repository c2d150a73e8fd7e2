/* From scenario file to picture with every allocation lost in turn: each step fails with DCNN_E_MEMORY, leaves nothing
 * behind, and what the solver says of an interrupted search is true. */
#include "base/base.h"
#include "faults.h"
#include <dcnn/dcnn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
/* cmocka.h needs the above */
#include <cmocka.h>

/* What is at hand before a step, and what it makes. */
typedef struct {
    const char *scenario_file, *placement_file;
    int64_t optimum_ns; /* DCNN_NEVER = infeasible; -1 = not known yet */
    dcnn_scenario *scenario;
    dcnn_placement *placement;
} pipeline;

typedef dcnn_status (*step_fn)(pipeline *p);

static dcnn_status read_scenario(pipeline *p)
{
    dcnn_scenario *scenario;
    dcnn_status status = dcnn_scenario_read(&scenario, p->scenario_file, NULL, NULL, NULL);

    if (!status) dcnn_scenario_free(scenario);
    return status;
}

static dcnn_status write_scenario(pipeline *p)
{
    return dcnn_scenario_write(p->scenario, "/dev/null", NULL);
}

static dcnn_status solve(pipeline *p)
{
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_placement *placement = NULL;
    dcnn_options options;
    dcnn_result result;
    dcnn_status status;

    dcnn_options_init(&options);
    if ((status = dcnn_instance_new(&instance, p->scenario, NULL))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, &options, NULL))) goto done;
    status = dcnn_solver_run(solver, &result, NULL);
    if (p->optimum_ns < 0 && !status) p->optimum_ns = result.best_ns;
    if (p->optimum_ns >= 0) assert_true(result.bound_ns <= p->optimum_ns && p->optimum_ns <= result.best_ns);
    if (status) goto done;
    status = dcnn_solver_placement(solver, &placement, NULL);
done:
    dcnn_placement_free(placement);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    return status;
}

static dcnn_status write_placement(pipeline *p)
{
    return dcnn_placement_write(p->placement, p->scenario, p->placement_file, NULL);
}

static dcnn_status read_placement(pipeline *p)
{
    dcnn_placement *placement;
    dcnn_status status = dcnn_placement_read(&placement, p->scenario, p->placement_file, NULL, NULL, NULL);

    if (!status) dcnn_placement_free(placement);
    return status;
}

static dcnn_status check(pipeline *p)
{
    int64_t violations;
    dcnn_status status = dcnn_check(p->scenario, p->placement, NULL, NULL, &violations, NULL);

    if (!status) assert_int_equal(violations, 0);
    return status;
}

static dcnn_status draw(pipeline *p)
{
    dcnn_draw_options options;
    char *svg = NULL;
    size_t size;
    dcnn_status status;

    dcnn_draw_options_init(&options);
    status = dcnn_draw_svg(&svg, &size, p->scenario, p->placement, &options, NULL);
    free(svg);
    return status;
}

/* Every allocation in turn; beyond the first 300, which short runs never reach, one in twenty. */
static void survives_lost_allocations(pipeline *p, step_fn step)
{
    long live = faults_live_blocks(), injected = faults_injected();
    dcnn_status status;

    for (long allowed = 0;; allowed += allowed < 300 ? 1 : allowed / 20) {
        faults_after(allowed);
        status = step(p);
        faults_off();
        assert_int_equal(faults_live_blocks(), live);
        if (!status) break;
        assert_int_equal(status, DCNN_E_MEMORY);
    }
    assert_true(faults_injected() > injected);
}

static dcnn_placement *best_placement(const dcnn_scenario *scenario)
{
    dcnn_instance *instance;
    dcnn_solver *solver;
    dcnn_placement *placement;
    dcnn_options options;
    dcnn_result result;

    dcnn_options_init(&options);
    assert_int_equal(dcnn_instance_new(&instance, scenario, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_new(&solver, instance, &options, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_run(solver, &result, NULL), DCNN_OK);
    assert_int_equal(dcnn_solver_placement(solver, &placement, NULL), DCNN_OK);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    return placement;
}

static void walk(const char *scenario_file)
{
    static const step_fn steps[] = {read_scenario, write_scenario, solve, write_placement, read_placement, check, draw};
    pipeline p = {.scenario_file = scenario_file, .placement_file = "lost.placement.json", .optimum_ns = -1};

    assert_int_equal(dcnn_scenario_read(&p.scenario, scenario_file, NULL, NULL, NULL), DCNN_OK);
    p.placement = best_placement(p.scenario);
    p.optimum_ns = p.placement->value_ns;
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) survives_lost_allocations(&p, steps[k]);
    (void)unlink(p.placement_file);
    dcnn_placement_free(p.placement);
    dcnn_scenario_free(p.scenario);
}

static void test_files_survive_lost_allocations(void **state)
{
    static const char *const files[] = {"cli/files/sound.json",
                                        "cli/files/too-small.json",
                                        "regress/0001-tight-budget-two-units.json",
                                        "regress/0003-shared-layer-behind-a-detour.json",
                                        "pipeline/contended.json",
                                        "pipeline/links.json",
                                        "pipeline/hops.json"};

    (void)state;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        dcnn_buf path = {0};
        dcnn_buf_format(&path, "%s/%s", getenv("DCNN_TEST_DIR"), files[k]);
        walk(path.data);
        dcnn_buf_clear(&path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files_survive_lost_allocations)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
