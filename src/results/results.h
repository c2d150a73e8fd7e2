/* results.h - what the files of an experiment's folder say, in memory, and the sections of the page about them. */
#ifndef DCNN_RESULTS_RESULTS_H
#define DCNN_RESULTS_RESULTS_H

#include "experiment/plan.h"
#include "report/html.h"
#include <dcnn/results.h>

enum { DCNN_PARTS = 4, DCNN_RESULTS_QUANTILES = 7, DCNN_RESULTS_TYPES_MAX = 8 };

/* The solves of one system, setting and number of layers per unit: a row of summary.csv, and its rows of results.csv
 * and times.csv. Times in ns. */
typedef struct {
    const char *system, *setting, *level; /* level: layers per unit, "1" or "any" */
    int64_t line;                         /* of summary.csv */
    int64_t solves, placed, proven, infeasible;
    double mean_ns, deviation_ns, half_width_ns;
    double quantile_ns[DCNN_RESULTS_QUANTILES]; /* least, 5 %, 25 %, median, 75 %, 95 %, largest */
    double part_ns[DCNN_PARTS];                 /* means: source, compute, transfer, exit */
    double hops, units;                         /* means */
    double used[DCNN_RESULTS_TYPES_MAX];        /* mean number of units by type; types beyond share the last place */
    double largest_gap;                         /* (value - bound) / value */
    double *value_ns;                           /* [placed] ascending */
    double *elapsed_ns;                         /* [solves] ascending; NULL = there is no times.csv */
} dcnn_group;

/* Groups that belong in one chart: a setting at several numbers of layers per unit, or all settings of a system that
 * were run at one only. */
typedef struct {
    int count;
    const int *groups; /* [count] */
    bool levels;
} dcnn_panel;

typedef struct {
    const dcnn_plan *plan;
    dcnn_pool *pool;
    int group_count, panel_count, type_count;
    dcnn_group *groups;                        /* in the order of summary.csv */
    dcnn_panel *panels;                        /* those of a system stand together */
    const char *types[DCNN_RESULTS_TYPES_MAX]; /* of units in use */
    bool timed, more_types;                    /* more_types: the last one stands for several */
} dcnn_results;

/* Everything in the folder (read.c); *results zeroed but for its pool and plan. DCNN_E_IO, DCNN_E_VALUE, DCNN_E_MEMORY.
 */
dcnn_status dcnn_results_read(dcnn_results *results, const char *directory, dcnn_error *err);

/* Says that the folder has no such file; DCNN_E_VALUE (read.c). */
dcnn_status dcnn_results_lack(const char *directory, const char *name, dcnn_error *err);

/* How many groups from `first` on have its system and setting (read.c). */
int dcnn_results_levels(const dcnn_results *results, int first);

/* The headline, and what was run (plan.c). */
void dcnn_results_headline(const dcnn_results *results, dcnn_buf *out);
void dcnn_results_plan(const dcnn_results *results, dcnn_buf *out);

/* Latencies as charts and as a table (latency.c). */
void dcnn_results_latency(const dcnn_results *results, dcnn_buf *out);

/* How latencies differ from draw to draw (spread.c). */
void dcnn_results_spread(const dcnn_results *results, dcnn_buf *out);

/* Which types of units are used (units.c). */
void dcnn_results_units(const dcnn_results *results, dcnn_buf *out);

/* How long solving took (times.c). */
void dcnn_results_times(const dcnn_results *results, dcnn_buf *out);

#endif
