#include "cli.h"
#include <errno.h>
#include <string.h>

static int exit_code(dcnn_status status)
{
    switch (status) {
    case DCNN_OK:
        return CLI_DONE;
    case DCNN_E_SYNTAX:
    case DCNN_E_VALUE:
        return CLI_BAD_INPUT;
    case DCNN_E_ARGUMENT:
        return CLI_USAGE;
    case DCNN_E_INFEASIBLE:
        return CLI_INFEASIBLE;
    case DCNN_E_MEMORY:
    case DCNN_E_IO:
    case DCNN_E_INTERNAL:
        break;
    }
    return CLI_SYSTEM;
}

static void print_error(const dcnn_error *error)
{
    char where[sizeof error->where], text[sizeof error->text];

    (void)cli_clean(where, sizeof where, error->where, 0);
    (void)cli_clean(text, sizeof text, error->text, 0);
    fputs("dcnn: ", stderr);
    if (*where) fputs(where, stderr);
    if (*where && error->line) fprintf(stderr, ":%d:%d", error->line, error->column);
    fprintf(stderr, "%s%s\n", *where ? ": " : "", text);
}

int cli_fail(const dcnn_error *error)
{
    print_error(error);
    return exit_code(error->code);
}

int cli_fail_memory(void)
{
    dcnn_error lost = {.code = DCNN_E_MEMORY};

    (void)snprintf(lost.text, sizeof lost.text, "%s", dcnn_status_text(DCNN_E_MEMORY));
    return cli_fail(&lost);
}

int cli_fail_in(const char *path, dcnn_error *error)
{
    if (!*error->where) (void)snprintf(error->where, sizeof error->where, "%s", path);
    return cli_fail(error);
}

static void tell_fault(void *user, const dcnn_error *fault)
{
    bool *told = user;

    *told = true;
    print_error(fault);
}

int cli_read_scenario(dcnn_scenario **scenario, const char *path)
{
    dcnn_error err = {0};
    bool told = false;
    dcnn_status status = dcnn_scenario_read(scenario, path, tell_fault, &told, &err);

    if (!status) return CLI_GO_ON;
    return told ? exit_code(status) : cli_fail(&err);
}

int cli_read_plan(dcnn_plan **plan, const char *path)
{
    dcnn_error err = {0};
    bool told = false;
    dcnn_status status = dcnn_plan_read(plan, path, tell_fault, &told, &err);

    if (!status) return CLI_GO_ON;
    return told ? exit_code(status) : cli_fail(&err);
}

int cli_read_model(dcnn_model **model, const char *path, const dcnn_model_options *options)
{
    dcnn_error err = {0};
    bool told = false;
    dcnn_status status = dcnn_model_profile(model, path, options, tell_fault, &told, &err);

    if (!status) return CLI_GO_ON;
    return told ? exit_code(status) : cli_fail(&err);
}

int cli_read_placement(dcnn_placement **placement, const dcnn_scenario *scenario, const char *path)
{
    dcnn_error err = {0};
    bool told = false;
    dcnn_status status = dcnn_placement_read(placement, scenario, path, tell_fault, &told, &err);

    if (!status) return CLI_GO_ON;
    return told ? exit_code(status) : cli_fail(&err);
}

int cli_read_certificate(dcnn_certificate **certificate, const dcnn_scenario *scenario, const char *path)
{
    dcnn_error err = {0};
    bool told = false;
    dcnn_status status = dcnn_certificate_read(certificate, scenario, path, tell_fault, &told, &err);

    if (!status) return CLI_GO_ON;
    return told ? exit_code(status) : cli_fail(&err);
}

int cli_finish(int code)
{
    bool earlier = ferror(stdout) != 0;

    if (fflush(stdout) == 0 && !earlier) return code;
    fprintf(stderr, "dcnn: standard output: cannot write: %s\n", strerror(errno));
    return CLI_SYSTEM;
}
