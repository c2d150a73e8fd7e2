/* reference.h - tests that need the data in $DCNN_REFERENCE_DIR skip as a whole where it is absent. cmocka's own skip()
 * prints a line that test harnesses count as a failure. */
#ifndef DCNN_TEST_REFERENCE_H
#define DCNN_TEST_REFERENCE_H

#include <stdbool.h>

/* False, having printed why, when there is no such data: main then returns 0. */
bool reference_at_hand(void);

#endif
