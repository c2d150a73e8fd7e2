/* Neighbourhoods: a few CNNs that want each other's units are taken out of the best placement and placed anew (Shaw
 * 1998). Several that have no CNN in common are tried at a time, each against the placement as it stands; what has
 * become better is taken over one by one, as long as it still fits. */
#include "solve/reach.h"
#include <stdlib.h>
#include <string.h>

enum { BATCH = 16, CHOSEN_MAX = 4 };

typedef struct {
    int chosen[CHOSEN_MAX], count;
    double factor[CHOSEN_MAX]; /* of the toll when it is placed */
    int *units[CHOSEN_MAX];    /* the new placement */
    dcnn_tick cost[CHOSEN_MAX];
    bool whole; /* all placed so far found room */
    dcnn_status status;
} neighbourhood;

typedef struct {
    dcnn_reach *reach;
    int *owner;     /* [unit] a CNN with a layer there, -1 = none */
    int *want;      /* [cnn] how many of the units a seed could use it has */
    int *wanted;    /* [cnn] list of those with some */
    bool *busy;     /* [cnn] is in a neighbourhood of this batch */
    double *regret; /* [cnn] what its placement costs above its part of the bound */
    neighbourhood batch[BATCH];
    int count;
    int step;                    /* which of their CNNs is placed */
    int todo[BATCH], todo_count; /* neighbourhoods that have such a one */
} improver;

static void note_owners(improver *im, int c, bool there)
{
    const dcnn_reach *reach = im->reach;

    for (int j = 0; j < reach->instance->chains[c].layer_count; j++)
        im->owner[reach->best.units[c][j]] = there ? c : -1;
}

static void measure_regret(improver *im, int c)
{
    const dcnn_reach *reach = im->reach;
    const dcnn_chain_data *data = &reach->instance->chains[c];
    dcnn_tick pays = reach->best.cost[c];

    for (int j = 0; j < data->layer_count; j++) pays += dcnn_toll_of(&reach->toll, data, j, reach->best.units[c][j]);
    im->regret[c] = (double)(pays - dcnn_region_bound(&reach->regions[c])) + (double)reach->one_ns;
}

/* --- choice --- */

static int draw_seed(improver *im)
{
    double sum = 0, at;
    int last = -1;

    for (int c = 0; c < im->reach->instance->cnn_count; c++) sum += im->busy[c] ? 0 : im->regret[c];
    at = dcnn_rng_unit(&im->reach->rng) * sum;
    for (int c = 0; c < im->reach->instance->cnn_count; c++) {
        if (im->busy[c]) continue;
        last = c;
        at -= im->regret[c];
        if (at < 0) break;
    }
    return last;
}

static void take(improver *im, neighbourhood *n, int c)
{
    im->busy[c] = true;
    n->chosen[n->count++] = c;
}

/* CNNs by how many units the seed could use they hold, at random but the more the likelier. */
static void choose(improver *im, neighbourhood *n, int size)
{
    int listed = 0, count;
    const int *candidates = dcnn_region_units(&im->reach->regions[n->chosen[0]], &count);

    for (int x = 0; x < count; x++) {
        int c = im->owner[candidates[x]];
        if (c < 0 || im->busy[c]) continue;
        if (im->want[c]++ == 0) im->wanted[listed++] = c;
    }
    while (n->count < size && listed > 0) {
        double best_key = -1;
        int best = 0;
        for (int k = 0; k < listed; k++) {
            double key = im->want[im->wanted[k]] * dcnn_rng_unit(&im->reach->rng);
            if (key <= best_key) continue;
            best = k;
            best_key = key;
        }
        take(im, n, im->wanted[best]);
        im->want[im->wanted[best]] = 0;
        im->wanted[best] = im->wanted[--listed];
    }
    for (int k = 0; k < listed; k++) im->want[im->wanted[k]] = 0;
}

/* In random order. Prices make the first ones leave room for the last, which has nobody to leave room for. */
static void arrange(improver *im, neighbourhood *n)
{
    dcnn_rng rng;

    dcnn_rng_seed(&rng, dcnn_rng_next(&im->reach->rng));
    for (int k = n->count - 1; k > 0; k--) {
        int other = (int)dcnn_rng_below(&rng, (uint64_t)k + 1), kept = n->chosen[k];
        n->chosen[k] = n->chosen[other];
        n->chosen[other] = kept;
    }
    for (int k = 0; k < n->count; k++) n->factor[k] = k + 1 < n->count ? 0.3 + dcnn_rng_unit(&rng) : 0;
}

static void choose_batch(improver *im)
{
    int cnns = im->reach->instance->cnn_count;

    memset(im->busy, 0, (size_t)cnns * sizeof *im->busy);
    im->count = 0;
    while (im->count < BATCH && im->count * CHOSEN_MAX < cnns) {
        neighbourhood *n = &im->batch[im->count];
        int seed = draw_seed(im);
        if (seed < 0) break;
        n->count = 0;
        n->whole = true;
        n->status = DCNN_OK;
        take(im, n, seed);
        choose(im, n, 2 + (int)dcnn_rng_below(&im->reach->rng, CHOSEN_MAX - 1));
        arrange(im, n);
        im->count++;
    }
}

/* --- the neighbourhoods' CNNs, the first of each, then the second of each, ... --- */

static int cnn_of(const void *user, int item)
{
    const improver *im = user;

    return im->batch[im->todo[item]].chosen[im->step];
}

/* In the scout's load, which is as the best placement before and after. */
static void place_one(void *user, int item, int worker)
{
    improver *im = user;
    neighbourhood *n = &im->batch[im->todo[item]];
    dcnn_scout *scout = &im->reach->scouts[worker];
    const dcnn_load *best = &im->reach->best;
    dcnn_insertion found = {.units = n->units[im->step]};

    for (int k = 0; k < n->count; k++) dcnn_load_remove(&scout->load, n->chosen[k]);
    for (int k = 0; k < im->step; k++) dcnn_load_place(&scout->load, n->chosen[k], n->units[k], n->cost[k]);
    n->status =
        dcnn_reach_insert(im->reach, &scout->load, n->chosen[im->step], scout, n->factor[im->step], &found, NULL);
    n->whole = !n->status && found.found;
    n->cost[im->step] = found.cost;
    for (int k = 0; k < im->step; k++) dcnn_load_remove(&scout->load, n->chosen[k]);
    for (int k = 0; k < n->count; k++)
        dcnn_load_place(&scout->load, n->chosen[k], best->units[n->chosen[k]], best->cost[n->chosen[k]]);
}

static void tell_one(void *user, int item, dcnn_parcel *parcel)
{
    improver *im = user;
    neighbourhood *n = &im->batch[im->todo[item]];
    size_t layers = (size_t)im->reach->instance->chains[cnn_of(im, item)].layer_count;

    dcnn_parcel_carry(parcel, &n->status, sizeof n->status);
    dcnn_parcel_carry(parcel, &n->whole, sizeof n->whole);
    dcnn_parcel_carry(parcel, &n->cost[im->step], sizeof n->cost[im->step]);
    dcnn_parcel_carry(parcel, n->units[im->step], layers * sizeof(int));
}

static void recreate(improver *im)
{
    for (im->step = 0; im->step < CHOSEN_MAX; im->step++) {
        im->todo_count = 0;
        for (int b = 0; b < im->count; b++)
            if (im->batch[b].whole && im->step < im->batch[b].count) im->todo[im->todo_count++] = b;
        if (im->todo_count == 0) break;
        dcnn_reach_share(im->reach,
                         &(dcnn_crew_task){
                             .count = im->todo_count, .cnn = cnn_of, .work = place_one, .carry = tell_one, .user = im});
    }
}

static bool is_better(const dcnn_load *best, const neighbourhood *n)
{
    dcnn_tick before = 0, after = 0;

    for (int k = 0; n->whole && k < n->count; k++) {
        before += best->cost[n->chosen[k]];
        after += n->cost[k];
    }
    return n->whole && after <= before;
}

/* --- taking over --- */

static void replace(dcnn_load *load, const neighbourhood *n)
{
    for (int k = 0; k < n->count; k++) dcnn_load_remove(load, n->chosen[k]);
    for (int k = 0; k < n->count; k++) dcnn_load_place(load, n->chosen[k], n->units[k], n->cost[k]);
}

/* In trial, which is as best between batches. */
static bool still_fits(dcnn_load *trial, const dcnn_load *best, const neighbourhood *n)
{
    int placed = 0;
    bool fits = true;

    for (int k = 0; k < n->count; k++) dcnn_load_remove(trial, n->chosen[k]);
    for (; placed < n->count && fits; placed++) {
        fits = dcnn_load_fits(trial, n->chosen[placed], n->units[placed]);
        if (!fits) break;
        dcnn_load_place(trial, n->chosen[placed], n->units[placed], n->cost[placed]);
    }
    if (fits) return true;
    for (int k = 0; k < placed; k++) dcnn_load_remove(trial, n->chosen[k]);
    for (int k = 0; k < n->count; k++)
        dcnn_load_place(trial, n->chosen[k], best->units[n->chosen[k]], best->cost[n->chosen[k]]);
    return false;
}

static void take_over(improver *im, const neighbourhood *n)
{
    dcnn_reach *reach = im->reach;

    if (!is_better(&reach->best, n) || !still_fits(&reach->trial, &reach->best, n)) return;
    for (int k = 0; k < n->count; k++) note_owners(im, n->chosen[k], false);
    replace(&reach->best, n);
    for (int t = 0; t < reach->threads; t++) replace(&reach->scouts[t].load, n);
    for (int k = 0; k < n->count; k++) {
        note_owners(im, n->chosen[k], true);
        measure_regret(im, n->chosen[k]);
    }
    reach->best_cost = dcnn_load_cost(&reach->best);
}

/* --- */

static bool init(improver *im, dcnn_reach *reach)
{
    size_t cnns = (size_t)reach->instance->cnn_count, units = (size_t)reach->instance->unit_count;
    size_t layers = dcnn_instance_longest_chain(reach->instance);

    *im = (improver){.reach = reach};
    im->owner = dcnn_take(units, sizeof *im->owner);
    im->want = dcnn_take(cnns, sizeof *im->want);
    im->wanted = dcnn_take(cnns, sizeof *im->wanted);
    im->busy = dcnn_take(cnns, sizeof *im->busy);
    im->regret = dcnn_take(cnns, sizeof *im->regret);
    if (!im->owner || !im->want || !im->wanted || !im->busy || !im->regret) return false;
    for (int b = 0; b < BATCH; b++)
        for (int k = 0; k < CHOSEN_MAX; k++) {
            im->batch[b].units[k] = dcnn_take(layers, sizeof(int));
            if (!im->batch[b].units[k]) return false;
        }
    for (size_t i = 0; i < units; i++) im->owner[i] = -1;
    for (int c = 0; c < reach->instance->cnn_count; c++) {
        note_owners(im, c, true);
        measure_regret(im, c);
    }
    dcnn_load_copy(&reach->trial, &reach->best);
    for (int t = 0; t < reach->threads; t++) dcnn_load_copy(&reach->scouts[t].load, &reach->best);
    return true;
}

static void clear(improver *im)
{
    for (int b = 0; b < BATCH; b++)
        for (int k = 0; k < CHOSEN_MAX; k++) free(im->batch[b].units[k]);
    free(im->owner);
    free(im->want);
    free(im->wanted);
    free(im->busy);
    free(im->regret);
}

dcnn_status dcnn_reach_improve(dcnn_reach *reach, int rounds, dcnn_error *err)
{
    dcnn_status status = DCNN_OK;
    improver im;

    if (!reach->has_best) return DCNN_OK;
    if (!init(&im, reach)) status = dcnn_fail_memory(err);
    for (int round = 0; round < rounds && !status && !dcnn_reach_should_stop(reach); round++) {
        choose_batch(&im);
        recreate(&im);
        for (int b = 0; b < im.count && !status; b++) {
            if (im.batch[b].status) status = dcnn_fail_memory(err);
            if (!status) take_over(&im, &im.batch[b]);
        }
    }
    clear(&im);
    return !status && reach->failed ? dcnn_fail_memory(err) : status;
}
