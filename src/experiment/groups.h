/* groups.h - the solves of an experiment, together where only the draw differs. */
#ifndef DCNN_EXPERIMENT_GROUPS_H
#define DCNN_EXPERIMENT_GROUPS_H

#include "experiment/experiment.h"

/* In the order of the columns of results.csv. */
typedef enum { DCNN_PART_SOURCE, DCNN_PART_COMPUTE, DCNN_PART_TRANSFER, DCNN_PART_SINK, DCNN_PARTS } dcnn_part;

extern const char *const dcnn_part_words[DCNN_PARTS];

/* One system, setting and number of layers per unit. */
typedef struct {
    const dcnn_plan_system *system;
    const dcnn_plan_setting *setting;
    int layers_per_unit; /* 0 = no limit */
    int64_t solves, placed, proven, infeasible;
    double *value_ms;           /* [placed] the paper's t, ascending */
    double *moved_ms;           /* [placed] its tt: source, transfers and sink, ascending */
    double *computed_ms;        /* [placed] its tp, ascending */
    double *elapsed_s;          /* [solves] ascending */
    double part_ms[DCNN_PARTS]; /* means over the solves placed, as are the next two */
    double hops;
    double *used;            /* [type_count] units that run a layer */
    int type_count;          /* the types of the system's mix, each once */
    const char *const *type; /* [type_count] */
    double worst_gap;        /* (value - bound) / value */
} dcnn_group;

typedef struct {
    const dcnn_plan *plan;
    int count;
    dcnn_group *group; /* in the plan's order */
    dcnn_pool *pool;   /* owner of all but the plan */
} dcnn_groups;

/* Groups complete rows; free with dcnn_groups_clear. DCNN_E_VALUE when a row is not one of results.csv, DCNN_E_MEMORY.
 * O(rows log rows). */
dcnn_status dcnn_groups_init(dcnn_groups *groups, const dcnn_rows *rows, dcnn_error *err);
void dcnn_groups_clear(dcnn_groups *groups);

/* "4", or "any" where there is no limit. */
void dcnn_group_layers(const dcnn_group *group, char text[16]);

#endif
