#include "solve/claims.h"
#include "base/base.h"
#include <stdlib.h>

static const size_t states_max = 1 << 20, steps_max = 1 << 22;
static const int64_t work_max = 1000000000, look_up_every = 1 << 22;

bool dcnn_sharing_init(dcnn_sharing *sharing, int chain_count)
{
    size_t chains = (size_t)chain_count;

    *sharing = (dcnn_sharing){.chain_count = chain_count};
    sharing->claims = dcnn_take(chains, sizeof *sharing->claims);
    sharing->order = dcnn_take(chains, sizeof *sharing->order);
    return dcnn_stages_init(&sharing->stages, chain_count + 1, 1) && sharing->claims && sharing->order;
}

void dcnn_sharing_clear(dcnn_sharing *sharing)
{
    for (int u = 0; sharing->claims && u < sharing->chain_count; u++) free(sharing->claims[u].items);
    free(sharing->claims);
    free(sharing->order);
    dcnn_stages_clear(&sharing->stages);
    *sharing = (dcnn_sharing){0};
}

static int compare_claims(const void *a, const void *b)
{
    const dcnn_claim *x = a, *y = b;

    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return (x->units > y->units) - (x->units < y->units);
}

/* Chains with few claims first, the first time; what is known of fewer units needs the same order. */
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

typedef struct {
    dcnn_sharing *sharing;
    int64_t work, next_look;
    bool lost_memory, given_up;
} sharing_out;

static bool goes_on(const sharing_out *s)
{
    return !s->lost_memory && !s->given_up;
}

static void count_work(sharing_out *s, size_t work)
{
    const dcnn_sharing *sharing = s->sharing;

    s->work += (int64_t)work;
    if (s->work < s->next_look) return;
    s->next_look = s->work + look_up_every;
    s->given_up = s->work > work_max || sharing->should_stop(sharing->user);
}

/* The chain of stage k takes a claim, if that can still come to less than the limit. */
static void take_claim(sharing_out *s, int from, int k, const dcnn_claim *claim, size_t number)
{
    dcnn_stages *stages = &s->sharing->stages;
    uint64_t units = stages->states[from].units | claim->units;
    dcnn_tick paid = stages->states[from].paid + claim->regret;
    int to;

    if (paid + dcnn_stages_rest(stages, k + 1, units, 0) >= s->sharing->limit) return;
    to = dcnn_stages_add(stages, units, 0, paid);
    s->lost_memory = to < 0 || !dcnn_stages_step(stages, (dcnn_step){claim->regret, from, to, (int)number});
    s->given_up = s->given_up || stages->state_count >= states_max || stages->step_count >= steps_max;
}

/* Whatever the first k chains have taken, the next takes one of its claims. */
static void share_out(sharing_out *s, int k)
{
    dcnn_stages *stages = &s->sharing->stages;
    const dcnn_claims *claims = &s->sharing->claims[s->sharing->order[k]];

    dcnn_stages_advance(stages);
    for (size_t at = stages->first[k]; at < stages->first[k + 1] && goes_on(s); at++) {
        uint64_t units = stages->states[at].units;
        dcnn_tick spare = s->sharing->limit - stages->states[at].paid;
        size_t c = 0;
        for (; c < claims->count && claims->items[c].regret < spare && !s->lost_memory; c++)
            if (!(claims->items[c].units & units)) take_claim(s, (int)at, k, &claims->items[c], c);
        count_work(s, c + 1);
    }
}

static void charge_unused(dcnn_sharing *sharing)
{
    dcnn_stages *stages = &sharing->stages;

    for (size_t at = stages->first[sharing->chain_count]; at < stages->state_count; at++)
        stages->states[at].rest = sharing->unused(sharing->user, stages->states[at].units);
}

static void note_totals(dcnn_sharing *sharing)
{
    const dcnn_stages *stages = &sharing->stages;
    int k = 0;

    for (size_t at = 0; at < stages->step_count; at++) {
        const dcnn_step *step = &stages->steps[at];
        dcnn_tick total = stages->states[step->from].paid + step->cost + stages->states[step->to].rest;
        dcnn_claim *claim;
        while ((size_t)step->from >= stages->first[k + 1]) k++;
        claim = &sharing->claims[sharing->order[k]].items[step->by];
        if (total < claim->total) claim->total = (int)total;
    }
    if (stages->states[0].rest < sharing->least) sharing->least = (int)stages->states[0].rest;
}

bool dcnn_sharing_find_totals(dcnn_sharing *sharing, uint64_t units, bool *done)
{
    sharing_out s = {.sharing = sharing};
    dcnn_stages *stages = &sharing->stages;

    if (!stages->guided) choose_order(sharing);
    for (int u = 0; u < sharing->chain_count; u++)
        qsort(sharing->claims[u].items, sharing->claims[u].count, sizeof *sharing->claims[u].items, compare_claims);
    sharing->least = sharing->limit;
    dcnn_stages_begin(stages);
    s.lost_memory = dcnn_stages_add(stages, 0, 0, 0) < 0;
    for (int k = 0; k < sharing->chain_count && goes_on(&s); k++) share_out(&s, k);
    *done = goes_on(&s);
    if (*done) {
        charge_unused(sharing);
        dcnn_stages_pay_back(stages);
        note_totals(sharing);
        s.lost_memory = !dcnn_stages_end(stages, units, sharing->limit);
    }
    return !s.lost_memory;
}

void dcnn_sharing_trace(const dcnn_sharing *sharing, const dcnn_claim **chosen)
{
    const dcnn_stages *stages = &sharing->stages;
    int at = 0, k = 0;

    for (size_t n = 0; n < stages->step_count && k < sharing->chain_count; n++) {
        const dcnn_step *step = &stages->steps[n];
        if (step->from != at || step->cost + stages->states[step->to].rest != stages->states[at].rest) continue;
        chosen[sharing->order[k]] = &sharing->claims[sharing->order[k]].items[step->by];
        at = step->to;
        k++;
    }
}
