#include "markup.h"
#include <inttypes.h>
#include <math.h>

static const int64_t powers[] = {1, 10, 100, 1000};

static int64_t scaled(double value, int decimals)
{
    double limit = 1e12;
    double cut = value > limit ? limit : value >= -limit ? value : -limit; /* NaN becomes -limit, not rubbish */

    return (int64_t)llround(cut * (double)powers[decimals]);
}

static void decimal(dcnn_buf *out, int64_t number, int decimals)
{
    int64_t size = number < 0 ? -number : number;

    dcnn_buf_format(out, "%s%" PRId64, number < 0 ? "-" : "", size / powers[decimals]);
    if (decimals > 0) dcnn_buf_format(out, ".%0*" PRId64, decimals, size % powers[decimals]);
}

/* With exactly so many decimals. */
static void fixed(dcnn_buf *out, double value, int decimals)
{
    decimal(out, scaled(value, decimals), decimals);
}

void dcnn_markup_number(dcnn_buf *out, double value, int decimals)
{
    int64_t number = scaled(value, decimals);

    while (decimals > 0 && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    decimal(out, number, decimals);
}

/* Decimals that make three significant digits. */
static int decimals_of(double value)
{
    double size = fabs(value);

    return size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
}

static void prefixed(dcnn_buf *out, double value, double step, const char *const *prefixes)
{
    while (value >= step * 0.9995 && prefixes[1]) {
        value /= step;
        prefixes++;
    }
    dcnn_markup_number(out, value, decimals_of(value));
    dcnn_buf_format(out, " %s", prefixes[0]);
}

static const char *const decimal_prefixes[] = {"", "k", "M", "G", "T", "P", "E", NULL};
static const char *const binary_prefixes[] = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", NULL};

void dcnn_markup_bytes(dcnn_buf *out, double bytes)
{
    bool binary = bytes >= 1024 && fmod(bytes, 1024) == 0;

    prefixed(out, bytes, binary ? 1024 : 1000, binary ? binary_prefixes : decimal_prefixes);
    dcnn_buf_text(out, "B");
}

void dcnn_markup_ops(dcnn_buf *out, double ops)
{
    prefixed(out, ops, 1000, decimal_prefixes);
    dcnn_buf_text(out, "op");
}

void dcnn_markup_ns(dcnn_buf *out, int64_t ns)
{
    static const char *const units[] = {"ns", "\xC2\xB5s", "ms", "s"};
    double value = (double)ns;
    size_t k = 0;

    while (fabs(value) >= 999.5 && k + 1 < sizeof units / sizeof *units) {
        value /= 1000;
        k++;
    }
    /* Trailing zeros stay, so that times in a column compare at a glance. */
    if (k == 0)
        dcnn_markup_number(out, value, 0);
    else
        fixed(out, value, decimals_of(value));
    dcnn_buf_format(out, " %s", ns == 0 ? "s" : units[k]);
}

void dcnn_markup_percent(dcnn_buf *out, double share)
{
    dcnn_markup_number(out, share * 100, decimals_of(share * 100));
    dcnn_buf_text(out, " %");
}
