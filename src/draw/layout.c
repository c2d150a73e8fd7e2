#include "layout.h"
#include <math.h>
#include <string.h>

enum {
    PIVOTS_MAX = 200,
    PIVOTS_LARGE = 24,
    PLACES_LARGE = 1000,
    REFINE_ROUNDS = 60,
    POWER_ROUNDS = 60,
    HOPS_MAX = 1000000
};

struct layout {
    const dcnn_network *network;
    int count;         /* places */
    int pivots;        /* columns of distance */
    int *pivot;        /* [pivots] places */
    int32_t *distance; /* [pivots * count] hops; unreachable pairs a little beyond the farthest reachable one */
    int32_t *queue;    /* [count] */
    dcnn_point *at;    /* [count] the positions */
};

/* Hops between a place and all others, -1 where there is no way. Links count both ways: direction says nothing about
 * nearness. */
static void hops_from(struct layout *l, int start, int32_t *hops)
{
    const dcnn_network *n = l->network;
    int done = 0, waiting = 0;

    if (n->hops) {
        memcpy(hops, n->hops + (size_t)start * (size_t)l->count, (size_t)l->count * sizeof *hops);
        return;
    }
    for (int i = 0; i < l->count; i++) hops[i] = -1;
    hops[start] = 0;
    l->queue[waiting++] = start;
    while (done < waiting) {
        int i = l->queue[done++];
        for (int way = 0; way < 2; way++) {
            const int64_t *first = way ? n->first_in : n->first_out;
            const int32_t *end = way ? n->tail : n->head;
            for (int64_t a = first[i]; a < first[i + 1]; a++) {
                if (hops[end[a]] >= 0) continue;
                hops[end[a]] = hops[i] + 1;
                l->queue[waiting++] = end[a];
            }
        }
    }
}

/* Each new pivot is the place farthest from those chosen so far, so that they surround the network; places in another
 * piece of it count as farthest of all. */
static void choose_pivots(struct layout *l, int32_t *nearest)
{
    int32_t farthest = 1; /* hops, and at most a million: a hop matrix may say anything */
    int next = 0;

    for (int i = 0; i < l->count; i++) nearest[i] = INT32_MAX;
    for (int k = 0; k < l->pivots; k++) {
        int32_t *hops = l->distance + (size_t)k * (size_t)l->count;
        l->pivot[k] = next;
        hops_from(l, next, hops);
        nearest[next] = -1;
        for (int i = 0; i < l->count; i++) {
            if (hops[i] > HOPS_MAX) hops[i] = HOPS_MAX;
            if (hops[i] > farthest) farthest = hops[i];
            if (hops[i] >= 0 && hops[i] < nearest[i]) nearest[i] = hops[i];
        }
        next = 0;
        for (int i = 1; i < l->count; i++)
            if (nearest[i] > nearest[next]) next = i;
    }
    for (size_t k = 0; k < (size_t)l->pivots * (size_t)l->count; k++)
        if (l->distance[k] < 0) l->distance[k] = farthest + 2;
}

/* One principal axis of the columns by power iteration: axis [pivots], orthogonal to `known` (or NULL). */
static void find_axis(const struct layout *l, const double *centred, const double *known, double *axis, double *image)
{
    for (int k = 0; k < l->pivots; k++) axis[k] = 1.0 + (double)(k * 7 % 11); /* any start that is no axis by chance */
    for (int round = 0; round < POWER_ROUNDS; round++) {
        double dot = 0, length = 0;
        if (known) {
            for (int k = 0; k < l->pivots; k++) dot += axis[k] * known[k];
            for (int k = 0; k < l->pivots; k++) axis[k] -= dot * known[k];
        }
        for (int k = 0; k < l->pivots; k++) length += axis[k] * axis[k];
        length = sqrt(length);
        if (!(length > 0)) return;
        for (int k = 0; k < l->pivots; k++) axis[k] /= length;
        if (round + 1 == POWER_ROUNDS) return;
        memset(image, 0, (size_t)l->count * sizeof *image);
        for (int k = 0; k < l->pivots; k++)
            for (int i = 0; i < l->count; i++) image[i] += axis[k] * centred[(size_t)k * (size_t)l->count + (size_t)i];
        for (int k = 0; k < l->pivots; k++) {
            double sum = 0;
            for (int i = 0; i < l->count; i++) sum += image[i] * centred[(size_t)k * (size_t)l->count + (size_t)i];
            axis[k] = sum;
        }
    }
}

/* Squared distances to the pivots, each column and each row shifted to mean zero. */
static void centre(const struct layout *l, double *centred)
{
    size_t n = (size_t)l->count;

    for (int k = 0; k < l->pivots; k++) {
        double mean = 0;
        for (size_t i = 0; i < n; i++) {
            double d = l->distance[(size_t)k * n + i];
            centred[(size_t)k * n + i] = -0.5 * d * d;
            mean += centred[(size_t)k * n + i] / (double)n;
        }
        for (size_t i = 0; i < n; i++) centred[(size_t)k * n + i] -= mean;
    }
    for (size_t i = 0; i < n; i++) {
        double mean = 0;
        for (int k = 0; k < l->pivots; k++) mean += centred[(size_t)k * n + i] / (double)l->pivots;
        for (int k = 0; k < l->pivots; k++) centred[(size_t)k * n + i] -= mean;
    }
}

/* A small shift that differs from place to place: leaves of one hub would start on the same spot and stay there. */
static double jitter(int i, uint32_t salt)
{
    uint32_t h = ((uint32_t)i + 1) * 2654435761u ^ salt;

    h ^= h >> 15;
    h *= 2246822519u;
    return (double)(h >> 16) / 65536.0 - 0.5;
}

/* The projection on the two axes, scaled so that the mean distance to the pivots is right. */
static void project(struct layout *l, const double *centred, const double *const axes[2], double *image)
{
    double wanted = 0, found = 0, scale;

    for (int side = 0; side < 2; side++) {
        memset(image, 0, (size_t)l->count * sizeof *image);
        for (int k = 0; k < l->pivots; k++)
            for (int i = 0; i < l->count; i++)
                image[i] += axes[side][k] * centred[(size_t)k * (size_t)l->count + (size_t)i];
        for (int i = 0; i < l->count; i++) *(side ? &l->at[i].y : &l->at[i].x) = image[i];
    }
    for (int k = 0; k < l->pivots; k++) {
        const dcnn_point *p = &l->at[l->pivot[k]];
        for (int i = 0; i < l->count; i++) {
            double dx = l->at[i].x - p->x, dy = l->at[i].y - p->y;
            wanted += l->distance[(size_t)k * (size_t)l->count + (size_t)i];
            found += sqrt(dx * dx + dy * dy);
        }
    }
    scale = found > 0 ? wanted / found : 1;
    for (int i = 0; i < l->count; i++) {
        l->at[i].x = l->at[i].x * scale + 0.3 * jitter(i, 1);
        l->at[i].y = l->at[i].y * scale + 0.3 * jitter(i, 77);
    }
}

/* Adds where place i should stand for the sake of place k, `hops` away, with weight 1 / hops^2. */
static void pull(const dcnn_point *i, const dcnn_point *k, double hops, dcnn_point *sum, double *weights)
{
    double dx = i->x - k->x, dy = i->y - k->y;
    double length = sqrt(dx * dx + dy * dy), weight = 1 / (hops * hops);

    if (length > 1e-9 && hops > 0) {
        sum->x += weight * (k->x + dx * hops / length);
        sum->y += weight * (k->y + dy * hops / length);
        *weights += weight;
    }
}

static void refine(struct layout *l)
{
    const dcnn_network *n = l->network;

    for (int i = 0; i < l->count; i++) {
        dcnn_point sum = {0, 0};
        double weights = 0;
        for (int k = 0; k < l->pivots; k++)
            if (l->pivot[k] != i)
                pull(&l->at[i], &l->at[l->pivot[k]], l->distance[(size_t)k * (size_t)l->count + (size_t)i], &sum,
                     &weights);
        if (!n->hops && l->pivots < l->count) {
            for (int64_t a = n->first_out[i]; a < n->first_out[i + 1]; a++)
                pull(&l->at[i], &l->at[n->head[a]], 1, &sum, &weights);
        }
        if (weights > 0) l->at[i] = (dcnn_point){sum.x / weights, sum.y / weights};
    }
}

dcnn_status dcnn_layout(dcnn_point *position, const dcnn_network *network, dcnn_pool *pool, dcnn_error *err)
{
    struct layout l = {.network = network, .count = network->place_count, .at = position};
    size_t n = (size_t)l.count, pivots;
    double *centred, *image, *axis[2];
    int32_t *nearest;

    if (l.count == 0) return DCNN_OK;
    l.pivots = l.count > PLACES_LARGE ? PIVOTS_LARGE : l.count > PIVOTS_MAX ? PIVOTS_MAX : l.count;
    pivots = (size_t)l.pivots;
    l.pivot = dcnn_pool_take(pool, pivots, sizeof *l.pivot);
    l.distance = dcnn_pool_take(pool, pivots * n, sizeof *l.distance);
    l.queue = dcnn_pool_take(pool, n, sizeof *l.queue);
    nearest = dcnn_pool_take(pool, n, sizeof *nearest);
    centred = dcnn_pool_take(pool, pivots * n, sizeof *centred);
    image = dcnn_pool_take(pool, n, sizeof *image);
    for (int side = 0; side < 2; side++) axis[side] = dcnn_pool_take(pool, pivots, sizeof **axis);
    if (!l.pivot || !l.distance || !l.queue || !nearest || !centred || !image || !axis[0] || !axis[1])
        return dcnn_fail_memory(err);

    choose_pivots(&l, nearest);
    centre(&l, centred);
    find_axis(&l, centred, NULL, axis[0], image);
    find_axis(&l, centred, axis[0], axis[1], image);
    project(&l, centred, (const double *const[2]){axis[0], axis[1]}, image);
    for (int round = 0; round < REFINE_ROUNDS; round++) refine(&l);
    return DCNN_OK;
}
