/* check_latency.c - the expected latency of one CNN, term by term as the contract has it:
 *
 *     p[0] time(source -> unit of layer 0, input) + sum_j p[j] ops[j] / speed
 *     + sum_j p[j+1] time(unit of j -> unit of j+1, output[j]) + sum_j g[j] time(unit of j -> sink, output[last]) */
#include "check_internal.h"
#include <stdio.h>

/* The two sums that a time is added to. */
typedef struct {
    int64_t *weighted_ns, *plain_ns;
} account;

static void charge(account to, dcnn_check_time time)
{
    *to.weighted_ns = dcnn_check_add(*to.weighted_ns, time.weighted_ns);
    *to.plain_ns = dcnn_check_add(*to.plain_ns, time.plain_ns);
}

/* Charges a message that layer j of CNN c receives or sends; what names it in a violation. */
static void send(dcnn_checker *checker, int c, int j, const char *what, const dcnn_check_message *message, account to)
{
    dcnn_check_time time = dcnn_check_routes_time(checker->routes, message);

    charge(to, time);
    if (time.weighted_ns == DCNN_NEVER) {
        const dcnn_place *places = checker->scenario->places;
        char where[64], from[DCNN_CHECK_NAME_BYTES], at[DCNN_CHECK_NAME_BYTES];
        (void)snprintf(where, sizeof where, "cnns[%d].units[%d]", c, j);
        dcnn_check_violation(checker, DCNN_E_INFEASIBLE, where, "no route carries %s, %lld bytes, from %s to %s", what,
                             (long long)message->bytes, dcnn_check_name(from, places[message->from].id),
                             dcnn_check_name(at, places[message->to].id));
    }
}

static dcnn_check_time compute_time(const dcnn_unit *unit, const dcnn_cnn *cnn, int j)
{
    double seconds = (double)cnn->layers[j].ops / unit->ops_per_s;

    return (dcnn_check_time){dcnn_check_ns(cnn->weight * cnn->p[j], seconds), dcnn_check_ns(cnn->p[j], seconds)};
}

static void add_up(dcnn_latency *latency)
{
    latency->latency_ns = dcnn_check_add(dcnn_check_add(latency->source_ns, latency->compute_ns),
                                         dcnn_check_add(latency->transfer_ns, latency->sink_ns));
}

void dcnn_check_latency(dcnn_checker *checker, int c, dcnn_latency *plain, dcnn_latency *weighted)
{
    const dcnn_cnn *cnn = &checker->scenario->cnns[c];
    const int *units = checker->placement->cnns[c].units;
    int last = cnn->layer_count - 1;
    dcnn_check_message message = {.weight = cnn->weight};

    *plain = *weighted = (dcnn_latency){0};
    for (int j = 0; j <= last; j++) {
        message.from = j == 0 ? cnn->source : units[j - 1];
        message.to = units[j];
        message.probability = cnn->p[j];
        message.bytes = j == 0 ? cnn->input_bytes : cnn->layers[j - 1].output_bytes;
        if (j == 0)
            send(checker, c, j, "the input", &message, (account){&weighted->source_ns, &plain->source_ns});
        else
            send(checker, c, j, "the output of the layer before", &message,
                 (account){&weighted->transfer_ns, &plain->transfer_ns});
        charge((account){&weighted->compute_ns, &plain->compute_ns},
               compute_time(&checker->scenario->units[units[j]], cnn, j));
        message.from = units[j];
        message.to = cnn->sink;
        message.probability = cnn->g[j];
        message.bytes = cnn->layers[last].output_bytes;
        send(checker, c, j, "the decision", &message, (account){&weighted->sink_ns, &plain->sink_ns});
    }
    add_up(plain);
    add_up(weighted);
}
