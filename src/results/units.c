/* Which types of units run layers: mean numbers as bars, and as a table. */
#include "chart.h"
#include <math.h>

enum { TOP = 20, ROW = 26, BAR = 16, VALUE_ROOM = 54, NUMBER_MIN = 26, TICKS = 6 };

static void write_bar(const dcnn_results *r, const dcnn_group *g, double left, double px_per_unit, double top,
                      dcnn_buf *out)
{
    double x = left;

    for (int t = 0; t < r->type_count; t++) {
        double wide = g->used[t] * px_per_unit;
        char class[16] = "type0";
        if (g->used[t] <= 0) continue;
        class[4] = (char)('0' + t);
        dcnn_chart_rect(out, class, x, top, wide, BAR);
        if (wide >= NUMBER_MIN) {
            dcnn_chart_text(out, "on-type", "middle", x + wide / 2, top + 12);
            dcnn_markup_number(out, g->used[t], 1);
            dcnn_chart_text_end(out);
        }
        x += wide;
    }
    dcnn_chart_text(out, "strong", "start", x + 6, top + 12);
    dcnn_markup_number(out, g->units, 2);
    dcnn_chart_text_end(out);
}

static void write_axis(int most, int step, double left, double px_per_unit, double bottom, dcnn_buf *out)
{
    for (int at = 0; at <= most; at += step) {
        double x = left + at * px_per_unit;
        dcnn_chart_line(out, "grid", x, TOP, x, bottom + 4);
        dcnn_chart_text(out, "soft", "middle", x, bottom + 17);
        dcnn_buf_format(out, "%d", at);
        dcnn_chart_text_end(out);
    }
    dcnn_chart_line(out, "axis", left, bottom, left + most * px_per_unit, bottom);
    dcnn_chart_text(out, "soft", "end", DCNN_CHART_WIDTH, bottom + 17);
    dcnn_buf_text(out, "units");
    dcnn_chart_text_end(out);
}

static void write_panel(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    double left = dcnn_rows_left(panel), bottom = TOP + panel->count * ROW + 4, largest = 1, px_per_unit;
    int step = 1;

    for (int k = 0; k < panel->count; k++) largest = fmax(largest, r->groups[panel->groups[k]].units);
    while (largest / step > TICKS) step *= step == 1 || step % 10 == 0 ? 2 : step % 4 == 0 ? 5 : 2;
    px_per_unit = (DCNN_CHART_WIDTH - left - VALUE_ROOM) / ceil(largest);
    dcnn_chart_begin(out, bottom + 22);
    dcnn_rows_head(panel, out);
    write_axis((int)ceil(largest), step, left, px_per_unit, bottom, out);
    for (int k = 0; k < panel->count; k++) {
        int g = panel->groups[k];
        double top = TOP + k * ROW + (ROW - BAR) / 2.0;
        dcnn_chart_group(r, g, out);
        dcnn_rows_label(r, panel, g, top + 12, out);
        if (r->groups[g].placed > 0) write_bar(r, &r->groups[g], left, px_per_unit, top, out);
        dcnn_chart_group_end(out);
    }
    dcnn_chart_end(out);
}

static void write_type(const dcnn_results *r, int t, dcnn_buf *out)
{
    dcnn_html_name(out, r->types[t]);
    if (r->more_types && t == r->type_count - 1) dcnn_buf_text(out, " and others");
}

static void write_table(const dcnn_results *r, dcnn_buf *out)
{
    dcnn_buf_text(out, "<details><summary>Units used in figures</summary>\n");
    dcnn_html_table(out, "Mean number of units used");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">system</th><th scope=\"col\">setting</th>"
                       "<th scope=\"col\" class=\"figure\">layers per unit</th>");
    for (int t = 0; t < r->type_count; t++) {
        dcnn_buf_text(out, "<th scope=\"col\" class=\"figure\">");
        write_type(r, t, out);
        dcnn_buf_text(out, "</th>");
    }
    dcnn_buf_text(out, "<th scope=\"col\" class=\"figure\">all</th></tr></thead><tbody>\n");
    for (int g = 0; g < r->group_count; g++) {
        const dcnn_group *group = &r->groups[g];
        dcnn_buf_text(out, "<tr><td>");
        dcnn_html_name(out, group->system);
        dcnn_buf_text(out, "</td><th scope=\"row\">");
        dcnn_html_name(out, group->setting);
        dcnn_buf_text(out, "</th><td class=\"figure\">");
        dcnn_html_name(out, group->level);
        for (int t = 0; t <= r->type_count; t++) {
            dcnn_buf_text(out, "</td><td class=\"figure\">");
            dcnn_markup_number(out, t < r->type_count ? group->used[t] : group->units, 2);
        }
        dcnn_buf_text(out, "</td></tr>\n");
    }
    dcnn_html_table_end(out);
    dcnn_buf_text(out, "</details>\n");
}

void dcnn_results_units(const dcnn_results *r, dcnn_buf *out)
{
    dcnn_html_section(out, "units", "Units used, by type");
    dcnn_buf_text(out, "<p>Mean number of units that run at least one layer.</p>\n<p class=\"legend\">");
    for (int t = 0; t < r->type_count; t++) {
        dcnn_buf_format(out, "<span><span class=\"swatch type%d\"></span>", t);
        write_type(r, t, out);
        dcnn_buf_text(out, "</span>");
    }
    dcnn_buf_text(out, "</p>\n");
    dcnn_panels_write(r, out, write_panel);
    write_table(r, out);
    dcnn_html_section_end(out);
}
