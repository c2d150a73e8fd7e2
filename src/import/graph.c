#include "graph.h"
#include <stdio.h>
#include <string.h>

dcnn_tensor *dcnn_node_input(const dcnn_graph *graph, const dcnn_node *node, int k)
{
    int ref = k < node->input_count ? graph->refs[node->first_input + k] : -1;

    return ref < 0 ? NULL : &graph->tensors[ref];
}

dcnn_tensor *dcnn_node_output(const dcnn_graph *graph, const dcnn_node *node, int k)
{
    int ref = k < node->output_count ? graph->refs[node->first_input + node->input_count + k] : -1;

    return ref < 0 ? NULL : &graph->tensors[ref];
}

bool dcnn_name_is(dcnn_name name, const char *text)
{
    return strlen(text) == name.size && memcmp(name.at, text, name.size) == 0;
}

int dcnn_onnx_find(const dcnn_graph *graph, const char *name, size_t size)
{
    for (int t = 0; t < graph->tensor_count; t++) {
        dcnn_name other = graph->tensors[t].name;
        if (other.size == size && memcmp(other.at, name, size) == 0) return t;
    }
    return -1;
}

/* Bytes of the UTF-8 character at the start of s, 0 when there is none that is printable. */
static size_t printable_bytes(const unsigned char *s, size_t size)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
    uint32_t code;

    if (length == 0 || length > size) return 0;
    if (length == 1) return s[0] >= 0x20 && s[0] < 0x7f;
    code = s[0] & (0x7fu >> length);
    for (size_t k = 1; k < length; k++) {
        if ((s[k] & 0xc0) != 0x80) return 0;
        code = code << 6 | (s[k] & 0x3f);
    }
    if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || code < 0xa0) return 0;
    return length;
}

void dcnn_name_label(dcnn_name name, char *label)
{
    const unsigned char *s = (const unsigned char *)name.at;
    size_t used = 0;

    for (size_t k = 0; k < name.size;) {
        size_t length = printable_bytes(s + k, name.size - k), taken = length ? length : 1;
        if (used + taken > 200) break;
        if (length)
            memcpy(label + used, s + k, length);
        else
            label[used] = '?';
        used += taken;
        k += taken;
    }
    label[used] = '\0';
}

void dcnn_where(char where[DCNN_WHERE_BYTES], const char *file, const char *what, const char *label)
{
    enum { FILE_SHOWN_MAX = 100 };
    size_t size = strlen(file);

    if (size > FILE_SHOWN_MAX) file += size - FILE_SHOWN_MAX; /* the end of a path says most */
    (void)snprintf(where, DCNN_WHERE_BYTES, "%s: %s \"%s\"", file, what, label);
}

dcnn_status dcnn_node_fail(const dcnn_graph *graph, const dcnn_node *node, dcnn_error *err, const char *format, ...)
{
    char label[DCNN_LABEL_BYTES], type[DCNN_LABEL_BYTES], what[DCNN_LABEL_BYTES + 16];
    char where[DCNN_WHERE_BYTES], text[sizeof err->text];
    va_list args;

    dcnn_name_label(node->type, type);
    (void)snprintf(what, sizeof what, "%s node", type);
    dcnn_node_label(graph, node, label);
    dcnn_where(where, graph->file, what, label);
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return dcnn_fail(err, DCNN_E_VALUE, where, "%s", text);
}

void dcnn_node_label(const dcnn_graph *graph, const dcnn_node *node, char *label)
{
    const dcnn_tensor *output = dcnn_node_output(graph, node, 0);

    if (node->name.size > 0)
        dcnn_name_label(node->name, label);
    else if (output && output->name.size > 0)
        dcnn_name_label(output->name, label);
    else
        (void)snprintf(label, DCNN_LABEL_BYTES, "node %d", (int)(node - graph->nodes));
}
