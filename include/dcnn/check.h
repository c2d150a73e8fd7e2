/* check.h - is a placement what it claims to be, and does a certificate prove it? Recomputed from the scenario with
 * routes, roundings and sums of its own: nothing here is shared with the solver, the instance or the network code. */
#ifndef DCNN_CHECK_H
#define DCNN_CHECK_H

#include <dcnn/certificate.h>
#include <dcnn/placement.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Called once for every violation: where = what it is about ("units[3].memory_bytes", "cnns[0].latency_ns"),
 * text = one sentence with both figures, code = DCNN_E_INFEASIBLE for a limit that is broken and DCNN_E_VALUE for a
 * figure that is wrongly claimed. */
typedef void (*dcnn_violation_fn)(void *user, const dcnn_error *violation);

/* Checks limits, deadlines, shared layers, routes, latency parts, value, bound <= value, proof and the scenario's
 * sha256 (where the placement has one).
 *
 * The expected latency of a CNN of weight 0 that has no route is DCNN_NEVER, yet it breaks no limit but a deadline:
 * such a CNN needs no routes. That a bound is valid is not checked here, only that it fits value and proof; of the
 * reasons why a scenario is infeasible, that they name limits there are and leave no way out that needs no search.
 *
 * violations  out: how many were found
 *
 * Returns DCNN_OK whether or not the placement holds; DCNN_E_MEMORY. */
dcnn_status dcnn_check(const dcnn_scenario *scenario, const dcnn_placement *placement, dcnn_violation_fn on_violation,
                       void *user, int64_t *violations, dcnn_error *err);

/* Follows a certificate, whose meaning docs/certificate-format.md has: do its parts hold, node by node, do they make up
 * what it claims, and is that what the placement claims (bound, optimum, that there is none)? The placement itself is
 * dcnn_check's matter.
 *
 * placement   NULL: the certificate alone
 * violations  out: how many were found, all DCNN_E_VALUE; of each part the first. 0 = it is proven. A certificate that
 *             would take minutes, or more memory than a few GB, is not followed to its end; that is a violation too.
 *
 * Returns DCNN_OK whether or not the certificate holds; DCNN_E_MEMORY. Time: as many chains by dynamic programming as
 * there are steps, and the columns of the lists. */
dcnn_status dcnn_check_certificate(const dcnn_scenario *scenario, const dcnn_placement *placement,
                                   const dcnn_certificate *certificate, dcnn_violation_fn on_violation, void *user,
                                   int64_t *violations, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
