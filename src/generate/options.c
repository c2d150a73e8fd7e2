#include "generate.h"
#include <float.h>
#include <stddef.h>
#include <string.h>

static const char *const default_models[] = {"alexnet"};
static const dcnn_mix default_mix[] = {{"orange-pi-zero", 0.45}, {"beaglebone-ai", 0.45}, {"raspberry-pi-3b+", 0.1}};

void dcnn_generate_options_init(dcnn_generate_options *options)
{
    memset(options, 0, sizeof *options);
    options->units = 50;
    options->cnns = 1;
    options->model_count = sizeof default_models / sizeof *default_models;
    options->models = default_models;
    options->area_m = 30;
    options->range_m = 7.5;
    options->rate_bytes_per_s = 72.2e6 / 8;
    options->mix_count = sizeof default_mix / sizeof *default_mix;
    options->mix = default_mix;
    options->layers_per_unit = 1;
    options->seed = 1;
}

static dcnn_status check_count(const char *name, int value, int min, int max, dcnn_error *err)
{
    if (value >= min && value <= max) return DCNN_OK;
    return dcnn_fail(err, DCNN_E_ARGUMENT, name, "expected a whole number in [%d, %d], found %d", min, max, value);
}

static dcnn_status check_figure(const char *name, double value, double min, double max, dcnn_error *err)
{
    if (value >= min && value <= max) return DCNN_OK; /* NaN is not */
    return dcnn_fail(err, DCNN_E_ARGUMENT, name, "expected a number in [%g, %g], found %g", min, max, value);
}

dcnn_status dcnn_generate_check(const dcnn_generate_options *options, dcnn_error *err)
{
    enum { PLACES_MAX = 1 << 28, DEALT_MAX = 1 << 20 };
    double sum = 0;
    dcnn_status status;

    if ((status = check_count("units", options->units, 1, PLACES_MAX, err))) return status;
    if ((status = check_count("cnns", options->cnns, 1, PLACES_MAX, err))) return status;
    if ((status = check_count("models", options->model_count, 1, DEALT_MAX, err))) return status;
    if ((status = check_count("mix", options->mix_count, 1, DEALT_MAX, err))) return status;
    if ((status = check_count("layers_per_unit", options->layers_per_unit, 0, INT32_MAX, err))) return status;
    if ((status = check_figure("area_m", options->area_m, 1e-6, 1e9, err))) return status;
    if ((status = check_figure("range_m", options->range_m, 1e-6, 1e9, err))) return status;
    if ((status = check_figure("rate_bytes_per_s", options->rate_bytes_per_s, 1e-3, 1e18, err))) return status;
    for (int t = 0; t < options->mix_count && !status; t++) {
        status = check_figure("mix", options->mix[t].share, 0, 1e9, err);
        sum += options->mix[t].share;
    }
    return status ? status : check_figure("mix", sum, 1e-9, DBL_MAX, err);
}
