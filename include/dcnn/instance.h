/* instance.h - the dense integer problem behind a scenario: nanoseconds, bytes, operations.
 *
 * Building it is the only place where seconds become integers (docs/method.md, "Rounding"); from here on no floating
 * point decides anything. */
#ifndef DCNN_INSTANCE_H
#define DCNN_INSTANCE_H

#include <dcnn/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dcnn_instance dcnn_instance;

/* Builds the instance of a scenario; the scenario is borrowed and must outlive it.
 *
 * Errors: DCNN_E_VALUE when a cost exceeds the range of the integers (docs/method.md, "Limits"), DCNN_E_MEMORY. */
dcnn_status dcnn_instance_new(dcnn_instance **out, const dcnn_scenario *scenario, dcnn_error *err);

/* Accepts NULL. */
void dcnn_instance_free(dcnn_instance *instance);

#ifdef __cplusplus
}
#endif
#endif
