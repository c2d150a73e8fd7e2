#include "generate.h"
#include "model/model.h"
#include <dcnn/catalog.h>
#include <stdio.h>
#include <string.h>

/* Copies a profile into the pool as CNN `to`, without id, source and sink. */
static dcnn_status copy_profile(dcnn_cnn *to, const dcnn_profile *profile, dcnn_pool *pool)
{
    size_t count = (size_t)profile->layer_count;

    to->model = dcnn_pool_text(pool, profile->name);
    to->layers = dcnn_pool_take(pool, count, sizeof *to->layers);
    to->p = dcnn_pool_take(pool, count, sizeof *to->p);
    to->g = dcnn_pool_take(pool, count, sizeof *to->g);
    if (!to->model || !to->layers || !to->p || !to->g) return DCNN_E_MEMORY;
    to->input_bytes = profile->input_bytes;
    to->layer_count = profile->layer_count;
    to->weight = 1;
    to->deadline_ns = DCNN_NEVER;
    for (size_t j = 0; j < count; j++) {
        to->layers[j] = profile->layers[j];
        to->layers[j].name = dcnn_pool_text(pool, profile->layers[j].name);
        if (!to->layers[j].name) return DCNN_E_MEMORY;
    }
    to->literal = profile->p != NULL;
    if (!to->literal) {
        dcnn_exits_derive(to);
        return DCNN_OK;
    }
    memcpy(to->p, profile->p, count * sizeof *to->p);
    memcpy(to->g, profile->g, count * sizeof *to->g);
    return DCNN_OK;
}

dcnn_status dcnn_generate_cnns(dcnn_scenario *scenario, const char *const *models, int model_count,
                               const int *source_of, dcnn_error *err)
{
    for (int c = 0; c < scenario->cnn_count; c++) {
        dcnn_cnn *cnn = &scenario->cnns[c];
        dcnn_profile *profile;
        dcnn_status status;
        char id[24];
        if ((status = dcnn_catalog_cnn(&profile, models[c % model_count], false, err))) return status;
        status = copy_profile(cnn, profile, scenario->pool);
        dcnn_profile_free(profile);
        (void)snprintf(id, sizeof id, "cnn%d", c);
        cnn->id = dcnn_pool_text(scenario->pool, id);
        if (status || !cnn->id) return dcnn_fail_memory(err);
        cnn->source = cnn->sink = source_of[c];
    }
    return DCNN_OK;
}
