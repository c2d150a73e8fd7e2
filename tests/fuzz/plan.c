/* Any bytes as an experiment's plan; what is read must have a first and a last solve, and a first system or the reason.
 */
#include "experiment/scenario.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void draw(const dcnn_plan *plan)
{
    dcnn_plan_solve solve = dcnn_plan_at(plan, 0);
    dcnn_scenario *scenario;

    if (solve.system->drawn.units > 100 || solve.setting->cnns > 10) return; /* keeps the fuzzer fast */
    if (!dcnn_experiment_scenario(&scenario, &solve, NULL)) dcnn_scenario_free(scenario);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    dcnn_buf text = {0};
    dcnn_plan *plan;

    dcnn_buf_add(&text, (const char *)bytes, size);
    if (dcnn_plan_parse(&plan, &text, "plan", NULL, NULL, NULL)) return 0;
    if (plan->solve_count < 1 || !dcnn_plan_at(plan, plan->solve_count - 1).system) abort();
    draw(plan);
    dcnn_plan_free(plan);
    return 0;
}
