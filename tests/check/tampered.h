/* tampered.h - the scenario whose placement is tampered with: two CNNs on four units, of which `island` hears nobody,
 * `small` holds little and `slow` lies behind a slow link; the first layers of the CNNs are shared. */
#ifndef DCNN_TEST_TAMPERED_H
#define DCNN_TEST_TAMPERED_H

#include "oracle.h"

/* cmocka's set-up and tear-down: *state becomes an oracle. */
int tampered_open(void **state);
int tampered_close(void **state);

/* The best placement, claimed to be optimal. Free with oracle_placement_free. */
dcnn_placement *tampered_best(const oracle *o);

#endif
