/* proof_search.c - the columns of one CNN that cost less than a limit, cheapest first: best-first search over labels,
 * with the least of a chain to the end as completion bound. */
#include "proof.h"

/* --- the heap: least first; of equals the longer, then the newer one, so that a column is soon complete --- */

static bool goes_before(dcnn_proof_entry a, dcnn_proof_entry b)
{
    if (a.least != b.least) return a.least < b.least;
    return a.layer != b.layer ? a.layer > b.layer : a.label > b.label;
}

static bool push(dcnn_proof_search *search, dcnn_proof_entry added)
{
    size_t hole = search->heap_count;

    if (!dcnn_reserve((void **)&search->heap, &search->heap_room, hole, sizeof *search->heap)) return false;
    search->heap_count++;
    while (hole > 0 && goes_before(added, search->heap[(hole - 1) / 2])) {
        search->heap[hole] = search->heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    search->heap[hole] = added;
    return true;
}

static dcnn_proof_entry pop(dcnn_proof_search *search)
{
    dcnn_proof_entry top = search->heap[0], last = search->heap[--search->heap_count];
    size_t hole = 0;

    for (size_t child = 1; child < search->heap_count; child = 2 * hole + 1) {
        if (child + 1 < search->heap_count && goes_before(search->heap[child + 1], search->heap[child])) child++;
        if (!goes_before(search->heap[child], last)) break;
        search->heap[hole] = search->heap[child];
        hole = child;
    }
    search->heap[hole] = last;
    return top;
}

/* --- the search --- */

/* All labels that follow from one (NULL: the first layer). */
static dcnn_case branch(dcnn_proof_check *p, dcnn_proof_cnn *cnn, const dcnn_proof_label *from, int32_t parent)
{
    dcnn_proof_search *search = &p->searches[cnn->layers->cnn];
    const dcnn_proof_layer *layer = &cnn->layers[from ? from->layer + 1 : 0];

    if (!dcnn_proof_work(p, 2 * (int64_t)layer->live)) return dcnn_proof_too_long(p);
    for (int k = 0; k < layer->live; k++) {
        int added = search->count;
        int64_t least;
        dcnn_case state = dcnn_proof_label_extend(p, cnn, from, parent, layer->list[k], 0, &least);
        if (state) return state;
        if (search->count == added) continue;
        if (!push(search, (dcnn_proof_entry){least, added, layer->layer})) return dcnn_proof_lost(p);
    }
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_search_open(dcnn_proof_check *p, int c, int64_t limit, bool combined)
{
    dcnn_case state = dcnn_proof_labels_open(p, c, limit, combined);

    return state ? state : branch(p, &p->cnns[c], NULL, -1);
}

dcnn_case dcnn_proof_search_next(dcnn_proof_check *p, int c, int64_t limit, int32_t *label)
{
    dcnn_proof_search *search = &p->searches[c];
    dcnn_proof_cnn *cnn = &p->cnns[c];

    search->limit = limit;
    while (search->heap_count > 0) {
        dcnn_proof_entry top = search->heap[0];
        dcnn_proof_label from = search->labels[top.label];
        dcnn_case state;
        if (top.least >= limit) return DCNN_CASE_CLOSED;
        (void)pop(search);
        if (from.dominated) continue;
        *label = top.label;
        if (top.layer == cnn->layer_count - 1) return DCNN_CASE_OPEN;
        if ((state = branch(p, cnn, &from, top.label))) return state;
    }
    return DCNN_CASE_CLOSED;
}
