/* notebook_files.h - the CSV files that the authors' notebook leaves for one placement. */
#ifndef DCNN_EXPERIMENT_NOTEBOOK_FILES_H
#define DCNN_EXPERIMENT_NOTEBOOK_FILES_H

#include "experiment/plan.h"
#include <dcnn/placement.h>

/* A dcnn_placed_fn (experiment.h).
 *
 * user  the folder, a text; it must exist */
dcnn_status dcnn_notebook_files(void *user, const dcnn_plan_solve *solve, const dcnn_scenario *scenario,
                                const dcnn_placement *placement, dcnn_error *err);

#endif
