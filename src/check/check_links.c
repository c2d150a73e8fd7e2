/* check_links.c - soonest routes over links that differ: Dijkstra's search (1959) from the sender until the receiver is
 * settled, over the rounded time of the message on every link. */
#include "check_internal.h"
#include <stdlib.h>

typedef struct {
    int64_t cost_ns;
    int place;
} entry;

struct dcnn_check_links {
    const dcnn_scenario *scenario;
    int64_t *first;    /* [place_count + 1] of each place in `leaving` */
    int64_t *leaving;  /* links that can be taken from each place, as indices into the scenario's links */
    int64_t *cost_ns;  /* [place_count] valid where reached */
    uint32_t *reached; /* [place_count] number of the search that reached the place last */
    uint32_t search;
    entry *heap; /* smallest cost first; superseded entries stay and are skipped */
    int64_t heap_size;
};

static void count_end(dcnn_check_links *links, int place)
{
    links->first[place]++;
}

static void put_end(dcnn_check_links *links, int place, int64_t link)
{
    links->leaving[--links->first[place]] = link;
}

/* Counting sort of the link ends by place. */
static void sort_ends(dcnn_check_links *links)
{
    const dcnn_network_spec *network = &links->scenario->network;

    for (int64_t l = 0; l < network->link_count; l++) {
        count_end(links, network->links[l].a);
        if (!network->links[l].one_way) count_end(links, network->links[l].b);
    }
    for (int i = 1; i <= links->scenario->place_count; i++) links->first[i] += links->first[i - 1];
    for (int64_t l = network->link_count - 1; l >= 0; l--) {
        put_end(links, network->links[l].a, l);
        if (!network->links[l].one_way) put_end(links, network->links[l].b, l);
    }
}

dcnn_status dcnn_check_links_new(dcnn_check_links **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    size_t place_count = (size_t)scenario->place_count;
    size_t end_count = (size_t)scenario->network.link_count * 2;
    dcnn_check_links *links = dcnn_take(1, sizeof *links);

    *out = NULL;
    if (!links) return dcnn_fail_memory(err);
    links->scenario = scenario;
    links->first = dcnn_take(place_count + 1, sizeof *links->first);
    links->leaving = dcnn_take(end_count, sizeof *links->leaving);
    links->cost_ns = dcnn_take(place_count, sizeof *links->cost_ns);
    links->reached = dcnn_take(place_count, sizeof *links->reached);
    links->heap = dcnn_take(end_count + 1, sizeof *links->heap); /* each link end is relaxed at most once */
    if (!links->first || !links->leaving || !links->cost_ns || !links->reached || !links->heap) {
        dcnn_check_links_free(links);
        return dcnn_fail_memory(err);
    }
    sort_ends(links);
    *out = links;
    return DCNN_OK;
}

void dcnn_check_links_free(dcnn_check_links *links)
{
    if (!links) return;
    free(links->first);
    free(links->leaving);
    free(links->cost_ns);
    free(links->reached);
    free(links->heap);
    free(links);
}

static void push(dcnn_check_links *links, int64_t cost_ns, int place)
{
    int64_t hole = links->heap_size++;

    while (hole > 0 && links->heap[(hole - 1) / 2].cost_ns > cost_ns) {
        links->heap[hole] = links->heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    links->heap[hole] = (entry){cost_ns, place};
}

static entry pop(dcnn_check_links *links)
{
    entry top = links->heap[0], last = links->heap[--links->heap_size];
    int64_t hole = 0;

    for (int64_t child = 1; child < links->heap_size; child = 2 * hole + 1) {
        if (child + 1 < links->heap_size && links->heap[child + 1].cost_ns < links->heap[child].cost_ns) child++;
        if (links->heap[child].cost_ns >= last.cost_ns) break;
        links->heap[hole] = links->heap[child];
        hole = child;
    }
    links->heap[hole] = last;
    return top;
}

static void reach(dcnn_check_links *links, int place, int64_t cost_ns)
{
    if (cost_ns == DCNN_NEVER) return;
    if (links->reached[place] == links->search && links->cost_ns[place] <= cost_ns) return;
    links->reached[place] = links->search;
    links->cost_ns[place] = cost_ns;
    push(links, cost_ns, place);
}

static void leave(dcnn_check_links *links, int place, double scale, int64_t bytes)
{
    for (int64_t e = links->first[place]; e < links->first[place + 1]; e++) {
        const dcnn_link *link = &links->scenario->network.links[links->leaving[e]];
        double seconds = (1 + link->retransmission) * (link->latency_s + (double)bytes / link->rate_bytes_per_s);
        int next = link->a == place ? link->b : link->a;
        reach(links, next, dcnn_check_add(links->cost_ns[place], dcnn_check_ns(scale, seconds)));
    }
}

static void begin_search(dcnn_check_links *links)
{
    links->heap_size = 0;
    if (++links->search != 0) return;
    for (int i = 0; i < links->scenario->place_count; i++) links->reached[i] = 0; /* the numbers have come round */
    links->search = 1;
}

int64_t dcnn_check_links_ns(dcnn_check_links *links, double scale, int64_t bytes, int from, int to)
{
    begin_search(links);
    reach(links, from, 0);
    while (links->heap_size > 0) {
        entry nearest = pop(links);
        if (nearest.place == to) return nearest.cost_ns;
        if (nearest.cost_ns == links->cost_ns[nearest.place]) leave(links, nearest.place, scale, bytes);
    }
    return DCNN_NEVER;
}
