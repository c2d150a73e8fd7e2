#include "operators.h"
#include <stdio.h>
#include <string.h>

dcnn_tensor *dcnn_in(const dcnn_work *work, int k)
{
    return dcnn_node_input(work->graph, work->node, k);
}

dcnn_tensor *dcnn_out(const dcnn_work *work, int k)
{
    return dcnn_node_output(work->graph, work->node, k);
}

dcnn_status dcnn_bad(const dcnn_work *work, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return dcnn_node_fail(work->graph, work->node, work->err, "%s", text);
}

dcnn_status dcnn_need(const dcnn_work *work, int k, int least_rank, int most_rank)
{
    const dcnn_tensor *tensor = dcnn_in(work, k);
    char shape[160];

    if (!tensor) return dcnn_bad(work, "its input %d is missing", k + 1);
    if (tensor->shape.rank >= least_rank && tensor->shape.rank <= most_rank) return DCNN_OK;
    dcnn_shape_text(&tensor->shape, shape, sizeof shape);
    if (least_rank == most_rank)
        return dcnn_bad(work, "its input %d has the shape %s: %d dimensions expected", k + 1, shape, least_rank);
    return dcnn_bad(work, "its input %d has the shape %s: %d to %d dimensions expected", k + 1, shape, least_rank,
                    most_rank);
}

dcnn_status dcnn_give(const dcnn_work *work, int k, int type, const dcnn_shape *shape)
{
    dcnn_tensor *tensor = dcnn_out(work, k);
    char text[160];

    if (!tensor) return DCNN_OK;
    if (!dcnn_type_name(type)) return dcnn_bad(work, "asks for element type %d, which ONNX does not have", type);
    for (int d = 0; d < shape->rank; d++)
        if (shape->dims[d] < 0) return dcnn_bad(work, "its output has a negative size");
    if (dcnn_tensor_set(tensor, type, shape)) return DCNN_OK;
    dcnn_shape_text(shape, text, sizeof text);
    return dcnn_bad(work, "its output of shape %s is too large to count", text);
}

dcnn_status dcnn_axis(const dcnn_work *work, int64_t axis, int rank, int *found)
{
    if (axis < -(int64_t)rank || axis >= rank)
        return dcnn_bad(work, "axis %lld: the input has %d dimensions", (long long)axis, rank);
    *found = (int)(axis < 0 ? axis + rank : axis);
    return DCNN_OK;
}

dcnn_status dcnn_input_ints(const dcnn_work *work, int k, const char *what, int64_t *list, int max, int *count)
{
    dcnn_tensor *tensor = dcnn_in(work, k);
    const dcnn_number *numbers = dcnn_tensor_numbers(work->graph, tensor);
    int64_t size = dcnn_shape_count(&tensor->shape);

    if (work->graph->out_of_memory) return dcnn_fail_memory(work->err);
    if (!numbers || dcnn_type_is_real(tensor->type))
        return dcnn_bad(work, "its %s cannot be known before the model runs; the shape of its output can be assumed",
                        what);
    if (size > max)
        return dcnn_bad(work, "its %s: %lld numbers found, at most %d expected", what, (long long)size, max);
    for (int n = 0; n < (int)size; n++) list[n] = numbers[n].i;
    *count = (int)size;
    return DCNN_OK;
}

dcnn_status dcnn_axes(const dcnn_work *work, const char *attribute, int k, int rank, bool *flags, bool *given)
{
    int64_t list[DCNN_RANK_MAX];
    int count = dcnn_attribute_ints(work->node, attribute, list, DCNN_RANK_MAX), axis;
    dcnn_status status;

    memset(flags, 0, DCNN_RANK_MAX * sizeof *flags);
    *given = count >= 0;
    if (count < 0 && dcnn_in(work, k)) {
        if ((status = dcnn_input_ints(work, k, "axes", list, DCNN_RANK_MAX, &count))) return status;
        *given = true;
    }
    if (count > DCNN_RANK_MAX) return dcnn_bad(work, "names more than %d axes", DCNN_RANK_MAX);
    for (int n = 0; n < count; n++) {
        if ((status = dcnn_axis(work, list[n], rank, &axis))) return status;
        flags[axis] = true;
    }
    return DCNN_OK;
}

bool dcnn_broadcast(dcnn_shape *shape, const dcnn_shape *other)
{
    dcnn_shape wide = {.rank = shape->rank > other->rank ? shape->rank : other->rank};

    for (int k = 1; k <= wide.rank; k++) {
        int64_t a = k <= shape->rank ? shape->dims[shape->rank - k] : 1;
        int64_t b = k <= other->rank ? other->dims[other->rank - k] : 1;
        if (a != b && a != 1 && b != 1) return false;
        wide.dims[wide.rank - k] = a == 1 ? b : a;
    }
    *shape = wide;
    return true;
}
