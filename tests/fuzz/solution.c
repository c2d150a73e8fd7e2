/* Any bytes as the solution file of one scenario; what is read must be fit for the checker. */
#include <dcnn/check.h>
#include <dcnn/export.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char scenario_text[] =
    "{\"dcnn\":\"scenario\",\"version\":1,\"name\":\"two\",\"units\":[{\"id\":\"a\",\"type\":\"odroid\"},{\"id\":\"b\","
    "\"type\":\"jetson\"}],\"network\":{\"rate_bytes_per_s\":1000000,\"links\":[{\"a\":\"a\",\"b\":\"b\"}]},\"cnns\":[{"
    "\"id\":\"one\",\"source\":\"a\",\"model\":\"cnn5\"}]}";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static dcnn_scenario *scenario;
    dcnn_placement *placement;
    int64_t violations;

    if (!scenario &&
        dcnn_scenario_parse(&scenario, scenario_text, sizeof scenario_text - 1, "two", NULL, NULL, NULL, NULL))
        abort();
    if (dcnn_solution_parse(&placement, scenario, (const char *)bytes, size, NULL)) return 0;
    if (dcnn_check(scenario, placement, NULL, NULL, &violations, NULL)) abort();
    dcnn_placement_free(placement);
    return 0;
}
