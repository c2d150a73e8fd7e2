#include "exact.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_MAX = 30000, LABELS_PER_STATE = 1000 };

typedef int64_t matrix[EXACT_PLACES_MAX][EXACT_PLACES_MAX];

/* Compared as bytes: no gaps, and unused entries zero. */
typedef struct {
    int64_t memory_left[EXACT_UNITS_MAX], ops_left[EXACT_UNITS_MAX]; /* -1 = enough for all that is to come */
    int64_t layers_left[EXACT_UNITS_MAX];
    int64_t group_unit[EXACT_GROUPS_MAX]; /* 0 = not placed, or all placed; else unit + 1 */
    int64_t unit;                         /* of the last layer */
} state;

/* Times of all that is placed; less is better in each. */
typedef struct {
    int64_t max_ns, sum_ns;         /* of the CNNs that are finished */
    int64_t current_ns, latency_ns; /* of the CNN in hand: weighted, and plain where it has a deadline */
} times;

typedef struct {
    state at;
    times so_far;
} label;

typedef struct {
    const dcnn_scenario *s;
    label *now, *next; /* [LABELS_MAX * EXACT_UNITS_MAX] */
    long count, next_count;
    int64_t memory_to_come, ops_to_come, layers_to_come; /* at most, after the layer in hand */
    matrix weighted, plain;                              /* arrival at the layer in hand */
    matrix exit_weighted, exit_plain;                    /* decisions after it */
} exact;

/* --- routes: every pair by Floyd and Warshall --- */

static void add_link(matrix m, int a, int b, int64_t ns)
{
    if (ns < m[a][b]) m[a][b] = ns;
}

static int64_t link_ns(double scale, int64_t bytes, double rate, double latency_s, double retransmission)
{
    return (int64_t)llround(scale * ((1 + retransmission) * (latency_s + (double)bytes / rate)) * 1e9);
}

static void add_range_links(matrix m, const dcnn_scenario *s, double scale, int64_t bytes)
{
    for (int a = 0; a < s->place_count; a++)
        for (int b = 0; b < s->place_count; b++) {
            double dx = s->places[a].x_m - s->places[b].x_m, dy = s->places[a].y_m - s->places[b].y_m;
            if (a != b && dx * dx + dy * dy < s->network.range_m * s->network.range_m)
                add_link(m, a, b, link_ns(scale, bytes, s->network.rate_bytes_per_s, 0, 0));
        }
}

static void route(matrix m, const dcnn_scenario *s, double scale, int64_t bytes)
{
    int n = s->place_count;

    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++) m[a][b] = a == b || scale == 0 ? 0 : DCNN_NEVER;
    if (scale == 0) return;
    if (s->network.kind == DCNN_NETWORK_RANGE) add_range_links(m, s, scale, bytes);
    for (int64_t k = 0; k < s->network.link_count; k++) {
        const dcnn_link *l = &s->network.links[k];
        int64_t ns = link_ns(scale, bytes, l->rate_bytes_per_s, l->latency_s, l->retransmission);
        add_link(m, l->a, l->b, ns);
        if (!l->one_way) add_link(m, l->b, l->a, ns);
    }
    for (int k = 0; k < n; k++)
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++)
                if (m[a][k] != DCNN_NEVER && m[k][b] != DCNN_NEVER) add_link(m, a, b, m[a][k] + m[k][b]);
}

/* --- states --- */

static int group_of(const dcnn_scenario *s, int c, int j, bool *first, bool *last)
{
    for (int g = 0; g < s->shared_group_count; g++)
        for (int m = 0; m < s->shared_groups[g].member_count; m++)
            if (s->shared_groups[g].members[m].cnn == c && s->shared_groups[g].members[m].layer == j) {
                *first = m == 0;
                *last = m == s->shared_groups[g].member_count - 1;
                return g;
            }
    return -1;
}

/* What will do for all that is to come is as good as anything. */
static void forget_plenty(int64_t *left, int64_t to_come)
{
    if (*left >= to_come) *left = -1;
}

static bool charge(int64_t *left, int64_t amount)
{
    if (*left < 0) return true;
    *left -= amount;
    return *left >= 0;
}

static bool take_room(state *at, int unit, const dcnn_layer *layer)
{
    return charge(&at->memory_left[unit], layer->memory_bytes) && charge(&at->ops_left[unit], layer->ops) &&
           charge(&at->layers_left[unit], 1);
}

static bool place(exact *e, state *at, int c, int j, int unit)
{
    bool first = false, last = false;
    int g = group_of(e->s, c, j, &first, &last);

    if (g >= 0 && !first && at->group_unit[g] != unit + 1) return false;
    if ((g < 0 || first) && !take_room(at, unit, &e->s->cnns[c].layers[j])) return false;
    if (g >= 0) at->group_unit[g] = last ? 0 : unit + 1;
    at->unit = unit;
    for (int i = 0; i < e->s->unit_count; i++) {
        forget_plenty(&at->memory_left[i], e->memory_to_come);
        forget_plenty(&at->ops_left[i], e->ops_to_come);
        forget_plenty(&at->layers_left[i], e->layers_to_come);
    }
    return true;
}

static int64_t compute_ns(double scale, const dcnn_layer *layer, const dcnn_unit *unit)
{
    return (int64_t)llround(scale * ((double)layer->ops / unit->ops_per_s) * 1e9);
}

/* Adds the layer's times; false when a message has no route or the deadline is missed. */
static bool add_times(const exact *e, times *t, int c, int j, int from, int unit)
{
    const dcnn_cnn *cnn = &e->s->cnns[c];
    int64_t in = e->weighted[from][unit], out = e->exit_weighted[unit][cnn->sink];

    if (in == DCNN_NEVER || out == DCNN_NEVER) return false;
    t->current_ns += in + out + compute_ns(cnn->weight * cnn->p[j], &cnn->layers[j], &e->s->units[unit]);
    if (cnn->deadline_ns == DCNN_NEVER) return true;
    in = e->plain[from][unit];
    out = e->exit_plain[unit][cnn->sink];
    if (in == DCNN_NEVER || out == DCNN_NEVER) return false;
    t->latency_ns += in + out + compute_ns(cnn->p[j], &cnn->layers[j], &e->s->units[unit]);
    return t->latency_ns <= cnn->deadline_ns;
}

static void finish_cnn(const exact *e, label *l)
{
    times *t = &l->so_far;

    if (e->s->objective == DCNN_OBJECTIVE_MAX && t->current_ns > t->max_ns) t->max_ns = t->current_ns;
    t->sum_ns += t->current_ns;
    t->current_ns = t->latency_ns = 0;
    l->at.unit = 0;
}

static int compare(const void *x, const void *y)
{
    const label *a = x, *b = y;
    int order = memcmp(&a->at, &b->at, sizeof a->at);

    if (order != 0) return order;
    return (a->so_far.current_ns + a->so_far.sum_ns > b->so_far.current_ns + b->so_far.sum_ns) -
           (a->so_far.current_ns + a->so_far.sum_ns < b->so_far.current_ns + b->so_far.sum_ns);
}

static bool beats(const exact *e, const times *a, const times *b)
{
    if (a->latency_ns > b->latency_ns || a->sum_ns + a->current_ns > b->sum_ns + b->current_ns) return false;
    return e->s->objective != DCNN_OBJECTIVE_MAX || (a->max_ns <= b->max_ns && a->current_ns <= b->current_ns);
}

/* Keeps of each state what no other beats. False when that is too much. */
static bool thin_out(exact *e)
{
    long kept = 0, begin = 0;

    qsort(e->next, (size_t)e->next_count, sizeof *e->next, compare);
    for (long k = 0; k < e->next_count; k++) {
        bool beaten = false;
        if (kept == 0 || memcmp(&e->next[k].at, &e->now[begin].at, sizeof e->next[k].at) != 0) begin = kept;
        for (long other = begin; other < kept && !beaten; other++)
            beaten = beats(e, &e->now[other].so_far, &e->next[k].so_far);
        if (beaten) continue;
        if (kept == LABELS_MAX || kept - begin == LABELS_PER_STATE) return false;
        e->now[kept++] = e->next[k];
    }
    e->count = kept;
    return true;
}

static void prepare_layer(exact *e, int c, int j)
{
    const dcnn_cnn *cnn = &e->s->cnns[c];
    int64_t in_bytes = j == 0 ? cnn->input_bytes : cnn->layers[j - 1].output_bytes;
    int64_t out_bytes = cnn->layers[cnn->layer_count - 1].output_bytes;

    e->memory_to_come -= cnn->layers[j].memory_bytes;
    e->ops_to_come -= cnn->layers[j].ops;
    e->layers_to_come--;
    route(e->weighted, e->s, cnn->weight * cnn->p[j], in_bytes);
    route(e->plain, e->s, cnn->p[j], in_bytes);
    route(e->exit_weighted, e->s, cnn->weight * cnn->g[j], out_bytes);
    route(e->exit_plain, e->s, cnn->g[j], out_bytes);
}

static bool add_layer(exact *e, int c, int j)
{
    const dcnn_cnn *cnn = &e->s->cnns[c];

    prepare_layer(e, c, j);
    e->next_count = 0;
    for (long k = 0; k < e->count; k++)
        for (int unit = 0; unit < e->s->unit_count; unit++) {
            label l = e->now[k];
            int from = j == 0 ? cnn->source : (int)l.at.unit;
            if (!add_times(e, &l.so_far, c, j, from, unit) || !place(e, &l.at, c, j, unit)) continue;
            if (j == cnn->layer_count - 1) finish_cnn(e, &l);
            e->next[e->next_count++] = l;
        }
    return thin_out(e);
}

static void begin(exact *e)
{
    const dcnn_scenario *s = e->s;
    label *first = &e->now[0];

    memset(first, 0, sizeof *first);
    for (int c = 0; c < s->cnn_count; c++)
        for (int j = 0; j < s->cnns[c].layer_count; j++) {
            e->memory_to_come += s->cnns[c].layers[j].memory_bytes;
            e->ops_to_come += s->cnns[c].layers[j].ops;
            e->layers_to_come++;
        }
    for (int i = 0; i < s->unit_count; i++) {
        first->at.memory_left[i] = s->units[i].memory_bytes;
        first->at.ops_left[i] = s->units[i].ops_budget;
        first->at.layers_left[i] = s->layers_per_unit > 0 ? s->layers_per_unit : INT64_MAX;
    }
    e->count = 1;
}

static void read_answer(const exact *e, exact_answer *answer)
{
    *answer = (exact_answer){DCNN_NEVER, DCNN_NEVER};
    for (long k = 0; k < e->count; k++) {
        const times *t = &e->now[k].so_far;
        int64_t value_ns = e->s->objective == DCNN_OBJECTIVE_MAX ? t->max_ns : t->sum_ns;
        if (value_ns > answer->value_ns || (value_ns == answer->value_ns && t->sum_ns >= answer->sum_ns)) continue;
        *answer = (exact_answer){value_ns, t->sum_ns};
    }
}

bool exact_solve(const dcnn_scenario *scenario, exact_answer *answer)
{
    exact *e = calloc(1, sizeof *e);
    bool solved = e && scenario->place_count <= EXACT_PLACES_MAX && scenario->unit_count <= EXACT_UNITS_MAX &&
                  scenario->shared_group_count <= EXACT_GROUPS_MAX && scenario->network.kind != DCNN_NETWORK_HOPS;

    if (solved) {
        e->s = scenario;
        e->now = malloc(LABELS_MAX * sizeof *e->now);
        e->next = malloc(LABELS_MAX * EXACT_UNITS_MAX * sizeof *e->next);
        solved = e->now && e->next;
    }
    if (solved) begin(e);
    for (int c = 0; solved && c < scenario->cnn_count; c++)
        for (int j = 0; solved && j < scenario->cnns[c].layer_count; j++) solved = add_layer(e, c, j);
    if (solved) read_answer(e, answer);
    if (e) {
        free(e->now);
        free(e->next);
    }
    free(e);
    return solved;
}
