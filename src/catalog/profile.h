/* profile.h - empty profiles to fill in; name, layers, layer names, p and g are blocks of their own, as
 * dcnn_profile_free expects. */
#ifndef DCNN_CATALOG_PROFILE_H
#define DCNN_CATALOG_PROFILE_H

#include "base/base.h"
#include <dcnn/catalog.h>

/* NULL in *out and DCNN_E_MEMORY, or a profile with that many zeroed layers. */
dcnn_status dcnn_catalog_profile_new(dcnn_profile **out, const char *name, int layer_count);

dcnn_status dcnn_catalog_layer_name(dcnn_layer *layer, const char *name);

#endif
