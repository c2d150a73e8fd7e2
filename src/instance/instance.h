/* instance.h - the integer problem: chains of layers, messages, units. Private to instance and solve. */
#ifndef DCNN_INSTANCE_PRIVATE_H
#define DCNN_INSTANCE_PRIVATE_H

#include <dcnn/instance.h>
#include <dcnn/network.h>

/* One CNN as the solver sees it. Messages carry the objective's weight; the latency_* twins have weight 1 and serve
 * its deadline. All arrays have layer_count entries and belong to the instance. */
typedef struct {
    int layer_count;
    int source, sink; /* places */
    double weight;
    int64_t deadline_ns;
    const dcnn_cnn *cnn;
    dcnn_message input, latency_input; /* source -> layer 0 */
    dcnn_message *move, *latency_move; /* layer j -> layer j + 1; the last entry is unused */
    dcnn_message *exit, *latency_exit; /* layer j -> sink */
    int *group;                        /* shared group of the layer, -1 = none */
    bool *counts;                      /* the layer is charged to its unit's limits (one member of a shared group is) */
    bool *counts_alone;                /* the same within this CNN by itself: false for a second layer of one group */
} dcnn_chain_data;

struct dcnn_instance {
    const dcnn_scenario *scenario;
    dcnn_network *network;
    int unit_count, cnn_count;
    int layers_per_unit; /* INT_MAX = no limit */
    dcnn_chain_data *chains;
    int64_t worst_ns; /* no placement costs as much */
    int tick_bits;    /* the solver counts in ticks of 2^-tick_bits ns: room for fractional prices, no overflow */
    struct dcnn_pool *pool;
};

/* Layers of the longest chain. */
size_t dcnn_instance_longest_chain(const dcnn_instance *instance);

/* Nanoseconds unit i takes for layer j of a chain, times weight and probability: round(weight * p * ops / speed * 1e9).
 * weighted = false: weight 1. */
int64_t dcnn_instance_compute_ns(const dcnn_chain_data *chain, int j, const dcnn_unit *unit, bool weighted);

#endif
