/* strip.h - a timeline as a drawing to scale. */
#ifndef DCNN_REPORT_STRIP_H
#define DCNN_REPORT_STRIP_H

#include "report/html.h"
#include "report/timeline.h"

/* Draws the timeline of CNN c as SVG; scale_ns is the time that its whole width stands for. What it shows stands in
 * the table of steps too, so that readers of screens are spared it. */
void dcnn_strip_write(dcnn_buf *out, const dcnn_scenario *scenario, int c, const dcnn_timeline *timeline,
                      int64_t expected_ns, int64_t scale_ns, dcnn_pool *pool);

#endif
