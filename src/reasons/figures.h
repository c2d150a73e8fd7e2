/* figures.h - figures and names in sentences: exact where that is short, never two that look alike and differ. */
#ifndef DCNN_REASONS_FIGURES_H
#define DCNN_REASONS_FIGURES_H

#include "base/base.h"
#include <dcnn/scenario.h>

enum { DCNN_FIGURE_SIZE = 32, DCNN_NAME_SIZE = 64 };

/* "144 MiB", "1.25 Mop"; what is not whole has two decimals. */
void dcnn_figure(char out[DCNN_FIGURE_SIZE], int64_t amount, bool ops);

/* The same for two amounts to be compared: should they differ and look alike, both are given in full. */
void dcnn_figures(char a[DCNN_FIGURE_SIZE], char b[DCNN_FIGURE_SIZE], int64_t a_amount, int64_t b_amount, bool ops);

/* Exact: "0.9 s". */
void dcnn_figure_seconds(char out[DCNN_FIGURE_SIZE], int64_t ns);

/* A name from a scenario, cut to a length that leaves room for the sentence. Returns out. */
const char *dcnn_figure_name(char out[DCNN_NAME_SIZE], const char *name);

/* "1 unit", "2 units". */
void dcnn_figure_count(dcnn_buf *out, int64_t count, const char *noun);

#endif
