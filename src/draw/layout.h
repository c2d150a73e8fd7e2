/* layout.h - where to draw the places of a network whose positions are not known. */
#ifndef DCNN_DRAW_LAYOUT_H
#define DCNN_DRAW_LAYOUT_H

#include "base/base.h"
#include <dcnn/network.h>

typedef struct {
    double x, y;
} dcnn_point;

/* Positions such that a hop is about one unit long and places far apart in hops are far apart in the plane.
 *
 * position  [place_count] out
 * pool      scratch memory
 *
 * Distances to a sample of pivots give the start (Brandes and Pich, "Eigensolver methods for progressive
 * multidimensional scaling", 2007); stress majorization over links and pivots refines it (Gansner, Koren, North,
 * "Graph drawing by stress majorization", 2004). O(pivots * (places + links)), pivots at most 200 and few in large
 * networks. Deterministic. DCNN_E_MEMORY. */
dcnn_status dcnn_layout(dcnn_point *position, const dcnn_network *network, dcnn_pool *pool, dcnn_error *err);

#endif
