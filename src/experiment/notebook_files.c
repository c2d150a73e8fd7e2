/* Columns are separated by blanks and times are seconds with five decimals, as the notebook writes them. */
#include "experiment/notebook_files.h"
#include "experiment/files.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Saves text as FOLDER/NAME_expE_LX.csv, without "_LX" where layers is 0. */
static dcnn_status save(const dcnn_buf *text, const char *folder, const char *name, const dcnn_plan_solve *solve,
                        int layers, dcnn_error *err)
{
    dcnn_buf file = {0};
    dcnn_status status;

    dcnn_buf_format(&file, "%s_exp%d", name, solve->draw);
    if (layers > 0) dcnn_buf_format(&file, "_L%d", layers - 1);
    dcnn_buf_text(&file, ".csv");
    status = file.failed ? dcnn_fail_memory(err) : dcnn_folder_save(folder, file.data, text, err);
    dcnn_buf_clear(&file);
    return status;
}

static bool is_type(const dcnn_scenario *scenario, int unit, const dcnn_mix *type)
{
    return strcmp(scenario->units[unit].type, type->type) == 0;
}

static dcnn_status save_units_of_types(const char *folder, const dcnn_plan_solve *solve, const dcnn_scenario *scenario,
                                       dcnn_error *err)
{
    const dcnn_generate_options *drawn = &solve->system->drawn;
    dcnn_status status = DCNN_OK;

    for (int t = 0; t < drawn->mix_count && !status; t++) {
        dcnn_buf text = {0}, name = {0};
        for (int i = 0; i < scenario->unit_count; i++)
            if (is_type(scenario, i, &drawn->mix[t])) dcnn_buf_format(&text, "%d\n", i);
        dcnn_buf_format(&name, "node_%d_idxs", t);
        status = name.failed ? dcnn_fail_memory(err) : save(&text, folder, name.data, solve, 0, err);
        dcnn_buf_clear(&name);
        dcnn_buf_clear(&text);
    }
    return status;
}

static bool uses(const dcnn_cnn_placement *cnn, int unit)
{
    for (int j = 0; j < cnn->layer_count; j++)
        if (cnn->units[j] == unit) return true;
    return false;
}

static void add_units_used(dcnn_buf *text, const dcnn_generate_options *drawn, const dcnn_scenario *scenario,
                           const dcnn_cnn_placement *cnn)
{
    for (int t = 0; t < drawn->mix_count; t++) {
        int used = 0;
        for (int i = 0; i < scenario->unit_count; i++) used += is_type(scenario, i, &drawn->mix[t]) && uses(cnn, i);
        dcnn_buf_format(text, "%s%d", t ? " " : "", used);
    }
    dcnn_buf_text(text, "\n");
}

static void add_seconds(dcnn_buf *text, int64_t ns)
{
    int64_t rounded = (ns + 5000) / 10000;
    dcnn_buf_format(text, "%" PRId64 ".%05d\n", rounded / 100000, (int)(rounded % 100000));
}

static dcnn_status save_alpha(const char *folder, const dcnn_plan_solve *solve, const dcnn_scenario *scenario, int c,
                              const dcnn_cnn_placement *cnn, dcnn_error *err)
{
    dcnn_buf text = {0}, name = {0};
    dcnn_status status;

    for (int i = 0; i < scenario->unit_count; i++) {
        for (int j = 0; j < cnn->layer_count; j++) dcnn_buf_format(&text, "%s%d", j ? " " : "", cnn->units[j] == i);
        dcnn_buf_text(&text, "\n");
    }
    dcnn_buf_format(&name, "alpha_%d", c);
    status = name.failed ? dcnn_fail_memory(err) : save(&text, folder, name.data, solve, solve->layers_per_unit, err);
    dcnn_buf_clear(&name);
    dcnn_buf_clear(&text);
    return status;
}

dcnn_status dcnn_notebook_files(void *user, const dcnn_plan_solve *solve, const dcnn_scenario *scenario,
                                const dcnn_placement *placement, dcnn_error *err)
{
    const char *folder = user;
    int layers = solve->layers_per_unit;
    dcnn_buf nodes = {0}, processing = {0}, transmission = {0};
    dcnn_status status = DCNN_OK;

    if (layers == 1) status = save_units_of_types(folder, solve, scenario, err);
    if (placement->cnn_count == 0) return status;
    for (int c = 0; c < placement->cnn_count && !status; c++) {
        const dcnn_cnn_placement *cnn = &placement->cnns[c];
        add_units_used(&nodes, &solve->system->drawn, scenario, cnn);
        add_seconds(&processing, cnn->latency.compute_ns);
        add_seconds(&transmission, cnn->latency.latency_ns - cnn->latency.compute_ns);
        status = save_alpha(folder, solve, scenario, c, cnn, err);
    }
    if (!status) status = save(&nodes, folder, "nodes_stats", solve, layers, err);
    if (!status) status = save(&processing, folder, "processing_stats", solve, layers, err);
    if (!status) status = save(&transmission, folder, "transmission_stats", solve, layers, err);
    dcnn_buf_clear(&nodes);
    dcnn_buf_clear(&processing);
    dcnn_buf_clear(&transmission);
    return status;
}
