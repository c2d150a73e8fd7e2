#include "solve/listed_lp.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_A_CHAIN = 40 };

/* --- the LP --- */

static void add_amount(double *work, int *rows, int *used, int row, double amount)
{
    if (work[row] == 0) rows[(*used)++] = row;
    work[row] += amount;
}

bool dcnn_listed_lp_activate(dcnn_listed_lp *s, int at)
{
    const dcnn_coupling *rows = s->core->rows;
    const dcnn_listed_column *column = dcnn_listed_lp_column(s, at);
    int u = s->chain_of[at], chains = s->listed->chain_count, used = 0;
    size_t most = (size_t)(chains + rows->row_count + s->charging_count);
    int *row = dcnn_take(most, sizeof *row);
    double *value = dcnn_take(most, sizeof *value);
    bool sound =
        row && value &&
        dcnn_reserve((void **)&s->lp_column, &s->lp_room, (size_t)dcnn_lp_column_count(s->lp), sizeof *s->lp_column);

    if (sound) {
        add_amount(s->work, row, &used, u, 1);
        for (int j = 0; j < s->core->problem->chains[u]->layer_count; j++)
            for (int k = rows->entry_first[u][column->flats[j]]; k < rows->entry_first[u][column->flats[j] + 1]; k++) {
                int item = rows->entry_item[u][k], r = rows->item_row[item];
                add_amount(s->work, row, &used, chains + r,
                           (double)rows->items[item].coefficient / dcnn_row_scale(&rows->rows[r]));
            }
        for (int k = 0; k < s->charging_count; k++) {
            int64_t amount = dcnn_cut_coefficient(s->core, &s->cuts[s->charging[k]], u, column->flats);
            if (amount > 0) add_amount(s->work, row, &used, chains + rows->row_count + k, (double)amount);
        }
        for (int k = 0; k < used; k++) {
            value[k] = s->work[row[k]];
            s->work[row[k]] = 0;
        }
        s->lp_index[at] = dcnn_lp_column_count(s->lp);
        s->lp_column[s->lp_index[at]] = at;
        dcnn_lp_add_column(s->lp, &(dcnn_lp_column){.cost = (double)column->cost / (double)s->core->one_ns,
                                                    .upper = DBL_MAX,
                                                    .count = used,
                                                    .row = row,
                                                    .value = value});
    }
    free(row);
    free(value);
    return sound;
}

/* --- pricing the list --- */

/* Prices every column at the LP's duals; returns the bound over those not struck out. */
static dcnn_tick price_list(dcnn_listed_lp *s, const double *duals)
{
    dcnn_core *core = s->core;
    int chains = s->listed->chain_count;
    dcnn_tick bound;

    for (int r = 0; r < core->rows->row_count; r++)
        s->price[r] = -duals[chains + r] * (double)core->one_ns / dcnn_row_scale(&core->rows->rows[r]);
    for (int u = 0; u < chains; u++)
        memset(core->penalty[u], 0, (size_t)core->problem->chains[u]->size * sizeof *core->penalty[u]);
    bound = -dcnn_coupling_penalties(core->rows, s->price, core->penalty);
    for (int at = 0; at < s->total; at++) {
        const dcnn_listed_column *column = dcnn_listed_lp_column(s, at);
        int u = s->chain_of[at];
        if (s->dead[at]) continue;
        s->priced[at] = column->cost;
        for (int j = 0; j < core->problem->chains[u]->layer_count; j++)
            s->priced[at] += core->penalty[u][column->flats[j]];
    }
    for (int k = 0; k < s->charging_count; k++) {
        int c = s->charging[k];
        double sigma = -duals[chains + core->rows->row_count + k] * (double)core->one_ns;
        dcnn_tick charge = s->charge[c] = sigma > 0 && sigma < 0x1p55 ? (dcnn_tick)llround(sigma) : 0;
        if (charge == 0) continue;
        bound -= charge * s->cuts[c].limit;
        for (size_t e = s->entry_first[c]; e < s->entry_first[c + 1]; e++)
            s->priced[s->entries[e].column] += charge * s->entries[e].coefficient;
    }
    for (int u = 0; u < chains; u++) {
        s->least[u] = dcnn_tick_never;
        for (int at = s->first[u]; at < s->first[u + 1]; at++)
            if (!s->dead[at] && s->priced[at] < s->least[u]) s->least[u] = s->priced[at];
        if (s->least[u] >= dcnn_tick_never) return s->last = dcnn_tick_never;
        bound += s->least[u];
    }
    return s->last = bound;
}

/* Columns the LP wants: at most COLUMNS_A_CHAIN of each chain, in the order of the list. Returns how many. */
static int activate_wanted(dcnn_listed_lp *s, const double *duals)
{
    int added = 0;

    for (int u = 0; u < s->listed->chain_count && !s->lost_memory; u++) {
        double dual = duals[u] * (double)s->core->one_ns, worst = -1e-3 * (double)s->core->one_ns;
        int here = 0;
        double wanted = ((double)s->least[u] - dual) / 2; /* the better half of what pays */
        if (wanted > worst) wanted = worst;
        for (int at = s->first[u]; at < s->first[u + 1] && here < COLUMNS_A_CHAIN; at++) {
            if (s->dead[at] || s->lp_index[at] >= 0 || (double)s->priced[at] - dual > wanted) continue;
            if (!dcnn_listed_lp_activate(s, at)) s->lost_memory = true;
            if (s->lost_memory) break;
            here++;
        }
        added += here;
    }
    return added;
}

/* --- striking out --- */

void dcnn_listed_lp_kill(dcnn_listed_lp *s, int at)
{
    s->dead[at] = true;
    s->trail[s->trail_count++] = at;
    if (s->lp_index[at] >= 0) dcnn_lp_set_upper(s->lp, s->lp_index[at], 0);
}

void dcnn_listed_lp_revive(dcnn_listed_lp *s, int mark)
{
    while (s->trail_count > mark) {
        int at = s->trail[--s->trail_count];
        s->dead[at] = false;
        if (s->lp_index[at] >= 0) dcnn_lp_set_upper(s->lp, s->lp_index[at], DBL_MAX);
    }
}

int dcnn_listed_lp_strike(dcnn_listed_lp *s)
{
    int left = 0;

    for (int at = 0; at < s->total; at++) {
        if (s->dead[at]) continue;
        if (s->last - s->least[s->chain_of[at]] + s->priced[at] >= s->core->cutoff)
            dcnn_listed_lp_kill(s, at);
        else
            left++;
    }
    return left;
}

void dcnn_listed_lp_compact(dcnn_listed_lp *s)
{
    int *place = s->trail, kept = 0;
    size_t entries = 0;

    for (int u = 0, at = 0; u < s->listed->chain_count; u++) {
        int end = s->first[u + 1];
        s->first[u] = kept;
        for (; at < end; at++) {
            int lp = s->lp_index[at];
            place[at] = s->dead[at] ? -1 : kept;
            if (lp >= 0) s->lp_column[lp] = place[at];
            if (s->dead[at]) continue;
            s->items[kept] = s->items[at];
            s->chain_of[kept] = u;
            s->priced[kept] = s->priced[at];
            s->lp_index[kept++] = lp;
        }
    }
    for (size_t c = 0, k = 0; c < s->cut_count; c++) {
        for (; k < s->entry_first[c + 1]; k++)
            if (place[s->entries[k].column] >= 0)
                s->entries[entries++] = (dcnn_cut_entry){place[s->entries[k].column], s->entries[k].coefficient};
        s->entry_first[c + 1] = entries;
    }
    s->entry_count = entries;
    s->first[s->listed->chain_count] = s->total = kept;
    memset(s->dead, 0, (size_t)kept * sizeof *s->dead);
    s->trail_count = 0;
}

/* --- what the LP uses --- */

bool dcnn_listed_lp_support(const dcnn_listed_lp *s, dcnn_support **support, int *count, bool *whole)
{
    const double *values = dcnn_lp_values(s->lp);
    int columns = dcnn_lp_column_count(s->lp), chains = s->listed->chain_count;

    *count = 0;
    *whole = true;
    *support = dcnn_take((size_t)columns, sizeof **support);
    if (!*support) return false;
    for (int k = 0; k < columns; k++) {
        if (values[k] < 1e-7) continue;
        if (k < chains || values[k] < 1 - 1e-6) *whole = false;
        if (k >= chains)
            (*support)[(*count)++] =
                (dcnn_support){s->chain_of[s->lp_column[k]], dcnn_listed_lp_column(s, s->lp_column[k]), values[k]};
    }
    return true;
}

/* --- solving --- */

dcnn_tick dcnn_listed_lp_solve(dcnn_listed_lp *s)
{
    dcnn_tick best = -dcnn_tick_never;

    for (;;) {
        dcnn_tick bound;
        if (!dcnn_lp_solve(s->lp)) {
            s->unsolved = true;
            return best;
        }
        bound = price_list(s, dcnn_lp_duals(s->lp));
        if (bound > best) best = bound;
        if (best >= s->core->cutoff || s->lost_memory || dcnn_core_should_stop(s->core)) return best;
        if (activate_wanted(s, dcnn_lp_duals(s->lp)) == 0 || s->lost_memory) return best;
    }
}

/* --- opening and closing --- */

bool dcnn_listed_lp_init(dcnn_listed_lp *s, dcnn_core *core, const dcnn_listed *listed)
{
    size_t chains = (size_t)listed->chain_count, total, rows = (size_t)core->rows->row_count;
    int at = 0;

    *s = (dcnn_listed_lp){.core = core, .listed = listed};
    s->first = dcnn_take(chains + 1, sizeof *s->first);
    s->least = dcnn_take(chains, sizeof *s->least);
    if (!s->first || !s->least) return false;
    for (size_t u = 0; u < chains; u++) s->first[u + 1] = s->first[u] + (int)s->listed->chains[u].count;
    s->total = s->first[chains];
    total = (size_t)s->total;
    s->items = dcnn_take(total, sizeof *s->items);
    s->weight = dcnn_take(chains, sizeof *s->weight);
    s->chain_of = dcnn_take(total, sizeof *s->chain_of);
    s->dead = dcnn_take(total, sizeof *s->dead);
    s->trail = dcnn_take(total, sizeof *s->trail);
    s->priced = dcnn_take(total, sizeof *s->priced);
    s->lp_index = dcnn_take(total, sizeof *s->lp_index);
    s->price = dcnn_take(rows, sizeof *s->price);
    s->work = dcnn_take(chains + rows, sizeof *s->work);
    s->entry_first = dcnn_take(2, sizeof *s->entry_first);
    s->entry_first_room = 2;
    s->found = dcnn_take(DCNN_CUTS_A_ROUND, sizeof *s->found);
    s->lp_column = dcnn_take(chains, sizeof *s->lp_column);
    s->lp_room = chains;
    for (size_t u = 0; s->weight && u < chains; u++)
        if (!(s->weight[u] = dcnn_take((size_t)s->core->problem->chains[u]->size, sizeof(int64_t)))) return false;
    if (!s->items || !s->weight || !s->chain_of || !s->dead || !s->trail || !s->priced || !s->lp_index || !s->price ||
        !s->work || !s->entry_first || !s->found || !s->lp_column)
        return false;
    for (int u = 0; u < (int)chains; u++)
        for (; at < s->first[u + 1]; at++) {
            s->items[at] = &s->listed->chains[u].items[at - s->first[u]];
            s->chain_of[at] = u;
            s->lp_index[at] = -1;
        }
    s->lp = dcnn_core_lp_new(core);
    return s->lp != NULL;
}

void dcnn_listed_lp_clear(dcnn_listed_lp *s)
{
    dcnn_lp_free(s->lp);
    for (int u = 0; s->weight && u < s->listed->chain_count; u++) free(s->weight[u]);
    free(s->weight);
    free(s->items);
    free(s->first);
    free(s->chain_of);
    free(s->dead);
    free(s->trail);
    free(s->priced);
    free(s->least);
    free(s->lp_index);
    free(s->lp_column);
    free(s->price);
    free(s->work);
    free(s->cuts);
    free(s->charge);
    free(s->charging);
    free(s->entries);
    free(s->entry_first);
    free(s->found);
}
