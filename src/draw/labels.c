#include "labels.h"
#include <math.h>
#include <string.h>

enum { CELL_PX = 40, SIDES = 16, ROUNDS = 3 };

static const double ring_gap_px[] = {3, 9, 20, 36, 58, 86, 120, 160, 210, 270};
static const double crossing_px = 2, passing_px = 30; /* what a leading line pays for a line and for a symbol */
static const double eviction_px = 35;                 /* what a label pays for one of less rank that has to go */
static const double form_px[DCNN_LABEL_FORMS] = {0, 40, 600}; /* how much nearer a shorter form must be to be taken */
enum { RINGS = sizeof ring_gap_px / sizeof *ring_gap_px };

/* Around the rim of a square, best direction first: reading order likes the right side, then the left. */
static const dcnn_point rim[SIDES] = {{1, 0},    {-1, 0},  {0, -1},    {0, 1},    {1, -0.5}, {1, 0.5},
                                      {1, -1},   {1, 1},   {-1, -0.5}, {-1, 0.5}, {-1, -1},  {-1, 1},
                                      {0.5, -1}, {0.5, 1}, {-0.5, -1}, {-0.5, 1}};

/* An obstacle: a box, or a line better not covered. */
struct item {
    bool line;
    int owner;
    double cost;         /* of a box: to cover it */
    dcnn_label *label;   /* that stands there, or NULL */
    dcnn_box box;        /* of a line: its bounds */
    dcnn_point from, to; /* of a line */
    double half_width;
    unsigned seen; /* number of the last search that met it */
};

struct entry {
    struct item *item;
    struct entry *next;
};

struct dcnn_board {
    dcnn_pool *pool;
    dcnn_box area;
    int columns, rows;
    struct entry **cells; /* [columns * rows] */
    struct entry *spare;  /* entries given back by labels that moved */
    unsigned search;
};

dcnn_board *dcnn_board_new(dcnn_box area, dcnn_pool *pool)
{
    dcnn_board *b = dcnn_pool_take(pool, 1, sizeof *b);

    if (!b) return NULL;
    b->pool = pool;
    b->area = area;
    b->columns = (int)(area.w / CELL_PX) + 1;
    b->rows = (int)(area.h / CELL_PX) + 1;
    b->cells = dcnn_pool_take(pool, (size_t)b->columns * (size_t)b->rows, sizeof *b->cells);
    return b->cells ? b : NULL;
}

struct span {
    int left, right, top, bottom; /* cells, inclusive */
};

static int clamp(double value, int last)
{
    return value <= 0 ? 0 : value >= last ? last : (int)value;
}

static struct span span_of(const dcnn_board *b, const dcnn_box *box)
{
    return (struct span){clamp((box->x - b->area.x) / CELL_PX, b->columns - 1),
                         clamp((box->x + box->w - b->area.x) / CELL_PX, b->columns - 1),
                         clamp((box->y - b->area.y) / CELL_PX, b->rows - 1),
                         clamp((box->y + box->h - b->area.y) / CELL_PX, b->rows - 1)};
}

static bool add_item(dcnn_board *b, struct item *item)
{
    struct span s = span_of(b, &item->box);

    for (int row = s.top; row <= s.bottom; row++) {
        for (int column = s.left; column <= s.right; column++) {
            struct entry **cell = &b->cells[row * b->columns + column];
            struct entry *e = b->spare;
            if (e)
                b->spare = e->next;
            else
                e = dcnn_pool_take(b->pool, 1, sizeof *e);
            if (!e) return false;
            e->item = item;
            e->next = *cell;
            *cell = e;
        }
    }
    return true;
}

static void remove_item(dcnn_board *b, struct item *item)
{
    struct span s = span_of(b, &item->box);

    for (int row = s.top; row <= s.bottom; row++) {
        for (int column = s.left; column <= s.right; column++) {
            struct entry **link = &b->cells[row * b->columns + column];
            while (*link && (*link)->item != item) link = &(*link)->next;
            if (*link) {
                struct entry *e = *link;
                *link = e->next;
                e->next = b->spare;
                b->spare = e;
            }
        }
    }
}

bool dcnn_board_block(dcnn_board *b, dcnn_box box, int owner, double cost)
{
    struct item *item = dcnn_pool_take(b->pool, 1, sizeof *item);

    if (!item) return false;
    item->box = box;
    item->owner = owner;
    item->cost = cost;
    return add_item(b, item);
}

bool dcnn_board_line(dcnn_board *b, dcnn_point from, dcnn_point to, double width, int owner)
{
    /* In pieces no longer than a cell, so that a slanting line does not fill the cells of its whole bounding box. */
    double dx = to.x - from.x, dy = to.y - from.y, longer = fmax(fabs(dx), fabs(dy));
    int pieces = (int)(longer / CELL_PX) + 1;

    for (int k = 0; k < pieces; k++) {
        struct item *item = dcnn_pool_take(b->pool, 1, sizeof *item);
        double s = (double)k / pieces, t = (double)(k + 1) / pieces, half = width / 2;
        if (!item) return false;
        item->line = true;
        item->owner = owner;
        item->half_width = half;
        item->from = (dcnn_point){from.x + s * dx, from.y + s * dy};
        item->to = (dcnn_point){from.x + t * dx, from.y + t * dy};
        item->box = (dcnn_box){fmin(item->from.x, item->to.x) - half, fmin(item->from.y, item->to.y) - half,
                               fabs(dx) / pieces + width, fabs(dy) / pieces + width};
        if (!add_item(b, item)) return false;
    }
    return true;
}

static bool overlap(const dcnn_box *a, const dcnn_box *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* Narrows [*low, *high] to the part of from + t * step that lies between least and most. */
static void clip(double from, double step, double least, double most, double *low, double *high)
{
    double s, t;

    if (fabs(step) < 1e-12) {
        if (from < least || from > most) *high = -1;
        return;
    }
    s = (least - from) / step;
    t = (most - from) / step;
    *low = fmax(*low, fmin(s, t));
    *high = fmin(*high, fmax(s, t));
}

/* Length of the part of a segment inside a box grown by `margin`. */
static double length_inside(dcnn_point from, dcnn_point to, const dcnn_box *box, double margin)
{
    double low = 0, high = 1, dx = to.x - from.x, dy = to.y - from.y;

    clip(from.x, dx, box->x - margin, box->x + box->w + margin, &low, &high);
    clip(from.y, dy, box->y - margin, box->y + box->h + margin, &low, &high);
    return high > low ? (high - low) * sqrt(dx * dx + dy * dy) : 0;
}

static bool outside(const dcnn_box *box, const dcnn_box *area)
{
    return box->x < area->x || box->y < area->y || box->x + box->w > area->x + area->w ||
           box->y + box->h > area->y + area->h;
}

/* To cover a box, for a label of that rank. */
static double cost_of_covering(const struct item *item, int rank)
{
    if (!item->label) return item->cost;
    return item->label->rank > rank ? eviction_px : INFINITY;
}

/* What it costs to put a label there, in pixels of line covered; INFINITY where it must not be. */
static double cost_of_box(dcnn_board *b, const dcnn_box *box, const dcnn_label *label)
{
    struct span s = span_of(b, box);
    double cost = 0;

    if (outside(box, &b->area)) return INFINITY;
    b->search++;
    for (int row = s.top; row <= s.bottom; row++) {
        for (int column = s.left; column <= s.right; column++) {
            for (struct entry *e = b->cells[row * b->columns + column]; e; e = e->next) {
                struct item *item = e->item;
                if (item->seen == b->search) continue;
                item->seen = b->search;
                if (item->line) {
                    if (item->owner != label->owner)
                        cost += 2 * length_inside(item->from, item->to, box, item->half_width);
                } else if (overlap(box, &item->box)) {
                    cost += cost_of_covering(item, label->rank);
                }
            }
        }
    }
    return cost;
}

dcnn_point dcnn_label_door(const dcnn_label *label)
{
    const dcnn_box *b = &label->box;
    dcnn_point a = label->anchor;

    return (dcnn_point){fmin(fmax(a.x, b->x), b->x + b->w), fmin(fmax(a.y, b->y), b->y + b->h)};
}

/* What a leading line costs: it must not run through labels and had better not cross lines or pass over symbols. */
static double cost_of_leader(dcnn_board *b, const dcnn_label *label)
{
    dcnn_point from = label->anchor, to = dcnn_label_door(label);
    dcnn_box bounds = {fmin(from.x, to.x), fmin(from.y, to.y), fabs(from.x - to.x), fabs(from.y - to.y)};
    struct span s = span_of(b, &bounds);
    double cost = 0;

    b->search++;
    for (int row = s.top; row <= s.bottom; row++) {
        for (int column = s.left; column <= s.right; column++) {
            for (struct entry *e = b->cells[row * b->columns + column]; e; e = e->next) {
                struct item *item = e->item;
                if (item->seen == b->search || item->owner == label->owner) continue;
                item->seen = b->search;
                if (item->line)
                    cost += overlap(&bounds, &item->box) ? crossing_px : 0;
                else if (length_inside(from, to, &item->box, 0) > 0)
                    cost += item->label ? cost_of_covering(item, label->rank) : fmin(item->cost, passing_px);
            }
        }
    }
    return cost;
}

/* Tries the places of one form of the label; keeps the cheapest, if it is cheaper than *best. */
static void try_rings(dcnn_board *b, dcnn_label *label, int form, double *best)
{
    double w = label->w[form], h = label->h[form];
    dcnn_label trial = *label;

    trial.form = form;
    trial.placed = true;
    for (int ring = 0; ring < label->rings && ring < RINGS; ring++) {
        double gap = ring_gap_px[ring];
        double reach_x = w / 2 + label->radius + gap, reach_y = h / 2 + label->radius + gap;
        if (*best <= form_px[form] + gap) break; /* farther places cannot be cheaper */
        for (int side = 0; side < SIDES; side++) {
            double cost = form_px[form] + gap + 0.4 * side;
            trial.box = (dcnn_box){label->anchor.x + rim[side].x * reach_x - w / 2,
                                   label->anchor.y + rim[side].y * reach_y - h / 2, w, h};
            trial.led = gap > 9;
            if (cost >= *best) continue;
            cost += cost_of_box(b, &trial.box, label);
            if (trial.led && cost < *best) cost += cost_of_leader(b, &trial);
            if (cost >= *best) continue;
            *best = cost;
            *label = trial;
        }
    }
}

static void try_spots(dcnn_board *b, dcnn_label *label, double *best)
{
    double w = label->w[0], h = label->h[0];

    for (int k = 0; k < label->spot_count; k++) {
        dcnn_box box = {label->spots[k].x - w / 2, label->spots[k].y - h / 2, w, h};
        double cost = cost_of_box(b, &box, label) + 0.5 * k;
        if (cost >= *best) continue;
        *best = cost;
        label->box = box;
        label->placed = true;
    }
}

static void place_one(dcnn_board *b, dcnn_label *label)
{
    double best = INFINITY;

    label->placed = false;
    label->form = 0;
    if (label->spots) try_spots(b, label, &best);
    for (int form = 0; form < label->form_count && !label->spots; form++) try_rings(b, label, form, &best);
}

static bool in_the_way(const struct item *item, const dcnn_label *label)
{
    if (!item->label || item->label == label || item->label->rank <= label->rank) return false;
    if (overlap(&label->box, &item->box)) return true;
    return label->led && length_inside(label->anchor, dcnn_label_door(label), &item->box, 0) > 0;
}

/* Takes away the labels of less rank on which a label was put, or through which its line leads. */
static void evict(dcnn_board *b, const dcnn_label *label)
{
    dcnn_point door = dcnn_label_door(label);
    dcnn_box box = label->box;
    struct span s;

    if (label->led) {
        dcnn_point low = {fmin(fmin(door.x, label->anchor.x), box.x), fmin(fmin(door.y, label->anchor.y), box.y)};
        box.w = fmax(fmax(door.x, label->anchor.x), box.x + box.w) - low.x;
        box.h = fmax(fmax(door.y, label->anchor.y), box.y + box.h) - low.y;
        box.x = low.x;
        box.y = low.y;
    }
    s = span_of(b, &box);
    for (int row = s.top; row <= s.bottom; row++) {
        for (int column = s.left; column <= s.right; column++) {
            struct entry *e = b->cells[row * b->columns + column];
            while (e && !in_the_way(e->item, label)) e = e->next;
            if (!e) continue;
            e->item->label->placed = false;
            remove_item(b, e->item);
            column--; /* there may be more of them in this cell */
        }
    }
}

bool dcnn_labels_place(dcnn_board *b, dcnn_label *labels, int count)
{
    struct item *items = dcnn_pool_take(b->pool, (size_t)count, sizeof *items);

    if (!items) return false;
    for (int round = 0; round < ROUNDS; round++) {
        for (int k = 0; k < count; k++) {
            if (labels[k].placed) remove_item(b, &items[k]);
            place_one(b, &labels[k]);
            if (!labels[k].placed) continue;
            evict(b, &labels[k]);
            items[k].box = labels[k].box;
            items[k].owner = labels[k].owner;
            items[k].label = &labels[k];
            if (!add_item(b, &items[k])) return false;
        }
    }
    return true;
}
