/* compat.h - what the public code and the printed tables do otherwise than the paper's definition, as changes to a
 * drawn scenario. Only the `compat` list of a plan reaches them. */
#ifndef DCNN_EXPERIMENT_COMPAT_H
#define DCNN_EXPERIMENT_COMPAT_H

#include <dcnn/generate.h>

typedef enum {
    DCNN_COMPAT_SOURCE_ON_SECOND_LAYER,        /* the image goes to the unit of the second layer */
    DCNN_COMPAT_PUBLISHED_DISTANCES,           /* hops as the published search finds them (distances.h) */
    DCNN_COMPAT_PUBLISHED_PROBABILITIES,       /* layers up to the first exit run with the exit's probability, not 1 */
    DCNN_COMPAT_PROCESSING_WITHOUT_LAST_LAYER, /* layer j computes with the p of layer j + 1, the last one not at all */
    DCNN_COMPAT_OPS_TO_TWO_DECIMALS,           /* operations as printed: 0.01 million */
    DCNN_COMPAT_TYPES_DRAWN,                   /* each unit's type drawn by itself; otherwise shares are exact */
    DCNN_COMPAT_COUNT
} dcnn_compat_switch;

/* Switches that draw another system; all others look at the same system otherwise. */
enum { DCNN_COMPAT_OF_THE_SYSTEM = 1 << DCNN_COMPAT_TYPES_DRAWN };

/* The words of a plan, in the order above. */
extern const char *const dcnn_compat_words[DCNN_COMPAT_COUNT];

/* Applies the switches (bits 1 << dcnn_compat_switch) to a drawn scenario.
 *
 * drawn  the options it was drawn with
 *
 * DCNN_E_VALUE when a switch does not apply to a CNN, DCNN_E_MEMORY. */
dcnn_status dcnn_compat_apply(dcnn_scenario *scenario, unsigned switches, const dcnn_generate_options *drawn,
                              dcnn_error *err);

#endif
