/* A CNN that has all units to itself: prices have nothing to tell, its cheapest column is the best placement. */
#include "solve/core.h"
#include <stdlib.h>

/* What takes more labels is better guided by prices of what it may take of each unit. */
enum { LABELS_MAX = 20000 };

typedef struct {
    dcnn_core *core;
    const dcnn_chain *chain;
    int *units; /* [layers] */
} lone;

static bool take_column(void *user, const int *flats, dcnn_tick priced, dcnn_tick cost)
{
    lone *l = user;

    (void)priced;
    for (int j = 0; j < l->chain->layer_count; j++) l->units[j] = l->chain->unit[flats[j]];
    dcnn_load_place(&l->core->trial, 0, l->units, cost);
    (void)dcnn_core_improve(l->core, &l->core->trial);
    return false;
}

static dcnn_status search(dcnn_core *core, const dcnn_view *view, int *units, dcnn_tick *bound, dcnn_error *err)
{
    lone l = {.core = core, .chain = view->chains[0], .units = units};
    dcnn_search_task task = {.chain = l.chain,
                             .room = core->trial.room,
                             .charged = l.chain->data->counts_alone,
                             .dp = &view->dp[0],
                             .mode = DCNN_SEARCH_CHEAPEST,
                             .limit = core->cutoff,
                             .label_limit = LABELS_MAX,
                             .should_stop = dcnn_core_stop_search,
                             .stop_user = core};
    dcnn_search_result result;
    dcnn_status status;

    dcnn_load_reset(&core->trial);
    status = dcnn_search_run(core->search, &task, take_column, &l, &result, err);
    if (!status) *bound = result.bound;
    return status;
}

dcnn_status dcnn_lone_solve(dcnn_core *core, const double *no_price, dcnn_tick *bound, dcnn_error *err)
{
    int *units = dcnn_take(dcnn_instance_longest_chain(core->instance), sizeof *units);
    dcnn_view *view = NULL;
    dcnn_tick constant;
    dcnn_status status = units ? dcnn_view_new(&view, core, core->allowed, err) : dcnn_fail_memory(err);

    if (status) goto done;
    *bound = dcnn_view_price(view, core, no_price, &constant);
    if (*bound < dcnn_tick_never) dcnn_try_cheapest(core, view, units);
    if (*bound < core->cutoff) status = search(core, view, units, bound, err);
done:
    dcnn_view_free(view);
    free(units);
    return status;
}
