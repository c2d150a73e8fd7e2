/* check_routes.c - what a message costs between two places, whatever kind of network the scenario has. */
#include "check_internal.h"
#include <math.h>
#include <stdlib.h>

struct dcnn_check_routes {
    const dcnn_scenario *scenario;
    dcnn_check_grid *grid;   /* range networks only */
    dcnn_check_links *links; /* networks of links only */
};

int64_t dcnn_check_add(int64_t a, int64_t b)
{
    return a > DCNN_NEVER - b ? DCNN_NEVER : a + b;
}

int64_t dcnn_check_ns(double scale, double seconds)
{
    double ns = round(scale * seconds * 1e9);

    return ns < (double)DCNN_COUNT_MAX ? (int64_t)ns : DCNN_NEVER; /* written so that NaN is never */
}

dcnn_status dcnn_check_routes_new(dcnn_check_routes **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_check_routes *routes = dcnn_take(1, sizeof *routes);
    dcnn_status status = DCNN_OK;

    *out = NULL;
    if (!routes) return dcnn_fail_memory(err);
    routes->scenario = scenario;
    if (scenario->network.kind == DCNN_NETWORK_RANGE) status = dcnn_check_grid_new(&routes->grid, scenario, err);
    if (scenario->network.kind == DCNN_NETWORK_LINKS) status = dcnn_check_links_new(&routes->links, scenario, err);
    if (status) {
        dcnn_check_routes_free(routes);
        return status;
    }
    *out = routes;
    return DCNN_OK;
}

void dcnn_check_routes_free(dcnn_check_routes *routes)
{
    if (!routes) return;
    dcnn_check_grid_free(routes->grid);
    dcnn_check_links_free(routes->links);
    free(routes);
}

static int64_t hops_between(dcnn_check_routes *routes, int from, int to)
{
    const dcnn_scenario *scenario = routes->scenario;

    if (routes->grid) return dcnn_check_grid_hops(routes->grid, from, to);
    return scenario->network.hops[(size_t)from * (size_t)scenario->place_count + (size_t)to];
}

/* The same time for each of `hops` hops, every one rounded by itself; hops < 0 = no route. */
static int64_t hops_ns(const dcnn_check_routes *routes, double scale, int64_t bytes, int64_t hops)
{
    int64_t hop_ns;

    if (scale == 0) return 0;
    if (hops < 0) return DCNN_NEVER;
    hop_ns = dcnn_check_ns(scale, (double)bytes / routes->scenario->network.rate_bytes_per_s);
    return hop_ns > 0 && hops > (DCNN_NEVER - 1) / hop_ns ? DCNN_NEVER : hop_ns * hops;
}

static int64_t links_ns(const dcnn_check_routes *routes, double scale, const dcnn_check_message *message)
{
    if (scale == 0) return 0;
    return dcnn_check_links_ns(routes->links, scale, message->bytes, message->from, message->to);
}

dcnn_check_time dcnn_check_routes_time(dcnn_check_routes *routes, const dcnn_check_message *message)
{
    double weighted = message->weight * message->probability;
    double plain = message->probability;
    dcnn_check_time time = {0, 0};

    if (message->from == message->to || plain == 0) return time;
    if (routes->links) {
        time.plain_ns = links_ns(routes, plain, message);
        time.weighted_ns = weighted == plain ? time.plain_ns : links_ns(routes, weighted, message);
    } else {
        int64_t hops = hops_between(routes, message->from, message->to);
        time.plain_ns = hops_ns(routes, plain, message->bytes, hops);
        time.weighted_ns = hops_ns(routes, weighted, message->bytes, hops);
    }
    return time;
}
