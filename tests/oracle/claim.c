/* claim.c - a placement made by hand from the oracle's figures, to be checked or tampered with. */
#include "base/base.h"
#include "oracle.h"
#include <string.h>

static bool claim_cnn(dcnn_pool *pool, dcnn_cnn_placement *placed, const dcnn_cnn *cnn, const int *units)
{
    placed->id = dcnn_pool_text(pool, cnn->id);
    placed->layer_count = cnn->layer_count;
    placed->units = dcnn_pool_take(pool, (size_t)cnn->layer_count, sizeof *placed->units);
    if (!placed->id || !placed->units) return false;
    memcpy(placed->units, units, (size_t)cnn->layer_count * sizeof *units);
    return true;
}

static bool claim(dcnn_placement *placement, const oracle *o, const int *units)
{
    const dcnn_scenario *s = o->scenario;
    oracle_figures figures;

    oracle_evaluate(o, units, &figures);
    placement->scenario = dcnn_pool_text(placement->pool, s->name ? s->name : "");
    placement->cnns = dcnn_pool_take(placement->pool, (size_t)s->cnn_count, sizeof *placement->cnns);
    if (!placement->scenario || !placement->cnns) return false;
    memcpy(placement->sha256, s->sha256, sizeof s->sha256);
    placement->stop = DCNN_STOP_NODES;
    placement->objective = s->objective;
    placement->value_ns = figures.value_ns;
    placement->bound_ns = 0;
    placement->proof = figures.value_ns == 0 ? DCNN_PROOF_OPTIMAL : DCNN_PROOF_NONE;
    placement->cnn_count = s->cnn_count;
    for (int c = 0; c < s->cnn_count; c++) {
        if (!claim_cnn(placement->pool, &placement->cnns[c], &s->cnns[c], units + o->first[c])) return false;
        placement->cnns[c].latency = figures.latency[c];
    }
    return true;
}

dcnn_placement *oracle_placement(const oracle *o, const int *units)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_placement *placement = pool ? dcnn_pool_take(pool, 1, sizeof *placement) : NULL;

    if (placement) {
        placement->pool = pool;
        if (claim(placement, o, units)) return placement;
    }
    dcnn_pool_free(pool);
    return NULL;
}

void oracle_placement_free(dcnn_placement *placement)
{
    if (placement) dcnn_pool_free(placement->pool);
}
