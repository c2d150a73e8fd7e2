#include "figures.h"
#include <stdio.h>
#include <string.h>

static const char *const byte_units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
static const char *const op_units[] = {"operations", "kop", "Mop", "Gop", "Top"};

static void in_full(char out[DCNN_FIGURE_SIZE], int64_t amount, bool ops)
{
    (void)snprintf(out, DCNN_FIGURE_SIZE, "%lld %s", (long long)amount, ops ? op_units[0] : byte_units[0]);
}

/* Whole numbers only: what is printed must not depend on the locale. */
void dcnn_figure(char out[DCNN_FIGURE_SIZE], int64_t amount, bool ops)
{
    int64_t step = ops ? 1000 : 1024, unit = 1, cents;
    int k = 0;

    while (k < 4 && amount / unit >= step) {
        unit *= step;
        k++;
    }
    cents = amount % unit / (unit >= 100 ? unit / 100 : 1);
    if (k == 0)
        in_full(out, amount, ops);
    else if (amount % unit == 0)
        (void)snprintf(out, DCNN_FIGURE_SIZE, "%lld %s", (long long)(amount / unit), ops ? op_units[k] : byte_units[k]);
    else
        (void)snprintf(out, DCNN_FIGURE_SIZE, "%lld.%02lld %s", (long long)(amount / unit),
                       (long long)(cents < 100 ? cents : 99), ops ? op_units[k] : byte_units[k]);
}

void dcnn_figures(char a[DCNN_FIGURE_SIZE], char b[DCNN_FIGURE_SIZE], int64_t a_amount, int64_t b_amount, bool ops)
{
    dcnn_figure(a, a_amount, ops);
    dcnn_figure(b, b_amount, ops);
    if (a_amount == b_amount || strcmp(a, b) != 0) return;
    in_full(a, a_amount, ops);
    in_full(b, b_amount, ops);
}

void dcnn_figure_seconds(char out[DCNN_FIGURE_SIZE], int64_t ns)
{
    const char *unit = "s";
    int64_t whole = 1000000000;
    int digits = 9;

    if (ns < 1000000000 && ns > 0) {
        unit = "ms";
        whole = 1000000;
        digits = 6;
    }
    int length =
        snprintf(out, DCNN_FIGURE_SIZE, "%lld.%0*lld", (long long)(ns / whole), digits, (long long)(ns % whole));
    while (out[length - 1] == '0') length--;
    if (out[length - 1] == '.') length--;
    (void)snprintf(out + length, (size_t)(DCNN_FIGURE_SIZE - length), " %s", unit);
}

const char *dcnn_figure_name(char out[DCNN_NAME_SIZE], const char *name)
{
    size_t room = DCNN_NAME_SIZE - sizeof "...", size = strlen(name);
    bool cut = size > room;

    if (cut) size = room;
    while (cut && size > 0 && ((unsigned char)name[size] & 0xc0) == 0x80) size--; /* only whole UTF-8 characters */
    (void)snprintf(out, DCNN_NAME_SIZE, "%.*s%s", (int)size, name, cut ? "..." : "");
    return out;
}

void dcnn_figure_count(dcnn_buf *out, int64_t count, const char *noun)
{
    dcnn_buf_format(out, "%lld %s%s", (long long)count, noun, count == 1 ? "" : "s");
}
