#include "oracle.h"
#include <math.h>
#include <string.h>

static int64_t add(int64_t a, int64_t b)
{
    return a == DCNN_NEVER || b == DCNN_NEVER ? DCNN_NEVER : a + b;
}

/* Half away from zero, by hand. */
static int64_t nanoseconds(double scale, double seconds)
{
    double exact = scale * seconds * 1e9, whole = floor(exact);

    if (!(exact < 9007199254740992.0)) return DCNN_NEVER;
    return (int64_t)whole + (exact - whole >= 0.5);
}

/* --- one message over every pair of places --- */

typedef int64_t matrix[ORACLE_PLACES_MAX][ORACLE_PLACES_MAX];

static void least(int64_t *cost, int64_t other)
{
    if (other < *cost) *cost = other;
}

static void link_costs(const dcnn_scenario *s, double scale, double bytes, matrix cost)
{
    for (int64_t l = 0; l < s->network.link_count; l++) {
        const dcnn_link *link = &s->network.links[l];
        double seconds = (1 + link->retransmission) * (link->latency_s + bytes / link->rate_bytes_per_s);
        least(&cost[link->a][link->b], nanoseconds(scale, seconds));
        if (!link->one_way) least(&cost[link->b][link->a], nanoseconds(scale, seconds));
    }
}

static void range_costs(const dcnn_scenario *s, double scale, double bytes, matrix cost)
{
    int64_t hop = nanoseconds(scale, bytes / s->network.rate_bytes_per_s);

    for (int i = 0; i < s->place_count; i++)
        for (int k = 0; k < s->place_count; k++) {
            double dx = s->places[k].x_m - s->places[i].x_m, dy = s->places[k].y_m - s->places[i].y_m;
            if (dx * dx + dy * dy < s->network.range_m * s->network.range_m) least(&cost[i][k], hop);
        }
}

static void shortest_paths(int places, matrix cost)
{
    for (int via = 0; via < places; via++)
        for (int i = 0; i < places; i++)
            for (int k = 0; k < places; k++) least(&cost[i][k], add(cost[i][via], cost[via][k]));
}

static void hop_costs(const dcnn_scenario *s, double scale, double bytes, matrix cost)
{
    int64_t hop = nanoseconds(scale, bytes / s->network.rate_bytes_per_s);

    for (int i = 0; i < s->place_count; i++)
        for (int k = 0; k < s->place_count; k++) {
            int32_t hops = s->network.hops[i * s->place_count + k];
            if (hops >= 0) cost[i][k] = 0;
            for (int32_t h = 0; h < hops; h++) cost[i][k] = add(cost[i][k], hop);
        }
}

static void message_costs(const dcnn_scenario *s, double scale, int64_t bytes, matrix cost)
{
    for (int i = 0; i < s->place_count; i++)
        for (int k = 0; k < s->place_count; k++) cost[i][k] = i == k || scale == 0 ? 0 : DCNN_NEVER;
    if (scale == 0) return;
    if (s->network.kind == DCNN_NETWORK_HOPS) hop_costs(s, scale, (double)bytes, cost);
    if (s->network.kind == DCNN_NETWORK_LINKS) link_costs(s, scale, (double)bytes, cost);
    if (s->network.kind == DCNN_NETWORK_RANGE) range_costs(s, scale, (double)bytes, cost);
    if (s->network.kind != DCNN_NETWORK_HOPS) shortest_paths(s->place_count, cost);
}

static void message_times(const dcnn_scenario *s, double weight, double probability, int64_t bytes, oracle_matrix out)
{
    matrix weighted, plain;

    message_costs(s, weight * probability, bytes, weighted);
    message_costs(s, probability, bytes, plain);
    for (int i = 0; i < s->place_count; i++)
        for (int k = 0; k < s->place_count; k++) out[i][k] = (oracle_time){weighted[i][k], plain[i][k]};
}

/* --- tables --- */

static void layer_tables(oracle *o, int c, int j)
{
    const dcnn_scenario *s = o->scenario;
    const dcnn_cnn *cnn = &s->cnns[c];
    int row = o->first[c] + j;
    int64_t arriving_bytes = j == 0 ? cnn->input_bytes : cnn->layers[j - 1].output_bytes;

    o->cnn[row] = c;
    o->group[row] = -1;
    message_times(s, cnn->weight, cnn->p[j], arriving_bytes, o->arrival[row]);
    message_times(s, cnn->weight, cnn->g[j], cnn->layers[cnn->layer_count - 1].output_bytes, o->decision[row]);
    for (int i = 0; i < s->unit_count; i++) {
        double seconds = (double)cnn->layers[j].ops / s->units[i].ops_per_s;
        o->compute[row][i].weighted_ns = nanoseconds(cnn->weight * cnn->p[j], seconds);
        o->compute[row][i].plain_ns = nanoseconds(cnn->p[j], seconds);
    }
}

bool oracle_init(oracle *o, const dcnn_scenario *scenario)
{
    memset(o, 0, sizeof *o);
    o->scenario = scenario;
    if (scenario->place_count > ORACLE_PLACES_MAX || scenario->cnn_count > ORACLE_CNNS_MAX) return false;
    for (int c = 0; c < scenario->cnn_count; c++) {
        o->first[c + 1] = o->layer_count += scenario->cnns[c].layer_count;
        if (o->layer_count > ORACLE_LAYERS_MAX) return false;
        for (int j = 0; j < scenario->cnns[c].layer_count; j++) layer_tables(o, c, j);
    }
    for (int s = 0; s < scenario->shared_group_count; s++)
        for (int m = 0; m < scenario->shared_groups[s].member_count; m++) {
            dcnn_layer_ref member = scenario->shared_groups[s].members[m];
            o->group[o->first[member.cnn] + member.layer] = s;
        }
    return true;
}

/* --- one assignment --- */

static bool first_of_group(const oracle *o, int row)
{
    for (int r = 0; r < row; r++)
        if (o->group[r] == o->group[row] && o->group[row] >= 0) return false;
    return true;
}

static bool groups_together(const oracle *o, const int *units)
{
    for (int a = 0; a < o->layer_count; a++)
        for (int b = 0; b < a; b++)
            if (o->group[a] >= 0 && o->group[a] == o->group[b] && units[a] != units[b]) return false;
    return true;
}

/* Counts a group with its first layer: right wherever groups are together. */
static bool fits_unit(const oracle *o, const int *units, int unit)
{
    const dcnn_scenario *s = o->scenario;
    int64_t memory_bytes = 0, ops = 0, layers = 0;

    for (int row = 0; row < o->layer_count; row++) {
        const dcnn_cnn *cnn = &s->cnns[o->cnn[row]];
        const dcnn_layer *layer = &cnn->layers[row - o->first[o->cnn[row]]];
        if (units[row] != unit || !first_of_group(o, row)) continue;
        memory_bytes += layer->memory_bytes;
        ops += layer->ops;
        layers++;
    }
    return memory_bytes <= s->units[unit].memory_bytes && ops <= s->units[unit].ops_budget &&
           (s->layers_per_unit == 0 || layers <= s->layers_per_unit);
}

static void latency(const oracle *o, const int *units, int c, dcnn_latency *plain, int64_t *weighted_ns)
{
    const dcnn_cnn *cnn = &o->scenario->cnns[c];

    memset(plain, 0, sizeof *plain);
    *weighted_ns = 0;
    for (int row = o->first[c]; row < o->first[c + 1]; row++) {
        bool start = row == o->first[c];
        oracle_time arrival = o->arrival[row][start ? cnn->source : units[row - 1]][units[row]];
        oracle_time decision = o->decision[row][units[row]][cnn->sink];
        oracle_time compute = o->compute[row][units[row]];
        int64_t *into = start ? &plain->source_ns : &plain->transfer_ns;
        *into = add(*into, arrival.plain_ns);
        plain->compute_ns = add(plain->compute_ns, compute.plain_ns);
        plain->sink_ns = add(plain->sink_ns, decision.plain_ns);
        *weighted_ns = add(*weighted_ns, add(arrival.weighted_ns, add(compute.weighted_ns, decision.weighted_ns)));
    }
    plain->latency_ns = add(add(plain->source_ns, plain->compute_ns), add(plain->transfer_ns, plain->sink_ns));
}

void oracle_evaluate(const oracle *o, const int *units, oracle_figures *figures)
{
    const dcnn_scenario *s = o->scenario;
    int64_t max_ns = 0;

    figures->feasible = groups_together(o, units);
    for (int i = 0; i < s->unit_count; i++) figures->feasible = figures->feasible && fits_unit(o, units, i);
    figures->sum_ns = 0;
    for (int c = 0; c < s->cnn_count; c++) {
        int64_t weighted_ns;
        latency(o, units, c, &figures->latency[c], &weighted_ns);
        figures->sum_ns = add(figures->sum_ns, weighted_ns);
        if (weighted_ns > max_ns) max_ns = weighted_ns;
        if (figures->latency[c].latency_ns > s->cnns[c].deadline_ns) figures->feasible = false;
    }
    figures->value_ns = s->objective == DCNN_OBJECTIVE_MAX ? max_ns : figures->sum_ns;
    if (figures->value_ns == DCNN_NEVER) figures->feasible = false;
}

/* --- all assignments --- */

/* The next number of `digits` digits in base `base`; false after the last. */
static bool next(int *number, int digits, int base)
{
    for (int d = 0; d < digits; d++) {
        if (++number[d] < base) return true;
        number[d] = 0;
    }
    return false;
}

void oracle_solve(const oracle *o, oracle_answer *answer)
{
    int units[ORACLE_LAYERS_MAX] = {0};

    memset(answer, 0, sizeof *answer);
    answer->value_ns = answer->sum_ns = DCNN_NEVER;
    do {
        oracle_figures figures;
        oracle_evaluate(o, units, &figures);
        if (!figures.feasible || figures.value_ns > answer->value_ns) continue;
        if (figures.value_ns == answer->value_ns && figures.sum_ns >= answer->sum_ns) continue;
        answer->feasible = true;
        answer->value_ns = figures.value_ns;
        answer->sum_ns = figures.sum_ns;
        memcpy(answer->units, units, sizeof units);
    } while (next(units, o->layer_count, o->scenario->unit_count));
}
