/* page.h - the map as part of a page. */
#ifndef DCNN_DRAW_PAGE_H
#define DCNN_DRAW_PAGE_H

#include "base/base.h"
#include <dcnn/draw.h>

/* Appends the map without a title, an SVG of class "area", and after it a division of class "keys" with every section
 * of the legend as an SVG of class "part". The page gives all of them the same scale, as widths of lines and gauges
 * count. DCNN_E_MEMORY. */
dcnn_status dcnn_draw_in_page(dcnn_buf *out, const dcnn_scenario *scenario, const dcnn_placement *placement,
                              dcnn_error *err);

#endif
