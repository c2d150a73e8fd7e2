/* netimport.h - a scenario from the map of a real network.
 *
 *     dcnn_netimport_options options;  dcnn_netimport_options_init(&options);  options.largest = true;
 *     dcnn_netimport(&scenario, &summary, "mesh.json", &options, &err);
 *     dcnn_scenario_write(scenario, "mesh-scenario.json", &err);
 *
 * Formats, told apart by their content: NetJSON NetworkGraph, link lists in JSON ("nodes" and "links"), GraphML, and
 * edge lists in CSV. What each may say is in docs/meshes.md. */
#ifndef DCNN_NETIMPORT_H
#define DCNN_NETIMPORT_H

#include <dcnn/generate.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const char *link_type;   /* keep only links of this type; NULL = all */
    bool largest;            /* keep only the largest island */
    double missing_quality;  /* of links without one, in files where others have one; 0 = no link that way */
    double rate_bytes_per_s; /* of links without a rate of their own */
    int mix_count;
    const dcnn_mix *mix; /* unit types, dealt to the nodes by share */
    int cnns;
    int model_count;
    const char *const *models; /* of the catalogue, dealt to the CNNs in turn */
    int source_count;
    const char *const *sources; /* ids of nodes, dealt to the CNNs in turn as source and sink; none = drawn */
    int layers_per_unit;        /* 0 = no limit */
    uint64_t seed;
} dcnn_netimport_options;

/* What was in the file, and what became of it. */
typedef struct {
    int nodes;
    int64_t links;       /* of the wanted type */
    int repeated_nodes;  /* listed again: the first one counts */
    int unlisted_nodes;  /* known from links only */
    int64_t loops;       /* links from a node to itself, left out */
    int64_t closed_ways; /* directions of links without quality, left out */
    int islands;         /* of all nodes, links taken both ways */
    int largest_nodes;   /* in the largest of them */
    int kept_nodes;      /* in the scenario */
    int64_t kept_links;  /* in the scenario; a link that differs by direction counts as two */
    bool costs_not_used; /* the links have costs in a metric that is not ETX */
} dcnn_netimport_summary;

/* Defaults: all links, all islands, missing quality 0, 72.2 Mbit/s, orange-pi-zero 0.45, beaglebone-ai 0.45,
 * raspberry-pi-3b+ 0.1, 1 alexnet on a drawn source, one layer a unit, seed 1. */
void dcnn_netimport_options_init(dcnn_netimport_options *options);

/* Reads a network and makes a scenario of it: every node a unit, its id kept, its position in metres where the file has
 * one. A link of quality q costs 1 / q - 1 retransmissions.
 *
 * summary  out
 * path     "-" is standard input
 *
 * Same file, same options, same scenario. DCNN_E_IO, DCNN_E_SYNTAX, DCNN_E_VALUE (the first fault of the file),
 * DCNN_E_ARGUMENT for options out of range, unknown names and sources that are not in the network, DCNN_E_MEMORY. */
dcnn_status dcnn_netimport(dcnn_scenario **out, dcnn_netimport_summary *summary, const char *path,
                           const dcnn_netimport_options *options, dcnn_error *err);

/* The same from memory; name stands for the file in messages and names the scenario. */
dcnn_status dcnn_netimport_parse(dcnn_scenario **out, dcnn_netimport_summary *summary, const char *text, size_t size,
                                 const char *name, const dcnn_netimport_options *options, dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
