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

/* The arcs from spot to spot. */
static bool copy_arcs(dcnn_ground *g, const dcnn_arcs *from, dcnn_arcs *to)
{
    size_t arcs = (size_t)g->network->arc_count;
    int64_t *first = dcnn_pool_take(g->pool, (size_t)g->place_count + 1, sizeof *first), at = 0;
    int32_t *other = dcnn_pool_take(g->pool, arcs, sizeof *other), *kind = NULL;

    if (from->kind) kind = dcnn_pool_take(g->pool, arcs, sizeof *kind);
    if (!first || !other || (from->kind && !kind)) return false;
    for (int s = 0; s < g->place_count; s++) {
        first[s] = at;
        for (int64_t a = from->first[g->place[s]]; a < from->first[g->place[s] + 1]; a++, at++) {
            other[at] = g->spot[from->other[a]];
            if (kind) kind[at] = from->kind[a];
        }
    }
    first[g->place_count] = at;
    *to = (dcnn_arcs){first, other, kind};
    return true;
}

bool dcnn_ground_init(dcnn_ground *ground, const dcnn_network *network, bool anew)
{
    dcnn_arcs out = {network->first_out, network->head, network->kind};
    dcnn_arcs in = {network->first_in, network->tail, network->kind_in};

    *ground = (dcnn_ground){.network = network, .place_count = network->place_count, .out = out, .in = in};
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
    if (!copy_arcs(ground, &out, &ground->out)) return false;
    if (in.first != out.first || in.other != out.other) return copy_arcs(ground, &in, &ground->in);
    ground->in = ground->out; /* the graph is its own mirror image */
    return true;
}

void dcnn_ground_clear(dcnn_ground *ground)
{
    dcnn_pool_free(ground->pool);
    *ground = (dcnn_ground){0};
}
