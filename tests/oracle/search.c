#include "oracle.h"
#include <string.h>

typedef struct {
    int64_t memory_bytes, ops, layers;
} load;

typedef struct {
    const oracle *o;
    oracle_answer *answer;
    int64_t nodes_left;
    oracle_time rest[ORACLE_LAYERS_MAX][ORACLE_PLACES_MAX]; /* [layer][place before]: least cost from the layer on */
    int64_t sum_after_ns[ORACLE_CNNS_MAX + 1];              /* of the CNNs from that one on, each by itself */
    int64_t max_after_ns[ORACLE_CNNS_MAX + 1];
    int units[ORACLE_LAYERS_MAX];
    load loads[ORACLE_PLACES_MAX];
} search;

/* Costs of the CNNs that are placed and of the one that is being placed. */
typedef struct {
    int64_t sum_ns, max_ns; /* of the placed */
    oracle_time current;
} cost;

static int64_t add(int64_t a, int64_t b)
{
    return a == DCNN_NEVER || b == DCNN_NEVER ? DCNN_NEVER : a + b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What running the layer on the unit adds when its input comes from the place. */
static oracle_time step(const oracle *o, int row, int place, int unit)
{
    int sink = o->scenario->cnns[o->cnn[row]].sink;
    oracle_time a = o->arrival[row][place][unit], b = o->compute[row][unit], c = o->decision[row][unit][sink];

    return (oracle_time){add(a.weighted_ns, add(b.weighted_ns, c.weighted_ns)),
                         add(a.plain_ns, add(b.plain_ns, c.plain_ns))};
}

static bool last_of_cnn(const oracle *o, int row)
{
    return row + 1 == o->first[o->cnn[row] + 1];
}

static void fill_rest(search *s)
{
    const oracle *o = s->o;

    for (int row = o->layer_count - 1; row >= 0; row--)
        for (int place = 0; place < o->scenario->place_count; place++) {
            oracle_time least = {DCNN_NEVER, DCNN_NEVER};
            for (int i = 0; i < o->scenario->unit_count; i++) {
                oracle_time here = step(o, row, place, i), after = {0, 0};
                if (!last_of_cnn(o, row)) after = s->rest[row + 1][i];
                least.weighted_ns = smaller(least.weighted_ns, add(here.weighted_ns, after.weighted_ns));
                least.plain_ns = smaller(least.plain_ns, add(here.plain_ns, after.plain_ns));
            }
            s->rest[row][place] = least;
        }
    for (int c = o->scenario->cnn_count - 1; c >= 0; c--) {
        int64_t alone_ns = s->rest[o->first[c]][o->scenario->cnns[c].source].weighted_ns;
        s->sum_after_ns[c] = add(s->sum_after_ns[c + 1], alone_ns);
        s->max_after_ns[c] = larger(s->max_after_ns[c + 1], alone_ns);
    }
}

static const dcnn_layer *layer_of(const oracle *o, int row)
{
    return &o->scenario->cnns[o->cnn[row]].layers[row - o->first[o->cnn[row]]];
}

/* Layer of the same group that is placed already, or -1. */
static int placed_member(const oracle *o, int row)
{
    for (int r = 0; o->group[row] >= 0 && r < row; r++)
        if (o->group[r] == o->group[row]) return r;
    return -1;
}

static void put(load *on, const dcnn_layer *layer, int sign)
{
    on->memory_bytes += sign * layer->memory_bytes;
    on->ops += sign * layer->ops;
    on->layers += sign;
}

static bool fits(const search *s, int unit)
{
    const dcnn_scenario *scenario = s->o->scenario;

    return s->loads[unit].memory_bytes <= scenario->units[unit].memory_bytes &&
           s->loads[unit].ops <= scenario->units[unit].ops_budget &&
           (scenario->layers_per_unit == 0 || s->loads[unit].layers <= scenario->layers_per_unit);
}

/* Whether what is placed up to layer row can still beat the answer, and the CNN its deadline. */
static bool promising(const search *s, int row, const cost *so_far)
{
    const dcnn_cnn *cnn = &s->o->scenario->cnns[s->o->cnn[row]];
    int next = s->o->cnn[row] + 1;
    oracle_time rest = {0, 0};
    int64_t current_ns, sum_ns, value_ns;

    if (!last_of_cnn(s->o, row)) rest = s->rest[row + 1][s->units[row]];
    if (add(so_far->current.plain_ns, rest.plain_ns) > cnn->deadline_ns) return false;
    current_ns = add(so_far->current.weighted_ns, rest.weighted_ns);
    value_ns = sum_ns = add(add(so_far->sum_ns, current_ns), s->sum_after_ns[next]);
    if (s->o->scenario->objective == DCNN_OBJECTIVE_MAX)
        value_ns = larger(larger(so_far->max_ns, current_ns), s->max_after_ns[next]);
    if (sum_ns == DCNN_NEVER) return false;
    return value_ns < s->answer->value_ns || (value_ns == s->answer->value_ns && sum_ns < s->answer->sum_ns);
}

static void accept(search *s, const cost *total)
{
    s->answer->feasible = true;
    s->answer->sum_ns = total->sum_ns;
    s->answer->value_ns = s->o->scenario->objective == DCNN_OBJECTIVE_MAX ? total->max_ns : total->sum_ns;
    memcpy(s->answer->units, s->units, sizeof s->units);
}

static bool descend(search *s, int row, const cost *so_far);

/* Layer row is on its unit: finish its CNN where it is the last, and go on. */
static bool go_on(search *s, int row, cost total)
{
    if (!promising(s, row, &total)) return true;
    if (last_of_cnn(s->o, row)) {
        total.sum_ns += total.current.weighted_ns;
        total.max_ns = larger(total.max_ns, total.current.weighted_ns);
        total.current = (oracle_time){0, 0};
    }
    return descend(s, row + 1, &total);
}

/* False when the steps are used up. */
static bool descend(search *s, int row, const cost *so_far)
{
    const oracle *o = s->o;
    int member, before;

    if (row == o->layer_count) {
        accept(s, so_far);
        return true;
    }
    member = placed_member(o, row);
    before = row == o->first[o->cnn[row]] ? o->scenario->cnns[o->cnn[row]].source : s->units[row - 1];
    for (int i = 0; i < o->scenario->unit_count; i++) {
        oracle_time here = step(o, row, before, i);
        cost total = *so_far;
        bool finished = true;
        if (member >= 0 && s->units[member] != i) continue;
        if (s->nodes_left-- == 0) return false;
        total.current.weighted_ns = add(total.current.weighted_ns, here.weighted_ns);
        total.current.plain_ns = add(total.current.plain_ns, here.plain_ns);
        s->units[row] = i;
        if (member < 0) put(&s->loads[i], layer_of(o, row), 1);
        if (fits(s, i)) finished = go_on(s, row, total);
        if (member < 0) put(&s->loads[i], layer_of(o, row), -1);
        if (!finished) return false;
    }
    return true;
}

bool oracle_search(const oracle *o, oracle_answer *answer, int64_t nodes_max)
{
    search s = {.o = o, .answer = answer, .nodes_left = nodes_max};
    cost nothing = {0, 0, {0, 0}};

    memset(answer, 0, sizeof *answer);
    answer->value_ns = answer->sum_ns = DCNN_NEVER;
    fill_rest(&s);
    return descend(&s, 0, &nothing);
}
