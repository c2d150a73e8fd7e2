/* Of units that are alike and near each other none decides anything: another takes its place, and the bound hardly
 * moves. What does decide is how fast a unit each layer gets. There are few speeds, and the parts of the problem that a
 * choice of them leaves are bounded well by prices alone, which take a thousandth of a second where columns take a
 * tenth. */
#include "solve/core.h"
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 60, SPEEDS_MAX = 8 };
static const int64_t near_ns = 2000000; /* the few columns below so small a gap are listed at once */

typedef struct {
    dcnn_core *core;
    dcnn_part_fn take;
    void *user;
} splitting;

/* The speeds of a layer's candidates and how much each is used. */
typedef struct {
    double ops_per_s[SPEEDS_MAX], use[SPEEDS_MAX];
    int unit[SPEEDS_MAX]; /* one of them */
    int count;            /* SPEEDS_MAX + 1 = too many */
} speeds;

static speeds list_speeds(const dcnn_core *core, const dcnn_chain *chain, int j, const bool *allowed, const double *use)
{
    speeds found = {.count = 0};

    for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
        double ops_per_s = core->instance->scenario->units[chain->unit[x]].ops_per_s;
        int k = 0;
        if (!allowed[x]) continue;
        while (k < found.count && found.ops_per_s[k] != ops_per_s) k++;
        if (k == SPEEDS_MAX) return (speeds){.count = SPEEDS_MAX + 1};
        if (k == found.count) {
            found.ops_per_s[k] = ops_per_s;
            found.unit[k] = chain->unit[x];
            found.count++;
        }
        found.use[k] += use[x];
    }
    return found;
}

/* The layer and speed used most nearly by half; chain -1 = every layer has but one speed. */
static dcnn_decision choose(const dcnn_core *core, bool *const *allowed, const double *use)
{
    dcnn_decision best = {.chain = -1, .score = -1};

    for (int u = 0; u < core->problem->chain_count; u++) {
        const dcnn_chain *chain = core->problem->chains[u];
        for (int j = 0; j < chain->layer_count; j++) {
            speeds s = list_speeds(core, chain, j, allowed[u], use);
            double all = 0;
            for (int k = 0; k < s.count && s.count <= SPEEDS_MAX; k++) all += s.use[k];
            for (int k = 0; k < s.count && s.count > 1 && s.count <= SPEEDS_MAX; k++) {
                double share = all > 0 ? s.use[k] / all : 0, score = share < 0.5 ? share : 1 - share;
                if (score > best.score) best = (dcnn_decision){u, j, s.unit[k], true, score};
            }
        }
        use += chain->size;
    }
    return best;
}

static dcnn_status split(splitting *s, bool *const *inherited, const double *inherited_price, dcnn_tick bound,
                         dcnn_error *err);

static dcnn_status branch(splitting *s, const dcnn_decision *d, bool *const *allowed, const double *price,
                          dcnn_tick bound, dcnn_error *err)
{
    dcnn_status status = DCNN_OK;

    for (int yes = 1; yes >= 0 && !status; yes--) {
        bool **part = dcnn_allowed_copy(s->core, allowed);
        if (!part) return dcnn_fail_memory(err);
        dcnn_decision_apply(s->core, d, yes, part);
        status = split(s, part, price, bound, err);
        dcnn_allowed_free(s->core, part);
    }
    return status;
}

static dcnn_status split(splitting *s, bool *const *inherited, const double *inherited_price, dcnn_tick bound,
                         dcnn_error *err)
{
    dcnn_core *core = s->core;
    size_t prices = dcnn_core_price_count(core);
    bool **allowed = dcnn_allowed_copy(core, inherited);
    double *price = dcnn_take(prices, sizeof *price);
    double *use = dcnn_take(dcnn_problem_flats(core->problem), sizeof *use);
    dcnn_status status = allowed && price && use ? DCNN_OK : dcnn_fail_memory(err);
    dcnn_tick found = bound;
    dcnn_decision d = {.chain = -1};

    if (status) goto done;
    memcpy(price, inherited_price, prices * sizeof *price);
    if (!dcnn_core_should_stop(core)) {
        core->nodes++;
        if ((status = dcnn_lagrange_again(core, allowed, price, ROUNDS, use, &found, err))) goto done;
        if (found > bound) bound = found;
        if (bound >= core->cutoff) goto done;
        if (core->cutoff - bound > near_ns * core->one_ns) d = choose(core, allowed, use);
    }
    if (d.chain < 0 || core->stopped)
        status = s->take(s->user, allowed, price, bound, err);
    else
        status = branch(s, &d, allowed, price, bound, err);
done:
    free(use);
    free(price);
    dcnn_allowed_free(core, allowed);
    return status;
}

dcnn_status dcnn_split_by_speeds(dcnn_core *core, bool *const *allowed, const double *price, dcnn_tick bound,
                                 dcnn_part_fn take, void *user, dcnn_error *err)
{
    splitting s = {core, take, user};
    size_t prices = dcnn_core_price_count(core), rows = (size_t)core->rows->row_count;
    double *start = dcnn_take(prices, sizeof *start); /* cuts have no price in it */
    dcnn_status status = start ? DCNN_OK : dcnn_fail_memory(err);

    if (!status) memcpy(start, price, rows * sizeof *start);
    if (!status) status = split(&s, allowed, start, bound, err);
    free(start);
    return status;
}
