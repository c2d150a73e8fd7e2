/* choices.h - what is to be decided: one slot a layer (one for all layers that are shared), and the units it may take.
 */
#ifndef DCNN_EXPORT_CHOICES_H
#define DCNN_EXPORT_CHOICES_H

#include "base/base.h"
#include "instance/instance.h"

typedef struct {
    int cnn, layer; /* the first of the layers that sit in it */
    int64_t memory_bytes, ops;
} dcnn_slot;

typedef struct {
    int64_t weighted_ns, plain_ns; /* DCNN_NEVER = no route */
} dcnn_cost;

typedef struct {
    const dcnn_scenario *scenario;
    dcnn_instance *instance;
    int layer_count, unit_count;
    int *first_layer; /* [cnn_count + 1] */
    int *slot_of;     /* [layer_count] layers of all CNNs in one row */
    int slot_count;
    dcnn_slot *slots;
    dcnn_cost *cost; /* [layer][unit] of source, computation and exit */
    bool *allowed;   /* [slot][unit] it fits there by itself and its routes exist */
    struct dcnn_pool *pool;
} dcnn_choices;

/* DCNN_E_VALUE when layers times units are too many, DCNN_E_MEMORY. */
dcnn_status dcnn_choices_new(dcnn_choices **out, const dcnn_scenario *scenario, dcnn_error *err);
void dcnn_choices_free(dcnn_choices *choices);

/* Whether slot may take the unit. A slot that fits nowhere keeps unit 0, closed: then there is no solution, and the
 * text says so in the language of its format. */
bool dcnn_choices_offers(const dcnn_choices *choices, int slot, int unit);
bool dcnn_choices_closed(const dcnn_choices *choices, int slot);

/* Cost of the message from layer j of CNN c, which is on unit `from`, to the next layer on every unit; plain_ns is 0
 * without a deadline. DCNN_E_MEMORY.
 *
 * costs    [unit_count] out
 * scratch  [place_count] */
dcnn_status dcnn_choices_move(const dcnn_choices *choices, dcnn_router *router, int c, int j, int from,
                              dcnn_cost *costs, int64_t *scratch);

/* The CNN has a deadline, so that its unweighted latency counts as well. */
bool dcnn_choices_has_deadline(const dcnn_choices *choices, int c);

#endif
