/* proof_fit.h - columns of different CNNs put together: what they take, and which others are left. Private to this
 * folder. */
#ifndef DCNN_CHECK_PROOF_FIT_H
#define DCNN_CHECK_PROOF_FIT_H

#include "proof.h"

/* --- what was put on units (proof_fit.c) --- */

typedef struct {
    const dcnn_proof_check *p;
    dcnn_proof_load *loads; /* [slot_count]; slots with limits only */
    int *home;              /* [group] slot it is on; -1 = none */
    int *settler;           /* [group] CNN that put it there */
} dcnn_proof_fit;

/* False when memory is out; to be cleared in any case. */
bool dcnn_proof_fit_init(dcnn_proof_fit *f, const dcnn_proof_check *p);
void dcnn_proof_fit_clear(dcnn_proof_fit *f);

/* Puts a column of CNN c on its units, or takes it back. */
void dcnn_proof_fit_put(dcnn_proof_fit *f, int c, const uint16_t *path);
void dcnn_proof_fit_take_back(dcnn_proof_fit *f, int c, const uint16_t *path);

/* Whether a column fits beside those that were put. */
bool dcnn_proof_fits(dcnn_proof_fit *f, int c, const uint16_t *path);

/* --- which columns are left (proof_sieve.c): sets of columns as bits --- */

enum { DCNN_SIEVE_LEVELS = 12 };

/* The columns of one CNN that take so much or more of one thing on one unit. */
typedef struct {
    int64_t amount;
    size_t set; /* in the pool of bits */
} dcnn_proof_barrier;

typedef struct {
    dcnn_proof_barrier levels[3][DCNN_SIEVE_LEVELS]; /* layers, memory, operations; by amount */
    int level_count[3];
} dcnn_proof_barriers;

/* The columns that put a shared layer on each slot. */
typedef struct {
    int group, layer;
    size_t *sets; /* [slot_count] in the pool of bits; SIZE_MAX = none do */
} dcnn_proof_mates;

/* Of one CNN. */
typedef struct {
    int column_count, words;
    bool exact;       /* what passes, fits */
    int *barriers_of; /* [slot_count] number among the barriers; -1 = no column takes anything there */
    dcnn_proof_barriers *barriers;
    int barriers_count;
    dcnn_proof_mates *mates; /* [mate_count] */
    int mate_count;
    uint64_t *bits; /* pool */
    size_t bit_words;
} dcnn_proof_sieve;

/* For the columns order[0 .. count-1] of CNN c. False when memory is out; to be cleared in any case. */
bool dcnn_proof_sieve_init(dcnn_proof_sieve *s, const dcnn_proof_check *p, int c, const int *order, int count);
void dcnn_proof_sieve_clear(dcnn_proof_sieve *s);

enum { DCNN_SIEVE_SETS_MAX = 64 };

/* Sets of columns to leave out, and sets outside of which none is left. */
typedef struct {
    const uint64_t *out[DCNN_SIEVE_SETS_MAX], *only[DCNN_SIEVE_SETS_MAX];
    int out_count, only_count;
    bool none; /* no column is left */
} dcnn_proof_sets;

/* What a CNN has to leave out now that a column of CNN c was put: a good deal of what does not fit any more, or all. */
void dcnn_proof_sieve_sets(const dcnn_proof_sieve *s, const dcnn_proof_fit *f, int c, const uint16_t *path,
                           dcnn_proof_sets *sets);

/* Columns left of those in a word of 64. */
static inline uint64_t dcnn_proof_sieve_word(const dcnn_proof_sets *sets, uint64_t word, int w)
{
    for (int k = 0; k < sets->out_count; k++) word &= ~sets->out[k][w];
    for (int k = 0; k < sets->only_count; k++) word &= sets->only[k][w];
    return word;
}

#endif
