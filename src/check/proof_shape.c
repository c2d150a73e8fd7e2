/* proof_shape.c - is a certificate what its header says it is, for this scenario? Files were held against the scenario
 * when they were read; a certificate may come from elsewhere. */
#include "proof.h"

static bool in(int64_t number, int64_t count)
{
    return number >= 0 && number < count;
}

static bool row_fits(const dcnn_scenario *s, const dcnn_row_name *row, bool of_unit)
{
    if (!in(row->unit, s->unit_count) || row->divisor < 1) return false;
    if (row->kind != DCNN_PRICE_SHARED) return row->kind >= DCNN_PRICE_LAYERS && row->kind <= DCNN_PRICE_OPS;
    return !of_unit && in(row->group, s->shared_group_count) && row->member >= 1 &&
           row->member < s->shared_groups[row->group].member_count;
}

static bool prices_fit(const dcnn_scenario *s, const dcnn_price_set *set)
{
    for (int k = 0; k < set->price_count; k++) {
        const dcnn_row_price *price = &set->prices[k];
        if (!row_fits(s, &price->row, false) || !in(price->bits, 63)) return false;
        if (price->row.kind != DCNN_PRICE_SHARED && price->price < 0) return false;
    }
    return true;
}

static bool cuts_fit(const dcnn_scenario *s, const dcnn_price_set *set)
{
    for (int k = 0; k < set->cut_count; k++) {
        const dcnn_cut_price *cut = &set->cuts[k];
        if (cut->price < 0) return false;
        for (int e = 0; e < cut->cnn_count; e++)
            if (!in(cut->cnns[e], s->cnn_count)) return false;
        for (int r = 0; r < cut->row_count; r++)
            if (!row_fits(s, &cut->rows[r], true)) return false;
    }
    return true;
}

/* Stages of one row at least. */
static bool contested_fit(const dcnn_scenario *s, const dcnn_proof_node *node)
{
    int64_t count = 0;

    for (int k = 0; k < node->stage_count; k++) {
        if (node->stages[k] < 1) return false;
        count += node->stages[k];
    }
    if (count != node->contested_count) return false;
    for (int k = 0; k < node->contested_count; k++)
        if (!row_fits(s, &node->contested[k], true)) return false;
    return true;
}

static bool node_fits(const dcnn_scenario *s, const dcnn_proof_node *node)
{
    for (int k = 0; k < node->step_count; k++)
        if (!prices_fit(s, &node->steps[k])) return false;
    for (int k = 0; k < node->then_count; k++)
        if (!prices_fit(s, &node->then[k]) || !cuts_fit(s, &node->then[k])) return false;
    if (node->kind == DCNN_NODE_LISTED)
        return prices_fit(s, &node->listed) && cuts_fit(s, &node->listed) && contested_fit(s, node);
    if (node->kind == DCNN_NODE_CLOSED) return true;
    return node->kind == DCNN_NODE_SPLIT && in(node->cnn, s->cnn_count) && in(node->unit, s->unit_count) &&
           (node->layer == -1 || in(node->layer, s->cnns[node->cnn].layer_count));
}

/* The nodes are a tree in preorder. */
static bool is_tree(const dcnn_proof_part *part)
{
    int64_t open = 1;

    for (int k = 0; k < part->node_count; k++) {
        if (open == 0) return false;
        open += part->nodes[k].kind == DCNN_NODE_SPLIT ? 1 : -1;
    }
    return open == 0;
}

bool dcnn_proof_shape_fits(dcnn_proof_check *p)
{
    const dcnn_certificate *certificate = p->certificate;

    if (certificate->cnn_count != p->scenario->cnn_count || !in(certificate->tick_bits, 17)) {
        p->part = p->node = -1;
        (void)dcnn_proof_refuse(p, "this is not a certificate of the scenario");
        return false;
    }
    for (p->part = 0; p->part < certificate->part_count; p->part++) {
        const dcnn_proof_part *part = &certificate->parts[p->part];
        p->node = -1;
        if (!is_tree(part)) {
            (void)dcnn_proof_refuse(p, "the nodes are not a tree");
            return false;
        }
        for (p->node = 0; p->node < part->node_count; p->node++)
            if (!node_fits(p->scenario, &part->nodes[p->node])) {
                (void)dcnn_proof_refuse(p, "a number of something that the scenario does not have");
                return false;
            }
    }
    p->part = p->node = -1;
    return true;
}
