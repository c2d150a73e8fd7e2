/* faults.h - allocations that fail on demand. Linked with --wrap=malloc,calloc,realloc,free, so it sees what the
 * program and the static library allocate, not what shared libraries do.
 *
 *     for (long allowed = 0;; allowed++) {
 *         faults_after(allowed);
 *         status = call();
 *         faults_off();
 *         if (!status) break;
 *         assert_int_equal(status, DCNN_E_MEMORY);
 *         assert_int_equal(faults_live_blocks(), live_before);
 *     }
 *     assert_true(faults_injected() > 0);
 */
#ifndef DCNN_TEST_FAULTS_H
#define DCNN_TEST_FAULTS_H

/* The next `allowed` allocations succeed, all later ones fail until faults_off. */
void faults_after(long allowed);
void faults_off(void);

/* How many allocations were made to fail since the program began. */
long faults_injected(void);

/* Blocks allocated and not freed yet. */
long faults_live_blocks(void);

/* Most bytes that were allocated at one time since faults_forget_peak. */
long faults_peak_bytes(void);
void faults_forget_peak(void);

#endif
