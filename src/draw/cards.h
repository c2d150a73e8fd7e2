/* cards.h - what the labels say. */
#ifndef DCNN_DRAW_CARDS_H
#define DCNN_DRAW_CARDS_H

#include "draw/map.h"

/* One line of a card: layers of a CNN, or its part as source or sink. */
typedef struct dcnn_card_line {
    char *text;
    int cnn;
    struct dcnn_card_line *next;
} dcnn_card_line;

/* Beside a place: its id, gauges when it hosts layers, lines. On the line of a decision: its probability. */
typedef struct dcnn_card {
    int place;   /* -1 = a probability */
    int message; /* of a probability */
    char *text;  /* id or probability */
    int line_count;
    dcnn_card_line *lines;
} dcnn_card;

enum { DCNN_CARD_FULL, DCNN_CARD_UNGAUGED, DCNN_CARD_ID }; /* forms of a card: gauges go first, then the lines */

enum { DCNN_CARD_PAD = 3, DCNN_GAUGE_WIDTH = 26, DCNN_GAUGE_HEIGHT = 5, DCNN_PIPS_MAX = 6 };

/* How many of a card's lines are shown; when not all are, one more line says so. */
int dcnn_card_lines_shown(const dcnn_card *card);

double dcnn_card_line_height(const dcnn_map *map);
double dcnn_gauges_width(const dcnn_map *map);

/* The classes of the CNNs that a card has lines of, so that a page can light them up together: " c0 c2". */
void dcnn_card_classes_write(const dcnn_card *card, dcnn_buf *out);

/* The lines from places to cards that stand far off; drawn under the symbols. */
void dcnn_leaders_write(const dcnn_map *map, dcnn_buf *out);

/* Memory as a bar, layers as boxes (as a bar when there are many), with the left top corner at x, y. */
void dcnn_gauges_write(const dcnn_map *map, const dcnn_usage *usage, int64_t memory_bytes, double x, double y,
                       dcnn_buf *out);

#endif
