/* file.h - output files that are written whole or not at all. */
#ifndef DCNN_FILE_H
#define DCNN_FILE_H

#include <dcnn/status.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes beside the target, syncs, renames: the target is replaced whole or not at all. "-" is standard output; what
 * is not a regular file (a device, a pipe) is written straight. DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_file_save(const char *path, const char *bytes, size_t size, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
