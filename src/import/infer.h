/* infer.h - from sizes of the inputs to sizes of everything. */
#ifndef DCNN_IMPORT_INFER_H
#define DCNN_IMPORT_INFER_H

#include "graph.h"

/* Who is told of faults, and the first of them. */
typedef struct {
    dcnn_fault_fn on_fault;
    void *user;
    dcnn_error *first;
    dcnn_status status; /* of the first fault */
    int told;
} dcnn_faults;

/* Passes a fault on; after a hundred only the first is kept. */
void dcnn_faults_add(dcnn_faults *faults, const dcnn_error *fault);

/* Gives the inputs that the nodes of the order need their types and shapes: those of the file, changed by
 * options->input_shapes. */
dcnn_status dcnn_onnx_bind_inputs(dcnn_graph *graph, const int *order, int count, const dcnn_model_options *options,
                                  dcnn_faults *faults);

/* Shapes, operations and weights of all nodes in that order. A node that is at fault, and those behind it, are left
 * without shapes. */
dcnn_status dcnn_onnx_infer(dcnn_graph *graph, const int *order, int count, const dcnn_model_options *options,
                            dcnn_faults *faults);

/* "1x3x224x224" (or with commas) as a shape; false when it is none. */
bool dcnn_shape_parse(const char *text, dcnn_shape *shape);

#endif
