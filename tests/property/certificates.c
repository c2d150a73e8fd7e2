#include "certificates.h"
#include "certificate/certificate_new.h"

enum { TICK_BITS_MAX = 10, DEPTH_MAX = 3, ROWS_MAX = 64, ROW_TRIES = 100, FOOTPRINT_BITS = 128, CAPACITY_MAX = 1023 };

/* Above whatever a tiny placement costs. */
static const int64_t above_all_ns = (int64_t)1 << 47;

typedef struct {
    const dcnn_scenario *scenario;
    dcnn_certificate *certificate;
    dcnn_rng *rng;
    bool honest;
    bool lost;
} maker;

static int below(maker *m, int n)
{
    return (int)dcnn_rng_below(m->rng, (uint64_t)n);
}

static bool chance(maker *m, int percent)
{
    return below(m, 100) < percent;
}

/* --- prices --- */

/* Up to so many bits; where what is true need not be accepted, up to what a file may say. */
static int64_t draw_size(maker *m, int bits)
{
    return (int64_t)dcnn_rng_below(m->rng, (uint64_t)1 << below(m, m->honest ? bits : 63));
}

static dcnn_row_name draw_row(maker *m)
{
    const dcnn_scenario *s = m->scenario;
    dcnn_row_name row = {.kind = DCNN_PRICE_MEMORY, .unit = below(m, s->unit_count), .divisor = 1};

    if (s->layers_per_unit > 0 && chance(m, 60)) row.kind = DCNN_PRICE_LAYERS;
    if (s->units[row.unit].ops_budget != DCNN_UNLIMITED && chance(m, 50)) row.kind = DCNN_PRICE_OPS;
    if (row.kind == DCNN_PRICE_MEMORY && chance(m, 50)) row.divisor = 1 + below(m, 6);
    return row;
}

static dcnn_row_price draw_price(maker *m)
{
    const dcnn_scenario *s = m->scenario;
    dcnn_row_price price = {.row = draw_row(m), .bits = below(m, 20)};

    if (s->shared_group_count > 0 && chance(m, 40)) {
        price.row.kind = DCNN_PRICE_SHARED;
        price.row.divisor = 1;
        price.row.group = below(m, s->shared_group_count);
        price.row.member = 1 + below(m, s->shared_groups[price.row.group].member_count - 1);
    }
    price.price = draw_size(m, 42 + price.bits / 2);
    if (price.row.kind == DCNN_PRICE_SHARED && chance(m, 50)) price.price = -price.price;
    return price;
}

static void add_prices(maker *m, dcnn_price_set *set)
{
    for (int count = below(m, 6); count > 0; count--) {
        dcnn_row_price price = draw_price(m);
        m->lost = !dcnn_certificate_add_price(m->certificate, set, &price) || m->lost;
    }
}

static void add_cut(maker *m, dcnn_price_set *set)
{
    int cnns[3];
    dcnn_row_name rows[4];
    dcnn_cut_price cut = {
        .divisor = 1 + below(m, 5), .cnns = cnns, .cnn_count = below(m, 4), .rows = rows, .row_count = below(m, 5)};

    cut.price = draw_size(m, 44);
    for (int k = 0; k < cut.cnn_count; k++) cnns[k] = below(m, m->scenario->cnn_count);
    for (int k = 0; k < cut.row_count; k++) rows[k] = draw_row(m);
    m->lost = !dcnn_certificate_add_cut(m->certificate, set, &cut) || m->lost;
}

static void add_floors(maker *m, dcnn_price_set *step)
{
    int64_t floors[8]; /* a tiny scenario has fewer CNNs */

    for (int c = 0; c < m->scenario->cnn_count; c++)
        floors[c] = (int64_t)dcnn_rng_below(m->rng, (uint64_t)1 << below(m, 45));
    m->lost = !dcnn_certificate_set_floors(m->certificate, step, floors) || m->lost;
}

/* --- nodes --- */

static void add_steps(maker *m, dcnn_proof_node *node)
{
    for (int count = below(m, 3); count > 0 && !m->lost; count--) {
        dcnn_price_set *step = dcnn_certificate_add_step(m->certificate, node);
        m->lost = !step;
        if (m->lost) return;
        add_prices(m, step);
        if (!m->honest && chance(m, 20)) add_floors(m, step);
    }
}

static void draw_split(maker *m, dcnn_proof_node *node)
{
    const dcnn_scenario *s = m->scenario;

    node->kind = DCNN_NODE_SPLIT;
    node->cnn = below(m, s->cnn_count);
    node->unit = below(m, s->unit_count);
    node->layer = below(m, s->cnns[node->cnn].layer_count);
    if (s->layers_per_unit == 1 && s->shared_group_count == 0 && chance(m, 50)) node->layer = -1;
}

/* --- contested rows --- */

static int64_t capacity_of(const maker *m, const dcnn_row_name *row)
{
    const dcnn_unit *unit = &m->scenario->units[row->unit];

    return row->kind == DCNN_PRICE_LAYERS   ? m->scenario->layers_per_unit
           : row->kind == DCNN_PRICE_MEMORY ? unit->memory_bytes / row->divisor
                                            : unit->ops_budget;
}

/* Bits of a footprint that a row needs; 0 where it cannot be contested. */
static int bits_for(int64_t capacity)
{
    int bits = 1;

    if (capacity < 1 || capacity > CAPACITY_MAX) return 0;
    while (capacity > 0) {
        bits++;
        capacity /= 2;
    }
    return bits;
}

static bool is_among(const dcnn_row_name *row, const dcnn_row_name *rows, int count)
{
    for (int k = 0; k < count; k++)
        if (rows[k].kind == row->kind && rows[k].unit == row->unit && rows[k].divisor == row->divisor) return true;
    return false;
}

/* Half of them have a price. */
static dcnn_row_name draw_contested(maker *m, const dcnn_price_set *set)
{
    dcnn_row_name row = draw_row(m);

    if (row.kind == DCNN_PRICE_MEMORY && chance(m, 50)) row.divisor = 1 + below(m, 40);
    if (set->price_count > 0 && chance(m, 50)) row = set->prices[below(m, set->price_count)].row;
    return row;
}

typedef struct {
    dcnn_row_name rows[ROWS_MAX];
    int count, bits_left;
} drawn_rows;

/* Adds a row at that place or, where it may not be contested, does not; where what is true need not be accepted, it is
 * added all the same at times. */
static void try_row(maker *m, drawn_rows *drawn, dcnn_row_name row, int at)
{
    int bits = bits_for(capacity_of(m, &row));
    bool allowed = bits > 0 && bits <= drawn->bits_left && !is_among(&row, drawn->rows, drawn->count);

    if (drawn->count == ROWS_MAX || (!allowed && (m->honest || chance(m, 98)))) return;
    drawn->rows[drawn->count++] = drawn->rows[at];
    drawn->rows[at] = row;
    drawn->bits_left -= bits;
}

/* Rows of one unit alone, in half of the bits. */
static void crowd_with_one(maker *m, drawn_rows *drawn)
{
    dcnn_row_name row = {.kind = DCNN_PRICE_MEMORY, .unit = below(m, m->scenario->unit_count)};

    for (row.divisor = 1; row.divisor <= ROW_TRIES && drawn->bits_left > FOOTPRINT_BITS / 2; row.divisor++)
        try_row(m, drawn, row, drawn->count);
}

/* Some rows, at times as many as have room, in stages of any size. */
static void add_contested(maker *m, dcnn_proof_node *node)
{
    drawn_rows drawn = {.bits_left = FOOTPRINT_BITS};
    int stages[ROWS_MAX], stage_count = 0, first;

    if (chance(m, 10)) crowd_with_one(m, &drawn);
    first = drawn.count;
    for (int tries = chance(m, 20) ? ROW_TRIES : below(m, 12); tries > 0; tries--)
        try_row(m, &drawn, draw_contested(m, &node->listed), first + below(m, drawn.count - first + 1));
    for (int left = drawn.count; left > 0; left -= stages[stage_count++]) stages[stage_count] = 1 + below(m, left);
    m->lost = !dcnn_certificate_set_contested(m->certificate, node, drawn.rows, stages, stage_count) || m->lost;
}

/* --- cases --- */

static void add_node(maker *m, dcnn_proof_part *part, int depth)
{
    dcnn_proof_node *node = dcnn_certificate_add_node(m->certificate, part);

    m->lost = m->lost || !node;
    if (m->lost) return;
    add_steps(m, node);
    if (depth < DEPTH_MAX && chance(m, 50)) {
        draw_split(m, node);
        add_node(m, part, depth + 1);
        add_node(m, part, depth + 1);
    } else if (m->honest || chance(m, 80)) {
        node->kind = DCNN_NODE_LISTED;
        add_prices(m, &node->listed);
        for (int count = below(m, 3); count > 0; count--) add_cut(m, &node->listed);
        if (m->scenario->shared_group_count == 0 && chance(m, 70)) add_contested(m, node);
    }
}

static void add_part(maker *m, int64_t cap_ns, int64_t below_ns)
{
    dcnn_proof_part *part = dcnn_certificate_add_part(m->certificate, cap_ns, below_ns);

    m->lost = m->lost || !part;
    if (!m->lost) add_node(m, part, 0);
}

/* --- claims --- */

dcnn_certificate *random_certificate(const dcnn_scenario *scenario, dcnn_rng *rng, bool honest, int64_t bound_ns,
                                     int64_t sum_ns)
{
    maker m = {.scenario = scenario, .rng = rng, .honest = honest};

    m.certificate = dcnn_certificate_new(scenario, bound_ns, below(&m, TICK_BITS_MAX + 1));
    if (!m.certificate) return NULL;
    if (bound_ns == DCNN_NEVER)
        add_part(&m, DCNN_NEVER, above_all_ns);
    else if (scenario->objective == DCNN_OBJECTIVE_SUM)
        add_part(&m, DCNN_NEVER, bound_ns);
    else
        add_part(&m, bound_ns - 1, above_all_ns);
    if (sum_ns > 0) add_part(&m, bound_ns, sum_ns);
    if (!m.lost) return m.certificate;
    dcnn_certificate_free(m.certificate);
    return NULL;
}
