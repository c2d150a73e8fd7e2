#include "cli.h"
#include <stdlib.h>
#include <string.h>

/* Turns "orange-pi-zero=0.45" into a row of the mix, whose type is the argument cut short at the sign. */
static int read_share(const cli_command *command, dcnn_mix *row, char *argument)
{
    char *equals = strrchr(argument, '='), *end;

    row->type = argument;
    row->share = equals ? strtod(equals + 1, &end) : 0;
    if (!equals || equals == argument || end == equals + 1 || *end || !(row->share > 0))
        return cli_misuse(command, "--mix: expected TYPE=SHARE with a share above 0, found \"%s\"", argument);
    *equals = 0;
    return CLI_GO_ON;
}

int cli_read_mix(const cli_command *command, const cli_list *arguments, dcnn_mix **mix)
{
    int code = CLI_GO_ON;

    *mix = NULL;
    if (arguments->count == 0) return CLI_GO_ON;
    *mix = calloc((size_t)arguments->count, sizeof **mix);
    if (!*mix) return cli_fail_memory();
    for (int k = 0; k < arguments->count && code == CLI_GO_ON; k++)
        code = read_share(command, &(*mix)[k], arguments->items[k]);
    return code;
}
