#include "links.h"
#include <stdlib.h>

static bool add(dcnn_links *links, int from, int to, int kind)
{
    if (!dcnn_reserve((void **)&links->arcs, &links->room, links->arc_count, sizeof *links->arcs)) return false;
    links->arcs[links->arc_count++] = (dcnn_arc){from, to, kind};
    return true;
}

static bool from_graph(dcnn_links *links, const dcnn_network *network)
{
    for (int i = 0; i < network->place_count; i++)
        for (int64_t a = network->first_out[i]; a < network->first_out[i + 1]; a++)
            if (!add(links, i, network->head[a], network->kind ? network->kind[a] : 0)) return false;
    return true;
}

/* Links are the pairs one hop apart. */
static bool from_matrix(dcnn_links *links, const dcnn_network *network)
{
    size_t count = (size_t)network->place_count;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            if (network->hops[i * count + k] == 1 && !add(links, (int)i, (int)k, 0)) return false;
    return true;
}

static bool index_arcs(dcnn_links *links, int place_count)
{
    size_t places = (size_t)place_count;
    size_t *next = dcnn_take(places, sizeof *next);

    links->first_out = dcnn_take(places + 1, sizeof *links->first_out);
    links->first_in = dcnn_take(places + 1, sizeof *links->first_in);
    links->entering = dcnn_take(links->arc_count, sizeof *links->entering);
    if (next && links->first_out && links->first_in && links->entering) {
        for (size_t a = 0; a < links->arc_count; a++) {
            links->first_out[links->arcs[a].from + 1]++;
            links->first_in[links->arcs[a].to + 1]++;
        }
        for (size_t i = 0; i < places; i++) {
            links->first_out[i + 1] += links->first_out[i];
            links->first_in[i + 1] += links->first_in[i];
            next[i] = links->first_in[i];
        }
        for (size_t a = 0; a < links->arc_count; a++) links->entering[next[links->arcs[a].to]++] = (int32_t)a;
    }
    free(next);
    return next && links->first_out && links->first_in && links->entering;
}

/* Breadth-first from a place; true when every distance is the matrix's. */
static bool row_agrees(const dcnn_links *links, const int32_t *hops, int place_count, int place, int32_t *queue,
                       int32_t *distance)
{
    int32_t head = 0, tail = 0;

    for (int i = 0; i < place_count; i++) distance[i] = -1;
    distance[place] = 0;
    queue[tail++] = place;
    while (head < tail) {
        int32_t at = queue[head++];
        for (size_t a = links->first_out[at]; a < links->first_out[at + 1]; a++) {
            int32_t to = links->arcs[a].to;
            if (distance[to] >= 0) continue;
            distance[to] = distance[at] + 1;
            queue[tail++] = to;
        }
    }
    for (int i = 0; i < place_count; i++)
        if (distance[i] != hops[i]) return false;
    return true;
}

static bool compare(dcnn_links *links, const dcnn_network *network)
{
    size_t places = (size_t)network->place_count;
    int32_t *queue = dcnn_take(places, sizeof *queue), *distance = dcnn_take(places, sizeof *distance);

    links->explains = true;
    for (size_t i = 0; queue && distance && i < places && links->explains; i++)
        links->explains = row_agrees(links, network->hops + i * places, network->place_count, (int)i, queue, distance);
    free(queue);
    free(distance);
    return queue && distance;
}

dcnn_status dcnn_links_init(dcnn_links *links, const dcnn_network *network)
{
    bool done;

    *links = (dcnn_links){.explains = true};
    done = network->hops ? from_matrix(links, network) : from_graph(links, network);
    done = done && index_arcs(links, network->place_count);
    if (done && network->hops) done = compare(links, network);
    return done ? DCNN_OK : DCNN_E_MEMORY;
}

void dcnn_links_clear(dcnn_links *links)
{
    free(links->arcs);
    free(links->first_out);
    free(links->first_in);
    free(links->entering);
    *links = (dcnn_links){0};
}
