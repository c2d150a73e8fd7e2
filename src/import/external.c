#define _XOPEN_SOURCE 700 /* realpath */
#include "graph.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TENSOR_EXTERNAL = 13, ENTRY_KEY = 1, ENTRY_VALUE = 2 };

struct entries {
    dcnn_name location, offset, length;
};

static dcnn_name text_of(const dcnn_wire_field *field)
{
    return (dcnn_name){(const char *)field->bytes.at, dcnn_wire_size(field->bytes)};
}

static struct entries read_entries(dcnn_wire proto)
{
    struct entries found = {{"", 0}, {"", 0}, {"", 0}};
    dcnn_wire_field field, part;

    while (dcnn_wire_next(&proto, &field) == DCNN_WIRE_FIELD) {
        dcnn_name key = {"", 0}, value = {"", 0};
        if (field.number != TENSOR_EXTERNAL || field.kind != DCNN_WIRE_BYTES) continue;
        while (dcnn_wire_next(&field.bytes, &part) == DCNN_WIRE_FIELD) {
            if (part.kind != DCNN_WIRE_BYTES) continue;
            if (part.number == ENTRY_KEY) key = text_of(&part);
            if (part.number == ENTRY_VALUE) value = text_of(&part);
        }
        if (dcnn_name_is(key, "location")) found.location = value;
        if (dcnn_name_is(key, "offset")) found.offset = value;
        if (dcnn_name_is(key, "length")) found.length = value;
    }
    return found;
}

/* A decimal number; an empty text is `empty`. */
static bool read_number(dcnn_name text, int64_t empty, int64_t *value)
{
    *value = text.size ? 0 : empty;
    for (size_t k = 0; k < text.size; k++) {
        if (text.at[k] < '0' || text.at[k] > '9' || *value > DCNN_COUNT_MAX) return false;
        *value = *value * 10 + (text.at[k] - '0');
    }
    return *value <= DCNN_COUNT_MAX;
}

/* A relative path without a step upwards. */
static bool stays_inside(dcnn_name location)
{
    size_t start = 0;

    if (location.size == 0 || location.at[0] == '/' || memchr(location.at, '\0', location.size)) return false;
    for (size_t k = 0; k <= location.size; k++) {
        if (k < location.size && location.at[k] != '/') continue;
        if (k - start == 2 && memcmp(location.at + start, "..", 2) == 0) return false;
        start = k + 1;
    }
    return true;
}

/* Follows links: what they lead to must be inside the folder too. */
static dcnn_status check_links(const dcnn_graph *graph, const dcnn_tensor *tensor, const char *path, dcnn_error *err)
{
    char *folder = realpath(graph->folder, NULL);
    char *file = folder ? realpath(path, NULL) : NULL;
    dcnn_status status = DCNN_OK;
    size_t size;

    if (!file) {
        status = errno == ENOMEM ? dcnn_fail_memory(err)
                                 : dcnn_fail(err, DCNN_E_IO, path, "cannot read the weights: %s", strerror(errno));
        goto done;
    }
    size = strlen(folder);
    if (strcmp(folder, "/") != 0 && (strncmp(file, folder, size) != 0 || file[size] != '/'))
        status = dcnn_tensor_fail(graph, tensor, err, DCNN_E_VALUE, "its external data are outside the model's folder");
done:
    free(file);
    free(folder);
    return status;
}

dcnn_status dcnn_external_find(const dcnn_graph *graph, const dcnn_tensor *tensor, dcnn_external *place,
                               dcnn_error *err)
{
    struct entries entries = read_entries(tensor->proto);
    int64_t length;
    struct stat about;
    dcnn_status status;

    if (!stays_inside(entries.location))
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_VALUE, "its external data are outside the model's folder");
    if (!read_number(entries.offset, 0, &place->offset) || !read_number(entries.length, tensor->bytes, &length))
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_SYNTAX, "the place of its external data is no number");
    if (length != tensor->bytes)
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_SYNTAX,
                                "its external data are not as long as its shape says");
    if (!graph->folder) return DCNN_OK;
    dcnn_buf_format(&place->path, "%s/%.*s", graph->folder, (int)(entries.location.size % INT_MAX),
                    entries.location.at);
    if (place->path.failed) return dcnn_fail_memory(err);
    if ((status = check_links(graph, tensor, place->path.data, err))) return status;
    if (stat(place->path.data, &about) != 0 || !S_ISREG(about.st_mode))
        return dcnn_fail(err, DCNN_E_IO, place->path.data, "cannot read the weights: not a file");
    if (about.st_size < place->offset || about.st_size - place->offset < length)
        return dcnn_tensor_fail(graph, tensor, err, DCNN_E_SYNTAX, "its external data end too soon");
    return DCNN_OK;
}
