/* oracle.h - the answer by the shortest way there is: Floyd-Warshall for the routes, every assignment of layers to
 * units for the optimum. Written from the file format alone; shares nothing with the library but the structures it
 * reads. For tiny scenarios only. */
#ifndef DCNN_TEST_ORACLE_H
#define DCNN_TEST_ORACLE_H

#include <dcnn/placement.h>

enum { ORACLE_PLACES_MAX = 12, ORACLE_LAYERS_MAX = 24, ORACLE_CNNS_MAX = 6 };

/* A time as the objective weighs it and as the expected latency counts it. */
typedef struct {
    int64_t weighted_ns, plain_ns;
} oracle_time;

typedef oracle_time oracle_matrix[ORACLE_PLACES_MAX][ORACLE_PLACES_MAX]; /* [from][to] */

/* Everything there is to add up. The layers of all CNNs stand in one row: layer j of CNN c is first[c] + j. */
typedef struct {
    const dcnn_scenario *scenario;
    int layer_count;
    int first[ORACLE_CNNS_MAX + 1];
    int cnn[ORACLE_LAYERS_MAX];
    int group[ORACLE_LAYERS_MAX];                              /* shared group, or -1 */
    oracle_matrix arrival[ORACLE_LAYERS_MAX];                  /* of what the layer takes in */
    oracle_matrix decision[ORACLE_LAYERS_MAX];                 /* of what is decided after it */
    oracle_time compute[ORACLE_LAYERS_MAX][ORACLE_PLACES_MAX]; /* [layer][unit] */
} oracle;

/* False when the scenario is too large. It is borrowed. */
bool oracle_init(oracle *o, const dcnn_scenario *scenario);

typedef struct {
    bool feasible;
    int64_t value_ns; /* of the objective; DCNN_NEVER where a route is missing */
    int64_t sum_ns;   /* of the weighted latencies: breaks ties where the objective is "max" */
    dcnn_latency latency[ORACLE_CNNS_MAX];
} oracle_figures;

/* units: the unit of each layer of the row. */
void oracle_evaluate(const oracle *o, const int *units, oracle_figures *figures);

typedef struct {
    bool feasible;
    int64_t value_ns, sum_ns; /* of the best assignment; DCNN_NEVER when none is feasible */
    int units[ORACLE_LAYERS_MAX];
} oracle_answer;

/* Tries every assignment: units ^ layers of them. */
void oracle_solve(const oracle *o, oracle_answer *answer);

/* The same answer by depth-first search, cut off where a CNN's cheapest rest without limits is already too dear: for
 * scenarios a little larger. False when it takes more than nodes_max steps. */
bool oracle_search(const oracle *o, oracle_answer *answer, int64_t nodes_max);

/* A placement that claims these units with these figures, no proof and the bound 0; DCNN_E_MEMORY. Free with
 * oracle_placement_free. */
dcnn_placement *oracle_placement(const oracle *o, const int *units);
void oracle_placement_free(dcnn_placement *placement);

#endif
