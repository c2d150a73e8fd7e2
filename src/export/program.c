#include "program.h"
#include <inttypes.h>
#include <stdlib.h>

void dcnn_program_clear(dcnn_program *program)
{
    free(program->columns);
    free(program->rows);
    free(program->entries);
    *program = (dcnn_program){0};
}

int32_t dcnn_program_column(dcnn_program *program, const dcnn_column *column)
{
    if (program->failed || program->column_count >= INT32_MAX ||
        !dcnn_reserve((void **)&program->columns, &program->column_room, program->column_count,
                      sizeof *program->columns)) {
        program->failed = true;
        return 0;
    }
    program->columns[program->column_count] = *column;
    return (int32_t)program->column_count++;
}

void dcnn_program_begin(dcnn_program *program, dcnn_row_sense sense, int64_t right, bool time)
{
    if (program->failed ||
        !dcnn_reserve((void **)&program->rows, &program->row_room, program->row_count, sizeof *program->rows)) {
        program->failed = true;
        return;
    }
    program->rows[program->row_count++] = (dcnn_row){sense, time, right, program->entry_count};
}

void dcnn_program_add(dcnn_program *program, int32_t column, int64_t value)
{
    if (program->failed || !dcnn_reserve((void **)&program->entries, &program->entry_room, program->entry_count,
                                         sizeof *program->entries)) {
        program->failed = true;
        return;
    }
    program->entries[program->entry_count++] = (dcnn_entry){column, value};
}

static int by_column(const void *a, const void *b)
{
    int32_t x = ((const dcnn_entry *)a)->column, y = ((const dcnn_entry *)b)->column;

    return (x > y) - (x < y);
}

void dcnn_program_end(dcnn_program *program)
{
    size_t first, kept;

    if (program->failed) return;
    first = kept = program->rows[program->row_count - 1].first_entry;
    if (program->entry_count > first)
        qsort(program->entries + first, program->entry_count - first, sizeof *program->entries, by_column);
    for (size_t e = first; e < program->entry_count;) {
        dcnn_entry joined = program->entries[e++];
        while (e < program->entry_count && program->entries[e].column == joined.column)
            joined.value += program->entries[e++].value;
        if (joined.value != 0) program->entries[kept++] = joined;
    }
    program->entry_count = kept;
    if (kept == first) program->row_count--;
}

void dcnn_column_name(dcnn_buf *text, const dcnn_column *column)
{
    switch (column->kind) {
    case 'x':
        dcnn_buf_format(text, "x%d_%d_%d", column->cnn, column->layer, column->from);
        break;
    case 'f': /* by number of the link: there may be several from one place to another */
        dcnn_buf_format(text, "f%d_%d_%d", column->cnn, column->layer, column->from);
        break;
    case 'y':
        dcnn_buf_format(text, "y%d_%d_%d_%d", column->cnn, column->layer, column->from, column->to);
        break;
    default:
        dcnn_buf_text(text, "z");
        break;
    }
}

void dcnn_coefficient(dcnn_buf *text, int64_t value, bool time)
{
    int64_t size = value < 0 ? -value : value;

    if (time)
        dcnn_buf_format(text, "%s%" PRId64 ".%06" PRId64, value < 0 ? "-" : "", size / 1000000, size % 1000000);
    else
        dcnn_buf_format(text, "%" PRId64, value);
}

int64_t dcnn_greatest_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}
