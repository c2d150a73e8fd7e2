/* The cuts of a linear program over listed columns. Most tell something at a few nodes only, and each row makes every
 * step of the program dearer: those that tell nothing are laid aside, and brought back where they are broken (cut
 * pools: Padberg, Rinaldi 1991). */
#include "solve/listed_lp.h"
#include <float.h>
#include <stdlib.h>

enum { IDLE_LEAST = 20 };

/* Adds to, or takes from, every candidate's weight what it takes of the cut's rows. */
static void weigh(dcnn_listed_lp *s, const dcnn_cut *cut, int sign)
{
    const dcnn_coupling *rows = s->core->rows;
    int chains = s->listed->chain_count;

    for (int k = 0; k < cut->row_count; k++) {
        const dcnn_row *row = cut->rows[k] < chains ? NULL : &rows->rows[cut->rows[k] - chains];
        for (int item = row ? row->first : 0; row && item < row->first + row->count; item++)
            s->weight[rows->items[item].chain][rows->items[item].flat] +=
                sign * cut->weights[k] * rows->items[item].coefficient;
        for (int x = 0; !row && x < s->core->problem->chains[cut->rows[k]]->first[1];
             x++) /* one candidate of layer 0 */
            s->weight[cut->rows[k]][x] += sign * cut->weights[k];
    }
}

/* What a column counts for in the cut that was weighed. */
static int64_t weight_of(const dcnn_listed_lp *s, int at, int divisor)
{
    int u = s->chain_of[at];
    int64_t sum = 0;

    for (int j = 0; j < s->core->problem->chains[u]->layer_count; j++) sum += s->weight[u][s->items[at]->flats[j]];
    return sum / divisor;
}

/* Lists what each column counts for in the cut. False when memory is out. */
static bool list_entries(dcnn_listed_lp *s, const dcnn_cut *cut)
{
    bool sound = true;

    weigh(s, cut, 1);
    for (int at = 0; sound && at < s->total; at++) {
        int64_t amount = weight_of(s, at, cut->divisor);
        if (amount == 0) continue;
        sound = dcnn_reserve((void **)&s->entries, &s->entry_room, s->entry_count, sizeof *s->entries);
        if (sound) s->entries[s->entry_count++] = (dcnn_cut_entry){at, amount};
    }
    weigh(s, cut, -1);
    return sound;
}

/* Puts cut c into the program as its last row. False when memory is out. */
static bool charge_for(dcnn_listed_lp *s, int c)
{
    size_t rows = (size_t)(s->listed->chain_count + s->core->rows->row_count + s->charging_count);
    int count = 0, *columns = dcnn_take((size_t)dcnn_lp_column_count(s->lp), sizeof *columns);
    double *values = dcnn_take((size_t)dcnn_lp_column_count(s->lp), sizeof *values);
    double *work = dcnn_resize(s->work, rows + 1, sizeof *work);
    bool sound = columns && values && work;

    if (work) s->work = work;
    for (size_t e = s->entry_first[c]; sound && e < s->entry_first[c + 1]; e++) {
        int lp = s->lp_index[s->entries[e].column];
        if (lp < 0) continue;
        columns[count] = lp;
        values[count++] = (double)s->entries[e].coefficient;
    }
    if (sound) {
        work[rows] = 0;
        s->charging[s->charging_count++] = c;
        dcnn_lp_add_row(s->lp, -DBL_MAX, (double)s->cuts[c].limit, count, columns, values);
    }
    free(columns);
    free(values);
    return sound;
}

bool dcnn_listed_lp_add_cut(dcnn_listed_lp *s, const dcnn_cut *cut)
{
    bool sound = dcnn_reserve((void **)&s->cuts, &s->cut_room, s->cut_count, sizeof *s->cuts) &&
                 dcnn_reserve((void **)&s->charge, &s->charge_room, s->cut_count, sizeof *s->charge) &&
                 dcnn_reserve((void **)&s->charging, &s->charging_room, s->cut_count, sizeof *s->charging) &&
                 dcnn_reserve((void **)&s->entry_first, &s->entry_first_room, s->cut_count + 1, sizeof *s->entry_first);

    if (!sound || !list_entries(s, cut)) return false;
    s->cuts[s->cut_count] = *cut;
    s->charge[s->cut_count++] = 0;
    s->entry_first[s->cut_count] = s->entry_count;
    return charge_for(s, (int)s->cut_count - 1);
}

bool dcnn_listed_lp_lay_aside(dcnn_listed_lp *s)
{
    int idle = 0, count, kept = 0, *dropped;

    for (int k = 0; k < s->charging_count; k++) idle += s->charge[s->charging[k]] == 0;
    if (idle < IDLE_LEAST || 2 * idle <= s->charging_count) return true;
    dropped = dcnn_take((size_t)s->charging_count, sizeof *dropped);
    if (!dropped) return false;
    count = dcnn_lp_drop_rows(s->lp, s->listed->chain_count + s->core->rows->row_count, dropped);
    for (int k = 0, d = 0; k < s->charging_count; k++)
        if (d < count && dropped[d] == k) {
            s->charge[s->charging[k]] = 0;
            d++;
        } else {
            s->charging[kept++] = s->charging[k];
        }
    s->charging_count = kept;
    free(dropped);
    return true;
}

/* How far the support breaks the cut. */
static double break_of(const dcnn_listed_lp *s, const dcnn_cut *cut, const dcnn_support *support, int count)
{
    double sum = -(double)cut->limit;

    for (int k = 0; k < count; k++)
        sum +=
            support[k].value * (double)dcnn_cut_coefficient(s->core, cut, support[k].chain, support[k].column->flats);
    return sum;
}

/* Brings back cuts that were laid aside and are broken now. Returns how many. */
static int bring_back(dcnn_listed_lp *s, const dcnn_support *support, int count)
{
    bool *inside = dcnn_take(s->cut_count, sizeof *inside);
    int back = 0;

    if (!inside) s->lost_memory = true;
    for (int k = 0; k < s->charging_count && inside; k++) inside[s->charging[k]] = true;
    for (size_t c = 0; c < s->cut_count && back < DCNN_CUTS_A_ROUND && !s->lost_memory; c++) {
        if (inside[c] || break_of(s, &s->cuts[c], support, count) < dcnn_cut_broken_least) continue;
        if (!charge_for(s, (int)c)) s->lost_memory = true;
        back++;
    }
    free(inside);
    return back;
}

int dcnn_listed_lp_separate(dcnn_listed_lp *s, const dcnn_support *support, int count)
{
    int found = bring_back(s, support, count);

    if (found > 0 || s->lost_memory) return found;
    found = dcnn_cuts_find(s->core, support, count, s->found, DCNN_CUTS_A_ROUND);
    if (found < 0) s->lost_memory = true;
    for (int k = 0; k < found && !s->lost_memory; k++)
        if (!dcnn_listed_lp_add_cut(s, &s->found[k])) s->lost_memory = true;
    return found < 0 ? 0 : found;
}
