/* proof_combine.c - all combinations of listed columns, one for each CNN, whose bound is below cutoff: depth first, the
 * CNN with the fewest columns next. Of the others only those columns are kept that fit what has been chosen and do not,
 * with the least of the rest, reach cutoff. */
#include "proof.h"
#include <stdlib.h>
#include <string.h>

/* Columns of one CNN that are left at some depth. */
typedef struct {
    size_t first; /* in the stack */
    int count;
} choice;

typedef struct {
    dcnn_proof_check *p;
    int words;
    bool exclusive;         /* no unit is used by two columns */
    uint64_t *used;         /* [cnn_count + 1][words] slots used by what was chosen, by depth */
    dcnn_proof_load *loads; /* [slot_count] by what was chosen */
    int *home;              /* [group] slot it was put on; -1 = none */
    int *settler;           /* [group] CNN that put it there */
    bool *chosen;           /* [cnn_count] */
    choice *choices;        /* [cnn_count + 1][cnn_count] by depth; of CNNs not chosen yet */
    int *stack;             /* columns by cost */
    size_t stack_count, stack_room;
    int64_t *least;     /* [cnn_count] cost of the cheapest column */
    int64_t *regret;    /* [cnn_count] least regret of what fits, in the survey at hand */
    dcnn_wide weighted; /* of what was chosen */
} combination;

static void clear(combination *t)
{
    free(t->used);
    free(t->loads);
    free(t->home);
    free(t->settler);
    free(t->chosen);
    free(t->choices);
    free(t->stack);
    free(t->least);
    free(t->regret);
}

static bool init(combination *t, dcnn_proof_check *p)
{
    size_t cnn_count = (size_t)p->scenario->cnn_count, group_count = (size_t)p->scenario->shared_group_count;

    *t = (combination){.p = p, .words = dcnn_proof_word_count(p)};
    t->exclusive = p->scenario->layers_per_unit == 1 && group_count == 0;
    t->used = dcnn_take((cnn_count + 1) * (size_t)t->words, sizeof *t->used);
    t->loads = dcnn_take((size_t)p->slot_count, sizeof *t->loads);
    t->home = dcnn_take(group_count, sizeof *t->home);
    t->settler = dcnn_take(group_count, sizeof *t->settler);
    t->chosen = dcnn_take(cnn_count, sizeof *t->chosen);
    t->choices = dcnn_take((cnn_count + 1) * cnn_count, sizeof *t->choices);
    t->least = dcnn_take(cnn_count, sizeof *t->least);
    t->regret = dcnn_take(cnn_count, sizeof *t->regret);
    if (!t->used || !t->loads || !t->home || !t->settler || !t->chosen || !t->choices || !t->least || !t->regret)
        return false;
    for (size_t g = 0; g < group_count; g++) t->home[g] = -1;
    return true;
}

static const uint16_t *path_of(const dcnn_proof_check *p, int c, int k)
{
    return p->columns[c].paths + (size_t)k * (size_t)p->cnns[c].layer_count;
}

static const uint64_t *bits_of(const combination *t, int c, int k)
{
    return t->p->columns[c].bits + (size_t)k * (size_t)t->words;
}

/* --- what is chosen --- */

static void load(combination *t, const dcnn_proof_layer *layer, int slot, int sign)
{
    if (!t->p->binds[slot]) return;
    t->loads[slot].layers += sign;
    t->loads[slot].memory_bytes += sign * layer->memory_bytes;
    t->loads[slot].ops += sign * layer->ops;
}

/* Puts the layers of a column on their units; a shared group counts once. */
static void put(combination *t, int c, int k)
{
    const uint16_t *path = path_of(t->p, c, k);

    for (int j = 0; j < t->p->cnns[c].layer_count; j++) {
        const dcnn_proof_layer *layer = &t->p->cnns[c].layers[j];
        if (layer->group >= 0 && t->home[layer->group] >= 0) continue;
        if (layer->group >= 0) {
            t->home[layer->group] = path[j];
            t->settler[layer->group] = c;
        }
        load(t, layer, path[j], 1);
    }
}

static void take_back(combination *t, int c, int k)
{
    const uint16_t *path = path_of(t->p, c, k);

    for (int j = 0; j < t->p->cnns[c].layer_count; j++) {
        const dcnn_proof_layer *layer = &t->p->cnns[c].layers[j];
        if (layer->group >= 0 && (t->home[layer->group] < 0 || t->settler[layer->group] != c)) continue;
        if (layer->group >= 0) t->home[layer->group] = -1;
        load(t, layer, path[j], -1);
    }
}

static bool is_overfull(const combination *t, int slot)
{
    const dcnn_proof_load *taken = &t->loads[slot], *capacity = &t->p->capacity[slot];

    return taken->layers > capacity->layers || taken->memory_bytes > capacity->memory_bytes ||
           taken->ops > capacity->ops;
}

/* Whether a column fits what was chosen; used: slots of that. */
static bool fits(combination *t, const uint64_t *used, int c, int k)
{
    const uint64_t *bits = bits_of(t, c, k);
    const uint16_t *path = path_of(t->p, c, k);
    uint64_t common = 0;
    bool fit = true;

    for (int w = 0; w < t->words; w++) common |= used[w] & bits[w];
    if (t->exclusive) return common == 0;
    for (int j = 0; j < t->p->cnns[c].layer_count && t->p->scenario->shared_group_count > 0; j++) {
        int group = t->p->cnns[c].layers[j].group;
        if (group >= 0 && t->home[group] >= 0 && t->home[group] != path[j]) return false;
    }
    if (common == 0) return true;
    put(t, c, k);
    for (int j = 0; j < t->p->cnns[c].layer_count && fit; j++) fit = !is_overfull(t, path[j]);
    take_back(t, c, k);
    return fit;
}

/* --- what is left to choose --- */

static int64_t regret_of(const combination *t, int c, int k)
{
    return t->p->columns[c].cost[k] - t->least[c];
}

static bool keep(combination *t, choice *kept, int k)
{
    if (!dcnn_reserve((void **)&t->stack, &t->stack_room, t->stack_count, sizeof *t->stack)) return false;
    t->stack[t->stack_count++] = k;
    kept->count++;
    return true;
}

/* The least regret of each CNN among what fits; false when they reach slack together. *sum is what they make. */
static bool survey(combination *t, int depth, int64_t slack, int64_t *sum)
{
    const choice *choices = t->choices + (size_t)depth * (size_t)t->p->scenario->cnn_count;
    const uint64_t *used = t->used + (size_t)(depth + 1) * (size_t)t->words;

    *sum = 0;
    for (int c = 0; c < t->p->scenario->cnn_count; c++) {
        int k = 0;
        if (t->chosen[c]) continue;
        while (k < choices[c].count && !fits(t, used, c, t->stack[choices[c].first + (size_t)k])) k++;
        t->p->work_left -= 4 * (k + 1);
        if (k == choices[c].count) return false;
        t->regret[c] = regret_of(t, c, t->stack[choices[c].first + (size_t)k]);
        *sum += t->regret[c];
        if (*sum >= slack) return false;
    }
    return true;
}

/* The columns of CNN c for the next depth: those that fit and cost less than limit more than the cheapest. */
static bool filter(combination *t, int depth, int c, int64_t limit, int64_t *least_weighted)
{
    size_t cnn_count = (size_t)t->p->scenario->cnn_count;
    choice from = t->choices[(size_t)depth * cnn_count + (size_t)c];
    choice *kept = &t->choices[(size_t)(depth + 1) * cnn_count + (size_t)c];
    const uint64_t *used = t->used + (size_t)(depth + 1) * (size_t)t->words;

    *kept = (choice){t->stack_count, 0};
    *least_weighted = DCNN_PROOF_FAR;
    t->p->work_left -= 4 * from.count;
    for (int i = 0; i < from.count; i++) {
        int k = t->stack[from.first + (size_t)i];
        if (regret_of(t, c, k) >= limit) break;
        if (!fits(t, used, c, k)) continue;
        if (!keep(t, kept, k)) return false;
        if (t->p->columns[c].weighted[k] < *least_weighted) *least_weighted = t->p->columns[c].weighted[k];
    }
    return true;
}

/* The columns for the next depth; closed when they cannot cost less than cutoff together. */
static dcnn_case narrow(combination *t, int depth, int64_t slack)
{
    dcnn_wide weighted = t->weighted;
    int64_t sum;

    if (!survey(t, depth, slack, &sum)) return DCNN_CASE_CLOSED;
    for (int c = 0; c < t->p->scenario->cnn_count; c++) {
        int64_t least_weighted;
        if (t->chosen[c]) continue;
        if (!filter(t, depth, c, slack - sum + t->regret[c], &least_weighted)) return dcnn_proof_lost(t->p);
        weighted += least_weighted;
    }
    return weighted >= t->p->cutoff ? DCNN_CASE_CLOSED : DCNN_CASE_OPEN;
}

/* --- the search --- */

static dcnn_case descend(combination *t, int depth, int64_t slack);

static int fewest(const combination *t, const choice *choices)
{
    int found = -1;

    for (int c = 0; c < t->p->scenario->cnn_count; c++)
        if (!t->chosen[c] && (found < 0 || choices[c].count < choices[found].count)) found = c;
    return found;
}

/* All combinations with what was chosen and column k of CNN c; slack: what the regrets of the rest must stay below. */
static dcnn_case choose(combination *t, int depth, int c, int k, int64_t slack)
{
    const uint64_t *before = t->used + (size_t)depth * (size_t)t->words, *bits = bits_of(t, c, k);
    uint64_t *used = t->used + (size_t)(depth + 1) * (size_t)t->words;
    size_t stack_count = t->stack_count;
    dcnn_case state;

    if (!dcnn_proof_work(t->p, 50)) return dcnn_proof_too_long(t->p);
    for (int w = 0; w < t->words; w++) used[w] = before[w] | bits[w];
    put(t, c, k);
    t->chosen[c] = true;
    t->weighted += t->p->columns[c].weighted[k];
    state = narrow(t, depth, slack);
    if (!state) state = descend(t, depth + 1, slack);
    t->weighted -= t->p->columns[c].weighted[k];
    t->chosen[c] = false;
    take_back(t, c, k);
    t->stack_count = stack_count;
    return state == DCNN_CASE_CLOSED ? DCNN_CASE_OPEN : state;
}

/* Open when all combinations have been looked through. */
static dcnn_case descend(combination *t, int depth, int64_t slack)
{
    const choice *choices = t->choices + (size_t)depth * (size_t)t->p->scenario->cnn_count;
    int c = fewest(t, choices);
    int64_t others = 0;
    dcnn_case state = DCNN_CASE_OPEN;

    if (c < 0)
        return dcnn_proof_refuse(t->p, "a placement costs %lld ns, less than the %lld that are claimed",
                                 (long long)(t->weighted >> t->p->certificate->tick_bits), (long long)t->p->below_ns);
    for (int d = 0; d < t->p->scenario->cnn_count; d++)
        if (!t->chosen[d] && d != c) others += regret_of(t, d, t->stack[choices[d].first]);
    for (int i = 0; i < choices[c].count && !state; i++) {
        int k = t->stack[choices[c].first + (size_t)i];
        if (regret_of(t, c, k) + others >= slack) break;
        state = choose(t, depth, c, k, slack - regret_of(t, c, k));
    }
    return state;
}

/* --- all columns to begin with --- */

typedef struct {
    int64_t cost;
    int column;
} ranked;

static int by_cost(const void *a, const void *b)
{
    const ranked *x = a, *y = b;

    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

static bool rank(combination *t, int c)
{
    const dcnn_proof_columns *columns = &t->p->columns[c];
    ranked *list = dcnn_take((size_t)columns->count, sizeof *list);
    bool done = list != NULL;

    for (int k = 0; k < columns->count && done; k++) list[k] = (ranked){columns->cost[k], k};
    if (done) qsort(list, (size_t)columns->count, sizeof *list, by_cost);
    if (done) t->least[c] = list[0].cost;
    t->choices[c] = (choice){t->stack_count, 0};
    for (int k = 0; k < columns->count && done; k++) done = keep(t, &t->choices[c], list[k].column);
    free(list);
    return done;
}

/* Drops the columns that reach cutoff with the least of the others. */
static void drop_dear(combination *t, int64_t slack)
{
    for (int c = 0; c < t->p->scenario->cnn_count; c++) {
        choice *all = &t->choices[c];
        while (all->count > 0 && regret_of(t, c, t->stack[all->first + (size_t)all->count - 1]) >= slack) all->count--;
    }
}

static dcnn_case combine(combination *t)
{
    dcnn_wide slack = (dcnn_wide)t->p->cutoff + t->p->lambda;
    dcnn_case state;

    for (int c = 0; c < t->p->scenario->cnn_count; c++) {
        if (!rank(t, c)) return dcnn_proof_lost(t->p);
        slack -= t->least[c];
    }
    if (slack <= 0) return DCNN_CASE_CLOSED;
    drop_dear(t, (int64_t)slack);
    state = descend(t, 0, (int64_t)slack);
    return state ? state : DCNN_CASE_CLOSED;
}

dcnn_case dcnn_proof_combine(dcnn_proof_check *p)
{
    combination t;
    dcnn_case state = init(&t, p) ? combine(&t) : dcnn_proof_lost(p);

    clear(&t);
    return state;
}
