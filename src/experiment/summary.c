#include "experiment/summary.h"
#include "experiment/files.h"
#include "experiment/markdown.h"
#include "experiment/statistics.h"
#include <inttypes.h>

/* --- summary.csv --- */

static const char csv_head[] =
    "system,setting,layers_per_unit,solves,placed,proven,infeasible,mean_ms,sd_ms,ci95_ms,min_ms,q05_ms,q25_ms,"
    "median_ms,q75_ms,q95_ms,max_ms,source_ms,compute_ms,transfer_ms,sink_ms,hops,units_used,units_used_by_type,"
    "tt_ms,tt_sd_ms,tp_ms,tp_sd_ms,worst_gap\n";

static const char times_head[] =
    "system,setting,layers_per_unit,solves,mean_s,sd_s,min_s,q05_s,q25_s,median_s,q75_s,q95_s,max_s\n";

enum { FIGURES_AFTER_COUNTS = 22 };

static void add_names(dcnn_buf *csv, const dcnn_group *g)
{
    char layers[16];

    dcnn_group_layers(g, layers);
    dcnn_buf_format(csv, "%s,%s,%s", g->system->name, g->setting->name, layers);
}

static double units_used(const dcnn_group *g)
{
    double all = 0;

    for (int t = 0; t < g->type_count; t++) all += g->used[t];
    return all;
}

/* "stm32h7 2.5;raspberry-pi-3b+ 5", with another separator and other decimals for people. */
static void add_types(dcnn_buf *out, const dcnn_group *g, const char *between, int decimals)
{
    const char *separator = "";

    for (int t = 0; t < g->type_count; t++) {
        if (g->used[t] == 0) continue;
        dcnn_buf_format(out, "%s%s %.*f", separator, g->type[t], decimals, g->used[t]);
        separator = between;
    }
}

static void add_csv(dcnn_buf *csv, const dcnn_group *g)
{
    dcnn_figures t, tt, tp;

    add_names(csv, g);
    dcnn_buf_format(csv, ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64, g->solves, g->placed, g->proven,
                    g->infeasible);
    if (g->placed == 0) {
        for (int k = 0; k < FIGURES_AFTER_COUNTS; k++) dcnn_buf_text(csv, ",");
        dcnn_buf_text(csv, "\n");
        return;
    }
    t = dcnn_figures_of(g->value_ms, g->placed);
    tt = dcnn_figures_of(g->moved_ms, g->placed);
    tp = dcnn_figures_of(g->computed_ms, g->placed);
    dcnn_buf_format(csv, ",%.6f,%.6f,%.6f", t.mean, t.sd, t.ci95);
    for (int q = 0; q < DCNN_QUANTILES; q++) dcnn_buf_format(csv, ",%.6f", t.quantile[q]);
    for (int part = 0; part < DCNN_PARTS; part++) dcnn_buf_format(csv, ",%.6f", g->part_ms[part]);
    dcnn_buf_format(csv, ",%.4f,%.4f,", g->hops, units_used(g));
    add_types(csv, g, ";", 4);
    dcnn_buf_format(csv, ",%.6f,%.6f,%.6f,%.6f,%.3g\n", tt.mean, tt.sd, tp.mean, tp.sd, g->worst_gap);
}

/* --- tables --- */

enum { NAME_COLUMNS = 3 };

typedef struct {
    const char *title;
    bool of_placed; /* dashes stand where nothing was placed */
    int count;
    dcnn_markdown_column columns[DCNN_QUANTILES];
    void (*add)(dcnn_markdown *table, const dcnn_group *g); /* the cells of a row behind its names */
} section;

static void add_latency(dcnn_markdown *table, const dcnn_group *g)
{
    dcnn_figures t = dcnn_figures_of(g->value_ms, g->placed);
    dcnn_figures tt = dcnn_figures_of(g->moved_ms, g->placed);
    dcnn_figures tp = dcnn_figures_of(g->computed_ms, g->placed);

    dcnn_markdown_figures(table, "%.3f ± %.3f", t.mean, t.sd);
    dcnn_markdown_figures(table, "%.3f", t.ci95);
    dcnn_markdown_figures(table, "%.3f ± %.3f", tt.mean, tt.sd);
    dcnn_markdown_figures(table, "%.3f ± %.3f", tp.mean, tp.sd);
}

static void add_quantiles(dcnn_markdown *table, const dcnn_group *g)
{
    dcnn_figures t = dcnn_figures_of(g->value_ms, g->placed);

    for (int q = 0; q < DCNN_QUANTILES; q++) dcnn_markdown_figures(table, "%.3f", t.quantile[q]);
}

static void add_use(dcnn_markdown *table, const dcnn_group *g)
{
    dcnn_buf types = {0};

    dcnn_buf_text(&types, "");
    add_types(&types, g, ", ", 2);
    dcnn_markdown_figures(table, "%.2f", units_used(g));
    if (types.failed)
        table->failed = true;
    else
        dcnn_markdown_text(table, types.data);
    dcnn_markdown_figures(table, "%.2f", g->hops);
    dcnn_markdown_figures(table, "%" PRId64 "/%" PRId64, g->proven + g->infeasible, g->solves);
    dcnn_markdown_figures(table, "%.3g %%", 100 * g->worst_gap);
    dcnn_buf_clear(&types);
}

static void add_times(dcnn_markdown *table, const dcnn_group *g)
{
    dcnn_figures times = dcnn_figures_of(g->elapsed_s, g->solves);

    dcnn_markdown_figures(table, "%.3f ± %.3f", 1e3 * times.mean, 1e3 * times.sd);
    for (int q = DCNN_QUANTILES / 2; q < DCNN_QUANTILES; q++)
        dcnn_markdown_figures(table, "%.3f", 1e3 * times.quantile[q]);
}

static const section latency = {"Latency in ms, mean ± standard deviation of the draws that could be placed: t = tt + "
                                "tp, all, transfers and\nprocessing. ± 95 %: half width of the confidence interval of "
                                "the mean of t. L: most layers a unit runs.\n\n",
                                true,
                                4,
                                {{"t", true}, {"± 95 %", true}, {"tt", true}, {"tp", true}},
                                add_latency};
static const section spread = {
    "\nSpread of t over the draws, in ms.\n\n",
    true,
    DCNN_QUANTILES,
    {{"least", true}, {"5 %", true}, {"25 %", true}, {"median", true}, {"75 %", true}, {"95 %", true}, {"most", true}},
    add_quantiles};
static const section use = {"\nUnits that run a layer and links that data crosses, means; how many solves were proven, "
                            "and the worst gap.\n\n",
                            false,
                            5,
                            {{"units", true}, {"by type", false}, {"hops", true}, {"proven", true}, {"gap", true}},
                            add_use};
static const section solving = {"Time of a solve in ms; no two runs have it in common.\n\n",
                                false,
                                5,
                                {{"mean ± sd", true}, {"median", true}, {"75 %", true}, {"95 %", true}, {"most", true}},
                                add_times};

static void add_section(dcnn_buf *out, const dcnn_groups *groups, const section *s)
{
    dcnn_markdown_column columns[NAME_COLUMNS + DCNN_QUANTILES] = {{"system", false}, {"setting", false}, {"L", true}};
    dcnn_markdown table = {.columns = columns, .column_count = NAME_COLUMNS + s->count};
    char layers[16];

    for (int c = 0; c < s->count; c++) columns[NAME_COLUMNS + c] = s->columns[c];
    for (int k = 0; k < groups->count; k++) {
        const dcnn_group *g = &groups->group[k];
        dcnn_group_layers(g, layers);
        dcnn_markdown_text(&table, g->system->name);
        dcnn_markdown_text(&table, g->setting->name);
        dcnn_markdown_text(&table, layers);
        if (g->placed > 0 || !s->of_placed)
            s->add(&table, g);
        else
            for (int c = 0; c < s->count; c++) dcnn_markdown_text(&table, "-");
    }
    dcnn_buf_text(out, s->title);
    dcnn_markdown_end(&table, out);
}

/* Says of settings with switches that their figures are not what the paper defines. */
static void add_switches(dcnn_buf *out, const dcnn_plan *plan)
{
    for (int t = 0; t < plan->setting_count; t++) {
        const dcnn_plan_setting *setting = &plan->settings[t];
        const char *before = ": ";
        if (!setting->compat) continue;
        dcnn_buf_format(out, "\n\"%s\" shows published behaviour", setting->name);
        for (int k = 0; k < DCNN_COMPAT_COUNT; k++) {
            if (!(setting->compat >> k & 1)) continue;
            dcnn_buf_format(out, "%s%s", before, dcnn_compat_words[k]);
            before = ", ";
        }
        dcnn_buf_text(out, ".\n");
    }
}

/* --- files --- */

static void add_times_csv(dcnn_buf *csv, const dcnn_group *g)
{
    dcnn_figures times = dcnn_figures_of(g->elapsed_s, g->solves);

    add_names(csv, g);
    dcnn_buf_format(csv, ",%" PRId64 ",%.6f,%.6f", g->solves, times.mean, times.sd);
    for (int q = 0; q < DCNN_QUANTILES; q++) dcnn_buf_format(csv, ",%.6f", times.quantile[q]);
    dcnn_buf_text(csv, "\n");
}

dcnn_status dcnn_summary_write(const dcnn_groups *groups, const char *directory, dcnn_error *err)
{
    dcnn_buf csv = {0}, tables = {0}, times_csv = {0}, times_table = {0};
    dcnn_status status;

    dcnn_buf_text(&csv, csv_head);
    dcnn_buf_text(&times_csv, times_head);
    for (int k = 0; k < groups->count; k++) {
        add_csv(&csv, &groups->group[k]);
        add_times_csv(&times_csv, &groups->group[k]);
    }
    add_section(&tables, groups, &latency);
    add_section(&tables, groups, &spread);
    add_section(&tables, groups, &use);
    add_switches(&tables, groups->plan);
    add_section(&times_table, groups, &solving);
    status = dcnn_folder_save(directory, "summary.csv", &csv, err);
    if (!status) status = dcnn_folder_save(directory, "summary.md", &tables, err);
    if (!status) status = dcnn_folder_save(directory, "times_summary.csv", &times_csv, err);
    if (!status) status = dcnn_folder_save(directory, "times_summary.md", &times_table, err);
    dcnn_buf_clear(&csv);
    dcnn_buf_clear(&tables);
    dcnn_buf_clear(&times_csv);
    dcnn_buf_clear(&times_table);
    return status;
}
