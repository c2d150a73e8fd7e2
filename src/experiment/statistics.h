/* statistics.h - what many values say, in few figures. */
#ifndef DCNN_EXPERIMENT_STATISTICS_H
#define DCNN_EXPERIMENT_STATISTICS_H

#include <stdint.h>

enum { DCNN_QUANTILES = 7 };

/* 0, 5, 25, 50, 75, 95 and 100 %. */
extern const double dcnn_quantile_shares[DCNN_QUANTILES];

typedef struct {
    double mean;
    double sd;   /* of the sample: n - 1; 0 for one value */
    double ci95; /* half width of the 95 % confidence interval of the mean (Student's t); 0 for one value */
    double quantile[DCNN_QUANTILES];
} dcnn_figures;

/* Figures of count >= 1 values in ascending order. */
dcnn_figures dcnn_figures_of(const double *ascending, int64_t count);

/* Quantile of count >= 1 values in ascending order, between neighbours linearly (type 7 of Hyndman and Fan, 1996). */
double dcnn_quantile(const double *ascending, int64_t count, double share);

/* Into ascending order. */
void dcnn_sort(double *values, int64_t count);

#endif
