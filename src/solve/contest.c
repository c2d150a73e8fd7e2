#include "solve/contest.h"
#include "solve/sharing.h"
#include "solve/wanted.h"
#include <stdlib.h>

/* Regrets are counted in steps, rounded down: so many up to the target. What is left of a chain to pay is rounded to
 * such a part of the most a chain may pay, if that is more. */
enum { STEPS = 8000, WHOLE_PARTS = 1 << 30 };

/* Of the footprints of all chains. */
enum { STATES_MAX = 1 << 19, FOOTPRINT_STEPS_MAX = 6 << 20 };

/* A contest for few units tells what is of no use in one for more; of units that take two layers half as many, for
 * there are three ways to fill one. */
enum { FIRST_UNITS = 12, MORE_UNITS = 4, FIRST_OF_TWO = 6, MORE_OF_TWO = 2 };

enum { CHAINS_MAX = 16, LAYERS_MAX = 2 };

struct dcnn_contest {
    dcnn_core *core;
    bool two; /* units take two layers */
    dcnn_wanted wanted;
    uint64_t *one; /* [unit] layer on it, 0 unless contested */
    dcnn_levies levies;
    dcnn_footprints *footprints; /* [chain_count] */
    dcnn_sharing sharing;
    dcnn_tick here, target, step;
    int64_t work; /* path steps of all searches */
};

void dcnn_contest_free(dcnn_contest *contest)
{
    if (!contest) return;
    for (int u = 0; contest->footprints && u < contest->core->problem->chain_count; u++)
        dcnn_footprints_clear(&contest->footprints[u]);
    dcnn_sharing_clear(&contest->sharing);
    dcnn_levies_clear(&contest->levies);
    dcnn_wanted_clear(&contest->wanted);
    free(contest->footprints);
    free(contest->one);
    free(contest);
}

static int in_steps(const dcnn_contest *c, dcnn_tick ticks)
{
    return ticks / c->step >= c->sharing.limit ? c->sharing.limit : (int)(ticks / c->step);
}

static uint64_t contested(const dcnn_contest *c)
{
    return dcnn_takes_all(c->two, c->wanted.taken);
}

/* --- what each chain may take, and what rivals pay then --- */

static bool make_claims(dcnn_contest *c, int u, dcnn_tick least)
{
    dcnn_claims *own = &c->sharing.claims[u];
    size_t count;
    const dcnn_state *listed = dcnn_footprints_listed(&c->footprints[u], &count);

    if (!dcnn_claims_renew(own, count)) return false;
    for (size_t k = 0; k < count; k++) {
        dcnn_tick regret = listed[k].paid + dcnn_levies_of(&c->levies, u, listed[k].units) - least;
        own->items[k] = (dcnn_claim){.units = listed[k].units,
                                     .regret = in_steps(c, regret < 0 ? 0 : regret),
                                     .total = c->sharing.limit,
                                     .number = (int)k};
    }
    return true;
}

static dcnn_tick limit_of(const dcnn_contest *c, const dcnn_view *view, int u)
{
    return view->least[u] + (c->target - c->here);
}

static bool list_claims(dcnn_contest *c, const dcnn_view *view, bool *done)
{
    dcnn_footprint_extent extent = {.states_max = STATES_MAX,
                                    .steps_max = FOOTPRINT_STEPS_MAX,
                                    .should_stop = dcnn_core_stop_search,
                                    .stop_user = c->core};

    *done = true;
    for (int u = 0; u < c->sharing.chain_count && *done; u++) {
        dcnn_footprints *list = &c->footprints[u];
        extent.limit = limit_of(c, view, u);
        if (!dcnn_footprints_list(list, &extent, done)) return false;
        if (*done && !make_claims(c, u, view->least[u])) return false;
        extent.states_max -= list->stages.state_count;
        extent.steps_max -= list->stages.step_count;
        c->work += (int64_t)list->stages.step_count;
    }
    return true;
}

/* What is paid beside the priced cost of each footprint. */
static bool tell_rivals(dcnn_contest *c, const dcnn_view *view, int u)
{
    const dcnn_claims *own = &c->sharing.claims[u];
    size_t count;
    dcnn_state *listed = dcnn_footprints_listed(&c->footprints[u], &count);

    for (size_t k = 0; k < count; k++) {
        const dcnn_claim *item = &own->items[k];
        if (item->total < c->sharing.limit)
            listed[item->number].rest =
                (item->total - item->regret) * c->step + dcnn_levies_of(&c->levies, u, item->units);
    }
    return dcnn_footprints_end(&c->footprints[u], contested(c), limit_of(c, view, u));
}

/* What the units, and then the cuts, leave unpaid. */
static int unused_steps(const void *user, uint64_t units)
{
    const dcnn_contest *c = user;
    dcnn_tick sum = dcnn_levies_unused(&c->levies, units);

    for (int i = 0; i < c->wanted.taken; i++)
        sum += dcnn_wanted_unpaid(&c->wanted.units[i], dcnn_takes_count(c->two, units, dcnn_takes_one(i)));
    return in_steps(c, sum);
}

static bool should_stop(void *user)
{
    return dcnn_core_should_stop(((dcnn_contest *)user)->core);
}

/* --- which units --- */

static void take_up(dcnn_contest *c, int count)
{
    int before = c->wanted.taken, left = dcnn_takes_units(c->two) - before;

    dcnn_wanted_take(&c->wanted, count < left ? count : left);
    for (int i = before; i < c->wanted.taken; i++) {
        int unit = c->wanted.units[i].unit;
        c->one[unit] = dcnn_takes_one(i);
        dcnn_levies_contest(&c->levies, unit, c->one[unit]);
    }
}

/* How often the cheapest combination takes each unit. */
static void count_takers(const dcnn_contest *c, const dcnn_claim **chosen, int *flats, int *takers)
{
    dcnn_sharing_trace(&c->sharing, chosen);
    for (int u = 0; u < c->sharing.chain_count; u++) {
        const dcnn_footprints *f = &c->footprints[u];
        dcnn_footprints_trace(f, (size_t)chosen[u]->number, flats);
        for (int j = 0; j < f->chain->layer_count; j++) takers[f->chain->unit[flats[j]]]++;
    }
}

static bool judge(dcnn_contest *c)
{
    const dcnn_claim **chosen = dcnn_take((size_t)c->sharing.chain_count, sizeof *chosen);
    int *takers = dcnn_take((size_t)c->core->problem->unit_count, sizeof *takers);
    int *flats = dcnn_take(dcnn_instance_longest_chain(c->core->instance), sizeof *flats);

    if (chosen && takers && flats) {
        count_takers(c, chosen, flats, takers);
        dcnn_wanted_judge(&c->wanted, takers);
    }
    free(flats);
    free(takers);
    free(chosen);
    return flats && takers && chosen;
}

/* --- */

static bool open(dcnn_contest *c, const dcnn_view *view, const double *price)
{
    dcnn_tick most = 0, grain;
    bool good = dcnn_sharing_init(&c->sharing, view->chain_count, c->two) &&
                dcnn_levies_init(&c->levies, c->core, c->two) &&
                dcnn_wanted_init(&c->wanted, c->core, view, price, &c->levies, c->two ? 2 : 1);

    for (int u = 0; u < view->chain_count; u++)
        if (limit_of(c, view, u) > most) most = limit_of(c, view, u);
    c->step = (c->target - c->here) / STEPS + 1;
    grain = most / WHOLE_PARTS > c->step ? most / WHOLE_PARTS + 1 : c->step;
    c->sharing.limit = (int)((c->target - c->here + c->step - 1) / c->step);
    c->sharing.unused = unused_steps;
    c->sharing.should_stop = should_stop;
    c->sharing.user = c;
    c->one = dcnn_take((size_t)c->core->problem->unit_count, sizeof *c->one);
    c->footprints = dcnn_take((size_t)view->chain_count, sizeof *c->footprints);
    for (int u = 0; u < view->chain_count && good && c->footprints; u++)
        good = dcnn_footprints_init(&c->footprints[u], view->chains[u], &view->dp[u], c->one, c->two, grain);
    return good && c->one && c->footprints;
}

bool dcnn_contest_applies(const dcnn_core *core)
{
    const dcnn_problem *problem = core->problem;

    return problem->chain_count > 1 && problem->chain_count <= CHAINS_MAX &&
           (dcnn_problem_is_exclusive(problem) ||
            (core->instance->layers_per_unit == LAYERS_MAX && core->instance->scenario->shared_group_count == 0));
}

dcnn_status dcnn_contest_new(dcnn_contest **out, dcnn_core *core, const dcnn_view *view, const double *price,
                             dcnn_tick here, dcnn_tick target, dcnn_error *err)
{
    dcnn_contest *c = dcnn_take(1, sizeof *c);

    *out = NULL;
    if (c)
        *c = (dcnn_contest){
            .core = core, .two = !dcnn_problem_is_exclusive(core->problem), .here = here, .target = target};
    if (!c || !open(c, view, price)) {
        dcnn_contest_free(c);
        return dcnn_fail_memory(err);
    }
    *out = c;
    return DCNN_OK;
}

static int count_next(const dcnn_contest *c)
{
    if (c->two) return c->wanted.taken == 0 ? FIRST_OF_TWO : MORE_OF_TWO;
    return c->wanted.taken == 0 ? FIRST_UNITS : MORE_UNITS;
}

dcnn_status dcnn_contest_sharpen(dcnn_contest *contest, const dcnn_view *view, bool *sharper, dcnn_error *err)
{
    dcnn_sharing *s = &contest->sharing;

    *sharper = !dcnn_contest_is_sharp(contest);
    if (!*sharper) return DCNN_OK;
    take_up(contest, count_next(contest));
    if (!list_claims(contest, view, sharper)) return dcnn_fail_memory(err);
    if (*sharper && !dcnn_sharing_find_totals(s, contested(contest), sharper)) return dcnn_fail_memory(err);
    contest->work += (int64_t)s->stages.step_count;
    if (!*sharper) return DCNN_OK;
    if (s->least < s->limit && !judge(contest)) return dcnn_fail_memory(err);
    for (int u = 0; u < s->chain_count; u++)
        if (!tell_rivals(contest, view, u)) return dcnn_fail_memory(err);
    return DCNN_OK;
}

int dcnn_contest_units(const dcnn_contest *contest, int *units)
{
    for (int i = 0; i < contest->wanted.taken; i++) units[i] = contest->wanted.units[i].unit;
    return contest->wanted.taken;
}

bool dcnn_contest_is_sharp(const dcnn_contest *contest)
{
    const dcnn_wanted *wanted = &contest->wanted;

    return wanted->taken == wanted->count || wanted->taken == dcnn_takes_units(contest->two) ||
           contest->sharing.least >= contest->sharing.limit;
}

bool dcnn_contest_is_even(const dcnn_contest *contest)
{
    return contest->wanted.faults == 0;
}

dcnn_tick dcnn_contest_bound(const dcnn_contest *contest)
{
    if (contest->sharing.least >= contest->sharing.limit) return contest->target;
    return contest->here + contest->sharing.least * contest->step;
}

int64_t dcnn_contest_work(const dcnn_contest *contest)
{
    return contest->work;
}

const dcnn_footprints *dcnn_contest_guide(const dcnn_contest *contest, int chain)
{
    return &contest->footprints[chain];
}
