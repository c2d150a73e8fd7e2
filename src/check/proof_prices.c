/* proof_prices.c - what prices charge capacities and candidates: an amount a at the price n / 2^bits is charged
 * floor(n a / 2^bits), so that no placement that keeps a row is charged more than the row's capacity. */
#include "proof.h"

int64_t dcnn_proof_price_of(const dcnn_row_price *price, int64_t amount)
{
    dcnn_wide product = (dcnn_wide)price->price * amount;
    dcnn_wide charged = product >> price->bits; /* rounds down, whatever the sign */

    return charged > DCNN_PROOF_FAR ? DCNN_PROOF_FAR : charged < -DCNN_PROOF_FAR ? -DCNN_PROOF_FAR : (int64_t)charged;
}

bool dcnn_proof_same_row(const dcnn_row_name *row, const dcnn_row_name *other)
{
    return row->kind == other->kind && row->unit == other->unit &&
           (row->kind != DCNN_PRICE_MEMORY || row->divisor == other->divisor);
}

int64_t dcnn_proof_capacity(const dcnn_scenario *s, const dcnn_row_name *row)
{
    switch (row->kind) {
    case DCNN_PRICE_LAYERS:
        return s->layers_per_unit > 0 ? s->layers_per_unit : DCNN_UNLIMITED;
    case DCNN_PRICE_MEMORY:
        return s->units[row->unit].memory_bytes / row->divisor;
    case DCNN_PRICE_OPS:
        return s->units[row->unit].ops_budget;
    case DCNN_PRICE_SHARED:
        break;
    }
    return 0;
}

int64_t dcnn_proof_amount(const dcnn_proof_layer *layer, const dcnn_row_name *row)
{
    return row->kind == DCNN_PRICE_LAYERS   ? 1
           : row->kind == DCNN_PRICE_MEMORY ? layer->memory_bytes / row->divisor
                                            : layer->ops;
}

/* --- capacities --- */

dcnn_case dcnn_proof_list_prices(dcnn_proof_check *p, const dcnn_price_set *set)
{
    dcnn_wide lambda = 0, shared = 0;

    for (int k = 0; k < set->price_count; k++) {
        const dcnn_row_price *price = &set->prices[k];
        int64_t capacity = dcnn_proof_capacity(p->scenario, &price->row);
        if (price->row.kind == DCNN_PRICE_SHARED) {
            int64_t there = dcnn_proof_price_of(price, 1), here = dcnn_proof_price_of(price, -1);
            shared += there > here ? there : here;
            shared += 1; /* both may have been rounded down */
            continue;
        }
        if (price->price == 0) continue;
        if (capacity == DCNN_UNLIMITED)
            return dcnn_proof_refuse(p, "a price for what unit %d has without limit", price->row.unit);
        lambda += dcnn_proof_price_of(price, capacity);
        if (lambda > DCNN_PROOF_CHARGE_MAX) break;
        p->price_next[k] = p->price_head[price->row.unit];
        p->price_head[price->row.unit] = k;
    }
    if (lambda > DCNN_PROOF_CHARGE_MAX || shared > DCNN_PROOF_SHARED_MAX)
        return dcnn_proof_refuse(p, "the prices charge more than can be counted");
    p->lambda = (int64_t)lambda;
    return DCNN_CASE_OPEN;
}

void dcnn_proof_forget_prices(dcnn_proof_check *p, const dcnn_price_set *set)
{
    for (int k = 0; k < set->price_count; k++) p->price_head[set->prices[k].row.unit] = -1;
}

/* --- candidates --- */

int64_t dcnn_proof_charged(const dcnn_proof_check *p, const dcnn_price_set *set, const dcnn_proof_layer *layer,
                           int unit)
{
    int64_t charged = 0; /* no more than lambda, since the layer fits the unit */

    for (int k = layer->counted ? p->price_head[unit] : -1; k >= 0; k = p->price_next[k])
        charged += dcnn_proof_price_of(&set->prices[k], dcnn_proof_amount(layer, &set->prices[k].row));
    return charged;
}

static void charge_layer(dcnn_proof_check *p, const dcnn_price_set *set, const dcnn_proof_layer *layer)
{
    for (int k = 0; k < layer->live; k++) {
        int a = layer->list[k];
        layer->priced[a] = dcnn_proof_clamp(layer->own[a] + dcnn_proof_charged(p, set, layer, layer->unit[a]));
    }
}

void dcnn_proof_charge_cnn(dcnn_proof_check *p, const dcnn_price_set *set, dcnn_proof_cnn *cnn)
{
    for (int j = 0; j < cnn->layer_count; j++) charge_layer(p, set, &cnn->layers[j]);
}

static void charge_member(dcnn_proof_check *p, dcnn_layer_ref ref, int unit, int64_t charged)
{
    const dcnn_proof_layer *layer = &p->cnns[ref.cnn].layers[ref.layer];
    int a = dcnn_proof_find(layer, unit);

    if (a >= 0) layer->priced[a] = dcnn_proof_clamp(layer->priced[a] + charged);
}

static void charge_shared(dcnn_proof_check *p, const dcnn_row_price *price)
{
    const dcnn_shared_group *group = &p->scenario->shared_groups[price->row.group];

    charge_member(p, group->members[0], price->row.unit, dcnn_proof_price_of(price, 1));
    charge_member(p, group->members[price->row.member], price->row.unit, dcnn_proof_price_of(price, -1));
}

dcnn_case dcnn_proof_charge(dcnn_proof_check *p, const dcnn_price_set *set)
{
    dcnn_case state = dcnn_proof_list_prices(p, set);

    if (!state) {
        for (int c = 0; c < p->scenario->cnn_count; c++) dcnn_proof_charge_cnn(p, set, &p->cnns[c]);
        for (int k = 0; k < set->price_count; k++)
            if (set->prices[k].row.kind == DCNN_PRICE_SHARED) charge_shared(p, &set->prices[k]);
    }
    dcnn_proof_forget_prices(p, set);
    return state;
}
