#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct export_options {
    const char *output, *format, *form;
};

#define FIELD(name) offsetof(struct export_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "FILE", "what to write", CLI_TEXT, FIELD(output), 0, 0},
    {0, "format", "NAME", "lp, mps or wcsp", CLI_TEXT, FIELD(format), 0, 0},
    {0, "form", "NAME", "pairs or links; without it, what serves best", CLI_TEXT, FIELD(form), 0, 0},
    {0},
};
#undef FIELD

static const char *const formats[] = {"lp", "mps", "wcsp"};    /* as dcnn_export_format */
static const char *const forms[] = {"best", "pairs", "links"}; /* as dcnn_export_form */
enum { NAME_COUNT = 3 };

/* Its number, or -1. */
static int find(const char *name, const char *const *names)
{
    for (int k = 0; k < NAME_COUNT; k++)
        if (strcmp(name, names[k]) == 0) return k;
    return -1;
}

static int write_export(const dcnn_scenario *scenario, const char *path, int format, int form, const char *output)
{
    char *text = NULL;
    size_t size = 0;
    dcnn_error err = {0};
    dcnn_status status = dcnn_export(&text, &size, scenario, (dcnn_export_format)format, (dcnn_export_form)form, &err);
    int code = CLI_DONE;

    if (status)
        code = cli_fail_in(path, &err);
    else if (dcnn_file_save(output, text, size, &err))
        code = cli_fail(&err);
    free(text);
    return code;
}

static int run(int argc, char **argv)
{
    struct export_options options = {.form = "best"};
    dcnn_scenario *scenario = NULL;
    char **operands;
    int format = -1, form = -1, code = cli_parse(&cli_export, argc, argv, &options, &operands);

    if (code == CLI_GO_ON && !options.format) code = cli_misuse(&cli_export, "--format NAME is missing");
    if (code == CLI_GO_ON && !options.output) code = cli_misuse(&cli_export, "-o FILE is missing");
    if (code == CLI_GO_ON && (format = find(options.format, formats)) < 0)
        code = cli_misuse(&cli_export, "--format: expected lp, mps or wcsp, found \"%s\"", options.format);
    if (code == CLI_GO_ON && (form = find(options.form, forms)) < 0)
        code = cli_misuse(&cli_export, "--form: expected best, pairs or links, found \"%s\"", options.form);
    if (code == CLI_GO_ON) code = cli_read_scenario(&scenario, operands[0]);
    if (code == CLI_GO_ON) code = write_export(scenario, operands[0], format, form, options.output);
    dcnn_scenario_free(scenario);
    return code;
}

const cli_command cli_export = {
    .name = "export",
    .usage = "[options] SCENARIO --format lp|mps|wcsp -o FILE",
    .summary = "Write the same problem for other solvers",
    .example = "dcnn export city.json --format mps -o city.mps",
    .min_operands = 1,
    .max_operands = 1,
    .options = option_rows,
    .run = run,
};
