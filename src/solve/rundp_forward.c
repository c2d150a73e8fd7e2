#include "solve/rundp.h"

static void spread_row(dcnn_tick *restrict arrive, const dcnn_tick *restrict row, dcnn_tick from, int count)
{
    for (int k = 0; k < count; k++) {
        dcnn_tick sum = from + row[k];
        arrive[k] = sum < arrive[k] ? sum : arrive[k];
    }
}

/* The mirror image of best_two_leaves, pushed from flat x in layer j when set was visited before it. */
static void spread_two(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_tick *row, int j, int x, int set)
{
    ptrdiff_t cell = (ptrdiff_t)set * dp->size + x, base = (ptrdiff_t)(set | dp->bit[x]) * dp->size;
    dcnn_tick from = dcnn_rundp_clamp(dp->arrive[cell] + dp->own[x]),
              from_other = dcnn_rundp_clamp(dp->arrive_other[cell] + dp->own[x]);
    int from_unit = dp->arrive_unit[cell], unit = chain->unit[x];

    if ((dp->bit[x] & set) || from >= dcnn_tick_never) return;
    for (int y = chain->first[j + 1]; y < chain->first[j + 2]; y++, row++) {
        dcnn_tick sum = *row + (from_unit == chain->unit[y] ? from_other : from);
        if (sum >= dp->arrive_other[base + y]) continue;
        if (unit == dp->arrive_unit[base + y]) { /* the same unit by way of another set */
            if (sum < dp->arrive[base + y]) dp->arrive[base + y] = sum;
        } else if (sum < dp->arrive[base + y]) {
            dp->arrive_other[base + y] = dp->arrive[base + y];
            dp->arrive[base + y] = sum;
            dp->arrive_unit[base + y] = unit;
        } else {
            dp->arrive_other[base + y] = sum;
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

static void forward_single(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int j)
{
    int width = dcnn_slots(chain, j + 1);

    for (int set = 0; set < dp->sets; set++) {
        const dcnn_tick *row = costs->move[j];
        if (dcnn_rundp_count(set) > j) continue;
        for (int x = chain->first[j]; x < chain->first[j + 1]; x++, row += width) spread_two(dp, chain, row, j, x, set);
    }
}

static void forward_runs(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs, int j)
{
    const dcnn_tick *row = costs->move[j];
    int width = dcnn_slots(chain, j + 1);

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++, row += width)
        if (dp->end[x] < dcnn_tick_never) spread_row(dp->arrive + chain->first[j + 1], row, dp->end[x], width);
}

void dcnn_rundp_forward(dcnn_rundp *dp, const dcnn_chain *chain, const dcnn_costs *costs)
{
    for (int set = 0; set < dp->sets; set++)
        for (int x = 0; x < chain->size; x++) {
            ptrdiff_t cell = (ptrdiff_t)set * dp->size + x;
            dp->arrive[cell] = dp->arrive_other[cell] = set == 0 && x < chain->first[1] ? 0 : dcnn_tick_never;
            dp->arrive_unit[cell] = -1;
            dp->end[cell] = dcnn_tick_never;
        }
    for (int j = 0; j < chain->layer_count; j++) {
        if (!chain->single)
            for (int x = chain->first[j]; x < chain->first[j + 1]; x++) end_runs(dp, chain, x);
        if (j + 1 < chain->layer_count) (chain->single ? forward_single : forward_runs)(dp, chain, costs, j);
    }
}
