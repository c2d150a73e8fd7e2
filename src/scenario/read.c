/* The frame of a scenario file, and the names in it. */
#include "model/model.h"
#include "reader.h"
#include "text/words.h"
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 30, SUGGESTIONS_MAX = 100 };

/* --- names --- */

void *dcnn_read_take(dcnn_reader *r, size_t count, size_t size)
{
    void *block = dcnn_pool_take(r->scenario->pool, count, size);

    if (!block) dcnn_json_lost_memory(&r->json);
    return block;
}

char *dcnn_read_name(dcnn_reader *r, const dcnn_json_value *value, int space, int number)
{
    char quoted[DCNN_QUOTED_SIZE];
    const char *text;
    char *copy;

    if (!dcnn_json_text(&r->json, value, &text)) return NULL;
    if (text[0] == '\0') {
        dcnn_json_expected(&r->json, value, "a name");
        return NULL;
    }
    if (dcnn_names_find(&r->names, space, text) >= 0) {
        dcnn_json_fault(&r->json, value, "expected a name of its own, found %s, which is taken",
                        dcnn_quote(quoted, text));
        return NULL;
    }
    copy = dcnn_pool_text(r->scenario->pool, text);
    if (copy && dcnn_names_add(&r->names, space, copy, number)) return copy;
    dcnn_json_lost_memory(&r->json);
    return NULL;
}

const char *dcnn_read_suggest(dcnn_reader *r, int space, const char *word)
{
    int best = dcnn_word_slip(word) + 1;
    const char *found = NULL, *name;

    if (r->suggestions_left == 0) return NULL;
    r->suggestions_left--;
    for (size_t k = 0; (name = dcnn_names_each(&r->names, space, &k)) != NULL;) {
        int distance = dcnn_word_distance(word, name, best);
        if (distance > best || (distance == best && (!found || strcmp(name, found) > 0))) continue;
        best = distance;
        found = name;
    }
    return found;
}

static int find(dcnn_reader *r, const dcnn_json_value *at, int space, const char *name, const char *what)
{
    char quoted[DCNN_QUOTED_SIZE], meant_quoted[DCNN_QUOTED_SIZE];
    int number = dcnn_names_find(&r->names, space, name);
    const char *meant;

    if (number >= 0) return number;
    meant = dcnn_read_suggest(r, space, name);
    dcnn_json_fault(&r->json, at, "expected the name of %s, found %s%s%s%s", what, dcnn_quote(quoted, name),
                    meant ? "; did you mean " : "", meant ? dcnn_quote(meant_quoted, meant) : "", meant ? "?" : "");
    return -1;
}

int dcnn_read_place_ref(dcnn_reader *r, const dcnn_json_value *value)
{
    const char *name;

    if (!dcnn_json_text(&r->json, value, &name) || !r->places_known) return -1;
    return find(r, value, DCNN_NAMES_PLACES, name, "a unit or endpoint");
}

int dcnn_read_cnn_ref(dcnn_reader *r, const dcnn_json_value *value)
{
    const char *name;

    if (!dcnn_json_text(&r->json, value, &name)) return -1;
    return find(r, value, DCNN_NAMES_CNNS, name, "a CNN");
}

/* Layers of a profile get into the table of names when one of them is asked for, which is seldom: a short file may name
 * many profiles. */
static bool know_layers(dcnn_reader *r, int c)
{
    const dcnn_cnn *cnn = &r->scenario->cnns[c];

    if (r->json.status == DCNN_E_MEMORY) return false;
    if (!cnn->model || cnn->layer_count == 0 || dcnn_names_find(&r->names, c, cnn->layers[0].name) >= 0) return true;
    for (int j = 0; j < cnn->layer_count; j++) {
        if (dcnn_names_add(&r->names, c, cnn->layers[j].name, j)) continue;
        dcnn_json_lost_memory(&r->json);
        return false;
    }
    return true;
}

int dcnn_find_layer(dcnn_reader *r, const dcnn_json_value *at, int cnn, const char *name)
{
    if (!know_layers(r, cnn)) return -1;
    return find(r, at, cnn, name, "a layer of this CNN");
}

int dcnn_read_layer_ref(dcnn_reader *r, const dcnn_json_value *value, int cnn)
{
    const char *name;

    if (!dcnn_json_text(&r->json, value, &name)) return -1;
    return dcnn_find_layer(r, value, cnn, name);
}

/* --- the file --- */

static void read_limits(dcnn_reader *r, const dcnn_json_value *value)
{
    dcnn_json_object object;
    int64_t layers;

    if (!value || !dcnn_json_enter(&r->json, value, &object)) return;
    if (dcnn_json_whole(&r->json, dcnn_json_get(&object, "layers_per_unit"), 1, INT32_MAX, &layers))
        r->scenario->layers_per_unit = (int)layers;
    dcnn_json_leave(&object);
}

static void read_objective(dcnn_reader *r, const dcnn_json_value *value)
{
    static const char *const words[] = {[DCNN_OBJECTIVE_SUM] = "sum", [DCNN_OBJECTIVE_MAX] = "max"};
    int which;

    if (dcnn_json_choice(&r->json, value, words, 2, &which)) r->scenario->objective = (dcnn_objective)which;
}

static void read_root(dcnn_reader *r)
{
    dcnn_json_object root;
    const char *name = "";

    if (!dcnn_json_enter(&r->json, r->json.root, &root) || !dcnn_json_kind(&root, "scenario")) return;
    (void)dcnn_json_text(&r->json, dcnn_json_get(&root, "name"), &name);
    r->scenario->name = dcnn_pool_text(r->scenario->pool, name);
    if (!r->scenario->name) dcnn_json_lost_memory(&r->json);
    dcnn_read_units(r, &root);
    dcnn_read_network(r, &root);
    dcnn_read_cnns(r, &root);
    dcnn_read_shared(r, &root);
    read_limits(r, dcnn_json_get(&root, "limits"));
    read_objective(r, dcnn_json_get(&root, "objective"));
    dcnn_json_leave(&root);
}

/* Reads the scenario in text, which is used up. */
static dcnn_status read_text(dcnn_scenario **out, dcnn_buf *text, const char *name, const char *folder,
                             dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    dcnn_reader r = {.folder = folder, .suggestions_left = SUGGESTIONS_MAX, .scenario = dcnn_scenario_new()};
    dcnn_status status;

    if (!r.scenario) return dcnn_fail_memory(err);
    dcnn_sha256_hex(text->data, text->size, r.scenario->sha256);
    r.names.seed = dcnn_names_seed(r.scenario->sha256);
    if (!dcnn_json_open(&r.json, text, name, on_fault, user, err)) read_root(&r);
    status = r.json.status;
    if (!status) {
        *out = r.scenario;
        r.scenario = NULL;
    }
    free(r.prints);
    dcnn_names_clear(&r.names);
    dcnn_json_close(&r.json);
    dcnn_scenario_free(r.scenario);
    return status;
}

dcnn_status dcnn_scenario_parse(dcnn_scenario **out, const char *text, size_t size, const char *name,
                                const char *folder, dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    dcnn_buf copy = {0};
    dcnn_status status;

    *out = NULL;
    if (size > FILE_BYTES_MAX) return dcnn_fail(err, DCNN_E_VALUE, name, "larger than %d bytes", FILE_BYTES_MAX);
    dcnn_buf_add(&copy, text, size);
    status = copy.failed ? dcnn_fail_memory(err) : read_text(out, &copy, name, folder, on_fault, user, err);
    dcnn_buf_clear(&copy);
    return status;
}

/* The folder part of a path, "" when it has none. */
static void add_folder(dcnn_buf *folder, const char *path)
{
    const char *slash = strrchr(path, '/');

    dcnn_buf_add(folder, path, slash ? (size_t)(slash - path) + 1 : 0);
}

dcnn_status dcnn_scenario_read(dcnn_scenario **out, const char *path, dcnn_fault_fn on_fault, void *user,
                               dcnn_error *err)
{
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    dcnn_buf text = {0}, folder = {0};
    dcnn_status status;

    *out = NULL;
    if ((status = dcnn_file_load(&text, path, FILE_BYTES_MAX, err))) goto done;
    add_folder(&folder, path);
    if (folder.failed) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    status = read_text(out, &text, name, folder.data, on_fault, user, err);
done:
    dcnn_buf_clear(&text);
    dcnn_buf_clear(&folder);
    return status;
}
