/* How long solving took: boxes on a logarithmic axis, and a table. */
#include "chart.h"
#include "experiment/statistics.h"
#include <math.h>

enum { TOP = 20, ROW = 26, BOX = 8, VALUE_ROOM = 64 };

static void quantiles_of(const dcnn_group *g, double q[DCNN_RESULTS_QUANTILES])
{
    static const double shares[DCNN_RESULTS_QUANTILES] = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

    for (int k = 0; k < DCNN_RESULTS_QUANTILES; k++) q[k] = dcnn_quantile(g->elapsed_ns, g->solves, shares[k]);
}

static void write_panel(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    double left = dcnn_rows_left(panel), bottom = TOP + panel->count * ROW + 4, least = INFINITY, largest = 0;
    double q[DCNN_RESULTS_QUANTILES];
    dcnn_scale scale;

    for (int k = 0; k < panel->count; k++) {
        const dcnn_group *g = &r->groups[panel->groups[k]];
        least = fmin(least, g->elapsed_ns[0]);
        largest = fmax(largest, g->elapsed_ns[g->solves - 1]);
    }
    scale = dcnn_scale_of(least, largest, true, left, DCNN_CHART_WIDTH - left - VALUE_ROOM);
    dcnn_chart_begin(out, bottom + 22);
    dcnn_rows_head(panel, out);
    dcnn_scale_write(out, &scale, TOP, bottom);
    for (int k = 0; k < panel->count; k++) {
        int g = panel->groups[k];
        double top = TOP + k * ROW + (ROW - BOX) / 2.0;
        quantiles_of(&r->groups[g], q);
        dcnn_chart_group(r, g, out);
        dcnn_rows_label(r, panel, g, top + BOX, out);
        dcnn_box_write(out, &scale, q, top);
        dcnn_chart_text(out, "strong", "end", DCNN_CHART_WIDTH, top + BOX);
        dcnn_markup_ns(out, (int64_t)q[3]);
        dcnn_chart_text_end(out);
        dcnn_chart_group_end(out);
    }
    dcnn_chart_end(out);
}

static void write_row(const dcnn_group *g, dcnn_buf *out)
{
    double q[DCNN_RESULTS_QUANTILES], sum = 0;

    quantiles_of(g, q);
    for (int64_t k = 0; k < g->solves; k++) sum += g->elapsed_ns[k];
    dcnn_buf_text(out, "<tr><td>");
    dcnn_html_name(out, g->system);
    dcnn_buf_text(out, "</td><th scope=\"row\">");
    dcnn_html_name(out, g->setting);
    dcnn_buf_text(out, "</th><td class=\"figure\">");
    dcnn_html_name(out, g->level);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_ns(out, (int64_t)q[3]);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_ns(out, (int64_t)q[5]);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_ns(out, (int64_t)q[6]);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_ns(out, (int64_t)sum);
    dcnn_buf_text(out, "</td></tr>\n");
}

void dcnn_results_times(const dcnn_results *r, dcnn_buf *out)
{
    if (!r->timed) return;
    dcnn_html_section(out, "times", "Time to solve");
    dcnn_buf_text(out,
                  "<p>Wall time of each solve on the machine that ran them, on a logarithmic axis: the middle half "
                  "as a box with the median, which stands at the end of the row, and a line from 5 to 95 %.</p>\n");
    dcnn_panels_write(r, out, write_panel);
    dcnn_buf_text(out, "<details><summary>Times in figures</summary>\n");
    dcnn_html_table(out, "Time to solve");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">system</th><th scope=\"col\">setting</th>"
                       "<th scope=\"col\" class=\"figure\">layers per unit</th>"
                       "<th scope=\"col\" class=\"figure\">median</th><th scope=\"col\" class=\"figure\">95 %</th>"
                       "<th scope=\"col\" class=\"figure\">longest</th><th scope=\"col\" class=\"figure\">all "
                       "together</th></tr></thead><tbody>\n");
    for (int g = 0; g < r->group_count; g++) write_row(&r->groups[g], out);
    dcnn_html_table_end(out);
    dcnn_buf_text(out, "</details>\n");
    dcnn_html_section_end(out);
}
