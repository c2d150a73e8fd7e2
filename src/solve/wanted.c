#include "solve/wanted.h"
#include <stdlib.h>

enum { PORTIONS_FEW = 15 };

static const dcnn_row *row_of(const dcnn_wanted *wanted, int k)
{
    return &wanted->stakes->core->rows->rows[wanted->rows[k].row];
}

/* What so much of the row is charged. */
static dcnn_tick charge(const dcnn_wanted *wanted, int k, int64_t amount)
{
    return dcnn_row_charge(row_of(wanted, k), wanted->stakes->fixed[wanted->rows[k].row], amount);
}

/* Rows with many portions make many states of few: they are left to their prices unless these are not enough. */
static void weigh(dcnn_wanted *wanted, const dcnn_levies *levies, int k)
{
    dcnn_wanted_row *w = &wanted->rows[k];

    for (int c = 0; c < levies->count; c++) {
        const dcnn_levy *levy = &levies->items[c];
        for (int n = 0; n < levy->cut->row_count; n++)
            if (levy->row[n] == w->row) w->cuts += levy->price * levy->cut->weights[n] / levy->cut->divisor;
    }
    if (w->portions <= PORTIONS_FEW) w->heft = charge(wanted, k, row_of(wanted, k)->capacity) + w->cuts;
}

bool dcnn_wanted_init(dcnn_wanted *wanted, const dcnn_stakes *stakes, const dcnn_levies *levies, bool provable)
{
    const dcnn_coupling *rows = stakes->core->rows;

    *wanted = (dcnn_wanted){.stakes = stakes, .rows = dcnn_take((size_t)rows->row_count, sizeof *wanted->rows)};
    if (!wanted->rows) return false;
    for (int r = 0; r < rows->row_count; r++) {
        const dcnn_row *row = &rows->rows[r];
        if (row->count < 2 || row->capacity < 1 || (provable && !dcnn_stakes_has_name(row))) continue;
        wanted->rows[wanted->count] = (dcnn_wanted_row){.row = r, .portions = row->capacity / dcnn_stakes_portion(row)};
        weigh(wanted, levies, wanted->count++);
    }
    return true;
}

void dcnn_wanted_clear(dcnn_wanted *wanted)
{
    free(wanted->rows);
    *wanted = (dcnn_wanted){0};
}

void dcnn_wanted_judge(dcnn_wanted *wanted, const int64_t *use)
{
    wanted->faults = wanted->broken = 0;
    for (int k = wanted->taken; k < wanted->count; k++) {
        dcnn_wanted_row *w = &wanted->rows[k];
        int64_t off = use[w->row] - row_of(wanted, k)->capacity;
        w->fault = charge(wanted, k, off < 0 ? -off : off) + (off < 0 ? -off : off) * w->cuts;
        wanted->faults += w->fault > 0;
        wanted->broken += off > 0;
        if (w->fault == 0 && off > 0) w->fault = 1; /* nothing is paid, and yet there is not enough of it */
    }
}

/* By heft; those that have none, but are broken, behind these, and others last. */
static int compare_wanted(const void *a, const void *b)
{
    const dcnn_wanted_row *x = a, *y = b;

    if (x->heft != y->heft) return x->heft < y->heft ? 1 : -1;
    if (x->heft == 0 && (x->fault > 0) != (y->fault > 0)) return x->fault > 0 ? -1 : 1;
    if (x->heft == 0 && x->portions != y->portions) return x->portions < y->portions ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The worst fault of those not taken up becomes the first of them. */
static void move_worst_fault(dcnn_wanted *wanted)
{
    int worst = wanted->taken;
    dcnn_wanted_row row;

    for (int k = wanted->taken + 1; k < wanted->count; k++)
        if (wanted->rows[k].fault > wanted->rows[worst].fault) worst = k;
    row = wanted->rows[worst];
    for (int k = worst; k > wanted->taken; k--) wanted->rows[k] = wanted->rows[k - 1];
    wanted->rows[wanted->taken] = row;
}

static bool is_wanted(const dcnn_wanted_row *row)
{
    return row->heft > 0 || row->fault > 0;
}

bool dcnn_wanted_any(const dcnn_wanted *wanted)
{
    for (int k = wanted->taken; k < wanted->count; k++)
        if (is_wanted(&wanted->rows[k])) return true;
    return false;
}

void dcnn_wanted_take(dcnn_wanted *wanted, int bits)
{
    if (wanted->taken == wanted->count) return;
    qsort(wanted->rows + wanted->taken, (size_t)(wanted->count - wanted->taken), sizeof *wanted->rows, compare_wanted);
    move_worst_fault(wanted);
    for (bool first = true; wanted->taken < wanted->count; first = false) {
        const dcnn_wanted_row *next = &wanted->rows[wanted->taken];
        int width = dcnn_takes_width(next->portions);
        if (!is_wanted(next) || (!first && width > bits)) return;
        bits -= width;
        wanted->taken++;
    }
}
