#include "tiny_case.h"
#include <dcnn/check.h>
#include <math.h>
#include <string.h>

static void complain_of(void *user, const dcnn_error *fault)
{
    dcnn_buf_format(user, "%s: %s\n", fault->where, fault->text);
}

/* p and g of a CNN with exits, by their definition. */
static void check_exits(const dcnn_cnn *cnn, dcnn_buf *complaint)
{
    double p = 1;

    if (cnn->literal) return;
    for (int j = 0; j < cnn->layer_count; j++) {
        double g = j == cnn->layer_count - 1 ? p : cnn->layers[j].exit_probability;
        if (fabs(cnn->p[j] - p) > 1e-12 || fabs(cnn->g[j] - g) > 1e-12)
            dcnn_buf_format(complaint, "%s layer %d: p = %.17g, g = %.17g, not %.17g and %.17g\n", cnn->id, j,
                            cnn->p[j], cnn->g[j], p, g);
        p -= g;
    }
}

bool tiny_case_open(tiny_case *t, uint64_t seed, int64_t assignments_max, dcnn_buf *complaint)
{
    dcnn_error err;

    memset(t, 0, sizeof *t);
    tiny_scenario(&t->text, seed, assignments_max);
    if (t->text.failed || dcnn_scenario_parse(&t->scenario, t->text.data, t->text.size, "tiny.json", NULL, complain_of,
                                              complaint, &err)) {
        dcnn_buf_text(complaint, "the scenario is refused\n");
        return false;
    }
    for (int c = 0; c < t->scenario->cnn_count; c++) check_exits(&t->scenario->cnns[c], complaint);
    if (!oracle_init(&t->oracle, t->scenario)) dcnn_buf_text(complaint, "too large for the oracle\n");
    return complaint->size == 0;
}

void tiny_case_close(tiny_case *t)
{
    dcnn_scenario_free(t->scenario);
    dcnn_buf_clear(&t->text);
}

void tiny_case_explain(const tiny_case *t, dcnn_buf *complaint)
{
    if (complaint->size > 0) dcnn_buf_add(complaint, t->text.data, t->text.size);
}

void tiny_case_check(const tiny_case *t, const dcnn_placement *placement, dcnn_buf *complaint)
{
    int64_t violations;
    size_t before = complaint->size;

    if (dcnn_check(t->scenario, placement, complain_of, complaint, &violations, NULL))
        dcnn_buf_text(complaint, "the checker fails\n");
    else if ((violations > 0) != (complaint->size > before))
        dcnn_buf_format(complaint, "%lld violations counted, but not as many told\n", (long long)violations);
}
