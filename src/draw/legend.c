/* Everything around the map: title, keys and what was left out, scale bar. */
#include "cards.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CNNS_SHOWN = 16, ROW = 19, STRIP = 28 };

/* Where the next row of the legend goes. */
struct pen {
    const dcnn_map *map;
    dcnn_buf *out;
    double x, y;
};

static void text_at(dcnn_buf *out, const char *class, double x, double y, const char *text)
{
    dcnn_buf_format(out, "<text class=\"%s\" x=\"", class);
    dcnn_markup_number(out, x, 1);
    dcnn_buf_text(out, "\" y=\"");
    dcnn_markup_number(out, y, 1);
    dcnn_buf_text(out, "\">");
    dcnn_markup_text(out, text);
    dcnn_buf_text(out, "</text>\n");
}

static void buf_at(dcnn_buf *out, const char *class, double x, double y, dcnn_buf *text)
{
    if (text->failed)
        out->failed = true;
    else
        text_at(out, class, x, y, text->data ? text->data : "");
    dcnn_buf_clear(text);
}

/* A name, shortened, with what follows it. */
static void add_name(const dcnn_map *map, dcnn_buf *text, const char *name, double size, double room)
{
    char *fitted = dcnn_markup_fit(map->pool, name, size, room);

    if (fitted)
        dcnn_buf_text(text, fitted);
    else
        text->failed = true;
}

static void heading(struct pen *pen, const char *text)
{
    pen->y += 14;
    text_at(pen->out, "f", pen->x, pen->y, text);
    pen->y += ROW;
}

static void stroke_key(struct pen *pen, const char *class, double width)
{
    dcnn_buf_format(pen->out, "<path class=\"%s\" stroke=\"#57606a\" stroke-width=\"", class);
    dcnn_markup_number(pen->out, width, 1);
    dcnn_buf_text(pen->out, "\" d=\"M");
    dcnn_markup_number(pen->out, pen->x, 1);
    dcnn_buf_text(pen->out, " ");
    dcnn_markup_number(pen->out, pen->y - 4, 1);
    dcnn_buf_text(pen->out, "h34\"/>");
}

static void unit_key(struct pen *pen, int k)
{
    const dcnn_unit_class *class = &pen->map->classes[k];
    bool others = k == DCNN_UNIT_LOOKS - 1 && !class->uniform;
    dcnn_buf text = {0};

    dcnn_buf_text(pen->out, "<g class=\"u\">");
    dcnn_mark_unit(pen->out, k, pen->x + 9, pen->y - 4, 7);
    dcnn_buf_text(pen->out, "</g>");
    dcnn_buf_format(&text, "%d \xC3\x97 ", class->count);
    if (class->name)
        add_name(pen->map, &text, class->name, 12, 170);
    else
        dcnn_buf_text(&text, "without a type");
    if (others) dcnn_buf_text(&text, " and others");
    buf_at(pen->out, "", pen->x + 26, pen->y, &text);
    pen->y += 15;
    if (class->uniform) {
        dcnn_markup_bytes(&text, (double)class->memory_bytes);
        dcnn_buf_text(&text, ", ");
        dcnn_markup_ops(&text, class->ops_per_s);
        dcnn_buf_text(&text, "/s");
    } else {
        dcnn_buf_text(&text, "figures differ from unit to unit");
    }
    buf_at(pen->out, "y", pen->x + 26, pen->y, &text);
    pen->y += ROW;
}

static void star_key(struct pen *pen)
{
    dcnn_buf_text(pen->out, "<g class=\"s\"><path d=\"");
    dcnn_mark_star(pen->out, pen->x + 9, pen->y - 4, 8);
    dcnn_buf_text(pen->out, "\"/></g>");
    text_at(pen->out, "", pen->x + 26, pen->y, "source or sink of a CNN");
    pen->y += ROW;
}

static void idle_key(struct pen *pen)
{
    dcnn_buf_text(pen->out, "<g class=\"u o\">");
    dcnn_mark_unit(pen->out, 0, pen->x + 9, pen->y - 4, 4.5);
    dcnn_buf_text(pen->out, "</g>");
    text_at(pen->out, "", pen->x + 26, pen->y, "small and pale: hosts no layer");
    pen->y += ROW;
}

static void cnn_key(struct pen *pen, int c)
{
    const dcnn_map *map = pen->map;
    dcnn_buf text = {0};

    dcnn_buf_format(pen->out, "<g class=\"key c%d m%d\">", c, c % DCNN_CNN_LOOKS);
    stroke_key(pen, "l", 4.5);
    add_name(map, &text, map->scenario->cnns[c].id, 12, map->placement ? 140 : 210);
    buf_at(pen->out, "", pen->x + 44, pen->y, &text);
    if (map->placement) {
        int64_t latency = map->placement->cnns[c].latency.latency_ns;
        if (latency == DCNN_NEVER)
            dcnn_buf_text(&text, "no route");
        else
            dcnn_markup_ns(&text, latency);
        buf_at(pen->out, "rt", pen->x + map->legend_width, pen->y, &text);
    }
    dcnn_buf_text(pen->out, "</g>");
    pen->y += ROW;
}

static void cnn_keys(struct pen *pen)
{
    int count = pen->map->scenario->cnn_count;
    int shown = count > CNNS_SHOWN ? CNNS_SHOWN - 1 : count;
    dcnn_buf text = {0};

    heading(pen, pen->map->placement ? "CNNS AND THEIR EXPECTED LATENCY" : "CNNS");
    for (int c = 0; c < shown; c++) cnn_key(pen, c);
    if (shown == count) return;
    dcnn_buf_format(&text, "and %d more", count - shown);
    buf_at(pen->out, "y", pen->x + 44, pen->y, &text);
    pen->y += ROW;
}

static void width_key(struct pen *pen, const dcnn_map_message *m)
{
    dcnn_buf text = {0};

    stroke_key(pen, "l", m->width);
    dcnn_markup_bytes(&text, (double)m->bytes);
    buf_at(pen->out, "", pen->x + 44, pen->y, &text);
    pen->y += ROW;
}

static void message_keys(struct pen *pen)
{
    const dcnn_map *map = pen->map;
    const dcnn_map_message *large = NULL, *small = NULL;
    bool decides = false, unrouted = false;

    for (int k = 0; k < map->message_count; k++) {
        const dcnn_map_message *m = &map->messages[k];
        if (m->kind == DCNN_MESSAGE_DECISION) decides = true;
        if (m->unrouted) unrouted = true;
        if (!large || m->bytes > large->bytes) large = m;
        if (!small || m->bytes < small->bytes) small = m;
    }
    if (!large) return; /* among them: no placement */
    heading(pen, "MESSAGES, EACH ALONG ITS ROUTE");
    width_key(pen, large);
    if (small->bytes < large->bytes) width_key(pen, small);
    if (decides) {
        stroke_key(pen, "l d", 2);
        text_at(pen->out, "", pen->x + 44, pen->y, "decision, with its probability");
        pen->y += ROW;
    }
    if (unrouted) {
        stroke_key(pen, "l x", 2);
        text_at(pen->out, "", pen->x + 44, pen->y, "there is no route");
        pen->y += ROW;
    }
}

static void card_key(struct pen *pen)
{
    const dcnn_map *map = pen->map;
    int limit = map->scenario->layers_per_unit;
    dcnn_usage usage = {.memory_bytes = 60, .layers = limit > 2 ? 2 : 1};

    if (!map->placement) return;
    heading(pen, "AT A UNIT");
    dcnn_gauges_write(map, &usage, 100, pen->x, pen->y - 8, pen->out);
    text_at(pen->out, "", pen->x + dcnn_gauges_width(map) + 10, pen->y, limit ? "memory, layers used" : "memory used");
    pen->y += ROW;
    text_at(pen->out, "n", pen->x, pen->y, "3 conv3");
    text_at(pen->out, "", pen->x + 56, pen->y, "third layer, by name");
    pen->y += ROW;
}

/* The longest of 1, 2, 5 times a power of ten that is at most so many pixels. */
static double round_length_m(double px_per_m, double most_px)
{
    static const double steps[] = {5, 2, 1};
    double most_m = most_px / px_per_m, power = pow(10, floor(log10(most_m)));

    for (int k = 0; k < 3; k++)
        if (steps[k] * power <= most_m) return steps[k] * power;
    return power;
}

double dcnn_scale_bar_write(const dcnn_map *map, dcnn_buf *out)
{
    double x = map->area.x, y = map->area.y + map->area.h + STRIP - 8, length_m, end;
    dcnn_buf text = {0};

    if (!map->located) {
        text_at(out, "y", x, y, "No scale: positions are computed from the network, near means few hops.");
        return y;
    }
    length_m = round_length_m(map->px_per_m, 150);
    end = x + length_m * map->px_per_m;
    dcnn_buf_text(out, "<path class=\"sc\" d=\"M");
    dcnn_markup_number(out, x + 1, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, y - 8, 1);
    dcnn_buf_text(out, "v5h");
    dcnn_markup_number(out, length_m * map->px_per_m, 1);
    dcnn_buf_text(out, "v-5\"/>");
    dcnn_markup_number(&text, length_m >= 1000 ? length_m / 1000 : length_m, 3);
    dcnn_buf_text(&text, length_m >= 1000 ? " km" : " m");
    buf_at(out, "", end + 9, y, &text);
    if (map->scenario->network.kind != DCNN_NETWORK_RANGE) return y;
    dcnn_buf_text(&text, "places nearer than ");
    dcnn_markup_number(&text, map->scenario->network.range_m, 3);
    dcnn_buf_text(&text,
                  map->options->range_circles ? " m hear each other: inside the dotted circles" : " m hear each other");
    buf_at(out, "y", end + 74, y, &text);
    return y;
}

static void note(struct pen *pen, const char *text)
{
    text_at(pen->out, "y", pen->x, pen->y, text);
    pen->y += 14;
}

static void counted_note(struct pen *pen, int count, const char *what)
{
    char text[64];

    if (count == 0) return;
    (void)snprintf(text, sizeof text, "%d %s", count, what);
    note(pen, text);
}

/* Says in the stated order what is not to be seen. */
static void left_out(struct pen *pen)
{
    const dcnn_map *map = pen->map;
    int ids = map->scenario->place_count, cards = 0, lines = 0, gauges = 0, shares = 0;

    for (int k = 0; k < map->label_count; k++) {
        const dcnn_label *label = &map->labels[k];
        if (map->cards[k].place < 0) {
            shares += !label->placed;
            continue;
        }
        if (label->placed) ids--;
        if (map->cards[k].line_count == 0) continue;
        if (!label->placed)
            cards++;
        else if (label->form == DCNN_CARD_ID)
            lines++;
        else if (label->form == DCNN_CARD_UNGAUGED && map->usage[map->cards[k].place].layers > 0)
            gauges++;
    }
    ids -= cards;
    if (ids + cards + lines + gauges + shares == 0 && map->detail.links) return;
    heading(pen, "LEFT OUT FOR WANT OF ROOM");
    counted_note(pen, ids, ids == 1 ? "name" : "names");
    if (!map->detail.links) note(pen, "links no message takes");
    counted_note(pen, gauges, gauges == 1 ? "gauge" : "gauges");
    counted_note(pen, shares, shares == 1 ? "probability" : "probabilities");
    counted_note(pen, lines, lines == 1 ? "list of layers" : "lists of layers");
    counted_note(pen, cards, cards == 1 ? "label of a unit in use" : "labels of units in use");
}

static void unit_keys(struct pen *pen)
{
    heading(pen, "UNITS");
    for (int k = 0; k < pen->map->class_count; k++) unit_key(pen, k);
    if (pen->map->placement) idle_key(pen);
    star_key(pen);
}

static void (*const sections[DCNN_LEGEND_SECTIONS])(struct pen *) = {unit_keys, cnn_keys, message_keys, card_key,
                                                                     left_out};

double dcnn_legend_write(const dcnn_map *map, int section, double x, double y, dcnn_buf *out)
{
    struct pen pen = {map, out, x, y};

    sections[section](&pen);
    return pen.y;
}

/* "sum of expected latencies 4.97 s, proven least" */
static void add_result(const dcnn_placement *p, dcnn_buf *text)
{
    dcnn_buf_text(text, p->objective == DCNN_OBJECTIVE_MAX ? "slowest expected latency " : "expected latency ");
    if (p->value_ns == DCNN_NEVER) {
        dcnn_buf_text(text, "unbounded: a message has no route");
        return;
    }
    dcnn_markup_ns(text, p->value_ns);
    if (p->proof == DCNN_PROOF_OPTIMAL) {
        dcnn_buf_text(text, ", proven optimal");
    } else if (p->bound_ns > 0 && p->value_ns > 0) {
        dcnn_buf_text(text, ", at most ");
        dcnn_markup_percent(text, (double)(p->value_ns - p->bound_ns) / (double)p->bound_ns);
        dcnn_buf_text(text, " above the optimum");
    } else {
        dcnn_buf_text(text, ", nothing proven");
    }
}

void dcnn_title_write(const dcnn_map *map, dcnn_buf *out)
{
    const dcnn_scenario *s = map->scenario;
    int layers = 0;
    dcnn_buf text = {0};

    for (int c = 0; c < s->cnn_count; c++) layers += s->cnns[c].layer_count;
    add_name(map, &text, s->name && *s->name ? s->name : "scenario", 19, map->width - 2 * map->area.x);
    buf_at(out, "z", map->area.x, 30, &text);
    dcnn_buf_format(&text, "%d %s, %d %s of %d %s in all", s->unit_count, s->unit_count == 1 ? "unit" : "units",
                    s->cnn_count, s->cnn_count == 1 ? "CNN" : "CNNs", layers, layers == 1 ? "layer" : "layers");
    if (map->placement) {
        dcnn_buf_text(&text, " \xC2\xB7 ");
        add_result(map->placement, &text);
    }
    buf_at(out, "j", map->area.x, 51, &text);
}
