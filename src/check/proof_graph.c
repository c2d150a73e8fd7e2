/* proof_graph.c - the neighbours of every place in one list, for searches that visit all of them again and again. */
#include "proof_routes.h"
#include <stdlib.h>

static dcnn_status take_edges(dcnn_proof_graph *graph, int64_t count, bool alike, dcnn_error *err)
{
    graph->to = dcnn_take((size_t)count, sizeof *graph->to);
    if (!alike) graph->link = dcnn_take((size_t)count, sizeof *graph->link);
    return graph->to && (alike || graph->link) ? DCNN_OK : dcnn_fail_memory(err);
}

static dcnn_status add_range(dcnn_proof_graph *graph, const dcnn_check_grid *grid, dcnn_error *err)
{
    int *heard = dcnn_take((size_t)graph->place_count, sizeof *heard);
    int64_t count = 0;
    dcnn_status status;

    if (!heard) return dcnn_fail_memory(err);
    for (int i = 0; i < graph->place_count; i++) {
        graph->first[i] = count;
        count += dcnn_check_grid_hear(grid, i, heard);
    }
    graph->first[graph->place_count] = count;
    free(heard);
    if ((status = take_edges(graph, count, true, err))) return status;
    for (int i = 0; i < graph->place_count; i++) (void)dcnn_check_grid_hear(grid, i, graph->to + graph->first[i]);
    return DCNN_OK;
}

static dcnn_status init_range(dcnn_proof_graph *graph, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_check_grid *grid;
    dcnn_status status = dcnn_check_grid_new(&grid, scenario, err);

    if (!status) status = add_range(graph, grid, err);
    dcnn_check_grid_free(grid);
    return status;
}

static void put(dcnn_proof_graph *graph, int from, int to, int64_t link)
{
    int64_t e = --graph->first[from];

    graph->to[e] = to;
    graph->link[e] = link;
}

/* Counting sort of the link ends by place. */
static dcnn_status init_links(dcnn_proof_graph *graph, const dcnn_scenario *scenario, bool backward, dcnn_error *err)
{
    const dcnn_network_spec *network = &scenario->network;
    dcnn_status status;

    for (int64_t l = 0; l < network->link_count; l++) {
        const dcnn_link *link = &network->links[l];
        if (!link->one_way || !backward) graph->first[link->a]++;
        if (!link->one_way || backward) graph->first[link->b]++;
    }
    for (int i = 1; i <= graph->place_count; i++) graph->first[i] += graph->first[i - 1];
    if ((status = take_edges(graph, graph->first[graph->place_count], false, err))) return status;
    for (int64_t l = network->link_count - 1; l >= 0; l--) {
        const dcnn_link *link = &network->links[l];
        if (!link->one_way || !backward) put(graph, link->a, link->b, l);
        if (!link->one_way || backward) put(graph, link->b, link->a, l);
    }
    return DCNN_OK;
}

dcnn_status dcnn_proof_graph_init(dcnn_proof_graph *graph, const dcnn_scenario *scenario, bool backward,
                                  dcnn_error *err)
{
    dcnn_status status;

    *graph = (dcnn_proof_graph){.place_count = scenario->place_count};
    graph->first = dcnn_take((size_t)scenario->place_count + 1, sizeof *graph->first);
    if (!graph->first) return dcnn_fail_memory(err);
    if (scenario->network.kind == DCNN_NETWORK_RANGE)
        status = init_range(graph, scenario, err);
    else
        status = init_links(graph, scenario, backward, err);
    if (status) dcnn_proof_graph_clear(graph);
    return status;
}

void dcnn_proof_graph_clear(dcnn_proof_graph *graph)
{
    free(graph->first);
    free(graph->to);
    free(graph->link);
    *graph = (dcnn_proof_graph){0};
}
