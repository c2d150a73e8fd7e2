#include "solve/stages.h"
#include <stdlib.h>
#include <string.h>

bool dcnn_stages_init(dcnn_stages *stages, int stage_count, dcnn_tick grain)
{
    *stages = (dcnn_stages){.stage_count = stage_count, .grain = grain};
    stages->first = dcnn_take((size_t)stage_count + 1, sizeof *stages->first);
    stages->guide_first = dcnn_take((size_t)stage_count + 1, sizeof *stages->guide_first);
    return stages->first && stages->guide_first;
}

void dcnn_stages_clear(dcnn_stages *stages)
{
    free(stages->guide);
    free(stages->guide_steps);
    free(stages->guide_first);
    free(stages->agree);
    free(stages->first);
    free(stages->states);
    free(stages->steps);
    dcnn_keys_clear(&stages->at);
    *stages = (dcnn_stages){0};
}

/* No state is in the last stage yet. */
static void open_stage(dcnn_stages *stages)
{
    int k = stages->stage;

    if (stages->guide)
        memset(stages->agree, -1, (stages->guide_first[k + 1] - stages->guide_first[k]) * sizeof *stages->agree);
    else
        dcnn_keys_empty(&stages->at);
}

void dcnn_stages_begin(dcnn_stages *stages)
{
    stages->state_count = stages->step_count = 0;
    stages->stage = 0;
    stages->first[1] = 0;
    open_stage(stages);
}

void dcnn_stages_advance(dcnn_stages *stages)
{
    stages->stage++;
    stages->first[stages->stage] = stages->first[stages->stage + 1] = stages->state_count;
    open_stage(stages);
}

/* With a guide: a state of the last stage that agrees with that one of the guide; others hang on it. */
static int *agreeing(const dcnn_stages *stages, uint32_t guide)
{
    return &stages->agree[guide - stages->guide_first[stages->stage]];
}

/* The state of the last stage like this one, `new` if there is none yet; -1 when memory is out. What agrees with a
 * state of the guide has its place, and is not much. */
static int find(dcnn_stages *stages, const dcnn_state *state, int new)
{
    int at;

    if (!stages->guide) return dcnn_keys_add(&stages->at, state->taken.half, state->place, new);
    at = *agreeing(stages, state->guide);
    while (at >= 0 && !dcnn_takes_same(stages->states[at].taken, state->taken)) at = stages->states[at].next;
    return at >= 0 ? at : new;
}

int dcnn_stages_add(dcnn_stages *stages, const dcnn_state *state)
{
    int new = (int)stages->state_count, at = find(stages, state, new);
    dcnn_state *added;

    if (at != new) {
        if (at >= 0 && state->paid < stages->states[at].paid) stages->states[at].paid = state->paid;
        return at;
    }
    if (!dcnn_reserve((void **)&stages->states, &stages->state_room, stages->state_count, sizeof *stages->states))
        return -1;
    added = &stages->states[new];
    *added = *state;
    added->rest = dcnn_tick_never;
    if (stages->guide) {
        int *agree = agreeing(stages, state->guide);
        added->next = *agree;
        *agree = new;
    }
    stages->first[stages->stage + 1] = ++stages->state_count;
    return new;
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
static void pay_back(dcnn_stages *stages, int k, size_t at, dcnn_step_cost_fn cost, const void *user)
{
    dcnn_state *from = &stages->states[at];

    for (size_t n = from->first; n < dcnn_stages_last_step(stages, at); n++) {
        dcnn_step *step = &stages->steps[n];
        dcnn_tick rest = cost(user, k, from, step->by) + stages->states[step->to].rest;
        if (rest < from->rest) from->rest = rest;
        if (from->paid + rest < stages->limit)
            stages->useful_count++;
        else
            step->to = -1;
    }
}

void dcnn_stages_pay_back(dcnn_stages *stages, dcnn_tick limit, dcnn_step_cost_fn cost, const void *user)
{
    stages->limit = limit;
    stages->useful_count = 0;
    for (int k = stages->stage - 1; k >= 0; k--)
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++) pay_back(stages, k, at, cost, user);
}

/* Numbers the states of use. Returns how many. */
static size_t number_states(dcnn_stages *stages)
{
    size_t count = 0;

    for (size_t at = 0; at < stages->state_count; at++)
        if (dcnn_stages_is_of_use(stages, &stages->states[at])) stages->states[at].guide = (uint32_t)count++;
    return count;
}

static void write_guide(dcnn_stages *stages)
{
    dcnn_guide_state *state = stages->guide;
    dcnn_guide_step *step = stages->guide_steps;

    for (int k = 0; k < stages->stage_count; k++) {
        stages->guide_first[k] = (uint32_t)(state - stages->guide);
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++) {
            const dcnn_state *from = &stages->states[at];
            if (!dcnn_stages_is_of_use(stages, from)) continue;
            *state++ = (dcnn_guide_state){(int)(from->rest / stages->grain), (uint32_t)(step - stages->guide_steps)};
            for (size_t n = from->first; n < dcnn_stages_last_step(stages, at); n++)
                if (stages->steps[n].to >= 0)
                    *step++ = (dcnn_guide_step){(int)stages->states[stages->steps[n].to].guide, stages->steps[n].by};
        }
    }
    stages->guide_first[stages->stage_count] = (uint32_t)(state - stages->guide);
    state->first = (uint32_t)(step - stages->guide_steps);
}

/* Room to tell which states agree with those of the guide. */
static bool make_agree(dcnn_stages *stages)
{
    uint32_t most = 0;

    for (int k = 0; k < stages->stage_count; k++)
        if (stages->guide_first[k + 1] - stages->guide_first[k] > most)
            most = stages->guide_first[k + 1] - stages->guide_first[k];
    free(stages->agree);
    stages->agree = dcnn_take(most, sizeof *stages->agree);
    return stages->agree != NULL;
}

bool dcnn_stages_end(dcnn_stages *stages, dcnn_takes rows)
{
    size_t states = number_states(stages);

    free(stages->guide);
    free(stages->guide_steps);
    stages->guide = dcnn_take(states + 1, sizeof *stages->guide);
    stages->guide_steps = dcnn_take(stages->useful_count, sizeof *stages->guide_steps);
    if (!stages->guide || !stages->guide_steps) return false;
    write_guide(stages);
    dcnn_keys_clear(&stages->at);
    stages->rows = rows;
    return make_agree(stages);
}
