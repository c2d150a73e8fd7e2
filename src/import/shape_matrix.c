#include "operators.h"

static int64_t gemm_inner(const dcnn_work *work)
{
    bool flip = dcnn_attribute_int(work->node, "transA", 0) != 0;

    return dcnn_in(work, 0)->shape.dims[flip ? 0 : 1];
}

/* The product of input 0 and the matrix of input `right`. */
static dcnn_status multiply_matrices(const dcnn_work *work, int right, int type)
{
    bool flip_a = dcnn_attribute_int(work->node, "transA", 0) != 0;
    bool flip_b = dcnn_attribute_int(work->node, "transB", 0) != 0;
    const dcnn_shape *a, *b;
    dcnn_status status;

    if ((status = dcnn_need(work, 0, 2, 2)) || (status = dcnn_need(work, right, 2, 2))) return status;
    a = &dcnn_in(work, 0)->shape;
    b = &dcnn_in(work, right)->shape;
    if (a->dims[!flip_a] != b->dims[flip_b])
        return dcnn_bad(work, "%lld columns of the input do not fit %lld rows of the weights",
                        (long long)a->dims[!flip_a], (long long)b->dims[flip_b]);
    return dcnn_give(work, 0, type, &(dcnn_shape){.rank = 2, .dims = {a->dims[flip_a], b->dims[!flip_b]}});
}

dcnn_status dcnn_shape_gemm(const dcnn_work *work)
{
    const dcnn_tensor *a = dcnn_in(work, 0);

    return multiply_matrices(work, 1, a ? a->type : 0);
}

/* a, b and the output, each with scale and zero point; without those of the output it is real. */
dcnn_status dcnn_shape_gemm_quantized(const dcnn_work *work)
{
    const dcnn_tensor *zero = dcnn_in(work, 8);

    return multiply_matrices(work, 3, zero ? zero->type : DCNN_TYPE_FLOAT);
}

int64_t dcnn_count_gemm(const dcnn_work *work)
{
    return dcnn_count_times(dcnn_shape_count(&dcnn_out(work, 0)->shape), gemm_inner(work));
}

/* Matrices in the last two dimensions, stacks of them in front; a vector is a row on the left, a column on the right.
 */
static dcnn_status multiply(const dcnn_work *work, int left, int right, int type)
{
    dcnn_shape a, b, y;
    dcnn_status status;
    int64_t rows = 1, columns = 1, inner_a, inner_b;
    bool row, column;

    if ((status = dcnn_need(work, left, 1, DCNN_RANK_MAX)) || (status = dcnn_need(work, right, 1, DCNN_RANK_MAX)))
        return status;
    a = dcnn_in(work, left)->shape;
    b = dcnn_in(work, right)->shape;
    row = a.rank == 1;
    column = b.rank == 1;
    inner_a = a.dims[a.rank - 1];
    inner_b = b.dims[column ? 0 : b.rank - 2];
    if (inner_a != inner_b)
        return dcnn_bad(work, "%lld columns of the left matrix do not fit %lld rows of the right one",
                        (long long)inner_a, (long long)inner_b);
    if (!row) rows = a.dims[a.rank - 2];
    if (!column) columns = b.dims[b.rank - 1];
    a.rank = row ? 0 : a.rank - 2;
    b.rank = column ? 0 : b.rank - 2;
    y = a;
    if (!dcnn_broadcast(&y, &b)) return dcnn_bad(work, "its stacks of matrices do not match");
    if (!row) y.dims[y.rank++] = rows;
    if (!column) y.dims[y.rank++] = columns;
    return dcnn_give(work, 0, type, &y);
}

dcnn_status dcnn_shape_matmul(const dcnn_work *work)
{
    const dcnn_tensor *a = dcnn_in(work, 0);

    return multiply(work, 0, 1, a ? a->type : 0);
}

dcnn_status dcnn_shape_matmul_integer(const dcnn_work *work)
{
    return multiply(work, 0, 1, DCNN_TYPE_INT32);
}

/* Whole numbers multiplied, the result scaled back to real ones. */
dcnn_status dcnn_shape_matmul_real(const dcnn_work *work)
{
    return multiply(work, 0, 1, DCNN_TYPE_FLOAT);
}

dcnn_status dcnn_shape_matmul_quantized(const dcnn_work *work)
{
    const dcnn_tensor *zero = dcnn_in(work, 7);

    if (!zero) return dcnn_bad(work, "its input 8, the zero point of the output, is missing");
    return multiply(work, 0, 3, zero->type);
}

int64_t dcnn_count_matmul(const dcnn_work *work)
{
    const dcnn_shape *a = &dcnn_in(work, 0)->shape;

    return dcnn_count_times(dcnn_shape_count(&dcnn_out(work, 0)->shape), a->dims[a->rank - 1]);
}

/* RNN, GRU, LSTM. x: steps x batch x inputs, w: directions x (gates * hidden) x inputs; with layout 1 the batch comes
 * first. */
dcnn_status dcnn_shape_recurrent(const dcnn_work *work)
{
    bool batch_first = dcnn_attribute_int(work->node, "layout", 0) != 0;
    int64_t directions, hidden, steps, batch;
    const dcnn_shape *x, *w, *r;
    dcnn_shape all, last;
    dcnn_status status;
    int type;

    if ((status = dcnn_need(work, 0, 3, 3)) || (status = dcnn_need(work, 1, 3, 3)) ||
        (status = dcnn_need(work, 2, 3, 3)))
        return status;
    x = &dcnn_in(work, 0)->shape;
    w = &dcnn_in(work, 1)->shape;
    r = &dcnn_in(work, 2)->shape;
    type = dcnn_in(work, 0)->type;
    directions = w->dims[0];
    hidden = r->dims[2];
    if (w->dims[2] != x->dims[2]) return dcnn_bad(work, "its input does not fit its weights");
    steps = x->dims[batch_first];
    batch = x->dims[!batch_first];
    all = batch_first ? (dcnn_shape){4, {batch, steps, directions, hidden}}
                      : (dcnn_shape){4, {steps, directions, batch, hidden}};
    last = batch_first ? (dcnn_shape){3, {batch, directions, hidden}} : (dcnn_shape){3, {directions, batch, hidden}};
    if ((status = dcnn_give(work, 0, type, &all)) || (status = dcnn_give(work, 1, type, &last))) return status;
    return dcnn_give(work, 2, type, &last);
}

/* Each step multiplies by all weights of w and r once. */
int64_t dcnn_count_recurrent(const dcnn_work *work)
{
    const dcnn_shape *x = &dcnn_in(work, 0)->shape;
    int64_t weights =
        dcnn_count_plus(dcnn_shape_count(&dcnn_in(work, 1)->shape), dcnn_shape_count(&dcnn_in(work, 2)->shape));

    return dcnn_count_times(dcnn_count_times(x->dims[0], x->dims[1]), weights);
}
