/* tiny_case.h - what every property of a tiny scenario begins with: draw it, read it, set up the oracle. */
#ifndef DCNN_TEST_TINY_CASE_H
#define DCNN_TEST_TINY_CASE_H

#include "oracle.h"
#include "tiny.h"

typedef struct {
    dcnn_buf text;
    dcnn_scenario *scenario;
    oracle oracle;
} tiny_case;

/* False, with a complaint, when the reader refuses the scenario or reads it differently from what the format says. */
bool tiny_case_open(tiny_case *t, uint64_t seed, int64_t assignments_max, dcnn_buf *complaint);
void tiny_case_close(tiny_case *t);

/* Adds the scenario's text to a complaint, if there is one. */
void tiny_case_explain(const tiny_case *t, dcnn_buf *complaint);

/* Complains of every violation that the checker finds in a placement. */
void tiny_case_check(const tiny_case *t, const dcnn_placement *placement, dcnn_buf *complaint);

#endif
