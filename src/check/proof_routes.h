/* proof_routes.h - what messages cost between many places at a time. Private to this folder. */
#ifndef DCNN_CHECK_PROOF_ROUTES_H
#define DCNN_CHECK_PROOF_ROUTES_H

#include "check_internal.h"

/* --- who hears whom, place by place (proof_graph.c); range networks and networks of links --- */

typedef struct {
    int place_count;
    int64_t *first; /* [place_count + 1] of each place in the lists below */
    int *to;        /* the place at the other end */
    int64_t *link;  /* number of the link; NULL where all are alike */
} dcnn_proof_graph;

/* backward: against the direction of links of one way. DCNN_E_MEMORY. */
dcnn_status dcnn_proof_graph_init(dcnn_proof_graph *graph, const dcnn_scenario *scenario, bool backward,
                                  dcnn_error *err);
void dcnn_proof_graph_clear(dcnn_proof_graph *graph);

/* --- costs (proof_routes.c) --- */

typedef struct dcnn_proof_routes dcnn_proof_routes;

dcnn_status dcnn_proof_routes_new(dcnn_proof_routes **out, const dcnn_scenario *scenario, dcnn_error *err);
void dcnn_proof_routes_free(dcnn_proof_routes *routes);

/* The number of a message, the same for equal ones; scale = weight x probability. -1 when memory is out. */
int dcnn_proof_message(dcnn_proof_routes *routes, double scale, int64_t bytes);

/* What the message costs from one place to each unit of a list, in ns; DCNN_NEVER where there is no route. False when
 * memory is out. What was searched for once is kept. */
bool dcnn_proof_costs_from(dcnn_proof_routes *routes, int message, int from, const int *units, int count, int64_t *ns);

/* The same from each unit to one place. */
bool dcnn_proof_costs_to(dcnn_proof_routes *routes, int message, int to, const int *units, int count, int64_t *ns);

/* The neighbours of every place; not for hop matrices. */
const dcnn_proof_graph *dcnn_proof_routes_graph(const dcnn_proof_routes *routes, bool backward);

/* What a message costs on each link. */
typedef struct {
    bool free;              /* nothing, and it needs no link */
    int64_t hop_ns;         /* where links are alike */
    const int64_t *link_ns; /* otherwise, by number of the link; else NULL */
} dcnn_proof_links;

dcnn_proof_links dcnn_proof_message_links(const dcnn_proof_routes *routes, int message);

/* The dearest cost there can be between any two places, or more. */
int64_t dcnn_proof_dearest(const dcnn_proof_routes *routes, int message);

#endif
