/* Where a CNN may go: labels swept forward from its source and backward from its last layer. A chain through unit i in
 * layer j costs at least what arrives there plus what is left from there; units where that exceeds the limit are no
 * candidates, and most are never touched.
 *
 * Where units take one layer, moves lead to another unit and not straight back after one other (see rundp.h). So every
 * site keeps two ways to it, with different units before, and two from it. A sweep brings a unit the best few ways; one
 * that would come straight back counts with what its site's other way costs, and ways that the sweep did not keep cost
 * no less than the last it did. */
#include "solve/survey.h"
#include <stdlib.h>

/* The first limit exceeds what is expected by this part of it. */
enum { FIRST_SLACK = 1024 };

bool dcnn_surveyor_init(dcnn_surveyor *s, const dcnn_chain_data *data, dcnn_scout *scout, const dcnn_survey *survey)
{
    *s = (dcnn_surveyor){
        .data = data, .scout = scout, .survey = survey, .single = survey->toll->instance->layers_per_unit == 1};
    s->offset = dcnn_take((size_t)data->layer_count, sizeof *s->offset);
    s->count = dcnn_take((size_t)data->layer_count, sizeof *s->count);
    s->trail_first = dcnn_take((size_t)data->layer_count + 1, sizeof *s->trail_first);
    return s->offset && s->count && s->trail_first;
}

void dcnn_surveyor_clear(dcnn_surveyor *s)
{
    free(s->offset);
    free(s->count);
    free(s->trail_first);
    *s = (dcnn_surveyor){0};
}

static dcnn_tick through(const dcnn_site *at)
{
    dcnn_tick ways = at->arrive.best + at->rest.best;

    if (at->arrive.spot >= 0 && at->arrive.spot == at->rest.spot)
        ways = dcnn_tick_least(at->arrive.best + at->rest.other, at->arrive.other + at->rest.best);
    return dcnn_tick_least(ways + at->own + at->toll, dcnn_tick_never);
}

bool dcnn_scout_start(dcnn_scout *scout, int count, int spot, dcnn_tick value)
{
    if (!dcnn_reserve((void **)&scout->starts, &scout->start_room, (size_t)count, sizeof *scout->starts)) return false;
    scout->starts[count] = (dcnn_wave){value, spot, spot};
    return true;
}

bool dcnn_survey_sweep(dcnn_surveyor *s, dcnn_sweep_task task)
{
    task.starts = s->scout->starts;
    task.limit = dcnn_tick_least(task.limit, dcnn_tick_never - 1);
    return dcnn_sweep_run(&s->scout->sweep, &task);
}

/* --- trails: what a sweep one way brought to a place bounds what is worth bringing there the other way --- */

/* Notes what the sweep before layer j brought; a chain through other places exceeds the limit. */
static bool leave_trail(dcnn_surveyor *s, int j)
{
    const dcnn_sweep *sweep = &s->scout->sweep;

    for (int k = 0; k < sweep->touched_count; k++) {
        int spot = sweep->touched[k];
        if (!dcnn_reserve((void **)&s->scout->trail, &s->scout->trail_room, s->trail_used, sizeof *s->scout->trail))
            return false;
        s->scout->trail[s->trail_used++] = (dcnn_wave){dcnn_sweep_value(sweep, spot), spot, spot};
    }
    s->trail_first[j + 1] = s->trail_used;
    return true;
}

/* The same of the sweep backward, which goes nowhere else. */
static void renew_trail(dcnn_surveyor *s, int j)
{
    for (size_t k = s->trail_first[j]; k < s->trail_first[j + 1]; k++)
        s->scout->trail[k].value =
            dcnn_tick_least(dcnn_sweep_value(&s->scout->sweep, s->scout->trail[k].spot), dcnn_tick_never);
}

void dcnn_survey_guard(dcnn_surveyor *s, int j)
{
    for (size_t k = s->trail_first[j]; k < s->trail_first[j + 1]; k++)
        s->scout->guard[s->scout->trail[k].spot] = s->scout->trail[k].value;
}

void dcnn_survey_unguard(dcnn_surveyor *s, int j)
{
    for (size_t k = s->trail_first[j]; k < s->trail_first[j + 1]; k++)
        s->scout->guard[s->scout->trail[k].spot] = dcnn_tick_never;
}

/* --- */

/* What the sweep brought to a unit from the sites of layer j (of the way to them, or from them). */
static dcnn_way gather(const dcnn_surveyor *s, int j, int spot, bool forward)
{
    const dcnn_mark *mark = &s->scout->sweep.marks[spot];
    dcnn_way found = {dcnn_tick_never, dcnn_tick_never, -1};
    dcnn_tick unseen = mark->value[DCNN_LABELS_MAX - 1];

    if (!s->single) return (dcnn_way){mark->value[0], mark->value[0], -1};
    for (int k = 0; k < DCNN_LABELS_MAX && mark->origin[k] >= 0; k++) {
        const dcnn_site *from = &dcnn_sites(s, j)[s->scout->index[mark->origin[k]]];
        const dcnn_way *behind = forward ? &from->arrive : &from->rest;
        dcnn_tick value = mark->value[k];
        if (from->spot == spot) continue;
        if (behind->spot == spot) value = dcnn_tick_least(value - behind->best + behind->other, dcnn_tick_never);
        if (value < found.best) {
            found = (dcnn_way){value, found.best, from->spot};
        } else if (value < found.other) {
            found.other = value;
        }
    }
    if (unseen < found.best) return (dcnn_way){unseen, unseen, -1};
    found.other = dcnn_tick_least(found.other, unseen);
    return found;
}

static bool add_site(dcnn_surveyor *s, int j, int spot, dcnn_way arrive)
{
    int unit = s->scout->sweep.ground->place[spot];
    const dcnn_instance *in = s->survey->toll->instance;
    dcnn_tick own = dcnn_compute_ticks(in, s->data, j, unit, true);
    dcnn_tick toll = (dcnn_tick)(s->survey->factor * (double)dcnn_toll_of(s->survey->toll, s->data, j, unit));
    dcnn_tick rest = s->survey->rest->after[j];
    const dcnn_outlook *outlook = s->survey->outlook;
    dcnn_scout *scout = s->scout;

    if (outlook) rest = outlook->leaving[(size_t)j * (size_t)in->unit_count + (size_t)unit];
    if (arrive.best + own + toll + rest > s->limit) return true;
    if (!dcnn_reserve((void **)&scout->sites, &scout->site_room, (size_t)s->used, sizeof *scout->sites)) return false;
    scout->sites[s->used] = (dcnn_site){unit, spot, own, toll, arrive, {rest, rest, -1}};
    if (j == 0) { /* the way from the source is the layer's own cost */
        scout->sites[s->used].own += arrive.best;
        scout->sites[s->used].arrive = (dcnn_way){0, 0, -1};
    }
    s->used++;
    s->count[j]++;
    return true;
}

void dcnn_survey_mark_wanted(dcnn_surveyor *s, int j, bool wanted)
{
    for (int k = 0; k < s->count[j]; k++) s->scout->sweep.wanted[dcnn_sites(s, j)[k].spot] = wanted;
}

/* Drops the sites of a layer that cost more than the limit at best. */
static void drop_dear(dcnn_surveyor *s, int j)
{
    dcnn_site *list = dcnn_sites(s, j);
    int kept = 0;

    for (int k = 0; k < s->count[j]; k++)
        if (through(&list[k]) <= s->limit) list[kept++] = list[k];
    s->count[j] = kept;
}

/* Adds what a decision made after layer j costs on its way to the sink. */
static bool add_exits(dcnn_surveyor *s, int j)
{
    const dcnn_message *exit = &s->data->exit[j];
    dcnn_tick slack = s->limit - s->survey->rest->from[0];
    bool done;

    if (exit->scale == 0 || s->count[j] == 0) return true;
    if (!dcnn_scout_start(s->scout, 0, s->scout->sweep.ground->spot[s->data->sink], 0)) return false;
    dcnn_survey_mark_wanted(s, j, true);
    done = dcnn_survey_sweep(s, (dcnn_sweep_task){.message = exit,
                                                  .towards = true,
                                                  .labels = 1,
                                                  .start_count = 1,
                                                  .limit = slack,
                                                  .wanted_count = s->count[j]});
    dcnn_survey_mark_wanted(s, j, false);
    for (int k = 0; done && k < s->count[j]; k++) {
        dcnn_site *at = &dcnn_sites(s, j)[k];
        at->own += dcnn_sweep_value(&s->scout->sweep, at->spot);
    }
    drop_dear(s, j);
    return done;
}

static int labels_of(const dcnn_surveyor *s)
{
    return s->single ? DCNN_LABELS_MAX : 1;
}

static bool sweep_forward(dcnn_surveyor *s, int j, int starts)
{
    const dcnn_outlook *outlook = s->survey->outlook;
    dcnn_sweep_task task = {.message = j == 0 ? &s->data->input : &s->data->move[j - 1],
                            .labels = j == 0 ? 1 : labels_of(s),
                            .start_count = starts,
                            .limit = s->limit - s->survey->rest->from[j],
                            .budget = s->limit};

    if (outlook) task.rest = outlook->arriving + (size_t)j * (size_t)s->scout->sweep.ground->place_count;
    return dcnn_survey_sweep(s, task) && leave_trail(s, j);
}

static bool forward_layer(dcnn_surveyor *s, int j)
{
    const dcnn_sweep *found = &s->scout->sweep;
    int starts = 0;

    s->offset[j] = s->used;
    s->count[j] = 0;
    if (j == 0 && !dcnn_scout_start(s->scout, starts++, found->ground->spot[s->data->source], 0)) return false;
    for (int k = 0; j > 0 && k < s->count[j - 1]; k++) {
        const dcnn_site *at = &dcnn_sites(s, j - 1)[k];
        s->scout->index[at->spot] = k;
        if (!dcnn_scout_start(s->scout, starts++, at->spot, dcnn_site_leaving(at))) return false;
    }
    if (!sweep_forward(s, j, starts)) return false;
    for (int k = 0; k < found->touched_count; k++) {
        int spot = found->touched[k], unit = found->ground->place[spot];
        dcnn_way arrive;
        if (unit >= found->unit_count || !dcnn_room_takes(&s->survey->room[unit], &s->data->cnn->layers[j])) continue;
        arrive = j > 0 ? gather(s, j - 1, spot, true) : (dcnn_way){dcnn_sweep_value(found, spot), dcnn_tick_never, -1};
        if (arrive.best < dcnn_tick_never && !add_site(s, j, spot, arrive)) return false;
    }
    return add_exits(s, j);
}

/* *least: the cheapest chain within the limit, or dcnn_tick_never. */
static bool forward(dcnn_surveyor *s, dcnn_tick *least)
{
    int last = s->data->layer_count - 1;

    *least = dcnn_tick_never;
    s->used = 0;
    s->trail_used = 0;
    for (int j = 0; j <= last; j++)
        if (!forward_layer(s, j)) return false;
    for (int k = 0; k < s->count[last]; k++)
        *least = dcnn_tick_least(*least, dcnn_site_leaving(&dcnn_sites(s, last)[k]));
    return true;
}

static bool sweep_backward(dcnn_surveyor *s, int j)
{
    dcnn_sweep_task task = {.message = &s->data->move[j],
                            .towards = true,
                            .labels = labels_of(s),
                            .start_count = s->count[j + 1],
                            .limit = s->limit,
                            .rest = s->scout->guard,
                            .budget = s->limit};
    bool done;

    dcnn_survey_guard(s, j + 1);
    done = dcnn_survey_sweep(s, task);
    dcnn_survey_unguard(s, j + 1);
    if (done) renew_trail(s, j + 1);
    return done;
}

bool dcnn_survey_backward(dcnn_surveyor *s)
{
    for (int j = s->data->layer_count - 2; j >= 0; j--) {
        for (int k = 0; k < s->count[j + 1]; k++) {
            const dcnn_site *at = &dcnn_sites(s, j + 1)[k];
            s->scout->index[at->spot] = k;
            if (!dcnn_scout_start(s->scout, k, at->spot, dcnn_site_arriving(at))) return false;
        }
        if (!sweep_backward(s, j)) return false;
        for (int k = 0; k < s->count[j]; k++) {
            dcnn_site *at = &dcnn_sites(s, j)[k];
            at->rest = gather(s, j + 1, at->spot, false);
        }
        drop_dear(s, j);
    }
    return true;
}

/* No chain is cheaper, or hardly any. */
static dcnn_tick least_expected(const dcnn_surveyor *s)
{
    const dcnn_survey *survey = s->survey;
    dcnn_tick least = survey->rest->from[0], seen = 0;

    if (survey->outlook) seen = survey->outlook->arriving[s->scout->sweep.ground->spot[s->data->source]];
    if (survey->expected > least) least = survey->expected;
    return seen > least ? seen : least;
}

/* Within an ever wider limit, until there is one. */
static bool find_first(dcnn_surveyor *s, dcnn_tick *least)
{
    dcnn_tick expected = least_expected(s), slack = expected / FIRST_SLACK + 1024;

    for (;; slack += slack / 2) {
        s->limit = dcnn_tick_least(expected + slack, dcnn_tick_never - 1);
        if (!forward(s, least)) return false;
        if (*least < dcnn_tick_never || s->limit == dcnn_tick_never - 1) return true;
    }
}

bool dcnn_survey_forward(dcnn_surveyor *s, dcnn_tick *least)
{
    s->limit = s->survey->limit;
    return s->limit < dcnn_tick_never ? forward(s, least) : find_first(s, least);
}

bool dcnn_survey_widen(dcnn_surveyor *s, dcnn_tick least)
{
    double longer = (double)least * (1 + s->survey->spare);

    s->limit = longer < (double)dcnn_tick_never ? (dcnn_tick)longer : dcnn_tick_never - 1;
    return forward(s, &least);
}

static int by_cost(const void *a, const void *b)
{
    const dcnn_site *x = a, *y = b;
    dcnn_tick cost_x = through(x), cost_y = through(y);

    if (cost_x != cost_y) return cost_x < cost_y ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static int by_unit(const void *a, const void *b)
{
    const dcnn_site *x = a, *y = b;

    return (x->unit > y->unit) - (x->unit < y->unit);
}

void dcnn_survey_cut(dcnn_surveyor *s)
{
    for (int j = 0; j < s->data->layer_count; j++) {
        dcnn_site *list = dcnn_sites(s, j);
        if (s->count[j] > s->survey->width) {
            qsort(list, (size_t)s->count[j], sizeof *list, by_cost);
            s->limit = dcnn_tick_least(s->limit, through(&list[s->survey->width]));
            s->count[j] = s->survey->width;
        }
        qsort(list, (size_t)s->count[j], sizeof *list, by_unit);
    }
}
