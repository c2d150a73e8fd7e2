#include "number.h"
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXPONENT_MAX = 9999, DECIMAL_POINT_MAX = 8 };

static size_t digits(const char *text, size_t size, size_t at)
{
    size_t from = at;

    while (at < size && text[at] >= '0' && text[at] <= '9') at++;
    return at - from;
}

dcnn_number_span dcnn_number_scan(const char *text, size_t size)
{
    dcnn_number_span none = {0, 0, false}, span = {0, 0, true};
    size_t at = size > 0 && text[0] == '-', count = digits(text, size, at);

    if (count == 0 || (count > 1 && text[at] == '0')) return none;
    at += count;
    if (at < size && text[at] == '.') {
        count = digits(text, size, at + 1);
        if (count == 0) return none;
        at += 1 + count;
        span.whole = false;
    }
    span.mantissa_length = at;
    if (at < size && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        if (at < size && (text[at] == '+' || text[at] == '-')) at++;
        count = digits(text, size, at);
        if (count == 0) return none;
        at += count;
        span.whole = false;
    }
    span.length = at;
    return span;
}

/* The exponent written in the text, cut to where every double is zero or infinite anyway. */
static int written_exponent(const char *text, dcnn_number_span span)
{
    size_t at = span.mantissa_length + 1;
    bool negative;
    int exponent = 0;

    if (at >= span.length) return 0;
    negative = text[at] == '-';
    if (text[at] == '-' || text[at] == '+') at++;
    for (; at < span.length; at++)
        if (exponent < EXPONENT_MAX) exponent = exponent * 10 + (text[at] - '0');
    if (exponent > EXPONENT_MAX) exponent = EXPONENT_MAX;
    return negative ? -exponent : exponent;
}

double dcnn_number_value(const char *text, dcnn_number_span span, int power)
{
    const char *point = localeconv()->decimal_point; /* strtod reads what the program's locale writes */
    char copy[DCNN_NUMBER_LENGTH_MAX + DECIMAL_POINT_MAX + 16];
    size_t used = 0, point_length = strlen(point);

    if (span.length > DCNN_NUMBER_LENGTH_MAX || point_length > DECIMAL_POINT_MAX) return 0;
    for (size_t k = 0; k < span.mantissa_length; k++) {
        if (text[k] == '.') {
            memcpy(copy + used, point, point_length);
            used += point_length;
        } else {
            copy[used++] = text[k];
        }
    }
    (void)snprintf(copy + used, sizeof copy - used, "e%d", written_exponent(text, span) + power);
    return strtod(copy, NULL);
}

const char *dcnn_number_text(char text[DCNN_NUMBER_TEXT_SIZE], double value)
{
    bool plain = fabs(value) < 1e16 && trunc(value) == value;

    (void)snprintf(text, DCNN_NUMBER_TEXT_SIZE, plain ? "%.0f" : "%.10g", value);
    for (char *c = text; *c; c++)
        if (*c == ',') *c = '.';
    return text;
}
