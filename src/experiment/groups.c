#include "experiment/groups.h"
#include "experiment/statistics.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const dcnn_part_words[DCNN_PARTS] = {"source", "compute", "transfer", "sink"};

void dcnn_group_layers(const dcnn_group *group, char text[16])
{
    if (group->layers_per_unit > 0)
        (void)snprintf(text, 16, "%d", group->layers_per_unit);
    else
        (void)snprintf(text, 16, "any");
}

/* --- one row --- */

/* Cuts a copy of the row into its columns; false if there are others than DCNN_COLUMN_COUNT. */
static bool cut(char *row, char *field[DCNN_COLUMN_COUNT])
{
    int count = 0;

    for (char *at = row; at && count < DCNN_COLUMN_COUNT; count++) {
        char *end = strpbrk(at, ",\n");
        field[count] = at;
        at = end && *end == ',' ? end + 1 : NULL;
        if (end) *end = '\0';
    }
    return count == DCNN_COLUMN_COUNT;
}

static double to_ms(const char *ns)
{
    return strtod(ns, NULL) / 1e6;
}

/* used: "stm32h7 2;raspberry-pi-3b+ 5" */
static void count_types(dcnn_group *g, char *used)
{
    for (char *at = used, *end; *at; at = end ? end + 1 : at + strlen(at)) {
        char *space;
        end = strchr(at, ';');
        if (end) *end = '\0';
        if (!(space = strrchr(at, ' '))) return;
        *space = '\0';
        for (int t = 0; t < g->type_count; t++)
            if (strcmp(g->type[t], at) == 0) g->used[t] += strtod(space + 1, NULL);
    }
}

static void add(dcnn_group *g, char *field[DCNN_COLUMN_COUNT], double elapsed_s)
{
    double value = strtod(field[DCNN_COLUMN_VALUE_NS], NULL), bound = strtod(field[DCNN_COLUMN_BOUND_NS], NULL);

    g->elapsed_s[g->solves++] = elapsed_s;
    g->proven += strcmp(field[DCNN_COLUMN_PROOF], "optimal") == 0;
    g->infeasible += strcmp(field[DCNN_COLUMN_PROOF], "infeasible") == 0;
    if (!*field[DCNN_COLUMN_VALUE_NS]) return;
    g->value_ms[g->placed] = value / 1e6;
    g->computed_ms[g->placed] = to_ms(field[DCNN_COLUMN_COMPUTE_NS]);
    for (int part = 0; part < DCNN_PARTS; part++) {
        double ms = to_ms(field[DCNN_COLUMN_SOURCE_NS + part]);
        g->part_ms[part] += ms;
        if (part != DCNN_PART_COMPUTE) g->moved_ms[g->placed] += ms;
    }
    g->placed++;
    g->hops += strtod(field[DCNN_COLUMN_HOPS], NULL);
    if (value > 0 && (value - bound) / value > g->worst_gap) g->worst_gap = (value - bound) / value;
    count_types(g, field[DCNN_COLUMN_USED]);
}

static dcnn_status add_row(dcnn_group *g, const char *row, double elapsed_s, dcnn_error *err)
{
    char *field[DCNN_COLUMN_COUNT];
    dcnn_buf copy = {0};
    dcnn_status status = DCNN_OK;

    dcnn_buf_text(&copy, row);
    if (copy.failed)
        status = dcnn_fail_memory(err);
    else if (cut(copy.data, field))
        add(g, field, elapsed_s);
    else
        status = dcnn_fail(err, DCNN_E_VALUE, "journal", "a line is damaged");
    dcnn_buf_clear(&copy);
    return status;
}

/* --- one group --- */

static bool take_types(dcnn_group *g, dcnn_pool *pool)
{
    const dcnn_generate_options *drawn = &g->system->drawn;
    const char **type = dcnn_pool_take(pool, (size_t)drawn->mix_count, sizeof *type);

    g->used = dcnn_pool_take(pool, (size_t)drawn->mix_count, sizeof *g->used);
    if (!type || !g->used) return false;
    for (int t = 0; t < drawn->mix_count; t++) {
        int before = 0;
        while (strcmp(drawn->mix[before].type, drawn->mix[t].type) != 0) before++;
        if (before == t) type[g->type_count++] = drawn->mix[t].type;
    }
    g->type = type;
    return true;
}

static bool take_values(dcnn_group *g, dcnn_pool *pool)
{
    size_t count = (size_t)g->system->draws;

    g->value_ms = dcnn_pool_take(pool, count, sizeof *g->value_ms);
    g->moved_ms = dcnn_pool_take(pool, count, sizeof *g->moved_ms);
    g->computed_ms = dcnn_pool_take(pool, count, sizeof *g->computed_ms);
    g->elapsed_s = dcnn_pool_take(pool, count, sizeof *g->elapsed_s);
    return g->value_ms && g->moved_ms && g->computed_ms && g->elapsed_s;
}

static void finish(dcnn_group *g)
{
    dcnn_sort(g->elapsed_s, g->solves);
    if (g->placed == 0) return;
    dcnn_sort(g->value_ms, g->placed);
    dcnn_sort(g->moved_ms, g->placed);
    dcnn_sort(g->computed_ms, g->placed);
    for (int part = 0; part < DCNN_PARTS; part++) g->part_ms[part] /= (double)g->placed;
    for (int t = 0; t < g->type_count; t++) g->used[t] /= (double)g->placed;
    g->hops /= (double)g->placed;
}

/* --- all of them: rows come in the plan's order, so those of a group stand together --- */

static dcnn_status fill(dcnn_groups *groups, const dcnn_rows *rows, dcnn_error *err)
{
    for (int64_t k = 0; k < rows->plan->solve_count; groups->count++) {
        dcnn_plan_solve solve = dcnn_plan_at(rows->plan, k);
        dcnn_group *g = &groups->group[groups->count];
        dcnn_status status = DCNN_OK;
        *g = (dcnn_group){.system = solve.system, .setting = solve.setting, .layers_per_unit = solve.layers_per_unit};
        if (!take_types(g, groups->pool) || !take_values(g, groups->pool)) return dcnn_fail_memory(err);
        for (int draw = 0; draw < solve.system->draws && !status; draw++, k++)
            status = add_row(g, rows->text[k], rows->elapsed_s[k], err);
        if (status) return status;
        finish(g);
    }
    return DCNN_OK;
}

dcnn_status dcnn_groups_init(dcnn_groups *groups, const dcnn_rows *rows, dcnn_error *err)
{
    const dcnn_plan *plan = rows->plan;
    size_t per_system = 0;
    dcnn_status status;

    *groups = (dcnn_groups){.plan = plan, .pool = dcnn_pool_new()};
    if (!groups->pool) return dcnn_fail_memory(err);
    for (int t = 0; t < plan->setting_count; t++) per_system += (size_t)dcnn_plan_levels(&plan->settings[t]);
    groups->group = dcnn_pool_take(groups->pool, per_system * (size_t)plan->system_count, sizeof *groups->group);
    status = groups->group ? fill(groups, rows, err) : dcnn_fail_memory(err);
    if (status) dcnn_groups_clear(groups);
    return status;
}

void dcnn_groups_clear(dcnn_groups *groups)
{
    if (groups->pool) dcnn_pool_free(groups->pool);
    *groups = (dcnn_groups){0};
}
