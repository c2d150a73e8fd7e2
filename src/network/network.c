#include "graph.h"
#include <math.h>
#include <stdlib.h>

/* Range networks and hop matrices know one kind of link. */
static dcnn_status single_kind(dcnn_network *network, double rate_bytes_per_s)
{
    network->kinds = dcnn_take(1, sizeof *network->kinds);
    if (!network->kinds) return DCNN_E_MEMORY;
    network->kind_count = 1;
    network->kinds[0].rate_bytes_per_s = rate_bytes_per_s;
    return DCNN_OK;
}

static dcnn_status build(dcnn_network *network, const dcnn_scenario *scenario)
{
    const dcnn_network_spec *spec = &scenario->network;
    dcnn_status status;

    if (spec->kind == DCNN_NETWORK_LINKS) return dcnn_network_from_links(network, scenario);
    if ((status = single_kind(network, spec->rate_bytes_per_s))) return status;
    if (spec->kind == DCNN_NETWORK_RANGE) return dcnn_network_from_range(network, scenario);
    network->hops = spec->hops;
    return DCNN_OK;
}

dcnn_status dcnn_network_new(dcnn_network **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_network *network = dcnn_take(1, sizeof *network);

    *out = NULL;
    if (!network) return dcnn_fail_memory(err);
    network->place_count = scenario->place_count;
    if (build(network, scenario)) {
        dcnn_network_free(network);
        return dcnn_fail_memory(err); /* nothing else can fail */
    }
    *out = network;
    return DCNN_OK;
}

void dcnn_network_free(dcnn_network *network)
{
    if (!network) return;
    if (network->first_in != network->first_out) free(network->first_in);
    if (network->tail != network->head) free(network->tail);
    free(network->first_out);
    free(network->head);
    free(network->kind);
    free(network->kind_in);
    free(network->kinds);
    free(network);
}

int64_t dcnn_message_link_ns(const dcnn_message *message, const dcnn_link_kind *kind)
{
    double seconds, ns;

    if (message->scale == 0) return 0;
    seconds = (1 + kind->retransmission) * (kind->latency_s + (double)message->bytes / kind->rate_bytes_per_s);
    ns = message->scale * seconds * 1e9;
    if (!(ns < (double)DCNN_COUNT_MAX)) return DCNN_NEVER;
    return (int64_t)llround(ns);
}
