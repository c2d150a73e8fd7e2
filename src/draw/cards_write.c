/* Labels as SVG. */
#include "cards.h"
#include <stdio.h>

static void write_rect(dcnn_buf *out, const char *class, double x, double y, double w, double h)
{
    dcnn_buf_format(out, "<rect class=\"%s\" x=\"", class);
    dcnn_markup_number(out, x, 1);
    dcnn_buf_text(out, "\" y=\"");
    dcnn_markup_number(out, y, 1);
    dcnn_buf_text(out, "\" width=\"");
    dcnn_markup_number(out, w, 1);
    dcnn_buf_text(out, "\" height=\"");
    dcnn_markup_number(out, h, 1);
    dcnn_buf_text(out, "\"/>");
}

static void write_bar(dcnn_buf *out, double share, double x, double y, double w)
{
    double full = share > 1 ? 1 : share;

    write_rect(out, "g0", x, y, w, DCNN_GAUGE_HEIGHT);
    if (full > 0) write_rect(out, share > 1 ? "g2" : "g1", x, y, full * w < 0.7 ? 0.7 : full * w, DCNN_GAUGE_HEIGHT);
}

void dcnn_gauges_write(const dcnn_map *map, const dcnn_usage *usage, int64_t memory_bytes, double x, double y,
                       dcnn_buf *out)
{
    int limit = map->scenario->layers_per_unit;
    double share = memory_bytes > 0 ? (double)usage->memory_bytes / (double)memory_bytes : usage->memory_bytes > 0;

    write_bar(out, share, x, y, DCNN_GAUGE_WIDTH);
    x += DCNN_GAUGE_WIDTH + 4;
    if (limit > DCNN_PIPS_MAX) write_bar(out, (double)usage->layers / limit, x, y, DCNN_GAUGE_WIDTH);
    for (int k = 0; k < limit && limit <= DCNN_PIPS_MAX; k++) {
        write_rect(out,
                   k >= usage->layers      ? "g0"
                   : usage->layers > limit ? "g2"
                                           : "g1",
                   x, y, DCNN_GAUGE_HEIGHT, DCNN_GAUGE_HEIGHT);
        x += DCNN_GAUGE_HEIGHT + 1.5;
    }
}

static void write_text(dcnn_buf *out, double x, double y, const char *text)
{
    dcnn_buf_text(out, " x=\"");
    dcnn_markup_number(out, x, 1);
    dcnn_buf_text(out, "\" y=\"");
    dcnn_markup_number(out, y, 1);
    dcnn_buf_text(out, "\">");
    dcnn_markup_text(out, text);
    dcnn_buf_text(out, "</text>");
}

static void write_leader(const dcnn_label *label, dcnn_buf *out)
{
    dcnn_point door = dcnn_label_door(label);

    dcnn_buf_text(out, "<path class=\"v\" d=\"M");
    dcnn_markup_number(out, label->anchor.x, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, label->anchor.y, 1);
    dcnn_buf_text(out, "L");
    dcnn_markup_number(out, door.x, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, door.y, 1);
    dcnn_buf_text(out, "\"/>");
}

void dcnn_card_classes_write(const dcnn_card *card, dcnn_buf *out)
{
    int before = -1;

    for (const dcnn_card_line *line = card->lines; line; line = line->next) {
        if (line->cnn != before) dcnn_buf_format(out, " c%d", line->cnn);
        before = line->cnn;
    }
}

static void write_lines(const dcnn_map *map, const dcnn_card *card, double x, double y, dcnn_buf *out)
{
    const dcnn_card_line *line = card->lines;
    int shown = dcnn_card_lines_shown(card);
    char more[32];

    for (int k = 0; k < shown; k++, line = line->next) {
        y += dcnn_card_line_height(map);
        dcnn_buf_format(out, "<text class=\"c%d w%d\"", line->cnn, line->cnn % DCNN_CNN_LOOKS);
        write_text(out, x, y, line->text);
    }
    if (shown == card->line_count) return;
    (void)snprintf(more, sizeof more, "+ %d more", card->line_count - shown);
    dcnn_buf_text(out, "<text class=\"i\"");
    write_text(out, x, y + dcnn_card_line_height(map), more);
}

static void write_place_card(const dcnn_map *map, const dcnn_card *card, const dcnn_label *label, dcnn_buf *out)
{
    double size = map->detail.text_size, x = label->box.x + DCNN_CARD_PAD, y = label->box.y + DCNN_CARD_PAD;
    const dcnn_box *box = &label->box;

    dcnn_buf_format(out, "<g class=\"k p%d", card->place);
    dcnn_card_classes_write(card, out);
    dcnn_buf_text(out, "\">");
    if (card->line_count == 0) {
        dcnn_buf_text(out, "<text class=\"i\"");
        write_text(out, x, y + 0.8 * size, card->text);
        dcnn_buf_text(out, "</g>\n");
        return;
    }
    write_rect(out, "b", box->x, box->y, box->w, box->h);
    dcnn_buf_text(out, "<text class=\"n\"");
    write_text(out, x, y + 0.8 * size, card->text);
    if (label->form == DCNN_CARD_FULL && card->place < map->scenario->unit_count && map->usage[card->place].layers > 0)
        dcnn_gauges_write(map, &map->usage[card->place], map->scenario->units[card->place].memory_bytes,
                          box->x + box->w - DCNN_CARD_PAD - dcnn_gauges_width(map), y + 0.14 * size, out);
    if (label->form != DCNN_CARD_ID) write_lines(map, card, x, y + 0.8 * size, out);
    dcnn_buf_text(out, "</g>\n");
}

static void write_probability(const dcnn_map *map, const dcnn_card *card, const dcnn_label *label, dcnn_buf *out)
{
    const dcnn_box *box = &label->box;
    int cnn = map->messages[card->message].cnn;

    dcnn_buf_format(out, "<g class=\"k pr c%d\">", cnn);
    write_rect(out, "b", box->x, box->y, box->w, box->h);
    dcnn_buf_format(out, "<text class=\"q w%d\"", cnn % DCNN_CNN_LOOKS);
    write_text(out, box->x + box->w / 2, box->y + 1.5 + 0.83 * map->detail.text_size, card->text);
    dcnn_buf_text(out, "</g>\n");
}

void dcnn_cards_write(const dcnn_map *map, dcnn_buf *out)
{
    for (int k = 0; k < map->label_count; k++) {
        const dcnn_label *label = &map->labels[k];
        if (!label->placed) continue;
        if (map->cards[k].place < 0)
            write_probability(map, &map->cards[k], label, out);
        else
            write_place_card(map, &map->cards[k], label, out);
    }
}

void dcnn_leaders_write(const dcnn_map *map, dcnn_buf *out)
{
    for (int k = 0; k < map->label_count; k++)
        if (map->labels[k].placed && map->labels[k].led && map->cards[k].place >= 0) write_leader(&map->labels[k], out);
}
