/* check_property.c - the checker against the oracle on random assignments, good and bad; the oracle against itself. */
#include "property.h"
#include "tiny_case.h"
#include <dcnn/check.h>

enum { TRIES = 20, ASSIGNMENTS_MAX = 1000000, TRIED_MAX = 20000, NODES_MAX = 1000000 };

typedef struct {
    int limits, claims; /* violations of each sort */
} tally;

static void count(void *user, const dcnn_error *violation)
{
    tally *t = user;

    if (violation->code == DCNN_E_INFEASIBLE)
        t->limits++;
    else
        t->claims++;
}

static tally check(const tiny_case *t, const dcnn_placement *placement)
{
    tally found = {0, 0};
    int64_t violations;

    if (dcnn_check(t->scenario, placement, count, &found, &violations, NULL)) found.claims = -1;
    return found;
}

static void try_assignment(const tiny_case *t, const int *units, dcnn_buf *complaint)
{
    dcnn_placement *placement = oracle_placement(&t->oracle, units);
    oracle_figures figures;
    tally found;

    if (!placement) {
        dcnn_buf_text(complaint, "out of memory\n");
        return;
    }
    oracle_evaluate(&t->oracle, units, &figures);
    found = check(t, placement);
    if (found.claims != 0) dcnn_buf_format(complaint, "%d figures of the oracle refused\n", found.claims);
    if (figures.feasible != (found.limits == 0))
        dcnn_buf_format(complaint, "feasible %d, limits broken %d\n", figures.feasible, found.limits);
    if (complaint->size > 0) tiny_case_check(t, placement, complaint);
    oracle_placement_free(placement);
}

static void checker_agrees(uint64_t seed, dcnn_buf *complaint)
{
    tiny_case t;
    dcnn_rng rng;

    dcnn_rng_seed(&rng, ~seed);
    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint))
        for (int k = 0; k < TRIES && complaint->size == 0; k++) {
            int units[ORACLE_LAYERS_MAX];
            for (int row = 0; row < t.oracle.layer_count; row++)
                units[row] = (int)dcnn_rng_below(&rng, (uint64_t)t.scenario->unit_count);
            try_assignment(&t, units, complaint);
        }
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void oracles_agree(uint64_t seed, dcnn_buf *complaint)
{
    tiny_case t;
    oracle_answer tried, searched;

    if (tiny_case_open(&t, seed, TRIED_MAX, complaint)) {
        oracle_solve(&t.oracle, &tried);
        if (!oracle_search(&t.oracle, &searched, NODES_MAX)) dcnn_buf_text(complaint, "the search gives up\n");
        if (tried.value_ns != searched.value_ns || tried.sum_ns != searched.sum_ns)
            dcnn_buf_format(complaint, "tried %lld, searched %lld\n", (long long)tried.value_ns,
                            (long long)searched.value_ns);
    }
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"the checker agrees with the oracle", checker_agrees, 3000},
                                          {"search and enumeration agree", oracles_agree, 2000}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
