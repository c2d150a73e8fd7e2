/* line.h - a small scenario in which CNNs contend for units. */
#ifndef DCNN_TEST_LINE_H
#define DCNN_TEST_LINE_H

#include <dcnn/scenario.h>

/* Units of three speeds on a line, and CNNs (two at least) from end to end of it that want the same of them. To be
 * freed by the caller; the test ends where the scenario is refused. */
dcnn_scenario *line_scenario(int units, int cnns, int layers, int layers_per_unit);

#endif
