/* cuts_property.c - cuts against every placement there is: they cut off the mixture of columns they are found for, and
 * no placement. */
#include "property.h"
#include "solve/cuts.h"
#include "tiny_case.h"
#include <string.h>

enum { ASSIGNMENTS_MAX = 3000, COLUMNS_MAX = 3000, MIXED = 5, CUTS_MAX = 20, LAYERS_MAX = 32, CNNS_MAX = 8 };

/* All columns of a tiny scenario, and a mixture of some. */
typedef struct {
    tiny_case tiny;
    dcnn_instance *instance;
    dcnn_core *core;
    dcnn_listed_column columns[CNNS_MAX][COLUMNS_MAX];
    int flats[CNNS_MAX][COLUMNS_MAX][LAYERS_MAX], units[CNNS_MAX][COLUMNS_MAX][LAYERS_MAX];
    int count[CNNS_MAX];
    dcnn_support support[CNNS_MAX * MIXED];
    int support_count;
    dcnn_cut cuts[CUTS_MAX];
    int cut_count;
} mixture;

/* Every way to go on from layer j, kept where the column is a placement by itself. */
static void list_from(mixture *m, int u, int j, int *flats)
{
    const dcnn_chain *chain = m->core->problem->chains[u];
    int at = m->count[u];

    if (j == chain->layer_count) {
        if (at == COLUMNS_MAX) return;
        for (int k = 0; k < j; k++) {
            m->flats[u][at][k] = flats[k];
            m->units[u][at][k] = chain->unit[flats[k]];
        }
        dcnn_load_reset(&m->core->trial);
        if (!dcnn_load_fits(&m->core->trial, u, m->units[u][at])) return;
        m->columns[u][at] = (dcnn_listed_column){.flats = m->flats[u][at], .units = m->units[u][at]};
        m->count[u]++;
        return;
    }
    for (int x = chain->first[j]; x < chain->first[j + 1]; x++) {
        flats[j] = x;
        list_from(m, u, j + 1, flats);
    }
}

/* A few columns of each CNN, with shares that add up to one. */
static void mix(mixture *m, uint64_t seed)
{
    dcnn_rng rng;

    dcnn_rng_seed(&rng, seed);
    for (int u = 0; u < m->core->problem->chain_count; u++) {
        double share[MIXED], sum = 0;
        for (int k = 0; k < MIXED && m->count[u] > 0; k++) sum += share[k] = 1 + (double)dcnn_rng_below(&rng, 3);
        for (int k = 0; k < MIXED && m->count[u] > 0; k++)
            m->support[m->support_count++] =
                (dcnn_support){u, &m->columns[u][dcnn_rng_below(&rng, (uint64_t)m->count[u])], share[k] / sum};
    }
}

static bool mixture_open(mixture *m, uint64_t seed, dcnn_buf *complaint)
{
    static dcnn_options options;
    const dcnn_task task = {.options = &options};
    int flats[LAYERS_MAX];
    dcnn_problem *problem;

    memset(m, 0, sizeof *m);
    dcnn_options_init(&options);
    if (!tiny_case_open(&m->tiny, seed, ASSIGNMENTS_MAX, complaint)) return false;
    if (dcnn_instance_new(&m->instance, m->tiny.scenario, NULL) || dcnn_problem_new(&problem, m->instance, NULL) ||
        dcnn_core_new(&m->core, problem, &task, NULL) || m->core->problem->chain_count > CNNS_MAX) {
        dcnn_buf_text(complaint, "no core\n");
        return false;
    }
    for (int u = 0; u < m->core->problem->chain_count; u++) list_from(m, u, 0, flats);
    mix(m, seed);
    m->cut_count = dcnn_cuts_find(m->core, m->support, m->support_count, m->cuts, CUTS_MAX);
    return true;
}

static void mixture_close(mixture *m)
{
    dcnn_core_free(m->core);
    dcnn_instance_free(m->instance);
    tiny_case_close(&m->tiny);
}

/* --- no placement is cut off --- */

/* What the columns placed so far count for in each cut. */
static void place_from(mixture *m, int u, dcnn_load *load, int64_t *sums, dcnn_buf *complaint)
{
    if (u == m->core->problem->chain_count) {
        for (int c = 0; c < m->cut_count; c++)
            if (sums[c] > m->cuts[c].limit) dcnn_buf_format(complaint, "cut %d cuts off a placement\n", c);
        return;
    }
    for (int k = 0; k < m->count[u] && complaint->size == 0; k++) {
        int64_t more[CUTS_MAX];
        if (!dcnn_load_fits(load, u, m->units[u][k])) continue;
        dcnn_load_place(load, u, m->units[u][k], 0);
        for (int c = 0; c < m->cut_count; c++)
            more[c] = sums[c] + dcnn_cut_coefficient(m->core, &m->cuts[c], u, m->flats[u][k]);
        place_from(m, u + 1, load, more, complaint);
        dcnn_load_remove(load, u);
    }
}

static void no_placement_is_cut_off(uint64_t seed, dcnn_buf *complaint)
{
    static mixture m;
    int64_t sums[CUTS_MAX] = {0};

    if (mixture_open(&m, seed, complaint) && m.cut_count > 0) {
        dcnn_load_reset(&m.core->trial);
        place_from(&m, 0, &m.core->trial, sums, complaint);
    }
    tiny_case_explain(&m.tiny, complaint);
    mixture_close(&m);
}

/* --- what cuts are found for --- */

static void the_mixture_is_cut_off(uint64_t seed, dcnn_buf *complaint)
{
    static mixture m;

    if (mixture_open(&m, seed, complaint) && m.cut_count < 0) dcnn_buf_text(complaint, "no cuts\n");
    for (int c = 0; c < m.cut_count; c++) {
        double sum = 0;
        for (int k = 0; k < m.support_count; k++)
            sum += m.support[k].value *
                   (double)dcnn_cut_coefficient(m.core, &m.cuts[c], m.support[k].chain, m.support[k].column->flats);
        if (sum < (double)m.cuts[c].limit + 0.01)
            dcnn_buf_format(complaint, "cut %d: %.3f is not above %lld\n", c, sum, (long long)m.cuts[c].limit);
    }
    tiny_case_explain(&m.tiny, complaint);
    mixture_close(&m);
}

/* Of single rows, pairs and trios, by halves and by other fractions: what is checked above occurs. */
static void all_sorts_are_found(uint64_t seed, dcnn_buf *complaint)
{
    static mixture m;
    bool found[DCNN_CUT_ROWS][2] = {{false}};

    for (uint64_t s = seed * 400; s < (seed + 1) * 400 && complaint->size == 0; s++) {
        (void)mixture_open(&m, s + 1, complaint);
        for (int c = 0; c < m.cut_count; c++) found[m.cuts[c].row_count - 1][m.cuts[c].divisor > 2] = true;
        mixture_close(&m);
    }
    for (int rows = 0; rows < DCNN_CUT_ROWS; rows++)
        for (int fractions = 0; fractions < 2; fractions++)
            if (!found[rows][fractions])
                dcnn_buf_format(complaint, "no cut of %d rows by %s\n", rows + 1, fractions ? "fractions" : "halves");
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"no placement is cut off", no_placement_is_cut_off, 2000},
                                          {"the mixture is cut off", the_mixture_is_cut_off, 500},
                                          {"all sorts are found", all_sorts_are_found, 1}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
