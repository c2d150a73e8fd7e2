/* What the caller gets: copies, so that the file need not stay open. */
#include "nametable.h"
#include "operators.h"
#include "profile.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct builder {
    const dcnn_import *import;
    const dcnn_model_options *options;
    dcnn_model *model;
    int *stamp;           /* [tensor_count] see dcnn_import_weights */
    dcnn_nametable names; /* of layers */
    bool lost;            /* memory is out */
};

static void *take(struct builder *b, size_t count, size_t size)
{
    void *block = dcnn_pool_take(b->model->pool, count, size);

    b->lost = b->lost || !block;
    return block;
}

static char *copy_label(struct builder *b, const char *label)
{
    char *copy = dcnn_pool_text(b->model->pool, label);

    b->lost = b->lost || !copy;
    return copy;
}

static void copy_tensor(struct builder *b, const dcnn_tensor *from, dcnn_model_tensor *to)
{
    char label[DCNN_LABEL_BYTES];

    dcnn_name_label(from->name, label);
    to->name = copy_label(b, label);
    to->type = copy_label(b, dcnn_type_name(from->type));
    to->rank = from->shape.rank;
    to->bytes = from->bytes;
    to->dims = take(b, (size_t)to->rank, sizeof *to->dims);
    if (to->dims) memcpy(to->dims, from->shape.dims, (size_t)to->rank * sizeof *to->dims);
}

/* --- tensors that cross --- */

/* Tensors on their way behind the present step, in the order in which they set out. */
struct crossing {
    int *next, *previous; /* [tensor_count + 1] rings through element tensor_count */
    int count;
};

static void set_out(struct crossing *crossing, int ring, int tensor)
{
    crossing->previous[tensor] = crossing->previous[ring];
    crossing->next[tensor] = ring;
    crossing->next[crossing->previous[ring]] = tensor;
    crossing->previous[ring] = tensor;
    crossing->count++;
}

static void arrive(struct crossing *crossing, int tensor)
{
    crossing->next[crossing->previous[tensor]] = crossing->next[tensor];
    crossing->previous[crossing->next[tensor]] = crossing->previous[tensor];
    crossing->count--;
}

static void take_step(const dcnn_import *import, struct crossing *crossing, int step)
{
    const dcnn_graph *graph = &import->graph;
    const dcnn_schedule *s = &import->schedule;
    const dcnn_node *node = &graph->nodes[s->steps[step]];

    for (int k = 0; k < node->output_count; k++) {
        const dcnn_tensor *y = dcnn_node_output(graph, node, k);
        if (y && s->dies[y - graph->tensors] > step) set_out(crossing, graph->tensor_count, (int)(y - graph->tensors));
    }
    for (int k = 0; k < node->input_count; k++) {
        const dcnn_tensor *x = dcnn_node_input(graph, node, k);
        int t = x ? (int)(x - graph->tensors) : -1;
        if (t < 0 || x->constant || s->dies[t] != step || crossing->next[t] < 0) continue;
        arrive(crossing, t);
        crossing->next[t] = -1; /* it may be an input of this node twice */
    }
}

static bool init_crossing(struct builder *b, struct crossing *crossing)
{
    const dcnn_graph *graph = &b->import->graph;
    int ring = graph->tensor_count;

    crossing->next = dcnn_pool_take(graph->pool, (size_t)ring + 1, sizeof *crossing->next);
    crossing->previous = dcnn_pool_take(graph->pool, (size_t)ring + 1, sizeof *crossing->previous);
    if (!crossing->next || !crossing->previous) return false;
    crossing->next[ring] = crossing->previous[ring] = ring;
    for (int k = 0; k < graph->input_count; k++)
        if (b->import->schedule.dies[graph->inputs[k]] >= 0) set_out(crossing, ring, graph->inputs[k]);
    return true;
}

static void copy_crossing(struct builder *b, const struct crossing *crossing, dcnn_model_block *block)
{
    const dcnn_graph *graph = &b->import->graph;

    block->tensors = take(b, (size_t)crossing->count, sizeof *block->tensors);
    if (b->lost) return;
    for (int t = crossing->next[graph->tensor_count]; t != graph->tensor_count; t = crossing->next[t])
        copy_tensor(b, &graph->tensors[t], &block->tensors[block->tensor_count++]);
}

/* --- layers --- */

/* The length of a text, or as much of it as fits into so many bytes without a part of a character. */
static size_t fitting(const char *text, size_t most)
{
    size_t size = strlen(text);

    if (size <= most) return size;
    for (size = most; size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80; size--) continue;
    return size;
}

/* A layer goes by its first node with weights, else by its first node; where that is taken, a number follows. */
static void name_layer(struct builder *b, int first, int last, int index, dcnn_layer *layer)
{
    const dcnn_graph *graph = &b->import->graph;
    const dcnn_node *node = &graph->nodes[b->import->schedule.steps[first]];
    char label[DCNN_LABEL_BYTES + 32];
    enum { STEM_MAX = 180 };
    size_t stem = 0;

    for (int step = last; step >= first; step--) {
        const dcnn_node *other = &graph->nodes[b->import->schedule.steps[step]];
        if (other->heavy) node = other;
    }
    dcnn_node_label(graph, node, label);
    for (int64_t number = index + 1;; number += b->import->cuts.count) { /* each layer tries numbers of its own */
        int known = b->names.count;
        layer->name = copy_label(b, label);
        if (b->lost || dcnn_nametable_add(&b->names, (dcnn_name){layer->name, strlen(label)}) < 0) {
            b->lost = true;
            return;
        }
        if (b->names.count > known) return;
        if (number == index + 1) stem = fitting(label, STEM_MAX);
        (void)snprintf(label + stem, sizeof label - stem, "#%lld", (long long)number);
    }
}

static void add_exit(struct builder *b, const dcnn_exit *exit, dcnn_layer *layer, dcnn_model_block *block)
{
    char label[DCNN_LABEL_BYTES], both[3 * DCNN_LABEL_BYTES];

    dcnn_name_label(b->import->graph.tensors[exit->tensor].name, label);
    if (block->exit)
        (void)snprintf(both, sizeof both, "%.*s, %s", (int)fitting(block->exit, 400), block->exit, label);
    else
        (void)snprintf(both, sizeof both, "%s", label);
    block->exit = copy_label(b, both);
    layer->exit_probability += exit->probability;
}

static void build_block(struct builder *b, int first, int last, int index, const struct crossing *crossing)
{
    const dcnn_import *import = b->import;
    dcnn_layer *layer = &b->model->profile.layers[index];
    dcnn_model_block *block = &b->model->blocks[index];

    name_layer(b, first, last, index, layer);
    block->node_count = last - first + 1;
    dcnn_import_weights(import, first, last, b->stamp, index + 1, &block->parameter_count, &block->weight_bytes);
    block->activation_bytes = dcnn_schedule_peak(&import->graph, &import->schedule, first, last);
    for (int step = first; step <= last; step++) layer->ops += import->graph.nodes[import->schedule.steps[step]].ops;
    copy_crossing(b, crossing, block);
    for (int k = 0; k < block->tensor_count && !b->lost; k++) layer->output_bytes += block->tensors[k].bytes;
    layer->activation_bytes = block->activation_bytes;
    layer->memory_bytes = block->weight_bytes;
    if (b->options->count_activations) layer->memory_bytes += block->activation_bytes;
}

static void build_blocks(struct builder *b)
{
    const dcnn_import *import = b->import;
    struct crossing crossing = {0};
    int exit = 0, first = 0;

    if (!init_crossing(b, &crossing)) {
        b->lost = true;
        return;
    }
    for (int index = 0; index < import->cuts.count && !b->lost; index++) {
        int last = import->cuts.last[index];
        for (int step = first; step <= last; step++) take_step(import, &crossing, step);
        build_block(b, first, last, index, &crossing);
        for (; exit < import->exit_count && import->schedule.born[import->exits[exit].tensor] <= last; exit++)
            add_exit(b, &import->exits[exit], &b->model->profile.layers[index], &b->model->blocks[index]);
        first = last + 1;
    }
}

/* --- the whole model --- */

static void build_operators(struct builder *b)
{
    const dcnn_import *import = b->import;
    const dcnn_schedule *s = &import->schedule;
    dcnn_nametable types = {0};
    char label[DCNN_LABEL_BYTES];
    int round = import->cuts.count + 1;
    int64_t bytes;

    b->model->operators = take(b, (size_t)s->step_count, sizeof *b->model->operators);
    for (int step = 0; step < s->step_count && !b->lost; step++) {
        const dcnn_node *node = &import->graph.nodes[s->steps[step]];
        int number = dcnn_nametable_add(&types, node->type);
        dcnn_model_operator *row;
        int64_t parameters;
        if (number < 0) {
            b->lost = true;
            break;
        }
        row = &b->model->operators[number];
        if (!row->name) {
            dcnn_name_label(node->type, label);
            row->name = copy_label(b, label);
        }
        dcnn_import_weights(import, step, step, b->stamp, round, &parameters, &bytes);
        row->node_count++;
        row->parameter_count += parameters;
        row->ops += node->ops;
        b->model->parameter_count += parameters;
        b->model->weight_bytes += bytes;
        b->model->ops += node->ops;
    }
    b->model->operator_count = types.count;
    dcnn_nametable_clear(&types);
}

static void build_ends(struct builder *b)
{
    const dcnn_graph *graph = &b->import->graph;
    dcnn_model *model = b->model;

    model->inputs = take(b, (size_t)graph->input_count, sizeof *model->inputs);
    model->outputs = take(b, (size_t)graph->output_count, sizeof *model->outputs);
    if (b->lost) return;
    for (int k = 0; k < graph->input_count; k++) {
        const dcnn_tensor *input = &graph->tensors[graph->inputs[k]];
        if (b->import->schedule.dies[graph->inputs[k]] < 0) continue; /* nobody needs it */
        model->profile.input_bytes += input->bytes;
        copy_tensor(b, input, &model->inputs[model->input_count++]);
    }
    for (int k = 0; k < graph->output_count; k++)
        copy_tensor(b, &graph->tensors[graph->outputs[k]], &model->outputs[model->output_count++]);
}

/* The file's name without folder and ending. */
static void name_profile(struct builder *b, const char *file)
{
    const char *slash = strrchr(file, '/');
    char label[DCNN_LABEL_BYTES];
    size_t size;

    if (slash) file = slash + 1;
    size = strlen(file);
    if (size > 5 && strcmp(file + size - 5, ".onnx") == 0) size -= 5;
    dcnn_name_label((dcnn_name){file, size}, label);
    b->model->profile.name = copy_label(b, label);
}

dcnn_status dcnn_import_build(const dcnn_import *import, const dcnn_model_options *options, dcnn_model **out,
                              dcnn_error *err)
{
    struct builder b = {.import = import, .options = options, .model = dcnn_take(1, sizeof *b.model)};
    dcnn_model *model = b.model;

    *out = NULL;
    if (!model || !(model->pool = dcnn_pool_new())) {
        dcnn_model_free(model);
        return dcnn_fail_memory(err);
    }
    b.stamp = dcnn_pool_take(import->graph.pool, (size_t)import->graph.tensor_count, sizeof *b.stamp);
    model->profile.layer_count = import->cuts.count;
    model->profile.layers = take(&b, (size_t)import->cuts.count, sizeof *model->profile.layers);
    model->blocks = take(&b, (size_t)import->cuts.count, sizeof *model->blocks);
    model->node_count = import->schedule.step_count;
    b.lost = b.lost || !b.stamp;
    if (!b.lost) name_profile(&b, import->graph.file);
    if (!b.lost) build_blocks(&b);
    if (!b.lost) build_operators(&b);
    if (!b.lost) build_ends(&b);
    for (int k = 0; k < model->profile.layer_count && !b.lost; k++)
        if (model->blocks[k].activation_bytes > model->activation_bytes)
            model->activation_bytes = model->blocks[k].activation_bytes;
    dcnn_nametable_clear(&b.names);
    if (b.lost) {
        dcnn_model_free(model);
        return dcnn_fail_memory(err);
    }
    *out = model;
    return DCNN_OK;
}
