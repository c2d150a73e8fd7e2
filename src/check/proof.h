/* proof.h - what the files that follow a certificate share; see docs/certificate-format.md. Private to this folder.
 *
 * Costs are counted in ticks. Every sum is clamped to DCNN_PROOF_FAR: what costs that much reaches every claim that is
 * accepted (cutoff_max, charge_max and shared_max below), so that clamping never makes a bound larger than it is. */
#ifndef DCNN_CHECK_PROOF_H
#define DCNN_CHECK_PROOF_H

#include "proof_routes.h"

#define DCNN_PROOF_FAR        ((int64_t)1 << 61)
#define DCNN_PROOF_CHARGE_MAX ((int64_t)1 << 60) /* of all that capacities are charged */
#define DCNN_PROOF_SHARED_MAX                                                                                          \
    ((int64_t)1 << 57) /* of what shared rows charge: twice that is what they can pay back                             \
                        */
#define DCNN_PROOF_CUTOFF_MAX ((int64_t)1 << 58)

enum {
    DCNN_PROOF_SLOTS_MAX = 65535,
    DCNN_PROOF_LABELS_MAX = 1 << 23, /* of all searches at a time */
    DCNN_PROOF_COLUMNS_MAX = 1 << 20,
    DCNN_PROOF_LISTED_CNNS_MAX = 1024
};

/* What became of a node, or of a part of the argument. */
typedef enum {
    DCNN_CASE_OPEN,
    DCNN_CASE_CLOSED,  /* nothing in it can be better than what is claimed */
    DCNN_CASE_REFUSED, /* a violation was reported */
    DCNN_CASE_LOST     /* memory is out */
} dcnn_case;

/* What a chain is measured by. */
typedef enum {
    DCNN_MEASURE_PRICED,   /* ticks, with what is charged */
    DCNN_MEASURE_WEIGHTED, /* ticks, as in the objective */
    DCNN_MEASURE_PLAIN,    /* ns of expected latency */
    DCNN_MEASURE_COUNT
} dcnn_measure;

/* The least from a candidate to the end of the chain, its own cost included. */
typedef struct {
    int64_t *rest;   /* [count] */
    int64_t *second; /* of those that go on to another unit than the least one does */
    int *follower;   /* slot of the unit that the least one goes on to; -1 = the last layer */
} dcnn_proof_table;

/* A layer, its candidates when the part began (the base), and which of them are left. Indices a, b are of the base. */
typedef struct {
    int cnn, layer;
    int group;    /* of the scenario, or -1 */
    int twin;     /* the layer before it in the same CNN and group, or -1 */
    bool counted; /* rows count it: not so the other members of a shared group */
    int64_t memory_bytes, ops;

    int count;
    int *unit;           /* [count] ascending */
    int *slot;           /* [count] */
    int *next;           /* [count] the same unit in the next layer, or -1 */
    int64_t *own;        /* [count] ticks */
    int64_t *plain;      /* [count] ns; with a deadline only */
    int64_t *move;       /* [count][count of the next layer] ticks; far to the same unit */
    int64_t *plain_move; /* the same in ns; with a deadline only */

    int live;          /* list[0 .. live-1] are left */
    int *list, *place; /* a permutation and its inverse */

    int64_t *priced; /* [count] own + what is charged */
    dcnn_proof_table tables[DCNN_MEASURE_COUNT];
    int64_t *before, *before_second; /* [count] the least up to here, without own; the least from another unit */
    int *leader;                     /* [count] slot of the unit that the least comes from; -1 = the first layer */
    int64_t *end, *after;            /* [count] runs: the least until one ends here; after it */
    int64_t *through;                /* [count] the least of a chain through here, by the latest measure */
} dcnn_proof_layer;

typedef struct {
    int layer_count;
    dcnn_proof_layer *layers;
    bool deadline;
    bool single;   /* all layers on different units */
    int64_t least; /* no column has a priced cost below it */
} dcnn_proof_cnn;

struct dcnn_proof_search;
struct dcnn_proof_chart;
struct dcnn_proof_columns;

/* What a unit offers, what is taken of it. */
typedef struct {
    int64_t layers, memory_bytes, ops;
} dcnn_proof_load;

enum { DCNN_BINDS_LAYERS = 1, DCNN_BINDS_MEMORY = 2, DCNN_BINDS_OPS = 4 };

typedef struct {
    dcnn_checker *checker;
    const dcnn_scenario *scenario;
    const dcnn_certificate *certificate;
    dcnn_proof_routes *routes;
    dcnn_error *err;
    int part, node; /* at hand */
    int64_t below_ns, cap_ns;
    int64_t cutoff, cap; /* ticks; cap far = none */
    int64_t work_left;
    int64_t pairs_few; /* of candidates: where there are more, regions are looked for instead */

    dcnn_pool *base; /* owns what follows */
    dcnn_proof_cnn *cnns;
    int slot_count;
    int *slot_unit;            /* [slot_count] ascending */
    dcnn_proof_load *capacity; /* [slot_count] */
    unsigned char *binds;      /* [slot_count] limits that some placement could break */
    dcnn_proof_layer **trail;  /* layers that lost a candidate, in that order */
    int64_t struck;
    bool emptied;        /* a layer has no candidate left */
    int64_t *run_costs;  /* [longest CNN] */
    int *run_candidates; /* [longest CNN] */

    int64_t lambda; /* of the prices at hand */
    int64_t bound;  /* of the last step */
    int *price_head, *price_next;

    struct dcnn_proof_search *searches; /* [cnn_count] */
    int64_t label_count;                /* of all of them */
    struct dcnn_proof_columns *columns; /* [cnn_count] */
    int64_t column_count;
    struct dcnn_proof_unions *kept; /* [2] from the last contest, room for the next; NULL = there was none */
} dcnn_proof_check;

__extension__ typedef __int128 dcnn_wide;

static inline int64_t dcnn_proof_clamp(int64_t ticks)
{
    return ticks < DCNN_PROOF_FAR ? ticks : DCNN_PROOF_FAR;
}

int64_t dcnn_proof_ticks(const dcnn_proof_check *p, int64_t ns);

/* Reports a violation of the node at hand (proof.c). Always DCNN_CASE_REFUSED. */
dcnn_case dcnn_proof_refuse(dcnn_proof_check *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Out of memory; always DCNN_CASE_LOST. */
dcnn_case dcnn_proof_lost(dcnn_proof_check *p);

/* Resizes *list to `count` objects, which may move it; false when memory is out. For lists that share one room. */
bool dcnn_proof_resize(void **list, int count, size_t size);

/* Takes units of work, about a nanosecond each, off what is left; false when that is used up. */
bool dcnn_proof_work(dcnn_proof_check *p, int64_t units);
dcnn_case dcnn_proof_too_long(dcnn_proof_check *p);

/* dcnn_check_certificate with pairs_few of one's own. */
dcnn_status dcnn_proof_follow(const dcnn_scenario *scenario, const dcnn_placement *placement,
                              const dcnn_certificate *certificate, int64_t pairs_few, dcnn_violation_fn on_violation,
                              void *user, int64_t *violations, dcnn_error *err);

/* --- the whole (proof_shape.c, proof_claim.c) --- */

/* Whether all numbers are of something there is, and nodes are trees; what is not is reported. */
bool dcnn_proof_shape_fits(dcnn_proof_check *p);

/* Scenario, objective, parts and placement against what is claimed. DCNN_E_MEMORY. */
dcnn_status dcnn_proof_check_claim(dcnn_proof_check *p);

/* --- the base: all candidates, their costs, what they can take (proof_base.c) --- */

/* All units that a layer fits and that can be reached, or where they are too many for tables, what a set of prices
 * (may be NULL) leaves of them. Closed when that is enough. */
dcnn_case dcnn_proof_base_open(dcnn_proof_check *p, const dcnn_price_set *set);

/* Before there is a base: whether no column of CNN c costs less than its floor under prices that are listed, with those
 * candidates alone that its layers have been given. They are taken from it again. */
dcnn_case dcnn_proof_base_floor(dcnn_proof_check *p, const dcnn_price_set *set, int c, int64_t floor);

/* The candidates that are left become the base; nothing is struck any more. */
dcnn_case dcnn_proof_base_shrink(dcnn_proof_check *p);

void dcnn_proof_base_close(dcnn_proof_check *p);

/* --- candidates (proof_domain.c) --- */

/* Index of a unit among the candidates of the base, or -1. */
int dcnn_proof_find(const dcnn_proof_layer *layer, int unit);

/* Slot of a unit, or -1. */
int dcnn_proof_find_slot(const dcnn_proof_check *p, int unit);

static inline bool dcnn_proof_is_left(const dcnn_proof_layer *layer, int a)
{
    return layer->place[a] < layer->live;
}

/* Strikes out a candidate, and the same unit for all layers of its group. */
void dcnn_proof_strike(dcnn_proof_check *p, dcnn_proof_layer *layer, int a);

/* Brings back what was struck since there were `struck` of them. */
void dcnn_proof_restore(dcnn_proof_check *p, int64_t struck);

/* One side of a split. */
dcnn_case dcnn_proof_split(dcnn_proof_check *p, const dcnn_proof_node *node, bool holds);

/* --- the cheapest chain (proof_chain.c) --- */

/* Fills the table of that measure and `through` for all candidates that are left; returns the least. */
int64_t dcnn_proof_chain(dcnn_proof_check *p, dcnn_proof_cnn *cnn, dcnn_measure measure);

/* Adds a layer to what a unit bears, unless the same group is there with layer `from` or a later one; false when that
 * is more than its capacity. */
bool dcnn_proof_bear(const dcnn_proof_layer *layer, int from, const dcnn_proof_load *capacity, dcnn_proof_load *load);

/* --- steps (proof_step.c) --- */

/* Strikes out what cannot meet a deadline or the cap. */
dcnn_case dcnn_proof_trim(dcnn_proof_check *p);

/* Sets the bound from what each CNN costs at least; closed when it reaches cutoff. */
dcnn_case dcnn_proof_bound(dcnn_proof_check *p);

/* What a column of the CNN must cost less than, to be part of anything better. */
int64_t dcnn_proof_limit(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn);

/* The cheapest chains under the prices at hand, and their bound. */
dcnn_case dcnn_proof_chains(dcnn_proof_check *p);

/* Strikes out the candidates through which chains, as last found, are too dear for their CNN's limit. */
dcnn_case dcnn_proof_strike_dear(dcnn_proof_check *p);

dcnn_case dcnn_proof_step(dcnn_proof_check *p, const dcnn_price_set *set);

/* The same with the prices at hand, until nothing more is struck. */
dcnn_case dcnn_proof_tighten(dcnn_proof_check *p);

/* Sets lambda and what candidates are charged (proof_prices.c). DCNN_CASE_OPEN or _REFUSED. */
dcnn_case dcnn_proof_charge(dcnn_proof_check *p, const dcnn_price_set *set);

/* The same in parts: lambda and the prices of each unit; what one layer is charged on a unit that it fits, shared rows
 * aside; and an end of it. */
dcnn_case dcnn_proof_list_prices(dcnn_proof_check *p, const dcnn_price_set *set);
int64_t dcnn_proof_charged(const dcnn_proof_check *p, const dcnn_price_set *set, const dcnn_proof_layer *layer,
                           int unit);
void dcnn_proof_charge_cnn(dcnn_proof_check *p, const dcnn_price_set *set,
                           dcnn_proof_cnn *cnn); /* but for shared rows */
void dcnn_proof_forget_prices(dcnn_proof_check *p, const dcnn_price_set *set);

/* What an amount is charged by one price. */
int64_t dcnn_proof_price_of(const dcnn_row_price *price, int64_t amount);

/* Whether two names of rows of units are of the same. */
bool dcnn_proof_same_row(const dcnn_row_name *row, const dcnn_row_name *other);

/* What a row is allowed to take (DCNN_UNLIMITED: there is no limit; 0 for shared groups), and what a layer takes of it
 * that is on its unit and counted. */
int64_t dcnn_proof_capacity(const dcnn_scenario *s, const dcnn_row_name *row);
int64_t dcnn_proof_amount(const dcnn_proof_layer *layer, const dcnn_row_name *row);

/* --- placements of the first layers of one CNN (proof_label.c) --- */

typedef struct {
    int64_t cost, weighted, plain; /* so far: priced and weighted in ticks, expected latency in ns */
    uint64_t hash;                 /* of what was put where */
    int32_t chained;               /* the next label with the same hash or nearly so; -1 = none */
    int32_t candidate;             /* of the latest layer */
    int32_t spot;                  /* of the chart that guides the search */
    int layer;
    bool dominated;
} dcnn_proof_label;

typedef struct {
    int64_t least; /* of the columns that begin so */
    int32_t label;
    int layer;
} dcnn_proof_entry;

typedef struct dcnn_proof_search {
    dcnn_proof_label *labels;
    uint16_t *paths; /* [label][layer count] slots */
    int count, room;
    dcnn_proof_entry *heap; /* labels to go on from, where the cheapest column is wanted first */
    size_t heap_count, heap_room;
    int32_t *heads; /* [mask + 1] */
    int mask;
    int64_t limit;                        /* only what costs less is looked for */
    const struct dcnn_proof_chart *chart; /* all columns are to be found along it; NULL = none guides the search */
    int *last; /* [slot_count] the last layer that could run there, when the search began; the layer count where other
                  CNNs could run as well; -1 = none. What is used up to that layer matters. */
} dcnn_proof_search;

/* Begins to look for columns through the candidates that are left, under the prices at hand: for all that a list needs
 * that will be combined with those of other CNNs, or for the cheapest. */
dcnn_case dcnn_proof_labels_open(dcnn_proof_check *p, int c, int64_t limit, bool combined);

/* Adds the extension of a label (a copy; NULL: the first layer) by candidate b, unless it leads to nothing or is
 * dominated: *least of the columns that begin so. */
dcnn_case dcnn_proof_label_extend(dcnn_proof_check *p, dcnn_proof_cnn *cnn, const dcnn_proof_label *from,
                                  int32_t parent, int b, int spot, int64_t *least);

void dcnn_proof_search_free(dcnn_proof_search *search);

/* Whether a path takes no more of any unit than another of the same CNN, and puts shared layers on the same ones. */
bool dcnn_proof_takes_no_more(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn, const uint16_t *path,
                              const uint16_t *other, int layers);

/* --- columns of one CNN, cheapest first (proof_search.c) --- */

/* Begins to look for columns; combined: see dcnn_proof_labels_open. */
dcnn_case dcnn_proof_search_open(dcnn_proof_check *p, int c, int64_t limit, bool combined);

/* The cheapest column not handed out yet, in *label; closed when no other costs less than limit, which may be lower
 * than before. */
dcnn_case dcnn_proof_search_next(dcnn_proof_check *p, int c, int64_t limit, int32_t *label);

/* --- contests (proof_contest.h) --- */

/* Frees what the last contest has kept. */
void dcnn_proof_sharing_forget(dcnn_proof_check *p);

/* --- lists (proof_list.c) --- */

/* All columns of one CNN that could be part of something better, by cost. */
typedef struct dcnn_proof_columns {
    int count, room;
    int64_t *cost;     /* [count] priced, with cuts, ticks */
    int64_t *weighted; /* [count] as in the objective, ticks */
    uint64_t *hash;    /* [count] of what it takes */
    uint16_t *paths;   /* [count][layer count] slots */
    int *chained;      /* [count] the next with the same hash or nearly so; -1 = none */
    int *heads;        /* [mask + 1] */
    int mask;
} dcnn_proof_columns;

static inline const uint16_t *dcnn_proof_path(const dcnn_proof_check *p, int c, int column)
{
    return p->columns[c].paths + (size_t)column * (size_t)p->cnns[c].layer_count;
}

void dcnn_proof_columns_free(dcnn_proof_columns *columns);
void dcnn_proof_columns_forget(dcnn_proof_check *p);

/* Adds the column that a label of CNN c has become, unless one that does as well is there (proof_columns.c). */
dcnn_case dcnn_proof_columns_add(dcnn_proof_check *p, int c, int32_t label);

/* No column of the CNN costs less than the floor under the prices at hand; refused otherwise. */
dcnn_case dcnn_proof_check_floor(dcnn_proof_check *p, int c, int64_t floor);

/* Tries whether the bound of the least columns under the prices at hand closes the node. */
dcnn_case dcnn_proof_least_columns(dcnn_proof_check *p);

dcnn_case dcnn_proof_list(dcnn_proof_check *p, const dcnn_proof_node *node);

/* Drops of the listed columns what reaches cutoff under these prices and cuts; closed when their bound does
 * (proof_then.c). */
dcnn_case dcnn_proof_then(dcnn_proof_check *p, const dcnn_price_set *set);

/* Adds what cuts charge to columns and to lambda (proof_cuts.c). */
dcnn_case dcnn_proof_cut(dcnn_proof_check *p, const dcnn_price_set *set);

/* Adds what capacities are charged by cuts; refused when that cannot be. */
dcnn_case dcnn_proof_cut_capacities(dcnn_proof_check *p, const dcnn_price_set *set, int64_t *lambda);

/* Looks through all combinations of columns whose bound is below cutoff (proof_combine.c). */
dcnn_case dcnn_proof_combine(dcnn_proof_check *p);

#endif
