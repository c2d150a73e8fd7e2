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
 * Same input, same bytes. DCNN_E_MEMORY. */
dcnn_status dcnn_draw_svg(char **svg, size_t *size, const dcnn_scenario *scenario, const dcnn_placement *placement,
                          const dcnn_draw_options *options, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
