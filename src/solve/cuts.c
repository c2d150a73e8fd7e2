#include "solve/cuts.h"
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MAX = 15, CUTS_A_ROW = 3 };
static const double broken_least = 0.02;

static int chains_of(const dcnn_core *core)
{
    return core->problem->chain_count;
}

/* What a column counts for in one row. */
static int64_t amount_in(const dcnn_core *core, int row, int chain, const int *flats)
{
    const dcnn_coupling *rows = core->rows;
    int64_t amount = 0;

    if (row < chains_of(core)) return row == chain;
    row -= chains_of(core);
    for (int j = 0; j < core->problem->chains[chain]->layer_count; j++)
        for (int k = rows->entry_first[chain][flats[j]]; k < rows->entry_first[chain][flats[j] + 1]; k++) {
            int item = rows->entry_item[chain][k];
            if (rows->item_row[item] == row) amount += rows->items[item].coefficient;
        }
    return amount;
}

int64_t dcnn_cut_coefficient(const dcnn_core *core, const dcnn_cut *cut, int chain, const int *flats)
{
    int64_t sum = 0;

    for (int k = 0; k < DCNN_CUT_ROWS; k++) sum += amount_in(core, cut->rows[k], chain, flats);
    return sum / 2;
}

static int64_t limit_of(const dcnn_core *core, int row)
{
    return row < chains_of(core) ? 1 : core->rows->rows[row - chains_of(core)].capacity;
}

/* The rows that the support touches, and how much of each every column takes. */
typedef struct {
    int count, width; /* columns of the support, rows */
    int *row;         /* [width] */
    int64_t *amount;  /* [count][width] */
    double *alone;    /* [width] what the row by itself, halved, counts for */
    int *touched;     /* [count] scratch: columns that a pair of rows touches */
} matrix;

static bool small_row(const dcnn_core *core, int row)
{
    const dcnn_row *r;

    if (row < chains_of(core)) return true;
    r = &core->rows->rows[row - chains_of(core)];
    return r->kind != DCNN_ROW_SHARED && r->capacity <= CAPACITY_MAX;
}

/* Numbers the touched rows in place[row]. */
static void list_rows(const dcnn_core *core, const dcnn_support *support, matrix *m, int *place)
{
    for (int f = 0; f < m->count; f++) {
        int u = support[f].chain;
        if (place[u] < 0) {
            place[u] = m->width;
            m->row[m->width++] = u;
        }
        for (int j = 0; j < core->problem->chains[u]->layer_count; j++) {
            int x = support[f].column->flats[j];
            for (int k = core->rows->entry_first[u][x]; k < core->rows->entry_first[u][x + 1]; k++) {
                int row = chains_of(core) + core->rows->item_row[core->rows->entry_item[u][k]];
                if (place[row] >= 0 || !small_row(core, row)) continue;
                place[row] = m->width;
                m->row[m->width++] = row;
            }
        }
    }
}

static void fill(const dcnn_core *core, const dcnn_support *support, matrix *m, const int *place)
{
    for (int f = 0; f < m->count; f++) {
        int64_t *line = m->amount + (size_t)f * (size_t)m->width;
        int u = support[f].chain;
        line[place[u]] = 1;
        for (int j = 0; j < core->problem->chains[u]->layer_count; j++) {
            int x = support[f].column->flats[j];
            for (int k = core->rows->entry_first[u][x]; k < core->rows->entry_first[u][x + 1]; k++) {
                int item = core->rows->entry_item[u][k], row = chains_of(core) + core->rows->item_row[item];
                if (place[row] >= 0) line[place[row]] += core->rows->items[item].coefficient;
            }
        }
    }
}

typedef struct {
    dcnn_cut cut;
    double broken;
    int order; /* found as which */
} finding;

typedef struct {
    finding *items;
    size_t count, room;
} findings;

static int compare_findings(const void *a, const void *b)
{
    const finding *x = a, *y = b;

    if (x->broken != y->broken) return x->broken < y->broken ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

static void measure_alone(const dcnn_support *support, const matrix *m)
{
    for (int f = 0; f < m->count; f++)
        for (int t = 0; t < m->width; t++)
            m->alone[t] += support[f].value * (double)(m->amount[(size_t)f * (size_t)m->width + (size_t)t] / 2);
}

/* Tries rows r < s with all t > s. A column that neither r nor s touches counts for what t has of it alone. */
static bool try_pair(const dcnn_core *core, const dcnn_support *support, const matrix *m, int r, int s, findings *all)
{
    size_t width = (size_t)m->width;
    int touched = 0;

    for (int f = 0; f < m->count; f++)
        if (m->amount[(size_t)f * width + (size_t)r] + m->amount[(size_t)f * width + (size_t)s] > 0)
            m->touched[touched++] = f;

    for (int t = s + 1; t < m->width; t++) {
        int64_t limit = limit_of(core, m->row[r]) + limit_of(core, m->row[s]) + limit_of(core, m->row[t]);
        double sum = m->alone[t];
        if (limit % 2 == 0) continue;
        for (int k = 0; k < touched; k++) {
            const int64_t *line = m->amount + (size_t)m->touched[k] * width;
            sum += support[m->touched[k]].value * (double)((line[r] + line[s] + line[t]) / 2 - line[t] / 2);
        }
        if (sum < (double)(limit / 2) + broken_least) continue;
        if (!dcnn_reserve((void **)&all->items, &all->room, all->count, sizeof *all->items)) return false;
        all->items[all->count] = (finding){.cut = {{m->row[r], m->row[s], m->row[t]}, limit / 2},
                                           .broken = sum - (double)(limit / 2),
                                           .order = (int)all->count};
        all->count++;
    }
    return true;
}

static bool share_a_column(const matrix *m, int r, int s)
{
    for (int f = 0; f < m->count; f++)
        if (m->amount[(size_t)f * (size_t)m->width + (size_t)r] > 0 &&
            m->amount[(size_t)f * (size_t)m->width + (size_t)s] > 0)
            return true;
    return false;
}

/* The most broken first, no row too often. */
static int select_cuts(findings *all, int *used, dcnn_cut *cuts, int max)
{
    int taken = 0;

    if (all->count > 0) qsort(all->items, all->count, sizeof *all->items, compare_findings);
    for (size_t k = 0; k < all->count && taken < max; k++) {
        const int *rows = all->items[k].cut.rows;
        if (used[rows[0]] >= CUTS_A_ROW || used[rows[1]] >= CUTS_A_ROW || used[rows[2]] >= CUTS_A_ROW) continue;
        for (int r = 0; r < DCNN_CUT_ROWS; r++) used[rows[r]]++;
        cuts[taken++] = all->items[k].cut;
    }
    return taken;
}

int dcnn_cuts_find(dcnn_core *core, const dcnn_support *support, int count, dcnn_cut *cuts, int max)
{
    size_t rows = (size_t)(chains_of(core) + core->rows->row_count);
    matrix m = {.count = count, .row = dcnn_take(rows, sizeof *m.row)};
    int *place = dcnn_take(rows, sizeof *place), *used = dcnn_take(rows, sizeof *used), taken = -1;
    findings all = {0};
    bool sound = m.row && place && used;

    if (sound) {
        for (size_t r = 0; r < rows; r++) place[r] = -1;
        list_rows(core, support, &m, place);
        m.amount = dcnn_take((size_t)m.count * (size_t)m.width, sizeof *m.amount);
        m.alone = dcnn_take((size_t)m.width, sizeof *m.alone);
        m.touched = dcnn_take((size_t)m.count, sizeof *m.touched);
        sound = m.amount && m.alone && m.touched;
    }
    if (sound) {
        fill(core, support, &m, place);
        measure_alone(support, &m);
    }
    for (int r = 0; sound && r < m.width && !dcnn_core_should_stop(core); r++)
        for (int s = r + 1; sound && s < m.width; s++)
            if (share_a_column(&m, r, s)) sound = try_pair(core, support, &m, r, s, &all);
    if (sound) taken = select_cuts(&all, used, cuts, max);
    free(all.items);
    free(m.touched);
    free(m.alone);
    free(m.amount);
    free(m.row);
    free(place);
    free(used);
    return taken;
}
