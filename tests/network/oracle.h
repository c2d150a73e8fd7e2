/* oracle.h - small random networks of all three kinds, and what Floyd and Warshall say about them. */
#ifndef DCNN_TEST_ORACLE_H
#define DCNN_TEST_ORACLE_H

#include "base/base.h"
#include <dcnn/network.h>

enum { PLACES_MAX = 9, LINKS_MAX = 40 };

/* A scenario that holds nothing but its network. */
typedef struct {
    dcnn_scenario scenario;
    dcnn_place places[PLACES_MAX];
    dcnn_link links[LINKS_MAX];
    int32_t hops[PLACES_MAX * PLACES_MAX];
} random_network;

void random_network_draw(random_network *net, dcnn_rng *rng);
dcnn_message random_message(dcnn_rng *rng);

/* Least (cost, links) between all places. */
typedef struct {
    int64_t link_ns[PLACES_MAX][PLACES_MAX]; /* of the best link from one to the other; DCNN_NEVER = none */
    int64_t cost_ns[PLACES_MAX][PLACES_MAX];
    int links[PLACES_MAX][PLACES_MAX];
} oracle;

void oracle_solve(oracle *o, const random_network *net, const dcnn_message *message);

#endif
