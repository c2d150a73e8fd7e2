/* names.h - from a name to its number, in many name spaces at once. */
#ifndef DCNN_SCENARIO_NAMES_H
#define DCNN_SCENARIO_NAMES_H

#include "base/base.h"

/* Name spaces; layers of CNN c use c itself. */
enum { DCNN_NAMES_PLACES = -1, DCNN_NAMES_CNNS = -2, DCNN_NAMES_TYPES = -3, DCNN_NAMES_FILES = -4 };

struct dcnn_name;

typedef struct {
    struct dcnn_name *slots;
    size_t used, room; /* room is a power of two, or 0 */
    uint64_t seed;     /* of the hash */
} dcnn_names;

/* A seed from the SHA-256 of the file the names are in, as hexadecimal digits; 0 when that is "". So nobody can write a
 * file whose names all collide. */
uint64_t dcnn_names_seed(const char *digest);

/* The number of a name, or -1. */
int dcnn_names_find(const dcnn_names *names, int space, const char *name);

/* The names of a space one by one, in no order: *at begins at 0. NULL = no more. */
const char *dcnn_names_each(const dcnn_names *names, int space, size_t *at);

/* Adds a name that is not there yet; borrowed. False when memory is out. */
bool dcnn_names_add(dcnn_names *names, int space, const char *name, int number);

void dcnn_names_clear(dcnn_names *names);

#endif
