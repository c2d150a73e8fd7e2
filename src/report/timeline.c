#include "timeline.h"
#include <math.h>

struct clock {
    dcnn_router *router;
    dcnn_timeline *timeline;
    int64_t now_ns; /* since the input was taken, in the longest run; DCNN_NEVER after a message without a route */
};

static int64_t later(int64_t begin_ns, int64_t duration_ns)
{
    return begin_ns == DCNN_NEVER || duration_ns == DCNN_NEVER ? DCNN_NEVER : begin_ns + duration_ns;
}

/* How long a message takes once it is sent, and what that adds on average. */
static dcnn_status time_message(const struct clock *clock, int64_t bytes, dcnn_step *step)
{
    dcnn_message once = {1, bytes}, average = {step->probability, bytes};
    dcnn_status status = dcnn_router_cost(clock->router, &once, step->from, step->to, &step->duration_ns);

    return status ? status : dcnn_router_cost(clock->router, &average, step->from, step->to, &step->expected_ns);
}

static int64_t rounded_ns(double seconds)
{
    double ns = seconds * 1e9;

    return ns < (double)DCNN_COUNT_MAX ? (int64_t)llround(ns) : DCNN_NEVER;
}

static dcnn_status add(struct clock *clock, dcnn_step step, int64_t bytes, double compute_s)
{
    dcnn_timeline *t = clock->timeline;

    step.begin_ns = clock->now_ns;
    if (step.kind == DCNN_STEP_COMPUTE) {
        step.duration_ns = rounded_ns(compute_s);
        step.expected_ns = rounded_ns(step.probability * compute_s);
    } else if (time_message(clock, bytes, &step)) {
        return DCNN_E_MEMORY;
    }
    if (step.kind != DCNN_STEP_EXIT) clock->now_ns = later(clock->now_ns, step.duration_ns);
    t->steps[t->step_count++] = step;
    return DCNN_OK;
}

/* Decisions are made where g is not zero; the last layer decides whatever is left. */
static dcnn_status add_exit(struct clock *clock, const dcnn_cnn *cnn, const int *units, int j)
{
    dcnn_step step = {.kind = DCNN_STEP_EXIT, .layer = j, .from = units[j], .to = cnn->sink, .probability = cnn->g[j]};
    dcnn_timeline *t = clock->timeline;
    dcnn_status status = add(clock, step, cnn->layers[cnn->layer_count - 1].output_bytes, 0);
    int64_t end_ns;

    if (status) return status;
    end_ns = later(clock->now_ns, t->steps[t->step_count - 1].duration_ns);
    if (end_ns > t->longest_ns) t->longest_ns = end_ns;
    return DCNN_OK;
}

dcnn_status dcnn_timeline_new(dcnn_timeline **out, const dcnn_scenario *scenario, const dcnn_placement *placement,
                              int c, dcnn_router *router, dcnn_pool *pool, dcnn_error *err)
{
    const dcnn_cnn *cnn = &scenario->cnns[c];
    const int *units = placement->cnns[c].units;
    dcnn_timeline *t = dcnn_pool_take(pool, 1, sizeof *t);
    struct clock clock = {router, t, 0};
    dcnn_step input = {.kind = DCNN_STEP_SOURCE, .from = cnn->source, .to = units[0], .probability = cnn->p[0]};
    dcnn_status status;

    *out = NULL;
    if (!t || !(t->steps = dcnn_pool_take(pool, 3 * (size_t)cnn->layer_count + 1, sizeof *t->steps)))
        return dcnn_fail_memory(err);
    status = add(&clock, input, cnn->input_bytes, 0);
    for (int j = 0; j < cnn->layer_count && !status; j++) {
        dcnn_step compute = {DCNN_STEP_COMPUTE, j, units[j], units[j], 0, 0, cnn->p[j], 0};
        status = add(&clock, compute, 0, (double)cnn->layers[j].ops / scenario->units[units[j]].ops_per_s);
        if (!status && (cnn->g[j] > 0 || j + 1 == cnn->layer_count)) status = add_exit(&clock, cnn, units, j);
        if (!status && j + 1 < cnn->layer_count) {
            dcnn_step transfer = {DCNN_STEP_TRANSFER, j, units[j], units[j + 1], 0, 0, cnn->p[j + 1], 0};
            status = add(&clock, transfer, cnn->layers[j].output_bytes, 0);
        }
    }
    if (status) return dcnn_fail_memory(err);
    *out = t;
    return DCNN_OK;
}
