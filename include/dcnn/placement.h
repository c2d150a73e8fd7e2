/* placement.h - which unit runs each layer, what it costs, and what is proven about it. */
#ifndef DCNN_PLACEMENT_H
#define DCNN_PLACEMENT_H

#include <dcnn/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { DCNN_PROOF_NONE, DCNN_PROOF_OPTIMAL, DCNN_PROOF_INFEASIBLE } dcnn_proof;

typedef enum { DCNN_STOP_FINISHED, DCNN_STOP_TIME, DCNN_STOP_GAP, DCNN_STOP_NODES, DCNN_STOP_INTERRUPT } dcnn_stop;

/* Expected latency of one CNN, weight 1, and its parts: latency = source + compute + transfer + sink. */
typedef struct {
    int64_t latency_ns;
    int64_t source_ns;   /* input from the source to the unit of layer 0 */
    int64_t compute_ns;  /* sum over layers */
    int64_t transfer_ns; /* between consecutive layers */
    int64_t sink_ns;     /* decisions from where they are made to the sink */
} dcnn_latency;

typedef struct {
    char *id;
    int layer_count;
    int *units; /* [layer_count] unit of each layer */
    dcnn_latency latency;
} dcnn_cnn_placement;

/* Limits that together cannot hold (scenario proven infeasible). */
typedef enum {
    DCNN_LIMIT_MEMORY,          /* memory of a unit */
    DCNN_LIMIT_OPS,             /* operation budget of a unit */
    DCNN_LIMIT_LAYERS_PER_UNIT, /* the scenario's layers_per_unit */
    DCNN_LIMIT_DEADLINE,        /* deadline of a CNN, for which its messages need routes too */
    DCNN_LIMIT_ROUTE,           /* the messages of a CNN need routes */
    DCNN_LIMIT_SHARED           /* a shared group sits on one unit */
} dcnn_limit_kind;

/* Limits of one kind, each of them needed: without any one of them the others could hold. */
typedef struct {
    dcnn_limit_kind kind;
    int owner_count; /* 0 for LAYERS_PER_UNIT */
    int *owners;     /* [owner_count] the units, CNNs or shared groups they belong to, ascending */
    bool undecided;  /* it is not proven that they are needed */
    char *text;      /* one sentence in words a designer can act on */
} dcnn_reason;

/* A single change that makes an infeasible scenario feasible. */
typedef enum {
    DCNN_CURE_LAYERS_PER_UNIT, /* to value */
    DCNN_CURE_ADD_UNITS, /* value more units with the figures and links of unit index, or of unit type `type` there */
    DCNN_CURE_MEMORY,    /* of unit index to value bytes */
    DCNN_CURE_OPS,       /* the budget of unit index to value operations */
    DCNN_CURE_DEADLINE,  /* of CNN index to value ns */
    DCNN_CURE_RANGE,     /* of the network to range_m */
    DCNN_CURE_LINK,      /* both ways between places index and other, as good as the first link; one hop */
    DCNN_CURE_UNSHARE    /* the layers of shared group index are no longer shared */
} dcnn_cure_kind;

typedef struct {
    dcnn_cure_kind kind;
    int index, other; /* -1 = none */
    int64_t value;
    double range_m;
    char *type; /* ADD_UNITS: of the catalogue; NULL = as unit index */
    char *text; /* one sentence */
} dcnn_cure;

typedef struct {
    char *scenario;  /* its name */
    char sha256[65]; /* of the scenario's bytes; "" = not recorded */
    dcnn_proof proof;
    dcnn_stop stop;
    dcnn_objective objective;
    int64_t value_ns; /* DCNN_NEVER = no placement: then cnn_count is 0 */
    int64_t bound_ns; /* DCNN_NEVER = infeasible */
    int cnn_count;    /* CNNs of the scenario in its order, or 0 */
    dcnn_cnn_placement *cnns;
    int reason_count; /* infeasible: an irreducible set of limits that cannot hold together (reasons.h) */
    dcnn_reason *reasons;
    int cure_count; /* each of them makes it feasible */
    dcnn_cure *cures;
    int64_t nodes, columns;
    int threads;
    struct dcnn_pool *pool; /* owner of all memory above */
} dcnn_placement;

/* Placement of the given units, with its latencies and value computed (proof NONE, bound 0).
 *
 * units  [cnn_count][layer_count of each], one array per CNN
 *
 * Limits are not tested (dcnn_check does that). A message without a route makes that part, the latency and the value
 * DCNN_NEVER. DCNN_E_VALUE for a unit index out of range or a sum that overflows, DCNN_E_MEMORY. */
dcnn_status dcnn_placement_new(dcnn_placement **out, const dcnn_scenario *scenario, const int *const *units,
                               dcnn_error *err);

/* Reads a placement file against its scenario (ids become indices; claimed figures are kept as claimed). */
dcnn_status dcnn_placement_read(dcnn_placement **out, const dcnn_scenario *scenario, const char *path,
                                dcnn_fault_fn on_fault, void *user, dcnn_error *err);

/* Writes the placement file of interface section 3; path "-" is standard output. Replaces atomically. */
dcnn_status dcnn_placement_write(const dcnn_placement *placement, const dcnn_scenario *scenario, const char *path,
                                 dcnn_error *err);

/* Accepts NULL. */
void dcnn_placement_free(dcnn_placement *placement);

#ifdef __cplusplus
}
#endif
#endif
