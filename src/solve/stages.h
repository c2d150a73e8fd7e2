/* stages.h - cheapest paths through stages of states, coarse first.
 *
 * A state is what has been taken so far of some rows, and a place; a path goes on from stage to stage and pays at each
 * step. Of fewer rows there are fewer states, and what is left to pay after one of them is a bound for all states of
 * more rows that agree with it there; a step that led nowhere there leads nowhere here. So a search among few rows
 * guides one among more (coarse-to-fine dynamic programming: Raphael 2001). */
#ifndef DCNN_SOLVE_STAGES_H
#define DCNN_SOLVE_STAGES_H

#include "base/keys.h"
#include "solve/problem.h"
#include "solve/takes.h"

typedef struct {
    dcnn_takes taken;
    dcnn_tick paid; /* so far, at least */
    dcnn_tick rest; /* from here on, at least */
    uint32_t place;
    uint32_t first; /* step that leads on from here; those of the next state follow */
    uint32_t guide; /* the guide's state that agrees with it */
    int next;       /* another state that the same one agrees with, -1 = no more */
} dcnn_state;

typedef struct {
    int to; /* state, -1 = it turned out to be of no use */
    int by; /* whatever the caller has taken */
} dcnn_step;

/* What was of use among fewer rows: a state, and one behind the last. */
typedef struct {
    int rest;       /* left to pay, in grains */
    uint32_t first; /* step; those of the next state follow */
} dcnn_guide_state;

typedef struct {
    int to, by; /* to: the guide's state */
} dcnn_guide_step;

/* What a step from that state, of that stage, by that costs. */
typedef dcnn_tick (*dcnn_step_cost_fn)(const void *user, int stage, const dcnn_state *from, int by);

typedef struct {
    int stage_count;
    dcnn_tick grain;         /* the guide keeps rests in multiples of it, rounded down */
    dcnn_guide_state *guide; /* NULL = nothing is known yet */
    dcnn_guide_step *guide_steps;
    uint32_t *guide_first; /* [stage_count + 1] state of each stage */
    dcnn_takes rows;       /* those that it is about: all bits of theirs */
    dcnn_state *states;    /* of the search under way, stage by stage */
    size_t state_count, state_room;
    size_t *first; /* [stage_count + 1] state of each stage */
    dcnn_keys at;  /* without a guide: states of the last stage by what was taken, and place */
    int *agree;    /* with one: [its states of the last stage] a state that agrees with each, -1 = none */
    dcnn_step *steps;
    size_t step_count, step_room;
    int stage;           /* the last so far */
    dcnn_tick limit;     /* paid back: so much is of no use */
    size_t useful_count; /* and so many steps are */
} dcnn_stages;

/* False when memory is out; clear in any case. */
bool dcnn_stages_init(dcnn_stages *stages, int stage_count, dcnn_tick grain);
void dcnn_stages_clear(dcnn_stages *stages);

/* Starts a search, at stage 0 without a state; goes on to the next stage. */
void dcnn_stages_begin(dcnn_stages *stages);
void dcnn_stages_advance(dcnn_stages *stages);

static inline dcnn_tick dcnn_stages_guided_rest(const dcnn_stages *stages, int guide)
{
    return stages->guide[guide].rest * stages->grain;
}

/* The state of the last stage, added or found; the lesser payment stays. -1 when memory is out. */
int dcnn_stages_add(dcnn_stages *stages, const dcnn_state *state);

/* The steps that are added next lead on from the state; states in order. */
static inline void dcnn_stages_leave(dcnn_stages *stages, size_t state)
{
    stages->states[state].first = (uint32_t)stages->step_count;
}

/* False when memory is out. */
bool dcnn_stages_step(dcnn_stages *stages, int to, int by);

/* All states and steps are there. */
void dcnn_stages_close(dcnn_stages *stages);

/* One behind the last step from the state, once closed. */
static inline size_t dcnn_stages_last_step(const dcnn_stages *stages, size_t state)
{
    return state + 1 < stages->state_count ? stages->states[state + 1].first : stages->step_count;
}

/* Closed, with the rests of the last stage's states set: finds those of the others. Steps that lead to limit or more
 * are of no use. O(steps). */
void dcnn_stages_pay_back(dcnn_stages *stages, dcnn_tick limit, dcnn_step_cost_fn cost, const void *user);

/* Paid back: makes the guide of the search among these rows, of the states and steps of use. A state's guide is then
 * its own number there; those of no use have none. False when memory is out. O(steps). */
bool dcnn_stages_end(dcnn_stages *stages, dcnn_takes rows);

static inline bool dcnn_stages_is_of_use(const dcnn_stages *stages, const dcnn_state *state)
{
    return state->paid + state->rest < stages->limit;
}

#endif
