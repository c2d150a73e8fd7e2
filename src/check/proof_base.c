/* proof_base.c - the candidates a part of a certificate is about, and all they cost, in tables of pairs. Steps strike
 * out most of them at the first node; the tables are then made again for the few that are left. */
#include "proof_region.h"
#include <stdlib.h>
#include <string.h>

static const int64_t table_bytes_max = (int64_t)1 << 30;

static const int64_t pairs_max = 100000000, candidates_max = 4000000;

/* --- layers as the scenario has them --- */

static void name_groups(dcnn_proof_check *p)
{
    const dcnn_scenario *s = p->scenario;

    for (int g = 0; g < s->shared_group_count; g++)
        for (int m = 0; m < s->shared_groups[g].member_count; m++) {
            dcnn_layer_ref member = s->shared_groups[g].members[m];
            dcnn_proof_layer *layer = &p->cnns[member.cnn].layers[member.layer];
            layer->group = g;
            layer->counted = m == 0;
        }
}

/* Two layers of one group may be on a unit that bears a single layer. */
static void find_twins(dcnn_proof_cnn *cnn)
{
    for (int j = 0; j < cnn->layer_count; j++)
        for (int k = 0; k < j && cnn->layers[j].group >= 0; k++)
            if (cnn->layers[k].group == cnn->layers[j].group) {
                cnn->layers[j].twin = k;
                cnn->single = false;
            }
}

static bool take_layers(dcnn_proof_check *p, dcnn_pool *pool)
{
    const dcnn_scenario *s = p->scenario;

    p->cnns = dcnn_pool_take(pool, (size_t)s->cnn_count, sizeof *p->cnns);
    if (!p->cnns) return false;
    for (int c = 0; c < s->cnn_count; c++) {
        dcnn_proof_cnn *cnn = &p->cnns[c];
        cnn->layer_count = s->cnns[c].layer_count;
        cnn->deadline = s->cnns[c].deadline_ns != DCNN_NEVER;
        cnn->single = s->layers_per_unit == 1;
        cnn->layers = dcnn_pool_take(pool, (size_t)cnn->layer_count, sizeof *cnn->layers);
        if (!cnn->layers) return false;
        for (int j = 0; j < cnn->layer_count; j++)
            cnn->layers[j] = (dcnn_proof_layer){.cnn = c,
                                                .layer = j,
                                                .group = -1,
                                                .twin = -1,
                                                .counted = true,
                                                .memory_bytes = s->cnns[c].layers[j].memory_bytes,
                                                .ops = s->cnns[c].layers[j].ops};
    }
    name_groups(p);
    for (int c = 0; c < s->cnn_count; c++) find_twins(&p->cnns[c]);
    return true;
}

/* --- what candidates cost by themselves --- */

static bool add_message(dcnn_proof_check *p, double scale, int64_t bytes, int place, bool to, const int *units,
                        int count, int64_t *ns, int64_t *scratch)
{
    int message = dcnn_proof_message(p->routes, scale, bytes);

    if (message < 0) return false;
    if (to ? !dcnn_proof_costs_to(p->routes, message, place, units, count, scratch)
           : !dcnn_proof_costs_from(p->routes, message, place, units, count, scratch))
        return false;
    for (int k = 0; k < count; k++) ns[k] = dcnn_check_add(ns[k], scratch[k]);
    return true;
}

/* Computation, decision and, for layer 0, the input. */
static bool own_costs(dcnn_proof_check *p, const dcnn_proof_layer *layer, double weight, const int *units, int count,
                      int64_t *ns, int64_t *scratch)
{
    const dcnn_cnn *cnn = &p->scenario->cnns[layer->cnn];
    int j = layer->layer;

    for (int k = 0; k < count; k++)
        ns[k] = dcnn_check_ns(weight * cnn->p[j], (double)layer->ops / p->scenario->units[units[k]].ops_per_s);
    if (j == 0 && !add_message(p, weight * cnn->p[0], cnn->input_bytes, cnn->source, false, units, count, ns, scratch))
        return false;
    return add_message(p, weight * cnn->g[j], cnn->layers[cnn->layer_count - 1].output_bytes, cnn->sink, true, units,
                       count, ns, scratch);
}

static bool fits_alone(const dcnn_proof_check *p, const dcnn_proof_layer *layer, int unit)
{
    return layer->memory_bytes <= p->scenario->units[unit].memory_bytes &&
           layer->ops <= p->scenario->units[unit].ops_budget;
}

/* Candidates of a layer: units that it fits and that can be reached in time. scratch: [3 * unit_count]. */
static bool fill_layer(dcnn_proof_check *p, dcnn_pool *pool, dcnn_proof_layer *layer, const int *units, int unit_count,
                       int64_t *scratch)
{
    const dcnn_cnn *cnn = &p->scenario->cnns[layer->cnn];
    bool deadline = cnn->deadline_ns != DCNN_NEVER;
    int64_t *weighted_ns = scratch, *plain_ns = scratch + unit_count;

    if (!own_costs(p, layer, cnn->weight, units, unit_count, weighted_ns, scratch + 2 * unit_count)) return false;
    if (deadline && !own_costs(p, layer, 1, units, unit_count, plain_ns, scratch + 2 * unit_count)) return false;
    layer->unit = dcnn_pool_take(pool, (size_t)unit_count, sizeof *layer->unit);
    layer->own = dcnn_pool_take(pool, (size_t)unit_count, sizeof *layer->own);
    if (deadline) layer->plain = dcnn_pool_take(pool, (size_t)unit_count, sizeof *layer->plain);
    if (!layer->unit || !layer->own || (deadline && !layer->plain)) return false;
    for (int k = 0; k < unit_count; k++) {
        int64_t ticks = dcnn_proof_ticks(p, weighted_ns[k]);
        if (!fits_alone(p, layer, units[k]) || ticks >= DCNN_PROOF_FAR) continue;
        if (deadline && plain_ns[k] > cnn->deadline_ns) continue;
        layer->unit[layer->count] = units[k];
        layer->own[layer->count] = ticks;
        if (deadline) layer->plain[layer->count] = plain_ns[k];
        layer->count++;
    }
    return true;
}

/* every: all units; otherwise those that are listed already. */
static bool fill_layers(dcnn_proof_check *p, dcnn_pool *pool, bool every)
{
    int unit_count = p->scenario->unit_count;
    int *units = dcnn_take((size_t)unit_count, sizeof *units);
    int64_t *scratch = dcnn_take(3 * (size_t)unit_count, sizeof *scratch);
    bool done = units && scratch;

    for (int i = 0; i < unit_count && done; i++) units[i] = i;
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j < p->cnns[c].layer_count && done; j++) {
            dcnn_proof_layer *layer = &p->cnns[c].layers[j];
            const int *listed = every ? units : layer->unit;
            int count = every ? unit_count : layer->count;
            layer->count = 0;
            done = count == 0 || fill_layer(p, pool, layer, listed, count, scratch);
        }
    free(units);
    free(scratch);
    return done;
}

/* --- moves --- */

static bool take_moves(dcnn_pool *pool, dcnn_proof_layer *from, const dcnn_proof_layer *to, bool deadline)
{
    size_t pairs = (size_t)from->count * (size_t)to->count;

    from->move = dcnn_pool_take(pool, pairs, sizeof *from->move);
    if (deadline) from->plain_move = dcnn_pool_take(pool, pairs, sizeof *from->plain_move);
    return from->move && (!deadline || from->plain_move);
}

/* Bytes of all tables of pairs. */
static double table_bytes(const dcnn_proof_check *p)
{
    double bytes = 0;

    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j + 1 < p->cnns[c].layer_count; j++)
            bytes += (double)p->cnns[c].layers[j].count * p->cnns[c].layers[j + 1].count * sizeof(int64_t) *
                     (p->cnns[c].deadline ? 2 : 1);
    return bytes;
}

static bool fill_moves(dcnn_proof_check *p, dcnn_proof_layer *from, const dcnn_proof_layer *to, double weight,
                       int64_t *moves, bool in_ticks)
{
    const dcnn_cnn *cnn = &p->scenario->cnns[from->cnn];
    int message = dcnn_proof_message(p->routes, weight * cnn->p[to->layer], cnn->layers[from->layer].output_bytes);

    if (message < 0) return false;
    for (int a = 0; a < from->count; a++) {
        int64_t *row = moves + (size_t)a * (size_t)to->count;
        if (!dcnn_proof_costs_from(p->routes, message, from->unit[a], to->unit, to->count, row)) return false;
        for (int b = 0; b < to->count; b++) row[b] = in_ticks ? dcnn_proof_ticks(p, row[b]) : dcnn_proof_clamp(row[b]);
        if (from->next[a] >= 0) row[from->next[a]] = DCNN_PROOF_FAR;
    }
    return true;
}

static bool measure_moves(dcnn_proof_check *p, dcnn_pool *pool)
{
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j + 1 < p->cnns[c].layer_count; j++) {
            dcnn_proof_layer *from = &p->cnns[c].layers[j];
            const dcnn_proof_layer *to = from + 1;
            if (from->count == 0 || to->count == 0) continue;
            if (!take_moves(pool, from, to, p->cnns[c].deadline)) return false;
            if (!fill_moves(p, from, to, p->scenario->cnns[c].weight, from->move, true)) return false;
            if (p->cnns[c].deadline && !fill_moves(p, from, to, 1, from->plain_move, false)) return false;
        }
    return true;
}

/* --- what belongs to candidates besides --- */

/* Numbers the units that are candidates of any layer. */
static bool number_slots(dcnn_proof_check *p, dcnn_pool *pool)
{
    int unit_count = p->scenario->unit_count;
    int *slot_of = dcnn_take((size_t)unit_count, sizeof *slot_of);

    if (!slot_of) return false;
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j < p->cnns[c].layer_count; j++)
            for (int a = 0; a < p->cnns[c].layers[j].count; a++) slot_of[p->cnns[c].layers[j].unit[a]] = 1;
    p->slot_count = 0;
    for (int i = 0; i < unit_count; i++) slot_of[i] = slot_of[i] ? p->slot_count++ : -1;
    p->slot_unit = dcnn_pool_take(pool, (size_t)p->slot_count, sizeof *p->slot_unit);
    for (int i = 0; i < unit_count && p->slot_unit; i++)
        if (slot_of[i] >= 0) p->slot_unit[slot_of[i]] = i;
    for (int c = 0; c < p->scenario->cnn_count && p->slot_unit; c++)
        for (int j = 0; j < p->cnns[c].layer_count; j++) {
            dcnn_proof_layer *layer = &p->cnns[c].layers[j];
            if (layer->count == 0) continue;
            layer->slot = dcnn_pool_take(pool, (size_t)layer->count, sizeof *layer->slot);
            if (!layer->slot) p->slot_unit = NULL;
            for (int a = 0; a < layer->count && layer->slot; a++) layer->slot[a] = slot_of[layer->unit[a]];
        }
    free(slot_of);
    return p->slot_unit != NULL;
}

static bool take_table(dcnn_pool *pool, dcnn_proof_table *table, size_t count)
{
    table->rest = dcnn_pool_take(pool, count, sizeof *table->rest);
    table->second = dcnn_pool_take(pool, count, sizeof *table->second);
    table->follower = dcnn_pool_take(pool, count, sizeof *table->follower);
    return table->rest && table->second && table->follower;
}

static bool take_tables(const dcnn_proof_check *p, dcnn_pool *pool, dcnn_proof_layer *layer)
{
    const bool needed[DCNN_MEASURE_COUNT] = {[DCNN_MEASURE_PRICED] = true,
                                             [DCNN_MEASURE_WEIGHTED] = p->cap < DCNN_PROOF_FAR,
                                             [DCNN_MEASURE_PLAIN] = p->cnns[layer->cnn].deadline};
    size_t count = (size_t)layer->count;

    for (int m = 0; m < DCNN_MEASURE_COUNT; m++)
        if (needed[m] && !take_table(pool, &layer->tables[m], count)) return false;
    layer->next = dcnn_pool_take(pool, count, sizeof *layer->next);
    layer->list = dcnn_pool_take(pool, count, sizeof *layer->list);
    layer->place = dcnn_pool_take(pool, count, sizeof *layer->place);
    layer->priced = dcnn_pool_take(pool, count, sizeof *layer->priced);
    layer->before = dcnn_pool_take(pool, count, sizeof *layer->before);
    layer->before_second = dcnn_pool_take(pool, count, sizeof *layer->before_second);
    layer->leader = dcnn_pool_take(pool, count, sizeof *layer->leader);
    layer->end = dcnn_pool_take(pool, count, sizeof *layer->end);
    layer->after = dcnn_pool_take(pool, count, sizeof *layer->after);
    layer->through = dcnn_pool_take(pool, count, sizeof *layer->through);
    return layer->next && layer->list && layer->place && layer->priced && layer->before && layer->before_second &&
           layer->leader && layer->end && layer->after && layer->through;
}

static void begin_layer(dcnn_proof_layer *layer, const dcnn_proof_layer *next)
{
    layer->live = layer->count;
    for (int a = 0; a < layer->count; a++) {
        layer->list[a] = layer->place[a] = a;
        layer->next[a] = next ? dcnn_proof_find(next, layer->unit[a]) : -1;
    }
}

/* What could be put on a unit. */
typedef struct {
    dcnn_proof_load all;
    int64_t memory_bytes, ops; /* the most of one layer */
} offer;

static void add_offer(const dcnn_proof_layer *layer, offer *offers)
{
    for (int a = 0; a < layer->count && layer->counted; a++) {
        offer *o = &offers[layer->slot[a]];
        o->all.layers++;
        o->all.memory_bytes = dcnn_check_add(o->all.memory_bytes, layer->memory_bytes);
        o->all.ops = dcnn_check_add(o->all.ops, layer->ops);
        if (layer->memory_bytes > o->memory_bytes) o->memory_bytes = layer->memory_bytes;
        if (layer->ops > o->ops) o->ops = layer->ops;
    }
}

/* Whether so many layers could be more than a unit has, by the sum of all or by the largest. */
static bool exceeds(int64_t all, int64_t largest, int64_t layers, int64_t capacity)
{
    return all > capacity && (dcnn_wide)largest * layers > capacity;
}

static unsigned char limits_of(const offer *o, const dcnn_proof_load *capacity)
{
    int64_t layers = o->all.layers < capacity->layers ? o->all.layers : capacity->layers;

    return (unsigned char)((o->all.layers > capacity->layers ? DCNN_BINDS_LAYERS : 0) |
                           (exceeds(o->all.memory_bytes, o->memory_bytes, layers, capacity->memory_bytes)
                                ? DCNN_BINDS_MEMORY
                                : 0) |
                           (exceeds(o->all.ops, o->ops, layers, capacity->ops) ? DCNN_BINDS_OPS : 0));
}

/* Which limits could be broken at all. */
static bool find_limits(dcnn_proof_check *p, dcnn_pool *pool)
{
    offer *offers = dcnn_take((size_t)p->slot_count, sizeof *offers);

    p->capacity = dcnn_pool_take(pool, (size_t)p->slot_count, sizeof *p->capacity);
    p->binds = dcnn_pool_take(pool, (size_t)p->slot_count, sizeof *p->binds);
    for (int c = 0; c < p->scenario->cnn_count && offers; c++)
        for (int j = 0; j < p->cnns[c].layer_count; j++) add_offer(&p->cnns[c].layers[j], offers);
    for (int u = 0; u < p->slot_count && offers && p->capacity && p->binds; u++) {
        const dcnn_unit *unit = &p->scenario->units[p->slot_unit[u]];
        int64_t layers = p->scenario->layers_per_unit > 0 ? p->scenario->layers_per_unit : INT64_MAX;
        p->capacity[u] = (dcnn_proof_load){layers, unit->memory_bytes, unit->ops_budget};
        p->binds[u] = limits_of(&offers[u], &p->capacity[u]);
    }
    free(offers);
    return offers && p->capacity && p->binds;
}

static bool take_trail(dcnn_proof_check *p, dcnn_pool *pool)
{
    int64_t count = 0;
    int longest = 0;

    for (int c = 0; c < p->scenario->cnn_count; c++) {
        if (p->cnns[c].layer_count > longest) longest = p->cnns[c].layer_count;
        for (int j = 0; j < p->cnns[c].layer_count; j++) count += p->cnns[c].layers[j].count;
    }
    p->trail = dcnn_pool_take(pool, (size_t)count, sizeof(dcnn_proof_layer *));
    p->run_costs = dcnn_pool_take(pool, (size_t)longest, sizeof *p->run_costs);
    p->run_candidates = dcnn_pool_take(pool, (size_t)longest, sizeof *p->run_candidates);
    p->struck = 0;
    return p->trail && p->run_costs && p->run_candidates;
}

/* All but the moves, once the candidates are known. */
static bool lay_out(dcnn_proof_check *p, dcnn_pool *pool)
{
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = p->cnns[c].layer_count - 1; j >= 0; j--) {
            dcnn_proof_layer *layer = &p->cnns[c].layers[j];
            if (layer->count == 0) continue;
            if (!take_tables(p, pool, layer)) return false;
            begin_layer(layer, j + 1 < p->cnns[c].layer_count ? layer + 1 : NULL);
        }
    p->emptied = false;
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j < p->cnns[c].layer_count; j++) p->emptied = p->emptied || p->cnns[c].layers[j].count == 0;
    return number_slots(p, pool) && find_limits(p, pool) && take_trail(p, pool);
}

static dcnn_case check_size(dcnn_proof_check *p)
{
    if (p->slot_count > DCNN_PROOF_SLOTS_MAX)
        return dcnn_proof_refuse(p, "not verified: more than %d units are left", DCNN_PROOF_SLOTS_MAX);
    if (table_bytes(p) > (double)table_bytes_max)
        return dcnn_proof_refuse(p, "not verified: the candidates that are left need tables of %.0f MB",
                                 table_bytes(p) / 1e6);
    return DCNN_CASE_OPEN;
}

/* A group sits where all its members can. */
static void unite_groups(dcnn_proof_check *p)
{
    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j < p->cnns[c].layer_count; j++) {
            dcnn_proof_layer *layer = &p->cnns[c].layers[j];
            const dcnn_shared_group *group = layer->group >= 0 ? &p->scenario->shared_groups[layer->group] : NULL;
            for (int m = 0; group && m < group->member_count; m++) {
                dcnn_layer_ref ref = group->members[m];
                for (int k = layer->live - 1; k >= 0; k--)
                    if (dcnn_proof_find(&p->cnns[ref.cnn].layers[ref.layer], layer->unit[layer->list[k]]) < 0)
                        dcnn_proof_strike(p, layer, layer->list[k]);
            }
        }
}

/* Whether all units can be candidates of all layers. */
static bool is_small(const dcnn_proof_check *p)
{
    double units = p->scenario->unit_count, layers = 0, pairs = 0;

    for (int c = 0; c < p->scenario->cnn_count; c++) {
        layers += p->scenario->cnns[c].layer_count;
        pairs += (p->scenario->cnns[c].layer_count - 1) * units * units;
    }
    return layers * units <= (double)candidates_max &&
           pairs <= (double)(dcnn_proof_region_serves(p) ? p->pairs_few : pairs_max);
}

static dcnn_case list_candidates(dcnn_proof_check *p, const dcnn_price_set *set)
{
    static const dcnn_price_set no_prices;
    int64_t count = 0;
    dcnn_case state;

    if (!dcnn_proof_region_serves(p))
        return dcnn_proof_refuse(p, "not verified: %d units are too many", p->scenario->unit_count);
    state = dcnn_proof_region_step(p, set ? set : &no_prices);
    for (int c = 0; c < p->scenario->cnn_count && !state; c++)
        for (int j = 0; j < p->cnns[c].layer_count; j++) count += p->cnns[c].layers[j].count;
    if (count > candidates_max) return dcnn_proof_refuse(p, "not verified: %lld candidates are left", (long long)count);
    return state;
}

dcnn_case dcnn_proof_base_open(dcnn_proof_check *p, const dcnn_price_set *set)
{
    bool small = is_small(p);
    dcnn_case state = DCNN_CASE_OPEN;

    p->base = dcnn_pool_new();
    if (!p->base || !take_layers(p, p->base)) return dcnn_proof_lost(p);
    if (!small) state = list_candidates(p, set);
    if (state) return state;
    if (!fill_layers(p, p->base, small) || !lay_out(p, p->base)) return dcnn_proof_lost(p);
    if ((state = check_size(p))) return state;
    if (!measure_moves(p, p->base)) return dcnn_proof_lost(p);
    unite_groups(p);
    return DCNN_CASE_OPEN;
}

static dcnn_case open_alone(dcnn_proof_check *p, int c, dcnn_pool *pool)
{
    dcnn_case state;

    for (int j = 0; j < p->cnns[c].layer_count; j++)
        if (p->cnns[c].layers[j].count == 0) return DCNN_CASE_CLOSED;
    if (!fill_layers(p, pool, false) || !lay_out(p, pool)) return dcnn_proof_lost(p);
    if ((state = check_size(p))) return state;
    return measure_moves(p, pool) ? DCNN_CASE_OPEN : dcnn_proof_lost(p);
}

dcnn_case dcnn_proof_base_floor(dcnn_proof_check *p, const dcnn_price_set *set, int c, int64_t floor)
{
    dcnn_pool *pool = dcnn_pool_new();
    dcnn_case state = pool ? open_alone(p, c, pool) : dcnn_proof_lost(p);

    if (!state) {
        dcnn_proof_charge_cnn(p, set, &p->cnns[c]);
        if (dcnn_proof_chain(p, &p->cnns[c], DCNN_MEASURE_PRICED) < floor) state = dcnn_proof_check_floor(p, c, floor);
    }
    for (int j = 0; j < p->cnns[c].layer_count; j++) p->cnns[c].layers[j].count = p->cnns[c].layers[j].live = 0;
    dcnn_pool_free(pool);
    return state == DCNN_CASE_CLOSED ? DCNN_CASE_OPEN : state;
}

void dcnn_proof_base_close(dcnn_proof_check *p)
{
    dcnn_pool_free(p->base);
    p->base = NULL;
}

/* --- the base of what is left --- */

static bool copy_layer(dcnn_pool *pool, dcnn_proof_layer *layer, const dcnn_proof_layer *old)
{
    layer->unit = dcnn_pool_take(pool, (size_t)old->live, sizeof *layer->unit);
    layer->own = dcnn_pool_take(pool, (size_t)old->live, sizeof *layer->own);
    if (old->plain) layer->plain = dcnn_pool_take(pool, (size_t)old->live, sizeof *layer->plain);
    if (!layer->unit || !layer->own || (old->plain && !layer->plain)) return false;
    for (int a = 0; a < old->count; a++) {
        if (!dcnn_proof_is_left(old, a)) continue;
        layer->unit[layer->count] = old->unit[a];
        layer->own[layer->count] = old->own[a];
        if (old->plain) layer->plain[layer->count] = old->plain[a];
        layer->count++;
    }
    return true;
}

static void copy_moves(const dcnn_proof_layer *old_from, const dcnn_proof_layer *old_to, const int64_t *old,
                       int64_t *moves)
{
    for (int a = 0; a < old_from->count; a++) {
        const int64_t *row = old + (size_t)a * (size_t)old_to->count;
        if (!dcnn_proof_is_left(old_from, a)) continue;
        for (int b = 0; b < old_to->count; b++)
            if (dcnn_proof_is_left(old_to, b)) *moves++ = row[b];
    }
}

static bool copy_cnn(dcnn_pool *pool, dcnn_proof_cnn *cnn, const dcnn_proof_cnn *old)
{
    for (int j = 0; j < cnn->layer_count; j++)
        if (!copy_layer(pool, &cnn->layers[j], &old->layers[j])) return false;
    for (int j = 0; j + 1 < cnn->layer_count; j++) {
        dcnn_proof_layer *from = &cnn->layers[j];
        const dcnn_proof_layer *old_from = &old->layers[j];
        if (!take_moves(pool, from, from + 1, cnn->deadline)) return false;
        copy_moves(old_from, old_from + 1, old_from->move, from->move);
        if (cnn->deadline) copy_moves(old_from, old_from + 1, old_from->plain_move, from->plain_move);
    }
    return true;
}

dcnn_case dcnn_proof_base_shrink(dcnn_proof_check *p)
{
    dcnn_pool *old_base = p->base, *pool = dcnn_pool_new();
    const dcnn_proof_cnn *old = p->cnns;
    bool done;

    p->base = pool;
    done = pool && take_layers(p, pool);
    for (int c = 0; c < p->scenario->cnn_count && done; c++) done = copy_cnn(pool, &p->cnns[c], &old[c]);
    done = done && lay_out(p, pool);
    dcnn_pool_free(old_base);
    return done ? DCNN_CASE_OPEN : dcnn_proof_lost(p);
}
