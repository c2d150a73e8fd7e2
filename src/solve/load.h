/* load.h - a whole placement under construction: what each unit has left, and where shared groups sit. */
#ifndef DCNN_SOLVE_LOAD_H
#define DCNN_SOLVE_LOAD_H

#include "solve/search.h"

typedef struct {
    const dcnn_problem *problem;
    dcnn_room *room;    /* [unit_count] may become negative while a placement is not feasible */
    int *group_unit;    /* [groups] */
    int *group_members; /* [groups] how many layers of the group are placed */
    int **units;        /* [chain][layer] the unit of each layer; -1 in chains that are not placed */
    dcnn_tick *cost;    /* [chain] true cost of each placed chain */
} dcnn_load;

/* Empty; false when memory is out. */
bool dcnn_load_init(dcnn_load *load, const dcnn_problem *problem);
void dcnn_load_clear(dcnn_load *load);
void dcnn_load_reset(dcnn_load *load); /* places nothing */
void dcnn_load_copy(dcnn_load *to, const dcnn_load *from);

/* Places a chain that is not placed, or takes it away. Within its shared groups the units must agree with those of the
 * chains already placed. */
void dcnn_load_place(dcnn_load *load, int chain, const int *units, dcnn_tick cost);
void dcnn_load_remove(dcnn_load *load, int chain);

/* Whether a chain could be placed so as well: room on every unit, shared groups in agreement. */
bool dcnn_load_fits(dcnn_load *load, int chain, const int *units);

dcnn_tick dcnn_load_cost(const dcnn_load *load); /* sum over placed chains */
bool dcnn_load_complete(const dcnn_load *load);

#endif
