#include "solve/enumeration.h"
#include <limits.h>

/* What is below target is counted in parts of the gap; what lists may look at above the bound, in parts of that. */
enum { GAP_PARTS = 8, FIRST_PARTS = 2, NEAR_PARTS = 16, NEAR_SHARE = 100, SETTLED_NEAR = 400 };

enum { TOGETHER_MAX = 5 }; /* CNNs placed anew at a time */

/* Steps of a contest that is hard: one for more of the gap is to be only a little harder. */
static const int64_t hard = 2000000;

/* The cutoff that goes with a cost. */
static dcnn_tick cutoff_of(const dcnn_core *core, dcnn_tick cost)
{
    return dcnn_core_ceil(core, cost) - core->one_ns + 1;
}

/* What is still to be ruled out. */
static dcnn_tick lesser(const dcnn_enumeration *e, dcnn_tick target)
{
    return target < e->core->cutoff ? target : e->core->cutoff;
}

/* Few columns cost little more than the bound: with a placement there is less to rule out, without one the bound rises.
 */
static dcnn_status list_near_bound(dcnn_enumeration *e, dcnn_tick target, dcnn_tick *bound, dcnn_error *err)
{
    dcnn_tick goal = cutoff_of(e->core, *bound + (target - e->here) / NEAR_PARTS);
    dcnn_list_terms terms = {
        .columns_max = e->core->task.list_max / NEAR_SHARE, .settled_max = SETTLED_NEAR, .all_or_nothing = true};

    return dcnn_enumeration_run(e, terms, lesser(e, goal < target ? goal : target), bound, err);
}

static bool goes_on(const dcnn_enumeration *e, dcnn_tick target, dcnn_tick bound)
{
    return bound < lesser(e, target) && !e->core->stopped;
}

/* What a contest or a list finds is seldom the best there is near it, and each nanosecond less is less to rule out. */
static dcnn_status polish(dcnn_enumeration *e, dcnn_tick cutoff, dcnn_tick target, dcnn_tick bound, dcnn_error *err)
{
    bool found = e->core->cutoff < cutoff && goes_on(e, target, bound);

    if (!found || !dcnn_core_uses(e->core, DCNN_IDEA_NEIGHBOURHOODS)) return DCNN_OK;
    return dcnn_neighbourhoods(e->core, TOGETHER_MAX, err);
}

/* Lists of what the contest leaves below target, anew below each better placement: short ones, then long ones if these
 * would be any longer. A proof has one, which is of use when it reaches target. */
static dcnn_status list_what_is_left(dcnn_enumeration *e, dcnn_tick target, dcnn_tick *bound, dcnn_error *err)
{
    dcnn_list_terms terms = {
        .columns_max = e->core->task.list_max, .settled_max = INT_MAX, .all_or_nothing = e->proof != NULL};
    dcnn_status status = DCNN_OK;

    if (e->proof) return goes_on(e, target, *bound) ? dcnn_enumeration_run(e, terms, target, bound, err) : DCNN_OK;
    for (int share = DCNN_FIRST_SHARE; share >= 1 && !status && goes_on(e, target, *bound);) {
        dcnn_tick cutoff = e->core->cutoff;
        terms.columns_max = e->core->task.list_max / share;
        status = dcnn_enumeration_run(e, terms, lesser(e, target), bound, err);
        if (e->core->cutoff == cutoff) share = share > 1 && !e->listed_all ? 1 : 0;
        if (!status) status = polish(e, cutoff, target, *bound, err);
    }
    return status;
}

/* Notes the rows that the contest has taken up last; lists that were settled before are of no more use. */
static void note_stage(dcnn_enumeration *e)
{
    dcnn_listed_proof *proof = e->proof;
    const dcnn_stakes *stakes = dcnn_contest_stakes(e->contest);
    int before = 0;

    for (int k = 0; k < proof->stage_count; k++) before += proof->stages[k];
    for (int k = before; k < stakes->count; k++) proof->contested[k] = dcnn_stakes_name(stakes, k);
    if (stakes->count > before) proof->stages[proof->stage_count++] = stakes->count - before;
    dcnn_listed_proof_forget_sets(proof);
}

/* What is near the bound, and near what has been found since cutoff was that; a proof has nothing to find. */
static dcnn_status look_near_bound(dcnn_enumeration *e, dcnn_tick cutoff, dcnn_tick target, dcnn_tick *bound,
                                   dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    if (e->proof) return DCNN_OK;
    if (goes_on(e, target, *bound)) status = list_near_bound(e, target, bound, err);
    return status ? status : polish(e, cutoff, target, *bound, err);
}

/* A contest for what costs less than target, until *bound is there, and lists of what it leaves when it has done what
 * it can: where one more stage is too many, along the last. work: of the contest. */
static dcnn_status contend_below(dcnn_enumeration *e, dcnn_tick target, dcnn_tick *bound, int64_t *work,
                                 dcnn_error *err)
{
    bool sharper = true, unlisted = false; /* a stage that no lists have followed yet */
    dcnn_contest_task task = {.price = e->price, .here = e->here, .target = target, .provable = e->proof != NULL};
    dcnn_status status = dcnn_contest_new(&e->contest, e->core, e->view, &task, err);

    if (e->proof) dcnn_listed_proof_clear(e->proof);
    while (!status && sharper && goes_on(e, target, *bound)) {
        dcnn_tick cutoff = e->core->cutoff;
        bool ripe;
        status = dcnn_contest_sharpen(e->contest, e->view, &sharper, err);
        if (!status && sharper) {
            if (dcnn_contest_bound(e->contest) > *bound) *bound = dcnn_contest_bound(e->contest);
            if (e->proof) note_stage(e);
            unlisted = true;
            status = look_near_bound(e, cutoff, target, bound, err);
        }
        ripe = !sharper || dcnn_contest_is_sharp(e->contest) || dcnn_contest_is_even(e->contest);
        if (!status && ripe && unlisted) {
            status = list_what_is_left(e, target, bound, err);
            unlisted = false;
        }
    }
    *work = status ? 0 : dcnn_contest_work(e->contest);
    dcnn_contest_free(e->contest);
    e->contest = NULL;
    return status;
}

/* For the lower part of the gap, which is little work, then for more of it; after too much for a little less. */
dcnn_status dcnn_contend(dcnn_enumeration *e, dcnn_tick *bound, dcnn_error *err)
{
    const dcnn_core *core = e->core;
    int low = 0, high = GAP_PARTS + 1; /* parts that are done with, parts that are too many */
    dcnn_status status = DCNN_OK;

    for (int parts = FIRST_PARTS; !status && parts > low && dcnn_enumeration_is_open(e, *bound);) {
        dcnn_tick cutoff = core->cutoff, target = cutoff;
        int64_t work;
        if (parts < GAP_PARTS) target = cutoff_of(core, e->here + (cutoff - e->here) / GAP_PARTS * parts);
        if (e->here >= target) break;
        status = contend_below(e, target, bound, &work, err);
        if (core->cutoff < cutoff) {
            low = 0;
            high = GAP_PARTS + 1;
            continue;
        }
        if (*bound < target)
            high = parts;
        else
            low = parts;
        parts = high > GAP_PARTS && work < hard ? low * 2 : low + 1;
        if (parts >= high) parts = (low + high) / 2;
    }
    return status;
}

dcnn_status dcnn_contend_once(dcnn_enumeration *e, dcnn_tick *bound, dcnn_error *err)
{
    int64_t ignored;

    return contend_below(e, e->core->cutoff, bound, &ignored, err);
}
