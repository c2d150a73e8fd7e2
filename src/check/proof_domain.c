/* proof_domain.c - which candidates are left at a node: sets from which a candidate is removed, and to which the latest
 * removals are brought back, in constant time. */
#include "proof.h"

/* Where the unit is in a list of ascending ones, or -1. */
static int find_unit(const int *units, int count, int unit)
{
    int low = 0, high = count - 1;

    while (low <= high) {
        int middle = low + (high - low) / 2;
        if (units[middle] == unit) return middle;
        if (units[middle] < unit)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

int dcnn_proof_find(const dcnn_proof_layer *layer, int unit)
{
    return find_unit(layer->unit, layer->count, unit);
}

int dcnn_proof_find_slot(const dcnn_proof_check *p, int unit)
{
    return find_unit(p->slot_unit, p->slot_count, unit);
}

static void remove_one(dcnn_proof_check *p, dcnn_proof_layer *layer, int a)
{
    int at = layer->place[a], last = layer->list[layer->live - 1];

    layer->list[at] = last;
    layer->place[last] = at;
    layer->list[--layer->live] = a;
    layer->place[a] = layer->live;
    p->trail[p->struck++] = layer;
    p->emptied = p->emptied || layer->live == 0;
}

void dcnn_proof_strike(dcnn_proof_check *p, dcnn_proof_layer *layer, int a)
{
    int unit = layer->unit[a];

    if (dcnn_proof_is_left(layer, a)) remove_one(p, layer, a);
    if (layer->group < 0) return;
    for (int m = 0; m < p->scenario->shared_groups[layer->group].member_count; m++) {
        dcnn_layer_ref member = p->scenario->shared_groups[layer->group].members[m];
        dcnn_proof_layer *other = &p->cnns[member.cnn].layers[member.layer];
        int b = dcnn_proof_find(other, unit);
        if (b >= 0 && dcnn_proof_is_left(other, b)) remove_one(p, other, b);
    }
}

void dcnn_proof_restore(dcnn_proof_check *p, int64_t struck)
{
    while (p->struck > struck) p->trail[--p->struck]->live++;
    p->emptied = false;
}

static void strike_unit(dcnn_proof_check *p, dcnn_proof_layer *layer, int unit)
{
    int a = dcnn_proof_find(layer, unit);

    if (a >= 0) dcnn_proof_strike(p, layer, a);
}

static void keep_unit(dcnn_proof_check *p, dcnn_proof_layer *layer, int unit)
{
    for (int k = layer->live - 1; k >= 0; k--)
        if (layer->unit[layer->list[k]] != unit) dcnn_proof_strike(p, layer, layer->list[k]);
}

dcnn_case dcnn_proof_split(dcnn_proof_check *p, const dcnn_proof_node *node, bool holds)
{
    if (node->layer >= 0) {
        dcnn_proof_layer *layer = &p->cnns[node->cnn].layers[node->layer];
        if (holds)
            keep_unit(p, layer, node->unit);
        else
            strike_unit(p, layer, node->unit);
        return DCNN_CASE_OPEN;
    }
    if (p->scenario->layers_per_unit != 1 || p->scenario->shared_group_count > 0)
        return dcnn_proof_refuse(p, "a unit is given to one CNN, where a unit may run layers of several");
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j < p->cnns[c].layer_count && (c == node->cnn) != holds; j++)
            strike_unit(p, &p->cnns[c].layers[j], node->unit);
    return DCNN_CASE_OPEN;
}
