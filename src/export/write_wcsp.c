/* Weighted constraints in toulbar2's WCSP format: a variable for each slot, its values the units it may take, costs in
 * nanoseconds. At most one layer a unit is a difference between every two variables. Other limits are knapsacks, which
 * the format has for variables of two values and for lower bounds: for each slot that may sit on the unit, one that is
 * 0 when it does, and what is absent must weigh at least all less the capacity. */
#include "program.h"
#include <inttypes.h>
#include <stdlib.h>

/* Sums of as many weights stay within 64 bits. */
enum { SLOTS_MAX = 1000 };

typedef struct {
    dcnn_buf *text;
    const dcnn_choices *choices;
    int *value;        /* [slot][unit] the unit's number among the values of the slot, -1 = none */
    int *size;         /* [slot] how many values */
    int64_t top;       /* the cost of what is forbidden */
    int64_t functions; /* written so far */
    int absences;      /* variables of two values, behind those of the slots */
    dcnn_router *router;
    dcnn_cost *costs;
    int64_t *distance;
} wcsp;

static const int *values_of(const wcsp *w, int slot)
{
    return w->value + (size_t)slot * (size_t)w->choices->unit_count;
}

static dcnn_status refuse(const dcnn_choices *choices, dcnn_error *err)
{
    const dcnn_scenario *s = choices->scenario;

    if (choices->slot_count > SLOTS_MAX)
        return dcnn_fail(err, DCNN_E_VALUE, "", "%d layers are too many for WCSP", choices->slot_count);
    if (s->objective == DCNN_OBJECTIVE_MAX && s->cnn_count > 1)
        return dcnn_fail(err, DCNN_E_VALUE, "objective",
                         "WCSP adds costs up and cannot minimise the largest: export to LP or MPS");
    for (int c = 0; c < s->cnn_count; c++)
        if (dcnn_choices_has_deadline(choices, c))
            return dcnn_fail(err, DCNN_E_VALUE, "",
                             "cnns[%d]: WCSP cannot bound its latency by the deadline: export to LP or MPS", c);
    return DCNN_OK;
}

static dcnn_status number_values(wcsp *w)
{
    size_t units = (size_t)w->choices->unit_count;

    w->value = dcnn_take((size_t)w->choices->slot_count * units, sizeof *w->value);
    w->size = dcnn_take((size_t)w->choices->slot_count, sizeof *w->size);
    w->costs = dcnn_take(units, sizeof *w->costs);
    w->distance = dcnn_take((size_t)w->choices->scenario->place_count, sizeof *w->distance);
    if (!w->value || !w->size || !w->costs || !w->distance) return DCNN_E_MEMORY;
    for (int s = 0; s < w->choices->slot_count; s++)
        for (int i = 0; i < w->choices->unit_count; i++)
            w->value[(size_t)s * units + (size_t)i] = dcnn_choices_offers(w->choices, s, i) ? w->size[s]++ : -1;
    return dcnn_router_new(&w->router, w->choices->instance->network, NULL);
}

/* What one layer costs on each unit. */
static void write_layer(wcsp *w, int row)
{
    int slot = w->choices->slot_of[row];
    const dcnn_cost *cost = w->choices->cost + (size_t)row * (size_t)w->choices->unit_count;
    bool closed = dcnn_choices_closed(w->choices, slot);

    w->functions++;
    dcnn_buf_format(w->text, "1 %d 0 %d\n", slot, w->size[slot]);
    for (int i = 0; i < w->choices->unit_count; i++) {
        if (values_of(w, slot)[i] < 0) continue;
        dcnn_buf_format(w->text, "%d %" PRId64 "\n", values_of(w, slot)[i], closed ? w->top : cost[i].weighted_ns);
    }
}

static dcnn_status write_move(wcsp *w, int c, int j)
{
    const int *slot = &w->choices->slot_of[w->choices->first_layer[c] + j];

    if (slot[0] == slot[1]) return DCNN_OK;
    w->functions++;
    dcnn_buf_format(w->text, "2 %d %d 0 %d\n", slot[0], slot[1], w->size[slot[0]] * w->size[slot[1]]);
    for (int i = 0; i < w->choices->unit_count; i++) {
        if (values_of(w, slot[0])[i] < 0) continue;
        if (dcnn_choices_move(w->choices, w->router, c, j, i, w->costs, w->distance)) return DCNN_E_MEMORY;
        for (int k = 0; k < w->choices->unit_count; k++) {
            int64_t ns = w->costs[k].weighted_ns;
            if (values_of(w, slot[1])[k] < 0) continue;
            dcnn_buf_format(w->text, "%d %d %" PRId64 "\n", values_of(w, slot[0])[i], values_of(w, slot[1])[k],
                            ns == DCNN_NEVER ? w->top : ns);
        }
    }
    return DCNN_OK;
}

/* Two slots never take the same unit. */
static void write_difference(wcsp *w, int a, int b)
{
    int common = 0;

    for (int i = 0; i < w->choices->unit_count; i++) common += values_of(w, a)[i] >= 0 && values_of(w, b)[i] >= 0;
    if (common == 0) return;
    w->functions++;
    dcnn_buf_format(w->text, "2 %d %d 0 %d\n", a, b, common);
    for (int i = 0; i < w->choices->unit_count; i++)
        if (values_of(w, a)[i] >= 0 && values_of(w, b)[i] >= 0)
            dcnn_buf_format(w->text, "%d %d %" PRId64 "\n", values_of(w, a)[i], values_of(w, b)[i], w->top);
}

typedef enum { LIMIT_LAYERS, LIMIT_MEMORY, LIMIT_OPS } limit;

static int64_t weight_of(const dcnn_slot *slot, limit kind)
{
    return kind == LIMIT_LAYERS ? 1 : kind == LIMIT_MEMORY ? slot->memory_bytes : slot->ops;
}

static void write_absence(wcsp *w, int slot, int unit, int variable)
{
    w->functions++;
    dcnn_buf_format(w->text, "2 %d %d 0 1\n%d 1 %" PRId64 "\n", slot, variable, values_of(w, slot)[unit], w->top);
}

static void write_knapsack(wcsp *w, int unit, limit kind, int64_t capacity)
{
    int64_t total = 0, divisor = 0;
    int scope = 0, first = w->choices->slot_count + w->absences;

    for (int s = 0; s < w->choices->slot_count; s++) {
        int64_t weight = weight_of(&w->choices->slots[s], kind);
        if (values_of(w, s)[unit] < 0) continue;
        total += weight;
        divisor = dcnn_greatest_divisor(divisor, weight);
        scope++;
    }
    if (total <= capacity) return;
    for (int s = 0, b = first; s < w->choices->slot_count; s++)
        if (values_of(w, s)[unit] >= 0) write_absence(w, s, unit, b++);
    w->absences += scope;
    w->functions++;
    dcnn_buf_format(w->text, "%d", scope);
    for (int b = 0; b < scope; b++) dcnn_buf_format(w->text, " %d", first + b);
    dcnn_buf_format(w->text, " -1 knapsack %" PRId64, total / divisor - capacity / divisor);
    for (int s = 0; s < w->choices->slot_count; s++)
        if (values_of(w, s)[unit] >= 0)
            dcnn_buf_format(w->text, " %" PRId64, weight_of(&w->choices->slots[s], kind) / divisor);
    dcnn_buf_text(w->text, "\n");
}

static void write_limits(wcsp *w)
{
    const dcnn_scenario *s = w->choices->scenario;

    if (s->layers_per_unit == 1) { /* each fits by itself */
        for (int a = 0; a < w->choices->slot_count; a++)
            for (int b = a + 1; b < w->choices->slot_count; b++) write_difference(w, a, b);
        return;
    }
    for (int i = 0; i < s->unit_count; i++) {
        if (s->layers_per_unit > 0) write_knapsack(w, i, LIMIT_LAYERS, s->layers_per_unit);
        write_knapsack(w, i, LIMIT_MEMORY, s->units[i].memory_bytes);
        if (s->units[i].ops_budget != DCNN_UNLIMITED) write_knapsack(w, i, LIMIT_OPS, s->units[i].ops_budget);
    }
}

static dcnn_status write_functions(wcsp *w)
{
    const dcnn_scenario *s = w->choices->scenario;
    dcnn_status status = DCNN_OK;

    for (int c = 0; c < s->cnn_count && !status; c++)
        for (int j = 0; j < s->cnns[c].layer_count && !status; j++) {
            write_layer(w, w->choices->first_layer[c] + j);
            if (j + 1 < s->cnns[c].layer_count) status = write_move(w, c, j);
        }
    write_limits(w);
    return status;
}

/* More than any placement costs; each layer and each move at its dearest. */
static dcnn_status find_top(wcsp *w)
{
    const dcnn_choices *choices = w->choices;

    w->top = 1;
    for (int c = 0; c < choices->scenario->cnn_count; c++)
        for (int j = 0; j < choices->scenario->cnns[c].layer_count; j++) {
            int row = choices->first_layer[c] + j;
            int64_t dearest = 0, dearest_move = 0;
            for (int i = 0; i < choices->unit_count; i++) {
                int64_t ns = choices->cost[(size_t)row * (size_t)choices->unit_count + (size_t)i].weighted_ns;
                if (ns != DCNN_NEVER && ns > dearest) dearest = ns;
                if (j + 1 == choices->scenario->cnns[c].layer_count) continue;
                if (dcnn_choices_move(choices, w->router, c, j, i, w->costs, w->distance)) return DCNN_E_MEMORY;
                for (int k = 0; k < choices->unit_count; k++)
                    if (w->costs[k].weighted_ns != DCNN_NEVER && w->costs[k].weighted_ns > dearest_move)
                        dearest_move = w->costs[k].weighted_ns;
            }
            w->top += dearest + dearest_move;
        }
    return DCNN_OK;
}

static void write_head(wcsp *w, dcnn_buf *head)
{
    int largest = 0;

    for (int s = 0; s < w->choices->slot_count; s++)
        if (w->size[s] > largest) largest = w->size[s];
    if (w->absences > 0 && largest < 2) largest = 2;
    dcnn_buf_format(head, "dcnn %d %d %" PRId64 " %" PRId64 "\n", w->choices->slot_count + w->absences, largest,
                    w->functions, w->top);
    for (int s = 0; s < w->choices->slot_count; s++) dcnn_buf_format(head, s ? " %d" : "%d", w->size[s]);
    for (int b = 0; b < w->absences; b++) dcnn_buf_text(head, " 2");
    dcnn_buf_text(head, "\n");
}

dcnn_status dcnn_write_wcsp(dcnn_buf *text, const dcnn_choices *choices, dcnn_error *err)
{
    dcnn_buf functions = {0};
    wcsp w = {.text = &functions, .choices = choices};
    dcnn_status status = refuse(choices, err);

    if (status) return status;
    if (number_values(&w) || find_top(&w) || write_functions(&w)) status = dcnn_fail_memory(err);
    if (!status) {
        write_head(&w, text);
        dcnn_buf_add(text, functions.data, functions.size);
        if (functions.failed) status = dcnn_fail_memory(err);
    }
    dcnn_router_free(w.router);
    dcnn_buf_clear(&functions);
    free(w.value);
    free(w.size);
    free(w.costs);
    free(w.distance);
    return status;
}
