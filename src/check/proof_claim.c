/* proof_claim.c - what a certificate claims: of which scenario, whether its parts amount to it, and whether it is what
 * a placement claims. */
#include "proof.h"
#include <string.h>

/* --- what any placement can cost, at most --- */

static int slowest_unit(const dcnn_scenario *s)
{
    int slowest = 0;

    for (int i = 1; i < s->unit_count; i++)
        if (s->units[i].ops_per_s < s->units[slowest].ops_per_s) slowest = i;
    return slowest;
}

/* On the slowest unit, or where that cannot be counted, on the slowest where it can. */
static int64_t dearest_computation(const dcnn_scenario *s, const dcnn_cnn *cnn, int j, int slowest)
{
    double scale = cnn->weight * cnn->p[j], ops = (double)cnn->layers[j].ops;
    int64_t dearest_ns = dcnn_check_ns(scale, ops / s->units[slowest].ops_per_s);

    if (dearest_ns != DCNN_NEVER) return dearest_ns;
    dearest_ns = 0;
    for (int i = 0; i < s->unit_count; i++) {
        int64_t ns = dcnn_check_ns(scale, ops / s->units[i].ops_per_s);
        if (ns != DCNN_NEVER && ns > dearest_ns) dearest_ns = ns;
    }
    return dearest_ns;
}

/* Adds what a message costs at most; false when memory is out. */
static bool add_dearest(dcnn_proof_check *p, double scale, int64_t bytes, int64_t *sum_ns)
{
    int message = dcnn_proof_message(p->routes, scale, bytes);

    if (message >= 0) *sum_ns = dcnn_check_add(*sum_ns, dcnn_proof_dearest(p->routes, message));
    return message >= 0;
}

static bool add_cnn(dcnn_proof_check *p, const dcnn_cnn *cnn, int slowest, int64_t *sum_ns)
{
    int last = cnn->layer_count - 1;

    for (int j = 0; j <= last; j++) {
        int64_t bytes = j == 0 ? cnn->input_bytes : cnn->layers[j - 1].output_bytes;
        *sum_ns = dcnn_check_add(*sum_ns, dearest_computation(p->scenario, cnn, j, slowest));
        if (!add_dearest(p, cnn->weight * cnn->p[j], bytes, sum_ns) ||
            !add_dearest(p, cnn->weight * cnn->g[j], cnn->layers[last].output_bytes, sum_ns))
            return false;
    }
    return true;
}

/* --- parts --- */

static bool has_part(const dcnn_certificate *certificate, int64_t cap_ns, int64_t below_ns)
{
    for (int k = 0; k < certificate->part_count; k++)
        if (certificate->parts[k].cap_ns >= cap_ns && certificate->parts[k].below_ns >= below_ns) return true;
    return false;
}

/* Whether the parts, if they hold, make up the claim; dearest_ns is above what any placement costs. */
static void check_parts(dcnn_proof_check *p, int64_t dearest_ns)
{
    const dcnn_certificate *certificate = p->certificate;
    int64_t bound_ns = certificate->bound_ns;

    if (bound_ns <= 0) return;
    if (bound_ns == DCNN_NEVER) {
        if (!has_part(certificate, DCNN_NEVER, dearest_ns))
            dcnn_check_violation(p->checker, DCNN_E_VALUE, "parts",
                                 "no part says that there is no placement: below %lld ns, without a cap",
                                 (long long)dearest_ns);
    } else if (certificate->objective == DCNN_OBJECTIVE_MAX) {
        if (!has_part(certificate, bound_ns - 1, dearest_ns))
            dcnn_check_violation(
                p->checker, DCNN_E_VALUE, "parts",
                "no part says that no placement has a maximum below %lld ns: below %lld ns, with a cap "
                "of %lld ns",
                (long long)bound_ns, (long long)dearest_ns, (long long)bound_ns - 1);
    } else if (!has_part(certificate, DCNN_NEVER, bound_ns)) {
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "parts",
                             "no part says that no placement costs less than %lld ns", (long long)bound_ns);
    }
}

/* --- the placement --- */

/* The sum of weighted latencies; false when the placement does not fit the scenario. */
static bool add_up(const dcnn_checker *checker, int64_t *sum_ns)
{
    dcnn_checker silent = *checker;

    silent.on_violation = NULL;
    *sum_ns = 0;
    if (!dcnn_check_shape(&silent)) return false;
    for (int c = 0; c < checker->scenario->cnn_count; c++) {
        dcnn_latency plain, weighted;
        dcnn_check_latency(&silent, c, &plain, &weighted);
        *sum_ns = dcnn_check_add(*sum_ns, weighted.latency_ns);
    }
    return true;
}

static void check_sum(dcnn_proof_check *p)
{
    int64_t sum_ns;

    if (!add_up(p->checker, &sum_ns))
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "cnns", "the placement is not one of the scenario");
    else if (sum_ns > 0 && !has_part(p->certificate, p->certificate->bound_ns, sum_ns))
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "parts",
                             "no part says that no placement with that maximum has a sum below %lld ns",
                             (long long)sum_ns);
}

static void check_placement(dcnn_proof_check *p)
{
    const dcnn_placement *placement = p->checker->placement;
    int64_t bound_ns = p->certificate->bound_ns;
    char claimed[DCNN_CHECK_FIGURE_BYTES], proven[DCNN_CHECK_FIGURE_BYTES];

    (void)dcnn_check_figure(proven, bound_ns);
    if (placement->proof == DCNN_PROOF_NONE && placement->bound_ns > bound_ns)
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "bound_ns", "the placement claims %s, the certificate %s",
                             dcnn_check_figure(claimed, placement->bound_ns), proven);
    if (placement->proof == DCNN_PROOF_OPTIMAL && placement->value_ns != bound_ns)
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "proof",
                             "the placement claims to be optimal at %s, the certificate is for %s",
                             dcnn_check_figure(claimed, placement->value_ns), proven);
    if (placement->proof == DCNN_PROOF_INFEASIBLE && bound_ns != DCNN_NEVER)
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "proof",
                             "the placement claims that there is none, the certificate is for %s", proven);
    if (placement->proof == DCNN_PROOF_OPTIMAL && placement->objective == DCNN_OBJECTIVE_MAX) check_sum(p);
}

dcnn_status dcnn_proof_check_claim(dcnn_proof_check *p)
{
    const dcnn_certificate *certificate = p->certificate;
    int64_t dearest_ns = 1;
    int slowest = slowest_unit(p->scenario);

    if (certificate->sha256[0] && p->scenario->sha256[0] && strcmp(certificate->sha256, p->scenario->sha256) != 0)
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "scenario_sha256", "claimed %s, the scenario's is %s",
                             certificate->sha256, p->scenario->sha256);
    if (certificate->objective != p->scenario->objective)
        dcnn_check_violation(p->checker, DCNN_E_VALUE, "objective", "not the one that the scenario asks for");
    for (int c = 0; c < p->scenario->cnn_count; c++)
        if (!add_cnn(p, &p->scenario->cnns[c], slowest, &dearest_ns)) return dcnn_fail_memory(p->err);
    check_parts(p, dearest_ns);
    if (p->checker->placement) check_placement(p);
    return DCNN_OK;
}
