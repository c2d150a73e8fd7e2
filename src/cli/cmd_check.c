#include "cli.h"

struct check_options {
    const char *certificate;
};

static const cli_option option_rows[] = {
    {0, "certificate", "FILE", "follow the proof of its bound too", CLI_TEXT,
     offsetof(struct check_options, certificate), 0, 0},
    {0},
};

static void tell_violation(void *user, const dcnn_error *violation)
{
    char where[sizeof violation->where], text[sizeof violation->text];

    (void)user;
    (void)cli_clean(where, sizeof where, violation->where, 0);
    (void)cli_clean(text, sizeof text, violation->text, 0);
    printf("%s: %s\n", where, text);
}

static void say_holds(const dcnn_placement *placement, const dcnn_certificate *certificate)
{
    if (placement->cnn_count == 0)
        puts("There is no placement in the file, and nothing in it contradicts the scenario.");
    else
        puts("The placement holds: limits, routes, latencies and value are as it claims.");
    if (!certificate) return;
    fputs("The certificate proves it: ", stdout);
    if (certificate->bound_ns == DCNN_NEVER) {
        puts("there is no placement.");
    } else {
        fputs("no placement is better than ", stdout);
        cli_print_exact_ms(stdout, certificate->bound_ns);
        puts(".");
    }
}

/* certificate: NULL = none was given. */
static int check(const dcnn_scenario *scenario, const dcnn_placement *placement, const dcnn_certificate *certificate)
{
    int64_t violations, unproven = 0;
    dcnn_error err;

    if (dcnn_check(scenario, placement, tell_violation, NULL, &violations, &err)) return cli_fail(&err);
    if (certificate && dcnn_check_certificate(scenario, placement, certificate, tell_violation, NULL, &unproven, &err))
        return cli_fail(&err);
    violations += unproven;
    if (violations == 0) {
        say_holds(placement, certificate);
        return CLI_DONE;
    }
    printf("%lld violation%s\n", (long long)violations, violations == 1 ? "" : "s");
    return CLI_BROKEN;
}

static int run(int argc, char **argv)
{
    struct check_options options = {0};
    dcnn_scenario *scenario = NULL;
    dcnn_placement *placement = NULL;
    dcnn_certificate *certificate = NULL;
    char **operands;
    int code = cli_parse(&cli_check, argc, argv, &options, &operands);

    if (code == CLI_GO_ON) code = cli_read_scenario(&scenario, operands[0]);
    if (code == CLI_GO_ON) code = cli_read_placement(&placement, scenario, operands[1]);
    if (code == CLI_GO_ON && options.certificate)
        code = cli_read_certificate(&certificate, scenario, options.certificate);
    if (code == CLI_GO_ON) code = check(scenario, placement, certificate);
    dcnn_certificate_free(certificate);
    dcnn_placement_free(placement);
    dcnn_scenario_free(scenario);
    return code;
}

const cli_command cli_check = {
    .name = "check",
    .usage = "[options] SCENARIO PLACEMENT",
    .summary = "Recompute a placement, and say every violation",
    .example = "dcnn check city.json placement.json --certificate proof.json",
    .min_operands = 2,
    .max_operands = 2,
    .options = option_rows,
    .run = run,
};
