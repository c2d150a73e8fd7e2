#include "solve/problem.h"
#include "network/router.h"
#include <limits.h>
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

static bool take_chain(dcnn_chain *chain, const dcnn_chain_data *data, int size, bool timed)
{
    size_t layers = (size_t)data->layer_count, n = (size_t)size;
    dcnn_pool *pool = chain->pool;

    chain->data = data;
    chain->layer_count = data->layer_count;
    chain->size = size;
    chain->first = dcnn_pool_take(pool, layers + 1, sizeof *chain->first);
    chain->layer = dcnn_pool_take(pool, n, sizeof *chain->layer);
    chain->unit = dcnn_pool_take(pool, n, sizeof *chain->unit);
    chain->stay = dcnn_pool_take(pool, n, sizeof *chain->stay);
    chain->back = dcnn_pool_take(pool, n, sizeof *chain->back);
    chain->run_last = dcnn_pool_take(pool, n, sizeof *chain->run_last);
    chain->origin = dcnn_pool_take(pool, n, sizeof *chain->origin);
    chain->cost.own = dcnn_pool_take(pool, n, sizeof *chain->cost.own);
    chain->cost.move = dcnn_pool_take(pool, layers, sizeof *chain->cost.move);
    if (timed) {
        chain->latency.own = dcnn_pool_take(pool, n, sizeof *chain->latency.own);
        chain->latency.move = dcnn_pool_take(pool, layers, sizeof *chain->latency.move);
        if (!chain->latency.own || !chain->latency.move) return false;
    }
    return chain->first && chain->layer && chain->unit && chain->stay && chain->back && chain->run_last &&
           chain->origin && chain->cost.own && chain->cost.move;
}

static bool take_moves(dcnn_chain *chain, dcnn_costs *costs)
{
    for (int j = 0; j + 1 < chain->layer_count; j++) {
        costs->move[j] = dcnn_pool_take(chain->pool, (size_t)dcnn_slots(chain, j),
                                        (size_t)dcnn_slots(chain, j + 1) * sizeof *costs->move[j]);
        if (!costs->move[j]) return false;
    }
    return true;
}

static dcnn_chain *chain_new(void)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_chain *chain = pool ? dcnn_pool_take(pool, 1, sizeof *chain) : NULL;

    if (chain)
        chain->pool = pool;
    else
        dcnn_pool_free(pool);
    return chain;
}

void dcnn_chain_free(dcnn_chain *chain)
{
    if (chain) dcnn_pool_free(chain->pool);
}

bool dcnn_problem_is_exclusive(const dcnn_problem *problem)
{
    for (int u = 0; u < problem->chain_count; u++)
        if (!problem->chains[u]->single) return false;
    return problem->instance->scenario->shared_group_count == 0;
}

int dcnn_chain_find(const dcnn_chain *chain, int j, int unit)
{
    int low = chain->first[j], high = chain->first[j + 1];

    while (low < high) {
        int middle = low + (high - low) / 2;
        if (chain->unit[middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < chain->first[j + 1] && chain->unit[low] == unit ? low : -1;
}

dcnn_tick dcnn_chain_cost(const dcnn_chain *chain, const dcnn_costs *costs, const int *flats)
{
    dcnn_tick sum = costs->own[flats[0]];

    for (int j = 0; j + 1 < chain->layer_count; j++) {
        int from = flats[j], to = flats[j + 1];
        ptrdiff_t at = (ptrdiff_t)(from - chain->first[j]) * dcnn_slots(chain, j + 1) + to - chain->first[j + 1];
        if (chain->unit[from] != chain->unit[to]) sum += costs->move[j][at];
        sum += costs->own[to];
    }
    return sum;
}

/* stay and back: both layers list units in ascending order, so one merge pass per pair of layers finds the twins. */
static void link_runs(dcnn_chain *chain)
{
    for (int x = 0; x < chain->size; x++) chain->stay[x] = chain->back[x] = -1;
    for (int j = 0; j + 1 < chain->layer_count; j++) {
        int y = chain->first[j + 1];
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
            while (y < chain->first[j + 2] && chain->unit[y] < chain->unit[x]) y++;
            if (y < chain->first[j + 2] && chain->unit[y] == chain->unit[x]) {
                chain->stay[x] = y;
                chain->back[y] = x;
            }
        }
    }
}

static void measure_runs(dcnn_chain *chain, const dcnn_room *room)
{
    const dcnn_chain_data *data = chain->data;

    for (int x = 0; x < chain->size; x++) {
        const dcnn_room *here = &room[chain->unit[x]];
        int64_t memory_bytes = 0, ops = 0, layers = 0;
        int y = x;
        for (int j = chain->layer[x]; y >= 0; y = chain->stay[y], j++) {
            if (data->counts_alone[j]) {
                memory_bytes += data->cnn->layers[j].memory_bytes;
                ops += data->cnn->layers[j].ops;
                layers++;
            }
            if (memory_bytes > here->memory_bytes || ops > here->ops || layers > here->layers) break;
            chain->run_last[x] = j;
        }
    }
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

static void fill_hops(const dcnn_chain *chain, int j, const uint16_t *hops, const dcnn_tick *ticks, dcnn_tick *cells)
{
    for (int y = chain->first[j]; y < chain->first[j + 1]; y++) *cells++ = ticks[hops[chain->unit[y]]];
}

static dcnn_status fill_routes(const dcnn_chain *chain, int j, const dcnn_message *message, int from,
                               route_source *routes, int bits, dcnn_tick *cells)
{
    dcnn_status status = dcnn_router_costs(routes->router, message, from, false, routes->row);

    for (int y = chain->first[j]; y < chain->first[j + 1] && !status; y++)
        *cells++ = dcnn_to_ticks(routes->row[chain->unit[y]], bits);
    return status;
}

static dcnn_status fill_moves(dcnn_chain *chain, dcnn_costs *costs, const dcnn_message *messages, route_source *routes,
                              int bits)
{
    bool alike = chain->size > 0 && dcnn_router_hops(routes->router, chain->unit[0]) != NULL;
    dcnn_status status = DCNN_OK;

    for (int j = 0; j + 1 < chain->layer_count; j++) {
        dcnn_tick *cells = costs->move[j];
        if (alike) tabulate(routes, &messages[j], bits);
        for (int x = chain->first[j]; x < chain->first[j + 1] && !status; x++, cells += dcnn_slots(chain, j + 1)) {
            int unit = chain->unit[x];
            if (alike)
                fill_hops(chain, j + 1, dcnn_router_hops(routes->router, unit), routes->ticks, cells);
            else
                status = fill_routes(chain, j + 1, &messages[j], unit, routes, bits, cells);
            if (chain->stay[x] >= 0) cells[chain->stay[x] - chain->first[j + 1]] = dcnn_tick_never;
        }
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
    dcnn_chain *chain = chain_new();
    dcnn_status status = DCNN_OK;
    int size = 0;

    if (!own || !chain || (timed && !latency)) status = dcnn_fail_memory(err);
    if (!status) status = dense_own(own, in, data, true, routes);
    if (!status && timed) status = dense_own(latency, in, data, false, routes);
    for (int j = 0; !status && j < data->layer_count; j++)
        for (int i = 0; i < in->unit_count; i++) {
            size_t cell = (size_t)j * (size_t)in->unit_count + (size_t)i;
            if (!dcnn_room_takes(&room[i], &data->cnn->layers[j])) own[cell] = dcnn_tick_never;
            if (timed && latency[cell] >= dcnn_tick_never) own[cell] = dcnn_tick_never;
            size += own[cell] < dcnn_tick_never;
        }
    if (!status && !take_chain(chain, data, size, timed)) status = dcnn_fail_memory(err);
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
    link_runs(chain);
    measure_runs(chain, room);
    if (!take_moves(chain, &chain->cost) || (timed && !take_moves(chain, &chain->latency)))
        status = dcnn_fail_memory(err);
    if (!status) status = fill_moves(chain, &chain->cost, data->move, routes, in->tick_bits);
    if (!status && timed) status = fill_moves(chain, &chain->latency, data->latency_move, routes, in->tick_bits);
    if (status) goto done;
    *out = chain;
    chain = NULL;
done:
    dcnn_chain_free(chain);
    free(latency);
    free(own);
    return status;
}

/* Upper limit of any placement's cost: the dearest finite entry of everything. */
static dcnn_tick worst_cost(const dcnn_chain *chain)
{
    dcnn_tick worst = 0;

    for (int j = 0; j < chain->layer_count; j++) {
        dcnn_tick own = 0, move = 0;
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++)
            if (chain->cost.own[x] > own) own = chain->cost.own[x];
        if (j + 1 < chain->layer_count) {
            size_t cells = (size_t)dcnn_slots(chain, j) * (size_t)dcnn_slots(chain, j + 1);
            for (size_t k = 0; k < cells; k++)
                if (chain->cost.move[j][k] < dcnn_tick_never && chain->cost.move[j][k] > move)
                    move = chain->cost.move[j][k];
        }
        worst += own + move;
    }
    return worst;
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
        if (!status) problem->worst += worst_cost(problem->chains[u]);
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
        problem->worst += worst_cost(problem->chains[k]);
    }
    *out = problem;
    return DCNN_OK;
out_of_memory:
    dcnn_problem_free(problem);
    return dcnn_fail_memory(err);
}

static void copy_costs(dcnn_costs *to, const dcnn_costs *from, const dcnn_chain *chain)
{
    memcpy(to->own, from->own, (size_t)chain->size * sizeof *to->own);
    for (int j = 0; j + 1 < chain->layer_count; j++)
        memcpy(to->move[j], from->move[j],
               (size_t)dcnn_slots(chain, j) * (size_t)dcnn_slots(chain, j + 1) * sizeof *to->move[j]);
}

static void shrink_costs(dcnn_costs *to, const dcnn_costs *from, const dcnn_chain *small, const dcnn_chain *chain,
                         const int *source)
{
    if (small->size == chain->size) {
        copy_costs(to, from, chain);
        return;
    }
    for (int x = 0; x < small->size; x++) to->own[x] = from->own[source[x]];
    for (int j = 0; j + 1 < small->layer_count; j++) {
        int width = dcnn_slots(chain, j + 1);
        dcnn_tick *cell = to->move[j];
        for (int x = small->first[j]; x < small->first[j + 1]; x++) {
            const dcnn_tick *row = from->move[j] + (size_t)(source[x] - chain->first[j]) * (size_t)width;
            for (int y = small->first[j + 1]; y < small->first[j + 2]; y++)
                *cell++ = row[source[y] - chain->first[j + 1]];
        }
    }
}

dcnn_chain *dcnn_chain_shrink(const dcnn_chain *chain, const bool *keep)
{
    bool timed = chain->latency.own != NULL;
    dcnn_chain *small = chain_new();
    int *source, size = 0;

    if (!small) return NULL;
    for (int x = 0; x < chain->size; x++) size += keep[x];
    source = dcnn_pool_take(small->pool, (size_t)size, sizeof *source);
    if (!source || !take_chain(small, chain->data, size, timed)) goto out_of_memory;
    small->single = chain->single;
    small->deadline = chain->deadline;
    small->cap = chain->cap;
    size = 0;
    for (int j = 0; j < chain->layer_count; j++) {
        small->first[j] = size;
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
            if (!keep[x]) continue;
            source[size] = x;
            small->layer[size] = j;
            small->unit[size] = chain->unit[x];
            small->origin[size] = chain->origin[x];
            small->run_last[size] = chain->run_last[x];
            size++;
        }
    }
    small->first[chain->layer_count] = size;
    link_runs(small);
    for (int x = size - 1; x >= 0; x--) { /* a run cannot outlast the candidates it needs */
        int reach = small->stay[x] < 0 ? small->layer[x] : small->run_last[small->stay[x]];
        if (small->run_last[x] > reach) small->run_last[x] = reach;
    }
    if (!take_moves(small, &small->cost) || (timed && !take_moves(small, &small->latency))) goto out_of_memory;
    shrink_costs(&small->cost, &chain->cost, small, chain, source);
    if (timed) shrink_costs(&small->latency, &chain->latency, small, chain, source);
    return small;
out_of_memory:
    dcnn_chain_free(small);
    return NULL;
}

dcnn_chain *dcnn_chain_new(const dcnn_chain_data *data, int size, bool timed)
{
    dcnn_chain *chain = chain_new();

    if (!chain || take_chain(chain, data, size, timed)) return chain;
    dcnn_chain_free(chain);
    return NULL;
}

bool dcnn_chain_link(dcnn_chain *chain, const dcnn_room *room)
{
    link_runs(chain);
    measure_runs(chain, room);
    return take_moves(chain, &chain->cost) && (!chain->latency.own || take_moves(chain, &chain->latency));
}

dcnn_chain *dcnn_chain_part(const dcnn_chain *chain, const bool *keep, const dcnn_room *room)
{
    dcnn_chain *part = dcnn_chain_shrink(chain, keep);

    if (!part) return NULL;
    for (int x = 0; x < part->size; x++) part->origin[x] = x;
    measure_runs(part, room);
    return part;
}
