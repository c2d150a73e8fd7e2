/* file_property.c - what is written reads back as the same, and a placement's figures are the oracle's. */
#include "property.h"
#include "tiny_case.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ASSIGNMENTS_MAX = 1000000 };

/* A file of this process, to be removed by the caller. */
static bool make_file(char *path, dcnn_buf *complaint)
{
    int file = mkstemp(path);

    if (file < 0 || close(file)) dcnn_buf_text(complaint, "no temporary file\n");
    return complaint->size == 0;
}

static void complain(void *user, const dcnn_error *fault)
{
    dcnn_buf_format(user, "%s: %s\n", fault->where, fault->text);
}

static bool same_tables(const oracle *a, const oracle *b)
{
    return memcmp(a->first, b->first, sizeof a->first) == 0 && memcmp(a->group, b->group, sizeof a->group) == 0 &&
           memcmp(a->arrival, b->arrival, sizeof a->arrival) == 0 &&
           memcmp(a->decision, b->decision, sizeof a->decision) == 0 &&
           memcmp(a->compute, b->compute, sizeof a->compute) == 0;
}

static void compare_scenarios(const tiny_case *t, const dcnn_scenario *copy, dcnn_buf *complaint)
{
    const dcnn_scenario *s = t->scenario;
    oracle o;

    if (!oracle_init(&o, copy) || !same_tables(&t->oracle, &o)) dcnn_buf_text(complaint, "the costs differ\n");
    if (s->objective != copy->objective || s->layers_per_unit != copy->layers_per_unit)
        dcnn_buf_text(complaint, "objective or layers per unit differ\n");
    for (int i = 0; i < s->unit_count; i++)
        if (s->units[i].memory_bytes != copy->units[i].memory_bytes ||
            s->units[i].ops_budget != copy->units[i].ops_budget)
            dcnn_buf_format(complaint, "unit %d differs\n", i);
    for (int c = 0; c < s->cnn_count; c++)
        if (s->cnns[c].deadline_ns != copy->cnns[c].deadline_ns)
            dcnn_buf_format(complaint, "the deadline of CNN %d differs\n", c);
}

static void scenario_survives(uint64_t seed, dcnn_buf *complaint)
{
    char path[] = "/tmp/dcnn-scenario-XXXXXX";
    dcnn_scenario *copy = NULL;
    tiny_case t;

    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint) && make_file(path, complaint)) {
        if (dcnn_scenario_write(t.scenario, path, NULL)) dcnn_buf_text(complaint, "not written\n");
        if (dcnn_scenario_read(&copy, path, complain, complaint, NULL)) dcnn_buf_text(complaint, "not read\n");
        if (copy) compare_scenarios(&t, copy, complaint);
        (void)unlink(path);
    }
    dcnn_scenario_free(copy);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void compare_placements(const dcnn_placement *a, const dcnn_placement *b, dcnn_buf *complaint)
{
    if (a->value_ns != b->value_ns || a->bound_ns != b->bound_ns || a->proof != b->proof || a->stop != b->stop ||
        a->objective != b->objective || a->cnn_count != b->cnn_count || strcmp(a->sha256, b->sha256) != 0) {
        dcnn_buf_format(complaint, "the wholes differ: values %lld and %lld, bounds %lld and %lld\n",
                        (long long)a->value_ns, (long long)b->value_ns, (long long)a->bound_ns, (long long)b->bound_ns);
        return;
    }
    for (int c = 0; c < a->cnn_count; c++) {
        size_t size = (size_t)a->cnns[c].layer_count * sizeof *a->cnns[c].units;
        if (a->cnns[c].layer_count != b->cnns[c].layer_count || memcmp(a->cnns[c].units, b->cnns[c].units, size) != 0 ||
            memcmp(&a->cnns[c].latency, &b->cnns[c].latency, sizeof a->cnns[c].latency) != 0)
            dcnn_buf_format(complaint, "CNN %d differs: latencies %lld and %lld\n", c,
                            (long long)a->cnns[c].latency.latency_ns, (long long)b->cnns[c].latency.latency_ns);
    }
}

static void random_units(const tiny_case *t, uint64_t seed, int *units)
{
    dcnn_rng rng;

    dcnn_rng_seed(&rng, ~seed);
    for (int row = 0; row < t->oracle.layer_count; row++)
        units[row] = (int)dcnn_rng_below(&rng, (uint64_t)t->scenario->unit_count);
}

/* The library's placement of the units against the oracle's. */
static void placement_is_right(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_placement *expected = NULL, *found = NULL;
    tiny_case t;

    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint)) {
        int units[ORACLE_LAYERS_MAX];
        const int *units_of[ORACLE_CNNS_MAX];
        random_units(&t, seed, units);
        for (int c = 0; c < t.scenario->cnn_count; c++) units_of[c] = units + t.oracle.first[c];
        expected = oracle_placement(&t.oracle, units);
        if (!expected || dcnn_placement_new(&found, t.scenario, units_of, NULL)) {
            dcnn_buf_text(complaint, "no placement\n");
        } else {
            expected->proof = found->proof; /* claims come later */
            expected->stop = found->stop;
            compare_placements(expected, found, complaint);
        }
    }
    oracle_placement_free(expected);
    dcnn_placement_free(found);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

static void placement_survives(uint64_t seed, dcnn_buf *complaint)
{
    char path[] = "/tmp/dcnn-placement-XXXXXX";
    dcnn_placement *written = NULL, *read = NULL;
    tiny_case t;

    if (tiny_case_open(&t, seed, ASSIGNMENTS_MAX, complaint) && make_file(path, complaint)) {
        int units[ORACLE_LAYERS_MAX];
        random_units(&t, seed, units);
        written = oracle_placement(&t.oracle, units);
        if (written && written->value_ns < DCNN_NEVER) { /* nobody writes a placement without routes */
            if (dcnn_placement_write(written, t.scenario, path, NULL)) dcnn_buf_text(complaint, "not written\n");
            if (dcnn_placement_read(&read, t.scenario, path, complain, complaint, NULL))
                dcnn_buf_text(complaint, "not read\n");
            if (read) compare_placements(written, read, complaint);
        }
        (void)unlink(path);
    }
    oracle_placement_free(written);
    dcnn_placement_free(read);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"a scenario survives its file", scenario_survives, 500},
                                          {"a placement has the oracle's figures", placement_is_right, 3000},
                                          {"a placement survives its file", placement_survives, 1000}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
