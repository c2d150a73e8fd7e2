#include "solve/wanted.h"
#include <stdlib.h>

static void weigh(dcnn_wanted *wanted, const dcnn_levies *levies)
{
    for (int c = 0; c < levies->count; c++) {
        const dcnn_levy *levy = &levies->items[c];
        for (int k = 0; k < levy->cut->row_count; k++)
            if (levy->unit[k] >= 0)
                wanted->units[levy->unit[k]].heft += levy->price * levy->cut->weights[k] / levy->cut->divisor;
    }
}

bool dcnn_wanted_init(dcnn_wanted *wanted, const dcnn_core *core, const dcnn_view *view, const double *price,
                      const dcnn_levies *levies, int layers)
{
    int unit_count = core->problem->unit_count;
    dcnn_tick *worth = dcnn_take((size_t)unit_count, sizeof *worth);

    *wanted = (dcnn_wanted){.units = dcnn_take((size_t)unit_count, sizeof *wanted->units), .layers = layers};
    if (worth && wanted->units) {
        dcnn_coupling_worth(core->rows, price, unit_count, worth);
        for (int i = 0; i < unit_count; i++)
            wanted->units[i] = (dcnn_wanted_unit){.unit = i, .worth = worth[i], .heft = worth[i]};
        weigh(wanted, levies);
        for (int u = 0; u < view->chain_count; u++)
            for (int x = 0; x < view->chains[u]->size; x++) {
                dcnn_wanted_unit *w = &wanted->units[view->chains[u]->unit[x]];
                dcnn_tick penalty = view->dp[u].own[x] - view->chains[u]->cost.own[x];
                w->candidates++;
                if (penalty > w->most) w->most = penalty;
            }
        for (int i = 0; i < unit_count; i++)
            if (wanted->units[i].candidates > 1) wanted->units[wanted->count++] = wanted->units[i];
    }
    free(worth);
    return worth && wanted->units;
}

void dcnn_wanted_clear(dcnn_wanted *wanted)
{
    free(wanted->units);
    *wanted = (dcnn_wanted){0};
}

void dcnn_wanted_judge(dcnn_wanted *wanted, const int *takers)
{
    wanted->faults = 0;
    for (int k = wanted->taken; k < wanted->count; k++) {
        dcnn_wanted_unit *w = &wanted->units[k];
        int off = takers[w->unit] - wanted->layers;
        w->fault = (off < 0 ? -off : off) * w->heft;
        wanted->faults += w->fault > 0;
    }
}

static int compare_wanted(const void *a, const void *b)
{
    const dcnn_wanted_unit *x = a, *y = b;

    if (x->heft != y->heft) return x->heft < y->heft ? 1 : -1;
    if (x->candidates != y->candidates) return x->candidates < y->candidates ? 1 : -1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* The place of the worst fault among those not taken up; -1 = there is none. */
static int worst_fault(const dcnn_wanted *wanted)
{
    int worst = -1;

    for (int k = wanted->taken; k < wanted->count; k++) {
        const dcnn_wanted_unit *w = &wanted->units[k];
        if (w->fault > 0 && (worst < 0 || w->fault > wanted->units[worst].fault)) worst = k;
    }
    return worst;
}

void dcnn_wanted_take(dcnn_wanted *wanted, int count)
{
    int left = wanted->count - wanted->taken, worst;

    qsort(wanted->units + wanted->taken, (size_t)left, sizeof *wanted->units, compare_wanted);
    if (count > left) count = left;
    worst = worst_fault(wanted);
    if (worst >= wanted->taken + count) {
        dcnn_wanted_unit last = wanted->units[wanted->taken + count - 1];
        wanted->units[wanted->taken + count - 1] = wanted->units[worst];
        wanted->units[worst] = last;
    }
    wanted->taken += count;
}
