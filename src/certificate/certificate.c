#include "certificate_new.h"
#include <string.h>

dcnn_certificate *dcnn_certificate_new(const dcnn_scenario *scenario, int64_t bound_ns, int tick_bits)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_certificate *certificate = pool ? dcnn_pool_take(pool, 1, sizeof *certificate) : NULL;

    if (!certificate) {
        dcnn_pool_free(pool);
        return NULL;
    }
    certificate->pool = pool;
    memcpy(certificate->sha256, scenario->sha256, sizeof certificate->sha256);
    certificate->objective = scenario->objective;
    certificate->bound_ns = bound_ns;
    certificate->tick_bits = tick_bits;
    certificate->cnn_count = scenario->cnn_count;
    return certificate;
}

void dcnn_certificate_free(dcnn_certificate *certificate)
{
    if (certificate) dcnn_pool_free(certificate->pool);
}

static bool is_full(int count)
{
    return (count & (count - 1)) == 0;
}

/* A list of count objects, or one twice as long with the same content when count is 0 or a power of two: that many are
 * the room of a list that has been filled one by one. */
static void *with_room(dcnn_certificate *certificate, void *list, int count, size_t size)
{
    void *longer;

    if (!is_full(count)) return list;
    if (count > INT32_MAX / 2) return NULL;
    longer = dcnn_pool_take(certificate->pool, count > 0 ? 2 * (size_t)count : 1, size);
    if (longer && count > 0) memcpy(longer, list, (size_t)count * size);
    return longer;
}

dcnn_proof_part *dcnn_certificate_add_part(dcnn_certificate *certificate, int64_t cap_ns, int64_t below_ns)
{
    dcnn_proof_part *parts =
        with_room(certificate, certificate->parts, certificate->part_count, sizeof *certificate->parts);

    if (!parts) return NULL;
    certificate->parts = parts;
    parts[certificate->part_count] = (dcnn_proof_part){.cap_ns = cap_ns, .below_ns = below_ns};
    return &parts[certificate->part_count++];
}

dcnn_proof_node *dcnn_certificate_add_node(dcnn_certificate *certificate, dcnn_proof_part *part)
{
    dcnn_proof_node *nodes = with_room(certificate, part->nodes, part->node_count, sizeof *part->nodes);

    if (!nodes) return NULL;
    part->nodes = nodes;
    nodes[part->node_count] = (dcnn_proof_node){.kind = DCNN_NODE_CLOSED, .layer = -1};
    return &nodes[part->node_count++];
}

dcnn_price_set *dcnn_certificate_add_step(dcnn_certificate *certificate, dcnn_proof_node *node)
{
    dcnn_price_set *steps = with_room(certificate, node->steps, node->step_count, sizeof *node->steps);

    if (!steps) return NULL;
    node->steps = steps;
    steps[node->step_count] = (dcnn_price_set){0};
    return &steps[node->step_count++];
}

dcnn_price_set *dcnn_certificate_add_then(dcnn_certificate *certificate, dcnn_proof_node *node)
{
    dcnn_price_set *then = with_room(certificate, node->then, node->then_count, sizeof *node->then);

    if (!then) return NULL;
    node->then = then;
    then[node->then_count] = (dcnn_price_set){0};
    return &then[node->then_count++];
}

bool dcnn_certificate_add_price(dcnn_certificate *certificate, dcnn_price_set *set, const dcnn_row_price *price)
{
    dcnn_row_price *prices = with_room(certificate, set->prices, set->price_count, sizeof *set->prices);

    if (!prices) return false;
    set->prices = prices;
    prices[set->price_count++] = *price;
    return true;
}

static void *copy(dcnn_certificate *certificate, const void *list, int count, size_t size)
{
    void *same = dcnn_pool_take(certificate->pool, (size_t)count, size);

    if (same && count > 0) memcpy(same, list, (size_t)count * size);
    return same;
}

bool dcnn_certificate_add_cut(dcnn_certificate *certificate, dcnn_price_set *set, const dcnn_cut_price *cut)
{
    dcnn_cut_price *cuts = with_room(certificate, set->cuts, set->cut_count, sizeof *set->cuts);
    dcnn_cut_price added = *cut;

    if (!cuts) return false;
    set->cuts = cuts;
    added.cnns = copy(certificate, cut->cnns, cut->cnn_count, sizeof *cut->cnns);
    added.rows = copy(certificate, cut->rows, cut->row_count, sizeof *cut->rows);
    if (!added.cnns || !added.rows) return false;
    cuts[set->cut_count++] = added;
    return true;
}

bool dcnn_certificate_set_contested(dcnn_certificate *certificate, dcnn_proof_node *node, const dcnn_row_name *rows,
                                    const int *stages, int stage_count)
{
    node->contested_count = 0;
    for (int k = 0; k < stage_count; k++) node->contested_count += stages[k];
    node->stage_count = stage_count;
    node->contested = copy(certificate, rows, node->contested_count, sizeof *rows);
    node->stages = copy(certificate, stages, stage_count, sizeof *stages);
    return node->contested && node->stages;
}

bool dcnn_certificate_set_floors(dcnn_certificate *certificate, dcnn_price_set *step, const int64_t *floors)
{
    step->floors = copy(certificate, floors, certificate->cnn_count, sizeof *floors);
    return step->floors != NULL;
}
