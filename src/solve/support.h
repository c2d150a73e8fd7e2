/* support.h - the columns that a linear program uses, as a matrix of what they take of the rows that cuts are made of:
 * one column of each chain, and coupling rows of small capacity. */
#ifndef DCNN_SOLVE_SUPPORT_H
#define DCNN_SOLVE_SUPPORT_H

#include "solve/listed.h"

/* A column with a value in the LP. */
typedef struct {
    int chain;
    const dcnn_listed_column *column;
    double value;
} dcnn_support;

typedef struct {
    int at; /* place of the row, or number of the column */
    int64_t amount;
} dcnn_cell;

typedef struct {
    dcnn_cell *cells; /* line by line, in order */
    int *first;       /* [lines + 1] */
} dcnn_lines;

/* Rows that no column takes of are not there. */
typedef struct {
    const dcnn_core *core;
    const dcnn_support *support;
    int count, width; /* columns of the support, rows */
    int *row;         /* [width] below chain_count: a chain; else chain_count + coupling row */
    int64_t *limit;   /* [width] */
    int *place;       /* [rows of the master] place of a row, -1 = not there */
    dcnn_lines by_column, by_row;
} dcnn_matrix;

/* The support must stay. False when memory is out; clear it all the same. O(count * (width + layers * rows of a
 * candidate)). */
bool dcnn_matrix_init(dcnn_matrix *m, const dcnn_core *core, const dcnn_support *support, int count);
void dcnn_matrix_clear(dcnn_matrix *m);

#endif
