#include "script.h"
#include <stdlib.h>

static const char *const their_types[] = {"orange-pi-zero", "beaglebone-ai", "raspberry-pi-3b+"};

void cli_script_init(cli_script *script)
{
    dcnn_notebook_options defaults;

    dcnn_notebook_options_init(&defaults);
    *script = (cli_script){.runs = defaults.runs,
                           .cnns = defaults.cnns,
                           .units = defaults.units,
                           .half_width_m = defaults.half_width_m,
                           .range_m = defaults.range_m,
                           .rate_kib_per_s = defaults.rate_bytes_per_s / 1024,
                           .orange = 0.45,
                           .beagle = 0.45,
                           .pi3 = 0.1,
                           .cnn = defaults.cnn,
                           .time_limit_s = defaults.time_limit_s,
                           .seed = defaults.seed};
}

static int read_their_shares(const cli_command *command, const cli_script *script, dcnn_mix **mix, int *count)
{
    const double shares[] = {script->orange, script->beagle, script->pi3};

    /* a type without a share stays, so that their files and columns have their numbers */
    *count = 3;
    if (!(*mix = calloc(3, sizeof **mix))) return cli_fail_memory();
    for (int t = 0; t < 3; t++) (*mix)[t] = (dcnn_mix){their_types[t], shares[t]};
    return shares[0] + shares[1] + shares[2] > 0 ? CLI_GO_ON
                                                 : cli_misuse(command, "one share at least must be above 0");
}

int cli_script_options(dcnn_notebook_options *options, dcnn_mix **mix, const cli_command *command,
                       const cli_script *script)
{
    int code;

    dcnn_notebook_options_init(options);
    options->runs = script->runs;
    options->cnns = script->cnns;
    options->units = script->units;
    options->half_width_m = script->half_width_m;
    options->range_m = script->range_m;
    options->rate_bytes_per_s = script->rate_kib_per_s * 1024;
    options->input_bytes = (int64_t)(script->input_kib * 1024 + 0.5);
    options->cnn = script->cnn;
    options->time_limit_s = script->time_limit_s;
    options->as_published = script->as_published;
    options->seed = script->seed;
    options->mix_count = script->mix.count;
    if (script->mix.count > 0)
        code = cli_read_mix(command, &script->mix, mix);
    else
        code = read_their_shares(command, script, mix, &options->mix_count);
    options->mix = *mix;
    return code;
}
