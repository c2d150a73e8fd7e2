/* chart.h - what all charts of the page are made of: panels, scales, axes, boxes. Charts are hidden from readers of
 * screens, who have the same figures in tables. */
#ifndef DCNN_RESULTS_CHART_H
#define DCNN_RESULTS_CHART_H

#include "results.h"

enum { DCNN_CHART_WIDTH = 560, DCNN_CHART_RIM = 12 };

/* --- panels --- */

/* The panels of each system under its name; write draws what is inside one of them. */
void dcnn_panels_write(const dcnn_results *results, dcnn_buf *out,
                       void (*write)(const dcnn_results *, const dcnn_panel *, dcnn_buf *));

/* A drawing of that height, and its end. */
void dcnn_chart_begin(dcnn_buf *out, double height);
void dcnn_chart_end(dcnn_buf *out);

/* What belongs to a group, so that it lights up with its row of the table; the pointer is told its latency. */
void dcnn_chart_group(const dcnn_results *results, int g, dcnn_buf *out);
void dcnn_chart_group_end(dcnn_buf *out);

/* --- rows: a label on the left, then the drawing --- */

/* Where the drawing begins, behind the widest label of the panel. */
double dcnn_rows_left(const dcnn_panel *panel);

/* What the rows are, above the labels. */
void dcnn_rows_head(const dcnn_panel *panel, dcnn_buf *out);

/* The layers per unit of a group, or its setting, with its baseline at y. */
void dcnn_rows_label(const dcnn_results *results, const dcnn_panel *panel, int g, double y, dcnn_buf *out);

/* --- pieces --- */

/* class and anchor as in SVG; ended by dcnn_chart_text_end. */
void dcnn_chart_text(dcnn_buf *out, const char *class, const char *anchor, double x, double y);
void dcnn_chart_text_end(dcnn_buf *out);
void dcnn_chart_rect(dcnn_buf *out, const char *class, double x, double y, double width, double height);
void dcnn_chart_line(dcnn_buf *out, const char *class, double x1, double y1, double x2, double y2);

/* --- scales --- */

typedef struct {
    double from, to;    /* values at the ends; from > 0 on a logarithmic one */
    double step;        /* between ticks; 0 = logarithmic, a tick at each power of ten */
    double left, width; /* of the axis in the drawing */
} dcnn_scale;

double dcnn_scale_at(const dcnn_scale *scale, double value);

/* From the least to the largest value (ns), rounded outwards to the step of the axis or to a power of ten. */
dcnn_scale dcnn_scale_of(double least_ns, double largest_ns, bool logarithmic, double left, double width);

/* Lines from top to bottom at round times, labels below them. */
void dcnn_scale_write(dcnn_buf *out, const dcnn_scale *scale, double top, double bottom);

/* Quantiles as a box: a line from 5 to 95 %, the middle half, the median, marks at the ends. */
void dcnn_box_write(dcnn_buf *out, const dcnn_scale *scale, const double quantiles[DCNN_RESULTS_QUANTILES], double top);

#endif
