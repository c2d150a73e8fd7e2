#include "solve/rundp.h"
#include <stdlib.h>

enum { TICK_TABLES = 7, INT_TABLES = 2 };

bool dcnn_rundp_init(dcnn_rundp *dp, int size)
{
    dcnn_tick *block = dcnn_take((size_t)size, TICK_TABLES * sizeof *block);
    int *units = dcnn_take((size_t)size, INT_TABLES * sizeof *units);
    dcnn_tick **table[TICK_TABLES] = {&dp->own,    &dp->start,        &dp->leave, &dp->leave_other,
                                      &dp->arrive, &dp->arrive_other, &dp->end};

    *dp = (dcnn_rundp){0};
    if (!block || !units) {
        free(block);
        free(units);
        return false;
    }
    for (int k = 0; k < TICK_TABLES; k++) *table[k] = block + (ptrdiff_t)k * size;
    dp->leave_unit = units;
    dp->arrive_unit = units + size;
    for (int x = 0; x < size; x++) dp->leave_unit[x] = dp->arrive_unit[x] = -1;
    return true;
}

void dcnn_rundp_clear(dcnn_rundp *dp)
{
    free(dp->own);
    free(dp->leave_unit);
    *dp = (dcnn_rundp){0};
}

static dcnn_tick clamp(dcnn_tick value)
{
    return value < dcnn_tick_never ? value : dcnn_tick_never;
}

/* Least row[k] + rest[k]: the inner loop where runs may be long. */
static dcnn_tick least_sum(const dcnn_tick *restrict row, const dcnn_tick *restrict rest, int count)
{
    dcnn_tick least = dcnn_tick_never;

    for (int k = 0; k < count; k++) {
        dcnn_tick sum = row[k] + rest[k];
        least = sum < least ? sum : least;
    }
    return least;
}

/* Best and second-best rest after x in layer j, with different next units that do not come straight back to x's. */
static void best_two_leaves(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_tick *row, int j, int x)
{
    int unit = chain->unit[x];
    dcnn_tick best = dcnn_tick_never, other = dcnn_tick_never;
    int best_unit = -1;

    for (int y = chain->first[j + 1]; y < chain->first[j + 2]; y++, row++) {
        dcnn_tick rest = dp->leave_unit[y] == unit ? dp->own[y] + dp->leave_other[y] : dp->start[y];
        dcnn_tick sum = *row + rest;
        if (sum >= other) continue;
        if (sum < best) {
            other = best;
            best = sum;
            best_unit = chain->unit[y];
        } else {
            other = sum;
        }
    }
    dp->leave[x] = best;
    dp->leave_other[x] = other;
    dp->leave_unit[x] = best_unit;
}

static dcnn_tick best_start(const dcnn_rundp *dp, const dcnn_chain *chain, int x)
{
    dcnn_tick own = 0, least = dcnn_tick_never;
    int y = x;

    for (int e = chain->layer[x]; e <= chain->run_last[x]; e++, y = chain->stay[y]) {
        own += dp->own[y];
        if (own >= dcnn_tick_never) break;
        if (own + dp->leave[y] < least) least = own + dp->leave[y];
    }
    return least;
}

static void leave_layer(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int j)
{
    int width = dcnn_slots(chain, j + 1);
    const dcnn_tick *row = costs->move[j], *rest = dp->start + chain->first[j + 1];

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++, row += width) {
        if (dp->own[x] >= dcnn_tick_never) {
            dp->leave[x] = dp->leave_other[x] = dcnn_tick_never;
            dp->leave_unit[x] = -1;
        } else if (chain->single) {
            best_two_leaves(dp, chain, row, j, x);
        } else {
            dp->leave[x] = least_sum(row, rest, width);
        }
    }
}

dcnn_tick dcnn_rundp_backward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    dcnn_tick best = dcnn_tick_never;

    for (int j = chain->layer_count - 1; j >= 0; j--) {
        if (j + 1 < chain->layer_count) {
            leave_layer(dp, chain, costs, j);
        } else {
            for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
                dp->leave[x] = dp->leave_other[x] = 0;
                dp->leave_unit[x] = -1;
            }
        }
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) dp->start[x] = best_start(dp, chain, x);
    }
    for (int x = chain->first[0]; x < chain->first[1]; x++)
        if (dp->start[x] < best) best = dp->start[x];
    return best;
}

static void spread_row(dcnn_tick *restrict arrive, const dcnn_tick *restrict row, dcnn_tick from, int count)
{
    for (int k = 0; k < count; k++) {
        dcnn_tick sum = from + row[k];
        arrive[k] = sum < arrive[k] ? sum : arrive[k];
    }
}

/* The mirror image of best_two_leaves, pushed from x in layer j: from is arrive + own of x by way of arrive_unit,
 * from_other by another way. */
static void spread_two(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_tick *row, int j, int x)
{
    int unit = chain->unit[x];
    dcnn_tick from = dp->end[x], from_other = clamp(dp->arrive_other[x] + dp->own[x]);

    for (int y = chain->first[j + 1]; y < chain->first[j + 2]; y++, row++) {
        dcnn_tick sum = *row + (dp->arrive_unit[x] == chain->unit[y] ? from_other : from);
        if (sum >= dp->arrive_other[y]) continue;
        if (sum < dp->arrive[y]) {
            dp->arrive_other[y] = dp->arrive[y];
            dp->arrive[y] = sum;
            dp->arrive_unit[y] = unit;
        } else {
            dp->arrive_other[y] = sum;
        }
    }
}

/* Runs are pushed from where they start; those that end in layer j started in j or before, so end is complete then. */
static void end_runs(dcnn_rundp *dp, const dcnn_chain *chain, int x)
{
    dcnn_tick sum = dp->arrive[x];
    int y = x;

    for (int e = chain->layer[x]; e <= chain->run_last[x]; e++, y = chain->stay[y]) {
        sum += dp->own[y];
        if (sum >= dcnn_tick_never) break;
        if (sum < dp->end[y]) dp->end[y] = sum;
    }
}

void dcnn_rundp_forward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    for (int x = 0; x < chain->size; x++) {
        dp->arrive[x] = dp->arrive_other[x] = x < chain->first[1] ? 0 : dcnn_tick_never;
        dp->arrive_unit[x] = -1;
        dp->end[x] = dcnn_tick_never;
    }
    for (int j = 0; j < chain->layer_count; j++) {
        const dcnn_tick *row = costs->move[j];
        int width = j + 1 < chain->layer_count ? dcnn_slots(chain, j + 1) : 0;
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) end_runs(dp, chain, x);
        for (int x = chain->first[j]; width > 0 && x < chain->first[j + 1]; x++, row += width) {
            if (dp->end[x] >= dcnn_tick_never) continue;
            if (chain->single)
                spread_two(dp, chain, row, j, x);
            else
                spread_row(dp->arrive + chain->first[j + 1], row, dp->end[x], width);
        }
    }
}

static dcnn_tick through_single(const dcnn_rundp *dp, int x)
{
    dcnn_tick rest = dp->leave[x], first, second;

    if (dp->arrive_unit[x] < 0 || dp->arrive_unit[x] != dp->leave_unit[x])
        return clamp(dp->arrive[x] + rest) + dp->own[x];
    first = clamp(dp->arrive[x] + dp->leave_other[x]);
    second = clamp(dp->arrive_other[x] + rest);
    return (first < second ? first : second) + dp->own[x];
}

dcnn_tick dcnn_rundp_through(const dcnn_rundp *dp, const dcnn_chain *chain, int x)
{
    int j = chain->layer[x];
    dcnn_tick before = dcnn_tick_never, own = 0, after;

    if (dp->own[x] >= dcnn_tick_never) return dcnn_tick_never;
    if (chain->single) return clamp(through_single(dp, x));
    after = best_start(dp, chain, x);
    for (int y = x; y >= 0 && chain->run_last[y] >= j; y = chain->back[y]) {
        own += dp->own[y];
        if (own >= dcnn_tick_never) break;
        if (dp->arrive[y] + own < before) before = dp->arrive[y] + own;
    }
    if (before >= dcnn_tick_never || after >= dcnn_tick_never) return dcnn_tick_never;
    return clamp(before + after - dp->own[x]);
}

/* Where the run that attains start[x] ends; marks its layers. */
static int trace_run(const dcnn_rundp *dp, const dcnn_chain *chain, int x, int *flats)
{
    dcnn_tick own = 0;
    int y = x;

    if (chain->single) {
        flats[chain->layer[x]] = x;
        return x;
    }
    for (;; y = chain->stay[y]) {
        own += dp->own[y];
        flats[chain->layer[y]] = y;
        if (own + dp->leave[y] == dp->start[x]) return y;
    }
}

void dcnn_rundp_trace(const dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int *flats)
{
    int x = chain->first[0], before = -1;

    for (int y = x; y < chain->first[1]; y++)
        if (dp->start[y] < dp->start[x]) x = y;
    for (;;) {
        int end = trace_run(dp, chain, x, flats), j = chain->layer[end], width;
        dcnn_tick rest = dcnn_rundp_rest(dp, end, before);
        const dcnn_tick *row;
        if (j + 1 == chain->layer_count) return;
        width = dcnn_slots(chain, j + 1);
        row = costs->move[j] + (ptrdiff_t)(end - chain->first[j]) * width;
        for (x = chain->first[j + 1];; x++, row++) {
            bool excluded = chain->single && chain->unit[x] == before;
            dcnn_tick follow = chain->single ? dp->own[x] + dcnn_rundp_rest(dp, x, chain->unit[end]) : dp->start[x];
            if (!excluded && *row + follow == rest) break;
        }
        before = chain->unit[end];
    }
}
