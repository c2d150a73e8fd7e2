/* The placement problem as a mixed-integer linear program. Assignments x are binary; transfers are flows y or f, which
 * are whole by themselves once x is. docs/export.md has the formulas. */
#include "links.h"
#include "program.h"
#include <stdlib.h>

/* Above this many pairs of units the flow over links is the better one whatever the limits. */
static const int64_t pairs_max = 400000;

/* Beyond this many columns no solver would finish reading. */
static const size_t columns_max = 20000000;

typedef struct {
    dcnn_program *program;
    const dcnn_choices *choices;
    const dcnn_links *links; /* NULL: pairs */
    dcnn_router *router;
    int32_t *x;             /* [slot][unit] column, -1 = none */
    int32_t *pair;          /* [unit][unit] scratch */
    dcnn_cost *costs;       /* [unit] scratch */
    int64_t *distance;      /* [place] scratch */
    size_t *first_transfer; /* [cnn_count + 1] columns of the transfers of each CNN */
} formulation;

static int32_t *x_of(const formulation *f, int slot)
{
    return f->x + (size_t)slot * (size_t)f->choices->unit_count;
}

static void add_assignments(formulation *f)
{
    for (int s = 0; s < f->choices->slot_count; s++) {
        const dcnn_slot *slot = &f->choices->slots[s];
        bool closed = dcnn_choices_closed(f->choices, s);
        for (int i = 0; i < f->choices->unit_count; i++) {
            dcnn_column column = {.kind = 'x', .closed = closed, .cnn = slot->cnn, .layer = slot->layer, .from = i};
            x_of(f, s)[i] = dcnn_choices_offers(f->choices, s, i) ? dcnn_program_column(f->program, &column) : -1;
        }
    }
}

static void add_assignment_rows(formulation *f)
{
    for (int s = 0; s < f->choices->slot_count; s++) {
        dcnn_program_begin(f->program, DCNN_ROW_EQUAL, 1, false);
        for (int i = 0; i < f->choices->unit_count; i++)
            if (x_of(f, s)[i] >= 0) dcnn_program_add(f->program, x_of(f, s)[i], 1);
        dcnn_program_end(f->program);
    }
}

/* --- limits --- */

static int64_t weight_of(const dcnn_slot *slot, bool memory)
{
    return memory ? slot->memory_bytes : slot->ops;
}

/* One knapsack, divided by what its weights have in common (small figures suit solvers). Left out when all fits. */
static void add_knapsack(formulation *f, int unit, bool memory, int64_t right)
{
    int64_t divisor = 0;
    double total = 0;

    for (int s = 0; s < f->choices->slot_count; s++) {
        if (x_of(f, s)[unit] < 0) continue;
        divisor = dcnn_greatest_divisor(divisor, weight_of(&f->choices->slots[s], memory));
        total += (double)weight_of(&f->choices->slots[s], memory);
    }
    if (total <= (double)right) return;
    dcnn_program_begin(f->program, DCNN_ROW_LESS, right / divisor, false);
    for (int s = 0; s < f->choices->slot_count; s++)
        if (x_of(f, s)[unit] >= 0)
            dcnn_program_add(f->program, x_of(f, s)[unit], weight_of(&f->choices->slots[s], memory) / divisor);
    dcnn_program_end(f->program);
}

static void add_limits(formulation *f)
{
    const dcnn_scenario *s = f->choices->scenario;

    for (int i = 0; i < s->unit_count; i++) {
        int candidates = 0;
        for (int slot = 0; slot < f->choices->slot_count; slot++) candidates += x_of(f, slot)[i] >= 0;
        if (s->layers_per_unit > 0 && candidates > s->layers_per_unit) {
            dcnn_program_begin(f->program, DCNN_ROW_LESS, s->layers_per_unit, false);
            for (int slot = 0; slot < f->choices->slot_count; slot++)
                if (x_of(f, slot)[i] >= 0) dcnn_program_add(f->program, x_of(f, slot)[i], 1);
            dcnn_program_end(f->program);
        }
        if (s->layers_per_unit == 1) continue; /* each fits by itself */
        add_knapsack(f, i, true, s->units[i].memory_bytes);
        if (s->units[i].ops_budget != DCNN_UNLIMITED) add_knapsack(f, i, false, s->units[i].ops_budget);
    }
}

/* --- transfers --- */

/* y[i][k] = 1 when one layer is on i and the next on k: its sums are the assignments. */
static dcnn_status add_pairs(formulation *f, int c, int j, int from_slot, int to_slot)
{
    int units = f->choices->unit_count;
    const int32_t *from = x_of(f, from_slot), *to = x_of(f, to_slot);
    bool apart = f->choices->scenario->layers_per_unit == 1;

    for (int i = 0; i < units; i++) {
        int32_t *pair = f->pair + (size_t)i * (size_t)units;
        for (int k = 0; k < units; k++) pair[k] = -1;
        if (from[i] < 0) continue;
        if (dcnn_choices_move(f->choices, f->router, c, j, i, f->costs, f->distance)) return DCNN_E_MEMORY;
        for (int k = 0; k < units; k++) {
            dcnn_column column = {.kind = 'y', .cnn = c, .layer = j, .from = i, .to = k, .cost = f->costs[k]};
            if (to[k] < 0 || f->costs[k].weighted_ns == DCNN_NEVER || (apart && i == k)) continue;
            pair[k] = dcnn_program_column(f->program, &column);
        }
    }
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < units; i++) {
            int32_t assigned = side ? to[i] : from[i];
            if (assigned < 0) continue;
            dcnn_program_begin(f->program, DCNN_ROW_EQUAL, 0, false);
            dcnn_program_add(f->program, assigned, -1);
            for (int k = 0; k < units; k++) {
                int32_t column =
                    f->pair[side ? (size_t)k * (size_t)units + (size_t)i : (size_t)i * (size_t)units + (size_t)k];
                if (column >= 0) dcnn_program_add(f->program, column, 1);
            }
            dcnn_program_end(f->program);
        }
    return DCNN_OK;
}

/* One unit of flow from where the layer is to where the next one is. */
static void add_flow(formulation *f, int c, int j, int from_slot, int to_slot)
{
    const dcnn_links *links = f->links;
    const dcnn_chain_data *chain = &f->choices->instance->chains[c];
    const dcnn_link_kind *kinds = f->choices->instance->network->kinds;
    const int32_t *from = x_of(f, from_slot), *to = x_of(f, to_slot);
    size_t base = f->program->column_count;

    for (size_t a = 0; a < links->arc_count; a++) {
        const dcnn_arc *arc = &links->arcs[a];
        int64_t ns = dcnn_message_link_ns(&chain->move[j], &kinds[arc->kind]);
        dcnn_column column = {.kind = 'f', .cnn = c, .layer = j, .from = (int)a, .cost = {ns, ns}};
        column.closed = ns == DCNN_NEVER;
        if (column.closed) column.cost = (dcnn_cost){0, 0};
        (void)dcnn_program_column(f->program, &column);
    }
    for (int i = 0; i < f->choices->scenario->place_count; i++) {
        dcnn_program_begin(f->program, DCNN_ROW_EQUAL, 0, false);
        for (size_t a = links->first_out[i]; a < links->first_out[i + 1]; a++)
            dcnn_program_add(f->program, (int32_t)(base + a), 1);
        for (size_t a = links->first_in[i]; a < links->first_in[i + 1]; a++)
            dcnn_program_add(f->program, (int32_t)(base + (size_t)links->entering[a]), -1);
        if (i < f->choices->unit_count && from[i] >= 0) dcnn_program_add(f->program, from[i], -1);
        if (i < f->choices->unit_count && to[i] >= 0) dcnn_program_add(f->program, to[i], 1);
        dcnn_program_end(f->program);
    }
}

/* A deadline counts unweighted costs: where these differ from the weighted ones, a flow chosen for one need not be the
 * soonest for the other, while a pair of units has both costs. */
static bool flows(const formulation *f, int c)
{
    return f->links && (!dcnn_choices_has_deadline(f->choices, c) || f->choices->scenario->cnns[c].weight == 1);
}

static dcnn_status add_transfers(formulation *f)
{
    const dcnn_choices *choices = f->choices;

    for (int c = 0; c < choices->scenario->cnn_count; c++) {
        const dcnn_chain_data *chain = &choices->instance->chains[c];
        f->first_transfer[c] = f->program->column_count;
        for (int j = 0; j + 1 < chain->layer_count; j++) {
            const int *slot = &choices->slot_of[choices->first_layer[c] + j];
            bool free_of_charge = chain->move[j].scale == 0 &&
                                  (!dcnn_choices_has_deadline(choices, c) || chain->latency_move[j].scale == 0);
            if (free_of_charge || slot[0] == slot[1]) continue;
            if (f->program->column_count > columns_max) return DCNN_E_VALUE;
            if (flows(f, c))
                add_flow(f, c, j, slot[0], slot[1]);
            else if (add_pairs(f, c, j, slot[0], slot[1]))
                return DCNN_E_MEMORY;
        }
        f->first_transfer[c + 1] = f->program->column_count;
    }
    return DCNN_OK;
}

/* --- latencies --- */

/* The latency of a CNN as entries of the row begun last, times sign. */
static void add_latency(formulation *f, int c, bool weighted, int64_t sign)
{
    const dcnn_choices *choices = f->choices;

    for (int row = choices->first_layer[c]; row < choices->first_layer[c + 1]; row++) {
        const dcnn_cost *cost = choices->cost + (size_t)row * (size_t)choices->unit_count;
        const int32_t *x = x_of(f, choices->slot_of[row]);
        for (int i = 0; i < choices->unit_count; i++)
            if (x[i] >= 0 && !f->program->columns[x[i]].closed)
                dcnn_program_add(f->program, x[i], sign * (weighted ? cost[i].weighted_ns : cost[i].plain_ns));
    }
    for (size_t t = f->first_transfer[c]; t < f->first_transfer[c + 1]; t++) {
        const dcnn_cost *cost = &f->program->columns[t].cost;
        dcnn_program_add(f->program, (int32_t)t, sign * (weighted ? cost->weighted_ns : cost->plain_ns));
    }
}

/* The objective "sum" is the latencies of all CNNs; a row lends its place to add them up. */
static void add_sum(formulation *f)
{
    dcnn_program *program = f->program;

    dcnn_program_begin(program, DCNN_ROW_EQUAL, 0, true);
    for (int c = 0; c < f->choices->scenario->cnn_count; c++) add_latency(f, c, true, 1);
    if (program->failed) return;
    for (size_t e = program->rows[program->row_count - 1].first_entry; e < program->entry_count; e++)
        program->columns[program->entries[e].column].objective_ns += program->entries[e].value;
    program->entry_count = program->rows[--program->row_count].first_entry;
}

static void add_largest(formulation *f)
{
    dcnn_column z = {.kind = 'z', .objective_ns = 1000000};
    int32_t largest = dcnn_program_column(f->program, &z);

    for (int c = 0; c < f->choices->scenario->cnn_count; c++) {
        dcnn_program_begin(f->program, DCNN_ROW_MORE, 0, true);
        dcnn_program_add(f->program, largest, 1000000);
        add_latency(f, c, true, -1);
        dcnn_program_end(f->program);
    }
}

static void add_deadlines(formulation *f)
{
    for (int c = 0; c < f->choices->scenario->cnn_count; c++) {
        if (!dcnn_choices_has_deadline(f->choices, c)) continue;
        dcnn_program_begin(f->program, DCNN_ROW_LESS, f->choices->scenario->cnns[c].deadline_ns, true);
        add_latency(f, c, false, 1);
        dcnn_program_end(f->program);
    }
}

static dcnn_status take_scratch(formulation *f)
{
    size_t units = (size_t)f->choices->unit_count;

    f->x = dcnn_take((size_t)f->choices->slot_count * units, sizeof *f->x);
    f->pair = dcnn_take(units * units, sizeof *f->pair);
    f->costs = dcnn_take(units, sizeof *f->costs);
    f->distance = dcnn_take((size_t)f->choices->scenario->place_count, sizeof *f->distance);
    f->first_transfer = dcnn_take((size_t)f->choices->scenario->cnn_count + 1, sizeof *f->first_transfer);
    if (!f->x || !f->pair || !f->costs || !f->distance || !f->first_transfer) return DCNN_E_MEMORY;
    return dcnn_router_new(&f->router, f->choices->instance->network, NULL);
}

static void clear_scratch(formulation *f)
{
    dcnn_router_free(f->router);
    free(f->x);
    free(f->pair);
    free(f->costs);
    free(f->distance);
    free(f->first_transfer);
}

static bool pairs_serve_best(const dcnn_choices *choices)
{
    int64_t units = choices->unit_count;

    return choices->scenario->layers_per_unit == 1 && units * units * choices->layer_count <= pairs_max;
}

static dcnn_status choose_form(const dcnn_links **chosen, dcnn_links *links, const dcnn_choices *choices,
                               dcnn_export_form form, dcnn_error *err)
{
    *chosen = NULL;
    if (form == DCNN_FORM_PAIRS || (form == DCNN_FORM_BEST && pairs_serve_best(choices))) return DCNN_OK;
    if (dcnn_links_init(links, choices->instance->network)) return dcnn_fail_memory(err);
    if (links->explains)
        *chosen = links;
    else if (form == DCNN_FORM_LINKS)
        return dcnn_fail(err, DCNN_E_VALUE, "network.hops",
                         "no network has these hops as its shortest routes: the form is to be \"pairs\"");
    return DCNN_OK;
}

dcnn_status dcnn_formulate(dcnn_program *program, const dcnn_choices *choices, dcnn_export_form form, dcnn_error *err)
{
    formulation f = {.program = program, .choices = choices};
    dcnn_links links = {0};
    dcnn_status status = choose_form(&f.links, &links, choices, form, err);

    if (!status && take_scratch(&f)) status = dcnn_fail_memory(err);
    if (!status) {
        add_assignments(&f);
        add_assignment_rows(&f);
        add_limits(&f);
        status = add_transfers(&f);
        if (status == DCNN_E_VALUE)
            (void)dcnn_fail(err, status, "", "the scenario is too large to write out for other solvers");
        else if (status)
            (void)dcnn_fail_memory(err);
    }
    if (!status && program->failed) status = dcnn_fail_memory(err); /* latencies read the columns */
    if (!status && choices->scenario->objective == DCNN_OBJECTIVE_SUM) add_sum(&f);
    if (!status && choices->scenario->objective == DCNN_OBJECTIVE_MAX) add_largest(&f);
    if (!status) add_deadlines(&f);
    if (!status && program->failed) status = dcnn_fail_memory(err);
    clear_scratch(&f);
    dcnn_links_clear(&links);
    return status;
}
