/* order.h - the order in which nodes run, and what it means for tensors and cuts. */
#ifndef DCNN_IMPORT_ORDER_H
#define DCNN_IMPORT_ORDER_H

#include "graph.h"

/* An early exit of the model. */
typedef struct {
    int tensor; /* an output */
    double probability;
} dcnn_exit;

/* Orders all nodes that the outputs depend on, each after those it needs; where there is a choice, what an output needs
 * stays together, the earliest exit first: so that a head is over before the trunk goes on. exits is sorted likewise.
 *
 * order  out: [*count] nodes, in the graph's pool
 *
 * DCNN_E_VALUE for a cycle, DCNN_E_MEMORY. O((nodes + references) * (exits + 1)). */
dcnn_status dcnn_onnx_order(dcnn_graph *graph, dcnn_exit *exits, int exit_count, int **order, int *count,
                            dcnn_error *err);

/* The nodes that run, and how long their tensors live. A place is the gap behind a step; place -1 is in front of all.
 */
typedef struct {
    int step_count;
    int *steps;       /* [step_count] nodes, constants left out */
    int *born, *dies; /* [tensor_count] step that makes it (-1: an input), last step that needs it; step_count for
                         results of the model; born > dies: never needed */
    int *width;       /* [step_count] tensors that cross the place behind the step */
    int64_t *bytes;   /* [step_count] their bytes */
    int *is_exit;     /* [tensor_count] 1 + index into exits; 0 = no exit */
} dcnn_schedule;

/* Works out the schedule; shapes are known. All memory is in the graph's pool. DCNN_E_VALUE when nothing runs,
 * DCNN_E_MEMORY. */
dcnn_status dcnn_onnx_schedule(dcnn_graph *graph, const int *order, int count, const dcnn_exit *exits, int exit_count,
                               dcnn_schedule *schedule, dcnn_error *err);

/* Largest sum of bytes alive at once while steps first .. last run: what they hand on or use, their own inputs and
 * outputs. Time linear in the steps' references. */
int64_t dcnn_schedule_peak(const dcnn_graph *graph, const dcnn_schedule *schedule, int first, int last);

#endif
