/* reasons.h - why a scenario is infeasible, and what would make it feasible.
 *
 *     dcnn_solver_placement(solver, &placement, &err);
 *     if (placement->proof == DCNN_PROOF_INFEASIBLE) dcnn_reasons_find(placement, scenario, &options, &err);
 *     ... placement->reasons, placement->cures ... */
#ifndef DCNN_REASONS_H
#define DCNN_REASONS_H

#include <dcnn/placement.h>
#include <dcnn/solve.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Finds an irreducible set of limits that cannot hold together, and single changes that make the scenario feasible.
 *
 * A limit that is dropped binds no longer: memory, budgets, layers per unit and deadlines become unlimited; a CNN
 * whose routes are dropped sends its messages for nothing, and only its deadline, if any, still asks for them. Shared
 * groups stay as they are, but for one at a time: a group is named when its layers, were they not shared, could be
 * placed within the other limits named. Every limit named is needed, except those of reasons marked undecided.
 * Each cure was tried: with it all limits of the scenario can hold.
 *
 * placement  of this scenario with the proof INFEASIBLE; reasons and cures are set and belong to it
 * options    of each of the solves: threads, seed, interrupt, and node_limit (0: one for the size of the scenario;
 * trials of cures have fewer); time_limit_s is for all of them together (0 = none). gap and progress are not used.
 *
 * An interrupt or a limit leaves more undecided and fewer cures. The result depends on scenario, seed and node_limit
 * alone unless time or an interrupt ends it. DCNN_E_ARGUMENT for another proof or bad options, DCNN_E_MEMORY.
 *
 * Source: deletion filter of Chinneck and Dravnieks, ORSA J. Computing 3(2), 1991, by halves as in Junker's
 * QuickXplain, AAAI 2004. */
dcnn_status dcnn_reasons_find(dcnn_placement *placement, const dcnn_scenario *scenario, const dcnn_options *options,
                              dcnn_error *err);

#ifdef __cplusplus
}
#endif
#endif
