#include "solve/shelf.h"
#include <stdlib.h>

/* Depth-first search over listed columns: one chain is placed at each depth, and what is left of the others stands on
 * the shelves of the next. */
enum { LOOK_UP_EVERY = 1 << 20, ESTIMATE_FIRST = 2000000 };

/* A column that is being placed. */
typedef struct {
    int chain, column;
    const dcnn_listed_column *listed;
} placing;

typedef struct {
    dcnn_core *core;
    dcnn_shelving shelving;
    dcnn_kinds *kinds;     /* [chain] */
    dcnn_load load;        /* of the columns placed, where some that meet fit together */
    dcnn_shelf *shelves;   /* [chain_count + 1][chain_count] */
    placing *placed;       /* [chain_count] at each depth */
    int64_t work_max;      /* words that may be looked at */
    int64_t next_look;     /* work at which the clock is looked at again */
    int64_t next_estimate; /* work at which the rest is estimated again */
    int *at;               /* [chain_count] of the items at each depth, the one being placed */
    int *of;               /* [chain_count] how many there are */
    int chain_count, depth;
    bool lost_memory, given_up;
} picking;

typedef dcnn_shelf_limits limits;

static dcnn_shelf *shelf_of(const picking *p, int depth, int u)
{
    return &p->shelves[(ptrdiff_t)depth * p->chain_count + u];
}

static placing column_of(const picking *p, int u, int column)
{
    return (placing){u, column, &p->shelving.listed->chains[u].items[column]};
}

/* How much of the search is behind it, if all that is placed at one depth took as long. */
static double measure_progress(const picking *p)
{
    double done = 0, part = 1;

    if (p->of[0] == 0) return 0; /* thinning out alone is too much */
    for (int d = 0; d <= p->depth; d++) {
        part /= p->of[d];
        done += part * p->at[d];
    }
    return done;
}

/* Whether the whole search would cost too much. What regrets more is done with sooner: the rest takes half the time. */
static bool is_hopeless(const picking *p)
{
    double done = measure_progress(p), work = (double)p->shelving.work;

    return work * (1 + done) > 2 * done * (double)p->work_max;
}

/* Looks at the clock and at what is left to do once in a while. */
static bool give_up(picking *p)
{
    int64_t work = p->shelving.work;

    if (work > p->work_max) p->given_up = true;
    if (work >= p->next_estimate) {
        p->next_estimate = 2 * work;
        if (is_hopeless(p)) p->given_up = true;
    }
    if (work >= p->next_look) {
        p->next_look = work + LOOK_UP_EVERY;
        if (dcnn_core_should_stop(p->core)) p->given_up = true;
    }
    return p->given_up || p->lost_memory;
}

/* --- placing --- */

static void put(picking *p, const placing *by)
{
    if (p->shelving.load) dcnn_kinds_place(&p->kinds[by->chain], by->column, p->shelving.load);
}

static void take_back(picking *p, const placing *by)
{
    if (p->shelving.load) dcnn_kinds_remove(&p->kinds[by->chain], by->column, p->shelving.load);
}

/* All chains are placed. */
static void improve(picking *p)
{
    dcnn_load *trial = &p->core->trial;

    dcnn_load_reset(trial);
    for (int d = 0; d < p->chain_count; d++)
        dcnn_load_place(trial, p->placed[d].chain, p->placed[d].listed->units, p->placed[d].listed->cost);
    (void)dcnn_core_improve(p->core, trial);
}

/* --- filling shelves --- */

/* Finds what each chain regrets at least; false when that is too much for all together. */
static bool find_firsts(picking *p, int depth, const placing *by, dcnn_tick rest, dcnn_tick *sum)
{
    *sum = 0;
    for (int u = 0; u < p->chain_count; u++) {
        const dcnn_shelf *from = shelf_of(p, depth, u);
        dcnn_shelf *to = shelf_of(p, depth + 1, u);
        to->open = from->open && u != by->chain;
        if (!to->open) continue;
        if (!dcnn_shelf_begin(&p->shelving, from, to, u, by->chain, by->column)) {
            p->lost_memory = true;
            return false;
        }
        to->first = dcnn_shelf_first(&p->shelving, from, to, rest - *sum);
        if (to->first >= dcnn_tick_never) return false;
        *sum += to->first;
    }
    return true;
}

/* The shelves of the next depth. rest: what the chains left may regret and cost together, to be of use; what others
 * need at least of it is not there for one. False when a chain has nothing left. */
static bool fill_shelves(picking *p, int depth, const placing *by, limits rest)
{
    int open = 0;
    dcnn_tick regrets, costs = 0;

    if (!find_firsts(p, depth, by, rest.regret, &regrets)) return false;
    for (int u = 0; u < p->chain_count; u++) {
        if (!shelf_of(p, depth + 1, u)->open) continue;
        costs += shelf_of(p, depth, u)->cheapest;
        open++;
    }
    for (int u = 0; u < p->chain_count; u++) {
        const dcnn_shelf *from = shelf_of(p, depth, u);
        dcnn_shelf *to = shelf_of(p, depth + 1, u);
        limits below = {rest.regret - regrets + to->first, rest.cost - costs + from->cheapest};
        if (!to->open) continue;
        if (!dcnn_shelf_fill(&p->shelving, from, to, u, &below, open > 1)) p->lost_memory = true;
        if (p->lost_memory || to->count == 0) return false;
        costs += to->cheapest - from->cheapest;
    }
    return true;
}

/* --- thinning out --- */

/* Takes the columns off the shelf beside which the others have no room for anything of use. False when none is left. */
static bool thin_shelf(picking *p, int depth, int u, dcnn_tick rest)
{
    dcnn_shelf *s = shelf_of(p, depth, u);
    int count = s->count;

    s->count = 0;
    s->cheapest = dcnn_tick_never;
    for (int k = 0; k < count; k++) {
        placing by = column_of(p, u, s->items[k].column);
        dcnn_tick sum;
        bool enough;
        put(p, &by);
        enough = find_firsts(p, depth, &by, rest - by.listed->regret, &sum);
        take_back(p, &by);
        if (!enough) continue;
        s->items[s->count++] = s->items[k];
        if (by.listed->cost < s->cheapest) s->cheapest = by.listed->cost;
    }
    if (s->count == 0) return false;
    s->first = s->items[0].regret;
    if (s->count < count && !dcnn_shelf_map(&p->shelving, s, u)) p->lost_memory = true;
    return true;
}

/* With two chains left the search itself does no more. */
static bool thin_out(picking *p, int depth, dcnn_tick rest)
{
    if (depth + 2 >= p->chain_count) return true;
    for (int u = 0; u < p->chain_count; u++)
        if (shelf_of(p, depth, u)->open && (give_up(p) || !thin_shelf(p, depth, u, rest))) return false;
    return true;
}

/* --- the search --- */

static void pick(picking *p, int depth, limits spent);

/* Places one column and goes on with the others. */
static void place(picking *p, int depth, const placing *by, limits spent)
{
    limits rest = {p->core->cutoff - spent.regret, p->core->cutoff - spent.cost};

    put(p, by);
    p->placed[depth] = *by;
    if (fill_shelves(p, depth, by, rest) && thin_out(p, depth + 1, rest.regret)) pick(p, depth + 1, spent);
    take_back(p, by);
}

/* Depth-first, always the chain with the fewest columns left. spent: the bound if all chains left regretted nothing,
 * and what those placed cost. */
static void pick(picking *p, int depth, limits spent)
{
    dcnn_core *core = p->core;
    limits others = spent; /* with the least of all chains left but the chosen one */
    const dcnn_shelf *here;
    int chosen = -1;

    for (int u = 0; u < p->chain_count; u++) {
        const dcnn_shelf *s = shelf_of(p, depth, u);
        if (!s->open) continue;
        others.regret += s->first;
        others.cost += s->cheapest;
        if (chosen < 0 || s->count < shelf_of(p, depth, chosen)->count) chosen = u;
    }
    if (chosen < 0) {
        improve(p);
        return;
    }
    here = shelf_of(p, depth, chosen);
    others.regret -= here->first;
    others.cost -= here->cheapest;
    p->of[depth] = here->count;
    for (int k = 0; k < here->count; k++) {
        placing by = column_of(p, chosen, here->items[k].column);
        p->at[depth] = k;
        p->depth = depth;
        if (others.regret + by.listed->regret >= core->cutoff || give_up(p)) return;
        if (others.cost + by.listed->cost < core->cutoff)
            place(p, depth, &by, (limits){spent.regret + by.listed->regret, spent.cost + by.listed->cost});
    }
}

/* --- opening and closing --- */

static bool open_picking(picking *p, dcnn_tick rest)
{
    const dcnn_problem *problem = p->core->problem;
    size_t chains = (size_t)p->chain_count;

    p->kinds = dcnn_take(chains, sizeof *p->kinds);
    p->shelves = dcnn_take((chains + 1) * chains, sizeof *p->shelves);
    p->placed = dcnn_take(chains, sizeof *p->placed);
    p->at = dcnn_take(chains, sizeof *p->at);
    p->of = dcnn_take(chains, sizeof *p->of);
    if (!p->kinds || !p->shelves || !p->placed || !p->at || !p->of || !dcnn_load_init(&p->load, problem)) return false;
    p->shelving.kinds = p->kinds;
    if (!p->shelving.listed->exclusive) p->shelving.load = &p->load;
    for (int u = 0; u < p->chain_count; u++) {
        if (!dcnn_kinds_init(&p->kinds[u], p->shelving.listed, problem, u)) return false;
        if (!dcnn_shelf_fill_first(&p->shelving, shelf_of(p, 0, u), u, rest)) return false;
    }
    return true;
}

static void close_picking(picking *p)
{
    for (int k = 0; p->shelves && k < (p->chain_count + 1) * p->chain_count; k++) dcnn_shelf_clear(&p->shelves[k]);
    for (int u = 0; p->kinds && u < p->chain_count; u++) dcnn_kinds_clear(&p->kinds[u]);
    free(p->kinds);
    if (p->load.problem) dcnn_load_clear(&p->load);
    free(p->shelves);
    free(p->placed);
    free(p->at);
    free(p->of);
}

dcnn_status dcnn_pick(dcnn_core *core, const dcnn_listed *listed, dcnn_tick bound, int64_t work_max, bool *done,
                      dcnn_error *err)
{
    picking p = {.core = core,
                 .shelving = {.listed = listed},
                 .work_max = work_max,
                 .next_estimate = ESTIMATE_FIRST,
                 .chain_count = listed->chain_count};
    dcnn_tick rest = core->cutoff - bound;

    p.lost_memory = !open_picking(&p, rest);
    if (!p.lost_memory && thin_out(&p, 0, rest)) pick(&p, 0, (limits){bound, 0});
    *done = !p.lost_memory && !p.given_up;
    close_picking(&p);
    return p.lost_memory ? dcnn_fail_memory(err) : DCNN_OK;
}
