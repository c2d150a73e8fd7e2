/* cures.h - single changes that make an infeasible scenario feasible. */
#ifndef DCNN_REASONS_CURES_H
#define DCNN_REASONS_CURES_H

#include "draft.h"
#include "limits.h"
#include "trial.h"

enum { DCNN_CURES_MAX = 24 };

typedef struct {
    const dcnn_scenario *scenario;
    dcnn_draft draft; /* scratch: the scenario with one change */
    dcnn_trials *trials;
    dcnn_placement *placement; /* whose cures they become: room for DCNN_CURES_MAX */
    dcnn_error *err;
} dcnn_doctor;

/* Whether the draft is feasible, and with which placement (found may be NULL; to be freed). */
dcnn_status dcnn_doctor_try(dcnn_doctor *doctor, dcnn_verdict *verdict, dcnn_placement **found);

/* Adds a cure with its sentence. */
dcnn_status dcnn_doctor_add(dcnn_doctor *doctor, dcnn_cure cure, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Each adds the cures of its kind: only what touches the limits in force can help. DCNN_E_MEMORY, DCNN_E_ARGUMENT. */
dcnn_status dcnn_cure_layers(dcnn_doctor *doctor, const dcnn_limits *limits);   /* layers per unit */
dcnn_status dcnn_cure_room(dcnn_doctor *doctor, const dcnn_limits *limits);     /* memory and budgets (cure_room.c) */
dcnn_status dcnn_cure_units(dcnn_doctor *doctor);                               /* more units (cure_units.c) */
dcnn_status dcnn_cure_deadline(dcnn_doctor *doctor, const dcnn_limits *limits); /* deadlines */
dcnn_status dcnn_cure_network(dcnn_doctor *doctor, const dcnn_limits *limits);  /* range, links (cure_network.c) */
dcnn_status dcnn_cure_sharing(dcnn_doctor *doctor);                             /* shared groups */

#endif
