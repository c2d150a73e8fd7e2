/* The picture, from back to front. */
#include "cards.h"
#include "page.h"
#include <stdlib.h>
#include <string.h>

enum { RANGE_CIRCLES_MAX = 2000 };

void dcnn_draw_options_init(dcnn_draw_options *options)
{
    memset(options, 0, sizeof *options);
}

static void number_attribute(dcnn_buf *out, const char *name, double value)
{
    dcnn_buf_format(out, " %s=\"", name);
    dcnn_markup_number(out, value, 1);
    dcnn_buf_text(out, "\"");
}

static void write_frame(const dcnn_map *map, double height, dcnn_buf *out)
{
    dcnn_buf_text(out, "<rect class=\"bg\"");
    number_attribute(out, "width", map->width);
    number_attribute(out, "height", height);
    dcnn_buf_text(out, "/>\n<rect class=\"fr\"");
    number_attribute(out, "x", map->area.x);
    number_attribute(out, "y", map->area.y);
    number_attribute(out, "width", map->area.w);
    number_attribute(out, "height", map->area.h);
    dcnn_buf_text(out, " rx=\"6\"/>\n");
}

static void write_range_circles(const dcnn_map *map, dcnn_buf *out)
{
    const dcnn_scenario *s = map->scenario;

    if (!map->options->range_circles || s->network.kind != DCNN_NETWORK_RANGE || s->unit_count > RANGE_CIRCLES_MAX)
        return;
    dcnn_buf_text(out, "<clipPath id=\"dcnn-area\"><rect");
    number_attribute(out, "x", map->area.x);
    number_attribute(out, "y", map->area.y);
    number_attribute(out, "width", map->area.w);
    number_attribute(out, "height", map->area.h);
    dcnn_buf_text(out, "/></clipPath><g class=\"r\" clip-path=\"url(#dcnn-area)\">\n");
    for (int i = 0; i < s->place_count; i++) {
        dcnn_buf_text(out, "<circle");
        number_attribute(out, "cx", map->at[i].x);
        number_attribute(out, "cy", map->at[i].y);
        number_attribute(out, "r", s->network.range_m * map->px_per_m);
        dcnn_buf_text(out, "/>");
    }
    dcnn_buf_text(out, "</g>\n");
}

static void write_link(const dcnn_map *map, int from, int to, dcnn_buf *out)
{
    dcnn_buf_text(out, "M");
    dcnn_markup_number(out, map->at[from].x, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, map->at[from].y, 1);
    dcnn_buf_text(out, "L");
    dcnn_markup_number(out, map->at[to].x, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, map->at[to].y, 1);
}

static bool linked(const dcnn_network *n, int from, int to)
{
    int64_t low = n->first_out[from], high = n->first_out[from + 1]; /* heads ascend */

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (n->head[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n->first_out[from + 1] && n->head[low] == to;
}

/* Each link once, whichever way it leads. With a hop matrix, pairs one hop apart. */
static void write_links(const dcnn_map *map, dcnn_buf *out)
{
    const dcnn_network *n = map->network;

    if (!map->detail.links) return;
    dcnn_buf_text(out, "<path class=\"e\" d=\"");
    for (int i = 0; i < n->place_count; i++) {
        for (int k = i + 1; n->hops && k < n->place_count; k++) {
            size_t to = (size_t)i * (size_t)n->place_count + (size_t)k;
            size_t back = (size_t)k * (size_t)n->place_count + (size_t)i;
            if (n->hops[to] == 1 || n->hops[back] == 1) write_link(map, i, k, out);
        }
        for (int64_t a = n->hops ? 0 : n->first_out[i]; !n->hops && a < n->first_out[i + 1]; a++) {
            bool again = a > n->first_out[i] && n->head[a - 1] == n->head[a];
            if (!again && (i < n->head[a] || !linked(n, n->head[a], i))) write_link(map, i, n->head[a], out);
        }
    }
    dcnn_buf_text(out, "\"/>\n");
}

static dcnn_status write_messages(const dcnn_map *map, dcnn_buf *out, dcnn_error *err)
{
    dcnn_point *ends;
    int most = 1;

    for (int k = 0; k < map->message_count; k++)
        if (map->messages[k].hops > most) most = map->messages[k].hops;
    ends = dcnn_pool_take(map->pool, 2 * (size_t)most, sizeof *ends);
    if (!ends) return dcnn_fail_memory(err);
    for (int k = 0; k < map->message_count; k++) {
        const dcnn_map_message *m = &map->messages[k];
        dcnn_lane_ends(map, m, ends);
        dcnn_buf_format(out, "<g class=\"m c%d m%d", m->cnn, m->cnn % DCNN_CNN_LOOKS);
        for (int h = 0; h <= m->hops; h++) dcnn_buf_format(out, " p%d", m->places[h]);
        dcnn_buf_text(out, "\">");
        dcnn_lane_write(map, m, ends, out);
        dcnn_buf_text(out, "</g>\n");
    }
    return DCNN_OK;
}

/* What a pointer resting on a unit is told, and a screen reader. */
static void write_tooltip(const dcnn_map *map, int i, dcnn_buf *out)
{
    const dcnn_unit *unit = &map->scenario->units[i];
    const dcnn_usage *usage = &map->usage[i];
    const dcnn_card_line *line = map->of_place[i].lines;

    dcnn_buf_text(out, "<title>");
    dcnn_markup_text(out, map->of_place[i].text);
    if (unit->type) {
        char *type = dcnn_markup_fit(map->pool, unit->type, 12, 200);
        if (!type) out->failed = true;
        dcnn_buf_text(out, ", ");
        if (type) dcnn_markup_text(out, type);
    }
    if (usage->layers > 0 && unit->memory_bytes > 0) {
        dcnn_buf_text(out, ": memory ");
        dcnn_markup_percent(out, (double)usage->memory_bytes / (double)unit->memory_bytes);
    }
    for (int k = 0; k < dcnn_card_lines_shown(&map->of_place[i]); k++, line = line->next) {
        dcnn_buf_text(out, "; ");
        dcnn_markup_text(out, line->text);
    }
    dcnn_buf_text(out, "</title>");
}

static void write_unit(const dcnn_map *map, int i, dcnn_buf *out)
{
    bool idle = map->placement && map->usage[i].layers == 0;

    dcnn_buf_format(out, "<g class=\"u%s p%d", idle ? " o" : "", i);
    dcnn_card_classes_write(&map->of_place[i], out);
    dcnn_buf_text(out, "\">");
    if (map->detail.tooltips) write_tooltip(map, i, out);
    dcnn_mark_unit(out, map->class_of[i], map->at[i].x, map->at[i].y, dcnn_place_radius(map, i));
    dcnn_buf_text(out, "</g>\n");
}

/* Without tooltips the idle units of a class are one shape: ten thousand elements would be slow to show. */
static void write_units(const dcnn_map *map, dcnn_buf *out)
{
    for (int k = 0; k < map->class_count && !map->detail.tooltips; k++) {
        dcnn_buf_format(out, "<g class=\"u%s\"><path class=\"t%d\" d=\"", map->placement ? " o" : "", k);
        for (int i = 0; i < map->scenario->unit_count; i++)
            if (map->class_of[i] == k && map->usage[i].layers == 0)
                dcnn_mark_unit_path(out, k, map->at[i].x, map->at[i].y, dcnn_place_radius(map, i));
        dcnn_buf_text(out, "\"/></g>\n");
    }
    for (int i = 0; i < map->scenario->unit_count; i++)
        if (map->detail.tooltips || map->usage[i].layers > 0) write_unit(map, i, out);
}

/* A star for every endpoint, and a small one on units that are sources or sinks; in the CNN's colour when it serves one
 * CNN only. */
static void write_stars(const dcnn_map *map, dcnn_buf *out)
{
    const dcnn_scenario *s = map->scenario;
    int *serves =
        dcnn_pool_take(map->pool, (size_t)s->place_count + 1, sizeof *serves); /* 0 none, -1 several, CNN + 1 */

    if (!serves) {
        out->failed = true;
        return;
    }
    for (int c = 0; c < s->cnn_count; c++) {
        int ends[2] = {s->cnns[c].source, s->cnns[c].sink};
        for (int k = 0; k < 2; k++) serves[ends[k]] = serves[ends[k]] == 0 || serves[ends[k]] == c + 1 ? c + 1 : -1;
    }
    for (int i = 0; i < s->place_count; i++) {
        bool unit = i < s->unit_count;
        double radius = dcnn_place_radius(map, i);
        if (unit && serves[i] == 0) continue;
        dcnn_buf_format(out, "<g class=\"s p%d", i);
        if (serves[i] > 0) dcnn_buf_format(out, " s%d", (serves[i] - 1) % DCNN_CNN_LOOKS);
        dcnn_card_classes_write(&map->of_place[i], out);
        dcnn_buf_text(out, "\"><path d=\"");
        dcnn_mark_star(out, map->at[i].x, map->at[i].y, unit ? 0.75 * radius : radius);
        dcnn_buf_text(out, "\"/></g>\n");
    }
}

static void open_svg(dcnn_buf *out, const char *class, double width, double height)
{
    dcnn_buf_format(out, "<svg%s%s%s xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", *class ? " class=\"" : "",
                    class, *class ? "\"" : "");
    dcnn_markup_number(out, width, 0);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, height, 0);
    dcnn_buf_text(out, "\"");
    number_attribute(out, "width", width);
    number_attribute(out, "height", height);
}

static void write_layers(const dcnn_map *map, double height, dcnn_buf *out, dcnn_status *status, dcnn_error *err)
{
    dcnn_style_write(map, out);
    write_frame(map, height, out);
    if (!map->embedded) dcnn_title_write(map, out);
    write_range_circles(map, out);
    write_links(map, out);
    *status = write_messages(map, out, err);
    dcnn_leaders_write(map, out);
    write_units(map, out);
    write_stars(map, out);
    dcnn_cards_write(map, out);
}

/* The map, with the legend beside it unless that stands apart. */
static dcnn_status write_svg(const dcnn_map *map, dcnn_buf *out, dcnn_error *err)
{
    dcnn_buf legend = {0};
    double below = map->area.y - 4, height = dcnn_scale_bar_write(map, &legend);
    dcnn_status status = DCNN_OK;

    for (int k = 0; k < DCNN_LEGEND_SECTIONS && !map->embedded; k++)
        below = dcnn_legend_write(map, k, map->legend_x, below, &legend);
    height = (below > height ? below : height) + (map->embedded ? 6 : map->area.x);
    open_svg(out, map->embedded ? "area" : "", map->width, height);
    dcnn_buf_text(out, " role=\"img\" aria-label=\"Map of the units, links and routes\">\n");
    write_layers(map, height, out, &status, err);
    if (legend.failed)
        out->failed = true;
    else
        dcnn_buf_add(out, legend.data, legend.size);
    dcnn_buf_text(out, "</svg>\n");
    dcnn_buf_clear(&legend);
    if (!status && out->failed) status = dcnn_fail_memory(err);
    return status;
}

/* Every section of the legend as a drawing to the scale of the map. */
static void write_keys(const dcnn_map *map, dcnn_buf *out)
{
    dcnn_buf_text(out, "<div class=\"keys\">\n");
    for (int k = 0; k < DCNN_LEGEND_SECTIONS; k++) {
        dcnn_buf section = {0};
        double height = dcnn_legend_write(map, k, 0, 0, &section);
        if (section.failed) out->failed = true;
        if (height > 0 && !section.failed) {
            open_svg(out, "part", map->legend_width, height);
            dcnn_buf_text(out, " role=\"img\" aria-label=\"Legend\">\n");
            dcnn_buf_add(out, section.data, section.size);
            dcnn_buf_text(out, "</svg>\n");
        }
        dcnn_buf_clear(&section);
    }
    dcnn_buf_text(out, "</div>\n");
}

static dcnn_status draw(dcnn_map *map, dcnn_buf *out, dcnn_error *err)
{
    dcnn_status status;

    if (!(map->pool = dcnn_pool_new())) return dcnn_fail_memory(err);
    if ((status = dcnn_network_new(&map->network, map->scenario, err))) goto done;
    if ((status = dcnn_map_build(map, err))) goto done;
    if ((status = dcnn_messages_find(map, err))) goto done;
    if ((status = dcnn_lanes_lay(map, err))) goto done;
    if ((status = dcnn_cards_place(map, err))) goto done;
    if ((status = write_svg(map, out, err))) goto done;
    if (map->embedded) write_keys(map, out);
    if (out->failed) status = dcnn_fail_memory(err);
done:
    dcnn_network_free(map->network);
    dcnn_pool_free(map->pool);
    return status;
}

static const dcnn_placement *with_cnns(const dcnn_placement *placement)
{
    return placement && placement->cnn_count > 0 ? placement : NULL;
}

dcnn_status dcnn_draw_svg(char **svg, size_t *size, const dcnn_scenario *scenario, const dcnn_placement *placement,
                          const dcnn_draw_options *options, dcnn_error *err)
{
    dcnn_map map = {.scenario = scenario, .placement = with_cnns(placement), .options = options};
    dcnn_buf out = {0};
    dcnn_status status = draw(&map, &out, err);

    *svg = NULL;
    *size = 0;
    if (!status) {
        *svg = out.data;
        *size = out.size;
        out.data = NULL; /* the caller owns it now */
    }
    dcnn_buf_clear(&out);
    return status;
}

dcnn_status dcnn_draw_in_page(dcnn_buf *out, const dcnn_scenario *scenario, const dcnn_placement *placement,
                              dcnn_error *err)
{
    dcnn_draw_options options;
    dcnn_map map = {.scenario = scenario, .placement = with_cnns(placement), .options = &options, .embedded = true};

    dcnn_draw_options_init(&options);
    return draw(&map, out, err);
}
