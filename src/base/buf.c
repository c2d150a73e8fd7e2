#include "base.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void dcnn_buf_add(dcnn_buf *buf, const char *bytes, size_t size)
{
    if (buf->failed) return;
    if (size >= SIZE_MAX - buf->size) {
        buf->failed = true;
        return;
    }
    if (buf->size + size + 1 > buf->room) {
        size_t wanted = buf->size + size + 1;
        char *moved;
        if (wanted < buf->room * 2) wanted = buf->room * 2;
        moved = dcnn_resize(buf->data, wanted, 1);
        if (!moved) {
            buf->failed = true;
            return;
        }
        buf->data = moved;
        buf->room = wanted;
    }
    if (size > 0) memcpy(buf->data + buf->size, bytes, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void dcnn_buf_text(dcnn_buf *buf, const char *text)
{
    dcnn_buf_add(buf, text, strlen(text));
}

void dcnn_buf_format(dcnn_buf *buf, const char *format, ...)
{
    char small[256];
    char *large;
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length < 0) {
        buf->failed = true;
        return;
    }
    if ((size_t)length < sizeof small) {
        dcnn_buf_add(buf, small, (size_t)length);
        return;
    }
    large = dcnn_take((size_t)length + 1, 1);
    if (!large) {
        buf->failed = true;
        return;
    }
    va_start(args, format);
    (void)vsnprintf(large, (size_t)length + 1, format, args);
    va_end(args);
    dcnn_buf_add(buf, large, (size_t)length);
    free(large);
}

void dcnn_buf_double(dcnn_buf *buf, double value)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    /* The library does not set a locale, but its caller may have: a decimal comma would not read back as JSON. */
    for (char *c = text; *c; c++)
        if (*c == ',') *c = '.';
    dcnn_buf_text(buf, text);
}

void dcnn_buf_clear(dcnn_buf *buf)
{
    free(buf->data);
    memset(buf, 0, sizeof *buf);
}
