/* map.h - a file's bytes without reading them: pages come in when they are touched. */
#ifndef DCNN_IMPORT_MAP_H
#define DCNN_IMPORT_MAP_H

#include "base/base.h"

typedef struct {
    const unsigned char *bytes; /* NULL for an empty file */
    size_t size;
    void *region; /* what is mapped, a little more than the file */
    size_t region_size;
} dcnn_map;

/* Maps a regular file for reading. DCNN_E_IO. */
dcnn_status dcnn_map_open(dcnn_map *map, const char *path, dcnn_error *err);

/* Accepts a zeroed map. */
void dcnn_map_close(dcnn_map *map);

#endif
