#include "nametable.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Eight bytes at a time, each mixed by the finaliser of splitmix64: a file that wants its names to collide has to
 * invert that, which simpler multiplicative hashes would let it do by hand. */
static uint64_t hash_name(dcnn_name name)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ name.size;
    const unsigned char *at = (const unsigned char *)name.at;

    for (size_t left = name.size; left > 0;) {
        size_t part = left < 8 ? left : 8;
        hash ^= dcnn_wire_little(at, part);
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
        hash ^= hash >> 31;
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
    size_t mask = table->slot_count - 1, slot = (size_t)hash_name(name) & mask;

    while (table->slots[slot] >= 0 && !same_name(table->names[table->slots[slot]], name)) slot = (slot + 1) & mask;
    return slot;
}

static bool grow_slots(dcnn_nametable *table)
{
    dcnn_nametable larger = *table;

    larger.slot_count = table->slot_count ? table->slot_count * 2 : 64;
    larger.slots = dcnn_take(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots) return false;
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
