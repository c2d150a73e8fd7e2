/* survey.h - for region.c: the lists of candidates while labels are swept over the network (survey.c). */
#ifndef DCNN_SOLVE_SURVEY_H
#define DCNN_SOLVE_SURVEY_H

#include "solve/reach.h"

/* The cheapest way to or from a site, tolls included, its own cost excluded, and the cheapest by another unit. */
typedef struct {
    dcnn_tick best, other;
    int spot; /* next to the site on the best way, -1 = none or of no matter */
} dcnn_way;

/* A candidate under construction. */
struct dcnn_site {
    int unit, spot;
    dcnn_tick own, toll; /* of the layer there; own as in dcnn_costs */
    dcnn_way arrive, rest;
};
typedef struct dcnn_site dcnn_site;

typedef struct {
    const dcnn_chain_data *data;
    dcnn_scout *scout;
    const dcnn_survey *survey;
    bool single; /* units take one layer */
    dcnn_tick limit;
    int *offset, *count; /* [layer] the layer's list in scout->sites */
    int used;
    size_t *trail_first; /* [layer_count + 1] what the sweep before a layer left in scout->trail */
    size_t trail_used;
} dcnn_surveyor;

static inline dcnn_tick dcnn_tick_least(dcnn_tick a, dcnn_tick b)
{
    return a < b ? a : b;
}

/* False when memory is out; clear it in either case. */
bool dcnn_surveyor_init(dcnn_surveyor *s, const dcnn_chain_data *data, dcnn_scout *scout, const dcnn_survey *survey);
void dcnn_surveyor_clear(dcnn_surveyor *s);

static inline dcnn_site *dcnn_sites(const dcnn_surveyor *s, int j)
{
    return s->scout->sites + s->offset[j];
}

/* What the way through a site has cost when it leaves; what it costs from when it arrives. */
static inline dcnn_tick dcnn_site_leaving(const dcnn_site *at)
{
    return at->arrive.best + at->own + at->toll;
}

static inline dcnn_tick dcnn_site_arriving(const dcnn_site *at)
{
    return at->own + at->toll + at->rest.best;
}

/* Lists the candidates layer by layer, within the survey's limit or, where that is dcnn_tick_never, an ever wider one
 * until chains come to light. *least: the cheapest chain found, dcnn_tick_never = none. False when memory is out. */
bool dcnn_survey_forward(dcnn_surveyor *s, dcnn_tick *least);

/* After forward found chains without a limit: the same with the limit that the survey asks for. */
bool dcnn_survey_widen(dcnn_surveyor *s, dcnn_tick least);

/* Drops the candidates that no chain within the limit goes through. False when memory is out. */
bool dcnn_survey_backward(dcnn_surveyor *s);

/* Keeps the best of each layer, as many as the survey allows, by unit; the limit falls to the best of the others. */
void dcnn_survey_cut(dcnn_surveyor *s);

/* Sends what is in scout->starts over the links. */
bool dcnn_survey_sweep(dcnn_surveyor *s, dcnn_sweep_task task);

/* Fills scout->guard with what the last sweep towards layer j brought to each spot, and empties it again. */
void dcnn_survey_guard(dcnn_surveyor *s, int j);
void dcnn_survey_unguard(dcnn_surveyor *s, int j);
void dcnn_survey_mark_wanted(dcnn_surveyor *s, int j, bool wanted);

#endif
