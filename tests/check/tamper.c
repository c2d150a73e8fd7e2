/* tamper.c - a placement that holds, and every way we know of spoiling it: each must be found, at the right place. */
#include "tampered.h"
#include <dcnn/check.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { STRONG, SMALL, SLOW, ISLAND, LAYERS = 5 };

/* --- what may be done to a placement that claims to be optimal, and is --- */

static void move_layer(dcnn_placement *p)
{
    p->cnns[0].units[1] = p->cnns[0].units[1] == STRONG ? SMALL : STRONG;
}

static void unit_below_zero(dcnn_placement *p)
{
    p->cnns[0].units[2] = -1;
}

static void endpoint_as_unit(dcnn_placement *p)
{
    p->cnns[1].units[0] = 4;
}

static void latency_longer(dcnn_placement *p)
{
    p->cnns[0].latency.latency_ns++;
}

static void latency_shorter(dcnn_placement *p)
{
    p->cnns[1].latency.latency_ns--;
}

static void latency_never(dcnn_placement *p)
{
    p->cnns[1].latency.latency_ns = DCNN_NEVER;
}

static void source_longer(dcnn_placement *p)
{
    p->cnns[0].latency.source_ns++;
}

static void compute_shorter(dcnn_placement *p)
{
    p->cnns[0].latency.compute_ns--;
}

static void transfer_longer(dcnn_placement *p)
{
    p->cnns[0].latency.transfer_ns++;
}

static void sink_shorter(dcnn_placement *p)
{
    p->cnns[1].latency.sink_ns--;
}

static void sink_below_zero(dcnn_placement *p)
{
    p->cnns[0].latency.sink_ns = -1;
}

/* The parts still add up. */
static void parts_shifted(dcnn_placement *p)
{
    p->cnns[0].latency.compute_ns += 1000;
    p->cnns[0].latency.source_ns -= 1000;
}

static void latencies_exchanged(dcnn_placement *p)
{
    dcnn_latency first = p->cnns[0].latency;

    p->cnns[0].latency = p->cnns[1].latency;
    p->cnns[1].latency = first;
}

/* Without the weight. */
static void value_unweighted(dcnn_placement *p)
{
    p->value_ns = p->bound_ns = p->cnns[0].latency.latency_ns + p->cnns[1].latency.latency_ns;
}

static void value_lower(dcnn_placement *p)
{
    p->value_ns--;
    p->bound_ns--;
}

static void value_higher(dcnn_placement *p)
{
    p->value_ns++;
}

static void value_never(dcnn_placement *p)
{
    p->value_ns = DCNN_NEVER;
}

static void bound_above_value(dcnn_placement *p)
{
    p->bound_ns++;
}

static void bound_above_value_unproven(dcnn_placement *p)
{
    p->bound_ns++;
    p->proof = DCNN_PROOF_NONE;
    p->stop = DCNN_STOP_TIME;
}

static void optimal_below_bound(dcnn_placement *p)
{
    p->bound_ns--;
}

static void bound_never(dcnn_placement *p)
{
    p->bound_ns = DCNN_NEVER;
}

static void proof_withheld(dcnn_placement *p)
{
    p->proof = DCNN_PROOF_NONE;
    p->stop = DCNN_STOP_TIME;
}

static void proof_infeasible(dcnn_placement *p)
{
    p->proof = DCNN_PROOF_INFEASIBLE;
}

static void finished_without_proof(dcnn_placement *p)
{
    p->bound_ns -= 10;
    p->proof = DCNN_PROOF_NONE;
}

static void other_objective(dcnn_placement *p)
{
    p->objective = DCNN_OBJECTIVE_MAX;
}

static void cnn_missing(dcnn_placement *p)
{
    p->cnn_count = 1;
}

static void cnn_too_many(dcnn_placement *p)
{
    p->cnn_count = 3;
}

static void all_cnns_missing(dcnn_placement *p)
{
    p->cnn_count = 0;
}

static void cnns_out_of_order(dcnn_placement *p)
{
    dcnn_cnn_placement first = p->cnns[0];

    p->cnns[0] = p->cnns[1];
    p->cnns[1] = first;
}

static void id_changed(dcnn_placement *p)
{
    p->cnns[1].id[0] = 'G';
}

static void layer_missing(dcnn_placement *p)
{
    p->cnns[0].layer_count--;
}

static void layer_too_many(dcnn_placement *p)
{
    p->cnns[1].layer_count++;
}

static void sha_changed(dcnn_placement *p)
{
    p->sha256[63] = p->sha256[63] == '0' ? '1' : '0';
}

static void other_scenario(dcnn_placement *p)
{
    p->scenario[0] = 'T';
}

static void give_reason(dcnn_placement *p, dcnn_limit_kind kind, int index)
{
    static dcnn_reason reason;
    static char text[] = "made up";
    static int owner;

    owner = index;
    reason = (dcnn_reason){kind, 1, &owner, false, text};
    p->reasons = &reason;
    p->reason_count = 1;
}

static void reasons_for_an_optimum(dcnn_placement *p)
{
    give_reason(p, DCNN_LIMIT_MEMORY, 0);
}

static void infeasible(dcnn_placement *p)
{
    p->cnn_count = 0;
    p->value_ns = p->bound_ns = DCNN_NEVER;
    p->proof = DCNN_PROOF_INFEASIBLE;
}

static void infeasible_as_optimal(dcnn_placement *p)
{
    infeasible(p);
    p->proof = DCNN_PROOF_OPTIMAL;
}

static void infeasible_with_bound(dcnn_placement *p)
{
    infeasible(p);
    p->bound_ns = 1;
}

static void reason_beyond_units(dcnn_placement *p)
{
    infeasible(p);
    give_reason(p, DCNN_LIMIT_MEMORY, 4);
}

static void reason_no_such_budget(dcnn_placement *p)
{
    infeasible(p);
    give_reason(p, DCNN_LIMIT_OPS, SMALL);
}

static void reason_no_such_deadline(dcnn_placement *p)
{
    infeasible(p);
    give_reason(p, DCNN_LIMIT_DEADLINE, 0);
}

static void reason_no_such_group(dcnn_placement *p)
{
    infeasible(p);
    give_reason(p, DCNN_LIMIT_SHARED, 1);
}

static const struct {
    const char *name;
    void (*tamper)(dcnn_placement *p);
    const char *where; /* of a violation that must be among those found */
} tamperings[] = {
    {"a layer moved, the figures kept", move_layer, "value_ns"},
    {"a unit below zero", unit_below_zero, "cnns[0].units[2]"},
    {"an endpoint as a unit", endpoint_as_unit, "cnns[1].units[0]"},
    {"latency a nanosecond longer", latency_longer, "cnns[0].latency_ns"},
    {"latency a nanosecond shorter", latency_shorter, "cnns[1].latency_ns"},
    {"latency of never", latency_never, "cnns[1].latency_ns"},
    {"source part longer", source_longer, "cnns[0].source_ns"},
    {"compute part shorter", compute_shorter, "cnns[0].compute_ns"},
    {"transfer part longer", transfer_longer, "cnns[0].transfer_ns"},
    {"sink part shorter", sink_shorter, "cnns[1].sink_ns"},
    {"sink part below zero", sink_below_zero, "cnns[0].sink_ns"},
    {"parts shifted", parts_shifted, "cnns[0].compute_ns"},
    {"latencies exchanged", latencies_exchanged, "cnns[0].latency_ns"},
    {"value without weights", value_unweighted, "value_ns"},
    {"value and bound lower", value_lower, "value_ns"},
    {"value higher", value_higher, "value_ns"},
    {"value of never", value_never, "value_ns"},
    {"bound above the value", bound_above_value, "bound_ns"},
    {"bound above the value, no proof", bound_above_value_unproven, "bound_ns"},
    {"optimal, bound below the value", optimal_below_bound, "proof"},
    {"bound of never", bound_never, "bound_ns"},
    {"proof withheld", proof_withheld, "proof"},
    {"infeasible with a placement", proof_infeasible, "proof"},
    {"finished without a proof", finished_without_proof, "stop"},
    {"another objective", other_objective, "objective"},
    {"a CNN missing", cnn_missing, "cnns"},
    {"a CNN too many", cnn_too_many, "cnns"},
    {"all CNNs missing", all_cnns_missing, "value_ns"},
    {"CNNs out of order", cnns_out_of_order, "cnns[0].id"},
    {"another id", id_changed, "cnns[1].id"},
    {"a layer missing", layer_missing, "cnns[0].units"},
    {"a layer too many", layer_too_many, "cnns[1].units"},
    {"another scenario's sha256", sha_changed, "scenario_sha256"},
    {"another scenario's name", other_scenario, "scenario"},
    {"reasons beside an optimum", reasons_for_an_optimum, "reasons"},
    {"nothing feasible, claimed optimal", infeasible_as_optimal, "proof"},
    {"nothing feasible, with a bound", infeasible_with_bound, "proof"},
    {"a reason about no unit", reason_beyond_units, "reasons[0]"},
    {"a reason about no budget", reason_no_such_budget, "reasons[0]"},
    {"a reason about no deadline", reason_no_such_deadline, "reasons[0]"},
    {"a reason about no group", reason_no_such_group, "reasons[0]"},
};

/* --- placements whose figures are right but which break a limit --- */

static const struct {
    const char *name;
    int units[LAYERS];
    const char *where;
} breaches[] = {
    {"over the memory", {STRONG, SMALL, SMALL, STRONG, STRONG}, "units[1].memory_bytes"},
    {"over the operations", {STRONG, STRONG, STRONG, STRONG, STRONG}, "units[0].ops_budget"},
    {"over the layers", {STRONG, STRONG, STRONG, STRONG, STRONG}, "units[0].layers_per_unit"},
    {"shared layers apart", {STRONG, STRONG, STRONG, SMALL, STRONG}, "cnns[1].units[0]"},
    {"past the deadline", {STRONG, STRONG, STRONG, STRONG, SLOW}, "cnns[1].deadline_s"},
    {"without a route in", {ISLAND, STRONG, STRONG, ISLAND, STRONG}, "cnns[0].units[0]"},
    {"without a route between", {STRONG, ISLAND, STRONG, STRONG, STRONG}, "cnns[0].units[1]"},
    {"without a route out", {STRONG, STRONG, ISLAND, STRONG, STRONG}, "cnns[0].units[2]"},
};

/* --- the tests --- */

typedef struct {
    const char *expected; /* where */
    bool found;
    int limits, claims;
} search;

static void look(void *user, const dcnn_error *violation)
{
    search *s = user;

    if (strcmp(violation->where, s->expected) == 0) s->found = true;
    if (violation->code == DCNN_E_INFEASIBLE)
        s->limits++;
    else
        s->claims++;
    assert_true(violation->text[0] != '\0');
}

static search check(const dcnn_scenario *scenario, const dcnn_placement *placement, const char *expected)
{
    search s = {expected, false, 0, 0};
    int64_t violations;

    assert_int_equal(dcnn_check(scenario, placement, look, &s, &violations, NULL), DCNN_OK);
    assert_int_equal(violations, s.limits + s.claims);
    return s;
}

static void test_honest_placement_holds(void **state)
{
    const oracle *o = *state;
    dcnn_placement *placement = tampered_best(o);
    search s = check(o->scenario, placement, "");

    assert_int_equal(s.limits + s.claims, 0);
    placement->sha256[0] = '\0'; /* not recorded: nothing to compare */
    s = check(o->scenario, placement, "");
    assert_int_equal(s.limits + s.claims, 0);
    infeasible(placement); /* a lie, but one that only a certificate can refute */
    s = check(o->scenario, placement, "");
    assert_int_equal(s.limits + s.claims, 0);
    oracle_placement_free(placement);
}

static void test_every_tampering_is_found(void **state)
{
    const oracle *o = *state;

    for (size_t k = 0; k < sizeof tamperings / sizeof *tamperings; k++) {
        dcnn_placement *placement = tampered_best(o);
        tamperings[k].tamper(placement);
        if (!check(o->scenario, placement, tamperings[k].where).found)
            fail_msg("%s: nothing found at %s", tamperings[k].name, tamperings[k].where);
        oracle_placement_free(placement);
    }
}

static void test_every_broken_limit_is_found(void **state)
{
    const oracle *o = *state;

    for (size_t k = 0; k < sizeof breaches / sizeof *breaches; k++) {
        dcnn_placement *placement = oracle_placement(o, breaches[k].units);
        search s;
        assert_non_null(placement);
        s = check(o->scenario, placement, breaches[k].where);
        if (!s.found) fail_msg("%s: nothing found at %s", breaches[k].name, breaches[k].where);
        assert_int_equal(s.claims, 0);
        oracle_placement_free(placement);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_honest_placement_holds),
                                       cmocka_unit_test(test_every_tampering_is_found),
                                       cmocka_unit_test(test_every_broken_limit_is_found)};

    return cmocka_run_group_tests(tests, tampered_open, tampered_close);
}
