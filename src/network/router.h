/* router.h - the inside of a router, shared by the searches for costs and for routes. */
#ifndef DCNN_NETWORK_ROUTER_H
#define DCNN_NETWORK_ROUTER_H

#include "graph.h"

struct dcnn_router {
    const dcnn_network *network;
    int64_t *kind_ns; /* [kind_count] what the message at hand costs on a link of each kind */
    int32_t *queue;   /* [place_count] queue of the breadth-first search, heap of Dijkstra's */
    int32_t *slot;    /* [place_count] Dijkstra: where a place sits in the heap */
    int32_t *level;   /* [place_count] routes only: links left to the end; taken at the first route */
    int64_t *cost_ns; /* [place_count] costs that the caller has not asked for; taken when first needed */
    uint16_t *hops;   /* [place_count][place_count] one more than the hops from place to place, 0 where there is no way;
                         row k is all 0 until its place was asked for; NULL = not kept */
    uint64_t *near;   /* [place_count + 1][words] bits of the places a link leads to, and a row of scratch; NULL unless
                         hops are kept and to be counted */
    size_t words;
};

/* The arcs of a search: those that leave a place, or those that enter it. */
typedef struct {
    const int64_t *first;
    const int32_t *other, *kind;
} dcnn_arcs;

dcnn_arcs dcnn_router_arcs(const dcnn_router *router, bool towards);
int64_t dcnn_router_arc_ns(const dcnn_router *router, const dcnn_arcs *arcs, int64_t arc);

/* dcnn_router_costs that may end once the cost of place until is known: what costs no less may then be missing. */
dcnn_status dcnn_router_costs_until(dcnn_router *router, const dcnn_message *message, int place, bool towards,
                                    int until, int64_t *cost_ns);

/* Room for cost_ns; false when memory is out. */
bool dcnn_router_take_costs(dcnn_router *router);

/* a + b, or DCNN_NEVER when that is not below DCNN_COUNT_MAX. */
int64_t dcnn_router_sum_ns(int64_t a_ns, int64_t b_ns);

#endif
