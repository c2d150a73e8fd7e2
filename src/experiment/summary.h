/* summary.h - the statistics of an experiment as files. */
#ifndef DCNN_EXPERIMENT_SUMMARY_H
#define DCNN_EXPERIMENT_SUMMARY_H

#include "experiment/groups.h"

/* Writes into the folder
 *
 *     summary.csv        a line for each group: counts, latency and its parts, units used, the worst gap
 *     summary.md         the same as tables
 *     times_summary.csv, times_summary.md   how long solves took, which no two runs have in common
 *
 * DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_summary_write(const dcnn_groups *groups, const char *directory, dcnn_error *err);

#endif
