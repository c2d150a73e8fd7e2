#include "graph.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum {
    TENSOR_DIMS = 1,
    TENSOR_TYPE = 2,
    TENSOR_FLOATS = 4,
    TENSOR_INT32S = 5,
    TENSOR_STRINGS = 6,
    TENSOR_INT64S = 7,
    TENSOR_RAW = 9,
    TENSOR_DOUBLES = 10,
    TENSOR_UINT64S = 11,
    TENSOR_LOCATION = 14
};

/* ONNX element types by number. */
static const struct type_row {
    const char *name; /* NULL = not used by ONNX */
    int bits;
    bool real;
} type_table[] = {
    {NULL, 0, false},
    {"float32", 32, true},
    {"uint8", 8, false},
    {"int8", 8, false},
    {"uint16", 16, false},
    {"int16", 16, false},
    {"int32", 32, false},
    {"int64", 64, false},
    {"string", 64, false},
    {"bool", 8, false},
    {"float16", 16, true},
    {"float64", 64, true},
    {"uint32", 32, false},
    {"uint64", 64, false},
    {"complex64", 64, true},
    {"complex128", 128, true},
    {"bfloat16", 16, true},
    {"float8e4m3fn", 8, true},
    {"float8e4m3fnuz", 8, true},
    {"float8e5m2", 8, true},
    {"float8e5m2fnuz", 8, true},
    {"uint4", 4, false},
    {"int4", 4, false},
    {"float4e2m1", 4, true},
};
enum { TYPE_COUNT = sizeof type_table / sizeof type_table[0] };

const char *dcnn_type_name(int type)
{
    return type > 0 && type < TYPE_COUNT ? type_table[type].name : NULL;
}

bool dcnn_type_is_real(int type)
{
    return dcnn_type_name(type) && type_table[type].real;
}

int64_t dcnn_count_times(int64_t a, int64_t b)
{
    int64_t product;

    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

int64_t dcnn_count_plus(int64_t a, int64_t b)
{
    int64_t sum;

    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

int64_t dcnn_shape_count(const dcnn_shape *shape)
{
    int64_t count = 1;

    for (int k = 0; k < shape->rank; k++) {
        if (shape->dims[k] == 0) return 0;
        count = dcnn_count_times(count, shape->dims[k]);
    }
    return count;
}

void dcnn_shape_text(const dcnn_shape *shape, char *text, size_t size)
{
    size_t used = 0;

    (void)snprintf(text, size, "%s", shape->rank == 0 ? "scalar" : "");
    for (int k = 0; k < shape->rank && used < size; k++) {
        int wrote = snprintf(text + used, size - used, k ? "x%lld" : "%lld", (long long)shape->dims[k]);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
}

bool dcnn_tensor_set(dcnn_tensor *tensor, int type, const dcnn_shape *shape)
{
    int64_t count = dcnn_shape_count(shape);

    if (count > DCNN_COUNT_MAX / 16) return false;
    tensor->type = type;
    tensor->shape = *shape;
    tensor->known = true;
    tensor->bytes = (count * type_table[type].bits + 7) / 8;
    return true;
}

/* The bytes of the elements as they stand in the file, if they stand there as one piece; SIZE_MAX = element by
 * element in a list of numbers, which are read only when wanted. */
static bool data_size(dcnn_wire proto, size_t *size, bool *any)
{
    dcnn_wire_field field;

    *size = 0;
    *any = false;
    while (dcnn_wire_next(&proto, &field) == DCNN_WIRE_FIELD) {
        switch (field.number) {
        case TENSOR_RAW:
        case TENSOR_FLOATS:
        case TENSOR_DOUBLES:
            *any = true;
            if (field.kind == DCNN_WIRE_BYTES) *size += dcnn_wire_size(field.bytes);
            if (field.kind == DCNN_WIRE_FIXED32) *size += 4;
            if (field.kind == DCNN_WIRE_FIXED64) *size += 8;
            break;
        case TENSOR_INT32S:
        case TENSOR_INT64S:
        case TENSOR_UINT64S:
        case TENSOR_STRINGS:
            *any = true;
            return false;
        default:
            break;
        }
    }
    return true;
}

dcnn_status dcnn_tensor_fail(const dcnn_graph *graph, const dcnn_tensor *tensor, dcnn_error *err, dcnn_status code,
                             const char *text)
{
    char label[DCNN_LABEL_BYTES], where[DCNN_WHERE_BYTES];

    if (tensor->name.size > 0)
        dcnn_name_label(tensor->name, label);
    else
        (void)snprintf(label, sizeof label, "(without a name)");
    dcnn_where(where, graph->file, "tensor", label);
    return dcnn_fail(err, code, where, "%s", text);
}

static bool add_dim(dcnn_shape *shape, uint64_t value)
{
    if (shape->rank == DCNN_RANK_MAX) return false;
    shape->dims[shape->rank++] = (int64_t)value;
    return true;
}

static dcnn_status check_data(const dcnn_graph *graph, const dcnn_tensor *tensor, dcnn_error *err)
{
    dcnn_external place = {0};
    dcnn_status status;
    size_t size;
    bool any;

    if (tensor->external) {
        status = dcnn_external_find(graph, tensor, &place, err);
        dcnn_buf_clear(&place.path);
        return status;
    }
    if (!data_size(tensor->proto, &size, &any) || !any) return DCNN_OK; /* weights may have been stripped */
    if (size != (uint64_t)tensor->bytes)
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_SYNTAX, "its data are not as long as its shape says");
    return DCNN_OK;
}

dcnn_status dcnn_tensor_read(const dcnn_graph *graph, dcnn_tensor *tensor, dcnn_wire proto, dcnn_error *err)
{
    dcnn_wire rest = proto;
    dcnn_wire_field field;
    dcnn_wire_step step;
    dcnn_shape shape = {0};
    bool sound = true;
    uint64_t type = 0;

    tensor->proto = proto;
    while (sound && (step = dcnn_wire_next(&rest, &field)) != DCNN_WIRE_END) {
        if (step == DCNN_WIRE_BROKEN)
            return dcnn_tensor_fail(graph, tensor, err, DCNN_E_SYNTAX, "damaged: not a tensor");
        if (field.number == TENSOR_DIMS && field.kind == DCNN_WIRE_VARINT) sound = add_dim(&shape, field.value);
        if (field.number == TENSOR_DIMS && field.kind == DCNN_WIRE_BYTES)
            while (sound && dcnn_wire_varint(&field.bytes, &field.value)) sound = add_dim(&shape, field.value);
        if (field.number == TENSOR_TYPE && field.kind == DCNN_WIRE_VARINT) type = field.value;
        if (field.number == TENSOR_LOCATION && field.kind == DCNN_WIRE_VARINT) tensor->external = field.value == 1;
    }
    if (!sound) return dcnn_tensor_fail(graph, tensor, err, DCNN_E_VALUE, "has more than 8 dimensions");
    if (type > INT_MAX || !dcnn_type_name((int)type))
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_VALUE, "has an unknown element type");
    for (int k = 0; k < shape.rank; k++)
        if (shape.dims[k] < 0) return dcnn_tensor_fail(graph, tensor, err, DCNN_E_VALUE, "has a negative dimension");
    if (!dcnn_tensor_set(tensor, (int)type, &shape))
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_VALUE, "is too large to count");
    tensor->stored = true;
    tensor->constant = true;
    tensor->weight_count = dcnn_shape_count(&shape);
    tensor->weight_bytes = tensor->bytes;
    return check_data(graph, tensor, err);
}

static dcnn_number number_from_bits(int type, uint64_t bits)
{
    dcnn_number number = {0};
    uint32_t low = (uint32_t)bits;
    float single;

    switch (type) {
    case DCNN_TYPE_FLOAT:
        memcpy(&single, &low, sizeof single);
        number.f = (double)single;
        break;
    case DCNN_TYPE_DOUBLE:
        memcpy(&number.f, &bits, sizeof number.f);
        break;
    case DCNN_TYPE_INT32:
        number.i = (int32_t)low;
        break;
    case DCNN_TYPE_INT8:
        number.i = (int8_t)low;
        break;
    default:
        number.i = (int64_t)bits;
    }
    return number;
}

/* Types whose elements are ever needed: sizes, axes, scales, flags. */
static bool type_is_readable(int type)
{
    return type == DCNN_TYPE_FLOAT || type == DCNN_TYPE_DOUBLE || type == DCNN_TYPE_INT32 || type == DCNN_TYPE_INT64 ||
           type == DCNN_TYPE_BOOL || type == DCNN_TYPE_UINT8 || type == DCNN_TYPE_INT8;
}

/* Appends the elements of one field of a TensorProto; returns the count so far, -1 when there are too many. */
static int64_t read_elements(const dcnn_tensor *tensor, dcnn_wire_field *field, int64_t used, int64_t count,
                             dcnn_number *numbers)
{
    size_t size = (size_t)type_table[tensor->type].bits / 8;
    bool varints = field->number == TENSOR_INT32S || field->number == TENSOR_INT64S;

    if (!varints && field->number != TENSOR_RAW && field->number != TENSOR_FLOATS && field->number != TENSOR_DOUBLES)
        return used;
    if (field->kind != DCNN_WIRE_BYTES) {
        if (used == count) return -1;
        numbers[used++] = number_from_bits(tensor->type, field->value);
    } else if (varints) {
        while (dcnn_wire_varint(&field->bytes, &field->value)) {
            if (used == count) return -1;
            numbers[used++] = number_from_bits(tensor->type, field->value);
        }
    } else {
        for (; dcnn_wire_size(field->bytes) >= size; field->bytes.at += size) {
            if (used == count) return -1;
            numbers[used++] = number_from_bits(tensor->type, dcnn_wire_little(field->bytes.at, size));
        }
    }
    return used;
}

/* Data kept elsewhere are as raw_data would be. They were found once: should they be gone, the numbers are not known.
 */
static bool read_external(const dcnn_graph *graph, const dcnn_tensor *tensor, dcnn_number *numbers, int64_t count)
{
    unsigned char bytes[DCNN_NUMBERS_MAX * sizeof(uint64_t)];
    size_t size = (size_t)type_table[tensor->type].bits / 8;
    dcnn_external place = {0};
    bool sound = false;
    FILE *file = NULL;

    if (dcnn_external_find(graph, tensor, &place, NULL) || !place.path.data) goto done;
    file = fopen(place.path.data, "rb");
    if (!file || fseeko(file, (off_t)place.offset, SEEK_SET) != 0) goto done;
    if (fread(bytes, size, (size_t)count, file) != (size_t)count) goto done;
    for (int64_t k = 0; k < count; k++)
        numbers[k] = number_from_bits(tensor->type, dcnn_wire_little(bytes + (size_t)k * size, size));
    sound = true;
done:
    if (file) (void)fclose(file);
    dcnn_buf_clear(&place.path);
    return sound;
}

static bool read_inside(const dcnn_tensor *tensor, dcnn_number *numbers, int64_t count)
{
    dcnn_wire rest = tensor->proto;
    dcnn_wire_field field;
    int64_t used = 0;

    while (used >= 0 && dcnn_wire_next(&rest, &field) == DCNN_WIRE_FIELD)
        used = read_elements(tensor, &field, used, count, numbers);
    return used == count;
}

const dcnn_number *dcnn_tensor_numbers(dcnn_graph *graph, dcnn_tensor *tensor)
{
    dcnn_number *numbers;
    int64_t count;

    if (tensor->numbers || !tensor->stored || tensor->unreadable || !type_is_readable(tensor->type))
        return tensor->numbers;
    count = dcnn_shape_count(&tensor->shape);
    if (count > DCNN_NUMBERS_MAX) return NULL;
    numbers = dcnn_pool_take(graph->pool, (size_t)count, sizeof *numbers);
    if (!numbers) {
        graph->out_of_memory = true;
        return NULL;
    }
    if (tensor->external ? read_external(graph, tensor, numbers, count) : read_inside(tensor, numbers, count))
        tensor->numbers = numbers;
    tensor->unreadable = !tensor->numbers;
    return tensor->numbers;
}
