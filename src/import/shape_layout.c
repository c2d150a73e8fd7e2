/* Operators that put the same elements into another order or shape. */
#include "operators.h"

dcnn_status dcnn_shape_reshape(const dcnn_work *work)
{
    bool zero_is_zero = dcnn_attribute_int(work->node, "allowzero", 0) != 0;
    int64_t wanted[DCNN_RANK_MAX], known = 1, total;
    const dcnn_shape *x;
    dcnn_shape y = {0};
    dcnn_status status;
    char text[160];
    int open = -1;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX)) || (status = dcnn_need(work, 1, 1, 1))) return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_input_ints(work, 1, "shape", wanted, DCNN_RANK_MAX, &y.rank))) return status;
    for (int k = 0; k < y.rank; k++) {
        if (wanted[k] == 0 && !zero_is_zero) {
            if (k >= x->rank) return dcnn_bad(work, "copies size %d of an input that has %d", k + 1, x->rank);
            wanted[k] = x->dims[k];
        }
        if (wanted[k] < -1 || (wanted[k] == -1 && open >= 0)) return dcnn_bad(work, "its shape has a negative size");
        if (wanted[k] == -1)
            open = k;
        else
            known = dcnn_count_times(known, wanted[k]);
        y.dims[k] = wanted[k];
    }
    total = dcnn_shape_count(x);
    if (open >= 0) y.dims[open] = known > 0 && total % known == 0 ? total / known : 0;
    if (dcnn_shape_count(&y) != total) {
        if (open >= 0) y.dims[open] = -1;
        dcnn_shape_text(&y, text, sizeof text);
        return dcnn_bad(work, "%lld elements do not fit the shape %s", (long long)total, text);
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_flatten(const dcnn_work *work)
{
    int64_t axis = dcnn_attribute_int(work->node, "axis", 1);
    dcnn_shape y = {.rank = 2, .dims = {1, 1}};
    const dcnn_shape *x;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if (axis < -(int64_t)x->rank || axis > x->rank)
        return dcnn_bad(work, "axis %lld: the input has %d dimensions", (long long)axis, x->rank);
    if (axis < 0) axis += x->rank;
    for (int k = 0; k < x->rank; k++) y.dims[k >= axis] = dcnn_count_times(y.dims[k >= axis], x->dims[k]);
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_squeeze(const dcnn_work *work)
{
    bool flags[DCNN_RANK_MAX], given;
    const dcnn_shape *x;
    dcnn_shape y = {0};
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if ((status = dcnn_axes(work, "axes", 1, x->rank, flags, &given))) return status;
    for (int k = 0; k < x->rank; k++) {
        if (given && flags[k] && x->dims[k] != 1)
            return dcnn_bad(work, "dimension %d has size %lld and cannot be left out", k, (long long)x->dims[k]);
        if (!(given ? flags[k] : x->dims[k] == 1)) y.dims[y.rank++] = x->dims[k];
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_unsqueeze(const dcnn_work *work)
{
    int64_t axes[DCNN_RANK_MAX];
    bool flags[DCNN_RANK_MAX] = {false};
    int count = dcnn_attribute_ints(work->node, "axes", axes, DCNN_RANK_MAX), axis, taken = 0;
    const dcnn_shape *x;
    dcnn_shape y = {0};
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    x = &dcnn_in(work, 0)->shape;
    if (count < 0) {
        if ((status = dcnn_need(work, 1, 0, 1))) return status;
        if ((status = dcnn_input_ints(work, 1, "axes", axes, DCNN_RANK_MAX, &count))) return status;
    }
    if (x->rank + count > DCNN_RANK_MAX) return dcnn_bad(work, "its output has more than %d dimensions", DCNN_RANK_MAX);
    y.rank = x->rank + count;
    for (int n = 0; n < count; n++) {
        if ((status = dcnn_axis(work, axes[n], y.rank, &axis))) return status;
        if (flags[axis]) return dcnn_bad(work, "names axis %d twice", axis);
        flags[axis] = true;
    }
    for (int k = 0; k < y.rank; k++) y.dims[k] = flags[k] ? 1 : x->dims[taken++];
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_transpose_order(const dcnn_work *work, int *order)
{
    int64_t wanted[DCNN_RANK_MAX];
    bool seen[DCNN_RANK_MAX] = {false};
    int count = dcnn_attribute_ints(work->node, "perm", wanted, DCNN_RANK_MAX), rank;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX))) return status;
    rank = dcnn_in(work, 0)->shape.rank;
    if (count >= 0 && count != rank) return dcnn_bad(work, "perm: %d numbers expected, %d found", rank, count);
    for (int k = 0; k < rank; k++) {
        if ((status = dcnn_axis(work, count < 0 ? rank - 1 - k : wanted[k], rank, &order[k]))) return status;
        if (seen[order[k]]) return dcnn_bad(work, "perm names axis %d twice", order[k]);
        seen[order[k]] = true;
    }
    return DCNN_OK;
}

dcnn_status dcnn_shape_transpose(const dcnn_work *work)
{
    int order[DCNN_RANK_MAX];
    dcnn_status status = dcnn_transpose_order(work, order);
    dcnn_shape y;

    if (status) return status;
    y.rank = dcnn_in(work, 0)->shape.rank;
    for (int k = 0; k < y.rank; k++) y.dims[k] = dcnn_in(work, 0)->shape.dims[order[k]];
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

static dcnn_status read_block(const dcnn_work *work, int64_t *block)
{
    dcnn_status status = dcnn_need(work, 0, 4, 4);

    if (status) return status;
    *block = dcnn_attribute_int(work->node, "blocksize", 0);
    return *block < 1 || *block > INT32_MAX ? dcnn_bad(work, "blocksize is missing or out of range") : DCNN_OK;
}

dcnn_status dcnn_shape_depth_to_space(const dcnn_work *work)
{
    dcnn_shape y;
    dcnn_status status;
    int64_t block;

    if ((status = read_block(work, &block))) return status;
    y = dcnn_in(work, 0)->shape;
    if (y.dims[1] % (block * block) != 0)
        return dcnn_bad(work, "%lld channels cannot be dealt to blocks of %lld x %lld", (long long)y.dims[1],
                        (long long)block, (long long)block);
    y.dims[1] /= block * block;
    y.dims[2] = dcnn_count_times(y.dims[2], block);
    y.dims[3] = dcnn_count_times(y.dims[3], block);
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_space_to_depth(const dcnn_work *work)
{
    dcnn_shape y;
    dcnn_status status;
    int64_t block;

    if ((status = read_block(work, &block))) return status;
    y = dcnn_in(work, 0)->shape;
    if (y.dims[2] % block != 0 || y.dims[3] % block != 0)
        return dcnn_bad(work, "%lld x %lld cannot be cut into blocks of %lld", (long long)y.dims[2],
                        (long long)y.dims[3], (long long)block);
    y.dims[1] = dcnn_count_times(y.dims[1], block * block);
    y.dims[2] /= block;
    y.dims[3] /= block;
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

/* x: batch x (channels * block) x blocks */
dcnn_status dcnn_shape_col2im(const dcnn_work *work)
{
    dcnn_shape y = {0}, image = {0}, block = {0};
    const dcnn_shape *x;
    dcnn_status status;
    int64_t block_size;

    if ((status = dcnn_need(work, 0, 3, 3)) || (status = dcnn_need(work, 1, 1, 1)) ||
        (status = dcnn_need(work, 2, 1, 1)))
        return status;
    if ((status = dcnn_input_ints(work, 1, "image_shape", image.dims, DCNN_RANK_MAX - 2, &image.rank)) ||
        (status = dcnn_input_ints(work, 2, "block_shape", block.dims, DCNN_RANK_MAX - 2, &block.rank)))
        return status;
    x = &dcnn_in(work, 0)->shape;
    block_size = dcnn_shape_count(&block);
    if (block.rank != image.rank || block_size < 1 || x->dims[1] % block_size != 0)
        return dcnn_bad(work, "%lld channels are not made of blocks of %lld", (long long)x->dims[1],
                        (long long)block_size);
    y = (dcnn_shape){2, {x->dims[0], x->dims[1] / block_size}};
    for (int k = 0; k < image.rank; k++) y.dims[y.rank++] = image.dims[k];
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_crop_pad(const dcnn_work *work)
{
    int64_t sizes[DCNN_RANK_MAX], axes[DCNN_RANK_MAX];
    int axis_count = dcnn_attribute_ints(work->node, "axes", axes, DCNN_RANK_MAX), count, axis;
    dcnn_shape y;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 1, DCNN_RANK_MAX)) || (status = dcnn_need(work, 1, 1, 1))) return status;
    if ((status = dcnn_input_ints(work, 1, "shape", sizes, DCNN_RANK_MAX, &count))) return status;
    y = dcnn_in(work, 0)->shape;
    if (count != (axis_count < 0 ? y.rank : axis_count)) return dcnn_bad(work, "as many sizes as axes expected");
    for (int n = 0; n < count; n++) {
        if ((status = dcnn_axis(work, axis_count < 0 ? n : axes[n], y.rank, &axis))) return status;
        y.dims[axis] = sizes[n];
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_expand(const dcnn_work *work)
{
    dcnn_shape y, wanted = {0};
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX)) || (status = dcnn_need(work, 1, 1, 1))) return status;
    if ((status = dcnn_input_ints(work, 1, "shape", wanted.dims, DCNN_RANK_MAX, &wanted.rank))) return status;
    y = dcnn_in(work, 0)->shape;
    if (!dcnn_broadcast(&y, &wanted)) return dcnn_bad(work, "its input does not stretch to the shape asked for");
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

dcnn_status dcnn_shape_tile(const dcnn_work *work)
{
    int64_t times[DCNN_RANK_MAX];
    dcnn_shape y;
    dcnn_status status;
    int count;

    if ((status = dcnn_need(work, 0, 0, DCNN_RANK_MAX)) || (status = dcnn_need(work, 1, 1, 1))) return status;
    if ((status = dcnn_input_ints(work, 1, "repeats", times, DCNN_RANK_MAX, &count))) return status;
    y = dcnn_in(work, 0)->shape;
    if (count != y.rank) return dcnn_bad(work, "repeats: %d numbers expected, %d found", y.rank, count);
    for (int k = 0; k < y.rank; k++) {
        if (times[k] < 0) return dcnn_bad(work, "repeats: a negative number");
        y.dims[k] = dcnn_count_times(y.dims[k], times[k]);
    }
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}
