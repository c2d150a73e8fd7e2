/* property.h - statements that must hold for every seed, tried on seeds 1, 2, 3, ...
 *
 *     program                       every property on its usual number of seeds, as TAP
 *     program FIRST COUNT [NAME]    a soak: COUNT seeds from FIRST, of the properties with NAME in their names
 *
 * A seed that fails is printed; DCNN_PROPERTY_SEED=seed tries that one alone, DCNN_PROPERTY_CASES=n n seeds,
 * DCNN_PROPERTY_SHARE=n an n-th of the usual ones (where sanitizers make each take long). */
#ifndef DCNN_TEST_PROPERTY_H
#define DCNN_TEST_PROPERTY_H

#include "base/base.h"

typedef struct {
    const char *name;
    /* Tries one seed; appends to complaint what does not hold (nothing when all is well). */
    void (*holds)(uint64_t seed, dcnn_buf *complaint);
    long cases; /* seeds of a usual run */
} property;

/* Body of main: 0 when all of them hold. */
int property_main(int argc, char **argv, const property *properties, int count);

#endif
