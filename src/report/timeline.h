/* timeline.h - one inference of a CNN, step by step: what happens where, when it begins, how long it takes. */
#ifndef DCNN_REPORT_TIMELINE_H
#define DCNN_REPORT_TIMELINE_H

#include "base/base.h"
#include <dcnn/network.h>
#include <dcnn/placement.h>

typedef enum { DCNN_STEP_SOURCE, DCNN_STEP_COMPUTE, DCNN_STEP_TRANSFER, DCNN_STEP_EXIT } dcnn_step_kind;

typedef struct {
    dcnn_step_kind kind;
    int layer;           /* that computes, that sends, that decides; of the input: 0 */
    int from, to;        /* places; equal where nothing is sent */
    int64_t begin_ns;    /* since the input was taken */
    int64_t duration_ns; /* when it happens; DCNN_NEVER = no route */
    double probability;  /* that it happens */
    int64_t expected_ns; /* what it adds to the expected latency */
} dcnn_step;

/* Steps in the order of the longest run, which leaves by the last exit; the other exits branch off it. The expected
 * times of all steps add up to the placement's latency. */
typedef struct {
    int step_count;
    dcnn_step *steps;
    int64_t longest_ns; /* from input to the last decision that can be made; DCNN_NEVER = a message has no route */
} dcnn_timeline;

/* The timeline of CNN c under a placement; memory from the pool. DCNN_E_MEMORY. */
dcnn_status dcnn_timeline_new(dcnn_timeline **out, const dcnn_scenario *scenario, const dcnn_placement *placement,
                              int c, dcnn_router *router, dcnn_pool *pool, dcnn_error *err);

#endif
