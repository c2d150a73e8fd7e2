/* Operators that make a tensor from nothing, or from the shape of another one. */
#include "operators.h"
#include <math.h>

static const dcnn_shape scalar = {.rank = 0};

/* One of "value" (a tensor), "value_int", "value_ints", "value_float", "value_floats"; a text has no use in a CNN. */
dcnn_status dcnn_shape_constant(const dcnn_work *work)
{
    dcnn_tensor *y = dcnn_out(work, 0);
    dcnn_wire proto;
    int ints, reals;

    if (!y) return DCNN_OK;
    if (dcnn_attribute_tensor(work->node, "value", &proto)) return dcnn_tensor_read(work->graph, y, proto, work->err);
    ints = dcnn_attribute_ints(work->node, "value_ints", NULL, 0);
    if (ints >= 0) return dcnn_give(work, 0, DCNN_TYPE_INT64, &(dcnn_shape){1, {ints}});
    reals = dcnn_attribute_reals(work->node, "value_floats", NULL, 0);
    if (reals >= 0) return dcnn_give(work, 0, DCNN_TYPE_FLOAT, &(dcnn_shape){1, {reals}});
    if (dcnn_attribute_has(work->node, "value_int")) return dcnn_give(work, 0, DCNN_TYPE_INT64, &scalar);
    if (dcnn_attribute_has(work->node, "value_float")) return dcnn_give(work, 0, DCNN_TYPE_FLOAT, &scalar);
    return dcnn_bad(work, "its value is of a kind that is not supported");
}

dcnn_status dcnn_shape_constant_of_shape(const dcnn_work *work)
{
    dcnn_tensor value = {.name = dcnn_out(work, 0) ? dcnn_out(work, 0)->name : work->node->name};
    dcnn_shape y = {0};
    dcnn_wire proto;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 1, 1))) return status;
    if ((status = dcnn_input_ints(work, 0, "shape", y.dims, DCNN_RANK_MAX, &y.rank))) return status;
    if (!dcnn_attribute_tensor(work->node, "value", &proto)) return dcnn_give(work, 0, DCNN_TYPE_FLOAT, &y);
    if ((status = dcnn_tensor_read(work->graph, &value, proto, work->err))) return status;
    return dcnn_give(work, 0, value.type, &y);
}

dcnn_status dcnn_shape_shape(const dcnn_work *work)
{
    int64_t start = dcnn_attribute_int(work->node, "start", 0), end, count;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    end = dcnn_attribute_int(work->node, "end", DCNN_RANK_MAX);
    count = dcnn_slice_bounds(dcnn_in(work, 0)->shape.rank, &start, end, 1);
    return dcnn_give(work, 0, DCNN_TYPE_INT64, &(dcnn_shape){1, {count}});
}

dcnn_status dcnn_shape_size(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    return status ? status : dcnn_give(work, 0, DCNN_TYPE_INT64, &scalar);
}

dcnn_status dcnn_shape_eye_like(const dcnn_work *work)
{
    int64_t type = dcnn_attribute_int(work->node, "dtype", 0);
    dcnn_status status = dcnn_need(work, 0, 2, 2);

    if (status) return status;
    if (type == 0) type = dcnn_in(work, 0)->type;
    return dcnn_give(work, 0, type > 0 && type <= 1000 ? (int)type : -1, &dcnn_in(work, 0)->shape);
}

dcnn_status dcnn_shape_range(const dcnn_work *work)
{
    dcnn_number ends[3];
    bool real = dcnn_in(work, 0) && dcnn_type_is_real(dcnn_in(work, 0)->type);
    dcnn_status status;
    double count;

    for (int k = 0; k < 3; k++) {
        const dcnn_number *numbers;
        if ((status = dcnn_need(work, k, 0, 1))) return status;
        numbers = dcnn_tensor_numbers(work->graph, dcnn_in(work, k));
        if (work->graph->out_of_memory) return dcnn_fail_memory(work->err);
        if (!numbers || dcnn_shape_count(&dcnn_in(work, k)->shape) != 1)
            return dcnn_bad(work,
                            "its limits cannot be known before the model runs; the shape of its output can be assumed");
        ends[k] = numbers[0];
        if (!real) ends[k].f = (double)numbers[0].i;
    }
    count = ceil((ends[1].f - ends[0].f) / ends[2].f);
    if (!(count < (double)DCNN_COUNT_MAX)) return dcnn_bad(work, "a step of %g never ends", ends[2].f);
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &(dcnn_shape){1, {count > 0 ? (int64_t)count : 0}});
}

dcnn_status dcnn_shape_one_hot(const dcnn_work *work)
{
    const dcnn_shape *x;
    dcnn_shape y = {0};
    dcnn_status status;
    int64_t depth;
    int axis, count;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX - 1)) || (status = dcnn_need(work, 1, 0, 1)) ||
        (status = dcnn_need(work, 2, 0, 1)))
        return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_input_ints(work, 1, "depth", &depth, 1, &count))) return status;
    if (count != 1) return dcnn_bad(work, "depth is missing");
    status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", -1), x->rank + 1, &axis);
    if (status) return status;
    for (int k = 0; k < axis; k++) y.dims[y.rank++] = x->dims[k];
    y.dims[y.rank++] = depth;
    for (int k = axis; k < x->rank; k++) y.dims[y.rank++] = x->dims[k];
    return dcnn_give(work, 0, dcnn_in(work, 2)->type, &y);
}
