/* The deletion filter (Chinneck and Dravnieks 1991), by halves: a block of limits that can be dropped at once goes at
 * once; one that cannot is tried in two parts. A limit that is needed among many is needed among fewer. */
#include "filter.h"
#include "argument.h"
#include <stdlib.h>

dcnn_status dcnn_filter_open(dcnn_filter *filter, const dcnn_scenario *scenario, dcnn_limits *limits,
                             const dcnn_options *options, dcnn_error *err)
{
    *filter = (dcnn_filter){.scenario = scenario, .limits = limits, .err = err};
    dcnn_trials_init(&filter->trials, scenario, options);
    return dcnn_draft_open(&filter->draft, scenario) ? DCNN_OK : dcnn_fail_memory(err);
}

void dcnn_filter_close(dcnn_filter *filter)
{
    dcnn_draft_close(&filter->draft);
}

/* Whether the limits in force cannot hold together: by counting where that is enough, else by a solve. */
static dcnn_status judge(dcnn_filter *filter, dcnn_verdict *verdict)
{
    dcnn_argument argument;
    dcnn_status status;

    dcnn_limits_apply(filter->limits, filter->scenario, &filter->draft);
    if ((status = dcnn_argue(&argument, &filter->draft.scenario, filter->err))) return status;
    *verdict = DCNN_TRIAL_INFEASIBLE;
    if (argument.kind != DCNN_ARGUMENT_NONE) return DCNN_OK;
    return dcnn_trial(&filter->trials, &filter->draft.scenario, verdict, NULL, filter->err);
}

static void switch_block(dcnn_limits *limits, const int *block, int count, bool in_force)
{
    for (int k = 0; k < count; k++) limits->all[block[k]].in_force = in_force;
}

/* Tries to drop the limits of a block, all of them or some; *dropped = it went as a whole. needed: it is known that it
 * does not. */
static dcnn_status filter_block(dcnn_filter *filter, const int *block, int count, bool needed, bool *dropped)
{
    dcnn_verdict verdict = DCNN_TRIAL_FEASIBLE;
    dcnn_status status = DCNN_OK;
    bool first, second;

    *dropped = false;
    if (!needed) {
        switch_block(filter->limits, block, count, false);
        if ((status = judge(filter, &verdict))) return status;
        *dropped = verdict == DCNN_TRIAL_INFEASIBLE;
        if (*dropped) return DCNN_OK;
        switch_block(filter->limits, block, count, true);
    }
    if (count == 1) {
        filter->limits->all[block[0]].undecided = verdict == DCNN_TRIAL_UNDECIDED;
        return DCNN_OK;
    }
    if ((status = filter_block(filter, block, count / 2, false, &first))) return status;
    /* Where the whole is needed and its first half went, the second half is what was needed. */
    needed = first && verdict == DCNN_TRIAL_FEASIBLE;
    return filter_block(filter, block + count / 2, count - count / 2, needed, &second);
}

/* Tries the limits of one kind that are in force (only_undecided: of them, those that are undecided). */
static dcnn_status filter_kind(dcnn_filter *filter, dcnn_limit_kind kind, bool only_undecided, int *block)
{
    const dcnn_limits *limits = filter->limits;
    bool dropped;
    int count = 0;

    for (int k = 0; k < limits->count; k++)
        if (limits->all[k].kind == kind && limits->all[k].in_force && (!only_undecided || limits->all[k].undecided))
            block[count++] = k;
    return count > 0 ? filter_block(filter, block, count, false, &dropped) : DCNN_OK;
}

/* Where counting proves the whole infeasible, the limits it does not count are dropped unseen. */
static dcnn_status drop_uncounted(dcnn_filter *filter)
{
    dcnn_argument argument;
    dcnn_status status = dcnn_argue(&argument, filter->scenario, filter->err);

    if (status || argument.kind == DCNN_ARGUMENT_NONE) return status;
    for (int k = 0; k < filter->limits->count; k++)
        filter->limits->all[k].in_force = dcnn_argument_counts(&argument, filter->limits->all[k].kind);
    return DCNN_OK;
}

dcnn_status dcnn_filter_run(dcnn_filter *filter)
{
    /* What is easier to change goes first, so that what stays is what weighs most. */
    static const dcnn_limit_kind order[] = {DCNN_LIMIT_DEADLINE, DCNN_LIMIT_ROUTE, DCNN_LIMIT_OPS,
                                            DCNN_LIMIT_LAYERS_PER_UNIT, DCNN_LIMIT_MEMORY};
    int *block = dcnn_take((size_t)filter->limits->count, sizeof *block);
    dcnn_status status = block ? drop_uncounted(filter) : dcnn_fail_memory(filter->err);

    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < sizeof order / sizeof *order && !status; k++)
            status = filter_kind(filter, order[k], pass > 0, block);
    free(block);
    return status;
}

dcnn_status dcnn_filter_needs_group(dcnn_filter *filter, int g, bool *needed)
{
    dcnn_verdict verdict;
    dcnn_status status;

    dcnn_limits_apply(filter->limits, filter->scenario, &filter->draft);
    dcnn_draft_unshare(&filter->draft, g);
    status = dcnn_trial(&filter->trials, &filter->draft.scenario, &verdict, NULL, filter->err);
    *needed = !status && verdict == DCNN_TRIAL_FEASIBLE;
    return status;
}
