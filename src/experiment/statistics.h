/* statistics.h - what the rows of an experiment say, setting by setting. */
#ifndef DCNN_EXPERIMENT_STATISTICS_H
#define DCNN_EXPERIMENT_STATISTICS_H

#include "experiment/experiment.h"

/* Writes summary.csv and summary.md of complete rows into the folder. One line for each system, setting and number of
 * layers per unit: the mean of the value with its standard deviation (n - 1) and the half width of its 95 % confidence
 * interval (Student's t), quantiles, the mean of each part, units used by type, how many were proven. DCNN_E_IO,
 * DCNN_E_MEMORY. O(rows log rows). */
dcnn_status dcnn_statistics_write(const dcnn_rows *rows, const char *directory, dcnn_error *err);

/* Into ascending order. */
void dcnn_sort(double *values, int64_t count);

/* Quantile of count >= 1 values in ascending order, between neighbours linearly (type 7 of Hyndman and Fan, 1996). */
double dcnn_quantile(const double *ascending, int64_t count, double share);

#endif
