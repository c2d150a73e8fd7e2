#include "placement_new.h"
#include <string.h>

dcnn_placement *dcnn_placement_empty(const dcnn_scenario *scenario)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_placement *placement = pool ? dcnn_pool_take(pool, 1, sizeof *placement) : NULL;

    if (placement) {
        placement->pool = pool;
        placement->scenario = dcnn_pool_text(pool, scenario->name ? scenario->name : "");
        placement->objective = scenario->objective;
        placement->value_ns = DCNN_NEVER;
        memcpy(placement->sha256, scenario->sha256, sizeof placement->sha256);
    }
    if (placement && placement->scenario) return placement;
    dcnn_pool_free(pool);
    return NULL;
}

void dcnn_placement_free(dcnn_placement *placement)
{
    if (placement) dcnn_pool_free(placement->pool);
}

bool dcnn_placement_take_cnns(dcnn_placement *placement, const dcnn_scenario *scenario)
{
    placement->cnns = dcnn_pool_take(placement->pool, (size_t)scenario->cnn_count, sizeof *placement->cnns);
    if (!placement->cnns) return false;
    for (int c = 0; c < scenario->cnn_count; c++) {
        dcnn_cnn_placement *placed = &placement->cnns[c];
        placed->layer_count = scenario->cnns[c].layer_count;
        placed->id = dcnn_pool_text(placement->pool, scenario->cnns[c].id);
        placed->units = dcnn_pool_take(placement->pool, (size_t)placed->layer_count, sizeof *placed->units);
        if (!placed->id || !placed->units) return false;
        for (int j = 0; j < placed->layer_count; j++) placed->units[j] = -1;
    }
    placement->cnn_count = scenario->cnn_count;
    return true;
}

static dcnn_status copy_units(dcnn_placement *placement, const dcnn_scenario *scenario, const int *const *units,
                              dcnn_error *err)
{
    if (!dcnn_placement_take_cnns(placement, scenario)) return dcnn_fail_memory(err);
    for (int c = 0; c < placement->cnn_count; c++)
        for (int j = 0; j < placement->cnns[c].layer_count; j++) {
            if (units[c][j] < 0 || units[c][j] >= scenario->unit_count)
                return dcnn_fail(err, DCNN_E_VALUE, "", "layer %d of CNN %d: there is no unit %d", j, c, units[c][j]);
            placement->cnns[c].units[j] = units[c][j];
        }
    return DCNN_OK;
}

/* Latencies of all CNNs with weight 1, and the objective with the weights they have. */
static dcnn_status evaluate(dcnn_placement *placement, const dcnn_scenario *scenario, dcnn_router *router,
                            dcnn_error *err)
{
    int64_t value_ns = 0;

    for (int c = 0; c < placement->cnn_count; c++) {
        dcnn_cnn_placement *placed = &placement->cnns[c];
        dcnn_latency weighted;
        dcnn_status status = dcnn_latency_compute(&placed->latency, router, scenario, c, placed->units, 1, err);
        if (status) return status;
        status = dcnn_latency_compute(&weighted, router, scenario, c, placed->units, scenario->cnns[c].weight, err);
        if (status) return status;
        if (scenario->objective == DCNN_OBJECTIVE_SUM) {
            if (!dcnn_latency_add(&value_ns, weighted.latency_ns))
                return dcnn_fail(err, DCNN_E_VALUE, "", "the sum of all latencies exceeds what can be counted");
        } else if (weighted.latency_ns > value_ns) {
            value_ns = weighted.latency_ns;
        }
    }
    placement->value_ns = value_ns;
    return DCNN_OK;
}

static dcnn_status route_and_evaluate(dcnn_placement *placement, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_network *network = NULL;
    dcnn_router *router = NULL;
    dcnn_status status;

    if ((status = dcnn_network_new(&network, scenario, err))) goto done;
    if ((status = dcnn_router_new(&router, network, err))) goto done;
    status = evaluate(placement, scenario, router, err);
done:
    dcnn_router_free(router);
    dcnn_network_free(network);
    return status;
}

dcnn_status dcnn_placement_new(dcnn_placement **out, const dcnn_scenario *scenario, const int *const *units,
                               dcnn_error *err)
{
    dcnn_placement *placement = dcnn_placement_empty(scenario);
    dcnn_status status = DCNN_OK;

    *out = NULL;
    if (!placement) return dcnn_fail_memory(err);
    if (units) status = copy_units(placement, scenario, units, err);
    if (units && !status) status = route_and_evaluate(placement, scenario, err);
    if (status)
        dcnn_placement_free(placement);
    else
        *out = placement;
    return status;
}
