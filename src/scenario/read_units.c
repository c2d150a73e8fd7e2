/* Unit types, units and endpoints. */
#include "reader.h"
#include "text/words.h"
#include <dcnn/catalog.h>
#include <string.h>

/* Reads what the object gives into figures. complete: memory and speed must be among it. */
static void read_figures(dcnn_reader *r, dcnn_json_object *object, bool complete, dcnn_figures *figures)
{
    const dcnn_json_value *(*ask)(dcnn_json_object *, const char *) = complete ? dcnn_json_need : dcnn_json_get;

    (void)dcnn_json_count(&r->json, ask(object, "memory_bytes"), DCNN_QUANTITY_BYTES, DCNN_COUNT_MAX,
                          &figures->memory_bytes);
    (void)dcnn_json_quantity(&r->json, ask(object, "ops_per_s"), DCNN_QUANTITY_OPS_PER_S, DCNN_SPEED_MIN,
                             DCNN_SPEED_MAX, &figures->ops_per_s);
    (void)dcnn_json_count(&r->json, dcnn_json_get(object, "ops_budget"), DCNN_QUANTITY_OPS, DCNN_COUNT_MAX,
                          &figures->ops_budget);
}

/* --- unit types --- */

static void read_types(dcnn_reader *r, const dcnn_json_value *types)
{
    dcnn_json_object object;
    int index = 0;

    if (!types) return;
    if (types->type != DCNN_JSON_OBJECT) {
        dcnn_json_expected(&r->json, types, "an object of unit types by name");
        return;
    }
    r->types = dcnn_read_take(r, types->count, sizeof *r->types);
    if (!r->types) return;
    for (const dcnn_json_value *type = types->as.first; type; type = type->next, index++) {
        r->types[index].ops_budget = DCNN_UNLIMITED;
        if (!dcnn_names_add(&r->names, DCNN_NAMES_TYPES, type->name.key, index)) dcnn_json_lost_memory(&r->json);
        if (!dcnn_json_enter(&r->json, type, &object)) continue;
        read_figures(r, &object, true, &r->types[index]);
        dcnn_json_leave(&object);
    }
}

/* The type's name nearest to a wrong one, in the catalogue or the file. */
static const char *suggest_type(dcnn_reader *r, const char *word)
{
    const char *own = dcnn_read_suggest(r, DCNN_NAMES_TYPES, word);
    int count, best = dcnn_word_slip(word) + 1;
    const dcnn_unit_type *types = dcnn_catalog_unit_types(&count);

    if (own) return own;
    for (int k = 0; k < count; k++) {
        int distance = dcnn_word_distance(word, types[k].name, best);
        if (distance >= best) continue;
        best = distance;
        own = types[k].name;
    }
    return own;
}

/* Figures of the type that a value names; false after reporting that there is none. */
static bool read_type_ref(dcnn_reader *r, const dcnn_json_value *value, dcnn_figures *figures, char **type)
{
    char quoted[DCNN_QUOTED_SIZE], meant_quoted[DCNN_QUOTED_SIZE];
    const dcnn_unit_type *known;
    const char *name, *meant;
    int own;

    if (!dcnn_json_text(&r->json, value, &name)) return false;
    *type = dcnn_pool_text(r->scenario->pool, name);
    if (!*type) dcnn_json_lost_memory(&r->json);
    own = dcnn_names_find(&r->names, DCNN_NAMES_TYPES, name);
    known = own < 0 ? dcnn_catalog_unit_type(name) : NULL;
    if (own >= 0) *figures = r->types[own];
    if (known) *figures = (dcnn_figures){known->memory_bytes, known->ops_per_s, DCNN_UNLIMITED};
    if (own >= 0 || known) return true;
    meant = suggest_type(r, name);
    dcnn_json_fault(&r->json, value, "expected a unit type of the catalogue or of \"unit_types\", found %s%s%s%s",
                    dcnn_quote(quoted, name), meant ? "; did you mean " : "",
                    meant ? dcnn_quote(meant_quoted, meant) : "", meant ? "?" : "");
    return false;
}

/* --- places --- */

static void read_position(dcnn_reader *r, dcnn_json_object *object, dcnn_place *place)
{
    const dcnn_json_value *x = dcnn_json_get(object, "x_m"), *y = dcnn_json_get(object, "y_m");

    if ((x == NULL) != (y == NULL))
        dcnn_json_fault(&r->json, object->value, "expected \"x_m\" and \"y_m\" together, found only \"%s\"",
                        x ? "x_m" : "y_m");
    place->located = x && y;
    (void)dcnn_json_quantity(&r->json, x, DCNN_QUANTITY_METRES, -DCNN_DISTANCE_MAX, DCNN_DISTANCE_MAX, &place->x_m);
    (void)dcnn_json_quantity(&r->json, y, DCNN_QUANTITY_METRES, -DCNN_DISTANCE_MAX, DCNN_DISTANCE_MAX, &place->y_m);
}

static void read_unit(dcnn_reader *r, const dcnn_json_value *value, int i)
{
    dcnn_figures figures = {0, 0, DCNN_UNLIMITED};
    dcnn_place *place = &r->scenario->places[i];
    dcnn_unit *unit = &r->scenario->units[i];
    const dcnn_json_value *type;
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    place->id = dcnn_read_name(r, dcnn_json_need(&object, "id"), DCNN_NAMES_PLACES, i);
    type = dcnn_json_get(&object, "type");
    if (type) (void)read_type_ref(r, type, &figures, &unit->type);
    read_figures(r, &object, !type, &figures);
    unit->memory_bytes = figures.memory_bytes;
    unit->ops_per_s = figures.ops_per_s;
    unit->ops_budget = figures.ops_budget;
    read_position(r, &object, place);
    dcnn_json_leave(&object);
}

static void read_endpoint(dcnn_reader *r, const dcnn_json_value *value, int i)
{
    dcnn_place *place = &r->scenario->places[i];
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    place->id = dcnn_read_name(r, dcnn_json_need(&object, "id"), DCNN_NAMES_PLACES, i);
    read_position(r, &object, place);
    dcnn_json_leave(&object);
}

void dcnn_read_units(dcnn_reader *r, dcnn_json_object *root)
{
    const dcnn_json_value *units, *endpoints;
    dcnn_scenario *scenario = r->scenario;
    size_t unit_count, place_count;
    bool readable;
    int i = 0;

    read_types(r, dcnn_json_get(root, "unit_types"));
    units = dcnn_json_need(root, "units");
    endpoints = dcnn_json_get(root, "endpoints");
    readable = dcnn_json_objects(&r->json, units, 1);
    if (endpoints && !dcnn_json_objects(&r->json, endpoints, 0)) readable = false;
    if (!readable) return;
    unit_count = units->count;
    place_count = unit_count + (endpoints ? endpoints->count : 0);
    scenario->units = dcnn_read_take(r, unit_count, sizeof *scenario->units);
    scenario->places = dcnn_read_take(r, place_count, sizeof *scenario->places);
    if (!scenario->units || !scenario->places) return;
    scenario->unit_count = (int)unit_count;
    scenario->place_count = (int)place_count;
    for (const dcnn_json_value *unit = units->as.first; unit; unit = unit->next) read_unit(r, unit, i++);
    if (endpoints)
        for (const dcnn_json_value *end = endpoints->as.first; end; end = end->next) read_endpoint(r, end, i++);
    r->places_known = true;
    r->units = units;
    r->endpoints = endpoints;
}
