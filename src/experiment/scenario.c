#include "experiment/scenario.h"
#include "model/model.h"
#include <stdio.h>
#include <stdlib.h>

/* First layer where a decision may be made; the last layer where there is no early exit. */
static int first_exit(const dcnn_cnn *cnn)
{
    int j = 0;
    while (j < cnn->layer_count - 1 && cnn->g[j] == 0) j++;
    return j;
}

/* A CNN with the setting's figures in place of its model's, and with p by Eq. 1. */
static dcnn_status apply_setting(dcnn_cnn *cnn, const dcnn_plan_setting *setting, dcnn_error *err)
{
    int exit = first_exit(cnn), last = cnn->layer_count - 1;

    if (setting->input_bytes) cnn->input_bytes = setting->input_bytes;
    if (setting->exit_probability > 0) {
        if (exit == last)
            return dcnn_fail(err, DCNN_E_VALUE, setting->name, "exit_probability: \"%s\" has no early exit",
                             cnn->model);
        cnn->g[exit] = setting->exit_probability;
    }
    for (int j = 0; j < last; j++) cnn->layers[j].exit_probability = cnn->g[j];
    cnn->literal = false;
    dcnn_exits_derive(cnn);
    return DCNN_OK;
}

static bool same_layer(const dcnn_layer *a, const dcnn_layer *b)
{
    return a->memory_bytes == b->memory_bytes && a->ops == b->ops;
}

/* Layer j of every CNN is layer j of the first one, for the first layers. */
static dcnn_status share(dcnn_scenario *scenario, const dcnn_plan_setting *setting, dcnn_error *err)
{
    size_t pairs = (size_t)(scenario->cnn_count - 1) * (size_t)setting->shared_layers, k = 0;
    const dcnn_cnn *first = &scenario->cnns[0];
    dcnn_layer_ref *same;
    dcnn_status status = DCNN_OK;

    if (pairs == 0) return DCNN_OK;
    if (!(same = dcnn_take(2 * pairs, sizeof *same))) return dcnn_fail_memory(err);
    for (int c = 1; c < scenario->cnn_count; c++)
        for (int j = 0; j < setting->shared_layers && !status; j++) {
            const dcnn_cnn *cnn = &scenario->cnns[c];
            if (j >= first->layer_count || j >= cnn->layer_count || !same_layer(&first->layers[j], &cnn->layers[j])) {
                status =
                    dcnn_fail(err, DCNN_E_VALUE, setting->name, "shared_layers: layer %d is not the same in all", j);
                break;
            }
            same[k++] = (dcnn_layer_ref){0, j};
            same[k++] = (dcnn_layer_ref){c, j};
        }
    if (!status && dcnn_shared_merge(scenario, same, pairs)) status = dcnn_fail_memory(err);
    free(same);
    return status;
}

dcnn_status dcnn_experiment_scenario(dcnn_scenario **out, const dcnn_plan_solve *solve, dcnn_error *err)
{
    const dcnn_plan_setting *setting = solve->setting;
    dcnn_generate_options drawn = solve->system->drawn;
    dcnn_scenario *scenario;
    dcnn_status status;

    *out = NULL;
    drawn.seed += (uint64_t)solve->draw;
    drawn.cnns = setting->cnns;
    drawn.models = setting->models;
    drawn.model_count = setting->model_count;
    drawn.rate_bytes_per_s = setting->rate_bytes_per_s;
    drawn.layers_per_unit = solve->layers_per_unit;
    if ((status = dcnn_generate(&scenario, &drawn, err))) {
        if (err && !*err->where) (void)snprintf(err->where, sizeof err->where, "%s", solve->system->name);
        return status;
    }
    scenario->objective = setting->objective;
    for (int c = 0; c < scenario->cnn_count && !status; c++) status = apply_setting(&scenario->cnns[c], setting, err);
    for (int c = 1; c < scenario->cnn_count; c++) {
        dcnn_cnn *cnn = &scenario->cnns[c];
        if (setting->common_source) cnn->source = scenario->cnns[0].source;
        if (setting->common_source || setting->common_sink) cnn->sink = scenario->cnns[0].sink;
    }
    if (!status) status = share(scenario, setting, err);
    if (!status) status = dcnn_compat_apply(scenario, setting->compat, &drawn, err);
    if (status) {
        dcnn_scenario_free(scenario);
        return status;
    }
    *out = scenario;
    return DCNN_OK;
}

static bool same_shape(const dcnn_scenario *a, const dcnn_scenario *b)
{
    if (a->cnn_count != b->cnn_count) return false;
    for (int c = 0; c < a->cnn_count; c++)
        if (a->cnns[c].layer_count != b->cnns[c].layer_count) return false;
    return true;
}

static dcnn_status check_definition(const dcnn_scenario *scenario, const dcnn_plan_solve *solve, dcnn_error *err)
{
    dcnn_plan_solve defined = *solve;
    dcnn_scenario *other;
    dcnn_status status;

    defined.setting = solve->setting->defined_as;
    if ((status = dcnn_experiment_scenario(&other, &defined, err))) return status;
    if (!same_shape(scenario, other))
        status = dcnn_fail(err, DCNN_E_VALUE, solve->setting->name,
                           "defined_as: \"%s\" has not as many CNNs with as many layers", defined.setting->name);
    dcnn_scenario_free(other);
    return status;
}

dcnn_status dcnn_experiment_check(const dcnn_plan *plan, dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    for (int s = 0; s < plan->system_count && !status; s++)
        for (int t = 0; t < plan->setting_count && !status; t++) {
            const dcnn_plan_setting *setting = &plan->settings[t];
            dcnn_plan_solve first = {&plan->systems[s], setting, setting->layers_first, 0};
            dcnn_scenario *scenario = NULL;
            status = dcnn_experiment_scenario(&scenario, &first, err);
            if (!status && setting->defined_as) status = check_definition(scenario, &first, err);
            dcnn_scenario_free(scenario);
        }
    return status;
}

dcnn_status dcnn_experiment_defined_value(int64_t *value_ns, const dcnn_plan_solve *solve,
                                          const dcnn_placement *placement, dcnn_error *err)
{
    const dcnn_plan_setting *as = solve->setting->defined_as ? solve->setting->defined_as : solve->setting;
    dcnn_plan_setting setting = *as;
    dcnn_plan_solve defined = *solve;
    dcnn_scenario *scenario = NULL;
    dcnn_placement *same = NULL;
    const int **units;
    dcnn_status status;

    *value_ns = placement->value_ns;
    if (placement->cnn_count == 0 || (!setting.compat && as == solve->setting)) return DCNN_OK;
    setting.compat = solve->setting->compat & DCNN_COMPAT_OF_THE_SYSTEM;
    defined.setting = &setting;
    if (!(units = dcnn_take((size_t)placement->cnn_count, sizeof *units))) return dcnn_fail_memory(err);
    status = dcnn_experiment_scenario(&scenario, &defined, err);
    for (int c = 0; c < placement->cnn_count; c++) units[c] = placement->cnns[c].units;
    if (!status) status = dcnn_placement_new(&same, scenario, units, err);
    if (!status) *value_ns = same->value_ns;
    dcnn_placement_free(same);
    dcnn_scenario_free(scenario);
    free(units);
    return status;
}
