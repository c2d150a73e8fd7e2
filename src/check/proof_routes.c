/* proof_routes.c - costs of a message from one place to many: breadth-first search where links are alike, Dijkstra's
 * search (1959) over the rounded time of the message on every link otherwise. Where places are not too many, all of
 * them are searched for and what was found is kept: the CNNs of a scenario often send the same messages. Otherwise a
 * search ends where the last place asked for is met. */
#include "proof_routes.h"
#include <stdlib.h>
#include <string.h>

enum { KEPT_PLACES_MAX = 4096, MESSAGE_HEADS = 1024 };
static const int64_t kept_bytes_max = (int64_t)1 << 30;

typedef struct {
    double scale;
    int64_t bytes;
    int64_t hop_ns;   /* of one hop, where all are alike */
    int64_t *link_ns; /* of every link otherwise */
    int64_t **rows;   /* [place] costs from there to every place; NULL = not kept */
    int chained;      /* the next with the same hash or nearly so; -1 = none */
} message;

typedef struct {
    int64_t ns;
    int place;
} entry;

struct dcnn_proof_routes {
    const dcnn_scenario *scenario;
    dcnn_proof_graph forward, backward; /* backward: networks of links only */
    message *messages;
    size_t message_count, message_room;
    int heads[MESSAGE_HEADS]; /* 1 + number of a message; 0 = none */
    int32_t **hops; /* [place] hops from there to every place, -1 = no route; NULL = not kept. Range networks only */
    int64_t kept_bytes;
    int32_t *hops_row; /* [place_count] of a search that is not kept: -1 between searches */
    int64_t *ns_row;   /* [place_count] DCNN_NEVER between searches */
    int *queue;        /* [place_count] places met */
    bool *wanted;      /* [place_count] false between searches */
    entry *heap;
    int64_t heap_count;
};

static dcnn_status take_rows(dcnn_proof_routes *routes, dcnn_error *err)
{
    const dcnn_scenario *scenario = routes->scenario;
    size_t place_count = (size_t)scenario->place_count;

    routes->queue = dcnn_take(place_count, sizeof *routes->queue);
    routes->wanted = dcnn_take(place_count, sizeof *routes->wanted);
    routes->hops = dcnn_take(place_count, sizeof *routes->hops);
    routes->hops_row = dcnn_take(place_count, sizeof *routes->hops_row);
    routes->ns_row = dcnn_take(place_count, sizeof *routes->ns_row);
    routes->heap = dcnn_take((size_t)scenario->network.link_count * 2 + 1, sizeof *routes->heap);
    if (!routes->queue || !routes->wanted || !routes->hops || !routes->hops_row || !routes->ns_row || !routes->heap)
        return dcnn_fail_memory(err);
    for (size_t i = 0; i < place_count; i++) {
        routes->hops_row[i] = -1;
        routes->ns_row[i] = DCNN_NEVER;
    }
    return DCNN_OK;
}

dcnn_status dcnn_proof_routes_new(dcnn_proof_routes **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_proof_routes *routes = dcnn_take(1, sizeof *routes);
    dcnn_status status = DCNN_OK;

    *out = NULL;
    if (!routes) return dcnn_fail_memory(err);
    routes->scenario = scenario;
    if (scenario->network.kind != DCNN_NETWORK_HOPS) {
        status = dcnn_proof_graph_init(&routes->forward, scenario, false, err);
        if (!status && scenario->network.kind == DCNN_NETWORK_LINKS)
            status = dcnn_proof_graph_init(&routes->backward, scenario, true, err);
        if (!status) status = take_rows(routes, err);
    }
    if (status)
        dcnn_proof_routes_free(routes);
    else
        *out = routes;
    return status;
}

void dcnn_proof_routes_free(dcnn_proof_routes *routes)
{
    int place_count;

    if (!routes) return;
    place_count = routes->scenario->place_count;
    for (size_t m = 0; m < routes->message_count; m++) {
        message *msg = &routes->messages[m];
        for (int i = 0; msg->rows && i < place_count; i++) free(msg->rows[i]);
        free(msg->rows);
        free(msg->link_ns);
    }
    for (int i = 0; routes->hops && i < place_count; i++) free(routes->hops[i]);
    free(routes->messages);
    free(routes->hops);
    free(routes->hops_row);
    free(routes->ns_row);
    free(routes->queue);
    free(routes->wanted);
    free(routes->heap);
    dcnn_proof_graph_clear(&routes->forward);
    dcnn_proof_graph_clear(&routes->backward);
    free(routes);
}

/* --- messages --- */

static bool time_links(const dcnn_scenario *scenario, message *added)
{
    added->rows = dcnn_take((size_t)scenario->place_count, sizeof *added->rows);
    added->link_ns = dcnn_take((size_t)scenario->network.link_count, sizeof *added->link_ns);
    if (!added->rows || !added->link_ns) return false;
    for (int64_t l = 0; l < scenario->network.link_count; l++) {
        const dcnn_link *link = &scenario->network.links[l];
        double seconds = (1 + link->retransmission) * (link->latency_s + (double)added->bytes / link->rate_bytes_per_s);
        added->link_ns[l] = dcnn_check_ns(added->scale, seconds);
    }
    return true;
}

static int *head_of(dcnn_proof_routes *routes, double scale, int64_t bytes)
{
    uint64_t bits;

    memcpy(&bits, &scale, sizeof bits);
    bits = (bits ^ (uint64_t)bytes) * UINT64_C(0x9e3779b97f4a7c15);
    return &routes->heads[bits >> 54];
}

int dcnn_proof_message(dcnn_proof_routes *routes, double scale, int64_t bytes)
{
    const dcnn_network_spec *network = &routes->scenario->network;
    int *head = head_of(routes, scale, bytes), number = (int)routes->message_count;
    message *added;

    for (int m = *head - 1; m >= 0; m = routes->messages[m].chained)
        if (routes->messages[m].scale == scale && routes->messages[m].bytes == bytes) return m;
    if (!dcnn_reserve((void **)&routes->messages, &routes->message_room, routes->message_count,
                      sizeof *routes->messages))
        return -1;
    added = &routes->messages[routes->message_count++];
    *added = (message){.scale = scale, .bytes = bytes, .chained = *head - 1};
    *head = number + 1;
    if (scale == 0) return number;
    if (network->kind == DCNN_NETWORK_LINKS) return time_links(routes->scenario, added) ? number : -1;
    added->hop_ns = dcnn_check_ns(scale, (double)bytes / network->rate_bytes_per_s);
    return number;
}

const dcnn_proof_graph *dcnn_proof_routes_graph(const dcnn_proof_routes *routes, bool backward)
{
    return backward && routes->scenario->network.kind == DCNN_NETWORK_LINKS ? &routes->backward : &routes->forward;
}

dcnn_proof_links dcnn_proof_message_links(const dcnn_proof_routes *routes, int number)
{
    const message *msg = &routes->messages[number];

    return (dcnn_proof_links){msg->scale == 0, msg->hop_ns, msg->link_ns};
}

static int64_t hops_ns(const message *msg, int64_t hops)
{
    if (hops < 0) return DCNN_NEVER;
    return msg->hop_ns > 0 && hops > (DCNN_NEVER - 1) / msg->hop_ns ? DCNN_NEVER : msg->hop_ns * hops;
}

int64_t dcnn_proof_dearest(const dcnn_proof_routes *routes, int number)
{
    const dcnn_scenario *scenario = routes->scenario;
    const message *msg = &routes->messages[number];
    int64_t hops = scenario->place_count - 1, dearest_ns = 0;

    if (msg->scale == 0) return 0;
    if (scenario->network.kind == DCNN_NETWORK_HOPS) {
        hops = 0;
        for (int64_t k = 0; k < (int64_t)scenario->place_count * scenario->place_count; k++)
            if (scenario->network.hops[k] > hops) hops = scenario->network.hops[k];
    }
    if (scenario->network.kind != DCNN_NETWORK_LINKS) return msg->hop_ns == DCNN_NEVER ? 0 : hops_ns(msg, hops);
    for (int64_t l = 0; l < scenario->network.link_count; l++)
        if (msg->link_ns[l] != DCNN_NEVER && msg->link_ns[l] > dearest_ns) dearest_ns = msg->link_ns[l];
    return hops_ns(&(message){.hop_ns = dearest_ns}, hops);
}

/* --- searches: until `wanted` places that are marked have been met, or all there are where it is 0 --- */

/* Returns how many places were met; they are in the queue. */
static int search_hops(dcnn_proof_routes *routes, int from, int wanted, int32_t *hops)
{
    const dcnn_proof_graph *graph = &routes->forward;
    int queued = 1, found = routes->wanted[from];

    routes->queue[0] = from;
    hops[from] = 0;
    for (int taken = 0; taken < queued && (wanted == 0 || found < wanted); taken++) {
        int at = routes->queue[taken];
        for (int64_t e = graph->first[at]; e < graph->first[at + 1]; e++) {
            if (hops[graph->to[e]] >= 0) continue;
            hops[graph->to[e]] = hops[at] + 1;
            routes->queue[queued++] = graph->to[e];
            found += routes->wanted[graph->to[e]];
        }
    }
    return queued;
}

static void push(dcnn_proof_routes *routes, int64_t ns, int place)
{
    int64_t hole = routes->heap_count++;

    while (hole > 0 && routes->heap[(hole - 1) / 2].ns > ns) {
        routes->heap[hole] = routes->heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    routes->heap[hole] = (entry){ns, place};
}

static entry pop(dcnn_proof_routes *routes)
{
    entry top = routes->heap[0], last = routes->heap[--routes->heap_count];
    int64_t hole = 0;

    for (int64_t child = 1; child < routes->heap_count; child = 2 * hole + 1) {
        if (child + 1 < routes->heap_count && routes->heap[child + 1].ns < routes->heap[child].ns) child++;
        if (routes->heap[child].ns >= last.ns) break;
        routes->heap[hole] = routes->heap[child];
        hole = child;
    }
    routes->heap[hole] = last;
    return top;
}

/* Every link end is relaxed once, so the heap has room for all that is pushed. */
static int search_links(dcnn_proof_routes *routes, const dcnn_proof_graph *graph, const message *msg, int from,
                        int wanted, int64_t *ns)
{
    int queued = 1, found = 0;

    routes->queue[0] = from;
    ns[from] = 0;
    routes->heap_count = 0;
    push(routes, 0, from);
    while (routes->heap_count > 0 && (wanted == 0 || found < wanted)) {
        entry nearest = pop(routes);
        if (nearest.ns > ns[nearest.place]) continue;
        found += routes->wanted[nearest.place];
        for (int64_t e = graph->first[nearest.place]; e < graph->first[nearest.place + 1]; e++) {
            int64_t there = dcnn_check_add(nearest.ns, msg->link_ns[graph->link[e]]);
            int to = graph->to[e];
            if (there >= ns[to]) continue;
            if (ns[to] == DCNN_NEVER) routes->queue[queued++] = to;
            ns[to] = there;
            push(routes, there, to);
        }
    }
    return queued;
}

/* Marks the units, or takes the marks off; returns how many there are. */
static int mark(dcnn_proof_routes *routes, const int *units, int count, bool wanted)
{
    int marked = 0;

    for (int k = 0; k < count; k++) {
        marked += routes->wanted[units[k]] != wanted;
        routes->wanted[units[k]] = wanted;
    }
    return marked;
}

/* --- rows that are kept --- */

static bool keeps_rows(const dcnn_proof_routes *routes)
{
    return routes->scenario->place_count <= KEPT_PLACES_MAX && routes->kept_bytes < kept_bytes_max;
}

static bool keep_hops(dcnn_proof_routes *routes, int from)
{
    size_t count = (size_t)routes->scenario->place_count;
    int32_t *row = dcnn_take(count, sizeof *row);

    if (!row) return false;
    memset(row, -1, count * sizeof *row);
    routes->hops[from] = row;
    routes->kept_bytes += (int64_t)(count * sizeof *row);
    (void)search_hops(routes, from, 0, row);
    return true;
}

static bool keep_ns(dcnn_proof_routes *routes, const message *msg, int from)
{
    size_t count = (size_t)routes->scenario->place_count;
    int64_t *row = dcnn_take(count, sizeof *row);

    if (!row) return false;
    for (size_t i = 0; i < count; i++) row[i] = DCNN_NEVER;
    msg->rows[from] = row;
    routes->kept_bytes += (int64_t)(count * sizeof *row);
    (void)search_links(routes, &routes->forward, msg, from, 0, row);
    return true;
}

/* --- what is asked for --- */

static void costs_in_matrix(const dcnn_proof_routes *routes, const message *msg, int at, bool to, const int *units,
                            int count, int64_t *ns)
{
    const dcnn_scenario *scenario = routes->scenario;
    size_t place_count = (size_t)scenario->place_count;

    for (int k = 0; k < count; k++) {
        size_t row = (size_t)(to ? units[k] : at), column = (size_t)(to ? at : units[k]);
        ns[k] = hops_ns(msg, row == column ? 0 : scenario->network.hops[row * place_count + column]);
    }
}

static bool costs_in_range(dcnn_proof_routes *routes, const message *msg, int at, const int *units, int count,
                           int64_t *ns)
{
    const int32_t *hops = routes->hops[at] ? routes->hops[at] : routes->hops_row;
    int met = 0;

    if (!routes->hops[at] && keeps_rows(routes)) {
        if (!keep_hops(routes, at)) return false;
        hops = routes->hops[at];
    }
    if (hops == routes->hops_row) met = search_hops(routes, at, mark(routes, units, count, true), routes->hops_row);
    for (int k = 0; k < count; k++) ns[k] = hops_ns(msg, hops[units[k]]);
    if (met > 0) (void)mark(routes, units, count, false);
    for (int k = 0; k < met; k++) routes->hops_row[routes->queue[k]] = -1;
    return true;
}

static bool costs_of_links(dcnn_proof_routes *routes, const message *msg, int at, bool to, const int *units, int count,
                           int64_t *ns)
{
    const dcnn_proof_graph *graph = to ? &routes->backward : &routes->forward;
    const int64_t *row = !to && msg->rows[at] ? msg->rows[at] : routes->ns_row;
    int met = 0;

    if (!to && !msg->rows[at] && keeps_rows(routes)) {
        if (!keep_ns(routes, msg, at)) return false;
        row = msg->rows[at];
    }
    if (row == routes->ns_row)
        met = search_links(routes, graph, msg, at, mark(routes, units, count, true), routes->ns_row);
    for (int k = 0; k < count; k++) ns[k] = row[units[k]];
    if (met > 0) (void)mark(routes, units, count, false);
    for (int k = 0; k < met; k++) routes->ns_row[routes->queue[k]] = DCNN_NEVER;
    return true;
}

static bool costs(dcnn_proof_routes *routes, int number, int at, bool to, const int *units, int count, int64_t *ns)
{
    const message *msg = &routes->messages[number];

    if (msg->scale == 0) {
        memset(ns, 0, (size_t)count * sizeof *ns);
        return true;
    }
    switch (routes->scenario->network.kind) {
    case DCNN_NETWORK_HOPS:
        costs_in_matrix(routes, msg, at, to, units, count, ns);
        return true;
    case DCNN_NETWORK_RANGE:
        return costs_in_range(routes, msg, at, units, count, ns); /* both ways alike */
    case DCNN_NETWORK_LINKS:
        break;
    }
    return costs_of_links(routes, msg, at, to, units, count, ns);
}

bool dcnn_proof_costs_from(dcnn_proof_routes *routes, int number, int from, const int *units, int count, int64_t *ns)
{
    return costs(routes, number, from, false, units, count, ns);
}

bool dcnn_proof_costs_to(dcnn_proof_routes *routes, int number, int to, const int *units, int count, int64_t *ns)
{
    return costs(routes, number, to, true, units, count, ns);
}
