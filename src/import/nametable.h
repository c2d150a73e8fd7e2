/* nametable.h - names of a model file to consecutive numbers. */
#ifndef DCNN_IMPORT_NAMETABLE_H
#define DCNN_IMPORT_NAMETABLE_H

#include "graph.h"

typedef struct {
    dcnn_name *names; /* [count] in order of first occurrence */
    int count;
    size_t names_room;
    int *slots; /* [slot_count] open addressing; -1 = free */
    size_t slot_count;
    uint64_t key; /* of the hash */
} dcnn_nametable;

/* Number of the name, which is added if new; -1 when memory is out. */
int dcnn_nametable_add(dcnn_nametable *table, dcnn_name name);

/* Number of the name, or -1. */
int dcnn_nametable_find(const dcnn_nametable *table, dcnn_name name);

void dcnn_nametable_clear(dcnn_nametable *table);

#endif
