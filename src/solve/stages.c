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

/* Takes the steps from the state, of stage k, for which there is a rest. */
static void pay_back(dcnn_stages *stages, int k, size_t at, dcnn_tick limit, dcnn_step_cost_fn cost, const void *user)
{
    dcnn_state *from = &stages->states[at];

    for (size_t n = from->first; n < dcnn_stages_last_step(stages, at); n++) {
        dcnn_step *step = &stages->steps[n];
        dcnn_tick rest = cost(user, k, from, step->by) + stages->states[step->to].rest;
        if (rest < from->rest) from->rest = rest;
        if (from->paid + rest < limit)
            stages->useful_count++;
        else
            step->to = -1;
    }
}

void dcnn_stages_pay_back(dcnn_stages *stages, dcnn_tick limit, dcnn_step_cost_fn cost, const void *user)
{
    stages->useful_count = 0;
    for (int k = stages->stage - 1; k >= 0; k--)
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++) pay_back(stages, k, at, limit, cost, user);
}

/* Numbers the states of use. Returns how many. */
static size_t number_states(dcnn_stages *stages, dcnn_tick limit)
{
    size_t count = 0;

    for (size_t at = 0; at < stages->state_count; at++)
        if (dcnn_stages_is_of_use(&stages->states[at], limit)) stages->states[at].guide = (uint32_t)count++;
    return count;
}

static void write_guide(dcnn_stages *stages, dcnn_tick limit)
{
    dcnn_guide_state *state = stages->guide;
    dcnn_guide_step *step = stages->guide_steps;

    for (size_t at = 0; at < stages->state_count; at++) {
        const dcnn_state *from = &stages->states[at];
        if (!dcnn_stages_is_of_use(from, limit)) continue;
        *state++ = (dcnn_guide_state){(int)(from->rest / stages->grain), (uint32_t)(step - stages->guide_steps)};
        for (size_t n = from->first; n < dcnn_stages_last_step(stages, at); n++)
            if (stages->steps[n].to >= 0)
                *step++ = (dcnn_guide_step){(int)stages->states[stages->steps[n].to].guide, stages->steps[n].by};
    }
    state->first = (uint32_t)(step - stages->guide_steps);
}

bool dcnn_stages_end(dcnn_stages *stages, dcnn_takes rows, dcnn_tick limit)
{
    size_t states = number_states(stages, limit);

    free(stages->guide);
    free(stages->guide_steps);
    stages->guide = dcnn_take(states + 1, sizeof *stages->guide);
    stages->guide_steps = dcnn_take(stages->useful_count, sizeof *stages->guide_steps);
    if (!stages->guide || !stages->guide_steps) return false;
    write_guide(stages, limit);
    stages->rows = rows;
    return true;
}
