#include "solve/contest.h"
#include "solve/sharing.h"
#include "solve/wanted.h"
#include <stdlib.h>

/* Regrets are counted in steps, rounded down: so many up to the target, that what reaches it is not left just below by
 * rounding. What is left of a chain to pay is rounded to such a part of the most a chain may pay, if that is more. */
enum { STEPS = 1 << 24, WHOLE_PARTS = 1 << 30 };

/* Of searches, when they are too much work. */
enum { STEPS_A_STATE = 12 };

/* Bits of what is taken: a contest for few rows tells what is of no use in one for more. Whoever follows a proof has
 * to repeat every stage: where units take several layers, few wide ones are less to do, until they become large. */
enum { FIRST_BITS = 12, MORE_BITS = 4, WIDE_BITS = 6 };

/* Steps of a search so light that another may as well follow, for rows that are broken and cost nothing. Where units
 * take one layer that has not paid. */
static const int64_t light = 2000000;

enum { CHAINS_MAX = 16 };

struct dcnn_contest {
    dcnn_core *core;
    dcnn_stakes stakes;
    dcnn_levies levies;
    dcnn_wanted wanted;
    bool wide;                   /* stages are, while there is little to do */
    bool full;                   /* no other row is taken up */
    dcnn_footprints *footprints; /* [chain_count] */
    dcnn_sharing sharing;
    dcnn_tick here, target, step;
    int64_t work, last_work; /* path steps of all searches, and of the last */
};

void dcnn_contest_free(dcnn_contest *contest)
{
    if (!contest) return;
    for (int u = 0; contest->footprints && u < contest->core->problem->chain_count; u++)
        dcnn_footprints_clear(&contest->footprints[u]);
    dcnn_sharing_clear(&contest->sharing);
    dcnn_levies_clear(&contest->levies);
    dcnn_wanted_clear(&contest->wanted);
    dcnn_stakes_clear(&contest->stakes);
    free(contest->footprints);
    free(contest);
}

static int in_steps(const dcnn_contest *c, dcnn_tick ticks)
{
    return ticks / c->step >= c->sharing.limit ? c->sharing.limit : (int)(ticks / c->step);
}

/* --- what each chain may take, and what rivals pay then --- */

static bool make_claims(dcnn_contest *c, int u, dcnn_tick least)
{
    dcnn_claims *own = &c->sharing.claims[u];
    size_t count;
    const dcnn_state *listed = dcnn_footprints_listed(&c->footprints[u], &count);

    if (!dcnn_claims_renew(own, count)) return false;
    for (size_t k = 0; k < count; k++) {
        dcnn_tick regret = listed[k].paid + dcnn_levies_of(&c->levies, u, listed[k].taken) - least;
        own->items[k] = (dcnn_claim){.taken = listed[k].taken,
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
    dcnn_footprint_extent extent = {.states_max = c->sharing.states_max,
                                    .steps_max = c->sharing.steps_max,
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
                (item->total - item->regret) * c->step + dcnn_levies_of(&c->levies, u, item->taken);
    }
    return dcnn_footprints_end(&c->footprints[u], limit_of(c, view, u));
}

/* What the rows, and the cuts, leave unpaid. */
static int unused_steps(const void *user, dcnn_takes taken)
{
    const dcnn_contest *c = user;

    return in_steps(c, dcnn_stakes_unpaid(&c->stakes, taken) + dcnn_levies_unpaid(&c->levies, taken));
}

static bool should_stop(void *user)
{
    return dcnn_core_should_stop(((dcnn_contest *)user)->core);
}

/* --- which rows --- */

static int bits_to_add(const dcnn_contest *c)
{
    if (c->wanted.taken == 0) return FIRST_BITS;
    return c->wide && (size_t)c->work < c->sharing.steps_max / 5 * 3 ? WIDE_BITS : MORE_BITS;
}

static void take_up(dcnn_contest *c, const dcnn_view *view)
{
    int before = c->wanted.taken;

    dcnn_wanted_take(&c->wanted, bits_to_add(c));
    for (int k = before; k < c->wanted.taken && !c->full; k++) {
        c->full = !dcnn_stakes_add(&c->stakes, c->wanted.rows[k].row);
        if (c->full) c->wanted.taken = k;
    }
    for (int u = 0; u < c->sharing.chain_count; u++)
        dcnn_stakes_note(&c->stakes, u, view->chains[u], c->footprints[u].takes);
}

static void add_use(const dcnn_contest *c, int u, const int *flats, int64_t *use)
{
    const dcnn_coupling *rows = c->core->rows;
    const dcnn_chain *chain = c->footprints[u].chain;

    for (int j = 0; j < chain->layer_count; j++) {
        int x = chain->origin[flats[j]];
        for (int k = rows->entry_first[u][x]; k < rows->entry_first[u][x + 1]; k++) {
            int item = rows->entry_item[u][k];
            use[rows->item_row[item]] += rows->items[item].coefficient;
        }
    }
}

/* The cheapest combination is close to a placement: what does not fit is inserted. */
typedef struct {
    const dcnn_claim **chosen; /* [chain] */
    int64_t *use;              /* [row] that it takes */
    int *flats;                /* [longest chain] scratch */
    int *left, left_count;     /* chains that do not fit beside those before them */
} combination;

static dcnn_status place(dcnn_contest *c, combination *t, dcnn_error *err)
{
    dcnn_core *core = c->core;
    dcnn_status status = DCNN_OK;
    bool placed = true;

    dcnn_load_reset(&core->trial);
    for (int u = 0; u < c->sharing.chain_count; u++) {
        dcnn_footprints_trace(&c->footprints[u], (size_t)t->chosen[u]->number, t->flats);
        add_use(c, u, t->flats, t->use);
        if (!dcnn_place_flats(core, c->footprints[u].chain, u, t->flats)) t->left[t->left_count++] = u;
    }
    if (t->left_count == 0)
        (void)dcnn_core_improve(core, &core->trial);
    else
        status = dcnn_insert_all(core, t->left, t->left_count, NULL, 0, &placed, err);
    dcnn_load_reset(&core->trial);
    return status;
}

static dcnn_status judge(dcnn_contest *c, dcnn_error *err)
{
    size_t chains = (size_t)c->sharing.chain_count;
    combination t = {.chosen = dcnn_take(chains, sizeof *t.chosen),
                     .use = dcnn_take((size_t)c->core->rows->row_count, sizeof *t.use),
                     .flats = dcnn_take(dcnn_instance_longest_chain(c->core->instance), sizeof *t.flats),
                     .left = dcnn_take(chains, sizeof *t.left)};
    dcnn_status status = t.chosen && t.use && t.flats && t.left ? DCNN_OK : dcnn_fail_memory(err);

    if (!status) {
        dcnn_sharing_trace(&c->sharing, t.chosen);
        status = place(c, &t, err);
        dcnn_wanted_judge(&c->wanted, t.use);
    }
    free(t.left);
    free(t.flats);
    free(t.use);
    free(t.chosen);
    return status;
}

/* --- */

static bool open(dcnn_contest *c, const dcnn_view *view, const dcnn_contest_task *task)
{
    dcnn_tick most = 0, grain;
    bool good = dcnn_sharing_init(&c->sharing, view->chain_count, &c->stakes.layout) &&
                dcnn_stakes_init(&c->stakes, c->core, task->price) &&
                dcnn_levies_init(&c->levies, c->core, &c->stakes) &&
                dcnn_wanted_init(&c->wanted, &c->stakes, &c->levies, task->provable);

    for (int u = 0; u < view->chain_count; u++)
        if (limit_of(c, view, u) > most) most = limit_of(c, view, u);
    c->wide = task->provable && !dcnn_problem_is_exclusive(c->core->problem);
    c->step = (c->target - c->here) / STEPS + 1;
    grain = most / WHOLE_PARTS > c->step ? most / WHOLE_PARTS + 1 : c->step;
    c->sharing.limit = (int)((c->target - c->here + c->step - 1) / c->step);
    c->sharing.steps_max = c->core->task.contest_steps;
    c->sharing.states_max = c->sharing.steps_max / STEPS_A_STATE;
    c->sharing.unused = unused_steps;
    c->sharing.should_stop = should_stop;
    c->sharing.user = c;
    c->footprints = dcnn_take((size_t)view->chain_count, sizeof *c->footprints);
    for (int u = 0; u < view->chain_count && good && c->footprints; u++)
        good = dcnn_footprints_init(&c->footprints[u], view->chains[u], &view->dp[u], &c->stakes.layout, grain);
    return good && c->footprints;
}

bool dcnn_contest_applies(const dcnn_core *core)
{
    const dcnn_problem *problem = core->problem;

    return problem->chain_count > 1 && problem->chain_count <= CHAINS_MAX &&
           core->instance->scenario->shared_group_count == 0;
}

dcnn_status dcnn_contest_new(dcnn_contest **out, dcnn_core *core, const dcnn_view *view, const dcnn_contest_task *task,
                             dcnn_error *err)
{
    dcnn_contest *c = dcnn_take(1, sizeof *c);

    *out = NULL;
    if (c) *c = (dcnn_contest){.core = core, .here = task->here, .target = task->target};
    if (!c || !open(c, view, task)) {
        dcnn_contest_free(c);
        return dcnn_fail_memory(err);
    }
    *out = c;
    return DCNN_OK;
}

dcnn_status dcnn_contest_sharpen(dcnn_contest *contest, const dcnn_view *view, bool *sharper, dcnn_error *err)
{
    dcnn_sharing *s = &contest->sharing;
    int64_t before = contest->work;
    dcnn_status status = DCNN_OK;

    *sharper = !dcnn_contest_is_sharp(contest) && dcnn_wanted_any(&contest->wanted);
    if (!*sharper) return DCNN_OK;
    take_up(contest, view);
    if (!list_claims(contest, view, sharper)) return dcnn_fail_memory(err);
    if (*sharper && !dcnn_sharing_find_totals(s, sharper)) return dcnn_fail_memory(err);
    contest->work += (int64_t)s->stages.step_count;
    contest->last_work = contest->work - before;
    if (!*sharper || s->least >= s->limit) return DCNN_OK;
    if ((status = judge(contest, err))) return status;
    contest->full = contest->full || !dcnn_wanted_any(&contest->wanted);
    for (int u = 0; u < s->chain_count; u++)
        if (!tell_rivals(contest, view, u)) return dcnn_fail_memory(err);
    return DCNN_OK;
}

const dcnn_stakes *dcnn_contest_stakes(const dcnn_contest *contest)
{
    return &contest->stakes;
}

bool dcnn_contest_is_sharp(const dcnn_contest *contest)
{
    return contest->full || contest->sharing.least >= contest->sharing.limit;
}

bool dcnn_contest_is_even(const dcnn_contest *contest)
{
    bool settled = contest->wanted.broken == 0 || contest->last_work > light;

    return contest->wanted.faults == 0 && (settled || dcnn_problem_is_exclusive(contest->core->problem));
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
