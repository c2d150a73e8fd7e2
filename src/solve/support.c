#include "solve/support.h"
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MAX = 15 };

static bool is_small(const dcnn_core *core, int row)
{
    const dcnn_row *r;

    if (row < core->problem->chain_count) return true;
    r = &core->rows->rows[row - core->problem->chain_count];
    return r->kind != DCNN_ROW_SHARED && r->capacity <= CAPACITY_MAX;
}

/* The touched rows, in order. */
static void list_rows(dcnn_matrix *m)
{
    const dcnn_core *core = m->core;
    int rows = core->problem->chain_count + core->rows->row_count;

    for (int f = 0; f < m->count; f++) {
        int u = m->support[f].chain;
        m->place[u] = 0;
        for (int j = 0; j < core->problem->chains[u]->layer_count; j++) {
            int x = m->support[f].column->flats[j];
            for (int k = core->rows->entry_first[u][x]; k < core->rows->entry_first[u][x + 1]; k++) {
                int row = core->problem->chain_count + core->rows->item_row[core->rows->entry_item[u][k]];
                if (is_small(core, row)) m->place[row] = 0;
            }
        }
    }
    for (int r = 0; r < rows; r++) {
        if (m->place[r] < 0) continue;
        m->place[r] = m->width;
        m->limit[m->width] =
            r < core->problem->chain_count ? 1 : core->rows->rows[r - core->problem->chain_count].capacity;
        m->row[m->width++] = r;
    }
}

/* Adds up what column f takes of each row. */
static void read_column(const dcnn_matrix *m, int f, int64_t *amounts)
{
    const dcnn_coupling *rows = m->core->rows;
    const int *flats = m->support[f].column->flats;
    int u = m->support[f].chain;

    memset(amounts, 0, (size_t)m->width * sizeof *amounts);
    amounts[m->place[u]] = 1;
    for (int j = 0; j < m->core->problem->chains[u]->layer_count; j++)
        for (int k = rows->entry_first[u][flats[j]]; k < rows->entry_first[u][flats[j] + 1]; k++) {
            int item = rows->entry_item[u][k], at = m->place[m->core->problem->chain_count + rows->item_row[item]];
            if (at >= 0) amounts[at] += rows->items[item].coefficient;
        }
}

static bool list_columns(dcnn_matrix *m)
{
    int64_t *amounts = dcnn_take((size_t)m->width, sizeof *amounts);
    size_t used = 0, room = 0;
    bool sound = amounts != NULL;

    for (int f = 0; sound && f < m->count; f++) {
        read_column(m, f, amounts);
        for (int r = 0; sound && r < m->width; r++) {
            if (amounts[r] == 0) continue;
            sound = dcnn_reserve((void **)&m->by_column.cells, &room, used, sizeof *m->by_column.cells);
            if (sound) m->by_column.cells[used++] = (dcnn_cell){r, amounts[r]};
        }
        m->by_column.first[f + 1] = (int)used;
    }
    free(amounts);
    return sound;
}

/* The same, row by row. */
static bool turn(dcnn_matrix *m)
{
    int cells = m->by_column.first[m->count], *first = m->by_row.first;

    if (!(m->by_row.cells = dcnn_take((size_t)cells, sizeof *m->by_row.cells))) return false;
    for (int k = 0; k < cells; k++) first[m->by_column.cells[k].at + 1]++;
    for (int r = 0; r < m->width; r++) first[r + 1] += first[r];
    for (int f = m->count - 1, k = cells - 1; f >= 0; f--)
        for (; k >= m->by_column.first[f]; k--) {
            const dcnn_cell *c = &m->by_column.cells[k];
            m->by_row.cells[--first[c->at + 1]] = (dcnn_cell){f, c->amount};
        }
    memmove(first, first + 1, (size_t)m->width * sizeof *first);
    first[m->width] = cells;
    return true;
}

bool dcnn_matrix_init(dcnn_matrix *m, const dcnn_core *core, const dcnn_support *support, int count)
{
    size_t rows = (size_t)(core->problem->chain_count + core->rows->row_count);

    *m = (dcnn_matrix){.core = core, .support = support, .count = count};
    m->row = dcnn_take(rows, sizeof *m->row);
    m->place = dcnn_take(rows, sizeof *m->place);
    m->limit = dcnn_take(rows, sizeof *m->limit);
    m->by_column.first = dcnn_take((size_t)count + 1, sizeof *m->by_column.first);
    m->by_row.first = dcnn_take(rows + 1, sizeof *m->by_row.first);
    if (!m->row || !m->place || !m->limit || !m->by_column.first || !m->by_row.first) return false;
    for (size_t r = 0; r < rows; r++) m->place[r] = -1;
    list_rows(m);
    return list_columns(m) && turn(m);
}

void dcnn_matrix_clear(dcnn_matrix *m)
{
    free(m->row);
    free(m->place);
    free(m->limit);
    free(m->by_column.cells);
    free(m->by_column.first);
    free(m->by_row.cells);
    free(m->by_row.first);
}
