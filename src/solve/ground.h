/* ground.h - the network as sweeps walk over it: places numbered anew, so that those near each other in the network lie
 * near each other in memory. Such a number is a spot. */
#ifndef DCNN_SOLVE_GROUND_H
#define DCNN_SOLVE_GROUND_H

#include "solve/problem.h"

/* One direction of the graph; a hop matrix has none. */
typedef struct {
    const int64_t *first;        /* [place_count + 1] arcs of a spot: first[s] .. first[s + 1] - 1 */
    const int32_t *other, *kind; /* [arc_count] the spot at the other end; the link's kind, NULL as in dcnn_network */
} dcnn_arcs;

typedef struct {
    const dcnn_network *network;
    int place_count;
    int32_t *spot;  /* [place_count] of a place */
    int32_t *place; /* [place_count] of a spot */
    dcnn_arcs out, in;
    dcnn_pool *pool; /* holds what is not the network's */
} dcnn_ground;

/* In the order of a breadth-first search, or as they are: numbering anew takes about as long as sweeping once over the
 * whole network, O(places + arcs). False when memory is out. */
bool dcnn_ground_init(dcnn_ground *ground, const dcnn_network *network, bool anew);
void dcnn_ground_clear(dcnn_ground *ground);

#endif
