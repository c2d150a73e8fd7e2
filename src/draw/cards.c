/* Which labels there are, what they say and how much room they need. */
#include "cards.h"
#include <math.h>

enum {
    LINES_MAX = 7 /* of a card; beyond, the last says how many more */,
    SPOTS_PER_HOP = 5,
    RINGS_FAR = 10,
    RINGS_NEAR = 2
};

static const double text_room_px = 132;
static const double crowd_px = 14; /* what it costs to cover an idle unit among very many */

double dcnn_card_line_height(const dcnn_map *map)
{
    return map->detail.text_size * 1.2;
}

double dcnn_gauges_width(const dcnn_map *map)
{
    int limit = map->scenario->layers_per_unit;

    if (limit == 0) return DCNN_GAUGE_WIDTH;
    if (limit > DCNN_PIPS_MAX) return 2 * DCNN_GAUGE_WIDTH + 4;
    return DCNN_GAUGE_WIDTH + 4 + limit * (DCNN_GAUGE_HEIGHT + 1.5);
}

struct collector {
    dcnn_map *map;
    dcnn_card *of_place;   /* [place_count] */
    dcnn_card_line **last; /* [place_count] where the next line of a place goes */
    bool failed;
};

static void add_line(struct collector *col, int place, int cnn, const char *text)
{
    dcnn_map *map = col->map;
    dcnn_card_line *line = dcnn_pool_take(map->pool, 1, sizeof *line);

    if (!line || !(line->text = dcnn_markup_fit(map->pool, text, map->detail.text_size, text_room_px))) {
        col->failed = true;
        return;
    }
    line->cnn = cnn;
    if (col->last[place])
        col->last[place]->next = line;
    else
        col->of_place[place].lines = line;
    col->last[place] = line;
    col->of_place[place].line_count++;
}

static void add_roles(struct collector *col, int c)
{
    const dcnn_cnn *cnn = &col->map->scenario->cnns[c];
    char *name = dcnn_markup_fit(col->map->pool, cnn->id, col->map->detail.text_size, text_room_px - 45);
    dcnn_buf text = {0};

    if (!name) {
        col->failed = true;
        return;
    }
    dcnn_buf_format(&text, cnn->source == cnn->sink ? "%s in, out" : "%s in", name);
    if (text.failed)
        col->failed = true;
    else
        add_line(col, cnn->source, c, text.data);
    dcnn_buf_clear(&text);
    if (cnn->source == cnn->sink) return;
    dcnn_buf_format(&text, "%s out", name);
    if (text.failed)
        col->failed = true;
    else
        add_line(col, cnn->sink, c, text.data);
    dcnn_buf_clear(&text);
}

/* "3 conv3" or "3-5 conv3 ... conv5": the number is the layer's place in its CNN. */
static void add_run(struct collector *col, int c, int first, int last)
{
    const dcnn_layer *layers = col->map->scenario->cnns[c].layers;
    double size = col->map->detail.text_size, room = last > first ? text_room_px / 2 - 14 : text_room_px;
    char *from = dcnn_markup_fit(col->map->pool, layers[first].name, size, room);
    char *to = dcnn_markup_fit(col->map->pool, layers[last].name, size, room);
    dcnn_buf text = {0};

    if (!from || !to) {
        col->failed = true;
        return;
    }
    if (first == last)
        dcnn_buf_format(&text, "%d %s", first + 1, from);
    else
        dcnn_buf_format(&text, "%d\xE2\x80\x93%d %s \xE2\x80\x93 %s", first + 1, last + 1, from, to);
    if (text.failed)
        col->failed = true;
    else
        add_line(col, col->map->placement->cnns[c].units[first], c, text.data);
    dcnn_buf_clear(&text);
}

static void add_runs(struct collector *col, int c)
{
    const dcnn_cnn_placement *cnn = &col->map->placement->cnns[c];

    for (int first = 0, last; first < cnn->layer_count; first = last + 1) {
        last = first;
        while (last + 1 < cnn->layer_count && cnn->units[last + 1] == cnn->units[first]) last++;
        add_run(col, c, first, last);
    }
}

int dcnn_card_lines_shown(const dcnn_card *card)
{
    return card->line_count > LINES_MAX ? LINES_MAX - 1 : card->line_count;
}

static double widest_line(const dcnn_map *map, const dcnn_card *card)
{
    const dcnn_card_line *line = card->lines;
    double widest = 0;

    for (int k = 0; k < dcnn_card_lines_shown(card); k++, line = line->next) {
        double width = dcnn_markup_width(line->text, map->detail.text_size);
        if (width > widest) widest = width;
    }
    return widest;
}

static void measure_place(const dcnn_map *map, const dcnn_card *card, dcnn_label *label)
{
    double size = map->detail.text_size, line = dcnn_card_line_height(map), pad = 2 * DCNN_CARD_PAD;
    double id = dcnn_markup_width(card->text, size) * 1.06, lines = widest_line(map, card), gauged = id;
    int rows = 1 + dcnn_card_lines_shown(card) + (dcnn_card_lines_shown(card) < card->line_count);
    bool hosts = card->place < map->scenario->unit_count && map->usage[card->place].layers > 0;

    if (hosts) gauged += 5 + dcnn_gauges_width(map);
    label->w[DCNN_CARD_FULL] = pad + (gauged > lines ? gauged : lines);
    label->w[DCNN_CARD_UNGAUGED] = pad + (id > lines ? id : lines);
    label->w[DCNN_CARD_ID] = pad + id;
    label->h[DCNN_CARD_FULL] = label->h[DCNN_CARD_UNGAUGED] = pad + line * rows - 2;
    label->h[DCNN_CARD_ID] = pad + line - 2;
    label->form_count = card->line_count > 0 ? DCNN_LABEL_FORMS : 1;
    label->rings = card->line_count > 0 ? RINGS_FAR : RINGS_NEAR;
    label->anchor = map->at[card->place];
    label->radius = dcnn_place_radius(map, card->place);
    label->owner = card->place;
}

/* Along the line of a decision, its middle first; then to its right and to its left, near and farther off. */
static void list_spots(const dcnn_map_message *m, const dcnn_point *ends, double aside, dcnn_point *spots)
{
    int count = SPOTS_PER_HOP * m->hops;

    for (int k = 0; k < count; k++) {
        int at = k % 2 ? count / 2 - (k + 1) / 2 : count / 2 + k / 2; /* from the middle outwards */
        const dcnn_point *hop = ends + 2 * (at / SPOTS_PER_HOP);
        double t = (at % SPOTS_PER_HOP + 1) / (SPOTS_PER_HOP + 1.0);
        double dx = hop[1].x - hop[0].x, dy = hop[1].y - hop[0].y, length = fmax(sqrt(dx * dx + dy * dy), 1e-6);
        dcnn_point on = {hop[0].x + t * dx, hop[0].y + t * dy};
        spots[k] = on;
        for (int far = 1; far <= 2; far++) {
            dcnn_point off = {dy / length * aside * far, dx / length * aside * far}, *pair;
            pair = &spots[(2 * far - 1) * count + 2 * k];
            pair[0] = (dcnn_point){on.x - off.x, on.y + off.y};
            pair[1] = (dcnn_point){on.x + off.x, on.y - off.y};
        }
    }
}

static bool measure_probability(dcnn_map *map, const dcnn_card *card, dcnn_label *label)
{
    const dcnn_map_message *m = &map->messages[card->message];
    int count = 5 * SPOTS_PER_HOP * m->hops;
    dcnn_point *ends = dcnn_pool_take(map->pool, 2 * (size_t)m->hops, sizeof *ends);
    dcnn_point *spots = dcnn_pool_take(map->pool, (size_t)count, sizeof *spots);

    if (!ends || !spots) return false;
    label->w[0] = dcnn_markup_width(card->text, map->detail.text_size) + 6;
    label->h[0] = map->detail.text_size + 3;
    dcnn_lane_ends(map, m, ends);
    list_spots(m, ends, 0.6 * label->w[0], spots);
    label->spots = spots;
    label->spot_count = count;
    label->form_count = 1;
    label->owner = map->scenario->place_count + card->message;
    return true;
}

static char *probability_text(dcnn_map *map, double probability)
{
    dcnn_buf text = {0};
    char *copy;

    dcnn_markup_percent(&text, probability);
    copy = text.failed ? NULL : dcnn_pool_text(map->pool, text.data);
    dcnn_buf_clear(&text);
    return copy;
}

static bool wanted(const dcnn_map *map, const dcnn_card *card, int rank)
{
    bool idle = card->line_count == 0;
    bool endpoint = card->place >= map->scenario->unit_count;

    if (rank == 0) return !idle && !endpoint;
    if (rank == 1) return endpoint && (!idle || map->detail.links);
    if (rank == 2) return idle && !endpoint && map->relays[card->place] && map->detail.tooltips;
    return idle && !endpoint && !map->relays[card->place] && map->detail.idle_ids;
}

static bool add_label(dcnn_map *map, const dcnn_card *card, int rank)
{
    int k = map->label_count++;

    map->cards[k] = *card;
    map->labels[k].rank = rank;
    if (card->place < 0) return measure_probability(map, card, &map->labels[k]);
    measure_place(map, card, &map->labels[k]);
    return true;
}

/* Hosts first, for their cards are large; then endpoints, probabilities, places passed through, and the idle ones. */
static bool list_labels(dcnn_map *map, const dcnn_card *of_place)
{
    for (int rank = 0; rank < 4; rank++) {
        for (int i = 0; i < map->scenario->place_count; i++)
            if (wanted(map, &of_place[i], rank) && !add_label(map, &of_place[i], rank)) return false;
        for (int k = 0; rank == 1 && k < map->message_count; k++) {
            const dcnn_map_message *m = &map->messages[k];
            dcnn_card card = {.place = -1, .message = k};
            if (m->kind != DCNN_MESSAGE_DECISION) continue;
            if (!(card.text = probability_text(map, m->probability)) || !add_label(map, &card, rank)) return false;
        }
    }
    return true;
}

/* Where idle units are too many to be named, one of them may vanish under the label of a unit in use. */
static double cost_of_covering(const dcnn_map *map, int place)
{
    bool idle = map->of_place[place].line_count == 0 && place < map->scenario->unit_count && !map->relays[place];

    return idle && !map->detail.idle_ids ? crowd_px : INFINITY;
}

/* The map's symbols and lines as obstacles. */
static dcnn_board *set_up_board(dcnn_map *map)
{
    dcnn_board *board = dcnn_board_new(map->area, map->pool);
    bool fits = board != NULL;

    for (int i = 0; i < map->scenario->place_count && fits; i++) {
        double r = dcnn_place_radius(map, i) + 1;
        dcnn_box box = {map->at[i].x - r, map->at[i].y - r, 2 * r, 2 * r};
        fits = dcnn_board_block(board, box, i, cost_of_covering(map, i));
    }
    for (int k = 0; k < map->message_count && fits; k++) {
        const dcnn_map_message *m = &map->messages[k];
        dcnn_point *ends = dcnn_pool_take(map->pool, 2 * (size_t)m->hops, sizeof *ends);
        if (!ends) return NULL;
        dcnn_lane_ends(map, m, ends);
        for (int h = 0; h < m->hops && fits; h++)
            fits = dcnn_board_line(board, ends[2 * h], ends[2 * h + 1], m->width, map->scenario->place_count + k);
    }
    return fits ? board : NULL;
}

dcnn_status dcnn_cards_place(dcnn_map *map, dcnn_error *err)
{
    const dcnn_scenario *s = map->scenario;
    size_t places = (size_t)s->place_count;
    struct collector col = {.map = map};
    dcnn_board *board;

    map->of_place = dcnn_pool_take(map->pool, places + 1, sizeof *map->of_place);
    col.of_place = map->of_place;
    col.last = dcnn_pool_take(map->pool, places + 1, sizeof *col.last);
    map->labels = dcnn_pool_take(map->pool, places + (size_t)map->message_count + 1, sizeof *map->labels);
    map->cards = dcnn_pool_take(map->pool, places + (size_t)map->message_count + 1, sizeof *map->cards);
    if (!col.of_place || !col.last || !map->labels || !map->cards) return dcnn_fail_memory(err);
    for (int c = 0; c < s->cnn_count && !col.failed; c++) add_roles(&col, c);
    for (int c = 0; c < s->cnn_count && map->placement && !col.failed; c++) add_runs(&col, c);
    for (int i = 0; i < s->place_count && !col.failed; i++) {
        col.of_place[i].place = i;
        if (!(col.of_place[i].text = dcnn_markup_fit(map->pool, s->places[i].id, map->detail.text_size, text_room_px)))
            col.failed = true;
    }
    if (col.failed || !list_labels(map, col.of_place)) return dcnn_fail_memory(err);
    board = set_up_board(map);
    if (!board || !dcnn_labels_place(board, map->labels, map->label_count)) return dcnn_fail_memory(err);
    return DCNN_OK;
}
