/* CNNs whose layers come from the catalogue. */
#include "reader.h"
#include "text/words.h"
#include <dcnn/catalog.h>
#include <string.h>

static bool copy_layer(dcnn_reader *r, int c, int j, const dcnn_layer *from)
{
    dcnn_layer *layer = &r->scenario->cnns[c].layers[j];

    *layer = *from;
    layer->name = dcnn_pool_text(r->scenario->pool, from->name);
    if (!layer->name) dcnn_json_lost_memory(&r->json);
    return layer->name != NULL;
}

void dcnn_read_copy_profile(dcnn_reader *r, int c, const dcnn_profile *profile)
{
    dcnn_cnn *cnn = &r->scenario->cnns[c];
    size_t count = (size_t)profile->layer_count;

    cnn->input_bytes = profile->input_bytes;
    if (!dcnn_read_take_layers(r, cnn, count)) return;
    for (int j = 0; j < profile->layer_count; j++)
        if (!copy_layer(r, c, j, &profile->layers[j])) return;
    cnn->literal = profile->p && profile->g;
    if (!cnn->literal) return;
    memcpy(cnn->p, profile->p, count * sizeof *cnn->p);
    memcpy(cnn->g, profile->g, count * sizeof *cnn->g);
}

/* Exits given beside a model take the place of its own. */
static void replace_exits(dcnn_reader *r, const dcnn_json_value *exits, int c)
{
    dcnn_cnn *cnn = &r->scenario->cnns[c];

    if (!exits) return;
    if (exits->type != DCNN_JSON_OBJECT) {
        dcnn_json_expected(&r->json, exits, "an object of exit probabilities by layer");
        return;
    }
    for (int j = 0; j < cnn->layer_count; j++) cnn->layers[j].exit_probability = 0;
    cnn->literal = false;
    if (cnn->layer_count == 0) return;
    for (const dcnn_json_value *exit = exits->as.first; exit; exit = exit->next) {
        int j = dcnn_find_layer(r, exit, c, exit->name.key);
        if (j >= 0) dcnn_read_exit(r, exit, c, j);
    }
}

/* --- the catalogue --- */

static bool is_known(const char *name)
{
    int count;
    const dcnn_cnn_entry *entries = dcnn_catalog_cnns(&count);

    for (int k = 0; k < count; k++)
        if (strcmp(entries[k].name, name) == 0) return true;
    return false;
}

static const char *suggest_model(const char *name)
{
    int count, best = dcnn_word_slip(name) + 1;
    const dcnn_cnn_entry *entries = dcnn_catalog_cnns(&count);
    const char *found = NULL;

    for (int k = 0; k < count; k++) {
        int distance = dcnn_word_distance(name, entries[k].name, best);
        if (distance >= best) continue;
        best = distance;
        found = entries[k].name;
    }
    return found;
}

static void read_entry(dcnn_reader *r, const dcnn_json_value *model, bool count_pool, int c)
{
    char quoted[DCNN_QUOTED_SIZE];
    dcnn_profile *profile = NULL;
    const char *name, *meant;

    if (!dcnn_json_text(&r->json, model, &name)) return;
    if (!is_known(name)) {
        meant = suggest_model(name);
        dcnn_json_fault(&r->json, model, "expected a CNN of the catalogue, found %s%s%s%s", dcnn_quote(quoted, name),
                        meant ? "; did you mean \"" : "", meant ? meant : "", meant ? "\"?" : "");
        return;
    }
    r->scenario->cnns[c].model = dcnn_pool_text(r->scenario->pool, name);
    if (!r->scenario->cnns[c].model || dcnn_catalog_cnn(&profile, name, count_pool, NULL))
        dcnn_json_lost_memory(&r->json);
    else
        dcnn_read_copy_profile(r, c, profile);
    dcnn_profile_free(profile);
}

const dcnn_json_value *dcnn_read_model(dcnn_reader *r, dcnn_json_object *object, int c, const dcnn_json_value *model)
{
    static const char *const counts[] = {"pool"};
    const dcnn_json_value *count = dcnn_json_get(object, "count"), *exits = dcnn_json_get(object, "exits");
    int which;

    read_entry(r, model, dcnn_json_choice(&r->json, count, counts, 1, &which), c);
    replace_exits(r, exits, c);
    return exits;
}
