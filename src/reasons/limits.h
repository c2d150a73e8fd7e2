/* limits.h - the limits of a scenario one by one, and which of them are in force. */
#ifndef DCNN_REASONS_LIMITS_H
#define DCNN_REASONS_LIMITS_H

#include "draft.h"
#include <dcnn/placement.h>

typedef struct {
    dcnn_limit_kind kind;
    int index;      /* unit or CNN; -1 = none */
    bool in_force;  /* not dropped */
    bool undecided; /* in force, though nobody knows whether that is needed */
} dcnn_limit;

/* All limits but shared groups, those of one kind together, by index. */
typedef struct {
    int count;
    dcnn_limit *all;            /* [count] */
    int64_t total_memory_bytes; /* of all layers: as good as no limit */
} dcnn_limits;

/* All in force; false when memory is out. Clear it in any case. */
bool dcnn_limits_init(dcnn_limits *limits, const dcnn_scenario *scenario);
void dcnn_limits_clear(dcnn_limits *limits);

/* Makes the draft the scenario without the limits that are not in force. */
void dcnn_limits_apply(const dcnn_limits *limits, const dcnn_scenario *scenario, dcnn_draft *draft);

/* Whether any limit of that kind (and, unless -1, that index) is in force. */
bool dcnn_limits_hold(const dcnn_limits *limits, dcnn_limit_kind kind, int index);

#endif
