/* certificates.h - certificates of tiny scenarios, made without a solver: random trees, random prices, random cuts. */
#ifndef DCNN_TEST_CERTIFICATES_H
#define DCNN_TEST_CERTIFICATES_H

#include "base/base.h"
#include <dcnn/certificate.h>

/* A certificate with the parts that a claim needs, whether or not it holds; NULL when memory is out.
 *
 * honest    every case that is not split is listed, and there are no floors: what is true must then be accepted,
 * whatever the prices bound_ns  what is claimed; DCNN_NEVER = that there is no placement sum_ns    under max: the least
 * sum of placements with that maximum; 0 = not claimed */
dcnn_certificate *random_certificate(const dcnn_scenario *scenario, dcnn_rng *rng, bool honest, int64_t bound_ns,
                                     int64_t sum_ns);

#endif
