/* Chains: the candidates of one CNN, layer by layer, with what they and the moves between them cost. */
#include "solve/problem.h"

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

/* A table of the moves after layer j, to be filled; NULL when memory is out. */
static dcnn_tick *take_moves(const dcnn_chain *chain, int j)
{
    return dcnn_pool_room(chain->pool, (size_t)dcnn_slots(chain, j),
                          (size_t)dcnn_slots(chain, j + 1) * sizeof(dcnn_tick));
}

static void gather_moves(dcnn_tick *cell, const dcnn_tick *moves, const dcnn_chain *small, const dcnn_chain *chain,
                         const int *source, int j)
{
    int width = dcnn_slots(chain, j + 1);

    for (int x = small->first[j]; x < small->first[j + 1]; x++) {
        const dcnn_tick *row = moves + (size_t)(source[x] - chain->first[j]) * (size_t)width;
        for (int y = small->first[j + 1]; y < small->first[j + 2]; y++) *cell++ = row[source[y] - chain->first[j + 1]];
    }
}

/* The costs of the candidates that stay; tables of which all stays are the chain's own, where that may be. */
static bool shrink_costs(dcnn_costs *to, const dcnn_costs *from, const dcnn_chain *small, const dcnn_chain *chain,
                         const int *source, bool share)
{
    for (int x = 0; x < small->size; x++) to->own[x] = from->own[source[x]];
    for (int j = 0; j + 1 < small->layer_count; j++) {
        bool whole =
            dcnn_slots(small, j) == dcnn_slots(chain, j) && dcnn_slots(small, j + 1) == dcnn_slots(chain, j + 1);
        to->move[j] = whole && share ? from->move[j] : take_moves(small, j);
        if (!to->move[j]) return false;
        if (!whole || !share) gather_moves(to->move[j], from->move[j], small, chain, source, j);
    }
    return true;
}

static dcnn_chain *shrink(const dcnn_chain *chain, const bool *keep, bool share)
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
    small->worst = chain->worst;
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
    if (!shrink_costs(&small->cost, &chain->cost, small, chain, source, share)) goto out_of_memory;
    if (timed && !shrink_costs(&small->latency, &chain->latency, small, chain, source, share)) goto out_of_memory;
    return small;
out_of_memory:
    dcnn_chain_free(small);
    return NULL;
}

dcnn_chain *dcnn_chain_shrink(const dcnn_chain *chain, const bool *keep)
{
    return shrink(chain, keep, true);
}

dcnn_chain *dcnn_chain_new(const dcnn_chain_data *data, int size, bool timed)
{
    dcnn_chain *chain = chain_new();

    if (!chain || take_chain(chain, data, size, timed)) return chain;
    dcnn_chain_free(chain);
    return NULL;
}

static dcnn_tick dearest_own(const dcnn_chain *chain, int j)
{
    dcnn_tick dearest = 0;

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++)
        if (chain->cost.own[x] > dearest) dearest = chain->cost.own[x];
    return dearest;
}

bool dcnn_chain_link(dcnn_chain *chain, const dcnn_room *room)
{
    link_runs(chain);
    measure_runs(chain, room);
    for (int j = 0; j < chain->layer_count; j++) chain->worst += dearest_own(chain, j);
    for (int j = 0; j + 1 < chain->layer_count; j++) {
        if (!(chain->cost.move[j] = take_moves(chain, j))) return false;
        if (chain->latency.own && !(chain->latency.move[j] = take_moves(chain, j))) return false;
    }
    return true;
}

dcnn_chain *dcnn_chain_part(const dcnn_chain *chain, const bool *keep, const dcnn_room *room)
{
    dcnn_chain *part = shrink(chain, keep, false);

    if (!part) return NULL;
    for (int x = 0; x < part->size; x++) part->origin[x] = x;
    measure_runs(part, room);
    return part;
}
