/* master_cuts.h - the cuts (cuts.h) that stand in the master, as rows behind those of the limits.
 *
 * They hold for the whole problem. Their prices stand behind those of the coupling rows, one a cut, in ticks; priced as
 * integers they are part of the Lagrangian bound: every column pays for its coefficient, the constant for the limit. */
#ifndef DCNN_SOLVE_MASTER_CUTS_H
#define DCNN_SOLVE_MASTER_CUTS_H

#include "solve/cuts.h"

struct dcnn_master_cuts {
    int count;
    dcnn_cut cuts[DCNN_MASTER_CUTS_MAX];
    dcnn_tick charge[DCNN_MASTER_CUTS_MAX]; /* under the prices last used */
};

/* Adds cuts that the master's solution breaks to it; *added says how many. DCNN_E_MEMORY. */
dcnn_status dcnn_master_separate(dcnn_core *core, int *added, dcnn_error *err);

/* Sets what each cut charges from its price; returns the constant. */
dcnn_tick dcnn_master_cuts_price(dcnn_core *core, const double *price);

/* What the cuts charge chain u, cut down to view: NULL in *charged when they charge it nothing, else s. False when
 * memory is out. */
bool dcnn_master_cuts_surcharge(const dcnn_core *core, int u, const dcnn_chain *view, dcnn_surcharge *s,
                                const dcnn_surcharge **charged);

#endif
