/* plots.h - what an experiment says in pictures, drawn by gnuplot from data beside its scripts. */
#ifndef DCNN_EXPERIMENT_PLOTS_H
#define DCNN_EXPERIMENT_PLOTS_H

#include "experiment/groups.h"

/* Writes DIRECTORY/plots, created where it is missing: for each of
 *
 *     latency     means of the parts, stacked, and the confidence interval of their sum
 *     spread      quantiles of the latency over the draws
 *     units       units that run a layer, by type, stacked
 *     solve-time  quantiles of the time a solve took
 *
 * against layers per unit, a panel for each system and setting, NAME.dat and NAME.gp, which makes gnuplot write
 * NAME.svg, and NAME-2.svg, ... where there are more panels than a page holds. all.gp runs all four, for PNG too. Times
 * apart, the same experiment has the same bytes. DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_plots_write(const dcnn_groups *groups, const char *directory, dcnn_error *err);

#endif
