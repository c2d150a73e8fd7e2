/* keys.h - a hash table from 128 bits and a number to small numbers, such as the indices of items. */
#ifndef DCNN_KEYS_H
#define DCNN_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t half[2];
    uint32_t part;
    int value;
} dcnn_key;

/* All zero is an empty table. Slots are small and keys lie one behind the other, so that many of both are near. */
typedef struct {
    int *slots;      /* [size] the key's index, -1 = free; at most half of them are used */
    dcnn_key *items; /* [size / 2] in the order they came */
    size_t size, count;
} dcnn_keys;

void dcnn_keys_clear(dcnn_keys *keys);

/* Forgets the keys, not the room for them. */
void dcnn_keys_empty(dcnn_keys *keys);

/* The value (at least 0) of half[2] and part; if they are not there yet they are added with this one. -1 when memory is
 * out. O(1). */
int dcnn_keys_add(dcnn_keys *keys, const uint64_t *half, uint32_t part, int value);

static inline size_t dcnn_keys_home(const dcnn_keys *keys, const uint64_t *half, uint32_t part)
{
    static const uint64_t odd[3] = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u};
    uint64_t mixed = half[0] * odd[0] + half[1] * odd[1] + part * odd[2];

    mixed = (mixed ^ mixed >> 32) * odd[0]; /* a product's bits tell nothing of higher ones of its factors */
    return (size_t)(mixed >> 32) & (keys->size - 1);
}

/* The slot where the key is, or would be. There must be room for one. */
static inline size_t dcnn_keys_slot(const dcnn_keys *keys, const uint64_t *half, uint32_t part)
{
    size_t at = dcnn_keys_home(keys, half, part);

    for (; keys->slots[at] >= 0; at = (at + 1) & (keys->size - 1)) {
        const dcnn_key *key = &keys->items[keys->slots[at]];
        if (key->half[0] == half[0] && key->half[1] == half[1] && key->part == part) break;
    }
    return at;
}

/* The value of half[2] and part, -1 when they are not there. */
static inline int dcnn_keys_find(const dcnn_keys *keys, const uint64_t *half, uint32_t part)
{
    int at = keys->size > 0 ? keys->slots[dcnn_keys_slot(keys, half, part)] : -1;

    return at >= 0 ? keys->items[at].value : -1;
}

#endif
