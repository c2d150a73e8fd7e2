/* The files of the folder, held against each other: results.csv has the rows that summary.csv counts, in its order. */
#include "experiment/statistics.h"
#include "results.h"
#include "table.h"
#include "text/words.h"
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double ns_per_ms = 1e6, ms_max = 9e9;

enum { SOLVES_MAX = 1 << 30 };

/* --- summary.csv --- */

enum {
    SUMMARY_SYSTEM,
    SUMMARY_SETTING,
    SUMMARY_LEVEL,
    SUMMARY_SOLVES,
    SUMMARY_PLACED,
    SUMMARY_PROVEN,
    SUMMARY_INFEASIBLE,
    SUMMARY_MEAN,
    SUMMARY_DEVIATION,
    SUMMARY_HALF_WIDTH,
    SUMMARY_QUANTILES,
    SUMMARY_PARTS = SUMMARY_QUANTILES + DCNN_RESULTS_QUANTILES,
    SUMMARY_HOPS = SUMMARY_PARTS + DCNN_PARTS,
    SUMMARY_UNITS,
    SUMMARY_USED,
    SUMMARY_COUNT
};

static const char *const summary_columns[SUMMARY_COUNT] = {
    "system",     "setting",     "layers_per_unit", "solves",  "placed",     "proven",
    "infeasible", "mean_ms",     "sd_ms",           "ci95_ms", "min_ms",     "q05_ms",
    "q25_ms",     "median_ms",   "q75_ms",          "q95_ms",  "max_ms",     "source_ms",
    "compute_ms", "transfer_ms", "sink_ms",         "hops",    "units_used", "units_used_by_type"};

static void read_ms(dcnn_table *t, int wanted, double *ns)
{
    double ms = 0;

    dcnn_table_real(t, wanted, 0, ms_max, &ms);
    *ns = ms * ns_per_ms;
}

static int type_of(dcnn_results *r, const char *name)
{
    int k = 0;

    while (k < r->type_count && strcmp(r->types[k], name) != 0) k++;
    if (k < r->type_count) return k;
    if (k == DCNN_RESULTS_TYPES_MAX) {
        r->more_types = true;
        return k - 1;
    }
    if (!(r->types[k] = dcnn_pool_text(r->pool, name))) return -1;
    r->type_count++;
    return k;
}

/* "stm32h7 2.0000;raspberry-pi-3b+ 5.1000" */
static void read_used(dcnn_results *r, dcnn_table *t, dcnn_group *g)
{
    char *list = dcnn_pool_text(r->pool, dcnn_table_text(t, SUMMARY_USED));

    if (!list) t->status = dcnn_fail_memory(t->err);
    for (char *at = list, *next; at && *at && !t->status; at = next) {
        char *space;
        double units = 0;
        int k;
        next = strchr(at, ';');
        if (next) *next++ = '\0';
        space = strrchr(at, ' ');
        if (!space || !dcnn_table_number(space + 1, 0, 1e9, &units)) {
            dcnn_table_expected(t, SUMMARY_USED, "types with their mean numbers, as in \"stm32h7 2;jetson 1.5\"");
            return;
        }
        *space = '\0';
        if ((k = type_of(r, at)) < 0)
            t->status = dcnn_fail_memory(t->err);
        else
            g->used[k] += units;
    }
}

static void read_counts(dcnn_table *t, dcnn_group *g)
{
    dcnn_table_whole(t, SUMMARY_SOLVES, 1, SOLVES_MAX, &g->solves);
    dcnn_table_whole(t, SUMMARY_PLACED, 0, g->solves, &g->placed);
    dcnn_table_whole(t, SUMMARY_PROVEN, 0, g->solves, &g->proven);
    dcnn_table_whole(t, SUMMARY_INFEASIBLE, 0, g->solves - g->placed, &g->infeasible);
}

static void read_figures(dcnn_table *t, dcnn_group *g)
{
    read_ms(t, SUMMARY_MEAN, &g->mean_ns);
    read_ms(t, SUMMARY_DEVIATION, &g->deviation_ns);
    read_ms(t, SUMMARY_HALF_WIDTH, &g->half_width_ns);
    for (int k = 0; k < DCNN_RESULTS_QUANTILES; k++) read_ms(t, SUMMARY_QUANTILES + k, &g->quantile_ns[k]);
    for (int k = 0; k < DCNN_PARTS; k++) read_ms(t, SUMMARY_PARTS + k, &g->part_ns[k]);
    dcnn_table_real(t, SUMMARY_HOPS, 0, 1e12, &g->hops);
    dcnn_table_real(t, SUMMARY_UNITS, 0, 1e9, &g->units);
}

static void read_group(dcnn_results *r, dcnn_table *t, dcnn_group *g)
{
    g->line = t->line;
    g->system = dcnn_pool_text(r->pool, dcnn_table_text(t, SUMMARY_SYSTEM));
    g->setting = dcnn_pool_text(r->pool, dcnn_table_text(t, SUMMARY_SETTING));
    g->level = dcnn_pool_text(r->pool, dcnn_table_text(t, SUMMARY_LEVEL));
    if (!g->system || !g->setting || !g->level) {
        t->status = dcnn_fail_memory(t->err);
        return;
    }
    read_counts(t, g);
    if (g->placed == 0 || t->status) return;
    read_figures(t, g);
    read_used(r, t, g);
}

static dcnn_status read_summary(dcnn_results *r, const char *path, dcnn_error *err)
{
    dcnn_group *groups = NULL;
    size_t room = 0;
    dcnn_table t;

    (void)dcnn_table_open(&t, path, summary_columns, SUMMARY_COUNT, err);
    while (!t.status && dcnn_table_next(&t)) {
        if (!dcnn_reserve((void **)&groups, &room, (size_t)r->group_count, sizeof *groups)) {
            t.status = dcnn_fail_memory(err);
            break;
        }
        groups[r->group_count] = (dcnn_group){0};
        read_group(r, &t, &groups[r->group_count++]);
    }
    if (!t.status && r->group_count == 0) t.status = dcnn_fail(err, DCNN_E_VALUE, path, "there are no rows");
    if (!t.status && !(r->groups = dcnn_pool_take(r->pool, (size_t)r->group_count, sizeof *groups)))
        t.status = dcnn_fail_memory(err);
    if (!t.status) memcpy(r->groups, groups, (size_t)r->group_count * sizeof *groups);
    free(groups);
    dcnn_table_close(&t);
    return t.status;
}

/* --- results.csv --- */

enum { RESULT_SYSTEM, RESULT_SETTING, RESULT_LEVEL, RESULT_VALUE, RESULT_BOUND, RESULT_COUNT };

static const char *const result_columns[RESULT_COUNT] = {"system", "setting", "layers_per_unit", "value_ns",
                                                         "bound_ns"};

static void check_name(dcnn_table *t, int wanted, const char *name, const dcnn_group *g)
{
    char quoted[DCNN_QUOTED_SIZE];

    if (strcmp(dcnn_table_text(t, wanted), name) != 0)
        dcnn_table_expected(t, wanted, "%s as in line %" PRId64 " of summary.csv", dcnn_quote(quoted, name), g->line);
}

/* A solve without a placement has no value. */
static void read_result(dcnn_table *t, dcnn_group *g, double *values, int64_t *placed)
{
    int64_t value_ns = 0, bound_ns = 0;

    check_name(t, RESULT_SYSTEM, g->system, g);
    check_name(t, RESULT_SETTING, g->setting, g);
    check_name(t, RESULT_LEVEL, strcmp(g->level, "any") == 0 ? "0" : g->level, g);
    if (!*dcnn_table_text(t, RESULT_VALUE)) return;
    dcnn_table_whole(t, RESULT_VALUE, 0, DCNN_COUNT_MAX, &value_ns);
    dcnn_table_whole(t, RESULT_BOUND, 0, DCNN_COUNT_MAX, &bound_ns);
    if (*placed == g->placed) {
        dcnn_table_expected(t, RESULT_VALUE, "no more than %" PRId64 " placed, as in line %" PRId64 " of summary.csv",
                            g->placed, g->line);
        return;
    }
    values[(*placed)++] = (double)value_ns;
    if (value_ns > bound_ns) g->largest_gap = fmax(g->largest_gap, (double)(value_ns - bound_ns) / (double)value_ns);
}

static dcnn_status missing_rows(const dcnn_table *t, const dcnn_group *g)
{
    return dcnn_fail(t->err, DCNN_E_VALUE, t->path, "there are fewer rows than line %" PRId64 " of summary.csv counts",
                     g->line);
}

/* The rows of one group. Counts are other people's: memory is taken as rows come in. */
static void read_values(dcnn_results *r, dcnn_table *t, dcnn_group *g)
{
    double *values = NULL;
    size_t room = 0;
    int64_t placed = 0;

    for (int64_t k = 0; k < g->solves && !t->status; k++) {
        if (!dcnn_reserve((void **)&values, &room, (size_t)placed, sizeof *values))
            t->status = dcnn_fail_memory(t->err);
        else if (dcnn_table_next(t))
            read_result(t, g, values, &placed);
        else if (!t->status)
            t->status = missing_rows(t, g);
    }
    if (!t->status && placed < g->placed) t->status = missing_rows(t, g);
    if (!t->status && !(g->value_ns = dcnn_pool_take(r->pool, (size_t)placed + 1, sizeof *values)))
        t->status = dcnn_fail_memory(t->err);
    if (!t->status && placed > 0) {
        memcpy(g->value_ns, values, (size_t)placed * sizeof *values);
        dcnn_sort(g->value_ns, placed);
    }
    free(values);
}

static dcnn_status read_results(dcnn_results *r, const char *path, dcnn_error *err)
{
    dcnn_table t;

    (void)dcnn_table_open(&t, path, result_columns, RESULT_COUNT, err);
    for (int g = 0; g < r->group_count && !t.status; g++) read_values(r, &t, &r->groups[g]);
    if (!t.status && dcnn_table_next(&t))
        dcnn_table_expected(&t, RESULT_SYSTEM, "no more rows than summary.csv counts");
    dcnn_table_close(&t);
    return t.status;
}

/* --- times.csv --- */

static dcnn_status read_times(dcnn_results *r, const char *path, dcnn_error *err)
{
    static const char *const columns[] = {"elapsed_s"};
    dcnn_table t;

    (void)dcnn_table_open(&t, path, columns, 1, err);
    for (int k = 0; k < r->group_count && !t.status; k++) {
        dcnn_group *g = &r->groups[k];
        if (!(g->elapsed_ns = dcnn_pool_take(r->pool, (size_t)g->solves, sizeof *g->elapsed_ns)))
            t.status = dcnn_fail_memory(err);
        for (int64_t s = 0; s < g->solves && !t.status; s++) {
            double elapsed_s = 0;
            if (dcnn_table_next(&t))
                dcnn_table_real(&t, 0, 0, 1e9, &elapsed_s);
            else if (!t.status)
                t.status = missing_rows(&t, g);
            g->elapsed_ns[s] = elapsed_s * 1e9;
        }
        if (!t.status) dcnn_sort(g->elapsed_ns, g->solves);
    }
    r->timed = true;
    dcnn_table_close(&t);
    return t.status;
}

/* --- panels --- */

static bool same_system(const dcnn_group *a, const dcnn_group *b)
{
    return strcmp(a->system, b->system) == 0;
}

int dcnn_results_levels(const dcnn_results *r, int first)
{
    const dcnn_group *g = &r->groups[first];
    int end = first + 1;

    while (end < r->group_count && same_system(g, &r->groups[end]) && strcmp(g->setting, r->groups[end].setting) == 0)
        end++;
    return end - first;
}

/* Settings at several numbers of layers per unit have a panel each; the others of a system share one after these. */
static dcnn_status make_panels(dcnn_results *r, dcnn_error *err)
{
    int *order = dcnn_pool_take(r->pool, (size_t)r->group_count, sizeof *order), used = 0;

    r->panels = dcnn_pool_take(r->pool, (size_t)r->group_count, sizeof *r->panels);
    if (!order || !r->panels) return dcnn_fail_memory(err);
    for (int first = 0, end; first < r->group_count; first = end) {
        int begin;
        for (end = first; end < r->group_count && same_system(&r->groups[first], &r->groups[end]);) {
            int count = dcnn_results_levels(r, end);
            if (count > 1) r->panels[r->panel_count++] = (dcnn_panel){count, order + used, true};
            for (int k = 0; k < count && count > 1; k++) order[used++] = end + k;
            end += count;
        }
        begin = used;
        for (int g = first; g < end; g += dcnn_results_levels(r, g))
            if (dcnn_results_levels(r, g) == 1) order[used++] = g;
        if (used > begin) r->panels[r->panel_count++] = (dcnn_panel){used - begin, order + begin, false};
    }
    return DCNN_OK;
}

/* --- all of it --- */

dcnn_status dcnn_results_lack(const char *directory, const char *name, dcnn_error *err)
{
    return dcnn_fail(err, DCNN_E_VALUE, directory,
                     "there is no %s: expected the folder of a complete experiment (dcnn experiment)", name);
}

static dcnn_status read_file(dcnn_results *r, const char *directory, const char *name, bool needed,
                             dcnn_status (*reader)(dcnn_results *, const char *, dcnn_error *), dcnn_error *err)
{
    dcnn_buf path = {0};
    dcnn_status status = DCNN_OK;

    dcnn_buf_format(&path, "%s/%s", directory, name);
    if (path.failed)
        status = dcnn_fail_memory(err);
    else if (access(path.data, F_OK) == 0)
        status = reader(r, path.data, err);
    else if (needed)
        status = dcnn_results_lack(directory, name, err);
    dcnn_buf_clear(&path);
    return status;
}

dcnn_status dcnn_results_read(dcnn_results *r, const char *directory, dcnn_error *err)
{
    dcnn_status status = read_file(r, directory, "summary.csv", true, read_summary, err);

    if (!status) status = read_file(r, directory, "results.csv", true, read_results, err);
    if (!status) status = read_file(r, directory, "times.csv", false, read_times, err);
    return status ? status : make_panels(r, err);
}
