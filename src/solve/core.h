/* core.h - the state of one solve, shared by the files that each contribute one idea.
 *
 * Values are in ticks. cutoff is the least value that is of no use: a placement must cost less to be an improvement, so
 * a node, a candidate or a column whose bound reaches cutoff is closed. */
#ifndef DCNN_SOLVE_CORE_H
#define DCNN_SOLVE_CORE_H

#include "lp/lp.h"
#include "solve/coupling.h"
#include "solve/load.h"
#include "solve/search.h"
#include <dcnn/solve.h>

/* One placement of one CNN, by root flats. */
typedef struct {
    int chain;
    int lp_index; /* column of the master, -1 = not there */
    size_t flats; /* offset of layer_count flats in the store */
    dcnn_tick cost;
} dcnn_column;

typedef struct {
    dcnn_column *columns;
    size_t count, room;
    int *flats;
    size_t flats_used, flats_room;
    int *table; /* hash table of column indices, -1 = free */
    size_t table_size;
} dcnn_column_store;

/* The chains cut down to the candidates still allowed, with their run tables. */
typedef struct {
    int chain_count;
    dcnn_chain **chains; /* [chain] */
    dcnn_rundp *dp;      /* [chain] */
    dcnn_tick *least;    /* [chain] cheapest chain (or its lower bound) under the prices last used */
    bool remembers;      /* run tables may remember critical units */
} dcnn_view;

typedef struct dcnn_core dcnn_core;

enum { DCNN_MASTER_CUTS_MAX = 192 }; /* as many bytes of remainders a label, at most */

enum { DCNN_BRIEF_SETTLE_SHARE = 16 }; /* brief looks settle lists with such a part of settle_work */

/* What one solve may spend, and what it is for. */
typedef struct {
    const dcnn_options *options;
    double started_s;       /* the time limit counts from here */
    int64_t nodes, columns; /* spent before, counted against the limits */
    bool any_will_do;       /* stop at the first placement */
    int list_max;           /* columns an enumeration may write down */
    int64_t pricing_labels; /* that a search for columns to price in may make */
    size_t contest_steps;   /* that a contest may look at */
    int64_t settle_work;    /* of the linear programs when lists are branched and cut; more than that is given up */
    int64_t speeds_after;   /* nodes a tree may have before it starts anew, by speeds; 0 = as many as it takes */
    void (*tell)(void *user, const dcnn_core *core); /* called now and then; NULL = nobody asks */
    void *tell_user;
} dcnn_task;

struct dcnn_core {
    const dcnn_instance *instance;
    dcnn_options options;
    dcnn_task task;
    dcnn_problem *problem; /* owned */
    dcnn_coupling *rows;
    dcnn_search *search;
    dcnn_tick one_ns;
    bool *alone;         /* [unit_count] at most one CNN has candidates on the unit */
    bool **allowed;      /* [chain][root flat] candidates not yet struck out for good */
    dcnn_tick **penalty; /* [chain][root flat] scratch of the prices last used */
    dcnn_load best;      /* best placement, where has_best */
    bool has_best;
    dcnn_tick best_cost; /* its cost; before there is one, more than any placement costs */
    dcnn_tick aim;       /* only what costs less is looked for at the moment; dcnn_tick_never = all that is better */
    dcnn_tick cutoff;    /* the lesser of best_cost and aim, - one_ns + 1 */
    dcnn_tick bound;     /* proven for the whole problem */
    dcnn_load trial;     /* scratch of the heuristics */
    dcnn_view *view;     /* the candidates allowed when the heuristics last looked */
    dcnn_column_store store;
    dcnn_lp *master;
    int *master_column; /* store index of each LP column, -1 = artificial */
    size_t master_room;
    struct dcnn_master_cuts *cuts; /* of the master, see master_cuts.h; NULL = none */
    dcnn_surcharge surcharge;      /* scratch: what they charge one chain */
    int64_t nodes, columns;
    int64_t labels; /* of all pricing searches */
    dcnn_stop stop;
    bool stopped;
    dcnn_rng rng;
};

/* --- core.c --- */

/* Takes the problem over, even when it fails. */
dcnn_status dcnn_core_new(dcnn_core **out, dcnn_problem *problem, const dcnn_task *task, dcnn_error *err);
void dcnn_core_free(dcnn_core *core);

/* From now on only what costs less than cost counts. */
void dcnn_core_cut(dcnn_core *core, dcnn_tick cost);

/* Looks only for what costs less than aim (whole nanoseconds), though the best costs more; dcnn_tick_never ends that.
 */
void dcnn_core_aim(dcnn_core *core, dcnn_tick aim);

/* All phases: prices, first placements, tree. Then bound >= cutoff, or stopped. */
dcnn_status dcnn_core_solve(dcnn_core *core, dcnn_error *err);
bool dcnn_core_proven(const dcnn_core *core);

bool dcnn_core_should_stop(dcnn_core *core); /* looks at clock and interrupt; sets stopped and stop */
void dcnn_core_tell(dcnn_core *core);        /* whoever asked for progress */
dcnn_tick dcnn_core_ceil(const dcnn_core *core, dcnn_tick value); /* up to a whole nanosecond */

/* Makes the complete, feasible placement in load the best one if it is cheaper. */
bool dcnn_core_improve(dcnn_core *core, const dcnn_load *load);

bool dcnn_core_stop_search(void *core); /* dcnn_core_should_stop as a dcnn_stop_fn */

/* Candidates of one node, [chain][root flat]; what is struck out there stays in the original. NULL when memory is out.
 * Free with dcnn_allowed_free, which accepts NULL. */
bool **dcnn_allowed_copy(const dcnn_core *core, bool *const *from);
void dcnn_allowed_free(const dcnn_core *core, bool **allowed);

/* Prices of a node: of the coupling rows, then of the master's cuts. */
static inline size_t dcnn_core_price_count(const dcnn_core *core)
{
    return (size_t)core->rows->row_count + DCNN_MASTER_CUTS_MAX;
}

static inline bool dcnn_core_uses(const dcnn_core *core, dcnn_idea idea)
{
    return !(core->options.without >> idea & 1);
}

/* --- view.c --- */
dcnn_status dcnn_view_new(dcnn_view **out, const dcnn_core *core, bool *const *allowed, dcnn_error *err);
void dcnn_view_free(dcnn_view *view);

/* Prices every chain and runs the backward pass; least[u] is set. Returns the Lagrangian bound (dcnn_tick_never when a
 * chain has no placement at all). */
dcnn_tick dcnn_view_price(dcnn_view *view, dcnn_core *core, const double *price, dcnn_tick *constant);

/* Adds critical units to chain u, as long as its cheapest chain repeats one, and prices it anew; least[u] is set.
 * Returns by how much it rose. *status may become DCNN_E_MEMORY. */
dcnn_tick dcnn_view_sharpen(dcnn_view *view, int u, dcnn_status *status, dcnn_error *err);

/* Strikes out of allowed every candidate whose bound, given least[] and the constant, reaches cutoff. Forward passes
 * are done here. Returns how many were struck. */
int dcnn_view_fix(dcnn_view *view, const dcnn_core *core, dcnn_tick bound, bool *const *allowed);

int dcnn_view_size(const dcnn_view *view); /* candidates of all chains */

/* --- lagrange.c --- */

/* Subgradient ascent over the run bound; price holds the start and receives the best prices. Strikes out candidates
 * of allowed. *bound receives the best bound. */
dcnn_status dcnn_lagrange(dcnn_core *core, bool *const *allowed, double *price, int rounds, dcnn_tick *bound,
                          dcnn_error *err);

/* The same by small steps, from prices of a problem much like this one. use ([chain flats, chain after chain]) receives
 * how often the cheapest chains met of late use each candidate: about what a linear program would (Barahona, Anbil
 * 2000). */
dcnn_status dcnn_lagrange_again(dcnn_core *core, bool *const *allowed, double *price, int rounds, double *use,
                                dcnn_tick *bound, dcnn_error *err);

/* --- incumbent.c --- */

/* Places chain u, cut down to some of its candidates, on flats of these in core->trial; false where that does not fit.
 * flats are changed. */
bool dcnn_place_flats(dcnn_core *core, const dcnn_chain *chain, int u, int *flats);

/* Improves the best placement where the cheapest chains of a view that was priced fit together as they are. flats:
 * [longest chain] scratch. */
void dcnn_try_cheapest(dcnn_core *core, const dcnn_view *view, int *flats);

/* Places the chains not in core->trial one by one, in the given order, each as cheaply as what is left allows, under
 * price (NULL = none) times factor; improves the best placement if that succeeds. */
dcnn_status dcnn_insert_all(dcnn_core *core, const int *order, int count, const double *price, double factor,
                            bool *placed, dcnn_error *err);

/* Rounds of taking away a few CNNs of the best placement and placing them anew. */
dcnn_status dcnn_ruin_and_recreate(dcnn_core *core, const double *price, int rounds, dcnn_error *err);

/* --- anneal.c --- */

/* Improves the best placement by simulated annealing over the candidates allowed; effort 1 is the usual length. */
dcnn_status dcnn_anneal(dcnn_core *core, double effort, dcnn_error *err);

/* --- neighbourhood.c --- */

/* Improves the best placement by exact searches over a few CNNs at a time, `most` or up to two fewer, until that helps
 * no more. */
dcnn_status dcnn_neighbourhoods(dcnn_core *core, int most, dcnn_error *err);

/* --- dive.c --- */

/* Looks for a placement below aim (dcnn_tick_never = anything better) among the candidates allowed, of which the master
 * holds the solution, and price the prices. */
dcnn_status dcnn_dive(dcnn_core *core, bool *const *allowed, const double *price, dcnn_tick aim, dcnn_error *err);

/* --- columns.c --- */
void dcnn_columns_clear(dcnn_column_store *store);

/* Index of the column in the store, added if new (then *added); -1 when memory is out. */
int dcnn_columns_add(dcnn_column_store *store, const dcnn_problem *problem, int chain, const int *flats, dcnn_tick cost,
                     bool *added);

/* --- master.c --- */

/* A linear program with the rows of the chains (one column of each) and of the coupling, each divided by its scale, and
 * for every chain a column that leaves it unplaced at a price no placement reaches. NULL when memory is out. */
dcnn_lp *dcnn_core_lp_new(const dcnn_core *core);
dcnn_status dcnn_master_add(dcnn_core *core, int column, dcnn_error *err);

/* The columns of a placement ([chain][layer] units), as far as its candidates are there and caps allow: so the master
 * is feasible, and its first prices are of the size that columns have. */
dcnn_status dcnn_master_add_placement(dcnn_core *core, int *const *units, dcnn_error *err);

bool dcnn_master_allows(const dcnn_core *core, int column, bool *const *allowed);

/* Opens exactly the columns whose candidates are all allowed, and solves. price[row] in ticks, dual[chain] in ticks. */
dcnn_status dcnn_master_solve(dcnn_core *core, bool *const *allowed, double *price, double *dual, double *objective,
                              dcnn_error *err);

/* --- lone.c --- */

/* The only chain's cheapest column, and what bounds it, unless that takes too many labels. no_price: [prices] zeros.
 * DCNN_E_MEMORY. */
dcnn_status dcnn_lone_solve(dcnn_core *core, const double *no_price, dcnn_tick *bound, dcnn_error *err);

/* --- generate.c: column generation at one node --- */
typedef struct {
    dcnn_tick bound; /* valid for the node */
    bool closed;     /* bound reached cutoff */
    double *price;   /* [rows] prices of the bound */
    double *use;     /* [chain flats, chain after chain] how much the master's solution uses each candidate */
    bool integral;   /* the master's solution is a placement */
    bool all_stay;   /* in: allowed is left as it is, so that the prices suit all of it */
    bool whole;      /* in: no other node is open, so that its bound is the problem's */
} dcnn_node_result;

dcnn_status dcnn_generate_columns(dcnn_core *core, bool **allowed, dcnn_node_result *node, dcnn_error *err);

/* --- enumerate.c --- */

typedef struct dcnn_listed_proof dcnn_listed_proof;

/* What a node's lists are to prove. */
typedef struct {
    const double *price;      /* [prices] of the node */
    bool contest;             /* a contest before long lists, where that applies */
    dcnn_listed_proof *proof; /* receives how, see listed.h, and the list is all or nothing then; NULL = not wanted */
    dcnn_tick bound;          /* in and out: proven for the node */
    bool done;                /* out: the node is settled */
} dcnn_listing;

/* Lists every column that an improvement could use and finds the best combination. DCNN_E_MEMORY. */
dcnn_status dcnn_enumerate(dcnn_core *core, bool *const *allowed, dcnn_listing *listing, dcnn_error *err);

/* --- decide.c: what to branch on --- */

/* A chain on a unit in a layer or, with layer -1, in any layer at all; alike: on it or any unit just as fast. */
typedef struct {
    int chain, layer, unit;
    bool alike;
    double score;
} dcnn_decision;

/* Chooses by how much the master's solution, which suits allowed, uses each candidate ([chain flats, chain after
 * chain]); d->chain is -1 when nothing is left to decide. DCNN_E_MEMORY. */
dcnn_status dcnn_decide(dcnn_core *core, bool *const *allowed, const double *used, dcnn_decision *d, dcnn_error *err);

/* Strikes out what the decision forbids: yes = the chain gets the unit. */
void dcnn_decision_apply(const dcnn_core *core, const dcnn_decision *d, bool yes, bool **allowed);

/* --- speeds.c: what to branch on first where units are alike --- */

/* Takes over what is left of the problem, with a bound for it; allowed and price are the caller's. */
typedef dcnn_status (*dcnn_part_fn)(void *user, bool *const *allowed, const double *price, dcnn_tick bound,
                                    dcnn_error *err);

/* Splits the problem until every layer's units are equally fast, or the bound is near the best placement; prices are
 * all that bounds the parts. Whatever may hold a better placement goes to take, and all that is left when the search
 * shall stop. bound: known already. DCNN_E_MEMORY, and what take returns. */
dcnn_status dcnn_split_by_speeds(dcnn_core *core, bool *const *allowed, const double *price, dcnn_tick bound,
                                 dcnn_part_fn take, void *user, dcnn_error *err);

/* --- tree.c --- */

/* The root alone, with short lists: what is easy is settled by these before heuristics have looked for anything. */
dcnn_status dcnn_tree_glance(dcnn_core *core, const double *price, dcnn_error *err);

dcnn_status dcnn_tree_search(dcnn_core *core, double *price, dcnn_error *err);

#endif
