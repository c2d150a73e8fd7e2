/* Convolutions. x: batch x channels x spatial..., w: out channels x (channels / group) x kernel... */
#include "window.h"

static dcnn_status read_group(const dcnn_work *work, int64_t *group)
{
    *group = dcnn_attribute_int(work->node, "group", 1);
    return *group < 1 ? dcnn_bad(work, "group is %lld: 1 or more expected", (long long)*group) : DCNN_OK;
}

/* The shape of a convolution whose weights are input w. */
static dcnn_status convolve(const dcnn_work *work, int w, int type)
{
    const dcnn_shape *x, *kernel;
    dcnn_shape y;
    dcnn_window window;
    dcnn_status status;
    int64_t group;

    if ((status = dcnn_need(work, 0, 3, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_need(work, w, x->rank, x->rank))) return status;
    kernel = &dcnn_in(work, w)->shape;
    if ((status = read_group(work, &group))) return status;
    if (x->dims[1] % group != 0 || x->dims[1] / group != kernel->dims[1] || kernel->dims[0] % group != 0)
        return dcnn_bad(work, "%lld input channels do not fit weights for %lld to %lld in %lld groups",
                        (long long)x->dims[1], (long long)dcnn_count_times(kernel->dims[1], group),
                        (long long)kernel->dims[0], (long long)group);
    if ((status = dcnn_window_read(work, x->rank - 2, kernel->dims + 2, &window))) return status;
    y = *x;
    y.dims[1] = kernel->dims[0];
    if ((status = dcnn_window_slide(work, &window, x->dims + 2, false, y.dims + 2))) return status;
    return dcnn_give(work, 0, type, &y);
}

dcnn_status dcnn_shape_conv(const dcnn_work *work)
{
    const dcnn_tensor *x = dcnn_in(work, 0);

    return convolve(work, 1, x ? x->type : 0);
}

dcnn_status dcnn_shape_conv_integer(const dcnn_work *work)
{
    return convolve(work, 1, DCNN_TYPE_INT32);
}

dcnn_status dcnn_shape_conv_quantized(const dcnn_work *work)
{
    const dcnn_tensor *zero = dcnn_in(work, 7);

    if (!zero) return dcnn_bad(work, "its input 8, the zero point of the output, is missing");
    return convolve(work, 3, zero->type);
}

dcnn_status dcnn_shape_conv_transposed(const dcnn_work *work)
{
    int64_t group, extra[DCNN_SPATIAL_MAX], wanted[DCNN_SPATIAL_MAX];
    const dcnn_shape *x, *kernel;
    dcnn_shape y;
    dcnn_window window;
    dcnn_status status;
    int rank;

    if ((status = dcnn_need(work, 0, 3, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_need(work, 1, x->rank, x->rank))) return status;
    kernel = &dcnn_in(work, 1)->shape;
    rank = x->rank - 2;
    if ((status = read_group(work, &group))) return status;
    if (x->dims[1] != kernel->dims[0] || x->dims[1] % group != 0)
        return dcnn_bad(work, "%lld input channels do not fit weights for %lld", (long long)x->dims[1],
                        (long long)kernel->dims[0]);
    if ((status = dcnn_window_read(work, rank, kernel->dims + 2, &window))) return status;
    if ((status = dcnn_window_list(work, "output_padding", rank, 0, 0, extra))) return status;
    if ((status = dcnn_window_list(work, "output_shape", rank, 0, 0, wanted))) return status;
    y = *x;
    y.dims[1] = dcnn_count_times(kernel->dims[1], group);
    for (int k = 0; k < rank; k++) {
        int64_t full = dcnn_count_times(window.stride[k], x->dims[2 + k] - 1);
        if (window.mode == DCNN_PAD_SAME)
            y.dims[2 + k] = dcnn_count_times(x->dims[2 + k], window.stride[k]);
        else
            y.dims[2 + k] = dcnn_count_plus(full, extra[k] + dcnn_window_reach(&window, k) - window.padding[k]);
        if (wanted[k] > 0) y.dims[2 + k] = wanted[k];
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

/* Each element of `each` is multiplied by one kernel of w: the product of w's sizes but the first. */
static int64_t count_kernels(const dcnn_shape *each, const dcnn_shape *w)
{
    int64_t count = dcnn_shape_count(each);

    for (int k = 1; k < w->rank; k++) count = dcnn_count_times(count, w->dims[k]);
    return count;
}

int64_t dcnn_count_conv(const dcnn_work *work)
{
    return count_kernels(&dcnn_out(work, 0)->shape, &dcnn_in(work, 1)->shape);
}

int64_t dcnn_count_conv_quantized(const dcnn_work *work)
{
    return count_kernels(&dcnn_out(work, 0)->shape, &dcnn_in(work, 3)->shape);
}

int64_t dcnn_count_conv_transposed(const dcnn_work *work)
{
    return count_kernels(&dcnn_in(work, 0)->shape, &dcnn_in(work, 1)->shape);
}
