/* scenario.h - the system that one solve of a plan is about. */
#ifndef DCNN_EXPERIMENT_SCENARIO_H
#define DCNN_EXPERIMENT_SCENARIO_H

#include "experiment/plan.h"
#include <dcnn/placement.h>

/* Draws the system and puts the setting's CNNs on it. The probabilities p follow from g by the paper's Eq. 1, whatever
 * a published table says: only the plan's `compat` list brings published behaviour back. Free with dcnn_scenario_free.
 *
 * DCNN_E_VALUE when the plan's figures do not fit its models, DCNN_E_INFEASIBLE when the density does not connect,
 * DCNN_E_MEMORY. */
dcnn_status dcnn_experiment_scenario(dcnn_scenario **out, const dcnn_plan_solve *solve, dcnn_error *err);

/* Draws the first system of each family for each setting, so that a plan that cannot be carried out is refused before
 * it began: errors as above, and DCNN_E_VALUE when a setting and the one it is defined as differ in CNNs or layers. */
dcnn_status dcnn_experiment_check(const dcnn_plan *plan, dcnn_error *err);

/* What a placement found for the solve is worth as the paper defines it, on the same units: its own value unless the
 * setting has compat switches or names another one by defined_as. DCNN_NEVER where there is no placement.
 * DCNN_E_MEMORY. */
dcnn_status dcnn_experiment_defined_value(int64_t *value_ns, const dcnn_plan_solve *solve,
                                          const dcnn_placement *placement, dcnn_error *err);

#endif
