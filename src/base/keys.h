/* keys.h - a hash table from 128 bits and a number to small numbers, such as the indices of items. */
#ifndef DCNN_KEYS_H
#define DCNN_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t half[2];
    uint32_t part;
    int value; /* at least 0; -1 = free */
} dcnn_key;

/* All zero is an empty table. */
typedef struct {
    dcnn_key *slots; /* [size], at most half of them used */
    size_t size, count;
} dcnn_keys;

void dcnn_keys_clear(dcnn_keys *keys);

/* Forgets the keys, not the room for them. */
void dcnn_keys_empty(dcnn_keys *keys);

/* The value of half[2] and part; if they are not there yet they are added with this one. -1 when memory is out. O(1).
 */
int dcnn_keys_add(dcnn_keys *keys, const uint64_t *half, uint32_t part, int value);

static inline size_t dcnn_keys_home(const dcnn_keys *keys, const uint64_t *half, uint32_t part)
{
    static const uint64_t odd[3] = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u};
    uint64_t mixed = half[0] * odd[0] + half[1] * odd[1] + part * odd[2];

    mixed = (mixed ^ mixed >> 32) * odd[0]; /* a product's bits tell nothing of higher ones of its factors */
    return (size_t)(mixed >> 32) & (keys->size - 1);
}

static inline bool dcnn_key_is(const dcnn_key *key, const uint64_t *half, uint32_t part)
{
    return key->half[0] == half[0] && key->half[1] == half[1] && key->part == part;
}

/* The value of half[2] and part, -1 when they are not there. */
static inline int dcnn_keys_find(const dcnn_keys *keys, const uint64_t *half, uint32_t part)
{
    const dcnn_key *slot;

    if (keys->size == 0) return -1;
    for (size_t at = dcnn_keys_home(keys, half, part);; at = (at + 1) & (keys->size - 1)) {
        slot = &keys->slots[at];
        if (slot->value < 0 || dcnn_key_is(slot, half, part)) return slot->value;
    }
}

#endif
