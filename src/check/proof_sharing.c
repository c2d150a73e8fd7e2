/* proof_sharing.c - who takes what of the contested rows: dynamic programming over what the first CNNs take together,
 * whichever of them takes it, one CNN after the other. */
#include "proof_contest.h"
#include <stdlib.h>

/* --- from contest to contest --- */

/* The system takes a page back that is freed, and clears it when it is wanted again: a sixth of the time went there. */
static bool take_kept(dcnn_proof_sharing *s, dcnn_proof_check *p)
{
    if (!p->kept && !(p->kept = dcnn_take(2, sizeof *p->kept))) return false;
    s->unions = p->kept[0];
    s->guide = p->kept[1];
    p->kept[0] = p->kept[1] = (dcnn_proof_unions){0};
    return true;
}

static void keep_unions_of(dcnn_proof_sharing *s)
{
    if (!s->footprints || !s->footprints->p->kept) return;
    s->footprints->p->kept[0] = s->unions;
    s->footprints->p->kept[1] = s->guide;
    s->unions = s->guide = (dcnn_proof_unions){0};
}

void dcnn_proof_sharing_forget(dcnn_proof_check *p)
{
    for (int k = 0; p->kept && k < 2; k++) dcnn_proof_unions_clear(&p->kept[k]);
    free(p->kept);
    p->kept = NULL;
}

void dcnn_proof_sharing_clear(dcnn_proof_sharing *s)
{
    keep_unions_of(s);
    for (int c = 0; s->portions && c < s->cnn_count; c++) {
        free(s->portions[c].portions);
        free(s->portions[c].group);
    }
    free(s->portions);
    free(s->order);
    free(s->first);
    s->portions = NULL;
    s->first = NULL;
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

/* What chains that end there cost beyond the least of the CNN, without cuts. */
static int64_t excess_of(const dcnn_proof_chart *chart, const dcnn_proof_spot *end)
{
    return end->cost > chart->cnn->least ? end->cost - chart->cnn->least : 0;
}

/* False when that is too much work. */
static bool fill(dcnn_proof_portions *list, const dcnn_proof_chart *chart, int c, int guide_ends)
{
    const dcnn_proof_footprints *f = chart->footprints;

    for (int k = 0; k < list->count; k++) {
        const dcnn_proof_spot *end = &chart->spots.spots[dcnn_proof_chart_first_end(chart) + k];
        list->portions[k] =
            (dcnn_proof_portion){.footprint = end->footprint,
                                 .regret = excess_of(chart, end) + dcnn_proof_toll_of(f, c, end->footprint),
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

/* All that become of a union of the stage before when CNN c takes a footprint that was of one kind there; slack: what
 * may be paid until then. Of a kind there are few, of what became of the union often many. */
static dcnn_case take(dcnn_proof_sharing *s, int before, int c, int kind, int64_t slack)
{
    dcnn_proof_check *p = s->footprints->p;
    const dcnn_proof_portions *list = &s->portions[c];
    const int first = s->first[before], end = s->first[before + 1];
    dcnn_case state = DCNN_CASE_OPEN;
    int k = list->group[kind];

    for (; k < list->group[kind + 1] && !state; k++) {
        const dcnn_proof_portion portion = list->portions[k];
        if (s->guide.unions[before].cost + portion.regret >= slack) break;
        for (int from = first; from < end && !state; from++) {
            const dcnn_proof_union *so_far = &s->unions.unions[from];
            const dcnn_proof_footprint together = so_far->footprint + portion.footprint;
            const int64_t cost = so_far->cost + portion.regret;
            if (cost < slack && dcnn_proof_footprint_fits(s->footprints, together))
                state = dcnn_proof_unions_reach(p, &s->unions, together, cost, from, k);
        }
    }
    if (!state && !dcnn_proof_work(p, 2 * (int64_t)(k - list->group[kind]) * (end - first)))
        state = dcnn_proof_too_long(p);
    return state;
}

/* What a union of the stage before has become, which CNN c has come to. */
static dcnn_case come_to(dcnn_proof_sharing *s, int union_, int c)
{
    const dcnn_proof_unions *guide = &s->guide;
    int64_t slack = s->footprints->gap - guide->unions[union_].rest;
    int end = dcnn_proof_unions_step_end(guide, union_);
    dcnn_case state = dcnn_proof_unions_next_group(s->footprints->p, &s->unions);

    for (int e = guide->unions[union_].step; e < end && !state; e++)
        state = take(s, guide->steps[e].from, c, guide->steps[e].by, slack);
    s->first[union_ + 1] = (int)s->unions.count;
    return state;
}

static dcnn_case go_forward(dcnn_proof_sharing *s)
{
    dcnn_proof_check *p = s->footprints->p;
    dcnn_proof_unions *l = &s->unions;
    dcnn_case state = dcnn_proof_unions_begin(p, l);

    s->first[0] = 0;
    s->first[1] = 1;
    for (int level = 1; level <= s->cnn_count && !state; level++) {
        int64_t unions = (int64_t)l->count - l->level[level - 1], steps = (int64_t)l->step_count;
        for (int k = s->guide.level[level]; k < s->guide.level[level + 1] && !state; k++)
            state = come_to(s, k, s->order[level - 1]);
        dcnn_proof_unions_end_level(l, level);
        if (!state && !dcnn_proof_work(p, 20 * unions + 40 * ((int64_t)l->step_count - steps)))
            state = dcnn_proof_too_long(p);
    }
    return state;
}

/* --- backward --- */

/* What is left to pay after each union, and with each footprint; steps that are too dear are struck out (from = -1). */
static void sum_up(dcnn_proof_sharing *s, int level)
{
    dcnn_proof_unions *l = &s->unions;
    dcnn_proof_portion *portions = s->portions[s->order[level - 1]].portions;

    for (int e = l->level_step[level]; e < l->level_step[level + 1]; e++) {
        dcnn_proof_union_step *step = &l->steps[e];
        dcnn_proof_portion *portion = &portions[step->by];
        dcnn_proof_union *from = &l->unions[step->from];
        int64_t rest = dcnn_proof_clamp(portion->regret + l->unions[step->to].rest);
        if (rest < from->rest) from->rest = rest;
        if (from->cost + rest < portion->least) portion->least = from->cost + rest;
        if (from->cost + rest >= s->footprints->gap) step->from = -1;
    }
}

/* Closed when what all take, with what then stays unpaid, is too dear whoever takes it. */
static dcnn_case go_backward(dcnn_proof_sharing *s)
{
    dcnn_proof_unions *l = &s->unions;
    int64_t least = DCNN_PROOF_FAR;

    for (int k = l->level[s->cnn_count]; k < (int)l->count && s->footprints->p->work_left > 0; k++) {
        dcnn_proof_union *all = &l->unions[k];
        all->rest = dcnn_proof_unpaid(s->footprints, all->footprint);
        if (all->cost + all->rest < least) least = all->cost + all->rest;
    }
    if (s->footprints->p->work_left <= 0) return dcnn_proof_too_long(s->footprints->p);
    if (least >= s->footprints->gap) return DCNN_CASE_CLOSED;
    for (int level = s->cnn_count; level > 0; level--) sum_up(s, level);
    return DCNN_CASE_OPEN;
}

/* Besides a chain with a footprint, what cuts charge for it, what others pay and what nobody does have to be paid; it
 * is of no use either when it is too dear without cuts. */
static void set_rests(const dcnn_proof_sharing *s, dcnn_proof_chart *charts)
{
    const dcnn_proof_footprints *f = s->footprints;

    for (int c = 0; c < s->cnn_count; c++)
        for (int k = 0; k < s->portions[c].count; k++) {
            const dcnn_proof_portion *portion = &s->portions[c].portions[k];
            dcnn_proof_spot *end = &charts[c].spots.spots[dcnn_proof_chart_first_end(&charts[c]) + portion->end];
            int64_t rest = portion->least < f->gap ? portion->least - excess_of(&charts[c], end) : DCNN_PROOF_FAR;
            end->rest = rest > f->cut_gap ? rest : f->cut_gap;
            end->place = k;
        }
}

dcnn_case dcnn_proof_sharing_refine(dcnn_proof_sharing *s, dcnn_proof_chart *charts)
{
    dcnn_case state = DCNN_CASE_OPEN;

    free(s->first);
    s->first = dcnn_take(s->guide.count + 1, sizeof *s->first);
    if (!s->first) return dcnn_proof_lost(s->footprints->p);
    for (int c = 0; c < s->cnn_count && !state; c++) state = list_portions(&s->portions[c], &charts[c], c);
    if (state) return state;
    if (!s->ordered) choose_order(s);
    if ((state = go_forward(s))) return state;
    if ((state = go_backward(s))) return state;
    set_rests(s, charts);
    return DCNN_CASE_OPEN;
}

/* --- what is of no use --- */

/* Which footprints the charts have kept. */
static void number_portions(dcnn_proof_sharing *s, const dcnn_proof_chart *charts)
{
    for (int c = 0; c < s->cnn_count; c++) {
        int ends = dcnn_proof_chart_first_end(&charts[c]);
        for (int k = ends; k < (int)charts[c].spots.count; k++)
            s->portions[c].portions[charts[c].spots.spots[k].place].kept = k - ends;
    }
}

/* Counts the steps to each union of the level that are of use still, and strikes out the others. counts: before,
 * what the unions of the level before are in the guide, -1 = nothing. */
static int count_steps(dcnn_proof_sharing *s, int level, int *counts)
{
    dcnn_proof_unions *l = &s->unions;
    const dcnn_proof_portion *portions = s->portions[s->order[level - 1]].portions;
    int kept = 0;

    for (int e = l->level_step[level]; e < l->level_step[level + 1]; e++) {
        dcnn_proof_union_step *step = &l->steps[e];
        if (step->from < 0) continue;
        if (counts[step->from] < 0 || portions[step->by].kept < 0) {
            step->from = -1;
            continue;
        }
        counts[step->to]++;
        kept++;
    }
    return kept;
}

/* Unions of a level to which a step leads go to the guide, with the place behind their last step. */
static void keep_unions(dcnn_proof_sharing *s, int level, int *counts)
{
    dcnn_proof_unions *guide = &s->guide;
    int end = (int)guide->step_count;

    for (int k = s->unions.level[level]; k < s->unions.level[level + 1]; k++) {
        int count = counts[k];
        counts[k] = -1;
        if (count == 0) continue;
        end += count;
        counts[k] = (int)guide->count;
        guide->unions[guide->count] = s->unions.unions[k];
        guide->unions[guide->count++].step = end;
    }
}

/* The steps that are left, in order. */
static void keep_steps(dcnn_proof_sharing *s, int level, const int *numbers)
{
    const dcnn_proof_unions *l = &s->unions;
    const dcnn_proof_portion *portions = s->portions[s->order[level - 1]].portions;

    for (int e = l->level_step[level + 1]; e-- > l->level_step[level];) {
        const dcnn_proof_union_step *step = &l->steps[e];
        if (step->from < 0) continue;
        int to = numbers[step->to];
        s->guide.steps[--s->guide.unions[to].step] =
            (dcnn_proof_union_step){numbers[step->from], to, portions[step->by].kept};
    }
}

/* numbers: [unions] 0. */
static dcnn_case keep(dcnn_proof_sharing *s, int *numbers)
{
    dcnn_proof_unions *guide = &s->guide;
    dcnn_case state = dcnn_proof_unions_begin(s->footprints->p, guide);

    if (state) return state;
    if (!dcnn_grow((void **)&guide->unions, &guide->room, s->unions.count, sizeof *guide->unions))
        return dcnn_proof_lost(s->footprints->p);
    guide->unions[0].rest = s->unions.unions[0].rest;
    for (int level = 1; level <= s->cnn_count; level++) {
        size_t steps = guide->step_count + (size_t)count_steps(s, level, numbers);
        if (!dcnn_grow((void **)&guide->steps, &guide->step_room, steps, sizeof *guide->steps))
            return dcnn_proof_lost(s->footprints->p);
        keep_unions(s, level, numbers);
        keep_steps(s, level, numbers);
        guide->step_count = steps;
        dcnn_proof_unions_end_level(guide, level);
    }
    return DCNN_CASE_OPEN;
}

dcnn_case dcnn_proof_sharing_prune(dcnn_proof_sharing *s, const dcnn_proof_chart *charts)
{
    int *numbers = dcnn_take(s->unions.count, sizeof *numbers);
    dcnn_case state;

    if (!numbers) return dcnn_proof_lost(s->footprints->p);
    number_portions(s, charts);
    state = keep(s, numbers);
    free(numbers);
    return state;
}

/* --- before any row is contested: one footprint of each CNN, and nothing left to pay --- */

dcnn_case dcnn_proof_sharing_init(dcnn_proof_sharing *s, dcnn_proof_footprints *f)
{
    dcnn_proof_check *p = f->p;
    dcnn_proof_unions *guide = &s->guide;
    dcnn_case state;

    *s = (dcnn_proof_sharing){.footprints = f, .cnn_count = p->scenario->cnn_count};
    if (!take_kept(s, p)) return dcnn_proof_lost(p);
    s->portions = dcnn_take((size_t)s->cnn_count, sizeof *s->portions);
    s->order = dcnn_take((size_t)s->cnn_count, sizeof *s->order);
    if (!s->portions || !s->order) return dcnn_proof_lost(p);
    state = dcnn_proof_unions_open(p, &s->unions, s->cnn_count + 1);
    if (!state) state = dcnn_proof_unions_open(p, guide, s->cnn_count + 1);
    if (!state) state = dcnn_proof_unions_begin(p, guide);
    for (int c = 0; c < s->cnn_count && !state; c++) {
        state = dcnn_proof_unions_next_group(p, guide);
        if (!state) state = dcnn_proof_unions_reach(p, guide, 0, 0, c, 0);
        dcnn_proof_unions_end_level(guide, c + 1);
    }
    for (size_t k = 0; k < guide->count; k++) {
        guide->unions[k].rest = 0;
        guide->unions[k].step = k == 0 ? 0 : (int)k - 1;
    }
    return state;
}
