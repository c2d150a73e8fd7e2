/* check_claims.c - what a placement claims as a whole: the scenario it was made for, its proof. */
#include "check_internal.h"
#include <stdio.h>
#include <string.h>

static const char *objective_text(dcnn_objective objective)
{
    return objective == DCNN_OBJECTIVE_MAX ? "max" : "sum";
}

static void check_origin(dcnn_checker *checker)
{
    const dcnn_scenario *scenario = checker->scenario;
    const dcnn_placement *placement = checker->placement;
    char claimed[DCNN_CHECK_NAME_BYTES], expected[DCNN_CHECK_NAME_BYTES];

    if (placement->scenario && scenario->name && strcmp(placement->scenario, scenario->name) != 0)
        dcnn_check_violation(checker, DCNN_E_VALUE, "scenario", "claimed %s, the scenario is %s",
                             dcnn_check_name(claimed, placement->scenario), dcnn_check_name(expected, scenario->name));
    if (placement->sha256[0] && scenario->sha256[0] && strcmp(placement->sha256, scenario->sha256) != 0)
        dcnn_check_violation(checker, DCNN_E_VALUE, "scenario_sha256", "claimed %s, the scenario's is %s",
                             placement->sha256, scenario->sha256);
    if (placement->objective != scenario->objective)
        dcnn_check_violation(checker, DCNN_E_VALUE, "objective", "claimed \"%s\", the scenario asks for \"%s\"",
                             objective_text(placement->objective), objective_text(scenario->objective));
}

static void check_presence(dcnn_checker *checker)
{
    const dcnn_placement *placement = checker->placement;
    char value[DCNN_CHECK_FIGURE_BYTES];

    if (placement->cnn_count == 0 && placement->value_ns != DCNN_NEVER)
        dcnn_check_violation(checker, DCNN_E_VALUE, "value_ns", "claimed %s, without a unit for any layer",
                             dcnn_check_figure(value, placement->value_ns));
    if (placement->cnn_count != 0 && placement->proof == DCNN_PROOF_INFEASIBLE)
        dcnn_check_violation(checker, DCNN_E_VALUE, "proof", "claimed \"infeasible\", with units for %d CNNs",
                             placement->cnn_count);
    if (placement->reason_count != 0 && placement->proof != DCNN_PROOF_INFEASIBLE)
        dcnn_check_violation(checker, DCNN_E_VALUE, "reasons", "%d reasons, without the proof \"infeasible\"",
                             placement->reason_count);
    if (placement->cure_count != 0 && placement->proof != DCNN_PROOF_INFEASIBLE)
        dcnn_check_violation(checker, DCNN_E_VALUE, "cures", "%d cures, without the proof \"infeasible\"",
                             placement->cure_count);
}

/* Value, bound, proof and stop must agree with one another. */
static void check_proof(dcnn_checker *checker)
{
    static const char *const proof_text[] = {"none", "optimal", "infeasible"};
    const dcnn_placement *placement = checker->placement;
    char value[DCNN_CHECK_FIGURE_BYTES], bound[DCNN_CHECK_FIGURE_BYTES];
    dcnn_proof proved = DCNN_PROOF_NONE;

    (void)dcnn_check_figure(value, placement->value_ns);
    (void)dcnn_check_figure(bound, placement->bound_ns);
    if (placement->bound_ns > placement->value_ns)
        dcnn_check_violation(checker, DCNN_E_VALUE, "bound_ns", "claimed %s, above the value, %s", bound, value);
    if (placement->bound_ns == DCNN_NEVER)
        proved = DCNN_PROOF_INFEASIBLE;
    else if (placement->bound_ns == placement->value_ns)
        proved = DCNN_PROOF_OPTIMAL;
    if (placement->proof != proved)
        dcnn_check_violation(checker, DCNN_E_VALUE, "proof",
                             "claimed \"%s\", a value of %s and a bound of %s mean \"%s\"",
                             proof_text[placement->proof], value, bound, proof_text[proved]);
    if (placement->stop == DCNN_STOP_FINISHED && placement->proof == DCNN_PROOF_NONE)
        dcnn_check_violation(checker, DCNN_E_VALUE, "stop", "claimed \"finished\", with the proof \"none\"");
}

void dcnn_check_claims(dcnn_checker *checker)
{
    check_origin(checker);
    check_presence(checker);
    check_proof(checker);
}
