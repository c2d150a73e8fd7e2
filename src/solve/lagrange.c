#include "solve/core.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Polyak's rule on a deflected direction (Camerini, Fratta, Maffioli 1975): step = pace * (target - bound) / |d|^2. */
enum { PATIENCE = 12, HALVINGS_IN_VAIN = 3, FIX_EVERY = 25, INSERT_EVERY = 25 };
static const double pace_start = 1.0, pace_again = 0.3, pace_least = 1e-3, deflection = 0.3;
static const double use_share = 0.08; /* of the last round in use */

typedef struct {
    dcnn_core *core;
    dcnn_view *view;
    bool *const *allowed;
    double *price, *best_price, *direction, *violation;
    int *flats;
    int *order;  /* chains by decreasing regret, for the insertions; NULL = none are made */
    double *use; /* [chain flats, chain after chain] or NULL */
} ascent;

/* Row r, scaled by its capacity so that bytes and layers are of one size: use / capacity - 1. */
static void measure_violation(ascent *a)
{
    const dcnn_coupling *rows = a->core->rows;
    size_t flats = a->use ? dcnn_problem_flats(a->core->problem) : 0;
    double *use = a->use; /* of the chain at hand */

    for (int r = 0; r < rows->row_count; r++) a->violation[r] = -(double)rows->rows[r].capacity;
    for (size_t x = 0; x < flats; x++) a->use[x] *= 1 - use_share;
    for (int u = 0; u < a->view->chain_count; u++) {
        const dcnn_chain *chain = a->view->chains[u];
        dcnn_rundp_trace(&a->view->dp[u], chain, &chain->cost, a->flats);
        for (int j = 0; j < chain->layer_count; j++) {
            int x = chain->origin[a->flats[j]];
            if (use) use[x] += use_share;
            for (int k = rows->entry_first[u][x]; k < rows->entry_first[u][x + 1]; k++) {
                int item = rows->entry_item[u][k];
                a->violation[rows->item_row[item]] += (double)rows->items[item].coefficient;
            }
        }
        if (use) use += a->core->problem->chains[u]->size;
    }
}

static double scale_of(const dcnn_row *row)
{
    return row->capacity > 0 ? (double)row->capacity : 1.0;
}

static void step(ascent *a, double pace, double distance)
{
    const dcnn_coupling *rows = a->core->rows;
    double norm = 0, length;

    for (int r = 0; r < rows->row_count; r++) {
        double scaled = a->violation[r] / scale_of(&rows->rows[r]);
        if (scaled < 0 && a->price[r] <= 0 && rows->rows[r].kind != DCNN_ROW_SHARED)
            scaled = 0; /* the price cannot fall */
        a->direction[r] = scaled + deflection * a->direction[r];
        norm += a->direction[r] * a->direction[r];
    }
    if (norm <= 0) return;
    length = pace * distance / norm;
    for (int r = 0; r < rows->row_count; r++) {
        a->price[r] += length * a->direction[r] / scale_of(&rows->rows[r]);
        if (a->price[r] < 0 && rows->rows[r].kind != DCNN_ROW_SHARED) a->price[r] = 0;
    }
}

static dcnn_status renew_view(ascent *a, dcnn_error *err)
{
    dcnn_view *view;
    dcnn_status status = dcnn_view_new(&view, a->core, a->allowed, err);

    if (status) return status;
    dcnn_view_free(a->view);
    a->view = view;
    return DCNN_OK;
}

static void shuffle(dcnn_rng *rng, int *items, int count)
{
    for (int k = count - 1; k > 0; k--) {
        int other = (int)dcnn_rng_below(rng, (uint64_t)k + 1), kept = items[k];
        items[k] = items[other];
        items[other] = kept;
    }
}

static dcnn_status try_insertion(ascent *a, dcnn_error *err)
{
    bool placed;

    dcnn_load_reset(&a->core->trial);
    shuffle(&a->core->rng, a->order, a->view->chain_count);
    return dcnn_insert_all(a->core, a->order, a->view->chain_count, a->best_price, 1.0, &placed, err);
}

static dcnn_status ascend(ascent *a, int rounds, double pace, dcnn_tick *best, dcnn_error *err)
{
    dcnn_core *core = a->core;
    int stale = 0, in_vain = 0;
    dcnn_status status = DCNN_OK;

    for (int round = 0; round < rounds && !status && !dcnn_core_should_stop(core); round++) {
        dcnn_tick constant, bound = dcnn_view_price(a->view, core, a->price, &constant);
        size_t bytes = (size_t)core->rows->row_count * sizeof *a->price;
        if (bound > *best) {
            if ((double)(bound - *best) > 1e-4 * (double)(core->cutoff - bound)) stale = in_vain = 0;
            *best = bound;
            memcpy(a->best_price, a->price, bytes);
        } else if (++stale >= PATIENCE) {
            stale = 0;
            pace /= 2;
            memcpy(a->price, a->best_price, bytes);
            memset(a->direction, 0, bytes);
            if (++in_vain == HALVINGS_IN_VAIN || pace < pace_least) return DCNN_OK;
            continue;
        }
        if (a->order && round == 0 && bound < dcnn_tick_never) dcnn_try_cheapest(core, a->view, a->flats);
        if (bound >= core->cutoff || bound >= dcnn_tick_never) {
            *best = bound;
            return DCNN_OK;
        }
        if (a->order && round % INSERT_EVERY == 0) status = try_insertion(a, err);
        if (!status && round % FIX_EVERY == FIX_EVERY - 1) {
            dcnn_tick here = dcnn_view_price(a->view, core, a->best_price, &constant);
            if (here < core->cutoff && dcnn_view_fix(a->view, core, here, a->allowed) * 8 > dcnn_view_size(a->view))
                status = renew_view(a, err);
            if (!status && dcnn_view_price(a->view, core, a->price, &constant) >= dcnn_tick_never) {
                *best = dcnn_tick_never; /* what was struck out leaves a chain without a placement */
                return DCNN_OK;
            }
            if (status || dcnn_core_should_stop(core)) return status;
        }
        measure_violation(a);
        step(a, pace, (double)(core->cutoff - bound));
    }
    return status;
}

static dcnn_status run(ascent *a, double *price, int rounds, double pace, dcnn_tick *bound, dcnn_error *err)
{
    dcnn_core *core = a->core;
    size_t rows = (size_t)core->rows->row_count;
    dcnn_status status = DCNN_OK;
    dcnn_tick constant;

    *bound = -dcnn_tick_never;
    a->best_price = price;
    a->price = dcnn_take(dcnn_core_price_count(core), sizeof *a->price);
    a->direction = dcnn_take(rows, sizeof *a->direction);
    a->violation = dcnn_take(rows, sizeof *a->violation);
    a->flats = dcnn_take(dcnn_instance_longest_chain(core->instance), sizeof *a->flats);
    if (!a->price || !a->direction || !a->violation || !a->flats) status = dcnn_fail_memory(err);
    if (!status) {
        memcpy(a->price, price, rows * sizeof *price);
        status = dcnn_view_new(&a->view, core, a->allowed, err);
    }
    if (!status) status = ascend(a, rounds, pace, bound, err);
    if (!status && *bound < core->cutoff && a->view) {
        dcnn_tick again = dcnn_view_price(a->view, core, price, &constant);
        (void)dcnn_view_fix(a->view, core, again, a->allowed);
    }
    dcnn_view_free(a->view);
    free(a->flats);
    free(a->violation);
    free(a->direction);
    free(a->price);
    return status;
}

dcnn_status dcnn_lagrange(dcnn_core *core, bool *const *allowed, double *price, int rounds, dcnn_tick *bound,
                          dcnn_error *err)
{
    int chains = core->problem->chain_count;
    ascent a = {.core = core, .allowed = allowed, .order = dcnn_take((size_t)chains, sizeof *a.order)};
    dcnn_status status = a.order ? DCNN_OK : dcnn_fail_memory(err);

    for (int u = 0; !status && u < chains; u++) a.order[u] = u;
    if (!status) status = run(&a, price, rounds, pace_start, bound, err);
    free(a.order);
    return status;
}

dcnn_status dcnn_lagrange_again(dcnn_core *core, bool *const *allowed, double *price, int rounds, double *use,
                                dcnn_tick *bound, dcnn_error *err)
{
    ascent a = {.core = core, .allowed = allowed, .use = use};

    memset(use, 0, dcnn_problem_flats(core->problem) * sizeof *use);
    return run(&a, price, rounds, pace_again, bound, err);
}
