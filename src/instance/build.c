#include "base/base.h"
#include "instance/instance.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Every sum the solver forms stays below this many ticks, so that a few of them can be added without overflow. */
static const double ticks_max = 0x1p57;
enum { TICK_BITS_MAX = 16 };

int64_t dcnn_instance_compute_ns(const dcnn_chain_data *chain, int j, const dcnn_unit *unit, bool weighted)
{
    double scale = (weighted ? chain->weight : 1.0) * chain->cnn->p[j];
    double seconds = (double)chain->cnn->layers[j].ops / unit->ops_per_s;
    double ns = scale * seconds * 1e9;

    return ns < (double)DCNN_COUNT_MAX ? (int64_t)llround(ns) : DCNN_NEVER;
}

static bool take_chain_arrays(dcnn_chain_data *chain, dcnn_pool *pool)
{
    size_t n = (size_t)chain->layer_count;

    chain->move = dcnn_pool_take(pool, n, sizeof *chain->move);
    chain->latency_move = dcnn_pool_take(pool, n, sizeof *chain->latency_move);
    chain->exit = dcnn_pool_take(pool, n, sizeof *chain->exit);
    chain->latency_exit = dcnn_pool_take(pool, n, sizeof *chain->latency_exit);
    chain->group = dcnn_pool_take(pool, n, sizeof *chain->group);
    chain->counts = dcnn_pool_take(pool, n, sizeof *chain->counts);
    chain->counts_alone = dcnn_pool_take(pool, n, sizeof *chain->counts_alone);
    return chain->move && chain->latency_move && chain->exit && chain->latency_exit && chain->group && chain->counts &&
           chain->counts_alone;
}

static bool build_chain(dcnn_chain_data *chain, const dcnn_cnn *cnn, dcnn_pool *pool)
{
    int last = cnn->layer_count - 1;

    chain->cnn = cnn;
    chain->layer_count = cnn->layer_count;
    chain->source = cnn->source;
    chain->sink = cnn->sink;
    chain->weight = cnn->weight;
    chain->deadline_ns = cnn->deadline_ns;
    if (!take_chain_arrays(chain, pool)) return false;
    chain->input = (dcnn_message){cnn->weight * cnn->p[0], cnn->input_bytes};
    chain->latency_input = (dcnn_message){cnn->p[0], cnn->input_bytes};
    for (int j = 0; j <= last; j++) {
        if (j < last) {
            chain->move[j] = (dcnn_message){cnn->weight * cnn->p[j + 1], cnn->layers[j].output_bytes};
            chain->latency_move[j] = (dcnn_message){cnn->p[j + 1], cnn->layers[j].output_bytes};
        }
        chain->exit[j] = (dcnn_message){cnn->weight * cnn->g[j], cnn->layers[last].output_bytes};
        chain->latency_exit[j] = (dcnn_message){cnn->g[j], cnn->layers[last].output_bytes};
        chain->group[j] = -1;
        chain->counts[j] = chain->counts_alone[j] = true;
    }
    return true;
}

static void apply_groups(dcnn_instance *in)
{
    for (int s = 0; s < in->scenario->shared_group_count; s++) {
        const dcnn_shared_group *group = &in->scenario->shared_groups[s];
        for (int m = 0; m < group->member_count; m++) {
            dcnn_layer_ref ref = group->members[m];
            dcnn_chain_data *chain = &in->chains[ref.cnn];
            chain->group[ref.layer] = s;
            chain->counts[ref.layer] = m == 0;
            chain->counts_alone[ref.layer] = m == 0 || group->members[m - 1].cnn != ref.cnn;
        }
    }
}

/* Largest cost one message can have on any route, as a double (it may be far beyond the integers). */
static double worst_route_ns(const dcnn_instance *in, const dcnn_message *message)
{
    double worst = 0, hops = 1;

    for (int k = 0; k < in->network->kind_count; k++) {
        const dcnn_link_kind *kind = &in->network->kinds[k];
        double ns =
            message->scale *
                ((1 + kind->retransmission) * (kind->latency_s + (double)message->bytes / kind->rate_bytes_per_s)) *
                1e9 +
            1;
        if (message->scale > 0 && ns > worst) worst = ns;
    }
    if (in->network->hops) {
        int64_t cells = (int64_t)in->network->place_count * in->network->place_count;
        for (int64_t x = 0; x < cells; x++)
            if (in->network->hops[x] > hops) hops = in->network->hops[x];
    } else {
        hops = in->network->place_count - 1;
    }
    return worst * hops;
}

static double worst_chain_ns(const dcnn_instance *in, const dcnn_chain_data *chain, double slowest_ops_per_s)
{
    double weight = chain->weight > 1 ? chain->weight : 1; /* covers the unweighted latencies too */
    double worst = worst_route_ns(in, &(dcnn_message){weight * chain->cnn->p[0], chain->cnn->input_bytes});

    for (int j = 0; j < chain->layer_count; j++) {
        dcnn_message move = chain->latency_move[j], exit = chain->latency_exit[j];
        move.scale *= weight;
        exit.scale *= weight;
        worst += weight * chain->cnn->p[j] * (double)chain->cnn->layers[j].ops / slowest_ops_per_s * 1e9 + 1;
        worst += worst_route_ns(in, &exit);
        if (j + 1 < chain->layer_count) worst += worst_route_ns(in, &move);
    }
    return worst;
}

static dcnn_status choose_ticks(dcnn_instance *in, dcnn_error *err)
{
    double slowest = INFINITY, worst = 1;

    for (int i = 0; i < in->unit_count; i++)
        if (in->scenario->units[i].ops_per_s < slowest) slowest = in->scenario->units[i].ops_per_s;
    for (int c = 0; c < in->cnn_count; c++) {
        double chain = worst_chain_ns(in, &in->chains[c], slowest);
        if (!(chain < ticks_max))
            return dcnn_fail(
                err, DCNN_E_VALUE, "",
                "cnns[%d]: its worst latency, %.3g s, is beyond the largest this program can count, %.3g s", c,
                chain * 1e-9, ticks_max * 1e-9);
        worst += chain;
    }
    if (!(worst < ticks_max))
        return dcnn_fail(
            err, DCNN_E_VALUE, "",
            "the worst latencies of all CNNs add up to %.3g s, beyond the largest this program can count, %.3g s",
            worst * 1e-9, ticks_max * 1e-9);
    in->worst_ns = (int64_t)ceil(worst) + 1;
    for (in->tick_bits = 0; in->tick_bits < TICK_BITS_MAX && worst * 2 < ticks_max; worst *= 2) in->tick_bits++;
    return DCNN_OK;
}

dcnn_status dcnn_instance_new(dcnn_instance **out, const dcnn_scenario *scenario, dcnn_error *err)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_instance *in = pool ? dcnn_pool_take(pool, 1, sizeof *in) : NULL;
    dcnn_status status = DCNN_OK;

    *out = NULL;
    if (!in) {
        dcnn_pool_free(pool);
        return dcnn_fail_memory(err);
    }
    in->pool = pool;
    in->scenario = scenario;
    in->unit_count = scenario->unit_count;
    in->cnn_count = scenario->cnn_count;
    in->layers_per_unit = scenario->layers_per_unit > 0 ? scenario->layers_per_unit : INT_MAX;
    in->chains = dcnn_pool_take(pool, (size_t)in->cnn_count, sizeof *in->chains);
    if (!in->chains) status = dcnn_fail_memory(err);
    for (int c = 0; !status && c < in->cnn_count; c++)
        if (!build_chain(&in->chains[c], &scenario->cnns[c], pool)) status = dcnn_fail_memory(err);
    if (!status) apply_groups(in);
    if (!status) status = dcnn_network_new(&in->network, scenario, err);
    if (!status) status = choose_ticks(in, err);
    if (status) {
        dcnn_instance_free(in);
        return status;
    }
    *out = in;
    return DCNN_OK;
}

void dcnn_instance_free(dcnn_instance *instance)
{
    if (!instance) return;
    dcnn_network_free(instance->network);
    dcnn_pool_free(instance->pool);
}

size_t dcnn_instance_longest_chain(const dcnn_instance *instance)
{
    int most = 0;

    for (int c = 0; c < instance->cnn_count; c++)
        if (instance->chains[c].layer_count > most) most = instance->chains[c].layer_count;
    return (size_t)most;
}
