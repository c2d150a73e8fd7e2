/* proof_property.c - certificates of tiny scenarios, made without a solver: random trees, random prices, random cuts,
 * and every case that is not split closed by a list. Whatever the prices, what brute force says is the least must be
 * accepted, and a claim of more never. */
#include "certificate/certificate_new.h"
#include "property.h"
#include "tiny_case.h"
#include <dcnn/check.h>

enum { ASSIGNMENTS_MAX = 20000, TICK_BITS_MAX = 10, DEPTH_MAX = 3, FALSE_CLAIMS = 3 };

/* Above whatever a tiny placement costs. */
static const int64_t above_all_ns = (int64_t)1 << 47;

typedef struct {
    const dcnn_scenario *scenario;
    dcnn_certificate *certificate;
    dcnn_rng rng;
    bool honest; /* every leaf is listed, no floors: what is true must be accepted */
    bool lost;
} maker;

static int below(maker *m, int n)
{
    return (int)dcnn_rng_below(&m->rng, (uint64_t)n);
}

static bool chance(maker *m, int percent)
{
    return below(m, 100) < percent;
}

/* --- prices --- */

static dcnn_row_name draw_row(maker *m)
{
    const dcnn_scenario *s = m->scenario;
    dcnn_row_name row = {.kind = DCNN_PRICE_MEMORY, .unit = below(m, s->unit_count), .divisor = 1};

    if (s->layers_per_unit > 0 && chance(m, 60)) row.kind = DCNN_PRICE_LAYERS;
    if (s->units[row.unit].ops_budget != DCNN_UNLIMITED && chance(m, 50)) row.kind = DCNN_PRICE_OPS;
    if (row.kind == DCNN_PRICE_MEMORY && chance(m, 50)) row.divisor = 1 + below(m, 6);
    return row;
}

static dcnn_row_price draw_price(maker *m)
{
    const dcnn_scenario *s = m->scenario;
    dcnn_row_price price = {.row = draw_row(m), .bits = below(m, 20)};

    if (s->shared_group_count > 0 && chance(m, 40)) {
        price.row.kind = DCNN_PRICE_SHARED;
        price.row.divisor = 1;
        price.row.group = below(m, s->shared_group_count);
        price.row.member = 1 + below(m, s->shared_groups[price.row.group].member_count - 1);
    }
    price.price = (int64_t)dcnn_rng_below(&m->rng, (uint64_t)1 << below(m, 42 + price.bits / 2));
    if (price.row.kind == DCNN_PRICE_SHARED && chance(m, 50)) price.price = -price.price;
    return price;
}

static void add_prices(maker *m, dcnn_price_set *set)
{
    for (int count = below(m, 6); count > 0; count--) {
        dcnn_row_price price = draw_price(m);
        m->lost = !dcnn_certificate_add_price(m->certificate, set, &price) || m->lost;
    }
}

static void add_cut(maker *m, dcnn_price_set *set)
{
    int cnns[3];
    dcnn_row_name rows[4];
    dcnn_cut_price cut = {.cnns = cnns, .cnn_count = below(m, 4), .rows = rows, .row_count = below(m, 5)};

    cut.price = (int64_t)dcnn_rng_below(&m->rng, (uint64_t)1 << below(m, 44));
    for (int k = 0; k < cut.cnn_count; k++) cnns[k] = below(m, m->scenario->cnn_count);
    for (int k = 0; k < cut.row_count; k++) rows[k] = draw_row(m);
    m->lost = !dcnn_certificate_add_cut(m->certificate, set, &cut) || m->lost;
}

static void add_floors(maker *m, dcnn_price_set *step)
{
    int64_t floors[ORACLE_CNNS_MAX];

    for (int c = 0; c < m->scenario->cnn_count; c++)
        floors[c] = (int64_t)dcnn_rng_below(&m->rng, (uint64_t)1 << below(m, 45));
    m->lost = !dcnn_certificate_set_floors(m->certificate, step, floors) || m->lost;
}

/* --- nodes --- */

static void add_steps(maker *m, dcnn_proof_node *node)
{
    for (int count = below(m, 3); count > 0 && !m->lost; count--) {
        dcnn_price_set *step = dcnn_certificate_add_step(m->certificate, node);
        m->lost = !step;
        if (m->lost) return;
        add_prices(m, step);
        if (!m->honest && chance(m, 20)) add_floors(m, step);
    }
}

static void draw_split(maker *m, dcnn_proof_node *node)
{
    const dcnn_scenario *s = m->scenario;

    node->kind = DCNN_NODE_SPLIT;
    node->cnn = below(m, s->cnn_count);
    node->unit = below(m, s->unit_count);
    node->layer = below(m, s->cnns[node->cnn].layer_count);
    if (s->layers_per_unit == 1 && s->shared_group_count == 0 && chance(m, 50)) node->layer = -1;
}

static void add_node(maker *m, dcnn_proof_part *part, int depth)
{
    dcnn_proof_node *node = dcnn_certificate_add_node(m->certificate, part);

    m->lost = m->lost || !node;
    if (m->lost) return;
    add_steps(m, node);
    if (depth < DEPTH_MAX && chance(m, 50)) {
        draw_split(m, node);
        add_node(m, part, depth + 1);
        add_node(m, part, depth + 1);
    } else if (m->honest || chance(m, 80)) {
        node->kind = DCNN_NODE_LISTED;
        add_prices(m, &node->listed);
        for (int count = below(m, 3); count > 0; count--) add_cut(m, &node->listed);
    }
}

static void add_part(maker *m, int64_t cap_ns, int64_t below_ns)
{
    dcnn_proof_part *part = dcnn_certificate_add_part(m->certificate, cap_ns, below_ns);

    m->lost = m->lost || !part;
    if (!m->lost) add_node(m, part, 0);
}

/* --- claims --- */

/* A certificate for the bound; sum_ns: under max, the least sum of the placements with that maximum, 0 = not claimed.
 */
static void make(maker *m, int64_t bound_ns, int64_t sum_ns)
{
    m->certificate = dcnn_certificate_new(m->scenario, bound_ns, below(m, TICK_BITS_MAX + 1));
    m->lost = !m->certificate;
    if (m->lost) return;
    if (bound_ns == DCNN_NEVER)
        add_part(m, DCNN_NEVER, above_all_ns);
    else if (m->scenario->objective == DCNN_OBJECTIVE_SUM)
        add_part(m, DCNN_NEVER, bound_ns);
    else
        add_part(m, bound_ns - 1, above_all_ns);
    if (sum_ns > 0) add_part(m, bound_ns, sum_ns);
}

static void quote(void *user, const dcnn_error *violation)
{
    dcnn_buf_format(user, "%s: %s\n", violation->where, violation->text);
}

/* How many violations a certificate of that claim has, told in *told. */
static int64_t try_claim(maker *m, const dcnn_placement *placement, int64_t bound_ns, int64_t sum_ns, dcnn_buf *told)
{
    int64_t violations = -1;

    make(m, bound_ns, sum_ns);
    if (!m->lost) (void)dcnn_check_certificate(m->scenario, placement, m->certificate, quote, told, &violations, NULL);
    dcnn_certificate_free(m->certificate);
    return violations;
}

/* The best placement, claimed to be optimal, or the claim that there is none. */
static dcnn_placement *claim(const tiny_case *t, const oracle_answer *answer)
{
    dcnn_placement *placement = oracle_placement(&t->oracle, answer->units);

    if (!placement) return NULL;
    placement->proof = answer->feasible ? DCNN_PROOF_OPTIMAL : DCNN_PROOF_INFEASIBLE;
    placement->stop = DCNN_STOP_FINISHED;
    placement->value_ns = placement->bound_ns = answer->value_ns;
    if (!answer->feasible) placement->cnn_count = 0;
    return placement;
}

static void accept_truth(maker *m, const tiny_case *t, const oracle_answer *answer, dcnn_buf *complaint)
{
    dcnn_placement *placement = claim(t, answer);
    bool max = answer->feasible && t->scenario->objective == DCNN_OBJECTIVE_MAX;

    m->honest = true;
    if (!placement || try_claim(m, placement, answer->value_ns, max ? answer->sum_ns : 0, complaint) != 0)
        dcnn_buf_format(complaint, "the true bound, %lld, is refused\n", (long long)answer->value_ns);
    oracle_placement_free(placement);
}

/* More than the least, and that there is no placement. */
static void refuse_lies(maker *m, const oracle_answer *answer, dcnn_buf *complaint)
{
    dcnn_buf told = {0};

    m->honest = chance(m, 50);
    for (int k = 0; k < FALSE_CLAIMS; k++) {
        int64_t lie_ns = answer->value_ns + 1 + below(m, 2) * (int64_t)below(m, 1000000);
        if (try_claim(m, NULL, lie_ns, 0, &told) == 0)
            dcnn_buf_format(complaint, "%lld is accepted, the least is %lld\n", (long long)lie_ns,
                            (long long)answer->value_ns);
        if (try_claim(m, NULL, DCNN_NEVER, 0, &told) == 0) dcnn_buf_text(complaint, "there is a placement\n");
        if (m->scenario->objective == DCNN_OBJECTIVE_MAX &&
            try_claim(m, NULL, answer->value_ns, answer->sum_ns + 1, &told) == 0)
            dcnn_buf_format(complaint, "a sum of %lld is accepted\n", (long long)answer->sum_ns + 1);
    }
    dcnn_buf_clear(&told);
}

static void truth_is_accepted(uint64_t seed, dcnn_buf *complaint)
{
    tiny_case t;
    oracle_answer answer;
    maker m = {0};

    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint)) {
        m.scenario = t.scenario;
        dcnn_rng_seed(&m.rng, ~seed);
        oracle_solve(&t.oracle, &answer);
        for (int k = 0; k < 3 && complaint->size == 0; k++) accept_truth(&m, &t, &answer, complaint);
    }
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void lies_are_refused(uint64_t seed, dcnn_buf *complaint)
{
    tiny_case t;
    oracle_answer answer;
    maker m = {0};

    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint)) {
        m.scenario = t.scenario;
        dcnn_rng_seed(&m.rng, ~seed);
        oracle_solve(&t.oracle, &answer);
        if (answer.feasible) refuse_lies(&m, &answer, complaint);
    }
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"certificates of the truth are accepted", truth_is_accepted, 2000},
                                          {"certificates of more are refused", lies_are_refused, 2000}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
