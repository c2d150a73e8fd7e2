/* markdown.h - tables of Markdown with columns in line, so that they read well in a terminal too. */
#ifndef DCNN_EXPERIMENT_MARKDOWN_H
#define DCNN_EXPERIMENT_MARKDOWN_H

#include "base/base.h"

typedef struct {
    const char *name;
    bool right; /* as numbers stand */
} dcnn_markdown_column;

typedef struct {
    const dcnn_markdown_column *columns;
    int column_count, count;
    char **cell; /* [count] row by row */
    size_t room;
    bool failed; /* memory ran out */
} dcnn_markdown;

/* Add a cell, row by row, to a table of which columns and column_count are set and the rest is 0: any text, or figures
 * of less than 100 letters. */
void dcnn_markdown_text(dcnn_markdown *table, const char *text);
void dcnn_markdown_figures(dcnn_markdown *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends the table, whose widths are counted in characters, and clears it. out->failed where memory ran out. */
void dcnn_markdown_end(dcnn_markdown *table, dcnn_buf *out);

#endif
