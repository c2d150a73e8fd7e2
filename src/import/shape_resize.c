#include "operators.h"
#include <math.h>

/* Scales of input k, or of the attribute "scales" when k is negative. */
static dcnn_status read_scales(const dcnn_work *work, int k, double *scales, int *count)
{
    dcnn_tensor *tensor;
    const dcnn_number *numbers;
    int64_t size;

    if (k < 0) {
        *count = dcnn_attribute_reals(work->node, "scales", scales, DCNN_RANK_MAX);
        return *count < 0 || *count > DCNN_RANK_MAX ? dcnn_bad(work, "scales are missing") : DCNN_OK;
    }
    tensor = dcnn_in(work, k);
    numbers = dcnn_tensor_numbers(work->graph, tensor);
    size = dcnn_shape_count(&tensor->shape);
    if (work->graph->out_of_memory) return dcnn_fail_memory(work->err);
    if (!numbers || !dcnn_type_is_real(tensor->type) || size > DCNN_RANK_MAX)
        return dcnn_bad(work,
                        "its scales cannot be known before the model runs; the shape of its output can be assumed");
    *count = (int)size;
    for (int n = 0; n < *count; n++) scales[n] = numbers[n].f;
    return DCNN_OK;
}

static dcnn_status scale_dim(const dcnn_work *work, double scale, int64_t *dim)
{
    float scaled = floorf((float)*dim * (float)scale); /* ONNX computes this in single precision */

    if (!(scale > 0) || !(scaled < (float)DCNN_COUNT_MAX)) return dcnn_bad(work, "a scale of %g", scale);
    *dim = (int64_t)scaled;
    return DCNN_OK;
}

static dcnn_status resize_by_scales(const dcnn_work *work, int k, const int64_t *axes, int axis_count, dcnn_shape *y)
{
    double scales[DCNN_RANK_MAX];
    dcnn_status status;
    int count = 0, axis;

    if ((status = read_scales(work, k, scales, &count))) return status;
    if (count != axis_count) return dcnn_bad(work, "scales: %d numbers expected, %d found", axis_count, count);
    for (int n = 0; n < count; n++) {
        if ((status = dcnn_axis(work, axes[n], y->rank, &axis))) return status;
        if ((status = scale_dim(work, scales[n], &y->dims[axis]))) return status;
    }
    return DCNN_OK;
}

/* One scale for all axes, so that the picture keeps its proportions. */
static double common_scale(const dcnn_shape *y, const int64_t *sizes, const int *axes, int count, bool larger)
{
    double scale = 0;

    for (int n = 0; n < count; n++) {
        double own = (double)sizes[n] / (double)y->dims[axes[n]];
        if (n == 0 || (larger ? own > scale : own < scale)) scale = own;
    }
    return scale;
}

static dcnn_status resize_to_sizes(const dcnn_work *work, const int64_t *axes, int axis_count, dcnn_shape *y)
{
    dcnn_name policy = dcnn_attribute_text(work->node, "keep_aspect_ratio_policy");
    bool stretch = policy.size == 0 || dcnn_name_is(policy, "stretch");
    int64_t sizes[DCNN_RANK_MAX];
    int count, found[DCNN_RANK_MAX];
    dcnn_status status;
    double scale;

    if ((status = dcnn_input_ints(work, 3, "sizes", sizes, DCNN_RANK_MAX, &count))) return status;
    if (count != axis_count) return dcnn_bad(work, "sizes: %d numbers expected, %d found", axis_count, count);
    for (int n = 0; n < count; n++) {
        if ((status = dcnn_axis(work, axes[n], y->rank, &found[n]))) return status;
        if (sizes[n] < 0 || sizes[n] > DCNN_COUNT_MAX) return dcnn_bad(work, "sizes: out of range");
        if (!stretch && y->dims[found[n]] == 0) return dcnn_bad(work, "its input has no elements");
    }
    scale = common_scale(y, sizes, found, count, dcnn_name_is(policy, "not_smaller"));
    for (int n = 0; n < count; n++) {
        double scaled = stretch ? (double)sizes[n] : floor(scale * (double)y->dims[found[n]] + 0.5);
        if (!(scaled <= (double)DCNN_COUNT_MAX)) return dcnn_bad(work, "sizes: out of range");
        y->dims[found[n]] = (int64_t)scaled;
    }
    return DCNN_OK;
}

static bool is_given(const dcnn_work *work, int k)
{
    const dcnn_tensor *tensor = dcnn_in(work, k);

    return tensor && dcnn_shape_count(&tensor->shape) > 0;
}

dcnn_status dcnn_shape_resize(const dcnn_work *work)
{
    int64_t axes[DCNN_RANK_MAX];
    int axis_count = dcnn_attribute_ints(work->node, "axes", axes, DCNN_RANK_MAX);
    dcnn_shape y;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, 0)->shape;
    if (axis_count > y.rank) return dcnn_bad(work, "names more axes than its input has");
    if (axis_count < 0) {
        axis_count = y.rank;
        for (int k = 0; k < y.rank; k++) axes[k] = k;
    }
    if (work->graph->opset < 11)
        status =
            is_given(work, 1) ? resize_by_scales(work, 1, axes, axis_count, &y) : dcnn_bad(work, "scales are missing");
    else if (is_given(work, 3))
        status = resize_to_sizes(work, axes, axis_count, &y);
    else if (is_given(work, 2))
        status = resize_by_scales(work, 2, axes, axis_count, &y);
    else
        status = dcnn_bad(work, "neither scales nor sizes are given");
    return status ? status : dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_upsample(const dcnn_work *work)
{
    int64_t axes[DCNN_RANK_MAX];
    dcnn_shape y;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, 0)->shape;
    for (int k = 0; k < y.rank; k++) axes[k] = k;
    if ((status = resize_by_scales(work, dcnn_in(work, 1) ? 1 : -1, axes, y.rank, &y))) return status;
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

/* x: batch x channels x spatial..., grid: batch x places... x coordinates */
dcnn_status dcnn_shape_grid_sample(const dcnn_work *work)
{
    const dcnn_shape *grid;
    dcnn_shape y;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 3, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, 0)->shape;
    if ((status = dcnn_need(work, 1, y.rank, y.rank))) return status;
    grid = &dcnn_in(work, 1)->shape;
    for (int k = 2; k < y.rank; k++) y.dims[k] = grid->dims[k - 1];
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

/* theta: batch x coordinates x (coordinates + 1); size: batch x channels x places... */
dcnn_status dcnn_shape_affine_grid(const dcnn_work *work)
{
    dcnn_shape size = {0}, y = {0};
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 3, 3)) || (status = dcnn_need(work, 1, 1, 1))) return status;
    if ((status = dcnn_input_ints(work, 1, "size", size.dims, DCNN_RANK_MAX, &size.rank))) return status;
    if (size.rank < 3) return dcnn_bad(work, "size: %d numbers found, 4 or 5 expected", size.rank);
    y.dims[y.rank++] = size.dims[0];
    for (int k = 2; k < size.rank; k++) y.dims[y.rank++] = size.dims[k];
    y.dims[y.rank++] = size.rank - 2;
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}
