/* proof_combine.c - all combinations of listed columns, one for each CNN, whose bound is below cutoff: depth first, the
 * CNN with the fewest columns next. What is left for the others is bounded by the cheapest of their columns that fit.
 */
#include "proof_fit.h"
#include <stdlib.h>
#include <string.h>

enum { WEIGHT_STEPS = 32, FEW = 48 };

/* The columns of a CNN, the cheapest first. */
typedef struct {
    int count;
    int *order;      /* [count] numbers of columns */
    int64_t *regret; /* [count] how much dearer than the first */
    int64_t *weight; /* [count] cost in the objective, ticks */
    dcnn_proof_sieve sieve;
    int64_t steps[WEIGHT_STEPS]; /* ascending weights */
    uint64_t *lighter;           /* [WEIGHT_STEPS][words] of the columns, those that weigh less than each */
} ranking;

/* Those that are left at some depth, as bits of a range of the ranking. */
typedef struct {
    size_t set; /* in the stack of bits */
    int words;
    int first;        /* the cheapest that fits */
    int left;         /* how many there are */
    int64_t lightest; /* none weighs less */
} choice;

typedef struct {
    dcnn_proof_check *p;
    int cnn_count;
    dcnn_proof_fit fit;
    ranking *rankings;     /* [cnn_count] */
    dcnn_proof_sets *sets; /* [cnn_count] of the choice at hand */
    bool *chosen;          /* [cnn_count] */
    choice *choices;       /* [cnn_count + 1][cnn_count] by depth; of CNNs not chosen yet */
    uint64_t *stack;
    size_t stack_count, stack_room;
    dcnn_wide weight; /* of what was chosen */
} combination;

static void clear(combination *t)
{
    for (int c = 0; t->rankings && c < t->cnn_count; c++) {
        free(t->rankings[c].order);
        free(t->rankings[c].regret);
        free(t->rankings[c].weight);
        free(t->rankings[c].lighter);
        dcnn_proof_sieve_clear(&t->rankings[c].sieve);
    }
    dcnn_proof_fit_clear(&t->fit);
    free(t->rankings);
    free(t->sets);
    free(t->chosen);
    free(t->choices);
    free(t->stack);
}

static bool init(combination *t, dcnn_proof_check *p)
{
    size_t cnn_count = (size_t)p->scenario->cnn_count;
    bool fit;

    *t = (combination){.p = p, .cnn_count = p->scenario->cnn_count};
    fit = dcnn_proof_fit_init(&t->fit, p);
    t->rankings = dcnn_take(cnn_count, sizeof *t->rankings);
    t->sets = dcnn_take(cnn_count, sizeof *t->sets);
    t->chosen = dcnn_take(cnn_count, sizeof *t->chosen);
    t->choices = dcnn_take((cnn_count + 1) * cnn_count, sizeof *t->choices);
    return fit && t->rankings && t->sets && t->chosen && t->choices;
}

static choice *choices_at(const combination *t, int depth)
{
    return t->choices + (size_t)depth * (size_t)t->cnn_count;
}

static const uint16_t *path_at(const combination *t, int c, int rank)
{
    return dcnn_proof_path(t->p, c, t->rankings[c].order[rank]);
}

/* Room for a set on the stack; SIZE_MAX when memory is out. */
static size_t take_set(combination *t, int words)
{
    size_t set = t->stack_count;

    while (t->stack_room - t->stack_count < (size_t)words)
        if (!dcnn_reserve((void **)&t->stack, &t->stack_room, t->stack_room, sizeof *t->stack)) return SIZE_MAX;
    t->stack_count += (size_t)words;
    return set;
}

/* --- what is left to choose --- */

/* Whether a column that has passed the sieve fits. */
static bool fits(combination *t, int c, int rank)
{
    if (t->rankings[c].sieve.exact) return true;
    t->p->work_left -= 50;
    return dcnn_proof_fits(&t->fit, c, path_at(t, c, rank));
}

/* The cheapest column of CNN c that fits beside what was put, or -1. */
static int cheapest(combination *t, int c, const choice *from)
{
    const uint64_t *bits = t->stack + from->set;

    for (int w = from->first / 64; w < from->words; w++) {
        uint64_t word = dcnn_proof_sieve_word(&t->sets[c], bits[w], w);
        t->p->work_left -= 4;
        for (; word != 0; word &= word - 1) {
            int rank = 64 * w + __builtin_ctzll(word);
            if (fits(t, c, rank)) return rank;
        }
    }
    return -1;
}

/* The cheapest that fits of each CNN; false when their regrets reach slack. *sum is what they make. */
static bool survey(combination *t, int depth, int c, int k, int64_t slack, int64_t *sum)
{
    const choice *from = choices_at(t, depth);
    choice *to = choices_at(t, depth + 1);

    *sum = 0;
    for (int d = 0; d < t->cnn_count; d++) {
        if (t->chosen[d]) continue;
        dcnn_proof_sieve_sets(&t->rankings[d].sieve, &t->fit, c, path_at(t, c, k), &t->sets[d]);
        to[d].first = t->sets[d].none ? -1 : cheapest(t, d, &from[d]);
        if (to[d].first < 0) return false;
        *sum += t->rankings[d].regret[to[d].first];
        if (*sum >= slack) return false;
    }
    return true;
}

/* How many columns of CNN c are less than limit dearer than its cheapest. */
static int count_below(const combination *t, int c, int64_t limit)
{
    int low = 0, high = t->rankings[c].count;

    while (low < high) {
        int middle = low + (high - low) / 2;
        if (t->rankings[c].regret[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The set of columns for the next depth, from to->first on; false when memory is out. */
static bool filter(combination *t, int c, const choice *from, choice *to, int64_t limit)
{
    int end = count_below(t, c, limit), words = (end + 63) / 64;

    to->words = words < from->words ? words : from->words;
    to->set = take_set(t, to->words);
    if (to->set == SIZE_MAX) return false;
    to->left = 0;
    t->p->work_left -= 4 * to->words;
    for (int w = 0; w < to->words; w++) {
        uint64_t word = w < to->first / 64 ? 0 : dcnn_proof_sieve_word(&t->sets[c], t->stack[from->set + (size_t)w], w);
        if (w == to->first / 64) word &= ~UINT64_C(0) << to->first % 64;
        if (w == end / 64) word &= ~(~UINT64_C(0) << end % 64);
        t->stack[to->set + (size_t)w] = word;
        to->left += __builtin_popcountll(word);
    }
    return true;
}

/* --- weights --- */

static bool meets(const uint64_t *a, const uint64_t *b, int words)
{
    for (int w = 0; w < words; w++)
        if (a[w] & b[w]) return true;
    return false;
}

/* A weight that none of the columns left is below. */
static int64_t find_lightest(combination *t, int c, const choice *at)
{
    const ranking *r = &t->rankings[c];
    const uint64_t *bits = t->stack + at->set;
    int64_t least = DCNN_PROOF_FAR;
    int low = 0, high = WEIGHT_STEPS - 1; /* all weigh less than the last step */

    for (int w = 0; w < at->words && at->left <= FEW; w++)
        for (uint64_t word = bits[w]; word != 0; word &= word - 1) {
            int64_t weight = r->weight[64 * w + __builtin_ctzll(word)];
            if (weight < least) least = weight;
        }
    if (at->left <= FEW) return least;
    while (low < high) {
        int middle = (low + high) / 2;
        if (meets(bits, r->lighter + (size_t)middle * (size_t)r->sieve.words, at->words))
            high = middle;
        else
            low = middle + 1;
    }
    return low > 0 ? r->steps[low - 1] : 0;
}

/* Leaves out columns of that weight or more. */
static void drop_heavy(combination *t, int c, choice *at, dcnn_wide weight)
{
    const ranking *r = &t->rankings[c];
    uint64_t *bits = t->stack + at->set;
    int step = 0;

    while (step < WEIGHT_STEPS && r->steps[step] < weight) step++;
    if (step >= WEIGHT_STEPS - 1) return;
    at->left = 0;
    for (int w = 0; w < at->words; w++) {
        bits[w] &= r->lighter[(size_t)step * (size_t)r->sieve.words + (size_t)w];
        at->left += __builtin_popcountll(bits[w]);
    }
}

/* Closed when even the lightest of all weigh too much together. */
static dcnn_case weigh(combination *t, int depth)
{
    choice *at = choices_at(t, depth);
    dcnn_wide sum = t->weight;

    for (int c = 0; c < t->cnn_count; c++) {
        if (t->chosen[c]) continue;
        at[c].lightest = find_lightest(t, c, &at[c]);
        t->p->work_left -= 4 * at[c].words;
        sum += at[c].lightest;
    }
    if (sum >= t->p->cutoff) return DCNN_CASE_CLOSED;
    for (int c = 0; c < t->cnn_count; c++)
        if (!t->chosen[c]) drop_heavy(t, c, &at[c], t->p->cutoff - sum + at[c].lightest);
    return DCNN_CASE_OPEN;
}

/* The columns for the next depth, now that column k of CNN c was put; closed when they reach cutoff together. */
static dcnn_case narrow(combination *t, int depth, int c, int k, int64_t slack)
{
    const choice *from = choices_at(t, depth);
    choice *to = choices_at(t, depth + 1);
    int64_t sum;

    if (!survey(t, depth, c, k, slack, &sum)) return DCNN_CASE_CLOSED;
    for (int d = 0; d < t->cnn_count; d++)
        if (!t->chosen[d] && !filter(t, d, &from[d], &to[d], slack - sum + t->rankings[d].regret[to[d].first]))
            return dcnn_proof_lost(t->p);
    return weigh(t, depth + 1);
}

/* --- the search --- */

static dcnn_case descend(combination *t, int depth, int64_t slack);

static int fewest(const combination *t, const choice *choices)
{
    int found = -1;

    for (int c = 0; c < t->cnn_count; c++)
        if (!t->chosen[c] && (found < 0 || choices[c].left < choices[found].left)) found = c;
    return found;
}

/* All combinations with what was chosen and column k of CNN c; slack: what the regrets of the rest must stay below. */
static dcnn_case choose(combination *t, int depth, int c, int k, int64_t slack)
{
    const uint16_t *path = path_at(t, c, k);
    size_t stack_count = t->stack_count;
    dcnn_case state;

    if (!dcnn_proof_work(t->p, 100)) return dcnn_proof_too_long(t->p);
    dcnn_proof_fit_put(&t->fit, c, path);
    t->chosen[c] = true;
    t->weight += t->rankings[c].weight[k];
    state = narrow(t, depth, c, k, slack);
    if (!state) state = descend(t, depth + 1, slack);
    t->weight -= t->rankings[c].weight[k];
    t->chosen[c] = false;
    dcnn_proof_fit_take_back(&t->fit, c, path);
    t->stack_count = stack_count;
    return state == DCNN_CASE_CLOSED ? DCNN_CASE_OPEN : state;
}

/* All CNNs are placed. */
static dcnn_case look_at(combination *t)
{
    if (t->weight >= t->p->cutoff) return DCNN_CASE_OPEN;
    return dcnn_proof_refuse(t->p, "a placement costs %lld ns, less than the %lld that are claimed",
                             (long long)(t->weight >> t->p->certificate->tick_bits), (long long)t->p->below_ns);
}

/* Open when all combinations have been looked through. */
static dcnn_case descend(combination *t, int depth, int64_t slack)
{
    const choice *choices = choices_at(t, depth);
    int c = fewest(t, choices);
    int64_t others = 0;
    dcnn_wide weight = t->weight;
    dcnn_case state = DCNN_CASE_OPEN;

    if (c < 0) return look_at(t);
    for (int d = 0; d < t->cnn_count; d++) {
        if (t->chosen[d] || d == c) continue;
        others += t->rankings[d].regret[choices[d].first];
        weight += choices[d].lightest;
    }
    for (int w = 0; w < choices[c].words && !state; w++)
        for (uint64_t word = t->stack[choices[c].set + (size_t)w]; word != 0 && !state; word &= word - 1) {
            int k = 64 * w + __builtin_ctzll(word);
            int64_t regret = t->rankings[c].regret[k];
            if (regret + others >= slack) return state;
            if (weight + t->rankings[c].weight[k] >= t->p->cutoff) continue;
            if (fits(t, c, k)) state = choose(t, depth, c, k, slack - regret);
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
    ranking *r = &t->rankings[c];
    ranked *list = dcnn_take((size_t)columns->count, sizeof *list);

    r->count = columns->count;
    r->order = dcnn_take((size_t)r->count, sizeof *r->order);
    r->regret = dcnn_take((size_t)r->count, sizeof *r->regret);
    r->weight = dcnn_take((size_t)r->count, sizeof *r->weight);
    if (!list || !r->order || !r->regret || !r->weight) {
        free(list);
        return false;
    }
    for (int k = 0; k < r->count; k++) list[k] = (ranked){columns->cost[k], k};
    qsort(list, (size_t)r->count, sizeof *list, by_cost);
    for (int k = 0; k < r->count; k++) {
        r->order[k] = list[k].column;
        r->regret[k] = list[k].cost - list[0].cost;
        r->weight[k] = columns->weighted[list[k].column];
    }
    free(list);
    return true;
}

static int by_weight(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Steps with about as many columns between each two. */
static bool make_steps(ranking *r)
{
    int64_t *sorted = dcnn_take((size_t)r->count, sizeof *sorted);

    r->lighter = dcnn_take(WEIGHT_STEPS * (size_t)r->sieve.words, sizeof *r->lighter);
    if (!sorted || !r->lighter) {
        free(sorted);
        return false;
    }
    memcpy(sorted, r->weight, (size_t)r->count * sizeof *sorted);
    qsort(sorted, (size_t)r->count, sizeof *sorted, by_weight);
    for (int step = 0; step < WEIGHT_STEPS; step++) {
        uint64_t *lighter = r->lighter + (size_t)step * (size_t)r->sieve.words;
        r->steps[step] = sorted[(size_t)r->count * (size_t)step / WEIGHT_STEPS];
        if (step == WEIGHT_STEPS - 1) r->steps[step] = DCNN_PROOF_FAR;
        for (int k = 0; k < r->count; k++)
            if (r->weight[k] < r->steps[step]) lighter[k / 64] |= UINT64_C(1) << k % 64;
    }
    free(sorted);
    return true;
}

/* Columns that do not reach cutoff with the least of the others. */
static bool begin(combination *t, int c, int64_t slack)
{
    ranking *r = &t->rankings[c];
    choice *all = &t->choices[c];

    r->count = count_below(t, c, slack);
    *all = (choice){.words = (r->count + 63) / 64, .left = r->count};
    all->set = take_set(t, all->words);
    if (all->set == SIZE_MAX) return false;
    for (int w = 0; w < all->words; w++) t->stack[all->set + (size_t)w] = ~UINT64_C(0);
    if (r->count % 64 > 0) t->stack[all->set + (size_t)all->words - 1] = ~(~UINT64_C(0) << r->count % 64);
    return dcnn_proof_sieve_init(&r->sieve, t->p, c, r->order, r->count) && make_steps(r);
}

static dcnn_case combine(combination *t)
{
    dcnn_wide slack = (dcnn_wide)t->p->cutoff + t->p->lambda;
    dcnn_case state;

    for (int c = 0; c < t->cnn_count; c++) {
        if (!rank(t, c)) return dcnn_proof_lost(t->p);
        slack -= t->p->columns[c].cost[t->rankings[c].order[0]];
    }
    if (slack <= 0) return DCNN_CASE_CLOSED;
    for (int c = 0; c < t->cnn_count; c++)
        if (!begin(t, c, (int64_t)slack)) return dcnn_proof_lost(t->p);
    state = weigh(t, 0);
    if (!state) state = descend(t, 0, (int64_t)slack);
    return state ? state : DCNN_CASE_CLOSED;
}

dcnn_case dcnn_proof_combine(dcnn_proof_check *p)
{
    combination t;
    dcnn_case state = init(&t, p) ? combine(&t) : dcnn_proof_lost(p);

    clear(&t);
    return state;
}
