#include "solve/kinds.h"
#include <stdlib.h>
#include <string.h>

/* Kinds by order of appearance. */
typedef struct {
    dcnn_kind kind;
    int before; /* another kind on the unit, -1 = none */
} numbered;

typedef struct {
    dcnn_kinds *kinds;
    numbered *items;
    int count;
    size_t room;
    int *last; /* [unit_count] the last kind on the unit, -1 = none */
} numbering;

static bool same_room(const dcnn_room *a, const dcnn_room *b)
{
    return a->memory_bytes == b->memory_bytes && a->ops == b->ops && a->layers == b->layers;
}

static bool same_kind(const dcnn_kinds *kinds, const dcnn_kind *a, const dcnn_kind *b)
{
    if (a->group_count != b->group_count || !same_room(&a->need, &b->need)) return false;
    for (int g = 0; g < a->group_count; g++)
        if (kinds->groups[a->group_first + g].group != kinds->groups[b->group_first + g].group) return false;
    return true;
}

/* The number of the kind, new or not; -1 when memory is out. Its groups are the last that were written down, and are
 * kept only if it is new. */
static int number(numbering *n, const dcnn_kind *kind)
{
    int k = n->last[kind->unit];

    while (k >= 0 && !same_kind(n->kinds, &n->items[k].kind, kind)) k = n->items[k].before;
    if (k >= 0) {
        n->kinds->groups_used -= (size_t)kind->group_count;
        return k;
    }
    if (!dcnn_reserve((void **)&n->items, &n->room, (size_t)n->count, sizeof *n->items)) return -1;
    n->items[n->count] = (numbered){*kind, n->last[kind->unit]};
    return n->last[kind->unit] = n->count++;
}

static bool has_group(const dcnn_kinds *kinds, const dcnn_kind *kind, int group)
{
    for (int g = 0; g < kind->group_count; g++)
        if (kinds->groups[kind->group_first + g].group == group) return true;
    return false;
}

static bool add_layer(dcnn_kinds *kinds, dcnn_kind *kind, const dcnn_chain_data *data, int j)
{
    dcnn_room need = dcnn_room_of(&data->cnn->layers[j]);
    int group = data->group[j];

    if (group < 0) {
        dcnn_room_add(&kind->need, &need);
        return true;
    }
    if (has_group(kinds, kind, group)) return true;
    if (!dcnn_reserve((void **)&kinds->groups, &kinds->groups_room, kinds->groups_used, sizeof *kinds->groups))
        return false;
    kinds->groups[kinds->groups_used++] = (dcnn_kind_group){group, need};
    kind->group_count++;
    return true;
}

/* Writes down the kinds of one column. */
static bool number_column(numbering *n, const dcnn_chain_data *data, const int *units, bool exclusive, int *of)
{
    int layers = data->layer_count, used = 0;

    for (int j = 0; j < layers; j++) {
        dcnn_kind kind = {.unit = units[j], .group_first = (int)n->kinds->groups_used};
        int before = 0;
        while (before < j && units[before] != units[j]) before++;
        if (before < j) continue;
        for (int i = j; i < layers && !exclusive; i++)
            if (units[i] == units[j] && !add_layer(n->kinds, &kind, data, i)) return false;
        if ((of[used++] = number(n, &kind)) < 0) return false;
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
            kinds->items[kinds->count++] = n->items[k].kind;
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
    numbering n = {.kinds = kinds, .last = dcnn_take(units, sizeof *n.last)};
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
    free(kinds->groups);
    *kinds = (dcnn_kinds){0};
}

void dcnn_kinds_place(const dcnn_kinds *kinds, int column, dcnn_load *load)
{
    const int *of = dcnn_kinds_of(kinds, column);

    for (int e = 0; e < kinds->width && of[e] >= 0; e++) {
        const dcnn_kind *kind = &kinds->items[of[e]];
        dcnn_room_subtract(&load->room[kind->unit], &kind->need);
        for (int g = kind->group_first; g < kind->group_first + kind->group_count; g++) {
            const dcnn_kind_group *group = &kinds->groups[g];
            if (load->group_members[group->group]++ == 0) dcnn_room_subtract(&load->room[kind->unit], &group->need);
            load->group_unit[group->group] = kind->unit;
        }
    }
}

void dcnn_kinds_remove(const dcnn_kinds *kinds, int column, dcnn_load *load)
{
    const int *of = dcnn_kinds_of(kinds, column);

    for (int e = 0; e < kinds->width && of[e] >= 0; e++) {
        const dcnn_kind *kind = &kinds->items[of[e]];
        dcnn_room_add(&load->room[kind->unit], &kind->need);
        for (int g = kind->group_first; g < kind->group_first + kind->group_count; g++) {
            const dcnn_kind_group *group = &kinds->groups[g];
            if (--load->group_members[group->group] == 0) dcnn_room_add(&load->room[kind->unit], &group->need);
        }
    }
}

/* A kind with shared groups: they lie here already, or nowhere. */
static bool has_place(const dcnn_kinds *kinds, const dcnn_kind *kind, const dcnn_load *load)
{
    dcnn_room need = kind->need;

    for (int g = kind->group_first; g < kind->group_first + kind->group_count; g++) {
        const dcnn_kind_group *group = &kinds->groups[g];
        if (load->group_members[group->group] == 0)
            dcnn_room_add(&need, &group->need);
        else if (load->group_unit[group->group] != kind->unit)
            return false;
    }
    return dcnn_room_holds(&load->room[kind->unit], &need);
}

int dcnn_kinds_strike(const dcnn_kinds *kinds, const dcnn_kinds *others, int column, const dcnn_load *load,
                      const int *map, int *struck)
{
    const int *placed = dcnn_kinds_of(others, column);
    int count = 0;

    for (int k = 0; kinds->groups_used > 0 && k < kinds->count; k++)
        if (map[k] >= 0 && !has_place(kinds, &kinds->items[k], load)) struck[count++] = map[k];
    if (kinds->groups_used > 0) return count;
    for (int e = 0; e < others->width && placed[e] >= 0; e++) {
        int unit = others->items[placed[e]].unit;
        for (int k = kinds->first[unit]; k < kinds->first[unit + 1]; k++) {
            struck[count] = map[k];
            count += (map[k] >= 0) & (!load || !dcnn_room_holds(&load->room[unit], &kinds->items[k].need));
        }
    }
    return count;
}
