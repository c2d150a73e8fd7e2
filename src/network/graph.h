/* graph.h - what the files of this folder share: compressed rows and how they are built. */
#ifndef DCNN_NETWORK_GRAPH_H
#define DCNN_NETWORK_GRAPH_H

#include "base/base.h"
#include <dcnn/network.h>

/* Arcs by the place they belong to: those of place i are first[i] .. first[i + 1] - 1. */
typedef struct {
    int64_t *first; /* [place_count + 1] */
    int32_t *other; /* [arc_count] the place at the other end */
    int32_t *kind;  /* [arc_count], or NULL: all of one kind */
} dcnn_rows;

/* Empty rows for that many arcs; all NULL when memory is out. */
dcnn_status dcnn_rows_new(dcnn_rows *rows, int place_count, int64_t arc_count, bool with_kinds);
void dcnn_rows_free(dcnn_rows *rows);

/* The same arcs seen from their other end. The result is ascending per place, parallel arcs in the order of rows. */
dcnn_status dcnn_rows_transpose(dcnn_rows *out, const dcnn_rows *rows, int place_count);

/* Turns first[i] = arcs of place i into first[i] = arcs of the places before i. */
void dcnn_rows_prefix(int64_t *first, int place_count);

/* Fill the arrays of a network that has its place_count only (range.c, links.c). */
dcnn_status dcnn_network_from_range(dcnn_network *network, const dcnn_scenario *scenario);
dcnn_status dcnn_network_from_links(dcnn_network *network, const dcnn_scenario *scenario);

/* Numbers the islands 0, 1, ... by their lowest place and returns how many there are (islands.c).
 *
 * island_of  [place_count] out */
int dcnn_network_label_islands(const dcnn_network *network, int32_t *island_of);

#endif
