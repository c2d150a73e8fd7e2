/* notebook.h - the runs of the authors' execute_notebook.py, with their CSV files under their names.
 *
 *     dcnn_notebook_options_init(&options);  options.runs = 50;
 *     dcnn_notebook_run(&options, "out", &how, &err); */
#ifndef DCNN_NOTEBOOK_H
#define DCNN_NOTEBOOK_H

#include <dcnn/experiment.h>
#include <dcnn/generate.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    int runs;                     /* random systems; run k has the seed `seed` + k */
    int cnns, units;              /* each CNN has its own endpoint as source and sink */
    double half_width_m, range_m; /* positions lie in a square of twice the half width */
    double rate_bytes_per_s;      /* of every link */
    int64_t input_bytes;          /* 0 = as the CNN has it */
    const char *cnn;              /* the authors' name of it, or one of the catalogue */
    int mix_count;
    const dcnn_mix *mix;
    double time_limit_s; /* of a solve; 0 = none */
    bool as_published;   /* the behaviour of the public code, not the paper's definition */
    uint64_t seed;
} dcnn_notebook_options;

/* The script's defaults: 500 runs of one `alex` on 50 units, 15 m, 7.5 m, 9241.6 KiB/s, orange-pi-zero 0.45,
 * beaglebone-ai 0.45, raspberry-pi-3b+ 0.1, 300 s; the CNN's own input, seed 1. */
void dcnn_notebook_options_init(dcnn_notebook_options *options);

/* Places the CNNs of every run for 1, 2, ... layers per unit, as many as the CNN has. Creates the folder, and in it
 *
 *     plan.json                           the same as an experiment plan
 *     results.csv, times.csv, ...         as every experiment has them
 *     results/node_T_idxs_expE.csv        units of type T of the mix, an index a line
 *     results/nodes_stats_expE_LX.csv     units that CNN (row) uses of each type (column); X is layers per unit - 1
 *     results/processing_stats_expE_LX.csv, transmission_stats_expE_LX.csv  seconds, a CNN a line
 *     results/alpha_U_expE_LX.csv         CNN U: a row a unit, a column a layer, 1 where it is
 *
 * A solve that the time limit ends without a placement leaves no files, but its row.
 *
 * how  as for dcnn_experiment_run, whose `placed` must be NULL
 *
 * DCNN_E_VALUE for unknown names and figures out of range, or what was there belongs to other options; DCNN_E_ARGUMENT,
 * DCNN_E_INFEASIBLE when the density does not connect, DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_notebook_run(const dcnn_notebook_options *options, const char *directory,
                              const dcnn_experiment_options *how, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
