/* shelf.h - what is left of a chain's list, on bit maps (San Segundo, Rodriguez-Losada, Jimenez 2011).
 *
 * For each kind (kinds.h) there is one bit for each column that is left, by increasing regret. What no longer fits is
 * one disjunction of maps; what is left is numbered anew, so that the maps stay short. */
#ifndef DCNN_SOLVE_SHELF_H
#define DCNN_SOLVE_SHELF_H

#include "solve/kinds.h"

typedef struct {
    int column; /* number in the list */
    dcnn_tick regret;
} dcnn_shelf_item;

typedef struct {
    bool open;              /* the chain is not placed yet */
    dcnn_shelf_item *items; /* [count] by increasing regret */
    int count;
    dcnn_tick first;    /* regret of the first */
    dcnn_tick cheapest; /* the least that one of them costs, without prices */
    size_t blocks;      /* of a map */
    uint64_t *maps;     /* [kind_count][words of blocks] bit k: items[k] is of the kind */
    int *map;           /* [kinds of the chain] number of the kind's map, -1 = no item is of it */
    int *kinds;         /* [kind_count] the kinds that have a map */
    int kind_count;
    int *struck; /* [struck_count] maps of the shelf that this one is filled from, of which nothing fits */
    int struck_count;
    uint64_t *fits;  /* [words of blocks of that shelf] bit k: its items[k] still fits */
    size_t filtered; /* blocks of fits that are filled in */
    size_t items_room, maps_room, fits_room;
} dcnn_shelf;

/* Whose columns they are. */
typedef struct {
    const dcnn_listed *listed;
    const dcnn_kinds *kinds; /* [chain] */
    dcnn_load *load;         /* NULL = columns that meet never fit together */
    int64_t work;            /* words looked at */
} dcnn_shelving;

/* Below what a column must stay to be of use. */
typedef struct {
    dcnn_tick regret, cost;
} dcnn_shelf_limits;

void dcnn_shelf_clear(dcnn_shelf *shelf);

/* All of chain u's list that regrets less than limit. False when memory is out, here and below. */
bool dcnn_shelf_fill_first(dcnn_shelving *s, dcnn_shelf *shelf, int u, dcnn_tick limit);

/* Begins to fill a shelf from another, now that a column of chain other is placed. */
bool dcnn_shelf_begin(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, int u, int other, int column);

/* The least regret of what still fits, if that is less than limit; dcnn_tick_never otherwise. */
dcnn_tick dcnn_shelf_first(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, dcnn_tick limit);

/* Fills the shelf with all that still fits and is below the limits; mapped if more is to be placed after it. */
bool dcnn_shelf_fill(dcnn_shelving *s, const dcnn_shelf *from, dcnn_shelf *to, int u, const dcnn_shelf_limits *below,
                     bool mapped);

/* Makes the maps anew after items were taken away. */
bool dcnn_shelf_map(dcnn_shelving *s, dcnn_shelf *shelf, int u);

#endif
