/* links.h - the links a message may cross, also where a scenario gives only a matrix of hops. */
#ifndef DCNN_EXPORT_LINKS_H
#define DCNN_EXPORT_LINKS_H

#include "base/base.h"
#include <dcnn/network.h>

typedef struct {
    int32_t from, to, kind;
} dcnn_arc;

typedef struct {
    size_t arc_count, room;
    dcnn_arc *arcs;    /* ascending by from */
    size_t *first_out; /* [place_count + 1] */
    size_t *first_in;  /* [place_count + 1] into entering */
    int32_t *entering; /* [arc_count] arcs by where they lead */
    bool explains;     /* false: no graph has these hops as its shortest routes */
} dcnn_links;

/* DCNN_E_MEMORY. */
dcnn_status dcnn_links_init(dcnn_links *links, const dcnn_network *network);
void dcnn_links_clear(dcnn_links *links);

#endif
