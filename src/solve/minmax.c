#include "solve/run.h"
#include <stdlib.h>

/* The least maximum by bisection over a cap on every CNN's cost: each probe asks for any placement below it. A probe
 * that finds one lowers the best to that placement's maximum, one that proves there is none raises the bound. With the
 * cap at the least maximum, the least sum is the answer. */

typedef struct {
    dcnn_run *run;
    dcnn_problem *whole;
    dcnn_tick one_ns;
} minmax;

/* What the last probe says. */
typedef struct {
    bool found, proven;
} verdict;

static dcnn_tick dearest(const dcnn_load *load)
{
    dcnn_tick most = 0;

    for (int u = 0; u < load->problem->chain_count; u++)
        if (load->cost[u] > most) most = load->cost[u];
    return most;
}

static void keep(minmax *m, const dcnn_core *core)
{
    int64_t best_ns = dearest(&core->best) / m->one_ns, sum_ns = core->best_cost / m->one_ns;

    if (best_ns > m->run->best_ns || (best_ns == m->run->best_ns && sum_ns >= m->run->sum_ns)) return;
    dcnn_run_keep(m->run, &core->best);
    m->run->best_ns = best_ns;
    m->run->sum_ns = sum_ns;
}

static void tell(void *user, const dcnn_core *core)
{
    minmax *m = user;
    dcnn_result so_far = dcnn_run_result(m->run);

    so_far.nodes = core->nodes;
    so_far.columns = core->columns;
    dcnn_run_progress(m->run, &so_far);
}

/* A placement with every cost up to cap_ns: any one, or the one with the least sum. */
static dcnn_status probe(minmax *m, int64_t cap_ns, bool any_will_do, verdict *v, dcnn_error *err)
{
    dcnn_run *run = m->run;
    dcnn_task task = dcnn_run_task(run);
    dcnn_options options = *run->options;
    dcnn_tick cap = cap_ns == DCNN_NEVER ? dcnn_tick_never : cap_ns * m->one_ns;
    dcnn_problem *part;
    dcnn_core *core;
    dcnn_status status = dcnn_problem_part(&part, m->whole, NULL, 0, NULL, NULL, cap, err);

    *v = (verdict){0};
    if (status) return status;
    options.gap = 0; /* the gap asked for is one of maxima */
    task.options = &options;
    task.any_will_do = any_will_do;
    task.tell = tell;
    task.tell_user = m;
    if ((status = dcnn_core_new(&core, part, &task, err))) return status;
    status = dcnn_core_solve(core, err);
    v->found = core->has_best;
    v->proven = dcnn_core_proven(core);
    if (v->found) keep(m, core);
    run->nodes = core->nodes;
    run->columns = core->columns;
    run->stop = core->stop;
    dcnn_core_free(core);
    return status;
}

/* No placement has a lower maximum than the dearest CNN at its cheapest. */
static dcnn_status bound_alone(minmax *m, dcnn_error *err)
{
    for (int u = 0; u < m->whole->chain_count; u++) {
        const dcnn_chain *chain = m->whole->chains[u];
        dcnn_rundp dp;
        dcnn_tick least;
        if (!dcnn_rundp_init(&dp, chain->size)) return dcnn_fail_memory(err);
        least = dcnn_rundp_unpriced(&dp, chain, &chain->cost);
        dcnn_rundp_clear(&dp);
        if (least < dcnn_tick_never && least / m->one_ns > m->run->bound_ns) m->run->bound_ns = least / m->one_ns;
    }
    return DCNN_OK;
}

static bool within_gap(const dcnn_run *run)
{
    return run->options->gap > 0 && run->best_ns < DCNN_NEVER &&
           (double)(run->best_ns - run->bound_ns) <= run->options->gap * (double)run->best_ns;
}

static dcnn_status bisect(minmax *m, dcnn_error *err)
{
    dcnn_run *run = m->run;
    dcnn_status status = DCNN_OK;
    verdict v;

    while (run->bound_ns < run->best_ns) {
        int64_t cap_ns = run->bound_ns + (run->best_ns - run->bound_ns) / 2;
        if (within_gap(run)) {
            run->stop = DCNN_STOP_GAP;
            return DCNN_OK;
        }
        if ((status = probe(m, cap_ns, true, &v, err))) return status;
        if (v.found) continue;
        if (!v.proven) return DCNN_OK;
        run->bound_ns = cap_ns + 1;
    }
    status = probe(m, run->best_ns, false, &v, err);
    run->proven = !status && v.proven;
    if (!run->proven && run->bound_ns > 0) run->bound_ns--; /* the maximum is known, the least sum with it is not */
    return status;
}

dcnn_status dcnn_run_minmax(dcnn_run *run, dcnn_error *err)
{
    minmax m = {.run = run, .one_ns = (dcnn_tick)1 << run->instance->tick_bits};
    verdict v;
    dcnn_status status = dcnn_problem_new(&m.whole, run->instance, err);

    if (status) return status;
    status = bound_alone(&m, err);
    if (!status) status = probe(&m, DCNN_NEVER, true, &v, err);
    if (!status && v.found) status = bisect(&m, err);
    if (!status && !v.found) run->proven = v.proven;
    dcnn_problem_free(m.whole);
    return status;
}
