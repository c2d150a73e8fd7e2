/* profile.h - from a graph that is understood to the layers of its chain. */
#ifndef DCNN_IMPORT_PROFILE_H
#define DCNN_IMPORT_PROFILE_H

#include "cut.h"

/* Everything known of a model before it is told to the caller. */
typedef struct {
    dcnn_graph graph;
    int *order, order_count; /* nodes, constants included */
    dcnn_schedule schedule;
    dcnn_exit *exits;
    int exit_count;
    dcnn_cuts cuts;
} dcnn_import;

/* dcnn_model_profile for bytes in memory; file stands for them in messages, folder is where external data must lie
 * (NULL: none is looked at). */
dcnn_status dcnn_model_profile_bytes(dcnn_model **out, const unsigned char *bytes, size_t size, const char *file,
                                     const char *folder, const dcnn_model_options *options, dcnn_fault_fn on_fault,
                                     void *user, dcnn_error *err);

/* Elements and bytes of the weights that steps first .. last use, each weight once. stamp [tensor_count] remembers the
 * weights that were met in the round of that number. */
void dcnn_import_weights(const dcnn_import *import, int first, int last, int *stamp, int round, int64_t *parameters,
                         int64_t *bytes);

/* Builds what the caller gets (build.c). DCNN_E_MEMORY. */
dcnn_status dcnn_import_build(const dcnn_import *import, const dcnn_model_options *options, dcnn_model **out,
                              dcnn_error *err);

/* Fills in the fingerprints of the blocks (fingerprint.c). DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_import_fingerprints(const dcnn_import *import, dcnn_model *model, dcnn_error *err);

#endif
