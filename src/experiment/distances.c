#include "experiment/distances.h"
#include "base/base.h"
#include <dcnn/network.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const dcnn_network *network;
    bool *seen;     /* [place_count] */
    int32_t *stack; /* [place_count] the places from the start's neighbour to where the search stands */
    int64_t *next;  /* [place_count] next arc of each place of the stack */
} search;

/* Hops to `to` by a depth-first search from `first`, a neighbour of `start`, or -1: the fewest among the routes found,
 * which are as many as the visited places with a link to `to`. */
static int32_t search_from(search *s, int start, int first, int to)
{
    const dcnn_network *network = s->network;
    int32_t best = -1, depth = 0;

    if (first == to) return 1;
    memset(s->seen, 0, (size_t)network->place_count * sizeof *s->seen);
    s->seen[start] = s->seen[first] = true;
    s->stack[0] = first;
    s->next[0] = network->first_out[first];
    while (depth >= 0) {
        int place = s->stack[depth], other;
        if (s->next[depth] == network->first_out[place + 1]) {
            depth--;
            continue;
        }
        other = network->head[s->next[depth]++];
        if (other == to) {
            if (best < 0 || depth + 2 < best) best = depth + 2;
        } else if (!s->seen[other]) {
            s->seen[other] = true;
            s->stack[++depth] = other;
            s->next[depth] = network->first_out[other];
        }
    }
    return best;
}

static int32_t distance(search *s, int from, int to)
{
    int32_t best = -1;

    for (int64_t a = s->network->first_out[from]; a < s->network->first_out[from + 1]; a++) {
        int32_t hops = search_from(s, from, s->network->head[a], to);
        if (hops >= 0 && (best < 0 || hops < best)) best = hops;
    }
    return best;
}

dcnn_status dcnn_published_distances(dcnn_scenario *scenario, dcnn_error *err)
{
    size_t count = (size_t)scenario->place_count;
    dcnn_network *network = NULL;
    search s = {0};
    int32_t *hops;
    dcnn_status status;

    if (scenario->network.kind != DCNN_NETWORK_RANGE)
        return dcnn_fail(err, DCNN_E_VALUE, "", "published distances need a network of ranges");
    if ((status = dcnn_network_new(&network, scenario, err))) return status;
    s = (search){network, dcnn_take(count, sizeof *s.seen), dcnn_take(count, sizeof *s.stack),
                 dcnn_take(count, sizeof *s.next)};
    hops = count <= SIZE_MAX / count ? dcnn_pool_take(scenario->pool, count * count, sizeof *hops) : NULL;
    if (!s.seen || !s.stack || !s.next || !hops) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) hops[i * count + k] = hops[k * count + i] = distance(&s, (int)i, (int)k);
    scenario->network.kind = DCNN_NETWORK_HOPS;
    scenario->network.hops = hops;
done:
    dcnn_network_free(network);
    free(s.seen);
    free(s.stack);
    free(s.next);
    return status;
}
