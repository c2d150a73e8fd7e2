/* proof_fit.c - what columns put on units together; a shared group counts once. */
#include "proof_fit.h"
#include <stdlib.h>

bool dcnn_proof_fit_init(dcnn_proof_fit *f, const dcnn_proof_check *p)
{
    size_t group_count = (size_t)p->scenario->shared_group_count;

    *f = (dcnn_proof_fit){.p = p};
    f->loads = dcnn_take((size_t)p->slot_count, sizeof *f->loads);
    f->home = dcnn_take(group_count, sizeof *f->home);
    f->settler = dcnn_take(group_count, sizeof *f->settler);
    for (size_t g = 0; g < group_count && f->home; g++) f->home[g] = -1;
    return f->loads && f->home && f->settler;
}

void dcnn_proof_fit_clear(dcnn_proof_fit *f)
{
    free(f->loads);
    free(f->home);
    free(f->settler);
}

static void load(dcnn_proof_fit *f, const dcnn_proof_layer *layer, int slot, int sign)
{
    if (!f->p->binds[slot]) return;
    f->loads[slot].layers += sign;
    f->loads[slot].memory_bytes += sign * layer->memory_bytes;
    f->loads[slot].ops += sign * layer->ops;
}

void dcnn_proof_fit_put(dcnn_proof_fit *f, int c, const uint16_t *path)
{
    for (int j = 0; j < f->p->cnns[c].layer_count; j++) {
        const dcnn_proof_layer *layer = &f->p->cnns[c].layers[j];
        if (layer->group >= 0 && f->home[layer->group] >= 0) continue;
        if (layer->group >= 0) {
            f->home[layer->group] = path[j];
            f->settler[layer->group] = c;
        }
        load(f, layer, path[j], 1);
    }
}

void dcnn_proof_fit_take_back(dcnn_proof_fit *f, int c, const uint16_t *path)
{
    for (int j = 0; j < f->p->cnns[c].layer_count; j++) {
        const dcnn_proof_layer *layer = &f->p->cnns[c].layers[j];
        if (layer->group >= 0 && (f->home[layer->group] < 0 || f->settler[layer->group] != c)) continue;
        if (layer->group >= 0) f->home[layer->group] = -1;
        load(f, layer, path[j], -1);
    }
}

static bool is_overfull(const dcnn_proof_fit *f, int slot)
{
    const dcnn_proof_load *taken = &f->loads[slot], *capacity = &f->p->capacity[slot];

    return taken->layers > capacity->layers || taken->memory_bytes > capacity->memory_bytes ||
           taken->ops > capacity->ops;
}

bool dcnn_proof_fits(dcnn_proof_fit *f, int c, const uint16_t *path)
{
    const dcnn_proof_cnn *cnn = &f->p->cnns[c];
    bool fit = true;

    for (int j = 0; j < cnn->layer_count; j++) {
        int group = cnn->layers[j].group;
        if (group >= 0 && f->home[group] >= 0 && f->home[group] != path[j]) return false;
    }
    dcnn_proof_fit_put(f, c, path);
    for (int j = 0; j < cnn->layer_count && fit; j++) fit = !is_overfull(f, path[j]);
    dcnn_proof_fit_take_back(f, c, path);
    return fit;
}
