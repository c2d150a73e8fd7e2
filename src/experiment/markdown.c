#include "experiment/markdown.h"
#include <stdio.h>
#include <stdlib.h>

/* A bar in the text would end the cell. */
void dcnn_markdown_text(dcnn_markdown *table, const char *text)
{
    dcnn_buf cell = {0};

    dcnn_buf_text(&cell, "");
    for (; *text; text++) {
        if (*text == '|') dcnn_buf_text(&cell, "\\");
        dcnn_buf_add(&cell, text, 1);
    }
    if (!cell.failed && dcnn_reserve((void **)&table->cell, &table->room, (size_t)table->count, sizeof *table->cell)) {
        table->cell[table->count++] = cell.data;
        return;
    }
    table->failed = true;
    dcnn_buf_clear(&cell);
}

void dcnn_markdown_figures(dcnn_markdown *table, const char *format, ...)
{
    char text[100];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dcnn_markdown_text(table, text);
}

/* Characters of UTF-8. */
static int width_of(const char *text)
{
    int width = 0;

    for (; *text; text++) width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static int column_width(const dcnn_markdown *table, int column)
{
    int width = width_of(table->columns[column].name);

    for (int k = column; k < table->count; k += table->column_count)
        if (width_of(table->cell[k]) > width) width = width_of(table->cell[k]);
    return width;
}

static void repeat(dcnn_buf *out, const char *text, int times)
{
    while (times-- > 0) dcnn_buf_text(out, text);
}

static void add_padded(dcnn_buf *out, const char *text, int width, bool right)
{
    dcnn_buf_text(out, "| ");
    if (right) repeat(out, " ", width - width_of(text));
    dcnn_buf_text(out, text);
    repeat(out, " ", right ? 1 : width - width_of(text) + 1);
}

static void add_lines(const dcnn_markdown *table, const int *width, dcnn_buf *out)
{
    int columns = table->column_count;

    for (int c = 0; c < columns; c++) add_padded(out, table->columns[c].name, width[c], table->columns[c].right);
    dcnn_buf_text(out, "|\n");
    for (int c = 0; c < columns; c++) {
        dcnn_buf_text(out, "|-");
        repeat(out, "-", width[c]);
        dcnn_buf_text(out, table->columns[c].right ? ":" : "-");
    }
    dcnn_buf_text(out, "|\n");
    for (int k = 0; k < table->count; k++) {
        add_padded(out, table->cell[k], width[k % columns], table->columns[k % columns].right);
        if (k % columns == columns - 1) dcnn_buf_text(out, "|\n");
    }
}

void dcnn_markdown_end(dcnn_markdown *table, dcnn_buf *out)
{
    int *width = dcnn_take((size_t)table->column_count, sizeof *width);

    if (table->failed || !width) {
        out->failed = true;
    } else {
        for (int c = 0; c < table->column_count; c++) width[c] = column_width(table, c);
        add_lines(table, width, out);
    }
    free(width);
    for (int k = 0; k < table->count; k++) free(table->cell[k]);
    free(table->cell);
    *table = (dcnn_markdown){.columns = table->columns, .column_count = table->column_count};
}
