/* proof_unions.c - what the first CNNs may have taken of the contested rows together, level by level. The unions that
 * are one and the same for the stage before form a group and are found all at once, in a table that is small and near.
 */
#include "proof_contest.h"
#include <stdlib.h>

enum { HEAD_BITS_MIN = 4 };

dcnn_case dcnn_proof_unions_open(dcnn_proof_check *p, dcnn_proof_unions *l, int level_count)
{
    if (l->level && l->level_step) return DCNN_CASE_OPEN;
    free(l->level);
    l->level = dcnn_take((size_t)level_count + 1, sizeof *l->level);
    l->level_step = dcnn_take((size_t)level_count + 1, sizeof *l->level_step);
    return l->level && l->level_step ? DCNN_CASE_OPEN : dcnn_proof_lost(p);
}

void dcnn_proof_unions_clear(dcnn_proof_unions *l)
{
    free(l->unions);
    free(l->steps);
    free(l->level);
    free(l->level_step);
    dcnn_proof_heads_clear(&l->heads);
    *l = (dcnn_proof_unions){0};
}

/* Room for so many bits of the hash; the unions of the group are listed anew. */
static bool rehash(dcnn_proof_unions *l, int bits)
{
    if (!dcnn_proof_heads_reset(&l->heads, bits)) return false;
    for (size_t k = l->group; k < l->count; k++) {
        int *head = dcnn_proof_head(&l->heads, l->unions[k].footprint, 0);
        l->unions[k].chained = *head;
        *head = (int)k;
    }
    return true;
}

dcnn_case dcnn_proof_unions_begin(dcnn_proof_check *p, dcnn_proof_unions *l)
{
    dcnn_case state;

    l->count = l->step_count = 0;
    l->level[0] = 0;
    l->level_step[0] = 0;
    if ((state = dcnn_proof_unions_next_group(p, l))) return state;
    if ((state = dcnn_proof_unions_add(p, l, 0))) return state;
    l->unions[0].cost = 0;
    dcnn_proof_unions_end_level(l, 0);
    return DCNN_CASE_OPEN;
}

void dcnn_proof_unions_end_level(dcnn_proof_unions *l, int level)
{
    l->level[level + 1] = (int)l->count;
    l->level_step[level + 1] = (int)l->step_count;
}

dcnn_case dcnn_proof_unions_next_group(dcnn_proof_check *p, dcnn_proof_unions *l)
{
    l->group = l->count;
    return rehash(l, HEAD_BITS_MIN) ? DCNN_CASE_OPEN : dcnn_proof_lost(p);
}

dcnn_case dcnn_proof_unions_add(dcnn_proof_check *p, dcnn_proof_unions *l, dcnn_proof_footprint footprint)
{
    dcnn_case state = dcnn_proof_reserve(p, (void **)&l->unions, &l->room, l->count, sizeof *l->unions,
                                         DCNN_PROOF_SPOTS_MAX, "footprints");
    int *head;

    if (state) return state;
    if ((l->count - l->group) >> l->heads.bits && !rehash(l, l->heads.bits + 1)) return dcnn_proof_lost(p);
    head = dcnn_proof_head(&l->heads, footprint, 0);
    l->unions[l->count] = (dcnn_proof_union){
        .footprint = footprint, .cost = DCNN_PROOF_FAR, .rest = DCNN_PROOF_FAR, .step = 0, .chained = *head};
    *head = (int)l->count++;
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_unions_more_steps(dcnn_proof_check *p, dcnn_proof_unions *l)
{
    return dcnn_proof_reserve(p, (void **)&l->steps, &l->step_room, l->step_count, sizeof *l->steps,
                              DCNN_PROOF_SPOT_STEPS_MAX, "steps between footprints");
}
