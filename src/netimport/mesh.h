/* mesh.h - a network as its file tells it, before it becomes a scenario; the readers of all formats fill it in. */
#ifndef DCNN_NETIMPORT_MESH_H
#define DCNN_NETIMPORT_MESH_H

#include "base/base.h"
#include "scenario/names.h"
#include <dcnn/netimport.h>

typedef struct {
    const char *id;
    bool listed;                /* not only known from a link */
    double latitude, longitude; /* degrees; NaN = not told */
    double x_m, y_m;            /* NaN = not told */
} dcnn_mesh_node;

/* Index of the two directions of a link. */
enum { DCNN_FORTH, DCNN_BACK };

typedef struct {
    int a, b;
    bool directed;           /* a to b only */
    const char *type;        /* NULL = none */
    double quality[2];       /* share of frames that arrive, in [0, 1]; NaN = not told */
    double retransmission;   /* >= 0; NaN = not told */
    double rate_bytes_per_s; /* 0 = not told */
    double latency_s;
} dcnn_mesh_link;

typedef struct {
    const char *file; /* its name in messages */
    dcnn_pool *pool;  /* owner of the texts */
    dcnn_names names; /* of nodes */
    dcnn_mesh_node *nodes;
    size_t node_count, node_room;
    dcnn_mesh_link *links;
    size_t link_count, link_room;
    int repeated_nodes;
    int64_t loops;
    bool costs_not_used;
} dcnn_mesh;

dcnn_status dcnn_mesh_init(dcnn_mesh *mesh, const char *text, size_t size, const char *file);
void dcnn_mesh_clear(dcnn_mesh *mesh);

/* The node of that id, entered where it is new; -1 when memory is out (id is copied). */
int dcnn_mesh_node_of(dcnn_mesh *mesh, const char *id);

/* The figures of a link of which nothing is told. */
dcnn_mesh_link dcnn_mesh_no_figures(void);

/* A link without figures, or NULL when memory is out; valid until the next one. A loop is counted and not kept: the
 * caller fills in a link that nobody will see. */
dcnn_mesh_link *dcnn_mesh_add_link(dcnn_mesh *mesh, int a, int b);

/* A link listed in both directions is two links of one direction each: for formats that do not say. */
dcnn_status dcnn_mesh_pair_directions(dcnn_mesh *mesh);

/* --- attributes of links and nodes by name, in any case of letters (figures.c) --- */

/* A value as the file has it: a text, or where that is NULL a number. */
typedef struct {
    const char *text;
    double number;
} dcnn_mesh_value;

/* Notes an attribute of a link. Returns NULL, or what was expected in its place; unknown attributes and empty values
 * mean nothing. The text of a type is kept: it must live as long as the mesh. */
const char *dcnn_mesh_link_figure(dcnn_mesh_link *link, const char *name, dcnn_mesh_value value);

/* The same for a node: its position. Degrees that are not on the globe mean nothing. */
const char *dcnn_mesh_node_figure(dcnn_mesh_node *node, const char *name, dcnn_mesh_value value);

/* --- readers: the first fault ends them; they may change the text --- */

dcnn_status dcnn_mesh_read_json(dcnn_mesh *mesh, dcnn_buf *text, dcnn_error *err);
dcnn_status dcnn_mesh_read_graphml(dcnn_mesh *mesh, const dcnn_buf *text, dcnn_error *err);
dcnn_status dcnn_mesh_read_csv(dcnn_mesh *mesh, dcnn_buf *text, dcnn_error *err);

/* --- what becomes of it (build.c) --- */

/* Fills in name, places, units (without types) and network of a new scenario. */
dcnn_status dcnn_mesh_build(dcnn_scenario *scenario, dcnn_netimport_summary *summary, const dcnn_mesh *mesh,
                            const dcnn_netimport_options *options, dcnn_error *err);

#endif
