/* Edge lists: one link a line, columns apart by comma, semicolon, tab or spaces, texts with separators in double quotes
 * (RFC 4180). The first line may name the columns; else there are two: source and target. */
#include "mesh.h"
#include "text/json.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { COLUMNS_MAX = 64 };

typedef struct {
    dcnn_mesh *mesh;
    dcnn_error *err;
    char *at;       /* next line of the terminated text, which is cut into fields in place */
    char separator; /* ' ' = any number of spaces and tabs; 0 = not known before the first line */
    int line;       /* of the fields */
    char *fields[COLUMNS_MAX];
    int field_count;
    char *names[COLUMNS_MAX]; /* of the columns */
    int column_count, source, target;
} reader;

static dcnn_status fail(reader *r, const char *text)
{
    dcnn_status status = dcnn_fail(r->err, DCNN_E_SYNTAX, r->mesh->file, "%s", text);

    if (r->err) r->err->line = r->line;
    if (r->err) r->err->column = 1;
    return status;
}

/* --- lines and fields --- */

static char separator_of(const char *line)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t length = strcspn(line, "\n");

    for (size_t k = 0; k < sizeof candidates; k++)
        if (memchr(line, candidates[k], length)) return candidates[k];
    return ' ';
}

static char *skip_blanks(const reader *r, char *at)
{
    while (*at == ' ' || *at == '\r' || (*at == '\t' && r->separator != '\t')) at++;
    return at;
}

static bool ends_field(const reader *r, char c)
{
    return c == '\0' || c == '\n' || c == r->separator || (r->separator == ' ' && (c == '\t' || c == '\r'));
}

/* Finds the end of the plain field at `from`; blanks before a separator do not belong to it. */
static char *end_of_plain(const reader *r, char *from)
{
    char *end = from;

    for (char *at = from; !ends_field(r, *at); at++)
        if (*at != ' ' && *at != '\t' && *at != '\r') end = at + 1;
    return end;
}

/* Takes the quotes out of the field at `from`, which is after the first one. *end out: where it ends then; *rest out:
 * what follows the last quote. False when there is none. */
static bool unquote(char *from, char **end, char **rest)
{
    char *out = from;

    for (char *at = from; *at && *at != '\n'; at++) {
        if (*at == '"' && *++at != '"') {
            *end = out;
            *rest = at;
            return true;
        }
        *out++ = *at;
    }
    return false;
}

/* Cuts the line at hand into fields. */
static dcnn_status take_line(reader *r)
{
    char next = r->separator;

    for (r->field_count = 0; next && next != '\n'; r->field_count++) {
        char *from = skip_blanks(r, r->at), *end, *rest;
        bool quoted = *from == '"';
        if (r->field_count == COLUMNS_MAX) return fail(r, "more than 64 columns");
        if (!quoted)
            rest = end = end_of_plain(r, from);
        else if (!unquote(++from, &end, &rest))
            return fail(r, "a quoted text does not end on its line");
        if (quoted && *rest != '\r' && *rest != ' ' && !ends_field(r, *rest))
            return fail(r, "expected a separator after a quoted text");
        rest = skip_blanks(r, rest);
        next = *rest; /* before the terminator takes its place */
        *end = '\0';
        r->fields[r->field_count] = from;
        r->at = next == '\0' || (r->separator == ' ' && next != '\n') ? rest : rest + 1;
    }
    return DCNN_OK;
}

/* Reads the next line that is neither blank nor a comment; false at the end of the text. */
static bool next_line(reader *r, dcnn_status *status)
{
    *status = DCNN_OK;
    for (r->line++; *r->at; r->line++) {
        size_t blank = strspn(r->at, " \t\r");
        if (r->at[blank] == '\0') return false;
        if (r->at[blank] != '\n' && r->at[blank] != '#') {
            if (!r->separator) r->separator = separator_of(r->at);
            *status = take_line(r);
            return true;
        }
        r->at += strcspn(r->at, "\n");
        if (*r->at) r->at++;
    }
    return false;
}

/* --- columns --- */

static int find_column(const reader *r, const char *const *names)
{
    for (; *names; names++)
        for (int n = 0; n < r->column_count; n++)
            if (strcasecmp(r->names[n], *names) == 0) return n;
    return -1;
}

/* Takes the first line as the names of the columns, if that is what it is. */
static dcnn_status read_names(reader *r, bool *named)
{
    static const char *const sources[] = {"source", "from", NULL}, *const targets[] = {"target", "to", NULL};

    memcpy(r->names, r->fields, sizeof r->names);
    r->column_count = r->field_count;
    r->source = find_column(r, sources);
    r->target = find_column(r, targets);
    *named = r->source >= 0 && r->target >= 0;
    if (*named) return DCNN_OK;
    r->source = 0;
    r->target = 1;
    if (r->column_count == 2) return DCNN_OK;
    return fail(r, "expected two columns, or a first line that names them, such as \"source,target,quality\"");
}

static dcnn_status read_node(reader *r, int column, int *node)
{
    *node = -1;
    if (!*r->fields[column]) return fail(r, "expected the id of a node, found nothing");
    *node = dcnn_mesh_node_of(r->mesh, r->fields[column]);
    return *node < 0 ? dcnn_fail_memory(r->err) : DCNN_OK;
}

static dcnn_status read_link(reader *r, bool named)
{
    dcnn_mesh_link *link;
    dcnn_status status;
    int a, b;

    if (r->field_count != r->column_count) return fail(r, "expected as many columns as in the first line");
    if ((status = read_node(r, r->source, &a)) || (status = read_node(r, r->target, &b))) return status;
    link = dcnn_mesh_add_link(r->mesh, a, b);
    if (!link) return dcnn_fail_memory(r->err);
    for (int n = 0; named && n < r->column_count; n++) {
        const char *expected = dcnn_mesh_link_figure(link, r->names[n], (dcnn_mesh_value){r->fields[n], 0});
        char text[200];
        if (!expected) continue;
        (void)snprintf(text, sizeof text, "expected %s in column %d", expected, n + 1);
        return fail(r, text);
    }
    return DCNN_OK;
}

/* Ids become names of a scenario: they must be UTF-8, and cannot hold a NUL. */
static dcnn_status check_bytes(reader *r, const dcnn_buf *text)
{
    const char *end = text->data + text->size;

    for (const char *at = r->at; at < end;) {
        size_t size = dcnn_utf8_size(at, end);
        if (size == 0) return fail(r, "bytes that are not UTF-8");
        if (*at == '\0') return fail(r, "a zero byte: this is not a text");
        r->line += *at == '\n';
        at += size;
    }
    return DCNN_OK;
}

dcnn_status dcnn_mesh_read_csv(dcnn_mesh *mesh, dcnn_buf *text, dcnn_error *err)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    reader r = {.mesh = mesh, .err = err, .at = text->data, .line = 1};
    bool named = false;
    dcnn_status status;

    if (strncmp(r.at, byte_order_mark, 3) == 0) r.at += 3;
    if ((status = check_bytes(&r, text))) return status;
    r.line = 0;
    if (!next_line(&r, &status)) {
        r.line = 1;
        return fail(&r, "no network in this file: expected NetJSON, a link list in JSON, GraphML, or CSV");
    }
    if (status || (status = read_names(&r, &named))) return status;
    if (!named && (status = read_link(&r, named))) return status;
    while (next_line(&r, &status))
        if (status || (status = read_link(&r, named))) return status;
    return dcnn_mesh_pair_directions(mesh) ? dcnn_fail_memory(err) : DCNN_OK;
}
