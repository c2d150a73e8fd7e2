/* MPS with free columns: the program turned from rows into columns. */
#include "program.h"
#include <stdlib.h>

/* Entries by column: row and value of each. */
typedef struct {
    size_t *first; /* [column_count + 1] */
    size_t *row;   /* [entry_count] */
    int64_t *value;
} turned;

static bool turn(turned *t, const dcnn_program *program)
{
    size_t *next = dcnn_take(program->column_count, sizeof *next);

    t->first = dcnn_take(program->column_count + 1, sizeof *t->first);
    t->row = dcnn_take(program->entry_count, sizeof *t->row);
    t->value = dcnn_take(program->entry_count, sizeof *t->value);
    if (next && t->first && t->row && t->value) {
        for (size_t e = 0; e < program->entry_count; e++) t->first[program->entries[e].column + 1]++;
        for (size_t k = 0; k < program->column_count; k++) {
            t->first[k + 1] += t->first[k];
            next[k] = t->first[k];
        }
        for (size_t r = 0, e = 0; r < program->row_count; r++) {
            size_t end = r + 1 < program->row_count ? program->rows[r + 1].first_entry : program->entry_count;
            for (; e < end; e++) {
                size_t at = next[program->entries[e].column]++;
                t->row[at] = r;
                t->value[at] = program->entries[e].value;
            }
        }
    }
    free(next);
    return next && t->first && t->row && t->value;
}

static void write_column(dcnn_buf *text, const dcnn_program *program, const turned *t, size_t k)
{
    const dcnn_column *column = &program->columns[k];

    if (column->objective_ns != 0 || t->first[k] == t->first[k + 1]) {
        dcnn_buf_text(text, " ");
        dcnn_column_name(text, column);
        dcnn_buf_text(text, " obj ");
        dcnn_coefficient(text, column->objective_ns, true);
        dcnn_buf_text(text, "\n");
    }
    for (size_t e = t->first[k]; e < t->first[k + 1]; e++) {
        dcnn_buf_text(text, " ");
        dcnn_column_name(text, column);
        dcnn_buf_format(text, " r%zu ", t->row[e]);
        dcnn_coefficient(text, t->value[e], program->rows[t->row[e]].time);
        dcnn_buf_text(text, "\n");
    }
}

static void write_columns(dcnn_buf *text, const dcnn_program *program, const turned *t)
{
    bool whole = false;

    dcnn_buf_text(text, "COLUMNS\n");
    for (size_t k = 0; k < program->column_count; k++) {
        if ((program->columns[k].kind == 'x') != whole) {
            whole = !whole;
            dcnn_buf_format(text, " M%zu 'MARKER' '%s'\n", k, whole ? "INTORG" : "INTEND");
        }
        write_column(text, program, t, k);
    }
    if (whole) dcnn_buf_text(text, " M 'MARKER' 'INTEND'\n");
}

static void write_rows(dcnn_buf *text, const dcnn_program *program)
{
    static const char senses[] = "LEG";

    dcnn_buf_text(text, "NAME dcnn\nROWS\n N obj\n");
    for (size_t r = 0; r < program->row_count; r++)
        dcnn_buf_format(text, " %c r%zu\n", senses[program->rows[r].sense], r);
}

static void write_rights(dcnn_buf *text, const dcnn_program *program)
{
    dcnn_buf_text(text, "RHS\n");
    for (size_t r = 0; r < program->row_count; r++) {
        if (program->rows[r].right == 0) continue;
        dcnn_buf_format(text, " RHS r%zu ", r);
        dcnn_coefficient(text, program->rows[r].right, program->rows[r].time);
        dcnn_buf_text(text, "\n");
    }
}

static void write_bounds(dcnn_buf *text, const dcnn_program *program)
{
    dcnn_buf_text(text, "BOUNDS\n");
    for (size_t k = 0; k < program->column_count; k++) {
        if (program->columns[k].kind != 'x' && !program->columns[k].closed) continue;
        dcnn_buf_text(text, " UP BND ");
        dcnn_column_name(text, &program->columns[k]);
        dcnn_buf_text(text, program->columns[k].closed ? " 0\n" : " 1\n");
    }
}

dcnn_status dcnn_write_mps(dcnn_buf *text, const dcnn_program *program)
{
    turned t = {0};
    bool turns = turn(&t, program);

    if (turns) {
        write_rows(text, program);
        write_columns(text, program, &t);
        write_rights(text, program);
        write_bounds(text, program);
        dcnn_buf_text(text, "ENDATA\n");
    }
    free(t.first);
    free(t.row);
    free(t.value);
    return turns ? DCNN_OK : DCNN_E_MEMORY;
}
