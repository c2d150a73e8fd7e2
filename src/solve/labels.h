/* labels.h - the partial chains of a search: what they cost, what they use, which are no better than others. */
#ifndef DCNN_SOLVE_LABELS_H
#define DCNN_SOLVE_LABELS_H

#include "solve/search.h"

enum { DCNN_BEAM_WIDTH = 24 };

/* A partial chain, by its last run. */
typedef struct {
    dcnn_tick bound;   /* priced cost so far plus the completion bound and what rivals pay */
    dcnn_tick priced;  /* cost so far under prices */
    dcnn_tick charged; /* by cuts, of that */
    dcnn_tick cost;    /* cost so far without prices */
    dcnn_tick latency; /* unweighted, for deadlines */
    dcnn_takes taken;  /* of contested rows, where a contest guides the search */
    int parent;        /* label, -1 = none */
    int next;          /* in its bucket */
    int flat;          /* where the run ends */
    int first_layer;   /* where the run starts */
    uint32_t hash;     /* of the flat and of the units whose use may still matter */
    unsigned char set; /* critical units visited, see rundp.h */
    bool dominated;
} dcnn_label;

/* A label to expand. */
typedef struct {
    dcnn_tick bound;
    int label;
} dcnn_open_label;

struct dcnn_search {
    const dcnn_instance *instance;
    const dcnn_search_task *task; /* of the search under way, with its chain */
    const dcnn_chain *chain;
    dcnn_tick cap; /* of cost */
    bool capped, timed;
    dcnn_label *labels;
    size_t count, room;
    uint64_t *bits; /* [label][words] the units whose use may still matter, by local index */
    size_t bits_room, words;
    uint8_t *remainders; /* [label][remainder_bytes] of the cuts that are charged, see surcharge.h */
    size_t remainder_room, remainder_bytes;
    uint8_t *run_remainders; /* [remainder_bytes] of the run being extended */
    size_t run_remainder_room;
    int *bucket; /* [bucket_count] head of the list of labels of that hash, -1 = none */
    size_t bucket_count, bucket_room;
    dcnn_open_label *heap; /* least (bound, then newest) first */
    size_t heap_count, heap_room;
    dcnn_open_label *beam; /* [layer][DCNN_BEAM_WIDTH] the least that end in the layer, in order */
    int *beam_count;       /* [layer] */
    size_t flat_room;
    int *local;      /* [unit] index among the units of the chain, -1 outside searches */
    int *last_layer; /* [unit] last layer that may run there, -1 outside searches */
    uint64_t *later; /* [layer][words] units that a later layer may use (ALL: that anyone may) */
    size_t later_room;
    dcnn_tick *cost_rest, *latency_rest; /* [flat] cheapest true rest of the chain, for cap and deadline */
    dcnn_room *demand;                   /* [layer_count + 1] of layer j and all later ones */
    int *flats;                          /* [layer_count] of the column being reported */
    size_t layer_room;
};

/* Readies the store for a search of the task; false when memory is out. */
bool dcnn_labels_open(dcnn_search *s, const dcnn_search_task *task);
void dcnn_labels_close(dcnn_search *s);

/* Adds the label, with run_remainders as its own, unless one ending on the same flat dominates it; marks those it
 * dominates. *index is its number, -1 if it was not kept. False when memory is out. */
bool dcnn_labels_add(dcnn_search *s, const dcnn_label *label, int *index);

/* What the chain of a label (-1 = none) put on one unit; nothing where that can no longer make a difference. */
dcnn_room dcnn_labels_use(const dcnn_search *s, int label, int unit);

/* Adds layers first .. last to a use. */
void dcnn_labels_charge(const dcnn_search *s, dcnn_room *use, int first, int last);
bool dcnn_labels_use_fits(const dcnn_search *s, int unit, const dcnn_room *use);

#endif
