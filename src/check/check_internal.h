/* check_internal.h - what the files of the checker share. Nothing outside this folder includes it. */
#ifndef DCNN_CHECK_INTERNAL_H
#define DCNN_CHECK_INTERNAL_H

#include "base/base.h"
#include <dcnn/check.h>

/* --- sums that never wrap (check_routes.c): DCNN_NEVER absorbs whatever is added to it --- */

int64_t dcnn_check_add(int64_t a, int64_t b);

/* round(scale * seconds * 1e9), half away from zero; DCNN_NEVER unless that is below DCNN_COUNT_MAX. */
int64_t dcnn_check_ns(double scale, double seconds);

/* --- range networks (check_grid.c): places in square buckets, hops by breadth-first search --- */

typedef struct dcnn_check_grid dcnn_check_grid;

dcnn_status dcnn_check_grid_new(dcnn_check_grid **out, const dcnn_scenario *scenario, dcnn_error *err);
void dcnn_check_grid_free(dcnn_check_grid *grid);

/* Fewest hops between two places, or -1. The search ends where `to` is met, so near places are cheap to ask for. */
int64_t dcnn_check_grid_hops(dcnn_check_grid *grid, int from, int to);

/* The places that hear `at`, in no particular order; heard has room for all places. Returns how many. */
int dcnn_check_grid_hear(const dcnn_check_grid *grid, int at, int *heard);

/* --- networks of links (check_links.c): least sum of rounded link times by Dijkstra's search --- */

typedef struct dcnn_check_links dcnn_check_links;

dcnn_status dcnn_check_links_new(dcnn_check_links **out, const dcnn_scenario *scenario, dcnn_error *err);
void dcnn_check_links_free(dcnn_check_links *links);

/* Least cost of a message of that scale (> 0) and size, or DCNN_NEVER. */
int64_t dcnn_check_links_ns(dcnn_check_links *links, double scale, int64_t bytes, int from, int to);

/* --- all networks (check_routes.c) --- */

typedef struct dcnn_check_routes dcnn_check_routes;

/* A time as it enters the objective and as it enters the expected latency. */
typedef struct {
    int64_t weighted_ns, plain_ns;
} dcnn_check_time;

typedef struct {
    double weight, probability;
    int64_t bytes;
    int from, to; /* places */
} dcnn_check_message;

dcnn_status dcnn_check_routes_new(dcnn_check_routes **out, const dcnn_scenario *scenario, dcnn_error *err);
void dcnn_check_routes_free(dcnn_check_routes *routes);

/* What the message costs on its soonest route; DCNN_NEVER where it needs a route and has none. */
dcnn_check_time dcnn_check_routes_time(dcnn_check_routes *routes, const dcnn_check_message *message);

/* --- one check (check.c) --- */

typedef struct {
    const dcnn_scenario *scenario;
    const dcnn_placement *placement;
    dcnn_check_routes *routes;
    dcnn_violation_fn on_violation;
    void *user;
    int64_t violations;
} dcnn_checker;

/* Reports one violation: DCNN_E_INFEASIBLE for a limit that is broken, DCNN_E_VALUE for a figure wrongly claimed. */
void dcnn_check_violation(dcnn_checker *checker, dcnn_status code, const char *where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

enum { DCNN_CHECK_NAME_BYTES = 72 };

/* A name in quotes, shortened so that the figures of a sentence are never cut off. Returns out. */
const char *dcnn_check_name(char out[DCNN_CHECK_NAME_BYTES], const char *name);

enum { DCNN_CHECK_FIGURE_BYTES = 24 };

/* Nanoseconds in digits, or "never". Returns out. */
const char *dcnn_check_figure(char out[DCNN_CHECK_FIGURE_BYTES], int64_t ns);

/* Whether there is a unit for every layer of every CNN; reports what is wrong (check.c). */
bool dcnn_check_shape(dcnn_checker *checker);

/* Latency of CNN c and its parts, as claimed and as weighed in the objective; reports messages without a route
 * (check_latency.c). */
void dcnn_check_latency(dcnn_checker *checker, int c, dcnn_latency *plain, dcnn_latency *weighted);

/* Memory, operations, layers per unit and shared layers (check_limits.c). DCNN_E_MEMORY. */
dcnn_status dcnn_check_limits(dcnn_checker *checker, dcnn_error *err);

/* Do the reasons and cures of an infeasible scenario speak of what it has, and might they be true
 * (check_reasons.c)? DCNN_E_MEMORY. */
dcnn_status dcnn_check_reasons(dcnn_checker *checker, dcnn_error *err);

/* Scenario, objective, bound, proof and stop: do they fit the scenario and one another (check_claims.c)? */
void dcnn_check_claims(dcnn_checker *checker);

#endif
