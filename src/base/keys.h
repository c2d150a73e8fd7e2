/* keys.h - a hash table from pairs of numbers to small numbers, such as the indices of items. */
#ifndef DCNN_KEYS_H
#define DCNN_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t key;
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

/* The value of (key, part); if it is not there yet it is added with this one. -1 when memory is out. O(1). */
int dcnn_keys_add(dcnn_keys *keys, uint64_t key, uint32_t part, int value);

static inline size_t dcnn_keys_home(const dcnn_keys *keys, uint64_t key, uint32_t part)
{
    return (size_t)((key ^ (uint64_t)part << 48) * 0x9E3779B97F4A7C15u >> 32) & (keys->size - 1);
}

/* The value of (key, part), -1 when it is not there. */
static inline int dcnn_keys_find(const dcnn_keys *keys, uint64_t key, uint32_t part)
{
    const dcnn_key *slot;

    if (keys->size == 0) return -1;
    for (size_t at = dcnn_keys_home(keys, key, part);; at = (at + 1) & (keys->size - 1)) {
        slot = &keys->slots[at];
        if (slot->value < 0 || (slot->key == key && slot->part == part)) return slot->value;
    }
}

#endif
