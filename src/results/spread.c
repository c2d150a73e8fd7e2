/* How latencies differ from draw to draw: a histogram over a box for every group. Settings of different latencies have
 * a scale each, levels of one setting the same. */
#include "chart.h"
#include <math.h>
#include <string.h>

enum { BINS = 60, TOP = 20, ROW = 42, HISTOGRAM = 22, BOX_BELOW = 3, OWN_SCALE = 16 };

static void count(const dcnn_group *g, const dcnn_scale *scale, int64_t bins[BINS], int64_t *most)
{
    *most = 1;
    memset(bins, 0, BINS * sizeof *bins);
    for (int64_t k = 0; k < g->placed; k++) {
        double share = (g->value_ns[k] - scale->from) / (scale->to - scale->from);
        int bin = share <= 0 ? 0 : share >= 1 ? BINS - 1 : (int)(share * BINS);
        if (++bins[bin] > *most) *most = bins[bin];
    }
}

static void write_histogram(const dcnn_group *g, const dcnn_scale *scale, double ground, dcnn_buf *out)
{
    int64_t bins[BINS], most;
    double wide = scale->width / BINS;

    count(g, scale, bins, &most);
    dcnn_buf_text(out, "<path class=\"hist\" d=\"");
    for (int b = 0; b < BINS; b++) {
        double high = HISTOGRAM * (double)bins[b] / (double)most;
        if (bins[b] == 0) continue;
        dcnn_buf_text(out, "M");
        dcnn_markup_number(out, scale->left + b * wide, 1);
        dcnn_buf_text(out, " ");
        dcnn_markup_number(out, ground, 1);
        dcnn_buf_text(out, "v-");
        dcnn_markup_number(out, fmax(high, 1), 1);
        dcnn_buf_text(out, "h");
        dcnn_markup_number(out, wide - 0.6, 1);
        dcnn_buf_text(out, "V");
        dcnn_markup_number(out, ground, 1);
        dcnn_buf_text(out, "z");
    }
    dcnn_buf_text(out, "\"/>");
}

/* Its least and largest latency below the ends of a row with a scale of its own. */
static void write_ends(const dcnn_group *g, const dcnn_scale *scale, double y, dcnn_buf *out)
{
    dcnn_chart_text(out, "soft", "start", scale->left, y);
    dcnn_markup_ns(out, (int64_t)g->quantile_ns[0]);
    dcnn_chart_text_end(out);
    dcnn_chart_text(out, "soft", "end", scale->left + scale->width, y);
    dcnn_markup_ns(out, (int64_t)g->quantile_ns[DCNN_RESULTS_QUANTILES - 1]);
    dcnn_chart_text_end(out);
}

static void write_row(const dcnn_results *r, const dcnn_panel *panel, int number, const dcnn_scale *common, double top,
                      dcnn_buf *out)
{
    const dcnn_group *g = &r->groups[number];
    dcnn_scale own = *common;

    dcnn_chart_group(r, number, out);
    dcnn_rows_label(r, panel, number, top + HISTOGRAM, out);
    if (!panel->levels) {
        own.from = g->quantile_ns[0];
        own.to = fmax(g->quantile_ns[DCNN_RESULTS_QUANTILES - 1], own.from + 1);
    }
    if (g->placed > 0) {
        write_histogram(g, &own, top + HISTOGRAM, out);
        dcnn_box_write(out, &own, g->quantile_ns, top + HISTOGRAM + BOX_BELOW);
        if (!panel->levels) write_ends(g, &own, top + ROW + 6, out);
    }
    dcnn_chart_group_end(out);
}

static void write_panel(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    double left = dcnn_rows_left(panel), least = INFINITY, largest = 0;
    int row = panel->levels ? ROW : ROW + OWN_SCALE;
    double bottom = TOP + row * panel->count + 4;
    dcnn_scale scale;

    for (int k = 0; k < panel->count; k++) {
        const dcnn_group *g = &r->groups[panel->groups[k]];
        if (g->placed == 0) continue;
        least = fmin(least, g->quantile_ns[0]);
        largest = fmax(largest, g->quantile_ns[DCNN_RESULTS_QUANTILES - 1]);
    }
    scale = dcnn_scale_of(fmin(least, largest), largest, false, left, DCNN_CHART_WIDTH - left - DCNN_CHART_RIM);
    dcnn_chart_begin(out, panel->levels ? bottom + 22 : bottom);
    dcnn_rows_head(panel, out);
    if (panel->levels) dcnn_scale_write(out, &scale, TOP, bottom);
    for (int k = 0; k < panel->count; k++) write_row(r, panel, panel->groups[k], &scale, TOP + k * row, out);
    dcnn_chart_end(out);
}

static void write_quantiles(const dcnn_results *r, dcnn_buf *out)
{
    static const char *const heads[DCNN_RESULTS_QUANTILES] = {"least", "5 %",  "25 %",   "median",
                                                              "75 %",  "95 %", "largest"};

    dcnn_buf_text(out, "<details><summary>Quantiles in figures</summary>\n");
    dcnn_html_table(out, "Quantiles of the latency");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">system</th><th scope=\"col\">setting</th>"
                       "<th scope=\"col\" class=\"figure\">layers per unit</th>");
    for (int k = 0; k < DCNN_RESULTS_QUANTILES; k++)
        dcnn_buf_format(out, "<th scope=\"col\" class=\"figure\">%s</th>", heads[k]);
    dcnn_buf_text(out, "</tr></thead><tbody>\n");
    for (int g = 0; g < r->group_count; g++) {
        const dcnn_group *group = &r->groups[g];
        dcnn_buf_text(out, "<tr><td>");
        dcnn_html_name(out, group->system);
        dcnn_buf_text(out, "</td><th scope=\"row\">");
        dcnn_html_name(out, group->setting);
        dcnn_buf_text(out, "</th><td class=\"figure\">");
        dcnn_html_name(out, group->level);
        for (int k = 0; k < DCNN_RESULTS_QUANTILES; k++) {
            dcnn_buf_text(out, "</td><td class=\"figure\">");
            if (group->placed > 0)
                dcnn_markup_ns(out, (int64_t)group->quantile_ns[k]);
            else
                dcnn_buf_text(out, "\xE2\x80\x93");
        }
        dcnn_buf_text(out, "</td></tr>\n");
    }
    dcnn_html_table_end(out);
    dcnn_buf_text(out, "</details>\n");
}

void dcnn_results_spread(const dcnn_results *r, dcnn_buf *out)
{
    dcnn_html_section(out, "spread", "Spread from draw to draw");
    dcnn_buf_text(out, "<p>How many draws have which latency. Below: the middle half of the draws as a box, their "
                       "median, and a line from 5 to 95 %; ticks at the least and the largest. Where rows stand for "
                       "settings, each has a scale of its own from its least to its largest.</p>\n");
    dcnn_panels_write(r, out, write_panel);
    write_quantiles(r, out);
    dcnn_html_section_end(out);
}
