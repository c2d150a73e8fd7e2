/* The authors' tables as their public code has them: decimals cut where theirs are, KB (1,000 bytes) read as KiB as
 * their code does, slips included. What a slip is measured against: 4 bytes a weight and an element, multiplications of
 * convolutions, dense layers and pooling. */
#include "architecture.h"
#include "profile.h"
#include <math.h>

/* clang-format off */

static const char conv1_slip[] = "pooling counted on 48 of 96 channels: should be 106.05 Mop";
static const char fc6_slip[] = "a typing error: should be 151011.33 KB";
static const char fc78_slip[] = "fc8 for two classes counted in KiB, without biases and operations, and 1,000 classes "
    "sent: should be 67158.02 KB, 16.79 Mop, 0.01 KB";
static const char stem_slip[] = "pooling not counted: should be 119.82 Mop";
static const char conv2_slip[] = "projection shortcut left out: should be 851.97 KB, 667.94 Mop; output counted with 64 "
    "channels: should be 3211.26 KB";
static const char conv5_slip[] = "projection shortcut left out and reducing convolutions counted in part: should be "
    "59768.83 KB, 732.17 Mop; output counted with 64 channels: should be 401.41 KB";
static const char conv3_of_101_slip[] = "3x3 weights counted as 1x1, projection shortcut left out, reducing convolutions "
    "counted in part: should be 4849.66 KB, 950.53 Mop; output counted with 64 channels: should be 1605.63 KB";
static const char conv3_of_152_slip[] = "3x3 weights counted as 1x1, projection shortcut left out, reducing convolutions "
    "counted in part: should be 9306.11 KB, 1824.00 Mop; output counted with 64 channels: should be 1605.63 KB";
static const char conv4_first_of_101_slip[] = "projection shortcut left out and reducing convolutions counted in part: "
    "should be 23855.10 KB, 1168.90 Mop; output counted with 64 channels: should be 802.82 KB";
static const char conv4_first_of_152_slip[] = "a row of 8 blocks, of 32 where the net has 36; projection shortcut left "
    "out and reducing convolutions counted in part: should be 37224.45 KB, 1824.00 Mop; output counted with 64 channels: "
    "should be 802.82 KB";
static const char conv4_slip[] = "reducing convolutions counted in part: should be 1310.20 Mop; output counted with 64 "
    "channels: should be 802.82 KB";
static const char conv4_of_152_slip[] = "a row of 8 blocks, of 32 where the net has 36; reducing convolutions counted in "
    "part: should be 1746.93 Mop; output counted with 64 channels: should be 802.82 KB";
static const char resnet_fc_slip[] = "1,024 classes: should be 8196.00 KB, 2.15 Mop";

static const dcnn_published_layer alex[] = {
    /* layer, memory KiB, Mop, output KiB */
    {"conv1",   139.78, 105.73, 279.94, conv1_slip},
    {"conv2",  1229.82, 224.34, 173.06, NULL},
    {"conv3",  3540.48, 149.52, 259.58, NULL},
    {"conv4",  2655.74, 112.14, 259.58, NULL},
    {"conv5",  1770.50,  74.84,  36.86, NULL},
    {"fc6",  151011.39,  37.75,  16.38, fc6_slip},
    {"fc7",   67125.25,  16.78,  16.38, NULL},
    {"fc8",   16388.00,   4.10,   4.00, NULL},
};

static const dcnn_published_layer alexcatdog[] = {
    {"conv1",   139.78, 105.73, 279.94, conv1_slip},
    {"conv2",  1229.82, 224.34, 173.06, NULL},
    {"conv3",  3540.48, 149.52, 259.58, NULL},
    {"conv4",  2655.74, 112.14, 259.58, NULL},
    {"conv5",  1770.50,  74.84,  36.86, NULL},
    {"fc6",  151011.39,  37.75,  16.38, fc6_slip},
    {"fc7-fc8", 67157.25, 16.78,  4.00, fc78_slip},
};

static const dcnn_published_layer alexgc[] = {
    {"conv1",   139.78, 105.73, 279.94, conv1_slip},
    {"conv2",  1229.82, 224.34, 173.06, NULL},
    {"exit1", 22185.22,   5.55, 173.06, NULL},
    {"conv3",  3540.48, 149.52, 259.58, NULL},
    {"conv4",  2655.74, 112.14, 259.58, NULL},
    {"conv5",  1770.50,  74.84,  36.86, NULL},
    {"fc6",  151011.39,  37.75,  16.38, fc6_slip},
    {"fc7-fc8", 67157.25, 16.78,  4.00, fc78_slip},
};

static const dcnn_published_layer seven_layer[] = {
    {"conv1",   19.200,  3.8134, 50.176, NULL},
    {"conv2",  409.600, 20.0829, 12.544, NULL},
    {"fc3",   4816.896,  1.2042,  1.536, NULL},
    {"fc4",    294.912,  0.0737,  0.768, NULL},
    {"fc5",      7.680,  0.0019,  0.040, NULL},
};

static const dcnn_published_layer seven_layer_gc[] = {
    {"conv1",   19.200,  3.8134, 50.176, NULL},
    {"exit1", 19570.176, 4.8925, 50.180, NULL},
    {"conv2",  409.600, 20.0829, 12.544, NULL},
    {"fc3",   4816.896,  1.2042,  1.536, NULL},
    {"fc4",    294.912,  0.0737,  0.768, NULL},
    {"fc5",      7.680,  0.0019,  0.040, NULL},
};

static const dcnn_published_layer resnet101[] = {
    {"conv1",          37.63,  118.01, 802.82, stem_slip},
    {"conv2_x",       786.43,  616.56, 802.82, conv2_slip},
    {"conv3_x",      2228.22,  757.86, 200.71, conv3_of_101_slip},
    {"conv4_1-5",   21757.95,  950.53,  50.18, conv4_first_of_101_slip},
    {"conv4_6-11",  26738.69, 1156.06,  50.18, conv4_slip},
    {"conv4_12-17", 26738.69, 1156.06,  50.18, conv4_slip},
    {"conv4_18-23", 26738.69, 1156.06,  50.18, conv4_slip},
    {"conv5_x",     51380.22,  565.18,  12.54, conv5_slip},
    {"fc",           8388.61,    2.20,   4.00, resnet_fc_slip},
};

static const dcnn_published_layer resnet152[] = {
    {"conv1",          37.63,  118.01, 802.82, stem_slip},
    {"conv2_x",       786.43,  616.56, 802.82, conv2_slip},
    {"conv3_x",      4587.52, 1528.56, 200.71, conv3_of_152_slip},
    {"conv4_1-8",   35127.30, 1528.56,  50.18, conv4_first_of_152_slip},
    {"conv4_9-16",  35651.58, 1541.41,  50.18, conv4_of_152_slip},
    {"conv4_17-24", 35651.58, 1541.41,  50.18, conv4_of_152_slip},
    {"conv4_25-32", 35651.58, 1541.41,  50.18, conv4_of_152_slip},
    {"conv5_x",     51380.22,  565.18,  12.54, conv5_slip},
    {"fc",           8388.61,    2.20,   4.00, resnet_fc_slip},
};

enum { FLOAT_227 = 227 * 227 * 3 * 4, FLOAT_224 = 224 * 224 * 3 * 4, FLOAT_28 = 28 * 28 * 3 * 4 };

static const dcnn_published publications[] = {
    /* name, input bytes, share that exits, share that goes on, layer of the exit, layers */
    {"paper/alex", FLOAT_227, 0, 0, 0, 8, alex},
    {"paper/alexcatdog", FLOAT_227, 0, 0, 0, 7, alexcatdog},
    {"paper/alexgc", FLOAT_227, 0.772, 0.228, 2, 8, alexgc},
    {"paper/7layer", FLOAT_28, 0, 0, 0, 5, seven_layer},
    {"paper/7layergc", FLOAT_28, 0.99, 0.01, 1, 6, seven_layer_gc},
    {"paper/resnet101", FLOAT_224, 0, 0, 0, 9, resnet101},
    {"paper/resnet152", FLOAT_224, 0, 0, 0, 9, resnet152},
};

/* clang-format on */

const dcnn_published *dcnn_publications(int *count)
{
    *count = sizeof publications / sizeof *publications;
    return publications;
}

/* p and g as published: the layers up to the exit run for those that take it, the others for the rest. */
static dcnn_status take_probabilities(dcnn_profile *profile, const dcnn_published *published)
{
    size_t count = (size_t)published->layer_count;

    profile->p = dcnn_take(count, sizeof *profile->p);
    profile->g = dcnn_take(count, sizeof *profile->g);
    if (!profile->p || !profile->g) return DCNN_E_MEMORY;
    for (int j = 0; j < published->layer_count; j++)
        profile->p[j] = j <= published->exit_layer ? published->exits : published->goes_on;
    profile->g[published->exit_layer] = published->exits;
    profile->g[published->layer_count - 1] = published->goes_on;
    return DCNN_OK;
}

dcnn_status dcnn_published_profile(dcnn_profile **out, const dcnn_published *published)
{
    dcnn_status status;

    if ((status = dcnn_catalog_profile_new(out, published->name, published->layer_count))) return status;
    (*out)->input_bytes = published->input_bytes;
    for (int j = 0; j < published->layer_count && !status; j++) {
        const dcnn_published_layer *from = &published->layers[j];
        dcnn_layer *layer = &(*out)->layers[j];
        status = dcnn_catalog_layer_name(layer, from->layer);
        layer->memory_bytes = llround(from->memory_kib * 1024);
        layer->ops = llround(from->mega_ops * 1e6);
        layer->output_bytes = llround(from->output_kib * 1024);
    }
    if (!status && published->exits > 0) status = take_probabilities(*out, published);
    if (!status) return DCNN_OK;
    dcnn_profile_free(*out);
    *out = NULL;
    return status;
}
