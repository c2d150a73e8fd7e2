#include "window.h"

enum { PADS_MAX = 2 * DCNN_SPATIAL_MAX };
static const int64_t largest = (int64_t)1 << 31;

dcnn_status dcnn_window_list(const dcnn_work *work, const char *name, int rank, int64_t least, int64_t absent,
                             int64_t *list)
{
    int count = dcnn_attribute_ints(work->node, name, list, rank);

    for (int k = 0; count < 0 && k < rank; k++) list[k] = absent;
    if (count >= 0 && count != rank)
        return dcnn_bad(work, "%s: one number for each of %d spatial dimensions expected", name, rank);
    for (int k = 0; k < rank; k++)
        if (list[k] < least || list[k] > largest)
            return dcnn_bad(work, "%s: %lld is out of range", name, (long long)list[k]);
    return DCNN_OK;
}

static dcnn_status read_pads(const dcnn_work *work, dcnn_window *window)
{
    int64_t pads[PADS_MAX] = {0};
    int count = dcnn_attribute_ints(work->node, "pads", pads, PADS_MAX);

    if (count >= 0 && count != 2 * window->rank) return dcnn_bad(work, "pads: %d numbers expected", 2 * window->rank);
    for (int k = 0; k < 2 * window->rank; k++)
        if (pads[k] < 0 || pads[k] > largest) return dcnn_bad(work, "pads: %lld is out of range", (long long)pads[k]);
    for (int k = 0; k < window->rank; k++) {
        window->before[k] = pads[k];
        window->padding[k] = pads[k] + pads[window->rank + k];
    }
    return DCNN_OK;
}

dcnn_status dcnn_window_read(const dcnn_work *work, int rank, const int64_t *kernel, dcnn_window *window)
{
    dcnn_name mode = dcnn_attribute_text(work->node, "auto_pad");
    dcnn_status status;

    *window = (dcnn_window){.rank = rank};
    if (mode.size == 0 || dcnn_name_is(mode, "NOTSET"))
        window->mode = DCNN_PAD_GIVEN;
    else if (dcnn_name_is(mode, "SAME_UPPER") || dcnn_name_is(mode, "SAME_LOWER"))
        window->mode = DCNN_PAD_SAME;
    else if (dcnn_name_is(mode, "VALID"))
        window->mode = DCNN_PAD_NONE;
    else
        return dcnn_bad(work, "auto_pad has a value that ONNX does not have");
    if (!kernel && !dcnn_attribute_has(work->node, "kernel_shape")) return dcnn_bad(work, "kernel_shape is missing");
    if ((status = dcnn_window_list(work, "kernel_shape", rank, 1, 1, window->kernel))) return status;
    for (int k = 0; kernel && k < rank; k++) {
        if (kernel[k] < 1 || kernel[k] > largest) return dcnn_bad(work, "its kernel has no extent");
        window->kernel[k] = kernel[k];
    }
    if ((status = dcnn_window_list(work, "strides", rank, 1, 1, window->stride))) return status;
    if ((status = dcnn_window_list(work, "dilations", rank, 1, 1, window->dilation))) return status;
    return window->mode == DCNN_PAD_GIVEN ? read_pads(work, window) : DCNN_OK;
}

int64_t dcnn_window_reach(const dcnn_window *window, int k)
{
    return (window->kernel[k] - 1) * window->dilation[k] + 1;
}

dcnn_status dcnn_window_slide(const dcnn_work *work, const dcnn_window *window, const int64_t *in, bool ceil,
                              int64_t *out)
{
    for (int k = 0; k < window->rank; k++) {
        int64_t stride = window->stride[k], room = in[k] + window->padding[k] - dcnn_window_reach(window, k);
        if (window->mode == DCNN_PAD_SAME) {
            out[k] = in[k] / stride + (in[k] % stride != 0);
            continue;
        }
        if (room < 0 && ceil && room > -stride) { /* one window, of which a part lies inside */
            out[k] = 1;
            continue;
        }
        if (room < 0)
            return dcnn_bad(work, "its kernel reaches over %lld, but the padded input measures %lld",
                            (long long)dcnn_window_reach(window, k), (long long)(in[k] + window->padding[k]));
        out[k] = room / stride + 1;
        /* A last, partial window counts unless it would begin in the padding behind the input. */
        if (ceil && room % stride != 0 && out[k] * stride < in[k] + window->before[k]) out[k]++;
    }
    return DCNN_OK;
}
