#include "solve/ground.h"

static void keep_order(dcnn_ground *g)
{
    for (int p = 0; p < g->place_count; p++) g->spot[p] = g->place[p] = p;
}

/* place[] is the queue of the search. */
static void number_anew(dcnn_ground *g)
{
    const dcnn_network *network = g->network;
    int head = 0, tail = 0;

    for (int p = 0; p < g->place_count; p++) g->spot[p] = -1;
    for (int root = 0; root < g->place_count; root++) {
        if (g->spot[root] >= 0) continue;
        g->spot[root] = tail;
        g->place[tail++] = root;
        for (; head < tail; head++) {
            int from = g->place[head];
            for (int64_t a = network->first_out[from]; a < network->first_out[from + 1]; a++) {
                int to = network->head[a];
                if (g->spot[to] >= 0) continue;
                g->spot[to] = tail;
                g->place[tail++] = to;
            }
        }
    }
}

/* One direction of the graph, from spot to spot. */
static bool copy_arcs(dcnn_ground *g, const int64_t *first, const int32_t *other, const int32_t *kind,
                      const int64_t **first_copy, const int32_t **other_copy, const int32_t **kind_copy)
{
    size_t arcs = (size_t)g->network->arc_count;
    int64_t *begin = dcnn_pool_take(g->pool, (size_t)g->place_count + 1, sizeof *begin), at = 0;
    int32_t *ends = dcnn_pool_take(g->pool, arcs, sizeof *ends), *kinds = NULL;

    if (kind) kinds = dcnn_pool_take(g->pool, arcs, sizeof *kinds);
    if (!begin || !ends || (kind && !kinds)) return false;
    for (int s = 0; s < g->place_count; s++) {
        begin[s] = at;
        for (int64_t a = first[g->place[s]]; a < first[g->place[s] + 1]; a++, at++) {
            ends[at] = g->spot[other[a]];
            if (kind) kinds[at] = kind[a];
        }
    }
    begin[g->place_count] = at;
    *first_copy = begin;
    *other_copy = ends;
    *kind_copy = kinds;
    return true;
}

static bool copy_graph(dcnn_ground *g)
{
    const dcnn_network *network = g->network;

    if (!copy_arcs(g, network->first_out, network->head, network->kind, &g->first_out, &g->head, &g->kind))
        return false;
    if (network->first_in != network->first_out || network->tail != network->head)
        return copy_arcs(g, network->first_in, network->tail, network->kind_in, &g->first_in, &g->tail, &g->kind_in);
    g->first_in = g->first_out;
    g->tail = g->head;
    g->kind_in = g->kind;
    return true;
}

bool dcnn_ground_init(dcnn_ground *ground, const dcnn_network *network, bool anew)
{
    *ground = (dcnn_ground){.network = network,
                            .place_count = network->place_count,
                            .first_out = network->first_out,
                            .first_in = network->first_in,
                            .head = network->head,
                            .kind = network->kind,
                            .tail = network->tail,
                            .kind_in = network->kind_in};
    ground->pool = dcnn_pool_new();
    if (!ground->pool) return false;
    ground->spot = dcnn_pool_take(ground->pool, (size_t)network->place_count, sizeof *ground->spot);
    ground->place = dcnn_pool_take(ground->pool, (size_t)network->place_count, sizeof *ground->place);
    if (!ground->spot || !ground->place) return false;
    if (!anew || !network->first_out) {
        keep_order(ground);
        return true;
    }
    number_anew(ground);
    return copy_graph(ground);
}

void dcnn_ground_clear(dcnn_ground *ground)
{
    dcnn_pool_free(ground->pool);
    *ground = (dcnn_ground){0};
}
