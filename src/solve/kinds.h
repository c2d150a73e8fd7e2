/* kinds.h - what listed columns put on units, numbered, so that a bit map a kind tells which columns still fit.
 *
 * A kind is one sum of layers on one unit: columns of one chain that put the same sum on a unit are of one kind there.
 * Where columns that meet never fit together (listed->exclusive), whatever is put on a unit is one kind. Shared groups
 * are not looked at. */
#ifndef DCNN_SOLVE_KINDS_H
#define DCNN_SOLVE_KINDS_H

#include "solve/listed.h"

typedef struct {
    int unit;
    dcnn_room need;
} dcnn_kind;

/* The kinds of one chain's list. */
typedef struct {
    dcnn_kind *items; /* [count] unit by unit */
    int count;
    int *first; /* [unit_count + 1] the unit's first kind */
    int *of;    /* [columns][width] the kinds of each column, -1 behind the last */
    int width;  /* layers of the chain */
} dcnn_kinds;

/* Numbers the kinds of chain u's list. False when memory is out. */
bool dcnn_kinds_init(dcnn_kinds *kinds, const dcnn_listed *listed, const dcnn_problem *problem, int u);
void dcnn_kinds_clear(dcnn_kinds *kinds);

static inline const int *dcnn_kinds_of(const dcnn_kinds *kinds, int column)
{
    return kinds->of + (ptrdiff_t)column * kinds->width;
}

/* Takes what the column needs from room ([unit_count]), sign -1: gives it back. */
void dcnn_kinds_charge(const dcnn_kinds *kinds, int column, int sign, dcnn_room *room);

/* Writes down (struck, [count]) the maps of the kinds that room ([unit_count]; NULL = any) has no place for on the
 * units where a column of other kinds lies; map[kind] is the number of its map, -1 = none. Returns how many. */
int dcnn_kinds_strike(const dcnn_kinds *kinds, const dcnn_kinds *others, int column, const dcnn_room *room,
                      const int *map, int *struck);

#endif
