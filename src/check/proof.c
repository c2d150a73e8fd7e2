/* proof.c - follows a certificate: part by part, node by node. */
#include "proof.h"
#include <stdio.h>
#include <stdlib.h>

/* About a nanosecond each: a proof that takes longer than some minutes is not followed to its end. */
static const int64_t work_max = 300000000000;

/* Of candidates, in tables that take some milliseconds to fill. */
static const int64_t usual_pairs = 1000000;

int64_t dcnn_proof_ticks(const dcnn_proof_check *p, int64_t ns)
{
    int bits = p->certificate->tick_bits;

    return ns >= DCNN_PROOF_FAR >> bits ? DCNN_PROOF_FAR : ns << bits;
}

dcnn_case dcnn_proof_refuse(dcnn_proof_check *p, const char *format, ...)
{
    char text[sizeof((dcnn_error *)0)->text], where[64] = "certificate";
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (p->part >= 0) (void)snprintf(where, sizeof where, "parts[%d]", p->part);
    if (p->part >= 0 && p->node >= 0) (void)snprintf(where, sizeof where, "parts[%d].nodes[%d]", p->part, p->node);
    dcnn_check_violation(p->checker, DCNN_E_VALUE, where, "%s", text);
    return DCNN_CASE_REFUSED;
}

dcnn_case dcnn_proof_lost(dcnn_proof_check *p)
{
    (void)dcnn_fail_memory(p->err);
    return DCNN_CASE_LOST;
}

bool dcnn_proof_resize(void **list, int count, size_t size)
{
    void *moved = dcnn_resize(*list, (size_t)count, size);

    if (moved) *list = moved;
    return moved != NULL;
}

bool dcnn_proof_work(dcnn_proof_check *p, int64_t units)
{
    p->work_left -= units;
    return p->work_left > 0;
}

dcnn_case dcnn_proof_too_long(dcnn_proof_check *p)
{
    return dcnn_proof_refuse(p, "not verified: that takes more than %lld steps", (long long)work_max);
}

/* --- nodes --- */

static int64_t count_pairs(const dcnn_proof_check *p, bool left)
{
    int64_t pairs = 0;

    for (int c = 0; c < p->scenario->cnn_count; c++)
        for (int j = 0; j + 1 < p->cnns[c].layer_count; j++) {
            const dcnn_proof_layer *layer = &p->cnns[c].layers[j];
            pairs += left ? (int64_t)layer[0].live * layer[1].live : (int64_t)layer[0].count * layer[1].count;
        }
    return pairs;
}

/* Makes smaller tables at the first node, where nothing is brought back later. */
static dcnn_case shrink(dcnn_proof_check *p)
{
    dcnn_case state;

    if (p->node > 0 || 2 * count_pairs(p, true) > count_pairs(p, false)) return DCNN_CASE_OPEN;
    state = dcnn_proof_base_shrink(p);
    return state ? state : dcnn_proof_trim(p);
}

static dcnn_case take_steps(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    dcnn_case state = dcnn_proof_trim(p);

    for (int k = 0; k < node->step_count && !state; k++) {
        state = dcnn_proof_step(p, &node->steps[k]);
        if (!state && k + 1 < node->step_count) state = shrink(p);
    }
    return state;
}

/* A node that its steps have left open may still be closed by exact columns in the place of chains. */
static dcnn_case close_node(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    static const dcnn_price_set no_prices;
    dcnn_case state = node->step_count > 0 ? dcnn_proof_chains(p) : dcnn_proof_step(p, &no_prices);

    for (int64_t before = -1; !state && p->struck > before;) {
        before = p->struck;
        state = dcnn_proof_least_columns(p);
        if (!state) state = dcnn_proof_strike_dear(p);
        if (!state && p->struck > before) state = dcnn_proof_tighten(p);
    }
    if (state) return state;
    return dcnn_proof_refuse(p, "left open: its bound is %lld ns, %lld are claimed",
                             (long long)(p->bound >> p->certificate->tick_bits), (long long)p->below_ns);
}

static dcnn_case check_node(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    dcnn_case state = take_steps(p, node);

    if (state || node->kind == DCNN_NODE_SPLIT) return state;
    if (node->kind == DCNN_NODE_CLOSED) return close_node(p, node);
    state = shrink(p);
    return state ? state : dcnn_proof_list(p, node);
}

/* --- the tree --- */

/* A split whose second case is still to come. */
typedef struct {
    int node;
    int64_t struck;
} turn;

typedef struct {
    turn *turns;
    size_t count, room;
} turns;

/* The node after the last one that follows from node k. */
static int skip(const dcnn_proof_part *part, int k)
{
    int64_t open = 1;

    for (; open > 0; k++) open += part->nodes[k].kind == DCNN_NODE_SPLIT ? 1 : -1;
    return k;
}

/* Goes into the first case of the split at hand. */
static dcnn_case go_on(dcnn_proof_check *p, const dcnn_proof_node *node, turns *t)
{
    dcnn_case state = shrink(p);

    if (state) return state;
    if (!dcnn_reserve((void **)&t->turns, &t->room, t->count, sizeof *t->turns)) return dcnn_proof_lost(p);
    t->turns[t->count++] = (turn){p->node, p->struck};
    return dcnn_proof_split(p, node, true);
}

static dcnn_case walk(dcnn_proof_check *p, const dcnn_proof_part *part, turns *t)
{
    dcnn_case state = DCNN_CASE_OPEN;

    p->node = 0;
    while (p->node < part->node_count) {
        const dcnn_proof_node *node = &part->nodes[p->node];
        state = check_node(p, node);
        if (state == DCNN_CASE_OPEN) state = go_on(p, node, t);
        if (state == DCNN_CASE_OPEN) {
            p->node++;
            continue;
        }
        if (state != DCNN_CASE_CLOSED) return state;
        p->node = skip(part, p->node);
        if (t->count == 0) continue;
        t->count--;
        dcnn_proof_restore(p, t->turns[t->count].struck);
        (void)dcnn_proof_split(p, &part->nodes[t->turns[t->count].node], false);
    }
    return DCNN_CASE_CLOSED;
}

/* --- parts --- */

/* The first prices of a part. */
static const dcnn_price_set *first_prices(const dcnn_proof_part *part)
{
    const dcnn_proof_node *first = &part->nodes[0];

    if (first->step_count > 0) return &first->steps[0];
    return first->kind == DCNN_NODE_LISTED ? &first->listed : NULL;
}

static dcnn_case check_part(dcnn_proof_check *p, const dcnn_proof_part *part)
{
    int bits = p->certificate->tick_bits;
    turns t = {0};
    dcnn_case state;

    p->node = -1;
    p->below_ns = part->below_ns;
    if (part->below_ns <= 0 || part->cap_ns < 0) return DCNN_CASE_CLOSED; /* no latency is below 0 */
    if (part->below_ns - 1 >= DCNN_PROOF_CUTOFF_MAX >> bits)
        return dcnn_proof_refuse(p, "%lld ns are more than can be counted in ticks of 2^-%d ns",
                                 (long long)part->below_ns, bits);
    p->cutoff = ((part->below_ns - 1) << bits) + 1;
    p->cap = part->cap_ns == DCNN_NEVER ? DCNN_PROOF_FAR : dcnn_proof_ticks(p, part->cap_ns);
    state = dcnn_proof_base_open(p, first_prices(part));
    if (!state) state = walk(p, part, &t);
    free(t.turns);
    return state;
}

static dcnn_status check_parts(dcnn_proof_check *p)
{
    const dcnn_certificate *certificate = p->certificate;

    for (p->part = 0; p->part < certificate->part_count; p->part++) {
        dcnn_case state = check_part(p, &certificate->parts[p->part]);
        dcnn_proof_base_close(p);
        if (state == DCNN_CASE_LOST) return DCNN_E_MEMORY;
    }
    return DCNN_OK;
}

/* --- the certificate --- */

static int most_prices(const dcnn_certificate *certificate)
{
    int most = 0;

    for (int n = 0; n < certificate->part_count; n++)
        for (int k = 0; k < certificate->parts[n].node_count; k++) {
            const dcnn_proof_node *node = &certificate->parts[n].nodes[k];
            if (node->listed.price_count > most) most = node->listed.price_count;
            for (int s = 0; s < node->then_count; s++)
                if (node->then[s].price_count > most) most = node->then[s].price_count;
            for (int s = 0; s < node->step_count; s++)
                if (node->steps[s].price_count > most) most = node->steps[s].price_count;
        }
    return most;
}

static dcnn_status init(dcnn_proof_check *p)
{
    size_t unit_count = (size_t)p->scenario->unit_count, cnn_count = (size_t)p->scenario->cnn_count;

    p->price_head = dcnn_take(unit_count, sizeof *p->price_head);
    p->price_next = dcnn_take((size_t)most_prices(p->certificate), sizeof *p->price_next);
    p->searches = dcnn_take(cnn_count, sizeof *p->searches);
    p->columns = dcnn_take(cnn_count, sizeof *p->columns);
    if (!p->price_head || !p->price_next || !p->searches || !p->columns) return dcnn_fail_memory(p->err);
    for (size_t i = 0; i < unit_count; i++) p->price_head[i] = -1;
    return dcnn_proof_routes_new(&p->routes, p->scenario, p->err);
}

static void clear(dcnn_proof_check *p)
{
    for (int c = 0; c < p->scenario->cnn_count; c++) {
        if (p->searches) dcnn_proof_search_free(&p->searches[c]);
        if (p->columns) dcnn_proof_columns_free(&p->columns[c]);
    }
    dcnn_proof_base_close(p);
    dcnn_proof_sharing_forget(p);
    dcnn_proof_routes_free(p->routes);
    free(p->price_head);
    free(p->price_next);
    free(p->searches);
    free(p->columns);
}

dcnn_status dcnn_proof_follow(const dcnn_scenario *scenario, const dcnn_placement *placement,
                              const dcnn_certificate *certificate, int64_t pairs_few, dcnn_violation_fn on_violation,
                              void *user, int64_t *violations, dcnn_error *err)
{
    dcnn_checker checker = {scenario, placement, NULL, on_violation, user, 0};
    dcnn_proof_check p = {.checker = &checker, .scenario = scenario, .certificate = certificate, .err = err};
    dcnn_status status;

    *violations = 0;
    p.work_left = work_max;
    p.pairs_few = pairs_few;
    p.part = p.node = -1;
    if ((status = dcnn_check_routes_new(&checker.routes, scenario, err))) goto done;
    if ((status = init(&p))) goto done;
    if (dcnn_proof_shape_fits(&p)) {
        if ((status = dcnn_proof_check_claim(&p))) goto done;
        if ((status = check_parts(&p))) goto done;
    }
    *violations = checker.violations;
done:
    clear(&p);
    dcnn_check_routes_free(checker.routes);
    return status;
}

dcnn_status dcnn_check_certificate(const dcnn_scenario *scenario, const dcnn_placement *placement,
                                   const dcnn_certificate *certificate, dcnn_violation_fn on_violation, void *user,
                                   int64_t *violations, dcnn_error *err)
{
    return dcnn_proof_follow(scenario, placement, certificate, usual_pairs, on_violation, user, violations, err);
}
