#include "choices.h"

/* Costs are held for every layer on every unit: beyond this many other solvers would not cope either. */
static const int64_t cells_max = 40000000;

static dcnn_status find_slots(dcnn_choices *choices, dcnn_error *err)
{
    const dcnn_scenario *s = choices->scenario;
    int *group_slot = dcnn_pool_take(choices->pool, (size_t)s->shared_group_count + 1, sizeof *group_slot);
    int *group_of;

    choices->first_layer = dcnn_pool_take(choices->pool, (size_t)s->cnn_count + 1, sizeof *choices->first_layer);
    if (!group_slot || !choices->first_layer) return dcnn_fail_memory(err);
    for (int c = 0; c < s->cnn_count; c++)
        choices->first_layer[c + 1] = choices->first_layer[c] + s->cnns[c].layer_count;
    choices->layer_count = choices->first_layer[s->cnn_count];
    choices->slot_of = dcnn_pool_take(choices->pool, (size_t)choices->layer_count, sizeof *choices->slot_of);
    group_of = dcnn_pool_take(choices->pool, (size_t)choices->layer_count, sizeof *group_of);
    choices->slots = dcnn_pool_take(choices->pool, (size_t)choices->layer_count, sizeof *choices->slots);
    if (!choices->slot_of || !group_of || !choices->slots) return dcnn_fail_memory(err);
    for (int g = 0; g < s->shared_group_count; g++)
        for (int m = 0; m < s->shared_groups[g].member_count; m++) {
            dcnn_layer_ref ref = s->shared_groups[g].members[m];
            group_of[choices->first_layer[ref.cnn] + ref.layer] = g + 1;
        }
    for (int c = 0; c < s->cnn_count; c++)
        for (int j = 0; j < s->cnns[c].layer_count; j++) {
            int row = choices->first_layer[c] + j, group = group_of[row];
            if (group > 0 && group_slot[group] > 0) {
                choices->slot_of[row] = group_slot[group] - 1;
                continue;
            }
            choices->slots[choices->slot_count] =
                (dcnn_slot){c, j, s->cnns[c].layers[j].memory_bytes, s->cnns[c].layers[j].ops};
            choices->slot_of[row] = choices->slot_count++;
            group_slot[group] = choices->slot_count;
        }
    return DCNN_OK;
}

/* Adds the cost of a message between every unit and an end; the row's figures become DCNN_NEVER where there is none. */
static dcnn_status add_end(dcnn_choices *choices, dcnn_router *router, const dcnn_message *message, int place,
                           bool towards, bool weighted, dcnn_cost *row, int64_t *scratch)
{
    dcnn_status status = dcnn_router_costs(router, message, place, towards, scratch);

    for (int i = 0; !status && i < choices->unit_count; i++) {
        int64_t *sum = weighted ? &row[i].weighted_ns : &row[i].plain_ns;
        *sum = *sum == DCNN_NEVER || scratch[i] == DCNN_NEVER ? DCNN_NEVER : *sum + scratch[i];
    }
    return status;
}

static dcnn_status price_layer(dcnn_choices *choices, dcnn_router *router, int c, int j, int64_t *scratch)
{
    const dcnn_chain_data *chain = &choices->instance->chains[c];
    dcnn_cost *row = choices->cost + (size_t)(choices->first_layer[c] + j) * (size_t)choices->unit_count;
    dcnn_status status = DCNN_OK;

    for (int i = 0; i < choices->unit_count; i++) {
        const dcnn_unit *unit = &choices->scenario->units[i];
        row[i] = (dcnn_cost){dcnn_instance_compute_ns(chain, j, unit, true),
                             dcnn_instance_compute_ns(chain, j, unit, false)};
    }
    if (j == 0) status = add_end(choices, router, &chain->input, chain->source, false, true, row, scratch);
    if (!status && j == 0)
        status = add_end(choices, router, &chain->latency_input, chain->source, false, false, row, scratch);
    if (!status) status = add_end(choices, router, &chain->exit[j], chain->sink, true, true, row, scratch);
    if (!status) status = add_end(choices, router, &chain->latency_exit[j], chain->sink, true, false, row, scratch);
    return status;
}

bool dcnn_choices_has_deadline(const dcnn_choices *choices, int c)
{
    return choices->scenario->cnns[c].deadline_ns != DCNN_NEVER;
}

static void allow(dcnn_choices *choices)
{
    size_t units = (size_t)choices->unit_count;

    for (int s = 0; s < choices->slot_count; s++)
        for (size_t i = 0; i < units; i++)
            choices->allowed[(size_t)s * units + i] =
                choices->slots[s].memory_bytes <= choices->scenario->units[i].memory_bytes &&
                choices->slots[s].ops <= choices->scenario->units[i].ops_budget;
    for (int c = 0; c < choices->scenario->cnn_count; c++)
        for (int row = choices->first_layer[c]; row < choices->first_layer[c + 1]; row++)
            for (size_t i = 0; i < units; i++) {
                const dcnn_cost *cost = &choices->cost[(size_t)row * units + i];
                if (cost->weighted_ns == DCNN_NEVER ||
                    (dcnn_choices_has_deadline(choices, c) && cost->plain_ns == DCNN_NEVER))
                    choices->allowed[(size_t)choices->slot_of[row] * units + i] = false;
            }
}

static dcnn_status price(dcnn_choices *choices, dcnn_error *err)
{
    const dcnn_scenario *s = choices->scenario;
    size_t cells = (size_t)choices->layer_count * (size_t)choices->unit_count;
    int64_t *scratch = dcnn_pool_take(choices->pool, (size_t)s->place_count, sizeof *scratch);
    dcnn_router *router = NULL;
    dcnn_status status;

    if ((int64_t)choices->layer_count * choices->unit_count > cells_max)
        return dcnn_fail(err, DCNN_E_VALUE, "", "%d layers on %d units are too many to write out", choices->layer_count,
                         choices->unit_count);
    choices->cost = dcnn_pool_take(choices->pool, cells, sizeof *choices->cost);
    choices->allowed = dcnn_pool_take(choices->pool, cells, sizeof *choices->allowed);
    if (!scratch || !choices->cost || !choices->allowed) return dcnn_fail_memory(err);
    if ((status = dcnn_router_new(&router, choices->instance->network, err))) return status;
    for (int c = 0; c < s->cnn_count && !status; c++)
        for (int j = 0; j < s->cnns[c].layer_count && !status; j++)
            status = price_layer(choices, router, c, j, scratch);
    dcnn_router_free(router);
    if (status) return dcnn_fail_memory(err);
    allow(choices);
    return DCNN_OK;
}

dcnn_status dcnn_choices_new(dcnn_choices **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_choices *choices = pool ? dcnn_pool_take(pool, 1, sizeof *choices) : NULL;
    dcnn_status status;

    *out = NULL;
    if (!choices) {
        dcnn_pool_free(pool);
        return dcnn_fail_memory(err);
    }
    choices->pool = pool;
    choices->scenario = scenario;
    choices->unit_count = scenario->unit_count;
    status = find_slots(choices, err);
    if (!status) status = dcnn_instance_new(&choices->instance, scenario, err);
    if (!status) status = price(choices, err);
    if (status) {
        dcnn_choices_free(choices);
        return status;
    }
    *out = choices;
    return DCNN_OK;
}

void dcnn_choices_free(dcnn_choices *choices)
{
    if (!choices) return;
    dcnn_instance_free(choices->instance);
    dcnn_pool_free(choices->pool);
}

bool dcnn_choices_closed(const dcnn_choices *choices, int slot)
{
    for (int i = 0; i < choices->unit_count; i++)
        if (choices->allowed[(size_t)slot * (size_t)choices->unit_count + (size_t)i]) return false;
    return true;
}

bool dcnn_choices_offers(const dcnn_choices *choices, int slot, int unit)
{
    if (choices->allowed[(size_t)slot * (size_t)choices->unit_count + (size_t)unit]) return true;
    return unit == 0 && dcnn_choices_closed(choices, slot);
}

dcnn_status dcnn_choices_move(const dcnn_choices *choices, dcnn_router *router, int c, int j, int from,
                              dcnn_cost *costs, int64_t *scratch)
{
    const dcnn_chain_data *chain = &choices->instance->chains[c];
    dcnn_status status = dcnn_router_costs(router, &chain->move[j], from, false, scratch);

    for (int k = 0; !status && k < choices->unit_count; k++) costs[k] = (dcnn_cost){scratch[k], 0};
    if (status || !dcnn_choices_has_deadline(choices, c)) return status;
    status = dcnn_router_costs(router, &chain->latency_move[j], from, false, scratch);
    for (int k = 0; !status && k < choices->unit_count; k++) {
        costs[k].plain_ns = scratch[k];
        if (scratch[k] == DCNN_NEVER) costs[k].weighted_ns = DCNN_NEVER;
    }
    return status;
}
