/* Shapes operator by operator: what goes in, with which attributes, and what comes out. (tests/import/operators.py
 * holds the importer against the thousand cases of libonnx-testdata.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h needs the above */
#include "importing.h"
#include <cmocka.h>

/* inputs: "1x3x8x8" is a tensor, "[1,2]" a list of whole numbers, "{0.5,2}" of real ones, "-" left out. attributes:
 * "pads=1,1,1,1" a list, "axis:1" a number, "mode~text" a text. result: shapes of all outputs; "!text" a fault. */
static const struct shape_case {
    int opset;
    const char *op, *inputs, *attributes, *result;
} cases[] = {
    {13, "Conv", "1x3x8x8 4x3x3x3", "", "1x4x6x6"},
    {13, "Conv", "1x3x8x8 4x3x3x3", "pads=1,1,1,1 strides=2,2", "1x4x4x4"},
    {13, "Conv", "1x3x8x8 4x3x3x3", "dilations=2,2", "1x4x4x4"},
    {13, "Conv", "1x3x8x8 6x1x3x3", "group:3 auto_pad~SAME_UPPER strides=3,3", "1x6x3x3"},
    {13, "Conv", "1x3x8 4x3x2", "auto_pad~VALID", "1x4x7"},
    {13, "Conv", "1x3x8x8x8 4x3x2x2x2", "", "1x4x7x7x7"},
    {13, "Conv", "1x3x8x8 4x3x9x9", "", "!kernel reaches over 9"},
    {13, "Conv", "1x3x8x8 4x3x3x3", "auto_pad~SOME", "!auto_pad"},
    {13, "Conv", "1x3x8x8 4x3x3x3", "pads=1,1", "!pads: 4 numbers"},
    {13, "Conv", "3x8 4x3", "", "!3 to 8 dimensions"},
    {13, "ConvTranspose", "1x4x8x8 4x2x3x3", "strides=2,2 pads=1,1,1,1 output_padding=1,1", "1x2x16x16"},
    {13, "ConvTranspose", "1x4x8x8 4x2x3x3", "group:2", "1x4x10x10"},
    {13, "ConvTranspose", "1x4x8x8 4x2x3x3", "strides=2,2 output_shape=17,16", "1x2x17x16"},
    {13, "ConvTranspose", "1x3x8x8 4x2x3x3", "", "!do not fit weights for 4"},
    {19, "DeformConv", "1x4x8x8 6x4x3x3 1x18x6x6", "", "1x6x6x6"},
    {13, "MaxPool", "1x3x8x8", "kernel_shape=3,3 strides=2,2", "1x3x3x3"},
    {13, "MaxPool", "1x3x8x8", "kernel_shape=3,3 strides=2,2 ceil_mode:1", "1x3x4x4"},
    {13, "AveragePool", "1x3x4x4", "kernel_shape=1,1 strides=3,3 ceil_mode:1", "1x3x2x2"},
    {13, "AveragePool", "1x3x2x2", "kernel_shape=1,1 strides=3,3 pads=0,0,2,2 ceil_mode:1", "1x3x2x2"},
    {13, "AveragePool", "1x3x2x2", "kernel_shape=2,2 strides=3,3 pads=0,0,2,2 ceil_mode:1", "1x3x1x1"},
    {13, "MaxPool", "1x3x8x8", "", "!kernel_shape is missing"},
    {13, "MaxPool", "1x3x5x5", "kernel_shape=7,4 strides=3,3 ceil_mode:1", "1x3x1x2"},
    {13, "MaxPool", "1x3x5x5", "kernel_shape=7,4 strides=2,3 ceil_mode:1", "!kernel reaches over 7"},
    {13, "MaxPool", "1x3x5x5", "kernel_shape=7,4 strides=3,3", "!kernel reaches over 7"},
    {13, "MaxUnpool", "1x3x4x4 1x3x4x4", "kernel_shape=3,2 strides=2,2 pads=1,0,0,0", "1x3x8x8"},
    {13, "MaxUnpool", "1x3x4x4 1x3x4x4 [1,3,9,8]", "kernel_shape=2,2 strides=2,2", "1x3x9x8"},
    {13, "MaxUnpool", "1x3x4x4 1x3x4x4 [9,8]", "kernel_shape=2,2 strides=2,2", "!4 numbers expected"},
    {13, "GlobalAveragePool", "2x3x8x9", "", "2x3x1x1"},
    {13, "RoiAlign", "1x8x32x32 5x4 5", "output_height:7 output_width:6", "5x8x7x6"},
    {13, "Gemm", "2x3 3x4", "", "2x4"},
    {13, "Gemm", "3x2 4x3", "transA:1 transB:1", "2x4"},
    {13, "Gemm", "2x3 4x3", "", "!do not fit"},
    {13, "MatMul", "5x1x2x3 7x3x4", "", "5x7x2x4"},
    {13, "MatMul", "3 3", "", "scalar"},
    {13, "MatMul", "2x3 3", "", "2"},
    {13, "MatMul", "2x5x3 4x3x6", "", "!stacks of matrices"},
    {12, "Einsum", "5x2x3 5x3x4", "equation~bij,bjk->bik", "5x2x4"},
    {12, "Einsum", "5x2x3 5x3x4", "equation~bij,bjk", "2x4"},
    {12, "Einsum", "2x3 3x4", "equation~ij,jk", "2x4"},
    {12, "Einsum", "5x6x2x3 6x3x4", "equation~...ij,...jk->...ki", "5x6x4x2"},
    {12, "Einsum", "2x3", "equation~...j->j...", "3x2"},
    {12, "Einsum", "3x3", "equation~ii", "scalar"},
    {12, "Einsum", "2x3 4x5", "equation~ij,jk", "!sizes of a letter"},
    {12, "Einsum", "2x3 3x5", "equation~ijk,kl", "!3 dimensions expected"},
    {12, "Einsum", "2x3 3x5", "equation~ij->i", "!no term for each input"},
    {12, "Einsum", "2x3", "equation~ij,jk->ik", "!no term for each input"},
    {12, "Einsum", "2x3", "equation~ij->ik", "!no proper result"},
    {12, "Einsum", "2x3", "equation~i.j->ij", "!no term for each input"},
    {12, "Einsum", "1x1x1x1x1 1x1x1x1x1", "equation~abcde,fghij", "!more than 8 dimensions"},
    {12, "Einsum", "2x3", "", "!shape 2x3: 0 dimensions expected"},
    {14, "LSTM", "7x2x3 1x20x3 1x20x5", "hidden_size:5", "7x1x2x5"},
    {14, "GRU", "2x7x3 2x15x3 2x15x5", "hidden_size:5 layout:1", "2x7x2x5"},
    {13, "Relu", "2x3", "", "2x3"},
    {13, "Add", "2x1x3 4x1", "", "2x4x3"},
    {13, "Add", "2x3 2", "", "!do not match"},
    {13, "Sum", "2x3 3 1", "", "2x3"},
    {13, "Where", "2x1 3 1", "", "2x3"},
    {13, "Cast", "2x3", "to:11", "2x3"},
    {13, "Cast", "2x3", "to:77", "!element type 77"},
    {13, "BatchNormalization", "1x3x8x8 3 3 3 3", "", "1x3x8x8"},
    {13, "Reshape", "2x3x4 [0,-1]", "", "2x12"},
    {13, "Reshape", "2x3x4 [4,6]", "", "4x6"},
    {13, "Reshape", "2x3x4 [5,-1]", "", "!24 elements do not fit the shape 5x-1"},
    {13, "Reshape", "2x3x4 [-1,-1]", "", "!negative size"},
    {14, "Reshape", "0x3 [3,0]", "allowzero:1", "3x0"},
    {13, "Reshape", "2x3 2", "", "!cannot be known"},
    {13, "Flatten", "2x3x4", "axis:2", "6x4"},
    {13, "Flatten", "2x3x4", "axis:0", "1x24"},
    {13, "Flatten", "2x3x4", "axis:4", "!axis 4"},
    {13, "Squeeze", "1x3x1", "", "3"},
    {13, "Squeeze", "1x3x1 [-1]", "", "1x3"},
    {11, "Squeeze", "1x3x1", "axes=0", "3x1"},
    {13, "Squeeze", "1x3x1 [1]", "", "!cannot be left out"},
    {13, "Unsqueeze", "3x4 [0,-1]", "", "1x3x4x1"},
    {11, "Unsqueeze", "3x4", "axes=1", "3x1x4"},
    {13, "Unsqueeze", "3x4 [1,1]", "", "!twice"},
    {13, "Transpose", "2x3x4", "", "4x3x2"},
    {13, "Transpose", "2x3x4", "perm=0,2,1", "2x4x3"},
    {13, "Transpose", "2x3x4", "perm=0,0,1", "!twice"},
    {13, "DepthToSpace", "1x12x2x3", "blocksize:2", "1x3x4x6"},
    {13, "SpaceToDepth", "1x3x4x6", "blocksize:2", "1x12x2x3"},
    {13, "DepthToSpace", "1x10x2x3", "blocksize:2", "!10 channels"},
    {18, "Col2Im", "1x12x9 [4,4] [2,2]", "", "1x3x4x4"},
    {18, "Col2Im", "1x10x9 [4,4] [2,2]", "", "!10 channels"},
    {18, "Col2Im", "1x10x9 [4,4] [2]", "", "!10 channels"},
    {18, "CenterCropPad", "3x8x5 [6,9]", "axes=1,-1", "3x6x9"},
    {18, "CenterCropPad", "8x5 [6,9]", "", "6x9"},
    {18, "CenterCropPad", "8x5 [6]", "", "!as many sizes as axes"},
    {13, "Expand", "3x1 [2,1,4]", "", "2x3x4"},
    {13, "Tile", "2x3 [2,3]", "", "4x9"},
    {13, "Concat", "1x2x3 1x4x3", "axis:1", "1x6x3"},
    {13, "Concat", "1x2x3 1x4x5", "axis:1", "!has size 5 in dimension 2"},
    {13, "Slice", "10x10 [1,-3] [5,100] [0,1] [2,1]", "", "2x3"},
    {13, "Slice", "10 [-1] [-100] [0] [-3]", "", "4"},
    {9, "Slice", "10x10", "starts=2 ends=-2 axes=1", "10x6"},
    {13, "Slice", "10 [0] [5] [0] [0]", "", "!step of 0"},
    {13, "Pad", "1x3x4x4 [0,0,1,1,0,0,1,1]", "", "1x3x6x6"},
    {18, "Pad", "1x3x4x4 [1,2] - [3]", "", "1x3x4x7"},
    {10, "Pad", "4x4", "pads=0,-1,0,-1", "4x2"},
    {13, "Pad", "4x4 [0,-3,0,-3]", "", "!out of range"},
    {13, "Gather", "5x6x7 2x3", "axis:1", "5x2x3x7"},
    {13, "GatherElements", "5x6 2x6", "", "2x6"},
    {13, "GatherND", "2x3x4 5x2", "", "5x4"},
    {13, "GatherND", "2x3x4 2x1", "batch_dims:1", "2x4"},
    {13, "Resize", "1x3x4x4 - {1,1,2,1.6}", "", "1x3x8x6"},
    {13, "Resize", "1x3x4x4 - - [1,3,9,7]", "", "1x3x9x7"},
    {18, "Resize", "1x3x4x8 - - [8,8]", "axes=2,3 keep_aspect_ratio_policy~not_larger", "1x3x4x8"},
    {18, "Resize", "1x3x4x8 - - [8,8]", "axes=2,3 keep_aspect_ratio_policy~not_smaller", "1x3x8x16"},
    {10, "Resize", "1x3x4x4 {1,1,0.5,0.5}", "", "1x3x2x2"},
    {9, "Upsample", "1x3x4x4 {1,1,2,3}", "", "1x3x8x12"},
    {13, "Resize", "1x3x4x4", "", "!neither scales nor sizes"},
    {13, "Resize", "1x3x4x4 - {1,1,-2,2}", "", "!a scale of -2"},
    {20, "AffineGrid", "2x2x3 [2,3,5,6]", "", "2x5x6x2"},
    {20, "AffineGrid", "2x3x4 [2,3,5,6,7]", "", "2x5x6x7x3"},
    {20, "AffineGrid", "2x2x3 [2,3]", "", "!4 or 5 expected"},
    {16, "GridSample", "1x3x8x8 1x5x6x2", "", "1x3x5x6"},
    {13, "ReduceMean", "2x3x4", "axes=-1,1", "2x1x1"},
    {13, "ReduceMean", "2x3x4", "axes=1 keepdims:0", "2x4"},
    {13, "ReduceSum", "2x3x4 [0]", "keepdims:0", "3x4"},
    {13, "ReduceMax", "2x3x4", "keepdims:0", "scalar"},
    {18, "ReduceMean", "2x3x4", "noop_with_empty_axes:1", "2x3x4"},
    {13, "ArgMax", "2x3x4", "axis:1 keepdims:0", "2x4"},
    {13, "TopK", "2x9 [4]", "", "2x4 2x4"},
    {13, "TopK", "2x3 [4]", "", "!asks for 4 of 3"},
    {13, "Split", "2x7", "axis:1 split=3,4", "2x3 2x4"},
    {18, "Split", "2x7", "axis:1 num_outputs:2", "2x4 2x3"},
    {13, "Split", "2x7 [6]", "axis:1", "!add up to 6"},
    {13, "Dropout", "2x3", "", "2x3 2x3"},
    {13, "Softmax", "2x3", "", "2x3"},
    {11, "DynamicQuantizeLinear", "2x3", "", "2x3 scalar scalar"},
    {13, "OneHot", "2x3 [5] 2", "", "2x3x5"},
    {17, "LayerNormalization", "2x3x4 4", "", "2x3x4 2x3x1 2x3x1"},
    {13, "NonMaxSuppression", "2x3", "", "!not known"},
};

static void add_attributes(writer *w, const char *text)
{
    char name[32];
    int64_t list[8];

    while (*text) {
        size_t size = strcspn(text, "=:~");
        char kind = text[size], *end;
        int count = 0;
        (void)snprintf(name, sizeof name, "%.*s", (int)size, text);
        text += size + 1;
        size = strcspn(text, " ");
        if (kind == '~') {
            char value[32];
            (void)snprintf(value, sizeof value, "%.*s", (int)size, text);
            writer_text(w, name, value);
        } else {
            for (const char *from = text; from < text + size; from = end + (*end == ','))
                list[count++] = strtoll(from, &end, 10);
            if (kind == ':')
                writer_int(w, name, list[0]);
            else
                writer_ints(w, name, count, list);
        }
        text += size + (text[size] == ' ');
    }
}

/* Adds one input of the case; its name is k. */
static void add_input(writer *w, const char *name, const char *text, size_t size)
{
    int64_t list[8];
    float reals[8];
    int count = 0;
    char *end;

    for (const char *from = text + (*text == '[' || *text == '{'); from < text + size; from = end + 1) {
        reals[count] = strtof(from, &end);
        list[count++] = strtoll(from, NULL, 10);
    }
    if (*text == '[')
        writer_list(w, name, count, list);
    else if (*text == '{')
        writer_reals(w, name, count, reals);
    else
        writer_input(w, name, WRITER_FLOAT, count, list);
}

static int count_outputs(const char *result)
{
    int count = 1;

    if (*result == '!') return 1;
    for (; *result; result++) count += *result == ' ';
    return count;
}

static void write_case(writer *w, const struct shape_case *c)
{
    char inputs[64] = "", outputs[64] = "", name[16];
    int output_count = count_outputs(c->result), k = 0;

    writer_init(w, c->opset, WRITER_BARE);
    for (const char *text = c->inputs; *text; k++) {
        size_t size = strcspn(text, " ");
        (void)snprintf(name, sizeof name, "i%d", k);
        if (text[0] == '-')
            (void)snprintf(name, sizeof name, "-");
        else
            add_input(w, name, text, size);
        (void)snprintf(inputs + strlen(inputs), sizeof inputs - strlen(inputs), "%s%s", k ? " " : "", name);
        text += size + (text[size] == ' ');
    }
    add_attributes(w, c->attributes);
    for (int o = 0; o < output_count; o++)
        (void)snprintf(outputs + strlen(outputs), sizeof outputs - strlen(outputs), "%so%d", o ? " " : "", o);
    writer_node(w, c->op, "node", inputs, outputs);
    for (int o = 0; o < output_count; o++) {
        (void)snprintf(name, sizeof name, "o%d", o);
        writer_output(w, name);
    }
}

static void print_shapes(const dcnn_model *model, char *text, size_t size)
{
    text[0] = '\0';
    for (int o = 0; o < model->output_count; o++) {
        const dcnn_model_tensor *tensor = &model->outputs[o];
        dcnn_shape shape = {.rank = tensor->rank};
        if (tensor->rank > 0) memcpy(shape.dims, tensor->dims, (size_t)tensor->rank * sizeof *tensor->dims);
        if (o > 0) strcat(text, " ");
        dcnn_shape_text(&shape, text + strlen(text), size - strlen(text));
    }
}

static void test_shapes(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        const struct shape_case *c = &cases[k];
        dcnn_model_options options;
        dcnn_model *model;
        dcnn_error err;
        char found[400];
        writer w;
        dcnn_model_options_init(&options);
        write_case(&w, c);
        if (profile_writer(&model, &w, &options, &err)) {
            if (c->result[0] != '!' || !strstr(err.text, c->result + 1))
                fail_msg("%s (%s; %s): expected %s, found %s: %s", c->op, c->inputs, c->attributes, c->result,
                         err.where, err.text);
            continue;
        }
        print_shapes(model, found, sizeof found);
        if (strcmp(found, c->result) != 0)
            fail_msg("%s (%s; %s): expected %s, found %s", c->op, c->inputs, c->attributes, c->result, found);
        dcnn_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shapes)};

    return cmocka_run_group_tests_name("shapes of operators", tests, NULL, NULL);
}
