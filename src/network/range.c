/* Links of a range network: places are sorted into square cells as wide as the range, so that whoever is heard sits in
 * the nine cells around, and a sweep over the sorted cells meets them all. */
#include "graph.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
    int64_t row, column; /* cell */
    double x_m, y_m;
    int32_t place;
} spot;

static int64_t compare_cells(const spot *s, int64_t row, int64_t column)
{
    return s->row != row ? s->row - row : s->column - column;
}

static int by_cell(const void *a, const void *b)
{
    const spot *s = a, *t = b;
    int64_t order = compare_cells(s, t->row, t->column);

    if (order == 0) order = s->place - t->place;
    return (order > 0) - (order < 0);
}

/* Clamping keeps neighbours neighbours, and the margin of a thousandth in the side covers all rounding below 2^40. */
static int64_t cell_of(double at_m, double side_m)
{
    const double most = 1099511627776.0;

    return (int64_t)floor(fmin(fmax(at_m / side_m, -most), most));
}

static spot *sorted_spots(const dcnn_scenario *scenario)
{
    int count = scenario->place_count;
    double side_m = fmax(scenario->network.range_m, 1e-150) * 1.001; /* below, squares of distances underflow */
    spot *spots = dcnn_take((size_t)count, sizeof *spots);

    if (!spots) return NULL;
    for (int i = 0; i < count; i++) {
        const dcnn_place *place = &scenario->places[i];
        spots[i].row = cell_of(place->y_m, side_m);
        spots[i].column = cell_of(place->x_m, side_m);
        spots[i].x_m = place->x_m;
        spots[i].y_m = place->y_m;
        spots[i].place = i;
    }
    qsort(spots, (size_t)count, sizeof *spots, by_cell);
    return spots;
}

static bool in_range(const spot *a, const spot *b, double range_m)
{
    double dx = a->x_m - b->x_m, dy = a->y_m - b->y_m;

    return dx * dx + dy * dy < range_m * range_m;
}

/* Goes through all pairs in range, each from both ends. other NULL: adds the neighbours of place i to first[i];
 * else writes them from other[first[i]] on, moving first[i] along. */
static void sweep(const spot *spots, int count, double range_m, int64_t *first, int32_t *other)
{
    int from[3] = {0, 0, 0}; /* first spot of the three cells left, here, right; in the rows below, here, above */

    for (int s = 0; s < count; s++) {
        const spot *here = &spots[s];
        for (int row = 0; row < 3; row++) {
            while (from[row] < count && compare_cells(&spots[from[row]], here->row + row - 1, here->column - 1) < 0)
                from[row]++;
            for (int t = from[row]; t < count && compare_cells(&spots[t], here->row + row - 1, here->column + 1) <= 0;
                 t++) {
                if (t == s || !in_range(here, &spots[t], range_m)) continue;
                if (other) other[first[here->place]] = spots[t].place;
                first[here->place]++;
            }
        }
    }
}

dcnn_status dcnn_network_from_range(dcnn_network *network, const dcnn_scenario *scenario)
{
    int count = scenario->place_count;
    double range_m = scenario->network.range_m;
    int64_t *next = dcnn_take((size_t)count + 1, sizeof *next);
    spot *spots = sorted_spots(scenario);
    dcnn_rows unsorted = {0}, rows = {0};
    dcnn_status status = DCNN_E_MEMORY;

    if (!next || !spots) goto done;
    sweep(spots, count, range_m, next, NULL);
    dcnn_rows_prefix(next, count);
    if ((status = dcnn_rows_new(&unsorted, count, next[count], false))) goto done;
    for (int i = 0; i <= count; i++) unsorted.first[i] = next[i];
    sweep(spots, count, range_m, next, unsorted.other);
    if ((status = dcnn_rows_transpose(&rows, &unsorted, count))) goto done;
    network->arc_count = rows.first[count];
    network->first_out = network->first_in = rows.first; /* who hears is heard: one array serves both directions */
    network->head = network->tail = rows.other;
done:
    dcnn_rows_free(&unsorted);
    free(spots);
    free(next);
    return status;
}
