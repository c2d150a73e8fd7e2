#include "solve/sharing.h"
#include "base/base.h"
#include <stdlib.h>

enum { LOOK_UP_EVERY = 1024 };

bool dcnn_sharing_init(dcnn_sharing *sharing, int chain_count, const dcnn_takes_layout *layout)
{
    size_t chains = (size_t)chain_count;
    bool good;

    *sharing = (dcnn_sharing){.chain_count = chain_count, .layout = layout};
    sharing->claims = dcnn_take(chains, sizeof *sharing->claims);
    sharing->order = dcnn_take(chains, sizeof *sharing->order);
    good = dcnn_stages_init(&sharing->stages, chain_count + 1, 1) && sharing->claims && sharing->order;
    for (int u = 0; u < chain_count && good; u++) good = dcnn_claims_init(&sharing->claims[u]);
    return good;
}

void dcnn_sharing_clear(dcnn_sharing *sharing)
{
    for (int u = 0; sharing->claims && u < sharing->chain_count; u++) dcnn_claims_clear(&sharing->claims[u]);
    free(sharing->claims);
    free(sharing->order);
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
    const dcnn_state *before = &stages->states[from];
    dcnn_state next = {.taken = dcnn_takes_sum(before->taken, claim->taken),
                       .paid = before->paid + claim->regret,
                       .guide = (uint32_t)guide};
    int to = dcnn_stages_add(stages, &next);

    s->lost_memory = to < 0 || !dcnn_stages_step(stages, to, (int)number);
    s->given_up =
        s->given_up || stages->state_count >= s->sharing->states_max || stages->step_count >= s->sharing->steps_max;
}

/* The claims of one kind after the state, with so much left to pay then at least. */
static void take_kind(sharing_out *s, int from, const dcnn_claims *claims, int kind, dcnn_tick rest, int guide)
{
    const dcnn_state state = s->sharing->stages.states[from];
    dcnn_tick spare = s->sharing->limit - state.paid - rest;

    for (size_t c = claims->first[kind]; c < claims->first[kind + 1] && !s->lost_memory; c++) {
        if (claims->items[c].regret >= spare) break;
        if (dcnn_takes_fit(s->sharing->layout, claims->items[c].taken, state.taken))
            take_claim(s, from, &claims->items[c], c, guide);
    }
}

/* The claims that can follow the state, kind by kind; without a guide there is one kind. */
static void follow(sharing_out *s, int from, const dcnn_claims *claims)
{
    const dcnn_stages *stages = &s->sharing->stages;
    uint32_t guide = stages->states[from].guide;

    if (!stages->guide) {
        take_kind(s, from, claims, 0, 0, 0);
        return;
    }
    for (size_t g = stages->guide[guide].first; g < stages->guide[guide + 1].first; g++) {
        const dcnn_guide_step *step = &stages->guide_steps[g];
        take_kind(s, from, claims, step->by, dcnn_stages_guided_rest(stages, step->to), step->to);
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

/* What nobody has taken stays unpaid. Finds the least that all pay together. */
static void charge_unused(dcnn_sharing *sharing)
{
    dcnn_stages *stages = &sharing->stages;

    sharing->least = sharing->limit;
    for (size_t at = stages->first[sharing->chain_count]; at < stages->state_count; at++) {
        dcnn_state *state = &stages->states[at];
        state->rest = sharing->unused(sharing->user, state->taken);
        if (state->paid + state->rest < sharing->least) sharing->least = (int)(state->paid + state->rest);
    }
}

static dcnn_tick regret_of_step(const void *user, int k, const dcnn_state *from, int claim)
{
    const dcnn_sharing *sharing = user;

    (void)from;
    return sharing->claims[sharing->order[k]].items[claim].regret;
}

/* What all pay at least when the first k chains come to the state and the next one takes this step; the limit if that
 * is of no use. */
static dcnn_tick total_of(const dcnn_sharing *sharing, int k, const dcnn_state *from, const dcnn_step *step)
{
    if (step->to < 0) return sharing->limit;
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
}

/* --- */

bool dcnn_sharing_find_totals(dcnn_sharing *sharing, bool *done)
{
    sharing_out s = {.sharing = sharing};
    dcnn_stages *stages = &sharing->stages;

    *done = false;
    if (!stages->guide) choose_order(sharing);
    for (int u = 0; u < sharing->chain_count; u++)
        if (!dcnn_claims_sort(&sharing->claims[u], stages->rows)) return false;
    dcnn_stages_begin(stages);
    s.lost_memory = dcnn_stages_add(stages, &(dcnn_state){0}) < 0;
    for (int k = 0; k < sharing->chain_count && goes_on(&s); k++) share_out(&s, k);
    *done = goes_on(&s);
    if (!*done) return !s.lost_memory;
    dcnn_stages_close(stages);
    charge_unused(sharing);
    if (sharing->least >= sharing->limit) return true;
    dcnn_stages_pay_back(stages, sharing->limit, regret_of_step, sharing);
    note_totals(sharing);
    for (int u = 0; u < sharing->chain_count; u++)
        if (!dcnn_claims_become_kinds(&sharing->claims[u])) return false;
    return dcnn_stages_end(stages, sharing->layout->all);
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
