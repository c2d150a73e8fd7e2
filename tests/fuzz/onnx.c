/* Any bytes as a model file; the last one chooses the options. What is read must add up. */
#include "import/profile.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void choose(dcnn_model_options *options, unsigned choice)
{
    static const dcnn_model_exit exit = {"gate", 0.5};
    static const char *const shapes[] = {"x=1x3x8x8"}, *const results[] = {"c"};
    static const char *const assumptions[] = {"Unknown", "Reshape=1x64", "Slice", "Shape=4"};

    dcnn_model_options_init(options);
    options->level = (dcnn_cut_level)(choice % 3);
    options->max_cut_tensors = 1 + (int)(choice / 3 % 3);
    options->max_blocks = choice & 16 ? 3 : 0;
    options->fingerprints = (choice & 32) != 0;
    options->count = choice & 64 ? DCNN_COUNT_POOL | DCNN_COUNT_ADD | DCNN_COUNT_MUL : 0;
    options->exits = &exit;
    options->exit_count = (choice & 128) != 0;
    options->input_shapes = shapes;
    options->input_shape_count = choice % 5 == 0;
    options->assumptions = assumptions;
    options->assumption_count = choice % 11 == 0 ? 4 : 1;
    options->results = results;
    options->result_count = choice % 7 == 0;
}

static void expect(bool truth)
{
    if (!truth) abort();
}

static void expect_sound(const dcnn_model *model, const dcnn_model_options *options)
{
    const dcnn_profile *profile = &model->profile;
    int64_t ops = 0;
    int nodes = 0;

    expect(profile->layer_count >= 1 && profile->input_bytes >= 0 && profile->input_bytes <= DCNN_COUNT_MAX);
    expect(options->max_blocks == 0 || profile->layer_count <= options->max_blocks);
    for (int j = 0; j < profile->layer_count; j++) {
        const dcnn_layer *layer = &profile->layers[j];
        const dcnn_model_block *block = &model->blocks[j];
        expect(layer->name && layer->memory_bytes >= 0 && layer->memory_bytes <= DCNN_COUNT_MAX);
        expect(layer->output_bytes >= 0 && layer->output_bytes <= DCNN_COUNT_MAX);
        expect(layer->activation_bytes >= 0 && layer->activation_bytes <= DCNN_COUNT_MAX);
        expect(j + 1 == profile->layer_count || block->tensor_count <= options->max_cut_tensors);
        expect((strlen(block->fingerprint) == 64) == options->fingerprints);
        if (j > 0) expect(strcmp(layer->name, profile->layers[j - 1].name) != 0);
        ops += layer->ops;
        nodes += block->node_count;
    }
    expect(ops == model->ops && ops <= DCNN_COUNT_MAX && nodes == model->node_count);
    expect(profile->layers[profile->layer_count - 1].exit_probability == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    dcnn_model_options options;
    dcnn_model *model;
    dcnn_error err;
    dcnn_status status;

    if (size == 0) return 0;
    choose(&options, bytes[size - 1]);
    status = dcnn_model_profile_bytes(&model, bytes, size - 1, "fuzz", NULL, &options, NULL, NULL, &err);
    expect((status == DCNN_OK) == (model != NULL));
    if (status) {
        expect(err.code == status && err.text[0]);
        return 0;
    }
    expect_sound(model, &options);
    dcnn_model_free(model);
    return 0;
}
