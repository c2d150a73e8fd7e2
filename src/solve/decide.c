#include "solve/core.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { TRIED_MAX = 8, PROBE_STEPS = 50 };
static const double score_least = 1e-6;

static double fractionality(double use)
{
    double whole = use - floor(use);

    return whole < 0.5 ? whole : 1 - whole;
}

/* The decisions with the highest scores, in order. */
typedef struct {
    dcnn_decision items[TRIED_MAX];
    int count;
} shortlist;

static void consider(shortlist *list, dcnn_decision d)
{
    int at = list->count;

    if (d.score <= score_least || (at == TRIED_MAX && d.score <= list->items[at - 1].score + score_least)) return;
    if (at == TRIED_MAX)
        at--;
    else
        list->count++;
    for (; at > 0 && d.score > list->items[at - 1].score + score_least; at--) list->items[at] = list->items[at - 1];
    list->items[at] = d;
}

/* Chain against all others on one unit: balanced, but only a decision where the others want the unit too. */
static void consider_owners(const dcnn_core *core, const double *used, shortlist *list)
{
    const dcnn_problem *problem = core->problem;
    size_t units = (size_t)problem->unit_count, chains = (size_t)problem->chain_count;
    double *by_unit = dcnn_take(units * chains, sizeof *by_unit), *total = dcnn_take(units, sizeof *total);
    int at = 0;

    if (by_unit && total) {
        for (int u = 0; u < problem->chain_count; u++)
            for (int x = 0; x < problem->chains[u]->size; x++, at++) {
                by_unit[(size_t)u * units + (size_t)problem->chains[u]->unit[x]] += used[at];
                total[problem->chains[u]->unit[x]] += used[at];
            }
        for (int u = 0; u < problem->chain_count; u++)
            for (int i = 0; i < problem->unit_count; i++) {
                double use = by_unit[(size_t)u * units + (size_t)i], others = total[i] - use;
                consider(list, (dcnn_decision){u, -1, i, false, fmin(fractionality(use), others)});
            }
    }
    free(total);
    free(by_unit);
}

static int count_open(const dcnn_chain *chain, int j, const bool *allowed)
{
    int open = 0;

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++) open += allowed[x];
    return open;
}

/* A layer with one candidate left is decided, even where the master leaves its chain half unplaced. */
static void consider_candidates(const dcnn_core *core, bool *const *allowed, const double *used, shortlist *list)
{
    const dcnn_problem *problem = core->problem;
    int at = 0;

    for (int u = 0; u < problem->chain_count; u++) {
        const dcnn_chain *chain = problem->chains[u];
        for (int x = 0; x < chain->size; x++, at++)
            if (allowed[u][x] && count_open(chain, chain->layer[x], allowed[u]) > 1)
                consider(list, (dcnn_decision){u, chain->layer[x], chain->unit[x], false, fractionality(used[at])});
    }
}

/* When the master's solution is whole but its value is not yet proven: any choice that is still open, the most used
 * first. */
static dcnn_decision decide_anything(const dcnn_core *core, bool *const *allowed, const double *used)
{
    const dcnn_problem *problem = core->problem;
    dcnn_decision best = {.chain = -1, .score = -1};
    int at = 0;

    for (int u = 0; u < problem->chain_count; u++) {
        const dcnn_chain *chain = problem->chains[u];
        for (int j = 0; j < chain->layer_count; j++) {
            int open = count_open(chain, j, allowed[u]);
            for (int x = chain->first[j]; x < chain->first[j + 1]; x++, at++)
                if (open > 1 && allowed[u][x] && used[at] > best.score)
                    best = (dcnn_decision){u, j, chain->unit[x], false, used[at]};
        }
    }
    return best;
}

/* --- strong branching (Applegate, Bixby, Chvatal, Cook 1995) --- */

static bool puts_on(const dcnn_chain *chain, const int *flats, const dcnn_decision *d)
{
    if (d->layer >= 0) return chain->unit[flats[d->layer]] == d->unit;
    for (int j = 0; j < chain->layer_count; j++)
        if (chain->unit[flats[j]] == d->unit) return true;
    return false;
}

/* Whether one side of the decision forbids the column. */
static bool forbids(const dcnn_core *core, const dcnn_decision *d, bool yes, const dcnn_column *column)
{
    bool own = column->chain == d->chain;

    if (!own && (d->layer >= 0 || !yes)) return false;
    return puts_on(core->problem->chains[column->chain], core->store.flats + column->flats, d) == (own ? !yes : yes);
}

/* What the master comes to on one side, in nanoseconds; over the columns it has, so it flatters. */
static double try_side(dcnn_core *core, const bool *open, const dcnn_decision *d, bool yes)
{
    int columns = dcnn_lp_column_count(core->master);
    double value;

    for (int side = 0; side <= 1; side++) {
        for (int k = core->problem->chain_count; k < columns; k++)
            if (open[k] && forbids(core, d, yes, &core->store.columns[core->master_column[k]]))
                dcnn_lp_set_upper(core->master, k, side == 0 ? 0 : DBL_MAX);
        if (side == 0) value = dcnn_lp_probe(core->master, PROBE_STEPS);
    }
    return value;
}

/* Of the short list, the one whose sides both raise the bound most. False when memory is out. */
static bool probe(dcnn_core *core, bool *const *allowed, const shortlist *list, dcnn_decision *best)
{
    int columns = dcnn_lp_column_count(core->master);
    bool *open = dcnn_take((size_t)columns, sizeof *open);
    double here = dcnn_lp_objective(core->master), most = -1;

    if (!open) return false;
    for (int k = core->problem->chain_count; k < columns; k++)
        open[k] = dcnn_master_allows(core, core->master_column[k], allowed);
    for (int k = 0; k < list->count && !dcnn_core_should_stop(core); k++) {
        const dcnn_decision *d = &list->items[k];
        double yes = try_side(core, open, d, true) - here, no = try_side(core, open, d, false) - here;
        double score = fmax(yes, 1e-3) * fmax(no, 1e-3);
        if (score <= most) continue;
        most = score;
        *best = *d;
    }
    free(open);
    return true;
}

dcnn_status dcnn_decide(dcnn_core *core, bool *const *allowed, const double *used, dcnn_decision *d, dcnn_error *err)
{
    shortlist list = {.count = 0};

    *d = (dcnn_decision){.chain = -1};
    if (core->instance->layers_per_unit == 1 && core->instance->scenario->shared_group_count == 0)
        consider_owners(core, used, &list);
    if (list.count == 0 || list.items[0].score < 0.1) consider_candidates(core, allowed, used, &list);
    if (list.count > 0)
        *d = list.items[0];
    else
        *d = decide_anything(core, allowed, used);
    if (list.count > 1 && dcnn_core_uses(core, DCNN_IDEA_PROBING) && !probe(core, allowed, &list, d))
        return dcnn_fail_memory(err);
    return DCNN_OK;
}

static bool names(const dcnn_core *core, const dcnn_decision *d, int unit)
{
    const dcnn_unit *units = core->instance->scenario->units;

    return unit == d->unit || (d->alike && units[unit].ops_per_s == units[d->unit].ops_per_s);
}

void dcnn_decision_apply(const dcnn_core *core, const dcnn_decision *d, bool yes, bool **allowed)
{
    for (int u = 0; u < core->problem->chain_count; u++) {
        const dcnn_chain *chain = core->problem->chains[u];
        for (int x = 0; x < chain->size; x++) {
            bool here = names(core, d, chain->unit[x]);
            bool forbidden;
            if (d->layer < 0)
                forbidden = here && (u == d->chain) != yes;
            else
                forbidden = u == d->chain && chain->layer[x] == d->layer && here != yes;
            if (forbidden) allowed[u][x] = false;
        }
    }
}
