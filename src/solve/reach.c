#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

/* Below so many units the tables of pairs are small and tell more. */
enum { UNITS_LEAST = 600 };

/* Where CNNs have no more places each, numbering these anew is soon repaid. */
enum { PLACES_A_CNN = 1000 };

/* What the tables of all regions together may take. */
static const double region_bytes = 1.5e9;
static const double spare_start = 0.003, spare_min = 0.002, spare_max = 0.1;
enum { SHORT_ASCENTS = 4, ASCENTS_LEAST = 8, HALVINGS = 6, IMPROVEMENTS = 20, PATIENCE = 3 };
static const double worthwhile = 0.01;
enum { WIDTH_MIN = 64, WIDTH_MAX = 700, ROUNDS_MAX = 12 };

bool dcnn_reach_suits(const dcnn_instance *instance)
{
    return instance->unit_count >= UNITS_LEAST && dcnn_reach_can(instance);
}

bool dcnn_reach_can(const dcnn_instance *instance)
{
    const dcnn_scenario *scenario = instance->scenario;

    if (instance->network->hops) return false;
    if (scenario->objective != DCNN_OBJECTIVE_SUM || scenario->shared_group_count > 0) return false;
    for (int c = 0; c < scenario->cnn_count; c++)
        if (scenario->cnns[c].deadline_ns != DCNN_NEVER) return false;
    return true;
}

static bool should_stop(dcnn_reach *reach)
{
    dcnn_run *run = reach->run;
    const dcnn_options *options = run->options;
    double gap = (double)reach->best_cost - (double)reach->bound;

    if (options->interrupt && *options->interrupt)
        run->stop = DCNN_STOP_INTERRUPT;
    else if (options->time_limit_s > 0 && dcnn_clock_s() - run->started_s >= options->time_limit_s)
        run->stop = DCNN_STOP_TIME;
    else if (options->node_limit > 0 && run->nodes >= options->node_limit)
        run->stop = DCNN_STOP_NODES;
    else if (options->gap > 0 && reach->has_best && gap <= options->gap * (double)reach->best_cost)
        run->stop = DCNN_STOP_GAP;
    else
        return false;
    return true;
}

typedef struct {
    bool stop;
    dcnn_stop why;
} verdict;

static void tell_verdict(void *user, int item, dcnn_parcel *parcel)
{
    (void)item;
    dcnn_parcel_carry(parcel, user, sizeof(verdict));
}

/* Clocks differ; one counts. */
bool dcnn_reach_should_stop(dcnn_reach *reach)
{
    verdict v = {0};

    if (!reach->team) return should_stop(reach);
    if (dcnn_crew_leads(reach->team)) v = (verdict){should_stop(reach), reach->run->stop};
    if (!dcnn_crew_follow(reach->team, tell_verdict, &v)) reach->failed = true;
    if (v.stop) reach->run->stop = v.why;
    return v.stop || reach->failed;
}

void dcnn_reach_share(dcnn_reach *reach, const dcnn_crew_task *task)
{
    if (!dcnn_crew_run(reach->team, reach->threads, task)) reach->failed = true;
}

/* --- regions --- */

typedef struct {
    dcnn_reach *reach;
    int width;
} survey_job;

static dcnn_tick stretch(dcnn_tick value, double share)
{
    double longer = (double)value * (1 + share) + 1024;

    return longer < (double)(dcnn_tick_never - 1) ? (dcnn_tick)longer : dcnn_tick_never - 1;
}

static int width_of(const dcnn_instance *in)
{
    double pairs = 0;
    int width = WIDTH_MIN;

    for (int c = 0; c < in->cnn_count; c++) pairs += in->chains[c].layer_count;
    while (width < WIDTH_MAX && (double)width * width * pairs * sizeof(dcnn_tick) < region_bytes) width += 4;
    return width;
}

static void adapt_spare(dcnn_region *region)
{
    if (region->spare <= 0)
        region->spare = spare_start;
    else if (region->least >= region->limit && !region->cut)
        region->spare = region->spare * 3 < spare_max ? region->spare * 3 : spare_max;
    else if (region->spare * 0.8 > spare_min)
        region->spare *= 0.8;
}

/* Widens the limit until the region holds its cheapest chain, and spare more. */
static void survey_one(void *user, int c, int worker)
{
    survey_job *job = user;
    dcnn_reach *reach = job->reach;
    dcnn_region *region = &reach->regions[c];
    dcnn_survey survey = {.toll = &reach->toll,
                          .rest = &reach->rests[c],
                          .outlook = dcnn_outlook_of(reach, c, 1),
                          .factor = 1,
                          .room = reach->problem.room,
                          .limit = dcnn_tick_never,
                          .width = job->width};
    double share;

    adapt_spare(region);
    survey.spare = share = region->spare;
    if (region->chain) survey.limit = stretch(dcnn_region_bound(region), share);
    for (int round = 0;; round++) {
        if (!dcnn_region_survey(region, &reach->instance->chains[c], &reach->scouts[worker], &survey)) {
            reach->failed = true;
            return;
        }
        (void)dcnn_region_price(region, &reach->toll, 1);
        region->cut = survey.limit < dcnn_tick_never && region->limit < survey.limit;
        if (!region->chain && survey.limit >= dcnn_tick_never) return; /* nothing there at all */
        if (region->chain && (region->cut || round >= ROUNDS_MAX)) break;
        if (region->chain && stretch(region->least, region->spare / 2) <= region->limit) break;
        survey.limit = stretch(region->least < dcnn_tick_never ? region->least : region->limit, share);
        if (!region->chain) survey.limit = dcnn_tick_never; /* it is farther than thought */
        share *= 2;
    }
    if (!dcnn_region_trim(region, reach->problem.room)) reach->failed = true;
    (void)dcnn_region_price(region, &reach->toll, 1);
}

void dcnn_reach_relist(dcnn_reach *reach)
{
    int units = reach->instance->unit_count;

    memset(reach->in_active, 0, (size_t)units * sizeof *reach->in_active);
    for (int c = 0; c < reach->instance->cnn_count; c++) {
        int count;
        const int *candidates = dcnn_region_units(&reach->regions[c], &count);
        reach->problem.chains[c] = reach->regions[c].chain;
        for (int x = 0; x < count; x++) reach->in_active[candidates[x]] = true;
    }
    reach->active_count = 0;
    for (int i = 0; i < units; i++) {
        for (int kind = 0; kind < DCNN_TOLL_KINDS; kind++)
            if (reach->toll.price[kind] && reach->toll.price[kind][i] > 0) reach->in_active[i] = true;
        if (reach->in_active[i]) reach->active[reach->active_count++] = i;
    }
}

static void tell_survey(void *user, int c, dcnn_parcel *parcel)
{
    survey_job *job = user;

    dcnn_region_carry(&job->reach->regions[c], &job->reach->instance->chains[c], parcel);
}

void dcnn_reach_tell_regions(dcnn_reach *reach)
{
    survey_job job = {.reach = reach};

    dcnn_reach_share(reach, &(dcnn_crew_task){.count = reach->instance->cnn_count, .carry = tell_survey, .user = &job});
    dcnn_reach_relist(reach);
}

dcnn_status dcnn_reach_survey(dcnn_reach *reach, dcnn_error *err)
{
    survey_job job = {reach, width_of(reach->instance)};

    dcnn_outlooks_price(reach, dcnn_toll_round(&reach->toll) == 0);
    dcnn_reach_share(
        reach,
        &(dcnn_crew_task){.count = reach->instance->cnn_count, .work = survey_one, .carry = tell_survey, .user = &job});
    dcnn_reach_relist(reach);
    return reach->failed ? dcnn_fail_memory(err) : DCNN_OK;
}

void dcnn_reach_certify(dcnn_reach *reach)
{
    dcnn_tick sum = -dcnn_toll_round(&reach->toll);

    for (int c = 0; c < reach->instance->cnn_count; c++) {
        const dcnn_region *region = &reach->regions[c];
        if (!region->found && region->limit >= dcnn_tick_never - 1) {
            reach->bound = dcnn_tick_never;
            return;
        }
        sum += dcnn_region_bound(region);
    }
    reach->certified = sum;
    if (sum <= reach->bound) return;
    reach->bound = sum;
    if (!dcnn_region_proof_keep(reach)) reach->failed = true;
}

/* --- life --- */

static void clear(dcnn_reach *reach)
{
    for (int c = 0; reach->regions && c < reach->instance->cnn_count; c++) dcnn_region_clear(&reach->regions[c]);
    for (int t = 0; reach->scouts && t < reach->threads; t++) {
        if (reach->scouts[t].load.problem) dcnn_load_clear(&reach->scouts[t].load);
        dcnn_sweep_clear(&reach->scouts[t].sweep);
        free(reach->scouts[t].index);
        free(reach->scouts[t].sites);
        free(reach->scouts[t].starts);
        free(reach->scouts[t].guard);
        free(reach->scouts[t].trail);
        dcnn_search_free(reach->scouts[t].search);
    }
    if (reach->best.problem) dcnn_load_clear(&reach->best);
    if (reach->trial.problem) dcnn_load_clear(&reach->trial);
    dcnn_toll_clear(&reach->toll);
    dcnn_ground_clear(&reach->ground);
    dcnn_rests_free(reach->rests);
    dcnn_outlooks_clear(&reach->outlooks);
    free(reach->regions);
    free(reach->scouts);
    free(reach->problem.chains);
    free(reach->problem.data);
    free(reach->problem.room);
    free(reach->active);
    free(reach->in_active);
}

static bool init(dcnn_reach *reach, dcnn_run *run)
{
    const dcnn_instance *in = run->instance;
    size_t cnns = (size_t)in->cnn_count, units = (size_t)in->unit_count;

    *reach = (dcnn_reach){.run = run,
                          .instance = in,
                          .team = run->options->team,
                          .threads = run->options->threads,
                          .one_ns = (dcnn_tick)1 << in->tick_bits,
                          .best_cost = dcnn_tick_never,
                          .given_up = INT64_MAX};
    dcnn_rng_seed(&reach->rng, run->options->seed);
    reach->regions = dcnn_take(cnns, sizeof *reach->regions);
    reach->rests = dcnn_rests_new(in);
    reach->scouts = dcnn_take((size_t)reach->threads, sizeof *reach->scouts);
    reach->active = dcnn_take(units, sizeof *reach->active);
    reach->in_active = dcnn_take(units, sizeof *reach->in_active);
    reach->problem = (dcnn_problem){.instance = in, .chain_count = in->cnn_count, .unit_count = in->unit_count};
    reach->problem.chains = dcnn_take(cnns, sizeof(dcnn_chain *));
    reach->problem.data = dcnn_take(cnns, sizeof(dcnn_chain_data *));
    reach->problem.room = dcnn_take(units, sizeof *reach->problem.room);
    if (!reach->regions || !reach->rests || !reach->scouts || !reach->active || !reach->in_active ||
        !reach->problem.chains || !reach->problem.data || !reach->problem.room || !dcnn_toll_init(&reach->toll, in) ||
        !dcnn_ground_init(&reach->ground, in->network,
                          in->network->place_count <= in->cnn_count * (int64_t)PLACES_A_CNN))
        return false;
    for (size_t c = 0; c < cnns; c++) reach->problem.data[c] = &in->chains[c];
    for (size_t i = 0; i < units; i++) {
        const dcnn_unit *unit = &in->scenario->units[i];
        reach->problem.room[i] = (dcnn_room){unit->memory_bytes, unit->ops_budget, in->layers_per_unit};
    }
    for (int t = 0; t < reach->threads; t++) {
        reach->scouts[t].search = dcnn_search_new(in);
        reach->scouts[t].index = dcnn_take((size_t)in->network->place_count, sizeof(int));
        reach->scouts[t].guard = dcnn_take((size_t)in->network->place_count, sizeof(dcnn_tick));
        if (!reach->scouts[t].search || !reach->scouts[t].index || !reach->scouts[t].guard ||
            !dcnn_sweep_init(&reach->scouts[t].sweep, &reach->ground, in))
            return false;
        for (int p = 0; p < in->network->place_count; p++) reach->scouts[t].guard[p] = dcnn_tick_never;
    }
    return dcnn_outlooks_init(reach);
}

static int64_t to_ns(const dcnn_reach *reach, dcnn_tick ticks)
{
    if (ticks >= dcnn_tick_never) return DCNN_NEVER;
    return ticks < 0 ? 0 : (ticks + reach->one_ns - 1) / reach->one_ns;
}

static void tell(dcnn_reach *reach)
{
    dcnn_result so_far = {.best_ns = to_ns(reach, reach->best_cost),
                          .bound_ns = to_ns(reach, reach->bound),
                          .columns = reach->searches,
                          .elapsed_s = dcnn_clock_s() - reach->run->started_s};

    dcnn_run_progress(reach->run, &so_far);
}

static bool proven(const dcnn_reach *reach)
{
    return reach->bound > reach->best_cost - reach->one_ns || reach->bound >= dcnn_tick_never;
}

static bool settled(dcnn_reach *reach)
{
    tell(reach);
    return proven(reach) || dcnn_reach_should_stop(reach);
}

static bool take_loads(dcnn_reach *reach)
{
    bool taken = dcnn_load_init(&reach->best, &reach->problem) && dcnn_load_init(&reach->trial, &reach->problem);

    for (int t = 0; taken && t < reach->threads; t++) taken = dcnn_load_init(&reach->scouts[t].load, &reach->problem);
    return taken;
}

/* One ascent and the bound it leads to; *rise: by how much. */
static dcnn_status raise_bound(dcnn_reach *reach, int round, dcnn_tick *rise, dcnn_error *err)
{
    double pace = round < HALVINGS * 2 ? 1.0 / (1 << (round / 2)) : 1.0 / (1 << HALVINGS);
    dcnn_tick before = reach->bound;
    dcnn_status status = dcnn_reach_ascend(reach, round < SHORT_ASCENTS ? 12 : 40, pace, err);

    if (!status) status = dcnn_reach_survey(reach, err);
    if (!status) dcnn_reach_certify(reach);
    *rise = reach->bound - before;
    return status;
}

static bool is_worthwhile(const dcnn_reach *reach, dcnn_tick gain)
{
    return (double)gain > worthwhile * ((double)reach->best_cost - (double)reach->bound);
}

/* When neither prices nor neighbourhoods yield anything: sharper bounds, and the proof. */
static dcnn_status close_gap(dcnn_reach *reach, dcnn_error *err)
{
    dcnn_status status = dcnn_reach_survey(reach, err);

    if (!status) status = dcnn_reach_sharpen(reach, err);
    if (!status && !settled(reach)) status = dcnn_reach_finish(reach, err);
    return status;
}

static dcnn_status search(dcnn_reach *reach, dcnn_error *err)
{
    dcnn_tick rise = 0;
    int stale = 0;
    dcnn_status status = dcnn_reach_survey(reach, err);

    if (status) return status;
    dcnn_reach_certify(reach);
    if (settled(reach)) return DCNN_OK;
    if (!take_loads(reach)) return dcnn_fail_memory(err);
    status = dcnn_reach_fill(reach, 0, err);
    for (int round = 0; !status && !settled(reach); round++) {
        dcnn_tick before = reach->best_cost;
        if (round < ASCENTS_LEAST || is_worthwhile(reach, rise)) {
            status = raise_bound(reach, round, &rise, err);
            if (!status && (!reach->has_best || round == SHORT_ASCENTS || round == ASCENTS_LEAST))
                status = dcnn_reach_fill(reach, 1, err);
            continue;
        }
        if (!reach->has_best) status = dcnn_reach_fill(reach, 1, err);
        if (!status) status = dcnn_reach_improve(reach, IMPROVEMENTS, err);
        stale = is_worthwhile(reach, before - reach->best_cost) ? 0 : stale + 1;
        if (!status && !settled(reach) && stale >= PATIENCE) status = close_gap(reach, err);
    }
    return !status && reach->failed ? dcnn_fail_memory(err) : status;
}

dcnn_status dcnn_reach_run(dcnn_run *run, dcnn_error *err)
{
    dcnn_reach reach;
    dcnn_status status = init(&reach, run) ? search(&reach, err) : dcnn_fail_memory(err);

    if (reach.has_best) {
        dcnn_run_keep(run, &reach.best);
        run->best_ns = run->sum_ns = to_ns(&reach, reach.best_cost);
    }
    run->bound_ns = to_ns(&reach, reach.bound);
    run->proven = proven(&reach);
    run->columns = reach.searches;
    clear(&reach);
    return status;
}
