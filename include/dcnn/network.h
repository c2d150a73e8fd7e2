/* network.h - who reaches whom, and the soonest routes. */
#ifndef DCNN_NETWORK_H
#define DCNN_NETWORK_H

#include <dcnn/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What crossing one link costs a message; links with equal figures share a kind. */
typedef struct {
    double rate_bytes_per_s, latency_s, retransmission;
} dcnn_link_kind;

/* The directed graph of a scenario in compressed rows, with its mirror image for searches towards a place. With a hop
 * matrix there is no graph: hops[from * place_count + to] says all, and first_out is NULL. Where all
 * links are alike and two-way the mirror image may be the graph itself. */
typedef struct {
    int place_count;
    int64_t arc_count;
    int64_t *first_out; /* [place_count + 1] arcs leaving place i: first_out[i] .. first_out[i + 1] - 1 */
    int32_t *head;      /* [arc_count] where the arc leads; ascending per place */
    int32_t *kind;      /* [arc_count] index into kinds; NULL when kind_count <= 1 */
    int64_t *first_in;  /* the mirror image: arcs entering place i */
    int32_t *tail;
    int32_t *kind_in;
    int kind_count;
    dcnn_link_kind *kinds;
    const int32_t *hops; /* borrowed from the scenario; NULL unless it gives a matrix */
} dcnn_network;

/* A message: a link or hop costs round(scale * seconds * 1e9) ns, half away from zero, where
 * seconds = (1 + retransmission) * (latency_s + bytes / rate). */
typedef struct {
    double scale; /* weight times probability; 0 = the message costs nothing and needs no route */
    int64_t bytes;
} dcnn_message;

/* Builds the graph: range networks by a grid of cells, O(places log places + links). The scenario must outlive the
 * network (hop matrices are borrowed).
 * DCNN_E_MEMORY. */
dcnn_status dcnn_network_new(dcnn_network **out, const dcnn_scenario *scenario, dcnn_error *err);

/* Accepts NULL. */
void dcnn_network_free(dcnn_network *network);

/* Nanoseconds the message costs on one link of that kind: the only rounding of transfer times.
 * DCNN_NEVER when the cost is not below DCNN_COUNT_MAX. */
int64_t dcnn_message_link_ns(const dcnn_message *message, const dcnn_link_kind *kind);

typedef struct dcnn_router dcnn_router; /* scratch memory for route searches; one per thread */

dcnn_status dcnn_router_new(dcnn_router **out, const dcnn_network *network, dcnn_error *err);
void dcnn_router_free(dcnn_router *router);

/* Least cost of the message from one place to every place (towards = false), or from every place to it (true).
 *
 * cost_ns  [place_count] out: 0 at the place itself; DCNN_NEVER where there is no route, or none that costs less than
 *          DCNN_COUNT_MAX; all 0 when scale is 0
 *
 * Breadth-first where all links are alike, Dijkstra (1959) where not. O(places + arcs log places). DCNN_E_ARGUMENT when
 * there is no such place. */
dcnn_status dcnn_router_costs(dcnn_router *router, const dcnn_message *message, int place, bool towards,
                              int64_t *cost_ns);

/* Links from a place to every place, where these are all alike and the places at most 1024; NULL otherwise, and where a
 * hop matrix says more than there are places.
 *
 * Returns [place_count], the router's: one more than the fewest links, 0 where there is no route. O(places^2 / 64) the
 * first time, O(1) afterwards. */
const uint16_t *dcnn_router_hops(dcnn_router *router, int place);

/* Least cost of the message from one place to another, by a search that ends when it is known.
 *
 * cost_ns  out: as above
 *
 * DCNN_E_ARGUMENT when there is no such place, DCNN_E_MEMORY. */
dcnn_status dcnn_router_cost(dcnn_router *router, const dcnn_message *message, int from, int to, int64_t *cost_ns);

/* The places of a soonest route, ends included: of the soonest the one of fewest links, of these the one that takes the
 * lower place index at each step from the start. A message of scale 0 goes as one of scale 1 would.
 *
 * places  [place_count] out
 * count   out: how many; 0 = no route. With a hop matrix the route is not known: the two ends only (one if equal).
 *
 * DCNN_E_ARGUMENT when there is no such place, DCNN_E_MEMORY. */
dcnn_status dcnn_router_route(dcnn_router *router, const dcnn_message *message, int from, int to, int *places,
                              int *count);

/* Number of connected components over all places, links taken both ways; with a hop matrix, reachability both ways. */
dcnn_status dcnn_network_islands(const dcnn_network *network, int *count, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
