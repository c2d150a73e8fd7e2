#include "solve/core.h"
#include <stdlib.h>
#include <string.h>

void dcnn_columns_clear(dcnn_column_store *store)
{
    free(store->columns);
    free(store->flats);
    free(store->table);
    *store = (dcnn_column_store){0};
}

static size_t hash_of(int chain, const int *flats, int count)
{
    uint64_t hash = 0xcbf29ce484222325U ^ (uint64_t)chain; /* FNV-1a over whole integers */

    for (int j = 0; j < count; j++) hash = (hash ^ (uint64_t)flats[j]) * 0x100000001b3U;
    return (size_t)(hash ^ (hash >> 29));
}

static bool grow_table(dcnn_column_store *store, const dcnn_problem *problem)
{
    size_t size = store->table_size ? store->table_size * 2 : 1024;
    int *table = dcnn_take(size, sizeof *table);

    if (!table) return false;
    for (size_t k = 0; k < size; k++) table[k] = -1;
    for (size_t c = 0; c < store->count; c++) {
        const dcnn_column *column = &store->columns[c];
        size_t at = hash_of(column->chain, store->flats + column->flats, problem->chains[column->chain]->layer_count);
        while (table[at & (size - 1)] >= 0) at++;
        table[at & (size - 1)] = (int)c;
    }
    free(store->table);
    store->table = table;
    store->table_size = size;
    return true;
}

int dcnn_columns_add(dcnn_column_store *store, const dcnn_problem *problem, int chain, const int *flats, dcnn_tick cost,
                     bool *added)
{
    int layers = problem->chains[chain]->layer_count;
    size_t at, bytes = (size_t)layers * sizeof *flats;

    *added = false;
    if (store->count * 2 >= store->table_size && !grow_table(store, problem)) return -1;
    for (at = hash_of(chain, flats, layers);; at++) {
        int c = store->table[at & (store->table_size - 1)];
        if (c < 0) break;
        if (store->columns[c].chain == chain && memcmp(store->flats + store->columns[c].flats, flats, bytes) == 0)
            return c;
    }
    if (!dcnn_reserve((void **)&store->columns, &store->room, store->count, sizeof *store->columns)) return -1;
    while (store->flats_used + (size_t)layers > store->flats_room)
        if (!dcnn_reserve((void **)&store->flats, &store->flats_room, store->flats_room, sizeof *store->flats))
            return -1;
    memcpy(store->flats + store->flats_used, flats, bytes);
    store->columns[store->count] =
        (dcnn_column){.chain = chain, .lp_index = -1, .flats = store->flats_used, .cost = cost};
    store->flats_used += (size_t)layers;
    store->table[at & (store->table_size - 1)] = (int)store->count;
    *added = true;
    return (int)store->count++;
}
