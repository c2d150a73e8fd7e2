/* Networks in GraphML (graphml.graphdrawing.org): nodes, edges, and their data by the names of the keys. One graph, not
 * nested; hyperedges and ports have no meaning here. The XML is read by expat. */
#include "mesh.h"
#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64, NAMES_KEYS = 0 }; /* name space of the ids of keys, beside that of nodes */

/* An edge waits for the end of the file, by when all nodes are known. */
typedef struct {
    const char *source, *target;
    int line, column;
    dcnn_mesh_link figures;
} edge;

typedef enum { ITEM_NONE, ITEM_NODE, ITEM_EDGE } item_kind;

typedef struct {
    dcnn_mesh *mesh;
    dcnn_error *err;
    dcnn_status status;
    XML_Parser parser;
    const char **keys; /* the attribute that data of each key is */
    size_t key_count, key_room;
    edge *edges;
    size_t edge_count, edge_room;
    int depth, graphs;
    bool directed;  /* edges that do not say */
    item_kind item; /* what the data belongs to: the last node or edge */
    int node;
    const char *data; /* the attribute being read; NULL = none */
    dcnn_buf text;    /* of it */
} reader;

/* --- faults --- */

static void stop(reader *r, dcnn_status status)
{
    r->status = status;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static int clipped(XML_Size number)
{
    return number < INT_MAX ? (int)number : INT_MAX;
}

static void __attribute__((format(printf, 2, 3))) fail(reader *r, const char *format, ...)
{
    char text[300];
    va_list args;

    if (r->status) return;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    stop(r, dcnn_fail(r->err, DCNN_E_VALUE, r->mesh->file, "%s", text));
    if (!r->err) return;
    r->err->line = clipped(XML_GetCurrentLineNumber(r->parser));
    r->err->column = clipped(XML_GetCurrentColumnNumber(r->parser)) + 1;
}

static void lose_memory(reader *r)
{
    if (!r->status) stop(r, dcnn_fail_memory(r->err));
}

/* --- elements --- */

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0) return attributes[1];
    return NULL;
}

/* The attribute, which must be there and not be empty; copied. NULL after reporting that it is not. */
static const char *need_attribute(reader *r, const char **attributes, const char *name)
{
    const char *value = attribute(attributes, name);
    char *copy;

    if (!value || !*value) {
        fail(r, "expected the attribute \"%s\" of this element", name);
        return NULL;
    }
    copy = dcnn_pool_text(r->mesh->pool, value);
    if (!copy) lose_memory(r);
    return copy;
}

static void begin_key(reader *r, const char **attributes)
{
    const char *id = need_attribute(r, attributes, "id"), *name = attribute(attributes, "attr.name");
    char *copy;

    if (!id) return;
    if (dcnn_names_find(&r->mesh->names, NAMES_KEYS, id) >= 0 || r->key_count == INT_MAX) {
        fail(r, "expected an id of its own, found \"%.200s\", which is taken", id);
        return;
    }
    copy = dcnn_pool_text(r->mesh->pool, name ? name : "");
    if (!copy || !dcnn_reserve((void **)&r->keys, &r->key_room, r->key_count, sizeof *r->keys) ||
        !dcnn_names_add(&r->mesh->names, NAMES_KEYS, id, (int)r->key_count)) {
        lose_memory(r);
        return;
    }
    r->keys[r->key_count++] = copy;
}

static void begin_graph(reader *r, const char **attributes)
{
    const char *direction = attribute(attributes, "edgedefault");

    if (++r->graphs > 1)
        fail(r, "expected one graph, found another one, beside or inside it");
    else
        r->directed = direction && strcmp(direction, "directed") == 0;
}

static void begin_node(reader *r, const char **attributes)
{
    const char *id = need_attribute(r, attributes, "id");

    if (!id) return;
    if (dcnn_names_find(&r->mesh->names, DCNN_NAMES_PLACES, id) >= 0) {
        fail(r, "expected an id of its own, found \"%.200s\", which is taken", id);
        return;
    }
    r->item = ITEM_NODE;
    r->node = dcnn_mesh_node_of(r->mesh, id);
    if (r->node < 0)
        lose_memory(r);
    else
        r->mesh->nodes[r->node].listed = true;
}

static void begin_edge(reader *r, const char **attributes)
{
    const char *source = need_attribute(r, attributes, "source"), *target, *directed;
    edge *e;

    target = source ? need_attribute(r, attributes, "target") : NULL;
    if (!target) return;
    if (!dcnn_reserve((void **)&r->edges, &r->edge_room, r->edge_count, sizeof *r->edges)) {
        lose_memory(r);
        return;
    }
    directed = attribute(attributes, "directed");
    e = &r->edges[r->edge_count++];
    *e = (edge){source, target, clipped(XML_GetCurrentLineNumber(r->parser)),
                clipped(XML_GetCurrentColumnNumber(r->parser)) + 1, dcnn_mesh_no_figures()};
    e->figures.directed = directed ? strcmp(directed, "true") == 0 : r->directed;
    r->item = ITEM_EDGE;
}

static void begin_data(reader *r, const char **attributes)
{
    const char *id = attribute(attributes, "key");
    int key = id ? dcnn_names_find(&r->mesh->names, NAMES_KEYS, id) : -1;

    r->text.size = 0;
    r->data = key >= 0 ? r->keys[key] : NULL;
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static void XMLCALL begin(void *user, const char *name, const char **attributes)
{
    reader *r = user;

    name = local_name(name);
    if (++r->depth > DEPTH_MAX)
        fail(r, "expected at most %d elements inside each other, found more", DEPTH_MAX);
    else if (r->depth == 1 && strcmp(name, "graphml") != 0)
        fail(r, "expected GraphML, found the element \"%.60s\"", name);
    else if (strcmp(name, "key") == 0)
        begin_key(r, attributes);
    else if (strcmp(name, "graph") == 0)
        begin_graph(r, attributes);
    else if (strcmp(name, "node") == 0)
        begin_node(r, attributes);
    else if (strcmp(name, "edge") == 0)
        begin_edge(r, attributes);
    else if (strcmp(name, "data") == 0 && r->item != ITEM_NONE)
        begin_data(r, attributes);
    else if (strcmp(name, "hyperedge") == 0)
        fail(r, "expected edges between two nodes, found a hyperedge");
}

static void XMLCALL add_text(void *user, const char *bytes, int size)
{
    reader *r = user;

    if (r->data) dcnn_buf_add(&r->text, bytes, (size_t)size);
    if (r->text.failed) lose_memory(r);
}

static void end_data(reader *r)
{
    const char *expected;
    dcnn_mesh_value value = {dcnn_pool_bytes(r->mesh->pool, r->text.data, r->text.size), 0};

    if (!value.text) {
        lose_memory(r);
        return;
    }
    if (r->item == ITEM_NODE)
        expected = dcnn_mesh_node_figure(&r->mesh->nodes[r->node], r->data, value);
    else
        expected = dcnn_mesh_link_figure(&r->edges[r->edge_count - 1].figures, r->data, value);
    r->data = NULL;
    if (expected) fail(r, "expected %s", expected);
}

static void XMLCALL end(void *user, const char *name)
{
    reader *r = user;

    r->depth--;
    if (r->status) return;
    if (r->data) end_data(r);
    name = local_name(name);
    if (strcmp(name, "node") == 0 || strcmp(name, "edge") == 0) r->item = ITEM_NONE;
}

static void XMLCALL refuse_entity(void *user, const char *name, int is_parameter, const char *value, int size,
                                  const char *base, const char *system_id, const char *public_id, const char *notation)
{
    (void)is_parameter, (void)value, (void)size, (void)base, (void)system_id, (void)public_id, (void)notation;
    fail(user, "expected no entities, found the declaration of \"%.60s\"", name);
}

/* --- the file --- */

static dcnn_status parse(reader *r, const dcnn_buf *text)
{
    size_t done = 0;

    while (!r->status) {
        size_t part = text->size - done < INT_MAX / 2 ? text->size - done : INT_MAX / 2;
        bool last = done + part == text->size;
        if (XML_Parse(r->parser, text->data + done, (int)part, last) != XML_STATUS_OK) break;
        if (last) return DCNN_OK;
        done += part;
    }
    if (r->status) return r->status;
    if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY) return dcnn_fail_memory(r->err);
    (void)dcnn_fail(r->err, DCNN_E_SYNTAX, r->mesh->file, "not well-formed XML: %s",
                    XML_ErrorString(XML_GetErrorCode(r->parser)));
    if (r->err) r->err->line = clipped(XML_GetCurrentLineNumber(r->parser));
    if (r->err) r->err->column = clipped(XML_GetCurrentColumnNumber(r->parser)) + 1;
    return DCNN_E_SYNTAX;
}

/* The node an edge ends at, or -1 after reporting that there is none. */
static int find_end(reader *r, const edge *e, const char *id)
{
    int node = dcnn_names_find(&r->mesh->names, DCNN_NAMES_PLACES, id);

    if (node >= 0) return node;
    r->status = dcnn_fail(r->err, DCNN_E_VALUE, r->mesh->file, "expected the id of a node, found \"%.200s\"", id);
    if (r->err) r->err->line = e->line;
    if (r->err) r->err->column = e->column;
    return -1;
}

static dcnn_status add_links(reader *r)
{
    for (size_t k = 0; k < r->edge_count; k++) {
        const edge *e = &r->edges[k];
        int a = find_end(r, e, e->source), b = a < 0 ? -1 : find_end(r, e, e->target);
        dcnn_mesh_link *link;
        if (b < 0) return r->status;
        link = dcnn_mesh_add_link(r->mesh, a, b);
        if (!link) return dcnn_fail_memory(r->err);
        *link = e->figures;
        link->a = a;
        link->b = b;
    }
    return DCNN_OK;
}

dcnn_status dcnn_mesh_read_graphml(dcnn_mesh *mesh, const dcnn_buf *text, dcnn_error *err)
{
    const XML_Memory_Handling_Suite memory = {malloc, realloc, free};
    reader r = {.mesh = mesh, .err = err, .parser = XML_ParserCreate_MM(NULL, &memory, NULL)};
    dcnn_status status;

    if (!r.parser) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    (void)XML_SetHashSalt(r.parser, (unsigned long)mesh->names.seed | 1); /* the same run for the same file */
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, begin, end);
    XML_SetCharacterDataHandler(r.parser, add_text);
    XML_SetEntityDeclHandler(r.parser, refuse_entity);
    if ((status = parse(&r, text))) goto done;
    status = add_links(&r);
done:
    if (r.parser) XML_ParserFree(r.parser);
    dcnn_buf_clear(&r.text);
    free(r.keys);
    free(r.edges);
    return status;
}
