/* argument.h - proofs by counting that a scenario is infeasible: those a designer can follow. */
#ifndef DCNN_REASONS_ARGUMENT_H
#define DCNN_REASONS_ARGUMENT_H

#include <dcnn/placement.h>

typedef enum {
    DCNN_ARGUMENT_NONE,
    DCNN_ARGUMENT_LAYER_FITS_NOWHERE, /* no unit has enough for one layer */
    DCNN_ARGUMENT_TOO_MANY_LARGE,     /* layers that need so much, and the few units that have it */
    DCNN_ARGUMENT_TOO_MUCH            /* more is needed in all than there is in all */
} dcnn_argument_kind;

/* Shared layers count once. "Need" and "have" are bytes or operations, as `by` says. */
typedef struct {
    dcnn_argument_kind kind;
    dcnn_limit_kind by;       /* MEMORY or OPS; of LAYER_FITS_NOWHERE either when both are counted; LAYERS_PER_UNIT */
    bool memory, ops, layers; /* limits that are counted */
    int cnn, layer;           /* LAYER_FITS_NOWHERE: which; TOO_MANY_LARGE: the smallest of them */
    int64_t count;            /* TOO_MANY_LARGE: how many layers; TOO_MUCH: all */
    int64_t need;             /* of the layer; of each of them at least; in all */
    int64_t have;             /* the most of any unit; in all */
    int64_t units, room;      /* TOO_MANY_LARGE: units that have so much, and how many such layers they have room for */
} dcnn_argument;

/* The simplest argument there is, or the kind NONE. O(layers * units). DCNN_E_MEMORY. */
dcnn_status dcnn_argue(dcnn_argument *argument, const dcnn_scenario *scenario, dcnn_error *err);

bool dcnn_argument_counts(const dcnn_argument *argument, dcnn_limit_kind kind);

#endif
