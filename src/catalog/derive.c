/* From shapes to figures. Operations are multiplications: those of convolutions and dense layers, and of pooling
 * (one for each element of each window) where that is asked for. Activations and normalisations are free. */
#include "architecture.h"
#include "profile.h"

enum { ELEMENT_BYTES = 4 };

/* A map on its way through the layers. */
typedef struct {
    int64_t channels, side;
} map;

/* What a layer amounts to so far. */
typedef struct {
    int64_t weights, ops;
} load;

typedef struct {
    const dcnn_architecture *architecture;
    bool count_pool;
    map main;  /* what the next layer receives */
    map aside; /* inside an early exit */
    load load; /* of the layer at hand */
} deriver;

static int64_t elements(map m)
{
    return m.channels * m.side * m.side;
}

static int64_t side_after(map m, int kernel, int stride, int pad)
{
    return (m.side + 2 * pad - kernel) / stride + 1;
}

static map convolve(load *l, map in, int channels, int kernel, int stride, int pad, int groups, bool bias)
{
    map out = {channels, side_after(in, kernel, stride, pad)};
    int64_t inputs = (int64_t)kernel * kernel * in.channels / groups; /* multiplications of one output element */

    l->weights += inputs * channels + (bias ? channels : 0);
    l->ops += inputs * elements(out);
    return out;
}

static map connect(load *l, map in, int outputs, bool bias)
{
    l->weights += elements(in) * outputs + (bias ? outputs : 0);
    l->ops += elements(in) * outputs;
    return (map){outputs, 1};
}

static map pool(load *l, map in, int kernel, int stride, int pad, bool count)
{
    map out = {in.channels, side_after(in, kernel, stride, pad)};

    if (count) l->ops += elements(out) * kernel * kernel;
    return out;
}

static map residual_block(load *l, map in, const dcnn_shape *shape, int stride, bool bias)
{
    bool bottleneck = shape->kind == BOTTLENECK;
    int wide = bottleneck ? 4 * shape->channels : shape->channels;
    map out;

    if (stride != 1 || in.channels != wide) (void)convolve(l, in, wide, 1, stride, 0, 1, bias);
    if (bottleneck) {
        out = convolve(l, in, shape->channels, 1, stride, 0, 1, bias);
        out = convolve(l, out, shape->channels, 3, 1, 1, 1, bias);
        return convolve(l, out, wide, 1, 1, 0, 1, bias);
    }
    out = convolve(l, in, wide, 3, stride, 1, 1, bias);
    return convolve(l, out, wide, 3, 1, 1, 1, bias);
}

static void add_shape(deriver *d, const dcnn_shape *shape)
{
    const dcnn_architecture *a = d->architecture;

    switch (shape->kind) {
    case CONV:
        d->main = convolve(&d->load, d->main, shape->channels, shape->kernel, shape->stride, shape->pad, shape->groups,
                           a->conv_bias);
        break;
    case POOL:
        d->main = pool(&d->load, d->main, shape->kernel, shape->stride, shape->pad, d->count_pool);
        break;
    case MEAN:
        d->main = pool(&d->load, d->main, (int)d->main.side, 1, 0, d->count_pool);
        break;
    case DENSE:
        d->main = connect(&d->load, d->main, shape->channels, a->dense_bias);
        break;
    case EXIT_DENSE:
        d->aside = connect(&d->load, d->aside, shape->channels, a->dense_bias);
        break;
    case BASIC:
    case BOTTLENECK:
        for (int b = 0; b < shape->blocks; b++)
            d->main = residual_block(&d->load, d->main, shape, b == 0 ? shape->stride : 1, a->conv_bias);
    }
}

static int layer_count(const dcnn_architecture *architecture)
{
    int count = 0;

    for (int n = 0; n < architecture->shape_count; n++) count += architecture->shapes[n].layer != NULL;
    return count;
}

dcnn_status dcnn_architecture_profile(dcnn_profile **out, const dcnn_architecture *architecture, bool count_pool)
{
    deriver d = {.architecture = architecture, .count_pool = count_pool};
    dcnn_layer *layer = NULL;
    dcnn_status status;

    if ((status = dcnn_catalog_profile_new(out, architecture->name, layer_count(architecture)))) return status;
    d.main = (map){architecture->input_channels, architecture->input_side};
    (*out)->input_bytes = elements(d.main) * architecture->input_element_bytes;
    for (int n = 0; n < architecture->shape_count && !status; n++) {
        const dcnn_shape *shape = &architecture->shapes[n];
        if (shape->layer) {
            layer = layer ? layer + 1 : (*out)->layers;
            status = dcnn_catalog_layer_name(layer, shape->layer);
            layer->exit_probability = shape->kind == EXIT_DENSE ? architecture->exit_probability : 0;
            d.load = (load){0, 0};
            d.aside = d.main;
        }
        add_shape(&d, shape);
        layer->memory_bytes = d.load.weights * ELEMENT_BYTES;
        layer->ops = d.load.ops;
        layer->output_bytes = elements(d.main) * ELEMENT_BYTES;
    }
    if (!status) return DCNN_OK;
    dcnn_profile_free(*out);
    *out = NULL;
    return status;
}
