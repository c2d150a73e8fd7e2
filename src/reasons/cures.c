#include "cures.h"
#include "figures.h"
#include <stdarg.h>
#include <stdio.h>

enum { DEADLINES_MAX = 8, GROUPS_MAX = 8 };

dcnn_status dcnn_doctor_try(dcnn_doctor *doctor, dcnn_verdict *verdict, dcnn_placement **found)
{
    return dcnn_trial(doctor->trials, &doctor->draft.scenario, verdict, found, doctor->err);
}

dcnn_status dcnn_doctor_add(dcnn_doctor *doctor, dcnn_cure cure, const char *format, ...)
{
    dcnn_placement *placement = doctor->placement;
    char text[400];
    va_list args;

    if (placement->cure_count == DCNN_CURES_MAX) return DCNN_OK;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    cure.text = dcnn_pool_text(placement->pool, text);
    if (!cure.text) return dcnn_fail_memory(doctor->err);
    placement->cures[placement->cure_count++] = cure;
    return DCNN_OK;
}

/* --- layers per unit --- */

static dcnn_status try_layers(dcnn_doctor *doctor, int64_t layers, bool *feasible)
{
    dcnn_verdict verdict;
    dcnn_status status;

    dcnn_draft_reset(&doctor->draft, doctor->scenario);
    doctor->draft.scenario.layers_per_unit = (int)layers;
    status = dcnn_doctor_try(doctor, &verdict, NULL);
    *feasible = verdict == DCNN_TRIAL_FEASIBLE;
    return status;
}

/* The least that is feasible, by bisection between what is not and all layers on one unit. */
dcnn_status dcnn_cure_layers(dcnn_doctor *doctor, const dcnn_limits *limits)
{
    int64_t low = doctor->scenario->layers_per_unit, high = 0;
    dcnn_status status;
    bool feasible;

    if (!dcnn_limits_hold(limits, DCNN_LIMIT_LAYERS_PER_UNIT, -1)) return DCNN_OK;
    for (int c = 0; c < doctor->scenario->cnn_count; c++) high += doctor->scenario->cnns[c].layer_count;
    if (high <= low || high > INT32_MAX) return DCNN_OK;
    if ((status = try_layers(doctor, low + 1, &feasible))) return status;
    if (feasible)
        high = low + 1;
    else if ((status = try_layers(doctor, high, &feasible)))
        return status;
    if (!feasible) return DCNN_OK;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if ((status = try_layers(doctor, middle, &feasible))) return status;
        *(feasible ? &high : &low) = middle;
    }
    return dcnn_doctor_add(doctor, (dcnn_cure){DCNN_CURE_LAYERS_PER_UNIT, -1, -1, high, 0, NULL, NULL},
                           "layers_per_unit %lld instead of %d", (long long)high, doctor->scenario->layers_per_unit);
}

/* --- deadlines --- */

static dcnn_status relax_deadline(dcnn_doctor *doctor, int c)
{
    char name[DCNN_NAME_SIZE], before[DCNN_FIGURE_SIZE], after[DCNN_FIGURE_SIZE];
    const dcnn_cnn *cnn = &doctor->scenario->cnns[c];
    int64_t latency_ns;
    dcnn_status status;
    bool proven;

    dcnn_draft_reset(&doctor->draft, doctor->scenario);
    doctor->draft.scenario.cnns[c].deadline_ns = DCNN_NEVER;
    status = dcnn_trial_least_latency(doctor->trials, &doctor->draft.scenario, c, &latency_ns, &proven, doctor->err);
    if (status || latency_ns == DCNN_NEVER) return status;
    dcnn_figure_seconds(before, cnn->deadline_ns);
    dcnn_figure_seconds(after, latency_ns);
    return dcnn_doctor_add(doctor, (dcnn_cure){DCNN_CURE_DEADLINE, c, -1, latency_ns, 0, NULL, NULL},
                           "a deadline of %s for %s instead of %s", after, dcnn_figure_name(name, cnn->id), before);
}

dcnn_status dcnn_cure_deadline(dcnn_doctor *doctor, const dcnn_limits *limits)
{
    dcnn_status status = DCNN_OK;

    for (int k = 0, tried = 0; k < limits->count && tried < DEADLINES_MAX && !status; k++) {
        if (limits->all[k].kind != DCNN_LIMIT_DEADLINE || !limits->all[k].in_force) continue;
        status = relax_deadline(doctor, limits->all[k].index);
        tried++;
    }
    return status;
}

/* --- shared groups --- */

static dcnn_status unshare(dcnn_doctor *doctor, int g)
{
    const dcnn_scenario *s = doctor->scenario;
    dcnn_layer_ref first = s->shared_groups[g].members[0];
    char layer[DCNN_NAME_SIZE], cnn[DCNN_NAME_SIZE];
    dcnn_verdict verdict;
    dcnn_status status;

    dcnn_draft_reset(&doctor->draft, s);
    dcnn_draft_unshare(&doctor->draft, g);
    status = dcnn_doctor_try(doctor, &verdict, NULL);
    if (status || verdict != DCNN_TRIAL_FEASIBLE) return status;
    return dcnn_doctor_add(doctor, (dcnn_cure){DCNN_CURE_UNSHARE, g, -1, 0, 0, NULL, NULL},
                           "%s of %s no longer shared with other CNNs",
                           dcnn_figure_name(layer, s->cnns[first.cnn].layers[first.layer].name),
                           dcnn_figure_name(cnn, s->cnns[first.cnn].id));
}

dcnn_status dcnn_cure_sharing(dcnn_doctor *doctor)
{
    dcnn_status status = DCNN_OK;

    for (int g = 0; g < doctor->scenario->shared_group_count && g < GROUPS_MAX && !status; g++)
        status = unshare(doctor, g);
    return status;
}
