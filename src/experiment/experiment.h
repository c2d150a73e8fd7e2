/* experiment.h - the rows of a plan's results, as they come in. */
#ifndef DCNN_EXPERIMENT_EXPERIMENT_H
#define DCNN_EXPERIMENT_EXPERIMENT_H

#include "experiment/plan.h"

typedef struct {
    const dcnn_plan *plan;
    char **text;       /* [solve_count] line of results.csv; NULL = still to do */
    double *elapsed_s; /* [solve_count] */
} dcnn_rows;

/* The columns of results.csv. */
typedef enum {
    DCNN_COLUMN_SOLVE,
    DCNN_COLUMN_SYSTEM,
    DCNN_COLUMN_SETTING,
    DCNN_COLUMN_LAYERS_PER_UNIT,
    DCNN_COLUMN_DRAW,
    DCNN_COLUMN_SEED,
    DCNN_COLUMN_PROOF,
    DCNN_COLUMN_STOP,
    DCNN_COLUMN_VALUE_NS,
    DCNN_COLUMN_BOUND_NS,
    DCNN_COLUMN_SOURCE_NS,
    DCNN_COLUMN_COMPUTE_NS,
    DCNN_COLUMN_TRANSFER_NS,
    DCNN_COLUMN_SINK_NS,
    DCNN_COLUMN_NODES,
    DCNN_COLUMN_COLUMNS,
    DCNN_COLUMN_DEFINED_NS,
    DCNN_COLUMN_HOPS, /* links that data crosses */
    DCNN_COLUMN_USED, /* units that run a layer, by type: "stm32h7 2;raspberry-pi-3b+ 5" */
    DCNN_COLUMN_COUNT
} dcnn_results_column;

/* False when memory is out. */
bool dcnn_rows_init(dcnn_rows *rows, const dcnn_plan *plan);
void dcnn_rows_clear(dcnn_rows *rows);

/* --- journal.c: the plan's digest, then lines "ELAPSED_S ROW" as they came in --- */

/* Opens the journal of a folder to append to. resume: takes over what a killed run left, where whole lines count and a
 * last one that was cut off does not; otherwise there must be none. *journal is a file descriptor or -1; while it is
 * open another process is refused. */
dcnn_status dcnn_journal_open(int *journal, dcnn_rows *rows, const char *path, bool resume, dcnn_error *err);

/* Takes over a journal without touching it. */
dcnn_status dcnn_journal_gather(dcnn_rows *rows, const char *path, dcnn_error *err);

dcnn_status dcnn_journal_append(int journal, const char *row, double elapsed_s, dcnn_error *err);

#endif
