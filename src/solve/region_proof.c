/* The proof of a bound that regions gave: the toll, and for each CNN what its region proved under it. */
#include "certificate/certificate_new.h"
#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

struct dcnn_region_proof {
    dcnn_tick bound;
    int64_t *fixed[DCNN_TOLL_KINDS]; /* [unit_count] as charged; NULL = the kind has no prices */
    int64_t *floors;                 /* [cnn_count] */
};

void dcnn_region_proof_free(dcnn_region_proof *proof)
{
    if (!proof) return;
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++) free(proof->fixed[kind]);
    free(proof->floors);
    free(proof);
}

static dcnn_region_proof *proof_new(const dcnn_reach *reach)
{
    dcnn_region_proof *proof = dcnn_take(1, sizeof *proof);
    bool taken = proof && (proof->floors = dcnn_take((size_t)reach->instance->cnn_count, sizeof *proof->floors));

    for (int kind = 0; taken && kind < DCNN_TOLL_KINDS; kind++)
        if (reach->toll.fixed[kind])
            taken = (proof->fixed[kind] = dcnn_take((size_t)reach->instance->unit_count, sizeof(int64_t))) != NULL;
    if (taken) return proof;
    dcnn_region_proof_free(proof);
    return NULL;
}

bool dcnn_region_proof_keep(const dcnn_reach *reach)
{
    dcnn_region_proof *proof = reach->run->region_proof;

    if (!proof && !(proof = reach->run->region_proof = proof_new(reach))) return false;
    proof->bound = reach->certified;
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        if (proof->fixed[kind])
            memcpy(proof->fixed[kind], reach->toll.fixed[kind], (size_t)reach->instance->unit_count * sizeof(int64_t));
    for (int c = 0; c < reach->instance->cnn_count; c++) proof->floors[c] = dcnn_region_bound(&reach->regions[c]);
    return true;
}

int64_t dcnn_region_proof_bound(const dcnn_run *run)
{
    dcnn_tick one_ns = (dcnn_tick)1 << run->instance->tick_bits;

    return run->region_proof && run->region_proof->bound > 0 ? (run->region_proof->bound + one_ns - 1) / one_ns : 0;
}

bool dcnn_region_proof_write(const dcnn_run *run, dcnn_certificate *certificate, dcnn_proof_part *part)
{
    static const dcnn_price_kind kinds[] = {DCNN_PRICE_LAYERS, DCNN_PRICE_MEMORY, DCNN_PRICE_OPS};
    const dcnn_region_proof *proof = run->region_proof;
    dcnn_proof_node *node = dcnn_certificate_add_node(certificate, part);
    dcnn_price_set *step = node ? dcnn_certificate_add_step(certificate, node) : NULL;

    if (!step) return false;
    for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
        for (int i = 0; proof->fixed[kind] && i < run->instance->unit_count; i++) {
            dcnn_row_price price = {
                {.kind = kinds[kind], .unit = i, .divisor = 1}, proof->fixed[kind][i], dcnn_toll_fraction_bits[kind]};
            if (price.price != 0 && !dcnn_certificate_add_price(certificate, step, &price)) return false;
        }
    return dcnn_certificate_set_floors(certificate, step, proof->floors);
}
