#include "solve/master_cuts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Column generation with smoothed duals (Wentges 1997): columns are priced at trust * best + (1 - trust) * master, and
 * the Lagrangian value there is the bound. */
enum { COLUMNS_PER_PRICING = 8, ROUNDS_MAX = 400, FIX_EVERY = 5, TAIL_ROUNDS = 12 };
static const double trust_start = 0.7, tail_gain = 0.02;

typedef struct {
    dcnn_core *core;
    bool **allowed;
    dcnn_view *view;
    const dcnn_room *room;            /* of empty units */
    double *price, *dual, *objective; /* of the master */
    double *mixed;                    /* prices the chains are priced at */
    double *best_price;
    dcnn_tick best_bound;
    bool all_stay;    /* no candidate is struck out */
    bool whole;       /* the node's bound is the problem's */
    int chain;        /* being priced */
    int added;        /* columns that the master can use */
    double threshold; /* reduced cost below which the master wants a column, ticks */
    dcnn_tick least;  /* priced cost of the chain's first column */
    int reported;
    dcnn_status status;
    dcnn_error *err;
} pricing;

static dcnn_load *empty_load(dcnn_core *core)
{
    dcnn_load_reset(&core->trial);
    return &core->trial;
}

/* What the column costs at the master's own duals. */
static double master_cost(const pricing *p, const int *flats, dcnn_tick cost)
{
    const dcnn_coupling *rows = p->core->rows;
    double sum = (double)cost - p->dual[p->chain];

    for (int j = 0; j < p->core->problem->chains[p->chain]->layer_count; j++)
        for (int k = rows->entry_first[p->chain][flats[j]]; k < rows->entry_first[p->chain][flats[j] + 1]; k++) {
            int item = rows->entry_item[p->chain][k];
            sum += p->price[rows->item_row[item]] * (double)rows->items[item].coefficient;
        }
    for (int c = 0; p->core->cuts && c < p->core->cuts->count; c++)
        if (p->price[rows->row_count + c] > 0)
            sum += p->price[rows->row_count + c] *
                   (double)dcnn_cut_coefficient(p->core, &p->core->cuts->cuts[c], p->chain, flats);
    return sum;
}

static bool take_column(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    pricing *p = user;
    const dcnn_chain *chain = p->view->chains[p->chain];
    int *roots = dcnn_take((size_t)chain->layer_count, sizeof *roots), column;
    bool added;

    if (!roots) {
        p->status = dcnn_fail_memory(p->err);
        return false;
    }
    if (p->reported++ == 0) p->least = priced;
    for (int j = 0; j < chain->layer_count; j++) roots[j] = chain->origin[flats[j]];
    if (master_cost(p, roots, cost) < p->threshold) {
        column = dcnn_columns_add(&p->core->store, p->core->problem, p->chain, roots, cost, &added);
        if (column < 0)
            p->status = dcnn_fail_memory(p->err);
        else if (added || p->core->store.columns[column].lp_index < 0) {
            p->status = dcnn_master_add(p->core, column, p->err);
            p->core->columns++;
            p->added++;
        }
    }
    free(roots);
    return p->status == DCNN_OK;
}

/* Prices every chain at p->mixed. Returns the Lagrangian bound; p->added counts what the master gained. */
static dcnn_tick price_chains(pricing *p)
{
    dcnn_core *core = p->core;
    dcnn_tick constant, bound = dcnn_view_price(p->view, core, p->mixed, &constant);
    int chain_count = core->problem->chain_count;

    p->added = 0;
    for (int u = 0; u < chain_count && bound < core->cutoff && !p->status && !dcnn_core_should_stop(core); u++)
        bound += dcnn_view_sharpen(p->view, u, &p->status, p->err);
    if (bound >= core->cutoff || p->status || core->stopped) return bound;
    for (p->chain = 0; p->chain < chain_count && !p->status; p->chain++) {
        int u = p->chain;
        dcnn_tick slack = core->cutoff - bound;
        dcnn_search_task task = {.chain = p->view->chains[u],
                                 .room = p->room,
                                 .charged = core->problem->chains[u]->data->counts_alone,
                                 .dp = &p->view->dp[u],
                                 .mode = DCNN_SEARCH_CHEAPEST,
                                 .limit = p->view->least[u] + slack,
                                 .column_limit = COLUMNS_PER_PRICING,
                                 .label_limit = core->task.pricing_labels,
                                 .alone = core->alone,
                                 .should_stop = dcnn_core_stop_search,
                                 .stop_user = core};
        dcnn_search_result result;
        dcnn_tick least;
        if (!dcnn_master_cuts_surcharge(core, u, p->view->chains[u], &core->surcharge, &task.surcharge)) {
            p->status = dcnn_fail_memory(p->err);
            break;
        }
        p->reported = 0;
        p->status = dcnn_search_run(core->search, &task, take_column, p, &result, p->err);
        if (p->status) break;
        core->labels += result.labels;
        least = p->reported > 0 ? p->least : result.bound;
        bound += least - p->view->least[u];
        p->view->least[u] = least;
        if (bound >= core->cutoff) return bound;
    }
    return bound;
}

static dcnn_status renew_view(pricing *p)
{
    dcnn_view *view;
    dcnn_status status = dcnn_view_new(&view, p->core, p->allowed, p->err);

    if (status) return status;
    dcnn_view_free(p->view);
    p->view = view;
    return DCNN_OK;
}

static int count_allowed(const dcnn_core *core, bool *const *allowed)
{
    int count = 0;

    for (int u = 0; u < core->problem->chain_count; u++)
        for (int x = 0; x < core->problem->chains[u]->size; x++) count += allowed[u][x];
    return count;
}

static dcnn_status fix(pricing *p, dcnn_tick bound)
{
    (void)dcnn_view_fix(p->view, p->core, bound, p->allowed);
    if (count_allowed(p->core, p->allowed) * 5 < dcnn_view_size(p->view) * 4) return renew_view(p);
    return DCNN_OK;
}

static void mix_prices(pricing *p, double trust)
{
    int rows = p->core->rows->row_count, cuts = p->core->cuts ? p->core->cuts->count : 0;

    for (int r = 0; r < rows + cuts; r++) {
        p->mixed[r] = trust * p->best_price[r] + (1 - trust) * p->price[r];
        if (p->mixed[r] < 0 && (r >= rows || p->core->rows->rows[r].kind != DCNN_ROW_SHARED)) p->mixed[r] = 0;
    }
}

static void keep_bound(pricing *p, dcnn_tick bound)
{
    dcnn_core *core = p->core;

    p->best_bound = bound;
    memcpy(p->best_price, p->mixed, dcnn_core_price_count(core) * sizeof *p->mixed);
    if (p->whole && bound > core->bound) core->bound = bound < core->best_cost ? bound : core->best_cost;
}

static dcnn_status generate(pricing *p, double *objective)
{
    dcnn_core *core = p->core;
    const double most = dcnn_core_uses(core, DCNN_IDEA_SMOOTHING) ? trust_start : 0;
    double trust = most > 0 ? 1 : 0, last_gap = INFINITY; /* at first, prices that do not come from a few columns */
    int tail = 0;
    dcnn_status status = DCNN_OK;

    for (int round = 0; round < ROUNDS_MAX; round++) {
        dcnn_tick bound;
        if ((status = dcnn_master_solve(core, p->allowed, p->price, p->dual, objective, p->err))) return status;
        p->threshold = -0.5 * (double)core->one_ns * 1e-3;
        for (;;) {
            mix_prices(p, trust);
            bound = price_chains(p);
            if (p->status) return p->status;
            if (bound > p->best_bound) keep_bound(p, bound);
            if (p->added > 0 || trust == 0 || p->best_bound >= core->cutoff || core->stopped) break;
            trust = trust < 0.25 ? 0 : trust - 0.2; /* a mispricing: closer to the master */
        }
        if (p->best_bound >= core->cutoff) return DCNN_OK;
        if (p->added == 0) return DCNN_OK;
        if (trust > most)
            trust = most;
        else if (trust < most && trust > 0)
            trust += 0.05;
        if (!p->all_stay && bound == p->best_bound && round % FIX_EVERY == 0) {
            if ((status = fix(p, bound))) return status;
        }
        if (dcnn_core_should_stop(core)) return DCNN_OK;
        if (*objective - (double)p->best_bound < 0.25 * (double)core->one_ns) return DCNN_OK;
        if (*objective < (double)core->problem->worst) { /* tailing off: branching would do more */
            double gap = *objective - (double)p->best_bound;
            tail = gap > last_gap * (1 - tail_gain) ? tail + 1 : 0;
            if (gap < last_gap) last_gap = gap;
            if (tail >= TAIL_ROUNDS && gap < 1e-6 * *objective) return DCNN_OK;
        }
    }
    return DCNN_OK;
}

/* Use of each candidate in the master's solution. */
static void read_use(const dcnn_core *core, dcnn_node_result *node)
{
    const double *values = dcnn_lp_values(core->master);
    int chains = core->problem->chain_count;

    node->integral = true;
    memset(node->use, 0, dcnn_problem_flats(core->problem) * sizeof *node->use);
    for (int k = 0; k < dcnn_lp_column_count(core->master); k++) {
        const dcnn_column *column;
        int offset = 0;
        if (values[k] < 1e-9) continue;
        if (values[k] < 1 - 1e-6 || k < chains) node->integral = false;
        if (k < chains) continue;
        column = &core->store.columns[core->master_column[k]];
        for (int u = 0; u < column->chain; u++) offset += core->problem->chains[u]->size;
        for (int j = 0; j < core->problem->chains[column->chain]->layer_count; j++)
            node->use[offset + core->store.flats[column->flats + (size_t)j]] += values[k];
    }
}

/* An integral master solution is a placement. */
static dcnn_status take_master_placement(dcnn_core *core, dcnn_error *err)
{
    const double *values = dcnn_lp_values(core->master);
    bool fits = true;

    dcnn_load_reset(&core->trial);
    for (int k = core->problem->chain_count; k < dcnn_lp_column_count(core->master) && fits; k++) {
        const dcnn_column *column = &core->store.columns[core->master_column[k]];
        const dcnn_chain *chain = core->problem->chains[column->chain];
        int *units;
        if (values[k] < 0.5) continue;
        units = dcnn_take((size_t)chain->layer_count, sizeof *units);
        if (!units) return dcnn_fail_memory(err);
        for (int j = 0; j < chain->layer_count; j++)
            units[j] = chain->unit[core->store.flats[column->flats + (size_t)j]];
        fits = dcnn_load_fits(&core->trial, column->chain, units);
        if (fits) dcnn_load_place(&core->trial, column->chain, units, column->cost);
        free(units);
    }
    if (fits && dcnn_load_complete(&core->trial)) (void)dcnn_core_improve(core, &core->trial);
    return DCNN_OK;
}

dcnn_status dcnn_generate_columns(dcnn_core *core, bool **allowed, dcnn_node_result *node, dcnn_error *err)
{
    size_t prices = dcnn_core_price_count(core), chains = (size_t)core->problem->chain_count;
    pricing p = {.core = core,
                 .allowed = allowed,
                 .best_bound = -dcnn_tick_never,
                 .best_price = node->price,
                 .all_stay = node->all_stay,
                 .whole = node->whole,
                 .err = err};
    dcnn_room *room = dcnn_take((size_t)core->problem->unit_count, sizeof *room);
    double objective = 0;
    dcnn_status status = DCNN_OK;

    p.price = dcnn_take(prices, sizeof *p.price);
    p.mixed = dcnn_take(prices, sizeof *p.mixed);
    p.dual = dcnn_take(chains, sizeof *p.dual);
    if (!room || !p.price || !p.mixed || !p.dual) status = dcnn_fail_memory(err);
    if (!status) {
        memcpy(room, empty_load(core)->room, (size_t)core->problem->unit_count * sizeof *room);
        p.room = room;
        status = dcnn_view_new(&p.view, core, allowed, err);
    }
    if (!status && core->has_best) status = dcnn_master_add_placement(core, core->best.units, err);
    if (!status) status = generate(&p, &objective);
    if (!status) {
        node->bound = p.best_bound;
        node->closed = p.best_bound >= core->cutoff;
        if (!node->closed) {
            read_use(core, node);
            if (node->integral) status = take_master_placement(core, err);
            node->closed = p.best_bound >= core->cutoff;
        }
    }
    dcnn_view_free(p.view);
    free(p.dual);
    free(p.mixed);
    free(p.price);
    free(room);
    return status;
}
