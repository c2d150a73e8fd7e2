#include "window.h"

dcnn_status dcnn_shape_pool(const dcnn_work *work)
{
    const dcnn_tensor *x;
    dcnn_shape y;
    dcnn_window window;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 3, DCNN_RANK_MAX))) return status;
    x = dcnn_in(work, 0);
    y = x->shape;
    if ((status = dcnn_window_read(work, y.rank - 2, NULL, &window))) return status;
    status = dcnn_window_slide(work, &window, x->shape.dims + 2, dcnn_attribute_int(work->node, "ceil_mode", 0) != 0,
                               y.dims + 2);
    if (status) return status;
    if ((status = dcnn_give(work, 0, x->type, &y))) return status;
    return dcnn_give(work, 1, DCNN_TYPE_INT64, &y); /* where the largest elements were */
}

dcnn_status dcnn_shape_pool_global(const dcnn_work *work)
{
    const dcnn_tensor *x;
    dcnn_shape y;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 3, DCNN_RANK_MAX))) return status;
    x = dcnn_in(work, 0);
    y = x->shape;
    for (int k = 2; k < y.rank; k++) y.dims[k] = 1;
    return dcnn_give(work, 0, x->type, &y);
}

/* The size that input 3 asks for, or the one that the pooling must have had. */
dcnn_status dcnn_shape_unpool(const dcnn_work *work)
{
    const dcnn_shape *x;
    dcnn_shape y;
    dcnn_window window;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 3, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    y = *x;
    if (dcnn_in(work, 2)) {
        if ((status = dcnn_input_ints(work, 2, "output_shape", y.dims, DCNN_RANK_MAX, &y.rank))) return status;
        if (y.rank != x->rank) return dcnn_bad(work, "output_shape: %d numbers expected, %d found", x->rank, y.rank);
        return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
    }
    if ((status = dcnn_window_read(work, x->rank - 2, NULL, &window))) return status;
    for (int k = 0; k < window.rank; k++)
        y.dims[2 + k] = dcnn_count_plus(dcnn_count_times(window.stride[k], x->dims[2 + k] - 1),
                                        window.kernel[k] - window.padding[k]);
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_roi(const dcnn_work *work)
{
    dcnn_shape y;
    dcnn_status status;
    int64_t pooled[2];

    if ((status = dcnn_need(work, 0, 4, 4)) || (status = dcnn_need(work, 1, 2, 2))) return status;
    y = dcnn_in(work, 0)->shape;
    y.dims[0] = dcnn_in(work, 1)->shape.dims[0];
    y.dims[2] = dcnn_attribute_int(work->node, "output_height", 1);
    y.dims[3] = dcnn_attribute_int(work->node, "output_width", 1);
    if (dcnn_attribute_ints(work->node, "pooled_shape", pooled, 2) == 2) {
        y.dims[2] = pooled[0];
        y.dims[3] = pooled[1];
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

int64_t dcnn_count_pool(const dcnn_work *work)
{
    int64_t kernel[DCNN_SPATIAL_MAX], count = dcnn_shape_count(&dcnn_out(work, 0)->shape);
    int rank = dcnn_attribute_ints(work->node, "kernel_shape", kernel, DCNN_SPATIAL_MAX);

    for (int k = 0; k < rank && k < DCNN_SPATIAL_MAX; k++) count = dcnn_count_times(count, kernel[k]);
    return count;
}

int64_t dcnn_count_pool_global(const dcnn_work *work)
{
    return dcnn_shape_count(&dcnn_in(work, 0)->shape);
}
