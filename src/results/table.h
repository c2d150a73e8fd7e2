/* table.h - CSV files of an experiment, row by row: columns are found by their names, every fault is told with its line
 * and column.
 *
 *     if ((status = dcnn_table_open(&t, "DIR/times.csv", wanted, 2, err))) goto done;
 *     while (dcnn_table_next(&t)) {
 *         dcnn_table_whole(&t, 0, 0, DCNN_COUNT_MAX, &solve);
 *         dcnn_table_real(&t, 1, 0, 1e9, &elapsed_s);
 *     }
 *     status = t.status;
 *     dcnn_table_close(&t);
 *
 * Cells are not quoted: the names of a plan have neither commas nor quotes. */
#ifndef DCNN_RESULTS_TABLE_H
#define DCNN_RESULTS_TABLE_H

#include "base/base.h"

enum { DCNN_TABLE_COLUMNS_MAX = 64, DCNN_TABLE_WANTED_MAX = 32 };

typedef struct {
    const char *path;
    const char *const *wanted; /* [wanted_count] names of columns */
    int wanted_count;
    int position[DCNN_TABLE_WANTED_MAX]; /* of each wanted column */
    dcnn_error *err;
    dcnn_status status; /* DCNN_OK until something was wrong: then rows end */
    dcnn_buf text;      /* cut into cells in place */
    char *at;           /* the next line */
    int line;           /* of the current row, 1-based */
    int column_count;
    char *cells[DCNN_TABLE_COLUMNS_MAX];
    int columns[DCNN_TABLE_COLUMNS_MAX]; /* where each cell begins in its line, 1-based, in bytes */
} dcnn_table;

/* Reads the file and its first line, which must name every wanted column; others are ignored. Close it in any case. */
dcnn_status dcnn_table_open(dcnn_table *table, const char *path, const char *const *wanted, int wanted_count,
                            dcnn_error *err);
void dcnn_table_close(dcnn_table *table);

/* Goes on to the next row; false after the last one, or when something is or was wrong. */
bool dcnn_table_next(dcnn_table *table);

/* The cell of a wanted column in the current row. The readers leave *value alone when it is not what they expect. */
const char *dcnn_table_text(const dcnn_table *table, int wanted);
void dcnn_table_real(dcnn_table *table, int wanted, double min, double max, double *value);
void dcnn_table_whole(dcnn_table *table, int wanted, int64_t min, int64_t max, int64_t *value);

/* Whether all of the text is a number in [min, max]; the same test without a table. */
bool dcnn_table_number(const char *text, double min, double max, double *value);

/* Reports a fault of a cell: "DIR/times.csv:7:3: elapsed_s: expected ..., found ...". Only the first one is kept. */
void dcnn_table_expected(dcnn_table *table, int wanted, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
