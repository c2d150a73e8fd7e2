/* surcharge.h - what the cuts of the master (cuts.h) charge a chain, told one candidate at a time.
 *
 * A cut counts a column for half of what it takes of three rows, rounded down. A partial chain that has taken an odd
 * amount owns a half that the next odd amount makes whole: one bit a cut is all that has to be remembered. */
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
    size_t words;             /* of halves */
    dcnn_tick *price;         /* [count] of two halves */
    uint64_t *start;          /* [words] the halves of an empty chain */
    int *first;               /* [size + 1] amounts of each candidate */
    dcnn_cut_amount *amounts; /* [first[size]] */
    size_t price_room, start_room, first_room, amount_room;
} dcnn_surcharge;

void dcnn_surcharge_clear(dcnn_surcharge *s);

/* Adds candidate x: updates the halves, returns what became whole. O(cuts it stands in). */
static inline dcnn_tick dcnn_surcharge_add(const dcnn_surcharge *s, int x, uint64_t *halves)
{
    dcnn_tick sum = 0;

    for (int k = s->first[x]; k < s->first[x + 1]; k++) {
        int cut = s->amounts[k].cut;
        uint64_t *word = &halves[cut / 64], bit = (uint64_t)1 << (cut % 64);
        int64_t total = s->amounts[k].amount + ((*word & bit) != 0);
        sum += s->price[cut] * (total / 2);
        *word = total % 2 != 0 ? *word | bit : *word & ~bit;
    }
    return sum;
}

/* Whether, for one and the same rest of a chain, mine can be charged no more than others' by more than ahead. */
bool dcnn_surcharge_within(const dcnn_surcharge *s, const uint64_t *mine, const uint64_t *others, dcnn_tick ahead);

#endif
