/* markup.h - text for SVG and HTML: cleaned, escaped, measured, shortened; numbers and quantities for people.
 *
 * Names come from scenario files and may hold anything: markup, control characters, writing from right to left, ten
 * thousand letters. Whatever they hold, what is written here is well formed and shows them as text. */
#ifndef DCNN_MARKUP_MARKUP_H
#define DCNN_MARKUP_MARKUP_H

#include "base/base.h"

/* --- text (text.c) --- */

/* Appends text as character data: & < > " ' escaped; what XML does not allow, controls, marks that turn the direction
 * of writing, and bytes that are not UTF-8 become U+FFFD. Works inside elements and inside quoted attributes. */
void dcnn_markup_text(dcnn_buf *out, const char *text);

/* Estimated width of a text set in Arial or its metric twins, in units of size; bold adds a little. */
double dcnn_markup_width(const char *text, double size);

/* Copy of text, cut with an ellipsis so that its estimated width is at most room. NULL when memory is out. */
char *dcnn_markup_fit(dcnn_pool *pool, const char *text, double size, double room);

/* --- numbers (number.c): independent of the locale --- */

/* Appends value with at most `decimals` (0..3) decimals, without trailing zeros; beyond 1e12 it is cut to that. */
void dcnn_markup_number(dcnn_buf *out, double value, int decimals);

/* Append "151 MB" ("128 MiB" where it is whole KiB), "45.4 ms", "77.2 %" with three significant digits. */
void dcnn_markup_bytes(dcnn_buf *out, double bytes);
void dcnn_markup_ops(dcnn_buf *out, double ops); /* "106 Mop" */
void dcnn_markup_ns(dcnn_buf *out, int64_t ns);  /* DCNN_NEVER: "no route" is the caller's to say */
void dcnn_markup_percent(dcnn_buf *out, double share);

#endif
