/* Lines of messages: those that share a link run side by side, each kept to the right of the road, and turn at the
 * places in between in a curve. */
#include "map.h"
#include <math.h>
#include <stdlib.h>

static const double lane_gap_px = 1.6, bundle_max_px = 34, turn_px = 13, head_px = 8;

/* One message on one link. */
struct lane {
    int low, high; /* the link's places */
    bool upwards;  /* travels from low to high */
    int message, hop;
};

static int compare_lanes(const void *left, const void *right)
{
    const struct lane *a = left, *b = right;

    if (a->low != b->low) return a->low < b->low ? -1 : 1;
    if (a->high != b->high) return a->high < b->high ? -1 : 1;
    if (a->upwards != b->upwards) return a->upwards ? 1 : -1;
    /* Mirrored for the opposite direction, so that a pair of messages to and fro keeps its order on both sides. */
    if (a->message != b->message) return (a->message < b->message) == a->upwards ? -1 : 1;
    return a->hop - b->hop;
}

/* Offsets of the lanes of one link. "Right of the direction low -> high" is positive here. */
static void spread(dcnn_map *map, const struct lane *lanes, int count)
{
    double total = lane_gap_px * (count - 1), shrink = 1, at;

    for (int k = 0; k < count; k++) total += map->messages[lanes[k].message].width;
    if (total > bundle_max_px) shrink = bundle_max_px / total; /* a very full link: lanes overlap rather than sprawl */
    at = -total / 2;
    for (int k = 0; k < count; k++) {
        dcnn_map_message *m = &map->messages[lanes[k].message];
        double middle = (at + m->width / 2) * shrink;
        at += m->width + lane_gap_px;
        m->offset[lanes[k].hop] = lanes[k].upwards ? middle : -middle;
        m->position[lanes[k].hop] = (k - (count - 1) / 2.0) * 7 * (lanes[k].upwards ? 1 : -1);
    }
}

dcnn_status dcnn_lanes_lay(dcnn_map *map, dcnn_error *err)
{
    size_t total = 0, used = 0;
    struct lane *lanes;

    for (int k = 0; k < map->message_count; k++) total += (size_t)map->messages[k].hops;
    lanes = dcnn_pool_take(map->pool, total + 1, sizeof *lanes);
    if (!lanes) return dcnn_fail_memory(err);
    for (int k = 0; k < map->message_count; k++) {
        const dcnn_map_message *m = &map->messages[k];
        for (int h = 0; h < m->hops; h++) {
            int a = m->places[h], b = m->places[h + 1];
            lanes[used++] = (struct lane){a < b ? a : b, a < b ? b : a, a < b, k, h};
        }
    }
    qsort(lanes, total, sizeof *lanes, compare_lanes);
    for (size_t first = 0, end; first < total; first = end) {
        end = first + 1;
        while (end < total && lanes[end].low == lanes[first].low && lanes[end].high == lanes[first].high) end++;
        spread(map, lanes + first, (int)(end - first));
    }
    return DCNN_OK;
}

static dcnn_point direction(dcnn_point from, dcnn_point to, double *length)
{
    double dx = to.x - from.x, dy = to.y - from.y;

    *length = sqrt(dx * dx + dy * dy);
    return *length > 1e-6 ? (dcnn_point){dx / *length, dy / *length} : (dcnn_point){1, 0};
}

/* Arrow heads grow with their lines, but less. */
static double head_length(const dcnn_map *map, const dcnn_map_message *m)
{
    return (head_px + 0.5 * m->width) * map->detail.used_radius / 8.5;
}

void dcnn_lane_ends(const dcnn_map *map, const dcnn_map_message *m, dcnn_point *ends)
{
    for (int h = 0; h < m->hops; h++) {
        int a = m->places[h], b = m->places[h + 1];
        double length, leave, reach;
        dcnn_point d = direction(map->at[a], map->at[b], &length);
        double turn = fmin(turn_px * map->detail.used_radius / 8.5, length / 3);
        leave = h == 0 ? dcnn_place_radius(map, a) + 1 : turn;
        reach = h + 1 == m->hops ? dcnn_place_radius(map, b) + 2 : turn;
        if (leave + reach > 0.8 * length) {
            leave = leave > turn ? 0.4 * length : leave;
            reach = reach > turn ? 0.4 * length : reach;
        }
        ends[2 * h] = (dcnn_point){map->at[a].x + d.x * leave - d.y * m->offset[h],
                                   map->at[a].y + d.y * leave + d.x * m->offset[h]};
        ends[2 * h + 1] = (dcnn_point){map->at[b].x - d.x * reach - d.y * m->offset[h],
                                       map->at[b].y - d.y * reach + d.x * m->offset[h]};
    }
}

static void write_point(dcnn_buf *out, char command, dcnn_point p)
{
    dcnn_buf_add(out, &command, 1);
    dcnn_markup_number(out, p.x, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, p.y, 1);
}

/* Where the two lanes would meet if they went straight on; between them when they would meet far away. */
static dcnn_point corner(const dcnn_point *ends)
{
    double in, out;
    dcnn_point d = direction(ends[0], ends[1], &in), e = direction(ends[2], ends[3], &out);
    double cross = d.x * e.y - d.y * e.x;
    double gap_x = ends[2].x - ends[1].x, gap_y = ends[2].y - ends[1].y;
    double gap = sqrt(gap_x * gap_x + gap_y * gap_y);

    if (fabs(cross) > 0.15) {
        double t = (gap_x * e.y - gap_y * e.x) / cross;
        if (t > 0 && t < 2 * gap) return (dcnn_point){ends[1].x + t * d.x, ends[1].y + t * d.y};
    }
    return (dcnn_point){(ends[1].x + ends[2].x) / 2, (ends[1].y + ends[2].y) / 2};
}

static void write_line(dcnn_buf *out, const dcnn_point *ends, int hops, dcnn_point stop)
{
    write_point(out, 'M', ends[0]);
    for (int h = 0; h < hops; h++) {
        write_point(out, 'L', h + 1 == hops ? stop : ends[2 * h + 1]);
        if (h + 1 == hops) break;
        write_point(out, 'Q', corner(ends + 2 * h));
        write_point(out, ' ', ends[2 * h + 2]);
    }
}

static void write_head(dcnn_buf *out, dcnn_point tip, dcnn_point d, double length, double half)
{
    write_point(out, 'M', tip);
    write_point(out, 'L', (dcnn_point){tip.x - d.x * length - d.y * half, tip.y - d.y * length + d.x * half});
    write_point(out, 'L', (dcnn_point){tip.x - d.x * length + d.y * half, tip.y - d.y * length - d.x * half});
    dcnn_buf_text(out, "z");
}

/* One arrow on every link but the last, whose arrow is the end of the line. */
static void write_heads(const dcnn_map *map, const dcnn_map_message *m, const dcnn_point *ends, dcnn_buf *out)
{
    double head = head_length(map, m), half = fmax(0.42 * head, 0.72 * m->width + 0.8);

    for (int h = 0; h < m->hops; h++) {
        double length, ahead;
        dcnn_point d = direction(ends[2 * h], ends[2 * h + 1], &length);
        if (h + 1 == m->hops) {
            write_head(out, ends[2 * h + 1], d, fmin(head, length), half);
            continue;
        }
        if (length < 1.2 * head) continue;
        ahead = fmin(fmax(length / 2 + m->position[h] + head / 2, head), length);
        write_head(out, (dcnn_point){ends[2 * h].x + d.x * ahead, ends[2 * h].y + d.y * ahead}, d, head, half);
    }
}

void dcnn_lane_write(const dcnn_map *map, const dcnn_map_message *m, const dcnn_point *ends, dcnn_buf *out)
{
    double length, head;
    dcnn_point d = direction(ends[2 * m->hops - 2], ends[2 * m->hops - 1], &length), stop = ends[2 * m->hops - 1];

    head = fmin(head_length(map, m), length) * 0.8;
    stop = (dcnn_point){stop.x - d.x * head, stop.y - d.y * head};
    dcnn_buf_text(out, "<path class=\"h\" stroke-width=\"");
    dcnn_markup_number(out, m->width + 2.2, 1);
    dcnn_buf_text(out, "\" d=\"");
    write_line(out, ends, m->hops, stop);
    dcnn_buf_text(out, "\"/><path class=\"l");
    dcnn_buf_text(out, m->unrouted ? " x" : m->kind == DCNN_MESSAGE_DECISION ? " d" : "");
    dcnn_buf_text(out, "\" stroke-width=\"");
    dcnn_markup_number(out, m->width, 1);
    dcnn_buf_text(out, "\" d=\"");
    write_line(out, ends, m->hops, stop);
    dcnn_buf_text(out, "\"/><path class=\"a\" d=\"");
    write_heads(map, m, ends, out);
    dcnn_buf_text(out, "\"/>");
}
