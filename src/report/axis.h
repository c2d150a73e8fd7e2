/* axis.h - round steps along an axis of time, and what is written at them. */
#ifndef DCNN_REPORT_AXIS_H
#define DCNN_REPORT_AXIS_H

#include "base/base.h"

/* The least of 1, 2, 5 times a power of ten, in ns, that makes at most `most` steps of the span. */
int64_t dcnn_axis_step(int64_t span_ns, int most);

/* "0.5 s", "250 ms": all labels of an axis in the unit that suits its end. */
void dcnn_axis_label(dcnn_buf *out, int64_t at_ns, int64_t end_ns);

#endif
