#include "oracle.h"
#include <math.h>
#include <string.h>

static void draw_range(random_network *net, dcnn_rng *rng)
{
    dcnn_network_spec *spec = &net->scenario.network;

    spec->kind = DCNN_NETWORK_RANGE;
    spec->range_m = (double)(1 + dcnn_rng_below(rng, 4));
    for (int i = 0; i < net->scenario.place_count; i++) {
        /* Whole coordinates: distances equal to the range happen, and must not be links. */
        net->places[i].x_m = (double)dcnn_rng_below(rng, 9) - 4;
        net->places[i].y_m = (double)dcnn_rng_below(rng, 9) - 4;
        if (dcnn_rng_below(rng, 3) == 0) net->places[i].x_m += dcnn_rng_unit(rng);
    }
}

static void draw_links(random_network *net, dcnn_rng *rng)
{
    static const double rates[] = {1e6, 9e6, 5e6}, latencies_s[] = {0, 0, 2e-9, 0.5}, extra[] = {0, 0.25, 3};
    dcnn_network_spec *spec = &net->scenario.network;
    bool alike = dcnn_rng_below(rng, 4) == 0;
    int count = net->scenario.place_count;

    spec->kind = DCNN_NETWORK_LINKS;
    spec->link_count =
        count < 2 ? 0 : (int64_t)dcnn_rng_below(rng, LINKS_MAX + 1) / (int64_t)(1 + dcnn_rng_below(rng, 4));
    spec->links = net->links;
    for (int64_t a = 0; a < spec->link_count; a++) {
        dcnn_link *link = &net->links[a];
        link->a = (int)dcnn_rng_below(rng, (uint64_t)count);
        link->b = (int)((uint64_t)link->a + 1 + dcnn_rng_below(rng, (uint64_t)count - 1)) % count;
        link->rate_bytes_per_s = alike ? 1e6 : rates[dcnn_rng_below(rng, 3)];
        link->latency_s = alike ? 0 : latencies_s[dcnn_rng_below(rng, 4)];
        link->retransmission = alike ? 0 : extra[dcnn_rng_below(rng, 3)];
        link->one_way = dcnn_rng_below(rng, 2) == 0;
    }
}

static void draw_hops(random_network *net, dcnn_rng *rng)
{
    int count = net->scenario.place_count;

    net->scenario.network.kind = DCNN_NETWORK_HOPS;
    net->scenario.network.hops = net->hops;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < count; k++) net->hops[i * count + k] = i == k ? 0 : (int32_t)dcnn_rng_below(rng, 7) - 1;
}

void random_network_draw(random_network *net, dcnn_rng *rng)
{
    memset(net, 0, sizeof *net);
    net->scenario.places = net->places;
    net->scenario.place_count = 1 + (int)dcnn_rng_below(rng, PLACES_MAX);
    net->scenario.network.rate_bytes_per_s = 9e6;
    switch (dcnn_rng_below(rng, 4)) {
    case 0:
        draw_range(net, rng);
        break;
    case 1:
        draw_hops(net, rng);
        break;
    default:
        draw_links(net, rng);
    }
}

dcnn_message random_message(dcnn_rng *rng)
{
    static const double scales[] = {0, 1, 1, 0.3, 2.5};
    static const int64_t bytes[] = {0, 1, 1000, 602112};

    return (dcnn_message){scales[dcnn_rng_below(rng, 5)], bytes[dcnn_rng_below(rng, 4)]};
}

static int64_t ns(const dcnn_message *message, double rate_bytes_per_s, double latency_s, double retransmission)
{
    double one_s = latency_s + (double)message->bytes / rate_bytes_per_s;

    return (int64_t)floor(message->scale * ((1 + retransmission) * one_s) * 1e9 + 0.5);
}

static void offer(oracle *o, int from, int to, int64_t cost_ns)
{
    if (cost_ns < o->link_ns[from][to]) o->link_ns[from][to] = cost_ns;
}

static void links_of(oracle *o, const random_network *net, const dcnn_message *message)
{
    const dcnn_network_spec *spec = &net->scenario.network;
    int count = net->scenario.place_count;

    for (int64_t a = 0; a < spec->link_count; a++) {
        const dcnn_link *link = &spec->links[a];
        int64_t cost_ns = ns(message, link->rate_bytes_per_s, link->latency_s, link->retransmission);
        offer(o, link->a, link->b, cost_ns);
        if (!link->one_way) offer(o, link->b, link->a, cost_ns);
    }
    if (spec->kind != DCNN_NETWORK_RANGE) return;
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++) {
            double dx = net->places[i].x_m - net->places[k].x_m, dy = net->places[i].y_m - net->places[k].y_m;
            if (i != k && dx * dx + dy * dy < spec->range_m * spec->range_m)
                offer(o, i, k, ns(message, spec->rate_bytes_per_s, 0, 0));
        }
    }
}

static void relax(oracle *o, int i, int over, int k)
{
    int64_t cost_ns;
    int links = o->links[i][over] + o->links[over][k];

    if (o->cost_ns[i][over] == DCNN_NEVER || o->cost_ns[over][k] == DCNN_NEVER) return;
    cost_ns = o->cost_ns[i][over] + o->cost_ns[over][k];
    if (cost_ns > o->cost_ns[i][k] || (cost_ns == o->cost_ns[i][k] && links >= o->links[i][k])) return;
    o->cost_ns[i][k] = cost_ns;
    o->links[i][k] = links;
}

void oracle_solve(oracle *o, const random_network *net, const dcnn_message *message)
{
    const dcnn_network_spec *spec = &net->scenario.network;
    int count = net->scenario.place_count;

    for (int i = 0; i < count; i++)
        for (int k = 0; k < count; k++) o->link_ns[i][k] = DCNN_NEVER;
    links_of(o, net, message);
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++) {
            o->cost_ns[i][k] = i == k ? 0 : o->link_ns[i][k];
            o->links[i][k] = i == k ? 0 : 1;
            if (spec->kind == DCNN_NETWORK_HOPS && spec->hops[i * count + k] >= 0)
                o->cost_ns[i][k] = spec->hops[i * count + k] * ns(message, spec->rate_bytes_per_s, 0, 0);
        }
    }
    if (spec->kind == DCNN_NETWORK_HOPS) return; /* nothing is relayed on top of a matrix */
    for (int over = 0; over < count; over++)
        for (int i = 0; i < count; i++)
            for (int k = 0; k < count; k++) relax(o, i, over, k);
}
