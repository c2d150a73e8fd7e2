/* generate.h - the steps of drawing a scenario. */
#ifndef DCNN_GENERATE_STEPS_H
#define DCNN_GENERATE_STEPS_H

#include "base/base.h"
#include <dcnn/generate.h>

/* DCNN_E_ARGUMENT, with the option and its range, when one is out of range (options.c). */
dcnn_status dcnn_generate_check(const dcnn_generate_options *options, dcnn_error *err);

/* Draws the positions of all places until they are one island (places.c). */
dcnn_status dcnn_generate_positions(dcnn_scenario *scenario, const dcnn_generate_options *options, dcnn_rng *rng,
                                    dcnn_error *err);

/* --- unit types (deal.c) --- */

typedef struct {
    int count; /* of the mix */
    const dcnn_mix *mix;
    int type_count;
    const dcnn_unit_type *types; /* known beside those of the catalogue */
} dcnn_deal;

dcnn_deal dcnn_deal_of(const dcnn_generate_options *options);

/* The type of a row of the mix, or NULL. */
const dcnn_unit_type *dcnn_deal_type(const dcnn_deal *deal, int row);

/* Gives the units their types. */
dcnn_status dcnn_generate_units(dcnn_scenario *scenario, const dcnn_deal *deal, dcnn_rng *rng, dcnn_error *err);

/* Deals the models to the CNNs in turn; source and sink of CNN c are place source_of[c] (cnns.c). */
dcnn_status dcnn_generate_cnns(dcnn_scenario *scenario, const char *const *models, int model_count,
                               const int *source_of, dcnn_error *err);

#endif
