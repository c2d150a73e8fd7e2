/* The keys beside "file": the options of the importer, each under the name that dcnn profile has for it. */
#include "reader.h"
#include <stdlib.h>
#include <string.h>

/* One text, or an array of texts; *list is the caller's to free. */
static void read_texts(dcnn_reader *r, const dcnn_json_value *value, const char ***list, int *count)
{
    bool many = value && value->type == DCNN_JSON_ARRAY;

    *list = dcnn_take(many ? value->count : 1, sizeof **list);
    if (!*list) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *text = many ? value->as.first : value; text; text = many ? text->next : NULL)
        if (dcnn_json_text(&r->json, text, &(*list)[*count])) (*count)++;
}

/* One word, or an array of words. */
static void read_count(dcnn_reader *r, const dcnn_json_value *value, unsigned *count)
{
    static const char *const words[] = {"pool", "add", "mul"};
    static const unsigned flags[] = {DCNN_COUNT_POOL, DCNN_COUNT_ADD, DCNN_COUNT_MUL};
    bool many = value && value->type == DCNN_JSON_ARRAY;
    int which;

    for (const dcnn_json_value *word = many ? value->as.first : value; word; word = many ? word->next : NULL)
        if (dcnn_json_choice(&r->json, word, words, 3, &which)) *count |= flags[which];
}

static void read_exits(dcnn_reader *r, const dcnn_json_value *exits, dcnn_file_options *options)
{
    if (!exits) return;
    if (exits->type != DCNN_JSON_OBJECT) {
        dcnn_json_expected(&r->json, exits, "an object of exit probabilities by output");
        return;
    }
    options->exits = dcnn_take(exits->count, sizeof *options->exits);
    if (!options->exits) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *exit = exits->as.first; exit; exit = exit->next) {
        dcnn_model_exit *row = &options->exits[options->model.exit_count];
        row->output = exit->name.key;
        if (dcnn_json_real(&r->json, exit, 0, 1, &row->probability)) options->model.exit_count++;
    }
    options->model.exits = options->exits;
}

static void read_measured_exits(dcnn_reader *r, dcnn_json_object *object, const dcnn_json_value *exits,
                                const dcnn_json_value *csv, dcnn_file_options *options)
{
    const char *name;

    (void)dcnn_json_real(&r->json, dcnn_json_get(object, "exit_threshold"), 0, DCNN_FACTOR_MAX,
                         &options->model.exit_threshold);
    if (!dcnn_json_text(&r->json, csv, &name)) return;
    if (exits) dcnn_json_fault(&r->json, csv, "expected either \"exits\" or \"exit_csv\", found both");
    if (!dcnn_read_path(r, name, &options->exit_csv)) dcnn_json_lost_memory(&r->json);
    if (!exits) options->model.exit_csv = options->exit_csv.data;
}

static void read_cuts(dcnn_reader *r, dcnn_json_object *object, dcnn_model_options *model)
{
    static const char *const levels[] = {
        [DCNN_LEVEL_NODE] = "node", [DCNN_LEVEL_BLOCK] = "block", [DCNN_LEVEL_STAGE] = "stage"};
    int64_t most;
    int which;

    if (dcnn_json_choice(&r->json, dcnn_json_get(object, "level"), levels, 3, &which))
        model->level = (dcnn_cut_level)which;
    if (dcnn_json_whole(&r->json, dcnn_json_get(object, "max_blocks"), 1, INT32_MAX, &most))
        model->max_blocks = (int)most;
    if (dcnn_json_whole(&r->json, dcnn_json_get(object, "max_cut_tensors"), 1, INT32_MAX, &most))
        model->max_cut_tensors = (int)most;
}

const dcnn_json_value *dcnn_file_options_read(dcnn_reader *r, dcnn_json_object *object, dcnn_file_options *options)
{
    const dcnn_json_value *exits = dcnn_json_get(object, "exits"), *csv = dcnn_json_get(object, "exit_csv");
    dcnn_model_options *model = &options->model;

    memset(options, 0, sizeof *options);
    dcnn_model_options_init(model);
    read_cuts(r, object, model);
    read_count(r, dcnn_json_get(object, "count"), &model->count);
    (void)dcnn_json_bool(&r->json, dcnn_json_get(object, "count_activations"), &model->count_activations);
    read_texts(r, dcnn_json_get(object, "input_shape"), &options->input_shapes, &model->input_shape_count);
    read_texts(r, dcnn_json_get(object, "assume"), &options->assumptions, &model->assumption_count);
    read_texts(r, dcnn_json_get(object, "cut"), &options->cuts, &model->cut_count);
    read_texts(r, dcnn_json_get(object, "result"), &options->results, &model->result_count);
    model->input_shapes = options->input_shapes;
    model->assumptions = options->assumptions;
    model->cuts = options->cuts;
    model->results = options->results;
    read_exits(r, exits, options);
    read_measured_exits(r, object, exits, csv, options);
    return exits ? exits : csv;
}

void dcnn_file_options_clear(dcnn_file_options *options)
{
    free(options->input_shapes);
    free(options->assumptions);
    free(options->cuts);
    free(options->results);
    free(options->exits);
    dcnn_buf_clear(&options->exit_csv);
}
