/* Networks in JSON: NetJSON NetworkGraph (draft-capoano-kaplan-netjson), and link lists. */
#include "text/json.h"
#include "mesh.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef struct {
    dcnn_json json;
    dcnn_mesh *mesh;
    bool netjson;
    bool directed; /* every link is one way */
    bool etx;      /* costs are expected transmissions */
} reader;

static bool is_number(const dcnn_json_value *value)
{
    return value->type == DCNN_JSON_WHOLE || value->type == DCNN_JSON_REAL;
}

static double number_of(const dcnn_json_value *value)
{
    return value->type == DCNN_JSON_WHOLE ? (double)value->as.whole : value->as.real;
}

/* The node that a text or a whole number names: one that is in the list of nodes, or for a new one entered. -1 after
 * reporting a fault. */
static int read_node_ref(reader *r, const dcnn_json_value *value, bool may_be_new)
{
    const char *id = NULL;
    char digits[24];
    int node;

    if (!value) return -1;
    if (value->type == DCNN_JSON_WHOLE) {
        (void)snprintf(digits, sizeof digits, "%lld", (long long)value->as.whole);
        id = digits;
    } else if (value->type == DCNN_JSON_TEXT && *value->as.text) {
        id = value->as.text;
    }
    if (!id) {
        dcnn_json_expected(&r->json, value, "an id: a text or a whole number");
        return -1;
    }
    if (!may_be_new && dcnn_names_find(&r->mesh->names, DCNN_NAMES_PLACES, id) < 0) {
        dcnn_json_expected(&r->json, value, "the id of a node");
        return -1;
    }
    node = dcnn_mesh_node_of(r->mesh, id);
    if (node < 0) dcnn_json_lost_memory(&r->json);
    return node;
}

/* A member as an attribute; false when it is of a kind that means nothing here. */
static bool as_attribute(reader *r, const dcnn_json_value *member, dcnn_mesh_value *value)
{
    *value = (dcnn_mesh_value){NULL, 0};
    if (is_number(member)) {
        value->number = number_of(member);
        return true;
    }
    if (member->type != DCNN_JSON_TEXT) return false;
    value->text = dcnn_pool_text(r->mesh->pool, member->as.text);
    if (!value->text) dcnn_json_lost_memory(&r->json);
    return value->text != NULL;
}

/* --- nodes --- */

static void note_positions(reader *r, const dcnn_json_value *object, dcnn_mesh_node *node)
{
    for (const dcnn_json_value *member = object->as.first; member && !r->json.status; member = member->next) {
        const char *key = member->name.key, *expected;
        dcnn_mesh_value value;
        if (member->type == DCNN_JSON_OBJECT && (strcmp(key, "properties") == 0 || strcmp(key, "location") == 0)) {
            note_positions(r, member, node); /* no deeper than the parser allows */
            continue;
        }
        if (!r->netjson && strcmp(key, "x") == 0) key = "latitude";
        if (!r->netjson && strcmp(key, "y") == 0) key = "longitude";
        if (!is_number(member) || !as_attribute(r, member, &value)) continue;
        expected = dcnn_mesh_node_figure(node, key, value);
        if (expected) dcnn_json_expected(&r->json, member, "%s", expected);
    }
}

static void read_node(reader *r, const dcnn_json_value *value)
{
    dcnn_json_object object;
    dcnn_mesh_node *node;
    int index;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    index = read_node_ref(r, dcnn_json_need(&object, "id"), true);
    if (index < 0) return;
    node = &r->mesh->nodes[index];
    if (node->listed) {
        r->mesh->repeated_nodes++;
        return;
    }
    node->listed = true;
    note_positions(r, value, node);
}

/* --- links --- */

static void note_figures(reader *r, const dcnn_json_value *object, dcnn_mesh_link *link)
{
    for (const dcnn_json_value *member = object->as.first; member && !r->json.status; member = member->next) {
        const char *key = member->name.key, *expected;
        dcnn_mesh_value value;
        if (r->netjson && member->type == DCNN_JSON_OBJECT && strcmp(key, "properties") == 0) {
            note_figures(r, member, link);
            continue;
        }
        if (r->netjson && strcmp(key, "cost") == 0) {
            if (!r->etx) r->mesh->costs_not_used = true;
            key = r->etx ? "etx" : "";
        }
        if (!as_attribute(r, member, &value)) continue;
        expected = dcnn_mesh_link_figure(link, key, value);
        if (expected) dcnn_json_expected(&r->json, member, "%s", expected);
    }
}

static void read_link(reader *r, const dcnn_json_value *value)
{
    dcnn_json_object object;
    dcnn_mesh_link *link;
    int a, b;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    a = read_node_ref(r, dcnn_json_need(&object, "source"), !r->netjson);
    b = read_node_ref(r, dcnn_json_need(&object, "target"), !r->netjson);
    if (a < 0 || b < 0) return;
    link = dcnn_mesh_add_link(r->mesh, a, b);
    if (!link) {
        dcnn_json_lost_memory(&r->json);
        return;
    }
    link->directed = r->directed;
    note_figures(r, value, link);
}

/* --- the file --- */

static void read_metric(reader *r, const dcnn_json_value *metric)
{
    r->etx = metric && metric->type == DCNN_JSON_TEXT && strcasecmp(metric->as.text, "etx") == 0;
}

static void read_root(reader *r)
{
    const dcnn_json_value *nodes, *links, *type;
    dcnn_json_object root;

    if (!dcnn_json_enter(&r->json, r->json.root, &root)) return;
    type = dcnn_json_get(&root, "type");
    r->netjson = type != NULL;
    if (type && (type->type != DCNN_JSON_TEXT || strcmp(type->as.text, "NetworkGraph") != 0)) {
        dcnn_json_expected(&r->json, type, "\"NetworkGraph\", the kind of NetJSON that holds a network");
        return;
    }
    read_metric(r, dcnn_json_get(&root, "metric"));
    if (!r->netjson) (void)dcnn_json_bool(&r->json, dcnn_json_get(&root, "directed"), &r->directed);
    nodes = r->netjson ? dcnn_json_need(&root, "nodes") : dcnn_json_get(&root, "nodes");
    links = dcnn_json_need(&root, "links");
    if (r->json.status || (nodes && !dcnn_json_objects(&r->json, nodes, 0)) || !dcnn_json_objects(&r->json, links, 0))
        return;
    for (const dcnn_json_value *node = nodes ? nodes->as.first : NULL; node && !r->json.status; node = node->next)
        read_node(r, node);
    for (const dcnn_json_value *link = links->as.first; link && !r->json.status; link = link->next) read_link(r, link);
}

dcnn_status dcnn_mesh_read_json(dcnn_mesh *mesh, dcnn_buf *text, dcnn_error *err)
{
    reader r = {.mesh = mesh};
    dcnn_status status = dcnn_json_open(&r.json, text, mesh->file, NULL, NULL, err);

    if (!status) {
        read_root(&r);
        status = r.json.status;
    }
    if (!status && r.netjson && dcnn_mesh_pair_directions(mesh)) status = dcnn_fail_memory(err);
    dcnn_json_close(&r.json);
    return status;
}
