/* What the catalogue's architectures do not show. */
#include "small_models.h"

/* Two branches joined, a transposed convolution, sizes computed from a shape. */
void small_branches(dcnn_buf *file, writer_weights weights)
{
    writer w;

    writer_init(&w, 13, weights);
    writer_input(&w, "x", WRITER_FLOAT, 4, (int64_t[]){1, 4, 8, 8});
    writer_weight(&w, "w1", 4, (int64_t[]){4, 4, 1, 1});
    writer_weight(&w, "w2", 4, (int64_t[]){4, 1, 3, 3});
    writer_weight(&w, "w3", 4, (int64_t[]){8, 2, 2, 2});
    writer_node(&w, "Conv", "left", "x w1", "a");
    writer_ints(&w, "pads", 4, (int64_t[]){1, 1, 1, 1});
    writer_int(&w, "group", 4);
    writer_node(&w, "Conv", "right", "x w2", "b");
    writer_int(&w, "axis", 1);
    writer_node(&w, "Concat", "join", "a b", "c");
    writer_ints(&w, "strides", 2, (int64_t[]){2, 2});
    writer_node(&w, "ConvTranspose", "up", "c w3", "d");
    writer_node(&w, "Shape", "sizes", "d", "s");
    writer_list(&w, "zero", 1, (int64_t[]){0});
    writer_list(&w, "rest", 1, (int64_t[]){-1});
    writer_node(&w, "Gather", "batch", "s zero", "n");
    writer_int(&w, "axis", 0);
    writer_node(&w, "Concat", "flat", "n rest", "f");
    writer_node(&w, "Reshape", "reshape", "d f", "e");
    writer_int(&w, "axis", -1);
    writer_node(&w, "Softmax", "softmax", "e", "y");
    writer_output(&w, "y");
    writer_finish(&w, file);
}

/* 8-bit arithmetic, with quantised weights. */
void small_quantized(dcnn_buf *file, writer_weights weights)
{
    writer w;

    writer_init(&w, 13, weights);
    writer_input(&w, "x", WRITER_FLOAT, 4, (int64_t[]){1, 3, 8, 8});
    writer_reals(&w, "scale", 1, (const float[]){0.5f});
    writer_weight_of(&w, "zero", WRITER_UINT8, 1, (int64_t[]){1});
    writer_weight_of(&w, "k", WRITER_INT8, 4, (int64_t[]){4, 3, 3, 3});
    writer_weight_of(&w, "m", WRITER_INT8, 2, (int64_t[]){144, 10});
    writer_node(&w, "QuantizeLinear", "quantize", "x scale zero", "q");
    writer_node(&w, "QLinearConv", "conv", "q scale zero k scale zero scale zero", "r");
    writer_node(&w, "DequantizeLinear", "dequantize", "r scale zero", "s");
    writer_node(&w, "Flatten", "flatten", "s", "t");
    writer_node(&w, "DequantizeLinear", "weights", "m scale", "n");
    writer_node(&w, "MatMul", "dense", "t n", "y");
    writer_output(&w, "y");
    writer_finish(&w, file);
}

/* Sizes that change: pad, resize, slice, split, reduce. */
void small_resized(dcnn_buf *file, writer_weights weights)
{
    writer w;

    writer_init(&w, 13, weights);
    writer_open_input(&w, "x", 4, (const char *const[]){"batch", "3", "height", "width"});
    writer_list(&w, "pads", 8, (int64_t[]){0, 0, 1, 1, 0, 0, 1, 1});
    writer_reals(&w, "scales", 4, (const float[]){1, 1, 2, 2});
    writer_list(&w, "from", 1, (int64_t[]){1});
    writer_list(&w, "to", 1, (int64_t[]){-1});
    writer_list(&w, "axis", 1, (int64_t[]){2});
    writer_list(&w, "parts", 2, (int64_t[]){1, 2});
    writer_list(&w, "plane", 2, (int64_t[]){2, 3});
    writer_weight(&w, "k", 4, (int64_t[]){2, 2, 1, 1});
    writer_node(&w, "Pad", "pad", "x pads", "a");
    writer_node(&w, "Resize", "resize", "a - scales", "b");
    writer_node(&w, "Slice", "slice", "b from to axis", "c");
    writer_int(&w, "axis", 1);
    writer_node(&w, "Split", "split", "c parts", "d e");
    writer_node(&w, "Conv", "conv", "e k", "f");
    writer_node(&w, "Mul", "mask", "f d", "g");
    writer_int(&w, "keepdims", 0);
    writer_node(&w, "ReduceSum", "sum", "g plane", "y");
    writer_output(&w, "y");
    writer_finish(&w, file);
}

/* Begins with the pads of a Pad as PyTorch exports them: last dimension first, and turned around by nodes. */
static void put_pads(writer *w)
{
    writer_list(w, "given", 4, (int64_t[]){1, 2, 3, 4});
    writer_list(w, "none", 4, (int64_t[]){0, 0, 0, 0});
    writer_list(w, "pairs", 2, (int64_t[]){-1, 2});
    writer_list(w, "flat", 1, (int64_t[]){-1});
    writer_list(w, "end", 1, (int64_t[]){INT64_MIN});
    writer_list(w, "first", 1, (int64_t[]){0});
    writer_int(w, "axis", 0);
    writer_node(w, "Concat", "", "given none", "eight");
    writer_node(w, "Reshape", "", "eight pairs", "rows");
    writer_node(w, "Slice", "", "rows flat end first flat", "reversed");
    writer_ints(w, "perm", 2, (int64_t[]){1, 0});
    writer_node(w, "Transpose", "", "reversed", "columns");
    writer_node(w, "Reshape", "", "columns flat", "pads");
    writer_node(w, "Pad", "pad", "x pads", "a");
}

/* Sizes that are worked out, pooling taken back, a sum of products, two outputs. */
void small_rearranged(dcnn_buf *file, writer_weights weights)
{
    writer w;

    writer_init(&w, 18, weights);
    writer_input(&w, "x", WRITER_FLOAT, 4, (int64_t[]){1, 4, 5, 5});
    put_pads(&w);
    writer_ints(&w, "kernel_shape", 2, (int64_t[]){2, 2});
    writer_ints(&w, "strides", 2, (int64_t[]){2, 2});
    writer_int(&w, "ceil_mode", 1);
    writer_node(&w, "MaxPool", "pool", "a", "b places");
    writer_ints(&w, "kernel_shape", 2, (int64_t[]){2, 2});
    writer_ints(&w, "strides", 2, (int64_t[]){2, 2});
    writer_node(&w, "MaxUnpool", "unpool", "b places", "c");
    writer_list(&w, "crop_sizes", 2, (int64_t[]){8, 8});
    writer_ints(&w, "axes", 2, (int64_t[]){2, -1});
    writer_node(&w, "CenterCropPad", "crop", "c crop_sizes", "d");
    writer_weight(&w, "k", 3, (int64_t[]){4, 8, 6});
    writer_text(&w, "equation", "...cij,cjk->...cik");
    writer_node(&w, "Einsum", "sum", "d k", "e");
    writer_list(&w, "one", 1, (int64_t[]){1});
    writer_node(&w, "Expand", "", "one one", "two");
    writer_node(&w, "Max", "", "two one", "most");
    writer_node(&w, "Slice", "slice", "e first most one", "f");
    writer_node(&w, "Identity", "end", "f", "y");
    writer_output(&w, "e");
    writer_output(&w, "y");
    writer_finish(&w, file);
}
