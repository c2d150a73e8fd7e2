/* draw.h - the map of a scenario and of a placement, as SVG. */
#ifndef DCNN_DRAW_H
#define DCNN_DRAW_H

#include <dcnn/placement.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    bool range_circles; /* how far each unit is heard (range networks) */
} dcnn_draw_options;

void dcnn_draw_options_init(dcnn_draw_options *options);

/* Draws the scenario, with the placement unless that is NULL, into an SVG text.
 *
 * svg   out: terminated text, to be freed with free()
 * size  out: its length in bytes
 *
 * What there is no room for is left out, in this order: names of idle units, names of places passed through, gauges,
 * probabilities of decisions, lists of layers, labels of units in use; beyond thousands of places also links that no
 * message takes, then tooltips and the names of idle endpoints. The legend counts what is missing. Among hundreds of
 * places and more, labels of units in use may cover idle units.
 *
 * For style sheets and scripts of a page around it: a place's symbol, label and messages have the class p<place>, what
 * belongs to a CNN the class c<CNN>.
 *
 * Same input, same bytes. DCNN_E_MEMORY. */
dcnn_status dcnn_draw_svg(char **svg, size_t *size, const dcnn_scenario *scenario, const dcnn_placement *placement,
                          const dcnn_draw_options *options, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
