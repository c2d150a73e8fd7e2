/* CNNs whose layers come from a model file. */
#include "reader.h"
#include <stdlib.h>
#include <string.h>

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

bool dcnn_read_path(const dcnn_reader *r, const char *name, dcnn_buf *path)
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
    if (!r->scenario->cnns[c].model || !dcnn_read_path(r, name, &path)) {
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
    dcnn_file_options options;
    const dcnn_json_value *exits = dcnn_file_options_read(r, object, &options);

    if (file->type == DCNN_JSON_TEXT) options.model.fingerprints = may_share(r, c, file->as.text);
    if (r->json.status != DCNN_E_MEMORY) import(r, file, &options.model, c);
    dcnn_file_options_clear(&options);
    return exits;
}
