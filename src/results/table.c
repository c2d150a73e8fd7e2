#include "table.h"
#include "text/number.h"
#include "text/words.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FILE_BYTES_MAX = 1 << 30 };

static void fail(dcnn_table *t, int column, const char *text)
{
    if (t->status) return;
    t->status = dcnn_fail(t->err, DCNN_E_VALUE, t->path, "%s", text);
    if (!t->err) return;
    t->err->line = t->line;
    t->err->column = column;
}

void dcnn_table_expected(dcnn_table *t, int wanted, const char *format, ...)
{
    char text[320], quoted[DCNN_QUOTED_SIZE], expected[192];
    int position = t->position[wanted];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(expected, sizeof expected, format, args);
    va_end(args);
    (void)snprintf(text, sizeof text, "%s: expected %s, found %s", t->wanted[wanted], expected,
                   dcnn_quote(quoted, t->cells[position]));
    fail(t, t->columns[position], text);
}

/* Cuts the next line into cells. False at the end, or when it has more of them than there may be. */
static bool cut_line(dcnn_table *t, int *count)
{
    char *begin = t->at, *end = begin + strcspn(begin, "\n"), *cell = begin;

    *count = 0;
    if (!*begin) return false;
    t->line++;
    t->at = *end ? end + 1 : end;
    *end = '\0';
    if (end > begin && end[-1] == '\r') end[-1] = '\0';
    while (cell) {
        char *comma = strchr(cell, ',');
        if (*count == DCNN_TABLE_COLUMNS_MAX) {
            fail(t, (int)(cell - begin) + 1, "there are more than 64 columns");
            return false;
        }
        if (comma) *comma = '\0';
        t->columns[*count] = (int)(cell - begin) + 1;
        t->cells[(*count)++] = cell;
        cell = comma ? comma + 1 : NULL;
    }
    return true;
}

static void find_columns(dcnn_table *t)
{
    if (!cut_line(t, &t->column_count)) {
        fail(t, 1, "expected a line with the names of the columns");
        return;
    }
    for (int w = 0; w < t->wanted_count; w++) {
        char text[128];
        int k = 0;
        while (k < t->column_count && strcmp(t->cells[k], t->wanted[w]) != 0) k++;
        t->position[w] = k;
        if (k < t->column_count) continue;
        (void)snprintf(text, sizeof text, "there is no column %s", t->wanted[w]);
        fail(t, 1, text);
        return;
    }
}

dcnn_status dcnn_table_open(dcnn_table *t, const char *path, const char *const *wanted, int wanted_count,
                            dcnn_error *err)
{
    *t = (dcnn_table){.path = path, .wanted = wanted, .wanted_count = wanted_count, .err = err};
    if ((t->status = dcnn_file_load(&t->text, path, FILE_BYTES_MAX, err))) return t->status;
    dcnn_buf_text(&t->text, ""); /* an empty file, too, is a text */
    if (t->text.failed) return t->status = dcnn_fail_memory(err);
    t->at = t->text.data;
    if (strlen(t->text.data) < t->text.size) {
        for (const char *c = t->at; *c; c++) t->line += *c == '\n';
        t->line++;
        fail(t, 1, "there is a zero byte in this line");
    }
    if (!t->status) find_columns(t);
    return t->status;
}

void dcnn_table_close(dcnn_table *t)
{
    dcnn_buf_clear(&t->text);
}

bool dcnn_table_next(dcnn_table *t)
{
    int count;

    if (t->status || !cut_line(t, &count)) return false;
    if (count != t->column_count) {
        char text[80];
        (void)snprintf(text, sizeof text, "expected %d columns as in the first line, found %d", t->column_count, count);
        fail(t, 1, text);
    }
    return !t->status;
}

const char *dcnn_table_text(const dcnn_table *t, int wanted)
{
    return t->cells[t->position[wanted]];
}

bool dcnn_table_number(const char *text, double min, double max, double *value)
{
    size_t size = strlen(text);
    dcnn_number_span span = dcnn_number_scan(text, size);
    double number;

    if (size == 0 || span.length != size || size > DCNN_NUMBER_LENGTH_MAX) return false;
    number = dcnn_number_value(text, span, 0);
    if (!(number >= min && number <= max)) return false;
    *value = number;
    return true;
}

void dcnn_table_real(dcnn_table *t, int wanted, double min, double max, double *value)
{
    if (!dcnn_table_number(dcnn_table_text(t, wanted), min, max, value))
        dcnn_table_expected(t, wanted, "a number from %g to %g", min, max);
}

void dcnn_table_whole(dcnn_table *t, int wanted, int64_t min, int64_t max, int64_t *value)
{
    const char *cell = dcnn_table_text(t, wanted);
    int64_t number = 0;
    size_t length = 0;

    while (cell[length] >= '0' && cell[length] <= '9' && length < 18) number = 10 * number + (cell[length++] - '0');
    if (length == 0 || cell[length] || number < min || number > max)
        dcnn_table_expected(t, wanted, "a whole number from %" PRId64 " to %" PRId64, min, max);
    else
        *value = number;
}
