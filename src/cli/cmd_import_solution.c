#include "cli.h"

struct import_options {
    const char *output;
};

static const cli_option option_rows[] = {
    {'o', "output", "FILE", "the placement to write", CLI_TEXT, offsetof(struct import_options, output), 0, 0},
    {0},
};

static int run(int argc, char **argv)
{
    struct import_options options = {0};
    dcnn_scenario *scenario = NULL;
    dcnn_placement *placement = NULL;
    dcnn_error err = {0};
    char **operands;
    int code = cli_parse(&cli_import_solution, argc, argv, &options, &operands);

    if (code == CLI_GO_ON && !options.output) code = cli_misuse(&cli_import_solution, "-o FILE is missing");
    if (code == CLI_GO_ON) code = cli_read_scenario(&scenario, operands[0]);
    if (code == CLI_GO_ON && dcnn_solution_read(&placement, scenario, operands[1], &err))
        code = cli_fail_in(operands[1], &err);
    if (code == CLI_GO_ON)
        code = dcnn_placement_write(placement, scenario, options.output, &err) ? cli_fail(&err) : CLI_DONE;
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
    return code;
}

const cli_command cli_import_solution = {
    .name = "import-solution",
    .usage = "[options] SCENARIO SOLUTION -o PLACEMENT",
    .summary = "Turn the solution of another solver into a placement",
    .example = "dcnn import-solution city.json city.sol -o city.placement.json",
    .min_operands = 2,
    .max_operands = 2,
    .options = option_rows,
    .run = run,
};
