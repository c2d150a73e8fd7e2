#include "axis.h"
#include "markup/markup.h"

int64_t dcnn_axis_step(int64_t span_ns, int most)
{
    int64_t step = 1;

    while (span_ns / step > most) {
        int64_t power = step;
        while (power >= 10) power /= 10;
        step = power == 2 ? step / 2 * 5 : step * 2;
    }
    return step;
}

void dcnn_axis_label(dcnn_buf *out, int64_t at_ns, int64_t end_ns)
{
    static const char *const units[] = {"ns", "\xC2\xB5s", "ms", "s"};
    double value = (double)at_ns;
    size_t k = 0;

    for (; end_ns >= 1000 && k + 1 < sizeof units / sizeof *units; end_ns /= 1000) {
        value /= 1000;
        k++;
    }
    dcnn_markup_number(out, value, 3);
    dcnn_buf_format(out, " %s", units[k]);
}
