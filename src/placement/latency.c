/* The expected latency of one CNN, as docs of the format define it: every link that a message crosses and every layer
 * that is computed costs a whole number of nanoseconds, and these are added. */
#include "placement_new.h"
#include <math.h>

bool dcnn_latency_add(int64_t *sum_ns, int64_t ns)
{
    if (*sum_ns == DCNN_NEVER || ns == DCNN_NEVER) {
        *sum_ns = DCNN_NEVER;
        return true;
    }
    *sum_ns += ns; /* both below 2^53 */
    return *sum_ns < DCNN_COUNT_MAX;
}

static dcnn_status fail_range(dcnn_error *err, const dcnn_cnn *cnn)
{
    return dcnn_fail(err, DCNN_E_VALUE, "", "the latency of CNN \"%.60s\" exceeds what can be counted", cnn->id);
}

/* A message on its way, charged to one part of the latency. */
static dcnn_status send(dcnn_router *router, double scale, int64_t bytes, int from, int to, int64_t *part_ns,
                        const dcnn_cnn *cnn, dcnn_error *err)
{
    dcnn_message message = {scale, bytes};
    int64_t cost_ns;
    dcnn_status status = dcnn_router_cost(router, &message, from, to, &cost_ns);

    if (status) return status == DCNN_E_MEMORY ? dcnn_fail_memory(err) : dcnn_fail(err, status, "", "no such place");
    return dcnn_latency_add(part_ns, cost_ns) ? DCNN_OK : fail_range(err, cnn);
}

static dcnn_status compute(double scale, int64_t ops, double ops_per_s, int64_t *part_ns, const dcnn_cnn *cnn,
                           dcnn_error *err)
{
    double ns = scale * ((double)ops / ops_per_s) * 1e9;

    if (!(ns < (double)DCNN_COUNT_MAX) || !dcnn_latency_add(part_ns, (int64_t)llround(ns))) return fail_range(err, cnn);
    return DCNN_OK;
}

dcnn_status dcnn_latency_compute(dcnn_latency *latency, dcnn_router *router, const dcnn_scenario *scenario, int c,
                                 const int *units, double weight, dcnn_error *err)
{
    const dcnn_cnn *cnn = &scenario->cnns[c];
    int last = cnn->layer_count - 1;
    dcnn_latency l = {0};
    dcnn_status status =
        send(router, weight * cnn->p[0], cnn->input_bytes, cnn->source, units[0], &l.source_ns, cnn, err);

    for (int j = 0; j <= last && !status; j++) {
        status = compute(weight * cnn->p[j], cnn->layers[j].ops, scenario->units[units[j]].ops_per_s, &l.compute_ns,
                         cnn, err);
        if (!status && j < last)
            status = send(router, weight * cnn->p[j + 1], cnn->layers[j].output_bytes, units[j], units[j + 1],
                          &l.transfer_ns, cnn, err);
        if (!status)
            status = send(router, weight * cnn->g[j], cnn->layers[last].output_bytes, units[j], cnn->sink, &l.sink_ns,
                          cnn, err);
    }
    if (status) return status;
    l.latency_ns = l.source_ns;
    if (!dcnn_latency_add(&l.latency_ns, l.compute_ns) || !dcnn_latency_add(&l.latency_ns, l.transfer_ns) ||
        !dcnn_latency_add(&l.latency_ns, l.sink_ns))
        return fail_range(err, cnn);
    *latency = l;
    return DCNN_OK;
}
