/* cut.h - where a model is cut into blocks. */
#ifndef DCNN_IMPORT_CUT_H
#define DCNN_IMPORT_CUT_H

#include "order.h"

/* Places are gaps behind steps of the schedule; the last block ends with the last step. */
typedef struct {
    bool *allowed; /* [step_count] few enough tensors cross */
    bool *locked;  /* [step_count] an exit ends there: never merged away */
    int count;     /* of blocks */
    int *last;     /* [count] last step of each block, ascending */
} dcnn_cuts;

/* Cuts as the options say (level or cuts, max_cut_tensors). All memory is in the graph's pool. DCNN_E_VALUE for a cut
 * that is not allowed or an exit that no cut follows, DCNN_E_MEMORY. */
dcnn_status dcnn_onnx_cut(dcnn_graph *graph, const dcnn_schedule *schedule, const dcnn_exit *exits, int exit_count,
                          const dcnn_model_options *options, dcnn_cuts *cuts, dcnn_error *err);

/* What a block costs, where merging weighs it. */
typedef struct {
    double memory_bytes, ops;
} dcnn_block_cost;

/* Merges neighbouring blocks until at most max_blocks are left: time and again the two between which most bytes cross,
 * measured by the share of the model's memory and operations that they would have together. cost [cuts->count] changes.
 * DCNN_E_VALUE when exits need more blocks, DCNN_E_MEMORY. O(blocks log blocks). */
dcnn_status dcnn_onnx_merge(dcnn_graph *graph, const dcnn_schedule *schedule, dcnn_block_cost *cost, int max_blocks,
                            dcnn_cuts *cuts, dcnn_error *err);

/* --- exits (exits.c) --- */

/* The exits of the options, named or measured, with their probabilities. *exits in the graph's pool. DCNN_E_VALUE,
 * DCNN_E_IO (CSV), DCNN_E_SYNTAX (CSV), DCNN_E_MEMORY. */
dcnn_status dcnn_onnx_exits(dcnn_graph *graph, const dcnn_model_options *options, dcnn_exit **exits, int *count,
                            dcnn_error *err);

/* Makes the graph's outputs the exits and the results that the options name, if they name any. DCNN_E_VALUE,
 * DCNN_E_MEMORY. */
dcnn_status dcnn_onnx_results(dcnn_graph *graph, const dcnn_model_options *options, const dcnn_exit *exits, int count,
                              dcnn_error *err);

/* Turns measured confidences into probabilities, once the exits are in their order. */
dcnn_status dcnn_onnx_measure_exits(dcnn_graph *graph, const dcnn_model_options *options, dcnn_exit *exits, int count,
                                    dcnn_error *err);

#endif
