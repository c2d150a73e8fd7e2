/* dead_end.h - how far the messages of one CNN get when it has all units to itself. */
#ifndef DCNN_REASONS_DEAD_END_H
#define DCNN_REASONS_DEAD_END_H

#include <dcnn/scenario.h>

typedef enum {
    DCNN_END_NONE,       /* every layer has a unit, route by route */
    DCNN_END_NO_UNIT,    /* no unit can be reached from the source */
    DCNN_END_NO_ROOM,    /* none that can be reached from the source has room for the layer */
    DCNN_END_NO_WAY_ON,  /* none that has room for the layer can be reached from where the layer before may be */
    DCNN_END_NO_WAY_BACK /* from none of those where the layer may be is there a route to the sink */
} dcnn_end_kind;

typedef struct {
    dcnn_end_kind kind;
    int layer;
} dcnn_dead_end;

/* The first layer of CNN c at which it ends. Messages of probability 0 need no routes; weights do not matter.
 * O(units * links). DCNN_E_MEMORY. */
dcnn_status dcnn_dead_end_find(dcnn_dead_end *end, const dcnn_scenario *scenario, int c, dcnn_error *err);

#endif
