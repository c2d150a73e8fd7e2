/* Elements of small constants: exporters compute sizes with ordinary operators, which are worked out here. Whole
 * numbers stay whole; an overflow or a division by zero leaves the elements unknown, which is said where they are
 * needed. Shapes have been checked before. */
#include "operators.h"
#include <math.h>
#include <string.h>

struct operand {
    const dcnn_number *numbers;
    int64_t count;
    bool real;
};

static bool operand(const dcnn_work *work, int k, struct operand *found)
{
    dcnn_tensor *tensor = dcnn_in(work, k);

    if (!tensor) return false;
    found->numbers = dcnn_tensor_numbers(work->graph, tensor);
    found->count = dcnn_shape_count(&tensor->shape);
    found->real = dcnn_type_is_real(tensor->type);
    return found->numbers != NULL;
}

/* Element n of an operand that is as long as the result, or a single number. */
static dcnn_number element(const struct operand *x, int64_t n)
{
    return x->numbers[x->count == 1 ? 0 : n];
}

static bool to_whole(double real, int64_t *whole)
{
    if (!(real > -9e18 && real < 9e18)) return false;
    *whole = (int64_t)real;
    return true;
}

bool dcnn_fold_copy(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    struct operand x;

    if (!operand(work, 0, &x) || x.count != count) return false;
    memcpy(numbers, x.numbers, (size_t)count * sizeof *numbers);
    return true;
}

bool dcnn_fold_cast(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    bool real = dcnn_type_is_real(dcnn_out(work, 0)->type);
    struct operand x;

    if (!operand(work, 0, &x) || x.count != count) return false;
    for (int64_t n = 0; n < count; n++) {
        numbers[n] = x.numbers[n];
        if (real && !x.real) numbers[n].f = (double)x.numbers[n].i;
        if (!real && x.real && !to_whole(x.numbers[n].f, &numbers[n].i)) return false;
    }
    return true;
}

bool dcnn_fold_constant(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    int64_t whole[DCNN_NUMBERS_MAX] = {dcnn_attribute_int(work->node, "value_int", 0)};
    double real[DCNN_NUMBERS_MAX] = {dcnn_attribute_real(work->node, "value_float", 0)};
    bool is_real = dcnn_type_is_real(dcnn_out(work, 0)->type);

    if (dcnn_out(work, 0)->stored) return false; /* the file has them */
    if (is_real)
        (void)dcnn_attribute_reals(work->node, "value_floats", real, DCNN_NUMBERS_MAX);
    else
        (void)dcnn_attribute_ints(work->node, "value_ints", whole, DCNN_NUMBERS_MAX);
    for (int64_t n = 0; n < count; n++)
        if (is_real)
            numbers[n].f = real[n];
        else
            numbers[n].i = whole[n];
    return true;
}

bool dcnn_fold_constant_of_shape(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_tensor value = {.name = work->node->name};
    const dcnn_number *one = NULL;
    dcnn_wire proto;

    if (dcnn_attribute_tensor(work->node, "value", &proto)) {
        if (dcnn_tensor_read(work->graph, &value, proto, NULL) || dcnn_shape_count(&value.shape) != 1) return false;
        one = dcnn_tensor_numbers(work->graph, &value);
        if (!one) return false;
    }
    for (int64_t n = 0; n < count; n++) numbers[n] = one ? *one : (dcnn_number){.f = 0};
    return true;
}

bool dcnn_fold_shape(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    const dcnn_shape *shape = &dcnn_in(work, 0)->shape;
    int64_t start = dcnn_attribute_int(work->node, "start", 0);

    (void)dcnn_slice_bounds(shape->rank, &start, DCNN_RANK_MAX, 1);
    for (int64_t n = 0; n < count; n++) numbers[n].i = shape->dims[start + n];
    return true;
}

bool dcnn_fold_size(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    (void)count;
    numbers[0].i = dcnn_shape_count(&dcnn_in(work, 0)->shape);
    return true;
}

bool dcnn_fold_range(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    struct operand start, step;

    if (!operand(work, 0, &start) || !operand(work, 2, &step)) return false;
    for (int64_t n = 0; n < count; n++) {
        int64_t way;
        if (start.real)
            numbers[n].f = start.numbers[0].f + (double)n * step.numbers[0].f;
        else if (__builtin_mul_overflow(n, step.numbers[0].i, &way) ||
                 __builtin_add_overflow(start.numbers[0].i, way, &numbers[n].i))
            return false;
    }
    return true;
}

/* Lists only: that is all that sizes are made of. */
bool dcnn_fold_concat(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    int64_t used = 0;

    if (dcnn_out(work, 0)->shape.rank != 1) return false;
    for (int k = 0; k < work->node->input_count; k++) {
        struct operand x;
        if (!operand(work, k, &x) || x.count > count - used) return false;
        memcpy(numbers + used, x.numbers, (size_t)x.count * sizeof *numbers);
        used += x.count;
    }
    return used == count;
}

bool dcnn_fold_gather(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    struct operand x, indices;

    if (!operand(work, 0, &x) || !operand(work, 1, &indices) || dcnn_in(work, 0)->shape.rank != 1) return false;
    for (int64_t n = 0; n < count; n++) {
        int64_t at = indices.numbers[n].i;
        if (at < -x.count || at >= x.count) return false;
        numbers[n] = x.numbers[at < 0 ? at + x.count : at];
    }
    return true;
}

bool dcnn_fold_slice(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    int64_t start, step = 1;
    int given = dcnn_attribute_ints(work->node, "starts", &start, 1);
    struct operand x, from, steps;

    if (!operand(work, 0, &x) || dcnn_in(work, 0)->shape.rank != 1 || given > 1) return false;
    if (given < 1) {
        if (!operand(work, 1, &from) || from.count != 1) return false;
        start = from.numbers[0].i;
        if (dcnn_in(work, 4)) {
            if (!operand(work, 4, &steps) || steps.count != 1) return false;
            step = steps.numbers[0].i;
        }
    }
    (void)dcnn_slice_bounds(x.count, &start, step > 0 ? x.count : -x.count - 1, step);
    for (int64_t n = 0; n < count; n++, start += step) {
        if (start < 0 || start >= x.count) return false;
        numbers[n] = x.numbers[start];
    }
    return true;
}

bool dcnn_fold_unary(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_name op = work->node->type;
    struct operand x;

    if (!operand(work, 0, &x) || x.count != count) return false;
    for (int64_t n = 0; n < count; n++) {
        dcnn_number a = x.numbers[n];
        if (dcnn_name_is(op, "Not"))
            numbers[n].i = !a.i;
        else if (x.real)
            numbers[n].f = dcnn_name_is(op, "Floor")  ? floor(a.f)
                           : dcnn_name_is(op, "Ceil") ? ceil(a.f)
                           : dcnn_name_is(op, "Sqrt") ? sqrt(a.f)
                                                      : -a.f;
        else if (!dcnn_name_is(op, "Neg") || __builtin_sub_overflow((int64_t)0, a.i, &numbers[n].i))
            return false;
    }
    return true;
}

static bool whole_result(char op, int64_t a, int64_t b, int64_t *y)
{
    switch (op) {
    case '+':
        return !__builtin_add_overflow(a, b, y);
    case '-':
        return !__builtin_sub_overflow(a, b, y);
    case '*':
        return !__builtin_mul_overflow(a, b, y);
    case '/':
        if (b == 0 || (a == INT64_MIN && b == -1)) return false;
        *y = a / b;
        return true;
    case '%': /* the sign of the divisor, as ONNX has it for whole numbers */
        if (b == 0 || b == -1) return false;
        *y = a % b;
        if (*y != 0 && (*y < 0) != (b < 0)) *y += b;
        return true;
    case '<':
        *y = a < b;
        return true;
    case '>':
        *y = a > b;
        return true;
    default:
        *y = a == b;
        return true;
    }
}

static dcnn_number real_result(char op, double a, double b)
{
    switch (op) {
    case '+':
        return (dcnn_number){.f = a + b};
    case '-':
        return (dcnn_number){.f = a - b};
    case '*':
        return (dcnn_number){.f = a * b};
    case '/':
        return (dcnn_number){.f = a / b};
    case '%':
        return (dcnn_number){.f = fmod(a, b)};
    case '<':
        return (dcnn_number){.i = a < b};
    case '>':
        return (dcnn_number){.i = a > b};
    default:
        return (dcnn_number){.i = a == b};
    }
}

static char operator_sign(dcnn_name op)
{
    static const struct {
        const char *name;
        char sign;
    } signs[] = {{"Add", '+'}, {"Sub", '-'}, {"Mul", '*'}, {"Div", '/'}, {"Mod", '%'}, {"Less", '<'}, {"Greater", '>'}};

    for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++)
        if (dcnn_name_is(op, signs[k].name)) return signs[k].sign;
    return '=';
}

bool dcnn_fold_binary(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    char sign = operator_sign(work->node->type);
    struct operand a, b;

    if (!operand(work, 0, &a) || !operand(work, 1, &b) || a.real != b.real) return false;
    if ((a.count != count && a.count != 1) || (b.count != count && b.count != 1)) return false;
    for (int64_t n = 0; n < count; n++) {
        if (a.real)
            numbers[n] = real_result(sign, element(&a, n).f, element(&b, n).f);
        else if (!whole_result(sign, element(&a, n).i, element(&b, n).i, &numbers[n].i))
            return false;
    }
    return true;
}

bool dcnn_fold_where(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    struct operand parts[3];

    for (int k = 0; k < 3; k++)
        if (!operand(work, k, &parts[k]) || (parts[k].count != count && parts[k].count != 1)) return false;
    for (int64_t n = 0; n < count; n++) numbers[n] = element(&parts[element(&parts[0], n).i ? 1 : 2], n);
    return true;
}

bool dcnn_fold_product(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    struct operand x;

    if (!operand(work, 0, &x) || x.real || count != 1) return false;
    numbers[0].i = 1;
    for (int64_t n = 0; n < x.count; n++)
        if (__builtin_mul_overflow(numbers[0].i, x.numbers[n].i, &numbers[0].i)) return false;
    return true;
}
