/* stages.h - cheapest paths through stages of states, coarse first.
 *
 * A state is what has been taken so far of some units, and a place; a path goes on from stage to stage and pays at each
 * step. Of fewer units there are fewer states, and what is left to pay after one of them is a bound for all states of
 * more units that agree with it there. So a search among few units guides one among more (coarse-to-fine dynamic
 * programming: Raphael 2001). */
#ifndef DCNN_SOLVE_STAGES_H
#define DCNN_SOLVE_STAGES_H

#include "base/keys.h"
#include "solve/problem.h"

typedef struct {
    uint64_t units;
    dcnn_tick paid; /* so far, at least */
    dcnn_tick rest; /* from here on, at least */
    uint32_t place;
    uint32_t first; /* step that leads on from here; those of the next state follow */
} dcnn_state;

typedef struct {
    int to; /* state */
    int by; /* whatever the caller has taken */
} dcnn_step;

/* What a step from that state, of that stage, by that costs. */
typedef dcnn_tick (*dcnn_step_cost_fn)(const void *user, int stage, const dcnn_state *from, int by);

typedef struct {
    int stage_count;
    dcnn_tick grain;    /* rests are kept in multiples of it, rounded down */
    dcnn_keys *known;   /* [stage_count] what was left to pay, by units and place, in grains */
    uint64_t units;     /* those that the search was about */
    bool guided;        /* by a search before */
    dcnn_state *states; /* of the search under way, stage by stage */
    size_t state_count, state_room;
    size_t *first; /* [stage_count + 1] state of each stage */
    dcnn_keys at;  /* states of the last stage by units and place */
    dcnn_step *steps;
    size_t step_count, step_room;
    int stage; /* the last so far */
} dcnn_stages;

/* False when memory is out; clear in any case. */
bool dcnn_stages_init(dcnn_stages *stages, int stage_count, dcnn_tick grain);
void dcnn_stages_clear(dcnn_stages *stages);

/* Starts a search, at stage 0 without a state; goes on to the next stage. */
void dcnn_stages_begin(dcnn_stages *stages);
void dcnn_stages_advance(dcnn_stages *stages);

/* What is left to pay at least in the state, as the search before tells: dcnn_tick_never when it led nowhere. */
static inline dcnn_tick dcnn_stages_rest(const dcnn_stages *stages, int stage, uint64_t units, uint32_t place)
{
    int rest;

    if (!stages->guided) return 0;
    rest = dcnn_keys_find(&stages->known[stage], units & stages->units, place);
    return rest < 0 ? dcnn_tick_never : rest * stages->grain;
}

/* The state of the last stage, added or found; the lesser payment stays. -1 when memory is out. */
int dcnn_stages_add(dcnn_stages *stages, uint64_t units, uint32_t place, dcnn_tick paid);

/* The steps that are added next lead on from the state; states in order. */
static inline void dcnn_stages_leave(dcnn_stages *stages, size_t state)
{
    stages->states[state].first = (uint32_t)stages->step_count;
}

/* False when memory is out. */
bool dcnn_stages_step(dcnn_stages *stages, int to, int by);

/* One behind the last step from the state, once closed. */
static inline size_t dcnn_stages_last_step(const dcnn_stages *stages, size_t state)
{
    return state + 1 < stages->state_count ? stages->states[state + 1].first : stages->step_count;
}

/* All states and steps are there. */
void dcnn_stages_close(dcnn_stages *stages);

/* Closed, with the rests of the last stage's states set: finds those of the others. O(steps). */
void dcnn_stages_pay_back(dcnn_stages *stages, dcnn_step_cost_fn cost, const void *user);

/* Ends the search among these units: keeps what is left to pay in states that lead to less than limit, for the next.
 * False when memory is out. */
bool dcnn_stages_end(dcnn_stages *stages, uint64_t units, dcnn_tick limit);

#endif
