/* solve_property.c - the solver against every assignment there is, and the checker over each of its answers. */
#include "property.h"
#include "tiny_case.h"
#include <dcnn/check.h>
#include <dcnn/solve.h>

static const int64_t tiny_assignments = 60000, small_assignments = 1000000000000;
static const int64_t search_nodes_max = 1000000; /* beyond it the oracle has no answer, and the seed is let pass */

/* R1 to R4 of solve.h. */
static void check_rules(const dcnn_result *r, dcnn_buf *complaint)
{
    bool met = r->bound_ns == r->best_ns && r->best_ns < DCNN_NEVER;

    if (r->bound_ns > r->best_ns) dcnn_buf_text(complaint, "R1: the bound is above the best\n");
    if ((r->proof == DCNN_PROOF_OPTIMAL) != met) dcnn_buf_text(complaint, "R2: optimal goes with bound = best\n");
    if ((r->proof == DCNN_PROOF_INFEASIBLE) != (r->bound_ns == DCNN_NEVER))
        dcnn_buf_text(complaint, "R3: infeasible goes with a bound of never\n");
    if (r->stop == DCNN_STOP_FINISHED && r->proof == DCNN_PROOF_NONE)
        dcnn_buf_text(complaint, "R4: finished without a proof\n");
}

/* The sum of weighted latencies of a placement, by the oracle. */
static int64_t placed_sum_ns(const tiny_case *t, const dcnn_placement *placement)
{
    int units[ORACLE_LAYERS_MAX];
    oracle_figures figures;

    for (int c = 0; c < placement->cnn_count; c++)
        for (int j = 0; j < placement->cnns[c].layer_count; j++)
            units[t->oracle.first[c] + j] = placement->cnns[c].units[j];
    oracle_evaluate(&t->oracle, units, &figures);
    return figures.sum_ns;
}

static void check_answer(const dcnn_result *result, const oracle_answer *answer, dcnn_buf *complaint)
{
    if (result->bound_ns > answer->value_ns || result->best_ns < answer->value_ns)
        dcnn_buf_format(complaint, "the optimum is %lld, not between %lld and %lld\n", (long long)answer->value_ns,
                        (long long)result->bound_ns, (long long)result->best_ns);
}

/* What the placement says beside its units must be what the result says. */
static void check_copy(const dcnn_result *result, const dcnn_placement *placement, dcnn_buf *complaint)
{
    if (placement->value_ns != result->best_ns || placement->bound_ns != result->bound_ns ||
        placement->proof != result->proof || placement->stop != result->stop)
        dcnn_buf_text(complaint, "result and placement differ\n");
    if ((placement->cnn_count == 0) != (result->best_ns == DCNN_NEVER))
        dcnn_buf_format(complaint, "%d CNNs placed\n", placement->cnn_count);
}

static void complain(void *user, const dcnn_error *violation)
{
    dcnn_buf_format(user, "certificate: %s: %s\n", violation->where, violation->text);
}

/* Whatever bound was reported, its certificate must convince the checker, and not of a nanosecond more. */
static void check_certificate(const tiny_case *t, dcnn_solver *solver, const dcnn_placement *placement,
                              dcnn_buf *complaint)
{
    dcnn_certificate *certificate;
    dcnn_error err = {0};
    int64_t violations;

    if (dcnn_solver_certify(solver, &certificate, &err)) {
        dcnn_buf_format(complaint, "no certificate: %s\n", err.text);
        return;
    }
    if (dcnn_check_certificate(t->scenario, placement, certificate, complain, complaint, &violations, &err))
        dcnn_buf_text(complaint, "the certificate could not be checked\n");
    if (placement->proof == DCNN_PROOF_OPTIMAL && placement->objective == DCNN_OBJECTIVE_SUM) {
        certificate->bound_ns++;
        for (int k = 0; k < certificate->part_count; k++) certificate->parts[k].below_ns++;
        if (dcnn_check_certificate(t->scenario, NULL, certificate, NULL, NULL, &violations, &err) || violations == 0)
            dcnn_buf_text(complaint, "a certificate proves more than what is true\n");
    }
    dcnn_certificate_free(certificate);
}

static void check_placement(const tiny_case *t, dcnn_solver *solver, const dcnn_result *result,
                            const oracle_answer *answer, dcnn_buf *complaint)
{
    dcnn_placement *placement;

    if (dcnn_solver_placement(solver, &placement, NULL)) {
        dcnn_buf_text(complaint, "no placement is handed out\n");
        return;
    }
    check_copy(result, placement, complaint);
    tiny_case_check(t, placement, complaint);
    if (result->proof == DCNN_PROOF_OPTIMAL && placed_sum_ns(t, placement) != answer->sum_ns)
        dcnn_buf_format(complaint, "the sum is %lld, the least with that value %lld\n",
                        (long long)placed_sum_ns(t, placement), (long long)answer->sum_ns);
    check_certificate(t, solver, placement, complaint);
    dcnn_placement_free(placement);
}

/* Only a limit that was set may stop a search, and a gap only one that is met. */
static void check_stop(const dcnn_options *options, const dcnn_result *r, dcnn_buf *complaint)
{
    bool nodes = r->stop == DCNN_STOP_NODES && options->node_limit > 0;
    bool gap = r->stop == DCNN_STOP_GAP && options->gap > 0;

    if (r->stop != DCNN_STOP_FINISHED && !nodes && !gap) dcnn_buf_text(complaint, "stopped without a limit\n");
    if (gap && !((double)(r->best_ns - r->bound_ns) <= options->gap * (double)r->best_ns))
        dcnn_buf_text(complaint, "stopped by a gap that is not met\n");
}

static void solve(const tiny_case *t, const dcnn_options *options, const oracle_answer *answer, dcnn_buf *complaint)
{
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_result result;
    dcnn_error err = {0};

    if (dcnn_instance_new(&instance, t->scenario, &err) || dcnn_solver_new(&solver, instance, options, &err) ||
        dcnn_solver_run(solver, &result, &err)) {
        dcnn_buf_format(complaint, "%s: %s\n", err.where, err.text);
    } else {
        check_rules(&result, complaint);
        check_answer(&result, answer, complaint);
        check_placement(t, solver, &result, answer, complaint);
        check_stop(options, &result, complaint);
    }
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
}

static void default_options(dcnn_options *options, uint64_t seed)
{
    dcnn_options_init(options);
    options->seed = seed;
}

static void solve_tiny(uint64_t seed, const dcnn_options *options, dcnn_buf *complaint)
{
    tiny_case t;
    oracle_answer answer;

    if (tiny_case_open(&t, seed, tiny_assignments, complaint)) {
        oracle_solve(&t.oracle, &answer);
        solve(&t, options, &answer, complaint);
    }
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void solve_small(uint64_t seed, const dcnn_options *options, dcnn_buf *complaint)
{
    tiny_case t;
    oracle_answer answer;

    if (tiny_case_open(&t, seed, small_assignments, complaint) && oracle_search(&t.oracle, &answer, search_nodes_max))
        solve(&t, options, &answer, complaint);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void solver_equals_enumeration(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;

    default_options(&options, seed);
    solve_tiny(seed, &options, complaint);
}

static void solver_equals_search(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;

    default_options(&options, seed);
    solve_small(seed, &options, complaint);
}

static void stopped_search_is_honest(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;

    default_options(&options, seed);
    options.node_limit = 1 + (int64_t)(seed % 5);
    solve_small(seed, &options, complaint);
}

static void gap_is_kept(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;

    default_options(&options, seed);
    options.gap = 0.1;
    solve_small(seed, &options, complaint);
}

static void two_threads_agree(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;

    default_options(&options, seed);
    options.threads = 2;
    solve_small(seed, &options, complaint);
}

/* Any idea may be missing: they are for speed alone. */
static void ideas_change_nothing(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;

    default_options(&options, seed);
    options.without = 1u << seed % DCNN_IDEA_COUNT;
    options.node_limit = 500; /* without lists a few would take hours */
    solve_small(seed, &options, complaint);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"the solver equals every assignment tried", solver_equals_enumeration, 3000},
                                          {"the solver equals the oracle's search", solver_equals_search, 1000},
                                          {"a stopped search is honest", stopped_search_is_honest, 500},
                                          {"a gap is kept", gap_is_kept, 300},
                                          {"two threads find the same", two_threads_agree, 300},
                                          {"the optimum needs no single idea", ideas_change_nothing, 1000}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
