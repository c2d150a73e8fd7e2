#include "experiment/plan.h"
#include "text/json.h"
#include <dcnn/catalog.h>
#include <stdlib.h>
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

/* Names go into CSV files as they are. */
static void read_name(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, const char **name)
{
    const char *text;
    if (!dcnn_json_text(json, value, &text)) return;
    if (!*text || strpbrk(text, ",\"\r\n")) {
        dcnn_json_fault(json, value, "expected a name without commas, quotes and line breaks");
        return;
    }
    if (!(*name = dcnn_pool_text(pool, text))) dcnn_json_lost_memory(json);
}

static void read_mix(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, dcnn_generate_options *drawn)
{
    dcnn_mix *mix;
    int count = 0;

    if (!value || !dcnn_json_objects(json, value, 1)) return;
    if (!(mix = take(json, pool, value->count, sizeof *mix))) return;
    for (const dcnn_json_value *row = value->as.first; row; row = row->next) {
        dcnn_json_object object;
        const dcnn_json_value *type;
        const char *name;
        if (!dcnn_json_enter(json, row, &object)) return;
        type = dcnn_json_need(&object, "type");
        if (dcnn_json_text(json, type, &name)) {
            const dcnn_unit_type *known = dcnn_catalog_unit_type(name);
            if (known)
                mix[count].type = known->name;
            else
                dcnn_json_expected(json, type, "a unit type of the catalogue");
        }
        (void)dcnn_json_real(json, dcnn_json_need(&object, "share"), 1e-9, 1e9, &mix[count].share);
        dcnn_json_leave(&object);
        count++;
    }
    drawn->mix = mix;
    drawn->mix_count = count;
}

static void read_system(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, dcnn_plan_system *system)
{
    dcnn_generate_options *drawn = &system->drawn;
    dcnn_json_object object;
    int64_t seed;

    dcnn_generate_options_init(drawn);
    system->draws = 1;
    if (!dcnn_json_enter(json, value, &object)) return;
    read_name(json, dcnn_json_need(&object, "name"), pool, &system->name);
    read_whole(json, dcnn_json_get(&object, "units"), 1, UNITS_MAX, &drawn->units);
    (void)dcnn_json_quantity(json, dcnn_json_get(&object, "area_m"), DCNN_QUANTITY_METRES, 1e-6, 1e9, &drawn->area_m);
    (void)dcnn_json_quantity(json, dcnn_json_get(&object, "range_m"), DCNN_QUANTITY_METRES, 1e-6, 1e9, &drawn->range_m);
    read_mix(json, dcnn_json_get(&object, "mix"), pool, drawn);
    read_whole(json, dcnn_json_get(&object, "draws"), 1, DRAWS_MAX, &system->draws);
    if (dcnn_json_whole(json, dcnn_json_get(&object, "seed"), 0, DCNN_COUNT_MAX, &seed)) drawn->seed = (uint64_t)seed;
    dcnn_json_leave(&object);
}

static bool is_known(const char *name)
{
    dcnn_profile *known;
    bool found = dcnn_catalog_cnn(&known, name, false, NULL) != DCNN_E_VALUE; /* lost memory is told where it is used */

    dcnn_profile_free(known);
    return found;
}

static void read_models(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, dcnn_plan_setting *setting)
{
    const char *name;

    if (!dcnn_json_array(json, value, 1)) return;
    if (!(setting->models = take(json, pool, value->count, sizeof *setting->models))) return;
    for (const dcnn_json_value *row = value->as.first; row; row = row->next)
        if (dcnn_json_text(json, row, &name)) {
            if (!is_known(name)) dcnn_json_expected(json, row, "a CNN of the catalogue");
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

static void read_setting(dcnn_json *json, const dcnn_json_value *value, dcnn_pool *pool, dcnn_plan_setting *setting)
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
    read_whole(json, dcnn_json_get(&object, "shared_layers"), 0, LAYERS_MAX, &setting->shared_layers);
    read_compat(json, dcnn_json_get(&object, "compat"), &setting->compat);
    dcnn_json_leave(&object);
}

static void read_plan(dcnn_json *json, dcnn_plan *plan)
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
    systems = dcnn_json_need(&root, "systems");
    settings = dcnn_json_need(&root, "settings");
    dcnn_json_leave(&root);
    if (!dcnn_json_objects(json, systems, 1) || !dcnn_json_objects(json, settings, 1)) return;
    plan->systems = take(json, plan->pool, systems->count, sizeof *plan->systems);
    plan->settings = take(json, plan->pool, settings->count, sizeof *plan->settings);
    if (!plan->systems || !plan->settings) return;
    for (const dcnn_json_value *row = systems->as.first; row; row = row->next)
        read_system(json, row, plan->pool, &plan->systems[plan->system_count++]);
    for (const dcnn_json_value *row = settings->as.first; row; row = row->next)
        read_setting(json, row, plan->pool, &plan->settings[plan->setting_count++]);
}

static int levels(const dcnn_plan_setting *setting)
{
    return setting->layers_last - setting->layers_first + 1;
}

static int64_t count_solves(const dcnn_plan *plan)
{
    int64_t per_draw = 0, count = 0;
    for (int t = 0; t < plan->setting_count; t++) per_draw += levels(&plan->settings[t]);
    for (int s = 0; s < plan->system_count; s++) count += per_draw * plan->systems[s].draws;
    return count;
}

dcnn_status dcnn_plan_read(dcnn_plan **out, const char *path, dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    enum { PLAN_BYTES_MAX = 1 << 24 };
    dcnn_plan *plan = dcnn_take(1, sizeof *plan);
    dcnn_buf text = {0};
    dcnn_json json;
    dcnn_status status;

    *out = NULL;
    if (!plan || !(plan->pool = dcnn_pool_new())) {
        free(plan);
        return dcnn_fail_memory(err);
    }
    if ((status = dcnn_file_load(&text, path, PLAN_BYTES_MAX, err))) {
        dcnn_buf_clear(&text);
        dcnn_plan_free(plan);
        return status;
    }
    plan->text = dcnn_pool_bytes(plan->pool, text.data ? text.data : "", text.size);
    if (!plan->text) {
        dcnn_buf_clear(&text);
        dcnn_plan_free(plan);
        return dcnn_fail_memory(err);
    }
    plan->text_bytes = text.size;
    dcnn_sha256_hex(plan->text, plan->text_bytes, plan->sha256);
    if (!dcnn_json_open(&json, &text, path, on_fault, user, err)) read_plan(&json, plan);
    status = json.status;
    dcnn_json_close(&json);
    if (status) {
        dcnn_plan_free(plan);
        return status;
    }
    plan->solve_count = count_solves(plan);
    *out = plan;
    return DCNN_OK;
}

int64_t dcnn_plan_solve_count(const dcnn_plan *plan)
{
    return plan->solve_count;
}

void dcnn_plan_free(dcnn_plan *plan)
{
    if (!plan) return;
    dcnn_pool_free(plan->pool);
    free(plan);
}

dcnn_plan_solve dcnn_plan_at(const dcnn_plan *plan, int64_t index)
{
    for (int s = 0; s < plan->system_count; s++)
        for (int t = 0; t < plan->setting_count; t++) {
            const dcnn_plan_system *system = &plan->systems[s];
            const dcnn_plan_setting *setting = &plan->settings[t];
            int64_t here = (int64_t)levels(setting) * system->draws;
            if (index < here)
                return (dcnn_plan_solve){system, setting, setting->layers_first + (int)(index / system->draws),
                                         (int)(index % system->draws)};
            index -= here;
        }
    return (dcnn_plan_solve){0};
}
