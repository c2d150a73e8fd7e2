#include "cli.h"

static void print_tensors(const char *key, const dcnn_model_tensor *tensors, int count)
{
    printf("\"%s\": [", key);
    for (int k = 0; k < count; k++) {
        fputs(k ? ", { \"name\": " : "{ \"name\": ", stdout);
        cli_json_string(tensors[k].name);
        printf(", \"type\": \"%s\", \"shape\": [", tensors[k].type);
        for (int d = 0; d < tensors[k].rank; d++) printf(d ? ", %lld" : "%lld", (long long)tensors[k].dims[d]);
        printf("], \"bytes\": %lld }", (long long)tensors[k].bytes);
    }
    putchar(']');
}

static void print_operators(const dcnn_model *model)
{
    fputs("  \"operators\": [", stdout);
    for (int k = 0; k < model->operator_count; k++) {
        const dcnn_model_operator *row = &model->operators[k];
        fputs(k ? ",\n    { \"name\": " : "\n    { \"name\": ", stdout);
        cli_json_string(row->name);
        printf(", \"nodes\": %d, \"parameters\": %lld, \"ops\": %lld }", row->node_count,
               (long long)row->parameter_count, (long long)row->ops);
    }
    fputs(" ],\n", stdout);
}

static void print_layer(const dcnn_layer *layer, const dcnn_model_block *block)
{
    fputs("    ", stdout);
    cli_json_layer(layer);
    if (block->exit) {
        fputs(", \"exit\": ", stdout);
        cli_json_string(block->exit);
    }
    printf(",\n      \"nodes\": %d, \"parameters\": %lld, \"activation_bytes\": %lld, ", block->node_count,
           (long long)block->parameter_count, (long long)block->activation_bytes);
    print_tensors("tensors", block->tensors, block->tensor_count);
    fputs(" }", stdout);
}

void cli_print_profile_json(const dcnn_model *model)
{
    const dcnn_profile *profile = &model->profile;

    fputs("{ \"dcnn\": \"profile\", \"version\": 1, \"model\": ", stdout);
    cli_json_string(profile->name);
    printf(",\n  \"nodes\": %d, \"parameters\": %lld, \"weight_bytes\": %lld, \"ops\": %lld, \"activation_bytes\": "
           "%lld,\n",
           model->node_count, (long long)model->parameter_count, (long long)model->weight_bytes, (long long)model->ops,
           (long long)model->activation_bytes);
    fputs("  ", stdout);
    print_tensors("inputs", model->inputs, model->input_count);
    fputs(",\n  ", stdout);
    print_tensors("outputs", model->outputs, model->output_count);
    fputs(",\n", stdout);
    print_operators(model);
    printf("  \"input_bytes\": %lld,\n  \"layers\": [\n", (long long)profile->input_bytes);
    for (int j = 0; j < profile->layer_count; j++) {
        print_layer(&profile->layers[j], &model->blocks[j]);
        puts(j + 1 < profile->layer_count ? "," : " ] }");
    }
}

void cli_print_profile_cnn(const dcnn_profile *profile)
{
    fputs("{ \"id\": ", stdout);
    cli_json_string(profile->name);
    printf(", \"input_bytes\": %lld, \"layers\": [\n", (long long)profile->input_bytes);
    for (int j = 0; j < profile->layer_count; j++) {
        fputs("    ", stdout);
        cli_json_layer(&profile->layers[j]);
        puts(j + 1 < profile->layer_count ? " }," : " } ] }");
    }
}
