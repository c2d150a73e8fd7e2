/* tiny.h - random scenarios small enough for the oracle and made to hurt: few distinct figures, so that ties abound;
 * tight limits, so that about one in four is infeasible; missing routes, empty messages, layers that never run. */
#ifndef DCNN_TEST_TINY_H
#define DCNN_TEST_TINY_H

#include "base/base.h"

/* Appends the text of a scenario file. The same seed gives the same text everywhere.
 *
 * assignments_max  units ^ layers stays at or below it; at least 32 */
void tiny_scenario(dcnn_buf *text, uint64_t seed, int64_t assignments_max);

#endif
