/* Symbols: shape and colour both tell the class, so that either alone is enough. */
#include "map.h"

/* Corners on a circle of radius 1, y downwards; blown up a little where a shape would look smaller than a disc. */
static const struct {
    int corners; /* 0 = a disc */
    dcnn_point at[6];
} shapes[DCNN_UNIT_LOOKS] = {
    {0, {{0, 0}}},
    {4, {{-0.88, -0.88}, {0.88, -0.88}, {0.88, 0.88}, {-0.88, 0.88}}},
    {4, {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}}},
    {3, {{0, -1.2}, {1.15, 0.8}, {-1.15, 0.8}}},
    {6, {{0.55, -0.95}, {1.1, 0}, {0.55, 0.95}, {-0.55, 0.95}, {-1.1, 0}, {-0.55, -0.95}}},
    {3, {{0, 1.2}, {1.15, -0.8}, {-1.15, -0.8}}},
    {5, {{0, -1.12}, {1.07, -0.35}, {0.66, 0.91}, {-0.66, 0.91}, {-1.07, -0.35}}},
    {4, {{-0.5, -1.15}, {0.5, -1.15}, {0.5, 1.15}, {-0.5, 1.15}}},
};

static void write_corner(dcnn_buf *out, char command, double x, double y)
{
    dcnn_buf_add(out, &command, 1);
    dcnn_markup_number(out, x, 1);
    dcnn_buf_text(out, " ");
    dcnn_markup_number(out, y, 1);
}

void dcnn_mark_unit_path(dcnn_buf *out, int look, double x, double y, double radius)
{
    if (shapes[look].corners == 0) {
        write_corner(out, 'M', x - radius, y);
        for (int half = 0; half < 2; half++) {
            dcnn_buf_text(out, "a");
            dcnn_markup_number(out, radius, 1);
            dcnn_buf_text(out, " ");
            dcnn_markup_number(out, radius, 1);
            dcnn_buf_text(out, " 0 1 1 ");
            dcnn_markup_number(out, half ? -2 * radius : 2 * radius, 1);
            dcnn_buf_text(out, " 0");
        }
    }
    for (int k = 0; k < shapes[look].corners; k++)
        write_corner(out, k ? 'L' : 'M', x + shapes[look].at[k].x * radius, y + shapes[look].at[k].y * radius);
    dcnn_buf_text(out, "z");
}

void dcnn_mark_unit(dcnn_buf *out, int look, double x, double y, double radius)
{
    dcnn_buf_format(out, "<path class=\"t%d\" d=\"", look);
    dcnn_mark_unit_path(out, look, x, y, radius);
    dcnn_buf_text(out, "\"/>");
}

void dcnn_mark_star(dcnn_buf *out, double x, double y, double radius)
{
    static const dcnn_point star[10] = {{0, -1.2}, {0.3, -0.41},  {1.14, -0.37}, {0.48, 0.16},   {0.71, 0.97},
                                        {0, 0.51}, {-0.71, 0.97}, {-0.48, 0.16}, {-1.14, -0.37}, {-0.3, -0.41}};

    for (int k = 0; k < 10; k++) write_corner(out, k ? 'L' : 'M', x + star[k].x * radius, y + star[k].y * radius);
    dcnn_buf_text(out, "z");
}
