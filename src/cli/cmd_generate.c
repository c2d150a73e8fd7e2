#include "cli.h"
#include <stdlib.h>

struct generate_options {
    dcnn_generate_options drawn;
    cli_list models, mix;
    const char *output;
};

#define FIELD(name) offsetof(struct generate_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "FILE", "the scenario to write", CLI_TEXT, FIELD(output), 0, 0},
    {0, "units", "N", "how many units", CLI_INT, FIELD(drawn.units), 1, 1e7},
    {0, "cnns", "C", "how many CNNs, each with its own camera", CLI_INT, FIELD(drawn.cnns), 1, 1e6},
    {0, "model", "NAME", "CNN of the catalogue; several are dealt in turn", CLI_LIST, FIELD(models), 0, 0},
    {0, "area", "M", "side of the square in metres", CLI_METRES, FIELD(drawn.area_m), 0, 1e9},
    {0, "range", "M", "how far a unit is heard, in metres", CLI_METRES, FIELD(drawn.range_m), 0, 1e9},
    {0, "rate", "R", "of every link", CLI_RATE, FIELD(drawn.rate_bytes_per_s), 0, 1e15},
    {0, "mix", "TYPE=SHARE", "share of a unit type; give all there are", CLI_LIST, FIELD(mix), 0, 0},
    {0, "layers-per-unit", "L", "at most L layers on a unit; 0 = any", CLI_INT, FIELD(drawn.layers_per_unit), 0, 1e6},
    {0, "seed", "N", "same seed, same file, on every machine", CLI_SEED, FIELD(drawn.seed), 0, 0},
    {0},
};
#undef FIELD

static int generate(const dcnn_generate_options *drawn, const char *output)
{
    dcnn_scenario *scenario = NULL;
    dcnn_error err;
    dcnn_status status = dcnn_generate(&scenario, drawn, &err);
    int code = CLI_DONE;

    if (status == DCNN_E_VALUE || status == DCNN_E_ARGUMENT) /* they come from the command line, not from a file */
        return cli_misuse(&cli_generate, "%s%s%s", err.where, *err.where ? ": " : "", err.text);
    if (status || dcnn_scenario_write(scenario, output, &err)) code = cli_fail(&err);
    dcnn_scenario_free(scenario);
    return code;
}

static int run(int argc, char **argv)
{
    struct generate_options options = {0};
    dcnn_mix *mix = NULL;
    char **operands;
    int code;

    dcnn_generate_options_init(&options.drawn);
    code = cli_parse(&cli_generate, argc, argv, &options, &operands);
    if (code == CLI_GO_ON && !options.output) code = cli_misuse(&cli_generate, "-o FILE is missing");
    if (code == CLI_GO_ON) code = cli_read_mix(&cli_generate, &options.mix, &mix);
    if (mix) {
        options.drawn.mix = mix;
        options.drawn.mix_count = options.mix.count;
    }
    if (options.models.count > 0) {
        options.drawn.models = (const char *const *)options.models.items;
        options.drawn.model_count = options.models.count;
    }
    if (code == CLI_GO_ON) code = generate(&options.drawn, options.output);
    free(mix);
    cli_list_free(&options.models);
    cli_list_free(&options.mix);
    return code;
}

const cli_command cli_generate = {
    .name = "generate",
    .usage = "[options] -o FILE",
    .summary = "Draw a random IoT system, connected, from a seed",
    .example = "dcnn generate --cnns 3 --model alexnet --seed 7 -o city.json",
    .options = option_rows,
    .run = run,
};
