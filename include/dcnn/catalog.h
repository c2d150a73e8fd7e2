/* catalog.h - the unit types and CNNs the tool knows by name. */
#ifndef DCNN_CATALOG_H
#define DCNN_CATALOG_H

#include <dcnn/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const char *name, *note; /* note: what it is and where its figures come from, one line */
    int64_t memory_bytes;
    double ops_per_s;
} dcnn_unit_type;

typedef struct {
    const char *name, *note;
} dcnn_cnn_entry;

/* The tables, in a fixed order; count is out. Owned by the library, constant. */
const dcnn_unit_type *dcnn_catalog_unit_types(int *count);
const dcnn_cnn_entry *dcnn_catalog_cnns(int *count);

/* Unit type of that name, or NULL. */
const dcnn_unit_type *dcnn_catalog_unit_type(const char *name);

/* Profile of a catalogue CNN, computed from its architecture (or, under "paper/", the figures as published).
 *
 * count_pool  count the multiplications of pooling as the authors did
 *
 * Free with dcnn_profile_free. DCNN_E_VALUE for an unknown name, DCNN_E_MEMORY. */
dcnn_status dcnn_catalog_cnn(dcnn_profile **out, const char *name, bool count_pool, dcnn_error *err);

/* What is wrong with the published figures of that layer of a "paper/" CNN, and what they should be; NULL = nothing, or
 * there is no such layer. Constant. */
const char *dcnn_catalog_slip(const char *name, int layer);

#ifdef __cplusplus
}
#endif
#endif
