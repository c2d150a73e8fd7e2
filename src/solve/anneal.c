#include "solve/core.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) over whole placements: layers move, trade places, or trade
 * whole stretches. A move costs nanoseconds, so millions of placements are tried in the time of a few searches. */
enum { MOVES_A_LAYER_SQUARED = 200, MOVES_MIN = 20000, MOVES_MAX = 4000000, SAMPLE = 500, LOOK_UP_EVERY = 65536 };
static const double hot = 0.05, cold = 0.001; /* of what a move costs on average */
static const double table_max = 3e7;          /* entries of the table of flats */

/* Layers that must sit together: one layer, or all members of a shared group. */
typedef struct {
    int first, count; /* members */
    int unit;         /* where it sits */
    int next, before; /* others on that unit, -1 = none */
    dcnn_room demand;
} block;

typedef struct {
    int chain, layer;
} member;

/* What a move changes: these blocks, each with its unit before and after. */
typedef struct {
    int block, from, to;
} change;

typedef struct {
    dcnn_core *core;
    const dcnn_problem *problem;
    block *blocks;
    member *members;
    int block_count;
    int **block_of;   /* [chain][layer] */
    int **flat_of;    /* [chain][layer * units + unit] candidate, -1 = none allowed */
    int **flat;       /* [chain][layer] where it sits */
    int **open;       /* [chain][flats allowed, layer by layer] */
    int **open_first; /* [chain][layer + 1] */
    int **mark;       /* [chain][layer] stamp of the move that changes it */
    int *twin;        /* [chain] chains of one class have the same layers; -1 = shares layers */
    int *head;        /* [unit] first block, -1 = none */
    dcnn_room *room;  /* [unit] left */
    change *changes;
    int change_count, stamp;
    dcnn_tick cost, best;
    int **best_flat; /* [chain][layer] */
    dcnn_rng rng;
    dcnn_pool *pool;
} annealing;

static int below(annealing *a, int n)
{
    return (int)((dcnn_rng_next(&a->rng) >> 32) * (uint64_t)n >> 32);
}

/* --- cost --- */

static dcnn_tick edge_cost(const annealing *a, const dcnn_costs *costs, int u, int j)
{
    const dcnn_chain *chain = a->problem->chains[u];
    int x = a->flat[u][j], y = a->flat[u][j + 1];

    if (chain->unit[x] == chain->unit[y]) return 0;
    return costs->move[j][(ptrdiff_t)(x - chain->first[j]) * dcnn_slots(chain, j + 1) + (y - chain->first[j + 1])];
}

/* What the layers of the move and the messages to and from them cost; dcnn_tick_never when one has no route. */
static dcnn_tick local_cost(const annealing *a)
{
    dcnn_tick sum = 0;

    for (int k = 0; k < a->change_count; k++) {
        const block *b = &a->blocks[a->changes[k].block];
        for (int m = b->first; m < b->first + b->count; m++) {
            int u = a->members[m].chain, j = a->members[m].layer;
            const dcnn_chain *chain = a->problem->chains[u];
            sum += chain->cost.own[a->flat[u][j]];
            if (j + 1 < chain->layer_count) sum += edge_cost(a, &chain->cost, u, j);
            if (j > 0 && a->mark[u][j - 1] != a->stamp) sum += edge_cost(a, &chain->cost, u, j - 1);
            if (sum >= dcnn_tick_never) return dcnn_tick_never;
        }
    }
    return sum;
}

static dcnn_tick chain_cost(const annealing *a, const dcnn_costs *costs, int u)
{
    const dcnn_chain *chain = a->problem->chains[u];
    dcnn_tick sum = 0;

    for (int j = 0; j < chain->layer_count; j++) {
        sum += costs->own[a->flat[u][j]];
        if (j + 1 < chain->layer_count) sum += edge_cost(a, costs, u, j);
        if (sum >= dcnn_tick_never) return dcnn_tick_never;
    }
    return sum;
}

/* Caps and deadlines of the chains that the move touches. */
static bool within_limits(const annealing *a)
{
    for (int k = 0; k < a->change_count; k++) {
        const block *b = &a->blocks[a->changes[k].block];
        for (int m = b->first; m < b->first + b->count; m++) {
            int u = a->members[m].chain;
            const dcnn_chain *chain = a->problem->chains[u];
            if (chain->cap < dcnn_tick_never && chain_cost(a, &chain->cost, u) > chain->cap) return false;
            if (chain->deadline < dcnn_tick_never && chain_cost(a, &chain->latency, u) > chain->deadline) return false;
        }
    }
    return true;
}

/* --- making and unmaking moves --- */

static void begin_move(annealing *a)
{
    a->change_count = 0;
    a->stamp++;
}

static void add_change(annealing *a, int at, int to)
{
    const block *b = &a->blocks[at];

    a->changes[a->change_count++] = (change){at, b->unit, to};
    for (int m = b->first; m < b->first + b->count; m++) a->mark[a->members[m].chain][a->members[m].layer] = a->stamp;
}

static bool allowed_on(const annealing *a, int at, int unit)
{
    const block *b = &a->blocks[at];

    for (int m = b->first; m < b->first + b->count; m++) {
        int u = a->members[m].chain, j = a->members[m].layer;
        if (a->flat_of[u][(ptrdiff_t)j * a->problem->unit_count + unit] < 0) return false;
    }
    return true;
}

static void charge(dcnn_room *room, const dcnn_room *demand, int sign)
{
    room->memory_bytes -= sign * demand->memory_bytes;
    room->ops -= sign * demand->ops;
    room->layers -= sign * demand->layers;
}

static void sit(annealing *a, int at, int unit)
{
    block *b = &a->blocks[at];

    b->unit = unit;
    b->before = -1;
    b->next = a->head[unit];
    if (b->next >= 0) a->blocks[b->next].before = at;
    a->head[unit] = at;
    charge(&a->room[unit], &b->demand, 1);
    for (int m = b->first; m < b->first + b->count; m++) {
        int u = a->members[m].chain, j = a->members[m].layer;
        a->flat[u][j] = a->flat_of[u][(ptrdiff_t)j * a->problem->unit_count + unit];
    }
}

static void stand_up(annealing *a, int at)
{
    block *b = &a->blocks[at];

    if (b->before >= 0)
        a->blocks[b->before].next = b->next;
    else
        a->head[b->unit] = b->next;
    if (b->next >= 0) a->blocks[b->next].before = b->before;
    charge(&a->room[b->unit], &b->demand, -1);
}

static bool has_room(const annealing *a)
{
    for (int k = 0; k < a->change_count; k++) {
        const dcnn_room *room = &a->room[a->changes[k].to];
        if (room->layers < 0 || room->memory_bytes < 0 || room->ops < 0) return false;
    }
    return true;
}

static void make(annealing *a)
{
    for (int k = 0; k < a->change_count; k++) stand_up(a, a->changes[k].block);
    for (int k = 0; k < a->change_count; k++) sit(a, a->changes[k].block, a->changes[k].to);
}

static void unmake(annealing *a)
{
    for (int k = 0; k < a->change_count; k++) stand_up(a, a->changes[k].block);
    for (int k = 0; k < a->change_count; k++) sit(a, a->changes[k].block, a->changes[k].from);
}

/* Makes the move if it is possible and either gains or luck is with it. *delta: what it costs, dcnn_tick_never when it
 * is impossible. */
static void try_move(annealing *a, double temperature, dcnn_tick *delta)
{
    dcnn_tick before = local_cost(a), after;

    *delta = dcnn_tick_never;
    make(a);
    after = has_room(a) ? local_cost(a) : dcnn_tick_never;
    if (after < dcnn_tick_never) *delta = after - before;
    if (after < dcnn_tick_never && (*delta <= 0 || dcnn_rng_unit(&a->rng) < exp(-(double)*delta / temperature)) &&
        within_limits(a))
        a->cost += *delta;
    else
        unmake(a);
}

/* --- kinds of moves; each returns false when it has nothing to offer --- */

/* A block goes to another unit; where that is full, it trades places with one that sits there. */
static bool move_block(annealing *a)
{
    int at = below(a, a->block_count), other;
    const block *b = &a->blocks[at];
    member m = a->members[b->first + (b->count > 1 ? below(a, b->count) : 0)];
    const dcnn_chain *chain = a->problem->chains[m.chain];
    const int *first = &a->open_first[m.chain][m.layer];
    int unit = chain->unit[a->open[m.chain][first[0] + below(a, first[1] - first[0])]];
    const dcnn_room *room = &a->room[unit];

    if (unit == b->unit || (b->count > 1 && !allowed_on(a, at, unit))) return false;
    add_change(a, at, unit);
    if (room->layers >= b->demand.layers && room->memory_bytes >= b->demand.memory_bytes && room->ops >= b->demand.ops)
        return true;
    other = a->head[unit];
    while (other >= 0 && a->blocks[other].next >= 0 && below(a, 2) == 0) other = a->blocks[other].next;
    if (other < 0 || !allowed_on(a, other, b->unit)) return false;
    add_change(a, other, b->unit);
    return true;
}

/* A stretch of layers that share a unit goes to the unit of a neighbouring layer, or to any other. */
static bool move_run(annealing *a)
{
    int u = below(a, a->problem->chain_count);
    const dcnn_chain *chain = a->problem->chains[u];
    int from = below(a, chain->layer_count), to = from, home = chain->unit[a->flat[u][from]], unit, kind = below(a, 3);

    while (from > 0 && chain->unit[a->flat[u][from - 1]] == home && below(a, 4) > 0) from--;
    while (to + 1 < chain->layer_count && chain->unit[a->flat[u][to + 1]] == home && below(a, 4) > 0) to++;
    if (kind == 0 && from > 0)
        unit = chain->unit[a->flat[u][from - 1]];
    else if (kind == 1 && to + 1 < chain->layer_count)
        unit = chain->unit[a->flat[u][to + 1]];
    else {
        const int *first = &a->open_first[u][from];
        unit = chain->unit[a->open[u][first[0] + below(a, first[1] - first[0])]];
    }
    if (unit == home) return false;
    for (int j = from; j <= to; j++) {
        int at = a->block_of[u][j];
        if (a->blocks[at].count > 1 || !allowed_on(a, at, unit)) return false;
        add_change(a, at, unit);
    }
    return true;
}

/* Two CNNs with the same layers trade the units of a stretch. */
static bool trade_stretch(annealing *a)
{
    int u = below(a, a->problem->chain_count), v = below(a, a->problem->chain_count), from, to, last;

    if (u == v || a->twin[u] < 0 || a->twin[u] != a->twin[v]) return false;
    last = a->problem->chains[u]->layer_count - 1;
    from = below(a, last + 1);
    to = below(a, 2) == 0 ? last : from + below(a, last + 1 - from);
    for (int j = from; j <= to; j++) {
        int p = a->block_of[u][j], q = a->block_of[v][j];
        if (!allowed_on(a, p, a->blocks[q].unit) || !allowed_on(a, q, a->blocks[p].unit)) return false;
        add_change(a, p, a->blocks[q].unit);
        add_change(a, q, a->blocks[p].unit);
    }
    return true;
}

static bool propose(annealing *a)
{
    int kind = below(a, 8);

    begin_move(a);
    if (kind == 0) return trade_stretch(a);
    if (kind < 4 && a->core->instance->layers_per_unit > 1) return move_run(a);
    return move_block(a);
}

/* --- setting up --- */

static bool same_layers(const dcnn_chain *x, const dcnn_chain *y)
{
    if (x->layer_count != y->layer_count) return false;
    for (int j = 0; j < x->layer_count; j++)
        if (x->data->cnn->layers[j].memory_bytes != y->data->cnn->layers[j].memory_bytes ||
            x->data->cnn->layers[j].ops != y->data->cnn->layers[j].ops)
            return false;
    return true;
}

static bool shares_layers(const dcnn_chain *chain)
{
    for (int j = 0; j < chain->layer_count; j++)
        if (chain->data->group[j] >= 0) return true;
    return false;
}

static void find_twins(annealing *a)
{
    for (int u = 0; u < a->problem->chain_count; u++) {
        a->twin[u] = shares_layers(a->problem->chains[u]) ? -1 : u;
        for (int v = 0; v < u && a->twin[u] == u; v++)
            if (a->twin[v] == v && same_layers(a->problem->chains[u], a->problem->chains[v])) a->twin[u] = v;
    }
}

/* Blocks in the order in which their first members come. */
static void make_blocks(annealing *a, int *block_of_group)
{
    int used = 0;

    for (int g = 0; g < a->core->instance->scenario->shared_group_count; g++) block_of_group[g] = -1;
    for (int u = 0; u < a->problem->chain_count; u++)
        for (int j = 0; j < a->problem->chains[u]->layer_count; j++) {
            int group = a->problem->data[u]->group[j];
            int at = group >= 0 ? block_of_group[group] : -1;
            const dcnn_layer *layer = &a->problem->data[u]->cnn->layers[j];
            if (at < 0) {
                at = a->block_count++;
                if (group >= 0) block_of_group[group] = at;
                a->blocks[at].demand = (dcnn_room){layer->memory_bytes, layer->ops, 1};
            }
            a->blocks[at].count++;
            a->block_of[u][j] = at;
        }
    for (int at = 0; at < a->block_count; at++) {
        a->blocks[at].first = used;
        used += a->blocks[at].count;
        a->blocks[at].count = 0;
    }
    for (int u = 0; u < a->problem->chain_count; u++)
        for (int j = 0; j < a->problem->chains[u]->layer_count; j++) {
            block *b = &a->blocks[a->block_of[u][j]];
            a->members[b->first + b->count++] = (member){u, j};
        }
}

/* The candidates still allowed, and those of the best placement. */
static bool list_candidates(annealing *a, int u)
{
    const dcnn_chain *chain = a->problem->chains[u];
    size_t cells = (size_t)chain->layer_count * (size_t)a->problem->unit_count;
    int used = 0;

    a->flat_of[u] = dcnn_pool_take(a->pool, cells, sizeof(int));
    a->open[u] = dcnn_pool_take(a->pool, (size_t)chain->size, sizeof(int));
    a->open_first[u] = dcnn_pool_take(a->pool, (size_t)chain->layer_count + 1, sizeof(int));
    if (!a->flat_of[u] || !a->open[u] || !a->open_first[u]) return false;
    for (size_t k = 0; k < cells; k++) a->flat_of[u][k] = -1;
    for (int j = 0; j < chain->layer_count; j++) {
        a->open_first[u][j] = used;
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
            if (!a->core->allowed[u][x] && chain->unit[x] != a->core->best.units[u][j]) continue;
            a->flat_of[u][(ptrdiff_t)j * a->problem->unit_count + chain->unit[x]] = x;
            a->open[u][used++] = x;
        }
    }
    a->open_first[u][chain->layer_count] = used;
    return true;
}

static bool take_arrays(annealing *a)
{
    size_t chains = (size_t)a->problem->chain_count, units = (size_t)a->problem->unit_count, layers = 0;
    int *groups;

    for (size_t u = 0; u < chains; u++) layers += (size_t)a->problem->chains[u]->layer_count;
    a->pool = dcnn_pool_new();
    if (!a->pool) return false;
    a->blocks = dcnn_pool_take(a->pool, layers, sizeof *a->blocks);
    a->members = dcnn_pool_take(a->pool, layers, sizeof *a->members);
    a->changes = dcnn_pool_take(a->pool, 2 * layers, sizeof *a->changes);
    a->twin = dcnn_pool_take(a->pool, chains, sizeof *a->twin);
    a->head = dcnn_pool_take(a->pool, units, sizeof *a->head);
    a->room = dcnn_pool_take(a->pool, units, sizeof *a->room);
    groups = dcnn_pool_take(a->pool, (size_t)a->core->instance->scenario->shared_group_count, sizeof *groups);
    int ***tables[] = {&a->block_of, &a->flat_of, &a->flat, &a->open, &a->open_first, &a->mark, &a->best_flat};
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++)
        if (!(*tables[k] = dcnn_pool_take(a->pool, chains, sizeof(int *)))) return false;
    if (!a->blocks || !a->members || !a->changes || !a->twin || !a->head || !a->room || !groups) return false;
    for (int u = 0; u < a->problem->chain_count; u++) {
        int **rows[] = {&a->block_of[u], &a->flat[u], &a->mark[u], &a->best_flat[u]};
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
            if (!(*rows[k] = dcnn_pool_take(a->pool, (size_t)a->problem->chains[u]->layer_count, sizeof(int))))
                return false;
        if (!list_candidates(a, u)) return false;
    }
    make_blocks(a, groups);
    find_twins(a);
    return true;
}

/* Starts from the best placement. */
static void settle_down(annealing *a)
{
    for (int i = 0; i < a->problem->unit_count; i++) a->head[i] = -1;
    memcpy(a->room, a->problem->room, (size_t)a->problem->unit_count * sizeof *a->room);
    for (int at = 0; at < a->block_count; at++) {
        member m = a->members[a->blocks[at].first];
        sit(a, at, a->core->best.units[m.chain][m.layer]);
    }
    a->cost = a->best = a->core->best_cost;
}

/* --- the search --- */

static void remember(annealing *a)
{
    a->best = a->cost;
    for (int u = 0; u < a->problem->chain_count; u++)
        memcpy(a->best_flat[u], a->flat[u], (size_t)a->problem->chains[u]->layer_count * sizeof(int));
}

/* What a possible move costs on average where it costs. */
static double mean_loss(annealing *a)
{
    double sum = 0;
    int count = 0;

    for (int k = 0; k < SAMPLE; k++) {
        dcnn_tick delta;
        if (!propose(a)) continue;
        try_move(a, 1e-9, &delta);
        if (delta <= 0 || delta >= dcnn_tick_never) continue;
        sum += (double)delta;
        count++;
    }
    return count > 0 ? sum / count : 0;
}

static void cool(annealing *a, int moves)
{
    double mean = mean_loss(a), temperature = mean * hot, factor = pow(cold / hot, 256.0 / moves);

    if (a->cost < a->best) remember(a);
    if (mean <= 0) return;
    for (int k = 0; k < moves; k++) {
        dcnn_tick delta;
        if (k % 256 == 255) temperature *= factor;
        if (k % LOOK_UP_EVERY == LOOK_UP_EVERY - 1 && dcnn_core_should_stop(a->core)) return;
        if (!propose(a)) continue;
        try_move(a, temperature, &delta);
        if (a->cost < a->best) remember(a);
    }
}

static void hand_over(annealing *a, int *units)
{
    dcnn_load *trial = &a->core->trial;

    dcnn_load_reset(trial);
    for (int u = 0; u < a->problem->chain_count; u++) {
        const dcnn_chain *chain = a->problem->chains[u];
        memcpy(a->flat[u], a->best_flat[u], (size_t)chain->layer_count * sizeof(int));
        for (int j = 0; j < chain->layer_count; j++) units[j] = chain->unit[a->flat[u][j]];
        dcnn_load_place(trial, u, units, chain_cost(a, &chain->cost, u));
    }
    (void)dcnn_core_improve(a->core, trial);
}

static int moves_for(const annealing *a, double effort)
{
    double moves = effort * MOVES_A_LAYER_SQUARED * a->block_count * a->block_count;

    return moves < MOVES_MIN ? MOVES_MIN : moves > MOVES_MAX ? MOVES_MAX : (int)moves;
}

dcnn_status dcnn_anneal(dcnn_core *core, double effort, dcnn_error *err)
{
    annealing a = {.core = core, .problem = core->problem};
    double cells = 0;
    int most = 0;
    int *units;
    dcnn_status status = DCNN_OK;

    for (int u = 0; u < core->problem->chain_count; u++) {
        int layers = core->problem->chains[u]->layer_count;
        cells += (double)layers * core->problem->unit_count;
        if (layers > most) most = layers;
    }
    if (!core->has_best || cells > table_max) return DCNN_OK;
    units = dcnn_take((size_t)most, sizeof *units);
    if (!units || !take_arrays(&a)) status = dcnn_fail_memory(err);
    if (!status) {
        dcnn_rng_seed(&a.rng, dcnn_rng_next(&core->rng));
        settle_down(&a);
        cool(&a, moves_for(&a, effort));
        if (a.best < core->best_cost) hand_over(&a, units);
    }
    dcnn_pool_free(a.pool);
    free(units);
    return status;
}
