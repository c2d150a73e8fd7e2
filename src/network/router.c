/* Costs of a message from or to one place: breadth-first search where all links are alike, else the algorithm of
 * Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959, with a binary heap. */
#include "router.h"
#include <stdlib.h>
#include <string.h>

/* Up to so many places, hops that were counted once are kept. */
enum { PLACES_KEPT = 1024 };

/* Whether the hops of the network, where it gives them, can be kept. */
static bool may_keep_hops(const dcnn_network *network)
{
    size_t count = (size_t)network->place_count;

    if (network->kind_count != 1 || count > PLACES_KEPT) return false;
    for (size_t k = 0; network->hops && k < count * count; k++)
        if (network->hops[k] >= network->place_count) return false;
    return true;
}

static void note_neighbours(dcnn_router *router)
{
    const dcnn_network *network = router->network;

    for (int i = 0; i < network->place_count; i++) {
        uint64_t *near = router->near + (size_t)i * router->words;
        for (int64_t a = network->first_out[i]; a < network->first_out[i + 1]; a++)
            near[network->head[a] / 64] |= (uint64_t)1 << (network->head[a] % 64);
    }
}

dcnn_status dcnn_router_new(dcnn_router **out, const dcnn_network *network, dcnn_error *err)
{
    size_t places = (size_t)network->place_count;
    bool by_heap = network->kind_count > 1;
    bool kept = may_keep_hops(network), searched = kept && !network->hops;
    dcnn_router *router = dcnn_take(1, sizeof *router);

    *out = NULL;
    if (!router) return dcnn_fail_memory(err);
    router->network = network;
    router->kind_ns = dcnn_take((size_t)network->kind_count, sizeof *router->kind_ns);
    router->queue = dcnn_take(places, sizeof *router->queue);
    router->slot = by_heap ? dcnn_take(places, sizeof *router->slot) : NULL;
    router->hops = kept ? dcnn_take(places, places * sizeof *router->hops) : NULL;
    router->words = places / 64 + 1;
    router->near = searched ? dcnn_take(places + 1, router->words * sizeof *router->near) : NULL;
    if (!router->kind_ns || !router->queue || (by_heap && !router->slot) || (kept && !router->hops) ||
        (searched && !router->near)) {
        dcnn_router_free(router);
        return dcnn_fail_memory(err);
    }
    if (searched) note_neighbours(router);
    *out = router;
    return DCNN_OK;
}

void dcnn_router_free(dcnn_router *router)
{
    if (!router) return;
    free(router->kind_ns);
    free(router->queue);
    free(router->slot);
    free(router->level);
    free(router->cost_ns);
    free(router->near);
    free(router->hops);
    free(router);
}

dcnn_arcs dcnn_router_arcs(const dcnn_router *router, bool towards)
{
    const dcnn_network *network = router->network;

    if (towards) return (dcnn_arcs){network->first_in, network->tail, network->kind_in};
    return (dcnn_arcs){network->first_out, network->head, network->kind};
}

int64_t dcnn_router_arc_ns(const dcnn_router *router, const dcnn_arcs *arcs, int64_t arc)
{
    return router->kind_ns[arcs->kind ? arcs->kind[arc] : 0];
}

int64_t dcnn_router_sum_ns(int64_t a_ns, int64_t b_ns)
{
    if (a_ns >= DCNN_COUNT_MAX || b_ns >= DCNN_COUNT_MAX || a_ns + b_ns >= DCNN_COUNT_MAX) return DCNN_NEVER;
    return a_ns + b_ns;
}

bool dcnn_router_take_costs(dcnn_router *router)
{
    size_t places = (size_t)router->network->place_count;

    if (!router->cost_ns) router->cost_ns = dcnn_take(places, sizeof *router->cost_ns);
    return router->cost_ns != NULL;
}

/* Searches end when the cost of place `until` is known; -1 = when all are. */
static void search_breadth_first(dcnn_router *router, int place, bool towards, int until, int64_t *cost_ns)
{
    dcnn_arcs arcs = dcnn_router_arcs(router, towards);
    int32_t *queue = router->queue;
    int64_t link_ns = router->kind_ns[0];
    int taken = 0, used = 0;

    queue[used++] = place;
    while (taken < used) {
        int i = queue[taken++];
        int64_t next_ns = dcnn_router_sum_ns(cost_ns[i], link_ns);
        if (next_ns == DCNN_NEVER) return; /* so it is for all that follow */
        for (int64_t a = arcs.first[i]; a < arcs.first[i + 1]; a++) {
            if (cost_ns[arcs.other[a]] != DCNN_NEVER) continue;
            cost_ns[arcs.other[a]] = next_ns;
            if (arcs.other[a] == until) return;
            queue[used++] = arcs.other[a];
        }
    }
}

/* --- binary heap of places by cost, in queue; slot[i] = where place i sits --- */

static void put(dcnn_router *router, int at, int32_t place)
{
    router->queue[at] = place;
    router->slot[place] = at;
}

static void rise(dcnn_router *router, int at, const int64_t *cost_ns)
{
    int32_t place = router->queue[at];

    while (at > 0 && cost_ns[router->queue[(at - 1) / 2]] > cost_ns[place]) {
        put(router, at, router->queue[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(router, at, place);
}

static void sink(dcnn_router *router, int at, int count, const int64_t *cost_ns)
{
    int32_t place = router->queue[at];

    while (2 * (int64_t)at + 1 < count) {
        int child = 2 * at + 1;
        if (child + 1 < count && cost_ns[router->queue[child + 1]] < cost_ns[router->queue[child]]) child++;
        if (cost_ns[router->queue[child]] >= cost_ns[place]) break;
        put(router, at, router->queue[child]);
        at = child;
    }
    put(router, at, place);
}

static void search_dijkstra(dcnn_router *router, int place, bool towards, int until, int64_t *cost_ns)
{
    dcnn_arcs arcs = dcnn_router_arcs(router, towards);
    int count = 1;

    put(router, 0, place);
    while (count > 0) {
        int i = router->queue[0];
        if (i == until) return;
        if (--count > 0) {
            put(router, 0, router->queue[count]);
            sink(router, 0, count, cost_ns);
        }
        for (int64_t a = arcs.first[i]; a < arcs.first[i + 1]; a++) {
            int32_t k = arcs.other[a];
            int64_t ns = dcnn_router_sum_ns(cost_ns[i], dcnn_router_arc_ns(router, &arcs, a));
            if (ns >= cost_ns[k]) continue; /* settled places are never dearer */
            if (cost_ns[k] == DCNN_NEVER) put(router, count++, k);
            cost_ns[k] = ns;
            rise(router, router->slot[k], cost_ns);
        }
    }
}

static void multiply_hops(const dcnn_router *router, int place, bool towards, int64_t *cost_ns)
{
    const dcnn_network *network = router->network;
    size_t count = (size_t)network->place_count, at = (size_t)place;
    int64_t hop_ns = router->kind_ns[0];

    for (size_t i = 0; i < count; i++) {
        int64_t hops = towards ? network->hops[i * count + at] : network->hops[at * count + i];
        bool reached = hops == 0 || (hops > 0 && hop_ns <= (DCNN_COUNT_MAX - 1) / hops);
        cost_ns[i] = reached ? hops * (hops == 0 ? 0 : hop_ns) : DCNN_NEVER;
    }
}

/* Level by level, 64 places at a time; the places of a level are the tail of the queue. */
static void count_hops(dcnn_router *router, int place, uint16_t *hops)
{
    const size_t words = router->words;
    uint64_t *level = router->near + (size_t)router->network->place_count * words;
    int32_t *queue = router->queue;
    int taken = 0, used = 0;

    hops[place] = 1;
    queue[used++] = place;
    while (taken < used) {
        uint16_t next = (uint16_t)(hops[queue[taken]] + 1);
        memset(level, 0, words * sizeof *level);
        for (; taken < used; taken++)
            for (size_t w = 0; w < words; w++) level[w] |= router->near[(size_t)queue[taken] * words + w];
        for (size_t w = 0; w < words; w++)
            for (uint64_t rest = level[w]; rest; rest &= rest - 1) {
                int i = (int)(64 * w) + __builtin_ctzll(rest);
                if (hops[i] > 0) continue;
                hops[i] = next;
                queue[used++] = i;
            }
    }
}

static void copy_hops(const dcnn_network *network, int place, uint16_t *hops)
{
    const int32_t *given = network->hops + (size_t)place * (size_t)network->place_count;

    for (int i = 0; i < network->place_count; i++) hops[i] = (uint16_t)(given[i] < 0 ? 0 : given[i] + 1);
}

const uint16_t *dcnn_router_hops(dcnn_router *router, int place)
{
    uint16_t *hops = router->hops ? router->hops + (size_t)place * (size_t)router->network->place_count : NULL;

    if (hops && hops[place] == 0) {
        if (router->near)
            count_hops(router, place, hops);
        else
            copy_hops(router->network, place, hops);
    }
    return hops;
}

static dcnn_status search(dcnn_router *router, const dcnn_message *message, int place, bool towards, int until,
                          int64_t *cost_ns)
{
    const dcnn_network *network = router->network;

    if (place < 0 || place >= network->place_count) return DCNN_E_ARGUMENT;
    if (message->scale == 0) {
        memset(cost_ns, 0, (size_t)network->place_count * sizeof *cost_ns);
        return DCNN_OK;
    }
    for (int k = 0; k < network->kind_count; k++)
        router->kind_ns[k] = dcnn_message_link_ns(message, &network->kinds[k]);
    for (int i = 0; i < network->place_count; i++) cost_ns[i] = DCNN_NEVER;
    cost_ns[place] = 0;
    if (network->hops)
        multiply_hops(router, place, towards, cost_ns);
    else if (network->kind_count > 1)
        search_dijkstra(router, place, towards, until, cost_ns);
    else if (network->kind_count == 1)
        search_breadth_first(router, place, towards, until, cost_ns);
    return DCNN_OK;
}

dcnn_status dcnn_router_costs_until(dcnn_router *router, const dcnn_message *message, int place, bool towards,
                                    int until, int64_t *cost_ns)
{
    return search(router, message, place, towards, until, cost_ns);
}

dcnn_status dcnn_router_costs(dcnn_router *router, const dcnn_message *message, int place, bool towards,
                              int64_t *cost_ns)
{
    return search(router, message, place, towards, -1, cost_ns);
}

dcnn_status dcnn_router_cost(dcnn_router *router, const dcnn_message *message, int from, int to, int64_t *cost_ns)
{
    dcnn_status status = DCNN_OK;

    if (to < 0 || to >= router->network->place_count) return DCNN_E_ARGUMENT;
    if (from == to) {
        *cost_ns = 0;
        return DCNN_OK;
    }
    if (!dcnn_router_take_costs(router)) return DCNN_E_MEMORY;
    status = search(router, message, from, false, to, router->cost_ns);
    if (!status) *cost_ns = router->cost_ns[to];
    return status;
}
