#include "solve/cuts.h"
#include <stdlib.h>
#include <string.h>

static void clear_set(dcnn_listed_set *set)
{
    free(set->price);
    free(set->cuts);
    free(set->charge);
    *set = (dcnn_listed_set){0};
}

bool dcnn_listed_proof_add(dcnn_listed_proof *proof, const dcnn_listed_set *set, size_t row_count)
{
    dcnn_listed_set copy = {.price = dcnn_take(row_count, sizeof *copy.price),
                            .cuts = dcnn_take(set->cut_count, sizeof *copy.cuts),
                            .charge = dcnn_take(set->cut_count, sizeof *copy.charge),
                            .cut_count = set->cut_count};

    if (!copy.price || !copy.cuts || !copy.charge ||
        !dcnn_reserve((void **)&proof->sets, &proof->room, proof->count, sizeof *proof->sets)) {
        clear_set(&copy);
        return false;
    }
    memcpy(copy.price, set->price, row_count * sizeof *copy.price);
    for (size_t c = 0; c < set->cut_count; c++) {
        copy.cuts[c] = set->cuts[c];
        copy.charge[c] = set->charge[c];
    }
    proof->sets[proof->count++] = copy;
    return true;
}

void dcnn_listed_proof_forget_sets(dcnn_listed_proof *proof)
{
    while (proof->count > 0) clear_set(&proof->sets[--proof->count]);
}

void dcnn_listed_proof_clear(dcnn_listed_proof *proof)
{
    dcnn_listed_proof_forget_sets(proof);
    free(proof->sets);
    *proof = (dcnn_listed_proof){0};
}
