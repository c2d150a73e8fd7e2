/* The architectures themselves. The split into layers is that of Disabato, Roveri, Alippi (2021), tables 1 and 2. */
#include "architecture.h"

/* clang-format off */

static const dcnn_shape alexnet[] = {
    /* layer     kind  channels  kernel stride pad groups */
    {"conv1",    CONV,       96,     11,     4,  0,     1, 0},
    {NULL,       POOL,        0,      3,     2,  0,     1, 0},
    {"conv2",    CONV,      256,      5,     1,  2,     2, 0},
    {NULL,       POOL,        0,      3,     2,  0,     1, 0},
    {"conv3",    CONV,      384,      3,     1,  1,     1, 0},
    {"conv4",    CONV,      384,      3,     1,  1,     2, 0},
    {"conv5",    CONV,      256,      3,     1,  1,     2, 0},
    {NULL,       POOL,        0,      3,     2,  0,     1, 0},
    {"fc6",      DENSE,    4096,      0,     0,  0,     0, 0},
    {"fc7",      DENSE,    4096,      0,     0,  0,     0, 0},
    {"fc8",      DENSE,    1000,      0,     0,  0,     0, 0},
};

static const dcnn_shape alexnet_ee[] = {
    {"conv1",    CONV,       96,     11,     4,  0,     1, 0},
    {NULL,       POOL,        0,      3,     2,  0,     1, 0},
    {"conv2",    CONV,      256,      5,     1,  2,     2, 0},
    {NULL,       POOL,        0,      3,     2,  0,     1, 0},
    {"exit1",    EXIT_DENSE, 128,     0,     0,  0,     0, 0},
    {NULL,       EXIT_DENSE,  64,     0,     0,  0,     0, 0},
    {NULL,       EXIT_DENSE,   2,     0,     0,  0,     0, 0},
    {"conv3",    CONV,      384,      3,     1,  1,     1, 0},
    {"conv4",    CONV,      384,      3,     1,  1,     2, 0},
    {"conv5",    CONV,      256,      3,     1,  1,     2, 0},
    {NULL,       POOL,        0,      3,     2,  0,     1, 0},
    {"fc6",      DENSE,    4096,      0,     0,  0,     0, 0},
    {"fc7-fc8",  DENSE,    4096,      0,     0,  0,     0, 0},
    {NULL,       DENSE,       2,      0,     0,  0,     0, 0},
};

static const dcnn_shape cnn5[] = {
    {"conv1",    CONV,       64,      5,     1,  2,     1, 0},
    {NULL,       POOL,        0,      2,     2,  0,     1, 0},
    {"conv2",    CONV,       64,      5,     1,  2,     1, 0},
    {NULL,       POOL,        0,      2,     2,  0,     1, 0},
    {"fc3",      DENSE,     384,      0,     0,  0,     0, 0},
    {"fc4",      DENSE,     192,      0,     0,  0,     0, 0},
    {"fc5",      DENSE,      10,      0,     0,  0,     0, 0},
};

static const dcnn_shape cnn5_ee[] = {
    {"conv1",    CONV,       64,      5,     1,  2,     1, 0},
    {NULL,       POOL,        0,      2,     2,  0,     1, 0},
    {"exit1",    EXIT_DENSE, 384,     0,     0,  0,     0, 0},
    {NULL,       EXIT_DENSE, 192,     0,     0,  0,     0, 0},
    {NULL,       EXIT_DENSE,  10,     0,     0,  0,     0, 0},
    {"conv2",    CONV,       64,      5,     1,  2,     1, 0},
    {NULL,       POOL,        0,      2,     2,  0,     1, 0},
    {"fc3",      DENSE,     384,      0,     0,  0,     0, 0},
    {"fc4",      DENSE,     192,      0,     0,  0,     0, 0},
    {"fc5",      DENSE,      10,      0,     0,  0,     0, 0},
};

static const dcnn_shape resnet_18[] = {
    /* layer     kind  channels  kernel stride pad groups blocks */
    {"conv1",    CONV,       64,      7,     2,  3,     1, 0},
    {NULL,       POOL,        0,      3,     2,  1,     1, 0},
    {"conv2_x",  BASIC,      64,      0,     1,  0,     0, 2},
    {"conv3_x",  BASIC,     128,      0,     2,  0,     0, 2},
    {"conv4_x",  BASIC,     256,      0,     2,  0,     0, 2},
    {"conv5_x",  BASIC,     512,      0,     2,  0,     0, 2},
    {"fc",       MEAN,        0,      0,     0,  0,     0, 0},
    {NULL,       DENSE,    1000,      0,     0,  0,     0, 0},
};

static const dcnn_shape resnet_101[] = {
    {"conv1",         CONV,        64, 7, 2, 3, 1,  0},
    {NULL,            POOL,         0, 3, 2, 1, 1,  0},
    {"conv2_x",       BOTTLENECK,  64, 0, 1, 0, 0,  3},
    {"conv3_x",       BOTTLENECK, 128, 0, 2, 0, 0,  4},
    {"conv4_1-5",     BOTTLENECK, 256, 0, 2, 0, 0,  5},
    {"conv4_6-11",    BOTTLENECK, 256, 0, 1, 0, 0,  6},
    {"conv4_12-17",   BOTTLENECK, 256, 0, 1, 0, 0,  6},
    {"conv4_18-23",   BOTTLENECK, 256, 0, 1, 0, 0,  6},
    {"conv5_x",       BOTTLENECK, 512, 0, 2, 0, 0,  3},
    {"fc",            MEAN,         0, 0, 0, 0, 0,  0},
    {NULL,            DENSE,     1000, 0, 0, 0, 0,  0},
};

static const dcnn_shape resnet_152[] = {
    {"conv1",         CONV,        64, 7, 2, 3, 1,  0},
    {NULL,            POOL,         0, 3, 2, 1, 1,  0},
    {"conv2_x",       BOTTLENECK,  64, 0, 1, 0, 0,  3},
    {"conv3_x",       BOTTLENECK, 128, 0, 2, 0, 0,  8},
    {"conv4_1-9",     BOTTLENECK, 256, 0, 2, 0, 0,  9},
    {"conv4_10-18",   BOTTLENECK, 256, 0, 1, 0, 0,  9},
    {"conv4_19-27",   BOTTLENECK, 256, 0, 1, 0, 0,  9},
    {"conv4_28-36",   BOTTLENECK, 256, 0, 1, 0, 0,  9},
    {"conv5_x",       BOTTLENECK, 512, 0, 2, 0, 0,  3},
    {"fc",            MEAN,         0, 0, 0, 0, 0,  0},
    {NULL,            DENSE,     1000, 0, 0, 0, 0,  0},
};

static const dcnn_architecture architectures[] = {
    /* name, input side, channels, bytes an element, biases, exit probability, shapes */
    {"alexnet", 227, 3, 4, true, true, 0, sizeof alexnet / sizeof *alexnet, alexnet},
    {"alexnet-ee", 227, 3, 4, true, true, 0.772, sizeof alexnet_ee / sizeof *alexnet_ee, alexnet_ee},
    {"cnn5", 28, 3, 1, false, false, 0, sizeof cnn5 / sizeof *cnn5, cnn5},
    {"cnn5-ee", 28, 3, 1, false, false, 0.99, sizeof cnn5_ee / sizeof *cnn5_ee, cnn5_ee},
    {"resnet-18", 224, 3, 4, false, true, 0, sizeof resnet_18 / sizeof *resnet_18, resnet_18},
    {"resnet-101", 224, 3, 4, false, true, 0, sizeof resnet_101 / sizeof *resnet_101, resnet_101},
    {"resnet-152", 224, 3, 4, false, true, 0, sizeof resnet_152 / sizeof *resnet_152, resnet_152},
};

/* clang-format on */

const dcnn_architecture *dcnn_architectures(int *count)
{
    *count = sizeof architectures / sizeof *architectures;
    return architectures;
}
