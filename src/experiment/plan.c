#include "experiment/plan.h"
#include <stdlib.h>

int dcnn_plan_levels(const dcnn_plan_setting *setting)
{
    return setting->layers_last - setting->layers_first + 1;
}

/* Sets the count, or refuses a plan of more than anyone can wait for. */
static dcnn_status count_solves(dcnn_plan *plan, const char *name, dcnn_error *err)
{
    enum { SOLVES_MAX = 100000000 };
    int64_t per_draw = 0;

    for (int t = 0; t < plan->setting_count; t++) per_draw += dcnn_plan_levels(&plan->settings[t]);
    for (int s = 0; s < plan->system_count; s++) {
        if (per_draw > SOLVES_MAX || per_draw * plan->systems[s].draws > SOLVES_MAX - plan->solve_count)
            return dcnn_fail(err, DCNN_E_VALUE, name, "asks for more than %d solves", (int)SOLVES_MAX);
        plan->solve_count += per_draw * plan->systems[s].draws;
    }
    return DCNN_OK;
}

dcnn_status dcnn_plan_parse(dcnn_plan **out, dcnn_buf *text, const char *name, dcnn_fault_fn on_fault, void *user,
                            dcnn_error *err)
{
    dcnn_plan *plan = dcnn_take(1, sizeof *plan);
    dcnn_status status = DCNN_E_MEMORY;
    dcnn_json json;

    *out = NULL;
    if (plan && (plan->pool = dcnn_pool_new()))
        plan->text = dcnn_pool_bytes(plan->pool, text->data ? text->data : "", text->size);
    if (!plan || !plan->text) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    plan->text_bytes = text->size;
    dcnn_sha256_hex(plan->text, plan->text_bytes, plan->sha256);
    if (!dcnn_json_open(&json, text, name, on_fault, user, err)) dcnn_plan_read_json(&json, plan);
    status = json.status;
    dcnn_json_close(&json);
    if (!status) status = count_solves(plan, name, err);
    if (status) goto done;
    *out = plan;
    plan = NULL;
done:
    dcnn_buf_clear(text);
    dcnn_plan_free(plan);
    return status;
}

dcnn_status dcnn_plan_read(dcnn_plan **out, const char *path, dcnn_fault_fn on_fault, void *user, dcnn_error *err)
{
    enum { PLAN_BYTES_MAX = 1 << 24 };
    dcnn_buf text = {0};
    dcnn_status status = dcnn_file_load(&text, path, PLAN_BYTES_MAX, err);

    *out = NULL;
    return status ? status : dcnn_plan_parse(out, &text, path, on_fault, user, err);
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
            int64_t here = (int64_t)dcnn_plan_levels(setting) * system->draws;
            if (index < here)
                return (dcnn_plan_solve){system, setting, setting->layers_first + (int)(index / system->draws),
                                         (int)(index % system->draws)};
            index -= here;
        }
    return (dcnn_plan_solve){0};
}
