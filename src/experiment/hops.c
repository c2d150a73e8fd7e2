#include "experiment/hops.h"
#include "base/base.h"
#include <dcnn/network.h>
#include <stdlib.h>

typedef struct {
    const dcnn_scenario *scenario;
    dcnn_network *network;
    dcnn_router *router;
    int *places; /* [place_count] of a route */
} walk;

static dcnn_status add_way(int64_t *hops, walk *w, int64_t bytes, int from, int to)
{
    const dcnn_message message = {1, bytes};
    const int32_t *matrix = w->scenario->network.hops;
    int count = 0;
    dcnn_status status = DCNN_OK;

    if (from == to) return DCNN_OK;
    if (matrix) {
        *hops += matrix[(size_t)from * (size_t)w->scenario->place_count + (size_t)to];
        return DCNN_OK;
    }
    status = dcnn_router_route(w->router, &message, from, to, w->places, &count);
    *hops += count - 1;
    return status;
}

static dcnn_status add_cnn(int64_t *hops, walk *w, const dcnn_cnn *cnn, const int *units)
{
    int last = cnn->layer_count - 1;
    dcnn_status status = add_way(hops, w, cnn->input_bytes, cnn->source, units[0]);

    for (int j = 0; j < last && !status; j++)
        status = add_way(hops, w, cnn->layers[j].output_bytes, units[j], units[j + 1]);
    return status ? status : add_way(hops, w, cnn->layers[last].output_bytes, units[last], cnn->sink);
}

dcnn_status dcnn_experiment_hops(int64_t *hops, const dcnn_scenario *scenario, const dcnn_placement *placement,
                                 dcnn_error *err)
{
    walk w = {.scenario = scenario};
    dcnn_status status = DCNN_OK;

    *hops = placement->cnn_count > 0 ? 0 : -1;
    if (placement->cnn_count == 0) return DCNN_OK;
    if ((status = dcnn_network_new(&w.network, scenario, err))) goto done;
    if ((status = dcnn_router_new(&w.router, w.network, err))) goto done;
    w.places = dcnn_take((size_t)scenario->place_count, sizeof *w.places);
    status = w.places ? DCNN_OK : dcnn_fail_memory(err);
    for (int c = 0; c < placement->cnn_count && !status; c++)
        if (add_cnn(hops, &w, &scenario->cnns[c], placement->cnns[c].units)) status = dcnn_fail_memory(err);
done:
    free(w.places);
    dcnn_router_free(w.router);
    dcnn_network_free(w.network);
    return status;
}
