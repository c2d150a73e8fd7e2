/* kinds.h - what listed columns put on units, numbered, so that a bit map a kind tells which columns still fit.
 *
 * A kind is one sum of layers, and the shared groups, on one unit: columns of one chain that put the same on a unit are
 * of one kind there. Where columns that meet never fit together (listed->exclusive), whatever is put on a unit is one
 * kind. */
#ifndef DCNN_SOLVE_KINDS_H
#define DCNN_SOLVE_KINDS_H

#include "solve/listed.h"

typedef struct {
    int group;
    dcnn_room need; /* where no other chain has placed it */
} dcnn_kind_group;

typedef struct {
    int unit;
    dcnn_room need; /* shared groups apart */
    int group_first, group_count;
} dcnn_kind;

/* The kinds of one chain's list. */
typedef struct {
    dcnn_kind *items; /* [count] unit by unit */
    int count;
    int *first; /* [unit_count + 1] the unit's first kind */
    int *of;    /* [columns][width] the kinds of each column, -1 behind the last */
    int width;  /* layers of the chain */
    dcnn_kind_group *groups;
    size_t groups_used, groups_room;
} dcnn_kinds;

/* Numbers the kinds of chain u's list. False when memory is out. */
bool dcnn_kinds_init(dcnn_kinds *kinds, const dcnn_listed *listed, const dcnn_problem *problem, int u);
void dcnn_kinds_clear(dcnn_kinds *kinds);

static inline const int *dcnn_kinds_of(const dcnn_kinds *kinds, int column)
{
    return kinds->of + (ptrdiff_t)column * kinds->width;
}

/* Takes the column's room and groups, or gives them back: dcnn_load_place and _remove without a word of the units. A
 * load is used so throughout, for a group counts once for a kind. */
void dcnn_kinds_place(const dcnn_kinds *kinds, int column, dcnn_load *load);
void dcnn_kinds_remove(const dcnn_kinds *kinds, int column, dcnn_load *load);

/* Writes down (struck, [count + 1]) the maps of the kinds that a column of other kinds, which load knows of already,
 * leaves no place; load NULL: all kinds on its units. map[kind] is the number of its map, -1 = none. Returns how many.
 */
int dcnn_kinds_strike(const dcnn_kinds *kinds, const dcnn_kinds *others, int column, const dcnn_load *load,
                      const int *map, int *struck);

#endif
