#include "cli.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct report_options {
    const char *output;
    double relax_limit_s;
};

#define FIELD(name) offsetof(struct report_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "FILE", "the HTML page to write", CLI_TEXT, FIELD(output), 0, 0},
    {0, "relax-limit", "S", "solve each relaxation for S s; 0 = none", CLI_SECONDS, FIELD(relax_limit_s), 0, 1e9},
    {0},
};
#undef FIELD

/* Saves a page, which is freed. */
static int save(const struct report_options *options, char *html, size_t size)
{
    dcnn_error err;
    dcnn_status status = dcnn_file_save(options->output, html, size, &err);

    free(html);
    return status ? cli_fail(&err) : CLI_DONE;
}

static int write_page(const struct report_options *options, const dcnn_scenario *scenario,
                      const dcnn_placement *placement, const dcnn_report_options *content)
{
    char *html;
    size_t size;
    dcnn_error err;

    if (dcnn_report_html(&html, &size, scenario, placement, content, &err)) return cli_fail(&err);
    return save(options, html, size);
}

static int report(const struct report_options *options, dcnn_scenario *scenario, const dcnn_placement *placement,
                  char **operands)
{
    dcnn_report_options content;
    cli_relaxations *relaxations = NULL;
    dcnn_error err;
    int code;

    dcnn_report_options_init(&content);
    content.scenario_path = operands[0];
    content.placement_path = operands[1];
    if (dcnn_check(scenario, placement, NULL, NULL, &content.violation_count, &err)) return cli_fail(&err);
    if (options->relax_limit_s > 0 && placement->value_ns != DCNN_NEVER &&
        cli_relax(&relaxations, scenario, placement->value_ns, options->relax_limit_s, &err))
        return cli_fail(&err);
    content.relaxations = cli_relaxation_rows(relaxations, &content.relaxation_count);
    code = write_page(options, scenario, placement, &content);
    cli_relaxations_free(relaxations);
    return code;
}

static int report_placement(const struct report_options *options, char **operands)
{
    dcnn_scenario *scenario = NULL;
    dcnn_placement *placement = NULL;
    int code = cli_read_scenario(&scenario, operands[0]);

    if (code == CLI_GO_ON) code = cli_read_placement(&placement, scenario, operands[1]);
    if (code == CLI_GO_ON) code = report(options, scenario, placement, operands);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
    return code;
}

static int report_experiment(const struct report_options *options, const char *directory)
{
    char *html = NULL;
    size_t size = 0;
    int code = cli_results_html(&html, &size, directory);

    return code == CLI_GO_ON ? save(options, html, size) : code;
}

static bool is_folder(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int run(int argc, char **argv)
{
    struct report_options options = {.relax_limit_s = 5};
    char **operands;
    int code = cli_parse(&cli_report, argc, argv, &options, &operands);

    if (code == CLI_GO_ON && !options.output) code = cli_misuse(&cli_report, "-o FILE is missing");
    if (code != CLI_GO_ON) return code;
    if (operands[1]) return report_placement(&options, operands);
    if (is_folder(operands[0])) return report_experiment(&options, operands[0]);
    return cli_misuse(&cli_report, "PLACEMENT is missing; only the folder of an experiment stands alone");
}

const cli_command cli_report = {
    .name = "report",
    .usage = "[options] SCENARIO PLACEMENT -o FILE | DIR -o FILE",
    .summary = "Write a page about a placement or an experiment",
    .example = "dcnn report city.json placement.json -o city.html",
    .min_operands = 1,
    .max_operands = 2,
    .options = option_rows,
    .run = run,
};
