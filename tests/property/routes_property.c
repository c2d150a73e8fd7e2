/* routes_property.c - the checker's searches on networks larger than the oracle's, against relaxation of every pair
 * until nothing changes (Bellman 1958). */
#include "check/check_internal.h"
#include "property.h"

enum { PLACES_MAX = 60, LINKS_MAX = 200 };

typedef struct {
    dcnn_rng rng;
    dcnn_scenario scenario;
    dcnn_place places[PLACES_MAX];
    dcnn_link links[LINKS_MAX];
} drawing;

static int below(drawing *d, int n)
{
    return (int)dcnn_rng_below(&d->rng, (uint64_t)n);
}

/* Positions on a fine raster, so that distances often equal the range, on scales from dust to galaxies. */
static void draw_range(drawing *d)
{
    static const double scale_m[] = {1e-200, 1e-6, 0.1, 1, 1e9, 1e160};
    double unit_m = scale_m[below(d, 6)];
    double offset_m = below(d, 2) ? 1e3 * unit_m : 0;
    int width = 1 + below(d, 40), height = 1 + below(d, 40);

    for (int i = 0; i < d->scenario.place_count; i++) {
        d->places[i].x_m = offset_m + unit_m * below(d, width) / 2;
        d->places[i].y_m = -offset_m + unit_m * below(d, height) / 2;
    }
    d->scenario.network.kind = DCNN_NETWORK_RANGE;
    d->scenario.network.range_m = unit_m * (1 + below(d, 12)) / 2;
    d->scenario.network.rate_bytes_per_s = 1e9; /* a byte a nanosecond: costs are hops */
}

static void draw_links(drawing *d)
{
    d->scenario.network.kind = DCNN_NETWORK_LINKS;
    d->scenario.network.links = d->links;
    d->scenario.network.link_count = below(d, LINKS_MAX + 1);
    for (int l = 0; l < d->scenario.network.link_count; l++) {
        dcnn_link *link = &d->links[l];
        link->a = below(d, d->scenario.place_count);
        link->b = (link->a + 1 + below(d, d->scenario.place_count - 1)) % d->scenario.place_count;
        link->rate_bytes_per_s = 1e9 / (1 + below(d, 5));
        link->latency_s = below(d, 3) * 1e-9;
        link->one_way = below(d, 2);
    }
}

static void relax(int64_t *cost_ns, int from, int to, int64_t step_ns, bool *changed)
{
    if (cost_ns[from] == DCNN_NEVER || cost_ns[from] + step_ns >= cost_ns[to]) return;
    cost_ns[to] = cost_ns[from] + step_ns;
    *changed = true;
}

static void relax_range(const drawing *d, int64_t *cost_ns, bool *changed)
{
    double range_m = d->scenario.network.range_m;

    for (int i = 0; i < d->scenario.place_count; i++)
        for (int k = 0; k < d->scenario.place_count; k++) {
            double dx = d->places[i].x_m - d->places[k].x_m, dy = d->places[i].y_m - d->places[k].y_m;
            if (dx * dx + dy * dy < range_m * range_m) relax(cost_ns, i, k, 1, changed);
        }
}

static void relax_links(const drawing *d, int64_t *cost_ns, bool *changed)
{
    for (int l = 0; l < d->scenario.network.link_count; l++) {
        const dcnn_link *link = &d->links[l];
        int64_t step_ns = dcnn_check_ns(1, link->latency_s + 1 / link->rate_bytes_per_s);
        relax(cost_ns, link->a, link->b, step_ns, changed);
        if (!link->one_way) relax(cost_ns, link->b, link->a, step_ns, changed);
    }
}

static void compare_from(const drawing *d, dcnn_check_routes *routes, int from, dcnn_buf *complaint)
{
    int64_t cost_ns[PLACES_MAX];
    bool changed = true;

    for (int i = 0; i < d->scenario.place_count; i++) cost_ns[i] = i == from ? 0 : DCNN_NEVER;
    while (changed) {
        changed = false;
        if (d->scenario.network.kind == DCNN_NETWORK_RANGE)
            relax_range(d, cost_ns, &changed);
        else
            relax_links(d, cost_ns, &changed);
    }
    for (int to = 0; to < d->scenario.place_count; to++) {
        dcnn_check_message message = {2, 1, 1, from, to};
        dcnn_check_time time = dcnn_check_routes_time(routes, &message);
        if (time.plain_ns != cost_ns[to])
            dcnn_buf_format(complaint, "from %d to %d: %lld ns, not %lld\n", from, to, (long long)time.plain_ns,
                            (long long)cost_ns[to]);
    }
}

static void searches_are_right(uint64_t seed, dcnn_buf *complaint)
{
    drawing d = {0};
    dcnn_check_routes *routes;

    dcnn_rng_seed(&d.rng, seed);
    d.scenario.places = d.places;
    d.scenario.place_count = 2 + below(&d, PLACES_MAX - 1);
    if (below(&d, 2))
        draw_range(&d);
    else
        draw_links(&d);
    if (dcnn_check_routes_new(&routes, &d.scenario, NULL)) {
        dcnn_buf_text(complaint, "no routes\n");
        return;
    }
    for (int from = 0; from < d.scenario.place_count && complaint->size == 0; from++)
        compare_from(&d, routes, from, complaint);
    dcnn_check_routes_free(routes);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"the checker's searches find the soonest routes", searches_are_right, 2000}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
