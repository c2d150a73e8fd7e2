/* reasons_property.c - infeasible tiny scenarios: the limits named cannot hold together and each of them is needed, the
 * cures named cure, both by the oracle. */
#include "property.h"
#include "reasons/draft.h"
#include "tiny_case.h"
#include <dcnn/reasons.h>
#include <stdlib.h>
#include <string.h>

static const int64_t assignments_max = 20000, steps_max = 3000000;

/* By the oracle; what it cannot decide is let pass. */
typedef enum { NO, YES, PERHAPS } answer;

static answer feasible(const dcnn_scenario *scenario)
{
    oracle *o = malloc(sizeof *o);
    oracle_answer best;
    answer said = PERHAPS;

    if (o && oracle_init(o, scenario) && oracle_search(o, &best, steps_max)) said = best.feasible ? YES : NO;
    free(o);
    return said;
}

static dcnn_placement *explain(const tiny_case *t, const dcnn_options *options, dcnn_buf *complaint)
{
    dcnn_placement *placement;
    dcnn_error err = {0};

    if (dcnn_placement_new(&placement, t->scenario, NULL, NULL)) return NULL;
    placement->proof = DCNN_PROOF_INFEASIBLE;
    placement->bound_ns = DCNN_NEVER;
    if (dcnn_reasons_find(placement, t->scenario, options, &err)) dcnn_buf_format(complaint, "fails: %s\n", err.text);
    return placement;
}

/* --- limits --- */

static bool names(const dcnn_placement *p, dcnn_limit_kind kind, int owner)
{
    for (int r = 0; r < p->reason_count; r++) {
        if (p->reasons[r].kind != kind) continue;
        if (owner < 0) return true;
        for (int k = 0; k < p->reasons[r].owner_count; k++)
            if (p->reasons[r].owners[k] == owner) return true;
    }
    return false;
}

static void drop(dcnn_draft *d, dcnn_limit_kind kind, int owner)
{
    dcnn_scenario *s = &d->scenario;

    if (kind == DCNN_LIMIT_MEMORY) s->units[owner].memory_bytes = DCNN_COUNT_MAX;
    if (kind == DCNN_LIMIT_OPS) s->units[owner].ops_budget = DCNN_UNLIMITED;
    if (kind == DCNN_LIMIT_LAYERS_PER_UNIT) s->layers_per_unit = 0;
    if (kind == DCNN_LIMIT_DEADLINE) s->cnns[owner].deadline_ns = DCNN_NEVER;
    if (kind == DCNN_LIMIT_ROUTE) s->cnns[owner].weight = 0;
    if (kind == DCNN_LIMIT_SHARED) dcnn_draft_unshare(d, owner);
}

/* The scenario with the limits named alone. */
static void keep_named(dcnn_draft *d, const dcnn_scenario *s, const dcnn_placement *p)
{
    dcnn_draft_reset(d, s);
    for (int i = 0; i < s->unit_count; i++) {
        if (!names(p, DCNN_LIMIT_MEMORY, i)) drop(d, DCNN_LIMIT_MEMORY, i);
        if (!names(p, DCNN_LIMIT_OPS, i)) drop(d, DCNN_LIMIT_OPS, i);
    }
    for (int c = 0; c < s->cnn_count; c++) {
        if (!names(p, DCNN_LIMIT_DEADLINE, c)) drop(d, DCNN_LIMIT_DEADLINE, c);
        if (!names(p, DCNN_LIMIT_ROUTE, c)) drop(d, DCNN_LIMIT_ROUTE, c);
    }
    if (!names(p, DCNN_LIMIT_LAYERS_PER_UNIT, -1)) drop(d, DCNN_LIMIT_LAYERS_PER_UNIT, -1);
}

static void check_limit(const tiny_case *t, const dcnn_placement *p, dcnn_draft *d, const dcnn_reason *reason,
                        int owner, dcnn_buf *complaint)
{
    keep_named(d, t->scenario, p);
    drop(d, reason->kind, owner);
    if (feasible(&d->scenario) == NO)
        dcnn_buf_format(complaint, "limit kind %d of %d is not needed\n", (int)reason->kind, owner);
}

static void check_reasons(const tiny_case *t, const dcnn_placement *p, dcnn_draft *d, dcnn_buf *complaint)
{
    if (p->reason_count == 0) dcnn_buf_text(complaint, "no reasons\n");
    keep_named(d, t->scenario, p);
    if (feasible(&d->scenario) == YES) dcnn_buf_text(complaint, "the limits named can hold together\n");
    for (int r = 0; r < p->reason_count; r++) {
        const dcnn_reason *reason = &p->reasons[r];
        if (reason->undecided) dcnn_buf_text(complaint, "undecided\n");
        if (strlen(reason->text) < 10) dcnn_buf_text(complaint, "no sentence\n");
        if (reason->owner_count == 0) check_limit(t, p, d, reason, -1, complaint);
        for (int k = 0; k < reason->owner_count; k++) check_limit(t, p, d, reason, reason->owners[k], complaint);
    }
}

/* --- cures --- */

/* A unit that was added is its model's twin, and changes no way between others. */
static void check_twin(const tiny_case *t, const dcnn_scenario *changed, int like, dcnn_buf *complaint)
{
    const oracle *before = &t->oracle;
    int n = t->scenario->unit_count, places = changed->place_count;
    oracle *after = malloc(sizeof *after);

    if (!after || !oracle_init(after, changed)) {
        free(after);
        return;
    }
    for (int row = 0; row < before->layer_count; row++)
        for (int from = 0; from < places; from++)
            for (int to = 0; to < places; to++) {
                int a = from < n ? from : from == n ? like : from - 1, b = to < n ? to : to == n ? like : to - 1;
                if (a == b) continue;
                if (before->arrival[row][a][b].plain_ns != after->arrival[row][from][to].plain_ns ||
                    before->decision[row][a][b].weighted_ns != after->decision[row][from][to].weighted_ns)
                    dcnn_buf_format(complaint, "the way from %d to %d changed\n", from, to);
            }
    free(after);
}

static void apply(const tiny_case *t, dcnn_draft *d, const dcnn_cure *cure, dcnn_buf *complaint)
{
    dcnn_scenario *s = &d->scenario;

    dcnn_draft_reset(d, t->scenario);
    switch (cure->kind) {
    case DCNN_CURE_LAYERS_PER_UNIT:
        s->layers_per_unit = (int)cure->value;
        break;
    case DCNN_CURE_ADD_UNITS:
        for (int64_t k = 0; k < cure->value; k++) {
            if (!dcnn_draft_add_unit(d, cure->index)) dcnn_buf_text(complaint, "out of memory\n");
            if (k == 0) check_twin(t, s, cure->index, complaint);
        }
        if (cure->type) {
            s->units[s->unit_count - 1].memory_bytes = INT64_C(1) << 30; /* beyond anything tiny */
            s->units[s->unit_count - 1].ops_budget = DCNN_UNLIMITED;
            s->units[s->unit_count - 1].ops_per_s = 1e15;
        }
        break;
    case DCNN_CURE_MEMORY:
        s->units[cure->index].memory_bytes = cure->value;
        break;
    case DCNN_CURE_OPS:
        s->units[cure->index].ops_budget = cure->value;
        break;
    case DCNN_CURE_DEADLINE:
        s->cnns[cure->index].deadline_ns = cure->value;
        break;
    case DCNN_CURE_RANGE:
        s->network.range_m = cure->range_m;
        break;
    case DCNN_CURE_LINK:
        if (!dcnn_draft_add_link(d, cure->index, cure->other)) dcnn_buf_text(complaint, "out of memory\n");
        break;
    case DCNN_CURE_UNSHARE:
        dcnn_draft_unshare(d, cure->index);
        break;
    }
}

/* A deadline and a number of layers are told as the least that cure. */
static void check_least(dcnn_draft *d, const dcnn_cure *cure, dcnn_buf *complaint)
{
    if (cure->kind == DCNN_CURE_LAYERS_PER_UNIT)
        d->scenario.layers_per_unit--;
    else if (cure->kind == DCNN_CURE_DEADLINE)
        d->scenario.cnns[cure->index].deadline_ns--;
    else
        return;
    if (feasible(&d->scenario) == YES) dcnn_buf_format(complaint, "less than \"%s\" would do\n", cure->text);
}

static void check_cures(const tiny_case *t, const dcnn_placement *p, dcnn_draft *d, dcnn_buf *complaint)
{
    for (int k = 0; k < p->cure_count; k++) {
        apply(t, d, &p->cures[k], complaint);
        if (feasible(&d->scenario) == NO) dcnn_buf_format(complaint, "\"%s\" does not cure\n", p->cures[k].text);
        check_least(d, &p->cures[k], complaint);
    }
}

/* --- properties --- */

static void reasons_are_true(uint64_t seed, dcnn_buf *complaint)
{
    dcnn_placement *placement = NULL;
    dcnn_options options;
    dcnn_draft draft = {0};
    tiny_case t;

    dcnn_options_init(&options);
    if (tiny_case_open(&t, seed, assignments_max, complaint) && feasible(t.scenario) == NO) {
        placement = explain(&t, &options, complaint);
        if (!placement || !dcnn_draft_open(&draft, t.scenario)) {
            dcnn_buf_text(complaint, "out of memory\n");
        } else if (complaint->size == 0) {
            tiny_case_check(&t, placement, complaint);
            check_reasons(&t, placement, &draft, complaint);
            check_cures(&t, placement, &draft, complaint);
        }
    }
    dcnn_draft_close(&draft);
    dcnn_placement_free(placement);
    tiny_case_explain(&t, complaint);
    tiny_case_close(&t);
}

int main(int argc, char **argv)
{
    static const property properties[] = {{"reasons are irreducible and cures cure", reasons_are_true, 1500}};

    return property_main(argc, argv, properties, sizeof properties / sizeof *properties);
}
