/* proof_step.c - one set of prices applied to a node: a bound, and candidates that nothing better can use. */
#include "proof.h"

/* Strikes out the candidates through which a chain costs limit or more, as dcnn_proof_chain has just found. */
static void strike_dear(dcnn_proof_check *p, dcnn_proof_cnn *cnn, int64_t limit)
{
    for (int j = 0; j < cnn->layer_count; j++) {
        dcnn_proof_layer *layer = &cnn->layers[j];
        for (int k = layer->live - 1; k >= 0; k--)
            if (layer->through[layer->list[k]] >= limit) dcnn_proof_strike(p, layer, layer->list[k]);
    }
}

/* Pairs of candidates that one chain looks at. */
static int64_t pairs(const dcnn_proof_cnn *cnn)
{
    int64_t count = 0;

    for (int j = 0; j < cnn->layer_count; j++)
        count += (int64_t)cnn->layers[j].live * (j > 0 ? cnn->layers[j - 1].live : 1) +
                 (int64_t)cnn->layers[j].live * (cnn->layer_count - j);
    return count;
}

static dcnn_case trim_cnn(dcnn_proof_check *p, dcnn_proof_cnn *cnn, dcnn_measure measure, int64_t most)
{
    if (!dcnn_proof_work(p, 2 * pairs(cnn))) return dcnn_proof_too_long(p);
    (void)dcnn_proof_chain(p, cnn, measure);
    strike_dear(p, cnn, most + 1);
    return p->emptied ? DCNN_CASE_CLOSED : DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_trim(dcnn_proof_check *p)
{
    dcnn_case state = p->emptied ? DCNN_CASE_CLOSED : DCNN_CASE_OPEN;

    for (int c = 0; c < p->scenario->cnn_count && !state; c++) {
        dcnn_proof_cnn *cnn = &p->cnns[c];
        if (cnn->deadline) state = trim_cnn(p, cnn, DCNN_MEASURE_PLAIN, p->scenario->cnns[c].deadline_ns);
        if (!state && p->cap < DCNN_PROOF_FAR) state = trim_cnn(p, cnn, DCNN_MEASURE_WEIGHTED, p->cap);
    }
    return state;
}

dcnn_case dcnn_proof_bound(dcnn_proof_check *p)
{
    dcnn_wide sum = 0;

    for (int c = 0; c < p->scenario->cnn_count; c++) {
        if (p->cnns[c].least >= DCNN_PROOF_FAR) return DCNN_CASE_CLOSED;
        sum += p->cnns[c].least;
    }
    sum -= p->lambda;
    p->bound = sum > DCNN_PROOF_FAR ? DCNN_PROOF_FAR : sum < -DCNN_PROOF_FAR ? -DCNN_PROOF_FAR : (int64_t)sum;
    return p->bound >= p->cutoff ? DCNN_CASE_CLOSED : DCNN_CASE_OPEN;
}

int64_t dcnn_proof_limit(const dcnn_proof_check *p, const dcnn_proof_cnn *cnn)
{
    return p->cutoff - p->bound + cnn->least;
}

dcnn_case dcnn_proof_chains(dcnn_proof_check *p)
{
    for (int c = 0; c < p->scenario->cnn_count; c++) {
        if (!dcnn_proof_work(p, 2 * pairs(&p->cnns[c]))) return dcnn_proof_too_long(p);
        p->cnns[c].least = dcnn_proof_chain(p, &p->cnns[c], DCNN_MEASURE_PRICED);
    }
    return dcnn_proof_bound(p);
}

static dcnn_case raise_to_floors(dcnn_proof_check *p, const int64_t *floors)
{
    for (int c = 0; floors && c < p->scenario->cnn_count; c++) {
        dcnn_case state;
        if (floors[c] <= p->cnns[c].least) continue;
        if ((state = dcnn_proof_check_floor(p, c, floors[c]))) return state;
        p->cnns[c].least = floors[c];
    }
    return dcnn_proof_bound(p);
}

dcnn_case dcnn_proof_strike_dear(dcnn_proof_check *p)
{
    for (int c = 0; c < p->scenario->cnn_count; c++) strike_dear(p, &p->cnns[c], dcnn_proof_limit(p, &p->cnns[c]));
    return p->emptied ? DCNN_CASE_CLOSED : DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_step(dcnn_proof_check *p, const dcnn_price_set *set)
{
    dcnn_case state = dcnn_proof_charge(p, set);

    if (!state) state = dcnn_proof_chains(p);
    if (!state) state = raise_to_floors(p, set->floors);
    return state ? state : dcnn_proof_strike_dear(p);
}

dcnn_case dcnn_proof_tighten(dcnn_proof_check *p)
{
    dcnn_case state = DCNN_CASE_OPEN;
    int64_t before;

    do {
        before = p->struck;
        state = dcnn_proof_chains(p);
        if (!state) state = dcnn_proof_strike_dear(p);
    } while (!state && p->struck > before);
    return state;
}
