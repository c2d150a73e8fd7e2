/* reach_property.c - regions against every assignment there is, on scenarios that would never be solved by them. */
#include "property.h"
#include "solve/reach.h"
#include "tiny_case.h"

enum { ASSIGNMENTS_MAX = 60000 };

static void check_run(const dcnn_run *run, const oracle_answer *answer, dcnn_buf *complaint)
{
    if (!run->proven) dcnn_buf_text(complaint, "no proof\n");
    if (run->best_ns != answer->value_ns)
        dcnn_buf_format(complaint, "the optimum is %lld, not %lld\n", (long long)answer->value_ns,
                        (long long)run->best_ns);
}

static void solve(const tiny_case *t, const dcnn_instance *instance, uint64_t seed, dcnn_buf *complaint)
{
    dcnn_options options;
    oracle_answer answer;
    dcnn_run run = {0};

    dcnn_options_init(&options);
    options.threads = 1 + (int)(seed & 1);
    options.without = seed & 2 ? 1u << DCNN_IDEA_OUTLOOKS : 0;
    oracle_solve(&t->oracle, &answer);
    if (!dcnn_run_init(&run, instance, &options) || dcnn_reach_run(&run, NULL))
        dcnn_buf_text(complaint, "the solver fails\n");
    else
        check_run(&run, &answer, complaint);
    dcnn_run_clear(&run);
}

static void regions_prove_the_optimum(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_instance *instance = NULL;
    tiny_case t;

    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint) && !dcnn_instance_new(&instance, t.scenario, NULL) &&
        dcnn_reach_can(instance))
        solve(&t, instance, seed, complaint);
    dcnn_instance_free(instance);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"regions prove the optimum", regions_prove_the_optimum, 12000}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
