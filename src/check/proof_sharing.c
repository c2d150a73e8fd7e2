/* proof_sharing.c - who takes what of the contested rows: dynamic programming over what the first CNNs take together,
 * whichever of them takes it, one CNN after the other. */
#include "proof_contest.h"
#include <stdlib.h>

void dcnn_proof_sharing_clear(dcnn_proof_sharing *s)
{
    dcnn_proof_lattice_clear(&s->unions);
    dcnn_proof_lattice_clear(&s->guide);
    for (int c = 0; s->portions && c < s->cnn_count; c++) {
        free(s->portions[c].portions);
        free(s->portions[c].group);
    }
    free(s->portions);
    free(s->order);
    s->portions = NULL;
    s->order = NULL;
}

/* --- footprints by what they were in the stage before --- */

static int by_group(const void *a, const void *b)
{
    const dcnn_proof_portion *x = a, *y = b;

    if (x->coarse != y->coarse) return x->coarse < y->coarse ? -1 : 1;
    if (x->regret != y->regret) return x->regret < y->regret ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* False when that is too much work. */
static bool fill(dcnn_proof_portions *list, const dcnn_proof_chart *chart, int c, int guide_ends)
{
    const dcnn_proof_footprints *f = chart->footprints;

    for (int k = 0; k < list->count; k++) {
        const dcnn_proof_spot *end = &chart->spots.spots[dcnn_proof_chart_first_end(chart) + k];
        int64_t excess = end->cost > chart->cnn->least ? end->cost - chart->cnn->least : 0;
        list->portions[k] = (dcnn_proof_portion){.footprint = end->footprint,
                                                 .excess = excess,
                                                 .regret = excess + dcnn_proof_toll_of(f, c, end->footprint),
                                                 .least = DCNN_PROOF_FAR,
                                                 .coarse = end->coarse - guide_ends,
                                                 .end = k,
                                                 .kept = -1};
        if (f->p->work_left <= 0) return false;
    }
    return true;
}

static dcnn_case list_portions(dcnn_proof_portions *list, const dcnn_proof_chart *chart, int c)
{
    dcnn_proof_check *p = chart->footprints->p;
    int guide_ends = chart->guide.level[chart->cnn->layer_count], groups = (int)chart->guide.count - guide_ends;

    free(list->portions);
    free(list->group);
    list->count = (int)chart->spots.count - dcnn_proof_chart_first_end(chart);
    list->portions = dcnn_take((size_t)list->count, sizeof *list->portions);
    list->group = dcnn_take((size_t)groups + 1, sizeof *list->group);
    if (!list->portions || !list->group) return dcnn_proof_lost(p);
    if (!fill(list, chart, c, guide_ends)) return dcnn_proof_too_long(p);
    qsort(list->portions, (size_t)list->count, sizeof *list->portions, by_group);
    for (int g = 0, k = 0; g <= groups; g++) {
        while (k < list->count && list->portions[k].coarse < g) k++;
        list->group[g] = k;
    }
    return DCNN_CASE_OPEN;
}

/* CNNs with few footprints first, where they are told apart for the first time: so there are fewer unions. */
static void choose_order(dcnn_proof_sharing *s)
{
    for (int c = 0; c < s->cnn_count; c++) {
        int before = 0;
        for (int d = 0; d < s->cnn_count; d++)
            before +=
                s->portions[d].count < s->portions[c].count || (s->portions[d].count == s->portions[c].count && d < c);
        s->order[before] = c;
    }
    s->ordered = true;
}

/* --- forward --- */

/* All that CNN c may take besides a union that may be left for one of the stage before by taking one of a kind. */
static dcnn_case take(dcnn_proof_sharing *s, const dcnn_proof_spot *from, int c, int kind, int coarse)
{
    dcnn_proof_check *p = s->footprints->p;
    const dcnn_proof_portions *list = &s->portions[c];
    int64_t slack = s->footprints->gap - from->cost - s->guide.spots[coarse].rest;
    dcnn_case state = DCNN_CASE_OPEN;
    int k = list->group[kind];

    for (; k < list->group[kind + 1] && !state; k++) {
        const dcnn_proof_portion *portion = &list->portions[k];
        const dcnn_proof_footprint together = from->footprint + portion->footprint;
        int to;
        if (portion->regret >= slack) break;
        if (!dcnn_proof_footprint_fits(s->footprints, together)) continue;
        state = dcnn_proof_lattice_reach(p, &s->unions, together, coarse, &to);
        if (state) break;
        if (from->cost + portion->regret < s->unions.spots[to].cost)
            s->unions.spots[to].cost = from->cost + portion->regret;
        state = dcnn_proof_lattice_step(p, &s->unions, to, k);
    }
    if (!state && !dcnn_proof_work(p, 2 * (int64_t)(k - list->group[kind]))) state = dcnn_proof_too_long(p);
    return state;
}

static dcnn_case take_all(dcnn_proof_sharing *s, int union_, int c)
{
    const dcnn_proof_lattice *guide = &s->guide;
    const dcnn_proof_spot from = s->unions.spots[union_];
    int end = dcnn_proof_lattice_step_end(guide, from.coarse);
    dcnn_case state = DCNN_CASE_OPEN;

    s->unions.spots[union_].step = (int)s->unions.step_count;
    for (int e = guide->spots[from.coarse].step; e < end && !state; e++)
        state = take(s, &from, c, guide->by[e], guide->steps[e]);
    return state;
}

static dcnn_case go_forward(dcnn_proof_sharing *s)
{
    dcnn_proof_check *p = s->footprints->p;
    dcnn_proof_lattice *l = &s->unions;
    dcnn_case state = dcnn_proof_lattice_open(p, l, s->cnn_count + 1);

    if (state) return state;
    l->spots[0].cost = 0;
    for (int level = 0; level < s->cnn_count && !state; level++) {
        int begin = l->level[level], end = (int)l->count;
        size_t before = l->step_count;
        state = dcnn_proof_lattice_next_level(p, l);
        for (int k = begin; k < end && !state; k++) state = take_all(s, k, s->order[level]);
        if (!dcnn_proof_work(p, 20 * (end - begin) + 40 * (int64_t)(l->step_count - before)))
            return state ? state : dcnn_proof_too_long(p);
    }
    l->level[l->level_count] = (int)l->count;
    for (int k = l->level[s->cnn_count]; k < (int)l->count && !state; k++) l->spots[k].step = (int)l->step_count;
    return state;
}

/* --- backward --- */

static void sum_up(dcnn_proof_sharing *s, int union_, int c)
{
    dcnn_proof_lattice *l = &s->unions;
    dcnn_proof_spot *from = &l->spots[union_];
    int end = dcnn_proof_lattice_step_end(l, union_);

    for (int e = from->step; e < end; e++) {
        dcnn_proof_portion *portion = &s->portions[c].portions[l->by[e]];
        int64_t rest = dcnn_proof_clamp(portion->regret + l->spots[l->steps[e]].rest);
        if (rest < from->rest) from->rest = rest;
        if (from->cost + rest < portion->least) portion->least = from->cost + rest;
    }
}

/* False when that is too much work. */
static bool go_backward(dcnn_proof_sharing *s)
{
    dcnn_proof_lattice *l = &s->unions;

    for (int k = l->level[s->cnn_count]; k < (int)l->count && s->footprints->p->work_left > 0; k++)
        l->spots[k].rest = dcnn_proof_unpaid(s->footprints, l->spots[k].footprint);
    for (int level = s->cnn_count - 1; level >= 0; level--)
        for (int k = l->level[level]; k < l->level[level + 1]; k++) sum_up(s, k, s->order[level]);
    return s->footprints->p->work_left > 0;
}

/* Besides a chain with a footprint, what cuts charge for it, what others pay and what nobody does have to be paid; it
 * is of no use either when it is too dear without cuts. */
static void set_rests(const dcnn_proof_sharing *s, dcnn_proof_chart *charts)
{
    const dcnn_proof_footprints *f = s->footprints;

    for (int c = 0; c < s->cnn_count; c++)
        for (int k = 0; k < s->portions[c].count; k++) {
            const dcnn_proof_portion *portion = &s->portions[c].portions[k];
            int64_t rest = portion->least < f->gap ? portion->least - portion->excess : DCNN_PROOF_FAR;
            dcnn_proof_spot *end = &charts[c].spots.spots[dcnn_proof_chart_first_end(&charts[c]) + portion->end];
            end->rest = rest > f->cut_gap ? rest : f->cut_gap;
            end->place = k;
        }
}

dcnn_case dcnn_proof_sharing_refine(dcnn_proof_sharing *s, dcnn_proof_chart *charts)
{
    dcnn_case state = DCNN_CASE_OPEN;

    dcnn_proof_lattice_clear(&s->guide);
    s->guide = s->unions;
    s->unions = (dcnn_proof_lattice){0};
    for (int c = 0; c < s->cnn_count && !state; c++) state = list_portions(&s->portions[c], &charts[c], c);
    if (state) return state;
    if (!s->ordered) choose_order(s);
    if ((state = go_forward(s))) return state;
    if (!go_backward(s)) return dcnn_proof_too_long(s->footprints->p);
    if (s->unions.spots[0].rest >= s->footprints->gap) return DCNN_CASE_CLOSED;
    set_rests(s, charts);
    return DCNN_CASE_OPEN;
}

/* --- what is of no use --- */

static void mark(dcnn_proof_sharing *s, int union_, int c, bool *kept)
{
    dcnn_proof_lattice *l = &s->unions;
    int end = dcnn_proof_lattice_step_end(l, union_);

    for (int e = l->spots[union_].step; e < end; e++) {
        const dcnn_proof_portion *portion = &s->portions[c].portions[l->by[e]];
        int to = l->steps[e];
        if (portion->kept >= 0 && l->spots[union_].cost + portion->regret + l->spots[to].rest < s->footprints->gap) {
            kept[to] = true;
            l->by[e] = portion->kept;
        } else {
            l->steps[e] = -1;
        }
    }
}

/* Which footprints the charts have kept. */
static void number_portions(dcnn_proof_sharing *s, const dcnn_proof_chart *charts)
{
    for (int c = 0; c < s->cnn_count; c++) {
        int ends = dcnn_proof_chart_first_end(&charts[c]);
        for (int k = ends; k < (int)charts[c].spots.count; k++)
            s->portions[c].portions[charts[c].spots.spots[k].place].kept = k - ends;
    }
}

dcnn_case dcnn_proof_sharing_prune(dcnn_proof_sharing *s, const dcnn_proof_chart *charts)
{
    dcnn_proof_check *p = s->footprints->p;
    dcnn_proof_lattice *l = &s->unions;
    bool *kept = dcnn_take(l->count, sizeof *kept);
    dcnn_case state;

    if (!kept) return dcnn_proof_lost(p);
    kept[0] = true;
    number_portions(s, charts);
    for (int level = 0; level < s->cnn_count; level++)
        for (int k = l->level[level]; k < l->level[level + 1]; k++)
            if (kept[k]) mark(s, k, s->order[level], kept);
    state = dcnn_proof_lattice_keep(p, l, kept);
    free(kept);
    return state;
}

/* --- before any row is contested: one footprint of each CNN, and nothing left to pay --- */

dcnn_case dcnn_proof_sharing_init(dcnn_proof_sharing *s, dcnn_proof_footprints *f)
{
    dcnn_proof_check *p = f->p;
    dcnn_proof_lattice *l = &s->unions;
    dcnn_case state;
    int to = 0;

    *s = (dcnn_proof_sharing){.footprints = f, .cnn_count = p->scenario->cnn_count};
    s->portions = dcnn_take((size_t)s->cnn_count, sizeof *s->portions);
    s->order = dcnn_take((size_t)s->cnn_count, sizeof *s->order);
    if (!s->portions || !s->order) return dcnn_proof_lost(p);
    state = dcnn_proof_lattice_open(p, l, s->cnn_count + 1);
    for (int c = 0; c < s->cnn_count && !state; c++) {
        l->spots[to].rest = 0;
        l->spots[to].step = (int)l->step_count;
        state = dcnn_proof_lattice_next_level(p, l);
        if (!state) state = dcnn_proof_lattice_reach(p, l, 0, 0, &to);
        if (!state) state = dcnn_proof_lattice_step(p, l, to, 0);
    }
    if (state) return state;
    l->spots[to].rest = 0;
    l->spots[to].step = (int)l->step_count;
    return DCNN_CASE_OPEN;
}
