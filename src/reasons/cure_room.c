/* More memory, or a larger budget, for one unit: of the units that may help, the one that needs the least more. What a
 * placement found puts on the unit is enough; less than that is tried until nothing is found. */
#include "cures.h"
#include "figures.h"
#include "item.h"
#include <stdlib.h>

enum { UNITS_MAX = 8, STEPS_MAX = 24 };

typedef struct {
    bool ops;
    int unit; /* -1 = none found yet */
    int64_t amount, more;
} offer;

static int64_t amount_of(const dcnn_unit *unit, bool ops)
{
    return ops ? unit->ops_budget : unit->memory_bytes;
}

/* What a placement puts on the unit; -1 when memory is out. */
static int64_t load(const dcnn_scenario *s, const dcnn_placement *placement, int unit, bool ops)
{
    int64_t count, sum = 0;
    dcnn_item *items = dcnn_items_new(s, ops, &count);

    if (!items) return -1;
    for (int64_t k = 0; k < count; k++)
        if (placement->cnns[items[k].cnn].units[items[k].layer] == unit)
            sum += ops ? items[k].ops : items[k].memory_bytes;
    free(items);
    return sum;
}

/* Tries the unit with that amount; *enough = what is enough, or -1 when nothing is found. */
static dcnn_status try_amount(dcnn_doctor *doctor, int unit, bool ops, int64_t amount, int64_t *enough)
{
    dcnn_placement *found;
    dcnn_verdict verdict;
    dcnn_status status;

    *enough = -1;
    dcnn_draft_reset(&doctor->draft, doctor->scenario);
    *(ops ? &doctor->draft.scenario.units[unit].ops_budget : &doctor->draft.scenario.units[unit].memory_bytes) = amount;
    status = dcnn_doctor_try(doctor, &verdict, &found);
    if (status || !found) return status;
    *enough = load(doctor->scenario, found, unit, ops);
    dcnn_placement_free(found);
    return *enough < 0 ? dcnn_fail_memory(doctor->err) : DCNN_OK;
}

/* Whether the unit makes a better offer than the one there is; all: the amount that all layers need. */
static dcnn_status improve(dcnn_doctor *doctor, int unit, int64_t all, offer *best)
{
    int64_t has = amount_of(&doctor->scenario->units[unit], best->ops), enough;
    int64_t most = best->unit < 0 || best->more - 1 > all - has ? all : has + best->more - 1;
    dcnn_status status = DCNN_OK;

    for (int step = 0; step < STEPS_MAX && most > has; step++) {
        status = try_amount(doctor, unit, best->ops, most, &enough);
        if (status || enough <= has) return status;
        best->unit = unit;
        best->amount = enough;
        best->more = enough - has;
        most = enough - 1;
    }
    return status;
}

static dcnn_status tell(dcnn_doctor *doctor, const offer *best)
{
    char name[DCNN_NAME_SIZE], before[DCNN_FIGURE_SIZE], after[DCNN_FIGURE_SIZE];
    dcnn_cure cure = {best->ops ? DCNN_CURE_OPS : DCNN_CURE_MEMORY, best->unit, -1, best->amount, 0, NULL, NULL};

    dcnn_figures(after, before, best->amount, best->amount - best->more, best->ops);
    return dcnn_doctor_add(doctor, cure, "%s of %s for %s instead of %s", best->ops ? "a budget" : "memory", after,
                           dcnn_figure_name(name, doctor->scenario->places[best->unit].id), before);
}

static dcnn_status cure_kind(dcnn_doctor *doctor, const dcnn_limits *limits, bool ops)
{
    offer best = {.ops = ops, .unit = -1};
    int64_t count, all = 0;
    dcnn_item *items = dcnn_items_new(doctor->scenario, ops, &count);
    dcnn_status status = DCNN_OK;

    if (!items) return dcnn_fail_memory(doctor->err);
    for (int64_t k = 0; k < count; k++) {
        int64_t amount = ops ? items[k].ops : items[k].memory_bytes;
        all = amount > DCNN_COUNT_MAX - all ? DCNN_COUNT_MAX : all + amount;
    }
    free(items);
    for (int k = 0, tried = 0; k < limits->count && tried < UNITS_MAX && !status; k++) {
        const dcnn_limit *limit = &limits->all[k];
        if (limit->kind != (ops ? DCNN_LIMIT_OPS : DCNN_LIMIT_MEMORY) || !limit->in_force) continue;
        status = improve(doctor, limit->index, all, &best);
        tried++;
    }
    return status || best.unit < 0 ? status : tell(doctor, &best);
}

dcnn_status dcnn_cure_room(dcnn_doctor *doctor, const dcnn_limits *limits)
{
    dcnn_status status = cure_kind(doctor, limits, false);

    return status ? status : cure_kind(doctor, limits, true);
}
