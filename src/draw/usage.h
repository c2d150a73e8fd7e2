/* usage.h - what a placement puts on each unit, as the limits count it. */
#ifndef DCNN_DRAW_USAGE_H
#define DCNN_DRAW_USAGE_H

#include <dcnn/placement.h>

/* Shared layers counted once. */
typedef struct {
    int64_t memory_bytes, ops;
    int layers;
} dcnn_usage;

/* Adds what the placement needs; usage [unit_count], zeroed by the caller. */
void dcnn_usage_measure(dcnn_usage *usage, const dcnn_scenario *scenario, const dcnn_placement *placement);

#endif
