/* scenario.h - an IoT system and the CNNs it has to run: the input of everything else.
 *
 * Plain structures. "Place" is the common name of units and endpoints: places 0 .. unit_count-1 are the units, in file
 * order, and places unit_count .. place_count-1 the endpoints. Index letters: i, k unit or place; j layer; c CNN.
 *
 *     dcnn_scenario_read(&scenario, "city.json", on_fault, user, &err);
 *     ... dcnn_instance_new(&instance, scenario, &err); ...
 *     dcnn_scenario_free(scenario);
 *
 * Everything a scenario points to is owned by it and freed with it. */
#ifndef DCNN_SCENARIO_H
#define DCNN_SCENARIO_H

#include <dcnn/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DCNN_NEVER     INT64_MAX /* a time that does not come: no route, no deadline, no placement */
#define DCNN_UNLIMITED INT64_MAX /* a limit that is not there */

/* Largest byte, operation and nanosecond count accepted anywhere: whole numbers up to it are exact in a double. */
#define DCNN_COUNT_MAX ((int64_t)1 << 53)

typedef struct {
    char *name;               /* unique within the CNN */
    int64_t memory_bytes;     /* what a unit must hold to run it */
    int64_t ops;              /* multiplications of one execution */
    int64_t output_bytes;     /* what it sends to the next layer */
    double exit_probability;  /* probability that the decision is made here, among all inputs; 0 = no exit */
    int64_t activation_bytes; /* peak of inputs and outputs held while it runs; 0 = not known */
} dcnn_layer;

/* A chain of layers by itself, before it gets a source and a sink: what the catalogue and model files yield. */
typedef struct {
    char *name;
    int64_t input_bytes;
    int layer_count;
    dcnn_layer *layers; /* [layer_count] */
    double *p, *g;      /* [layer_count] literal probabilities, or both NULL: they follow from exit_probability */
} dcnn_profile;

/* Accepts NULL. */
void dcnn_profile_free(dcnn_profile *profile);

typedef struct {
    char *id;
    char *model;         /* catalogue name or model file it came from; NULL for layers given in place */
    int source, sink;    /* places */
    double weight;       /* of its latency in the objective; >= 0 */
    int64_t deadline_ns; /* bound on its expected latency; DCNN_NEVER = none */
    int64_t input_bytes;
    int layer_count;    /* >= 1 */
    dcnn_layer *layers; /* [layer_count] */
    double *p;          /* [layer_count] probability that the layer is executed */
    double *g;          /* [layer_count] probability that the decision is made after it */
    bool literal;       /* p and g were given outright and need not satisfy the paper's definition */
} dcnn_cnn;

typedef struct {
    char *id;
    bool located; /* x_m and y_m were given */
    double x_m, y_m;
} dcnn_place;

typedef struct {
    char *type;           /* name of its unit type; NULL if it has none */
    int64_t memory_bytes; /* for weights (and activations where counted) */
    double ops_per_s;     /* > 0 */
    int64_t ops_budget;   /* bound on the sum of ops of the layers it hosts; DCNN_UNLIMITED = none */
} dcnn_unit;

typedef enum { DCNN_NETWORK_RANGE, DCNN_NETWORK_LINKS, DCNN_NETWORK_HOPS } dcnn_network_kind;

typedef struct {
    int a, b;                /* places; a != b */
    double rate_bytes_per_s; /* > 0; the default already filled in */
    double latency_s;        /* >= 0 */
    double retransmission;   /* expected extra sends per send, >= 0 */
    bool one_way;            /* a to b only */
} dcnn_link;

typedef struct {
    dcnn_network_kind kind;
    double rate_bytes_per_s; /* of links without a rate of their own; 0 = none given (links only) */
    double range_m;          /* RANGE: a link wherever dx*dx + dy*dy < range_m*range_m */
    int64_t link_count;      /* LINKS */
    dcnn_link *links;        /* LINKS: [link_count] */
    int32_t *hops;           /* HOPS: [from * place_count + to], place order; -1 = no route */
} dcnn_network_spec;

typedef struct {
    int cnn, layer;
} dcnn_layer_ref;

/* Layers of different CNNs that are one and the same: on one unit, computed for each CNN, counted once by the limits.
 */
typedef struct {
    int member_count;        /* >= 2 */
    dcnn_layer_ref *members; /* [member_count], ascending; overlapping groups are already merged */
} dcnn_shared_group;

typedef enum { DCNN_OBJECTIVE_SUM, DCNN_OBJECTIVE_MAX } dcnn_objective;

typedef struct {
    char *name;
    int unit_count, place_count;
    dcnn_place *places; /* [place_count] */
    dcnn_unit *units;   /* [unit_count] */
    dcnn_network_spec network;
    int cnn_count; /* >= 1 */
    dcnn_cnn *cnns;
    int shared_group_count;
    dcnn_shared_group *shared_groups;
    int layers_per_unit; /* over all CNNs; 0 = no limit */
    dcnn_objective objective;
    char sha256[65];        /* of the raw bytes it was read from, lower-case hex; "" if it was not read from a file */
    struct dcnn_pool *pool; /* owner of all memory above */
} dcnn_scenario;

/* Reads and checks a scenario file.
 *
 * out       out: the scenario; NULL on failure. Free with dcnn_scenario_free.
 * path      file name; "-" is standard input. Model files named inside are relative to the scenario's folder.
 * on_fault  called for every fault found (may be NULL); syntax errors end at the first
 * err       out (may be NULL): the first fault
 *
 * Returns DCNN_OK, or DCNN_E_IO, DCNN_E_SYNTAX, DCNN_E_VALUE, DCNN_E_MEMORY. Time linear in the file. */
dcnn_status dcnn_scenario_read(dcnn_scenario **out, const char *path, dcnn_fault_fn on_fault, void *user,
                               dcnn_error *err);

/* The same from memory; name stands for the file in messages, folder (may be NULL: the working directory) is where
 * model files are looked for. */
dcnn_status dcnn_scenario_parse(dcnn_scenario **out, const char *text, size_t size, const char *name,
                                const char *folder, dcnn_fault_fn on_fault, void *user, dcnn_error *err);

/* Writes a scenario file that reads back as the same scenario; path "-" is standard output. Replaces atomically.
 * DCNN_E_IO, DCNN_E_MEMORY. */
dcnn_status dcnn_scenario_write(const dcnn_scenario *scenario, const char *path, dcnn_error *err);

/* Accepts NULL. */
void dcnn_scenario_free(dcnn_scenario *scenario);

/* Place with that id, or -1. Linear. */
int dcnn_scenario_place(const dcnn_scenario *scenario, const char *id);

#ifdef __cplusplus
}
#endif
#endif
