/* Colours are those of the map and of the report: Okabe and Ito's ("Color universal design", 2008) and neighbours of
 * them, told apart by colour-blind eyes and, by their lightness, in grey. */
#include "experiment/plots_internal.h"
#include "experiment/statistics.h"
#include <string.h>

/* From the bottom of the stack to its top. */
static const struct {
    dcnn_part part;
    const char *colour;
} stack[DCNN_PARTS] = {{DCNN_PART_COMPUTE, "#aab4c0"},
                       {DCNN_PART_SOURCE, "#56b4e9"},
                       {DCNN_PART_TRANSFER, "#e69f00"},
                       {DCNN_PART_SINK, "#a8478a"}};

static const char *const type_colours[DCNN_TYPES_SHOWN] = {"#0072b2", "#e69f00", "#009e73", "#cc79a7",
                                                           "#56b4e9", "#8c564b", "#f0e442", "#b5bcc4"};

static const char box_colour[] = "#56b4e9", ink[] = "#1f2328";

/* Bars are drawn from the highest sum to the lowest, each in front of the one before: columns first, first + 1, ... */
static void plot_stack(dcnn_buf *out, const char *file, int index, int first, const dcnn_legend *legend, int count)
{
    for (int top = count - 1; top >= 0; top--) {
        dcnn_buf_format(out, "%s index %d using 0:(", top == count - 1 ? file : ", \\\n    ''", index);
        for (int k = 0; k <= top; k++) dcnn_buf_format(out, "%s$%d", k ? "+" : "", first + k);
        dcnn_buf_format(out, ") with boxes fillcolor rgb '%s'", legend[top].colour);
    }
}

/* --- latency and its parts --- */

static void latency_data(dcnn_buf *out, const dcnn_panels *panels, const dcnn_group *g)
{
    dcnn_figures t;

    (void)panels;
    if (!g) {
        dcnn_buf_text(out, " mean, half width of its 95 % confidence interval, means of");
        for (int k = 0; k < DCNN_PARTS; k++) dcnn_buf_format(out, " %s", dcnn_part_words[stack[k].part]);
        return;
    }
    t = dcnn_figures_of(g->value_ms, g->placed);
    dcnn_buf_format(out, " %.6f %.6f", t.mean, t.ci95);
    for (int k = 0; k < DCNN_PARTS; k++) dcnn_buf_format(out, " %.6f", g->part_ms[stack[k].part]);
}

static void latency_span(const dcnn_group *g, double *least, double *most)
{
    dcnn_figures t = dcnn_figures_of(g->value_ms, g->placed);

    *least = 0;
    *most = t.mean + t.ci95;
}

static int latency_legend(const dcnn_panels *panels, dcnn_legend legend[DCNN_LEGEND_MAX])
{
    (void)panels;
    for (int k = 0; k < DCNN_PARTS; k++) legend[k] = (dcnn_legend){dcnn_part_words[stack[k].part], stack[k].colour};
    return DCNN_PARTS;
}

static void latency_plot(dcnn_buf *out, const dcnn_panels *panels, int index)
{
    dcnn_legend legend[DCNN_LEGEND_MAX];

    plot_stack(out, "'latency.dat'", index, 4, legend, latency_legend(panels, legend));
    dcnn_buf_format(
        out,
        ", \\\n    '' index %d using 0:($2-$3):(0):(2*$3) with vectors heads size graph 0.012,90 fixed linecolor "
        "rgb '%s' linewidth 1.3",
        index, ink);
}

/* --- quantiles --- */

static void add_quantiles(dcnn_buf *out, const double *ascending, int64_t count)
{
    dcnn_figures figures = dcnn_figures_of(ascending, count);

    for (int q = 0; q < DCNN_QUANTILES; q++) dcnn_buf_format(out, " %.6f", figures.quantile[q]);
}

static void add_quantile_heads(dcnn_buf *out)
{
    for (int q = 0; q < DCNN_QUANTILES; q++) dcnn_buf_format(out, " %g %%", 100 * dcnn_quantile_shares[q]);
}

static int no_legend(const dcnn_panels *panels, dcnn_legend legend[DCNN_LEGEND_MAX])
{
    (void)panels;
    (void)legend;
    return 0;
}

/* The columns 2 .. 8 as a box with whiskers, median and ends. */
static void plot_boxes(dcnn_buf *out, const char *file, int index)
{
    dcnn_buf_format(
        out,
        "%s index %d using 0:4:3:7:6 with candlesticks whiskerbars 0.5 fillcolor rgb '%s' fillstyle solid 1 "
        "border linecolor rgb '%s', \\\n"
        "    '' index %d using ($0-0.31):5:(0.62):(0) with vectors nohead linecolor rgb '%s' linewidth 2, "
        "\\\n",
        file, index, box_colour, ink, index, ink);
    dcnn_buf_format(out,
                    "    '' index %d using 0:2 with points pointtype 7 pointsize 0.35 linecolor rgb '%s', \\\n"
                    "    '' index %d using 0:8 with points pointtype 7 pointsize 0.35 linecolor rgb '%s'",
                    index, ink, index, ink);
}

static void spread_data(dcnn_buf *out, const dcnn_panels *panels, const dcnn_group *g)
{
    (void)panels;
    if (g)
        add_quantiles(out, g->value_ms, g->placed);
    else
        add_quantile_heads(out);
}

static void spread_span(const dcnn_group *g, double *least, double *most)
{
    *least = g->value_ms[0];
    *most = g->value_ms[g->placed - 1];
}

static void spread_plot(dcnn_buf *out, const dcnn_panels *panels, int index)
{
    (void)panels;
    plot_boxes(out, "'spread.dat'", index);
}

/* --- units --- */

static void units_data(dcnn_buf *out, const dcnn_panels *panels, const dcnn_group *g)
{
    double used[DCNN_TYPES_SHOWN + 1] = {0};

    for (int t = 0; g && t < g->type_count; t++) used[dcnn_panels_type(panels, g->type[t])] += g->used[t];
    for (int k = 0; k < panels->type_count; k++)
        if (g)
            dcnn_buf_format(out, " %.4f", used[k]);
        else
            dcnn_buf_format(out, "%s %s", k ? "," : "", panels->type[k]);
}

static void units_span(const dcnn_group *g, double *least, double *most)
{
    *least = *most = 0;
    for (int t = 0; t < g->type_count; t++) *most += g->used[t];
}

static int units_legend(const dcnn_panels *panels, dcnn_legend legend[DCNN_LEGEND_MAX])
{
    for (int k = 0; k < panels->type_count; k++) legend[k] = (dcnn_legend){panels->type[k], type_colours[k]};
    return panels->type_count;
}

static void units_plot(dcnn_buf *out, const dcnn_panels *panels, int index)
{
    dcnn_legend legend[DCNN_LEGEND_MAX];

    plot_stack(out, "'units.dat'", index, 2, legend, units_legend(panels, legend));
}

/* --- solve time: seconds in the rows, and milliseconds of at least a microsecond on the logarithmic axis --- */

static double on_axis(double elapsed_s)
{
    return elapsed_s > 1e-6 ? 1e3 * elapsed_s : 1e-3;
}

static void time_data(dcnn_buf *out, const dcnn_panels *panels, const dcnn_group *g)
{
    dcnn_figures figures;

    (void)panels;
    if (!g) {
        add_quantile_heads(out);
        return;
    }
    figures = dcnn_figures_of(g->elapsed_s, g->solves);
    for (int q = 0; q < DCNN_QUANTILES; q++) dcnn_buf_format(out, " %.6f", on_axis(figures.quantile[q]));
}

static void time_span(const dcnn_group *g, double *least, double *most)
{
    *least = on_axis(g->elapsed_s[0]);
    *most = on_axis(g->elapsed_s[g->solves - 1]);
}

static void time_plot(dcnn_buf *out, const dcnn_panels *panels, int index)
{
    (void)panels;
    plot_boxes(out, "'solve-time.dat'", index);
}

static const char latency_title[] =
    "Latency by part: means over the draws; whiskers: 95 % confidence interval of the mean";
static const char spread_title[] =
    "Latency over the draws; box: 25 to 75 %, line: median, whiskers: 5 and 95 %, dots: least and most";
static const char units_title[] = "Units that run a layer: means over the draws";
static const char time_title[] =
    "Time of a solve; box: 25 to 75 %, line: median, whiskers: 5 and 95 %, dots: least and most";

const dcnn_picture dcnn_pictures[DCNN_PICTURES] = {
    {"latency", latency_title, "latency (ms)", true, false, latency_data, latency_span, latency_plot, latency_legend},
    {"spread", spread_title, "latency (ms)", true, false, spread_data, spread_span, spread_plot, no_legend},
    {"units", units_title, "units", true, false, units_data, units_span, units_plot, units_legend},
    {"solve-time", time_title, "solve time (ms)", false, true, time_data, time_span, time_plot, no_legend}};
