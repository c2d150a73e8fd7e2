#include "nametable.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The finaliser of splitmix64. */
static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
    return hash ^ (hash >> 31);
}

/* Eight bytes at a time. The key is not known to whoever made the file: it cannot choose names that collide. */
static uint64_t hash_name(dcnn_name name, uint64_t key)
{
    uint64_t hash = mix(key ^ name.size);
    const unsigned char *at = (const unsigned char *)name.at;

    for (size_t left = name.size; left > 0;) {
        size_t part = left < 8 ? left : 8;
        hash = mix(hash ^ dcnn_wire_little(at, part));
        at += part;
        left -= part;
    }
    return hash;
}

static bool same_name(dcnn_name a, dcnn_name b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

/* The slot where the name is, or where it belongs. There is always a free one. */
static size_t find_slot(const dcnn_nametable *table, dcnn_name name)
{
    size_t mask = table->slot_count - 1, slot = (size_t)hash_name(name, table->key) & mask;

    while (table->slots[slot] >= 0 && !same_name(table->names[table->slots[slot]], name)) slot = (slot + 1) & mask;
    return slot;
}

static bool grow_slots(dcnn_nametable *table)
{
    dcnn_nametable larger = *table;

    larger.slot_count = table->slot_count ? table->slot_count * 2 : 64;
    larger.slots = dcnn_take(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots) return false;
    larger.key = mix((uintptr_t)larger.slots); /* where memory lies differs from run to run; what is found does not */
    for (size_t slot = 0; slot < larger.slot_count; slot++) larger.slots[slot] = -1;
    for (int k = 0; k < table->count; k++) larger.slots[find_slot(&larger, table->names[k])] = k;
    free(table->slots);
    *table = larger;
    return true;
}

int dcnn_nametable_add(dcnn_nametable *table, dcnn_name name)
{
    size_t slot;

    if ((size_t)table->count * 2 >= table->slot_count && !grow_slots(table)) return -1;
    slot = find_slot(table, name);
    if (table->slots[slot] >= 0) return table->slots[slot];
    if (table->count == INT_MAX) return -1;
    if (!dcnn_reserve((void **)&table->names, &table->names_room, (size_t)table->count, sizeof *table->names))
        return -1;
    table->names[table->count] = name;
    table->slots[slot] = table->count;
    return table->count++;
}

int dcnn_nametable_find(const dcnn_nametable *table, dcnn_name name)
{
    return table->slot_count ? table->slots[find_slot(table, name)] : -1;
}

void dcnn_nametable_clear(dcnn_nametable *table)
{
    free(table->names);
    free(table->slots);
    memset(table, 0, sizeof *table);
}
