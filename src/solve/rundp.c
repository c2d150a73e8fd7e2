#include "solve/rundp.h"
#include <stdlib.h>

bool dcnn_rundp_init(dcnn_rundp *dp, int size)
{
    dcnn_tick *block = dcnn_take((size_t)size, 5 * sizeof *block);

    *dp = (dcnn_rundp){0};
    if (!block) return false;
    dp->own = block;
    dp->start = block + size;
    dp->leave = block + (ptrdiff_t)2 * size;
    dp->arrive = block + (ptrdiff_t)3 * size;
    dp->end = block + (ptrdiff_t)4 * size;
    return true;
}

void dcnn_rundp_clear(dcnn_rundp *dp)
{
    free(dp->own);
    *dp = (dcnn_rundp){0};
}

static dcnn_tick clamp(dcnn_tick value)
{
    return value < dcnn_tick_never ? value : dcnn_tick_never;
}

/* Least row[k] + rest[k]: the inner loop of everything. */
static dcnn_tick least_sum(const dcnn_tick *restrict row, const dcnn_tick *restrict rest, int count)
{
    dcnn_tick least = dcnn_tick_never;

    for (int k = 0; k < count; k++) {
        dcnn_tick sum = row[k] + rest[k];
        least = sum < least ? sum : least;
    }
    return least;
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

dcnn_tick dcnn_rundp_backward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    dcnn_tick best = dcnn_tick_never;

    for (int j = chain->layer_count - 1; j >= 0; j--) {
        bool last = j + 1 == chain->layer_count;
        int width = last ? 0 : dcnn_slots(chain, j + 1);
        const dcnn_tick *row = last ? NULL : costs->move[j];
        const dcnn_tick *rest = last ? NULL : dp->start + chain->first[j + 1];
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
            dp->leave[x] = last ? 0 : dp->own[x] < dcnn_tick_never ? least_sum(row, rest, width) : dcnn_tick_never;
            if (!last) row += width;
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

void dcnn_rundp_forward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    for (int x = 0; x < chain->size; x++) {
        dp->arrive[x] = x < chain->first[1] ? 0 : dcnn_tick_never;
        dp->end[x] = dcnn_tick_never;
    }
    for (int j = 0; j < chain->layer_count; j++) {
        int width;
        /* Runs are pushed from where they start; those that end in layer j started in j or before, so end is complete.
         */
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
            dcnn_tick sum = dp->arrive[x];
            int y = x;
            for (int e = j; e <= chain->run_last[x]; e++, y = chain->stay[y]) {
                sum += dp->own[y];
                if (sum >= dcnn_tick_never) break;
                if (sum < dp->end[y]) dp->end[y] = sum;
            }
        }
        if (j + 1 == chain->layer_count) break;
        width = dcnn_slots(chain, j + 1);
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++)
            if (dp->end[x] < dcnn_tick_never)
                spread_row(dp->arrive + chain->first[j + 1], costs->move[j] + (ptrdiff_t)(x - chain->first[j]) * width,
                           dp->end[x], width);
    }
}

dcnn_tick dcnn_rundp_through(const dcnn_rundp *dp, const dcnn_chain *chain, int x)
{
    int j = chain->layer[x];
    dcnn_tick before = dcnn_tick_never, own = 0, after = best_start(dp, chain, x);

    for (int y = x, s = j; y >= 0 && chain->run_last[y] >= j; y = chain->back[y], s--) {
        own += dp->own[y];
        if (own >= dcnn_tick_never) break;
        if (dp->arrive[y] + own < before) before = dp->arrive[y] + own;
    }
    if (before >= dcnn_tick_never || after >= dcnn_tick_never) return dcnn_tick_never;
    return clamp(before + after - dp->own[x]);
}

void dcnn_rundp_trace(const dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int *flats)
{
    int x = chain->first[0], j = 0;

    for (int y = x; y < chain->first[1]; y++)
        if (dp->start[y] < dp->start[x]) x = y;
    for (;;) {
        dcnn_tick own = 0;
        int y = x, width, next;
        const dcnn_tick *row;
        for (;; y = chain->stay[y]) { /* the run that attains start[x] */
            own += dp->own[y];
            flats[j++] = y;
            if (own + dp->leave[y] == dp->start[x]) break;
        }
        if (j == chain->layer_count) return;
        width = dcnn_slots(chain, j);
        row = costs->move[j - 1] + (ptrdiff_t)(y - chain->first[j - 1]) * width;
        for (next = 0; row[next] + dp->start[chain->first[j] + next] != dp->leave[y];) next++;
        x = chain->first[j] + next;
    }
}
