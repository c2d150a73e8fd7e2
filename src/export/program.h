/* program.h - a mixed-integer linear program in memory, between its formulation and the formats. */
#ifndef DCNN_EXPORT_PROGRAM_H
#define DCNN_EXPORT_PROGRAM_H

#include "choices.h"
#include <dcnn/export.h>

typedef struct {
    char kind;                /* x assignment (binary), y pair of units, f flow on a link, z largest latency */
    bool closed;              /* fixed to 0 */
    int cnn, layer, from, to; /* x: from is the unit; f: from is the link */
    int64_t objective_ns;
    dcnn_cost cost; /* y and f: what the transfer adds to its CNN */
} dcnn_column;

typedef enum { DCNN_ROW_LESS, DCNN_ROW_EQUAL, DCNN_ROW_MORE } dcnn_row_sense;

typedef struct {
    dcnn_row_sense sense;
    bool time; /* coefficients are nanoseconds */
    int64_t right;
    size_t first_entry;
} dcnn_row;

typedef struct {
    int32_t column;
    int64_t value;
} dcnn_entry;

typedef struct {
    dcnn_column *columns;
    dcnn_row *rows;
    dcnn_entry *entries;
    size_t column_count, column_room, row_count, row_room, entry_count, entry_room;
    bool failed; /* memory was out: everything after it does nothing */
} dcnn_program;

void dcnn_program_clear(dcnn_program *program);

/* Index of the new column. */
int32_t dcnn_program_column(dcnn_program *program, const dcnn_column *column);

/* A row: begin, its entries, end. End joins entries of one column, drops zeros, and drops a row left empty. */
void dcnn_program_begin(dcnn_program *program, dcnn_row_sense sense, int64_t right, bool time);
void dcnn_program_add(dcnn_program *program, int32_t column, int64_t value);
void dcnn_program_end(dcnn_program *program);

/* "x0_3_17" */
void dcnn_column_name(dcnn_buf *text, const dcnn_column *column);

/* A coefficient: whole, or milliseconds of nanoseconds. */
void dcnn_coefficient(dcnn_buf *text, int64_t value, bool time);

/* What two counts have in common; of 0 and another, the other. */
int64_t dcnn_greatest_divisor(int64_t a, int64_t b);

dcnn_status dcnn_formulate(dcnn_program *program, const dcnn_choices *choices, dcnn_export_form form, dcnn_error *err);

void dcnn_write_lp(dcnn_buf *text, const dcnn_program *program);
dcnn_status dcnn_write_mps(dcnn_buf *text, const dcnn_program *program);
dcnn_status dcnn_write_wcsp(dcnn_buf *text, const dcnn_choices *choices, dcnn_error *err);

#endif
