#include "solve/sharing.h"
#include "base/base.h"
#include <stdlib.h>

static const size_t states_max = 1 << 19, steps_max = 6 << 20;

enum { LOOK_UP_EVERY = 1024 };

/* Before anything is known there is one kind of claim, and one state for each stage. */
static bool open_guide(dcnn_sharing *sharing)
{
    int chains = sharing->chain_count;

    sharing->guide = dcnn_take((size_t)chains + 2, sizeof *sharing->guide);
    sharing->guide_steps = dcnn_take((size_t)chains, sizeof *sharing->guide_steps);
    if (!sharing->guide || !sharing->guide_steps) return false;
    for (int k = 0; k < chains; k++) {
        sharing->guide_steps[k] = (dcnn_guide_step){0, k + 1};
        sharing->guide[k + 1].first = (size_t)k + 1;
    }
    sharing->guide[chains + 1].first = (size_t)chains;
    return true;
}

bool dcnn_sharing_init(dcnn_sharing *sharing, int chain_count, bool two)
{
    size_t chains = (size_t)chain_count;
    bool good;

    *sharing = (dcnn_sharing){.chain_count = chain_count, .two = two};
    sharing->claims = dcnn_take(chains, sizeof *sharing->claims);
    sharing->order = dcnn_take(chains, sizeof *sharing->order);
    good = dcnn_stages_init(&sharing->stages, chain_count + 1, 1) && sharing->claims && sharing->order &&
           open_guide(sharing);
    for (int u = 0; u < chain_count && good; u++) good = dcnn_claims_init(&sharing->claims[u]);
    return good;
}

void dcnn_sharing_clear(dcnn_sharing *sharing)
{
    for (int u = 0; sharing->claims && u < sharing->chain_count; u++) dcnn_claims_clear(&sharing->claims[u]);
    free(sharing->claims);
    free(sharing->order);
    free(sharing->guide);
    free(sharing->guide_steps);
    dcnn_stages_clear(&sharing->stages);
    *sharing = (dcnn_sharing){0};
}

/* Chains with few claims first, the first time; the guide needs the same order afterwards. */
static void choose_order(dcnn_sharing *sharing)
{
    for (int u = 0; u < sharing->chain_count; u++) {
        int before = 0;
        for (int v = 0; v < sharing->chain_count; v++) {
            size_t mine = sharing->claims[u].count, others = sharing->claims[v].count;
            before += others < mine || (others == mine && v < u);
        }
        sharing->order[before] = u;
    }
}

/* --- sharing out --- */

typedef struct {
    dcnn_sharing *sharing;
    bool lost_memory, given_up;
} sharing_out;

static bool goes_on(const sharing_out *s)
{
    return !s->lost_memory && !s->given_up;
}

/* The chain takes a claim, which comes to a state that agrees with the guide's. */
static void take_claim(sharing_out *s, int from, const dcnn_claim *claim, size_t number, int guide)
{
    dcnn_stages *stages = &s->sharing->stages;
    dcnn_tick paid = stages->states[from].paid + claim->regret;
    uint64_t units = dcnn_takes_sum(s->sharing->two, stages->states[from].units, claim->units);
    int to = dcnn_stages_add(stages, units, (uint32_t)guide, paid);

    s->lost_memory = to < 0 || !dcnn_stages_step(stages, to, (int)number);
    s->given_up = s->given_up || stages->state_count >= states_max || stages->step_count >= steps_max;
}

/* The claims that can follow the state, kind by kind. */
static void follow(sharing_out *s, int from, const dcnn_claims *claims)
{
    const dcnn_sharing *sharing = s->sharing;
    const dcnn_state state = sharing->stages.states[from];

    for (size_t g = sharing->guide[state.place].first; g < sharing->guide[state.place + 1].first; g++) {
        const dcnn_guide_step *step = &sharing->guide_steps[g];
        dcnn_tick spare = sharing->limit - state.paid - sharing->guide[step->to].rest;
        for (size_t c = claims->first[step->kind]; c < claims->first[step->kind + 1]; c++) {
            if (claims->items[c].regret >= spare || s->lost_memory) break;
            if (dcnn_takes_fit(sharing->two, claims->items[c].units, state.units))
                take_claim(s, from, &claims->items[c], c, step->to);
        }
    }
}

/* Whatever the first k chains have taken, the next takes one of its claims. */
static void share_out(sharing_out *s, int k)
{
    dcnn_sharing *sharing = s->sharing;
    dcnn_stages *stages = &sharing->stages;

    dcnn_stages_advance(stages);
    for (size_t at = stages->first[k]; at < stages->first[k + 1] && goes_on(s); at++) {
        dcnn_stages_leave(stages, at);
        follow(s, (int)at, &sharing->claims[sharing->order[k]]);
        if (at % LOOK_UP_EVERY == 0 && sharing->should_stop(sharing->user)) s->given_up = true;
    }
}

/* What nobody has taken stays unpaid. */
static void charge_unused(dcnn_sharing *sharing)
{
    dcnn_stages *stages = &sharing->stages;

    for (size_t at = stages->first[sharing->chain_count]; at < stages->state_count; at++)
        stages->states[at].rest = sharing->unused(sharing->user, stages->states[at].units);
}

static dcnn_tick regret_of_step(const void *user, int k, const dcnn_state *from, int claim)
{
    const dcnn_sharing *sharing = user;

    (void)from;
    return sharing->claims[sharing->order[k]].items[claim].regret;
}

/* What all pay at least when the first k chains come to the state and the next one takes this step. */
static dcnn_tick total_of(const dcnn_sharing *sharing, int k, const dcnn_state *from, const dcnn_step *step)
{
    return from->paid + regret_of_step(sharing, k, from, step->by) + sharing->stages.states[step->to].rest;
}

static void note_totals(dcnn_sharing *sharing)
{
    const dcnn_stages *stages = &sharing->stages;

    for (int k = 0; k < sharing->chain_count; k++)
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++)
            for (size_t n = stages->states[at].first; n < dcnn_stages_last_step(stages, at); n++) {
                const dcnn_step *step = &stages->steps[n];
                dcnn_claim *claim = &sharing->claims[sharing->order[k]].items[step->by];
                dcnn_tick total = total_of(sharing, k, &stages->states[at], step);
                if (total < claim->total) claim->total = (int)total;
            }
    sharing->least = stages->states[0].rest < sharing->limit ? (int)stages->states[0].rest : sharing->limit;
}

/* --- the guide --- */

static bool is_of_use(const dcnn_sharing *sharing, const dcnn_state *state)
{
    return state->paid + state->rest < sharing->limit;
}

/* Numbers the states of use. Returns how many. */
static size_t number_states(dcnn_sharing *sharing)
{
    dcnn_stages *stages = &sharing->stages;
    size_t count = 0;

    for (size_t at = 0; at < stages->state_count; at++)
        if (is_of_use(sharing, &stages->states[at])) stages->states[at].place = (uint32_t)count++;
    return count;
}

/* The steps of use from a state of stage k; counted, or written down if there is room for them. */
static size_t guide_from(const dcnn_sharing *sharing, int k, size_t at, dcnn_guide_step *room)
{
    const dcnn_stages *stages = &sharing->stages;
    size_t count = 0;

    for (size_t n = stages->states[at].first; n < dcnn_stages_last_step(stages, at); n++) {
        const dcnn_step *step = &stages->steps[n];
        if (total_of(sharing, k, &stages->states[at], step) >= sharing->limit) continue;
        if (room) room[count] = (dcnn_guide_step){step->by, (int)stages->states[step->to].place};
        count++;
    }
    return count;
}

/* Writes the guide, or counts its steps if there is no room. */
static size_t write_guide(dcnn_sharing *sharing, dcnn_guide_state *states, dcnn_guide_step *steps)
{
    const dcnn_stages *stages = &sharing->stages;
    size_t count = 0;

    for (int k = 0; k <= sharing->chain_count; k++)
        for (size_t at = stages->first[k]; at < stages->first[k + 1]; at++) {
            const dcnn_state *state = &stages->states[at];
            if (!is_of_use(sharing, state)) continue;
            if (states) states[state->place] = (dcnn_guide_state){(int)state->rest, count};
            if (k < sharing->chain_count) count += guide_from(sharing, k, at, steps ? steps + count : NULL);
        }
    return count;
}

/* What is of use of this search becomes the guide of the next. */
static bool renew_guide(dcnn_sharing *sharing, uint64_t units)
{
    size_t states = number_states(sharing), steps = write_guide(sharing, NULL, NULL);

    free(sharing->guide);
    free(sharing->guide_steps);
    sharing->guide = dcnn_take(states + 1, sizeof *sharing->guide);
    sharing->guide_steps = dcnn_take(steps, sizeof *sharing->guide_steps);
    if (!sharing->guide || !sharing->guide_steps) return false;
    sharing->guide[states].first = write_guide(sharing, sharing->guide, sharing->guide_steps);
    sharing->known = units;
    for (int u = 0; u < sharing->chain_count; u++)
        if (!dcnn_claims_become_kinds(&sharing->claims[u])) return false;
    return true;
}

/* --- */

bool dcnn_sharing_find_totals(dcnn_sharing *sharing, uint64_t units, bool *done)
{
    sharing_out s = {.sharing = sharing};
    dcnn_stages *stages = &sharing->stages;

    *done = false;
    if (sharing->known == 0) choose_order(sharing);
    for (int u = 0; u < sharing->chain_count; u++)
        if (!dcnn_claims_sort(&sharing->claims[u], sharing->known)) return false;
    dcnn_stages_begin(stages);
    s.lost_memory = dcnn_stages_add(stages, 0, 0, 0) < 0;
    for (int k = 0; k < sharing->chain_count && goes_on(&s); k++) share_out(&s, k);
    *done = goes_on(&s);
    if (!*done) return !s.lost_memory;
    dcnn_stages_close(stages);
    charge_unused(sharing);
    dcnn_stages_pay_back(stages, regret_of_step, sharing);
    note_totals(sharing);
    return renew_guide(sharing, units);
}

void dcnn_sharing_trace(const dcnn_sharing *sharing, const dcnn_claim **chosen)
{
    const dcnn_stages *stages = &sharing->stages;
    size_t at = 0;

    for (int k = 0; k < sharing->chain_count; k++)
        for (size_t n = stages->states[at].first;; n++) {
            const dcnn_step *step = &stages->steps[n];
            if (total_of(sharing, k, &stages->states[at], step) != stages->states[at].paid + stages->states[at].rest)
                continue;
            chosen[sharing->order[k]] = &sharing->claims[sharing->order[k]].items[step->by];
            at = (size_t)step->to;
            break;
        }
}
