/* operators.h - what the importer knows of each operator: shapes, operations, constants. */
#ifndef DCNN_IMPORT_OPERATORS_H
#define DCNN_IMPORT_OPERATORS_H

#include "graph.h"

/* One node whose outputs are being worked out. */
typedef struct {
    dcnn_graph *graph;
    const dcnn_node *node;
    dcnn_error *err;
} dcnn_work;

/* Sets type and shape of the node's outputs from its inputs, whose types and shapes are known. */
typedef dcnn_status (*dcnn_shape_rule)(const dcnn_work *work);

/* Operations of the node, once shapes are known; saturates at INT64_MAX. */
typedef int64_t (*dcnn_count_rule)(const dcnn_work *work);

/* Elements of the node's first output (as many as its shape has, at most DCNN_NUMBERS_MAX) from known elements of
 * its inputs; false when they cannot be known. */
typedef bool (*dcnn_fold_rule)(const dcnn_work *work, dcnn_number *numbers, int64_t count);

/* What the operations of an operator are called; the others are free. */
typedef enum { DCNN_OPS_NONE, DCNN_OPS_HEAVY, DCNN_OPS_POOL, DCNN_OPS_ADD, DCNN_OPS_MUL } dcnn_ops_kind;

typedef enum {
    DCNN_TRAIT_NONE,
    DCNN_TRAIT_IN_PLACE, /* element by element: may overwrite its first input */
    DCNN_TRAIT_ABOUT,    /* tells the shape of its input: a constant, whatever the input's elements */
    DCNN_TRAIT_SOURCE    /* makes weights of its own */
} dcnn_trait;

struct dcnn_operator {
    const char *name;
    dcnn_shape_rule shape;
    dcnn_ops_kind kind;
    dcnn_count_rule count;
    dcnn_fold_rule fold; /* NULL = never worked out */
    unsigned settings;   /* bit k: a constant input k is a setting (a shape, axes, limits), not a weight */
    dcnn_trait trait;
};

/* Whether a constant input k of the node is a setting. */
bool dcnn_is_setting(const dcnn_node *node, int k);

/* NULL when unknown. */
const dcnn_operator *dcnn_operator_find(dcnn_name type);

/* --- what shape rules share (rules.c) --- */

dcnn_tensor *dcnn_in(const dcnn_work *work, int k);
dcnn_tensor *dcnn_out(const dcnn_work *work, int k);

/* DCNN_OK, or a failure that names the input which is missing or whose rank is not within [least, most]. */
dcnn_status dcnn_need(const dcnn_work *work, int k, int least_rank, int most_rank);

/* Gives output k its type and shape (nothing to do when it is left out); fails when that is too large to count. */
dcnn_status dcnn_give(const dcnn_work *work, int k, int type, const dcnn_shape *shape);

/* Axis in 0 .. rank-1 from one counted from the end when negative; fails when there is none. */
dcnn_status dcnn_axis(const dcnn_work *work, int64_t axis, int rank, int *found);

/* Axes as flags per dimension, from an attribute and (later operator sets) from input k; neither: *given = false. */
dcnn_status dcnn_axes(const dcnn_work *work, const char *attribute, int k, int rank, bool *flags, bool *given);

/* Whole numbers of input k, which must be known: at most max. Fails, naming what they are for. */
dcnn_status dcnn_input_ints(const dcnn_work *work, int k, const char *what, int64_t *list, int max, int *count);

/* The common shape of two operands whose sizes of 1 stretch; false when they do not match. */
bool dcnn_broadcast(dcnn_shape *shape, const dcnn_shape *other);

dcnn_status dcnn_bad(const dcnn_work *work, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- rules by family --- */

dcnn_status dcnn_shape_conv(const dcnn_work *work); /* shape_conv.c */
dcnn_status dcnn_shape_conv_integer(const dcnn_work *work);
dcnn_status dcnn_shape_conv_quantized(const dcnn_work *work);
dcnn_status dcnn_shape_conv_transposed(const dcnn_work *work);
int64_t dcnn_count_conv(const dcnn_work *work);
int64_t dcnn_count_conv_quantized(const dcnn_work *work);
int64_t dcnn_count_conv_transposed(const dcnn_work *work);

dcnn_status dcnn_shape_pool(const dcnn_work *work); /* shape_pool.c */
dcnn_status dcnn_shape_pool_global(const dcnn_work *work);
dcnn_status dcnn_shape_unpool(const dcnn_work *work);
dcnn_status dcnn_shape_roi(const dcnn_work *work);
int64_t dcnn_count_pool(const dcnn_work *work);
int64_t dcnn_count_pool_global(const dcnn_work *work);

dcnn_status dcnn_shape_gemm(const dcnn_work *work); /* shape_matrix.c */
dcnn_status dcnn_shape_gemm_quantized(const dcnn_work *work);
dcnn_status dcnn_shape_matmul(const dcnn_work *work);
dcnn_status dcnn_shape_matmul_integer(const dcnn_work *work);
dcnn_status dcnn_shape_matmul_real(const dcnn_work *work);
dcnn_status dcnn_shape_matmul_quantized(const dcnn_work *work);
dcnn_status dcnn_shape_recurrent(const dcnn_work *work);
int64_t dcnn_count_gemm(const dcnn_work *work);
int64_t dcnn_count_matmul(const dcnn_work *work);
int64_t dcnn_count_recurrent(const dcnn_work *work);

dcnn_status dcnn_shape_einsum(const dcnn_work *work); /* shape_einsum.c */
int64_t dcnn_count_einsum(const dcnn_work *work);

dcnn_status dcnn_shape_same(const dcnn_work *work); /* shape_element.c */
dcnn_status dcnn_shape_bool(const dcnn_work *work);
dcnn_status dcnn_shape_cast(const dcnn_work *work);
dcnn_status dcnn_shape_cast_like(const dcnn_work *work);
dcnn_status dcnn_shape_dropout(const dcnn_work *work);
dcnn_status dcnn_shape_batch_norm(const dcnn_work *work);
dcnn_status dcnn_shape_layer_norm(const dcnn_work *work);
dcnn_status dcnn_shape_quantize(const dcnn_work *work);
dcnn_status dcnn_shape_dequantize(const dcnn_work *work);
dcnn_status dcnn_shape_quantize_dynamic(const dcnn_work *work);
dcnn_status dcnn_shape_binary(const dcnn_work *work);
dcnn_status dcnn_shape_binary_quantized(const dcnn_work *work);
dcnn_status dcnn_shape_compare(const dcnn_work *work);
dcnn_status dcnn_shape_variadic(const dcnn_work *work);
dcnn_status dcnn_shape_where(const dcnn_work *work);
int64_t dcnn_count_each(const dcnn_work *work);
int64_t dcnn_count_variadic(const dcnn_work *work);

dcnn_status dcnn_shape_reshape(const dcnn_work *work); /* shape_layout.c */
dcnn_status dcnn_shape_flatten(const dcnn_work *work);
dcnn_status dcnn_shape_squeeze(const dcnn_work *work);
dcnn_status dcnn_shape_unsqueeze(const dcnn_work *work);
dcnn_status dcnn_shape_transpose(const dcnn_work *work);
dcnn_status dcnn_shape_depth_to_space(const dcnn_work *work);
dcnn_status dcnn_shape_space_to_depth(const dcnn_work *work);
dcnn_status dcnn_shape_col2im(const dcnn_work *work);
dcnn_status dcnn_shape_crop_pad(const dcnn_work *work);
dcnn_status dcnn_shape_expand(const dcnn_work *work);
dcnn_status dcnn_shape_tile(const dcnn_work *work);

dcnn_status dcnn_shape_concat(const dcnn_work *work); /* shape_pieces.c */
dcnn_status dcnn_shape_concat_quantized(const dcnn_work *work);
dcnn_status dcnn_shape_split(const dcnn_work *work);
dcnn_status dcnn_shape_slice(const dcnn_work *work);
dcnn_status dcnn_shape_pad(const dcnn_work *work);
dcnn_status dcnn_shape_gather(const dcnn_work *work);
dcnn_status dcnn_shape_gather_elements(const dcnn_work *work);
dcnn_status dcnn_shape_gather_nd(const dcnn_work *work);

dcnn_status dcnn_shape_resize(const dcnn_work *work); /* shape_resize.c */
dcnn_status dcnn_shape_upsample(const dcnn_work *work);
dcnn_status dcnn_shape_grid_sample(const dcnn_work *work);
dcnn_status dcnn_shape_affine_grid(const dcnn_work *work);

dcnn_status dcnn_shape_reduce(const dcnn_work *work); /* shape_reduce.c */
dcnn_status dcnn_shape_arg(const dcnn_work *work);
dcnn_status dcnn_shape_top_k(const dcnn_work *work);

dcnn_status dcnn_shape_constant(const dcnn_work *work); /* shape_source.c */
dcnn_status dcnn_shape_constant_of_shape(const dcnn_work *work);
dcnn_status dcnn_shape_shape(const dcnn_work *work);
dcnn_status dcnn_shape_size(const dcnn_work *work);
dcnn_status dcnn_shape_eye_like(const dcnn_work *work);
dcnn_status dcnn_shape_range(const dcnn_work *work);
dcnn_status dcnn_shape_one_hot(const dcnn_work *work);

/* --- numbers of small constants --- */

bool dcnn_fold_copy(const dcnn_work *work, dcnn_number *numbers, int64_t count); /* fold.c */
bool dcnn_fold_cast(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_constant(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_constant_of_shape(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_shape(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_size(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_range(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_unary(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_binary(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_where(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_product(const dcnn_work *work, dcnn_number *numbers, int64_t count);

bool dcnn_fold_slice(const dcnn_work *work, dcnn_number *numbers, int64_t count); /* fold_layout.c */
bool dcnn_fold_transpose(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_expand(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_concat(const dcnn_work *work, dcnn_number *numbers, int64_t count);
bool dcnn_fold_gather(const dcnn_work *work, dcnn_number *numbers, int64_t count);

/* --- what shape rules and numbers both need --- */

/* Bounds of a slice along one dimension, clamped as ONNX says; returns the number of elements. */
int64_t dcnn_slice_bounds(int64_t size, int64_t *start, int64_t end, int64_t step);

/* What a Slice takes of its input along each dimension: the element at index n is that at start + n * step. */
typedef struct {
    dcnn_shape shape; /* of the output */
    int64_t start[DCNN_RANK_MAX], step[DCNN_RANK_MAX];
} dcnn_slices;

dcnn_status dcnn_slices_read(const dcnn_work *work, dcnn_slices *slices); /* shape_pieces.c */

/* Dimension k of a Transpose's output is dimension order[k] of its input (shape_layout.c). */
dcnn_status dcnn_transpose_order(const dcnn_work *work, int *order);

#endif
