/* proof_contest.c - contested rows, shared out stage by stage: charts of what each CNN can take of them, who takes
 * what of it, and what that leaves of the charts. */
#include "proof_contest.h"
#include <stdlib.h>

static bool named_twice(const dcnn_proof_node *node)
{
    for (int k = 0; k < node->contested_count; k++)
        for (int n = 0; n < k; n++)
            if (dcnn_proof_same_row(&node->contested[n], &node->contested[k])) return true;
    return false;
}

/* Whether the capacity of each has a field, and all fields have room. */
static dcnn_case check_room(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    int bits = 0;

    for (int k = 0; k < node->contested_count; k++) {
        const dcnn_row_name *row = &node->contested[k];
        int64_t capacity = dcnn_proof_capacity(p->scenario, row);
        if (capacity == DCNN_UNLIMITED)
            return dcnn_proof_refuse(p, "a contested row of what unit %d has without limit", row->unit);
        if (capacity < 1 || capacity > DCNN_PROOF_ROW_CAPACITY_MAX)
            return dcnn_proof_refuse(p, "a contested row of unit %d with a capacity of %lld, not of 1 to %d", row->unit,
                                     (long long)capacity, DCNN_PROOF_ROW_CAPACITY_MAX);
        bits += dcnn_proof_field_bits(capacity) + 1;
        if (bits > DCNN_PROOF_FOOTPRINT_BITS)
            return dcnn_proof_refuse(p, "contested rows that need more than %d bits", DCNN_PROOF_FOOTPRINT_BITS);
    }
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_contest_allowed(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    dcnn_case state;

    if (node->stage_count == 0) return DCNN_CASE_OPEN;
    if (p->scenario->shared_group_count > 0) return dcnn_proof_refuse(p, "contested rows, where layers are shared");
    state = check_room(p, node);
    if (!state && named_twice(node)) state = dcnn_proof_refuse(p, "a contested row is named twice");
    return state;
}

void dcnn_proof_contest_clear(dcnn_proof_contest *t)
{
    for (int c = 0; t->charts && c < t->sharing.cnn_count; c++) dcnn_proof_chart_clear(&t->charts[c]);
    free(t->charts);
    dcnn_proof_sharing_clear(&t->sharing);
    dcnn_proof_footprints_clear(&t->footprints);
    *t = (dcnn_proof_contest){0};
}

static dcnn_case begin(dcnn_proof_contest *t, dcnn_proof_check *p, const dcnn_proof_node *node)
{
    int cnn_count = p->scenario->cnn_count;
    dcnn_case state = dcnn_proof_footprints_init(&t->footprints, p, node);

    if (!state) state = dcnn_proof_sharing_init(&t->sharing, &t->footprints);
    if (state) return state;
    t->charts = dcnn_take((size_t)cnn_count, sizeof *t->charts);
    if (!t->charts) return dcnn_proof_lost(p);
    for (int c = 0; c < cnn_count && !state; c++) state = dcnn_proof_chart_init(&t->charts[c], &t->footprints, c);
    return state;
}

/* With so many rows more. After the last stage nobody asks who takes what, but for the charts. */
static dcnn_case refine(dcnn_proof_contest *t, int added, bool last)
{
    int cnn_count = t->sharing.cnn_count;
    dcnn_case state = DCNN_CASE_OPEN;

    dcnn_proof_footprints_extend(&t->footprints, added);
    for (int c = 0; c < cnn_count && !state; c++) state = dcnn_proof_chart_refine(&t->charts[c]);
    if (!state) state = dcnn_proof_sharing_refine(&t->sharing, t->charts);
    for (int c = 0; c < cnn_count && !state; c++) state = dcnn_proof_chart_prune(&t->charts[c]);
    return state || last ? state : dcnn_proof_sharing_prune(&t->sharing, t->charts);
}

dcnn_case dcnn_proof_contest_run(dcnn_proof_contest *t, dcnn_proof_check *p, const dcnn_proof_node *node)
{
    dcnn_case state;

    *t = (dcnn_proof_contest){0};
    state = begin(t, p, node);
    for (int k = 0; k < node->stage_count && !state; k++)
        state = refine(t, node->stages[k], k + 1 == node->stage_count);
    return state;
}
