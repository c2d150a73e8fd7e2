/* proof_along.c - all columns of one CNN that are left once contested rows are shared out: along its chart, layer by
 * layer, so that labels are dominated before anything follows from them. */
#include "proof_contest.h"

/* Ends of chains with one footprint. */
static dcnn_case end_along(dcnn_proof_check *p, dcnn_proof_cnn *cnn, const dcnn_proof_label *from, int32_t parent,
                           const dcnn_proof_chart *chart, int end)
{
    const dcnn_proof_layer *layer = &cnn->layers[cnn->layer_count - 1];
    const dcnn_proof_spot *spots = chart->spots.spots;
    int b = dcnn_proof_end_that_takes(chart, spots[end].footprint - spots[from ? from->spot : 0].footprint);
    dcnn_case state = DCNN_CASE_OPEN;
    int64_t ignored;

    if (b >= 0) return dcnn_proof_label_extend(p, cnn, from, parent, b, end, &ignored);
    for (int k = 0; k < layer->live && !state; k++)
        if (!dcnn_proof_taken_by_end(chart, layer->list[k]))
            state = dcnn_proof_label_extend(p, cnn, from, parent, layer->list[k], end, &ignored);
    return state;
}

static dcnn_case branch_along(dcnn_proof_check *p, dcnn_proof_cnn *cnn, const dcnn_proof_label *from, int32_t parent)
{
    const dcnn_proof_chart *chart = p->searches[cnn->layers->cnn].chart;
    const dcnn_proof_lattice *l = &chart->spots;
    int spot = from ? from->spot : 0, end = dcnn_proof_lattice_step_end(l, spot);
    bool ends = (from ? from->layer + 1 : 0) == cnn->layer_count - 1;
    dcnn_case state = DCNN_CASE_OPEN;
    int64_t ignored;

    for (int e = l->spots[spot].step; e < end && !state; e++) {
        int to = l->steps[e];
        if (!dcnn_proof_work(p, ends ? 2 * (int64_t)cnn->layers[cnn->layer_count - 1].live : 2))
            return dcnn_proof_too_long(p);
        if (ends)
            state = end_along(p, cnn, from, parent, chart, to);
        else
            state = dcnn_proof_label_extend(p, cnn, from, parent, chart->places.places[l->spots[to].place].candidate,
                                            to, &ignored);
    }
    return state;
}

dcnn_case dcnn_proof_search_along(dcnn_proof_check *p, int c, int64_t limit, const dcnn_proof_chart *chart, int *first)
{
    dcnn_proof_search *search = &p->searches[c];
    dcnn_proof_cnn *cnn = &p->cnns[c];
    dcnn_case state = dcnn_proof_labels_open(p, c, limit, true);

    *first = 0;
    search->chart = chart;
    if (!state) state = branch_along(p, cnn, NULL, -1);
    for (int j = 1; j < cnn->layer_count && !state; j++) {
        int end = search->count;
        for (int l = *first; l < end && !state; l++) {
            dcnn_proof_label from = search->labels[l];
            if (!from.dominated) state = branch_along(p, cnn, &from, l);
        }
        *first = end;
    }
    return state;
}
