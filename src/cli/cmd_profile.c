#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct profile_options {
    dcnn_model_options model;
    bool json, cnn;
    const char *level;
    cli_list input_shapes, assumptions, cuts, results, exits, counts;
};

#define FIELD(name) offsetof(struct profile_options, name)
static const cli_option option_rows[] = {
    {0, "json", NULL, "print everything as JSON", CLI_FLAG, FIELD(json), 0, 0},
    {0, "cnn", NULL, "print a CNN to paste into a scenario", CLI_FLAG, FIELD(cnn), 0, 0},
    {0, "level", "LEVEL", "how fine: node, block (default) or stage", CLI_TEXT, FIELD(level), 0, 0},
    {0, "max-blocks", "N", "merge down to at most N layers; 0 = never", CLI_INT, FIELD(model.max_blocks), 0, 1e6},
    {0, "max-cut-tensors", "N", "tensors that may cross a cut", CLI_INT, FIELD(model.max_cut_tensors), 1, 1e6},
    {0, "cut", "TENSOR", "cut behind these tensors and nowhere else", CLI_LIST, FIELD(cuts), 0, 0},
    {0, "count", "KIND", "count these operations too: pool, add, mul", CLI_LIST, FIELD(counts), 0, 0},
    {0, "activations", NULL, "add the peak of activations to the memory", CLI_FLAG, FIELD(model.count_activations), 0,
     0},
    {0, "input-shape", "SHAPE", "of an input: data=1x3x224x224 or 1x3x224x224", CLI_LIST, FIELD(input_shapes), 0, 0},
    {0, "result", "NAME", "tensor wanted as a result; default: all outputs", CLI_LIST, FIELD(results), 0, 0},
    {0, "exit", "NAME=P", "output that is an early exit, its probability", CLI_LIST, FIELD(exits), 0, 0},
    {0, "exit-csv", "FILE", "measured confidences, a column for each exit", CLI_TEXT, FIELD(model.exit_csv), 0, 0},
    {0, "exit-threshold", "T", "confidence that decides; for --exit-csv", CLI_REAL, FIELD(model.exit_threshold), 0,
     1e9},
    {0, "assume", "OP[=SHAPE]", "outputs of what cannot be worked out: as its input", CLI_LIST, FIELD(assumptions), 0,
     0},
    {0},
};
#undef FIELD

enum { FIGURE_SIZE = 32, NAME_WIDTH = 24, TENSOR_WIDTH = 13, SHAPE_SIZE = 200 };

/* --- the table --- */

static void print_tensor(const char *what, const dcnn_model_tensor *tensor)
{
    char name[FIGURE_SIZE * 4], bytes[FIGURE_SIZE], shape[SHAPE_SIZE] = "";
    size_t used = 0;

    for (int k = 0; k < tensor->rank && used < sizeof shape; k++)
        used += (size_t)snprintf(shape + used, sizeof shape - used, k ? "x%lld" : "%lld", (long long)tensor->dims[k]);
    (void)cli_clean(name, sizeof name, tensor->name, 30);
    cli_format_bytes(bytes, sizeof bytes, tensor->bytes);
    printf("%-7s %s: %s %s, %s\n", what, name, tensor->type, tensor->rank ? shape : "scalar", bytes);
}

static void print_figures(const char *name, int64_t memory_bytes, int64_t activation_bytes, int64_t ops)
{
    char memory[FIGURE_SIZE], activations[FIGURE_SIZE], operations[FIGURE_SIZE], shown[4 * NAME_WIDTH + 4];
    int width = cli_clean(shown, sizeof shown, name, NAME_WIDTH);

    cli_format_bytes(memory, sizeof memory, memory_bytes);
    cli_format_bytes(activations, sizeof activations, activation_bytes);
    cli_format_ops(operations, sizeof operations, (double)ops);
    printf("%s%*s %11s %11s %10s", shown, NAME_WIDTH - width, "", memory, activations, operations);
}

static void print_layer(const dcnn_layer *layer, const dcnn_model_block *block)
{
    char sends[FIGURE_SIZE], tensor[4 * TENSOR_WIDTH + 4] = "", exit[4 * CLI_WIDTH];

    print_figures(layer->name, layer->memory_bytes, layer->activation_bytes, layer->ops);
    cli_format_bytes(sends, sizeof sends, layer->output_bytes);
    if (block->tensor_count > 0) (void)cli_clean(tensor, sizeof tensor, block->tensors[0].name, TENSOR_WIDTH);
    printf(" %10s  %s", sends, tensor);
    if (block->tensor_count > 1) printf(" +%d", block->tensor_count - 1);
    putchar('\n');
    if (!block->exit) return;
    (void)cli_clean(exit, sizeof exit, block->exit, 50);
    printf("  exit %s: %g of all inputs\n", exit, layer->exit_probability);
}

static void print_operators(const dcnn_model *model)
{
    char operations[FIGURE_SIZE], name[4 * NAME_WIDTH + 4];

    printf("\n%-*s %11s %11s %10s\n", NAME_WIDTH, "operator", "nodes", "parameters", "operations");
    for (int k = 0; k < model->operator_count; k++) {
        const dcnn_model_operator *row = &model->operators[k];
        int width = cli_clean(name, sizeof name, row->name, NAME_WIDTH);
        cli_format_ops(operations, sizeof operations, (double)row->ops);
        printf("%s%*s %11d %11lld %10s\n", name, NAME_WIDTH - width, "", row->node_count,
               (long long)row->parameter_count, operations);
    }
}

static void print_table(const dcnn_model *model, bool exits_named)
{
    const dcnn_profile *profile = &model->profile;
    int64_t memory_bytes = 0;

    for (int k = 0; k < model->input_count; k++) print_tensor("input", &model->inputs[k]);
    for (int k = 0; k < model->output_count; k++) print_tensor("output", &model->outputs[k]);
    printf("\n%-*s %11s %11s %10s %10s  %s\n", NAME_WIDTH, "layer", "memory", "activations", "operations", "sends",
           "tensor");
    for (int j = 0; j < profile->layer_count; j++) {
        print_layer(&profile->layers[j], &model->blocks[j]);
        memory_bytes += profile->layers[j].memory_bytes;
    }
    print_figures("all", memory_bytes, model->activation_bytes, model->ops);
    putchar('\n');
    print_operators(model);
    if (model->output_count > 1 && !exits_named)
        puts("\nAll outputs are results of the last layer; --exit NAME=P makes one an early exit, --result NAME takes "
             "no others.");
}

/* --- options --- */

static int read_exits(const cli_list *arguments, dcnn_model_exit **exits)
{
    *exits = calloc((size_t)arguments->count + 1, sizeof **exits);
    if (!*exits) return cli_fail_memory();
    for (int k = 0; k < arguments->count; k++) {
        char *argument = arguments->items[k], *equals = strrchr(argument, '='), *end = NULL;
        (*exits)[k].output = argument;
        (*exits)[k].probability = equals ? strtod(equals + 1, &end) : -1;
        if (!equals || end == equals + 1 || *end || !((*exits)[k].probability >= 0 && (*exits)[k].probability <= 1))
            return cli_misuse(&cli_profile, "--exit: expected NAME=P with P in [0, 1], found \"%s\"", argument);
        *equals = 0;
    }
    return CLI_GO_ON;
}

static int read_counts(const cli_list *arguments, unsigned *count)
{
    static const struct {
        const char *word;
        unsigned flag;
    } kinds[] = {{"pool", DCNN_COUNT_POOL}, {"add", DCNN_COUNT_ADD}, {"mul", DCNN_COUNT_MUL}};

    for (int n = 0; n < arguments->count; n++) {
        unsigned before = *count;
        for (int k = 0; k < 3; k++)
            if (strcmp(arguments->items[n], kinds[k].word) == 0) *count |= kinds[k].flag;
        if (*count == before)
            return cli_misuse(&cli_profile, "--count: expected pool, add or mul, each once, found \"%s\"",
                              arguments->items[n]);
    }
    return CLI_GO_ON;
}

static int read_options(struct profile_options *options, dcnn_model_exit **exits)
{
    dcnn_model_options *model = &options->model;
    int code;

    if (options->level && !dcnn_cut_level_parse(options->level, &model->level))
        return cli_misuse(&cli_profile, "--level: expected node, block or stage, found \"%s\"", options->level);
    if (options->json && options->cnn) return cli_misuse(&cli_profile, "--json and --cnn exclude each other");
    if (model->exit_csv && options->exits.count > 0)
        return cli_misuse(&cli_profile, "--exit and --exit-csv exclude each other");
    if ((code = read_counts(&options->counts, &model->count)) != CLI_GO_ON) return code;
    if ((code = read_exits(&options->exits, exits)) != CLI_GO_ON) return code;
    model->exits = *exits;
    model->exit_count = options->exits.count;
    model->input_shapes = (const char *const *)options->input_shapes.items;
    model->input_shape_count = options->input_shapes.count;
    model->assumptions = (const char *const *)options->assumptions.items;
    model->assumption_count = options->assumptions.count;
    model->cuts = (const char *const *)options->cuts.items;
    model->cut_count = options->cuts.count;
    model->results = (const char *const *)options->results.items;
    model->result_count = options->results.count;
    return CLI_GO_ON;
}

static int profile(const char *path, const struct profile_options *options)
{
    dcnn_model *model;
    int code = cli_read_model(&model, path, &options->model);

    if (code != CLI_GO_ON) return code;
    if (options->json)
        cli_print_profile_json(model);
    else if (options->cnn)
        cli_print_profile_cnn(&model->profile);
    else
        print_table(model, options->model.exit_count > 0 || options->model.exit_csv || options->model.result_count > 0);
    dcnn_model_free(model);
    return CLI_DONE;
}

static int run(int argc, char **argv)
{
    struct profile_options options = {0};
    dcnn_model_exit *exits = NULL;
    char **operands;
    int code;

    dcnn_model_options_init(&options.model);
    code = cli_parse(&cli_profile, argc, argv, &options, &operands);
    if (code == CLI_GO_ON) code = read_options(&options, &exits);
    if (code == CLI_GO_ON) code = profile(operands[0], &options);
    free(exits);
    cli_list_free(&options.input_shapes);
    cli_list_free(&options.assumptions);
    cli_list_free(&options.cuts);
    cli_list_free(&options.results);
    cli_list_free(&options.exits);
    cli_list_free(&options.counts);
    return code;
}

const cli_command cli_profile = {
    .name = "profile",
    .usage = "[options] MODEL.onnx",
    .summary = "Show what the pieces of a model weigh, compute and send",
    .example = "dcnn profile net.onnx --level stage --max-blocks 6",
    .min_operands = 1,
    .max_operands = 1,
    .options = option_rows,
    .run = run,
};
