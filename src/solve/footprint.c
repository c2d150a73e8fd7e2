#include "solve/footprint.h"
#include "base/base.h"
#include <stdlib.h>

enum { LOOK_UP_EVERY = 1024 };

bool dcnn_footprints_init(dcnn_footprints *f, const dcnn_chain *chain, const dcnn_rundp *dp, const uint64_t *one,
                          bool two, dcnn_tick grain)
{
    *f = (dcnn_footprints){.chain = chain, .dp = dp, .one = one, .two = two};
    return dcnn_stages_init(&f->stages, chain->layer_count + 1, grain);
}

void dcnn_footprints_clear(dcnn_footprints *f)
{
    dcnn_stages_clear(&f->stages);
    free(f->set);
    *f = (dcnn_footprints){0};
}

/* A partial chain. */
typedef struct {
    dcnn_tick priced;
    uint64_t units;
    int flat;  /* where it ends; of whole chains, the cheapest that took these units */
    int run;   /* layers of its last run */
    int state; /* before the last layer */
    int set;
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
    int new = (int)stages->state_count;
    int to = dcnn_stages_add(stages, p->units, dcnn_footprints_place(f, p->flat, p->run), p->priced);

    l->lost_memory = to < 0 || !dcnn_reserve((void **)&f->set, &f->set_room, (size_t) new, sizeof *f->set) ||
                     !dcnn_stages_step(stages, to, p->flat);
    if (l->lost_memory) return;
    f->set[to] = (unsigned char)(to == new ? p->set : f->set[to] & p->set);
    l->given_up = stages->state_count >= l->extent->states_max || stages->step_count >= l->extent->steps_max;
}

/* Whether a run of one layer that ends on flat x may go on. */
static bool may_stay(const dcnn_footprints *f, int x, int run)
{
    return f->two && run == 1 && f->chain->run_last[x] > f->chain->layer[x];
}

/* What is left to pay after the partial chain by the run tables, which came from unit before (-1 = none). */
static dcnn_tick rest_of(const dcnn_footprints *f, const partial *p, int before)
{
    dcnn_tick rest = dcnn_rundp_rest(f->dp, p->flat, p->set, before), stays;
    int y = f->chain->stay[p->flat];

    if (!may_stay(f, p->flat, p->run)) return rest;
    stays = f->dp->own[y] + f->dp->leave[y];
    return stays < rest ? stays : rest;
}

/* Adds the partial chain if it can lead to a column within the extent. */
static void consider(listing *l, const partial *p, int before)
{
    dcnn_tick limit = l->extent->limit;

    if (p->priced + rest_of(l->f, p, before) >= limit) return;
    if (p->priced + dcnn_footprints_rest(l->f, p->flat, p->run, p->units) >= limit) return;
    add_state(l, p);
}

/* Where a partial chain is to go on. */
typedef struct {
    dcnn_state state;
    int number, set;
    int flat, unit, run;   /* where it ends, -1 = nowhere */
    const dcnn_tick *move; /* [slots of the next layer] NULL = for nothing */
} place;

static place place_of(const listing *l, int j, size_t number)
{
    const dcnn_chain *chain = l->f->chain;
    place from = {.state = l->f->stages.states[number], .number = (int)number, .set = l->f->set[number]};
    int slot = (int)from.state.place / 2;

    from.flat = from.unit = -1;
    if (j == 0) return from;
    from.flat = chain->first[j - 1] + slot;
    from.unit = chain->unit[from.flat];
    from.run = (int)from.state.place % 2 + 1;
    from.move = chain->cost.move[j - 1] + (ptrdiff_t)slot * dcnn_slots(chain, j);
    return from;
}

/* The next layer on the same unit. */
static void stay(listing *l, const place *from)
{
    const dcnn_footprints *f = l->f;
    int y = f->chain->stay[from->flat];
    uint64_t one = f->one[from->unit];
    partial next = {from->state.paid + f->dp->own[y], from->state.units, y, 2, from->number, from->set};

    if (f->dp->own[y] >= dcnn_tick_never || !dcnn_takes_fit(true, next.units, one)) return;
    next.units = dcnn_takes_sum(true, next.units, one);
    consider(l, &next, -1);
}

/* The partial chains with layer j that follow one without. Of those that end the chain on a unit that is not contested,
 * the cheapest stands for all. */
static void extend(listing *l, int j, const place *from)
{
    const dcnn_footprints *f = l->f;
    const dcnn_chain *chain = f->chain;
    int first = chain->first[j], width = dcnn_slots(chain, j);
    const dcnn_tick *rest = f->dp->start + (ptrdiff_t)from->set * chain->size + first;
    bool last = j + 1 == chain->layer_count;
    partial end = {.priced = l->extent->limit};

    if (from->flat >= 0 && may_stay(f, from->flat, from->run)) stay(l, from);
    for (int k = 0; k < width && !l->lost_memory; k++) {
        int y = first + k;
        uint64_t one = f->one[chain->unit[y]];
        partial next = {from->state.paid + (from->move ? from->move[k] : 0),
                        from->state.units,
                        y,
                        1,
                        from->number,
                        from->set | f->dp->bit[y]};
        if (next.priced + rest[k] >= l->extent->limit || !dcnn_takes_fit(f->two, next.units, one)) continue;
        next.priced += f->dp->own[y];
        next.units = dcnn_takes_sum(f->two, next.units, one);
        if (!last || one)
            consider(l, &next, from->unit);
        else if (next.priced < end.priced)
            end = next;
    }
    if (end.priced < l->extent->limit && !l->lost_memory) consider(l, &end, from->unit);
}

bool dcnn_footprints_list(dcnn_footprints *f, const dcnn_footprint_extent *extent, bool *done)
{
    listing l = {f, extent, false, false};
    dcnn_stages *stages = &f->stages;

    dcnn_stages_begin(stages);
    l.lost_memory =
        dcnn_stages_add(stages, 0, 0, 0) < 0 || !dcnn_reserve((void **)&f->set, &f->set_room, 0, sizeof *f->set);
    if (!l.lost_memory) f->set[0] = 0;
    for (int j = 0; j < f->chain->layer_count && goes_on(&l); j++) {
        dcnn_stages_advance(stages);
        for (size_t k = stages->first[j]; k < stages->first[j + 1] && goes_on(&l); k++) {
            place from = place_of(&l, j, k);
            dcnn_stages_leave(stages, k);
            extend(&l, j, &from);
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
    int before = j > 0 ? chain->first[j - 1] + (int)from->place / 2 : -1;

    if (j == 0 || chain->unit[before] == chain->unit[x]) return f->dp->own[x];
    return f->dp->own[x] + chain->cost.move[j - 1][(ptrdiff_t)(from->place / 2) * dcnn_slots(chain, j) + to];
}

bool dcnn_footprints_end(dcnn_footprints *f, uint64_t units, dcnn_tick limit)
{
    dcnn_stages_pay_back(&f->stages, cost_of_step, f);
    return dcnn_stages_end(&f->stages, units, limit);
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
