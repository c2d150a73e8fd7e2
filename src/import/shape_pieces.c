/* Operators that join tensors, or take pieces of them. */
#include "operators.h"

/* Joins inputs first, first + step, ... along an axis. */
static dcnn_status join(const dcnn_work *work, int first, int step, int64_t absent_axis)
{
    dcnn_shape y;
    dcnn_status status;
    int axis;

    if ((status = dcnn_need(work, first, 1, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, first)->shape;
    if ((status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", absent_axis), y.rank, &axis))) return status;
    for (int k = first + step; k < work->node->input_count; k += step) {
        const dcnn_shape *x;
        if ((status = dcnn_need(work, k, y.rank, y.rank))) return status;
        x = &dcnn_in(work, k)->shape;
        for (int d = 0; d < y.rank; d++)
            if (d != axis && x->dims[d] != y.dims[d])
                return dcnn_bad(work, "input %d has size %lld in dimension %d, those before it %lld", k + 1,
                                (long long)x->dims[d], d, (long long)y.dims[d]);
        y.dims[axis] = dcnn_count_plus(y.dims[axis], x->dims[axis]);
    }
    return dcnn_give(work, 0, dcnn_in(work, first)->type, &y);
}

dcnn_status dcnn_shape_concat(const dcnn_work *work)
{
    return join(work, 0, 1, 1);
}

/* Scale and zero point of the output, then each tensor with its own. */
dcnn_status dcnn_shape_concat_quantized(const dcnn_work *work)
{
    return join(work, 2, 3, 1);
}

/* Size of part k when `size` elements are dealt to `parts` without being told how: the last part takes the rest. */
static int64_t part_size(int64_t size, int parts, int k)
{
    int64_t each = size / parts + (size % parts != 0), left = size - each * k;

    return left < 0 ? 0 : left < each ? left : each;
}

dcnn_status dcnn_shape_split(const dcnn_work *work)
{
    int parts = work->node->output_count, count, axis;
    dcnn_status status = DCNN_OK;
    int64_t *sizes, sum = 0;
    dcnn_shape y;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, 0)->shape;
    if ((status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", 0), y.rank, &axis))) return status;
    sizes = dcnn_pool_take(work->graph->pool, (size_t)parts, sizeof *sizes);
    if (!sizes) return dcnn_fail_memory(work->err);
    count = dcnn_attribute_ints(work->node, "split", sizes, parts);
    if (count < 0 && dcnn_in(work, 1)) {
        if ((status = dcnn_input_ints(work, 1, "split", sizes, parts, &count))) return status;
    }
    for (int k = 0; count < 0 && k < parts; k++) sizes[k] = part_size(y.dims[axis], parts, k);
    if (count >= 0 && count != parts) return dcnn_bad(work, "split: %d sizes expected, %d found", parts, count);
    for (int k = 0; k < parts; k++) {
        if (sizes[k] < 0) return dcnn_bad(work, "split: a negative size");
        sum = dcnn_count_plus(sum, sizes[k]);
    }
    if (sum != y.dims[axis])
        return dcnn_bad(work, "split: the sizes add up to %lld, not to %lld", (long long)sum, (long long)y.dims[axis]);
    for (int k = 0; k < parts && !status; k++) {
        y.dims[axis] = sizes[k];
        status = dcnn_give(work, k, dcnn_in(work, 0)->type, &y);
    }
    return status;
}

int64_t dcnn_slice_bounds(int64_t size, int64_t *start, int64_t end, int64_t step)
{
    int64_t low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1, span;

    if (*start < 0) *start += size;
    if (end < 0) end += size;
    if (*start < 0) *start = 0;
    if (*start > high) *start = high;
    if (end < low) end = low;
    if (end > high) end = high;
    span = step > 0 ? end - *start : *start - end;
    if (span <= 0 || step == INT64_MIN) return span > 0;
    step = step > 0 ? step : -step;
    return span / step + (span % step != 0);
}

/* The four lists of a Slice as they are given: attributes before operator set 10, inputs since. */
struct slice_lists {
    int count;
    int64_t starts[DCNN_RANK_MAX], ends[DCNN_RANK_MAX], axes[DCNN_RANK_MAX], steps[DCNN_RANK_MAX];
};

static dcnn_status read_slice_attributes(const dcnn_work *work, struct slice_lists *lists)
{
    int axes = dcnn_attribute_ints(work->node, "axes", lists->axes, DCNN_RANK_MAX);

    if (dcnn_attribute_ints(work->node, "ends", lists->ends, DCNN_RANK_MAX) != lists->count)
        return dcnn_bad(work, "as many ends as starts expected");
    if ((axes >= 0 && axes != lists->count) || lists->count > DCNN_RANK_MAX)
        return dcnn_bad(work, "starts, ends and axes do not match");
    return DCNN_OK;
}

static dcnn_status read_slice_inputs(const dcnn_work *work, struct slice_lists *lists)
{
    int ends, axes, steps;
    dcnn_status status;

    if ((status = dcnn_need(work, 1, 0, 1)) || (status = dcnn_need(work, 2, 0, 1)) ||
        (status = dcnn_input_ints(work, 1, "starts", lists->starts, DCNN_RANK_MAX, &lists->count)) ||
        (status = dcnn_input_ints(work, 2, "ends", lists->ends, DCNN_RANK_MAX, &ends)))
        return status;
    axes = steps = lists->count;
    if (dcnn_in(work, 3) && (status = dcnn_input_ints(work, 3, "axes", lists->axes, DCNN_RANK_MAX, &axes)))
        return status;
    if (dcnn_in(work, 4) && (status = dcnn_input_ints(work, 4, "steps", lists->steps, DCNN_RANK_MAX, &steps)))
        return status;
    if (ends != lists->count || axes != lists->count || steps != lists->count)
        return dcnn_bad(work, "%d starts, %d ends, %d axes and %d steps", lists->count, ends, axes, steps);
    return DCNN_OK;
}

dcnn_status dcnn_slices_read(const dcnn_work *work, dcnn_slices *slices)
{
    struct slice_lists lists;
    dcnn_status status;
    int axis;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    slices->shape = dcnn_in(work, 0)->shape;
    for (int k = 0; k < DCNN_RANK_MAX; k++) {
        lists.axes[k] = k;
        slices->start[k] = 0;
        lists.steps[k] = slices->step[k] = 1;
    }
    lists.count = dcnn_attribute_ints(work->node, "starts", lists.starts, DCNN_RANK_MAX);
    status = lists.count >= 0 ? read_slice_attributes(work, &lists) : read_slice_inputs(work, &lists);
    if (status) return status;
    for (int k = 0; k < lists.count; k++) {
        if ((status = dcnn_axis(work, lists.axes[k], slices->shape.rank, &axis))) return status;
        if (lists.steps[k] == 0) return dcnn_bad(work, "a step of 0");
        slices->start[axis] = lists.starts[k];
        slices->step[axis] = lists.steps[k];
        slices->shape.dims[axis] =
            dcnn_slice_bounds(slices->shape.dims[axis], &slices->start[axis], lists.ends[k], lists.steps[k]);
    }
    return DCNN_OK;
}

dcnn_status dcnn_shape_slice(const dcnn_work *work)
{
    dcnn_slices slices;
    dcnn_status status = dcnn_slices_read(work, &slices);

    return status ? status : dcnn_give(work, 0, dcnn_in(work, 0)->type, &slices.shape);
}

dcnn_status dcnn_shape_pad(const dcnn_work *work)
{
    int64_t pads[2 * DCNN_RANK_MAX], axes[DCNN_RANK_MAX];
    int count = dcnn_attribute_ints(work->node, "pads", pads, 2 * DCNN_RANK_MAX), axis_count, axis;
    dcnn_status status;
    dcnn_shape y;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, 0)->shape;
    axis_count = y.rank;
    for (int k = 0; k < DCNN_RANK_MAX; k++) axes[k] = k;
    if (count < 0) {
        if ((status = dcnn_need(work, 1, 0, 2))) return status;
        if ((status = dcnn_input_ints(work, 1, "pads", pads, 2 * DCNN_RANK_MAX, &count))) return status;
        if (dcnn_in(work, 3) && (status = dcnn_input_ints(work, 3, "axes", axes, DCNN_RANK_MAX, &axis_count)))
            return status;
    }
    if (count != 2 * axis_count) return dcnn_bad(work, "pads: %d numbers expected, %d found", 2 * axis_count, count);
    for (int k = 0; k < axis_count; k++) {
        int64_t more;
        if ((status = dcnn_axis(work, axes[k], y.rank, &axis))) return status;
        if (__builtin_add_overflow(pads[k], pads[axis_count + k], &more) ||
            __builtin_add_overflow(y.dims[axis], more, &y.dims[axis]) || y.dims[axis] < 0)
            return dcnn_bad(work, "pads: out of range");
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_gather(const dcnn_work *work)
{
    const dcnn_shape *x, *indices;
    dcnn_shape y = {0};
    dcnn_status status;
    int axis;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX)) || (status = dcnn_need(work, 1, 0, DCNN_RANK_MAX)))
        return status;
    x = &dcnn_in(work, 0)->shape;
    indices = &dcnn_in(work, 1)->shape;
    if ((status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", 0), x->rank, &axis))) return status;
    if (x->rank - 1 + indices->rank > DCNN_RANK_MAX)
        return dcnn_bad(work, "its output has more than %d dimensions", DCNN_RANK_MAX);
    for (int k = 0; k < axis; k++) y.dims[y.rank++] = x->dims[k];
    for (int k = 0; k < indices->rank; k++) y.dims[y.rank++] = indices->dims[k];
    for (int k = axis + 1; k < x->rank; k++) y.dims[y.rank++] = x->dims[k];
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_gather_elements(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 1, DCNN_RANK_MAX);

    if (status || (status = dcnn_need(work, 1, 1, DCNN_RANK_MAX))) return status;
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &dcnn_in(work, 1)->shape);
}

dcnn_status dcnn_shape_gather_nd(const dcnn_work *work)
{
    int64_t batch = dcnn_attribute_int(work->node, "batch_dims", 0), depth;
    const dcnn_shape *x, *indices;
    dcnn_shape y = {0};
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX)) || (status = dcnn_need(work, 1, 1, DCNN_RANK_MAX)))
        return status;
    x = &dcnn_in(work, 0)->shape;
    indices = &dcnn_in(work, 1)->shape;
    depth = indices->dims[indices->rank - 1];
    if (batch < 0 || batch > x->rank || depth > x->rank - batch)
        return dcnn_bad(work, "its indices have %lld parts for an input of %d dimensions", (long long)depth, x->rank);
    if (indices->rank - 1 + x->rank - (int)(batch + depth) > DCNN_RANK_MAX)
        return dcnn_bad(work, "its output has more than %d dimensions", DCNN_RANK_MAX);
    for (int k = 0; k < indices->rank - 1; k++) y.dims[y.rank++] = indices->dims[k];
    for (int k = (int)(batch + depth); k < x->rank; k++) y.dims[y.rank++] = x->dims[k];
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}
