/* Links given one by one: equal figures become one kind, two-way links two arcs. */
#include "graph.h"
#include <stdlib.h>

typedef struct {
    dcnn_link_kind kind;
    int64_t link;
} figures;

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_kinds(const dcnn_link_kind *a, const dcnn_link_kind *b)
{
    int order = compare(a->rate_bytes_per_s, b->rate_bytes_per_s);

    if (order == 0) order = compare(a->latency_s, b->latency_s);
    if (order == 0) order = compare(a->retransmission, b->retransmission);
    return order;
}

static int by_kind(const void *a, const void *b)
{
    const figures *f = a, *g = b;
    int order = compare_kinds(&f->kind, &g->kind);

    return order ? order : (f->link > g->link) - (f->link < g->link);
}

static figures *sorted_figures(const dcnn_network_spec *spec)
{
    figures *all = dcnn_take((size_t)spec->link_count, sizeof *all);

    if (!all) return NULL;
    for (int64_t a = 0; a < spec->link_count; a++) {
        const dcnn_link *link = &spec->links[a];
        all[a].kind = (dcnn_link_kind){link->rate_bytes_per_s, link->latency_s, link->retransmission};
        all[a].link = a;
    }
    qsort(all, (size_t)spec->link_count, sizeof *all, by_kind);
    return all;
}

/* Numbers the kinds in ascending order of their figures. kind_of [link_count] out */
static dcnn_status number_kinds(dcnn_network *network, const dcnn_network_spec *spec, int32_t *kind_of)
{
    figures *all = sorted_figures(spec);
    int64_t count = 0;

    if (!all) return DCNN_E_MEMORY;
    for (int64_t a = 0; a < spec->link_count; a++) {
        if (a == 0 || compare_kinds(&all[a - 1].kind, &all[a].kind) != 0) count++;
        kind_of[all[a].link] = (int32_t)(count - 1);
    }
    network->kinds = dcnn_take((size_t)count, sizeof *network->kinds);
    if (network->kinds) {
        for (int64_t a = 0; a < spec->link_count; a++) network->kinds[kind_of[all[a].link]] = all[a].kind;
        network->kind_count = (int)count;
    }
    free(all);
    return network->kinds ? DCNN_OK : DCNN_E_MEMORY;
}

static void add_arc(dcnn_rows *rows, int64_t *next, int from, int to, int32_t kind)
{
    int64_t at = next[from]++;

    rows->other[at] = to;
    if (rows->kind) rows->kind[at] = kind;
}

/* The arcs in file order. */
static dcnn_status unsorted_arcs(dcnn_rows *rows, const dcnn_network_spec *spec, int place_count,
                                 const int32_t *kind_of, bool with_kinds)
{
    int64_t *next = dcnn_take((size_t)place_count + 1, sizeof *next);
    dcnn_status status = DCNN_E_MEMORY;

    if (!next) goto done;
    for (int64_t a = 0; a < spec->link_count; a++) {
        next[spec->links[a].a]++;
        if (!spec->links[a].one_way) next[spec->links[a].b]++;
    }
    dcnn_rows_prefix(next, place_count);
    if ((status = dcnn_rows_new(rows, place_count, next[place_count], with_kinds))) goto done;
    for (int i = 0; i <= place_count; i++) rows->first[i] = next[i];
    for (int64_t a = 0; a < spec->link_count; a++) {
        const dcnn_link *link = &spec->links[a];
        add_arc(rows, next, link->a, link->b, kind_of[a]);
        if (!link->one_way) add_arc(rows, next, link->b, link->a, kind_of[a]);
    }
done:
    free(next);
    return status;
}

dcnn_status dcnn_network_from_links(dcnn_network *network, const dcnn_scenario *scenario)
{
    const dcnn_network_spec *spec = &scenario->network;
    int count = scenario->place_count;
    dcnn_rows arcs = {0}, in = {0}, out = {0};
    int32_t *kind_of;
    dcnn_status status = DCNN_E_MEMORY;

    if (spec->link_count > INT32_MAX) return DCNN_E_MEMORY; /* kinds are numbered in 32 bits */
    kind_of = dcnn_take((size_t)spec->link_count, sizeof *kind_of);
    if (!kind_of) goto done;
    if ((status = number_kinds(network, spec, kind_of))) goto done;
    if ((status = unsorted_arcs(&arcs, spec, count, kind_of, network->kind_count > 1))) goto done;
    if ((status = dcnn_rows_transpose(&in, &arcs, count))) goto done;
    if ((status = dcnn_rows_transpose(&out, &in, count))) goto done;
    network->arc_count = arcs.first[count];
    network->first_out = out.first;
    network->head = out.other;
    network->kind = out.kind;
    network->first_in = in.first;
    network->tail = in.other;
    network->kind_in = in.kind;
    in = out = (dcnn_rows){0};
done:
    dcnn_rows_free(&arcs);
    dcnn_rows_free(&in);
    dcnn_rows_free(&out);
    free(kind_of);
    return status;
}
