#include "argument.h"
#include "base/base.h"
#include "item.h"
#include <stdlib.h>

static int64_t needed(const dcnn_item *item, bool ops)
{
    return ops ? item->ops : item->memory_bytes;
}

static int64_t available(const dcnn_unit *unit, bool ops)
{
    return ops ? unit->ops_budget : unit->memory_bytes;
}

/* --- one layer --- */

static bool fits_somewhere(const dcnn_scenario *s, const dcnn_item *item, bool memory, bool ops)
{
    for (int i = 0; i < s->unit_count; i++)
        if (!(memory && s->units[i].memory_bytes < item->memory_bytes) && !(ops && s->units[i].ops_budget < item->ops))
            return true;
    return false;
}

static bool find_homeless(dcnn_argument *a, const dcnn_scenario *s, const dcnn_item *items, int64_t count, bool memory,
                          bool ops)
{
    for (int64_t k = 0; k < count; k++) {
        if (fits_somewhere(s, &items[k], memory, ops)) continue;
        *a = (dcnn_argument){.kind = DCNN_ARGUMENT_LAYER_FITS_NOWHERE,
                             .by = memory ? DCNN_LIMIT_MEMORY : DCNN_LIMIT_OPS,
                             .memory = memory,
                             .ops = ops,
                             .cnn = items[k].cnn,
                             .layer = items[k].layer,
                             .need = needed(&items[k], !memory)};
        for (int i = 0; i < s->unit_count; i++)
            if (available(&s->units[i], !memory) > a->have) a->have = available(&s->units[i], !memory);
        return true;
    }
    return false;
}

/* --- many layers --- */

/* How many layers that need at least `need` each the units have room for, and how many units have room for any. */
static int64_t room_for(const dcnn_scenario *s, int64_t need, bool ops, bool layers, int64_t *units)
{
    int64_t room = 0;

    *units = 0;
    for (int i = 0; i < s->unit_count; i++) {
        int64_t fit = need > 0 ? available(&s->units[i], ops) / need : INT32_MAX;
        if (layers && s->layers_per_unit > 0 && fit > s->layers_per_unit) fit = s->layers_per_unit;
        if (fit > INT32_MAX) fit = INT32_MAX;
        room += fit;
        *units += fit > 0;
    }
    return room;
}

/* Items in descending order: the first k+1 need at least what item k needs. The fewest layers that are too many. */
static bool find_crowd(dcnn_argument *a, const dcnn_scenario *s, const dcnn_item *items, int64_t count, bool ops,
                       bool layers)
{
    int64_t room = 0, units = 0;

    for (int64_t k = 0; k < count; k++) {
        int64_t need = needed(&items[k], ops);
        if (k == 0 || need != needed(&items[k - 1], ops)) room = room_for(s, need, ops, layers, &units);
        if (k < room) continue;
        while (k + 1 < count && needed(&items[k + 1], ops) == need) k++; /* tell of all that are alike */
        *a = (dcnn_argument){.kind = DCNN_ARGUMENT_TOO_MANY_LARGE,
                             .by = need == 0 ? DCNN_LIMIT_LAYERS_PER_UNIT
                                   : ops     ? DCNN_LIMIT_OPS
                                             : DCNN_LIMIT_MEMORY,
                             .memory = need > 0 && !ops,
                             .ops = need > 0 && ops,
                             .layers = layers,
                             .cnn = items[k].cnn,
                             .layer = items[k].layer,
                             .count = k + 1,
                             .need = need,
                             .units = units,
                             .room = room};
        return true;
    }
    return false;
}

static bool find_too_much(dcnn_argument *a, const dcnn_scenario *s, const dcnn_item *items, int64_t count, bool ops)
{
    int64_t need = 0, have = 0;

    for (int64_t k = 0; k < count; k++) {
        if (needed(&items[k], ops) > INT64_MAX - need) return false;
        need += needed(&items[k], ops);
    }
    for (int i = 0; i < s->unit_count; i++) {
        if (available(&s->units[i], ops) > INT64_MAX - have) return false;
        have += available(&s->units[i], ops);
    }
    if (need <= have) return false;
    *a = (dcnn_argument){.kind = DCNN_ARGUMENT_TOO_MUCH,
                         .by = ops ? DCNN_LIMIT_OPS : DCNN_LIMIT_MEMORY,
                         .memory = !ops,
                         .ops = ops,
                         .count = count,
                         .need = need,
                         .have = have};
    return true;
}

/* --- all of them, the simplest first --- */

/* Layers per unit alone: more layers than there are places for them. */
static bool find_too_many(dcnn_argument *a, const dcnn_scenario *s, int64_t count)
{
    int64_t units, room = room_for(s, 0, false, true, &units);

    if (s->layers_per_unit == 0 || count <= room) return false;
    *a = (dcnn_argument){.kind = DCNN_ARGUMENT_TOO_MANY_LARGE,
                         .by = DCNN_LIMIT_LAYERS_PER_UNIT,
                         .layers = true,
                         .count = count,
                         .units = units,
                         .room = room};
    return true;
}

static bool find(dcnn_argument *a, const dcnn_scenario *s, const dcnn_item *by_memory, const dcnn_item *by_ops,
                 int64_t count)
{
    return find_homeless(a, s, by_memory, count, true, false) || find_homeless(a, s, by_ops, count, false, true) ||
           find_homeless(a, s, by_memory, count, true, true) || find_too_many(a, s, count) ||
           find_crowd(a, s, by_memory, count, false, false) || find_crowd(a, s, by_memory, count, false, true) ||
           find_crowd(a, s, by_ops, count, true, false) || find_crowd(a, s, by_ops, count, true, true) ||
           find_too_much(a, s, by_memory, count, false) || find_too_much(a, s, by_ops, count, true);
}

dcnn_status dcnn_argue(dcnn_argument *argument, const dcnn_scenario *scenario, dcnn_error *err)
{
    int64_t count;
    dcnn_item *by_memory = dcnn_items_new(scenario, false, &count), *by_ops = dcnn_items_new(scenario, true, &count);
    dcnn_status status = by_memory && by_ops ? DCNN_OK : dcnn_fail_memory(err);

    *argument = (dcnn_argument){.kind = DCNN_ARGUMENT_NONE};
    if (!status) (void)find(argument, scenario, by_memory, by_ops, count);
    free(by_memory);
    free(by_ops);
    return status;
}

bool dcnn_argument_counts(const dcnn_argument *argument, dcnn_limit_kind kind)
{
    switch (kind) {
    case DCNN_LIMIT_MEMORY:
        return argument->memory;
    case DCNN_LIMIT_OPS:
        return argument->ops;
    case DCNN_LIMIT_LAYERS_PER_UNIT:
        return argument->layers;
    default:
        return false;
    }
}
