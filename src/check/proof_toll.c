/* proof_toll.c - what cuts charge for what is taken of contested rows. A cut counts an amount bit by bit, each bit as
 * often as it is worth; bits that count the same are counted together. */
#include "proof_footprint.h"

/* --- what cuts count --- */

static int64_t times_in(const dcnn_cut_price *cut, const dcnn_row_name *row)
{
    int64_t times = 0;

    for (int r = 0; r < cut->row_count; r++) times += dcnn_proof_same_row(&cut->rows[r], row);
    return times;
}

/* Counts a bit so many times in a toll, whose patches are the latest. */
static bool add_to_patch(dcnn_proof_footprints *f, dcnn_proof_toll *toll, int bit, int64_t times)
{
    dcnn_proof_footprint added = (dcnn_proof_footprint)1 << bit;

    for (size_t n = toll->patch; n < toll->patch_end; n++)
        if (f->patches[n].times == times) {
            f->patches[n].bits |= added;
            return true;
        }
    if (!dcnn_reserve((void **)&f->patches, &f->patch_room, f->patch_count, sizeof *f->patches)) return false;
    f->patches[f->patch_count++] = (dcnn_proof_patch){added, times};
    toll->patch_end++;
    return true;
}

static bool patch_toll(dcnn_proof_footprints *f, dcnn_proof_toll *toll, const dcnn_cut_price *cut)
{
    toll->patch = toll->patch_end = f->patch_count;
    for (int n = 0; n < f->row_count && cut->price > 0; n++) {
        const dcnn_proof_row *row = &f->rows[n];
        int64_t times = times_in(cut, row->name);
        for (int k = 0; k < row->bits && times > 0; k++)
            if (!add_to_patch(f, toll, row->shift + k, times << k)) return false;
    }
    return true;
}

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

bool dcnn_proof_tolls_init(dcnn_proof_footprints *f)
{
    f->toll_count = f->set->cut_count;
    f->tolls = dcnn_take((size_t)f->toll_count, sizeof *f->tolls);
    f->entries = dcnn_take((size_t)f->toll_count * (size_t)f->p->scenario->cnn_count, sizeof *f->entries);
    if (!f->tolls || !f->entries) return false;
    for (int k = 0; k < f->toll_count; k++) {
        read_cut(f, k);
        if (!patch_toll(f, &f->tolls[k], &f->set->cuts[k])) return false;
    }
    return true;
}

/* --- what they charge: no more than lambda --- */

static int64_t counted(const dcnn_proof_footprints *f, const dcnn_proof_toll *toll, dcnn_proof_footprint footprint)
{
    int64_t sum = 0;

    for (size_t n = toll->patch; n < toll->patch_end; n++)
        sum += f->patches[n].times * dcnn_proof_bit_count(footprint & f->patches[n].bits);
    return sum;
}

int64_t dcnn_proof_toll_of(const dcnn_proof_footprints *f, int c, dcnn_proof_footprint footprint)
{
    int64_t sum = 0;

    for (int k = 0; k < f->toll_count; k++) {
        const dcnn_proof_toll *toll = &f->tolls[k];
        int entries = f->entries[(size_t)k * (size_t)f->p->scenario->cnn_count + (size_t)c];
        sum += toll->price * ((entries + counted(f, toll, footprint)) / toll->divisor);
    }
    f->p->work_left -= 4 * ((int64_t)f->toll_count + (int64_t)f->patch_count);
    return sum;
}

int64_t dcnn_proof_untolled(const dcnn_proof_footprints *f, dcnn_proof_footprint left)
{
    int64_t sum = 0;

    for (int k = 0; k < f->toll_count; k++) {
        const dcnn_proof_toll *toll = &f->tolls[k];
        int64_t missing = counted(f, toll, left) - toll->spare;
        if (missing > 0) sum += toll->price * ((missing + toll->divisor - 1) / toll->divisor);
    }
    f->p->work_left -= 4 * ((int64_t)f->toll_count + (int64_t)f->patch_count);
    return sum;
}
