/* Connected components by union and find, the lowest place standing for each. */
#include "graph.h"
#include <stdlib.h>

static int32_t root_of(int32_t *parent, int32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void join(int32_t *parent, int32_t a, int32_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

static void join_all(const dcnn_network *network, int32_t *parent)
{
    int32_t count = network->place_count;

    for (int32_t i = 0; i < count; i++) {
        if (network->hops) {
            const int32_t *row = network->hops + (size_t)i * (size_t)count;
            for (int32_t k = 0; k < count; k++)
                if (row[k] >= 0) join(parent, i, k);
        } else {
            for (int64_t a = network->first_out[i]; a < network->first_out[i + 1]; a++)
                join(parent, i, network->head[a]);
        }
    }
}

int dcnn_network_label_islands(const dcnn_network *network, int32_t *island_of)
{
    int32_t places = network->place_count;
    int count = 0;

    for (int32_t i = 0; i < places; i++) island_of[i] = i;
    join_all(network, island_of);
    for (int32_t i = 0; i < places; i++) island_of[i] = root_of(island_of, i);
    /* Roots are the lowest of their island: their number is there before anyone else asks for it. */
    for (int32_t i = 0; i < places; i++) island_of[i] = island_of[i] == i ? count++ : island_of[island_of[i]];
    return count;
}

dcnn_status dcnn_network_islands(const dcnn_network *network, int *count, dcnn_error *err)
{
    int32_t *island_of = dcnn_take((size_t)network->place_count, sizeof *island_of);

    *count = 0;
    if (!island_of) return dcnn_fail_memory(err);
    *count = dcnn_network_label_islands(network, island_of);
    free(island_of);
    return DCNN_OK;
}
