#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct import_options {
    dcnn_netimport_options import;
    cli_list models, mix, sources;
    const char *output;
};

#define FIELD(name) offsetof(struct import_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "FILE", "the scenario to write", CLI_TEXT, FIELD(output), 0, 0},
    {0, "link-type", "TYPE", "only links of this type, such as wifi", CLI_TEXT, FIELD(import.link_type), 0, 0},
    {0, "largest", NULL, "only the largest island", CLI_FLAG, FIELD(import.largest), 0, 0},
    {0, "missing-quality", "Q", "of links without one; 0 = no link that way", CLI_REAL, FIELD(import.missing_quality),
     0, 1},
    {0, "rate", "R", "of links that do not tell", CLI_RATE, FIELD(import.rate_bytes_per_s), 0, 1e15},
    {0, "mix", "TYPE=SHARE", "share of a unit type; give all there are", CLI_LIST, FIELD(mix), 0, 0},
    {0, "cnns", "C", "how many CNNs", CLI_INT, FIELD(import.cnns), 1, 1e6},
    {0, "model", "NAME", "CNN of the catalogue; several are dealt in turn", CLI_LIST, FIELD(models), 0, 0},
    {0, "source", "NODE", "source and sink of a CNN; none = drawn", CLI_LIST, FIELD(sources), 0, 0},
    {0, "layers-per-unit", "L", "at most L layers on a unit; 0 = any", CLI_INT, FIELD(import.layers_per_unit), 0, 1e6},
    {0, "seed", "N", "of types and sources", CLI_SEED, FIELD(import.seed), 0, 0},
    {0},
};
#undef FIELD

static void tell(int64_t count, const char *noun, const char *what)
{
    if (count > 0) fprintf(stderr, "%lld %s%s %s\n", (long long)count, noun, count == 1 ? "" : "s", what);
}

/* What was in the network, on standard error: the scenario itself may go to standard output. */
static void tell_summary(const dcnn_netimport_summary *s)
{
    fprintf(stderr, "%d nodes, %lld links, %d island%s, the largest of %d nodes\n", s->nodes, (long long)s->links,
            s->islands, s->islands == 1 ? "" : "s", s->largest_nodes);
    tell(s->repeated_nodes, "node", "listed again: the first one counts");
    tell(s->unlisted_nodes, "node", "known from links only");
    tell(s->loops, "link", "from a node to itself, left out");
    tell(s->closed_ways, "direction", "of links without quality, left out");
    if (s->costs_not_used) fprintf(stderr, "costs of links not used: their metric is not ETX\n");
    fprintf(stderr, "kept: %d nodes, %lld links\n", s->kept_nodes, (long long)s->kept_links);
    if (s->kept_nodes > s->largest_nodes) fprintf(stderr, "islands do not reach each other; --largest keeps one\n");
}

static int import(const char *path, const struct import_options *options)
{
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario = NULL;
    dcnn_error err;
    dcnn_status status = dcnn_netimport(&scenario, &summary, path, &options->import, &err);
    int code = CLI_DONE;

    if (status == DCNN_E_ARGUMENT)
        return cli_misuse(&cli_import_network, "%s%s%s", err.where, *err.where ? ": " : "", err.text);
    if (status || dcnn_scenario_write(scenario, options->output, &err))
        code = cli_fail(&err);
    else
        tell_summary(&summary);
    dcnn_scenario_free(scenario);
    return code;
}

static void take_lists(struct import_options *options, const dcnn_mix *mix)
{
    if (options->models.count > 0) {
        options->import.models = (const char *const *)options->models.items;
        options->import.model_count = options->models.count;
    }
    if (mix) {
        options->import.mix = mix;
        options->import.mix_count = options->mix.count;
    }
    options->import.sources = (const char *const *)options->sources.items;
    options->import.source_count = options->sources.count;
}

static int run(int argc, char **argv)
{
    struct import_options options = {0};
    dcnn_mix *mix = NULL;
    char **operands;
    int code;

    dcnn_netimport_options_init(&options.import);
    code = cli_parse(&cli_import_network, argc, argv, &options, &operands);
    if (code == CLI_GO_ON && !options.output) code = cli_misuse(&cli_import_network, "-o FILE is missing");
    if (code == CLI_GO_ON) code = cli_read_mix(&cli_import_network, &options.mix, &mix);
    take_lists(&options, mix);
    if (code == CLI_GO_ON) code = import(operands[0], &options);
    free(mix);
    cli_list_free(&options.models);
    cli_list_free(&options.mix);
    cli_list_free(&options.sources);
    return code;
}

const cli_command cli_import_network = {
    .name = "import-network",
    .usage = "[options] NETWORK -o FILE",
    .summary = "Make a scenario of a real network: NetJSON, GraphML, CSV",
    .example = "dcnn import-network mesh.json --largest --cnns 3 -o mesh-scenario.json",
    .min_operands = 1,
    .max_operands = 1,
    .options = option_rows,
    .run = run,
};
