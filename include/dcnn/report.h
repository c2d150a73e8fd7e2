/* report.h - one page that tells all about a placement: self-contained HTML, to be read, shown and printed. */
#ifndef DCNN_REPORT_H
#define DCNN_REPORT_H

#include <dcnn/placement.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What became of the scenario when it was solved again with one limit relaxed. */
typedef struct {
    const char *limit;   /* "layers on a unit" */
    const char *relaxed; /* "2 instead of 1" */
    dcnn_proof proof;
    int64_t value_ns; /* of the best placement found; DCNN_NEVER = none */
    int64_t bound_ns; /* no placement is faster */
} dcnn_relaxation;

typedef struct {
    const char *scenario_path, *placement_path; /* as the commands shall name them */
    int64_t violation_count;                    /* that dcnn_check found; -1 = not checked */
    int relaxation_count;
    const dcnn_relaxation *relaxations; /* what relaxing limits would gain; solving is the caller's */
} dcnn_report_options;

/* No names, not checked, nothing relaxed. */
void dcnn_report_options_init(dcnn_report_options *options);

/* Writes the page: headline, map, where the time goes, one inference step by step, units, limits, the scenario's
 * figures, and how to reproduce it. Nothing is loaded from elsewhere; without JavaScript all is there but the lighting
 * up of what belongs together.
 *
 * placement  of that scenario; one without CNNs (infeasible, or nothing found) is reported as such
 * html       out: terminated text, to be freed with free()
 * size       out: its length in bytes
 *
 * Same input, same bytes. DCNN_E_MEMORY. */
dcnn_status dcnn_report_html(char **html, size_t *size, const dcnn_scenario *scenario, const dcnn_placement *placement,
                             const dcnn_report_options *options, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
