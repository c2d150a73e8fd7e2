#include "strip.h"
#include "axis.h"
#include <math.h>

enum {
    WIDTH = 1000,
    RIM = 4,
    BAR_TOP = 20,
    BAR_HEIGHT = 26,
    UNITS_BASE = 59,
    EXITS_TOP = 66,
    EXIT_ROW = 17,
    AXIS = 22
};
enum { EXITS_SHOWN = 8, TICKS_MAX = 9, BEYOND = 8 };

static const double text_size = 12;

struct strip {
    dcnn_buf *out;
    const dcnn_scenario *scenario;
    const dcnn_cnn *cnn;
    const dcnn_timeline *timeline;
    dcnn_pool *pool;
    double px_per_ns;
    double bottom; /* of all but the axis */
};

static double x_of(const struct strip *s, int64_t ns)
{
    return RIM + (double)ns * s->px_per_ns;
}

static void open_text(const struct strip *s, const char *class, const char *anchor, double x, double y)
{
    dcnn_buf_format(s->out, "<text class=\"%s\" text-anchor=\"%s\"", class, anchor);
    dcnn_html_number(s->out, "x", x);
    dcnn_html_number(s->out, "y", y);
    dcnn_buf_text(s->out, ">");
}

/* A name in the middle of a stretch, if there is room for a few letters of it. Returns whether there is. */
static bool write_within(const struct strip *s, const char *class, const char *name, double from, double to, double y)
{
    double room = to - from - 6, width = dcnn_markup_width(name, text_size);
    char *fitted = room >= 26 || width <= room ? dcnn_markup_fit(s->pool, name, text_size, room) : NULL;

    if (!fitted) return false;
    open_text(s, class, "middle", (from + to) / 2, y);
    dcnn_markup_text(s->out, fitted);
    dcnn_buf_text(s->out, "</text>");
    return true;
}

static void write_step(const struct strip *s, const dcnn_step *step)
{
    static const char *const parts[] = {"source", "compute", "transfer", "exit"};
    double from = x_of(s, step->begin_ns), to = x_of(s, step->begin_ns + step->duration_ns);

    if (step->duration_ns == 0) return;
    dcnn_buf_format(s->out, "<rect class=\"part-%s\" y=\"%d\" height=\"%d\"", parts[step->kind], BAR_TOP, BAR_HEIGHT);
    dcnn_html_number(s->out, "x", from);
    dcnn_html_number(s->out, "width", fmax(to - from, 0.6));
    dcnn_buf_text(s->out, "/>");
    if (step->kind == DCNN_STEP_COMPUTE)
        (void)write_within(s, "inside", s->cnn->layers[step->layer].name, from, to, BAR_TOP + 17);
}

static bool decides(const dcnn_step *step)
{
    return step->kind == DCNN_STEP_EXIT && step->probability > 0;
}

/* Under each run of layers the unit that has them; names may reach a little beyond it. */
static void write_units(const struct strip *s)
{
    const dcnn_timeline *t = s->timeline;
    double taken = 0; /* up to there by the name before */

    for (int k = 0, end; k < t->step_count; k = end) {
        const dcnn_step *first = &t->steps[k], *last = first;
        double from, to, beyond;
        end = k + 1;
        if (first->kind != DCNN_STEP_COMPUTE) continue;
        for (; end < t->step_count && t->steps[end].from == first->from; end++)
            if (t->steps[end].kind == DCNN_STEP_COMPUTE) last = &t->steps[end];
        from = x_of(s, first->begin_ns);
        to = x_of(s, last->begin_ns + last->duration_ns);
        beyond = fmin(BEYOND, from - taken);
        if (end < t->step_count && decides(&t->steps[end])) beyond = fmin(beyond, 0); /* its line goes down there */
        if (write_within(s, "soft", s->scenario->places[first->from].id, from - beyond, to + beyond, UNITS_BASE))
            taken = to + beyond;
    }
}

static void write_exit(const struct strip *s, const dcnn_step *step, double y)
{
    double from = x_of(s, step->begin_ns), to = x_of(s, step->begin_ns + step->duration_ns);
    bool left = to > 0.6 * WIDTH;

    dcnn_buf_text(s->out, "<path class=\"branch\" d=\"M");
    dcnn_markup_number(s->out, from, 1);
    dcnn_buf_format(s->out, " %dV", BAR_TOP + BAR_HEIGHT);
    dcnn_markup_number(s->out, y, 1);
    dcnn_buf_text(s->out, "H");
    dcnn_markup_number(s->out, to, 1);
    dcnn_buf_text(s->out, "\"/><circle class=\"part-exit\" r=\"4\"");
    dcnn_html_number(s->out, "cx", to);
    dcnn_html_number(s->out, "cy", y);
    dcnn_buf_text(s->out, "/>");
    open_text(s, "soft", left ? "end" : "start", left ? from - 6 : to + 8, y + 4);
    dcnn_markup_percent(s->out, step->probability);
    dcnn_buf_text(s->out, " decided after ");
    dcnn_markup_ns(s->out, step->begin_ns + step->duration_ns);
    dcnn_buf_text(s->out, "</text>\n");
}

static void write_exits(struct strip *s)
{
    int shown = 0;

    for (int k = 0; k < s->timeline->step_count && shown < EXITS_SHOWN; k++) {
        if (!decides(&s->timeline->steps[k])) continue;
        write_exit(s, &s->timeline->steps[k], EXITS_TOP + EXIT_ROW * (shown + 0.5));
        shown++;
    }
}

/* Where the expectation lies, unless it lies at the end anyway. */
static void write_expected(const struct strip *s, int64_t expected_ns)
{
    double x = x_of(s, expected_ns);
    bool left = x > WIDTH / 2.0;

    if (expected_ns == DCNN_NEVER || expected_ns >= s->timeline->longest_ns) return;
    dcnn_buf_text(s->out, "<path class=\"mean\" d=\"M");
    dcnn_markup_number(s->out, x, 1);
    dcnn_buf_format(s->out, " 2V%d\"/>", BAR_TOP + BAR_HEIGHT + 3);
    open_text(s, "strong", left ? "end" : "start", left ? x - 5 : x + 5, 13);
    dcnn_buf_text(s->out, "expected ");
    dcnn_markup_ns(s->out, expected_ns);
    dcnn_buf_text(s->out, "</text>\n");
}

static void write_axis(const struct strip *s, int64_t scale_ns)
{
    int64_t tick = dcnn_axis_step(scale_ns, TICKS_MAX);

    dcnn_buf_text(s->out, "<path class=\"axis\" d=\"M4 ");
    dcnn_markup_number(s->out, s->bottom, 1);
    dcnn_buf_format(s->out, "H%d", RIM + WIDTH);
    for (int64_t at = 0; at <= scale_ns; at += tick) {
        dcnn_buf_text(s->out, "M");
        dcnn_markup_number(s->out, x_of(s, at), 1);
        dcnn_buf_text(s->out, " ");
        dcnn_markup_number(s->out, s->bottom, 1);
        dcnn_buf_text(s->out, "v5");
    }
    dcnn_buf_text(s->out, "\"/>");
    for (int64_t at = 0; at <= scale_ns; at += tick) {
        double x = x_of(s, at);
        open_text(s, "soft",
                  at == 0          ? "start"
                  : x > WIDTH - 25 ? "end"
                                   : "middle",
                  at == 0 ? x - 3 : x, s->bottom + 18);
        dcnn_axis_label(s->out, at, scale_ns);
        dcnn_buf_text(s->out, "</text>");
    }
}

void dcnn_strip_write(dcnn_buf *out, const dcnn_scenario *scenario, int c, const dcnn_timeline *timeline,
                      int64_t expected_ns, dcnn_pool *pool)
{
    struct strip s = {out, scenario, &scenario->cnns[c], timeline, pool, WIDTH / (double)timeline->longest_ns, 0};
    int exits = 0;

    for (int k = 0; k < timeline->step_count; k++) exits += decides(&timeline->steps[k]);
    s.bottom = EXITS_TOP + EXIT_ROW * (exits > EXITS_SHOWN ? EXITS_SHOWN : exits) + 6;
    dcnn_buf_text(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline\">"
                       "<svg class=\"strip\" aria-hidden=\"true\" viewBox=\"0 0 ");
    dcnn_buf_format(out, "%d %d\">\n", WIDTH + 2 * RIM, (int)s.bottom + AXIS);
    for (int k = 0; k < timeline->step_count; k++)
        if (timeline->steps[k].kind != DCNN_STEP_EXIT) write_step(&s, &timeline->steps[k]);
    dcnn_buf_text(out, "\n");
    write_units(&s);
    write_exits(&s);
    write_expected(&s, expected_ns);
    write_axis(&s, timeline->longest_ns);
    dcnn_buf_text(out, "</svg></div>\n");
}
