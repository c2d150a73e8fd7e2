/* proof_chain.c - the cheapest chain of one CNN through the candidates that are left, and through each of them, by
 * dynamic programming over runs: consecutive layers on one unit that bears them by itself. Two runs in succession are
 * on different units; what earlier runs left on a unit is forgotten. Where a unit bears one layer, no chain comes
 * straight back to a unit (Houck, Picard, Queyranne, Vemuganti, Opsearch 17, 1980): of the ways to go on, the best two
 * that differ in the next unit are kept. */
#include "proof.h"

static const int64_t *own_of(const dcnn_proof_layer *layer, dcnn_measure measure)
{
    return measure == DCNN_MEASURE_PRICED ? layer->priced : measure == DCNN_MEASURE_PLAIN ? layer->plain : layer->own;
}

static const int64_t *move_row(const dcnn_proof_layer *from, dcnn_measure measure, int a)
{
    const int64_t *moves = measure == DCNN_MEASURE_PLAIN ? from->plain_move : from->move;

    return moves + (size_t)a * (size_t)from[1].count;
}

/* --- a layer a unit --- */

/* The two best ways from candidate a on into the next layer. */
static void continue_single(dcnn_proof_layer *from, dcnn_measure measure, int a)
{
    const dcnn_proof_layer *to = from + 1;
    const dcnn_proof_table *on = &to->tables[measure];
    const int64_t *row = move_row(from, measure, a);
    int64_t best = DCNN_PROOF_FAR, second = DCNN_PROOF_FAR, own = own_of(from, measure)[a];
    int slot = from->slot[a], best_slot = -1;

    for (int k = 0; k < to->live; k++) {
        int b = to->list[k];
        int64_t cost = row[b] + on->rest[b];
        if (cost >= second) continue;
        if (on->follower[b] == slot) cost = row[b] + on->second[b];
        if (cost < best) {
            second = best;
            best = cost;
            best_slot = to->slot[b];
        } else if (cost < second) {
            second = cost;
        }
    }
    from->tables[measure].rest[a] = dcnn_proof_clamp(own + best);
    from->tables[measure].second[a] = dcnn_proof_clamp(own + second);
    from->tables[measure].follower[a] = best_slot;
}

static void finish_single(dcnn_proof_layer *last, dcnn_measure measure)
{
    for (int k = 0; k < last->live; k++) {
        int a = last->list[k];
        last->tables[measure].rest[a] = last->tables[measure].second[a] = own_of(last, measure)[a];
        last->tables[measure].follower[a] = -1;
    }
}

/* The two best ways from the layer before to every candidate. */
static void arrive_single(const dcnn_proof_layer *from, dcnn_measure measure)
{
    const dcnn_proof_layer *to = from + 1;

    for (int k = 0; k < to->live; k++) {
        to->before[to->list[k]] = to->before_second[to->list[k]] = DCNN_PROOF_FAR;
        to->leader[to->list[k]] = -1;
    }
    for (int l = 0; l < from->live; l++) {
        int a = from->list[l], slot = from->slot[a], leader = from->leader[a];
        int64_t own = own_of(from, measure)[a];
        int64_t best = dcnn_proof_clamp(from->before[a] + own), second = dcnn_proof_clamp(from->before_second[a] + own);
        const int64_t *row = move_row(from, measure, a);
        for (int k = 0; k < to->live; k++) {
            int b = to->list[k];
            int64_t cost = row[b] + best;
            if (cost >= to->before_second[b]) continue;
            if (to->slot[b] == leader) cost = row[b] + second;
            if (cost < to->before[b]) {
                to->before_second[b] = to->before[b];
                to->before[b] = cost;
                to->leader[b] = slot;
            } else if (cost < to->before_second[b]) {
                to->before_second[b] = cost;
            }
        }
    }
}

static void pass_single(dcnn_proof_layer *layer, dcnn_measure measure)
{
    const dcnn_proof_table *on = &layer->tables[measure];

    for (int k = 0; k < layer->live; k++) {
        int a = layer->list[k];
        int64_t cost = layer->before[a] + on->rest[a];
        if (layer->leader[a] >= 0 && layer->leader[a] == on->follower[a]) {
            int64_t turn = layer->before_second[a] + on->rest[a];
            cost = layer->before[a] + on->second[a];
            if (turn < cost) cost = turn;
        }
        layer->through[a] = dcnn_proof_clamp(cost);
    }
}

static void single_layers(dcnn_proof_cnn *cnn, dcnn_measure measure)
{
    dcnn_proof_layer *first = cnn->layers, *last = cnn->layers + cnn->layer_count - 1;

    finish_single(last, measure);
    for (int j = cnn->layer_count - 2; j >= 0; j--)
        for (int k = 0; k < cnn->layers[j].live; k++) continue_single(&cnn->layers[j], measure, cnn->layers[j].list[k]);
    for (int k = 0; k < first->live; k++) {
        first->before[first->list[k]] = first->before_second[first->list[k]] = 0;
        first->leader[first->list[k]] = -1;
    }
    for (dcnn_proof_layer *layer = first; layer < last; layer++) arrive_single(layer, measure);
    for (dcnn_proof_layer *layer = first; layer <= last; layer++) pass_single(layer, measure);
}

/* --- runs --- */

bool dcnn_proof_bear(const dcnn_proof_layer *layer, int from, const dcnn_proof_load *capacity, dcnn_proof_load *load)
{
    if (layer->twin >= from) return true;
    load->layers++;
    load->memory_bytes = dcnn_check_add(load->memory_bytes, layer->memory_bytes);
    load->ops = dcnn_check_add(load->ops, layer->ops);
    return load->layers <= capacity->layers && load->memory_bytes <= capacity->memory_bytes &&
           load->ops <= capacity->ops;
}

/* A run as it grows. */
typedef struct {
    const dcnn_proof_check *p;
    const dcnn_proof_layer *layer; /* the latest */
    int first;                     /* its first layer */
    int a, slot;
    int64_t cost;
    dcnn_proof_load load;
} run;

static run begin_run(const dcnn_proof_check *p, const dcnn_proof_layer *layer, dcnn_measure measure, int a)
{
    run r = {.p = p, .layer = layer, .first = layer->layer, .a = a, .slot = layer->slot[a]};

    r.cost = own_of(layer, measure)[a];
    (void)dcnn_proof_bear(layer, r.first, &p->capacity[r.slot], &r.load);
    return r;
}

/* One layer more, where it is left and borne; last: of the CNN. */
static bool extend_run(run *r, dcnn_measure measure, const dcnn_proof_layer *last)
{
    int a = r->layer->next[r->a];

    if (r->layer == last || a < 0 || !dcnn_proof_is_left(r->layer + 1, a)) return false;
    r->layer++;
    r->a = a;
    if (!dcnn_proof_bear(r->layer, r->first, &r->p->capacity[r->slot], &r->load)) return false;
    r->cost = dcnn_proof_clamp(r->cost + own_of(r->layer, measure)[a]);
    return true;
}

/* The best way on from candidate a, when a run ends there. */
static void leave_run(dcnn_proof_layer *from, dcnn_measure measure, int a)
{
    const dcnn_proof_layer *to = from + 1;
    const int64_t *row = move_row(from, measure, a), *rest = to->tables[measure].rest;
    int64_t best = DCNN_PROOF_FAR;

    for (int k = 0; k < to->live; k++) {
        int b = to->list[k];
        int64_t cost = row[b] + rest[b];
        if (cost < best) best = cost;
    }
    from->after[a] = best;
}

static void begin_at(const dcnn_proof_check *p, dcnn_proof_layer *layer, dcnn_measure measure, int a,
                     const dcnn_proof_layer *last)
{
    run r = begin_run(p, layer, measure, a);
    int64_t best = DCNN_PROOF_FAR;

    if (layer == last)
        layer->after[a] = 0;
    else
        leave_run(layer, measure, a);
    do {
        int64_t cost = r.cost + r.layer->after[r.a];
        if (cost < best) best = cost;
    } while (extend_run(&r, measure, last));
    layer->tables[measure].rest[a] = best;
}

/* The best way to every candidate from a run that ends in the layer before. */
static void arrive_runs(const dcnn_proof_layer *from, dcnn_measure measure)
{
    const dcnn_proof_layer *to = from + 1;

    for (int k = 0; k < to->live; k++) to->before[to->list[k]] = DCNN_PROOF_FAR;
    for (int l = 0; l < from->live; l++) {
        int a = from->list[l];
        int64_t end = from->end[a];
        const int64_t *row = move_row(from, measure, a);
        for (int k = 0; k < to->live; k++) {
            int b = to->list[k];
            if (row[b] + end < to->before[b]) to->before[b] = row[b] + end;
        }
    }
}

/* All runs that begin with candidate a: where they end, and the least of a chain through all that they cover. */
static void pass_runs(dcnn_proof_check *p, dcnn_proof_cnn *cnn, dcnn_measure measure, int j, int a)
{
    const dcnn_proof_layer *last = cnn->layers + cnn->layer_count - 1;
    run r = begin_run(p, &cnn->layers[j], measure, a);
    int64_t before = cnn->layers[j].before[a], least = DCNN_PROOF_FAR;
    int end;

    do {
        dcnn_proof_layer *at = &cnn->layers[r.layer->layer];
        int64_t cost = dcnn_proof_clamp(before + r.cost);
        if (cost < at->end[r.a]) at->end[r.a] = cost;
        p->run_candidates[r.layer->layer] = r.a;
        p->run_costs[r.layer->layer] = cost + at->after[r.a];
        end = r.layer->layer;
    } while (extend_run(&r, measure, last));
    for (int k = end; k >= j; k--) {
        int64_t *through = &cnn->layers[k].through[p->run_candidates[k]];
        if (p->run_costs[k] < least) least = p->run_costs[k];
        if (least < *through) *through = least;
    }
}

static void run_layers(dcnn_proof_check *p, dcnn_proof_cnn *cnn, dcnn_measure measure)
{
    const dcnn_proof_layer *last = cnn->layers + cnn->layer_count - 1;

    for (int j = cnn->layer_count - 1; j >= 0; j--)
        for (int k = 0; k < cnn->layers[j].live; k++) {
            int a = cnn->layers[j].list[k];
            begin_at(p, &cnn->layers[j], measure, a, last);
            cnn->layers[j].end[a] = cnn->layers[j].through[a] = DCNN_PROOF_FAR;
            cnn->layers[j].before[a] = 0;
        }
    for (int j = 0; j < cnn->layer_count; j++) {
        if (j > 0) arrive_runs(&cnn->layers[j - 1], measure);
        for (int k = 0; k < cnn->layers[j].live; k++) pass_runs(p, cnn, measure, j, cnn->layers[j].list[k]);
    }
}

int64_t dcnn_proof_chain(dcnn_proof_check *p, dcnn_proof_cnn *cnn, dcnn_measure measure)
{
    const dcnn_proof_layer *first = cnn->layers;
    int64_t least = DCNN_PROOF_FAR;

    if (cnn->single)
        single_layers(cnn, measure);
    else
        run_layers(p, cnn, measure);
    for (int k = 0; k < first->live; k++)
        if (first->through[first->list[k]] < least) least = first->through[first->list[k]];
    return least;
}
