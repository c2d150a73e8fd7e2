/* CPLEX LP format: lines stay short, since some readers limit them. */
#include "program.h"

enum { TERMS_A_LINE = 5 };

static void write_term(dcnn_buf *text, const dcnn_program *program, int32_t column, int64_t value, bool time,
                       size_t ordinal)
{
    dcnn_buf_text(text, ordinal > 0 && ordinal % TERMS_A_LINE == 0 ? "\n  " : " ");
    dcnn_buf_text(text, value < 0 ? "- " : "+ ");
    if (value != 1 && value != -1) {
        dcnn_coefficient(text, value < 0 ? -value : value, time);
        dcnn_buf_text(text, " ");
    } else if (time) {
        dcnn_buf_text(text, "0.000001 ");
    }
    dcnn_column_name(text, &program->columns[column]);
}

/* Every assignment is named here, in order: readers that number columns number these first. */
static void write_objective(dcnn_buf *text, const dcnn_program *program)
{
    size_t ordinal = 0;

    dcnn_buf_text(text, "Minimize\n obj:");
    for (size_t k = 0; k < program->column_count; k++)
        if (program->columns[k].kind == 'x' || program->columns[k].objective_ns != 0)
            write_term(text, program, (int32_t)k, program->columns[k].objective_ns, true, ordinal++);
    dcnn_buf_text(text, "\n");
}

static void write_rows(dcnn_buf *text, const dcnn_program *program)
{
    static const char *const senses[] = {"<=", "=", ">="};

    dcnn_buf_text(text, "Subject To\n");
    for (size_t r = 0; r < program->row_count; r++) {
        const dcnn_row *row = &program->rows[r];
        size_t end = r + 1 < program->row_count ? row[1].first_entry : program->entry_count;
        dcnn_buf_format(text, " r%zu:", r);
        for (size_t e = row->first_entry; e < end; e++)
            write_term(text, program, program->entries[e].column, program->entries[e].value, row->time,
                       e - row->first_entry);
        dcnn_buf_format(text, "\n  %s ", senses[row->sense]);
        dcnn_coefficient(text, row->right, row->time);
        dcnn_buf_text(text, "\n");
    }
}

void dcnn_write_lp(dcnn_buf *text, const dcnn_program *program)
{
    dcnn_buf_text(text,
                  "\\ Placement of CNN layers on units; times in ms. x<c>_<j>_<i>: layer j of CNN c on unit i.\n");
    write_objective(text, program);
    write_rows(text, program);
    dcnn_buf_text(text, "Bounds\n");
    for (size_t k = 0; k < program->column_count; k++) {
        if (!program->columns[k].closed) continue;
        dcnn_buf_text(text, " ");
        dcnn_column_name(text, &program->columns[k]);
        dcnn_buf_text(text, " = 0\n");
    }
    dcnn_buf_text(text, "Binaries\n");
    for (size_t k = 0; k < program->column_count; k++) {
        if (program->columns[k].kind != 'x' || program->columns[k].closed) continue;
        dcnn_buf_text(text, " ");
        dcnn_column_name(text, &program->columns[k]);
        dcnn_buf_text(text, "\n");
    }
    dcnn_buf_text(text, "End\n");
}
