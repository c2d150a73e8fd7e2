/* What limits cost: the scenario is solved again with one of them relaxed, and put back as it was. */
#include "cli.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 20, TYPES_MAX = 8, DEADLINES_MAX = 8, TEXT_SIZE = 160, NAME_WIDTH = 40 };

struct cli_relaxations {
    int count;
    dcnn_relaxation rows[ROWS_MAX];
    char limits[ROWS_MAX][TEXT_SIZE], relaxed[ROWS_MAX][TEXT_SIZE];
};

/* The figures that are changed, as the file gave them. */
struct original {
    int layers_per_unit;
    dcnn_unit *units;
    int64_t *deadlines_ns;
};

struct relaxer {
    dcnn_scenario *scenario;
    struct original original;
    double time_limit_s;
    struct cli_relaxations *out;
    dcnn_error *err;
};

static void put_back(struct relaxer *r)
{
    dcnn_scenario *s = r->scenario;

    s->layers_per_unit = r->original.layers_per_unit;
    memcpy(s->units, r->original.units, (size_t)s->unit_count * sizeof *s->units);
    for (int c = 0; c < s->cnn_count; c++) s->cnns[c].deadline_ns = r->original.deadlines_ns[c];
}

static dcnn_status keep(struct relaxer *r)
{
    const dcnn_scenario *s = r->scenario;

    r->original.layers_per_unit = s->layers_per_unit;
    r->original.units = malloc(((size_t)s->unit_count + 1) * sizeof *s->units);
    r->original.deadlines_ns = malloc((size_t)s->cnn_count * sizeof *r->original.deadlines_ns);
    if (!r->original.units || !r->original.deadlines_ns) return DCNN_E_MEMORY;
    memcpy(r->original.units, s->units, (size_t)s->unit_count * sizeof *s->units);
    for (int c = 0; c < s->cnn_count; c++) r->original.deadlines_ns[c] = s->cnns[c].deadline_ns;
    return DCNN_OK;
}

static int64_t twice(int64_t count)
{
    return count > DCNN_COUNT_MAX / 2 ? DCNN_COUNT_MAX : 2 * count;
}

/* Solves the scenario as it stands now, adds what came out, and puts the scenario back. The row's texts are written. */
static dcnn_status solve_row(struct relaxer *r)
{
    struct cli_relaxations *out = r->out;
    dcnn_relaxation *row = &out->rows[out->count];
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_options options;
    dcnn_result result = {0};
    dcnn_status status;

    dcnn_options_init(&options);
    options.time_limit_s = r->time_limit_s;
    if ((status = dcnn_instance_new(&instance, r->scenario, r->err))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, &options, r->err))) goto done;
    if ((status = dcnn_solver_run(solver, &result, r->err))) goto done;
    *row = (dcnn_relaxation){out->limits[out->count], out->relaxed[out->count], result.proof, result.best_ns,
                             result.bound_ns};
    out->count++;
done:
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    put_back(r);
    return status;
}

static void name_row(struct relaxer *r, const char *limit, const char *relaxed)
{
    (void)snprintf(r->out->limits[r->out->count], TEXT_SIZE, "%s", limit);
    (void)snprintf(r->out->relaxed[r->out->count], TEXT_SIZE, "%s", relaxed);
}

static dcnn_status without_limits(struct relaxer *r)
{
    dcnn_scenario *s = r->scenario;

    s->layers_per_unit = 0;
    for (int i = 0; i < s->unit_count; i++) {
        s->units[i].memory_bytes = DCNN_COUNT_MAX;
        s->units[i].ops_budget = DCNN_UNLIMITED;
    }
    for (int c = 0; c < s->cnn_count; c++) s->cnns[c].deadline_ns = DCNN_NEVER;
    name_row(r, "all of them", "no limits at all");
    return solve_row(r);
}

static dcnn_status one_more_layer(struct relaxer *r)
{
    char text[TEXT_SIZE];
    int limit = r->scenario->layers_per_unit;

    if (limit == 0 || limit == INT32_MAX) return DCNN_OK;
    (void)snprintf(text, sizeof text, "%d instead of %d", limit + 1, limit);
    r->scenario->layers_per_unit = limit + 1;
    name_row(r, "layers on a unit", text);
    return solve_row(r);
}

static bool same_type(const dcnn_unit *a, const dcnn_unit *b)
{
    return a->type && b->type ? strcmp(a->type, b->type) == 0 : !a->type && !b->type;
}

static dcnn_status more_memory(struct relaxer *r, int first)
{
    dcnn_scenario *s = r->scenario;
    const char *type = s->units[first].type;
    char name[4 * NAME_WIDTH + 4] = "units of no type", limit[TEXT_SIZE];

    if (type) (void)cli_clean(name, sizeof name, type, NAME_WIDTH);
    (void)snprintf(limit, sizeof limit, "memory of %.*s", 4 * NAME_WIDTH - 40, name);
    for (int i = first; i < s->unit_count; i++)
        if (same_type(&s->units[i], &s->units[first])) s->units[i].memory_bytes = twice(s->units[i].memory_bytes);
    name_row(r, limit, "twice as much");
    return solve_row(r);
}

static dcnn_status more_memory_by_type(struct relaxer *r)
{
    const dcnn_scenario *s = r->scenario;
    dcnn_status status = DCNN_OK;

    for (int i = 0, types = 0; i < s->unit_count && types < TYPES_MAX && !status; i++) {
        int before = 0;
        while (before < i && !same_type(&s->units[before], &s->units[i])) before++;
        if (before < i) continue;
        types++;
        status = more_memory(r, i);
    }
    return status;
}

static dcnn_status more_budget(struct relaxer *r)
{
    dcnn_scenario *s = r->scenario;
    bool any = false;

    for (int i = 0; i < s->unit_count; i++) {
        if (s->units[i].ops_budget == DCNN_UNLIMITED) continue;
        s->units[i].ops_budget = twice(s->units[i].ops_budget);
        any = true;
    }
    if (!any) return DCNN_OK;
    name_row(r, "budgets of operations", "twice as much");
    return solve_row(r);
}

static dcnn_status no_deadline(struct relaxer *r)
{
    dcnn_scenario *s = r->scenario;
    dcnn_status status = DCNN_OK;

    for (int c = 0, told = 0; c < s->cnn_count && told < DEADLINES_MAX && !status; c++) {
        char name[4 * NAME_WIDTH + 4], limit[TEXT_SIZE];
        if (s->cnns[c].deadline_ns == DCNN_NEVER) continue;
        (void)cli_clean(name, sizeof name, s->cnns[c].id, NAME_WIDTH);
        (void)snprintf(limit, sizeof limit, "deadline of %.*s", 4 * NAME_WIDTH - 40, name);
        s->cnns[c].deadline_ns = DCNN_NEVER;
        told++;
        name_row(r, limit, "none");
        status = solve_row(r);
    }
    return status;
}

static dcnn_status relax_all(struct relaxer *r, int64_t value_ns)
{
    dcnn_status status;

    if ((status = keep(r))) return status;
    if ((status = without_limits(r))) return status;
    if (r->out->rows[0].bound_ns >= value_ns) return DCNN_OK; /* no limit costs anything: no need to ask each */
    if ((status = one_more_layer(r))) return status;
    if ((status = more_memory_by_type(r))) return status;
    if ((status = more_budget(r))) return status;
    return no_deadline(r);
}

dcnn_status cli_relax(cli_relaxations **out, dcnn_scenario *scenario, int64_t value_ns, double time_limit_s,
                      dcnn_error *err)
{
    struct relaxer r = {.scenario = scenario, .time_limit_s = time_limit_s, .out = calloc(1, sizeof **out), .err = err};
    dcnn_status status;

    memset(err, 0, sizeof *err);
    status = r.out ? relax_all(&r, value_ns) : DCNN_E_MEMORY;
    free(r.original.units);
    free(r.original.deadlines_ns);
    if (status && err->code == DCNN_OK) {
        err->code = status;
        (void)snprintf(err->text, sizeof err->text, "%s", dcnn_status_text(status));
    }
    if (status) {
        cli_relaxations_free(r.out);
        r.out = NULL;
    }
    *out = r.out;
    return status;
}

const dcnn_relaxation *cli_relaxation_rows(const cli_relaxations *relaxations, int *count)
{
    *count = relaxations ? relaxations->count : 0;
    return relaxations ? relaxations->rows : NULL;
}

void cli_relaxations_free(cli_relaxations *relaxations)
{
    free(relaxations);
}
