/* Writing a scenario so that it reads back the same. Figures are written in base units, exactly; types and models by
 * their names where the names say it all, in full where they do not. */
#include "model/model.h"
#include "names.h"
#include "text/json_write.h"
#include <dcnn/catalog.h>
#include <dcnn/file.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    dcnn_json_writer json;
    const dcnn_scenario *scenario;
    dcnn_names types;           /* types that are not in the catalogue */
    const dcnn_unit **first_of; /* [types] the first unit of each, whose figures become the type's */
    bool lost_memory;
} writer;

static bool same(double a, double b)
{
    return a <= b && a >= b;
}

/* --- units --- */

/* Finds the types that the file must define itself. */
static bool collect_types(writer *w)
{
    const dcnn_scenario *s = w->scenario;
    int count = 0;

    w->first_of = dcnn_take((size_t)s->unit_count, sizeof(dcnn_unit *));
    if (!w->first_of) return false;
    for (int i = 0; i < s->unit_count; i++) {
        const dcnn_unit *unit = &s->units[i];
        if (!unit->type || dcnn_catalog_unit_type(unit->type)) continue;
        if (dcnn_names_find(&w->types, DCNN_NAMES_TYPES, unit->type) >= 0) continue;
        if (!dcnn_names_add(&w->types, DCNN_NAMES_TYPES, unit->type, count)) return false;
        w->first_of[count++] = unit;
    }
    return true;
}

static void write_types(writer *w)
{
    if (w->types.used == 0) return;
    dcnn_json_begin(&w->json, "unit_types", '{', true);
    for (size_t k = 0; k < w->types.used; k++) {
        dcnn_json_begin(&w->json, w->first_of[k]->type, '{', false);
        dcnn_json_put_int(&w->json, "memory_bytes", w->first_of[k]->memory_bytes);
        dcnn_json_put_double(&w->json, "ops_per_s", w->first_of[k]->ops_per_s);
        dcnn_json_end(&w->json);
    }
    dcnn_json_end(&w->json);
}

static void write_position(dcnn_json_writer *json, const dcnn_place *place)
{
    if (!place->located) return;
    dcnn_json_put_double(json, "x_m", place->x_m);
    dcnn_json_put_double(json, "y_m", place->y_m);
}

static void write_unit(writer *w, const dcnn_unit *unit, const dcnn_place *place)
{
    const dcnn_unit_type *known = unit->type ? dcnn_catalog_unit_type(unit->type) : NULL;
    int64_t memory_bytes = known ? known->memory_bytes : -1;
    double ops_per_s = known ? known->ops_per_s : -1;

    if (unit->type && !known) {
        const dcnn_unit *first = w->first_of[dcnn_names_find(&w->types, DCNN_NAMES_TYPES, unit->type)];
        memory_bytes = first->memory_bytes;
        ops_per_s = first->ops_per_s;
    }
    dcnn_json_begin(&w->json, NULL, '{', false);
    dcnn_json_put_text(&w->json, "id", place->id);
    if (unit->type) dcnn_json_put_text(&w->json, "type", unit->type);
    if (unit->memory_bytes != memory_bytes) dcnn_json_put_int(&w->json, "memory_bytes", unit->memory_bytes);
    if (!same(unit->ops_per_s, ops_per_s)) dcnn_json_put_double(&w->json, "ops_per_s", unit->ops_per_s);
    if (unit->ops_budget != DCNN_UNLIMITED) dcnn_json_put_int(&w->json, "ops_budget", unit->ops_budget);
    write_position(&w->json, place);
    dcnn_json_end(&w->json);
}

static void write_places(writer *w)
{
    const dcnn_scenario *s = w->scenario;

    write_types(w);
    dcnn_json_begin(&w->json, "units", '[', true);
    for (int i = 0; i < s->unit_count; i++) write_unit(w, &s->units[i], &s->places[i]);
    dcnn_json_end(&w->json);
    if (s->place_count == s->unit_count) return;
    dcnn_json_begin(&w->json, "endpoints", '[', true);
    for (int i = s->unit_count; i < s->place_count; i++) {
        dcnn_json_begin(&w->json, NULL, '{', false);
        dcnn_json_put_text(&w->json, "id", s->places[i].id);
        write_position(&w->json, &s->places[i]);
        dcnn_json_end(&w->json);
    }
    dcnn_json_end(&w->json);
}

/* --- network --- */

static void write_links(dcnn_json_writer *json, const dcnn_scenario *s)
{
    dcnn_json_begin(json, "links", '[', true);
    for (int64_t k = 0; k < s->network.link_count; k++) {
        const dcnn_link *link = &s->network.links[k];
        dcnn_json_begin(json, NULL, '{', false);
        dcnn_json_put_text(json, "a", s->places[link->a].id);
        dcnn_json_put_text(json, "b", s->places[link->b].id);
        if (!same(link->rate_bytes_per_s, s->network.rate_bytes_per_s))
            dcnn_json_put_double(json, "rate_bytes_per_s", link->rate_bytes_per_s);
        if (link->latency_s > 0) dcnn_json_put_double(json, "latency_s", link->latency_s);
        if (link->retransmission > 0) dcnn_json_put_double(json, "retransmission", link->retransmission);
        if (link->one_way) dcnn_json_put_bool(json, "one_way", true);
        dcnn_json_end(json);
    }
    dcnn_json_end(json);
}

static void write_hops(dcnn_json_writer *json, const dcnn_scenario *s)
{
    size_t n = (size_t)s->place_count;

    dcnn_json_begin(json, "hops", '{', true);
    dcnn_json_begin(json, "order", '[', false);
    for (size_t i = 0; i < n; i++) dcnn_json_put_text(json, NULL, s->places[i].id);
    dcnn_json_end(json);
    dcnn_json_begin(json, "matrix", '[', true);
    for (size_t i = 0; i < n; i++) {
        dcnn_json_begin(json, NULL, '[', false);
        for (size_t k = 0; k < n; k++) {
            int32_t hops = s->network.hops[i * n + k];
            if (hops < 0)
                dcnn_json_put_null(json, NULL);
            else
                dcnn_json_put_int(json, NULL, hops);
        }
        dcnn_json_end(json);
    }
    dcnn_json_end(json);
    dcnn_json_end(json);
}

static void write_network(writer *w)
{
    const dcnn_network_spec *network = &w->scenario->network;

    dcnn_json_begin(&w->json, "network", '{', true);
    if (network->kind == DCNN_NETWORK_RANGE) dcnn_json_put_double(&w->json, "range_m", network->range_m);
    if (network->rate_bytes_per_s > 0) dcnn_json_put_double(&w->json, "rate_bytes_per_s", network->rate_bytes_per_s);
    if (network->kind == DCNN_NETWORK_LINKS) write_links(&w->json, w->scenario);
    if (network->kind == DCNN_NETWORK_HOPS) write_hops(&w->json, w->scenario);
    dcnn_json_end(&w->json);
}

/* --- CNNs --- */

static void write_row(dcnn_json_writer *json, const char *key, const double *probabilities, int count)
{
    dcnn_json_begin(json, key, '[', false);
    for (int j = 0; j < count; j++) dcnn_json_put_double(json, NULL, probabilities[j]);
    dcnn_json_end(json);
}

static void write_literal(dcnn_json_writer *json, const dcnn_cnn *cnn)
{
    write_row(json, "p", cnn->p, cnn->layer_count);
    write_row(json, "g", cnn->g, cnn->layer_count);
}

static void write_layers(dcnn_json_writer *json, const dcnn_cnn *cnn)
{
    if (cnn->literal) write_literal(json, cnn);
    dcnn_json_begin(json, "layers", '[', true);
    for (int j = 0; j < cnn->layer_count; j++) {
        const dcnn_layer *layer = &cnn->layers[j];
        dcnn_json_begin(json, NULL, '{', false);
        dcnn_json_put_text(json, "name", layer->name);
        dcnn_json_put_int(json, "memory_bytes", layer->memory_bytes);
        dcnn_json_put_int(json, "ops", layer->ops);
        dcnn_json_put_int(json, "output_bytes", layer->output_bytes);
        if (layer->activation_bytes > 0) dcnn_json_put_int(json, "activation_bytes", layer->activation_bytes);
        if (layer->exit_probability > 0) dcnn_json_put_double(json, "exit_probability", layer->exit_probability);
        dcnn_json_end(json);
    }
    dcnn_json_end(json);
}

static bool has_layers_of(const dcnn_cnn *cnn, const dcnn_profile *profile)
{
    if (cnn->layer_count != profile->layer_count) return false;
    for (int j = 0; j < cnn->layer_count; j++) {
        const dcnn_layer *a = &cnn->layers[j], *b = &profile->layers[j];
        if (strcmp(a->name, b->name) != 0 || a->memory_bytes != b->memory_bytes || a->ops != b->ops ||
            a->output_bytes != b->output_bytes || a->activation_bytes != b->activation_bytes)
            return false;
    }
    return true;
}

static bool same_rows(const double *a, const double *b, int count)
{
    for (int j = 0; j < count; j++)
        if (!same(a[j], b[j])) return false;
    return true;
}

static bool has_exits_of(const dcnn_cnn *cnn, const dcnn_profile *profile)
{
    if (cnn->literal || profile->p)
        return cnn->literal && profile->p && same_rows(cnn->p, profile->p, cnn->layer_count) &&
               same_rows(cnn->g, profile->g, cnn->layer_count);
    for (int j = 0; j < cnn->layer_count; j++)
        if (!same(cnn->layers[j].exit_probability, profile->layers[j].exit_probability)) return false;
    return true;
}

static void write_exits(dcnn_json_writer *json, const dcnn_cnn *cnn)
{
    dcnn_json_begin(json, "exits", '{', false);
    for (int j = 0; j < cnn->layer_count; j++)
        if (cnn->layers[j].exit_probability > 0)
            dcnn_json_put_double(json, cnn->layers[j].name, cnn->layers[j].exit_probability);
    dcnn_json_end(json);
}

/* The catalogue's profile that has the CNN's layers, or NULL. */
static dcnn_profile *find_profile(writer *w, const dcnn_cnn *cnn, bool count_pool)
{
    dcnn_profile *profile = NULL;
    dcnn_status status = dcnn_catalog_cnn(&profile, cnn->model, count_pool, NULL);

    if (status == DCNN_E_MEMORY) w->lost_memory = true;
    if (status == DCNN_OK && has_layers_of(cnn, profile)) return profile;
    dcnn_profile_free(profile);
    return NULL;
}

/* Writes the CNN's layers by their catalogue name; false when that would not say what they are. */
static bool write_model(writer *w, const dcnn_cnn *cnn)
{
    dcnn_profile *profile;
    bool count_pool = false;

    if (!cnn->model) return false;
    profile = find_profile(w, cnn, false);
    if (!profile) {
        count_pool = true;
        profile = find_profile(w, cnn, true);
    }
    if (!profile) return false;
    dcnn_json_put_text(&w->json, "model", cnn->model);
    if (count_pool) dcnn_json_put_text(&w->json, "count", "pool");
    if (cnn->input_bytes != profile->input_bytes) dcnn_json_put_int(&w->json, "input_bytes", cnn->input_bytes);
    if (!has_exits_of(cnn, profile)) {
        if (cnn->literal)
            write_literal(&w->json, cnn);
        else
            write_exits(&w->json, cnn);
    }
    dcnn_profile_free(profile);
    return true;
}

/* Seconds that read back as that many nanoseconds: up to 1e15 the nearest double is near enough. */
static double seconds_of(int64_t ns)
{
    return (double)ns / 1e9;
}

static void write_cnn(writer *w, const dcnn_cnn *cnn)
{
    const dcnn_place *places = w->scenario->places;

    dcnn_json_begin(&w->json, NULL, '{', true);
    dcnn_json_put_text(&w->json, "id", cnn->id);
    dcnn_json_put_text(&w->json, "source", places[cnn->source].id);
    if (cnn->sink != cnn->source) dcnn_json_put_text(&w->json, "sink", places[cnn->sink].id);
    if (!same(cnn->weight, 1)) dcnn_json_put_double(&w->json, "weight", cnn->weight);
    if (cnn->deadline_ns != DCNN_NEVER) dcnn_json_put_double(&w->json, "deadline_s", seconds_of(cnn->deadline_ns));
    if (!write_model(w, cnn)) {
        dcnn_json_put_int(&w->json, "input_bytes", cnn->input_bytes);
        write_layers(&w->json, cnn);
    }
    dcnn_json_end(&w->json);
}

static void write_shared(writer *w)
{
    const dcnn_scenario *s = w->scenario;

    if (s->shared_group_count == 0) return;
    dcnn_json_begin(&w->json, "shared_layers", '[', true);
    for (int k = 0; k < s->shared_group_count; k++) {
        const dcnn_shared_group *group = &s->shared_groups[k];
        dcnn_json_begin(&w->json, NULL, '[', false);
        for (int m = 0; m < group->member_count; m++) {
            const dcnn_cnn *cnn = &s->cnns[group->members[m].cnn];
            dcnn_json_begin(&w->json, NULL, '{', false);
            dcnn_json_put_text(&w->json, "cnn", cnn->id);
            dcnn_json_put_text(&w->json, "layer", cnn->layers[group->members[m].layer].name);
            dcnn_json_end(&w->json);
        }
        dcnn_json_end(&w->json);
    }
    dcnn_json_end(&w->json);
}

/* --- all --- */

static void write_scenario(writer *w)
{
    const dcnn_scenario *s = w->scenario;

    dcnn_json_begin(&w->json, NULL, '{', true);
    dcnn_json_put_text(&w->json, "dcnn", "scenario");
    dcnn_json_put_int(&w->json, "version", 1);
    dcnn_json_put_text(&w->json, "name", s->name);
    write_places(w);
    write_network(w);
    dcnn_json_begin(&w->json, "cnns", '[', true);
    for (int c = 0; c < s->cnn_count; c++) write_cnn(w, &s->cnns[c]);
    dcnn_json_end(&w->json);
    write_shared(w);
    if (s->layers_per_unit > 0) {
        dcnn_json_begin(&w->json, "limits", '{', false);
        dcnn_json_put_int(&w->json, "layers_per_unit", s->layers_per_unit);
        dcnn_json_end(&w->json);
    }
    dcnn_json_put_text(&w->json, "objective", s->objective == DCNN_OBJECTIVE_MAX ? "max" : "sum");
    dcnn_json_end(&w->json);
}

dcnn_status dcnn_scenario_write(const dcnn_scenario *scenario, const char *path, dcnn_error *err)
{
    writer w = {.scenario = scenario};
    dcnn_status status;

    if (collect_types(&w))
        write_scenario(&w);
    else
        w.lost_memory = true;
    if (w.lost_memory || w.json.out.failed)
        status = dcnn_fail_memory(err);
    else
        status = dcnn_file_save(path, w.json.out.data, w.json.out.size, err);
    dcnn_buf_clear(&w.json.out);
    dcnn_names_clear(&w.types);
    free(w.first_of);
    return status;
}
