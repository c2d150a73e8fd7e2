/* The options become a plan file, and that is run as any other: journal, threads and results are those of experiments.
 */
#include "experiment/experiment.h"
#include "experiment/files.h"
#include "experiment/notebook_files.h"
#include "text/json_write.h"
#include <dcnn/catalog.h>
#include <dcnn/notebook.h>
#include <string.h>

static const dcnn_compat_switch published[] = {DCNN_COMPAT_SOURCE_ON_SECOND_LAYER, DCNN_COMPAT_PUBLISHED_DISTANCES,
                                               DCNN_COMPAT_PUBLISHED_PROBABILITIES, DCNN_COMPAT_TYPES_DRAWN};
enum { PUBLISHED_COUNT = sizeof published / sizeof published[0] };

void dcnn_notebook_options_init(dcnn_notebook_options *options)
{
    dcnn_generate_options drawn;

    dcnn_generate_options_init(&drawn);
    *options = (dcnn_notebook_options){.runs = 500,
                                       .cnns = 1,
                                       .units = 50,
                                       .half_width_m = 15,
                                       .range_m = 7.5,
                                       .rate_bytes_per_s = 9241.6 * 1024,
                                       .cnn = "alex",
                                       .mix_count = drawn.mix_count,
                                       .mix = drawn.mix,
                                       .time_limit_s = 300,
                                       .seed = 1};
}

static void write_name(dcnn_json_writer *w, const dcnn_notebook_options *options, const dcnn_profile *cnn)
{
    dcnn_buf name = {0};

    dcnn_buf_format(&name, "%d x %s on %d units%s", options->cnns, cnn->name, options->units,
                    options->as_published ? ", as published" : "");
    if (name.failed)
        w->out.failed = true;
    else
        dcnn_json_put_text(w, "name", name.data);
    dcnn_buf_clear(&name);
}

static void write_system(dcnn_json_writer *w, const dcnn_notebook_options *options)
{
    dcnn_json_begin(w, "systems", '[', true);
    dcnn_json_begin(w, NULL, '{', true);
    dcnn_json_put_text(w, "name", "notebook");
    dcnn_json_put_int(w, "units", options->units);
    dcnn_json_put_double(w, "area_m", 2 * options->half_width_m);
    dcnn_json_put_double(w, "range_m", options->range_m);
    dcnn_json_begin(w, "mix", '[', true);
    for (int t = 0; t < options->mix_count; t++) {
        dcnn_json_begin(w, NULL, '{', false);
        dcnn_json_put_text(w, "type", options->mix[t].type);
        dcnn_json_put_double(w, "share", options->mix[t].share);
        dcnn_json_end(w);
    }
    dcnn_json_end(w);
    dcnn_json_put_int(w, "draws", options->runs);
    dcnn_json_put_int(w, "seed", (int64_t)options->seed);
    dcnn_json_end(w);
    dcnn_json_end(w);
}

static void write_setting(dcnn_json_writer *w, const dcnn_notebook_options *options, const dcnn_profile *cnn)
{
    dcnn_json_begin(w, "settings", '[', true);
    dcnn_json_begin(w, NULL, '{', true);
    dcnn_json_put_text(w, "name", cnn->name);
    dcnn_json_put_int(w, "cnns", options->cnns);
    dcnn_json_begin(w, "models", '[', false);
    dcnn_json_put_text(w, NULL, cnn->name);
    dcnn_json_end(w);
    dcnn_json_put_double(w, "rate_bytes_per_s", options->rate_bytes_per_s);
    if (options->input_bytes) dcnn_json_put_int(w, "input_bytes", options->input_bytes);
    dcnn_json_put_int(w, "layers_per_unit_first", 1);
    dcnn_json_put_int(w, "layers_per_unit_last", cnn->layer_count);
    if (options->as_published) {
        dcnn_json_begin(w, "compat", '[', false);
        for (int k = 0; k < PUBLISHED_COUNT; k++) dcnn_json_put_text(w, NULL, dcnn_compat_words[published[k]]);
        dcnn_json_end(w);
    }
    dcnn_json_end(w);
    dcnn_json_end(w);
}

/* The CNN of that name among the authors' tables, or else in the catalogue. */
static dcnn_status find_cnn(dcnn_profile **cnn, const char *name, dcnn_error *err)
{
    dcnn_buf theirs = {0};
    dcnn_status status;

    dcnn_buf_format(&theirs, "paper/%s", name);
    status = theirs.failed ? dcnn_fail_memory(err) : dcnn_catalog_cnn(cnn, theirs.data, false, err);
    if (status == DCNN_E_VALUE) status = dcnn_catalog_cnn(cnn, name, false, err);
    dcnn_buf_clear(&theirs);
    return status;
}

/* Saves the plan unless it is there; one of other options stays as it is. */
static dcnn_status keep_plan(const dcnn_buf *plan, const char *path, dcnn_error *err)
{
    dcnn_buf found = {0};
    dcnn_status status = dcnn_file_load(&found, path, 0, NULL);

    if (status == DCNN_E_IO)
        status = dcnn_file_save(path, plan->data, plan->size, err);
    else if (status)
        status = dcnn_fail_memory(err);
    else if (found.size != plan->size || memcmp(found.data, plan->data, plan->size) != 0)
        status = dcnn_fail(err, DCNN_E_VALUE, path, "is there and belongs to other options");
    dcnn_buf_clear(&found);
    return status;
}

static dcnn_status save_plan(const dcnn_notebook_options *options, const char *path, dcnn_error *err)
{
    dcnn_json_writer w = {0};
    dcnn_profile *cnn;
    dcnn_status status = find_cnn(&cnn, options->cnn, err);

    if (status) return status;
    dcnn_json_begin(&w, NULL, '{', true);
    dcnn_json_put_text(&w, "dcnn", "experiment");
    dcnn_json_put_int(&w, "version", 1);
    write_name(&w, options, cnn);
    dcnn_json_put_int(&w, "node_limit", 0);
    dcnn_json_put_double(&w, "time_limit_s", options->time_limit_s);
    write_system(&w, options);
    write_setting(&w, options, cnn);
    dcnn_json_end(&w);
    dcnn_buf_text(&w.out, "\n");
    status = w.out.failed ? dcnn_fail_memory(err) : keep_plan(&w.out, path, err);
    dcnn_buf_clear(&w.out);
    dcnn_profile_free(cnn);
    return status;
}

dcnn_status dcnn_notebook_run(const dcnn_notebook_options *options, const char *directory,
                              const dcnn_experiment_options *how, dcnn_error *err)
{
    dcnn_buf plan_path = {0}, files = {0};
    dcnn_experiment_options with_files = *how;
    dcnn_plan *plan = NULL;
    dcnn_status status = DCNN_OK;

    dcnn_buf_format(&plan_path, "%s/plan.json", directory);
    dcnn_buf_format(&files, "%s/results", directory);
    if (plan_path.failed || files.failed) status = dcnn_fail_memory(err);
    if (!status) status = dcnn_folder_make(directory, err);
    if (!status) status = dcnn_folder_make(files.data, err);
    if (!status) status = save_plan(options, plan_path.data, err);
    if (!status) status = dcnn_plan_read(&plan, plan_path.data, NULL, NULL, err);
    with_files.placed = dcnn_notebook_files;
    with_files.placed_user = files.data;
    if (!status) status = dcnn_experiment_run(plan, directory, &with_files, err);
    dcnn_plan_free(plan);
    dcnn_buf_clear(&plan_path);
    dcnn_buf_clear(&files);
    return status;
}
