#include "operators.h"

/* The shape without the flagged dimensions, or with size 1 there. */
static dcnn_shape reduced(const dcnn_shape *x, const bool *flags, bool keep)
{
    dcnn_shape y = {0};

    for (int k = 0; k < x->rank; k++)
        if (!flags[k])
            y.dims[y.rank++] = x->dims[k];
        else if (keep)
            y.dims[y.rank++] = 1;
    return y;
}

static bool keeps_dims(const dcnn_work *work)
{
    return dcnn_attribute_int(work->node, "keepdims", 1) != 0;
}

dcnn_status dcnn_shape_reduce(const dcnn_work *work)
{
    bool flags[DCNN_RANK_MAX], given, any = false;
    const dcnn_shape *x;
    dcnn_shape y;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_axes(work, "axes", 1, x->rank, flags, &given))) return status;
    for (int k = 0; k < x->rank; k++) any = any || flags[k];
    if (!any && dcnn_attribute_int(work->node, "noop_with_empty_axes", 0) == 0)
        for (int k = 0; k < x->rank; k++) flags[k] = true;
    y = reduced(x, flags, keeps_dims(work));
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_arg(const dcnn_work *work)
{
    bool flags[DCNN_RANK_MAX] = {false};
    const dcnn_shape *x;
    dcnn_shape y;
    dcnn_status status;
    int axis;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", 0), x->rank, &axis))) return status;
    flags[axis] = true;
    y = reduced(x, flags, keeps_dims(work));
    return dcnn_give(work, 0, DCNN_TYPE_INT64, &y);
}

dcnn_status dcnn_shape_top_k(const dcnn_work *work)
{
    int64_t wanted = dcnn_attribute_int(work->node, "k", -1);
    dcnn_shape y;
    dcnn_status status;
    int axis, count;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX))) return status;
    y = dcnn_in(work, 0)->shape;
    if (wanted < 0) {
        if ((status = dcnn_need(work, 1, 0, 1))) return status;
        if ((status = dcnn_input_ints(work, 1, "k", &wanted, 1, &count))) return status;
        if (count != 1) return dcnn_bad(work, "k is missing");
    }
    if ((status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", -1), y.rank, &axis))) return status;
    if (wanted < 0 || wanted > y.dims[axis])
        return dcnn_bad(work, "asks for %lld of %lld elements", (long long)wanted, (long long)y.dims[axis]);
    y.dims[axis] = wanted;
    if ((status = dcnn_give(work, 0, dcnn_in(work, 0)->type, &y))) return status;
    return dcnn_give(work, 1, DCNN_TYPE_INT64, &y);
}
