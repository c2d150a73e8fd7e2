/* The proof: candidates that no better placement can use are struck out of every region at once, by what the bound
 * leaves; what remains is given to the exact search as one problem, on the leading rank. */
#include "solve/reach.h"
#include "solve/workers.h"
#include <stdlib.h>

/* More than that the exact search does not master anyway. The prices are good already: they are not climbed again. */
enum { CNNS_MAX = 64, WIDTH_MAX = 2500, ASCENT_ROUNDS = 1 };
static const double pairs_max = 4e7;

typedef struct {
    dcnn_reach *reach;
    dcnn_tick slack; /* a CNN that costs more than its part of the bound and this is in no better placement */
} proof;

static void survey_one(void *user, int c, int worker)
{
    proof *p = user;
    dcnn_region *region = &p->reach->regions[c];
    dcnn_survey survey = {.toll = &p->reach->toll,
                          .rest = &p->reach->rests[c],
                          .outlook = dcnn_outlook_of(p->reach, c, 1),
                          .factor = 1,
                          .room = p->reach->problem.room,
                          .limit = dcnn_tick_never - 1,
                          .width = WIDTH_MAX};

    if (!dcnn_crew_owns(p->reach->team, c) && !dcnn_crew_leads(p->reach->team)) return;
    if (p->slack < dcnn_tick_never) survey.limit = dcnn_region_bound(region) + p->slack;
    if (!dcnn_region_survey(region, &p->reach->instance->chains[c], &p->reach->scouts[worker], &survey)) {
        p->reach->failed = true;
        return;
    }
    region->cut = region->limit < survey.limit;
    (void)dcnn_region_price(region, &p->reach->toll, 1);
    if (!region->chain || region->cut) return;
    if (!dcnn_region_trim(region, p->reach->problem.room)) p->reach->failed = true;
    (void)dcnn_region_price(region, &p->reach->toll, 1);
}

/* Whether the regions hold all that matters and are small enough. */
static bool is_small(const dcnn_reach *reach)
{
    double pairs = 0;

    for (int c = 0; c < reach->instance->cnn_count; c++) {
        const dcnn_chain *chain = reach->regions[c].chain;
        if (reach->regions[c].cut || !chain) return false;
        for (int j = 0; j + 1 < chain->layer_count; j++)
            pairs += (double)dcnn_slots(chain, j) * dcnn_slots(chain, j + 1);
    }
    return pairs <= pairs_max;
}

static dcnn_status make_core(dcnn_core **out, dcnn_reach *reach, dcnn_error *err)
{
    dcnn_task task = dcnn_run_task(reach->run);
    dcnn_problem *problem;
    dcnn_status status = dcnn_problem_part(&problem, &reach->problem, NULL, 0, NULL, NULL, dcnn_tick_never, err);

    *out = NULL;
    return status ? status : dcnn_core_new(out, problem, &task, err);
}

/* The exact search starts from the prices that the regions have led to. */
static double *start_prices(const dcnn_reach *reach, const dcnn_core *core)
{
    static const dcnn_toll_kind kind_of[] = {
        [DCNN_ROW_COUNT] = DCNN_TOLL_COUNT, [DCNN_ROW_MEMORY] = DCNN_TOLL_MEMORY, [DCNN_ROW_OPS] = DCNN_TOLL_OPS};
    const dcnn_coupling *rows = core->rows;
    double *price = dcnn_take(dcnn_core_price_count(core), sizeof *price);

    for (int r = 0; price && r < rows->row_count; r++) {
        const dcnn_row *row = &rows->rows[r];
        if (row->kind != DCNN_ROW_COUNT && row->kind != DCNN_ROW_MEMORY && row->kind != DCNN_ROW_OPS) continue;
        if (reach->toll.price[kind_of[row->kind]]) price[r] = reach->toll.price[kind_of[row->kind]][row->unit];
    }
    return price;
}

static dcnn_status solve_core(dcnn_reach *reach, dcnn_core *core, dcnn_error *err)
{
    double *price = start_prices(reach, core);
    dcnn_tick bound;
    dcnn_status status = price ? DCNN_OK : dcnn_fail_memory(err);

    if (reach->has_best) dcnn_core_cut(core, reach->best_cost);
    if (!status) status = dcnn_lagrange(core, core->allowed, price, ASCENT_ROUNDS, &bound, err);
    if (!status && bound > core->bound) core->bound = bound < core->best_cost ? bound : core->best_cost;
    if (!status && !dcnn_core_proven(core) && !dcnn_core_should_stop(core)) status = dcnn_tree_search(core, price, err);
    free(price);
    return status;
}

static void adopt(dcnn_reach *reach, const dcnn_core *core)
{
    dcnn_tick bound = core->bound < core->best_cost ? core->bound : core->best_cost;

    if (core->has_best) {
        dcnn_load_reset(&reach->best);
        for (int c = 0; c < reach->instance->cnn_count; c++)
            dcnn_load_place(&reach->best, c, core->best.units[c], core->best.cost[c]);
        reach->best_cost = core->best_cost;
        reach->has_best = true;
    }
    if (dcnn_core_proven(core)) bound = reach->best_cost; /* never, when nothing is feasible */
    if (bound > reach->bound) reach->bound = bound;
    reach->run->nodes = core->nodes;
    reach->searches += core->columns;
}

/* By how much the prices may put a CNN above its part of the bound in a better placement; without any to beat, all. */
static dcnn_tick measure_slack(const dcnn_reach *reach)
{
    dcnn_tick slack = reach->best_cost - reach->one_ns - reach->certified;

    if (!reach->has_best) return dcnn_tick_never;
    return slack < 0 ? 0 : slack;
}

static dcnn_status solve_whole(dcnn_reach *reach, dcnn_error *err)
{
    dcnn_core *core;
    dcnn_status status = make_core(&core, reach, err);

    if (!status) status = solve_core(reach, core, err);
    if (core) adopt(reach, core);
    dcnn_core_free(core);
    return status;
}

static void tell_flag(void *user, int item, dcnn_parcel *parcel)
{
    (void)item;
    dcnn_parcel_carry(parcel, user, sizeof(bool));
}

/* What the leading rank's search has led to. */
static void tell_outcome(void *user, int item, dcnn_parcel *parcel)
{
    dcnn_reach *reach = user;

    (void)item;
    dcnn_parcel_carry(parcel, &reach->bound, sizeof reach->bound);
    dcnn_parcel_carry(parcel, &reach->best_cost, sizeof reach->best_cost);
    dcnn_parcel_carry(parcel, &reach->has_best, sizeof reach->has_best);
    dcnn_parcel_carry(parcel, &reach->run->nodes, sizeof reach->run->nodes);
    dcnn_parcel_carry(parcel, &reach->searches, sizeof reach->searches);
    if (parcel->reading) dcnn_load_reset(&reach->best);
    for (int c = 0; reach->has_best && c < reach->instance->cnn_count; c++) {
        int *units = parcel->reading ? reach->trial.units[c] : reach->best.units[c];
        dcnn_tick cost = reach->best.cost[c];
        dcnn_parcel_carry(parcel, units, (size_t)reach->instance->chains[c].layer_count * sizeof *units);
        dcnn_parcel_carry(parcel, &cost, sizeof cost);
        if (parcel->reading && !parcel->failed) dcnn_load_place(&reach->best, c, units, cost);
    }
    if (parcel->reading) dcnn_load_copy(&reach->trial, &reach->best);
}

dcnn_status dcnn_reach_finish(dcnn_reach *reach, dcnn_error *err)
{
    proof p = {.reach = reach};
    dcnn_status status = DCNN_OK;
    bool small;

    if (reach->instance->cnn_count > CNNS_MAX) return DCNN_OK;
    p.slack = measure_slack(reach);
    if (p.slack >= reach->given_up / 3 * 2) return DCNN_OK;
    dcnn_workers_run(reach->threads, reach->instance->cnn_count, survey_one, &p);
    dcnn_reach_relist(reach);
    small = !reach->failed && dcnn_crew_leads(reach->team) && is_small(reach);
    if (!dcnn_crew_follow(reach->team, tell_flag, &small) || reach->failed) return dcnn_fail_memory(err);
    reach->given_up = p.slack;
    if (!small) {
        for (int c = 0; c < reach->instance->cnn_count; c++) reach->regions[c].limit = dcnn_tick_never - 1;
        return dcnn_reach_survey(reach, err); /* from their cheapest chains */
    }
    if (dcnn_crew_leads(reach->team)) status = solve_whole(reach, err);
    if (!dcnn_crew_follow(reach->team, tell_outcome, reach)) return dcnn_fail_memory(err);
    if (reach->team) dcnn_reach_tell_regions(reach);
    return !status && reach->failed ? dcnn_fail_memory(err) : status;
}
