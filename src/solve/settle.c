#include "solve/listed_lp.h"
#include "solve/master_cuts.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Branch and cut over listed columns. */
enum {
    CUT_ROUNDS = 60,
    COLUMNS_FIRST = 40, /* of each chain */
    PICK_COLUMNS_PROVING = 2500,
    PICK_WORK_PROVING = 30000,
    PICK_STEPS = 400, /* for each unit of the linear program's work */
    LOOK_SHARE = 16,  /* of the work, before the rest is guessed from it */
    TRIED_MAX = 8,
    PROBE_STEPS = 50
};
static const double cut_gain = 0.01; /* of the gap, which a round must gain to be followed by another */

typedef struct {
    dcnn_listed_lp list;
    dcnn_listed_proof *proof; /* NULL = none is wanted */
    dcnn_tick cutoff;         /* at the start */
    int nodes;
    double closed; /* share of the tree: a leaf at depth d is 2^-d of it */
    bool failed;
} settling;

static void take_placement(settling *s, const dcnn_support *support, int count)
{
    dcnn_load *trial = &s->list.core->trial;

    dcnn_load_reset(trial);
    for (int k = 0; k < count; k++) {
        const dcnn_support *f = &support[k];
        if (f->value < 0.5) continue;
        if (!dcnn_load_fits(trial, f->chain, f->column->units)) return;
        dcnn_load_place(trial, f->chain, f->column->units, f->column->cost);
    }
    if (dcnn_load_complete(trial)) (void)dcnn_core_improve(s->list.core, trial);
}

static bool stop_here(settling *s)
{
    if (s->list.listed->any_will_do && s->list.core->cutoff < s->cutoff) s->failed = true;
    if (s->list.unsolved || (!s->list.lost_memory && !s->failed && dcnn_core_should_stop(s->list.core)))
        s->failed = true;
    return s->list.lost_memory || s->failed;
}

/* Whether the rest of the tree will be too much work, as far as what is closed of it tells. */
static bool is_hopeless(const settling *s)
{
    int64_t work = dcnn_lp_work(s->list.lp), most = s->list.core->task.settle_work;
    double rest = (1 - s->closed) * (double)work; /* times what is closed */

    return work > most / LOOK_SHARE && rest > s->closed * (double)most;
}

static bool has_unit(const settling *s, int at, int unit)
{
    return dcnn_listed_lp_column(&s->list, at)->bits[unit / 64] >> (unit % 64) & 1;
}

/* A choice to branch on: chain u runs layer j (-1 = any) on the unit. */
typedef struct {
    int chain, layer, unit;
} choice;

static bool agrees(const settling *s, int at, const choice *c)
{
    if (c->layer < 0) return has_unit(s, at, c->unit);
    return dcnn_listed_lp_column(&s->list, at)->units[c->layer] == c->unit;
}

/* How much the support uses it. */
static double use_of(const dcnn_support *support, int count, const choice *c)
{
    double use = 0;

    for (int m = 0; m < count; m++) {
        const dcnn_listed_column *column = support[m].column;
        if (support[m].chain != c->chain) continue;
        if (c->layer < 0 ? (int)(column->bits[c->unit / 64] >> (c->unit % 64) & 1) : column->units[c->layer] == c->unit)
            use += support[m].value;
    }
    return use;
}

typedef struct {
    choice choice;
    double distance; /* of its use from a half */
} candidate;

static bool same_choice(const choice *a, const choice *b)
{
    return a->chain == b->chain && a->layer == b->layer && a->unit == b->unit;
}

/* Keeps the nearest to a half, in order. */
static void consider(candidate *nearest, int *count, choice c, double use)
{
    double distance = fabs(use - 0.5);
    int at = *count;

    if (distance > 0.5 - 1e-6) return;
    for (int k = 0; k < *count; k++)
        if (same_choice(&nearest[k].choice, &c)) return;
    if (at == TRIED_MAX && distance >= nearest[at - 1].distance) return;
    if (at == TRIED_MAX)
        at--;
    else
        ++*count;
    for (; at > 0 && nearest[at - 1].distance > distance; at--) nearest[at] = nearest[at - 1];
    nearest[at] = (candidate){c, distance};
}

/* The choices on what the support uses in part. Returns how many. */
static int list_choices(const settling *s, const dcnn_support *support, int count, candidate *nearest)
{
    int found = 0;

    for (int k = 0; k < count; k++) {
        int u = support[k].chain;
        if (support[k].value > 1 - 1e-6) continue;
        for (int j = 0; j < s->list.core->problem->chains[u]->layer_count; j++) {
            int unit = support[k].column->units[j];
            choice any = {u, -1, unit}, here = {u, j, unit};
            consider(nearest, &found, any, use_of(support, count, &any));
            if (!s->list.listed->exclusive) consider(nearest, &found, here, use_of(support, count, &here));
        }
    }
    return found;
}

static void apply(settling *s, const choice *c, bool yes)
{
    for (int at = 0; at < s->list.total; at++) {
        bool own = s->list.chain_of[at] == c->chain;
        if (s->list.dead[at]) continue;
        if (own && agrees(s, at, c) != yes) dcnn_listed_lp_kill(&s->list, at);
        if (!own && yes && s->list.listed->exclusive && has_unit(s, at, c->unit)) dcnn_listed_lp_kill(&s->list, at);
    }
}

/* What the linear program says of one side, in nanoseconds; over the columns it has, so it flatters. */
static double try_side(settling *s, const choice *c, bool yes)
{
    int mark = s->list.trail_count;
    double value;

    apply(s, c, yes);
    value = dcnn_lp_probe(s->list.lp, PROBE_STEPS);
    dcnn_listed_lp_revive(&s->list, mark);
    return value;
}

/* Strong branching (Applegate, Bixby, Chvatal, Cook 1995): of the choices nearest to a half, the one whose sides both
 * raise the bound most. */
static bool choose(settling *s, const dcnn_support *support, int count, choice *best)
{
    candidate nearest[TRIED_MAX];
    int found = list_choices(s, support, count, nearest);
    double here = dcnn_lp_objective(s->list.lp), most = -1;

    if (found > 0) *best = nearest[0].choice;
    if (found <= 1 || !dcnn_core_uses(s->list.core, DCNN_IDEA_PROBING)) return found > 0;
    for (int k = 0; k < found && !stop_here(s); k++) {
        double yes = try_side(s, &nearest[k].choice, true) - here, no = try_side(s, &nearest[k].choice, false) - here;
        double score = fmax(yes, 1e-3) * fmax(no, 1e-3);
        if (score <= most) continue;
        most = score;
        *best = nearest[k].choice;
    }
    return true;
}

static int compare_regrets(const void *a, const void *b)
{
    const dcnn_listed_column *x = a, *y = b;

    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return (x->cost > y->cost) - (x->cost < y->cost);
}

/* Steps that picking may take at a node of that depth, where it would close 2^-depth of the tree: as large a part of
 * what it may take of a whole list, or a few times what the nodes so far took. A certificate's reader must be able to
 * do the same. */
static int64_t pick_work(const settling *s, int depth)
{
    int64_t most = dcnn_pick_work(s->list.core), part = depth < 60 ? most >> depth : 0;
    int64_t usual = dcnn_lp_work(s->list.lp) / s->nodes * PICK_STEPS;

    if (s->proof) return PICK_WORK_PROVING;
    if (part < usual) part = usual;
    return part < most ? part : most;
}

/* Combines the columns that are left. */
static bool pick_rest(settling *s, int depth)
{
    dcnn_listed rest;
    bool done = false, sound = dcnn_listed_init(&rest, s->list.core->problem);

    for (int at = 0; sound && at < s->list.total; at++) {
        dcnn_listed_chain *list = &rest.chains[s->list.chain_of[at]];
        if (s->list.dead[at]) continue;
        sound = dcnn_reserve((void **)&list->items, &list->room, list->count, sizeof *list->items);
        if (!sound) break;
        list->items[list->count] = *dcnn_listed_lp_column(&s->list, at);
        list->items[list->count++].regret = s->list.priced[at] - s->list.least[s->list.chain_of[at]];
    }
    for (int u = 0; sound && u < rest.chain_count; u++)
        if (rest.chains[u].count > 0)
            qsort(rest.chains[u].items, rest.chains[u].count, sizeof *rest.chains[u].items, compare_regrets);
    if (!sound || dcnn_pick(s->list.core, &rest, s->list.last, pick_work(s, depth), &done, NULL))
        s->list.lost_memory = true;
    dcnn_listed_clear(&rest);
    return done;
}

static void explore(settling *s, int depth, int pick_below, dcnn_tick *proven);

static void branch(settling *s, const dcnn_support *support, int count, int depth, int pick_below)
{
    choice c = {0};
    dcnn_tick ignored;

    if (!choose(s, support, count, &c)) {
        s->failed = true; /* the LP's solution is whole and yet no placement: the rows are weaker than the limits */
        return;
    }
    for (int yes = 1; yes >= 0 && !stop_here(s); yes--) {
        int mark = s->list.trail_count;
        apply(s, &c, yes);
        explore(s, depth + 1, pick_below, &ignored);
        dcnn_listed_lp_revive(&s->list, mark);
    }
}

/* Keeps the prices last used for whoever wants the proof. */
static void keep_proof(settling *s)
{
    dcnn_listed_set set = {
        .price = s->list.price, .cuts = s->list.cuts, .charge = s->list.charge, .cut_count = s->list.cut_count};

    if (s->proof && !dcnn_listed_proof_add(s->proof, &set, (size_t)s->list.core->rows->row_count))
        s->list.lost_memory = true;
}

/* The node has nothing better, as the prices last used tell. */
static void close_leaf(settling *s, int depth)
{
    keep_proof(s);
    s->closed += ldexp(1, -depth);
}

/* One node: LP, cuts while they help, then branching; picking once fewer columns than pick_below are left. *proven is
 * the node's bound. */
static void explore(settling *s, int depth, int pick_below, dcnn_tick *proven)
{
    dcnn_tick last = -dcnn_tick_never;

    s->nodes++;
    if (is_hopeless(s)) s->failed = true;
    s->list.core->nodes++;
    for (int round = 0; !stop_here(s); round++) {
        dcnn_tick bound = dcnn_listed_lp_solve(&s->list);
        dcnn_support *support;
        int count, before, left;
        bool whole, more;
        *proven = bound;
        if (bound >= s->list.core->cutoff) {
            close_leaf(s, depth);
            return;
        }
        if (stop_here(s)) return;
        before = s->list.total - s->list.trail_count;
        left = dcnn_listed_lp_strike(&s->list);
        if (s->proof && left < before) keep_proof(s);
        if (depth == 0 && left < s->list.total / 2) dcnn_listed_lp_compact(&s->list);
        if (left < pick_below && dcnn_core_uses(s->list.core, DCNN_IDEA_PICKING)) {
            if (pick_rest(s, depth)) {
                close_leaf(s, depth);
                return;
            }
            pick_below = left / 3 * 2;
        }
        if (stop_here(s)) return;
        if (!dcnn_listed_lp_support(&s->list, &support, &count, &whole)) {
            s->list.lost_memory = true;
            return;
        }
        if (whole) take_placement(s, support, count);
        if (bound >= s->list.core->cutoff) {
            free(support);
            return;
        }
        more = !whole && dcnn_core_uses(s->list.core, DCNN_IDEA_CUTS) && round < CUT_ROUNDS &&
               (double)(bound - last) > cut_gain * (double)(s->list.core->cutoff - bound) &&
               dcnn_listed_lp_separate(&s->list, support, count) > 0;
        last = bound;
        if (!more && !dcnn_listed_lp_lay_aside(&s->list)) s->list.lost_memory = true;
        if (!more && s->proof)
            s->failed = true; /* its words are for lists alone */
        else if (!more && !s->list.lost_memory)
            branch(s, support, count, depth, pick_below);
        free(support);
        if (!more) return;
    }
}

dcnn_status dcnn_settle(dcnn_core *core, const dcnn_listed *listed, dcnn_tick *bound, bool *done,
                        dcnn_listed_proof *proof, dcnn_error *err)
{
    settling s = {.proof = proof, .cutoff = core->cutoff};
    dcnn_tick proven = *bound;

    *done = false;
    s.list.lost_memory = !dcnn_listed_lp_init(&s.list, core, listed);
    for (int u = 0; u < listed->chain_count && !s.list.lost_memory; u++)
        for (int k = 0; k < COLUMNS_FIRST && s.list.first[u] + k < s.list.first[u + 1] && !s.list.lost_memory; k++)
            if (!dcnn_listed_lp_activate(&s.list, s.list.first[u] + k)) s.list.lost_memory = true;
    for (int c = 0; core->cuts && c < core->cuts->count && !s.list.lost_memory; c++)
        if (core->cuts->charge[c] > 0 && !dcnn_listed_lp_add_cut(&s.list, &core->cuts->cuts[c]))
            s.list.lost_memory = true;
    if (!s.list.lost_memory) explore(&s, 0, proof ? PICK_COLUMNS_PROVING : INT_MAX, &proven);
    if (proven > *bound) *bound = proven;
    *done = !s.list.lost_memory && !s.failed;
    dcnn_listed_lp_clear(&s.list);
    return s.list.lost_memory ? dcnn_fail_memory(err) : DCNN_OK;
}
