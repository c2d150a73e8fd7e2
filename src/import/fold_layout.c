/* Elements of small constants that are only moved: sizes and pads are cut out of lists, turned around and joined. */
#include "fold.h"
#include <string.h>

/* Where the elements of a result come from: the one at (i0, i1, ...) from first + i0 * steps[0] + i1 * steps[1] + ...
 */
struct walk {
    int64_t first;
    int64_t steps[DCNN_RANK_MAX];
};

/* How far apart neighbours along each dimension lie: of a constant that has elements, and few. */
static void set_strides(const dcnn_shape *shape, int64_t *strides)
{
    int64_t stride = 1;

    for (int k = shape->rank - 1; k >= 0; k--) {
        strides[k] = stride;
        stride *= shape->dims[k];
    }
}

static bool pick(const dcnn_operand *x, const struct walk *walk, const dcnn_shape *y, dcnn_number *numbers,
                 int64_t count)
{
    for (int64_t n = 0; n < count; n++) {
        int64_t at = walk->first, rest = n;
        for (int k = y->rank - 1; k >= 0; k--) {
            at += rest % y->dims[k] * walk->steps[k];
            rest /= y->dims[k];
        }
        if (at < 0 || at >= x->count) return false;
        numbers[n] = x->numbers[at];
    }
    return true;
}

bool dcnn_fold_slice(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    int64_t strides[DCNN_RANK_MAX];
    struct walk walk = {0};
    dcnn_slices slices;
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x) || dcnn_slices_read(work, &slices)) return false;
    if (count == 0) return true;
    set_strides(&dcnn_in(work, 0)->shape, strides);
    for (int k = 0; k < slices.shape.rank; k++) {
        walk.first += slices.start[k] * strides[k];
        walk.steps[k] = slices.shape.dims[k] > 1 ? slices.step[k] * strides[k] : 0;
    }
    return pick(&x, &walk, &slices.shape, numbers, count);
}

bool dcnn_fold_transpose(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    int64_t strides[DCNN_RANK_MAX];
    int order[DCNN_RANK_MAX];
    struct walk walk = {0};
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x) || dcnn_transpose_order(work, order)) return false;
    if (count == 0) return true;
    set_strides(&dcnn_in(work, 0)->shape, strides);
    for (int k = 0; k < dcnn_in(work, 0)->shape.rank; k++) walk.steps[k] = strides[order[k]];
    return pick(&x, &walk, &dcnn_out(work, 0)->shape, numbers, count);
}

bool dcnn_fold_expand(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    const dcnn_shape *from, *y = &dcnn_out(work, 0)->shape;
    int64_t strides[DCNN_RANK_MAX];
    struct walk walk = {0};
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x)) return false;
    if (count == 0) return true;
    from = &dcnn_in(work, 0)->shape;
    set_strides(from, strides);
    for (int k = 0; k < from->rank; k++) walk.steps[y->rank - from->rank + k] = from->dims[k] > 1 ? strides[k] : 0;
    return pick(&x, &walk, y, numbers, count);
}

/* Lists only: that is all that sizes are made of. */
bool dcnn_fold_concat(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    int64_t used = 0;

    if (dcnn_out(work, 0)->shape.rank != 1) return false;
    for (int k = 0; k < work->node->input_count; k++) {
        dcnn_operand x;
        if (!dcnn_operand_read(work, k, &x) || x.count > count - used) return false;
        memcpy(numbers + used, x.numbers, (size_t)x.count * sizeof *numbers);
        used += x.count;
    }
    return used == count;
}

/* From lists, likewise. */
bool dcnn_fold_gather(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_operand x, indices;

    if (!dcnn_operand_read(work, 0, &x) || !dcnn_operand_read(work, 1, &indices)) return false;
    if (dcnn_in(work, 0)->shape.rank != 1) return false;
    for (int64_t n = 0; n < count; n++) {
        int64_t at = indices.numbers[n].i;
        if (at < -x.count || at >= x.count) return false;
        numbers[n] = x.numbers[at < 0 ? at + x.count : at];
    }
    return true;
}
