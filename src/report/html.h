/* html.h - the few pieces of HTML that all sections are made of. */
#ifndef DCNN_REPORT_HTML_H
#define DCNN_REPORT_HTML_H

#include "markup/markup.h"

/* All of a page before its own style and content: head, style sheet, and the title "NAME - KIND"; a style element may
 * follow. Then body and main are opened, and at the end closed, with the script that lights up what belongs together.
 * Nothing is loaded from elsewhere, and the page forbids it. */
void dcnn_html_head(dcnn_buf *out, const char *name, const char *kind);
void dcnn_html_body(dcnn_buf *out);
void dcnn_html_end(dcnn_buf *out);

/* A figure of the headline: <dt>term</dt>, then what the caller writes, best a <b> and a <small>. */
void dcnn_html_tile(dcnn_buf *out, const char *term);
void dcnn_html_tile_end(dcnn_buf *out);

/* Text from a scenario, set apart so that its direction of writing does not spill over; cut after 400 letters. */
void dcnn_html_name(dcnn_buf *out, const char *name);

/* The opening of a section with its heading, and its end. id is also what links point to. */
void dcnn_html_section(dcnn_buf *out, const char *id, const char *heading);
void dcnn_html_section_end(dcnn_buf *out);

/* The opening of a table that may be wider than the screen, with a caption for those who do not see what is around it,
 * and its end. */
void dcnn_html_table(dcnn_buf *out, const char *caption);
void dcnn_html_table_end(dcnn_buf *out);

/* A share as a bar; numbers beside it tell the same, so that readers of screens are spared it. */
void dcnn_html_gauge(dcnn_buf *out, double share);

/* A file name as a shell takes it: quoted unless it is plain. */
void dcnn_html_path(dcnn_buf *out, const char *path);

/* A row of a list of facts: its term, then what the caller writes. */
void dcnn_html_fact(dcnn_buf *out, const char *term);
void dcnn_html_fact_end(dcnn_buf *out);

/* "1 unit", "3 units". */
void dcnn_html_count(dcnn_buf *out, int64_t count, const char *one, const char *many);

/* " attribute=\"12.5\"", at most two decimals. */
void dcnn_html_number(dcnn_buf *out, const char *attribute, double value);

/* Nanoseconds as milliseconds with all six decimals: the digits that a proof is about. */
void dcnn_html_exact_ms(dcnn_buf *out, int64_t ns);

/* A time for people; DCNN_NEVER is "no route". */
void dcnn_html_time(dcnn_buf *out, int64_t ns);

#endif
