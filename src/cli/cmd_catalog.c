#include "cli.h"
#include <string.h>

struct catalog_options {
    bool json;
    const char *count;
};

#define FIELD(name) offsetof(struct catalog_options, name)
static const cli_option option_rows[] = {
    {0, "json", NULL, "print everything as JSON", CLI_FLAG, FIELD(json), 0, 0},
    {0, "count", "pool", "count the multiplications of pooling as well", CLI_TEXT, FIELD(count), 0, 0},
    {0},
};
#undef FIELD

enum { FIGURE_SIZE = 32, NOTE_INDENT = 6 };

static void print_note(const char *note)
{
    cli_lines lines = {stdout, NOTE_INDENT, 0};

    cli_add_sentence(&lines, note);
    cli_end_line(&lines);
}

static void print_unit_types(void)
{
    int count;
    const dcnn_unit_type *types = dcnn_catalog_unit_types(&count);
    char memory[FIGURE_SIZE], speed[FIGURE_SIZE];

    printf("%-20s %12s %12s\n", "Unit types", "memory", "speed");
    for (int t = 0; t < count; t++) {
        cli_format_bytes(memory, sizeof memory, types[t].memory_bytes);
        cli_format_ops(speed, sizeof speed, types[t].ops_per_s);
        printf("  %-18s %12s %10s/s\n", types[t].name, memory, speed);
        print_note(types[t].note);
    }
}

static void print_totals(const dcnn_cnn_entry *entry, const dcnn_profile *profile)
{
    char memory[FIGURE_SIZE], ops_text[FIGURE_SIZE], input[FIGURE_SIZE];
    int64_t memory_bytes = 0;
    double ops = 0;

    for (int j = 0; j < profile->layer_count; j++) {
        memory_bytes += profile->layers[j].memory_bytes;
        ops += (double)profile->layers[j].ops;
    }
    cli_format_bytes(memory, sizeof memory, memory_bytes);
    cli_format_ops(ops_text, sizeof ops_text, ops);
    cli_format_bytes(input, sizeof input, profile->input_bytes);
    printf("  %-18s %12s %12s %12s %8d\n", entry->name, memory, ops_text, input, profile->layer_count);
    print_note(entry->note);
}

static int print_cnns(bool count_pool)
{
    int count;
    const dcnn_cnn_entry *entries = dcnn_catalog_cnns(&count);

    printf("\n%-20s %12s %12s %12s %8s\n", "CNNs", "memory", "operations", "input", "layers");
    for (int n = 0; n < count; n++) {
        dcnn_profile *profile;
        dcnn_error err;
        if (dcnn_catalog_cnn(&profile, entries[n].name, count_pool, &err)) return cli_fail(&err);
        print_totals(&entries[n], profile);
        dcnn_profile_free(profile);
    }
    return CLI_DONE;
}

static void print_layers(const dcnn_profile *profile)
{
    printf("%s, input %lld bytes\n\n%-16s %14s %14s %13s %8s", profile->name, (long long)profile->input_bytes, "layer",
           "memory_bytes", "ops", "output_bytes", "exit");
    printf(profile->p ? " %6s\n" : "\n", "runs");
    for (int j = 0; j < profile->layer_count; j++) {
        const dcnn_layer *layer = &profile->layers[j];
        printf("%-16s %14lld %14lld %13lld", layer->name, (long long)layer->memory_bytes, (long long)layer->ops,
               (long long)layer->output_bytes);
        if (profile->p)
            printf(" %8g %6g", profile->g[j], profile->p[j]);
        else if (layer->exit_probability > 0)
            printf(" %8g", layer->exit_probability);
        putchar('\n');
    }
}

static int run(int argc, char **argv)
{
    struct catalog_options options = {0};
    dcnn_profile *profile;
    dcnn_error err;
    char **operands;
    int code = cli_parse(&cli_catalog, argc, argv, &options, &operands);

    if (code != CLI_GO_ON) return code;
    if (options.count && strcmp(options.count, "pool") != 0)
        return cli_misuse(&cli_catalog, "--count: expected pool, found \"%s\"", options.count);
    if (options.json && operands[0]) return cli_misuse(&cli_catalog, "--json prints all; it takes no name");
    if (options.json) return cli_print_catalog_json(options.count != NULL);
    if (!operands[0]) {
        print_unit_types();
        return print_cnns(options.count != NULL);
    }
    if (dcnn_catalog_cnn(&profile, operands[0], options.count != NULL, &err))
        return err.code == DCNN_E_VALUE ? cli_misuse(&cli_catalog, "%s", err.text) : cli_fail(&err);
    print_layers(profile);
    dcnn_profile_free(profile);
    return CLI_DONE;
}

const cli_command cli_catalog = {
    .name = "catalog",
    .usage = "[options] [CNN]",
    .summary = "List the unit types and CNNs it knows, or the layers of one",
    .example = "dcnn catalog alexnet",
    .max_operands = 1,
    .options = option_rows,
    .run = run,
};
