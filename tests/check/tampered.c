#include "tampered.h"
#include <string.h>

static const char scenario_text[] =
    "{\"dcnn\": \"scenario\", \"version\": 1, \"name\": \"tampered\", \"units\": ["
    "  {\"id\": \"strong\", \"memory_bytes\": 100, \"ops_per_s\": 10, \"ops_budget\": 40},"
    "  {\"id\": \"small\", \"memory_bytes\": 5, \"ops_per_s\": 20},"
    "  {\"id\": \"slow\", \"memory_bytes\": 100, \"ops_per_s\": 5},"
    "  {\"id\": \"island\", \"memory_bytes\": 100, \"ops_per_s\": 100}],"
    " \"endpoints\": [{\"id\": \"camera\"}],"
    " \"network\": {\"rate_bytes_per_s\": 1, \"links\": ["
    "  {\"a\": \"camera\", \"b\": \"strong\", \"rate_bytes_per_s\": 4},"
    "  {\"a\": \"camera\", \"b\": \"small\", \"rate_bytes_per_s\": 2, \"latency_s\": 0.5},"
    "  {\"a\": \"strong\", \"b\": \"small\", \"rate_bytes_per_s\": 3, \"retransmission\": 0.25},"
    "  {\"a\": \"small\", \"b\": \"slow\", \"latency_s\": 20}]},"
    " \"cnns\": ["
    "  {\"id\": \"door\", \"input_bytes\": 6, \"source\": \"camera\", \"layers\": ["
    "    {\"name\": \"a\", \"memory_bytes\": 3, \"ops\": 10, \"output_bytes\": 4},"
    "    {\"name\": \"b\", \"memory_bytes\": 4, \"ops\": 20, \"output_bytes\": 1},"
    "    {\"name\": \"c\", \"memory_bytes\": 2, \"ops\": 7, \"output_bytes\": 1}]},"
    "  {\"id\": \"gate\", \"input_bytes\": 3, \"source\": \"camera\", \"sink\": \"strong\", \"weight\": 2,"
    "   \"deadline_s\": 12, \"layers\": ["
    "    {\"name\": \"a\", \"memory_bytes\": 3, \"ops\": 10, \"output_bytes\": 4, \"exit_probability\": 0.5},"
    "    {\"name\": \"b\", \"memory_bytes\": 4, \"ops\": 9, \"output_bytes\": 2}]}],"
    " \"shared_layers\": [[{\"cnn\": \"door\", \"layer\": \"a\"}, {\"cnn\": \"gate\", \"layer\": \"a\"}]],"
    " \"limits\": {\"layers_per_unit\": 3}}";

int tampered_open(void **state)
{
    static oracle o;
    dcnn_scenario *scenario;

    if (dcnn_scenario_parse(&scenario, scenario_text, sizeof scenario_text - 1, "tampered", NULL, NULL, NULL, NULL))
        return -1;
    memset(scenario->sha256, 'a', sizeof scenario->sha256 - 1); /* as if it came from a file */
    *state = &o;
    return oracle_init(&o, scenario) ? 0 : -1;
}

int tampered_close(void **state)
{
    const oracle *o = *state;

    dcnn_scenario_free((dcnn_scenario *)o->scenario);
    return 0;
}

dcnn_placement *tampered_best(const oracle *o)
{
    dcnn_placement *placement;
    oracle_answer answer;

    oracle_solve(o, &answer);
    placement = oracle_placement(o, answer.units);
    if (!placement) return NULL;
    placement->bound_ns = placement->value_ns;
    placement->proof = DCNN_PROOF_OPTIMAL;
    placement->stop = DCNN_STOP_FINISHED;
    return placement;
}
