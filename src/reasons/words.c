#include "words.h"
#include "dead_end.h"
#include "draft.h"
#include "figures.h"
#include "item.h"
#include <stdlib.h>
#include <string.h>

static void put_layer(dcnn_buf *out, const dcnn_scenario *s, int c, int j)
{
    char layer[DCNN_NAME_SIZE], cnn[DCNN_NAME_SIZE];

    dcnn_buf_format(out, "%s of %s", dcnn_figure_name(layer, s->cnns[c].layers[j].name),
                    dcnn_figure_name(cnn, s->cnns[c].id));
}

/* --- arguments by counting --- */

static void tell_homeless(dcnn_buf *out, const dcnn_scenario *s, const dcnn_argument *a)
{
    char need[DCNN_FIGURE_SIZE], have[DCNN_FIGURE_SIZE];
    const dcnn_layer *layer = &s->cnns[a->cnn].layers[a->layer];

    put_layer(out, s, a->cnn, a->layer);
    if (a->memory && a->ops) {
        dcnn_figure(need, layer->memory_bytes, false);
        dcnn_figure(have, layer->ops, true);
        dcnn_buf_format(out, " needs %s and %s; no unit has both the memory and the budget for it", need, have);
        return;
    }
    dcnn_figures(need, have, a->need, a->have, a->ops);
    dcnn_buf_format(out, " needs %s; no unit has more than %s", need, have);
}

/* Whether the large layers are all of that name and need the same: then a sentence can name them. */
static bool alike(const dcnn_item *items, const dcnn_scenario *s, const dcnn_argument *a)
{
    for (int64_t k = 0; k < a->count; k++) {
        const dcnn_layer *layer = &s->cnns[items[k].cnn].layers[items[k].layer];
        if ((a->ops ? items[k].ops : items[k].memory_bytes) != a->need ||
            strcmp(layer->name, s->cnns[a->cnn].layers[a->layer].name) != 0)
            return false;
    }
    return true;
}

static bool tell_crowd(dcnn_buf *out, const dcnn_scenario *s, const dcnn_argument *a)
{
    char need[DCNN_FIGURE_SIZE], name[DCNN_NAME_SIZE];
    int64_t count;
    dcnn_item *items;

    if (a->by == DCNN_LIMIT_LAYERS_PER_UNIT) {
        dcnn_buf_format(out, "%lld layers have to run, with no more than %d on a unit; ", (long long)a->count,
                        s->layers_per_unit);
        dcnn_figure_count(out, a->units, "unit");
        dcnn_buf_format(out, " can take %lld", (long long)a->room);
        return true;
    }
    if (!(items = dcnn_items_new(s, a->ops, &count))) return false;
    dcnn_figure(need, a->need, a->ops);
    if (alike(items, s, a)) {
        dcnn_buf_format(out, "%s of ", dcnn_figure_name(name, s->cnns[a->cnn].layers[a->layer].name));
        dcnn_figure_count(out, a->count, "CNN");
        dcnn_buf_format(out, " needs %s each; ", need);
    } else {
        dcnn_figure_count(out, a->count, "layer");
        dcnn_buf_format(out, " need %s or more each; ", need);
    }
    free(items);
    dcnn_figure_count(out, a->units, "unit");
    dcnn_buf_format(out, a->units == 1 ? " has that much" : " have that much");
    if (a->room > a->units) dcnn_buf_format(out, ", with room for %lld of them", (long long)a->room);
    return true;
}

static void tell_too_much(dcnn_buf *out, const dcnn_argument *a)
{
    char need[DCNN_FIGURE_SIZE], have[DCNN_FIGURE_SIZE];

    dcnn_figures(need, have, a->need, a->have, a->ops);
    dcnn_figure_count(out, a->count, "layer");
    dcnn_buf_format(out, " need %s in all; all units together have %s", need, have);
}

/* False when memory is out. */
static bool tell_argument(dcnn_buf *out, const dcnn_scenario *s, const dcnn_argument *a)
{
    if (a->kind == DCNN_ARGUMENT_TOO_MANY_LARGE) return tell_crowd(out, s, a);
    if (a->kind == DCNN_ARGUMENT_LAYER_FITS_NOWHERE)
        tell_homeless(out, s, a);
    else
        tell_too_much(out, a);
    return true;
}

/* --- room, where counting alone does not tell --- */

static bool tell_room(dcnn_buf *out, const dcnn_scenario *s, const dcnn_reason *reason)
{
    bool ops = reason->kind == DCNN_LIMIT_OPS;
    char have[DCNN_FIGURE_SIZE], need[DCNN_FIGURE_SIZE], most[DCNN_FIGURE_SIZE], name[DCNN_NAME_SIZE];
    int64_t count, have_all = 0, need_all = 0;
    dcnn_item *items = dcnn_items_new(s, ops, &count);

    if (!items) return false;
    for (int k = 0; k < reason->owner_count; k++) {
        const dcnn_unit *unit = &s->units[reason->owners[k]];
        int64_t amount = ops ? unit->ops_budget : unit->memory_bytes;
        have_all = amount > DCNN_COUNT_MAX - have_all ? DCNN_COUNT_MAX : have_all + amount;
    }
    for (int64_t k = 0; k < count; k++) {
        int64_t amount = ops ? items[k].ops : items[k].memory_bytes;
        need_all = amount > DCNN_COUNT_MAX - need_all ? DCNN_COUNT_MAX : need_all + amount;
    }
    dcnn_figure(have, have_all, ops);
    dcnn_figure(need, need_all, ops);
    dcnn_figure(most, ops ? items[0].ops : items[0].memory_bytes, ops);
    free(items);
    if (reason->owner_count == 1) {
        dcnn_buf_format(out, "%s has %s", dcnn_figure_name(name, s->places[reason->owners[0]].id), have);
    } else {
        dcnn_figure_count(out, reason->owner_count, "unit");
        dcnn_buf_format(out, " have %s together", have);
    }
    dcnn_buf_format(out, "; the layers need %s in all, the largest %s", need, most);
    return true;
}

/* --- one CNN by itself --- */

static void tell_dead_end(dcnn_buf *out, const dcnn_scenario *s, int c, const dcnn_dead_end *end)
{
    char source[DCNN_NAME_SIZE], sink[DCNN_NAME_SIZE], need[DCNN_FIGURE_SIZE];
    const dcnn_cnn *cnn = &s->cnns[c];

    (void)dcnn_figure_name(source, s->places[cnn->source].id);
    (void)dcnn_figure_name(sink, s->places[cnn->sink].id);
    dcnn_figure(need, cnn->layers[end->layer].memory_bytes, false);
    switch (end->kind) {
    case DCNN_END_NO_UNIT:
        dcnn_buf_format(out, "%s, the source of ", source);
        dcnn_buf_format(out, "%s, reaches no unit", dcnn_figure_name(sink, cnn->id));
        break;
    case DCNN_END_NO_ROOM:
        dcnn_buf_format(out, "%s reaches no unit with room for ", source);
        put_layer(out, s, c, end->layer);
        dcnn_buf_format(out, ", which needs %s", need);
        break;
    case DCNN_END_NO_WAY_ON:
        put_layer(out, s, c, end->layer);
        dcnn_buf_format(out, " needs %s; no unit with room for it can be reached from where ", need);
        dcnn_buf_format(out, "%s may run", dcnn_figure_name(sink, cnn->layers[end->layer - 1].name));
        break;
    case DCNN_END_NO_WAY_BACK:
        dcnn_buf_format(out, "no unit that ");
        put_layer(out, s, c, end->layer);
        dcnn_buf_format(out, " can be placed on has a route to its sink %s", sink);
        break;
    case DCNN_END_NONE:
        break;
    }
}

/* Tells why a CNN that has all units to itself cannot keep its deadline, if that is so. */
static dcnn_status tell_alone(dcnn_buf *out, const dcnn_plot *plot, int c, bool *told, dcnn_error *err)
{
    char name[DCNN_NAME_SIZE], least[DCNN_FIGURE_SIZE], deadline[DCNN_FIGURE_SIZE];
    int64_t deadline_ns = plot->bare->cnns[c].deadline_ns, latency_ns;
    dcnn_draft alone;
    dcnn_status status;
    bool proven;

    *told = false;
    if (!dcnn_draft_open(&alone, plot->bare) || !dcnn_draft_keep_cnn(&alone, c)) {
        dcnn_draft_close(&alone);
        return dcnn_fail_memory(err);
    }
    alone.scenario.cnns[0].deadline_ns = DCNN_NEVER;
    status = dcnn_trial_least_latency(plot->trials, &alone.scenario, 0, &latency_ns, &proven, err);
    if (!status && proven && latency_ns != DCNN_NEVER && latency_ns > deadline_ns) {
        dcnn_figure_seconds(least, latency_ns);
        dcnn_figure_seconds(deadline, deadline_ns);
        dcnn_buf_format(out, "%s takes %s even with all units to itself; its deadline is %s",
                        dcnn_figure_name(name, plot->bare->cnns[c].id), least, deadline);
        *told = true;
    }
    dcnn_draft_close(&alone);
    return status;
}

static void tell_deadlines(dcnn_buf *out, const dcnn_scenario *s, const dcnn_reason *reason)
{
    char name[DCNN_NAME_SIZE], deadline[DCNN_FIGURE_SIZE];

    for (int k = 0; k < reason->owner_count && k < 3; k++) {
        const dcnn_cnn *cnn = &s->cnns[reason->owners[k]];
        dcnn_figure_seconds(deadline, cnn->deadline_ns);
        dcnn_buf_format(out, "%s%s within %s", k > 0 ? ", " : "", dcnn_figure_name(name, cnn->id), deadline);
    }
    if (reason->owner_count > 3) dcnn_buf_format(out, " and %d more", reason->owner_count - 3);
    dcnn_buf_text(out, reason->owner_count == 1 ? " is not possible" : " is not possible together");
}

static void tell_routes(dcnn_buf *out, const dcnn_scenario *s, const dcnn_reason *reason)
{
    char name[DCNN_NAME_SIZE], source[DCNN_NAME_SIZE], sink[DCNN_NAME_SIZE];
    const dcnn_cnn *cnn = &s->cnns[reason->owners[0]];

    if (reason->owner_count == 1)
        dcnn_buf_format(out, "the messages of %s need routes from %s over its units to %s",
                        dcnn_figure_name(name, cnn->id), dcnn_figure_name(source, s->places[cnn->source].id),
                        dcnn_figure_name(sink, s->places[cnn->sink].id));
    else
        dcnn_buf_format(out, "the messages of %d CNNs need routes", reason->owner_count);
}

static dcnn_status tell_messages(dcnn_buf *out, const dcnn_plot *plot, const dcnn_reason *reason, dcnn_error *err)
{
    dcnn_dead_end end = {DCNN_END_NONE, 0};
    dcnn_status status = DCNN_OK;
    bool told = false;
    int c = reason->owners[0];

    if (reason->owner_count == 1) {
        if ((status = dcnn_dead_end_find(&end, plot->bare, c, err))) return status;
        told = end.kind != DCNN_END_NONE;
        if (told)
            tell_dead_end(out, plot->bare, c, &end);
        else if (reason->kind == DCNN_LIMIT_DEADLINE)
            status = tell_alone(out, plot, c, &told, err);
    }
    if (status || told) return status;
    if (reason->kind == DCNN_LIMIT_DEADLINE)
        tell_deadlines(out, plot->bare, reason);
    else
        tell_routes(out, plot->bare, reason);
    return DCNN_OK;
}

/* --- shared layers --- */

static void tell_shared(dcnn_buf *out, const dcnn_scenario *s, const dcnn_reason *reason)
{
    const dcnn_shared_group *group = &s->shared_groups[reason->owners[0]];

    for (int m = 0; m < group->member_count && m < 3; m++) {
        if (m > 0) dcnn_buf_text(out, m == group->member_count - 1 ? " and " : ", ");
        put_layer(out, s, group->members[m].cnn, group->members[m].layer);
    }
    if (group->member_count > 3) dcnn_buf_format(out, " and %d more", group->member_count - 3);
    dcnn_buf_text(out, " are shared and sit on one unit");
}

dcnn_status dcnn_reason_words(dcnn_buf *out, const dcnn_plot *plot, const dcnn_reason *reason, dcnn_error *err)
{
    const dcnn_argument *argument = &plot->argument;
    dcnn_status status = DCNN_OK;
    bool kept = true;

    if (argument->kind != DCNN_ARGUMENT_NONE && argument->by == reason->kind)
        kept = tell_argument(out, plot->bare, argument);
    else if (reason->kind == DCNN_LIMIT_MEMORY || reason->kind == DCNN_LIMIT_OPS)
        kept = tell_room(out, plot->bare, reason);
    else if (reason->kind == DCNN_LIMIT_LAYERS_PER_UNIT)
        dcnn_buf_format(out, "no more than %d layer%s may run on a unit", plot->bare->layers_per_unit,
                        plot->bare->layers_per_unit == 1 ? "" : "s");
    else if (reason->kind == DCNN_LIMIT_SHARED)
        tell_shared(out, plot->original, reason);
    else
        status = tell_messages(out, plot, reason, err);
    if (!status && reason->undecided) dcnn_buf_text(out, " (it is not proven that this is needed)");
    if (!status && (!kept || out->failed)) status = dcnn_fail_memory(err);
    return status;
}
