#include "chart.h"
#include "report/axis.h"
#include <math.h>
#include <string.h>

enum { TICKS = 5, LEVEL_LEFT = 92, LABEL_MAX = 190, BOX_HEIGHT = 8, LABEL_HALF = 24 };

static const double text_size = 12;

/* --- panels --- */

static bool only_panel_of_its_system(const dcnn_results *r, const dcnn_panel *panel)
{
    const dcnn_panel *last = r->panels + r->panel_count - 1;
    const char *system = r->groups[panel->groups[0]].system;

    return (panel == r->panels || strcmp(r->groups[panel[-1].groups[0]].system, system) != 0) &&
           (panel == last || strcmp(r->groups[panel[1].groups[0]].system, system) != 0);
}

static void write_caption(const dcnn_results *r, const dcnn_panel *panel, dcnn_buf *out)
{
    dcnn_buf_text(out, "<figcaption>");
    if (panel->levels)
        dcnn_html_name(out, r->groups[panel->groups[0]].setting);
    else if (panel->count == 1)
        dcnn_html_name(out, r->groups[panel->groups[0]].setting);
    else
        dcnn_buf_text(out, only_panel_of_its_system(r, panel) ? "All settings" : "The other settings");
    dcnn_buf_text(out, "</figcaption>\n");
}

void dcnn_panels_write(const dcnn_results *r, dcnn_buf *out,
                       void (*write)(const dcnn_results *, const dcnn_panel *, dcnn_buf *))
{
    const char *before = NULL;

    for (int k = 0; k < r->panel_count; k++) {
        const char *system = r->groups[r->panels[k].groups[0]].system;
        if (!before || strcmp(before, system) != 0) {
            if (before) dcnn_buf_text(out, "</div>\n");
            dcnn_buf_text(out, "<h3>On ");
            dcnn_html_name(out, system);
            dcnn_buf_text(out, "</h3>\n<div class=\"panels\">\n");
            before = system;
        }
        dcnn_buf_text(out, "<figure class=\"panel\">\n");
        write_caption(r, &r->panels[k], out);
        write(r, &r->panels[k], out);
        dcnn_buf_text(out, "</figure>\n");
    }
    dcnn_buf_text(out, "</div>\n");
}

void dcnn_chart_begin(dcnn_buf *out, double height)
{
    dcnn_buf_format(out, "<div class=\"scroll\"><svg class=\"chart\" aria-hidden=\"true\" viewBox=\"0 0 %d %d\">\n",
                    DCNN_CHART_WIDTH, (int)ceil(height));
}

void dcnn_chart_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</svg></div>\n");
}

void dcnn_chart_group(const dcnn_results *r, int g, dcnn_buf *out)
{
    const dcnn_group *group = &r->groups[g];
    char *setting = dcnn_markup_fit(r->pool, group->setting, 1, 60);

    if (!setting) out->failed = true;
    dcnn_buf_format(out, "<g class=\"g%d\"><title>", g);
    if (setting) dcnn_markup_text(out, setting);
    dcnn_buf_text(out, ", layers per unit: ");
    dcnn_markup_text(out, group->level);
    if (group->placed > 0) {
        dcnn_buf_text(out, "; ");
        dcnn_markup_ns(out, (int64_t)group->mean_ns);
        dcnn_buf_text(out, " \xC2\xB1 ");
        dcnn_markup_ns(out, (int64_t)group->half_width_ns);
    }
    dcnn_buf_text(out, "</title>");
}

void dcnn_chart_group_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</g>\n");
}

/* --- rows --- */

double dcnn_rows_left(const dcnn_panel *panel)
{
    return panel->levels ? LEVEL_LEFT : LABEL_MAX;
}

void dcnn_rows_head(const dcnn_panel *panel, dcnn_buf *out)
{
    if (!panel->levels) return;
    dcnn_chart_text(out, "soft", "start", 0, 12);
    dcnn_buf_text(out, "layers per unit");
    dcnn_chart_text_end(out);
}

void dcnn_rows_label(const dcnn_results *r, const dcnn_panel *panel, int g, double y, dcnn_buf *out)
{
    const char *text = panel->levels ? r->groups[g].level : r->groups[g].setting;
    double right = dcnn_rows_left(panel) - 8;
    char *fitted = dcnn_markup_fit(r->pool, text, text_size, right);

    dcnn_chart_text(out, "strong", "end", right, y);
    if (fitted)
        dcnn_markup_text(out, fitted);
    else
        out->failed = true;
    dcnn_chart_text_end(out);
}

/* --- pieces --- */

void dcnn_chart_text(dcnn_buf *out, const char *class, const char *anchor, double x, double y)
{
    dcnn_buf_format(out, "<text class=\"%s\" text-anchor=\"%s\"", class, anchor);
    dcnn_html_number(out, "x", x);
    dcnn_html_number(out, "y", y);
    dcnn_buf_text(out, ">");
}

void dcnn_chart_text_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</text>");
}

void dcnn_chart_rect(dcnn_buf *out, const char *class, double x, double y, double width, double height)
{
    dcnn_buf_format(out, "<rect class=\"%s\"", class);
    dcnn_html_number(out, "x", x);
    dcnn_html_number(out, "y", y);
    dcnn_html_number(out, "width", width);
    dcnn_html_number(out, "height", height);
    dcnn_buf_text(out, "/>");
}

void dcnn_chart_line(dcnn_buf *out, const char *class, double x1, double y1, double x2, double y2)
{
    dcnn_buf_format(out, "<path class=\"%s\" d=\"M", class);
    dcnn_markup_number(out, x1, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, y1, 1);
    dcnn_buf_text(out, "L");
    dcnn_markup_number(out, x2, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, y2, 1);
    dcnn_buf_text(out, "\"/>");
}

/* --- scales --- */

double dcnn_scale_at(const dcnn_scale *s, double value)
{
    double share;

    if (s->step > 0)
        share = (value - s->from) / (s->to - s->from);
    else
        share = value > s->from ? log(value / s->from) / log(s->to / s->from) : 0;
    return s->left + s->width * fmin(fmax(share, 0), 1);
}

dcnn_scale dcnn_scale_of(double least_ns, double largest_ns, bool logarithmic, double left, double width)
{
    dcnn_scale s = {.left = left, .width = width};

    if (logarithmic) {
        s.from = pow(10, floor(log10(fmax(least_ns, 1000))));
        s.to = fmax(pow(10, ceil(log10(fmax(largest_ns, 1000)))), 10 * s.from);
        return s;
    }
    s.step = (double)dcnn_axis_step((int64_t)(largest_ns - least_ns) + 1, TICKS);
    s.from = floor(least_ns / s.step) * s.step;
    s.to = fmax(ceil(largest_ns / s.step) * s.step, s.from + s.step);
    return s;
}

void dcnn_scale_write(dcnn_buf *out, const dcnn_scale *s, double top, double bottom)
{
    double end = s->left + s->width;

    for (double at = s->from; at <= s->to * (1 + 1e-9); at = s->step > 0 ? at + s->step : 10 * at) {
        double x = dcnn_scale_at(s, at);
        bool last = x > DCNN_CHART_WIDTH - LABEL_HALF;
        dcnn_chart_line(out, "grid", x, top, x, bottom + 4);
        dcnn_chart_text(out, "soft", last ? "end" : "middle", last ? DCNN_CHART_WIDTH : x, bottom + 17);
        dcnn_axis_label(out, (int64_t)at, s->step > 0 ? (int64_t)s->to : (int64_t)at);
        dcnn_chart_text_end(out);
    }
    dcnn_chart_line(out, "axis", s->left, bottom, end, bottom);
    dcnn_buf_text(out, "\n");
}

void dcnn_box_write(dcnn_buf *out, const dcnn_scale *s, const double q[DCNN_RESULTS_QUANTILES], double top)
{
    double middle = top + BOX_HEIGHT / 2.0, left = dcnn_scale_at(s, q[2]), median = dcnn_scale_at(s, q[3]);

    dcnn_chart_line(out, "whisker", dcnn_scale_at(s, q[1]), middle, dcnn_scale_at(s, q[5]), middle);
    for (int k = 0; k < DCNN_RESULTS_QUANTILES; k += DCNN_RESULTS_QUANTILES - 1) {
        double x = dcnn_scale_at(s, q[k]);
        dcnn_chart_line(out, "whisker", x, middle - 2, x, middle + 2);
    }
    dcnn_chart_rect(out, "box", left, top, fmax(dcnn_scale_at(s, q[4]) - left, 1), BOX_HEIGHT);
    dcnn_chart_line(out, "median", median, top - 1, median, top + BOX_HEIGHT + 1);
}
