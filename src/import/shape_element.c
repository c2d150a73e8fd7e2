/* Operators that work element by element. */
#include "operators.h"

dcnn_status dcnn_shape_same(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    return status ? status : dcnn_give(work, 0, dcnn_in(work, 0)->type, &dcnn_in(work, 0)->shape);
}

dcnn_status dcnn_shape_bool(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    return status ? status : dcnn_give(work, 0, DCNN_TYPE_BOOL, &dcnn_in(work, 0)->shape);
}

/* An element type given as an attribute. */
static int type_attribute(const dcnn_work *work, const char *name, int absent)
{
    int64_t type = dcnn_attribute_int(work->node, name, absent);

    return type >= 0 && type <= 1000 ? (int)type : -1;
}

dcnn_status dcnn_shape_cast(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    return status ? status : dcnn_give(work, 0, type_attribute(work, "to", 0), &dcnn_in(work, 0)->shape);
}

dcnn_status dcnn_shape_cast_like(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    if (status || (status = dcnn_need(work, 1, 0, DCNN_RANK_MAX))) return status;
    return dcnn_give(work, 0, dcnn_in(work, 1)->type, &dcnn_in(work, 0)->shape);
}

dcnn_status dcnn_shape_dropout(const dcnn_work *work)
{
    dcnn_status status = dcnn_shape_same(work);

    return status ? status : dcnn_give(work, 1, DCNN_TYPE_BOOL, &dcnn_in(work, 0)->shape);
}

/* Further outputs are statistics per channel, which only training reads. */
dcnn_status dcnn_shape_batch_norm(const dcnn_work *work)
{
    dcnn_status status = dcnn_shape_same(work);

    if (!status && work->node->output_count > 1) status = dcnn_need(work, 1, 1, 1);
    for (int k = 1; !status && k < work->node->output_count; k++)
        status = dcnn_give(work, k, dcnn_in(work, 1)->type, &dcnn_in(work, 1)->shape);
    return status;
}

/* Further outputs are the mean and deviation over the axes that are normalised. */
dcnn_status dcnn_shape_layer_norm(const dcnn_work *work)
{
    dcnn_status status = dcnn_shape_same(work);
    dcnn_shape statistics;
    int axis = 0;

    if (status) return status;
    statistics = dcnn_in(work, 0)->shape;
    status = dcnn_axis(work, dcnn_attribute_int(work->node, "axis", -1), statistics.rank, &axis);
    if (status) return status;
    for (int k = axis; k < statistics.rank; k++) statistics.dims[k] = 1;
    for (int k = 1; !status && k < work->node->output_count; k++)
        status = dcnn_give(work, k, DCNN_TYPE_FLOAT, &statistics);
    return status;
}

dcnn_status dcnn_shape_quantize(const dcnn_work *work)
{
    const dcnn_tensor *zero = dcnn_in(work, 2);
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);
    int type = type_attribute(work, "output_dtype", 0);

    if (status) return status;
    if (type == 0) type = zero ? zero->type : DCNN_TYPE_UINT8;
    return dcnn_give(work, 0, type, &dcnn_in(work, 0)->shape);
}

dcnn_status dcnn_shape_dequantize(const dcnn_work *work)
{
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    if (status || (status = dcnn_need(work, 1, 0, DCNN_RANK_MAX))) return status;
    return dcnn_give(work, 0, dcnn_in(work, 1)->type, &dcnn_in(work, 0)->shape);
}

dcnn_status dcnn_shape_quantize_dynamic(const dcnn_work *work)
{
    const dcnn_shape scalar = {.rank = 0};
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    if (status || (status = dcnn_give(work, 0, DCNN_TYPE_UINT8, &dcnn_in(work, 0)->shape))) return status;
    if ((status = dcnn_give(work, 1, DCNN_TYPE_FLOAT, &scalar))) return status;
    return dcnn_give(work, 2, DCNN_TYPE_UINT8, &scalar);
}

/* The shape that inputs a and b stretch to. */
static dcnn_status stretch(const dcnn_work *work, int a, int b, dcnn_shape *shape)
{
    char left[160], right[160];
    dcnn_status status = dcnn_need(work, a, 0, DCNN_RANK_MAX);

    if (status || (status = dcnn_need(work, b, 0, DCNN_RANK_MAX))) return status;
    *shape = dcnn_in(work, a)->shape;
    if (dcnn_broadcast(shape, &dcnn_in(work, b)->shape)) return DCNN_OK;
    dcnn_shape_text(&dcnn_in(work, a)->shape, left, sizeof left);
    dcnn_shape_text(&dcnn_in(work, b)->shape, right, sizeof right);
    return dcnn_bad(work, "shapes %s and %s do not match", left, right);
}

dcnn_status dcnn_shape_binary(const dcnn_work *work)
{
    dcnn_shape shape;
    dcnn_status status = stretch(work, 0, 1, &shape);

    return status ? status : dcnn_give(work, 0, dcnn_in(work, 0)->type, &shape);
}

/* a, its scale and zero point, b, its scale and zero point, ... */
dcnn_status dcnn_shape_binary_quantized(const dcnn_work *work)
{
    dcnn_shape shape;
    dcnn_status status = stretch(work, 0, 3, &shape);

    return status ? status : dcnn_give(work, 0, dcnn_in(work, 0)->type, &shape);
}

dcnn_status dcnn_shape_compare(const dcnn_work *work)
{
    dcnn_shape shape;
    dcnn_status status = stretch(work, 0, 1, &shape);

    return status ? status : dcnn_give(work, 0, DCNN_TYPE_BOOL, &shape);
}

dcnn_status dcnn_shape_variadic(const dcnn_work *work)
{
    dcnn_shape shape;
    dcnn_status status = dcnn_need(work, 0, 0, DCNN_RANK_MAX);

    if (status) return status;
    shape = dcnn_in(work, 0)->shape;
    for (int k = 1; k < work->node->input_count; k++) {
        if ((status = dcnn_need(work, k, 0, DCNN_RANK_MAX))) return status;
        if (!dcnn_broadcast(&shape, &dcnn_in(work, k)->shape))
            return dcnn_bad(work, "the shape of input %d does not match those before it", k + 1);
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &shape);
}

dcnn_status dcnn_shape_where(const dcnn_work *work)
{
    dcnn_shape shape;
    dcnn_status status = stretch(work, 1, 2, &shape);

    if (status || (status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    if (!dcnn_broadcast(&shape, &dcnn_in(work, 0)->shape)) return dcnn_bad(work, "its three shapes do not match");
    return dcnn_give(work, 0, dcnn_in(work, 1)->type, &shape);
}

int64_t dcnn_count_each(const dcnn_work *work)
{
    return dcnn_shape_count(&dcnn_out(work, 0)->shape);
}

int64_t dcnn_count_variadic(const dcnn_work *work)
{
    return dcnn_count_times(work->node->input_count - 1, dcnn_shape_count(&dcnn_out(work, 0)->shape));
}
