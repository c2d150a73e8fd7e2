/* proof.c - a certificate that holds, and every way we know of spoiling it or claiming too much with it: each must be
 * found, at the right place. */
#include "certificate/certificate_new.h"
#include "tampered.h"
#include <dcnn/check.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { STRONG, SMALL, SLOW, ISLAND };

static const int64_t above_all_ns = (int64_t)1 << 45;

/* --- an honest certificate: a split, one side of which is priced, both listed --- */

static void add_price(dcnn_certificate *certificate, dcnn_price_set *set, dcnn_row_price price)
{
    assert_true(dcnn_certificate_add_price(certificate, set, &price));
}

static void add_listed(dcnn_certificate *certificate, dcnn_proof_part *part)
{
    const dcnn_row_price layers = {.row = {.kind = DCNN_PRICE_LAYERS, .unit = STRONG, .divisor = 1}, .price = 1000};
    const dcnn_row_price shared = {
        .row = {.kind = DCNN_PRICE_SHARED, .unit = SMALL, .divisor = 1, .member = 1}, .price = -77, .bits = 3};
    dcnn_row_name rows[2] = {{.kind = DCNN_PRICE_MEMORY, .unit = SMALL, .divisor = 2},
                             {.kind = DCNN_PRICE_OPS, .unit = STRONG, .divisor = 1}};
    int cnns[1] = {1};
    const dcnn_cut_price cut = {.price = 5, .divisor = 3, .cnns = cnns, .cnn_count = 1, .rows = rows, .row_count = 2};
    dcnn_proof_node *node = dcnn_certificate_add_node(certificate, part);

    assert_non_null(node);
    node->kind = DCNN_NODE_LISTED;
    add_price(certificate, &node->listed, layers);
    add_price(certificate, &node->listed, shared);
    assert_true(dcnn_certificate_add_cut(certificate, &node->listed, &cut));
}

static void add_part(dcnn_certificate *certificate, int64_t cap_ns, int64_t below_ns)
{
    const dcnn_row_price memory = {
        .row = {.kind = DCNN_PRICE_MEMORY, .unit = STRONG, .divisor = 3}, .price = 1 << 20, .bits = 4};
    dcnn_proof_part *part = dcnn_certificate_add_part(certificate, cap_ns, below_ns);
    dcnn_proof_node *node = part ? dcnn_certificate_add_node(certificate, part) : NULL;
    dcnn_price_set *step = node ? dcnn_certificate_add_step(certificate, node) : NULL;

    assert_non_null(step);
    add_price(certificate, step, memory);
    node->kind = DCNN_NODE_SPLIT;
    node->cnn = 0;
    node->layer = 1;
    node->unit = STRONG;
    add_listed(certificate, part);
    add_listed(certificate, part);
}

static dcnn_certificate *honest(const oracle *o)
{
    oracle_answer answer;
    dcnn_certificate *certificate;

    oracle_solve(o, &answer);
    certificate = dcnn_certificate_new(o->scenario, answer.value_ns, 4);
    assert_non_null(certificate);
    if (o->scenario->objective == DCNN_OBJECTIVE_SUM) {
        add_part(certificate, DCNN_NEVER, answer.value_ns);
    } else {
        add_part(certificate, answer.value_ns - 1, above_all_ns);
        add_part(certificate, answer.value_ns, answer.sum_ns);
    }
    return certificate;
}

/* --- what may be done to it --- */

static void other_scenario(dcnn_certificate *c)
{
    c->sha256[0] = 'b';
}

static void other_objective(dcnn_certificate *c)
{
    c->objective = c->objective == DCNN_OBJECTIVE_SUM ? DCNN_OBJECTIVE_MAX : DCNN_OBJECTIVE_SUM;
}

static void other_cnns(dcnn_certificate *c)
{
    c->cnn_count++;
}

static void too_many_ticks(dcnn_certificate *c)
{
    c->tick_bits = 17;
}

static void no_parts(dcnn_certificate *c)
{
    c->part_count = 0;
}

static void part_of_less(dcnn_certificate *c)
{
    c->parts[0].below_ns--;
}

static void part_with_cap(dcnn_certificate *c)
{
    c->parts[0].cap_ns = above_all_ns;
}

static void part_of_more(dcnn_certificate *c)
{
    c->parts[0].below_ns++;
}

static void more_claimed(dcnn_certificate *c)
{
    c->bound_ns++;
}

static void none_claimed(dcnn_certificate *c)
{
    c->bound_ns = DCNN_NEVER;
}

static void beyond_counting(dcnn_certificate *c)
{
    c->parts[0].below_ns = INT64_MAX / 2;
}

static void node_missing(dcnn_certificate *c)
{
    c->parts[0].node_count--;
}

static void node_too_many(dcnn_certificate *c)
{
    c->parts[0].nodes[0].kind = DCNN_NODE_LISTED;
}

static void node_left_open(dcnn_certificate *c)
{
    c->parts[0].nodes[1].kind = DCNN_NODE_CLOSED;
    c->parts[0].below_ns++;
}

static void split_beyond_units(dcnn_certificate *c)
{
    c->parts[0].nodes[0].unit = 4;
}

static void split_beyond_layers(dcnn_certificate *c)
{
    c->parts[0].nodes[0].layer = 3;
}

static void unit_given_away(dcnn_certificate *c)
{
    c->parts[0].nodes[0].layer = -1;
}

static void price_below_zero(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[0].price = -1;
}

static void price_of_no_limit(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[0].row.kind = DCNN_PRICE_OPS;
    c->parts[0].nodes[1].listed.prices[0].row.unit = SLOW;
}

static void price_too_high(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[0].price = INT64_MAX;
}

static void shared_price_too_high(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[1].price = INT64_MIN;
}

static void price_of_first_member(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[1].row.member = 0;
}

static void price_of_no_group(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[1].row.group = 1;
}

static void price_of_tiny_parts(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.prices[0].bits = 63;
}

static void divided_by_nothing(dcnn_certificate *c)
{
    c->parts[0].nodes[0].steps[0].prices[0].row.divisor = 0;
}

static void cut_below_zero(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.cuts[0].price = -5;
}

static void cut_too_high(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.cuts[0].price = INT64_MAX;
}

static void cut_divided_by_nothing(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.cuts[0].divisor = 0;
}

static void cut_of_no_cnn(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.cuts[0].cnns[0] = 2;
}

static void cut_of_no_limit(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.cuts[0].rows[1].unit = SLOW;
}

static void cut_of_shared(dcnn_certificate *c)
{
    c->parts[0].nodes[1].listed.cuts[0].rows[1].kind = DCNN_PRICE_SHARED;
}

/* Of the layers on a unit. */
static void contest(dcnn_certificate *c, int unit)
{
    static dcnn_row_name row;
    static int stage;
    dcnn_proof_node *node = &c->parts[0].nodes[1];

    row = (dcnn_row_name){.kind = DCNN_PRICE_LAYERS, .unit = unit, .divisor = 1};
    stage = 1;
    node->contested = &row;
    node->contested_count = 1;
    node->stages = &stage;
    node->stage_count = 1;
}

static void contest_of_shared(dcnn_certificate *c)
{
    contest(c, STRONG);
}

static void contest_of_no_unit(dcnn_certificate *c)
{
    contest(c, 4);
}

static void second_part_of_less(dcnn_certificate *c)
{
    c->parts[1].below_ns--;
}

static void second_part_of_more(dcnn_certificate *c)
{
    c->parts[1].below_ns++;
}

static void second_part_of_fewer(dcnn_certificate *c)
{
    c->parts[1].cap_ns--;
}

static void cap_too_low(dcnn_certificate *c)
{
    c->parts[0].cap_ns--;
}

static void cap_too_high(dcnn_certificate *c)
{
    c->parts[0].cap_ns++;
}

static const struct {
    const char *name;
    void (*spoil)(dcnn_certificate *c);
    const char *where;
    dcnn_objective objective;
} spoilings[] = {
    {"another scenario", other_scenario, "scenario_sha256", DCNN_OBJECTIVE_SUM},
    {"another objective", other_objective, "objective", DCNN_OBJECTIVE_SUM},
    {"another objective", other_objective, "objective", DCNN_OBJECTIVE_MAX},
    {"a CNN too many", other_cnns, "certificate", DCNN_OBJECTIVE_SUM},
    {"ticks too small", too_many_ticks, "certificate", DCNN_OBJECTIVE_SUM},
    {"no parts", no_parts, "parts", DCNN_OBJECTIVE_SUM},
    {"no parts", no_parts, "parts", DCNN_OBJECTIVE_MAX},
    {"a part that says less", part_of_less, "parts", DCNN_OBJECTIVE_SUM},
    {"a part with a cap", part_with_cap, "parts", DCNN_OBJECTIVE_SUM},
    {"a part that says more", part_of_more, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a higher bound", more_claimed, "parts", DCNN_OBJECTIVE_SUM},
    {"a higher bound", more_claimed, "parts", DCNN_OBJECTIVE_MAX},
    {"no placement", none_claimed, "parts", DCNN_OBJECTIVE_SUM},
    {"no placement", none_claimed, "parts", DCNN_OBJECTIVE_MAX},
    {"more than can be counted", beyond_counting, "parts[0]", DCNN_OBJECTIVE_SUM},
    {"a node missing", node_missing, "parts[0]", DCNN_OBJECTIVE_SUM},
    {"a node too many", node_too_many, "parts[0]", DCNN_OBJECTIVE_SUM},
    {"a node left open", node_left_open, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a split of no unit", split_beyond_units, "parts[0].nodes[0]", DCNN_OBJECTIVE_SUM},
    {"a split of no layer", split_beyond_layers, "parts[0].nodes[0]", DCNN_OBJECTIVE_SUM},
    {"a unit given to one of many", unit_given_away, "parts[0].nodes[0]", DCNN_OBJECTIVE_SUM},
    {"a price below 0", price_below_zero, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a price without a limit", price_of_no_limit, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a price too high", price_too_high, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a shared price too high", shared_price_too_high, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a price for the first of a group", price_of_first_member, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a price for no group", price_of_no_group, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a price too small to count", price_of_tiny_parts, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a divisor of 0", divided_by_nothing, "parts[0].nodes[0]", DCNN_OBJECTIVE_SUM},
    {"a cut below 0", cut_below_zero, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a cut too high", cut_too_high, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a cut divided by nothing", cut_divided_by_nothing, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a cut of no CNN", cut_of_no_cnn, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a cut without a limit", cut_of_no_limit, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a cut of a group", cut_of_shared, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a contest where layers are shared", contest_of_shared, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a contest for no unit", contest_of_no_unit, "parts[0].nodes[1]", DCNN_OBJECTIVE_SUM},
    {"a part of a lower sum", second_part_of_less, "parts", DCNN_OBJECTIVE_MAX},
    {"a part of a higher sum", second_part_of_more, "parts[1].nodes[1]", DCNN_OBJECTIVE_MAX},
    {"a sum of fewer", second_part_of_fewer, "parts", DCNN_OBJECTIVE_MAX},
    {"a cap too low", cap_too_low, "parts", DCNN_OBJECTIVE_MAX},
    {"a cap too high", cap_too_high, "parts[0].nodes[1]", DCNN_OBJECTIVE_MAX},
};

/* --- what a placement may claim beside it --- */

static void bound_higher(dcnn_placement *p)
{
    p->proof = DCNN_PROOF_NONE;
    p->bound_ns++;
}

static void value_higher(dcnn_placement *p)
{
    p->value_ns = ++p->bound_ns;
}

static void value_lower(dcnn_placement *p)
{
    p->value_ns = --p->bound_ns;
}

static void infeasible(dcnn_placement *p)
{
    p->proof = DCNN_PROOF_INFEASIBLE;
    p->value_ns = p->bound_ns = DCNN_NEVER;
    p->cnn_count = 0;
}

static const struct {
    const char *name;
    void (*change)(dcnn_placement *p);
    const char *where;
} claims[] = {
    {"a higher bound", bound_higher, "bound_ns"},
    {"a higher optimum", value_higher, "proof"},
    {"a lower optimum", value_lower, "proof"},
    {"no placement", infeasible, "proof"},
};

/* --- the tests --- */

typedef struct {
    const char *expected; /* where */
    bool found;
    int count;
} search;

static void look(void *user, const dcnn_error *violation)
{
    search *s = user;

    if (strcmp(violation->where, s->expected) == 0) s->found = true;
    s->count++;
    assert_int_equal(violation->code, DCNN_E_VALUE);
    assert_true(violation->text[0] != '\0');
}

static search check(const dcnn_scenario *scenario, const dcnn_placement *placement, const dcnn_certificate *certificate,
                    const char *expected)
{
    search s = {expected, false, 0};
    int64_t violations;

    assert_int_equal(dcnn_check_certificate(scenario, placement, certificate, look, &s, &violations, NULL), DCNN_OK);
    assert_int_equal(violations, s.count);
    return s;
}

/* The oracle of the tampered scenario with that objective. */
static oracle oracle_for(const oracle *o, dcnn_scenario *scenario, dcnn_objective objective)
{
    oracle same = *o;

    *scenario = *o->scenario;
    scenario->objective = objective;
    same.scenario = scenario;
    return same;
}

static void test_honest_certificates_hold(void **state)
{
    for (int objective = DCNN_OBJECTIVE_SUM; objective <= DCNN_OBJECTIVE_MAX; objective++) {
        dcnn_scenario scenario;
        oracle o = oracle_for(*state, &scenario, (dcnn_objective)objective);
        dcnn_placement *placement = tampered_best(&o);
        dcnn_certificate *certificate = honest(&o);
        assert_int_equal(check(&scenario, placement, certificate, "").count, 0);
        assert_int_equal(check(&scenario, NULL, certificate, "").count, 0);
        placement->proof = DCNN_PROOF_NONE;
        placement->bound_ns--;
        certificate->sha256[0] = '\0'; /* not recorded: nothing to compare */
        assert_int_equal(check(&scenario, placement, certificate, "").count, 0);
        dcnn_certificate_free(certificate);
        oracle_placement_free(placement);
    }
}

static void test_every_spoiling_is_found(void **state)
{
    for (size_t k = 0; k < sizeof spoilings / sizeof *spoilings; k++) {
        dcnn_scenario scenario;
        oracle o = oracle_for(*state, &scenario, spoilings[k].objective);
        dcnn_placement *placement = tampered_best(&o);
        dcnn_certificate *certificate = honest(&o);
        spoilings[k].spoil(certificate);
        if (!check(&scenario, placement, certificate, spoilings[k].where).found)
            fail_msg("%s: nothing found at %s", spoilings[k].name, spoilings[k].where);
        dcnn_certificate_free(certificate);
        oracle_placement_free(placement);
    }
}

static void test_every_claim_too_many_is_found(void **state)
{
    const oracle *o = *state;

    for (size_t k = 0; k < sizeof claims / sizeof *claims; k++) {
        dcnn_placement *placement = tampered_best(o);
        dcnn_certificate *certificate = honest(o);
        claims[k].change(placement);
        if (!check(o->scenario, placement, certificate, claims[k].where).found)
            fail_msg("%s: nothing found at %s", claims[k].name, claims[k].where);
        dcnn_certificate_free(certificate);
        oracle_placement_free(placement);
    }
}

static void test_nothing_need_be_said_of_a_bound_of_nothing(void **state)
{
    const oracle *o = *state;
    dcnn_certificate *certificate = dcnn_certificate_new(o->scenario, 0, 0);

    assert_non_null(certificate);
    assert_int_equal(check(o->scenario, NULL, certificate, "").count, 0);
    dcnn_certificate_free(certificate);
}

/* A CNN of no weight costs nothing, whichever way round its two layers are; one way it is too late. */
static const char late[] = "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"late\", \"units\": ["
                           "  {\"id\": \"u\", \"memory_bytes\": 1, \"ops_per_s\": 1}, {\"id\": \"v\", "
                           "\"memory_bytes\": 1, \"ops_per_s\": 9}],"
                           " \"network\": {\"rate_bytes_per_s\": 1000, \"links\": [{\"a\": \"u\", \"b\": \"v\"}]},"
                           " \"cnns\": [{\"id\": \"c\", \"input_bytes\": 1, \"source\": \"u\", \"weight\": 0, "
                           "\"deadline_s\": 3, \"layers\": ["
                           "   {\"name\": \"a\", \"memory_bytes\": 1, \"ops\": 9, \"output_bytes\": 1},"
                           "   {\"name\": \"b\", \"memory_bytes\": 1, \"ops\": 1, \"output_bytes\": 1},"
                           "   {\"name\": \"c\", \"memory_bytes\": 0, \"ops\": 0, \"output_bytes\": 1}]}],"
                           " \"limits\": {\"layers_per_unit\": 2}}";

/* A certificate that it cannot be placed, of one list without prices. */
static dcnn_certificate *never_placed(const dcnn_scenario *scenario)
{
    dcnn_certificate *certificate = dcnn_certificate_new(scenario, DCNN_NEVER, 0);
    dcnn_proof_part *part;

    assert_non_null(certificate);
    part = dcnn_certificate_add_part(certificate, DCNN_NEVER, above_all_ns);
    assert_non_null(part);
    add_listed(certificate, part);
    part->nodes[0].listed.price_count = part->nodes[0].listed.cut_count = 0;
    return certificate;
}

static void test_what_costs_nothing_can_be_too_late(void **state)
{
    dcnn_scenario *scenario;
    dcnn_certificate *certificate;

    (void)state;
    assert_int_equal(dcnn_scenario_parse(&scenario, late, sizeof late - 1, "late", NULL, NULL, NULL, NULL), DCNN_OK);
    certificate = never_placed(scenario);
    assert_true(check(scenario, NULL, certificate, "parts[0].nodes[0]").found);
    dcnn_certificate_free(certificate);
    dcnn_scenario_free(scenario);
}

/* --- rows that may be contested --- */

enum { U, V, ROWS_MAX = 70, MEMORY = 4096, BUDGET = 1023 };

/* What is said of contested rows, or "". */
static void note_contested(void *user, const dcnn_error *violation)
{
    if (strstr(violation->text, "contested")) (void)snprintf(user, sizeof violation->text, "%s", violation->text);
}

/* Unit u has MEMORY bytes and no budget of operations, unit v has no memory and a BUDGET. */
static void contest_is(const dcnn_row_name *rows, int count, int layers_per_unit, const char *expected)
{
    dcnn_scenario *scenario;
    dcnn_certificate *certificate;
    char text[sizeof((dcnn_error *)0)->text] = "";
    int64_t violations;

    assert_int_equal(dcnn_scenario_parse(&scenario, late, sizeof late - 1, "late", NULL, NULL, NULL, NULL), DCNN_OK);
    scenario->layers_per_unit = layers_per_unit;
    scenario->units[U].memory_bytes = MEMORY;
    scenario->units[V].memory_bytes = 0;
    scenario->units[V].ops_budget = BUDGET;
    scenario->cnns[0].deadline_ns = DCNN_NEVER;
    scenario->cnns[0].layer_count = 1;
    certificate = never_placed(scenario);
    assert_true(dcnn_certificate_set_contested(certificate, &certificate->parts[0].nodes[0], rows, &count, 1));
    assert_int_equal(dcnn_check_certificate(scenario, NULL, certificate, note_contested, text, &violations, NULL),
                     DCNN_OK);
    assert_true(violations > 0);
    assert_string_equal(text, expected);
    scenario->cnns[0].layer_count = 3;
    dcnn_certificate_free(certificate);
    dcnn_scenario_free(scenario);
}

static void contest_of_one_is(dcnn_price_kind kind, int unit, int64_t divisor, int layers_per_unit,
                              const char *expected)
{
    const dcnn_row_name row = {.kind = kind, .unit = unit, .divisor = divisor};

    contest_is(&row, 1, layers_per_unit, expected);
}

static void test_contested_rows_have_capacities(void **state)
{
    (void)state;
    contest_of_one_is(DCNN_PRICE_LAYERS, U, 1, 1, "");
    contest_of_one_is(DCNN_PRICE_LAYERS, U, 1, 1023, "");
    contest_of_one_is(DCNN_PRICE_LAYERS, U, 1, 1024,
                      "a contested row of unit 0 with a capacity of 1024, not of 1 to 1023");
    contest_of_one_is(DCNN_PRICE_LAYERS, V, 1, 0, "a contested row of what unit 1 has without limit");
    contest_of_one_is(DCNN_PRICE_MEMORY, U, 5, 0, "");
    contest_of_one_is(DCNN_PRICE_MEMORY, U, 4, 0,
                      "a contested row of unit 0 with a capacity of 1024, not of 1 to 1023");
    contest_of_one_is(DCNN_PRICE_MEMORY, U, MEMORY, 0, "");
    contest_of_one_is(DCNN_PRICE_MEMORY, U, MEMORY + 1, 0,
                      "a contested row of unit 0 with a capacity of 0, not of 1 to 1023");
    contest_of_one_is(DCNN_PRICE_MEMORY, V, 1, 0, "a contested row of unit 1 with a capacity of 0, not of 1 to 1023");
    contest_of_one_is(DCNN_PRICE_OPS, V, 1, 0, "");
    contest_of_one_is(DCNN_PRICE_OPS, U, 1, 0, "a contested row of what unit 0 has without limit");
}

/* Rows of the memory of unit u, from that divisor on. */
static void memory_rows(dcnn_row_name rows[ROWS_MAX], int64_t divisor)
{
    for (int k = 0; k < ROWS_MAX; k++)
        rows[k] = (dcnn_row_name){.kind = DCNN_PRICE_MEMORY, .unit = U, .divisor = divisor + k};
}

static void test_contested_rows_have_room(void **state)
{
    static const char full[] = "contested rows that need more than 128 bits";
    dcnn_row_name rows[ROWS_MAX];

    (void)state;
    memory_rows(rows, MEMORY - ROWS_MAX); /* of capacity 1 */
    contest_is(rows, 64, 0, "");
    contest_is(rows, 65, 0, full);
    memory_rows(rows, MEMORY / 3 - 20); /* of capacity 3 or 2: 3 bits each */
    contest_is(rows, 42, 0, "");
    rows[42].divisor = MEMORY; /* of capacity 1 */
    contest_is(rows, 43, 0, "");
    rows[42] = rows[69];
    contest_is(rows, 43, 0, full);
}

static void test_contested_rows_are_named_once(void **state)
{
    static const char twice[] = "a contested row is named twice";
    dcnn_row_name rows[] = {{.kind = DCNN_PRICE_LAYERS, .unit = U, .divisor = 1},
                            {.kind = DCNN_PRICE_MEMORY, .unit = U, .divisor = 9},
                            {.kind = DCNN_PRICE_LAYERS, .unit = V, .divisor = 1}};

    (void)state;
    contest_is(rows, 3, 2, "");
    rows[2].unit = U;
    contest_is(rows, 3, 2, twice);
    rows[2].divisor = 2; /* means nothing: there are no parts of layers */
    contest_is(rows, 3, 2, twice);
    rows[2] = rows[1];
    contest_is(rows, 3, 2, twice);
    rows[2].divisor++;
    contest_is(rows, 3, 2, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_honest_certificates_hold),
                                       cmocka_unit_test(test_every_spoiling_is_found),
                                       cmocka_unit_test(test_every_claim_too_many_is_found),
                                       cmocka_unit_test(test_nothing_need_be_said_of_a_bound_of_nothing),
                                       cmocka_unit_test(test_what_costs_nothing_can_be_too_late),
                                       cmocka_unit_test(test_contested_rows_have_capacities),
                                       cmocka_unit_test(test_contested_rows_have_room),
                                       cmocka_unit_test(test_contested_rows_are_named_once)};

    return cmocka_run_group_tests(tests, tampered_open, tampered_close);
}
