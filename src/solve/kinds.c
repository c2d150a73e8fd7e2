#include "solve/kinds.h"
#include <stdlib.h>
#include <string.h>

/* Kinds by order of appearance. */
typedef struct {
    int unit, before; /* before: another kind on the unit, -1 = none */
    dcnn_room need;
} numbered;

typedef struct {
    numbered *items;
    int count;
    size_t room;
    int *last; /* [unit_count] the last kind on the unit, -1 = none */
} numbering;

static bool same_need(const dcnn_room *a, const dcnn_room *b)
{
    return a->memory_bytes == b->memory_bytes && a->ops == b->ops && a->layers == b->layers;
}

/* The number of the kind, new or not; -1 when memory is out. */
static int number(numbering *n, int unit, const dcnn_room *need)
{
    int k = n->last[unit];

    while (k >= 0 && !same_need(&n->items[k].need, need)) k = n->items[k].before;
    if (k >= 0) return k;
    if (!dcnn_reserve((void **)&n->items, &n->room, (size_t)n->count, sizeof *n->items)) return -1;
    n->items[n->count] = (numbered){unit, n->last[unit], *need};
    return n->last[unit] = n->count++;
}

/* Writes down the kinds of one column. */
static bool number_column(numbering *n, const dcnn_chain_data *data, const int *units, bool exclusive, int *of)
{
    int layers = data->layer_count, used = 0;

    for (int j = 0; j < layers; j++) {
        dcnn_room need = {0};
        int before = 0;
        while (before < j && units[before] != units[j]) before++;
        if (before < j) continue;
        for (int i = j; i < layers && !exclusive; i++) {
            if (units[i] != units[j]) continue;
            need.memory_bytes += data->cnn->layers[i].memory_bytes;
            need.ops += data->cnn->layers[i].ops;
            need.layers++;
        }
        if ((of[used++] = number(n, units[j], &need)) < 0) return false;
    }
    while (used < layers) of[used++] = -1;
    return true;
}

/* Numbers the kinds anew, unit by unit. */
static bool sort_kinds(dcnn_kinds *kinds, const numbering *n, int unit_count, size_t entries)
{
    int *place = dcnn_take((size_t)n->count, sizeof *place);

    kinds->items = dcnn_take((size_t)n->count, sizeof *kinds->items);
    if (!place || !kinds->items) {
        free(place);
        return false;
    }
    for (int i = 0; i < unit_count; i++) {
        kinds->first[i] = kinds->count;
        for (int k = n->last[i]; k >= 0; k = n->items[k].before) {
            place[k] = kinds->count;
            kinds->items[kinds->count++] = (dcnn_kind){i, n->items[k].need};
        }
    }
    kinds->first[unit_count] = kinds->count;
    for (size_t e = 0; e < entries; e++)
        if (kinds->of[e] >= 0) kinds->of[e] = place[kinds->of[e]];
    free(place);
    return true;
}

bool dcnn_kinds_init(dcnn_kinds *kinds, const dcnn_listed *listed, const dcnn_problem *problem, int u)
{
    const dcnn_listed_chain *list = &listed->chains[u];
    size_t units = (size_t)problem->unit_count, width = (size_t)problem->chains[u]->layer_count;
    numbering n = {.last = dcnn_take(units, sizeof *n.last)};
    bool sound;

    *kinds = (dcnn_kinds){.width = (int)width};
    kinds->first = dcnn_take(units + 1, sizeof *kinds->first);
    kinds->of = dcnn_take(list->count * width, sizeof *kinds->of);
    sound = n.last && kinds->first && kinds->of;
    for (size_t i = 0; sound && i < units; i++) n.last[i] = -1;
    for (size_t k = 0; sound && k < list->count; k++)
        sound = number_column(&n, problem->data[u], list->items[k].units, listed->exclusive, kinds->of + k * width);
    sound = sound && sort_kinds(kinds, &n, problem->unit_count, list->count * width);
    free(n.items);
    free(n.last);
    return sound;
}

void dcnn_kinds_clear(dcnn_kinds *kinds)
{
    free(kinds->items);
    free(kinds->first);
    free(kinds->of);
    *kinds = (dcnn_kinds){0};
}

void dcnn_kinds_charge(const dcnn_kinds *kinds, int column, int sign, dcnn_room *room)
{
    const int *of = dcnn_kinds_of(kinds, column);

    for (int e = 0; e < kinds->width && of[e] >= 0; e++) {
        const dcnn_kind *kind = &kinds->items[of[e]];
        room[kind->unit].memory_bytes -= sign * kind->need.memory_bytes;
        room[kind->unit].ops -= sign * kind->need.ops;
        room[kind->unit].layers -= sign * kind->need.layers;
    }
}

/* Branches would be as good as random here. */
static inline bool has_room(const dcnn_room *room, const dcnn_room *need)
{
    return (need->memory_bytes <= room->memory_bytes) & (need->ops <= room->ops) & (need->layers <= room->layers);
}

int dcnn_kinds_strike(const dcnn_kinds *kinds, const dcnn_kinds *others, int column, const dcnn_room *room,
                      const int *map, int *struck)
{
    const int *placed = dcnn_kinds_of(others, column);
    int count = 0;

    for (int e = 0; e < others->width && placed[e] >= 0; e++) {
        int unit = others->items[placed[e]].unit;
        for (int k = kinds->first[unit]; k < kinds->first[unit + 1]; k++) {
            struck[count] = map[k];
            count += (map[k] >= 0) & (!room || !has_room(&room[unit], &kinds->items[k].need));
        }
    }
    return count;
}
