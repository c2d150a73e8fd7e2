#include "dead_end.h"
#include "base/base.h"
#include <dcnn/network.h>
#include <stdlib.h>

/* Any message that needs a route: who can be reached does not depend on its size. */
static const dcnn_message any_message = {1, 0};

typedef struct {
    const dcnn_scenario *scenario;
    const dcnn_cnn *cnn;
    dcnn_network *network;
    dcnn_router *router;
    int64_t *cost_ns;                  /* [place_count] scratch */
    bool *may, *from_source, *to_sink; /* [unit_count] */
    bool *reached;                     /* [unit_count] from the units that may run the layer before */
} search;

static bool fits(const search *s, int j, int i)
{
    const dcnn_layer *layer = &s->cnn->layers[j];
    const dcnn_unit *unit = &s->scenario->units[i];

    return layer->memory_bytes <= unit->memory_bytes && layer->ops <= unit->ops_budget;
}

static bool any(const bool *flags, int count)
{
    for (int i = 0; i < count; i++)
        if (flags[i]) return true;
    return false;
}

static dcnn_status add_reached(search *s, int place, bool towards, bool *reached)
{
    dcnn_status status = dcnn_router_costs(s->router, &any_message, place, towards, s->cost_ns);

    for (int i = 0; i < s->scenario->unit_count && !status; i++)
        if (s->cost_ns[i] != DCNN_NEVER) reached[i] = true;
    return status;
}

/* Where the input of layer j may arrive. */
static dcnn_status arrive(search *s, int j)
{
    int n = s->scenario->unit_count;
    bool needs_route = s->cnn->p[j] > 0;
    dcnn_status status = DCNN_OK;

    for (int i = 0; i < n; i++) s->reached[i] = !needs_route || (j == 0 ? s->from_source[i] : s->may[i]);
    for (int i = 0; i < n && j > 0 && needs_route && !status; i++)
        if (s->may[i]) status = add_reached(s, i, false, s->reached);
    return status;
}

/* Takes one layer forward; false when it ends here, with end filled in. */
static bool advance(search *s, int j, dcnn_dead_end *end)
{
    int n = s->scenario->unit_count;

    end->layer = j;
    end->kind = DCNN_END_NO_UNIT;
    if (!any(s->reached, n)) return false;
    for (int i = 0; i < n; i++) s->may[i] = s->reached[i] && fits(s, j, i);
    end->kind = j == 0 ? DCNN_END_NO_ROOM : DCNN_END_NO_WAY_ON;
    if (!any(s->may, n)) return false;
    for (int i = 0; i < n; i++) s->may[i] = s->may[i] && (s->cnn->g[j] == 0 || s->to_sink[i]);
    end->kind = DCNN_END_NO_WAY_BACK;
    return any(s->may, n);
}

static dcnn_status run(search *s, dcnn_dead_end *end)
{
    dcnn_status status;

    if ((status = add_reached(s, s->cnn->source, false, s->from_source))) return status;
    if ((status = add_reached(s, s->cnn->sink, true, s->to_sink))) return status;
    for (int j = 0; j < s->cnn->layer_count; j++) {
        if ((status = arrive(s, j))) return status;
        if (!advance(s, j, end)) return DCNN_OK;
    }
    end->kind = DCNN_END_NONE;
    return DCNN_OK;
}

dcnn_status dcnn_dead_end_find(dcnn_dead_end *end, const dcnn_scenario *scenario, int c, dcnn_error *err)
{
    size_t n = (size_t)scenario->unit_count;
    search s = {.scenario = scenario, .cnn = &scenario->cnns[c]};
    bool *flags = dcnn_take(4 * n, sizeof *flags);
    dcnn_status status = DCNN_OK;

    *end = (dcnn_dead_end){DCNN_END_NONE, 0};
    s.cost_ns = dcnn_take((size_t)scenario->place_count, sizeof *s.cost_ns);
    if (!flags || !s.cost_ns) status = dcnn_fail_memory(err);
    if (status || (status = dcnn_network_new(&s.network, scenario, err))) goto done;
    if ((status = dcnn_router_new(&s.router, s.network, err))) goto done;
    s.may = flags;
    s.from_source = flags + n;
    s.to_sink = flags + 2 * n;
    s.reached = flags + 3 * n;
    if ((status = run(&s, end))) status = dcnn_fail(err, status, "", "%s", dcnn_status_text(status));
done:
    dcnn_router_free(s.router);
    dcnn_network_free(s.network);
    free(s.cost_ns);
    free(flags);
    return status;
}
