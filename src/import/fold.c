/* Elements of small constants: exporters compute sizes with ordinary operators, which are worked out here. Whole
 * numbers stay whole; an overflow or a division by zero leaves the elements unknown, which is said where they are
 * needed. Shapes have been checked before. */
#include "fold.h"
#include <math.h>
#include <string.h>

bool dcnn_operand_read(const dcnn_work *work, int k, dcnn_operand *found)
{
    dcnn_tensor *tensor = dcnn_in(work, k);

    if (!tensor) return false;
    found->numbers = dcnn_tensor_numbers(work->graph, tensor);
    found->count = dcnn_shape_count(&tensor->shape);
    found->real = dcnn_type_is_real(tensor->type);
    return found->numbers != NULL;
}

dcnn_number dcnn_operand_at(const dcnn_operand *operand, int64_t n)
{
    return operand->numbers[operand->count == 1 ? 0 : n];
}

static bool to_whole(double real, int64_t *whole)
{
    if (!(real > -9e18 && real < 9e18)) return false;
    *whole = (int64_t)real;
    return true;
}

bool dcnn_fold_copy(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x) || x.count != count) return false;
    memcpy(numbers, x.numbers, (size_t)count * sizeof *numbers);
    return true;
}

bool dcnn_fold_cast(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    bool real = dcnn_type_is_real(dcnn_out(work, 0)->type);
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x) || x.count != count) return false;
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
    dcnn_tensor value = {.name = dcnn_out(work, 0) ? dcnn_out(work, 0)->name : work->node->name};
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
    dcnn_operand start, step;

    if (!dcnn_operand_read(work, 0, &start) || !dcnn_operand_read(work, 2, &step)) return false;
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

bool dcnn_fold_unary(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_name op = work->node->type;
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x) || x.count != count) return false;
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
    case '^':
        *y = a > b ? a : b;
        return true;
    case '_':
        *y = a < b ? a : b;
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
    case '^':
        return (dcnn_number){.f = a > b ? a : b};
    case '_':
        return (dcnn_number){.f = a < b ? a : b};
    default:
        return (dcnn_number){.i = a == b};
    }
}

static char operator_sign(dcnn_name op)
{
    static const struct {
        const char *name;
        char sign;
    } signs[] = {{"Add", '+'}, {"Sub", '-'}, {"Mul", '*'},  {"Div", '/'},    {"Mod", '%'},
                 {"Max", '^'}, {"Min", '_'}, {"Less", '<'}, {"Greater", '>'}};

    for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++)
        if (dcnn_name_is(op, signs[k].name)) return signs[k].sign;
    return '=';
}

bool dcnn_fold_binary(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    char sign = operator_sign(work->node->type);
    dcnn_operand a, b;

    if (work->node->input_count != 2) return false; /* Max and Min of more are for no sizes */
    if (!dcnn_operand_read(work, 0, &a) || !dcnn_operand_read(work, 1, &b) || a.real != b.real) return false;
    if ((a.count != count && a.count != 1) || (b.count != count && b.count != 1)) return false;
    for (int64_t n = 0; n < count; n++) {
        if (a.real)
            numbers[n] = real_result(sign, dcnn_operand_at(&a, n).f, dcnn_operand_at(&b, n).f);
        else if (!whole_result(sign, dcnn_operand_at(&a, n).i, dcnn_operand_at(&b, n).i, &numbers[n].i))
            return false;
    }
    return true;
}

bool dcnn_fold_where(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_operand parts[3];

    for (int k = 0; k < 3; k++)
        if (!dcnn_operand_read(work, k, &parts[k]) || (parts[k].count != count && parts[k].count != 1)) return false;
    for (int64_t n = 0; n < count; n++)
        numbers[n] = dcnn_operand_at(&parts[dcnn_operand_at(&parts[0], n).i ? 1 : 2], n);
    return true;
}

bool dcnn_fold_product(const dcnn_work *work, dcnn_number *numbers, int64_t count)
{
    dcnn_operand x;

    if (!dcnn_operand_read(work, 0, &x) || x.real || count != 1) return false;
    numbers[0].i = 1;
    for (int64_t n = 0; n < x.count; n++)
        if (__builtin_mul_overflow(numbers[0].i, x.numbers[n].i, &numbers[0].i)) return false;
    return true;
}
