#include "solve/levy.h"
#include "solve/master_cuts.h"
#include <stdlib.h>

static void read_row(dcnn_levy *levy, const dcnn_core *core, int k)
{
    int chains = core->problem->chain_count, at = levy->cut->rows[k];
    const dcnn_row *row = at < chains ? NULL : &core->rows->rows[at - chains];

    levy->chain[k] = row ? -1 : at;
    levy->unit[k] = row && row->kind == DCNN_ROW_COUNT ? row->unit : -1;
    levy->capacity[k] = row ? row->capacity : 1;
    levy->one[k] = 0;
}

bool dcnn_levies_init(dcnn_levies *levies, const dcnn_core *core, bool two)
{
    const struct dcnn_master_cuts *cuts = core->cuts;

    *levies = (dcnn_levies){.items = dcnn_take(cuts ? (size_t)cuts->count : 0, sizeof *levies->items), .two = two};
    if (!levies->items) return false;
    for (int c = 0; cuts && c < cuts->count; c++) {
        dcnn_levy *levy = &levies->items[levies->count];
        if (cuts->charge[c] == 0) continue;
        levy->cut = &cuts->cuts[c];
        levy->price = cuts->charge[c];
        for (int k = 0; k < levy->cut->row_count; k++) read_row(levy, core, k);
        levies->count++;
    }
    return true;
}

void dcnn_levies_clear(dcnn_levies *levies)
{
    free(levies->items);
    *levies = (dcnn_levies){0};
}

void dcnn_levies_contest(dcnn_levies *levies, int unit, uint64_t one)
{
    for (int c = 0; c < levies->count; c++)
        for (int k = 0; k < levies->items[c].cut->row_count; k++)
            if (levies->items[c].unit[k] == unit) levies->items[c].one[k] = one;
}

dcnn_tick dcnn_levies_of(const dcnn_levies *levies, int u, uint64_t units)
{
    dcnn_tick sum = 0;

    for (int c = 0; c < levies->count; c++) {
        const dcnn_levy *levy = &levies->items[c];
        int taken = 0;
        for (int k = 0; k < levy->cut->row_count; k++)
            taken +=
                levy->cut->weights[k] * (levy->chain[k] == u ? 1 : dcnn_takes_count(levies->two, units, levy->one[k]));
        sum += levy->price * (taken / levy->cut->divisor);
    }
    return sum;
}

dcnn_tick dcnn_levies_unused(const dcnn_levies *levies, uint64_t units)
{
    dcnn_tick sum = 0;

    for (int c = 0; c < levies->count; c++) {
        const dcnn_levy *levy = &levies->items[c];
        int64_t taken = 0, unused;
        for (int k = 0; k < levy->cut->row_count; k++)
            taken += levy->cut->weights[k] *
                     (levy->one[k] == 0 ? levy->capacity[k] : dcnn_takes_count(levies->two, units, levy->one[k]));
        unused = levy->cut->limit - taken / levy->cut->divisor;
        if (unused > 0) sum += levy->price * unused;
    }
    return sum;
}
