#include "solve/contest.h"
#include "solve/claims.h"
#include "solve/footprint.h"
#include <stdlib.h>

/* Regrets are counted in steps, rounded down: a few thousand up to the target, so that sums of two and a charge are
 * still 16 bits wide. */
enum { STEPS = 8000, STATES_MAX = 1 << 20, SPREAD_BITS = 20, EXACT_MIN = 16 };

/* A contest for few units tells what is of no use in one for more. Units that cost nothing are contended for only up to
 * so many in all. */
enum { FIRST_UNITS = 12, MORE_UNITS = 4, FREE_UNITS = 24 };

enum { CHAINS_MAX = 8 };

struct dcnn_contest {
    dcnn_core *core;
    int wanted_count, wanted[DCNN_CONTESTED_MAX]; /* units to contend for */
    uint64_t *bit;                                /* [unit] 0 unless contested */
    dcnn_sharing sharing;
    dcnn_rivals *rivals; /* [chain_count] as the contest so far tells */
    dcnn_tick here, target, step;
    int16_t least; /* steps from here to the bound */
};

static void clear_rivals(dcnn_rivals *rivals)
{
    for (int w = 0; w < DCNN_WINDOWS_MAX; w++) free(rivals->more[w]);
    free(rivals->exact_units);
    free(rivals->exact_steps);
    *rivals = (dcnn_rivals){0};
}

void dcnn_contest_free(dcnn_contest *contest)
{
    if (!contest) return;
    for (int u = 0; contest->rivals && u < contest->sharing.chain_count; u++) clear_rivals(&contest->rivals[u]);
    dcnn_sharing_clear(&contest->sharing);
    free(contest->sharing.claims);
    free(contest->rivals);
    free(contest->bit);
    free(contest);
}

/* --- which units --- */

typedef struct {
    int unit, candidates;
    dcnn_tick worth;
} wanted_unit;

static int compare_wanted(const void *a, const void *b)
{
    const wanted_unit *x = a, *y = b;

    if (x->worth != y->worth) return x->worth < y->worth ? 1 : -1;
    if (x->candidates != y->candidates) return x->candidates < y->candidates ? 1 : -1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static int16_t in_steps(const dcnn_contest *c, dcnn_tick ticks)
{
    return ticks / c->step >= c->sharing.limit ? c->sharing.limit : (int16_t)(ticks / c->step);
}

/* The dearest, and of those that cost nothing the ones with most candidates. */
static bool choose_units(dcnn_contest *c, const dcnn_view *view, const double *price)
{
    int unit_count = c->core->problem->unit_count;
    size_t units = (size_t)unit_count;
    wanted_unit *wanted = dcnn_take(units, sizeof *wanted);
    dcnn_tick *worth = dcnn_take(units, sizeof *worth);
    bool good = wanted && worth;

    if (good) {
        dcnn_coupling_worth(c->core->rows, price, unit_count, worth);
        for (int i = 0; i < unit_count; i++) wanted[i] = (wanted_unit){i, 0, worth[i]};
        for (int u = 0; u < view->chain_count; u++)
            for (int x = 0; x < view->chains[u]->size; x++) wanted[view->chains[u]->unit[x]].candidates++;
        qsort(wanted, units, sizeof *wanted, compare_wanted);
        for (size_t k = 0; k < units && c->wanted_count < DCNN_CONTESTED_MAX; k++) {
            if (wanted[k].candidates < 2 || (wanted[k].worth == 0 && c->wanted_count >= FREE_UNITS)) continue;
            c->sharing.unused[c->wanted_count] = in_steps(c, wanted[k].worth);
            c->wanted[c->wanted_count++] = wanted[k].unit;
        }
    }
    free(worth);
    free(wanted);
    return good;
}

/* --- what each chain may take --- */

static int compare_claims(const void *a, const void *b)
{
    const dcnn_claim *x = a, *y = b;

    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return (x->units > y->units) - (x->units < y->units);
}

static bool make_claims(dcnn_contest *c, int u, const dcnn_footprints *list, dcnn_tick least)
{
    dcnn_claims *own = &c->sharing.claims[u];

    own->items = dcnn_take(list->count, sizeof *own->items);
    if (!own->items) return false;
    own->count = list->count;
    for (size_t k = 0; k < list->count; k++) {
        dcnn_tick regret = list->items[k].priced - least;
        own->items[k] = (dcnn_claim){list->items[k].units, in_steps(c, regret < 0 ? 0 : regret), c->sharing.limit};
    }
    qsort(own->items, own->count, sizeof *own->items, compare_claims);
    return true;
}

static bool list_claims(dcnn_contest *c, const dcnn_view *view, bool *done)
{
    dcnn_footprints list = {0};
    bool good = true;

    *done = true;
    for (int u = 0; good && *done && u < c->sharing.chain_count; u++) {
        dcnn_footprint_extent extent = {.bit = c->bit,
                                        .limit = view->least[u] + (c->target - c->here),
                                        .rivals = c->rivals[u].window_count > 0 ? &c->rivals[u] : NULL,
                                        .states_max = STATES_MAX,
                                        .should_stop = dcnn_core_stop_search,
                                        .stop_user = c->core};
        good = dcnn_footprints_list(&list, view->chains[u], &view->dp[u], &extent, done);
        if (good && *done) good = make_claims(c, u, &list, view->least[u]);
    }
    free(list.items);
    return good;
}

/* --- what rivals pay --- */

static bool file_exact(dcnn_rivals *rivals, const dcnn_claims *claims, int limit)
{
    size_t size = EXACT_MIN;

    while (size < claims->count * 2) size *= 2;
    rivals->exact_units = dcnn_take(size, sizeof *rivals->exact_units);
    rivals->exact_steps = dcnn_take(size, sizeof *rivals->exact_steps);
    rivals->exact_size = size;
    if (!rivals->exact_units || !rivals->exact_steps) return false;
    for (size_t k = 0; k < claims->count; k++) {
        const dcnn_claim *item = &claims->items[k];
        size_t at = dcnn_rivals_home(size, item->units);
        if (item->total >= limit || item->units == 0) continue;
        while (rivals->exact_units[at] != 0) at = (at + 1) & (size - 1);
        rivals->exact_units[at] = item->units;
        rivals->exact_steps[at] = (int16_t)(item->total - item->regret);
    }
    return true;
}

/* What the contest told before of fewer units still holds; other windows may have told more than these do. */
static void raise_totals(dcnn_contest *c, int u)
{
    dcnn_claims *own = &c->sharing.claims[u];

    for (size_t k = 0; k < own->count; k++) {
        dcnn_claim *item = &own->items[k];
        int total = item->regret + dcnn_rivals_more_steps(&c->rivals[u], item->units);
        if (total > item->total) item->total = total < c->sharing.limit ? (int16_t)total : c->sharing.limit;
    }
}

static bool tell_rivals(dcnn_contest *c, int u)
{
    const dcnn_sharing *s = &c->sharing;
    dcnn_rivals *rivals = &c->rivals[u];

    raise_totals(c, u);
    clear_rivals(rivals);
    *rivals = (dcnn_rivals){.bit = c->bit, .steps_max = s->limit, .step = c->step};
    rivals->window_count = dcnn_windows_over(rivals->window, s->unit_count, SPREAD_BITS);
    for (int w = 0; w < rivals->window_count; w++) {
        rivals->more[w] = dcnn_take((size_t)1 << rivals->window[w].bits, sizeof *rivals->more[w]);
        if (!rivals->more[w]) return false;
        dcnn_sharing_spread(s, u, &rivals->window[w], rivals->more[w]);
    }
    return file_exact(rivals, &s->claims[u], s->limit);
}

/* --- */

static dcnn_contest *make(dcnn_core *core, dcnn_tick here, dcnn_tick target)
{
    dcnn_contest *c = dcnn_take(1, sizeof *c);
    size_t chains = (size_t)core->problem->chain_count;

    if (!c) return NULL;
    c->here = here;
    c->target = target;
    c->step = (target - here) / STEPS + 1;
    c->core = core;
    c->sharing.chain_count = core->problem->chain_count;
    c->sharing.should_stop = dcnn_core_stop_search;
    c->sharing.stop_user = core;
    c->sharing.limit = (int16_t)((target - here + c->step - 1) / c->step);
    c->sharing.claims = dcnn_take(chains, sizeof *c->sharing.claims);
    c->rivals = dcnn_take(chains, sizeof *c->rivals);
    c->bit = dcnn_take((size_t)core->problem->unit_count, sizeof *c->bit);
    if (c->sharing.claims && c->rivals && c->bit) return c;
    dcnn_contest_free(c);
    return NULL;
}

bool dcnn_contest_applies(const dcnn_core *core)
{
    const dcnn_problem *problem = core->problem;

    return problem->chain_count > 1 && problem->chain_count <= CHAINS_MAX && dcnn_problem_is_exclusive(problem);
}

dcnn_status dcnn_contest_new(dcnn_contest **out, dcnn_core *core, const dcnn_view *view, const double *price,
                             dcnn_tick here, dcnn_tick target, dcnn_error *err)
{
    dcnn_contest *c = make(core, here, target);

    *out = NULL;
    if (!c || !choose_units(c, view, price)) {
        dcnn_contest_free(c);
        return dcnn_fail_memory(err);
    }
    *out = c;
    return DCNN_OK;
}

dcnn_status dcnn_contest_sharpen(dcnn_contest *contest, const dcnn_view *view, bool *sharper, dcnn_error *err)
{
    dcnn_sharing *s = &contest->sharing;
    int count = s->unit_count > 0 ? s->unit_count + MORE_UNITS : FIRST_UNITS;

    *sharper = !dcnn_contest_is_sharp(contest);
    if (!*sharper) return DCNN_OK;
    if (count > contest->wanted_count) count = contest->wanted_count;
    for (; s->unit_count < count; s->unit_count++)
        contest->bit[contest->wanted[s->unit_count]] = (uint64_t)1 << s->unit_count;
    dcnn_sharing_clear(s);
    if (!list_claims(contest, view, sharper)) return dcnn_fail_memory(err);
    if (*sharper && !dcnn_sharing_find_totals(s, sharper)) return dcnn_fail_memory(err);
    for (int u = 0; *sharper && u < s->chain_count; u++)
        if (!tell_rivals(contest, u)) return dcnn_fail_memory(err);
    if (*sharper && s->least > contest->least) contest->least = s->least;
    return DCNN_OK;
}

bool dcnn_contest_is_sharp(const dcnn_contest *contest)
{
    return contest->sharing.unit_count == contest->wanted_count;
}

dcnn_tick dcnn_contest_bound(const dcnn_contest *contest)
{
    if (contest->least >= contest->sharing.limit) return contest->target;
    return contest->here + contest->least * contest->step;
}

const dcnn_rivals *dcnn_contest_rivals(const dcnn_contest *contest, int chain)
{
    return &contest->rivals[chain];
}
