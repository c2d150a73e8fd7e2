#include "experiment/statistics.h"
#include <dcnn/file.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPES_MAX = 32, PARTS = 4 };

/* One type of unit and how often it is used, over all placements of a group. */
typedef struct {
    char name[64];
    int64_t units;
} type_use;

/* The rows of one system, setting and number of layers per unit. */
typedef struct {
    const char *system, *setting; /* of the plan */
    int layers_per_unit;
    int solves, proven, infeasible, placed;
    double *value_ms; /* [placed] sorted */
    double part_ms[PARTS], hops;
    type_use types[TYPES_MAX];
    int type_count;
} group;

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

static void count_types(group *g, char *used)
{
    for (char *at = used, *end; *at; at = end ? end + 1 : at + strlen(at)) {
        char *space;
        int k = 0;
        end = strchr(at, ';');
        if (end) *end = '\0';
        if (!(space = strrchr(at, ' '))) return;
        *space = '\0';
        while (k < g->type_count && strncmp(g->types[k].name, at, sizeof g->types[k].name - 1) != 0) k++;
        if (k == TYPES_MAX) return;
        if (k == g->type_count) {
            g->types[k] = (type_use){.units = 0};
            strncpy(g->types[k].name, at, sizeof g->types[k].name - 1);
            g->type_count++;
        }
        g->types[k].units += strtoll(space + 1, NULL, 10);
    }
}

static void add(group *g, char *field[DCNN_COLUMN_COUNT])
{
    g->solves++;
    g->proven += strcmp(field[DCNN_COLUMN_PROOF], "optimal") == 0;
    g->infeasible += strcmp(field[DCNN_COLUMN_PROOF], "infeasible") == 0;
    if (!*field[DCNN_COLUMN_VALUE_NS]) return;
    g->value_ms[g->placed++] = to_ms(field[DCNN_COLUMN_VALUE_NS]);
    for (int part = 0; part < PARTS; part++) g->part_ms[part] += to_ms(field[DCNN_COLUMN_SOURCE_NS + part]);
    g->hops += strtod(field[DCNN_COLUMN_HOPS], NULL);
    count_types(g, field[DCNN_COLUMN_USED]);
}

/* --- figures --- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double mean_of(const group *g)
{
    double sum = 0;

    for (int k = 0; k < g->placed; k++) sum += g->value_ms[k];
    return sum / g->placed;
}

static double deviation_of(const group *g, double mean)
{
    double sum = 0;

    for (int k = 0; k < g->placed; k++) sum += (g->value_ms[k] - mean) * (g->value_ms[k] - mean);
    return g->placed > 1 ? sqrt(sum / (g->placed - 1)) : 0;
}

void dcnn_sort(double *values, int64_t count)
{
    qsort(values, (size_t)count, sizeof *values, ascending);
}

double dcnn_quantile(const double *ascending, int64_t count, double share)
{
    double at = share * (double)(count - 1);
    int64_t below = (int64_t)at;

    if (below + 1 >= count) return ascending[count - 1];
    return ascending[below] + (at - (double)below) * (ascending[below + 1] - ascending[below]);
}

/* 97.5 % quantile of Student's t: exact for 1 and 2 degrees of freedom, else Fisher's expansion (Abramowitz and Stegun
 * 1964, 26.7.5), which is 0.02 off at worst. */
static double student(int freedom)
{
    static const double z = 1.959963984540054;
    double n = freedom, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;

    if (freedom < 1) return 0;
    if (freedom == 1) return 12.706204736;
    if (freedom == 2) return 4.302652730;
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

/* --- output --- */

static const char csv_head[] =
    "system,setting,layers_per_unit,solves,placed,proven,infeasible,mean_ms,sd_ms,ci95_ms,min_ms,q05_ms,q25_ms,"
    "median_ms,q75_ms,q95_ms,max_ms,source_ms,compute_ms,transfer_ms,sink_ms,hops,units_used,units_used_by_type\n";
/* Columns wide enough for the plan's names, so that the table reads well in a terminal too. */
typedef struct {
    dcnn_buf out;
    int system, setting;
} markdown;

static int wider(int width, const char *name)
{
    return (int)strlen(name) > width ? (int)strlen(name) : width;
}

static void add_dashes(dcnn_buf *out, int count)
{
    while (count-- > 0) dcnn_buf_text(out, "-");
}

static void begin_markdown(markdown *table, const dcnn_plan *plan)
{
    table->system = (int)strlen("system");
    table->setting = (int)strlen("setting");
    for (int s = 0; s < plan->system_count; s++) table->system = wider(table->system, plan->systems[s].name);
    for (int t = 0; t < plan->setting_count; t++) table->setting = wider(table->setting, plan->settings[t].name);
    dcnn_buf_format(&table->out, "| %-*s | %-*s |   L |      mean ± sd in ms | ± 95 %% | units |  hops |   proven |\n|",
                    table->system, "system", table->setting, "setting");
    add_dashes(&table->out, table->system + 2);
    dcnn_buf_text(&table->out, "|");
    add_dashes(&table->out, table->setting + 2);
    dcnn_buf_text(&table->out, "|----:|---------------------:|-------:|------:|------:|---------:|\n");
}

static void add_figures(dcnn_buf *csv, const group *g, double mean, double deviation, double half_width)
{
    static const double shares[] = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

    dcnn_buf_format(csv, ",%.6f,%.6f,%.6f", mean, deviation, half_width);
    for (size_t k = 0; k < sizeof shares / sizeof shares[0]; k++)
        dcnn_buf_format(csv, ",%.6f", dcnn_quantile(g->value_ms, g->placed, shares[k]));
    for (int part = 0; part < PARTS; part++) dcnn_buf_format(csv, ",%.6f", g->part_ms[part] / g->placed);
    dcnn_buf_format(csv, ",%.4f", g->hops / g->placed);
}

static double add_types(dcnn_buf *csv, const group *g)
{
    int64_t all = 0;

    for (int k = 0; k < g->type_count; k++) all += g->types[k].units;
    dcnn_buf_format(csv, ",%.4f,", (double)all / g->placed);
    for (int k = 0; k < g->type_count; k++)
        dcnn_buf_format(csv, "%s%s %.4f", k ? ";" : "", g->types[k].name, (double)g->types[k].units / g->placed);
    return (double)all / g->placed;
}

static void add_group(dcnn_buf *csv, markdown *table, group *g)
{
    char layers[16] = "any";
    double mean, deviation, half_width, units;

    if (g->layers_per_unit > 0) (void)snprintf(layers, sizeof layers, "%d", g->layers_per_unit);
    dcnn_buf_format(csv, "%s,%s,%s,%d,%d,%d,%d", g->system, g->setting, layers, g->solves, g->placed, g->proven,
                    g->infeasible);
    dcnn_buf_format(&table->out, "| %-*s | %-*s | %3s |", table->system, g->system, table->setting, g->setting, layers);
    if (g->placed == 0) {
        dcnn_buf_text(csv, ",,,,,,,,,,,,,,,,,\n");
        dcnn_buf_format(&table->out, " %20s | %6s | %5s | %5s | %4d/%-4d |\n", "-", "-", "-", "-",
                        g->proven + g->infeasible, g->solves);
        return;
    }
    dcnn_sort(g->value_ms, g->placed);
    mean = mean_of(g);
    deviation = deviation_of(g, mean);
    half_width = student(g->placed - 1) * deviation / sqrt(g->placed);
    add_figures(csv, g, mean, deviation, half_width);
    units = add_types(csv, g);
    dcnn_buf_text(csv, "\n");
    dcnn_buf_format(&table->out, " %10.3f ± %7.3f | %6.3f | %5.2f | %5.2f | %4d/%-4d |\n", mean, deviation, half_width,
                    units, g->hops / g->placed, g->proven + g->infeasible, g->solves);
}

/* --- groups: rows come in the plan's order, so those of a group stand together --- */

static bool belongs(const group *g, const dcnn_plan_solve *solve)
{
    return g->solves > 0 && strcmp(g->system, solve->system->name) == 0 &&
           strcmp(g->setting, solve->setting->name) == 0 && g->layers_per_unit == solve->layers_per_unit;
}

static void begin(group *g, const dcnn_plan_solve *solve)
{
    double *values = g->value_ms;

    *g = (group){.value_ms = values,
                 .system = solve->system->name,
                 .setting = solve->setting->name,
                 .layers_per_unit = solve->layers_per_unit};
}

static dcnn_status add_groups(const dcnn_rows *rows, group *g, dcnn_buf *csv, markdown *table, dcnn_error *err)
{
    char *field[DCNN_COLUMN_COUNT];

    dcnn_buf_text(csv, csv_head);
    begin_markdown(table, rows->plan);
    for (int64_t k = 0; k < rows->plan->solve_count; k++) {
        dcnn_plan_solve solve = dcnn_plan_at(rows->plan, k);
        dcnn_buf row = {0};
        dcnn_buf_text(&row, rows->text[k]);
        if (row.failed) return dcnn_fail_memory(err);
        if (!cut(row.data, field)) {
            dcnn_buf_clear(&row);
            return dcnn_fail(err, DCNN_E_VALUE, "journal", "a line is damaged");
        }
        if (!belongs(g, &solve)) {
            if (g->solves > 0) add_group(csv, table, g);
            begin(g, &solve);
        }
        add(g, field);
        dcnn_buf_clear(&row);
    }
    add_group(csv, table, g);
    return csv->failed || table->out.failed ? dcnn_fail_memory(err) : DCNN_OK;
}

static dcnn_status save(const dcnn_buf *text, const char *directory, const char *name, dcnn_error *err)
{
    dcnn_buf path = {0};
    dcnn_status status;

    dcnn_buf_format(&path, "%s/%s", directory, name);
    status = path.failed ? dcnn_fail_memory(err) : dcnn_file_save(path.data, text->data, text->size, err);
    dcnn_buf_clear(&path);
    return status;
}

dcnn_status dcnn_statistics_write(const dcnn_rows *rows, const char *directory, dcnn_error *err)
{
    group g = {.value_ms = dcnn_take((size_t)rows->plan->solve_count, sizeof *g.value_ms)};
    dcnn_buf csv = {0};
    markdown table = {0};
    dcnn_status status = g.value_ms ? add_groups(rows, &g, &csv, &table, err) : dcnn_fail_memory(err);

    if (!status) status = save(&csv, directory, "summary.csv", err);
    if (!status) status = save(&table.out, directory, "summary.md", err);
    dcnn_buf_clear(&csv);
    dcnn_buf_clear(&table.out);
    free(g.value_ms);
    return status;
}
