/* CNNs whose layers come from a model file. */
#include "reader.h"
#include <stdlib.h>
#include <string.h>

/* Options of the importer, and what they point to. */
typedef struct {
    dcnn_model_options model;
    const char **input_shapes;
    dcnn_model_exit *exits;
} file_options;

/* --- the keys beside "file" --- */

/* One text, or an array of texts. */
static void read_input_shapes(dcnn_reader *r, const dcnn_json_value *value, file_options *options)
{
    bool many = value && value->type == DCNN_JSON_ARRAY;
    int count = many ? (int)value->count : value ? 1 : 0;

    options->input_shapes = dcnn_take((size_t)count, sizeof *options->input_shapes);
    if (!options->input_shapes) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    for (const dcnn_json_value *text = many ? value->as.first : value; text; text = many ? text->next : NULL)
        if (dcnn_json_text(&r->json, text, &options->input_shapes[options->model.input_shape_count]))
            options->model.input_shape_count++;
    options->model.input_shapes = options->input_shapes;
}

static void read_exits(dcnn_reader *r, const dcnn_json_value *exits, file_options *options)
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

/* Returns the "exits". */
static const dcnn_json_value *read_options(dcnn_reader *r, dcnn_json_object *object, file_options *options)
{
    static const char *const levels[] = {
        [DCNN_LEVEL_NODE] = "node", [DCNN_LEVEL_BLOCK] = "block", [DCNN_LEVEL_STAGE] = "stage"};
    static const char *const counts[] = {"pool"};
    const dcnn_json_value *exits = dcnn_json_get(object, "exits");
    int which;
    int64_t most;

    dcnn_model_options_init(&options->model);
    if (dcnn_json_choice(&r->json, dcnn_json_get(object, "level"), levels, 3, &which))
        options->model.level = (dcnn_cut_level)which;
    if (dcnn_json_whole(&r->json, dcnn_json_get(object, "max_blocks"), 1, INT32_MAX, &most))
        options->model.max_blocks = (int)most;
    if (dcnn_json_choice(&r->json, dcnn_json_get(object, "count"), counts, 1, &which))
        options->model.count = DCNN_COUNT_POOL;
    (void)dcnn_json_bool(&r->json, dcnn_json_get(object, "count_activations"), &options->model.count_activations);
    read_input_shapes(r, dcnn_json_get(object, "input_shape"), options);
    read_exits(r, exits, options);
    return exits;
}

/* --- sharing --- */

static const dcnn_json_value *find_member(const dcnn_json_value *object, const char *key)
{
    const dcnn_json_value *member = object->type == DCNN_JSON_OBJECT ? object->as.first : NULL;

    while (member && strcmp(member->name.key, key) != 0) member = member->next;
    return member;
}

bool dcnn_read_list_files(dcnn_reader *r, const dcnn_json_value *cnns)
{
    int c = 0;

    for (const dcnn_json_value *cnn = cnns->as.first; cnn; cnn = cnn->next, c++) {
        const dcnn_json_value *file = find_member(cnn, "file");
        if (!file || file->type != DCNN_JSON_TEXT) continue;
        if (dcnn_names_find(&r->names, DCNN_NAMES_FILES, file->as.text) >= 0) continue;
        if (!dcnn_names_add(&r->names, DCNN_NAMES_FILES, file->as.text, c)) return false;
        r->file_count++;
    }
    return true;
}

/* Sharing is looked for between model files, unless the scenario itself says what is shared. CNNs of one and the same
 * file stay apart: only the first of them can share. */
static bool may_share(const dcnn_reader *r, int c, const char *name)
{
    return r->file_count > 1 && dcnn_names_find(&r->names, DCNN_NAMES_FILES, name) == c &&
           !find_member(r->json.root, "shared_layers");
}

static void keep_prints(dcnn_reader *r, const dcnn_model *model, int c)
{
    for (int j = 0; j < model->profile.layer_count; j++) {
        dcnn_print *print;
        if (!dcnn_reserve((void **)&r->prints, &r->print_room, r->print_count, sizeof *r->prints)) {
            dcnn_json_lost_memory(&r->json);
            return;
        }
        print = &r->prints[r->print_count++];
        print->ref = (dcnn_layer_ref){c, j};
        memcpy(print->fingerprint, model->blocks[j].fingerprint, sizeof print->fingerprint);
    }
}

static int compare_prints(const void *a, const void *b)
{
    const dcnn_print *x = a, *y = b;
    int order = strcmp(x->fingerprint, y->fingerprint);

    return order != 0 ? order : x->ref.cnn - y->ref.cnn;
}

bool dcnn_read_same_layers(const dcnn_reader *r, dcnn_layer_ref **refs, size_t *pair_count)
{
    *pair_count = 0;
    *refs = dcnn_take(2 * r->print_count, sizeof **refs);
    if (!*refs) return false;
    if (r->print_count > 0) qsort(r->prints, r->print_count, sizeof *r->prints, compare_prints);
    for (size_t k = 1; k < r->print_count; k++) {
        if (strcmp(r->prints[k - 1].fingerprint, r->prints[k].fingerprint) != 0) continue;
        (*refs)[2 * *pair_count] = r->prints[k - 1].ref;
        (*refs)[2 * *pair_count + 1] = r->prints[k].ref;
        (*pair_count)++;
    }
    return true;
}

/* --- the file --- */

/* Where the file of that name is: relative names are relative to the scenario. */
static bool find_path(const dcnn_reader *r, const char *name, dcnn_buf *path)
{
    size_t size = r->folder && name[0] != '/' ? strlen(r->folder) : 0;

    if (size > 0) dcnn_buf_add(path, r->folder, size);
    if (size > 0 && r->folder[size - 1] != '/') dcnn_buf_text(path, "/");
    dcnn_buf_text(path, name);
    return !path->failed;
}

static void import(dcnn_reader *r, const dcnn_json_value *file, const dcnn_model_options *options, int c)
{
    dcnn_buf path = {0};
    dcnn_model *model = NULL;
    const char *name;
    dcnn_error err;
    dcnn_status status;

    if (!dcnn_json_text(&r->json, file, &name)) return;
    r->scenario->cnns[c].model = dcnn_pool_text(r->scenario->pool, name);
    if (!r->scenario->cnns[c].model || !find_path(r, name, &path)) {
        dcnn_json_lost_memory(&r->json);
        goto done;
    }
    status = dcnn_model_profile(&model, path.data, options, NULL, NULL, &err);
    if (status == DCNN_E_MEMORY) {
        dcnn_json_lost_memory(&r->json);
    } else if (status) {
        dcnn_json_fault(&r->json, file, "%s: %s", err.where, err.text);
    } else {
        dcnn_read_copy_profile(r, c, &model->profile);
        if (options->fingerprints) keep_prints(r, model, c);
    }
done:
    dcnn_model_free(model);
    dcnn_buf_clear(&path);
}

const dcnn_json_value *dcnn_read_file(dcnn_reader *r, dcnn_json_object *object, int c, const dcnn_json_value *file)
{
    file_options options = {0};
    const dcnn_json_value *exits = read_options(r, object, &options);

    if (file->type == DCNN_JSON_TEXT) options.model.fingerprints = may_share(r, c, file->as.text);
    if (r->json.status != DCNN_E_MEMORY) import(r, file, &options.model, c);
    free(options.input_shapes);
    free(options.exits);
    return exits;
}
