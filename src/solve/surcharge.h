/* surcharge.h - what the cuts of the master (cuts.h) charge a chain, told one candidate at a time.
 *
 * A cut counts a column for the times that its divisor goes into what the column takes of the cut's rows. What a
 * partial chain has taken beyond that is its remainder, which later amounts may make whole: one byte a cut is all that
 * has to be remembered. */
#ifndef DCNN_SOLVE_SURCHARGE_H
#define DCNN_SOLVE_SURCHARGE_H

#include "solve/problem.h"

typedef struct {
    int cut;
    int64_t amount;
} dcnn_cut_amount;

/* Of one chain, with its own flats; only the cuts that charge it anything, numbered from 0. */
typedef struct {
    int count;
    size_t bytes;             /* of remainders: count and what fills up the last 8 */
    dcnn_tick *price;         /* [count] of one time */
    int *divisor;             /* [count] 2 .. 127 */
    uint8_t *start;           /* [bytes] the remainders of an empty chain */
    int *first;               /* [size + 1] amounts of each candidate */
    dcnn_cut_amount *amounts; /* [first[size]] */
    size_t price_room, divisor_room, start_room, first_room, amount_room;
} dcnn_surcharge;

void dcnn_surcharge_clear(dcnn_surcharge *s);

/* Adds candidate x: updates the remainders, returns what became whole. O(cuts it stands in). */
static inline dcnn_tick dcnn_surcharge_add(const dcnn_surcharge *s, int x, uint8_t *remainders)
{
    dcnn_tick sum = 0;

    for (int k = s->first[x]; k < s->first[x + 1]; k++) {
        int cut = s->amounts[k].cut;
        int64_t total = s->amounts[k].amount + remainders[cut];
        sum += s->price[cut] * (total / s->divisor[cut]);
        remainders[cut] = (uint8_t)(total % s->divisor[cut]);
    }
    return sum;
}

/* Whether, for one and the same rest of a chain, mine can be charged no more than others' by more than ahead. */
bool dcnn_surcharge_within(const dcnn_surcharge *s, const uint8_t *mine, const uint8_t *others, dcnn_tick ahead);

#endif
