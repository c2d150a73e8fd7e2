#include "solve/levy.h"
#include "solve/master_cuts.h"
#include <stdlib.h>

static void read_row(dcnn_levy *levy, const dcnn_core *core, int k)
{
    int chains = core->problem->chain_count, at = levy->cut->rows[k];
    const dcnn_row *row = at < chains ? NULL : &core->rows->rows[at - chains];

    levy->chain[k] = row ? -1 : at;
    levy->row[k] = row ? at - chains : -1;
    levy->capacity[k] = row ? row->capacity : 1;
}

bool dcnn_levies_init(dcnn_levies *levies, const dcnn_core *core, const dcnn_stakes *stakes)
{
    const struct dcnn_master_cuts *cuts = core->cuts;

    *levies =
        (dcnn_levies){.stakes = stakes, .items = dcnn_take(cuts ? (size_t)cuts->count : 0, sizeof *levies->items)};
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

/* What is taken of the row that the cut has in place k; otherwise where that is not known. */
static int64_t amount(const dcnn_levies *levies, const dcnn_levy *levy, int k, dcnn_takes taken, int64_t otherwise)
{
    int at = levy->row[k] < 0 ? -1 : levies->stakes->of_row[levy->row[k]];
    const dcnn_stake *stake = at < 0 ? NULL : &levies->stakes->items[at];

    return !stake || stake->portion > 1 ? otherwise : dcnn_takes_read(&stake->field, taken);
}

dcnn_tick dcnn_levies_of(const dcnn_levies *levies, int u, dcnn_takes taken)
{
    dcnn_tick sum = 0;

    for (int c = 0; c < levies->count; c++) {
        const dcnn_levy *levy = &levies->items[c];
        int64_t counted = 0;
        for (int k = 0; k < levy->cut->row_count; k++)
            counted += levy->cut->weights[k] * (levy->chain[k] == u ? 1 : amount(levies, levy, k, taken, 0));
        sum += levy->price * (counted / levy->cut->divisor);
    }
    return sum;
}

dcnn_tick dcnn_levies_unpaid(const dcnn_levies *levies, dcnn_takes taken)
{
    dcnn_tick sum = 0;

    for (int c = 0; c < levies->count; c++) {
        const dcnn_levy *levy = &levies->items[c];
        int64_t counted = 0, unpaid;
        for (int k = 0; k < levy->cut->row_count; k++)
            counted += levy->cut->weights[k] * amount(levies, levy, k, taken, levy->capacity[k]);
        unpaid = levy->cut->limit - counted / levy->cut->divisor;
        if (unpaid > 0) sum += levy->price * unpaid;
    }
    return sum;
}
