/* proof_then.c - listed columns under further prices and cuts: what reaches cutoff under these is dropped as well. */
#include "proof.h"
#include <stdlib.h>
#include <string.h>

/* What the columns of CNN c cost without cuts under the prices at hand. */
static dcnn_case price(dcnn_proof_check *p, int c)
{
    const dcnn_proof_cnn *cnn = &p->cnns[c];
    dcnn_proof_columns *columns = &p->columns[c];
    int64_t *charged = dcnn_take((size_t)p->slot_count, sizeof *charged); /* of the layer at hand */

    if (!charged) return dcnn_proof_lost(p);
    for (int k = 0; k < columns->count; k++) columns->cost[k] = columns->weighted[k];
    for (int j = 0; j < cnn->layer_count; j++) {
        const dcnn_proof_layer *layer = &cnn->layers[j];
        for (int a = 0; a < layer->count; a++) charged[layer->slot[a]] = layer->priced[a] - layer->own[a];
        for (int k = 0; k < columns->count; k++) columns->cost[k] += charged[dcnn_proof_path(p, c, k)[j]];
    }
    free(charged);
    return DCNN_CASE_OPEN;
}

static void find_least(dcnn_proof_check *p, int c)
{
    const dcnn_proof_columns *columns = &p->columns[c];

    p->cnns[c].least = DCNN_PROOF_FAR;
    for (int k = 0; k < columns->count; k++)
        if (columns->cost[k] < p->cnns[c].least) p->cnns[c].least = columns->cost[k];
}

static void drop_dear(dcnn_proof_check *p, int c)
{
    dcnn_proof_columns *columns = &p->columns[c];
    size_t layers = (size_t)p->cnns[c].layer_count;
    int64_t limit = dcnn_proof_limit(p, &p->cnns[c]);
    int kept = 0;

    for (int k = 0; k < columns->count; k++) {
        if (columns->cost[k] >= limit) continue;
        columns->cost[kept] = columns->cost[k];
        columns->weighted[kept] = columns->weighted[k];
        memmove(columns->paths + (size_t)kept * layers, columns->paths + (size_t)k * layers,
                layers * sizeof *columns->paths);
        kept++;
    }
    columns->count = kept;
}

dcnn_case dcnn_proof_then(dcnn_proof_check *p, const dcnn_price_set *set)
{
    dcnn_case state = dcnn_proof_charge(p, set);

    for (int c = 0; c < p->scenario->cnn_count && !state; c++) {
        if (!dcnn_proof_work(p, (int64_t)p->columns[c].count * p->cnns[c].layer_count * 8))
            return dcnn_proof_too_long(p);
        state = price(p, c);
    }
    if (!state) state = dcnn_proof_cut(p, set);
    for (int c = 0; c < p->scenario->cnn_count && !state; c++) find_least(p, c);
    if (!state) state = dcnn_proof_bound(p);
    for (int c = 0; c < p->scenario->cnn_count && !state; c++) drop_dear(p, c);
    return state;
}
