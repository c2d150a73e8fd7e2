/* script.h - the options of the authors' execute_notebook.py, as they are typed. */
#ifndef DCNN_CLI_SCRIPT_H
#define DCNN_CLI_SCRIPT_H

#include "cli.h"

typedef struct {
    int runs, cnns, units;
    double half_width_m, range_m;
    double rate_kib_per_s, input_kib; /* 0 = the CNN's own input */
    double orange, beagle, pi3;       /* shares of their three types */
    cli_list mix;                     /* shares of any types, instead of these */
    const char *cnn;
    double time_limit_s;
    bool as_published;
    uint64_t seed;
} cli_script;

void cli_script_init(cli_script *script);

/* The same for the library; *mix, which *options point into, is to be freed with free(). Returns CLI_GO_ON or the exit
 * code. */
int cli_script_options(dcnn_notebook_options *options, dcnn_mix **mix, const cli_command *command,
                       const cli_script *script);

#endif
