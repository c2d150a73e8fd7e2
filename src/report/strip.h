/* strip.h - a timeline as a drawing to scale. */
#ifndef DCNN_REPORT_STRIP_H
#define DCNN_REPORT_STRIP_H

#include "report/html.h"
#include "report/timeline.h"

/* Draws the timeline of CNN c, which takes some time, as SVG. What it shows stands in the table of steps too, so that
 * readers of screens are spared it. */
void dcnn_strip_write(dcnn_buf *out, const dcnn_scenario *scenario, int c, const dcnn_timeline *timeline,
                      int64_t expected_ns, dcnn_pool *pool);

#endif
