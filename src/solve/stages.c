#include "solve/stages.h"
#include <stdlib.h>

bool dcnn_stages_init(dcnn_stages *stages, int stage_count, dcnn_tick grain)
{
    *stages = (dcnn_stages){.stage_count = stage_count, .grain = grain};
    stages->first = dcnn_take((size_t)stage_count + 1, sizeof *stages->first);
    return stages->first != NULL;
}

void dcnn_stages_clear(dcnn_stages *stages)
{
    free(stages->guide);
    free(stages->guide_steps);
    free(stages->first);
    free(stages->states);
    free(stages->steps);
    dcnn_keys_clear(&stages->at);
    *stages = (dcnn_stages){0};
}

void dcnn_stages_begin(dcnn_stages *stages)
{
    stages->state_count = stages->step_count = 0;
    stages->stage = 0;
    stages->first[1] = 0;
    dcnn_keys_empty(&stages->at);
}

void dcnn_stages_advance(dcnn_stages *stages)
{
    stages->stage++;
    stages->first[stages->stage] = stages->first[stages->stage + 1] = stages->state_count;
    dcnn_keys_empty(&stages->at);
}

int dcnn_stages_add(dcnn_stages *stages, const dcnn_state *state)
{
    int new = (int)stages->state_count, at = dcnn_keys_add(&stages->at, state->taken.half, state->place, new);

    if (at == new) {
        if (!dcnn_reserve((void **)&stages->states, &stages->state_room, stages->state_count, sizeof *stages->states))
            return -1;
        stages->states[stages->state_count] = *state;
        stages->states[stages->state_count++].rest = dcnn_tick_never;
        stages->first[stages->stage + 1] = stages->state_count;
    } else if (at >= 0 && state->paid < stages->states[at].paid)
        stages->states[at].paid = state->paid;
    return at;
}

bool dcnn_stages_step(dcnn_stages *stages, int to, int by)
{
    if (!dcnn_reserve((void **)&stages->steps, &stages->step_room, stages->step_count, sizeof *stages->steps))
        return false;
    stages->steps[stages->step_count++] = (dcnn_step){to, by};
    return true;
}

void dcnn_stages_close(dcnn_stages *stages)
{
    for (size_t at = stages->first[stages->stage]; at < stages->state_count; at++) dcnn_stages_leave(stages, at);
}

void dcnn_stages_pay_back(dcnn_stages *stages, dcnn_step_cost_fn cost, const void *user)
{
    for (int k = stages->stage - 1; k >= 0; k--)
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++) {
            dcnn_state *from = &stages->states[at];
            for (size_t n = from->first; n < dcnn_stages_last_step(stages, at); n++) {
                const dcnn_step *step = &stages->steps[n];
                dcnn_tick rest = cost(user, k, from, step->by) + stages->states[step->to].rest;
                if (rest < from->rest) from->rest = rest;
            }
        }
}

/* --- the guide --- */

typedef struct {
    dcnn_stages *stages;
    dcnn_tick limit;
    dcnn_step_cost_fn cost;
    const void *user;
} guide_maker;

/* Numbers the states of use. Returns how many. */
static size_t number_states(const guide_maker *g)
{
    size_t count = 0;

    for (size_t at = 0; at < g->stages->state_count; at++)
        if (dcnn_stages_is_of_use(&g->stages->states[at], g->limit)) g->stages->states[at].guide = (uint32_t)count++;
    return count;
}

/* The steps of use from a state of stage k; counted, or written down if there is room for them. */
static size_t guide_from(const guide_maker *g, int k, size_t at, dcnn_guide_step *room)
{
    const dcnn_state *from = &g->stages->states[at];
    size_t count = 0;

    for (size_t n = from->first; n < dcnn_stages_last_step(g->stages, at); n++) {
        const dcnn_step *step = &g->stages->steps[n];
        const dcnn_state *to = &g->stages->states[step->to];
        if (from->paid + g->cost(g->user, k, from, step->by) + to->rest >= g->limit) continue;
        if (room) room[count] = (dcnn_guide_step){(int)to->guide, step->by};
        count++;
    }
    return count;
}

/* Writes the guide, or counts its steps if there is no room. */
static size_t write_guide(const guide_maker *g, dcnn_guide_state *states, dcnn_guide_step *steps)
{
    const dcnn_stages *stages = g->stages;
    size_t count = 0;

    for (int k = 0; k < stages->stage_count; k++)
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++) {
            const dcnn_state *state = &stages->states[at];
            if (!dcnn_stages_is_of_use(state, g->limit)) continue;
            if (states) states[state->guide] = (dcnn_guide_state){(int)(state->rest / stages->grain), (uint32_t)count};
            count += guide_from(g, k, at, steps ? steps + count : NULL);
        }
    return count;
}

bool dcnn_stages_end(dcnn_stages *stages, dcnn_takes rows, dcnn_tick limit, dcnn_step_cost_fn cost, const void *user)
{
    guide_maker g = {stages, limit, cost, user};
    size_t states = number_states(&g), steps = write_guide(&g, NULL, NULL);

    free(stages->guide);
    free(stages->guide_steps);
    stages->guide = dcnn_take(states + 1, sizeof *stages->guide);
    stages->guide_steps = dcnn_take(steps, sizeof *stages->guide_steps);
    if (!stages->guide || !stages->guide_steps) return false;
    stages->guide[states].first = (uint32_t)write_guide(&g, stages->guide, stages->guide_steps);
    stages->rows = rows;
    return true;
}
