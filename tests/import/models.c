#include "models.h"
#include "small_models.h"
#include <stdio.h>
#include <string.h>

/* A chain under construction: the tensor at its end and that tensor's shape. */
struct chain {
    writer w;
    char end[32];
    int64_t channels, side;
    int nodes, cuts;
    bool bias;
};

static void begin(struct chain *c, writer_weights weights, int type, int64_t side, bool bias)
{
    memset(c, 0, sizeof *c);
    writer_init(&c->w, 13, weights);
    writer_input(&c->w, "image", type, 4, (int64_t[]){1, 3, side, side});
    (void)snprintf(c->end, sizeof c->end, "image");
    c->channels = 3;
    c->side = side;
    c->bias = bias;
}

static void add(struct chain *c, const char *op, const char *more)
{
    char inputs[200], name[32], output[32];

    (void)snprintf(name, sizeof name, "%s_%d", op, ++c->nodes);
    (void)snprintf(output, sizeof output, "t%d", c->nodes);
    (void)snprintf(inputs, sizeof inputs, "%s%s%s", c->end, more[0] ? " " : "", more);
    writer_node(&c->w, op, name, inputs, output);
    memcpy(c->end, output, sizeof c->end);
}

/* Gives the end of the chain the name of the next cut, by which a test asks for it. */
static void cut(struct chain *c)
{
    char name[32], node[32];

    (void)snprintf(name, sizeof name, "cut%d", ++c->cuts);
    (void)snprintf(node, sizeof node, "Identity_%d", ++c->nodes);
    writer_node(&c->w, "Identity", node, c->end, name);
    memcpy(c->end, name, sizeof c->end);
}

static void conv(struct chain *c, int64_t channels, int64_t kernel, int64_t stride, int64_t pad, int64_t groups)
{
    char weights[64], more[160];

    (void)snprintf(weights, sizeof weights, "w%d", c->nodes);
    (void)snprintf(more, sizeof more, c->bias ? "%s b%d" : "%s", weights, c->nodes);
    writer_weight(&c->w, weights, 4, (int64_t[]){channels, c->channels / groups, kernel, kernel});
    (void)snprintf(weights, sizeof weights, "b%d", c->nodes);
    if (c->bias) writer_weight(&c->w, weights, 1, &channels);
    writer_ints(&c->w, "kernel_shape", 2, (int64_t[]){kernel, kernel});
    writer_ints(&c->w, "strides", 2, (int64_t[]){stride, stride});
    writer_ints(&c->w, "pads", 4, (int64_t[]){pad, pad, pad, pad});
    if (groups > 1) writer_int(&c->w, "group", groups);
    add(c, "Conv", more);
    c->channels = channels;
    c->side = (c->side + 2 * pad - kernel) / stride + 1;
}

static void conv_relu(struct chain *c, int64_t channels, int64_t kernel, int64_t stride, int64_t pad, int64_t groups)
{
    conv(c, channels, kernel, stride, pad, groups);
    add(c, "Relu", "");
}

static void pool(struct chain *c, int64_t kernel, int64_t stride, int64_t pad)
{
    writer_ints(&c->w, "kernel_shape", 2, (int64_t[]){kernel, kernel});
    writer_ints(&c->w, "strides", 2, (int64_t[]){stride, stride});
    writer_ints(&c->w, "pads", 4, (int64_t[]){pad, pad, pad, pad});
    add(c, "MaxPool", "");
    c->side = (c->side + 2 * pad - kernel) / stride + 1;
}

static void dense(struct chain *c, int64_t outputs)
{
    char weights[64], more[160];

    if (c->side > 0) add(c, "Flatten", "");
    if (c->side > 0) c->channels *= c->side * c->side;
    c->side = 0;
    (void)snprintf(weights, sizeof weights, "w%d", c->nodes);
    (void)snprintf(more, sizeof more, c->bias ? "%s b%d" : "%s", weights, c->nodes);
    writer_weight(&c->w, weights, 2, (int64_t[]){outputs, c->channels});
    (void)snprintf(weights, sizeof weights, "b%d", c->nodes);
    if (c->bias) writer_weight(&c->w, weights, 1, &outputs);
    writer_int(&c->w, "transB", 1);
    add(c, "Gemm", more);
    c->channels = outputs;
}

static void dense_relu(struct chain *c, int64_t outputs)
{
    dense(c, outputs);
    add(c, "Relu", "");
}

/* Three dense layers beside the trunk, ending in the output "gate". The trunk goes on where it was. */
static void gate(struct chain *c, int64_t first, int64_t second, int64_t classes)
{
    struct chain trunk = *c;

    dense_relu(c, first);
    dense_relu(c, second);
    dense(c, classes);
    writer_node(&c->w, "Softmax", "gate_softmax", c->end, "gate");
    writer_output(&c->w, "gate");
    memcpy(c->end, trunk.end, sizeof c->end);
    c->channels = trunk.channels;
    c->side = trunk.side;
}

static void finish(struct chain *c, dcnn_buf *file)
{
    writer_node(&c->w, "Softmax", "softmax", c->end, "label");
    writer_output(&c->w, "label");
    writer_finish(&c->w, file);
}

/* --- the catalogue --- */

static void alexnet(dcnn_buf *file, writer_weights weights, bool exits)
{
    struct chain c;

    begin(&c, weights, WRITER_FLOAT, 227, true);
    conv_relu(&c, 96, 11, 4, 0, 1);
    writer_int(&c.w, "size", 5);
    add(&c, "LRN", "");
    pool(&c, 3, 2, 0);
    cut(&c);
    conv_relu(&c, 256, 5, 1, 2, 2);
    pool(&c, 3, 2, 0);
    cut(&c);
    if (exits) gate(&c, 128, 64, 2);
    conv_relu(&c, 384, 3, 1, 1, 1);
    cut(&c);
    conv_relu(&c, 384, 3, 1, 1, 2);
    cut(&c);
    conv_relu(&c, 256, 3, 1, 1, 2);
    pool(&c, 3, 2, 0);
    cut(&c);
    dense_relu(&c, 4096);
    add(&c, "Dropout", "");
    cut(&c);
    dense_relu(&c, 4096);
    if (!exits) cut(&c);
    dense(&c, exits ? 2 : 1000);
    finish(&c, file);
}

static void write_alexnet(dcnn_buf *file, writer_weights weights)
{
    alexnet(file, weights, false);
}

static void write_alexnet_ee(dcnn_buf *file, writer_weights weights)
{
    alexnet(file, weights, true);
}

static void cnn5(dcnn_buf *file, writer_weights weights, bool exits)
{
    struct chain c;

    begin(&c, weights, WRITER_UINT8, 28, false);
    writer_int(&c.w, "to", WRITER_FLOAT);
    add(&c, "Cast", "");
    conv_relu(&c, 64, 5, 1, 2, 1);
    pool(&c, 2, 2, 0);
    cut(&c);
    if (exits) gate(&c, 384, 192, 10);
    conv_relu(&c, 64, 5, 1, 2, 1);
    pool(&c, 2, 2, 0);
    cut(&c);
    dense_relu(&c, 384);
    cut(&c);
    dense_relu(&c, 192);
    cut(&c);
    dense(&c, 10);
    finish(&c, file);
}

static void write_cnn5(dcnn_buf *file, writer_weights weights)
{
    cnn5(file, weights, false);
}

static void write_cnn5_ee(dcnn_buf *file, writer_weights weights)
{
    cnn5(file, weights, true);
}

/* A residual block: two 3 x 3 convolutions, or a bottleneck whose first 1 x 1 has the stride; v1. */
static void residual(struct chain *c, int64_t width, int64_t stride, bool bottleneck)
{
    struct chain before = *c, shortcut;
    int64_t channels = bottleneck ? 4 * width : width;
    char end[32];

    conv_relu(c, width, bottleneck ? 1 : 3, stride, bottleneck ? 0 : 1, 1);
    if (bottleneck) conv_relu(c, width, 3, 1, 1, 1);
    conv(c, channels, bottleneck ? 1 : 3, 1, bottleneck ? 0 : 1, 1);
    memcpy(end, c->end, sizeof end);
    memcpy(c->end, before.end, sizeof c->end);
    if (before.channels != channels || stride > 1) {
        c->channels = before.channels;
        c->side = before.side;
        conv(c, channels, 1, stride, 0, 1);
    }
    shortcut = *c;
    memcpy(c->end, end, sizeof c->end);
    add(c, "Add", shortcut.end);
    add(c, "Relu", "");
    c->channels = channels;
}

/* stages [stage_count]: blocks of width 64 << group, in groups of the catalogue's layers */
struct stage {
    int group, blocks;
};

static void resnet(dcnn_buf *file, writer_weights weights, bool bottleneck, int stage_count, const struct stage *stages)
{
    struct chain c;
    int group = -1;

    begin(&c, weights, WRITER_FLOAT, 224, false);
    conv_relu(&c, 64, 7, 2, 3, 1);
    pool(&c, 3, 2, 1);
    cut(&c);
    for (int s = 0; s < stage_count; s++) {
        for (int b = 0; b < stages[s].blocks; b++) {
            bool first = stages[s].group != group;
            residual(&c, (int64_t)64 << stages[s].group, first && group >= 0 ? 2 : 1, bottleneck);
            group = stages[s].group;
        }
        cut(&c);
    }
    add(&c, "GlobalAveragePool", "");
    c.side = 1;
    c.bias = true;
    dense(&c, 1000);
    finish(&c, file);
}

static void write_resnet_18(dcnn_buf *file, writer_weights weights)
{
    resnet(file, weights, false, 4, (const struct stage[]){{0, 2}, {1, 2}, {2, 2}, {3, 2}});
}

static void write_resnet_101(dcnn_buf *file, writer_weights weights)
{
    resnet(file, weights, true, 7, (const struct stage[]){{0, 3}, {1, 4}, {2, 5}, {2, 6}, {2, 6}, {2, 6}, {3, 3}});
}

static void write_resnet_152(dcnn_buf *file, writer_weights weights)
{
    resnet(file, weights, true, 7, (const struct stage[]){{0, 3}, {1, 8}, {2, 9}, {2, 9}, {2, 9}, {2, 9}, {3, 3}});
}

/* --- all of them --- */

static const struct {
    const char *name;
    void (*write)(dcnn_buf *file, writer_weights weights);
} models[] = {{"alexnet", write_alexnet},       {"alexnet-ee", write_alexnet_ee}, {"cnn5", write_cnn5},
              {"cnn5-ee", write_cnn5_ee},       {"resnet-18", write_resnet_18},   {"resnet-101", write_resnet_101},
              {"resnet-152", write_resnet_152}, {"branches", small_branches},     {"quantized", small_quantized},
              {"resized", small_resized},       {"rearranged", small_rearranged}};

const char *const model_names[] = {"alexnet",    "alexnet-ee", "cnn5",      "cnn5-ee", "resnet-18",  "resnet-101",
                                   "resnet-152", "branches",   "quantized", "resized", "rearranged", NULL};

bool model_write(const char *name, writer_weights weights, dcnn_buf *file)
{
    for (size_t k = 0; k < sizeof models / sizeof models[0]; k++)
        if (strcmp(models[k].name, name) == 0) {
            models[k].write(file, weights);
            return true;
        }
    return false;
}
