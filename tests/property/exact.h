/* exact.h - the optimum by dynamic programming over what is used of each unit: for scenarios far too large to try every
 * assignment. Shares nothing with the library but the structures it reads. */
#ifndef DCNN_TEST_EXACT_H
#define DCNN_TEST_EXACT_H

#include <dcnn/scenario.h>

enum { EXACT_PLACES_MAX = 12, EXACT_UNITS_MAX = 9, EXACT_GROUPS_MAX = 4 };

typedef struct {
    int64_t value_ns, sum_ns; /* DCNN_NEVER = nothing is feasible */
} exact_answer;

/* Goes through the layers of all CNNs in order. A state is the unit of the last layer, what is left of each unit (as
 * far as it may still matter) and where the open shared groups sit; of each state it keeps what no other beats.
 * Ranges and links only. False when there are too many states, or the scenario is too large. */
bool exact_solve(const dcnn_scenario *scenario, exact_answer *answer);

#endif
