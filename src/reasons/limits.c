#include "limits.h"
#include <stdlib.h>

static void add(dcnn_limits *limits, dcnn_limit_kind kind, int index)
{
    limits->all[limits->count++] = (dcnn_limit){kind, index, true, false};
}

static void add_all(dcnn_limits *limits, const dcnn_scenario *s)
{
    for (int c = 0; c < s->cnn_count; c++)
        if (s->cnns[c].deadline_ns != DCNN_NEVER) add(limits, DCNN_LIMIT_DEADLINE, c);
    for (int c = 0; c < s->cnn_count; c++)
        if (s->cnns[c].weight > 0) add(limits, DCNN_LIMIT_ROUTE, c);
    for (int i = 0; i < s->unit_count; i++)
        if (s->units[i].ops_budget != DCNN_UNLIMITED) add(limits, DCNN_LIMIT_OPS, i);
    if (s->layers_per_unit > 0) add(limits, DCNN_LIMIT_LAYERS_PER_UNIT, -1);
    for (int i = 0; i < s->unit_count; i++) add(limits, DCNN_LIMIT_MEMORY, i);
}

bool dcnn_limits_init(dcnn_limits *limits, const dcnn_scenario *scenario)
{
    size_t most = 2 * (size_t)scenario->cnn_count + 2 * (size_t)scenario->unit_count + 1;

    *limits = (dcnn_limits){.all = dcnn_take(most, sizeof *limits->all)};
    if (!limits->all) return false;
    add_all(limits, scenario);
    for (int c = 0; c < scenario->cnn_count; c++)
        for (int j = 0; j < scenario->cnns[c].layer_count; j++) {
            int64_t bytes = scenario->cnns[c].layers[j].memory_bytes;
            if (bytes > INT64_MAX / 4 - limits->total_memory_bytes) bytes = 0;
            limits->total_memory_bytes += bytes;
        }
    return true;
}

void dcnn_limits_clear(dcnn_limits *limits)
{
    free(limits->all);
}

static void drop(const dcnn_limits *limits, const dcnn_limit *limit, dcnn_scenario *s)
{
    switch (limit->kind) {
    case DCNN_LIMIT_DEADLINE:
        s->cnns[limit->index].deadline_ns = DCNN_NEVER;
        break;
    case DCNN_LIMIT_ROUTE:
        s->cnns[limit->index].weight = 0;
        break;
    case DCNN_LIMIT_OPS:
        s->units[limit->index].ops_budget = DCNN_UNLIMITED;
        break;
    case DCNN_LIMIT_LAYERS_PER_UNIT:
        s->layers_per_unit = 0;
        break;
    case DCNN_LIMIT_MEMORY:
        if (s->units[limit->index].memory_bytes < limits->total_memory_bytes)
            s->units[limit->index].memory_bytes = limits->total_memory_bytes;
        break;
    case DCNN_LIMIT_SHARED: /* stays as it is */
        break;
    }
}

void dcnn_limits_apply(const dcnn_limits *limits, const dcnn_scenario *scenario, dcnn_draft *draft)
{
    dcnn_draft_reset(draft, scenario);
    for (int k = 0; k < limits->count; k++)
        if (!limits->all[k].in_force) drop(limits, &limits->all[k], &draft->scenario);
}

bool dcnn_limits_hold(const dcnn_limits *limits, dcnn_limit_kind kind, int index)
{
    for (int k = 0; k < limits->count; k++)
        if (limits->all[k].in_force && limits->all[k].kind == kind && (index < 0 || limits->all[k].index == index))
            return true;
    return false;
}
