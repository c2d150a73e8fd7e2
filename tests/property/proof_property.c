/* proof_property.c - random certificates of tiny scenarios. Whatever their prices, those that claim what brute force
 * finds are accepted, where every case is listed, and those that claim more never. */
#include "certificate/certificate_new.h"
#include "certificates.h"
#include "check/proof.h"
#include "property.h"
#include "tiny_case.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ASSIGNMENTS_MAX = 20000, CLAIMS = 3, MEMBERS_MAX = 8 };

typedef struct {
    tiny_case tiny;
    oracle_answer answer;
    dcnn_rng rng;
    dcnn_layer_ref members[MEMBERS_MAX];
} proof_case;

static bool chance(proof_case *t, int percent)
{
    return (int)dcnn_rng_below(&t->rng, 100) < percent;
}

/* Two layers of one CNN in a group: scenario files may not say so, but nothing in the checker relies on that. */
static void share_within(proof_case *t)
{
    dcnn_scenario *s = t->tiny.scenario;
    dcnn_shared_group *group = s->shared_groups;
    dcnn_layer_ref first = group->members[0];
    const dcnn_cnn *cnn = &s->cnns[first.cnn];
    int other = (first.layer + 1) % cnn->layer_count;

    if (group->member_count == MEMBERS_MAX || t->tiny.oracle.group[t->tiny.oracle.first[first.cnn] + other] >= 0)
        return;
    cnn->layers[other].memory_bytes = cnn->layers[first.layer].memory_bytes;
    cnn->layers[other].ops = cnn->layers[first.layer].ops;
    memcpy(t->members, group->members, (size_t)group->member_count * sizeof *t->members);
    t->members[group->member_count++] = (dcnn_layer_ref){first.cnn, other};
    group->members = t->members;
    (void)oracle_init(&t->tiny.oracle, s);
}

static bool open_case(proof_case *t, uint64_t seed, dcnn_buf *complaint)
{
    if (!tiny_case_open(&t->tiny, seed, ASSIGNMENTS_MAX, complaint)) return false;
    dcnn_rng_seed(&t->rng, ~seed);
    if (t->tiny.scenario->shared_group_count > 0 && chance(t, 30)) share_within(t);
    oracle_solve(&t->tiny.oracle, &t->answer);
    return true;
}

static void close_case(proof_case *t, dcnn_buf *complaint)
{
    tiny_case_explain(&t->tiny, complaint);
    tiny_case_close(&t->tiny);
}

/* --- what is true --- */

static void quote(void *user, const dcnn_error *violation)
{
    dcnn_buf_format(user, "%s: %s\n", violation->where, violation->text);
}

/* How many violations a random certificate of that claim has, told in *told. Half of them are followed as in a network
 * of very many units. */
static int64_t try_claim(proof_case *t, const dcnn_placement *placement, bool honest, int64_t bound_ns, int64_t sum_ns,
                         dcnn_buf *told)
{
    dcnn_certificate *certificate = random_certificate(t->tiny.scenario, &t->rng, honest, bound_ns, sum_ns);
    int64_t violations = -1;

    if (certificate && dcnn_check_certificate(t->tiny.scenario, placement, certificate, quote, told, &violations, NULL))
        violations = -1;
    dcnn_certificate_free(certificate);
    return violations;
}

/* The best placement, claimed to be optimal, or the claim that there is none. */
static dcnn_placement *claim(const proof_case *t)
{
    dcnn_placement *placement = oracle_placement(&t->tiny.oracle, t->answer.units);

    if (!placement) return NULL;
    placement->proof = t->answer.feasible ? DCNN_PROOF_OPTIMAL : DCNN_PROOF_INFEASIBLE;
    placement->stop = DCNN_STOP_FINISHED;
    placement->value_ns = placement->bound_ns = t->answer.value_ns;
    if (!t->answer.feasible) placement->cnn_count = 0;
    return placement;
}

static void accept(proof_case *t, dcnn_buf *complaint)
{
    dcnn_placement *placement = claim(t);
    bool max = t->answer.feasible && t->tiny.scenario->objective == DCNN_OBJECTIVE_MAX;

    if (!placement || try_claim(t, placement, true, t->answer.value_ns, max ? t->answer.sum_ns : 0, complaint) != 0)
        dcnn_buf_format(complaint, "the true bound, %lld, is refused\n", (long long)t->answer.value_ns);
    oracle_placement_free(placement);
}

static void truth_is_accepted(uint64_t seed, dcnn_buf *complaint)
{
    proof_case t;

    if (open_case(&t, seed, complaint))
        for (int k = 0; k < CLAIMS && complaint->size == 0; k++) accept(&t, complaint);
    close_case(&t, complaint);
}

/* --- what is not --- */

static void refuse(proof_case *t, dcnn_buf *complaint)
{
    int64_t value_ns = t->answer.value_ns, sum_ns = t->answer.sum_ns;
    int64_t lie_ns = value_ns + 1 + (int64_t)(chance(t, 50) ? dcnn_rng_below(&t->rng, 1000000) : 0);
    bool honest = chance(t, 50);
    dcnn_buf told = {0};

    if (try_claim(t, NULL, honest, lie_ns, 0, &told) == 0)
        dcnn_buf_format(complaint, "%lld is accepted, the least is %lld\n", (long long)lie_ns, (long long)value_ns);
    if (try_claim(t, NULL, honest, DCNN_NEVER, 0, &told) == 0)
        dcnn_buf_text(complaint, "accepted that there is no placement\n");
    if (t->tiny.scenario->objective == DCNN_OBJECTIVE_MAX &&
        try_claim(t, NULL, honest, value_ns, sum_ns + 1, &told) == 0)
        dcnn_buf_format(complaint, "a sum of %lld is accepted\n", (long long)sum_ns + 1);
    dcnn_buf_clear(&told);
}

static void lies_are_refused(uint64_t seed, dcnn_buf *complaint)
{
    proof_case t;

    if (open_case(&t, seed, complaint) && t.answer.feasible)
        for (int k = 0; k < CLAIMS; k++) refuse(&t, complaint);
    close_case(&t, complaint);
}

/* --- floors --- */

/* The least that CNN c costs by itself, within the limits. */
static int64_t least_alone(const dcnn_scenario *scenario, int c)
{
    dcnn_scenario alone = *scenario;
    oracle_answer answer;
    oracle o;

    alone.cnns = &scenario->cnns[c];
    alone.cnn_count = 1;
    alone.objective = DCNN_OBJECTIVE_SUM;
    if (!oracle_init(&o, &alone)) return -1;
    oracle_solve(&o, &answer);
    return answer.value_ns;
}

/* A certificate of one node, closed by floors that make up the bound. */
static dcnn_certificate *floors_alone(const dcnn_scenario *scenario, const int64_t *floors_ns, int tick_bits)
{
    int64_t floors[ORACLE_CNNS_MAX], bound_ns = 0;
    dcnn_certificate *certificate;
    dcnn_proof_part *part;
    dcnn_proof_node *node;
    dcnn_price_set *step;

    for (int c = 0; c < scenario->cnn_count; c++) {
        bound_ns += floors_ns[c];
        floors[c] = floors_ns[c] << tick_bits;
    }
    certificate = dcnn_certificate_new(scenario, bound_ns, tick_bits);
    part = certificate ? dcnn_certificate_add_part(certificate, DCNN_NEVER, bound_ns) : NULL;
    node = part ? dcnn_certificate_add_node(certificate, part) : NULL;
    step = node ? dcnn_certificate_add_step(certificate, node) : NULL;
    if (step && dcnn_certificate_set_floors(certificate, step, floors)) return certificate;
    dcnn_certificate_free(certificate);
    return NULL;
}

static bool floors_hold(proof_case *t, const int64_t *floors_ns, dcnn_buf *told)
{
    dcnn_certificate *certificate = floors_alone(t->tiny.scenario, floors_ns, (int)dcnn_rng_below(&t->rng, 11));
    int64_t violations = -1;

    if (certificate)
        (void)dcnn_proof_follow(t->tiny.scenario, NULL, certificate, chance(t, 50) ? -1 : INT64_MAX, quote, told,
                                &violations, NULL);
    dcnn_certificate_free(certificate);
    return violations == 0;
}

static void floors_are_checked(uint64_t seed, dcnn_buf *complaint)
{
    int64_t floors_ns[ORACLE_CNNS_MAX];
    dcnn_buf told = {0};
    proof_case t;
    bool placed = open_case(&t, seed, complaint) && t.tiny.scenario->objective == DCNN_OBJECTIVE_SUM &&
                  t.tiny.scenario->shared_group_count == 0;

    for (int c = 0; placed && c < t.tiny.scenario->cnn_count; c++) {
        floors_ns[c] = least_alone(t.tiny.scenario, c);
        placed = floors_ns[c] != DCNN_NEVER;
    }
    if (placed) {
        int c = (int)dcnn_rng_below(&t.rng, (uint64_t)t.tiny.scenario->cnn_count);
        if (!floors_hold(&t, floors_ns, complaint)) dcnn_buf_text(complaint, "floors that hold are refused\n");
        floors_ns[c]++;
        if (floors_hold(&t, floors_ns, &told))
            dcnn_buf_format(complaint, "too high a floor of CNN %d is accepted\n", c);
    }
    dcnn_buf_clear(&told);
    close_case(&t, complaint);
}

/* --- files --- */

/* Writes, reads, writes again: the same bytes. */
static void compare_files(const dcnn_scenario *scenario, const dcnn_certificate *certificate, const char *path,
                          dcnn_buf *complaint)
{
    dcnn_certificate *copy = NULL;
    dcnn_buf first = {0}, second = {0};

    if (dcnn_certificate_write(certificate, path, NULL) || dcnn_file_load(&first, path, 0, NULL))
        dcnn_buf_text(complaint, "not written\n");
    else if (dcnn_certificate_read(&copy, scenario, path, quote, complaint, NULL))
        dcnn_buf_text(complaint, "not read\n");
    else if (dcnn_certificate_write(copy, path, NULL) || dcnn_file_load(&second, path, 0, NULL))
        dcnn_buf_text(complaint, "not written again\n");
    else if (first.size != second.size || memcmp(first.data, second.data, first.size) != 0)
        dcnn_buf_format(complaint, "%s%s", first.data, second.data);
    dcnn_certificate_free(copy);
    dcnn_buf_clear(&first);
    dcnn_buf_clear(&second);
}

static void certificate_survives(uint64_t seed, dcnn_buf *complaint)
{
    char path[] = "/tmp/dcnn-certificate-XXXXXX";
    int file = mkstemp(path);
    dcnn_certificate *certificate = NULL;
    tiny_case t;
    dcnn_rng rng;

    dcnn_rng_seed(&rng, ~seed);
    if (file < 0 || close(file)) dcnn_buf_text(complaint, "no temporary file\n");
    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint)) {
        certificate = random_certificate(t.scenario, &rng, false, seed % 3 ? (int64_t)seed : DCNN_NEVER, seed % 5);
        if (certificate) compare_files(t.scenario, certificate, path, complaint);
    }
    dcnn_certificate_free(certificate);
    (void)unlink(path);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"certificates of the truth are accepted", truth_is_accepted, 2000},
                                          {"certificates of more are refused", lies_are_refused, 6000},
                                          {"floors are checked", floors_are_checked, 2000},
                                          {"certificates read as written", certificate_survives, 100}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
