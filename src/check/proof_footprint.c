/* proof_footprint.c - fields of footprints, and what prices and cuts charge for what nobody takes of contested rows. */
#include "proof_footprint.h"
#include <stdlib.h>

void dcnn_proof_footprints_clear(dcnn_proof_footprints *f)
{
    free(f->rows);
    free(f->unpaid);
    free(f->head);
    free(f->tolls);
    free(f->entries);
    free(f->patches);
    *f = (dcnn_proof_footprints){0};
}

/* --- rows --- */

static bool lay_out(dcnn_proof_footprints *f, const dcnn_proof_node *node)
{
    size_t amounts = 0;
    int shift = 0;

    f->row_count = node->contested_count;
    f->rows = dcnn_take((size_t)f->row_count, sizeof *f->rows);
    for (int n = 0; n < f->row_count && f->rows; n++) {
        dcnn_proof_row *row = &f->rows[n];
        row->name = &node->contested[n];
        row->capacity = dcnn_proof_capacity(f->p->scenario, row->name);
        row->bits = dcnn_proof_field_bits(row->capacity);
        row->shift = shift;
        shift += row->bits + 1;
        amounts += (size_t)row->capacity + 1;
    }
    f->unpaid = dcnn_take(amounts, sizeof *f->unpaid);
    amounts = 0;
    for (int n = 0; n < f->row_count && f->rows && f->unpaid; n++) {
        f->rows[n].unpaid = f->unpaid + amounts;
        amounts += (size_t)f->rows[n].capacity + 1;
    }
    return f->rows && f->unpaid;
}

/* Adds up what each price of a contested row charges its capacity beyond each amount: no more than lambda in all. */
static bool add_unpaid(dcnn_proof_footprints *f)
{
    for (int k = 0; k < f->set->price_count; k++)
        for (int n = 0; n < f->row_count; n++) {
            const dcnn_row_price *price = &f->set->prices[k];
            const dcnn_proof_row *row = &f->rows[n];
            if (!dcnn_proof_same_row(&price->row, row->name)) continue;
            if (!dcnn_proof_work(f->p, 4 * row->capacity)) return false;
            for (int64_t left = 0; left <= row->capacity; left++)
                row->unpaid[left] +=
                    dcnn_proof_price_of(price, row->capacity) - dcnn_proof_price_of(price, row->capacity - left);
        }
    return dcnn_proof_work(f->p, (int64_t)f->set->price_count * f->row_count);
}

dcnn_case dcnn_proof_footprints_init(dcnn_proof_footprints *f, dcnn_proof_check *p, const dcnn_proof_node *node)
{
    int64_t lambda = p->lambda;
    dcnn_case state;

    *f = (dcnn_proof_footprints){.p = p, .set = &node->listed};
    if ((state = dcnn_proof_cut_capacities(p, f->set, &lambda))) return state;
    f->cut_gap = lambda - p->lambda;
    f->gap = p->cutoff - p->bound + f->cut_gap;
    f->head = dcnn_take((size_t)p->slot_count, sizeof *f->head);
    if (!f->head || !lay_out(f, node) || !dcnn_proof_tolls_init(f)) return dcnn_proof_lost(p);
    for (int u = 0; u < p->slot_count; u++) f->head[u] = -1;
    return add_unpaid(f) ? DCNN_CASE_OPEN : dcnn_proof_too_long(p);
}

/* --- fields --- */

static void take_up(dcnn_proof_footprints *f, int n)
{
    dcnn_proof_row *row = &f->rows[n];
    int64_t most = ((int64_t)1 << row->bits) - 1;
    int slot = dcnn_proof_find_slot(f->p, row->name->unit);

    f->all |= (dcnn_proof_footprint)row->capacity << row->shift;
    f->headroom |= (dcnn_proof_footprint)(most - row->capacity) << row->shift;
    f->overflow |= (dcnn_proof_footprint)1 << (row->shift + row->bits);
    if (slot < 0) return;
    row->next = f->head[slot];
    f->head[slot] = n;
}

void dcnn_proof_footprints_extend(dcnn_proof_footprints *f, int count)
{
    f->earlier = ((dcnn_proof_footprint)1 << f->rows[f->taken_up].shift) - 1;
    for (int n = f->taken_up; n < f->taken_up + count; n++) take_up(f, n);
    f->taken_up += count;
}

dcnn_proof_footprint dcnn_proof_taken_by(const dcnn_proof_footprints *f, const dcnn_proof_layer *layer, int slot)
{
    dcnn_proof_footprint taken = 0;

    for (int n = f->head[slot]; n >= 0; n = f->rows[n].next)
        taken |= (dcnn_proof_footprint)dcnn_proof_amount(layer, f->rows[n].name) << f->rows[n].shift;
    return taken;
}

int64_t dcnn_proof_unpaid(const dcnn_proof_footprints *f, dcnn_proof_footprint all)
{
    dcnn_proof_footprint left = f->all - all;
    int64_t sum = dcnn_proof_untolled(f, left);

    for (int n = 0; n < f->taken_up; n++) {
        const dcnn_proof_row *row = &f->rows[n];
        sum += row->unpaid[(uint64_t)(left >> row->shift) & (((uint64_t)1 << row->bits) - 1)];
    }
    f->p->work_left -= 4 * (int64_t)f->taken_up;
    return sum;
}
