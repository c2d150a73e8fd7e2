/* files.h - the folder of an experiment's results. */
#ifndef DCNN_EXPERIMENT_FILES_H
#define DCNN_EXPERIMENT_FILES_H

#include "base/base.h"

/* Creates the folder unless it is there. DCNN_E_IO. */
dcnn_status dcnn_folder_make(const char *path, dcnn_error *err);

/* Saves text as FOLDER/NAME, whole or not at all. A text that failed is DCNN_E_MEMORY; DCNN_E_IO. */
dcnn_status dcnn_folder_save(const char *folder, const char *name, const dcnn_buf *text, dcnn_error *err);

#endif
