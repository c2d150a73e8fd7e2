/* architecture.h - how a CNN of the catalogue is written down, and what is computed from that. */
#ifndef DCNN_CATALOG_ARCHITECTURE_H
#define DCNN_CATALOG_ARCHITECTURE_H

#include "base/base.h"
#include <dcnn/catalog.h>

/* All maps are square; elements and weights take 4 bytes. */
typedef enum {
    CONV,       /* convolution to that many channels */
    POOL,       /* maximum of a window */
    MEAN,       /* mean of the whole map */
    DENSE,      /* dense layer to that many outputs */
    EXIT_DENSE, /* dense layer of an early exit: decides aside, the map passes through */
    BASIC,      /* residual blocks 3x3, 3x3 of that many channels */
    BOTTLENECK  /* residual blocks 1x1, 3x3 of that many channels, 1x1 of four times as many */
} dcnn_shape_kind;

/* Residual blocks are those of version 1: the first of a row has the stride, in its first convolution, and where it
 * changes the shape a 1x1 projection as its shortcut. */
typedef struct {
    const char *layer; /* the layer that begins here; NULL = belongs to the layer above */
    dcnn_shape_kind kind;
    int channels;
    int kernel, stride, pad, groups; /* of convolutions and pooling; of residual blocks the stride alone */
    int blocks;
} dcnn_shape;

typedef struct {
    const char *name;
    int input_side, input_channels, input_element_bytes;
    bool conv_bias, dense_bias;
    double exit_probability; /* of its early exit */
    int shape_count;
    const dcnn_shape *shapes;
} dcnn_architecture;

const dcnn_architecture *dcnn_architectures(int *count);

/* The layers of an architecture: memory, operations and output of each. */
dcnn_status dcnn_architecture_profile(dcnn_profile **out, const dcnn_architecture *architecture, bool count_pool);

/* One layer of a table as the authors published it. */
typedef struct {
    const char *layer;
    double memory_kib, mega_ops, output_kib;
    const char *slip; /* where it differs from the architecture, and why; NULL = as it should be */
} dcnn_published_layer;

typedef struct {
    const char *name;
    int64_t input_bytes;
    double exits, goes_on; /* shares of the inputs that take the exit and that do not; 0 = it has no exit */
    int exit_layer;
    int layer_count;
    const dcnn_published_layer *layers;
} dcnn_published;

const dcnn_published *dcnn_publications(int *count);

dcnn_status dcnn_published_profile(dcnn_profile **out, const dcnn_published *published);

#endif
