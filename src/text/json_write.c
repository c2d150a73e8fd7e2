#include "json_write.h"
#include <assert.h>
#include <inttypes.h>

static void write_quoted(dcnn_buf *out, const char *text)
{
    dcnn_buf_text(out, "\"");
    while (*text) {
        size_t plain = 0;
        while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\') plain++;
        dcnn_buf_add(out, text, plain);
        text += plain;
        if (*text == '\0') break;
        if (*text == '"' || *text == '\\')
            dcnn_buf_format(out, "\\%c", *text);
        else
            dcnn_buf_format(out, "\\u%04x", (unsigned)*text);
        text++;
    }
    dcnn_buf_text(out, "\"");
}

static void indent(dcnn_json_writer *w)
{
    dcnn_buf_format(&w->out, "\n%*s", 2 * w->depth, "");
}

/* What stands before a value: comma, new line, key. */
static void lead(dcnn_json_writer *w, const char *key)
{
    if (w->depth > 0) {
        bool in_lines = w->open[w->depth - 1].in_lines;
        if (w->open[w->depth - 1].used) dcnn_buf_text(&w->out, in_lines ? "," : ", ");
        if (in_lines) indent(w);
        w->open[w->depth - 1].used = true;
    }
    if (!key) return;
    write_quoted(&w->out, key);
    dcnn_buf_text(&w->out, ": ");
}

void dcnn_json_begin(dcnn_json_writer *w, const char *key, char bracket, bool in_lines)
{
    assert(w->depth < DCNN_JSON_WRITE_DEPTH_MAX);
    lead(w, key);
    dcnn_buf_add(&w->out, &bracket, 1);
    w->open[w->depth].bracket = bracket;
    w->open[w->depth].in_lines = in_lines;
    w->open[w->depth].used = false;
    w->depth++;
}

void dcnn_json_end(dcnn_json_writer *w)
{
    assert(w->depth > 0);
    w->depth--;
    if (w->open[w->depth].in_lines && w->open[w->depth].used) indent(w);
    dcnn_buf_text(&w->out, w->open[w->depth].bracket == '{' ? "}" : "]");
    if (w->depth == 0) dcnn_buf_text(&w->out, "\n");
}

void dcnn_json_put_text(dcnn_json_writer *w, const char *key, const char *text)
{
    lead(w, key);
    write_quoted(&w->out, text);
}

void dcnn_json_put_int(dcnn_json_writer *w, const char *key, int64_t number)
{
    lead(w, key);
    dcnn_buf_format(&w->out, "%" PRId64, number);
}

void dcnn_json_put_double(dcnn_json_writer *w, const char *key, double number)
{
    lead(w, key);
    dcnn_buf_double(&w->out, number);
}

void dcnn_json_put_bool(dcnn_json_writer *w, const char *key, bool truth)
{
    lead(w, key);
    dcnn_buf_text(&w->out, truth ? "true" : "false");
}

void dcnn_json_put_null(dcnn_json_writer *w, const char *key)
{
    lead(w, key);
    dcnn_buf_text(&w->out, "null");
}
