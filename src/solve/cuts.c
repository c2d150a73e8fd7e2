#include "solve/cuts.h"
#include <stdlib.h>
#include <string.h>

enum { CUTS_A_ROW = 3, TRIO_DIVISOR_MAX = 3 /* of three rows */ };
const double dcnn_cut_broken_least = 0.02;

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

    for (int k = 0; k < cut->row_count; k++) sum += cut->weights[k] * amount_in(core, cut->rows[k], chain, flats);
    return sum / cut->divisor;
}

/* --- trying --- */

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

/* Rows by place, with their weights. */
typedef struct {
    int row_count, divisor;
    int rows[DCNN_CUT_ROWS], weights[DCNN_CUT_ROWS];
} mixture;

/* Keeps the cut if what the columns count for in it is more than its limit. */
static bool keep_if_broken(findings *all, const dcnn_matrix *m, const mixture *x, double sum)
{
    dcnn_cut cut = {.row_count = x->row_count, .divisor = x->divisor};

    for (int k = 0; k < x->row_count; k++) {
        cut.rows[k] = m->row[x->rows[k]];
        cut.weights[k] = x->weights[k];
        cut.limit += x->weights[k] * m->limit[x->rows[k]];
    }
    if (cut.limit % x->divisor == 0) return true; /* rounding would take nothing away */
    cut.limit /= x->divisor;
    if (sum < (double)cut.limit + dcnn_cut_broken_least) return true;
    if (!dcnn_reserve((void **)&all->items, &all->room, all->count, sizeof *all->items)) return false;
    all->items[all->count] = (finding){cut, sum - (double)cut.limit, (int)all->count};
    all->count++;
    return true;
}

/* What each row by itself counts for, times w / d. */
static void measure_alone(const dcnn_matrix *m, int d, int w, double *sum)
{
    for (int r = 0; r < m->width; r++) {
        sum[r] = 0;
        for (int k = m->by_row.first[r]; k < m->by_row.first[r + 1]; k++)
            sum[r] += m->support[m->by_row.cells[k].at].value * (double)(w * m->by_row.cells[k].amount / d);
    }
}

/* Each row by itself, times all fractions. */
static bool try_rows(findings *all, const dcnn_matrix *m, double *sum)
{
    for (int d = 2; d <= DCNN_CUT_DIVISOR_MAX; d++)
        for (int w = 1; w < d; w++) {
            measure_alone(m, d, w, sum);
            for (int r = 0; r < m->width; r++)
                if (!keep_if_broken(all, m, &(mixture){1, d, {r}, {w}}, sum[r])) return false;
        }
    return true;
}

/* A column that takes of a pair of rows. */
typedef struct {
    int column;
    int64_t a, b; /* of the first, of the second */
} taker;

/* Two rows, and each row behind them. */
typedef struct {
    taker *takers; /* [count] */
    int taker_count;
    double *alone; /* [TRIO_DIVISOR_MAX + 1][TRIO_DIVISOR_MAX][width] of rows by themselves, by divisor and weight */
    double *sum;   /* [width] scratch */
} trio;

static bool trio_init(trio *t, const dcnn_matrix *m)
{
    size_t width = (size_t)m->width, fractions = (TRIO_DIVISOR_MAX + 1) * TRIO_DIVISOR_MAX;

    *t = (trio){.takers = dcnn_take((size_t)m->count, sizeof *t->takers),
                .alone = dcnn_take(fractions * width, sizeof *t->alone),
                .sum = dcnn_take(width, sizeof *t->sum)};
    return t->takers && t->alone && t->sum;
}

static void trio_clear(trio *t)
{
    free(t->takers);
    free(t->alone);
    free(t->sum);
}

static double *alone_of(const trio *t, const dcnn_matrix *m, int d, int w)
{
    return t->alone + (size_t)(d * TRIO_DIVISOR_MAX + w) * (size_t)m->width;
}

/* Lists who takes of rows r and s; whether one takes of both. */
static bool find_takers(trio *t, const dcnn_matrix *m, int r, int s)
{
    const dcnn_cell *x = m->by_row.cells + m->by_row.first[r], *x_end = m->by_row.cells + m->by_row.first[r + 1];
    const dcnn_cell *y = m->by_row.cells + m->by_row.first[s], *y_end = m->by_row.cells + m->by_row.first[s + 1];
    bool both = false;

    t->taker_count = 0;
    while (x < x_end || y < y_end) {
        bool first = y == y_end || (x < x_end && x->at <= y->at), second = x == x_end || (y < y_end && y->at <= x->at);
        t->takers[t->taker_count++] = (taker){first ? x->at : y->at, first ? x->amount : 0, second ? y->amount : 0};
        both = both || (first && second);
        x += first;
        y += second;
    }
    return both;
}

/* The pair with every row behind it, times w. Who takes nothing of the pair counts for what he has of the third. */
static bool try_thirds(findings *all, const dcnn_matrix *m, const trio *t, const mixture *pair, double counts, int w)
{
    int s = pair->rows[1], d = pair->divisor;

    memcpy(t->sum, alone_of(t, m, d, w), (size_t)m->width * sizeof *t->sum);
    for (int k = 0; k < t->taker_count; k++) {
        const taker *one = &t->takers[k];
        int64_t base = pair->weights[0] * one->a + pair->weights[1] * one->b;
        for (int at = m->by_column.first[one->column + 1] - 1; m->by_column.cells[at].at > s; at--) {
            int64_t more = w * m->by_column.cells[at].amount;
            t->sum[m->by_column.cells[at].at] +=
                m->support[one->column].value * (double)((base + more) / d - more / d - base / d);
        }
    }
    for (int third = s + 1; third < m->width; third++) {
        const mixture three = {3, d, {pair->rows[0], s, third}, {pair->weights[0], pair->weights[1], w}};
        if (!keep_if_broken(all, m, &three, counts + t->sum[third])) return false;
    }
    return true;
}

/* Rows r < s by themselves, times all fractions, and with each row behind them, times some. */
static bool try_pair(findings *all, const dcnn_matrix *m, trio *t, int r, int s)
{
    int last = m->limit[r] + m->limit[s] > 2 ? DCNN_CUT_DIVISOR_MAX : TRIO_DIVISOR_MAX;

    if (!find_takers(t, m, r, s)) return true;
    for (int d = 2; d <= last; d++)
        for (int v = 1; v < d; v++)
            for (int w = 1; w < d; w++) {
                const mixture pair = {2, d, {r, s}, {v, w}};
                double counts = 0;
                for (int k = 0; k < t->taker_count; k++)
                    counts +=
                        m->support[t->takers[k].column].value * (double)((v * t->takers[k].a + w * t->takers[k].b) / d);
                if (!keep_if_broken(all, m, &pair, counts)) return false;
                for (int z = 1; z < d && d <= TRIO_DIVISOR_MAX; z++)
                    if (!try_thirds(all, m, t, &pair, counts, z)) return false;
            }
    return true;
}

static bool try_pairs(findings *all, dcnn_core *core, const dcnn_matrix *m, trio *t)
{
    for (int d = 2; d <= TRIO_DIVISOR_MAX; d++)
        for (int w = 1; w < d; w++) measure_alone(m, d, w, alone_of(t, m, d, w));
    for (int r = 0; r < m->width && !dcnn_core_should_stop(core); r++)
        for (int s = r + 1; s < m->width; s++)
            if (!try_pair(all, m, t, r, s)) return false;
    return true;
}

/* --- choosing --- */

static bool same_rows(const dcnn_cut *a, const dcnn_cut *b)
{
    return a->row_count == b->row_count && memcmp(a->rows, b->rows, (size_t)a->row_count * sizeof *a->rows) == 0;
}

/* Whether the cuts taken have a row too often, or just its rows: other fractions often round these alike. */
static bool is_spent(const dcnn_cut *cut, const int *used, const dcnn_cut *taken, int taken_count)
{
    for (int k = 0; k < cut->row_count; k++)
        if (used[cut->rows[k]] >= CUTS_A_ROW) return true;
    for (int k = 0; k < taken_count; k++)
        if (same_rows(cut, &taken[k])) return true;
    return false;
}

/* The most broken first, no row too often. */
static int select_cuts(findings *all, int *used, dcnn_cut *cuts, int max)
{
    int taken = 0;

    if (all->count > 0) qsort(all->items, all->count, sizeof *all->items, compare_findings);
    for (size_t k = 0; k < all->count && taken < max; k++) {
        const dcnn_cut *cut = &all->items[k].cut;
        if (is_spent(cut, used, cuts, taken)) continue;
        for (int r = 0; r < cut->row_count; r++) used[cut->rows[r]]++;
        cuts[taken++] = *cut;
    }
    return taken;
}

int dcnn_cuts_find(dcnn_core *core, const dcnn_support *support, int count, dcnn_cut *cuts, int max)
{
    int *used = dcnn_take((size_t)(chains_of(core) + core->rows->row_count), sizeof *used), taken = -1;
    findings all = {0};
    trio t = {0};
    dcnn_matrix m;
    bool sound = dcnn_matrix_init(&m, core, support, count) && trio_init(&t, &m) && used;

    if (sound && try_rows(&all, &m, t.sum) && try_pairs(&all, core, &m, &t)) taken = select_cuts(&all, used, cuts, max);
    free(all.items);
    trio_clear(&t);
    dcnn_matrix_clear(&m);
    free(used);
    return taken;
}
