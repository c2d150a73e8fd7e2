/* plan.h - which systems an experiment draws and which settings it places on each of them. */
#ifndef DCNN_EXPERIMENT_PLAN_H
#define DCNN_EXPERIMENT_PLAN_H

#include "base/base.h"
#include "experiment/compat.h"
#include "text/json.h"
#include <dcnn/experiment.h>
#include <dcnn/generate.h>

/* A family of random systems: draws systems of seeds seed, seed + 1, ... */
typedef struct {
    const char *name;
    dcnn_generate_options drawn; /* units, area, range and mix; the rest comes from the setting */
    int draws;
} dcnn_plan_system;

typedef struct dcnn_plan_setting dcnn_plan_setting;
struct dcnn_plan_setting {
    const char *name;
    int cnns, model_count;
    const char **models;
    double rate_bytes_per_s;
    int layers_first, layers_last; /* layers per unit; 0 = no limit */
    dcnn_objective objective;
    int64_t input_bytes;                 /* 0 = as the model has it */
    double exit_probability;             /* of the first early exit; 0 = as the model has it */
    bool common_source;                  /* all CNNs see the first one's source; otherwise each has its own */
    bool common_sink;                    /* all decisions go to the first one's source; otherwise each to its own */
    int shared_layers;                   /* first layers that all CNNs share */
    unsigned compat;                     /* switches of compat.h; 0 = the problem as the paper defines it */
    const dcnn_plan_setting *defined_as; /* what defined_ns is about; NULL = this setting without its switches */
};

struct dcnn_plan {
    const char *name; /* NULL = none */
    int system_count, setting_count;
    dcnn_plan_system *systems;
    dcnn_plan_setting *settings;
    int64_t node_limit;  /* 0 = none */
    double time_limit_s; /* 0 = none; with one, results depend on the machine */
    double gap;          /* a solve may end unproven with a gap of this or less; 0 = none */
    int unit_type_count;
    dcnn_unit_type *unit_types; /* of the plan's own */
    int64_t solve_count;        /* of the whole plan */
    char *text;                 /* [text_bytes] the plan's file */
    size_t text_bytes;
    char sha256[65]; /* of the plan's bytes */
    dcnn_pool *pool; /* owner of all memory above */
};

struct dcnn_plan_solve {
    const dcnn_plan_system *system;
    const dcnn_plan_setting *setting;
    int layers_per_unit, draw;
};

/* The same as dcnn_plan_read of a text, which is taken over; name stands for it in messages. */
dcnn_status dcnn_plan_parse(dcnn_plan **out, dcnn_buf *text, const char *name, dcnn_fault_fn on_fault, void *user,
                            dcnn_error *err);

/* Reads the document into a plan that has its pool; faults are told through json (plan_read.c). */
void dcnn_plan_read_json(dcnn_json *json, dcnn_plan *plan);

/* Values of layers per unit of a setting. */
int dcnn_plan_levels(const dcnn_plan_setting *setting);

/* Solve number index of the plan, in [0, solve_count): systems, then settings, layers per unit, draws. */
dcnn_plan_solve dcnn_plan_at(const dcnn_plan *plan, int64_t index);

#endif
