/* labels.h - finds room for labels: no two overlap, none covers a symbol, and few lie on lines.
 *
 * Knows rectangles and line segments only. Each label tries places in rings around what it names, in all its forms: the
 * nearest is best, but a shorter form must be a good deal nearer. A label for which nothing is free is left out. */
#ifndef DCNN_DRAW_LABELS_H
#define DCNN_DRAW_LABELS_H

#include "draw/layout.h"

typedef struct {
    double x, y, w, h; /* left, top */
} dcnn_box;

enum { DCNN_LABEL_FORMS = 3 };

typedef struct {
    dcnn_point anchor; /* centre of what it names */
    double radius;     /* half the extent of what it names */
    int owner;         /* number of that thing: its box and its lines are no obstacles */
    int rank;          /* labels of a higher number give way */
    int rings;         /* how far it may move away: 1 = touching only */
    int form_count;    /* 1 .. DCNN_LABEL_FORMS, fullest first */
    double w[DCNN_LABEL_FORMS], h[DCNN_LABEL_FORMS];
    const dcnn_point *spots; /* centres to try instead of rings (labels that sit on their line); or NULL */
    int spot_count;
    bool placed;  /* out */
    bool led;     /* out: stands so far off that a line should lead to it */
    int form;     /* out */
    dcnn_box box; /* out */
} dcnn_label;

typedef struct dcnn_board dcnn_board;

/* NULL when memory is out. */
dcnn_board *dcnn_board_new(dcnn_box area, dcnn_pool *pool);

/* Space taken by a thing of that owner. Covering it costs as much as covering `cost` pixels of a line; INFINITY = must
 * not be covered. */
bool dcnn_board_block(dcnn_board *board, dcnn_box box, int owner, double cost);

/* A line that labels should not cover. */
bool dcnn_board_line(dcnn_board *board, dcnn_point from, dcnn_point to, double width, int owner);

/* Places labels in the order given, ranks ascending, then goes over them again: a label may drive those of less rank
 * away, which then look for another place. False when memory is out. Linear in the labels, for a bounded density of
 * obstacles. */
bool dcnn_labels_place(dcnn_board *board, dcnn_label *labels, int count);

/* Where the line from an anchor meets its label's box. */
dcnn_point dcnn_label_door(const dcnn_label *label);

#endif
