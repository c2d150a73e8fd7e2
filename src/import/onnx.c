#include "nametable.h"
#include "operators.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MODEL_GRAPH = 7, MODEL_OPSET = 8 };
enum { OPSET_DOMAIN = 1, OPSET_VERSION = 2 };
enum { GRAPH_NODE = 1, GRAPH_INITIALIZER = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12, GRAPH_SPARSE = 15 };
enum { NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_NAME = 3, NODE_TYPE = 4, NODE_ATTRIBUTE = 5, NODE_DOMAIN = 7 };
enum { VALUE_NAME = 1, TENSOR_NAME = 8 };

enum { OPSET_LEAST = 7, OPSET_MOST = 1000 };

/* A graph that grows while it is read. */
struct reader {
    dcnn_graph *graph;
    dcnn_nametable tensors; /* number = index into graph->tensors */
    size_t node_room, tensor_room, ref_room, input_room, output_room;
    dcnn_error *err;
};

static dcnn_status fail_file(const struct reader *r, dcnn_status code, const char *text)
{
    return dcnn_fail(r->err, code, r->graph->file, "%s", text);
}

static dcnn_status fail_damaged(const struct reader *r)
{
    return fail_file(r, DCNN_E_SYNTAX, "not an ONNX model, or damaged: its protobuf fields end in the wrong place");
}

static dcnn_name name_of(const dcnn_wire_field *field)
{
    return (dcnn_name){(const char *)field->bytes.at, dcnn_wire_size(field->bytes)};
}

/* The text of a field of a message; "" when it is not there. */
static dcnn_name find_text(dcnn_wire message, uint32_t number)
{
    dcnn_name found = {"", 0};
    dcnn_wire_field field;

    while (dcnn_wire_next(&message, &field) == DCNN_WIRE_FIELD)
        if (field.number == number && field.kind == DCNN_WIRE_BYTES) found = name_of(&field);
    return found;
}

/* Index of the tensor of that name, which is made when it is new; -1 when memory is out. */
static int add_tensor(struct reader *r, dcnn_name name)
{
    int index = dcnn_nametable_add(&r->tensors, name);
    dcnn_graph *graph = r->graph;

    if (index < graph->tensor_count) return index;
    if (!dcnn_reserve((void **)&graph->tensors, &r->tensor_room, (size_t)index, sizeof *graph->tensors)) return -1;
    memset(&graph->tensors[index], 0, sizeof *graph->tensors);
    graph->tensors[index].name = name;
    graph->tensors[index].producer = -1;
    graph->tensors[index].source = index;
    graph->tensor_count = index + 1;
    return index;
}

static dcnn_status add_ref(struct reader *r, dcnn_name name, int *tensor)
{
    dcnn_graph *graph = r->graph;

    *tensor = -1;
    if (name.size > 0 && (*tensor = add_tensor(r, name)) < 0) return dcnn_fail_memory(r->err);
    if (!dcnn_reserve((void **)&graph->refs, &r->ref_room, (size_t)graph->ref_count, sizeof *graph->refs))
        return dcnn_fail_memory(r->err);
    graph->refs[graph->ref_count++] = *tensor;
    return DCNN_OK;
}

/* Operators of ONNX itself go by their bare name, others by "domain.name". */
static dcnn_status name_operator(const struct reader *r, dcnn_node *node, dcnn_name type, dcnn_name domain)
{
    char *joined;

    node->type = type;
    if (domain.size == 0 || dcnn_name_is(domain, "ai.onnx")) return DCNN_OK;
    joined = dcnn_pool_take(r->graph->pool, domain.size + 1 + type.size, 1);
    if (!joined) return dcnn_fail_memory(r->err);
    memcpy(joined, domain.at, domain.size);
    joined[domain.size] = '.';
    if (type.size) memcpy(joined + domain.size + 1, type.at, type.size);
    node->type = (dcnn_name){joined, domain.size + 1 + type.size};
    return DCNN_OK;
}

static dcnn_status read_node_fields(const struct reader *r, dcnn_node *node, dcnn_wire proto)
{
    dcnn_name type = {"", 0}, domain = {"", 0};
    dcnn_wire_field field;
    dcnn_wire_step step;

    node->proto = proto;
    while ((step = dcnn_wire_next(&proto, &field)) == DCNN_WIRE_FIELD) {
        if (field.kind != DCNN_WIRE_BYTES) continue;
        if (field.number == NODE_NAME) node->name = name_of(&field);
        if (field.number == NODE_TYPE) type = name_of(&field);
        if (field.number == NODE_DOMAIN) domain = name_of(&field);
        if (field.number == NODE_ATTRIBUTE && !dcnn_attribute_sound(field.bytes)) return fail_damaged(r);
    }
    if (step == DCNN_WIRE_BROKEN) return fail_damaged(r);
    return name_operator(r, node, type, domain);
}

static dcnn_status read_node_refs(struct reader *r, int index)
{
    dcnn_graph *graph = r->graph;
    dcnn_node *node = &graph->nodes[index];
    dcnn_status status;
    int tensor;

    node->first_input = graph->ref_count;
    for (uint32_t number = NODE_INPUT; number <= NODE_OUTPUT; number++) {
        dcnn_wire rest = node->proto;
        dcnn_wire_field field;
        while (dcnn_wire_next(&rest, &field) == DCNN_WIRE_FIELD) {
            if (field.number != number || field.kind != DCNN_WIRE_BYTES) continue;
            if ((status = add_ref(r, name_of(&field), &tensor))) return status;
            if (number == NODE_INPUT) {
                node->input_count++;
                continue;
            }
            node->output_count++;
            if (tensor < 0) continue;
            if (graph->tensors[tensor].producer >= 0)
                return dcnn_node_fail(graph, node, r->err, "a second node makes the tensor that it makes");
            graph->tensors[tensor].producer = index;
        }
    }
    return DCNN_OK;
}

static dcnn_status read_node(struct reader *r, dcnn_wire proto)
{
    dcnn_graph *graph = r->graph;
    dcnn_node *node;
    dcnn_status status;

    if (!dcnn_reserve((void **)&graph->nodes, &r->node_room, (size_t)graph->node_count, sizeof *graph->nodes))
        return dcnn_fail_memory(r->err);
    node = &graph->nodes[graph->node_count++];
    memset(node, 0, sizeof *node);
    node->name = (dcnn_name){"", 0};
    if ((status = read_node_fields(r, node, proto))) return status;
    node->op = dcnn_operator_find(node->type);
    return read_node_refs(r, graph->node_count - 1);
}

static dcnn_status read_initializer(struct reader *r, dcnn_wire proto)
{
    int index = add_tensor(r, find_text(proto, TENSOR_NAME));

    if (index < 0) return dcnn_fail_memory(r->err);
    return dcnn_tensor_read(r->graph, &r->graph->tensors[index], proto, r->err);
}

static dcnn_status read_input(struct reader *r, dcnn_wire proto)
{
    dcnn_graph *graph = r->graph;
    int index = add_tensor(r, find_text(proto, VALUE_NAME));

    if (index < 0) return dcnn_fail_memory(r->err);
    if (graph->tensors[index].stored || graph->tensors[index].input) return DCNN_OK; /* old files list weights too */
    if (!dcnn_reserve((void **)&graph->inputs, &r->input_room, (size_t)graph->input_count, sizeof *graph->inputs))
        return dcnn_fail_memory(r->err);
    graph->tensors[index].input = true;
    graph->tensors[index].proto = proto;
    graph->inputs[graph->input_count++] = index;
    return DCNN_OK;
}

static dcnn_status read_output(struct reader *r, dcnn_wire proto)
{
    dcnn_graph *graph = r->graph;
    int index = add_tensor(r, find_text(proto, VALUE_NAME));

    if (index < 0) return dcnn_fail_memory(r->err);
    if (graph->tensors[index].output) return DCNN_OK;
    if (!dcnn_reserve((void **)&graph->outputs, &r->output_room, (size_t)graph->output_count, sizeof *graph->outputs))
        return dcnn_fail_memory(r->err);
    graph->tensors[index].output = true;
    graph->outputs[graph->output_count++] = index;
    return DCNN_OK;
}

/* The graph's fields in two passes, because weights must be known before the inputs that repeat their names. */
static dcnn_status read_graph(struct reader *r, dcnn_wire proto)
{
    dcnn_status status = DCNN_OK;
    dcnn_wire_field field;
    dcnn_wire_step step;

    for (int pass = 0; pass < 2; pass++) {
        dcnn_wire rest = proto;
        while ((step = dcnn_wire_next(&rest, &field)) == DCNN_WIRE_FIELD && !status) {
            if (field.kind != DCNN_WIRE_BYTES) continue;
            if (pass == 0 && field.number == GRAPH_INITIALIZER) status = read_initializer(r, field.bytes);
            if (pass == 0 && field.number == GRAPH_SPARSE)
                status = fail_file(r, DCNN_E_VALUE, "has sparse weights, which are not supported");
            if (pass == 1 && field.number == GRAPH_INPUT) status = read_input(r, field.bytes);
            if (pass == 1 && field.number == GRAPH_OUTPUT) status = read_output(r, field.bytes);
            if (pass == 1 && field.number == GRAPH_NODE) status = read_node(r, field.bytes);
        }
        if (!status && step == DCNN_WIRE_BROKEN) status = fail_damaged(r);
        if (status) return status;
    }
    return DCNN_OK;
}

static dcnn_status read_opset(struct reader *r, dcnn_wire proto)
{
    dcnn_name domain = {"", 0};
    dcnn_wire_field field;
    dcnn_wire_step step;
    int64_t version = 1;

    while ((step = dcnn_wire_next(&proto, &field)) == DCNN_WIRE_FIELD) {
        if (field.number == OPSET_DOMAIN && field.kind == DCNN_WIRE_BYTES) domain = name_of(&field);
        if (field.number == OPSET_VERSION && field.kind == DCNN_WIRE_VARINT) version = (int64_t)field.value;
    }
    if (step == DCNN_WIRE_BROKEN) return fail_damaged(r);
    if (domain.size == 0 || dcnn_name_is(domain, "ai.onnx")) r->graph->opset = version;
    return DCNN_OK;
}

static dcnn_status read_model(struct reader *r, dcnn_wire proto)
{
    dcnn_wire graph = {NULL, NULL};
    dcnn_wire_field field;
    dcnn_wire_step step;
    dcnn_status status;

    while ((step = dcnn_wire_next(&proto, &field)) == DCNN_WIRE_FIELD) {
        if (field.kind != DCNN_WIRE_BYTES) continue;
        if (field.number == MODEL_GRAPH) graph = field.bytes;
        if (field.number == MODEL_OPSET && (status = read_opset(r, field.bytes))) return status;
    }
    if (step == DCNN_WIRE_BROKEN) return fail_damaged(r);
    if (!graph.at) return fail_file(r, DCNN_E_SYNTAX, "not an ONNX model: it has no graph");
    if (r->graph->opset < OPSET_LEAST || r->graph->opset > OPSET_MOST)
        return dcnn_fail(r->err, DCNN_E_VALUE, r->graph->file,
                         "uses operator set %lld: %d and later are understood (convert the model)",
                         (long long)r->graph->opset, OPSET_LEAST);
    return read_graph(r, graph);
}

static dcnn_status check_graph(const struct reader *r)
{
    const dcnn_graph *graph = r->graph;

    if (graph->node_count == 0) return fail_file(r, DCNN_E_VALUE, "its graph has no nodes");
    if (graph->output_count == 0) return fail_file(r, DCNN_E_VALUE, "its graph has no outputs");
    for (int t = 0; t < graph->tensor_count; t++) {
        const dcnn_tensor *tensor = &graph->tensors[t];
        if (tensor->producer >= 0 && (tensor->stored || tensor->input))
            return dcnn_node_fail(graph, &graph->nodes[tensor->producer], r->err,
                                  "makes a tensor that the file already has as an input or weight");
        if (tensor->producer < 0 && !tensor->stored && !tensor->input)
            return dcnn_tensor_fail(graph, tensor, r->err, DCNN_E_VALUE, "is used, but nothing makes it");
    }
    return DCNN_OK;
}

dcnn_status dcnn_onnx_read(dcnn_graph *graph, const unsigned char *bytes, size_t size, const char *file,
                           const char *folder, dcnn_error *err)
{
    struct reader r = {.graph = graph, .err = err};
    dcnn_status status;

    memset(graph, 0, sizeof *graph);
    graph->file = file;
    graph->folder = folder;
    if (size == 0) return fail_file(&r, DCNN_E_SYNTAX, "not an ONNX model: the file is empty");
    graph->pool = dcnn_pool_new();
    if (!graph->pool) return dcnn_fail_memory(err);
    status = read_model(&r, (dcnn_wire){bytes, bytes + size});
    if (!status) status = check_graph(&r);
    dcnn_nametable_clear(&r.tensors);
    return status;
}

void dcnn_onnx_clear(dcnn_graph *graph)
{
    free(graph->nodes);
    free(graph->tensors);
    free(graph->refs);
    free(graph->inputs);
    free(graph->outputs);
    dcnn_pool_free(graph->pool);
    memset(graph, 0, sizeof *graph);
}
