/* proof_list.c - a node closed by all columns that could be part of something better: how many there are depends on how
 * near the bound is to what is claimed, so first the bound is made as good as the prices allow. */
#include "proof_contest.h"

/* --- leasts --- */

/* The least column of CNN c becomes the first of its list; closed when there is none that could be of use. */
static dcnn_case find_least(dcnn_proof_check *p, int c)
{
    int64_t limit = dcnn_proof_limit(p, &p->cnns[c]);
    dcnn_case state = dcnn_proof_search_open(p, c, limit, true);
    int32_t label = -1;

    if (!state) state = dcnn_proof_search_next(p, c, limit, &label);
    if (!state) state = dcnn_proof_columns_add(p, c, label);
    if (state) return state;
    p->cnns[c].least = p->searches[c].labels[label].cost;
    return dcnn_proof_bound(p);
}

dcnn_case dcnn_proof_least_columns(dcnn_proof_check *p)
{
    dcnn_case state = DCNN_CASE_OPEN;

    dcnn_proof_columns_forget(p);
    for (int c = 0; c < p->scenario->cnn_count && !state; c++) state = find_least(p, c);
    return state;
}

dcnn_case dcnn_proof_check_floor(dcnn_proof_check *p, int c, int64_t floor)
{
    int32_t label = -1;
    dcnn_case state = dcnn_proof_search_open(p, c, floor, false);

    if (!state) state = dcnn_proof_search_next(p, c, floor, &label);
    if (state) return state == DCNN_CASE_CLOSED ? DCNN_CASE_OPEN : state;
    return dcnn_proof_refuse(p, "the floor of CNN %d is %lld ticks, a placement of it costs %lld", c, (long long)floor,
                             (long long)p->searches[c].labels[label].cost);
}

/* --- lists --- */

static dcnn_case list_columns(dcnn_proof_check *p, int c)
{
    int64_t limit = dcnn_proof_limit(p, &p->cnns[c]);
    dcnn_case state;
    int32_t label;

    while (!(state = dcnn_proof_search_next(p, c, limit, &label)))
        if ((state = dcnn_proof_columns_add(p, c, label))) return state;
    return state == DCNN_CASE_CLOSED ? DCNN_CASE_OPEN : state;
}

static dcnn_case list_all(dcnn_proof_check *p)
{
    dcnn_case state = DCNN_CASE_OPEN;

    for (int c = 0; c < p->scenario->cnn_count && !state; c++) state = list_columns(p, c);
    return state;
}

static dcnn_case list_columns_along(dcnn_proof_check *p, int c, const dcnn_proof_chart *chart)
{
    const dcnn_proof_search *search = &p->searches[c];
    int first;
    dcnn_case state = dcnn_proof_search_along(p, c, dcnn_proof_limit(p, &p->cnns[c]), chart, &first);

    for (int l = first; l < search->count && !state; l++)
        if (!search->labels[l].dominated) state = dcnn_proof_columns_add(p, c, l);
    return state;
}

/* Only columns that are left once contested rows are shared out. */
static dcnn_case list_along(dcnn_proof_check *p, const dcnn_proof_contest *contest)
{
    dcnn_case state = DCNN_CASE_OPEN;

    dcnn_proof_columns_forget(p);
    for (int c = 0; c < p->scenario->cnn_count && !state; c++) {
        state = list_columns_along(p, c, &contest->charts[c]);
        if (!state && p->columns[c].count == 0) state = DCNN_CASE_CLOSED;
    }
    return state;
}

static dcnn_case share_out(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    dcnn_proof_contest contest;
    dcnn_case state = dcnn_proof_contest_run(&contest, p, node);

    if (!state) state = list_along(p, &contest);
    dcnn_proof_contest_clear(&contest);
    return state;
}

dcnn_case dcnn_proof_list(dcnn_proof_check *p, const dcnn_proof_node *node)
{
    const dcnn_price_set *set = &node->listed;
    dcnn_case state;

    if (p->scenario->cnn_count > DCNN_PROOF_LISTED_CNNS_MAX)
        return dcnn_proof_refuse(p, "not verified: a list for more than %d CNNs", DCNN_PROOF_LISTED_CNNS_MAX);
    state = dcnn_proof_contest_allowed(p, node);
    if (!state) state = dcnn_proof_step(p, set);
    if (!state) state = dcnn_proof_tighten(p);
    if (!state) state = dcnn_proof_least_columns(p);
    if (!state) state = node->stage_count > 0 ? share_out(p, node) : list_all(p);
    if (!state) state = dcnn_proof_cut(p, set);
    for (int k = 0; k < node->then_count && !state; k++) state = dcnn_proof_then(p, &node->then[k]);
    return state ? state : dcnn_proof_combine(p);
}
