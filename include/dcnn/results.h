/* results.h - one page that tells what came out of an experiment: self-contained HTML, to be read, shown and printed.
 */
#ifndef DCNN_RESULTS_H
#define DCNN_RESULTS_H

#include <dcnn/status.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the page about the folder of a complete experiment (experiment.h): what was run, latencies with their parts,
 * how they differ from draw to draw, units used by type, how long solving took, and how to reproduce it. It reads
 * plan.json, summary.csv, results.csv and, where there is one, times.csv; columns it does not know are passed over.
 * Nothing is loaded from elsewhere.
 *
 * directory  as the commands on the page shall name it
 * on_fault   called for each fault of plan.json; may be NULL
 * html       out: terminated text, to be freed with free()
 * size       out: its length in bytes
 *
 * Same files, same bytes. DCNN_E_VALUE when the folder is not that of a complete experiment, or a file is damaged (with
 * its line), DCNN_E_SYNTAX, DCNN_E_IO, DCNN_E_MEMORY. O(solves log solves). */
dcnn_status dcnn_results_html(char **html, size_t *size, const char *directory, dcnn_fault_fn on_fault, void *user,
                              dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
