#include "words.h"
#include <dcnn/placement.h>
#include <stddef.h>

const char *const dcnn_proof_words[DCNN_PROOF_COUNT] = {
    [DCNN_PROOF_NONE] = "none", [DCNN_PROOF_OPTIMAL] = "optimal", [DCNN_PROOF_INFEASIBLE] = "infeasible"};

const char *const dcnn_stop_words[DCNN_STOP_COUNT] = {[DCNN_STOP_FINISHED] = "finished",
                                                      [DCNN_STOP_TIME] = "time",
                                                      [DCNN_STOP_GAP] = "gap",
                                                      [DCNN_STOP_NODES] = "nodes",
                                                      [DCNN_STOP_INTERRUPT] = "interrupt"};

const char *const dcnn_objective_words[DCNN_OBJECTIVE_COUNT] = {
    [DCNN_OBJECTIVE_SUM] = "sum", [DCNN_OBJECTIVE_MAX] = "max"};

const char *const dcnn_limit_words[DCNN_LIMIT_COUNT] = {[DCNN_LIMIT_MEMORY] = "memory",
                                                        [DCNN_LIMIT_OPS] = "ops_budget",
                                                        [DCNN_LIMIT_LAYERS_PER_UNIT] = "layers_per_unit",
                                                        [DCNN_LIMIT_DEADLINE] = "deadline",
                                                        [DCNN_LIMIT_ROUTE] = "route",
                                                        [DCNN_LIMIT_SHARED] = "shared_layers"};

const char *const dcnn_limit_keys[DCNN_LIMIT_COUNT] = {
    [DCNN_LIMIT_MEMORY] = "units",  [DCNN_LIMIT_OPS] = "units",  [DCNN_LIMIT_LAYERS_PER_UNIT] = NULL,
    [DCNN_LIMIT_DEADLINE] = "cnns", [DCNN_LIMIT_ROUTE] = "cnns", [DCNN_LIMIT_SHARED] = "groups"};

const char *const dcnn_cure_words[DCNN_CURE_COUNT] = {[DCNN_CURE_LAYERS_PER_UNIT] = "layers_per_unit",
                                                      [DCNN_CURE_ADD_UNITS] = "add_units",
                                                      [DCNN_CURE_MEMORY] = "memory_bytes",
                                                      [DCNN_CURE_OPS] = "ops_budget",
                                                      [DCNN_CURE_DEADLINE] = "deadline_ns",
                                                      [DCNN_CURE_RANGE] = "range_m",
                                                      [DCNN_CURE_LINK] = "link",
                                                      [DCNN_CURE_UNSHARE] = "unshare"};
