#include "base/keys.h"
#include "base/base.h"
#include <stdlib.h>

enum { SIZE_MIN = 64 };

void dcnn_keys_clear(dcnn_keys *keys)
{
    free(keys->slots);
    *keys = (dcnn_keys){0};
}

void dcnn_keys_empty(dcnn_keys *keys)
{
    for (size_t at = 0; at < keys->size; at++) keys->slots[at].value = -1;
    keys->count = 0;
}

/* Where the key is, or would be. */
static dcnn_key *slot_of(const dcnn_keys *keys, const uint64_t *half, uint32_t part)
{
    size_t at = dcnn_keys_home(keys, half, part);

    while (keys->slots[at].value >= 0 && !dcnn_key_is(&keys->slots[at], half, part)) at = (at + 1) & (keys->size - 1);
    return &keys->slots[at];
}

static bool widen(dcnn_keys *keys)
{
    dcnn_keys wide = {.size = keys->size > 0 ? keys->size * 2 : SIZE_MIN, .count = keys->count};

    wide.slots = dcnn_take(wide.size, sizeof *wide.slots);
    if (!wide.slots) return false;
    for (size_t at = 0; at < wide.size; at++) wide.slots[at].value = -1;
    for (size_t at = 0; at < keys->size; at++)
        if (keys->slots[at].value >= 0) *slot_of(&wide, keys->slots[at].half, keys->slots[at].part) = keys->slots[at];
    free(keys->slots);
    *keys = wide;
    return true;
}

int dcnn_keys_add(dcnn_keys *keys, const uint64_t *half, uint32_t part, int value)
{
    dcnn_key *slot;

    if (keys->count * 2 >= keys->size && !widen(keys)) return -1;
    slot = slot_of(keys, half, part);
    if (slot->value >= 0) return slot->value;
    *slot = (dcnn_key){{half[0], half[1]}, part, value};
    keys->count++;
    return value;
}
