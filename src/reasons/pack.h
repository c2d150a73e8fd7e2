/* pack.h - room for all layers by best fit, where nothing but room is asked for. */
#ifndef DCNN_REASONS_PACK_H
#define DCNN_REASONS_PACK_H

#include <dcnn/scenario.h>

/* packed out: true when every layer finds room and no CNN needs routes or has a deadline, so that the scenario is
 * certainly feasible; false says nothing. O(layers * units). DCNN_E_MEMORY. */
dcnn_status dcnn_pack(const dcnn_scenario *scenario, bool *packed, dcnn_error *err);

#endif
