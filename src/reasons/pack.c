#include "pack.h"
#include "base/base.h"
#include "item.h"
#include <stdlib.h>

typedef struct {
    int64_t memory_bytes, ops;
    int layers;
} room;

static bool asks_for_room_only(const dcnn_scenario *s)
{
    for (int c = 0; c < s->cnn_count; c++)
        if (s->cnns[c].weight > 0 || s->cnns[c].deadline_ns != DCNN_NEVER) return false;
    return true;
}

/* The unit with the least memory that has room: what is large is kept for what is large. -1 = none. */
static int best_fit(const room *rooms, int unit_count, const dcnn_item *item)
{
    int best = -1;

    for (int i = 0; i < unit_count; i++)
        if (rooms[i].memory_bytes >= item->memory_bytes && rooms[i].ops >= item->ops && rooms[i].layers > 0 &&
            (best < 0 || rooms[i].memory_bytes < rooms[best].memory_bytes))
            best = i;
    return best;
}

static bool pack_items(room *rooms, int unit_count, const dcnn_item *items, int64_t count)
{
    for (int64_t k = 0; k < count; k++) {
        int i = best_fit(rooms, unit_count, &items[k]);
        if (i < 0) return false;
        rooms[i].memory_bytes -= items[k].memory_bytes;
        if (rooms[i].ops != DCNN_UNLIMITED) rooms[i].ops -= items[k].ops;
        rooms[i].layers--;
    }
    return true;
}

dcnn_status dcnn_pack(const dcnn_scenario *scenario, bool *packed, dcnn_error *err)
{
    dcnn_item *items;
    room *rooms;
    int64_t count;

    *packed = false;
    if (!asks_for_room_only(scenario)) return DCNN_OK;
    items = dcnn_items_new(scenario, false, &count);
    rooms = dcnn_take((size_t)scenario->unit_count, sizeof *rooms);
    if (items && rooms) {
        for (int i = 0; i < scenario->unit_count; i++)
            rooms[i] = (room){scenario->units[i].memory_bytes, scenario->units[i].ops_budget,
                              scenario->layers_per_unit > 0 ? scenario->layers_per_unit : INT32_MAX};
        *packed = pack_items(rooms, scenario->unit_count, items, count);
    }
    free(rooms);
    free(items);
    return items && rooms ? DCNN_OK : dcnn_fail_memory(err);
}
