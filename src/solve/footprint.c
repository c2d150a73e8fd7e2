#include "solve/footprint.h"
#include "base/base.h"
#include <stdlib.h>

enum { LOOK_UP_EVERY = 1024 };

static int ending_count(const dcnn_chain *chain)
{
    return chain->layer_count > 1 ? dcnn_slots(chain, chain->layer_count - 2) : 1;
}

bool dcnn_footprints_init(dcnn_footprints *f, const dcnn_chain *chain, const dcnn_rundp *dp,
                          const dcnn_takes_layout *layout, dcnn_tick grain)
{
    int last = chain->layer_count - 1;

    *f = (dcnn_footprints){.chain = chain, .dp = dp, .layout = layout};
    f->takes = dcnn_take((size_t)chain->size, sizeof *f->takes);
    f->known = dcnn_take((size_t)chain->layer_count + 1, sizeof *f->known);
    f->endings = dcnn_take((size_t)ending_count(chain), sizeof *f->endings);
    f->fresh = dcnn_take((size_t)dcnn_slots(chain, last), sizeof *f->fresh);
    return dcnn_stages_init(&f->stages, chain->layer_count + 1, grain) && f->takes && f->known && f->endings &&
           f->fresh;
}

void dcnn_footprints_clear(dcnn_footprints *f)
{
    for (int j = 0; f->known && j <= f->chain->layer_count; j++) dcnn_keys_clear(&f->known[j]);
    dcnn_stages_clear(&f->stages);
    free(f->known);
    free(f->takes);
    free(f->set);
    free(f->endings);
    free(f->fresh);
    *f = (dcnn_footprints){0};
}

/* A partial chain. */
typedef struct {
    dcnn_tick priced;
    dcnn_takes taken;
    int flat;  /* where it ends; of whole chains, the cheapest that took this */
    int run;   /* layers of its last run */
    int state; /* before the last layer */
    int set;
    int guide; /* state of the guide that agrees with it */
} partial;

typedef struct {
    dcnn_footprints *f;
    const dcnn_footprint_extent *extent;
    bool lost_memory, given_up;
} listing;

static bool goes_on(const listing *l)
{
    return !l->lost_memory && !l->given_up;
}

static void add_state(listing *l, const partial *p)
{
    dcnn_footprints *f = l->f;
    dcnn_stages *stages = &f->stages;
    int fresh = (int)stages->state_count;
    int to = dcnn_stages_add(stages, &(dcnn_state){.taken = p->taken,
                                                   .paid = p->priced,
                                                   .place = dcnn_footprints_place(f, p->flat, p->run),
                                                   .guide = (uint32_t)p->guide});

    l->lost_memory = to < 0 || !dcnn_reserve((void **)&f->set, &f->set_room, (size_t)fresh, sizeof *f->set) ||
                     !dcnn_stages_step(stages, to, p->flat);
    if (l->lost_memory) return;
    f->set[to] = (unsigned char)(to == fresh ? p->set : f->set[to] & p->set);
    l->given_up = stages->state_count >= l->extent->states_max || stages->step_count >= l->extent->steps_max;
}

/* The last layer of the run that ends on flat x after so many layers, if it goes on. */
static int last_of_run(const dcnn_chain *chain, int x, int run)
{
    while (--run > 0) x = chain->back[x];
    return chain->run_last[x];
}

/* What is left to pay after the partial chain by the run tables, which came from unit before (-1 = none): it leaves, or
 * goes on where it is for some layers first. */
static dcnn_tick rest_of(const dcnn_footprints *f, const partial *p, int before)
{
    const dcnn_chain *chain = f->chain;
    dcnn_tick rest = dcnn_rundp_rest(f->dp, p->flat, p->set, before), stays = 0;
    int last = last_of_run(chain, p->flat, p->run), x = p->flat;

    for (int j = chain->layer[x]; j < last; j++) {
        x = chain->stay[x];
        if (x < 0 || f->dp->own[x] >= dcnn_tick_never) break;
        stays += f->dp->own[x];
        if (stays + f->dp->leave[x] < rest) rest = stays + f->dp->leave[x];
    }
    return rest;
}

/* Adds the partial chain if it can lead to a column within the extent. The guide knows more than the run tables. */
static void consider(listing *l, const partial *p, int before)
{
    const dcnn_stages *stages = &l->f->stages;
    dcnn_tick rest = stages->guide ? dcnn_stages_guided_rest(stages, p->guide) : rest_of(l->f, p, before);

    if (p->priced + rest < l->extent->limit) add_state(l, p);
}

/* Where a partial chain is to go on, with a layer. */
typedef struct {
    dcnn_state state;
    int layer, number, set;
    int flat, unit, run;   /* where it ends, -1 = nowhere */
    bool stays;            /* its run may go on */
    const dcnn_tick *move; /* [slots of the layer] NULL = for nothing */
} departure;

static departure departure_of(const listing *l, int j, size_t number)
{
    const dcnn_chain *chain = l->f->chain;
    departure from = {
        .state = l->f->stages.states[number], .layer = j, .number = (int)number, .set = l->f->set[number]};
    int slot = (int)from.state.place / chain->layer_count;

    from.flat = from.unit = -1;
    if (j == 0) return from;
    from.flat = chain->first[j - 1] + slot;
    from.unit = chain->unit[from.flat];
    from.run = (int)from.state.place % chain->layer_count + 1;
    from.stays = last_of_run(chain, from.flat, from.run) >= j;
    from.move = chain->cost.move[j - 1] + (ptrdiff_t)slot * dcnn_slots(chain, j);
    return from;
}

/* Whether the chain may go on with the layer on flat y, as far as its runs are concerned, and what that costs. */
static bool may_go(const dcnn_footprints *f, const departure *from, int y, dcnn_tick *cost)
{
    bool stays = f->chain->unit[y] == from->unit;

    *cost = f->dp->own[y];
    if (*cost >= dcnn_tick_never || (stays ? !from->stays : (f->dp->bit[y] & from->set) != 0)) return false;
    if (!stays && from->move) *cost += from->move[y - f->chain->first[from->layer]];
    return true;
}

static partial partial_of(const dcnn_footprints *f, const departure *from, int y, dcnn_tick cost, int guide)
{
    return (partial){.priced = from->state.paid + cost,
                     .taken = dcnn_takes_sum(from->state.taken, f->takes[y]),
                     .flat = y,
                     .run = f->chain->unit[y] == from->unit ? from->run + 1 : 1,
                     .state = from->number,
                     .set = from->set | f->dp->bit[y],
                     .guide = guide};
}

/* To the layer on flat y, if there is room for it, and the chain can still cost less than the limit. */
static void go_to(listing *l, const departure *from, int y, int guide)
{
    const dcnn_footprints *f = l->f;
    dcnn_tick cost;
    partial next;

    if (!dcnn_takes_fit(f->layout, from->state.taken, f->takes[y]) || !may_go(f, from, y, &cost)) return;
    next = partial_of(f, from, y, cost, guide);
    if (next.priced < l->extent->limit) consider(l, &next, from->unit);
}

/* Whether the candidate takes something of the guide's rows. */
static bool is_known(const dcnn_footprints *f, int y)
{
    return dcnn_takes_any(dcnn_takes_within(f->takes[y], f->stages.rows));
}

/* To all candidates of a layer that is not the last, without a guide. */
static void go_anywhere(listing *l, const departure *from)
{
    const dcnn_footprints *f = l->f;

    for (int y = f->chain->first[from->layer]; y < f->chain->first[from->layer + 1] && !l->lost_memory; y++)
        go_to(l, from, y, 0);
}

/* The cheapest way to end on a candidate that takes nothing, which is the same for most states that end alike. */
static const dcnn_ending *ending_of(const dcnn_footprints *f, const departure *from)
{
    dcnn_ending *ending = &f->endings[from->layer > 0 ? from->flat - f->chain->first[from->layer - 1] : 0];
    dcnn_tick cost;

    if (ending->set == from->set && ending->stays == from->stays) return ending;
    *ending = (dcnn_ending){.cost = dcnn_tick_never, .set = from->set, .flat = -1, .stays = from->stays};
    for (int y = f->chain->first[from->layer]; y < f->chain->size; y++) {
        if (dcnn_takes_any(f->takes[y]) || !may_go(f, from, y, &cost) || cost >= ending->cost) continue;
        ending->cost = cost;
        ending->flat = y;
    }
    return ending;
}

/* To all candidates of the last layer that the guide has not told apart. Of those that take nothing of what is
 * contested, the cheapest stands for all. */
static void end_anywhere(listing *l, const departure *from, int guide)
{
    const dcnn_footprints *f = l->f;
    const dcnn_ending *ending = ending_of(f, from);
    partial end;

    for (int k = 0; k < f->fresh_count && !l->lost_memory; k++) go_to(l, from, f->fresh[k], guide);
    if (ending->flat < 0 || l->lost_memory) return;
    end = partial_of(f, from, ending->flat, ending->cost, guide);
    if (end.priced < l->extent->limit) consider(l, &end, from->unit);
}

/* The partial chains that follow. */
static void extend(listing *l, const departure *from)
{
    const dcnn_footprints *f = l->f;
    const dcnn_stages *stages = &f->stages;
    bool ends = from->layer + 1 == f->chain->layer_count;

    if (!stages->guide) {
        if (ends)
            end_anywhere(l, from, 0);
        else
            go_anywhere(l, from);
        return;
    }
    for (size_t g = stages->guide[from->state.guide].first; g < stages->guide[from->state.guide + 1].first; g++) {
        const dcnn_guide_step *step = &stages->guide_steps[g];
        if (l->lost_memory) return;
        if (ends && !is_known(f, step->by))
            end_anywhere(l, from, step->to);
        else
            go_to(l, from, step->by, step->to);
    }
}

/* What ends a chain, among the rows of this search. */
static void look_at_endings(dcnn_footprints *f)
{
    const dcnn_chain *chain = f->chain;

    for (int slot = 0; slot < ending_count(chain); slot++) f->endings[slot].set = -1;
    f->fresh_count = 0;
    for (int y = chain->first[chain->layer_count - 1]; y < chain->size; y++)
        if (dcnn_takes_any(f->takes[y]) && !is_known(f, y)) f->fresh[f->fresh_count++] = y;
}

bool dcnn_footprints_list(dcnn_footprints *f, const dcnn_footprint_extent *extent, bool *done)
{
    listing l = {f, extent, false, false};
    dcnn_stages *stages = &f->stages;

    look_at_endings(f);
    dcnn_stages_begin(stages);
    l.lost_memory = dcnn_stages_add(stages, &(dcnn_state){0}) < 0 ||
                    !dcnn_reserve((void **)&f->set, &f->set_room, 0, sizeof *f->set);
    if (!l.lost_memory) f->set[0] = 0;
    for (int j = 0; j < f->chain->layer_count && goes_on(&l); j++) {
        dcnn_stages_advance(stages);
        for (size_t k = stages->first[j]; k < stages->first[j + 1] && goes_on(&l); k++) {
            departure from = departure_of(&l, j, k);
            dcnn_stages_leave(stages, k);
            extend(&l, &from);
            if (k % LOOK_UP_EVERY == 0 && extent->should_stop(extent->stop_user)) l.given_up = true;
        }
    }
    *done = goes_on(&l);
    if (*done) dcnn_stages_close(stages);
    return !l.lost_memory;
}

static dcnn_tick cost_of_step(const void *user, int j, const dcnn_state *from, int x)
{
    const dcnn_footprints *f = user;
    const dcnn_chain *chain = f->chain;
    ptrdiff_t to = x - chain->first[j];
    int slot = (int)from->place / chain->layer_count, before = j > 0 ? chain->first[j - 1] + slot : -1;

    if (j == 0 || chain->unit[before] == chain->unit[x]) return f->dp->own[x];
    return f->dp->own[x] + chain->cost.move[j - 1][(ptrdiff_t)slot * dcnn_slots(chain, j) + to];
}

/* Notes where the guide's states are. */
static bool learn(dcnn_footprints *f)
{
    const dcnn_stages *stages = &f->stages;

    for (int j = 0; j < stages->stage_count; j++) {
        dcnn_keys_empty(&f->known[j]);
        for (size_t at = stages->first[j]; at < stages->first[j + 1]; at++) {
            const dcnn_state *state = &stages->states[at];
            if (dcnn_stages_is_of_use(stages, state) &&
                dcnn_keys_add(&f->known[j], state->taken.half, state->place, (int)state->guide) < 0)
                return false;
        }
    }
    return true;
}

bool dcnn_footprints_end(dcnn_footprints *f, dcnn_tick limit)
{
    dcnn_stages_pay_back(&f->stages, limit, cost_of_step, f);
    return dcnn_stages_end(&f->stages, f->layout->all) && learn(f);
}

void dcnn_footprints_trace(const dcnn_footprints *f, size_t number, int *flats)
{
    const dcnn_stages *stages = &f->stages;
    int at = (int)(stages->first[f->chain->layer_count] + number);

    for (int j = f->chain->layer_count - 1; j >= 0; j--)
        for (size_t from = stages->first[j], found = 0; from < stages->first[j + 1] && !found; from++)
            for (size_t n = stages->states[from].first; n < dcnn_stages_last_step(stages, from) && !found; n++) {
                const dcnn_step *step = &stages->steps[n];
                dcnn_tick cost = cost_of_step(f, j, &stages->states[from], step->by);
                if (step->to != at || stages->states[from].paid + cost != stages->states[at].paid) continue;
                flats[j] = step->by;
                at = (int)from;
                found = 1;
            }
}
