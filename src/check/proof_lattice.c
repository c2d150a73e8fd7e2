/* proof_lattice.c - levels of spots and the steps between them, as dynamic programs over footprints find them: the
 * spots of the latest level are found again by their hash, and once all rests are known only those of use are kept. */
#include "proof_contest.h"
#include <stdlib.h>

enum { HEAD_BITS_MIN = 8 };

void dcnn_proof_lattice_clear(dcnn_proof_lattice *l)
{
    free(l->spots);
    free(l->steps);
    free(l->level);
    dcnn_proof_heads_clear(&l->heads);
    *l = (dcnn_proof_lattice){0};
}

/* --- spots --- */

/* Room for so many bits of the hash; the spots of the latest level are listed anew. */
static bool rehash(dcnn_proof_lattice *l, int bits)
{
    if (!dcnn_proof_heads_reset(&l->heads, bits)) return false;
    for (int k = l->level[l->level_count - 1]; k < (int)l->count; k++) {
        int *head = dcnn_proof_head(&l->heads, l->spots[k].footprint, l->spots[k].coarse);
        l->spots[k].chained = *head;
        *head = k;
    }
    return true;
}

static dcnn_case add(dcnn_proof_check *p, dcnn_proof_lattice *l, dcnn_proof_footprint footprint, int coarse)
{
    size_t at_level = l->count - (size_t)l->level[l->level_count - 1];
    dcnn_case state = dcnn_proof_reserve(p, (void **)&l->spots, &l->room, l->count, sizeof *l->spots,
                                         DCNN_PROOF_SPOTS_MAX, "footprints");
    int *head;

    if (state) return state;
    if (at_level >> l->heads.bits && !rehash(l, l->heads.bits + 1)) return dcnn_proof_lost(p);
    head = dcnn_proof_head(&l->heads, footprint, coarse);
    l->spots[l->count] = (dcnn_proof_spot){.footprint = footprint,
                                           .cost = DCNN_PROOF_FAR,
                                           .cost_second = DCNN_PROOF_FAR,
                                           .rest = DCNN_PROOF_FAR,
                                           .rest_second = DCNN_PROOF_FAR,
                                           .leader = -1,
                                           .follower = -1,
                                           .coarse = coarse,
                                           .chained = *head};
    *head = (int)l->count++;
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_lattice_reach(dcnn_proof_check *p, dcnn_proof_lattice *l, dcnn_proof_footprint footprint,
                                   int coarse, int *spot)
{
    int k = *dcnn_proof_head(&l->heads, footprint, coarse);

    while (k >= 0 && (l->spots[k].footprint != footprint || l->spots[k].coarse != coarse)) k = l->spots[k].chained;
    *spot = k >= 0 ? k : (int)l->count;
    return k >= 0 ? DCNN_CASE_OPEN : add(p, l, footprint, coarse);
}

dcnn_case dcnn_proof_lattice_next_level(dcnn_proof_check *p, dcnn_proof_lattice *l)
{
    l->level[l->level_count++] = (int)l->count;
    l->level[l->level_count] = (int)l->count;
    return rehash(l, HEAD_BITS_MIN) ? DCNN_CASE_OPEN : dcnn_proof_lost(p);
}

dcnn_case dcnn_proof_lattice_open(dcnn_proof_check *p, dcnn_proof_lattice *l, int levels_max)
{
    dcnn_case state;
    int root;

    dcnn_proof_lattice_clear(l);
    l->level = dcnn_take((size_t)levels_max + 1, sizeof *l->level);
    if (!l->level) return dcnn_proof_lost(p);
    state = dcnn_proof_lattice_next_level(p, l);
    return state ? state : dcnn_proof_lattice_reach(p, l, 0, 0, &root);
}

/* --- steps --- */

dcnn_case dcnn_proof_lattice_more_steps(dcnn_proof_check *p, dcnn_proof_lattice *l)
{
    return dcnn_proof_reserve(p, (void **)&l->steps, &l->step_room, l->step_count, sizeof *l->steps,
                              DCNN_PROOF_SPOT_STEPS_MAX, "steps between footprints");
}

/* --- what is kept --- */

/* Moves the spots that are kept, and their steps, to the front; numbers: what spots become, -1 = dropped. */
static void move_up(dcnn_proof_lattice *l, const int *numbers)
{
    size_t steps = 0, count = l->count;
    int begin = 0;

    for (size_t k = 0; k < count; k++) {
        int end = k + 1 < count ? l->spots[k + 1].step : (int)l->step_count;
        dcnn_proof_spot spot = l->spots[k];
        spot.step = (int)steps;
        for (int e = begin; e < end && numbers[k] >= 0; e++) {
            if (l->steps[e] < 0 || numbers[l->steps[e]] < 0) continue;
            l->steps[steps++] = numbers[l->steps[e]];
        }
        begin = end;
        if (numbers[k] >= 0) l->spots[numbers[k]] = spot;
    }
    l->step_count = steps;
}

/* Gives back what is not used any more: many lattices are kept at a time. */
static void shrink(dcnn_proof_lattice *l)
{
    dcnn_proof_spot *spots = dcnn_resize(l->spots, l->count, sizeof *spots);
    int *steps = dcnn_resize(l->steps, l->step_count, sizeof *steps);

    if (spots) {
        l->spots = spots;
        l->room = l->count;
    }
    if (steps) {
        l->steps = steps;
        l->step_room = l->step_count;
    }
}

dcnn_case dcnn_proof_lattice_keep(dcnn_proof_check *p, dcnn_proof_lattice *l, const bool *kept)
{
    int *numbers = dcnn_take(l->count, sizeof *numbers);
    int count = 0;

    if (!numbers) return dcnn_proof_lost(p);
    for (size_t k = 0, at = 0; k <= l->count; k++) {
        while (at <= (size_t)l->level_count && (size_t)l->level[at] == k) l->level[at++] = count;
        if (k < l->count) numbers[k] = kept[k] ? count++ : -1;
    }
    move_up(l, numbers);
    l->count = (size_t)count;
    free(numbers);
    shrink(l);
    return DCNN_CASE_OPEN;
}
