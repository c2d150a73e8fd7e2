#include "experiment/statistics.h"
#include <math.h>
#include <stdlib.h>

const double dcnn_quantile_shares[DCNN_QUANTILES] = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

void dcnn_sort(double *values, int64_t count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
}

double dcnn_quantile(const double *ascending, int64_t count, double share)
{
    double at = share * (double)(count - 1);
    int64_t below = (int64_t)at;

    if (below + 1 >= count) return ascending[count - 1];
    return ascending[below] + (at - (double)below) * (ascending[below + 1] - ascending[below]);
}

/* 97.5 % quantile of Student's t: as tabled for few degrees of freedom, else Fisher's expansion (Abramowitz and Stegun
 * 1964, 26.7.5), which is 0.002 off at worst there. */
static double student(int64_t freedom)
{
    static const double tabled[] = {0, 12.706205, 4.302653, 3.182446, 2.776445, 2.570582};
    static const double z = 1.959963984540054;
    double n = (double)freedom, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;

    if (freedom < (int64_t)(sizeof tabled / sizeof tabled[0])) return tabled[freedom];
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

dcnn_figures dcnn_figures_of(const double *ascending, int64_t count)
{
    dcnn_figures figures = {0};
    double sum = 0, squares = 0;

    for (int64_t k = 0; k < count; k++) sum += ascending[k];
    figures.mean = sum / (double)count;
    for (int64_t k = 0; k < count; k++) squares += (ascending[k] - figures.mean) * (ascending[k] - figures.mean);
    figures.sd = count > 1 ? sqrt(squares / (double)(count - 1)) : 0;
    figures.ci95 = student(count - 1) * figures.sd / sqrt((double)count);
    for (int q = 0; q < DCNN_QUANTILES; q++)
        figures.quantile[q] = dcnn_quantile(ascending, count, dcnn_quantile_shares[q]);
    return figures;
}
