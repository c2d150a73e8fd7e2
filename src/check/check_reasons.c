/* check_reasons.c - the reasons why a scenario is infeasible: each must be a limit that there is, named once, and
 * together they must leave no way out that can be seen at a glance. The cures must change what there is, for more.
 * Whether they are the whole truth takes a solver. */
#include "check_internal.h"
#include <stdio.h>
#include <stdlib.h>

static bool is_unit(const dcnn_scenario *s, int i)
{
    return i >= 0 && i < s->unit_count;
}

static bool is_cnn(const dcnn_scenario *s, int c)
{
    return c >= 0 && c < s->cnn_count;
}

static bool is_group(const dcnn_scenario *s, int g)
{
    return g >= 0 && g < s->shared_group_count;
}

/* Whether the scenario has that limit of owner i. */
static bool limit_exists(const dcnn_scenario *s, dcnn_limit_kind kind, int i)
{
    switch (kind) {
    case DCNN_LIMIT_MEMORY:
        return is_unit(s, i);
    case DCNN_LIMIT_OPS:
        return is_unit(s, i) && s->units[i].ops_budget != DCNN_UNLIMITED;
    case DCNN_LIMIT_LAYERS_PER_UNIT:
        return s->layers_per_unit > 0;
    case DCNN_LIMIT_DEADLINE:
        return is_cnn(s, i) && s->cnns[i].deadline_ns != DCNN_NEVER;
    case DCNN_LIMIT_ROUTE:
        return is_cnn(s, i) && s->cnns[i].weight > 0;
    case DCNN_LIMIT_SHARED:
        return is_group(s, i);
    }
    return false;
}

static void check_reason(dcnn_checker *checker, int r)
{
    const dcnn_reason *reason = &checker->placement->reasons[r];
    bool alone = reason->kind == DCNN_LIMIT_LAYERS_PER_UNIT, exists = alone == (reason->owner_count == 0);
    bool ascending = true;
    char where[64];

    if (alone) exists = exists && limit_exists(checker->scenario, reason->kind, -1);
    for (int k = 0; k < reason->owner_count; k++) {
        exists = exists && limit_exists(checker->scenario, reason->kind, reason->owners[k]);
        ascending = ascending && (k == 0 || reason->owners[k - 1] < reason->owners[k]);
    }
    (void)snprintf(where, sizeof where, "reasons[%d]", r);
    if (!exists) dcnn_check_violation(checker, DCNN_E_VALUE, where, "claimed a limit that the scenario does not have");
    if (!ascending) dcnn_check_violation(checker, DCNN_E_VALUE, where, "claimed limits twice, or out of order");
}

static bool names_kind(const dcnn_placement *p, dcnn_limit_kind kind)
{
    for (int r = 0; r < p->reason_count; r++)
        if (p->reasons[r].kind == kind) return true;
    return false;
}

/* A unit without a limit takes every layer, unless layers are counted or messages need a way. */
static void check_way_out(dcnn_checker *checker, bool *named)
{
    const dcnn_placement *p = checker->placement;
    char name[DCNN_CHECK_NAME_BYTES];

    if (p->reason_count == 0 || names_kind(p, DCNN_LIMIT_LAYERS_PER_UNIT) || names_kind(p, DCNN_LIMIT_DEADLINE) ||
        names_kind(p, DCNN_LIMIT_ROUTE))
        return;
    for (int r = 0; r < p->reason_count; r++)
        for (int k = 0; k < p->reasons[r].owner_count; k++)
            if (p->reasons[r].kind != DCNN_LIMIT_SHARED && is_unit(checker->scenario, p->reasons[r].owners[k]))
                named[p->reasons[r].owners[k]] = true;
    for (int i = 0; i < checker->scenario->unit_count; i++)
        if (!named[i]) {
            dcnn_check_violation(checker, DCNN_E_VALUE, "reasons", "the limits named leave %s free to run every layer",
                                 dcnn_check_name(name, checker->scenario->places[i].id));
            return;
        }
}

/* Whether a cure changes something there is, for something else. */
static bool cure_fits(const dcnn_scenario *s, const dcnn_cure *cure)
{
    switch (cure->kind) {
    case DCNN_CURE_LAYERS_PER_UNIT:
        return s->layers_per_unit > 0 && cure->value > s->layers_per_unit;
    case DCNN_CURE_ADD_UNITS:
        return is_unit(s, cure->index) && cure->value > 0;
    case DCNN_CURE_MEMORY:
        return is_unit(s, cure->index) && cure->value > s->units[cure->index].memory_bytes;
    case DCNN_CURE_OPS:
        return is_unit(s, cure->index) && cure->value > s->units[cure->index].ops_budget;
    case DCNN_CURE_DEADLINE:
        return is_cnn(s, cure->index) && cure->value > s->cnns[cure->index].deadline_ns;
    case DCNN_CURE_RANGE:
        return s->network.kind == DCNN_NETWORK_RANGE && cure->range_m > s->network.range_m;
    case DCNN_CURE_LINK:
        return s->network.kind != DCNN_NETWORK_RANGE && cure->index >= 0 && cure->index < s->place_count &&
               cure->other >= 0 && cure->other < s->place_count && cure->index != cure->other;
    case DCNN_CURE_UNSHARE:
        return is_group(s, cure->index);
    }
    return false;
}

static void check_cures(dcnn_checker *checker)
{
    for (int k = 0; k < checker->placement->cure_count; k++) {
        char where[64];
        if (cure_fits(checker->scenario, &checker->placement->cures[k])) continue;
        (void)snprintf(where, sizeof where, "cures[%d]", k);
        dcnn_check_violation(checker, DCNN_E_VALUE, where, "claimed a change that changes nothing of the scenario");
    }
}

dcnn_status dcnn_check_reasons(dcnn_checker *checker, dcnn_error *err)
{
    bool *named = dcnn_take((size_t)checker->scenario->unit_count, sizeof *named);

    if (!named) return dcnn_fail_memory(err);
    for (int r = 0; r < checker->placement->reason_count; r++) check_reason(checker, r);
    check_way_out(checker, named);
    check_cures(checker);
    free(named);
    return DCNN_OK;
}
