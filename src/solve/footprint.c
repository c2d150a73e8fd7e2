#include "solve/footprint.h"
#include "base/base.h"
#include <stdlib.h>

enum { LOOK_UP_EVERY = 1024 };

bool dcnn_footprints_init(dcnn_footprints *f, const dcnn_chain *chain, const dcnn_rundp *dp, const uint64_t *bit,
                          dcnn_tick grain)
{
    *f = (dcnn_footprints){.chain = chain, .dp = dp, .bit = bit};
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
    int state; /* before that */
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
    int j = f->chain->layer[p->flat], new = (int)stages->state_count, to;
    uint32_t place = j + 1 < f->chain->layer_count ? (uint32_t)(p->flat - f->chain->first[j]) : 0;

    to = dcnn_stages_add(stages, p->units, place, p->priced);
    l->lost_memory = to < 0 || !dcnn_reserve((void **)&f->set, &f->set_room, (size_t)new, sizeof *f->set) ||
                     !dcnn_stages_step(stages, to, p->flat);
    if (l->lost_memory) return;
    f->set[to] = (unsigned char)(to == new ? p->set : f->set[to] & p->set);
    l->given_up = stages->state_count >= l->extent->states_max || stages->step_count >= l->extent->steps_max;
}

/* Adds the partial chain, which came from unit before (-1 = none), if it can lead to a column within the extent. */
static void consider(listing *l, const partial *p, int before)
{
    dcnn_tick limit = l->extent->limit;

    if (p->priced + dcnn_rundp_rest(l->f->dp, p->flat, p->set, before) >= limit) return;
    if (p->priced + dcnn_footprints_rest(l->f, p->flat, p->units) >= limit) return;
    add_state(l, p);
}

/* Where a partial chain is to go on. */
typedef struct {
    dcnn_state state;
    int number, set;
    int unit;              /* where it ends, -1 = nowhere */
    const dcnn_tick *move; /* [slots of the next layer] NULL = for nothing */
} place;

static place place_of(const listing *l, int j, size_t number)
{
    const dcnn_chain *chain = l->f->chain;
    place from = {l->f->stages.states[number], (int)number, l->f->set[number], -1, NULL};

    if (j == 0) return from;
    from.unit = chain->unit[chain->first[j - 1] + (int)from.state.place];
    from.move = chain->cost.move[j - 1] + (ptrdiff_t)from.state.place * dcnn_slots(chain, j);
    return from;
}

/* The partial chains with layer j that follow one without. Of those that end the chain without a contested unit, the
 * cheapest stands for all. */
static void extend(listing *l, int j, const place *from)
{
    const dcnn_chain *chain = l->f->chain;
    const dcnn_rundp *dp = l->f->dp;
    int first = chain->first[j], width = dcnn_slots(chain, j);
    const dcnn_tick *rest = dp->start + (ptrdiff_t)from->set * chain->size + first;
    bool last = j + 1 == chain->layer_count;
    partial end = {.priced = l->extent->limit};

    for (int k = 0; k < width && !l->lost_memory; k++) {
        int y = first + k;
        uint64_t bit = l->f->bit[chain->unit[y]];
        partial next = {from->state.paid + (from->move ? from->move[k] : 0), from->state.units | bit, y, from->number,
                        from->set | dp->bit[y]};
        if ((from->state.units & bit) || next.priced + rest[k] >= l->extent->limit) continue;
        next.priced += dp->own[y];
        if (!last || bit)
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
    l.lost_memory = dcnn_stages_add(stages, 0, 0, 0) < 0 ||
                    !dcnn_reserve((void **)&f->set, &f->set_room, 0, sizeof *f->set);
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

    if (j == 0) return f->dp->own[x];
    return f->dp->own[x] + chain->cost.move[j - 1][(ptrdiff_t)from->place * dcnn_slots(chain, j) + to];
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
