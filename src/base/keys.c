#include "base/keys.h"
#include "base/base.h"
#include <stdlib.h>
#include <string.h>

enum { SIZE_MIN = 64 };

void dcnn_keys_clear(dcnn_keys *keys)
{
    free(keys->slots);
    free(keys->items);
    *keys = (dcnn_keys){0};
}

void dcnn_keys_empty(dcnn_keys *keys)
{
    if (keys->count > 0) memset(keys->slots, -1, keys->size * sizeof *keys->slots);
    keys->count = 0;
}

static bool widen(dcnn_keys *keys)
{
    size_t size = keys->size > 0 ? keys->size * 2 : SIZE_MIN;
    int *slots = dcnn_take(size, sizeof *slots);
    dcnn_key *items = dcnn_take(size / 2, sizeof *items);

    if (!slots || !items) {
        free(slots);
        free(items);
        return false;
    }
    if (keys->count > 0) memcpy(items, keys->items, keys->count * sizeof *items);
    free(keys->slots);
    free(keys->items);
    *keys = (dcnn_keys){.slots = slots, .items = items, .size = size, .count = keys->count};
    memset(slots, -1, size * sizeof *slots);
    for (size_t k = 0; k < keys->count; k++) slots[dcnn_keys_slot(keys, items[k].half, items[k].part)] = (int)k;
    return true;
}

int dcnn_keys_add(dcnn_keys *keys, const uint64_t *half, uint32_t part, int value)
{
    size_t slot;

    if (keys->count * 2 >= keys->size && !widen(keys)) return -1;
    slot = dcnn_keys_slot(keys, half, part);
    if (keys->slots[slot] >= 0) return keys->items[keys->slots[slot]].value;
    keys->slots[slot] = (int)keys->count;
    keys->items[keys->count++] = (dcnn_key){{half[0], half[1]}, part, value};
    return value;
}
