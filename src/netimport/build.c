/* From a mesh to a scenario: which ways are open, which islands there are, which nodes stay, where they are. */
#include "mesh.h"
#include "network/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double earth_radius_m = 6371008.8; /* mean */
static const double radians_per_degree = 3.14159265358979323846 / 180;

typedef struct {
    const dcnn_mesh *mesh;
    const dcnn_netimport_options *options;
    dcnn_netimport_summary *summary;
    dcnn_scenario *scenario;
    bool graded;        /* some link tells its quality, so one that does not is not simply perfect */
    int32_t *island_of; /* [node_count] */
    int32_t *place_of;  /* [node_count] place of a node; -1 = left out */
} builder;

/* --- links --- */

static bool is_wanted(const builder *b, const dcnn_mesh_link *link)
{
    return !b->options->link_type || (link->type && strcmp(link->type, b->options->link_type) == 0);
}

/* Expected extra sends in that direction, or -1 where there is no way. */
static double retransmission(const builder *b, const dcnn_mesh_link *link, int direction)
{
    double quality = link->quality[direction];

    if (direction == DCNN_BACK && link->directed) return -1;
    if (!isnan(link->retransmission) && (isnan(quality) || quality > 0)) return link->retransmission;
    if (isnan(quality)) quality = b->graded ? b->options->missing_quality : 1;
    return quality > 0 ? 1 / quality - 1 : -1;
}

static bool is_graded(const dcnn_mesh *mesh)
{
    for (size_t k = 0; k < mesh->link_count; k++) {
        const dcnn_mesh_link *link = &mesh->links[k];
        if (!isnan(link->quality[DCNN_FORTH]) || !isnan(link->quality[DCNN_BACK]) || !isnan(link->retransmission))
            return true;
    }
    return false;
}

static void add_way(builder *b, const dcnn_mesh_link *link, int direction, double retransmissions, bool one_way)
{
    dcnn_network_spec *network = &b->scenario->network;
    int from = direction == DCNN_FORTH ? link->a : link->b, to = direction == DCNN_FORTH ? link->b : link->a;

    if (b->place_of[from] < 0) return;
    network->links[network->link_count++] =
        (dcnn_link){b->place_of[from],
                    b->place_of[to],
                    link->rate_bytes_per_s > 0 ? link->rate_bytes_per_s : network->rate_bytes_per_s,
                    link->latency_s,
                    retransmissions,
                    one_way};
}

/* Adds the wanted links between nodes that stay; counts what is left out. */
static void add_links(builder *b)
{
    b->summary->links = b->summary->closed_ways = b->scenario->network.link_count = 0;
    for (size_t k = 0; k < b->mesh->link_count; k++) {
        const dcnn_mesh_link *link = &b->mesh->links[k];
        double forth = retransmission(b, link, DCNN_FORTH), back = retransmission(b, link, DCNN_BACK);
        if (!is_wanted(b, link)) continue;
        b->summary->links++;
        b->summary->closed_ways += (forth < 0) + (back < 0 && !link->directed);
        if (forth >= 0 && forth == back) {
            add_way(b, link, DCNN_FORTH, forth, false);
            continue;
        }
        if (forth >= 0) add_way(b, link, DCNN_FORTH, forth, true);
        if (back >= 0) add_way(b, link, DCNN_BACK, back, true);
    }
}

/* --- nodes --- */

/* Islands of all nodes over the links of the scenario, whose places still are all nodes; *largest out: the first of the
 * largest ones. */
static dcnn_status measure(builder *b, int *largest)
{
    size_t count = b->mesh->node_count;
    int *size = dcnn_take(count, sizeof *size);
    dcnn_network *network = NULL;
    dcnn_status status = DCNN_E_MEMORY;

    *largest = 0;
    if (!size || (status = dcnn_network_new(&network, b->scenario, NULL))) goto done;
    b->summary->islands = dcnn_network_label_islands(network, b->island_of);
    for (size_t i = 0; i < count; i++) size[b->island_of[i]]++;
    for (int n = 1; n < b->summary->islands; n++)
        if (size[n] > size[*largest]) *largest = n;
    b->summary->largest_nodes = size[*largest];
done:
    dcnn_network_free(network);
    free(size);
    return status;
}

/* Place of a node on a plane through the middle of the map, to the centimetre: so that the last digits of cos, which
 * are not the same on every machine, do not show. */
static void locate(dcnn_place *place, const dcnn_mesh_node *node, double middle_latitude, double middle_longitude)
{
    double metres_per_degree = earth_radius_m * radians_per_degree;

    place->located = true;
    if (!isnan(node->x_m) && !isnan(node->y_m)) {
        place->x_m = node->x_m;
        place->y_m = node->y_m;
    } else if (!isnan(node->latitude) && !isnan(node->longitude)) {
        double shrunk = cos(middle_latitude * radians_per_degree);
        place->x_m = round((node->longitude - middle_longitude) * shrunk * metres_per_degree * 100) / 100;
        place->y_m = round((node->latitude - middle_latitude) * metres_per_degree * 100) / 100;
    } else {
        place->located = false;
    }
}

static dcnn_status name_places(builder *b)
{
    double latitudes = 0, longitudes = 0;
    int located = 0;

    for (size_t i = 0; i < b->mesh->node_count; i++) {
        const dcnn_mesh_node *node = &b->mesh->nodes[i];
        if (b->place_of[i] < 0 || isnan(node->latitude) || isnan(node->longitude)) continue;
        latitudes += node->latitude;
        longitudes += node->longitude;
        located++;
    }
    for (size_t i = 0; i < b->mesh->node_count; i++) {
        dcnn_place *place;
        if (b->place_of[i] < 0) continue;
        place = &b->scenario->places[b->place_of[i]];
        place->id = dcnn_pool_text(b->scenario->pool, b->mesh->nodes[i].id);
        if (!place->id) return DCNN_E_MEMORY;
        locate(place, &b->mesh->nodes[i], located ? latitudes / located : 0, located ? longitudes / located : 0);
    }
    return DCNN_OK;
}

/* Numbers the nodes that stay, in file order; island < 0 = all. */
static void choose(builder *b, int island)
{
    int kept = 0;

    for (size_t i = 0; i < b->mesh->node_count; i++)
        b->place_of[i] = island < 0 || b->island_of[i] == island ? kept++ : -1;
    b->scenario->unit_count = b->scenario->place_count = kept;
}

/* --- the scenario --- */

static dcnn_status take_arrays(builder *b)
{
    dcnn_scenario *s = b->scenario;
    size_t nodes = b->mesh->node_count;

    if (b->mesh->link_count > SIZE_MAX / 4) return DCNN_E_MEMORY;
    s->places = dcnn_pool_take(s->pool, nodes, sizeof *s->places);
    s->units = dcnn_pool_take(s->pool, nodes, sizeof *s->units);
    s->network.links = dcnn_pool_take(s->pool, 2 * b->mesh->link_count, sizeof *s->network.links);
    b->island_of = dcnn_take(nodes, sizeof *b->island_of);
    b->place_of = dcnn_take(nodes, sizeof *b->place_of);
    return s->places && s->units && s->network.links && b->island_of && b->place_of ? DCNN_OK : DCNN_E_MEMORY;
}

static void note_nodes(builder *b)
{
    dcnn_netimport_summary *summary = b->summary;

    *summary = (dcnn_netimport_summary){.nodes = (int)b->mesh->node_count,
                                        .repeated_nodes = b->mesh->repeated_nodes,
                                        .loops = b->mesh->loops,
                                        .costs_not_used = b->mesh->costs_not_used};
    for (size_t i = 0; i < b->mesh->node_count; i++) summary->unlisted_nodes += !b->mesh->nodes[i].listed;
    if (summary->unlisted_nodes == summary->nodes) summary->unlisted_nodes = 0; /* a format without a list */
}

dcnn_status dcnn_mesh_build(dcnn_scenario *scenario, dcnn_netimport_summary *summary, const dcnn_mesh *mesh,
                            const dcnn_netimport_options *options, dcnn_error *err)
{
    builder b = {.mesh = mesh, .options = options, .summary = summary, .scenario = scenario, .graded = is_graded(mesh)};
    dcnn_status status;
    int largest;

    note_nodes(&b);
    scenario->network.kind = DCNN_NETWORK_LINKS;
    scenario->network.rate_bytes_per_s = options->rate_bytes_per_s;
    scenario->layers_per_unit = options->layers_per_unit;
    if ((status = take_arrays(&b))) goto done;
    choose(&b, -1);
    add_links(&b);
    if ((status = measure(&b, &largest))) goto done;
    if (options->largest) choose(&b, largest);
    add_links(&b);
    status = name_places(&b);
    summary->kept_nodes = scenario->place_count;
    summary->kept_links = scenario->network.link_count;
done:
    free(b.island_of);
    free(b.place_of);
    return status ? dcnn_fail_memory(err) : DCNN_OK; /* nothing else can fail */
}
