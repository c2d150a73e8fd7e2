/* system.h - random systems beyond what brute force can try, as a plan that can be made smaller. */
#ifndef DCNN_TEST_SYSTEM_H
#define DCNN_TEST_SYSTEM_H

#include "base/base.h"

enum {
    SYSTEM_UNITS = 9,
    SYSTEM_ENDPOINTS = 3,
    SYSTEM_LINKS = 40,
    SYSTEM_CNNS = 5,
    SYSTEM_LAYERS = 240,
    SYSTEM_GROUPS = 3
};

typedef struct {
    int memory, ops, output, exit_percent;
} system_layer;

typedef struct {
    int source, sink; /* places: units, then endpoints */
    int weight_quarters, input, deadline_ms;
    int layer_count;
    system_layer layers[SYSTEM_LAYERS];
} system_cnn;

typedef struct {
    int a, b, rate, latency_ms, retransmission_tenths;
    bool one_way;
} system_link;

typedef struct {
    int unit_count, endpoint_count, link_count, cnn_count, group_count;
    struct {
        int memory, ops_per_s, budget; /* budget 0 = none */
    } units[SYSTEM_UNITS];
    system_link links[SYSTEM_LINKS];
    system_cnn cnns[SYSTEM_CNNS];
    struct {
        int cnn[2], layer[2];
    } groups[SYSTEM_GROUPS];
    int layers_per_unit; /* 0 = no limit */
    bool max;
} system_plan;

/* The same seed gives the same plan everywhere. */
void system_draw(system_plan *plan, uint64_t seed);

/* Appends the text of a scenario file. */
void system_write(dcnn_buf *text, const system_plan *plan);

/* The smaller plan number `step`, to be tried in turn; false when there are no more. */
bool system_shrink(system_plan *smaller, const system_plan *plan, int step);

#endif
