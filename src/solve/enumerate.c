#include "solve/enumeration.h"
#include "solve/master_cuts.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_A_COLUMN = 8, PICK_WORK_LEAST = 10000, PICK_WORK_PROVING = 300, WORTH = 50, SETTLED_FIRST = 6000 };

bool dcnn_listed_init(dcnn_listed *listed, const dcnn_problem *problem)
{
    *listed = (dcnn_listed){.chain_count = problem->chain_count,
                            .chains = dcnn_take((size_t)problem->chain_count, sizeof *listed->chains),
                            .words = ((size_t)problem->unit_count + 63) / 64,
                            .exclusive = dcnn_problem_is_exclusive(problem),
                            .pool = dcnn_pool_new()};
    return listed->chains && listed->pool;
}

void dcnn_listed_clear(dcnn_listed *listed)
{
    for (int u = 0; listed->chains && u < listed->chain_count; u++) free(listed->chains[u].items);
    free(listed->chains);
    dcnn_pool_free(listed->pool);
    *listed = (dcnn_listed){0};
}

static bool list_column(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    dcnn_enumeration *e = user;
    const dcnn_chain *chain = e->view->chains[e->chain];
    dcnn_listed_chain *list = &e->listed.chains[e->chain];
    dcnn_listed_column c = {.cost = cost, .regret = priced - e->view->least[e->chain]};
    size_t layers = (size_t)chain->layer_count;

    c.flats = dcnn_pool_take(e->listed.pool, layers, sizeof *c.flats);
    c.units = dcnn_pool_take(e->listed.pool, layers, sizeof *c.units);
    c.bits = dcnn_pool_take(e->listed.pool, e->listed.words, sizeof *c.bits);
    if (!c.flats || !c.units || !c.bits ||
        !dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items)) {
        e->lost_memory = true;
        return false;
    }
    for (size_t j = 0; j < layers; j++) {
        c.flats[j] = chain->origin[flats[j]];
        c.units[j] = chain->unit[flats[j]];
        c.bits[c.units[j] / 64] |= (uint64_t)1 << (c.units[j] % 64);
    }
    c.at = (int)list->count;
    list->items[list->count++] = c;
    return true;
}

/* Regrets count from the cheapest column of each chain. */
static void settle_regrets(dcnn_listed_chain *list)
{
    dcnn_tick least = list->items[0].regret;

    for (size_t k = 0; k < list->count; k++) list->items[k].regret -= least;
}

/* What the lists say: no combination costs less than here, and whatever costs less than target is made of listed
 * columns. */
typedef struct {
    dcnn_tick here, target;
} span;

/* Columns that the chain at hand may list: what those before it left is for all that follow. */
static int fair_share(const dcnn_enumeration *e)
{
    int left = e->terms.columns_max;

    for (int u = 0; u < e->chain && e->listed.chains; u++)
        left = (size_t)left > e->listed.chains[u].count ? left - (int)e->listed.chains[u].count : 0;
    return left / (e->core->problem->chain_count - e->chain) + 1;
}

static dcnn_search_task search_task(const dcnn_enumeration *e, const span *s)
{
    dcnn_core *core = e->core;
    int share = fair_share(e);

    return (dcnn_search_task){.chain = e->view->chains[e->chain],
                              .room = core->trial.room,
                              .charged = core->problem->chains[e->chain]->data->counts_alone,
                              .dp = &e->view->dp[e->chain],
                              .mode = DCNN_SEARCH_ALL,
                              .limit = e->view->least[e->chain] + (s->target - s->here),
                              .column_limit = share,
                              .label_limit = (int64_t)share * LABELS_A_COLUMN,
                              .alone = core->alone,
                              .should_stop = dcnn_core_stop_search,
                              .stop_user = core};
}

/* Runs the search of the chain, with what the cuts charge it. */
static dcnn_status run_search(dcnn_enumeration *e, dcnn_search_task *task, dcnn_column_fn on_column, void *user,
                              dcnn_search_result *result, dcnn_error *err)
{
    dcnn_core *core = e->core;

    if (!dcnn_master_cuts_surcharge(core, e->chain, task->chain, &core->surcharge, &task->surcharge))
        return dcnn_fail_memory(err);
    return dcnn_search_run(core->search, task, on_column, user, result, err);
}

static bool note_least(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    (void)flats;
    (void)cost;
    *(dcnn_tick *)user = priced;
    return false;
}

/* Finds the cheapest column of every chain, which leaves the lists less room than the bound of the run tables does. */
static dcnn_status find_cheapest(dcnn_enumeration *e, span *s, dcnn_error *err)
{
    for (e->chain = 0; e->chain < e->core->problem->chain_count && s->here < s->target; e->chain++) {
        dcnn_tick *least = &e->view->least[e->chain], found = dcnn_tick_never;
        dcnn_search_task task = search_task(e, s);
        dcnn_search_result result;
        dcnn_status status;
        task.mode = DCNN_SEARCH_CHEAPEST;
        if ((status = run_search(e, &task, note_least, &found, &result, err))) return status;
        if (found > result.bound) found = result.bound;
        s->here += found - *least;
        *least = found;
    }
    return DCNN_OK;
}

/* Lists the columns of the chain; guide: of a contest, NULL = there is none. */
static dcnn_status list_chain(dcnn_enumeration *e, const span *s, const dcnn_footprints *guide,
                              dcnn_search_result *result, dcnn_error *err)
{
    dcnn_search_task task = search_task(e, s);
    dcnn_status status;

    task.guide = guide;
    status = run_search(e, &task, list_column, e, result, err);
    return !status && e->lost_memory ? dcnn_fail_memory(err) : status;
}

/* Lists the columns of every chain that something cheaper than target could use. Where these are more than may be
 * written down, target comes down to what the lists do reach. */
static dcnn_status list_columns(dcnn_enumeration *e, span *s, dcnn_error *err)
{
    for (e->chain = 0; e->chain < e->core->problem->chain_count && s->here < s->target; e->chain++) {
        dcnn_listed_chain *list = &e->listed.chains[e->chain];
        dcnn_tick least = e->view->least[e->chain];
        dcnn_search_result result;
        dcnn_status status = list_chain(e, s, NULL, &result, err);
        if (status) return status;
        if (!result.complete && s->here + (result.bound - least) < s->target)
            s->target = s->here + (result.bound - least);
        s->here = list->count > 0 ? s->here + list->items[0].regret : s->target;
        if (list->count > 0) settle_regrets(list);
    }
    return DCNN_OK;
}

static int compare_regrets(const void *a, const void *b)
{
    const dcnn_listed_column *x = a, *y = b;

    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return x->at - y->at;
}

/* The same where rivals pay: that is counted from the cheapest columns of all chains, not from those listed. */
static dcnn_status list_contested(dcnn_enumeration *e, span *s, dcnn_error *err)
{
    span whole = *s;

    for (e->chain = 0; e->chain < e->core->problem->chain_count && s->here < whole.target; e->chain++) {
        dcnn_listed_chain *list = &e->listed.chains[e->chain];
        dcnn_search_result result;
        dcnn_status status = list_chain(e, &whole, dcnn_contest_guide(e->contest, e->chain), &result, err);
        if (status) return status;
        if (!result.complete) whole.target = whole.here + (result.bound - e->view->least[e->chain]);
        if (list->count == 0) {
            s->here = whole.target;
            break;
        }
        qsort(list->items, list->count, sizeof *list->items, compare_regrets);
        s->here += list->items[0].regret;
        settle_regrets(list);
    }
    s->target = whole.target;
    return DCNN_OK;
}

/* Drops what nothing cheaper than target uses: the first chains were listed when it may have been farther off. */
static void trim_lists(dcnn_listed *listed, const span *s)
{
    for (int u = 0; u < listed->chain_count; u++) {
        dcnn_listed_chain *list = &listed->chains[u];
        while (list->count > 0 && list->items[list->count - 1].regret >= s->target - s->here) list->count--;
    }
}

static bool may_settle(const dcnn_enumeration *e)
{
    size_t columns = 0;

    for (int u = 0; u < e->listed.chain_count; u++) columns += e->listed.chains[u].count;
    return columns <= (size_t)e->terms.settled_max;
}

/* Finds the best combination below target, or proves that there is none: then here comes up to it. */
static dcnn_status combine(dcnn_enumeration *e, span *s, dcnn_error *err)
{
    dcnn_core *core = e->core;
    dcnn_tick below = s->target + core->one_ns - 1, aim = core->aim;
    bool brief = e->contest || !dcnn_core_uses(core, DCNN_IDEA_PICKING), settled = false;
    int64_t work = e->proof ? PICK_WORK_PROVING : brief ? PICK_WORK_LEAST : dcnn_pick_work(core);
    dcnn_status status;

    below -= below & (core->one_ns - 1); /* as cutoff follows from a cost in whole nanoseconds */
    dcnn_core_aim(core, below);
    status = dcnn_pick(core, &e->listed, s->here, work, &settled, err);
    if (!status && !settled && !core->stopped && may_settle(e))
        status = dcnn_settle(core, &e->listed, &s->here, &settled, e->proof, err);
    if (settled || s->here > core->cutoff) s->here = core->cutoff;
    dcnn_core_aim(core, aim);
    return status;
}

/* Whether lists that were to reach goal are worth the search. */
static bool worthwhile(const dcnn_enumeration *e, const span *s, dcnn_tick goal)
{
    if (e->core->stopped) return false;
    if (s->target == goal) return true;
    if (e->terms.all_or_nothing) return false;
    return (s->target - s->here) * WORTH >= e->core->cutoff - s->here;
}

/* How many columns there may be up to goal, if their number goes on to grow with the regret as it did up to reach. */
static double expect_columns(const dcnn_listed *listed, dcnn_tick reach, dcnn_tick goal)
{
    double sum = 0;

    for (int u = 0; u < listed->chain_count; u++) {
        const dcnn_listed_chain *list = &listed->chains[u];
        size_t before = list->count;
        while (before > 1 && list->items[before - 1].regret >= reach / 4 * 3) before--;
        if (before == 0) continue;
        sum += (double)list->count *
               pow((double)list->count / (double)before, (double)(goal - reach) / (double)(reach - reach / 4 * 3));
    }
    return sum;
}

/* Prices the chains and finds their cheapest columns, with as much work as lists of these terms may be. */
static dcnn_status open_lists(dcnn_enumeration *e, dcnn_list_terms terms, dcnn_error *err)
{
    dcnn_core *core = e->core;
    dcnn_tick constant;
    span s = {.here = dcnn_view_price(e->view, core, e->price, &constant), .target = core->cutoff};
    dcnn_status status = DCNN_OK;

    for (int u = 0; u < core->problem->chain_count && !status && s.here < s.target; u++)
        if (!dcnn_core_should_stop(core)) s.here += dcnn_view_sharpen(e->view, u, &status, err);
    dcnn_load_reset(&core->trial);
    e->terms = terms;
    if (!status) status = find_cheapest(e, &s, err);
    e->here = s.here;
    return status;
}

dcnn_status dcnn_enumeration_run(dcnn_enumeration *e, dcnn_list_terms terms, dcnn_tick target, dcnn_tick *bound,
                                 dcnn_error *err)
{
    dcnn_core *core = e->core;
    span s = {.here = e->here, .target = target};
    dcnn_status status = dcnn_listed_init(&e->listed, core->problem) ? DCNN_OK : dcnn_fail_memory(err);

    e->terms = terms;
    e->listed_all = false;
    e->listed.any_will_do = e->contest != NULL;
    dcnn_load_reset(&core->trial);
    if (!status && s.here < s.target) status = (e->contest ? list_contested : list_columns)(e, &s, err);
    if (!status && s.here < s.target) {
        trim_lists(&e->listed, &s);
        e->expected = expect_columns(&e->listed, s.target - s.here, core->cutoff - s.here);
        e->listed_all = s.target == target;
        if (worthwhile(e, &s, target)) status = combine(e, &s, err);
    }
    if (!status && s.here > *bound) *bound = s.here < s.target ? s.here : s.target;
    dcnn_listed_clear(&e->listed);
    return status;
}

/* A search lists shortly first, and settles little if a contest follows, to which parts are of no use; a proof has one
 * list, which is all it needs. */
static dcnn_list_terms first_terms(const dcnn_enumeration *e, bool contest)
{
    bool searches = e->proof == NULL, shortly = searches && dcnn_core_uses(e->core, DCNN_IDEA_SHORT_LISTS);

    return (dcnn_list_terms){.columns_max = e->core->task.list_max / (shortly ? DCNN_FIRST_SHARE : 1),
                             .settled_max = searches && contest ? SETTLED_FIRST : INT_MAX,
                             .all_or_nothing = !searches || contest};
}

/* Long lists, if the short ones tell that these will do. */
static dcnn_status list_more(dcnn_enumeration *e, double expected, dcnn_tick *bound, dcnn_error *err)
{
    const dcnn_core *core = e->core;
    dcnn_list_terms terms = {.columns_max = core->task.list_max, .settled_max = INT_MAX};

    if (!dcnn_core_uses(core, DCNN_IDEA_SHORT_LISTS) || expected >= core->task.list_max) return DCNN_OK;
    return dcnn_enumeration_run(e, terms, core->cutoff, bound, err);
}

/* What a contest leaves is the shortest list for whoever follows the proof, and all that needs to be tried. */
static dcnn_status prove(dcnn_enumeration *e, bool contest, dcnn_tick *bound, dcnn_error *err)
{
    bool shared_out = false;
    dcnn_status status = DCNN_OK;

    if (contest) {
        if ((status = dcnn_contend_once(e, bound, err))) return status;
        shared_out = e->proof->stage_count > 0;
        if (dcnn_enumeration_is_open(e, *bound)) dcnn_listed_proof_clear(e->proof);
    }
    if (!shared_out && dcnn_enumeration_is_open(e, *bound))
        status = dcnn_enumeration_run(e, first_terms(e, contest), e->core->cutoff, bound, err);
    return status;
}

/* Short lists, contests for more and more of the gap, long lists. */
static dcnn_status look(dcnn_enumeration *e, bool contest, dcnn_tick *bound, dcnn_error *err)
{
    double expected;
    dcnn_status status = DCNN_OK;

    if (dcnn_enumeration_is_open(e, *bound))
        status = dcnn_enumeration_run(e, first_terms(e, contest), e->core->cutoff, bound, err);
    expected = e->expected;
    if (!status && contest && dcnn_enumeration_is_open(e, *bound)) status = dcnn_contend(e, bound, err);
    if (!status && dcnn_enumeration_is_open(e, *bound)) status = list_more(e, expected, bound, err);
    return status;
}

dcnn_status dcnn_enumerate(dcnn_core *core, bool *const *allowed, dcnn_listing *listing, dcnn_error *err)
{
    dcnn_enumeration e = {.core = core, .price = listing->price, .proof = listing->proof, .expected = INFINITY};
    dcnn_tick *bound = &listing->bound;
    bool contest = listing->contest && dcnn_contest_applies(core);
    dcnn_status status = dcnn_view_new(&e.view, core, allowed, err);

    if (!status) status = open_lists(&e, first_terms(&e, contest), err);
    if (!status) status = (listing->proof ? prove : look)(&e, contest, bound, err);
    listing->done = !status && *bound >= core->cutoff;
    dcnn_view_free(e.view);
    return status;
}
