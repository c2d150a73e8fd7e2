/* Each switch is a change to figures of the scenario, so that instance and solver know nothing of it. */
#include "experiment/compat.h"
#include "base/base.h"
#include "experiment/distances.h"
#include "generate/generate.h"
#include <math.h>

const char *const dcnn_compat_words[DCNN_COMPAT_COUNT] = {
    [DCNN_COMPAT_SOURCE_ON_SECOND_LAYER] = "source-on-second-layer",
    [DCNN_COMPAT_PUBLISHED_DISTANCES] = "published-distances",
    [DCNN_COMPAT_PUBLISHED_PROBABILITIES] = "published-probabilities",
    [DCNN_COMPAT_PROCESSING_WITHOUT_LAST_LAYER] = "processing-without-last-layer",
    [DCNN_COMPAT_OPS_TO_TWO_DECIMALS] = "ops-to-two-decimals",
    [DCNN_COMPAT_TYPES_DRAWN] = "types-drawn"};

static void publish_probabilities(dcnn_cnn *cnn)
{
    int exit = 0;

    while (exit < cnn->layer_count - 1 && cnn->g[exit] == 0) exit++;
    if (exit == cnn->layer_count - 1) return;
    for (int j = 0; j <= exit; j++) cnn->p[j] = cnn->g[exit];
    cnn->literal = true;
}

static void round_ops(dcnn_cnn *cnn)
{
    for (int j = 0; j < cnn->layer_count; j++) cnn->layers[j].ops = llround((double)cnn->layers[j].ops / 1e4) * 10000;
}

/* A layer computes with the next one's probability: the operations shrink by the ratio, p serves messages as before. */
static void leave_out_last_layer(dcnn_cnn *cnn)
{
    int last = cnn->layer_count - 1;

    for (int j = 0; j < last; j++)
        if (cnn->p[j] > 0) cnn->layers[j].ops = llround((double)cnn->layers[j].ops * cnn->p[j + 1] / cnn->p[j]);
    cnn->layers[last].ops = 0;
}

/* Source and sink are one place, so the image to the second layer is a decision that is larger by as much. It counts as
 * part of sink_ns. */
static dcnn_status move_source(dcnn_cnn *cnn, dcnn_error *err)
{
    int64_t decision_bytes = cnn->layers[cnn->layer_count - 1].output_bytes;

    if (cnn->layer_count < 2 || cnn->source != cnn->sink || decision_bytes == 0)
        return dcnn_fail(err, DCNN_E_VALUE, cnn->id, "%s: needs two layers, a sink that is the source, and an output",
                         dcnn_compat_words[DCNN_COMPAT_SOURCE_ON_SECOND_LAYER]);
    cnn->g[1] += cnn->p[1] * (double)cnn->input_bytes / (double)decision_bytes;
    cnn->input_bytes = 0;
    cnn->literal = true;
    return DCNN_OK;
}

/* Types by their shares, independent of each other, from random numbers of their own. */
static dcnn_status draw_types(dcnn_scenario *scenario, const dcnn_generate_options *drawn)
{
    const dcnn_deal deal = dcnn_deal_of(drawn);
    double sum = 0;
    dcnn_rng rng;

    dcnn_rng_seed(&rng, ~drawn->seed);
    for (int t = 0; t < drawn->mix_count; t++) sum += drawn->mix[t].share;
    for (int i = 0; i < scenario->unit_count; i++) {
        double at = sum * dcnn_rng_unit(&rng);
        const dcnn_unit_type *type;
        int t = 0;
        while (t < drawn->mix_count - 1 && at >= drawn->mix[t].share) at -= drawn->mix[t++].share;
        type = dcnn_deal_type(&deal, t);
        scenario->units[i].memory_bytes = type->memory_bytes;
        scenario->units[i].ops_per_s = type->ops_per_s;
        if (!(scenario->units[i].type = dcnn_pool_text(scenario->pool, type->name))) return DCNN_E_MEMORY;
    }
    return DCNN_OK;
}

static bool on(unsigned switches, dcnn_compat_switch which)
{
    return switches >> which & 1;
}

dcnn_status dcnn_compat_apply(dcnn_scenario *scenario, unsigned switches, const dcnn_generate_options *drawn,
                              dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    if (on(switches, DCNN_COMPAT_TYPES_DRAWN) && draw_types(scenario, drawn)) return dcnn_fail_memory(err);
    for (int c = 0; c < scenario->cnn_count && !status; c++) {
        dcnn_cnn *cnn = &scenario->cnns[c];
        if (on(switches, DCNN_COMPAT_OPS_TO_TWO_DECIMALS)) round_ops(cnn);
        if (on(switches, DCNN_COMPAT_PUBLISHED_PROBABILITIES)) publish_probabilities(cnn);
        if (on(switches, DCNN_COMPAT_PROCESSING_WITHOUT_LAST_LAYER)) leave_out_last_layer(cnn);
        if (on(switches, DCNN_COMPAT_SOURCE_ON_SECOND_LAYER)) status = move_source(cnn, err);
    }
    if (!status && on(switches, DCNN_COMPAT_PUBLISHED_DISTANCES)) status = dcnn_published_distances(scenario, err);
    return status;
}
