/* A scenario is plain data: change it and solve again. How much faster do the CNNs get when a unit may run two layers,
 * three, four?
 *
 *     cc layers_per_unit.c -o layers_per_unit $(pkg-config --cflags --libs dcnn) && ./layers_per_unit city.json */
#include <dcnn/dcnn.h>
#include <stdio.h>

static dcnn_status solve(const dcnn_scenario *scenario, dcnn_result *result, dcnn_error *err)
{
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_options options;
    dcnn_status status;

    dcnn_options_init(&options);
    if ((status = dcnn_instance_new(&instance, scenario, err))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, &options, err))) goto done;
    status = dcnn_solver_run(solver, result, err);
done:
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    return status;
}

int main(int argc, char **argv)
{
    dcnn_scenario *scenario;
    dcnn_result result;
    dcnn_error err = {0};
    dcnn_status status = dcnn_scenario_read(&scenario, argc > 1 ? argv[1] : "-", NULL, NULL, &err);

    puts("layers per unit,latency in ms,proof");
    for (int limit = 1; limit <= 4 && !status; limit++) {
        scenario->layers_per_unit = limit;
        if ((status = solve(scenario, &result, &err))) break;
        if (result.proof == DCNN_PROOF_INFEASIBLE)
            printf("%d,,infeasible\n", limit);
        else
            printf("%d,%.6f,%s\n", limit, (double)result.best_ns / 1e6,
                   result.proof == DCNN_PROOF_OPTIMAL ? "optimal" : "none");
    }
    if (status) fprintf(stderr, "%s: %s\n", err.where, err.text);
    dcnn_scenario_free(scenario);
    return status != DCNN_OK;
}
