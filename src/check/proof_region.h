/* proof_region.h - where the chains of a CNN may run that cost less than a limit, in networks of so many units that
 * tables of pairs are out of the question. Private to this folder. */
#ifndef DCNN_CHECK_PROOF_REGION_H
#define DCNN_CHECK_PROOF_REGION_H

#include "proof.h"

/* --- a wave: the soonest way to every place from many at a time (proof_wave.c) --- */

/* The least cost at a place, and the least of what comes from elsewhere. */
typedef struct {
    int64_t cost, other;
    int origin, other_origin; /* the places they come from; -1 = none */
} dcnn_proof_crest;

typedef struct {
    int64_t cost;
    int place, origin;
} dcnn_proof_ripple;

typedef struct {
    dcnn_proof_crest *crests; /* [place_count] */
    int *met;                 /* [place_count] places with a crest */
    int met_count;
    dcnn_proof_ripple *heap;
    size_t heap_count, heap_room;
    bool *awaited; /* [place_count] */
    int awaited_count;
    bool lost; /* memory is out */
} dcnn_proof_wave;

/* False when memory is out; to be cleared in any case. */
bool dcnn_proof_wave_init(dcnn_proof_wave *wave, int place_count);
void dcnn_proof_wave_clear(dcnn_proof_wave *wave);

/* Forgets what was met. */
void dcnn_proof_wave_begin(dcnn_proof_wave *wave);

/* Something of that cost at a place, before the wave runs. */
void dcnn_proof_wave_add(dcnn_proof_wave *wave, int place, int64_t cost);

/* The wave need run no further than to places that are awaited, where there are any. */
void dcnn_proof_wave_await(dcnn_proof_wave *wave, int place);

/* Runs until everything that costs less than limit was met, or all that is awaited; of a message that goes that way
 * (backward: the other way). What was awaited and not met still is. Returns about how many steps that took. */
int64_t dcnn_proof_wave_run(dcnn_proof_wave *wave, const dcnn_proof_check *p, int message, bool backward,
                            int64_t limit);

/* The least cost at a place of what comes from another. */
static inline int64_t dcnn_proof_wave_from_other(const dcnn_proof_wave *wave, int place)
{
    const dcnn_proof_crest *crest = &wave->crests[place];

    return crest->origin == place ? crest->other : crest->cost;
}

/* --- regions (proof_region.c) --- */

/* Whether regions can be found: not with hop matrices, shared groups or too many units and layers. */
bool dcnn_proof_region_serves(const dcnn_proof_check *p);

/* Applies a step before there is a base, and gives each layer the units that are left. Closed when the bound reaches
 * cutoff. */
dcnn_case dcnn_proof_region_step(dcnn_proof_check *p, const dcnn_price_set *set);

#endif
