#include "model.h"
#include "base/base.h"
#include <stdlib.h>
#include <string.h>

dcnn_scenario *dcnn_scenario_new(void)
{
    dcnn_scenario *scenario = dcnn_take(1, sizeof *scenario);

    if (!scenario) return NULL;
    scenario->pool = dcnn_pool_new();
    if (scenario->pool) return scenario;
    free(scenario);
    return NULL;
}

void dcnn_scenario_free(dcnn_scenario *scenario)
{
    if (!scenario) return;
    dcnn_pool_free(scenario->pool);
    free(scenario);
}

int dcnn_scenario_place(const dcnn_scenario *scenario, const char *id)
{
    for (int i = 0; i < scenario->place_count; i++)
        if (strcmp(scenario->places[i].id, id) == 0) return i;
    return -1;
}

void dcnn_profile_free(dcnn_profile *profile)
{
    if (!profile) return;
    for (int j = 0; profile->layers && j < profile->layer_count; j++) free(profile->layers[j].name);
    free(profile->layers);
    free(profile->p);
    free(profile->g);
    free(profile->name);
    free(profile);
}

void dcnn_exits_derive(dcnn_cnn *cnn)
{
    double executed = 1; /* probability that the layer is reached */
    int last = cnn->layer_count - 1;

    for (int j = 0; j < last; j++) {
        double here = cnn->layers[j].exit_probability;
        cnn->p[j] = executed;
        cnn->g[j] = here;
        executed = executed > here ? executed - here : 0;
    }
    cnn->p[last] = executed;
    cnn->g[last] = executed;
}
