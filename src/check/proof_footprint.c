/* proof_footprint.c - footprints on contested units: what cuts charge for them, and what they leave unpaid together. */
#include "proof_contest.h"
#include <stdlib.h>

void dcnn_proof_footprints_clear(dcnn_proof_footprints *f)
{
    free(f->bit);
    free(f->layer_price);
    free(f->unit_price);
    free(f->tolls);
    free(f->entries);
    free(f->patches);
    *f = (dcnn_proof_footprints){0};
}

/* --- cuts --- */

/* What the capacities of a cut leave after division, and how often it counts each CNN. */
static void read_cut(dcnn_proof_footprints *f, int k)
{
    const dcnn_cut_price *cut = &f->set->cuts[k];
    const dcnn_scenario *s = f->p->scenario;
    dcnn_wide capacity = cut->cnn_count;

    for (int r = 0; r < cut->row_count; r++) capacity += dcnn_proof_capacity(s, &cut->rows[r]);
    for (int e = 0; e < cut->cnn_count; e++) f->entries[(size_t)k * (size_t)s->cnn_count + (size_t)cut->cnns[e]]++;
    f->tolls[k] = (dcnn_proof_toll){
        .price = cut->price, .divisor = cut->divisor, .spare = (int64_t)(capacity % (dcnn_wide)cut->divisor)};
}

static int64_t times_in(const dcnn_cut_price *cut, int unit)
{
    int64_t times = 0;

    for (int r = 0; r < cut->row_count; r++)
        times += cut->rows[r].kind == DCNN_PRICE_LAYERS && cut->rows[r].unit == unit;
    return times;
}

/* The bits of the unit that was taken up as number k. */
static uint64_t bits_of(const dcnn_proof_footprints *f, int k)
{
    uint64_t bit = UINT64_C(1) << k;

    return f->per_unit == 1 ? bit : bit | bit << 32;
}

/* Counts bits so many times more in a toll, whose patches are the latest. */
static bool add_to_patch(dcnn_proof_footprints *f, dcnn_proof_toll *toll, uint64_t bits, int64_t times)
{
    toll->most += times * f->per_unit;
    for (int n = toll->patch; n < toll->patch_end; n++)
        if (f->patches[n].times == times) {
            f->patches[n].bits |= bits;
            return true;
        }
    if (!dcnn_reserve((void **)&f->patches, &f->patch_room, f->patch_count, sizeof *f->patches)) return false;
    f->patches[f->patch_count++] = (dcnn_proof_patch){bits, times};
    toll->patch_end++;
    return true;
}

static bool patch_tolls(dcnn_proof_footprints *f)
{
    f->patch_count = 0;
    for (int k = 0; k < f->toll_count; k++) {
        dcnn_proof_toll *toll = &f->tolls[k];
        toll->most = 0;
        toll->patch = toll->patch_end = (int)f->patch_count;
        for (int n = 0; n < f->unit_count; n++) {
            int64_t times = toll->price > 0 ? times_in(&f->set->cuts[k], f->rows[n].unit) : 0;
            if (times > 0 && !add_to_patch(f, toll, bits_of(f, n), times)) return false;
        }
    }
    return true;
}

/* --- units --- */

/* What the prices of the layers row charge on each contested unit. */
static bool price_units(dcnn_proof_footprints *f, int unit_count)
{
    f->layer_price = dcnn_take((size_t)unit_count, sizeof *f->layer_price);
    f->unit_price = dcnn_take((size_t)unit_count, sizeof *f->unit_price);
    for (int n = 0; n < unit_count && f->layer_price && f->unit_price; n++)
        for (int k = 0; k < f->set->price_count; k++) {
            const dcnn_row_price *price = &f->set->prices[k];
            if (price->row.kind != DCNN_PRICE_LAYERS || price->row.unit != f->rows[n].unit) continue;
            f->layer_price[n] += dcnn_proof_price_of(price, 1);
            f->unit_price[n] += dcnn_proof_price_of(price, f->per_unit);
        }
    return f->layer_price && f->unit_price;
}

dcnn_case dcnn_proof_footprints_init(dcnn_proof_footprints *f, dcnn_proof_check *p, const dcnn_proof_node *node)
{
    const dcnn_scenario *s = p->scenario;
    dcnn_case state;

    *f = (dcnn_proof_footprints){
        .p = p, .set = &node->listed, .rows = node->contested, .per_unit = s->layers_per_unit, .lambda = p->lambda};
    if ((state = dcnn_proof_cut_capacities(p, f->set, &f->lambda))) return state;
    f->cut_gap = f->lambda - p->lambda;
    f->gap = p->cutoff - p->bound + f->cut_gap;
    f->toll_count = f->set->cut_count;
    f->bit = dcnn_take((size_t)p->slot_count, sizeof *f->bit);
    f->tolls = dcnn_take((size_t)f->toll_count, sizeof *f->tolls);
    f->entries = dcnn_take((size_t)f->toll_count * (size_t)s->cnn_count, sizeof *f->entries);
    if (!f->bit || !f->tolls || !f->entries || !price_units(f, node->contested_count)) return dcnn_proof_lost(p);
    for (int k = 0; k < f->toll_count; k++) read_cut(f, k);
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_footprints_extend(dcnn_proof_footprints *f, int count)
{
    const dcnn_proof_check *p = f->p;

    for (int n = f->unit_count; n < f->unit_count + count; n++) {
        f->bits |= bits_of(f, n);
        for (int u = 0; u < p->slot_count; u++)
            if (p->slot_unit[u] == f->rows[n].unit) f->bit[u] = UINT64_C(1) << n;
    }
    f->unit_count += count;
    return patch_tolls(f) ? DCNN_CASE_OPEN : dcnn_proof_lost(f->p);
}

/* --- what footprints cost --- */

static int64_t taken(const dcnn_proof_footprints *f, const dcnn_proof_toll *toll, uint64_t footprint)
{
    int64_t sum = 0;

    for (int n = toll->patch; n < toll->patch_end; n++)
        sum += f->patches[n].times * __builtin_popcountll(footprint & f->patches[n].bits);
    return sum;
}

int64_t dcnn_proof_toll_of(const dcnn_proof_footprints *f, int c, uint64_t footprint)
{
    int64_t sum = 0;

    for (int k = 0; k < f->toll_count; k++) {
        const dcnn_proof_toll *toll = &f->tolls[k];
        int entries = f->entries[(size_t)k * (size_t)f->p->scenario->cnn_count + (size_t)c];
        sum += toll->price * ((entries + taken(f, toll, footprint)) / toll->divisor);
    }
    f->p->work_left -= 4 * ((int64_t)f->toll_count + (int64_t)f->patch_count);
    return sum;
}

int64_t dcnn_proof_unpaid(const dcnn_proof_footprints *f, uint64_t all)
{
    int64_t sum = 0;

    for (int n = 0; n < f->unit_count; n++) sum += f->unit_price[n];
    for (uint64_t bits = all; bits != 0; bits &= bits - 1)
        sum -= f->layer_price[dcnn_proof_footprint_unit(f->per_unit, bits)];
    for (int k = 0; k < f->toll_count; k++) {
        const dcnn_proof_toll *toll = &f->tolls[k];
        int64_t missing = toll->most - taken(f, toll, all) - toll->spare;
        if (missing > 0) sum += toll->price * ((missing + toll->divisor - 1) / toll->divisor);
    }
    f->p->work_left -= 4 * ((int64_t)f->toll_count + (int64_t)f->patch_count + f->unit_count);
    return sum;
}
