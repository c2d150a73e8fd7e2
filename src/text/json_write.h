/* json_write.h - writing JSON that people can read: a member a line where it pays, a row where it does not.
 *
 *     dcnn_json_writer w = {0};
 *     dcnn_json_begin(&w, NULL, '{', true);
 *     dcnn_json_put_text(&w, "name", "city");
 *     dcnn_json_end(&w);
 *     if (w.out.failed) ... memory is out ...
 *     dcnn_buf_clear(&w.out);
 *
 * key is NULL in an array and for the outermost value. Same calls, same bytes, whatever the locale. */
#ifndef DCNN_TEXT_JSON_WRITE_H
#define DCNN_TEXT_JSON_WRITE_H

#include "base/base.h"

enum { DCNN_JSON_WRITE_DEPTH_MAX = 16 };

typedef struct {
    dcnn_buf out;
    int depth;
    struct {
        char bracket;
        bool in_lines;
        bool used;
    } open[DCNN_JSON_WRITE_DEPTH_MAX];
} dcnn_json_writer;

/* An object '{' or an array '['; in_lines: every member on a line of its own. Nested at most 16 deep. */
void dcnn_json_begin(dcnn_json_writer *w, const char *key, char bracket, bool in_lines);
void dcnn_json_end(dcnn_json_writer *w);

void dcnn_json_put_text(dcnn_json_writer *w, const char *key, const char *text);
void dcnn_json_put_int(dcnn_json_writer *w, const char *key, int64_t number);
void dcnn_json_put_double(dcnn_json_writer *w, const char *key,
                          double number); /* finite; the shortest that reads back */
void dcnn_json_put_bool(dcnn_json_writer *w, const char *key, bool truth);
void dcnn_json_put_null(dcnn_json_writer *w, const char *key);

#endif
