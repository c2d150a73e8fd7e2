/* check_grid.c - hops in a range network without ever storing its links: places lie in square buckets at least as wide
 * as the range, so whoever hears a place lies in the nine buckets around it. */
#include "check_internal.h"
#include <math.h>
#include <stdlib.h>

struct dcnn_check_grid {
    const dcnn_scenario *scenario;
    double side_m, left_m, bottom_m;
    int columns, rows;
    int *first;   /* [columns * rows + 1] of each bucket in `members` */
    int *members; /* [place_count] places by bucket */
    int *queue;   /* [place_count] of the search */
    int *heard;   /* [place_count] around one place */
    int64_t *hops;
    uint32_t *seen; /* [place_count] number of the search that reached the place last */
    uint32_t search;
};

/* A shade wider than the range: rounding in bucket_along can then never put two places that hear each other two
 * buckets apart. */
static const double side_per_range = 1.000001;

static int bucket_along(double distance_m, double side_m, int count)
{
    double k = floor(distance_m / side_m);

    if (!(k > 0)) return 0;
    return k < count ? (int)k : count - 1;
}

static int bucket_column(const dcnn_check_grid *grid, int place)
{
    return bucket_along(grid->scenario->places[place].x_m - grid->left_m, grid->side_m, grid->columns);
}

static int bucket_row(const dcnn_check_grid *grid, int place)
{
    return bucket_along(grid->scenario->places[place].y_m - grid->bottom_m, grid->side_m, grid->rows);
}

/* Chooses buckets of the range's width, or wider where that would take many more buckets than there are places. */
static void lay_out(dcnn_check_grid *grid)
{
    const dcnn_scenario *scenario = grid->scenario;
    double right_m = -INFINITY, top_m = -INFINITY, across;

    grid->left_m = grid->bottom_m = INFINITY;
    for (int i = 0; i < scenario->place_count; i++) {
        grid->left_m = fmin(grid->left_m, scenario->places[i].x_m);
        grid->bottom_m = fmin(grid->bottom_m, scenario->places[i].y_m);
        right_m = fmax(right_m, scenario->places[i].x_m);
        top_m = fmax(top_m, scenario->places[i].y_m);
    }
    across = fmax(right_m - grid->left_m, top_m - grid->bottom_m);
    grid->side_m = fmax(scenario->network.range_m * side_per_range, across / ceil(sqrt(scenario->place_count)));
    grid->columns = grid->rows = 1;
    if (!(across < INFINITY && grid->side_m > 0 && grid->side_m < INFINITY)) return; /* one bucket is always right */
    grid->columns = 1 + (int)((right_m - grid->left_m) / grid->side_m);
    grid->rows = 1 + (int)((top_m - grid->bottom_m) / grid->side_m);
}

static int bucket_of(const dcnn_check_grid *grid, int place)
{
    return bucket_row(grid, place) * grid->columns + bucket_column(grid, place);
}

/* Counting sort of the places by bucket. */
static void fill_buckets(dcnn_check_grid *grid)
{
    int place_count = grid->scenario->place_count;
    int bucket_count = grid->columns * grid->rows;

    for (int i = 0; i < place_count; i++) grid->first[bucket_of(grid, i)]++;
    for (int b = 1; b <= bucket_count; b++) grid->first[b] += grid->first[b - 1];
    for (int i = place_count - 1; i >= 0; i--) grid->members[--grid->first[bucket_of(grid, i)]] = i;
}

dcnn_status dcnn_check_grid_new(dcnn_check_grid **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    size_t place_count = (size_t)scenario->place_count;
    dcnn_check_grid *grid = dcnn_take(1, sizeof *grid);

    *out = NULL;
    if (!grid) return dcnn_fail_memory(err);
    grid->scenario = scenario;
    lay_out(grid);
    grid->first = dcnn_take((size_t)grid->columns * (size_t)grid->rows + 1, sizeof *grid->first);
    grid->members = dcnn_take(place_count, sizeof *grid->members);
    grid->queue = dcnn_take(place_count, sizeof *grid->queue);
    grid->heard = dcnn_take(place_count, sizeof *grid->heard);
    grid->hops = dcnn_take(place_count, sizeof *grid->hops);
    grid->seen = dcnn_take(place_count, sizeof *grid->seen);
    if (!grid->first || !grid->members || !grid->queue || !grid->heard || !grid->hops || !grid->seen) {
        dcnn_check_grid_free(grid);
        return dcnn_fail_memory(err);
    }
    fill_buckets(grid);
    *out = grid;
    return DCNN_OK;
}

void dcnn_check_grid_free(dcnn_check_grid *grid)
{
    if (!grid) return;
    free(grid->first);
    free(grid->members);
    free(grid->queue);
    free(grid->heard);
    free(grid->hops);
    free(grid->seen);
    free(grid);
}

static bool hears(const dcnn_check_grid *grid, int i, int k)
{
    const dcnn_place *places = grid->scenario->places;
    double dx = places[i].x_m - places[k].x_m;
    double dy = places[i].y_m - places[k].y_m;
    double range_m = grid->scenario->network.range_m;

    return dx * dx + dy * dy < range_m * range_m;
}

int dcnn_check_grid_hear(const dcnn_check_grid *grid, int at, int *heard)
{
    int column = bucket_column(grid, at), row = bucket_row(grid, at);
    int count = 0;

    for (int r = row > 0 ? row - 1 : 0; r <= row + 1 && r < grid->rows; r++) {
        int left = column > 0 ? column - 1 : 0;
        int right = column + 1 < grid->columns ? column + 1 : column;
        int end = grid->first[r * grid->columns + right + 1];
        for (int m = grid->first[r * grid->columns + left]; m < end; m++) {
            int i = grid->members[m];
            if (i != at && hears(grid, at, i)) heard[count++] = i;
        }
    }
    return count;
}

/* Appends the places that hear `at` and were not reached before to the queue; returns its new length. */
static int spread(dcnn_check_grid *grid, int at, int queued)
{
    for (int k = 0, count = dcnn_check_grid_hear(grid, at, grid->heard); k < count; k++) {
        int i = grid->heard[k];
        if (grid->seen[i] == grid->search) continue;
        grid->seen[i] = grid->search;
        grid->hops[i] = grid->hops[at] + 1;
        grid->queue[queued++] = i;
    }
    return queued;
}

static void begin_search(dcnn_check_grid *grid)
{
    if (++grid->search != 0) return;
    for (int i = 0; i < grid->scenario->place_count; i++) grid->seen[i] = 0; /* the numbers have come round */
    grid->search = 1;
}

int64_t dcnn_check_grid_hops(dcnn_check_grid *grid, int from, int to)
{
    int queued = 1;

    begin_search(grid);
    grid->queue[0] = from;
    grid->hops[from] = 0;
    grid->seen[from] = grid->search;
    for (int taken = 0; taken < queued && grid->seen[to] != grid->search; taken++)
        queued = spread(grid, grid->queue[taken], queued);
    return grid->seen[to] == grid->search ? grid->hops[to] : -1;
}
