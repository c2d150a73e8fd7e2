/* proof_footprint.h - footprints: what columns take of contested rows, and what that costs; see Contested rows in
 * docs/certificate-format.md. Private to this folder.
 *
 * A footprint has a field of bits for each row, with what is taken of it, and one bit more above each field that stays
 * 0: so that the sum of two footprints is the sum of all fields, and one addition more tells whether each is within its
 * capacity. Rows get their fields in the order in which they are taken up. */
#ifndef DCNN_CHECK_PROOF_FOOTPRINT_H
#define DCNN_CHECK_PROOF_FOOTPRINT_H

#include "proof.h"

enum {
    DCNN_PROOF_FOOTPRINT_BITS = 128,
    DCNN_PROOF_SPOTS_MAX = 1 << 20,
    DCNN_PROOF_SPOT_STEPS_MAX = 1 << 23,
    DCNN_PROOF_ROW_CAPACITY_MAX = 1023 /* of a contested row */
};

/* Spots are smaller for it when it need not stand on a multiple of 16 bytes. */
__extension__ typedef unsigned __int128 dcnn_proof_footprint __attribute__((aligned(8)));

static inline int dcnn_proof_lowest_bit(dcnn_proof_footprint f)
{
    return (uint64_t)f ? __builtin_ctzll((uint64_t)f) : 64 + __builtin_ctzll((uint64_t)(f >> 64));
}

static inline int dcnn_proof_bit_count(dcnn_proof_footprint f)
{
    return __builtin_popcountll((uint64_t)f) + __builtin_popcountll((uint64_t)(f >> 64));
}

/* Bits of a field for a row of that capacity, without the one above it (proof_contest.c allows them). */
static inline int dcnn_proof_field_bits(int64_t capacity)
{
    return 64 - __builtin_clzll((uint64_t)capacity);
}

/* A contested row. */
typedef struct {
    const dcnn_row_name *name;
    int64_t capacity;
    int shift, bits; /* its field */
    int next;        /* the next one on the same unit; -1 = none */
    int64_t *unpaid; /* [capacity + 1] what the capacity is charged by prices beyond what is taken, by what is left */
} dcnn_proof_row;

/* Bits that a cut counts, each so many times. */
typedef struct {
    dcnn_proof_footprint bits;
    int64_t times;
} dcnn_proof_patch;

/* A cut as far as it is about contested rows. */
typedef struct {
    int64_t price, divisor;
    int64_t spare; /* what is left of its capacities after division */
    size_t patch, patch_end;
} dcnn_proof_toll;

typedef struct {
    dcnn_proof_check *p;
    const dcnn_price_set *set;
    dcnn_proof_row *rows; /* in the order in which they are taken up */
    int row_count, taken_up;
    int64_t *unpaid; /* of all rows */
    int *head;       /* [slot_count] the latest row taken up of each; -1 = none */

    /* Of the rows that were taken up: all of their capacities; what makes a field that is above its capacity reach the
     * bit above; and those bits. */
    dcnn_proof_footprint all, headroom, overflow;
    dcnn_proof_footprint earlier; /* bits of the rows that were taken up in earlier stages */

    dcnn_proof_toll *tolls;
    int toll_count;
    int *entries; /* [toll_count][cnn_count] how often a cut counts each CNN */
    dcnn_proof_patch *patches;
    size_t patch_count, patch_room;
    int64_t gap;     /* what all pay beyond their leasts stays below it in anything better, cuts and unpaid included */
    int64_t cut_gap; /* how much of it cuts have added */
} dcnn_proof_footprints;

/* Before any row is taken up. To be cleared in any case. */
dcnn_case dcnn_proof_footprints_init(dcnn_proof_footprints *f, dcnn_proof_check *p, const dcnn_proof_node *node);
void dcnn_proof_footprints_clear(dcnn_proof_footprints *f);

/* Takes up so many rows more. */
void dcnn_proof_footprints_extend(dcnn_proof_footprints *f, int count);

/* What a layer takes on a unit. */
dcnn_proof_footprint dcnn_proof_taken_by(const dcnn_proof_footprints *f, const dcnn_proof_layer *layer, int slot);

/* Whether what two footprints that fit take together does. */
static inline bool dcnn_proof_footprint_fits(const dcnn_proof_footprints *f, dcnn_proof_footprint together)
{
    return ((together + f->headroom) & f->overflow) == 0;
}

/* What all footprints together leave unpaid, cuts included. */
int64_t dcnn_proof_unpaid(const dcnn_proof_footprints *f, dcnn_proof_footprint all);

/* --- many of them, found again by their hash (proof_heads.c) --- */

/* First of each list of items that share a hash; -1 = none. */
typedef struct {
    int *first;
    int bits; /* of the hash */
    size_t room;
} dcnn_proof_heads;

void dcnn_proof_heads_clear(dcnn_proof_heads *heads);

/* Empty lists for so many bits of the hash. False when memory is out. */
bool dcnn_proof_heads_reset(dcnn_proof_heads *heads, int bits);

/* Where the list begins that a footprint is in; number: what tells apart those that are alike. */
static inline int *dcnn_proof_head(const dcnn_proof_heads *heads, dcnn_proof_footprint footprint, int number)
{
    uint64_t key = (uint64_t)footprint + (uint64_t)(footprint >> 64) * UINT64_C(0xa0761d6478bd642f) +
                   (uint64_t)(uint32_t)number * UINT64_C(0xd6e8feb86659fd93);

    key = (key ^ key >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return &heads->first[key >> (64 - heads->bits)];
}

/* As dcnn_reserve, but refused where there are max of what already. */
dcnn_case dcnn_proof_reserve(dcnn_proof_check *p, void **items, size_t *room, size_t used, size_t size, int max,
                             const char *what);

/* --- cuts (proof_toll.c) --- */

/* Reads what the cuts say of all contested rows. False when memory is out. */
bool dcnn_proof_tolls_init(dcnn_proof_footprints *f);

/* What cuts charge CNN c for a footprint at least. */
int64_t dcnn_proof_toll_of(const dcnn_proof_footprints *f, int c, dcnn_proof_footprint footprint);

/* What cuts charge capacities beyond what is taken, when so much is left. */
int64_t dcnn_proof_untolled(const dcnn_proof_footprints *f, dcnn_proof_footprint left);

#endif
