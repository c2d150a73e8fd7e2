#include "solve/core.h"
#include <math.h>
#include <stdlib.h>

static double fractionality(double use)
{
    double whole = use - floor(use);

    return whole < 0.5 ? whole : 1 - whole;
}

/* Chain against all others on one unit: balanced, but only a decision where the others want the unit too. */
static dcnn_decision decide_owner(const dcnn_core *core, const double *used)
{
    const dcnn_problem *problem = core->problem;
    size_t units = (size_t)problem->unit_count, chains = (size_t)problem->chain_count;
    double *by_unit = dcnn_take(units * chains, sizeof *by_unit), *total = dcnn_take(units, sizeof *total);
    dcnn_decision best = {.chain = -1};
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
                double score = fractionality(use) < others ? fractionality(use) : others;
                if (score > best.score + 1e-6) best = (dcnn_decision){u, -1, i, score};
            }
    }
    free(total);
    free(by_unit);
    return best;
}

static dcnn_decision decide_candidate(const dcnn_core *core, const double *used)
{
    const dcnn_problem *problem = core->problem;
    dcnn_decision best = {.chain = -1};
    int at = 0;

    for (int u = 0; u < problem->chain_count; u++)
        for (int x = 0; x < problem->chains[u]->size; x++, at++) {
            double score = fractionality(used[at]);
            if (score > best.score + 1e-6)
                best = (dcnn_decision){u, problem->chains[u]->layer[x], problem->chains[u]->unit[x], score};
        }
    return best;
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
            int open = 0;
            for (int x = chain->first[j]; x < chain->first[j + 1]; x++) open += allowed[u][x];
            for (int x = chain->first[j]; x < chain->first[j + 1]; x++, at++)
                if (open > 1 && allowed[u][x] && used[at] > best.score)
                    best = (dcnn_decision){u, j, chain->unit[x], used[at]};
        }
    }
    return best;
}

bool dcnn_decide(const dcnn_core *core, bool *const *allowed, const double *used, dcnn_decision *d)
{
    *d = (dcnn_decision){.chain = -1};
    if (core->instance->layers_per_unit == 1 && core->instance->scenario->shared_group_count == 0)
        *d = decide_owner(core, used);
    if (d->chain < 0 || d->score < 0.1) {
        dcnn_decision other = decide_candidate(core, used);
        if (other.score > d->score) *d = other;
    }
    if (d->chain < 0) *d = decide_anything(core, allowed, used);
    return d->chain >= 0;
}

void dcnn_decision_apply(const dcnn_core *core, const dcnn_decision *d, bool yes, bool **allowed)
{
    for (int u = 0; u < core->problem->chain_count; u++) {
        const dcnn_chain *chain = core->problem->chains[u];
        for (int x = 0; x < chain->size; x++) {
            bool here = chain->unit[x] == d->unit;
            bool forbidden;
            if (d->layer < 0)
                forbidden = here && (u == d->chain) != yes;
            else
                forbidden = u == d->chain && chain->layer[x] == d->layer && here != yes;
            if (forbidden) allowed[u][x] = false;
        }
    }
}
