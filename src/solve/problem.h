/* problem.h - what the solver works on: for each CNN and layer the units still in question (candidates), with costs in
 * ticks (2^-tick_bits ns), and the capacity rows that couple the CNNs.
 *
 * Two index spaces: "flat" numbers all (layer, candidate) pairs of one chain from 0, layer by layer; "slot" is the
 * candidate's position within its layer. */
#ifndef DCNN_SOLVE_PROBLEM_H
#define DCNN_SOLVE_PROBLEM_H

#include "base/base.h"
#include "instance/instance.h"

typedef int64_t dcnn_tick;
static const dcnn_tick dcnn_tick_never = (dcnn_tick)1 << 60; /* two of them add without overflow; sums are clamped */

/* Asked now and then; true ends a search, with a bound that is still valid. */
typedef bool (*dcnn_stop_fn)(void *user);

/* What a unit can take. */
typedef struct {
    int64_t memory_bytes, ops;
    int layers;
} dcnn_room;

static inline dcnn_room dcnn_room_of(const dcnn_layer *layer)
{
    return (dcnn_room){.memory_bytes = layer->memory_bytes, .ops = layer->ops, .layers = 1};
}

/* Without branches: in the inner loops what fits is as good as random. */
static inline bool dcnn_room_holds(const dcnn_room *room, const dcnn_room *need)
{
    return (need->memory_bytes <= room->memory_bytes) & (need->ops <= room->ops) & (need->layers <= room->layers);
}

static inline bool dcnn_room_takes(const dcnn_room *room, const dcnn_layer *layer)
{
    dcnn_room need = dcnn_room_of(layer);

    return dcnn_room_holds(room, &need);
}

static inline void dcnn_room_add(dcnn_room *room, const dcnn_room *more)
{
    room->memory_bytes += more->memory_bytes;
    room->ops += more->ops;
    room->layers += more->layers;
}

static inline void dcnn_room_subtract(dcnn_room *room, const dcnn_room *less)
{
    room->memory_bytes -= less->memory_bytes;
    room->ops -= less->ops;
    room->layers -= less->layers;
}

static inline dcnn_tick dcnn_to_ticks(int64_t ns, int tick_bits)
{
    return ns == DCNN_NEVER ? dcnn_tick_never : ns * ((dcnn_tick)1 << tick_bits);
}

/* dcnn_instance_compute_ns of layer j on unit i, in ticks. */
static inline dcnn_tick dcnn_compute_ticks(const dcnn_instance *instance, const dcnn_chain_data *chain, int j, int i,
                                           bool weighted)
{
    return dcnn_to_ticks(dcnn_instance_compute_ns(chain, j, &instance->scenario->units[i], weighted),
                         instance->tick_bits);
}

/* Costs of one chain over its candidates. own covers compute, exits, and the input for layer 0. A move between two
 * slots of one unit is "never": staying on a unit is a run, and a run is one decision. */
typedef struct {
    dcnn_tick *own;   /* [size] */
    dcnn_tick **move; /* [layer_count - 1][slots of j * slots of j + 1] */
} dcnn_costs;

typedef struct {
    const dcnn_chain_data *data;
    int layer_count, size;
    bool single;        /* every unit takes one layer at most */
    int *first;         /* [layer_count + 1] flat index of each layer's first candidate; first[layer_count] = size */
    int *layer;         /* [size] */
    int *unit;          /* [size] ascending within a layer */
    int *stay;          /* [size] flat of the same unit one layer on, -1 = not a candidate there */
    int *back;          /* [size] flat of the same unit one layer before, -1 likewise */
    int *run_last;      /* [size] last layer of the longest run that starts here and fits the unit */
    int *origin;        /* [size] flat index in the chain this one was shrunk from; itself in a root chain */
    dcnn_costs cost;    /* the objective's */
    dcnn_costs latency; /* unweighted, for the deadline; own is NULL when there is none */
    dcnn_tick deadline; /* of latency; dcnn_tick_never = none */
    dcnn_tick cap;      /* of cost; dcnn_tick_never = none */
    dcnn_tick worst;    /* no placement costs more: the dearest candidate and move of each layer */
    dcnn_pool *pool;
} dcnn_chain;

typedef struct {
    const dcnn_instance *instance;
    int chain_count, unit_count;
    const dcnn_chain_data **data; /* [chain] */
    dcnn_chain **chains;          /* [chain_count] */
    dcnn_room *room;              /* [unit_count] of each unit for these chains together */
    dcnn_tick worst;              /* of the chains together */
} dcnn_problem;

/* All CNNs, with all candidates that fit by themselves. DCNN_E_MEMORY. */
dcnn_status dcnn_problem_new(dcnn_problem **out, const dcnn_instance *instance, dcnn_error *err);
void dcnn_problem_free(dcnn_problem *problem);

/* The problem of some chains of a whole one, with less room, fewer candidates or a bound on each chain's cost.
 *
 * chains, count  which, ascending; NULL, 0 = all of them, as it has to be where there are shared groups
 * room           [unit_count] what these chains may use; NULL = as in whole
 * allowed        [chain of whole][root flat] candidates to take over; NULL = all
 * cap            of every chain's cost; dcnn_tick_never = none
 *
 * DCNN_E_MEMORY. */
dcnn_status dcnn_problem_part(dcnn_problem **out, const dcnn_problem *whole, const int *chains, int count,
                              const dcnn_room *room, bool *const *allowed, dcnn_tick cap, dcnn_error *err);

/* Whether chains that meet on a unit never fit together: every unit takes one layer, and no layers are shared. */
bool dcnn_problem_is_exclusive(const dcnn_problem *problem);

/* A chain with room for so many candidates: fill first, layer, unit, origin and own costs, link it, then fill the moves
 * and add the dearest of each layer to worst. timed: with latencies. NULL when memory is out. */
dcnn_chain *dcnn_chain_new(const dcnn_chain_data *data, int size, bool timed);

/* Finds the runs that room allows and makes place for the moves; false when memory is out. */
bool dcnn_chain_link(dcnn_chain *chain, const dcnn_room *room);

/* The chain with the candidates for which keep[flat] holds; tables of moves that stay whole are the chain's, which must
 * live longer. NULL when memory is out. */
dcnn_chain *dcnn_chain_shrink(const dcnn_chain *chain, const bool *keep);
void dcnn_chain_free(dcnn_chain *chain);

/* A shrunk copy that stands for itself: origin counts anew, runs are those that room allows. NULL: out of memory. */
dcnn_chain *dcnn_chain_part(const dcnn_chain *chain, const bool *keep, const dcnn_room *room);

/* trim.c: drops, from a root chain, the candidates that no placement within cap and deadline uses. *chain may be
 * replaced. False when memory is out. */
bool dcnn_chain_trim(dcnn_chain **chain, const dcnn_room *room);

/* Flat index of unit i in layer j, or -1. O(log slots). */
int dcnn_chain_find(const dcnn_chain *chain, int j, int unit);

/* What the chain costs on these candidates, one for each layer. */
dcnn_tick dcnn_chain_cost(const dcnn_chain *chain, const dcnn_costs *costs, const int *flats);

/* Candidates of all chains together. */
static inline size_t dcnn_problem_flats(const dcnn_problem *problem)
{
    size_t sum = 0;

    for (int u = 0; u < problem->chain_count; u++) sum += (size_t)problem->chains[u]->size;
    return sum;
}

static inline int dcnn_slots(const dcnn_chain *chain, int j)
{
    return chain->first[j + 1] - chain->first[j];
}

#endif
