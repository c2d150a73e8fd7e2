/* A longer range, or one link more. */
#include "cures.h"
#include "figures.h"
#include <math.h>
#include <stdio.h>

enum { PLACES_MAX = 2000, LINKS_MAX = 48 };

static const double range_steps_per_m = 100; /* ranges are told in centimetres */

/* --- range --- */

static double distance(const dcnn_place *a, const dcnn_place *b)
{
    double dx = a->x_m - b->x_m, dy = a->y_m - b->y_m;

    return sqrt(dx * dx + dy * dy);
}

static double longest_distance(const dcnn_scenario *s)
{
    double longest = 0;

    for (int i = 0; i < s->place_count; i++)
        for (int k = 0; k < i; k++) {
            double d = distance(&s->places[i], &s->places[k]);
            if (d > longest) longest = d;
        }
    return longest;
}

static dcnn_status try_range(dcnn_doctor *doctor, double range_m, bool *feasible)
{
    dcnn_verdict verdict;
    dcnn_status status;

    dcnn_draft_reset(&doctor->draft, doctor->scenario);
    doctor->draft.scenario.network.range_m = range_m;
    status = dcnn_doctor_try(doctor, &verdict, NULL);
    *feasible = verdict == DCNN_TRIAL_FEASIBLE;
    return status;
}

/* The least whole centimetre that is feasible: a longer range never hurts, so bisection finds it. */
static dcnn_status cure_range(dcnn_doctor *doctor)
{
    const dcnn_scenario *s = doctor->scenario;
    double before_m = s->network.range_m, longest_m = longest_distance(s);
    char text[DCNN_FIGURE_SIZE];
    dcnn_buf before = {0};
    int64_t low, high;
    dcnn_status status;
    bool feasible;

    if (s->place_count > PLACES_MAX || longest_m < before_m || longest_m > 1e9) return DCNN_OK;
    low = (int64_t)floor(before_m * range_steps_per_m);
    high = (int64_t)floor(longest_m * range_steps_per_m) + 1;
    if ((status = try_range(doctor, (double)high / range_steps_per_m, &feasible)) || !feasible) return status;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if ((status = try_range(doctor, (double)middle / range_steps_per_m, &feasible))) return status;
        *(feasible ? &high : &low) = middle;
    }
    (void)snprintf(text, sizeof text, "%lld.%02lld m", (long long)(high / 100), (long long)(high % 100));
    dcnn_buf_double(&before, before_m);
    status = before.failed
                 ? dcnn_fail_memory(doctor->err)
                 : dcnn_doctor_add(
                       doctor, (dcnn_cure){DCNN_CURE_RANGE, -1, -1, 0, (double)high / range_steps_per_m, NULL, NULL},
                       "a range of %s instead of %s m", text, before.data);
    dcnn_buf_clear(&before);
    return status;
}

/* --- links --- */

static bool linked(const dcnn_network_spec *network, int place_count, int a, int b)
{
    if (network->kind == DCNN_NETWORK_HOPS) return network->hops[(size_t)a * (size_t)place_count + (size_t)b] == 1;
    for (int64_t k = 0; k < network->link_count; k++) {
        const dcnn_link *link = &network->links[k];
        if ((link->a == a && link->b == b) || (link->a == b && link->b == a && !link->one_way)) return true;
    }
    return false;
}

/* Tries a link between two places that have none both ways; *helps = the cure was added. */
static dcnn_status try_link(dcnn_doctor *doctor, int a, int b, int *tries_left, bool *helps)
{
    const dcnn_scenario *s = doctor->scenario;
    char first[DCNN_NAME_SIZE], second[DCNN_NAME_SIZE];
    dcnn_verdict verdict;
    dcnn_status status;

    *helps = false;
    if (a == b || *tries_left == 0) return DCNN_OK;
    if (linked(&s->network, s->place_count, a, b) && linked(&s->network, s->place_count, b, a)) return DCNN_OK;
    (*tries_left)--;
    dcnn_draft_reset(&doctor->draft, s);
    if (!dcnn_draft_add_link(&doctor->draft, a, b)) return dcnn_fail_memory(doctor->err);
    status = dcnn_doctor_try(doctor, &verdict, NULL);
    *helps = !status && verdict == DCNN_TRIAL_FEASIBLE;
    if (!*helps) return status;
    return dcnn_doctor_add(doctor, (dcnn_cure){DCNN_CURE_LINK, a, b, 0, 0, NULL, NULL}, "a %s between %s and %s",
                           s->network.kind == DCNN_NETWORK_HOPS ? "direct hop" : "link",
                           dcnn_figure_name(first, s->places[a].id), dcnn_figure_name(second, s->places[b].id));
}

/* The first link that helps between units, and the first between a source or sink in trouble and a unit. */
static dcnn_status cure_links(dcnn_doctor *doctor, const dcnn_limits *limits)
{
    const dcnn_scenario *s = doctor->scenario;
    int left = LINKS_MAX;
    dcnn_status status = DCNN_OK;
    bool helps = false;

    if (s->network.kind == DCNN_NETWORK_LINKS && s->network.link_count == 0) return DCNN_OK;
    for (int c = 0; c < s->cnn_count && !status && !helps; c++) {
        if (!dcnn_limits_hold(limits, DCNN_LIMIT_ROUTE, c) && !dcnn_limits_hold(limits, DCNN_LIMIT_DEADLINE, c))
            continue;
        for (int i = 0; i < s->unit_count && !status && !helps; i++) {
            status = try_link(doctor, s->cnns[c].source, i, &left, &helps);
            if (!status && !helps && s->cnns[c].sink != s->cnns[c].source)
                status = try_link(doctor, s->cnns[c].sink, i, &left, &helps);
        }
    }
    left = LINKS_MAX;
    helps = false;
    for (int i = 0; i < s->unit_count && !status && !helps; i++)
        for (int k = i + 1; k < s->unit_count && !status && !helps && left > 0; k++)
            status = try_link(doctor, i, k, &left, &helps);
    return status;
}

dcnn_status dcnn_cure_network(dcnn_doctor *doctor, const dcnn_limits *limits)
{
    if (!dcnn_limits_hold(limits, DCNN_LIMIT_ROUTE, -1) && !dcnn_limits_hold(limits, DCNN_LIMIT_DEADLINE, -1))
        return DCNN_OK;
    return doctor->scenario->network.kind == DCNN_NETWORK_RANGE ? cure_range(doctor) : cure_links(doctor, limits);
}
