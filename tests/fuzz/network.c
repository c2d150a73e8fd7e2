/* Any bytes as the file of a network; what is read must be a scenario without loops and impossible figures. */
#include <dcnn/netimport.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const models[] = {"cnn5"};
    dcnn_netimport_options options;
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario;

    dcnn_netimport_options_init(&options);
    options.models = models;
    options.largest = size % 2;
    if (dcnn_netimport_parse(&scenario, &summary, (const char *)bytes, size, "fuzz", &options, NULL)) return 0;
    if (summary.kept_nodes != scenario->unit_count || summary.kept_nodes < 1 || summary.islands < 1) abort();
    for (int64_t k = 0; k < scenario->network.link_count; k++) {
        const dcnn_link *link = &scenario->network.links[k];
        if (link->a < 0 || link->b < 0 || link->a >= scenario->place_count || link->b >= scenario->place_count) abort();
        if (link->a == link->b || !(link->retransmission >= 0) || !(link->rate_bytes_per_s > 0)) abort();
    }
    dcnn_scenario_free(scenario);
    return 0;
}
