/* The smallest use of libdcnn: read a scenario, place it, print the unit of every layer.
 *
 *     cc min.c -o min $(pkg-config --cflags --libs dcnn) && ./min three-alexnets.json */
#include <dcnn/dcnn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_placement *placement = NULL;
    dcnn_options options;
    dcnn_result result;
    dcnn_error err = {0};

    dcnn_options_init(&options);
    if (dcnn_scenario_read(&scenario, argc > 1 ? argv[1] : "-", NULL, NULL, &err)) goto done;
    if (dcnn_instance_new(&instance, scenario, &err)) goto done;
    if (dcnn_solver_new(&solver, instance, &options, &err)) goto done;
    if (dcnn_solver_run(solver, &result, &err)) goto done;
    if (dcnn_solver_placement(solver, &placement, &err)) goto done;

    printf("%s: %.3f ms\n", result.proof == DCNN_PROOF_OPTIMAL ? "optimal" : "not proven",
           (double)result.best_ns / 1e6);
    for (int c = 0; c < placement->cnn_count; c++)
        for (int j = 0; j < placement->cnns[c].layer_count; j++)
            printf("%s %s %s\n", placement->cnns[c].id, scenario->cnns[c].layers[j].name,
                   scenario->places[placement->cnns[c].units[j]].id);
done:
    if (err.code) fprintf(stderr, "%s: %s\n", err.where, err.text);
    dcnn_placement_free(placement);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    return err.code != DCNN_OK;
}
