/* crew.h - the same work on many CNNs, on several threads of several ranks.
 *
 * Ranks deal the CNNs out in turn. The owner of a CNN does the work on it and tells the others what came of it, so
 * after every step all ranks know the same and go the same way; what others need not know stays with the owner. Alone,
 * one rank owns all. */
#ifndef DCNN_SOLVE_CREW_H
#define DCNN_SOLVE_CREW_H

#include "solve/workers.h"
#include <dcnn/solve.h>

/* What a rank tells the others, or learns from one of them. */
typedef struct {
    bool reading, failed;
    char *bytes; /* owned when writing */
    size_t at, size, room;
} dcnn_parcel;

/* Writes the bytes behind data into the parcel or reads them from it: one function then serves both ways. */
void dcnn_parcel_carry(dcnn_parcel *parcel, void *data, size_t bytes);

typedef struct {
    int count;                                                /* items */
    int (*cnn)(const void *user, int item);                   /* whose owner does it; NULL = items are CNNs */
    dcnn_item_fn work;                                        /* NULL = nothing to do but tell */
    void (*carry)(void *user, int item, dcnn_parcel *parcel); /* all that the others have to know of an item */
    void *user;
} dcnn_crew_task;

bool dcnn_crew_owns(const dcnn_team *team, int cnn);

/* Whether this rank does what only one shall do. */
bool dcnn_crew_leads(const dcnn_team *team);

/* False when memory or a rank is lost. */
bool dcnn_crew_run(const dcnn_team *team, int threads, const dcnn_crew_task *task);

/* All ranks go on with what the leading one found; carry as above, with item 0. */
bool dcnn_crew_follow(const dcnn_team *team, void (*carry)(void *user, int item, dcnn_parcel *parcel), void *user);

#endif
