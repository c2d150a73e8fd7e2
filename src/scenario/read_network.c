/* The network: a range, links one by one, or a table of hops. */
#include "reader.h"
#include "text/words.h"
#include <stdlib.h>

/* --- range --- */

static void check_located(dcnn_reader *r, const dcnn_json_value *array, int i)
{
    if (!array) return;
    for (const dcnn_json_value *place = array->as.first; place; place = place->next, i++)
        if (!r->scenario->places[i].located)
            dcnn_json_fault(&r->json, place, "expected \"x_m\" and \"y_m\", found none: a range needs positions");
}

static void read_range(dcnn_reader *r, const dcnn_json_value *range)
{
    dcnn_network_spec *network = &r->scenario->network;

    network->kind = DCNN_NETWORK_RANGE;
    (void)dcnn_json_quantity(&r->json, range, DCNN_QUANTITY_METRES, DCNN_DISTANCE_MIN, DCNN_DISTANCE_MAX,
                             &network->range_m);
    check_located(r, r->units, 0);
    check_located(r, r->endpoints, r->scenario->unit_count);
}

/* --- links --- */

static void read_link(dcnn_reader *r, const dcnn_json_value *value, bool has_default, dcnn_link *link)
{
    const dcnn_json_value *rate;
    dcnn_json_object object;

    if (!dcnn_json_enter(&r->json, value, &object)) return;
    link->a = dcnn_read_place_ref(r, dcnn_json_need(&object, "a"));
    link->b = dcnn_read_place_ref(r, dcnn_json_need(&object, "b"));
    if (link->a >= 0 && link->a == link->b)
        dcnn_json_fault(&r->json, value, "expected a link between two places, found one from a place to itself");
    link->rate_bytes_per_s = r->scenario->network.rate_bytes_per_s;
    rate = has_default ? dcnn_json_get(&object, "rate_bytes_per_s") : dcnn_json_need(&object, "rate_bytes_per_s");
    (void)dcnn_json_quantity(&r->json, rate, DCNN_QUANTITY_BYTES_PER_S, DCNN_SPEED_MIN, DCNN_SPEED_MAX,
                             &link->rate_bytes_per_s);
    (void)dcnn_json_quantity(&r->json, dcnn_json_get(&object, "latency_s"), DCNN_QUANTITY_SECONDS, 0, DCNN_SECONDS_MAX,
                             &link->latency_s);
    (void)dcnn_json_real(&r->json, dcnn_json_get(&object, "retransmission"), 0, DCNN_FACTOR_MAX, &link->retransmission);
    (void)dcnn_json_bool(&r->json, dcnn_json_get(&object, "one_way"), &link->one_way);
    dcnn_json_leave(&object);
}

static void read_links(dcnn_reader *r, const dcnn_json_value *links, bool has_default)
{
    dcnn_network_spec *network = &r->scenario->network;
    int64_t at = 0;

    network->kind = DCNN_NETWORK_LINKS;
    if (!dcnn_json_objects(&r->json, links, 0)) return;
    network->links = dcnn_read_take(r, links->count, sizeof *network->links);
    if (!network->links) return;
    network->link_count = links->count;
    for (const dcnn_json_value *link = links->as.first; link; link = link->next)
        read_link(r, link, has_default, &network->links[at++]);
}

/* --- hops --- */

/* Which place each row and column stands for; false when that is not every place once. place_of [place_count] out */
static bool read_order(dcnn_reader *r, const dcnn_json_value *order, int *place_of)
{
    const dcnn_scenario *scenario = r->scenario;
    char quoted[DCNN_QUOTED_SIZE];
    bool *seen, valid = true;
    size_t at = 0;

    seen = dcnn_take((size_t)scenario->place_count, sizeof *seen);
    if (!seen) {
        dcnn_json_lost_memory(&r->json);
        return false;
    }
    for (const dcnn_json_value *value = order->as.first; value; value = value->next, at++) {
        int i = dcnn_read_place_ref(r, value);
        if (i >= 0 && seen[i]) dcnn_json_expected(&r->json, value, "every unit and endpoint once");
        if (i < 0 || seen[i]) {
            valid = false;
            continue;
        }
        seen[i] = true;
        if (at < (size_t)scenario->place_count) place_of[at] = i;
    }
    for (int i = 0; i < scenario->place_count; i++) {
        if (seen[i] || !scenario->places[i].id) continue;
        dcnn_json_fault(&r->json, order, "expected every unit and endpoint once, found no %s",
                        dcnn_quote(quoted, scenario->places[i].id));
        valid = false;
    }
    free(seen);
    return valid && at == (size_t)scenario->place_count;
}

static void read_hop(dcnn_reader *r, const dcnn_json_value *value, bool diagonal, int32_t *hops)
{
    int64_t number = -1;

    if (value->type != DCNN_JSON_NULL || diagonal)
        (void)dcnn_json_whole(&r->json, value, 0, diagonal ? 0 : DCNN_HOPS_MAX, &number);
    *hops = (int32_t)number;
}

/* Whether there are n rows of n elements: only then is it sure that the file is large enough for a table of n x n. */
static bool is_square(dcnn_reader *r, const dcnn_json_value *matrix, uint32_t n)
{
    bool square = matrix->count == n;

    if (!square)
        dcnn_json_fault(&r->json, matrix, "expected %u rows, one for each unit and endpoint, found %u", (unsigned)n,
                        (unsigned)matrix->count);
    for (const dcnn_json_value *row = matrix->as.first; row; row = row->next) {
        if (dcnn_json_array(&r->json, row, 0) && row->count == n) continue;
        if (row->type == DCNN_JSON_ARRAY)
            dcnn_json_fault(&r->json, row, "expected %u elements, one for each unit and endpoint, found %u",
                            (unsigned)n, (unsigned)row->count);
        square = false;
    }
    return square;
}

static void read_matrix(dcnn_reader *r, const dcnn_json_value *matrix, const int *place_of)
{
    dcnn_network_spec *network = &r->scenario->network;
    size_t n = (size_t)r->scenario->place_count, from = 0;

    if (!dcnn_json_array(&r->json, matrix, 0) || !is_square(r, matrix, (uint32_t)n)) return;
    network->hops = dcnn_read_take(r, n * n, sizeof *network->hops);
    if (!network->hops) return;
    for (const dcnn_json_value *row = matrix->as.first; row; row = row->next, from++) {
        size_t to = 0;
        for (const dcnn_json_value *value = row->as.first; value; value = value->next, to++)
            read_hop(r, value, from == to, &network->hops[(size_t)place_of[from] * n + (size_t)place_of[to]]);
    }
}

static void read_hops(dcnn_reader *r, const dcnn_json_value *hops)
{
    const dcnn_json_value *order, *matrix;
    dcnn_json_object object;
    int *place_of;

    r->scenario->network.kind = DCNN_NETWORK_HOPS;
    if (!dcnn_json_enter(&r->json, hops, &object)) return;
    order = dcnn_json_need(&object, "order");
    matrix = dcnn_json_need(&object, "matrix");
    dcnn_json_leave(&object);
    if (!dcnn_json_array(&r->json, order, 0) || !r->places_known) return;
    place_of = dcnn_take((size_t)r->scenario->place_count, sizeof *place_of);
    if (!place_of)
        dcnn_json_lost_memory(&r->json);
    else if (read_order(r, order, place_of))
        read_matrix(r, matrix, place_of);
    free(place_of);
}

/* --- any --- */

void dcnn_read_network(dcnn_reader *r, dcnn_json_object *root)
{
    const dcnn_json_value *value = dcnn_json_need(root, "network"), *rate, *range, *links, *hops;
    dcnn_json_object object;
    int kinds;

    if (!value || !dcnn_json_enter(&r->json, value, &object)) return;
    range = dcnn_json_get(&object, "range_m");
    links = dcnn_json_get(&object, "links");
    hops = dcnn_json_get(&object, "hops");
    kinds = (range != NULL) + (links != NULL) + (hops != NULL);
    if (kinds != 1)
        dcnn_json_fault(&r->json, value, "expected one of the keys \"range_m\", \"links\" and \"hops\", found %s",
                        kinds == 0 ? "none" : "more than one");
    rate = range || hops ? dcnn_json_need(&object, "rate_bytes_per_s") : dcnn_json_get(&object, "rate_bytes_per_s");
    (void)dcnn_json_quantity(&r->json, rate, DCNN_QUANTITY_BYTES_PER_S, DCNN_SPEED_MIN, DCNN_SPEED_MAX,
                             &r->scenario->network.rate_bytes_per_s);
    if (range) read_range(r, range);
    if (links) read_links(r, links, rate != NULL);
    if (hops) read_hops(r, hops);
    dcnn_json_leave(&object);
}
