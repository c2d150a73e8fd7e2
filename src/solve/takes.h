/* takes.h - how much is taken of a few rows with small capacities, in 128 bits.
 *
 * Each row has a field wide enough for its capacity, and a guard bit above it. Two takes are added like numbers: with
 * what the field could hold beyond the capacity on top, a sum that is too much sets the guard. */
#ifndef DCNN_SOLVE_TAKES_H
#define DCNN_SOLVE_TAKES_H

#include <stdbool.h>
#include <stdint.h>

enum { DCNN_TAKES_HALVES = 2, DCNN_HALF_BITS = 64, DCNN_FIELDS_MAX = 64 };

typedef struct {
    uint64_t half[DCNN_TAKES_HALVES];
} dcnn_takes;

/* Where a row stands; mask 0 = nowhere. */
typedef struct {
    int half, shift;
    uint64_t mask; /* of its amounts, shifted to the right */
} dcnn_takes_field;

typedef struct {
    dcnn_takes spare;            /* of each field, beyond the capacity */
    dcnn_takes guards;           /* the bit above each field */
    dcnn_takes all;              /* all bits of the fields */
    int used[DCNN_TAKES_HALVES]; /* bits */
} dcnn_takes_layout;

static inline int dcnn_takes_width(int64_t capacity)
{
    int bits = 1;

    while (capacity >> bits > 0) bits++;
    return bits;
}

/* Adds a field for a row of that capacity, 1 at least. False where there is no room for it. */
static inline bool dcnn_takes_add_field(dcnn_takes_layout *layout, int64_t capacity, dcnn_takes_field *field)
{
    int bits = dcnn_takes_width(capacity), h = 0;

    while (h < DCNN_TAKES_HALVES && layout->used[h] + bits + 1 > DCNN_HALF_BITS) h++;
    if (h == DCNN_TAKES_HALVES) return false;
    *field = (dcnn_takes_field){h, layout->used[h], ((uint64_t)1 << bits) - 1};
    layout->spare.half[h] |= (field->mask - (uint64_t)capacity) << field->shift;
    layout->guards.half[h] |= (uint64_t)1 << (field->shift + bits);
    layout->all.half[h] |= field->mask << field->shift;
    layout->used[h] += bits + 1;
    return true;
}

static inline dcnn_takes dcnn_takes_amount(const dcnn_takes_field *field, int64_t amount)
{
    dcnn_takes takes = {{0}};

    takes.half[field->half] = ((uint64_t)amount & field->mask) << field->shift;
    return takes;
}

static inline int dcnn_takes_read(const dcnn_takes_field *field, dcnn_takes takes)
{
    return (int)(takes.half[field->half] >> field->shift & field->mask);
}

/* Of takes that fit. */
static inline dcnn_takes dcnn_takes_sum(dcnn_takes a, dcnn_takes b)
{
    return (dcnn_takes){{a.half[0] + b.half[0], a.half[1] + b.half[1]}};
}

/* Whether no row has more than its capacity with both, each of which has not. */
static inline bool dcnn_takes_fit(const dcnn_takes_layout *layout, dcnn_takes a, dcnn_takes b)
{
    return (((a.half[0] + b.half[0] + layout->spare.half[0]) & layout->guards.half[0]) |
            ((a.half[1] + b.half[1] + layout->spare.half[1]) & layout->guards.half[1])) == 0;
}

/* What is taken of the rows in mask, which has all bits of theirs. */
static inline dcnn_takes dcnn_takes_within(dcnn_takes takes, dcnn_takes mask)
{
    return (dcnn_takes){{takes.half[0] & mask.half[0], takes.half[1] & mask.half[1]}};
}

static inline bool dcnn_takes_same(dcnn_takes a, dcnn_takes b)
{
    return ((a.half[0] ^ b.half[0]) | (a.half[1] ^ b.half[1])) == 0;
}

static inline bool dcnn_takes_any(dcnn_takes takes)
{
    return (takes.half[0] | takes.half[1]) != 0;
}

#endif
