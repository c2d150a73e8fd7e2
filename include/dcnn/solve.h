/* solve.h - exact placement. Typical use:
 *
 *     dcnn_options options;  dcnn_options_init(&options);  options.time_limit_s = 60;
 *     dcnn_solver_new(&solver, instance, &options, &err);   checks and copies the options; borrows the instance
 *     dcnn_solver_run(solver, &result, &err);
 *     dcnn_solver_placement(solver, &placement, &err);      copies the best one out
 *     dcnn_solver_free(solver);
 *
 * Thread-safe on distinct solvers. */
#ifndef DCNN_SOLVE_H
#define DCNN_SOLVE_H

#include <dcnn/certificate.h>
#include <dcnn/instance.h>
#include <dcnn/placement.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    dcnn_proof proof; /* what is certain */
    dcnn_stop stop;   /* why the search ended */
    int64_t best_ns;  /* objective of the best placement; DCNN_NEVER = none found */
    int64_t bound_ns; /* no placement is faster; valid at every stop; DCNN_NEVER = proven infeasible */
    int64_t nodes;    /* of the branching tree */
    int64_t columns;  /* single-CNN placements generated */
    double elapsed_s;
} dcnn_result;

/* Called now and then during a search with the state so far (proof NONE). Must not call the solver. */
typedef void (*dcnn_progress_fn)(void *user, const dcnn_result *so_far);

/* Ranks that solve one instance together: processes, each with the same instance and options but for progress. They
 * share the work on many CNNs where units are many, and do the same work where they are few; each has the whole result.
 * A rank whose call fails must end the others, which wait for it. */
typedef struct {
    int rank, rank_count;

    /* Called by all ranks together. *all receives the blocks of all ranks, one after another in order of ranks, and
     * *sizes their bytes [rank_count]; both stay until the next call. False when a rank or memory is lost. */
    bool (*exchange)(void *user, const void *block, size_t bytes, const void **all, const size_t **sizes);
    void *user;
} dcnn_team;

/* What the search owes its speed to, in the order in which it is met. The result is the same without any of them, and
 * certificates are written with all. */
typedef enum {
    DCNN_IDEA_KNAPSACK_ROWS,  /* rows for the memory that heavy layers share (coupling.c) */
    DCNN_IDEA_FIXING,         /* candidates struck out by their bound (view.c) */
    DCNN_IDEA_RECREATION,     /* ruin and recreate (incumbent.c) */
    DCNN_IDEA_ANNEALING,      /* (anneal.c) */
    DCNN_IDEA_NEIGHBOURHOODS, /* exact searches over a few CNNs (neighbourhood.c) */
    DCNN_IDEA_DIVING,         /* rounding the master's solution column by column (dive.c) */
    DCNN_IDEA_SMOOTHING,      /* of the duals that columns are priced at (generate.c) */
    DCNN_IDEA_CRITICAL_UNITS, /* that the run tables remember (rundp.c) */
    DCNN_IDEA_LISTS,          /* of all columns an improvement could use (enumerate.c) */
    DCNN_IDEA_SHORT_LISTS,    /* tried before long ones (enumerate.c) */
    DCNN_IDEA_PICKING,        /* listed columns combined on bit maps (pick.c) */
    DCNN_IDEA_CUTS,           /* on listed columns (cuts.c) */
    DCNN_IDEA_CONTESTS,       /* for units, which are shared out exactly, coarse to fine (contest.c) */
    DCNN_IDEA_MASTER_CUTS,    /* the same in the master (master_cuts.c) */
    DCNN_IDEA_SPEEDS,         /* a long search starts anew, by the speeds of the layers' units (speeds.c) */
    DCNN_IDEA_OUTLOOKS,       /* of what is still to pay, by place, in large networks (outlook.c) */
    DCNN_IDEA_PROBING,        /* strong branching over listed columns (settle.c) */
    DCNN_IDEA_COUNT
} dcnn_idea;

extern const char *const dcnn_idea_names[DCNN_IDEA_COUNT];

typedef struct {
    double time_limit_s; /* wall clock; 0 = none */
    double gap;          /* stop when (best - bound) / best <= gap; 0 = prove optimality */
    int64_t node_limit;  /* nodes of the branching tree; 0 = none */
    int threads;         /* >= 1 */
    uint64_t seed;       /* of tie-breaking in heuristics; never changes value, bound or proof of a finished search */
    dcnn_progress_fn progress; /* NULL = none */
    void *progress_user;
    const volatile int *interrupt; /* becomes non-zero when the search shall stop; NULL = never */
    const dcnn_team *team;         /* borrowed; NULL = alone */
    unsigned without;              /* bits 1 << idea: what to go without, to measure what it is worth; 0 = nothing */
} dcnn_options;

typedef struct dcnn_solver dcnn_solver;

/* Defaults: no limits, one thread, seed 1. */
void dcnn_options_init(dcnn_options *options);

/* DCNN_E_ARGUMENT for an option out of range, DCNN_E_MEMORY. */
dcnn_status dcnn_solver_new(dcnn_solver **out, const dcnn_instance *instance, const dcnn_options *options,
                            dcnn_error *err);

/* Searches until proven or stopped.
 *
 * result  out: see dcnn_result; R1 bound <= best, R2 OPTIMAL <=> bound == best < NEVER, R3 INFEASIBLE <=> bound ==
 * NEVER, R4 FINISHED => a proof
 *
 * Running out of memory mid-search is DCNN_E_MEMORY, with *result still true of what was found. */
dcnn_status dcnn_solver_run(dcnn_solver *solver, dcnn_result *result, dcnn_error *err);

/* The best placement with its latency breakdown, proof and bound (no cnns when none was found). Free it with
 * dcnn_placement_free. DCNN_E_MEMORY. */
dcnn_status dcnn_solver_placement(const dcnn_solver *solver, dcnn_placement **out, dcnn_error *err);

/* What proves the bound of the last run, for dcnn_check_certificate. The bound is proven once more, without the time,
 * node and gap limits of the run, which takes about as long as the run's own proof did, or longer where that came from
 * a contest (DCNN_IDEA_CONTESTS), which no certificate can tell. Where the last of an unfinished run's bound came from
 * a search among too many units to write it down, the run falls back on what its prices prove: dcnn_solver_placement
 * states that bound from then on, and the certificate proves it.
 *
 * Free it with dcnn_certificate_free. DCNN_E_INFEASIBLE when it would be too long or was interrupted, DCNN_E_ARGUMENT
 * when nothing has run or, among too many units, the run's own proof is finished, DCNN_E_MEMORY. */
dcnn_status dcnn_solver_certify(dcnn_solver *solver, dcnn_certificate **out, dcnn_error *err);

/* Accepts NULL. */
void dcnn_solver_free(dcnn_solver *solver);

#ifdef __cplusplus
}
#endif
#endif
