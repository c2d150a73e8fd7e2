/* check.c - a placement against its scenario: first its shape, then the limits, then every figure it claims. */
#include "check_internal.h"
#include <stdio.h>
#include <string.h>

void dcnn_check_violation(dcnn_checker *checker, dcnn_status code, const char *where, const char *format, ...)
{
    char text[sizeof((dcnn_error *)0)->text];
    dcnn_error violation;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)dcnn_fail(&violation, code, where, "%s", text);
    checker->violations++;
    if (checker->on_violation) checker->on_violation(checker->user, &violation);
}

const char *dcnn_check_name(char out[DCNN_CHECK_NAME_BYTES], const char *name)
{
    size_t room = DCNN_CHECK_NAME_BYTES - sizeof "\"...\"";
    size_t size = strlen(name);
    bool cut = size > room;

    if (cut) size = room;
    while (cut && size > 0 && ((unsigned char)name[size] & 0xc0) == 0x80) size--; /* only whole UTF-8 characters */
    (void)snprintf(out, DCNN_CHECK_NAME_BYTES, "\"%.*s%s\"", (int)size, name, cut ? "..." : "");
    return out;
}

const char *dcnn_check_figure(char out[DCNN_CHECK_FIGURE_BYTES], int64_t ns)
{
    if (ns == DCNN_NEVER)
        (void)snprintf(out, DCNN_CHECK_FIGURE_BYTES, "never");
    else
        (void)snprintf(out, DCNN_CHECK_FIGURE_BYTES, "%lld", (long long)ns);
    return out;
}

/* A claimed figure against the one computed here. */
static void compare_ns(dcnn_checker *checker, const char *where, int64_t claimed_ns, int64_t computed_ns)
{
    char claimed[DCNN_CHECK_FIGURE_BYTES], computed[DCNN_CHECK_FIGURE_BYTES];

    if (claimed_ns != computed_ns)
        dcnn_check_violation(checker, DCNN_E_VALUE, where, "claimed %s, computed %s",
                             dcnn_check_figure(claimed, claimed_ns), dcnn_check_figure(computed, computed_ns));
}

/* --- shape: is there a unit for every layer? --- */

static bool cnn_fits(dcnn_checker *checker, int c)
{
    const dcnn_scenario *scenario = checker->scenario;
    const dcnn_cnn *cnn = &scenario->cnns[c];
    const dcnn_cnn_placement *placed = &checker->placement->cnns[c];
    char where[64], claimed[DCNN_CHECK_NAME_BYTES], expected[DCNN_CHECK_NAME_BYTES];
    bool fits = true;

    if (strcmp(placed->id, cnn->id) != 0) {
        (void)snprintf(where, sizeof where, "cnns[%d].id", c);
        dcnn_check_violation(checker, DCNN_E_VALUE, where, "claimed %s, the scenario has %s here",
                             dcnn_check_name(claimed, placed->id), dcnn_check_name(expected, cnn->id));
    }
    (void)snprintf(where, sizeof where, "cnns[%d].units", c);
    if (placed->layer_count != cnn->layer_count) {
        dcnn_check_violation(checker, DCNN_E_VALUE, where, "units for %d layers, the CNN has %d", placed->layer_count,
                             cnn->layer_count);
        return false;
    }
    for (int j = 0; j < placed->layer_count; j++) {
        if (placed->units[j] >= 0 && placed->units[j] < scenario->unit_count) continue;
        (void)snprintf(where, sizeof where, "cnns[%d].units[%d]", c, j);
        dcnn_check_violation(checker, DCNN_E_VALUE, where, "unit %d, the scenario has units 0 to %d", placed->units[j],
                             scenario->unit_count - 1);
        fits = false;
    }
    return fits;
}

bool dcnn_check_shape(dcnn_checker *checker)
{
    const dcnn_placement *placement = checker->placement;
    bool fits = true;

    if (placement->cnn_count != checker->scenario->cnn_count) {
        dcnn_check_violation(checker, DCNN_E_VALUE, "cnns", "%d CNNs placed, the scenario has %d", placement->cnn_count,
                             checker->scenario->cnn_count);
        return false;
    }
    for (int c = 0; c < placement->cnn_count; c++) fits = cnn_fits(checker, c) && fits;
    return fits;
}

/* --- figures --- */

static void check_deadline(dcnn_checker *checker, int c, int64_t latency_ns)
{
    const dcnn_cnn *cnn = &checker->scenario->cnns[c];
    char where[64], name[DCNN_CHECK_NAME_BYTES], latency[DCNN_CHECK_FIGURE_BYTES];

    if (latency_ns <= cnn->deadline_ns) return;
    (void)snprintf(where, sizeof where, "cnns[%d].deadline_s", c);
    dcnn_check_violation(checker, DCNN_E_INFEASIBLE, where,
                         "the expected latency of %s is %s ns, its deadline is %lld ns", dcnn_check_name(name, cnn->id),
                         dcnn_check_figure(latency, latency_ns), (long long)cnn->deadline_ns);
}

static void compare_latency(dcnn_checker *checker, int c, const dcnn_latency *computed)
{
    const dcnn_latency *claimed = &checker->placement->cnns[c].latency;
    const struct {
        const char *key;
        int64_t claimed_ns, computed_ns;
    } figures[] = {{"latency_ns", claimed->latency_ns, computed->latency_ns},
                   {"source_ns", claimed->source_ns, computed->source_ns},
                   {"compute_ns", claimed->compute_ns, computed->compute_ns},
                   {"transfer_ns", claimed->transfer_ns, computed->transfer_ns},
                   {"sink_ns", claimed->sink_ns, computed->sink_ns}};

    for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
        char where[64];
        (void)snprintf(where, sizeof where, "cnns[%d].%s", c, figures[k].key);
        compare_ns(checker, where, figures[k].claimed_ns, figures[k].computed_ns);
    }
}

/* Latencies, deadlines and the value they make. */
static void check_figures(dcnn_checker *checker)
{
    int64_t sum_ns = 0, max_ns = 0;

    for (int c = 0; c < checker->scenario->cnn_count; c++) {
        dcnn_latency plain, weighted;
        dcnn_check_latency(checker, c, &plain, &weighted);
        check_deadline(checker, c, plain.latency_ns);
        compare_latency(checker, c, &plain);
        sum_ns = dcnn_check_add(sum_ns, weighted.latency_ns);
        if (weighted.latency_ns > max_ns) max_ns = weighted.latency_ns;
    }
    compare_ns(checker, "value_ns", checker->placement->value_ns,
               checker->scenario->objective == DCNN_OBJECTIVE_MAX ? max_ns : sum_ns);
}

dcnn_status dcnn_check(const dcnn_scenario *scenario, const dcnn_placement *placement, dcnn_violation_fn on_violation,
                       void *user, int64_t *violations, dcnn_error *err)
{
    dcnn_checker checker = {scenario, placement, NULL, on_violation, user, 0};
    dcnn_status status;

    *violations = 0;
    if ((status = dcnn_check_routes_new(&checker.routes, scenario, err))) goto done;
    dcnn_check_claims(&checker);
    if ((status = dcnn_check_reasons(&checker, err))) goto done;
    if (placement->cnn_count > 0 && dcnn_check_shape(&checker)) {
        if ((status = dcnn_check_limits(&checker, err))) goto done;
        check_figures(&checker);
    }
    *violations = checker.violations;
done:
    dcnn_check_routes_free(checker.routes);
    return status;
}
