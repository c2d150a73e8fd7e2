/* proof_wave.c - Dijkstra's search (1959) from many places at a time. Every place keeps the two least costs that come
 * from different origins: a chain that leaves a unit does not arrive at the same one. */
#include "proof_region.h"
#include <stdlib.h>

bool dcnn_proof_wave_init(dcnn_proof_wave *wave, int place_count)
{
    *wave = (dcnn_proof_wave){0};
    wave->crests = dcnn_take((size_t)place_count, sizeof *wave->crests);
    wave->met = dcnn_take((size_t)place_count, sizeof *wave->met);
    wave->awaited = dcnn_take((size_t)place_count, sizeof *wave->awaited);
    for (int i = 0; i < place_count && wave->crests; i++)
        wave->crests[i] = (dcnn_proof_crest){DCNN_PROOF_FAR, DCNN_PROOF_FAR, -1, -1};
    return wave->crests && wave->met && wave->awaited;
}

void dcnn_proof_wave_clear(dcnn_proof_wave *wave)
{
    free(wave->crests);
    free(wave->met);
    free(wave->awaited);
    free(wave->heap);
}

void dcnn_proof_wave_begin(dcnn_proof_wave *wave)
{
    for (int k = 0; k < wave->met_count; k++)
        wave->crests[wave->met[k]] = (dcnn_proof_crest){DCNN_PROOF_FAR, DCNN_PROOF_FAR, -1, -1};
    wave->met_count = 0;
    wave->heap_count = 0;
}

/* --- the heap --- */

static void push(dcnn_proof_wave *wave, dcnn_proof_ripple added)
{
    size_t hole = wave->heap_count;

    if (!dcnn_reserve((void **)&wave->heap, &wave->heap_room, hole, sizeof *wave->heap)) {
        wave->lost = true;
        return;
    }
    wave->heap_count++;
    while (hole > 0 && wave->heap[(hole - 1) / 2].cost > added.cost) {
        wave->heap[hole] = wave->heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    wave->heap[hole] = added;
}

static dcnn_proof_ripple pop(dcnn_proof_wave *wave)
{
    dcnn_proof_ripple top = wave->heap[0], last = wave->heap[--wave->heap_count];
    size_t hole = 0;

    for (size_t child = 1; child < wave->heap_count; child = 2 * hole + 1) {
        if (child + 1 < wave->heap_count && wave->heap[child + 1].cost < wave->heap[child].cost) child++;
        if (wave->heap[child].cost >= last.cost) break;
        wave->heap[hole] = wave->heap[child];
        hole = child;
    }
    wave->heap[hole] = last;
    return top;
}

/* --- crests --- */

/* Whether that is among the two least, and from an origin of its own. */
static bool raise(dcnn_proof_wave *wave, int place, int64_t cost, int origin)
{
    dcnn_proof_crest *crest = &wave->crests[place];

    if (cost >= crest->other && origin != crest->origin) return false;
    if (origin == crest->origin) {
        if (cost >= crest->cost) return false;
        crest->cost = cost;
        return true;
    }
    if (crest->origin < 0) wave->met[wave->met_count++] = place;
    if (cost < crest->cost) {
        crest->other = crest->cost;
        crest->other_origin = crest->origin;
        crest->cost = cost;
        crest->origin = origin;
    } else {
        crest->other = cost;
        crest->other_origin = origin;
    }
    return true;
}

static void offer(dcnn_proof_wave *wave, int place, int64_t cost, int origin)
{
    if (raise(wave, place, cost, origin)) push(wave, (dcnn_proof_ripple){cost, place, origin});
}

/* Whether a ripple is still one of the two least of its place. */
static bool stands(const dcnn_proof_wave *wave, dcnn_proof_ripple r)
{
    const dcnn_proof_crest *crest = &wave->crests[r.place];

    return (r.origin == crest->origin && r.cost == crest->cost) ||
           (r.origin == crest->other_origin && r.cost == crest->other);
}

void dcnn_proof_wave_add(dcnn_proof_wave *wave, int place, int64_t cost)
{
    if (cost < DCNN_PROOF_FAR) offer(wave, place, cost, place);
}

/* --- the wave --- */

void dcnn_proof_wave_await(dcnn_proof_wave *wave, int place)
{
    if (!wave->awaited[place]) wave->awaited_count++;
    wave->awaited[place] = true;
}

/* Whether a place was the last that was awaited. */
static bool was_last(dcnn_proof_wave *wave, int place)
{
    if (!wave->awaited[place]) return false;
    wave->awaited[place] = false;
    return --wave->awaited_count == 0;
}

/* A message that costs nothing is everywhere at once. */
static int64_t flood(dcnn_proof_wave *wave, int place_count)
{
    dcnn_proof_crest two = {DCNN_PROOF_FAR, DCNN_PROOF_FAR, -1, -1};

    for (int k = 0; k < wave->met_count; k++) {
        const dcnn_proof_crest *crest = &wave->crests[wave->met[k]];
        if (crest->cost < two.cost) {
            two.other = two.cost;
            two.other_origin = two.origin;
            two.cost = crest->cost;
            two.origin = crest->origin;
        } else if (crest->cost < two.other) {
            two.other = crest->cost;
            two.other_origin = crest->origin;
        }
    }
    for (int i = 0; i < place_count && two.origin >= 0; i++) {
        (void)was_last(wave, i);
        (void)raise(wave, i, two.cost, two.origin);
        if (two.other_origin >= 0) (void)raise(wave, i, two.other, two.other_origin);
    }
    return place_count;
}

int64_t dcnn_proof_wave_run(dcnn_proof_wave *wave, const dcnn_proof_check *p, int message, bool backward, int64_t limit)
{
    const dcnn_proof_graph *graph = dcnn_proof_routes_graph(p->routes, backward);
    dcnn_proof_links links = dcnn_proof_message_links(p->routes, message);
    int64_t steps = 0;

    if (links.free) return flood(wave, graph->place_count);
    while (wave->heap_count > 0 && !wave->lost) {
        dcnn_proof_ripple r = pop(wave);
        if (r.cost >= limit) break;
        if (!stands(wave, r)) continue;
        if (was_last(wave, r.place)) break;
        steps += graph->first[r.place + 1] - graph->first[r.place];
        for (int64_t e = graph->first[r.place]; e < graph->first[r.place + 1]; e++) {
            int64_t ns = links.link_ns ? links.link_ns[graph->link[e]] : links.hop_ns;
            offer(wave, graph->to[e], dcnn_proof_clamp(r.cost + dcnn_proof_ticks(p, ns)), r.origin);
        }
    }
    return steps;
}
