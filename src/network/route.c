/* The places of one route. Costs alone do not lead to the end where links cost nothing (they allow circles), so the
 * walk follows, among the soonest routes, those of fewest links. */
#include "router.h"

static dcnn_status take_scratch(dcnn_router *router)
{
    size_t places = (size_t)router->network->place_count;

    if (!router->level) router->level = dcnn_take(places, sizeof *router->level);
    return router->level && dcnn_router_take_costs(router) ? DCNN_OK : DCNN_E_MEMORY;
}

/* level[i] = least number of links on a soonest route from i to the end; -1 = no route. */
static void count_links(dcnn_router *router, int to)
{
    dcnn_arcs arcs = dcnn_router_arcs(router, true);
    const int64_t *cost_ns = router->cost_ns;
    int taken = 0, used = 0;

    for (int i = 0; i < router->network->place_count; i++) router->level[i] = -1;
    router->level[to] = 0;
    router->queue[used++] = to;
    while (taken < used) {
        int k = router->queue[taken++];
        for (int64_t a = arcs.first[k]; a < arcs.first[k + 1]; a++) {
            int i = arcs.other[a];
            if (router->level[i] >= 0 || cost_ns[i] == DCNN_NEVER) continue;
            if (dcnn_router_sum_ns(cost_ns[k], dcnn_router_arc_ns(router, &arcs, a)) != cost_ns[i]) continue;
            router->level[i] = router->level[k] + 1;
            router->queue[used++] = i;
        }
    }
}

/* Heads ascend, so the first arc that fits leads to the lowest place. */
static int next_place(const dcnn_router *router, int i)
{
    dcnn_arcs arcs = dcnn_router_arcs(router, false);
    const int64_t *cost_ns = router->cost_ns;
    int64_t a = arcs.first[i];

    for (; a < arcs.first[i + 1]; a++) {
        int k = arcs.other[a];
        if (router->level[k] == router->level[i] - 1 &&
            dcnn_router_sum_ns(cost_ns[k], dcnn_router_arc_ns(router, &arcs, a)) == cost_ns[i])
            break;
    }
    return arcs.other[a];
}

/* A route leads over places that cost less than its start, or as much where a link costs nothing: then all are needed.
 */
static int needed_place(const dcnn_router *router, const dcnn_message *message, int from)
{
    for (int k = 0; k < router->network->kind_count; k++)
        if (dcnn_message_link_ns(message, &router->network->kinds[k]) == 0) return -1;
    return from;
}

dcnn_status dcnn_router_route(dcnn_router *router, const dcnn_message *message, int from, int to, int *places,
                              int *count)
{
    const dcnn_message *needed = message->scale == 0 ? &(dcnn_message){1, message->bytes} : message;
    dcnn_status status;

    *count = 0;
    if (from < 0 || from >= router->network->place_count) return DCNN_E_ARGUMENT;
    if ((status = take_scratch(router))) return status;
    if ((status =
             dcnn_router_costs_until(router, needed, to, true, needed_place(router, needed, from), router->cost_ns)))
        return status;
    if (router->cost_ns[from] == DCNN_NEVER) return DCNN_OK;
    if (router->network->hops) {
        places[(*count)++] = from;
        if (from != to) places[(*count)++] = to;
        return DCNN_OK;
    }
    count_links(router, to);
    for (int i = from; i != to; i = next_place(router, i)) places[(*count)++] = i;
    places[(*count)++] = to;
    return DCNN_OK;
}
