/* Fingerprints: SHA-256 over a text that says all that matters of the blocks so far. Tensors go by numbers in order of
 * first occurrence and weights by their own SHA-256, so that names do not matter. */
#include "map.h"
#include "operators.h"
#include "profile.h"
#include <stdlib.h>
#include <string.h>

enum { HEX_BYTES = 65, NODE_ATTRIBUTE = 5 };
enum {
    TENSOR_FLOATS = 4,
    TENSOR_INT32S = 5,
    TENSOR_INT64S = 7,
    TENSOR_RAW = 9,
    TENSOR_DOUBLES = 10,
    TENSOR_UINT64S = 11
};

struct scribe {
    const dcnn_import *import;
    char **hash; /* [tensor_count] of constants, once known */
    int *number; /* [tensor_count] of others; 0 = none yet */
    int number_count;
    dcnn_buf text;
    dcnn_error *err;
};

static void write_hash(dcnn_buf *text, const void *bytes, size_t size)
{
    char hex[HEX_BYTES];

    dcnn_sha256_hex(bytes, size, hex);
    dcnn_buf_text(text, hex);
}

static void write_kind(dcnn_buf *text, const dcnn_tensor *tensor)
{
    char shape[160];

    dcnn_shape_text(&tensor->shape, shape, sizeof shape);
    dcnn_buf_format(text, "%s %s ", dcnn_type_name(tensor->type), shape);
}

/* --- constants --- */

/* Data in the file: raw or as a packed list of the same little-endian numbers, which hash alike. */
static void write_stored(dcnn_buf *text, const dcnn_tensor *tensor)
{
    dcnn_wire rest = tensor->proto;
    dcnn_wire_field field;

    while (dcnn_wire_next(&rest, &field) == DCNN_WIRE_FIELD) {
        bool data = field.number == TENSOR_RAW || field.number == TENSOR_FLOATS || field.number == TENSOR_INT32S ||
                    field.number == TENSOR_INT64S || field.number == TENSOR_DOUBLES || field.number == TENSOR_UINT64S;
        if (!data) continue;
        if (field.kind == DCNN_WIRE_BYTES)
            write_hash(text, field.bytes.at, dcnn_wire_size(field.bytes));
        else
            dcnn_buf_format(text, "%llx ", (unsigned long long)field.value);
    }
}

static dcnn_status write_external(const struct scribe *w, dcnn_buf *text, const dcnn_tensor *tensor)
{
    dcnn_external place = {0};
    dcnn_map map = {0};
    dcnn_status status = dcnn_external_find(&w->import->graph, tensor, &place, w->err);

    if (!status && place.path.data) status = dcnn_map_open(&map, place.path.data, w->err);
    if (!status && map.bytes && place.offset + tensor->bytes <= (int64_t)map.size)
        write_hash(text, map.bytes + place.offset, (size_t)tensor->bytes);
    dcnn_map_close(&map);
    dcnn_buf_clear(&place.path);
    return status;
}

static int compare_attributes(const void *a, const void *b)
{
    const dcnn_wire *x = a, *y = b;
    size_t size_x = dcnn_wire_size(*x), size_y = dcnn_wire_size(*y), size = size_x < size_y ? size_x : size_y;
    int order = size ? memcmp(x->at, y->at, size) : 0;

    return order != 0 ? order : (size_x > size_y) - (size_x < size_y);
}

/* Operator and attributes; the order in which a file lists attributes means nothing. */
static dcnn_status write_operator(const struct scribe *w, dcnn_buf *text, const dcnn_node *node)
{
    dcnn_wire rest = node->proto, *list = NULL;
    dcnn_wire_field field;
    size_t room = 0, count = 0;

    dcnn_buf_add(text, node->type.at, node->type.size);
    while (dcnn_wire_next(&rest, &field) == DCNN_WIRE_FIELD) {
        if (field.number != NODE_ATTRIBUTE || field.kind != DCNN_WIRE_BYTES) continue;
        if (!dcnn_reserve((void **)&list, &room, count, sizeof *list)) {
            free(list);
            return dcnn_fail_memory(w->err);
        }
        list[count++] = field.bytes;
    }
    if (count > 0) qsort(list, count, sizeof *list, compare_attributes);
    for (size_t k = 0; k < count; k++) {
        dcnn_buf_text(text, " ");
        write_hash(text, list[k].at, dcnn_wire_size(list[k]));
    }
    dcnn_buf_text(text, "(");
    free(list);
    return DCNN_OK;
}

static void write_input(struct scribe *w, dcnn_buf *text, const dcnn_tensor *tensor)
{
    int t = tensor ? (int)(tensor - w->import->graph.tensors) : -1;

    if (t >= 0 && tensor->constant && w->hash[t]) {
        dcnn_buf_text(text, w->hash[t]);
    } else if (t >= 0) {
        if (w->number[t] == 0) w->number[t] = ++w->number_count;
        dcnn_buf_format(text, "%d ", w->number[t]);
        write_kind(text, tensor);
    }
    dcnn_buf_text(text, ",");
}

static dcnn_status keep_hash(struct scribe *w, const dcnn_buf *text, int tensor)
{
    char hex[HEX_BYTES];

    if (text->failed) return dcnn_fail_memory(w->err);
    dcnn_sha256_hex(text->data, text->size, hex);
    w->hash[tensor] = dcnn_pool_text(w->import->graph.pool, hex);
    return w->hash[tensor] ? DCNN_OK : dcnn_fail_memory(w->err);
}

static dcnn_status hash_stored(struct scribe *w, int t)
{
    const dcnn_tensor *tensor = &w->import->graph.tensors[t];
    dcnn_status status = DCNN_OK;
    dcnn_buf text = {0};

    write_kind(&text, tensor);
    if (tensor->external)
        status = write_external(w, &text, tensor);
    else
        write_stored(&text, tensor);
    if (!status) status = keep_hash(w, &text, t);
    dcnn_buf_clear(&text);
    return status;
}

/* A constant that nodes make of others goes by how it is made; what tells of a tensor, by that tensor's kind. */
static dcnn_status hash_made(struct scribe *w, const dcnn_node *node)
{
    const dcnn_graph *graph = &w->import->graph;
    bool about = node->op && node->op->trait == DCNN_TRAIT_ABOUT;
    dcnn_status status = DCNN_OK;

    for (int out = 0; out < node->output_count && !status; out++) {
        const dcnn_tensor *y = dcnn_node_output(graph, node, out);
        dcnn_buf text = {0};
        if (!y || y->stored) continue;
        status = write_operator(w, &text, node);
        for (int k = 0; k < node->input_count; k++) {
            const dcnn_tensor *x = dcnn_node_input(graph, node, k);
            if (about && x)
                write_kind(&text, x);
            else
                write_input(w, &text, x);
        }
        dcnn_buf_format(&text, ")%d ", out);
        write_kind(&text, y);
        if (!status) status = keep_hash(w, &text, (int)(y - graph->tensors));
        dcnn_buf_clear(&text);
    }
    return status;
}

static dcnn_status hash_constants(struct scribe *w)
{
    const dcnn_graph *graph = &w->import->graph;
    dcnn_status status = DCNN_OK;

    for (int t = 0; t < graph->tensor_count && !status; t++)
        if (graph->tensors[t].stored) status = hash_stored(w, t);
    for (int k = 0; k < w->import->order_count && !status; k++) {
        const dcnn_node *node = &graph->nodes[w->import->order[k]];
        if (node->constant) status = hash_made(w, node);
    }
    return status;
}

/* --- blocks --- */

static dcnn_status write_node(struct scribe *w, const dcnn_node *node)
{
    const dcnn_graph *graph = &w->import->graph;
    dcnn_status status = write_operator(w, &w->text, node);

    for (int k = 0; k < node->input_count; k++) write_input(w, &w->text, dcnn_node_input(graph, node, k));
    dcnn_buf_text(&w->text, ")");
    for (int k = 0; k < node->output_count; k++) {
        const dcnn_tensor *y = dcnn_node_output(graph, node, k);
        if (y) w->number[y - graph->tensors] = ++w->number_count;
    }
    return status;
}

static dcnn_status write_block(struct scribe *w, dcnn_model *model, int index)
{
    const dcnn_import *import = w->import;
    const dcnn_layer *layer = &model->profile.layers[index];
    dcnn_status status = DCNN_OK;

    dcnn_buf_clear(&w->text);
    if (index > 0) dcnn_buf_text(&w->text, model->blocks[index - 1].fingerprint);
    for (int step = index > 0 ? import->cuts.last[index - 1] + 1 : 0; step <= import->cuts.last[index] && !status;
         step++)
        status = write_node(w, &import->graph.nodes[import->schedule.steps[step]]);
    dcnn_buf_format(&w->text, "%lld %lld %lld", (long long)layer->memory_bytes, (long long)layer->ops,
                    (long long)layer->output_bytes);
    if (status) return status;
    if (w->text.failed) return dcnn_fail_memory(w->err);
    dcnn_sha256_hex(w->text.data, w->text.size, model->blocks[index].fingerprint);
    return DCNN_OK;
}

dcnn_status dcnn_import_fingerprints(const dcnn_import *import, dcnn_model *model, dcnn_error *err)
{
    struct scribe w = {.import = import, .err = err};
    size_t tensors = (size_t)import->graph.tensor_count;
    dcnn_status status;

    w.hash = dcnn_pool_take(import->graph.pool, tensors, sizeof *w.hash);
    w.number = dcnn_pool_take(import->graph.pool, tensors, sizeof *w.number);
    status = w.hash && w.number ? hash_constants(&w) : dcnn_fail_memory(err);
    for (int index = 0; index < model->profile.layer_count && !status; index++) status = write_block(&w, model, index);
    dcnn_buf_clear(&w.text);
    return status;
}
