#include "profile.h"
#include <string.h>

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = dcnn_take(size, 1);

    return copy ? memcpy(copy, text, size) : NULL;
}

dcnn_status dcnn_catalog_profile_new(dcnn_profile **out, const char *name, int layer_count)
{
    dcnn_profile *profile = dcnn_take(1, sizeof *profile);

    *out = NULL;
    if (!profile) return DCNN_E_MEMORY;
    profile->name = copy_of(name);
    profile->layers = dcnn_take((size_t)layer_count, sizeof *profile->layers);
    if (!profile->name || !profile->layers) {
        dcnn_profile_free(profile);
        return DCNN_E_MEMORY;
    }
    profile->layer_count = layer_count;
    *out = profile;
    return DCNN_OK;
}

dcnn_status dcnn_catalog_layer_name(dcnn_layer *layer, const char *name)
{
    layer->name = copy_of(name);
    return layer->name ? DCNN_OK : DCNN_E_MEMORY;
}
