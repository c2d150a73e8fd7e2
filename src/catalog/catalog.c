/* What the catalogue holds, and the way from a name to a profile. */
#include "architecture.h"
#include <string.h>

static const dcnn_cnn_entry entries[] = {
    {"alexnet", "AlexNet of 2012, grouped convolutions, 1,000 classes; 227 x 227 x 3 floats in"},
    {"alexnet-ee", "AlexNet for two classes with an early exit after conv2 that decides 77.2 %"},
    {"cnn5", "two convolutions and three dense layers, no biases; 28 x 28 x 3 bytes in"},
    {"cnn5-ee", "cnn5 with an early exit after conv1 that decides 99 %"},
    {"resnet-18", "ResNet-18 with projection shortcuts, a layer per stage; 224 x 224 x 3 floats in"},
    {"resnet-101", "ResNet-101 (v1) with projection shortcuts, conv4_x in four; 224 x 224 x 3 floats in"},
    {"resnet-152", "ResNet-152 (v1) with projection shortcuts, conv4_x in four; 224 x 224 x 3 floats in"},
    {"paper/alex", "AlexNet as the authors published it"},
    {"paper/alexcatdog", "AlexNet for two classes as published"},
    {"paper/alexgc",
     "AlexNet with an early exit as published; p counts the exit's layers as if they ran for 77.2 % only"},
    {"paper/7layer", "the five-layer CNN as published (input as tabled; their results need 2352 bytes)"},
    {"paper/7layergc",
     "the five-layer CNN with an early exit as published; p counts its first layers as if they ran for 99 % only"},
    {"paper/resnet101", "ResNet-101 as published"},
    {"paper/resnet152", "ResNet-152 as published"},
};

const dcnn_cnn_entry *dcnn_catalog_cnns(int *count)
{
    *count = sizeof entries / sizeof *entries;
    return entries;
}

static const dcnn_architecture *find_architecture(const char *name)
{
    int count;
    const dcnn_architecture *all = dcnn_architectures(&count);

    for (int n = 0; n < count; n++)
        if (strcmp(all[n].name, name) == 0) return &all[n];
    return NULL;
}

static const dcnn_published *find_published(const char *name)
{
    int count;
    const dcnn_published *all = dcnn_publications(&count);

    for (int n = 0; n < count; n++)
        if (strcmp(all[n].name, name) == 0) return &all[n];
    return NULL;
}

dcnn_status dcnn_catalog_cnn(dcnn_profile **out, const char *name, bool count_pool, dcnn_error *err)
{
    const dcnn_architecture *architecture = find_architecture(name);
    const dcnn_published *published = find_published(name);
    dcnn_status status;

    *out = NULL;
    if (!architecture && !published)
        return dcnn_fail(err, DCNN_E_VALUE, "", "\"%s\" is not a CNN of the catalogue", name);
    status = architecture ? dcnn_architecture_profile(out, architecture, count_pool)
                          : dcnn_published_profile(out, published);
    return status ? dcnn_fail_memory(err) : DCNN_OK; /* nothing else can fail */
}

const char *dcnn_catalog_slip(const char *name, int layer)
{
    const dcnn_published *published = find_published(name);

    return published && layer >= 0 && layer < published->layer_count ? published->layers[layer].slip : NULL;
}
