/* check_limits.c - what the layers on each unit take together, against what the unit has. A shared group counts once
 * wherever any of its layers sits. */
#include "check_internal.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int64_t memory_bytes, ops, layers;
} load;

typedef struct {
    load *loads;        /* [unit_count] */
    bool **shared;      /* [cnn_count][layer_count of each] the layer belongs to a group */
    int *counted_group; /* [unit_count] 1 + the group that was counted there last */
} tally;

static void tally_clear(tally *t, int cnn_count)
{
    for (int c = 0; t->shared && c < cnn_count; c++) free(t->shared[c]);
    free(t->shared);
    free(t->loads);
    free(t->counted_group);
}

static dcnn_status tally_init(tally *t, const dcnn_scenario *scenario, dcnn_error *err)
{
    t->loads = dcnn_take((size_t)scenario->unit_count, sizeof *t->loads);
    t->counted_group = dcnn_take((size_t)scenario->unit_count, sizeof *t->counted_group);
    t->shared = dcnn_take((size_t)scenario->cnn_count, sizeof *t->shared);
    if (!t->loads || !t->counted_group || !t->shared) return dcnn_fail_memory(err);
    for (int c = 0; c < scenario->cnn_count; c++) {
        t->shared[c] = dcnn_take((size_t)scenario->cnns[c].layer_count, sizeof *t->shared[c]);
        if (!t->shared[c]) return dcnn_fail_memory(err);
    }
    return DCNN_OK;
}

static void put(load *on, const dcnn_layer *layer)
{
    on->memory_bytes = dcnn_check_add(on->memory_bytes, layer->memory_bytes);
    on->ops = dcnn_check_add(on->ops, layer->ops);
    on->layers++;
}

static void put_groups(tally *t, const dcnn_checker *checker)
{
    const dcnn_scenario *scenario = checker->scenario;

    for (int s = 0; s < scenario->shared_group_count; s++) {
        const dcnn_shared_group *group = &scenario->shared_groups[s];
        for (int m = 0; m < group->member_count; m++) {
            dcnn_layer_ref member = group->members[m];
            int unit = checker->placement->cnns[member.cnn].units[member.layer];
            t->shared[member.cnn][member.layer] = true;
            if (t->counted_group[unit] == s + 1) continue;
            t->counted_group[unit] = s + 1;
            put(&t->loads[unit], &scenario->cnns[member.cnn].layers[member.layer]);
        }
    }
}

static void put_others(tally *t, const dcnn_checker *checker)
{
    const dcnn_scenario *scenario = checker->scenario;

    for (int c = 0; c < scenario->cnn_count; c++)
        for (int j = 0; j < scenario->cnns[c].layer_count; j++)
            if (!t->shared[c][j]) put(&t->loads[checker->placement->cnns[c].units[j]], &scenario->cnns[c].layers[j]);
}

static void compare(dcnn_checker *checker, int i, const char *what, int64_t taken, int64_t limit)
{
    char where[64], name[DCNN_CHECK_NAME_BYTES];

    if (taken <= limit) return;
    (void)snprintf(where, sizeof where, "units[%d].%s", i, what);
    dcnn_check_violation(checker, DCNN_E_INFEASIBLE, where, "the layers on %s take %lld, the limit is %lld",
                         dcnn_check_name(name, checker->scenario->places[i].id), (long long)taken, (long long)limit);
}

static void compare_loads(dcnn_checker *checker, const load *loads)
{
    const dcnn_scenario *scenario = checker->scenario;

    for (int i = 0; i < scenario->unit_count; i++) {
        compare(checker, i, "memory_bytes", loads[i].memory_bytes, scenario->units[i].memory_bytes);
        compare(checker, i, "ops_budget", loads[i].ops, scenario->units[i].ops_budget);
        if (scenario->layers_per_unit > 0)
            compare(checker, i, "layers_per_unit", loads[i].layers, scenario->layers_per_unit);
    }
}

/* Every member of a group against its first. */
static void compare_groups(dcnn_checker *checker)
{
    const dcnn_scenario *scenario = checker->scenario;

    for (int s = 0; s < scenario->shared_group_count; s++) {
        const dcnn_shared_group *group = &scenario->shared_groups[s];
        dcnn_layer_ref first = group->members[0];
        int home = checker->placement->cnns[first.cnn].units[first.layer];
        for (int m = 1; m < group->member_count; m++) {
            dcnn_layer_ref member = group->members[m];
            int unit = checker->placement->cnns[member.cnn].units[member.layer];
            char where[64], here[DCNN_CHECK_NAME_BYTES], there[DCNN_CHECK_NAME_BYTES];
            if (unit == home) continue;
            (void)snprintf(where, sizeof where, "cnns[%d].units[%d]", member.cnn, member.layer);
            dcnn_check_violation(checker, DCNN_E_INFEASIBLE, where,
                                 "the layer is on %s, cnns[%d].units[%d], which it is shared with, on %s",
                                 dcnn_check_name(here, scenario->places[unit].id), first.cnn, first.layer,
                                 dcnn_check_name(there, scenario->places[home].id));
        }
    }
}

dcnn_status dcnn_check_limits(dcnn_checker *checker, dcnn_error *err)
{
    tally t = {0};
    dcnn_status status;

    if ((status = tally_init(&t, checker->scenario, err))) goto done;
    put_groups(&t, checker);
    put_others(&t, checker);
    compare_loads(checker, t.loads);
    compare_groups(checker);
done:
    tally_clear(&t, checker->scenario->cnn_count);
    return status;
}
