/* Measures: what is shown, which class a unit belongs to, how full it is, and where everything stands. */
#include "map.h"
#include <math.h>
#include <string.h>

enum { PICTURE_WIDTH = 1280, MARGIN = 20, TITLE_HEIGHT = 66, LEGEND_WIDTH = 262, MAP_HEIGHT_MIN = 430, RIM = 58 };

static const double map_height_max = 860;

/* How much is shown, by the number of places. */
static const struct {
    int places;
    dcnn_detail detail;
} details[] = {
    {90, {8.5, 5.5, 11, 7, true, true, true}},         {180, {7.5, 4.5, 10.5, 6, true, true, true}},
    {600, {6, 3.2, 10, 5, false, true, true}},         {2500, {5, 2.4, 9.5, 4.5, false, true, true}},
    {INT32_MAX, {4, 1.4, 9.5, 4, false, true, false}},
};

enum { LINKS_MAX = 9000 }; /* more than these are a grey blot */

static void choose_detail(dcnn_map *map)
{
    int k = 0;

    while (map->scenario->place_count > details[k].places) k++;
    map->detail = details[k].detail;
    if (!map->network->hops && map->network->arc_count > 2 * LINKS_MAX) map->detail.links = false;
}

static bool same_class(const dcnn_unit_class *a, const dcnn_unit *unit)
{
    if (a->name || unit->type) return a->name && unit->type && strcmp(a->name, unit->type) == 0;
    return a->memory_bytes == unit->memory_bytes && a->ops_per_s == unit->ops_per_s;
}

/* The first seven kinds of units each get a look; whatever comes after shares the last one. */
static void classify(dcnn_map *map)
{
    for (int i = 0; i < map->scenario->unit_count; i++) {
        const dcnn_unit *unit = &map->scenario->units[i];
        dcnn_unit_class *class;
        int k = 0;
        while (k < map->class_count && !same_class(&map->classes[k], unit)) k++;
        if (k == DCNN_UNIT_LOOKS) k--;
        class = &map->classes[k];
        if (k == map->class_count) {
            *class = (dcnn_unit_class){unit->type, unit->memory_bytes, unit->ops_per_s, 0, true};
            map->class_count++;
        }
        class->count++;
        if (class->memory_bytes != unit->memory_bytes || class->ops_per_s != unit->ops_per_s) class->uniform = false;
        map->class_of[i] = (unsigned char)k;
    }
}

static bool all_located(const dcnn_scenario *scenario)
{
    for (int i = 0; i < scenario->place_count; i++)
        if (!scenario->places[i].located) return false;
    return true;
}

/* Positions in units of their own, y upwards. Halved: the distance of two finite numbers need not be finite. */
static dcnn_status find_positions(dcnn_map *map, dcnn_error *err)
{
    const dcnn_scenario *s = map->scenario;

    map->located = all_located(s);
    if (!map->located) return dcnn_layout(map->at, map->network, map->pool, err);
    for (int i = 0; i < s->place_count; i++) map->at[i] = (dcnn_point){s->places[i].x_m / 2, s->places[i].y_m / 2};
    return DCNN_OK;
}

/* Fits the positions into the map and turns them into pixels. */
static void frame(dcnn_map *map)
{
    double margin = map->embedded ? 1 : MARGIN, top = map->embedded ? 1 : TITLE_HEIGHT; /* 1: the frame's line */
    dcnn_point low = map->at[0], high = low;
    double width = PICTURE_WIDTH - 3 * MARGIN - LEGEND_WIDTH, wide, tall, scale, height;

    for (int i = 1; i < map->scenario->place_count; i++) {
        low = (dcnn_point){fmin(low.x, map->at[i].x), fmin(low.y, map->at[i].y)};
        high = (dcnn_point){fmax(high.x, map->at[i].x), fmax(high.y, map->at[i].y)};
    }
    wide = high.x - low.x;
    tall = high.y - low.y;
    scale = fmin((width - 2 * RIM) / wide, (map_height_max - 2 * RIM) / tall);
    if (!(scale > 0 && scale < 1e12)) scale = 1; /* all in one spot */
    height = fmax(MAP_HEIGHT_MIN, tall * scale + 2 * RIM);
    map->area = (dcnn_box){margin, top, width, height};
    map->px_per_m = scale / 2;
    for (int i = 0; i < map->scenario->place_count; i++) {
        double x = (map->at[i].x - low.x) - wide / 2, y = (map->at[i].y - low.y) - tall / 2;
        map->at[i] = (dcnn_point){margin + width / 2 + x * scale, top + height / 2 - y * scale};
    }
    map->legend_x = map->embedded ? 0 : 2 * MARGIN + width;
    map->legend_width = LEGEND_WIDTH;
    map->width = map->embedded ? width + 2 * margin : PICTURE_WIDTH;
}

double dcnn_place_radius(const dcnn_map *map, int place)
{
    if (place >= map->scenario->unit_count) return map->detail.used_radius + 1;
    return map->usage[place].layers > 0 ? map->detail.used_radius : map->detail.idle_radius;
}

dcnn_status dcnn_map_build(dcnn_map *map, dcnn_error *err)
{
    const dcnn_scenario *s = map->scenario;
    size_t places = (size_t)s->place_count, units = (size_t)s->unit_count;
    dcnn_status status;

    map->at = dcnn_pool_take(map->pool, places + 1, sizeof *map->at);
    map->class_of = dcnn_pool_take(map->pool, units + 1, sizeof *map->class_of);
    map->usage = dcnn_pool_take(map->pool, units + 1, sizeof *map->usage);
    map->relays = dcnn_pool_take(map->pool, places + 1, sizeof *map->relays);
    if (!map->at || !map->class_of || !map->usage || !map->relays) return dcnn_fail_memory(err);
    choose_detail(map);
    classify(map);
    if (map->placement) dcnn_usage_measure(map->usage, s, map->placement);
    if ((status = find_positions(map, err))) return status;
    frame(map);
    return DCNN_OK;
}
