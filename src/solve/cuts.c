#include "solve/cuts.h"
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MAX = 15, CUTS_A_ROW = 3, TRIO_DIVISOR_MAX = 3 /* of three rows */ };
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

    for (int k = 0; k < cut->row_count; k++) sum += cut->weights[k] * amount_in(core, cut->rows[k], chain, flats);
    return sum / cut->divisor;
}

static int64_t limit_of(const dcnn_core *core, int row)
{
    return row < chains_of(core) ? 1 : core->rows->rows[row - chains_of(core)].capacity;
}

/* --- the support, as a matrix --- */

typedef struct {
    int at; /* place of the row, or the column */
    int64_t amount;
} cell;

typedef struct {
    cell *cells; /* line by line, in order */
    int *first;  /* [lines + 1] */
} lines;

/* The rows that the support touches, and how much of each every column takes. */
typedef struct {
    const dcnn_core *core;
    const dcnn_support *support;
    int count, width; /* columns of the support, rows */
    int *row;         /* [width] */
    int *place;       /* [rows of the master] place of a row, -1 = not touched or too large */
    lines by_column, by_row;
} matrix;

static bool small_row(const dcnn_core *core, int row)
{
    const dcnn_row *r;

    if (row < chains_of(core)) return true;
    r = &core->rows->rows[row - chains_of(core)];
    return r->kind != DCNN_ROW_SHARED && r->capacity <= CAPACITY_MAX;
}

/* The touched rows, in order. */
static void list_rows(matrix *m)
{
    const dcnn_core *core = m->core;
    int rows = chains_of(core) + core->rows->row_count;

    for (int f = 0; f < m->count; f++) {
        int u = m->support[f].chain;
        m->place[u] = 0;
        for (int j = 0; j < core->problem->chains[u]->layer_count; j++) {
            int x = m->support[f].column->flats[j];
            for (int k = core->rows->entry_first[u][x]; k < core->rows->entry_first[u][x + 1]; k++) {
                int row = chains_of(core) + core->rows->item_row[core->rows->entry_item[u][k]];
                if (small_row(core, row)) m->place[row] = 0;
            }
        }
    }
    for (int r = 0; r < rows; r++) {
        if (m->place[r] < 0) continue;
        m->place[r] = m->width;
        m->row[m->width++] = r;
    }
}

/* Adds up what column f takes of each row. */
static void read_column(const matrix *m, int f, int64_t *amounts)
{
    const dcnn_coupling *rows = m->core->rows;
    const int *flats = m->support[f].column->flats;
    int u = m->support[f].chain;

    memset(amounts, 0, (size_t)m->width * sizeof *amounts);
    amounts[m->place[u]] = 1;
    for (int j = 0; j < m->core->problem->chains[u]->layer_count; j++)
        for (int k = rows->entry_first[u][flats[j]]; k < rows->entry_first[u][flats[j] + 1]; k++) {
            int item = rows->entry_item[u][k], at = m->place[chains_of(m->core) + rows->item_row[item]];
            if (at >= 0) amounts[at] += rows->items[item].coefficient;
        }
}

static bool list_columns(matrix *m)
{
    int64_t *amounts = dcnn_take((size_t)m->width, sizeof *amounts);
    size_t used = 0, room = 0;
    bool sound = amounts != NULL;

    for (int f = 0; sound && f < m->count; f++) {
        read_column(m, f, amounts);
        for (int r = 0; sound && r < m->width; r++) {
            if (amounts[r] == 0) continue;
            sound = dcnn_reserve((void **)&m->by_column.cells, &room, used, sizeof *m->by_column.cells);
            if (sound) m->by_column.cells[used++] = (cell){r, amounts[r]};
        }
        m->by_column.first[f + 1] = (int)used;
    }
    free(amounts);
    return sound;
}

/* The same, row by row. */
static bool turn(matrix *m)
{
    int cells = m->by_column.first[m->count], *first = m->by_row.first;

    if (!(m->by_row.cells = dcnn_take((size_t)cells, sizeof *m->by_row.cells))) return false;
    for (int k = 0; k < cells; k++) first[m->by_column.cells[k].at + 1]++;
    for (int r = 0; r < m->width; r++) first[r + 1] += first[r];
    for (int f = m->count - 1, k = cells - 1; f >= 0; f--)
        for (; k >= m->by_column.first[f]; k--) {
            const cell *c = &m->by_column.cells[k];
            m->by_row.cells[--first[c->at + 1]] = (cell){f, c->amount};
        }
    memmove(first, first + 1, (size_t)m->width * sizeof *first);
    first[m->width] = cells;
    return true;
}

static bool matrix_init(matrix *m, const dcnn_core *core, const dcnn_support *support, int count)
{
    size_t rows = (size_t)(chains_of(core) + core->rows->row_count);

    *m = (matrix){.core = core, .support = support, .count = count};
    m->row = dcnn_take(rows, sizeof *m->row);
    m->place = dcnn_take(rows, sizeof *m->place);
    m->by_column.first = dcnn_take((size_t)count + 1, sizeof *m->by_column.first);
    m->by_row.first = dcnn_take(rows + 1, sizeof *m->by_row.first);
    if (!m->row || !m->place || !m->by_column.first || !m->by_row.first) return false;
    for (size_t r = 0; r < rows; r++) m->place[r] = -1;
    list_rows(m);
    return list_columns(m) && turn(m);
}

static void matrix_clear(matrix *m)
{
    free(m->row);
    free(m->place);
    free(m->by_column.cells);
    free(m->by_column.first);
    free(m->by_row.cells);
    free(m->by_row.first);
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
static bool keep_if_broken(findings *all, const matrix *m, const mixture *x, double sum)
{
    dcnn_cut cut = {.row_count = x->row_count, .divisor = x->divisor};

    for (int k = 0; k < x->row_count; k++) {
        cut.rows[k] = m->row[x->rows[k]];
        cut.weights[k] = x->weights[k];
        cut.limit += x->weights[k] * limit_of(m->core, cut.rows[k]);
    }
    if (cut.limit % x->divisor == 0) return true; /* rounding would take nothing away */
    cut.limit /= x->divisor;
    if (sum < (double)cut.limit + broken_least) return true;
    if (!dcnn_reserve((void **)&all->items, &all->room, all->count, sizeof *all->items)) return false;
    all->items[all->count] = (finding){cut, sum - (double)cut.limit, (int)all->count};
    all->count++;
    return true;
}

/* What each row by itself counts for, times w / d. */
static void measure_alone(const matrix *m, int d, int w, double *sum)
{
    for (int r = 0; r < m->width; r++) {
        sum[r] = 0;
        for (int k = m->by_row.first[r]; k < m->by_row.first[r + 1]; k++)
            sum[r] += m->support[m->by_row.cells[k].at].value * (double)(w * m->by_row.cells[k].amount / d);
    }
}

/* Each row by itself, times all fractions. */
static bool try_rows(findings *all, const matrix *m, double *sum)
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

static bool trio_init(trio *t, const matrix *m)
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

static double *alone_of(const trio *t, const matrix *m, int d, int w)
{
    return t->alone + (size_t)(d * TRIO_DIVISOR_MAX + w) * (size_t)m->width;
}

/* Lists who takes of rows r and s; whether one takes of both. */
static bool find_takers(trio *t, const matrix *m, int r, int s)
{
    const cell *x = m->by_row.cells + m->by_row.first[r], *x_end = m->by_row.cells + m->by_row.first[r + 1];
    const cell *y = m->by_row.cells + m->by_row.first[s], *y_end = m->by_row.cells + m->by_row.first[s + 1];
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
static bool try_thirds(findings *all, const matrix *m, const trio *t, const mixture *pair, double counts, int w)
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
static bool try_pair(findings *all, const matrix *m, trio *t, int r, int s)
{
    int64_t capacity = limit_of(m->core, m->row[r]) + limit_of(m->core, m->row[s]);
    int last = capacity > 2 ? DCNN_CUT_DIVISOR_MAX : TRIO_DIVISOR_MAX;

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

static bool try_pairs(findings *all, dcnn_core *core, const matrix *m, trio *t)
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
    matrix m;
    bool sound = matrix_init(&m, core, support, count) && trio_init(&t, &m) && used;

    if (sound && try_rows(&all, &m, t.sum) && try_pairs(&all, core, &m, &t)) taken = select_cuts(&all, used, cuts, max);
    free(all.items);
    trio_clear(&t);
    matrix_clear(&m);
    free(used);
    return taken;
}
