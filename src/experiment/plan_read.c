#include "experiment/plan.h"
#include "text/words.h"
#include <string.h>

enum { DRAWS_MAX = 1000000, LAYERS_MAX = 1000, UNITS_MAX = 1000000, CNNS_MAX = 10000 };

static const char *const objective_words[] = {"sum", "max"};

static void *take(dcnn_json *json, dcnn_pool *pool, size_t count, size_t size)
{
    void *block = dcnn_pool_take(pool, count, size);
    if (!block) dcnn_json_lost_memory(json);
    return block;
}

static void read_whole(dcnn_json *json, const dcnn_json_value *value, int min, int max, int *number)
{
    int64_t read;
    if (dcnn_json_whole(json, value, min, max, &read)) *number = (int)read;
}

/* Whether the text holds a control character, of ASCII or of Latin 1 (U+0080 to U+009F). */
static bool has_controls(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at < 0x20 || *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0)) return true;
    return false;
}

/* Names go into CSV files, tables and plots as they are; those of unit types into lists with semicolons too. */
static bool is_name(const char *text)
{
    enum { NAME_BYTES_MAX = 200 };

    return *text && strlen(text) <= NAME_BYTES_MAX && !strpbrk(text, ",;\"") && !has_controls(text);
}

static const char name_wanted[] =
    "expected a name of 1 to 200 bytes without commas, semicolons, quotes, line breaks and other controls";

static void read_name(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, const char **name)
{
    const char *text;
    if (!dcnn_json_text(json, value, &text)) return;
    if (!is_name(text))
        dcnn_json_fault(json, value, "%s", name_wanted);
    else if (!(*name = dcnn_pool_text(pool, text)))
        dcnn_json_lost_memory(json);
}

/* Says that a name is none of the candidates, and which one was meant. */
static void refuse_name(dcnn_json *json, const dcnn_json_value *value, const char *name, const char *wanted,
                        const char *const *candidates, size_t count)
{
    char quoted[DCNN_QUOTED_SIZE], meant_quoted[DCNN_QUOTED_SIZE];
    const char *meant = dcnn_word_suggest(name, candidates, count);

    dcnn_json_fault(json, value, "expected %s, found %s%s%s%s", wanted, dcnn_quote(quoted, name),
                    meant ? "; did you mean " : "", meant ? dcnn_quote(meant_quoted, meant) : "", meant ? "?" : "");
}

/* --- systems --- */

static void read_unit_types(dcnn_json *json, const dcnn_json_value *value, dcnn_plan *plan)
{
    if (!value) return;
    if (value->type != DCNN_JSON_OBJECT) {
        dcnn_json_expected(json, value, "an object of unit types by name");
        return;
    }
    if (!(plan->unit_types = take(json, plan->pool, value->count, sizeof *plan->unit_types))) return;
    for (const dcnn_json_value *row = value->as.first; row; row = row->next) {
        dcnn_unit_type *type = &plan->unit_types[plan->unit_type_count++];
        dcnn_json_object object;
        if (!is_name(row->name.key)) dcnn_json_fault(json, row, "%s", name_wanted);
        if (!(type->name = dcnn_pool_text(plan->pool, row->name.key))) dcnn_json_lost_memory(json);
        if (!dcnn_json_enter(json, row, &object)) continue;
        (void)dcnn_json_count(json, dcnn_json_need(&object, "memory_bytes"), DCNN_QUANTITY_BYTES, DCNN_COUNT_MAX,
                              &type->memory_bytes);
        (void)dcnn_json_quantity(json, dcnn_json_need(&object, "ops_per_s"), DCNN_QUANTITY_OPS_PER_S, 1e-3, 1e18,
                                 &type->ops_per_s);
        dcnn_json_leave(&object);
    }
}

static void refuse_type(dcnn_json *json, const dcnn_json_value *value, const char *name, const dcnn_plan *plan)
{
    int known, own = plan->unit_type_count;
    const dcnn_unit_type *types = dcnn_catalog_unit_types(&known);
    const char **names = take(json, plan->pool, (size_t)(own + known), sizeof *names);

    if (!names) return;
    for (int t = 0; t < own; t++) names[t] = plan->unit_types[t].name;
    for (int t = 0; t < known; t++) names[own + t] = types[t].name;
    refuse_name(json, value, name, "a unit type of the catalogue or of \"unit_types\"", names, (size_t)(own + known));
}

static const char *find_type(const dcnn_plan *plan, const char *name)
{
    const dcnn_unit_type *known = dcnn_catalog_unit_type(name);

    for (int t = 0; t < plan->unit_type_count; t++)
        if (plan->unit_types[t].name && strcmp(plan->unit_types[t].name, name) == 0) return plan->unit_types[t].name;
    return known ? known->name : NULL;
}

static void read_mix(dcnn_json *json, const dcnn_json_value *value, const dcnn_plan *plan, dcnn_generate_options *drawn)
{
    dcnn_mix *mix;
    double sum = 0;
    int count = 0;

    if (!value || !dcnn_json_objects(json, value, 1)) return;
    if (!(mix = take(json, plan->pool, value->count, sizeof *mix))) return;
    for (const dcnn_json_value *row = value->as.first; row; row = row->next) {
        dcnn_json_object object;
        const dcnn_json_value *type;
        const char *name;
        if (!dcnn_json_enter(json, row, &object)) return;
        type = dcnn_json_need(&object, "type");
        if (dcnn_json_text(json, type, &name) && !(mix[count].type = find_type(plan, name)))
            refuse_type(json, type, name, plan);
        if (!dcnn_json_real(json, dcnn_json_need(&object, "share"), 0, 1e9, &mix[count].share)) sum = 1;
        dcnn_json_leave(&object);
        sum += mix[count++].share;
    }
    if (sum < 1e-9) dcnn_json_fault(json, value, "expected a share above 0");
    drawn->mix = mix;
    drawn->mix_count = count;
}

static void read_system(dcnn_json *json, const dcnn_json_value *value, const dcnn_plan *plan, dcnn_plan_system *system)
{
    dcnn_generate_options *drawn = &system->drawn;
    dcnn_json_object object;
    int64_t seed;

    dcnn_generate_options_init(drawn);
    drawn->unit_types = plan->unit_types;
    drawn->unit_type_count = plan->unit_type_count;
    system->draws = 1;
    if (!dcnn_json_enter(json, value, &object)) return;
    read_name(json, dcnn_json_need(&object, "name"), plan->pool, &system->name);
    read_whole(json, dcnn_json_get(&object, "units"), 1, UNITS_MAX, &drawn->units);
    (void)dcnn_json_quantity(json, dcnn_json_get(&object, "area_m"), DCNN_QUANTITY_METRES, 1e-6, 1e9, &drawn->area_m);
    (void)dcnn_json_quantity(json, dcnn_json_get(&object, "range_m"), DCNN_QUANTITY_METRES, 1e-6, 1e9, &drawn->range_m);
    read_mix(json, dcnn_json_get(&object, "mix"), plan, drawn);
    read_whole(json, dcnn_json_get(&object, "draws"), 1, DRAWS_MAX, &system->draws);
    if (dcnn_json_whole(json, dcnn_json_get(&object, "seed"), 0, DCNN_COUNT_MAX, &seed)) drawn->seed = (uint64_t)seed;
    dcnn_json_leave(&object);
}

static void read_systems(dcnn_json *json, const dcnn_json_value *systems, dcnn_plan *plan)
{
    if (!(plan->systems = take(json, plan->pool, systems->count, sizeof *plan->systems))) return;
    for (const dcnn_json_value *row = systems->as.first; row; row = row->next)
        read_system(json, row, plan, &plan->systems[plan->system_count++]);
}

/* --- settings --- */

static bool is_known(const char *name)
{
    dcnn_profile *known;
    bool found = dcnn_catalog_cnn(&known, name, false, NULL) != DCNN_E_VALUE; /* lost memory is told where it is used */

    dcnn_profile_free(known);
    return found;
}

static void refuse_model(dcnn_json *json, const dcnn_json_value *value, const char *name, dcnn_pool *pool)
{
    int known;
    const dcnn_cnn_entry *cnns = dcnn_catalog_cnns(&known);
    const char **names = take(json, pool, (size_t)known, sizeof *names);

    if (!names) return;
    for (int k = 0; k < known; k++) names[k] = cnns[k].name;
    refuse_name(json, value, name, "a CNN of the catalogue", names, (size_t)known);
}

static void read_models(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, dcnn_plan_setting *setting)
{
    const char *name;

    if (!dcnn_json_array(json, value, 1)) return;
    if (!(setting->models = take(json, pool, value->count, sizeof *setting->models))) return;
    for (const dcnn_json_value *row = value->as.first; row; row = row->next)
        if (dcnn_json_text(json, row, &name)) {
            if (!is_known(name)) refuse_model(json, row, name, pool);
            setting->models[setting->model_count] = dcnn_pool_text(pool, name);
            if (!setting->models[setting->model_count++]) dcnn_json_lost_memory(json);
        }
}

static void read_compat(dcnn_json *json, const dcnn_json_value *value, unsigned *switches)
{
    int chosen;

    if (!value || !dcnn_json_array(json, value, 1)) return;
    for (const dcnn_json_value *row = value->as.first; row; row = row->next)
        if (dcnn_json_choice(json, row, dcnn_compat_words, DCNN_COMPAT_COUNT, &chosen)) *switches |= 1u << chosen;
}

/* named: out, the value that names the setting in whose terms placements are charged; NULL = none */
static void read_setting(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, dcnn_plan_setting *setting,
                         const dcnn_json_value **named)
{
    dcnn_json_object object;
    const dcnn_json_value *last;
    int objective;

    setting->cnns = setting->layers_first = setting->layers_last = 1;
    setting->rate_bytes_per_s = 72.2e6 / 8;
    if (!dcnn_json_enter(json, value, &object)) return;
    read_name(json, dcnn_json_need(&object, "name"), pool, &setting->name);
    read_whole(json, dcnn_json_get(&object, "cnns"), 1, CNNS_MAX, &setting->cnns);
    read_models(json, dcnn_json_need(&object, "models"), pool, setting);
    (void)dcnn_json_quantity(json, dcnn_json_get(&object, "rate_bytes_per_s"), DCNN_QUANTITY_BYTES_PER_S, 1e-3, 1e18,
                             &setting->rate_bytes_per_s);
    read_whole(json, dcnn_json_get(&object, "layers_per_unit_first"), 0, LAYERS_MAX, &setting->layers_first);
    setting->layers_last = setting->layers_first;
    last = dcnn_json_get(&object, "layers_per_unit_last");
    read_whole(json, last, setting->layers_first, LAYERS_MAX, &setting->layers_last);
    if (dcnn_json_choice(json, dcnn_json_get(&object, "objective"), objective_words, 2, &objective))
        setting->objective = objective == 1 ? DCNN_OBJECTIVE_MAX : DCNN_OBJECTIVE_SUM;
    (void)dcnn_json_whole(json, dcnn_json_get(&object, "input_bytes"), 1, DCNN_COUNT_MAX, &setting->input_bytes);
    (void)dcnn_json_real(json, dcnn_json_get(&object, "exit_probability"), 1e-9, 1, &setting->exit_probability);
    (void)dcnn_json_bool(json, dcnn_json_get(&object, "common_source"), &setting->common_source);
    (void)dcnn_json_bool(json, dcnn_json_get(&object, "common_sink"), &setting->common_sink);
    read_whole(json, dcnn_json_get(&object, "shared_layers"), 0, LAYERS_MAX, &setting->shared_layers);
    read_compat(json, dcnn_json_get(&object, "compat"), &setting->compat);
    *named = dcnn_json_get(&object, "defined_as");
    dcnn_json_leave(&object);
}

static void find_definition(dcnn_json *json, const dcnn_json_value *named, const dcnn_plan *plan,
                            dcnn_plan_setting *setting)
{
    const char **names, *name;

    if (!dcnn_json_text(json, named, &name)) return;
    if (!(names = take(json, plan->pool, (size_t)plan->setting_count, sizeof *names))) return;
    for (int t = 0; t < plan->setting_count; t++) {
        names[t] = plan->settings[t].name ? plan->settings[t].name : "";
        if (!setting->defined_as && strcmp(names[t], name) == 0) setting->defined_as = &plan->settings[t];
    }
    if (!setting->defined_as)
        refuse_name(json, named, name, "the name of a setting", names, (size_t)plan->setting_count);
}

static void read_settings(dcnn_json *json, const dcnn_json_value *settings, dcnn_plan *plan)
{
    const dcnn_json_value **named = take(json, plan->pool, settings->count, sizeof *named);

    plan->settings = take(json, plan->pool, settings->count, sizeof *plan->settings);
    if (!named || !plan->settings) return;
    for (const dcnn_json_value *row = settings->as.first; row; row = row->next, plan->setting_count++)
        read_setting(json, row, plan->pool, &plan->settings[plan->setting_count], &named[plan->setting_count]);
    for (int t = 0; t < plan->setting_count; t++) find_definition(json, named[t], plan, &plan->settings[t]);
}

void dcnn_plan_read_json(dcnn_json *json, dcnn_plan *plan)
{
    dcnn_json_object root;
    const dcnn_json_value *systems, *settings;
    const char *name;

    plan->node_limit = 10000;
    if (!json->root || !dcnn_json_enter(json, json->root, &root) || !dcnn_json_kind(&root, "experiment")) return;
    if (dcnn_json_text(json, dcnn_json_get(&root, "name"), &name) && !(plan->name = dcnn_pool_text(plan->pool, name)))
        dcnn_json_lost_memory(json);
    (void)dcnn_json_whole(json, dcnn_json_get(&root, "node_limit"), 0, DCNN_COUNT_MAX, &plan->node_limit);
    (void)dcnn_json_quantity(json, dcnn_json_get(&root, "time_limit_s"), DCNN_QUANTITY_SECONDS, 0, 1e9,
                             &plan->time_limit_s);
    (void)dcnn_json_real(json, dcnn_json_get(&root, "gap"), 0, 1, &plan->gap);
    read_unit_types(json, dcnn_json_get(&root, "unit_types"), plan);
    systems = dcnn_json_need(&root, "systems");
    settings = dcnn_json_need(&root, "settings");
    dcnn_json_leave(&root);
    if (dcnn_json_objects(json, systems, 1)) read_systems(json, systems, plan);
    if (dcnn_json_objects(json, settings, 1)) read_settings(json, settings, plan);
}
