/* Every message of a placement and the way it takes: what the scenario's probabilities send where. */
#include "map.h"
#include <math.h>
#include <string.h>

struct finder {
    dcnn_map *map;
    dcnn_router *router;
    int *places; /* scratch [place_count] */
    size_t room;
    int64_t largest_bytes;
};

/* Decisions made on one unit take the same way: they are one message. */
static dcnn_map_message *same_decision(const dcnn_map *map, int c, int from)
{
    for (int k = map->message_count - 1; k >= 0 && map->messages[k].cnn == c; k--)
        if (map->messages[k].kind == DCNN_MESSAGE_DECISION && map->messages[k].places[0] == from)
            return &map->messages[k];
    return NULL;
}

static dcnn_status grow(struct finder *f, dcnn_error *err)
{
    dcnn_map *map = f->map;
    size_t used = (size_t)map->message_count;
    dcnn_map_message *more;

    if (used < f->room) return DCNN_OK;
    f->room = f->room ? 2 * f->room : 64;
    more = dcnn_pool_take(map->pool, f->room, sizeof *more);
    if (!more) return dcnn_fail_memory(err);
    if (used > 0) memcpy(more, map->messages, used * sizeof *more);
    map->messages = more;
    return DCNN_OK;
}

static dcnn_status add(struct finder *f, dcnn_map_message message, int from, int to, dcnn_error *err)
{
    dcnn_map *map = f->map;
    dcnn_message cost = {map->scenario->cnns[message.cnn].weight * message.probability, message.bytes};
    dcnn_map_message *same = message.kind == DCNN_MESSAGE_DECISION ? same_decision(map, message.cnn, from) : NULL;
    dcnn_status status;
    size_t hops;
    int count = 0;

    if (from == to || !(cost.scale > 0)) return DCNN_OK; /* nothing is sent */
    if (same) {
        same->probability += message.probability;
        return DCNN_OK;
    }
    if ((status = grow(f, err))) return status;
    if ((status = dcnn_router_route(f->router, &cost, from, to, f->places, &count))) return dcnn_fail_memory(err);
    if (count == 0) { /* drawn straight, so that one sees which message has no route */
        message.unrouted = true;
        f->places[count++] = from;
        f->places[count++] = to;
    }
    message.hops = count - 1;
    hops = (size_t)message.hops;
    message.places = dcnn_pool_take(map->pool, hops + 1, sizeof *message.places);
    message.offset = dcnn_pool_take(map->pool, hops, sizeof *message.offset);
    message.position = dcnn_pool_take(map->pool, hops, sizeof *message.position);
    if (!message.places || !message.offset || !message.position) return dcnn_fail_memory(err);
    memcpy(message.places, f->places, (hops + 1) * sizeof *message.places);
    for (int h = 0; h <= message.hops; h++) map->relays[message.places[h]] = true;
    if (message.bytes > f->largest_bytes) f->largest_bytes = message.bytes;
    map->messages[map->message_count++] = message;
    return DCNN_OK;
}

static dcnn_status add_cnn(struct finder *f, int c, dcnn_error *err)
{
    const dcnn_cnn *cnn = &f->map->scenario->cnns[c];
    const int *units = f->map->placement->cnns[c].units;
    int last = cnn->layer_count - 1;
    dcnn_map_message input = {
        .cnn = c, .kind = DCNN_MESSAGE_INPUT, .probability = cnn->p[0], .bytes = cnn->input_bytes};
    dcnn_status status = add(f, input, cnn->source, units[0], err);

    for (int j = 0; j < last && !status; j++) {
        dcnn_map_message transfer = {.cnn = c, .kind = DCNN_MESSAGE_TRANSFER, .probability = cnn->p[j + 1]};
        transfer.bytes = cnn->layers[j].output_bytes;
        status = add(f, transfer, units[j], units[j + 1], err);
    }
    for (int j = 0; j <= last && !status; j++) {
        dcnn_map_message decision = {.cnn = c, .kind = DCNN_MESSAGE_DECISION, .probability = cnn->g[j]};
        decision.bytes = cnn->layers[last].output_bytes;
        status = add(f, decision, units[j], cnn->sink, err);
    }
    return status;
}

/* Width grows with the root of the size: the eye can still tell 40 bytes from 40,000 beside a megabyte. */
static void set_widths(dcnn_map *map, int64_t largest_bytes)
{
    for (int k = 0; k < map->message_count; k++) {
        dcnn_map_message *m = &map->messages[k];
        double share = largest_bytes > 0 ? sqrt((double)m->bytes / (double)largest_bytes) : 0;
        m->width = 1.3 + (map->detail.lane_width - 1.3) * share;
    }
}

dcnn_status dcnn_messages_find(dcnn_map *map, dcnn_error *err)
{
    struct finder f = {.map = map};
    dcnn_status status = DCNN_OK;

    if (!map->placement) return DCNN_OK;
    f.places = dcnn_pool_take(map->pool, (size_t)map->scenario->place_count + 2, sizeof *f.places);
    if (!f.places) return dcnn_fail_memory(err);
    if ((status = dcnn_router_new(&f.router, map->network, err))) return status;
    for (int c = 0; c < map->scenario->cnn_count && !status; c++) status = add_cnn(&f, c, err);
    dcnn_router_free(f.router);
    set_widths(map, f.largest_bytes);
    return status;
}
