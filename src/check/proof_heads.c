/* proof_heads.c - footprints by the million: lists by their hash, and room for as many as may be looked at. */
#include "proof_footprint.h"
#include <stdlib.h>
#include <string.h>

void dcnn_proof_heads_clear(dcnn_proof_heads *heads)
{
    free(heads->first);
    *heads = (dcnn_proof_heads){0};
}

bool dcnn_proof_heads_reset(dcnn_proof_heads *heads, int bits)
{
    size_t size = (size_t)1 << bits;

    if (!dcnn_grow((void **)&heads->first, &heads->room, size, sizeof *heads->first)) return false;
    heads->bits = bits;
    memset(heads->first, -1, size * sizeof *heads->first);
    return true;
}

dcnn_case dcnn_proof_reserve(dcnn_proof_check *p, void **items, size_t *room, size_t used, size_t size, int max,
                             const char *what)
{
    if (used >= (size_t)max) return dcnn_proof_refuse(p, "not verified: more than %d %s", max, what);
    return dcnn_reserve(items, room, used, size) ? DCNN_CASE_OPEN : dcnn_proof_lost(p);
}
