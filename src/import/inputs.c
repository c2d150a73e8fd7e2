#include "infer.h"
#include <stdio.h>
#include <string.h>

enum { VALUE_TYPE = 2, TYPE_TENSOR = 1, TENSOR_ELEMENT = 1, TENSOR_SHAPE = 2, SHAPE_DIM = 1 };
enum { DIM_VALUE = 1, DIM_NAME = 2 };

enum { FAULTS_TOLD_MAX = 100 };
static const int64_t open_size = -1;

void dcnn_faults_add(dcnn_faults *faults, const dcnn_error *fault)
{
    if (faults->told == 0 || fault->code == DCNN_E_MEMORY) { /* want of memory matters more than any fault */
        faults->status = fault->code;
        if (faults->first) *faults->first = *fault;
    }
    if (faults->told < FAULTS_TOLD_MAX && faults->on_fault) faults->on_fault(faults->user, fault);
    if (faults->told < FAULTS_TOLD_MAX) faults->told++;
}

bool dcnn_shape_parse(const char *text, dcnn_shape *shape)
{
    memset(shape, 0, sizeof *shape);
    for (;;) {
        int64_t size = 0;
        if (*text < '0' || *text > '9' || shape->rank == DCNN_RANK_MAX) return false;
        for (; *text >= '0' && *text <= '9'; text++) {
            size = size * 10 + (*text - '0');
            if (size > DCNN_COUNT_MAX) return false;
        }
        shape->dims[shape->rank++] = size;
        if (*text == '\0') return true;
        if (*text != 'x' && *text != ',') return false;
        text++;
    }
}

/* The content of a message's field; false where there is none. */
static bool enter(dcnn_wire *message, uint32_t number)
{
    dcnn_wire rest = *message;
    dcnn_wire_field field;

    while (dcnn_wire_next(&rest, &field) == DCNN_WIRE_FIELD)
        if (field.number == number && field.kind == DCNN_WIRE_BYTES) {
            *message = field.bytes;
            return true;
        }
    return false;
}

/* One size; open_size when it has a name only, or nothing. */
static int64_t read_dim(dcnn_wire dim, dcnn_name *name)
{
    int64_t size = open_size;
    dcnn_wire_field field;

    *name = (dcnn_name){"", 0};
    while (dcnn_wire_next(&dim, &field) == DCNN_WIRE_FIELD) {
        if (field.number == DIM_VALUE && field.kind == DCNN_WIRE_VARINT) size = (int64_t)field.value;
        if (field.number == DIM_NAME && field.kind == DCNN_WIRE_BYTES)
            *name = (dcnn_name){(const char *)field.bytes.at, dcnn_wire_size(field.bytes)};
    }
    return size;
}

/* What the file says of an input: its type, and its shape where it has one (*shaped). */
struct declared {
    int64_t type;
    bool shaped;
    dcnn_shape shape;
    dcnn_name names[DCNN_RANK_MAX]; /* of open sizes */
};

static bool read_declared(dcnn_wire value, struct declared *declared)
{
    dcnn_wire shape, rest;
    dcnn_wire_field field;

    memset(declared, 0, sizeof *declared);
    if (!enter(&value, VALUE_TYPE) || !enter(&value, TYPE_TENSOR)) return true;
    rest = value;
    while (dcnn_wire_next(&rest, &field) == DCNN_WIRE_FIELD)
        if (field.number == TENSOR_ELEMENT && field.kind == DCNN_WIRE_VARINT) declared->type = (int64_t)field.value;
    shape = value;
    declared->shaped = enter(&shape, TENSOR_SHAPE);
    while (declared->shaped && dcnn_wire_next(&shape, &field) == DCNN_WIRE_FIELD) {
        int rank = declared->shape.rank;
        if (field.number != SHAPE_DIM || field.kind != DCNN_WIRE_BYTES) continue;
        if (rank == DCNN_RANK_MAX) return false;
        declared->shape.dims[rank] = read_dim(field.bytes, &declared->names[rank]);
        declared->shape.rank++;
    }
    return true;
}

static dcnn_status fail_input(const dcnn_graph *graph, dcnn_name name, dcnn_error *err, const char *text)
{
    char label[DCNN_LABEL_BYTES], where[DCNN_WHERE_BYTES];

    dcnn_name_label(name, label);
    dcnn_where(where, graph->file, "input", label);
    return dcnn_fail(err, DCNN_E_VALUE, where, "%s", text);
}

/* The shape asked for: "NAME=1x3x224x224", or "1x3x224x224" for the only input. NULL = none asked for. */
static const char *asked_shape(const dcnn_graph *graph, dcnn_name name, const dcnn_model_options *options)
{
    const char *found = NULL;

    for (int k = 0; k < options->input_shape_count; k++) {
        const char *text = options->input_shapes[k], *sign = strrchr(text, '=');
        if (!sign && graph->input_count == 1) found = text;
        if (sign && (size_t)(sign - text) == name.size && memcmp(text, name.at, name.size) == 0) found = sign + 1;
    }
    return found;
}

/* Sizes that the file leaves open: a batch is one picture, anything else has to be said. */
static dcnn_status close_shape(const dcnn_graph *graph, dcnn_name name, struct declared *declared, dcnn_error *err)
{
    char text[DCNN_LABEL_BYTES + 160], label[DCNN_LABEL_BYTES];

    if (!declared->shaped)
        return fail_input(graph, name, err,
                          "its shape is left open in the file: an input shape has to be given, as in 1x3x224x224");
    for (int k = 0; k < declared->shape.rank; k++) {
        int64_t *size = &declared->shape.dims[k];
        if (*size == open_size && k == 0) *size = 1;
        if (*size >= 0) continue;
        dcnn_name_label(declared->names[k], label);
        (void)snprintf(text, sizeof text,
                       *size == open_size
                           ? "its size %d of %d%s%s%s is left open in the file: an input shape has to be "
                             "given, as in 1x3x224x224"
                           : "its size %d of %d%s%s%s is negative",
                       k + 1, declared->shape.rank, label[0] ? " (\"" : "", label, label[0] ? "\")" : "");
        return fail_input(graph, name, err, text);
    }
    return DCNN_OK;
}

static dcnn_status bind_input(const dcnn_graph *graph, dcnn_tensor *tensor, const dcnn_model_options *options,
                              dcnn_error *err)
{
    const char *asked = asked_shape(graph, tensor->name, options);
    struct declared declared;
    dcnn_shape shape;
    dcnn_status status;
    char text[120];

    if (!read_declared(tensor->proto, &declared))
        return fail_input(graph, tensor->name, err, "has more than 8 dimensions");
    if (declared.type < 0 || declared.type > 1000 || !dcnn_type_name((int)declared.type))
        return fail_input(graph, tensor->name, err, "has no known element type");
    if (asked) {
        if (!dcnn_shape_parse(asked, &shape))
            return dcnn_fail(err, DCNN_E_ARGUMENT, "input shape", "expected sizes like 1x3x224x224, found \"%.100s\"",
                             asked);
        if (declared.shaped && declared.shape.rank != shape.rank) {
            (void)snprintf(text, sizeof text,
                           "the shape asked for does not have as many dimensions as the file says: %d, not %d",
                           shape.rank, declared.shape.rank);
            return fail_input(graph, tensor->name, err, text);
        }
        declared.shape = shape;
        declared.shaped = true;
    }
    if ((status = close_shape(graph, tensor->name, &declared, err))) return status;
    if (!dcnn_tensor_set(tensor, (int)declared.type, &declared.shape))
        return fail_input(graph, tensor->name, err, "is too large to count");
    return DCNN_OK;
}

/* Every shape asked for must be that of an input. */
static dcnn_status check_asked(const dcnn_graph *graph, const dcnn_model_options *options, dcnn_error *err)
{
    for (int k = 0; k < options->input_shape_count; k++) {
        const char *text = options->input_shapes[k], *sign = strrchr(text, '=');
        int tensor = sign ? dcnn_onnx_find(graph, text, (size_t)(sign - text)) : -1;
        char label[DCNN_LABEL_BYTES];
        if (sign ? tensor >= 0 && graph->tensors[tensor].input : graph->input_count == 1) continue;
        dcnn_name_label(graph->input_count ? graph->tensors[graph->inputs[0]].name : (dcnn_name){"", 0}, label);
        return dcnn_fail(err, DCNN_E_VALUE, graph->file,
                         "the shape \"%.100s\" is for no input: the model has %d, the first is \"%s\"", text,
                         graph->input_count, label);
    }
    return DCNN_OK;
}

/* What some node in the order needs, or is a result as it is. */
static void mark_used(const dcnn_graph *graph, const int *order, int count, bool *used)
{
    for (int k = 0; k < graph->output_count; k++) used[graph->outputs[k]] = true;
    for (int k = 0; k < count; k++) {
        const dcnn_node *node = &graph->nodes[order[k]];
        const int *refs = &graph->refs[node->first_input];
        for (int r = 0; r < node->input_count; r++)
            if (refs[r] >= 0) used[refs[r]] = true;
    }
}

dcnn_status dcnn_onnx_bind_inputs(dcnn_graph *graph, const int *order, int count, const dcnn_model_options *options,
                                  dcnn_faults *faults)
{
    bool *used = dcnn_pool_take(graph->pool, (size_t)graph->tensor_count, sizeof *used);
    dcnn_error err;

    if (!used) {
        (void)dcnn_fail_memory(&err);
        dcnn_faults_add(faults, &err);
        return faults->status;
    }
    mark_used(graph, order, count, used);
    if (check_asked(graph, options, &err)) dcnn_faults_add(faults, &err);
    for (int k = 0; k < graph->input_count; k++)
        if (used[graph->inputs[k]] && bind_input(graph, &graph->tensors[graph->inputs[k]], options, &err))
            dcnn_faults_add(faults, &err);
    return faults->status;
}
