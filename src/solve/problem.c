#include "solve/problem.h"
#include "network/router.h"
#include <stdlib.h>
#include <string.h>

/* Place-to-place costs of messages. */
typedef struct {
    dcnn_router *router;
    const dcnn_network *network;
    int place_count;
    int64_t *row;     /* [place_count] scratch */
    dcnn_tick *ticks; /* [place_count + 1] of a message by links it passes and one; never where there is no route */
} route_source;

static bool one_layer_a_unit(const dcnn_instance *in, const dcnn_chain_data *data)
{
    for (int j = 0; j < data->layer_count; j++)
        if (!data->counts_alone[j]) return false;
    return in->layers_per_unit == 1;
}

bool dcnn_problem_is_exclusive(const dcnn_problem *problem)
{
    for (int u = 0; u < problem->chain_count; u++)
        if (!problem->chains[u]->single) return false;
    return problem->instance->scenario->shared_group_count == 0;
}

/* Where all links are alike. */
static void tabulate(route_source *routes, const dcnn_message *message, int bits)
{
    int64_t link_ns = message->scale == 0 ? 0 : dcnn_message_link_ns(message, &routes->network->kinds[0]);
    int64_t sum_ns = 0;

    routes->ticks[0] = message->scale == 0 ? 0 : dcnn_tick_never;
    for (int links = 0; links < routes->place_count; links++) {
        routes->ticks[links + 1] = dcnn_to_ticks(sum_ns, bits);
        sum_ns = dcnn_router_sum_ns(sum_ns, link_ns);
    }
}

/* Returns the largest of the hops. */
static int fill_hops(const dcnn_chain *chain, int j, const uint16_t *hops, const dcnn_tick *ticks, dcnn_tick *cells)
{
    int most = 0;

    for (int y = chain->first[j]; y < chain->first[j + 1]; y++) {
        int here = hops[chain->unit[y]];
        if (here > most) most = here;
        *cells++ = ticks[here];
    }
    return most;
}

static dcnn_status fill_routes(const dcnn_chain *chain, int j, const dcnn_message *message, int from,
                               route_source *routes, int bits, dcnn_tick *cells, dcnn_tick *dearest)
{
    dcnn_status status = dcnn_router_costs(routes->router, message, from, false, routes->row);

    for (int y = chain->first[j]; y < chain->first[j + 1] && !status; y++) {
        dcnn_tick cost = dcnn_to_ticks(routes->row[chain->unit[y]], bits);
        if (cost < dcnn_tick_never && cost > *dearest) *dearest = cost;
        *cells++ = cost;
    }
    return status;
}

/* The moves after layer j, and the dearest that has a route. */
static dcnn_status fill_layer(dcnn_chain *chain, int j, dcnn_tick *cells, const dcnn_message *message,
                              route_source *routes, int bits, dcnn_tick *dearest)
{
    bool alike = chain->size > 0 && dcnn_router_hops(routes->router, chain->unit[0]) != NULL;
    int most = 0;
    dcnn_status status = DCNN_OK;

    *dearest = 0;
    if (alike) tabulate(routes, message, bits);
    for (int x = chain->first[j]; x < chain->first[j + 1] && !status; x++, cells += dcnn_slots(chain, j + 1)) {
        int unit = chain->unit[x], here = 0;
        if (alike)
            here = fill_hops(chain, j + 1, dcnn_router_hops(routes->router, unit), routes->ticks, cells);
        else
            status = fill_routes(chain, j + 1, message, unit, routes, bits, cells, dearest);
        if (here > most) most = here;
        if (chain->stay[x] >= 0) cells[chain->stay[x] - chain->first[j + 1]] = dcnn_tick_never;
    }
    while (most > 0 && routes->ticks[most] >= dcnn_tick_never) most--;
    if (most > 0) *dearest = routes->ticks[most];
    return status;
}

/* All moves; adds the dearest of each layer to worst. */
static dcnn_status fill_moves(dcnn_chain *chain, const dcnn_costs *costs, const dcnn_message *messages,
                              route_source *routes, int bits, dcnn_tick *worst)
{
    dcnn_status status = DCNN_OK;

    for (int j = 0; j + 1 < chain->layer_count && !status; j++) {
        dcnn_tick dearest;
        status = fill_layer(chain, j, costs->move[j], &messages[j], routes, bits, &dearest);
        *worst += dearest;
    }
    return status;
}

/* Adds, for layer j, the cost between every unit and a fixed place to dense[j * unit_count + i]. */
static dcnn_status add_route_costs(dcnn_tick *dense, int unit_count, const dcnn_message *message, int place,
                                   bool towards, route_source *routes, int bits)
{
    dcnn_status status = dcnn_router_costs(routes->router, message, place, towards, routes->row);

    for (int i = 0; !status && i < unit_count; i++) {
        dcnn_tick sum = dense[i] + dcnn_to_ticks(routes->row[i], bits);
        dense[i] = sum < dcnn_tick_never ? sum : dcnn_tick_never;
    }
    return status;
}

/* Own costs of every layer on every unit: dense[j * unit_count + i]. */
static dcnn_status dense_own(dcnn_tick *dense, const dcnn_instance *in, const dcnn_chain_data *data, bool weighted,
                             route_source *routes)
{
    const dcnn_message *exits = weighted ? data->exit : data->latency_exit;
    int n = in->unit_count, bits = in->tick_bits;
    dcnn_status status = DCNN_OK;

    for (int j = 0; !status && j < data->layer_count; j++) {
        dcnn_tick *row = dense + (size_t)j * (size_t)n;
        for (int i = 0; i < n; i++) row[i] = dcnn_compute_ticks(in, data, j, i, weighted);
        if (exits[j].scale > 0) status = add_route_costs(row, n, &exits[j], data->sink, true, routes, bits);
    }
    if (status) return status;
    return add_route_costs(dense, n, weighted ? &data->input : &data->latency_input, data->source, false, routes, bits);
}

static dcnn_status build_chain(dcnn_chain **out, const dcnn_instance *in, const dcnn_chain_data *data,
                               const dcnn_room *room, route_source *routes, dcnn_error *err)
{
    bool timed = data->deadline_ns != DCNN_NEVER;
    size_t cells = (size_t)data->layer_count * (size_t)in->unit_count;
    dcnn_tick *own = dcnn_take(cells, sizeof *own), *latency = timed ? dcnn_take(cells, sizeof *latency) : NULL;
    dcnn_tick worst_latency = 0;
    dcnn_chain *chain = NULL;
    dcnn_status status = DCNN_OK;
    int size = 0;

    if (!own || (timed && !latency)) status = dcnn_fail_memory(err);
    if (!status) status = dense_own(own, in, data, true, routes);
    if (!status && timed) status = dense_own(latency, in, data, false, routes);
    for (int j = 0; !status && j < data->layer_count; j++)
        for (int i = 0; i < in->unit_count; i++) {
            size_t cell = (size_t)j * (size_t)in->unit_count + (size_t)i;
            if (!dcnn_room_takes(&room[i], &data->cnn->layers[j])) own[cell] = dcnn_tick_never;
            if (timed && latency[cell] >= dcnn_tick_never) own[cell] = dcnn_tick_never;
            size += own[cell] < dcnn_tick_never;
        }
    if (!status && !(chain = dcnn_chain_new(data, size, timed))) status = dcnn_fail_memory(err);
    if (status) goto done;
    chain->single = one_layer_a_unit(in, data);
    chain->deadline = dcnn_to_ticks(data->deadline_ns, in->tick_bits);
    chain->cap = dcnn_tick_never;
    size = 0;
    for (int j = 0; j < data->layer_count; j++) {
        chain->first[j] = size;
        for (int i = 0; i < in->unit_count; i++) {
            size_t cell = (size_t)j * (size_t)in->unit_count + (size_t)i;
            if (own[cell] >= dcnn_tick_never) continue;
            chain->layer[size] = j;
            chain->unit[size] = i;
            chain->origin[size] = size;
            chain->cost.own[size] = own[cell];
            if (timed) chain->latency.own[size] = latency[cell];
            size++;
        }
    }
    chain->first[data->layer_count] = size;
    if (!dcnn_chain_link(chain, room)) status = dcnn_fail_memory(err);
    if (!status) status = fill_moves(chain, &chain->cost, data->move, routes, in->tick_bits, &chain->worst);
    if (!status && timed)
        status = fill_moves(chain, &chain->latency, data->latency_move, routes, in->tick_bits, &worst_latency);
    if (status) goto done;
    *out = chain;
    chain = NULL;
done:
    dcnn_chain_free(chain);
    free(latency);
    free(own);
    return status;
}

static bool take_problem(dcnn_problem *problem, const dcnn_instance *instance, int chain_count)
{
    problem->instance = instance;
    problem->chain_count = chain_count;
    problem->unit_count = instance->unit_count;
    problem->chains = dcnn_take((size_t)chain_count, sizeof(dcnn_chain *));
    problem->data = dcnn_take((size_t)chain_count, sizeof(dcnn_chain_data *));
    problem->room = dcnn_take((size_t)instance->unit_count, sizeof *problem->room);
    return problem->chains && problem->data && problem->room;
}

dcnn_status dcnn_problem_new(dcnn_problem **out, const dcnn_instance *instance, dcnn_error *err)
{
    dcnn_problem *problem = dcnn_take(1, sizeof *problem);
    route_source routes = {.network = instance->network, .place_count = instance->scenario->place_count};
    dcnn_status status = problem ? DCNN_OK : dcnn_fail_memory(err);

    *out = NULL;
    if (status) return status;
    routes.row = dcnn_take((size_t)routes.place_count, sizeof *routes.row);
    routes.ticks = dcnn_take((size_t)routes.place_count + 1, sizeof *routes.ticks);
    if (!take_problem(problem, instance, instance->cnn_count) || !routes.row || !routes.ticks)
        status = dcnn_fail_memory(err);
    for (int i = 0; !status && i < problem->unit_count; i++) {
        const dcnn_unit *unit = &instance->scenario->units[i];
        problem->room[i] = (dcnn_room){unit->memory_bytes, unit->ops_budget, instance->layers_per_unit};
    }
    if (!status) status = dcnn_router_new(&routes.router, instance->network, err);
    for (int u = 0; !status && u < problem->chain_count; u++) {
        problem->data[u] = &instance->chains[u];
        status = build_chain(&problem->chains[u], instance, &instance->chains[u], problem->room, &routes, err);
        if (!status && !dcnn_chain_trim(&problem->chains[u], problem->room)) status = dcnn_fail_memory(err);
        if (!status) problem->worst += problem->chains[u]->worst;
    }
    if (!status) {
        *out = problem;
        problem = NULL;
    }
    dcnn_router_free(routes.router);
    free(routes.ticks);
    free(routes.row);
    dcnn_problem_free(problem);
    return status;
}

void dcnn_problem_free(dcnn_problem *problem)
{
    if (!problem) return;
    for (int u = 0; problem->chains && u < problem->chain_count; u++) dcnn_chain_free(problem->chains[u]);
    free(problem->chains);
    free(problem->data);
    free(problem->room);
    free(problem);
}

/* The chain within the part's room; NULL when memory is out. */
static dcnn_chain *take_part(const dcnn_chain *chain, const bool *allowed, const dcnn_room *room, dcnn_tick cap)
{
    bool *keep = dcnn_take((size_t)chain->size, sizeof *keep);
    dcnn_chain *part;

    if (!keep) return NULL;
    for (int x = 0; x < chain->size; x++)
        keep[x] = (!allowed || allowed[x]) &&
                  dcnn_room_takes(&room[chain->unit[x]], &chain->data->cnn->layers[chain->layer[x]]);
    part = dcnn_chain_part(chain, keep, room);
    free(keep);
    if (!part) return NULL;
    if (cap < part->cap) part->cap = cap;
    if (dcnn_chain_trim(&part, room)) return part;
    dcnn_chain_free(part);
    return NULL;
}

dcnn_status dcnn_problem_part(dcnn_problem **out, const dcnn_problem *whole, const int *chains, int count,
                              const dcnn_room *room, bool *const *allowed, dcnn_tick cap, dcnn_error *err)
{
    dcnn_problem *problem = dcnn_take(1, sizeof *problem);

    *out = NULL;
    if (!problem) return dcnn_fail_memory(err);
    if (!chains) count = whole->chain_count;
    if (!take_problem(problem, whole->instance, count)) goto out_of_memory;
    memcpy(problem->room, room ? room : whole->room, (size_t)whole->unit_count * sizeof *problem->room);
    for (int k = 0; k < count; k++) {
        int u = chains ? chains[k] : k;
        problem->data[k] = whole->data[u];
        problem->chains[k] = take_part(whole->chains[u], allowed ? allowed[u] : NULL, problem->room, cap);
        if (!problem->chains[k]) goto out_of_memory;
        problem->worst += problem->chains[k]->worst;
    }
    *out = problem;
    return DCNN_OK;
out_of_memory:
    dcnn_problem_free(problem);
    return dcnn_fail_memory(err);
}
