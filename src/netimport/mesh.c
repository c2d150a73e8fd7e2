#include "mesh.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

dcnn_status dcnn_mesh_init(dcnn_mesh *mesh, const char *text, size_t size, const char *file)
{
    char hex[65];

    *mesh = (dcnn_mesh){.file = file, .pool = dcnn_pool_new()};
    dcnn_sha256_hex(text, size, hex);
    hex[16] = '\0';
    mesh->names.seed = strtoull(hex, NULL, 16);
    return mesh->pool ? DCNN_OK : DCNN_E_MEMORY;
}

void dcnn_mesh_clear(dcnn_mesh *mesh)
{
    dcnn_names_clear(&mesh->names);
    free(mesh->nodes);
    free(mesh->links);
    dcnn_pool_free(mesh->pool);
    *mesh = (dcnn_mesh){0};
}

int dcnn_mesh_node_of(dcnn_mesh *mesh, const char *id)
{
    int known = dcnn_names_find(&mesh->names, DCNN_NAMES_PLACES, id);
    dcnn_mesh_node *node;

    if (known >= 0) return known;
    if (mesh->node_count == INT32_MAX) return -1;
    if (!dcnn_reserve((void **)&mesh->nodes, &mesh->node_room, mesh->node_count, sizeof *mesh->nodes)) return -1;
    node = &mesh->nodes[mesh->node_count];
    *node = (dcnn_mesh_node){dcnn_pool_text(mesh->pool, id), false, NAN, NAN, NAN, NAN};
    if (!node->id || !dcnn_names_add(&mesh->names, DCNN_NAMES_PLACES, node->id, (int)mesh->node_count)) return -1;
    return (int)mesh->node_count++;
}

dcnn_mesh_link dcnn_mesh_no_figures(void)
{
    return (dcnn_mesh_link){.quality = {NAN, NAN}, .retransmission = NAN};
}

dcnn_mesh_link *dcnn_mesh_add_link(dcnn_mesh *mesh, int a, int b)
{
    dcnn_mesh_link *link;

    if (!dcnn_reserve((void **)&mesh->links, &mesh->link_room, mesh->link_count, sizeof *mesh->links)) return NULL;
    link = &mesh->links[mesh->link_count];
    *link = dcnn_mesh_no_figures();
    link->a = a;
    link->b = b;
    if (a == b)
        mesh->loops++;
    else
        mesh->link_count++;
    return link;
}

/* --- both directions --- */

typedef struct {
    int low, high;
    size_t link;
} pair;

static int by_ends(const void *a, const void *b)
{
    const pair *p = a, *q = b;

    if (p->low != q->low) return p->low < q->low ? -1 : 1;
    if (p->high != q->high) return p->high < q->high ? -1 : 1;
    return (p->link > q->link) - (p->link < q->link);
}

/* The links between the same two nodes: directed when they are not all in the same direction. */
static void direct(dcnn_mesh *mesh, const pair *pairs, size_t from, size_t to)
{
    bool forth = false, back = false;

    for (size_t k = from; k < to; k++) {
        if (mesh->links[pairs[k].link].a == pairs[k].low)
            forth = true;
        else
            back = true;
    }
    for (size_t k = from; k < to && forth && back; k++) mesh->links[pairs[k].link].directed = true;
}

dcnn_status dcnn_mesh_pair_directions(dcnn_mesh *mesh)
{
    pair *pairs = dcnn_take(mesh->link_count, sizeof *pairs);

    if (!pairs) return DCNN_E_MEMORY;
    for (size_t k = 0; k < mesh->link_count; k++) {
        int a = mesh->links[k].a, b = mesh->links[k].b;
        pairs[k] = (pair){a < b ? a : b, a < b ? b : a, k};
    }
    qsort(pairs, mesh->link_count, sizeof *pairs, by_ends);
    for (size_t from = 0, to; from < mesh->link_count; from = to) {
        for (to = from + 1; to < mesh->link_count; to++)
            if (pairs[to].low != pairs[from].low || pairs[to].high != pairs[from].high) break;
        direct(mesh, pairs, from, to);
    }
    free(pairs);
    return DCNN_OK;
}
