/* Any bytes as a scenario file; what is read must keep the promises of scenario.h, and read back as it was written. */
#include <dcnn/instance.h>
#include <dcnn/scenario.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
    if (!holds) abort();
}

static void check_cnn(const dcnn_scenario *s, const dcnn_cnn *cnn)
{
    demand(cnn->layer_count >= 1 && cnn->weight >= 0 && cnn->deadline_ns >= 0 && cnn->input_bytes >= 0);
    demand(cnn->source >= 0 && cnn->source < s->place_count && cnn->sink >= 0 && cnn->sink < s->place_count);
    for (int j = 0; j < cnn->layer_count; j++) {
        const dcnn_layer *layer = &cnn->layers[j];
        demand(layer->name && layer->memory_bytes >= 0 && layer->ops >= 0 && layer->output_bytes >= 0);
        demand(layer->memory_bytes <= DCNN_COUNT_MAX && layer->ops <= DCNN_COUNT_MAX &&
               layer->output_bytes <= DCNN_COUNT_MAX);
        demand(cnn->p[j] >= 0 && cnn->p[j] <= 1 && cnn->g[j] >= 0 && cnn->g[j] <= 1);
    }
}

static void check_scenario(const dcnn_scenario *s)
{
    demand(s->unit_count >= 1 && s->place_count >= s->unit_count && s->cnn_count >= 1 && s->layers_per_unit >= 0);
    for (int i = 0; i < s->place_count; i++) demand(s->places[i].id && dcnn_scenario_place(s, s->places[i].id) == i);
    for (int i = 0; i < s->unit_count; i++)
        demand(s->units[i].ops_per_s > 0 && s->units[i].memory_bytes >= 0 && s->units[i].ops_budget >= 0);
    for (int c = 0; c < s->cnn_count; c++) check_cnn(s, &s->cnns[c]);
    for (int64_t k = 0; k < s->network.link_count; k++) {
        const dcnn_link *link = &s->network.links[k];
        demand(link->a >= 0 && link->a < s->place_count && link->b >= 0 && link->b < s->place_count);
        demand(link->a != link->b && link->rate_bytes_per_s > 0 && link->latency_s >= 0 && link->retransmission >= 0);
    }
    for (int k = 0; k < s->shared_group_count; k++) demand(s->shared_groups[k].member_count >= 2);
}

static void read_back(const dcnn_scenario *s)
{
    static char path[] = "/tmp/dcnn-fuzz-scenario-XXXXXX";
    static int file = -1;
    dcnn_scenario *again;

    if (file < 0) file = mkstemp(path);
    demand(file >= 0 && dcnn_scenario_write(s, path, NULL) == DCNN_OK);
    demand(dcnn_scenario_read(&again, path, NULL, NULL, NULL) == DCNN_OK);
    demand(again->place_count == s->place_count && again->cnn_count == s->cnn_count &&
           again->shared_group_count == s->shared_group_count && strcmp(again->name, s->name) == 0);
    dcnn_scenario_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    dcnn_scenario *scenario;
    dcnn_instance *instance;

    if (dcnn_scenario_parse(&scenario, (const char *)bytes, size, "fuzz", "/nowhere", NULL, NULL, NULL)) return 0;
    check_scenario(scenario);
    read_back(scenario);
    if (!dcnn_instance_new(&instance, scenario, NULL)) dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    return 0;
}
