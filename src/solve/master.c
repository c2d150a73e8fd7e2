#include "solve/master_cuts.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* LP rows: one per chain (= 1), then the coupling rows, each divided by its scale so that bytes and layers are of one
 * size. Costs are in nanoseconds. */

static bool remember_column(dcnn_core *core, int at, int column)
{
    if (!dcnn_reserve((void **)&core->master_column, &core->master_room, (size_t)at, sizeof *core->master_column))
        return false;
    core->master_column[at] = column;
    return true;
}

dcnn_lp *dcnn_core_lp_new(const dcnn_core *core)
{
    int chains = core->problem->chain_count, count = chains + core->rows->row_count;
    double *lower = dcnn_take((size_t)count, sizeof *lower), *upper = dcnn_take((size_t)count, sizeof *upper);
    double cost = (double)(core->problem->worst + core->one_ns) / (double)core->one_ns, one = 1;
    dcnn_lp *lp = NULL;

    if (lower && upper) {
        for (int r = 0; r < count; r++) {
            const dcnn_row *row = r < chains ? NULL : &core->rows->rows[r - chains];
            upper[r] = row ? (double)row->capacity / dcnn_row_scale(row) : 1.0;
            lower[r] = !row ? 1.0 : row->kind == DCNN_ROW_SHARED ? 0.0 : -DBL_MAX;
        }
        lp = dcnn_lp_new(count, lower, upper);
    }
    free(lower);
    free(upper);
    for (int u = 0; lp && u < chains; u++)
        dcnn_lp_add_column(lp, &(dcnn_lp_column){.cost = cost, .upper = DBL_MAX, .count = 1, .row = &u, .value = &one});
    return lp;
}

static dcnn_status start_master(dcnn_core *core, dcnn_error *err)
{
    core->master = dcnn_core_lp_new(core);
    if (!core->master) return dcnn_fail_memory(err);
    for (int u = 0; u < core->problem->chain_count; u++)
        if (!remember_column(core, u, -1)) return dcnn_fail_memory(err);
    return DCNN_OK;
}

static int compare_ints(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x > y) - (x < y);
}

dcnn_status dcnn_master_add(dcnn_core *core, int column, dcnn_error *err)
{
    dcnn_column *c = &core->store.columns[column];
    const int *flats = core->store.flats + c->flats;
    const dcnn_coupling *rows = core->rows;
    int chains = core->problem->chain_count, layers = core->problem->chains[c->chain]->layer_count, count = 0, used = 0;
    int cuts = core->cuts ? core->cuts->count : 0;
    int *items = NULL, *row = NULL;
    double *value = NULL;
    dcnn_status status = DCNN_OK;

    if (c->lp_index >= 0) return DCNN_OK;
    if (!core->master && (status = start_master(core, err))) return status;
    for (int j = 0; j < layers; j++)
        count += rows->entry_first[c->chain][flats[j] + 1] - rows->entry_first[c->chain][flats[j]];
    items = dcnn_take((size_t)count, sizeof *items);
    row = dcnn_take((size_t)(count + 1 + cuts), sizeof *row);
    value = dcnn_take((size_t)(count + 1 + cuts), sizeof *value);
    if (!items || !row || !value || !remember_column(core, dcnn_lp_column_count(core->master), column)) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    count = 0;
    for (int j = 0; j < layers; j++)
        for (int k = rows->entry_first[c->chain][flats[j]]; k < rows->entry_first[c->chain][flats[j] + 1]; k++)
            items[count++] = rows->entry_item[c->chain][k];
    qsort(items, (size_t)count, sizeof *items, compare_ints); /* items are numbered row by row */
    row[used] = c->chain;
    value[used++] = 1;
    for (int k = 0; k < count; k++) {
        int r = rows->item_row[items[k]];
        double amount = (double)rows->items[items[k]].coefficient / dcnn_row_scale(&rows->rows[r]);
        if (row[used - 1] == chains + r) {
            value[used - 1] += amount;
        } else {
            row[used] = chains + r;
            value[used++] = amount;
        }
    }
    for (int k = 0; k < cuts; k++) {
        int64_t amount = dcnn_cut_coefficient(core, &core->cuts->cuts[k], c->chain, flats);
        if (amount == 0) continue;
        row[used] = chains + rows->row_count + k;
        value[used++] = (double)amount;
    }
    c->lp_index = dcnn_lp_column_count(core->master);
    dcnn_lp_add_column(core->master, &(dcnn_lp_column){.cost = (double)c->cost / (double)core->one_ns,
                                                       .upper = DBL_MAX,
                                                       .count = used,
                                                       .row = row,
                                                       .value = value});
done:
    free(value);
    free(row);
    free(items);
    return status;
}

/* Candidates that are not the chain's any more: it has no column of them. */
static bool find_flats(const dcnn_chain *chain, const int *units, int *flats)
{
    for (int j = 0; j < chain->layer_count; j++)
        if ((flats[j] = dcnn_chain_find(chain, j, units[j])) < 0) return false;
    return true;
}

dcnn_status dcnn_master_add_placement(dcnn_core *core, int *const *units, dcnn_error *err)
{
    int *flats = dcnn_take(dcnn_instance_longest_chain(core->instance), sizeof *flats);
    dcnn_status status = flats ? DCNN_OK : dcnn_fail_memory(err);

    for (int u = 0; u < core->problem->chain_count && !status; u++) {
        const dcnn_chain *chain = core->problem->chains[u];
        dcnn_tick cost;
        bool added;
        int column;
        if (!find_flats(chain, units[u], flats)) continue;
        if ((cost = dcnn_chain_cost(chain, &chain->cost, flats)) > chain->cap) continue;
        column = dcnn_columns_add(&core->store, core->problem, u, flats, cost, &added);
        status = column < 0 ? dcnn_fail_memory(err) : dcnn_master_add(core, column, err);
    }
    free(flats);
    return status;
}

bool dcnn_master_allows(const dcnn_core *core, int column, bool *const *allowed)
{
    const dcnn_column *c = &core->store.columns[column];

    for (int j = 0; j < core->problem->chains[c->chain]->layer_count; j++)
        if (!allowed[c->chain][core->store.flats[c->flats + (size_t)j]]) return false;
    return true;
}

dcnn_status dcnn_master_solve(dcnn_core *core, bool *const *allowed, double *price, double *dual, double *objective,
                              dcnn_error *err)
{
    int chains = core->problem->chain_count;
    double tick = (double)core->one_ns;
    const double *duals;
    dcnn_status status;

    if (!core->master && (status = start_master(core, err))) return status;
    for (int k = chains; k < dcnn_lp_column_count(core->master); k++)
        dcnn_lp_set_upper(core->master, k, dcnn_master_allows(core, core->master_column[k], allowed) ? DBL_MAX : 0);
    if (!dcnn_lp_solve(core->master))
        return dcnn_fail(err, DCNN_E_INTERNAL, "", "the linear program of the master did not solve");
    duals = dcnn_lp_duals(core->master);
    *objective = dcnn_lp_objective(core->master) * tick;
    for (int u = 0; u < chains; u++) dual[u] = duals[u] * tick;
    for (int r = 0; r < core->rows->row_count; r++)
        price[r] = -duals[chains + r] * tick / dcnn_row_scale(&core->rows->rows[r]);
    for (int c = 0; core->cuts && c < core->cuts->count; c++)
        price[core->rows->row_count + c] = -duals[chains + core->rows->row_count + c] * tick;
    return DCNN_OK;
}
