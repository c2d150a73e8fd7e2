/* generate.h - random IoT systems as the paper draws them. */
#ifndef DCNN_GENERATE_H
#define DCNN_GENERATE_H

#include <dcnn/catalog.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const char *type; /* of the options' unit types, or else of the catalogue */
    double share;     /* >= 0; shares are relative, and not all 0 */
} dcnn_mix;

typedef struct {
    int units, cnns;
    int model_count;
    const char *const *models; /* dealt to the CNNs in turn */
    double area_m;             /* side of the square */
    double range_m;
    double rate_bytes_per_s;
    int mix_count;
    const dcnn_mix *mix;
    int unit_type_count; /* 0 = the catalogue's alone */
    const dcnn_unit_type *unit_types;
    int layers_per_unit; /* 0 = no limit */
    uint64_t seed;
} dcnn_generate_options;

/* Defaults: 50 units, 1 alexnet, 30 m, 7.5 m, 72.2 Mbit/s, orange-pi-zero 0.45, beaglebone-ai 0.45, raspberry-pi-3b+
 * 0.1, one layer a unit, seed 1. */
void dcnn_generate_options_init(dcnn_generate_options *options);

/* Draws positions of units and endpoints uniformly over the square, redraws until all are connected, deals the types by
 * largest remainder and shuffles them. Same options, same scenario, on every machine.
 *
 * DCNN_E_ARGUMENT for options out of range, DCNN_E_VALUE for unknown names, DCNN_E_INFEASIBLE when the density does not
 * connect (says the share of places in the largest island), DCNN_E_MEMORY. */
dcnn_status dcnn_generate(dcnn_scenario **out, const dcnn_generate_options *options, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
