/* What no chain beats: the fastest unit everywhere and, where every layer needs a unit of its own, the best link
 * between them. */
#include "solve/reach.h"
#include <stdlib.h>

/* What the message costs on the best kind of link. */
static dcnn_tick least_hop(const dcnn_instance *in, const dcnn_message *message)
{
    int64_t least_ns = DCNN_NEVER;

    if (message->scale == 0) return 0;
    for (int k = 0; k < in->network->kind_count; k++) {
        int64_t ns = dcnn_message_link_ns(message, &in->network->kinds[k]);
        if (ns < least_ns) least_ns = ns;
    }
    return least_ns == DCNN_NEVER ? 0 : dcnn_to_ticks(least_ns, in->tick_bits);
}

static const dcnn_unit *fastest_of(const dcnn_instance *in)
{
    const dcnn_unit *fastest = &in->scenario->units[0];

    for (int i = 1; i < in->unit_count; i++)
        if (in->scenario->units[i].ops_per_s > fastest->ops_per_s) fastest = &in->scenario->units[i];
    return fastest;
}

static void bound_rest(dcnn_rest *rest, const dcnn_chain_data *data, const dcnn_unit *fastest, const dcnn_instance *in)
{
    for (int j = data->layer_count - 1; j >= 0; j--) {
        int64_t ns = dcnn_instance_compute_ns(data, j, fastest, true);
        if (j + 1 < data->layer_count) rest->after[j] = rest->from[j + 1];
        if (j + 1 < data->layer_count && in->layers_per_unit == 1) rest->after[j] += least_hop(in, &data->move[j]);
        rest->from[j] = rest->after[j] + (ns == DCNN_NEVER ? 0 : dcnn_to_ticks(ns, in->tick_bits));
    }
}

dcnn_rest *dcnn_rests_new(const dcnn_instance *in)
{
    const dcnn_unit *fastest = fastest_of(in);
    dcnn_rest *rests = dcnn_take((size_t)in->cnn_count, sizeof *rests);
    size_t layers = 0;
    dcnn_tick *ticks;

    for (int c = 0; c < in->cnn_count; c++) layers += (size_t)in->chains[c].layer_count;
    ticks = dcnn_take(layers * 2, sizeof *ticks);
    if (!rests || !ticks) {
        free(rests);
        free(ticks);
        return NULL;
    }
    for (int c = 0; c < in->cnn_count; c++) {
        const dcnn_chain_data *data = &in->chains[c];
        rests[c] = (dcnn_rest){ticks, ticks + data->layer_count};
        bound_rest(&rests[c], data, fastest, in);
        ticks += (size_t)data->layer_count * 2;
    }
    return rests;
}

void dcnn_rests_free(dcnn_rest *rests)
{
    if (rests) free(rests[0].from);
    free(rests);
}
