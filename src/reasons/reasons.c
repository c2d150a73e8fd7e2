#include "argument.h"
#include "cures.h"
#include "filter.h"
#include "words.h"
#include <dcnn/reasons.h>

typedef struct {
    dcnn_filter filter;
    dcnn_limits limits;
    dcnn_placement *placement;
    dcnn_plot plot;
    dcnn_error *err;
} finder;

/* --- reasons --- */

/* Adds the limits of one kind that are in force and as decided as said; none is no reason. */
static bool collect(finder *f, dcnn_limit_kind kind, bool undecided)
{
    dcnn_placement *p = f->placement;
    dcnn_reason *reason = &p->reasons[p->reason_count];
    int found = 0;

    *reason = (dcnn_reason){.kind = kind, .undecided = undecided};
    reason->owners = dcnn_pool_take(p->pool, (size_t)f->limits.count, sizeof *reason->owners);
    if (!reason->owners) return false;
    for (int k = 0; k < f->limits.count; k++) {
        const dcnn_limit *limit = &f->limits.all[k];
        if (limit->kind != kind || !limit->in_force || limit->undecided != undecided) continue;
        found++;
        if (limit->index >= 0) reason->owners[reason->owner_count++] = limit->index;
    }
    p->reason_count += found > 0;
    return true;
}

static dcnn_status collect_group(finder *f, int g)
{
    dcnn_placement *p = f->placement;
    dcnn_reason *reason = &p->reasons[p->reason_count];
    bool needed;
    dcnn_status status = dcnn_filter_needs_group(&f->filter, g, &needed);

    if (status || !needed) return status;
    *reason = (dcnn_reason){.kind = DCNN_LIMIT_SHARED, .owner_count = 1};
    reason->owners = dcnn_pool_take(p->pool, 1, sizeof *reason->owners);
    if (!reason->owners) return dcnn_fail_memory(f->err);
    reason->owners[0] = g;
    p->reason_count++;
    return DCNN_OK;
}

static dcnn_status collect_all(finder *f, const dcnn_scenario *scenario)
{
    dcnn_placement *p = f->placement;
    dcnn_status status = DCNN_OK;

    p->reason_count = 0;
    p->reasons =
        dcnn_pool_take(p->pool, 2 * DCNN_LIMIT_SHARED + (size_t)scenario->shared_group_count, sizeof *p->reasons);
    if (!p->reasons) return dcnn_fail_memory(f->err);
    for (int kind = 0; kind < DCNN_LIMIT_SHARED; kind++)
        if (!collect(f, (dcnn_limit_kind)kind, false) || !collect(f, (dcnn_limit_kind)kind, true))
            return dcnn_fail_memory(f->err);
    for (int g = 0; g < scenario->shared_group_count && !status; g++) status = collect_group(f, g);
    return status;
}

static dcnn_status put_into_words(finder *f, const dcnn_scenario *scenario)
{
    dcnn_status status;

    dcnn_limits_apply(&f->limits, scenario, &f->filter.draft);
    f->plot.bare = &f->filter.draft.scenario;
    f->plot.original = scenario;
    f->plot.trials = &f->filter.trials;
    if ((status = dcnn_argue(&f->plot.argument, f->plot.bare, f->err))) return status;
    for (int r = 0; r < f->placement->reason_count && !status; r++) {
        dcnn_reason *reason = &f->placement->reasons[r];
        dcnn_buf text = {0};
        status = dcnn_reason_words(&text, &f->plot, reason, f->err);
        if (!status) reason->text = dcnn_pool_text(f->placement->pool, text.data);
        if (!status && !reason->text) status = dcnn_fail_memory(f->err);
        dcnn_buf_clear(&text);
    }
    return status;
}

static dcnn_status find_reasons(finder *f, const dcnn_scenario *scenario)
{
    dcnn_status status;

    if ((status = dcnn_filter_run(&f->filter))) return status;
    if ((status = collect_all(f, scenario))) return status;
    return put_into_words(f, scenario);
}

/* --- cures: each kind has its own share of solves, so that one that is hard does not hide the others --- */

static dcnn_status find_cures(finder *f, const dcnn_scenario *scenario)
{
    dcnn_doctor doctor = {.scenario = scenario, .trials = &f->filter.trials, .placement = f->placement, .err = f->err};
    dcnn_placement *p = f->placement;
    dcnn_status status;

    p->cure_count = 0;
    p->cures = dcnn_pool_take(p->pool, DCNN_CURES_MAX, sizeof *p->cures);
    if (!p->cures || !dcnn_draft_open(&doctor.draft, scenario)) {
        status = dcnn_fail_memory(f->err);
        goto done;
    }
    dcnn_trials_of_cures(doctor.trials, scenario);
    if ((status = dcnn_cure_layers(&doctor, &f->limits))) goto done;
    dcnn_trials_of_cures(doctor.trials, scenario);
    if ((status = dcnn_cure_units(&doctor))) goto done;
    dcnn_trials_of_cures(doctor.trials, scenario);
    if ((status = dcnn_cure_room(&doctor, &f->limits))) goto done;
    dcnn_trials_of_cures(doctor.trials, scenario);
    if ((status = dcnn_cure_deadline(&doctor, &f->limits))) goto done;
    dcnn_trials_of_cures(doctor.trials, scenario);
    if ((status = dcnn_cure_network(&doctor, &f->limits))) goto done;
    dcnn_trials_of_cures(doctor.trials, scenario);
    status = dcnn_cure_sharing(&doctor);
done:
    dcnn_draft_close(&doctor.draft);
    return status;
}

static dcnn_status check_arguments(const dcnn_placement *placement, const dcnn_options *options, dcnn_error *err)
{
    if (placement->proof != DCNN_PROOF_INFEASIBLE)
        return dcnn_fail(err, DCNN_E_ARGUMENT, "", "reasons are asked for without a proof of infeasibility");
    if (options->threads < 1 || options->node_limit < 0 || !(options->time_limit_s >= 0))
        return dcnn_fail(err, DCNN_E_ARGUMENT, "", "an option is out of range");
    return DCNN_OK;
}

dcnn_status dcnn_reasons_find(dcnn_placement *placement, const dcnn_scenario *scenario, const dcnn_options *options,
                              dcnn_error *err)
{
    finder f = {.placement = placement, .err = err};
    dcnn_status status = check_arguments(placement, options, err);

    if (status) return status;
    if (!dcnn_limits_init(&f.limits, scenario)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    if ((status = dcnn_filter_open(&f.filter, scenario, &f.limits, options, err))) goto done;
    if ((status = find_reasons(&f, scenario))) goto done;
    status = find_cures(&f, scenario);
done:
    if (status) placement->reason_count = placement->cure_count = 0;
    dcnn_filter_close(&f.filter);
    dcnn_limits_clear(&f.limits);
    return status;
}
