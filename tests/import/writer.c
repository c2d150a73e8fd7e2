#include "writer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- wire format --- */

static void put_varint(dcnn_buf *to, uint64_t value)
{
    do {
        char byte = (char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
        dcnn_buf_add(to, &byte, 1);
        value >>= 7;
    } while (value > 0);
}

void wire_number(dcnn_buf *to, int field, uint64_t value)
{
    put_varint(to, (uint64_t)field << 3);
    put_varint(to, value);
}

void wire_bytes(dcnn_buf *to, int field, const void *bytes, size_t size)
{
    put_varint(to, (uint64_t)field << 3 | 2);
    put_varint(to, size);
    if (size > 0) dcnn_buf_add(to, bytes, size);
}

void wire_text(dcnn_buf *to, int field, const char *text)
{
    wire_bytes(to, field, text, strlen(text));
}

/* A message as a field of another one; it is emptied. */
static void put_message(dcnn_buf *to, int field, dcnn_buf *message)
{
    wire_bytes(to, field, message->data, message->size);
    dcnn_buf_clear(message);
}

/* --- model --- */

void writer_init(writer *w, int64_t opset, writer_weights weights)
{
    memset(w, 0, sizeof *w);
    w->opset = opset;
    w->weights = weights;
    dcnn_rng_seed(&w->rng, 1);
    wire_text(&w->graph, 2, "test");
}

void writer_finish(writer *w, dcnn_buf *file)
{
    dcnn_buf opset = {0};

    dcnn_buf_clear(file);
    wire_number(file, 1, 8); /* IR version */
    wire_text(&opset, 1, "");
    wire_number(&opset, 2, (uint64_t)w->opset);
    put_message(file, 8, &opset);
    put_message(file, 7, &w->graph);
    dcnn_buf_clear(&w->attributes);
}

static void put_dim(dcnn_buf *shape, const char *name, int64_t size)
{
    dcnn_buf dim = {0};

    if (name)
        wire_text(&dim, 2, name);
    else
        wire_number(&dim, 1, (uint64_t)size);
    put_message(shape, 1, &dim);
}

static void put_value(writer *w, int field, const char *name, int type, dcnn_buf *shape)
{
    dcnn_buf tensor = {0}, kind = {0}, value = {0};

    wire_number(&tensor, 1, (uint64_t)type);
    put_message(&tensor, 2, shape);
    put_message(&kind, 1, &tensor);
    wire_text(&value, 1, name);
    put_message(&value, 2, &kind);
    put_message(&w->graph, field, &value);
}

void writer_input(writer *w, const char *name, int type, int rank, const int64_t *dims)
{
    dcnn_buf shape = {0};

    for (int k = 0; k < rank; k++) put_dim(&shape, NULL, dims[k]);
    put_value(w, 11, name, type, &shape);
}

void writer_open_input(writer *w, const char *name, int rank, const char *const *sizes)
{
    dcnn_buf shape = {0};

    for (int k = 0; k < rank; k++) {
        bool given = sizes[k][0] >= '0' && sizes[k][0] <= '9';
        put_dim(&shape, given ? NULL : sizes[k], atoll(sizes[k]));
    }
    put_value(w, 11, name, WRITER_FLOAT, &shape);
}

void writer_output(writer *w, const char *name)
{
    dcnn_buf value = {0};

    wire_text(&value, 1, name);
    put_message(&w->graph, 12, &value);
}

static void put_names(dcnn_buf *node, int field, const char *names)
{
    while (*names) {
        size_t size = strcspn(names, " ");
        wire_bytes(node, field, names[0] == '-' && size == 1 ? "" : names, names[0] == '-' && size == 1 ? 0 : size);
        names += size;
        names += *names == ' ';
    }
}

void writer_node(writer *w, const char *op, const char *name, const char *inputs, const char *outputs)
{
    dcnn_buf node = {0};

    put_names(&node, 1, inputs);
    put_names(&node, 2, outputs);
    wire_text(&node, 3, name);
    wire_text(&node, 4, op);
    if (w->attributes.size) dcnn_buf_add(&node, w->attributes.data, w->attributes.size);
    if (w->domain) wire_text(&node, 7, w->domain);
    dcnn_buf_clear(&w->attributes);
    put_message(&w->graph, 1, &node);
}

/* --- attributes --- */

void writer_int(writer *w, const char *name, int64_t value)
{
    dcnn_buf attribute = {0};

    wire_text(&attribute, 1, name);
    wire_number(&attribute, 3, (uint64_t)value);
    wire_number(&attribute, 20, 2);
    put_message(&w->attributes, 5, &attribute);
}

void writer_ints(writer *w, const char *name, int count, const int64_t *values)
{
    dcnn_buf attribute = {0};

    wire_text(&attribute, 1, name);
    for (int k = 0; k < count; k++) wire_number(&attribute, 8, (uint64_t)values[k]);
    wire_number(&attribute, 20, 7);
    put_message(&w->attributes, 5, &attribute);
}

void writer_text(writer *w, const char *name, const char *value)
{
    dcnn_buf attribute = {0};

    wire_text(&attribute, 1, name);
    wire_text(&attribute, 4, value);
    wire_number(&attribute, 20, 3);
    put_message(&w->attributes, 5, &attribute);
}

/* --- weights --- */

static void begin_tensor(dcnn_buf *tensor, const char *name, int type, int rank, const int64_t *dims)
{
    for (int k = 0; k < rank; k++) wire_number(tensor, 1, (uint64_t)dims[k]);
    wire_number(tensor, 2, (uint64_t)type);
    wire_text(tensor, 8, name);
}

static size_t type_bytes(int type)
{
    return type == WRITER_INT64 ? 8 : type == WRITER_UINT8 || type == WRITER_INT8 ? 1 : 4;
}

static void put_seeded(writer *w, dcnn_buf *tensor, size_t size)
{
    unsigned char *bytes = dcnn_take(size, 1);

    for (size_t k = 0; k < size; k += 8) {
        uint64_t value = dcnn_rng_next(&w->rng);
        memcpy(bytes + k, &value, size - k < 8 ? size - k : 8);
    }
    wire_bytes(tensor, 9, bytes, size);
    free(bytes);
}

void writer_weight_of(writer *w, const char *name, int type, int rank, const int64_t *dims)
{
    char shape_name[128];
    dcnn_buf tensor = {0};
    size_t size = type_bytes(type);

    if (w->weights == WRITER_OF_SHAPE && type == WRITER_FLOAT) {
        dcnn_buf kept = w->attributes; /* of the node that will use the weight */
        memset(&w->attributes, 0, sizeof w->attributes);
        (void)snprintf(shape_name, sizeof shape_name, "%s_shape", name);
        writer_list(w, shape_name, rank, dims);
        writer_node(w, "ConstantOfShape", "", shape_name, name);
        w->attributes = kept;
        return;
    }
    begin_tensor(&tensor, name, type, rank, dims);
    for (int k = 0; k < rank; k++) size *= (size_t)dims[k];
    if (w->weights == WRITER_SEEDED) put_seeded(w, &tensor, size);
    put_message(&w->graph, 5, &tensor);
}

void writer_weight(writer *w, const char *name, int rank, const int64_t *dims)
{
    writer_weight_of(w, name, WRITER_FLOAT, rank, dims);
}

void writer_list(writer *w, const char *name, int count, const int64_t *values)
{
    int64_t length = count;
    dcnn_buf tensor = {0};

    begin_tensor(&tensor, name, WRITER_INT64, 1, &length);
    wire_bytes(&tensor, 9, values, (size_t)count * sizeof *values);
    put_message(&w->graph, 5, &tensor);
}

void writer_reals(writer *w, const char *name, int count, const float *values)
{
    int64_t length = count;
    dcnn_buf tensor = {0};

    begin_tensor(&tensor, name, WRITER_FLOAT, 1, &length);
    wire_bytes(&tensor, 4, values, (size_t)count * sizeof *values);
    put_message(&w->graph, 5, &tensor);
}

static void put_entry(dcnn_buf *tensor, const char *key, const char *value)
{
    dcnn_buf entry = {0};

    wire_text(&entry, 1, key);
    wire_text(&entry, 2, value);
    put_message(tensor, 13, &entry);
}

void writer_external(writer *w, const char *name, int rank, const int64_t *dims, const char *location, int64_t offset,
                     int64_t length)
{
    char number[32];
    dcnn_buf tensor = {0};

    begin_tensor(&tensor, name, WRITER_FLOAT, rank, dims);
    put_entry(&tensor, "location", location);
    (void)snprintf(number, sizeof number, "%lld", (long long)offset);
    put_entry(&tensor, "offset", number);
    (void)snprintf(number, sizeof number, "%lld", (long long)length);
    put_entry(&tensor, "length", number);
    wire_number(&tensor, 14, 1);
    put_message(&w->graph, 5, &tensor);
}
