#include "cli.h"

static const cli_option option_rows[] = {{0}};

static void tell_violation(void *user, const dcnn_error *violation)
{
    char where[sizeof violation->where], text[sizeof violation->text];

    (void)user;
    (void)cli_clean(where, sizeof where, violation->where, 0);
    (void)cli_clean(text, sizeof text, violation->text, 0);
    printf("%s: %s\n", where, text);
}

static int check(const dcnn_scenario *scenario, const dcnn_placement *placement)
{
    int64_t violations;
    dcnn_error err;

    if (dcnn_check(scenario, placement, tell_violation, NULL, &violations, &err)) return cli_fail(&err);
    if (violations > 0) {
        printf("%lld violation%s\n", (long long)violations, violations == 1 ? "" : "s");
        return CLI_BROKEN;
    }
    if (placement->cnn_count == 0)
        puts("There is no placement in the file, and nothing in it contradicts the scenario.");
    else
        puts("The placement holds: limits, routes, latencies and value are as it claims.");
    return CLI_DONE;
}

static int run(int argc, char **argv)
{
    dcnn_scenario *scenario = NULL;
    dcnn_placement *placement = NULL;
    char **operands;
    int code = cli_parse(&cli_check, argc, argv, NULL, &operands);

    if (code == CLI_GO_ON) code = cli_read_scenario(&scenario, operands[0]);
    if (code == CLI_GO_ON) code = cli_read_placement(&placement, scenario, operands[1]);
    if (code == CLI_GO_ON) code = check(scenario, placement);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
    return code;
}

const cli_command cli_check = {
    .name = "check",
    .usage = "SCENARIO PLACEMENT",
    .summary = "Recompute a placement, and say every violation",
    .example = "dcnn check city.json placement.json",
    .min_operands = 2,
    .max_operands = 2,
    .options = option_rows,
    .run = run,
};
