/* Latencies: for each setting columns over the layers per unit, split into parts; bars for settings with one number of
 * them; and all figures in a table. */
#include "chart.h"
#include "report/axis.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { COLUMNS_LEFT = 58, COLUMNS_TOP = 24, COLUMNS_HEIGHT = 180, COLUMN_MAX = 54, TICKS = 5 };
enum { ROWS_TOP = 6, ROW = 28, BAR = 16, VALUE_ROOM = 70 };

static const char *const part_class[DCNN_PARTS] = {"part-source", "part-compute", "part-transfer", "part-exit"};
static const char *const part_name[DCNN_PARTS] = {"source", "compute", "transfer", "exit"};

/* --- charts --- */

static double highest_of(const dcnn_results *r, const dcnn_panel *panel)
{
    double highest = 1;

    for (int k = 0; k < panel->count; k++) {
        const dcnn_group *g = &r->groups[panel->groups[k]];
        highest = fmax(highest, g->mean_ns + g->half_width_ns);
    }
    return highest;
}

/* The mean of a group from `from` on, part by part; upwards or to the right. */
static void write_stack(const dcnn_group *g, double from, double px_per_ns, double across, double thick, bool upwards,
                        dcnn_buf *out)
{
    double at = 0;

    for (int k = 0; k < DCNN_PARTS; k++) {
        double size = g->part_ns[k] * px_per_ns;
        if (size <= 0) continue;
        if (upwards)
            dcnn_chart_rect(out, part_class[k], across, from - at - size, thick, size);
        else
            dcnn_chart_rect(out, part_class[k], from + at, across, size, thick);
        at += size;
    }
}

static void write_value(const dcnn_group *g, const char *anchor, double x, double y, dcnn_buf *out)
{
    dcnn_chart_text(out, "strong", anchor, x, y);
    if (g->placed > 0)
        dcnn_markup_ns(out, (int64_t)g->mean_ns);
    else
        dcnn_buf_text(out, "none");
    dcnn_chart_text_end(out);
}

static void write_interval(double middle, double top, double foot, const char *class, dcnn_buf *out)
{
    dcnn_chart_line(out, class, middle, top, middle, foot);
    dcnn_chart_line(out, class, middle - 4, top, middle + 4, top);
    dcnn_chart_line(out, class, middle - 4, foot, middle + 4, foot);
}

static void write_column(const dcnn_results *r, int number, double middle, double thick, double px_per_ns, bool named,
                         dcnn_buf *out)
{
    const dcnn_group *g = &r->groups[number];
    double ground = COLUMNS_TOP + COLUMNS_HEIGHT, top = ground - (g->mean_ns + g->half_width_ns) * px_per_ns;
    double foot = ground - (g->mean_ns - g->half_width_ns) * px_per_ns;

    dcnn_chart_group(r, number, out);
    write_stack(g, ground, px_per_ns, middle - thick / 2, thick, true, out);
    if (g->half_width_ns > 0) {
        write_interval(middle, top, fmin(foot, ground), "halo", out);
        write_interval(middle, top, fmin(foot, ground), "whisker", out);
    }
    if (named) write_value(g, "middle", middle, top - 5, out);
    if (named || thick >= 8) {
        dcnn_chart_text(out, "soft", "middle", middle, ground + 16);
        dcnn_markup_text(out, g->level);
        dcnn_chart_text_end(out);
    }
    dcnn_chart_group_end(out);
}

static void write_columns(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    double highest = highest_of(r, panel), ground = COLUMNS_TOP + COLUMNS_HEIGHT;
    int64_t step = dcnn_axis_step((int64_t)highest + 1, TICKS), end = ((int64_t)highest / step + 1) * step;
    double px_per_ns = COLUMNS_HEIGHT / (double)end;
    double pitch = (DCNN_CHART_WIDTH - COLUMNS_LEFT - DCNN_CHART_RIM) / (double)panel->count;

    dcnn_chart_begin(out, ground + 40);
    for (int64_t at = 0; at <= end; at += step) {
        double y = ground - (double)at * px_per_ns;
        dcnn_chart_line(out, at == 0 ? "axis" : "grid", COLUMNS_LEFT - 4, y, DCNN_CHART_WIDTH, y);
        dcnn_chart_text(out, "soft", "end", COLUMNS_LEFT - 8, y + 4);
        dcnn_axis_label(out, at, end);
        dcnn_chart_text_end(out);
    }
    dcnn_buf_text(out, "\n");
    for (int k = 0; k < panel->count; k++)
        write_column(r, panel->groups[k], COLUMNS_LEFT + pitch * (k + 0.5), fmin(0.6 * pitch, COLUMN_MAX), px_per_ns,
                     pitch >= 44, out);
    dcnn_chart_text(out, "soft", "middle", (COLUMNS_LEFT + DCNN_CHART_WIDTH) / 2.0, ground + 34);
    dcnn_buf_text(out, "layers per unit");
    dcnn_chart_text_end(out);
    dcnn_chart_end(out);
}

static void write_bars(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    double left = dcnn_rows_left(panel), width = DCNN_CHART_WIDTH - left - VALUE_ROOM;
    dcnn_scale scale = dcnn_scale_of(0, highest_of(r, panel), false, left, width);
    double bottom = ROWS_TOP + panel->count * ROW + 2, px_per_ns = width / (scale.to - scale.from);

    dcnn_chart_begin(out, bottom + 22);
    dcnn_scale_write(out, &scale, ROWS_TOP, bottom);
    for (int k = 0; k < panel->count; k++) {
        const dcnn_group *g = &r->groups[panel->groups[k]];
        double top = ROWS_TOP + k * ROW + (ROW - BAR) / 2.0, middle = top + BAR / 2.0;
        double low = dcnn_scale_at(&scale, g->mean_ns - g->half_width_ns);
        double high = dcnn_scale_at(&scale, g->mean_ns + g->half_width_ns);
        dcnn_chart_group(r, panel->groups[k], out);
        dcnn_rows_label(r, panel, panel->groups[k], middle + 4, out);
        write_stack(g, left, px_per_ns, top, BAR, false, out);
        if (high - low > 1) dcnn_chart_line(out, "halo", low, middle, high, middle);
        if (high - low > 1) dcnn_chart_line(out, "whisker", low, middle, high, middle);
        write_value(g, "start", high + 6, middle + 4, out);
        dcnn_chart_group_end(out);
    }
    dcnn_chart_end(out);
}

static void write_panel(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    if (panel->levels)
        write_columns(r, panel, out);
    else
        write_bars(r, panel, out);
}

static void write_legend(dcnn_buf *out)
{
    dcnn_buf_text(out, "<p class=\"legend\">");
    for (int k = 0; k < DCNN_PARTS; k++)
        dcnn_buf_format(out, "<span><span class=\"swatch %s\"></span>%s</span>", part_class[k], part_name[k]);
    dcnn_buf_text(out, "<span><svg class=\"key\" viewBox=\"0 0 14 12\" width=\"14\" height=\"12\" aria-hidden=\"true\">"
                       "<path class=\"whisker\" d=\"M7 1V11M3 1H11M3 11H11\"/></svg>95 % confidence interval of the "
                       "mean</span></p>\n");
}

/* --- table --- */

static void write_ms(dcnn_buf *out, double ns)
{
    int64_t us = (int64_t)llround(ns / 1000);

    dcnn_buf_format(out, "%" PRId64 ".%03" PRId64, us / 1000, us % 1000);
}

/* With two decimals always, so that a column is read at a glance. */
static void write_mean(dcnn_buf *out, double number)
{
    int64_t hundredths = (int64_t)llround(number * 100);

    dcnn_buf_format(out, "%" PRId64 ".%02" PRId64, hundredths / 100, hundredths % 100);
}

static void write_figures(const dcnn_group *g, dcnn_buf *out)
{
    static const char next[] = "</td><td class=\"figure\">";

    write_ms(out, g->mean_ns);
    dcnn_buf_text(out, " \xC2\xB1 ");
    write_ms(out, g->deviation_ns);
    dcnn_buf_text(out, next);
    dcnn_buf_text(out, "\xC2\xB1 ");
    write_ms(out, g->half_width_ns);
    for (int k = 0; k < DCNN_PARTS; k++) {
        dcnn_buf_text(out, next);
        write_ms(out, g->part_ns[k]);
    }
    dcnn_buf_text(out, next);
    write_mean(out, g->hops);
    dcnn_buf_text(out, next);
    write_mean(out, g->units);
}

static void write_row(const dcnn_results *r, int number, int rows, dcnn_buf *out)
{
    const dcnn_group *g = &r->groups[number];
    int64_t known = g->proven + g->infeasible;

    dcnn_buf_format(out, "<tr class=\"g%d\">", number);
    if (rows > 0) {
        dcnn_buf_format(out, "<th scope=\"rowgroup\" rowspan=\"%d\">", rows);
        dcnn_html_name(out, g->setting);
        dcnn_buf_text(out, "</th>");
    }
    dcnn_buf_text(out, "<th scope=\"row\" class=\"figure level\">");
    dcnn_html_name(out, g->level);
    dcnn_buf_text(out, "</th><td class=\"figure\">");
    if (g->placed > 0)
        write_figures(g, out);
    else
        for (int k = 0; k < DCNN_PARTS + 4; k++)
            dcnn_buf_text(out, k == 0 ? "no placement" : "</td><td class=\"figure\">\xE2\x80\x93");
    dcnn_buf_format(out, "</td><td class=\"figure\">%s%" PRId64 " of %" PRId64 "%s</td></tr>\n",
                    known < g->solves ? "<b class=\"open\">" : "", known, g->solves, known < g->solves ? "</b>" : "");
}

static void write_table(const dcnn_results *r, int *first, dcnn_buf *out)
{
    const char *system = r->groups[*first].system;

    dcnn_buf_text(out, "<h3>On ");
    dcnn_html_name(out, system);
    dcnn_buf_text(out, ", in ms</h3>\n");
    dcnn_html_table(out, "Latencies in ms");
    dcnn_buf_text(out,
                  "<thead><tr><th scope=\"col\">setting</th><th scope=\"col\" class=\"figure\">layers per unit</th>"
                  "<th scope=\"col\" class=\"figure\">mean \xC2\xB1 std</th>"
                  "<th scope=\"col\" class=\"figure\">95 %</th>");
    for (int k = 0; k < DCNN_PARTS; k++)
        dcnn_buf_format(out, "<th scope=\"col\" class=\"figure\">%s</th>", part_name[k]);
    dcnn_buf_text(out, "<th scope=\"col\" class=\"figure\">hops</th><th scope=\"col\" class=\"figure\">units used</th>"
                       "<th scope=\"col\" class=\"figure\">proven</th></tr></thead>\n");
    while (*first < r->group_count && strcmp(r->groups[*first].system, system) == 0) {
        int rows = dcnn_results_levels(r, *first);
        dcnn_buf_text(out, "<tbody>\n");
        for (int k = 0; k < rows; k++) write_row(r, *first + k, k == 0 ? rows : 0, out);
        *first += rows;
        if (*first < r->group_count && strcmp(r->groups[*first].system, system) == 0) dcnn_buf_text(out, "</tbody>");
    }
    dcnn_html_table_end(out);
}

void dcnn_results_latency(const dcnn_results *r, dcnn_buf *out)
{
    dcnn_html_section(out, "latency", "Latency against layers per unit");
    dcnn_buf_text(out, "<p>Mean over the draws of the expected latency, split into the input on its way to the first "
                       "layer (source), the layers (compute), what they send each other (transfer) and decisions on "
                       "their way to the sink (exit).</p>\n");
    write_legend(out);
    dcnn_panels_write(r, out, write_panel);
    dcnn_buf_text(out, "<p>The same in figures. Std is the standard deviation from draw to draw, 95 % the half width "
                       "of the confidence interval of the mean (Student\xE2\x80\x99s t), hops the links that data "
                       "crosses, proven how many solves ended with a proof. Where the objective is the slowest CNN, "
                       "latency and parts are that one\xE2\x80\x99s.</p>\n");
    for (int first = 0; first < r->group_count;) write_table(r, &first, out);
    dcnn_html_section_end(out);
}
