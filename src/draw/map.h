/* map.h - the picture in numbers: where everything stands and how it looks, before anything is written.
 *
 *     scenario, placement -> dcnn_map_build -> dcnn_messages_find -> dcnn_lanes_lay -> dcnn_cards_place -> written
 *
 * All lengths are pixels of the picture, y downwards. Everything belongs to the map's pool. */
#ifndef DCNN_DRAW_MAP_H
#define DCNN_DRAW_MAP_H

#include "draw/labels.h"
#include "draw/layout.h"
#include "draw/usage.h"
#include "markup/markup.h"
#include <dcnn/draw.h>
#include <dcnn/network.h>

enum { DCNN_UNIT_LOOKS = 8, DCNN_CNN_LOOKS = 8 };

/* A class of units that are drawn alike. */
typedef struct {
    const char *name; /* of the type; NULL = units without one, told apart by their figures */
    int64_t memory_bytes;
    double ops_per_s;
    int count;
    bool uniform; /* all its units have these figures */
} dcnn_unit_class;

typedef enum { DCNN_MESSAGE_INPUT, DCNN_MESSAGE_TRANSFER, DCNN_MESSAGE_DECISION } dcnn_message_kind;

/* What one CNN sends from one place to another, and the way it takes. */
typedef struct {
    int cnn;
    dcnn_message_kind kind;
    double probability;
    int64_t bytes;
    bool unrouted; /* there is no way: one straight stroke stands for it */
    int hops;      /* links crossed */
    int *places;   /* [hops + 1] */
    double width;
    double *offset;   /* [hops] of its lane from the middle of the link, to the right of its direction */
    double *position; /* [hops] of its arrow along the link, in pixels forwards from the link's middle */
} dcnn_map_message;

/* How much is shown, by the number of places. draw.h tells in which order things are left out. */
typedef struct {
    double used_radius, idle_radius;
    double text_size;
    double lane_width; /* of the largest message */
    bool idle_ids, links, tooltips;
} dcnn_detail;

typedef struct {
    const dcnn_scenario *scenario;
    const dcnn_placement *placement; /* NULL, or one with a placement in it */
    const dcnn_draw_options *options;
    dcnn_network *network;
    dcnn_pool *pool;
    dcnn_detail detail;

    bool located; /* positions are the scenario's own, so there is a scale */
    double px_per_m;
    dcnn_point *at; /* [place_count] */
    bool embedded;  /* in a page: without title, the legend apart */
    double width;   /* of the picture */
    dcnn_box area;  /* of the map inside it */
    double legend_x, legend_width;

    int class_count;
    dcnn_unit_class classes[DCNN_UNIT_LOOKS];
    unsigned char *class_of; /* [unit_count] */
    dcnn_usage *usage;       /* [unit_count] */
    bool *relays;            /* [place_count] some message passes through or ends here */

    int message_count;
    dcnn_map_message *messages;

    struct dcnn_card *of_place; /* [place_count] what there is to say about each place */
    int label_count;
    dcnn_label *labels;
    struct dcnn_card *cards; /* [label_count] what the labels say */
} dcnn_map;

/* Measures and positions (map.c). DCNN_E_MEMORY. */
dcnn_status dcnn_map_build(dcnn_map *map, dcnn_error *err);

/* Every message of the placement with its route (messages.c). DCNN_E_MEMORY. */
dcnn_status dcnn_messages_find(dcnn_map *map, dcnn_error *err);

/* Lays messages that share a link side by side, keeping to the right of the road (lanes.c). DCNN_E_MEMORY. */
dcnn_status dcnn_lanes_lay(dcnn_map *map, dcnn_error *err);

/* Points of the message's line: 2 per hop, where it leaves the link's first place and where it reaches the second.
 * ends [2 * hops] out. */
void dcnn_lane_ends(const dcnn_map *map, const dcnn_map_message *message, dcnn_point *ends);
void dcnn_lane_write(const dcnn_map *map, const dcnn_map_message *message, const dcnn_point *ends, dcnn_buf *out);

/* What stands beside units, endpoints and exits, and where (cards.c). DCNN_E_MEMORY. */
dcnn_status dcnn_cards_place(dcnn_map *map, dcnn_error *err);
void dcnn_cards_write(const dcnn_map *map, dcnn_buf *out);

/* Half the extent of a place's symbol. */
double dcnn_place_radius(const dcnn_map *map, int place);

/* Symbols (marks.c). */
void dcnn_mark_unit(dcnn_buf *out, int look, double x, double y, double radius);
void dcnn_mark_unit_path(dcnn_buf *out, int look, double x, double y, double radius); /* path data only */
void dcnn_mark_star(dcnn_buf *out, double x, double y, double radius);

/* One section of the legend (legend.c): units, CNNs, messages, what stands at a unit, what was left out. Its left top
 * corner is x, y; returns where it ends below, y when there is nothing to say. */
enum { DCNN_LEGEND_SECTIONS = 5 };
double dcnn_legend_write(const dcnn_map *map, int section, double x, double y, dcnn_buf *out);
void dcnn_title_write(const dcnn_map *map, dcnn_buf *out);

/* The scale bar and the range, below the map; returns where it ends below. */
double dcnn_scale_bar_write(const dcnn_map *map, dcnn_buf *out);

/* Colours and faces of all that is drawn, as a style sheet (style.c). */
void dcnn_style_write(const dcnn_map *map, dcnn_buf *out);

#endif
