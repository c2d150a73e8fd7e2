/* words.h - the sentences of reasons. */
#ifndef DCNN_REASONS_WORDS_H
#define DCNN_REASONS_WORDS_H

#include "argument.h"
#include "base/base.h"
#include "trial.h"

/* What the limits of a reason are about, within a scenario that has no other limits than those named. */
typedef struct {
    const dcnn_scenario *bare;     /* with the limits in force alone */
    const dcnn_scenario *original; /* with all of them */
    dcnn_argument argument;        /* why they cannot hold together, where counting tells */
    dcnn_trials *trials;
} dcnn_plot;

/* Appends the sentence of a reason (owners set, text not). DCNN_E_MEMORY, DCNN_E_ARGUMENT. */
dcnn_status dcnn_reason_words(dcnn_buf *out, const dcnn_plot *plot, const dcnn_reason *reason, dcnn_error *err);

#endif
