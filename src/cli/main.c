#include "cli.h"
#include <string.h>

static const cli_command *const commands[] = {&cli_place,   &cli_check,      &cli_generate, &cli_import_network,
                                              &cli_draw,    &cli_report,     &cli_export,   &cli_import_solution,
                                              &cli_profile, &cli_experiment, &cli_catalog};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_help(FILE *out)
{
    fputs("usage: dcnn COMMAND [options] FILE...\n\n"
          "Finds the best placement of the layers of CNNs on IoT units, and proves it.\n\n",
          out);
    for (int k = 0; k < COMMAND_COUNT; k++) fprintf(out, "  %-16s %s\n", commands[k]->name, commands[k]->summary);
    fputs("\n  dcnn COMMAND --help   its options\n"
          "  dcnn --version        the version\n\n"
          "A file named - is standard input or output.\n"
          "exit status: 0 done   1 not proven, or a placement that does not hold   2 usage\n"
          "             3 bad input   4 infeasible   5 cannot read, write or allocate\n",
          out);
}

static int run(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    char shown[60];

    if (!name) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help(stdout);
        return CLI_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        cli_print_version();
        return CLI_DONE;
    }
    for (int k = 0; k < COMMAND_COUNT; k++)
        if (strcmp(name, commands[k]->name) == 0) return commands[k]->run(argc - 1, argv + 1);
    (void)cli_clean(shown, sizeof shown, name, 40);
    fprintf(stderr, "dcnn: unknown command \"%s\"; dcnn --help lists the commands\n", shown);
    return CLI_USAGE;
}

int main(int argc, char **argv)
{
    return cli_finish(run(argc, argv));
}
