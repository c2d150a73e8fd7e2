#include "solve/stages.h"
#include <stdlib.h>

bool dcnn_stages_init(dcnn_stages *stages, int stage_count, dcnn_tick grain)
{
    *stages = (dcnn_stages){.stage_count = stage_count, .grain = grain};
    stages->known = dcnn_take((size_t)stage_count, sizeof *stages->known);
    stages->first = dcnn_take((size_t)stage_count + 1, sizeof *stages->first);
    return stages->known && stages->first;
}

void dcnn_stages_clear(dcnn_stages *stages)
{
    for (int k = 0; stages->known && k < stages->stage_count; k++) dcnn_keys_clear(&stages->known[k]);
    free(stages->known);
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

int dcnn_stages_add(dcnn_stages *stages, uint64_t units, uint32_t place, dcnn_tick paid)
{
    int new = (int)stages->state_count, at = dcnn_keys_add(&stages->at, units, place, new);

    if (at == new) {
        if (!dcnn_reserve((void **)&stages->states, &stages->state_room, stages->state_count, sizeof *stages->states))
            return -1;
        stages->states[stages->state_count++] = (dcnn_state){units, paid, dcnn_tick_never, place, 0};
        stages->first[stages->stage + 1] = stages->state_count;
    } else if (at >= 0 && paid < stages->states[at].paid)
        stages->states[at].paid = paid;
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

bool dcnn_stages_end(dcnn_stages *stages, uint64_t units, dcnn_tick limit)
{
    bool good = true;

    for (int k = 0; k < stages->stage_count; k++) {
        dcnn_keys_empty(&stages->known[k]);
        for (size_t at = stages->first[k]; at < stages->first[k + 1] && good; at++) {
            const dcnn_state *state = &stages->states[at];
            if (state->paid + state->rest >= limit) continue;
            good =
                dcnn_keys_add(&stages->known[k], state->units, state->place, (int)(state->rest / stages->grain)) >= 0;
        }
    }
    stages->units = units;
    stages->guided = true;
    return good;
}
