/* Any bytes as the placement file of one scenario; what is read must be fit for the checker and the map. */
#include <dcnn/check.h>
#include <dcnn/draw.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char scenario_text[] =
    "{\"dcnn\":\"scenario\",\"version\":1,\"name\":\"two\",\"units\":[{\"id\":\"a\",\"type\":\"odroid\"},{\"id\":\"b\","
    "\"type\":\"jetson\"}],\"network\":{\"rate_bytes_per_s\":1000000,\"links\":[{\"a\":\"a\",\"b\":\"b\"}]},\"cnns\":[{"
    "\"id\":\"one\",\"source\":\"a\",\"model\":\"cnn5\"},{\"id\":\"two\",\"source\":\"b\",\"input_bytes\":7,\"layers\":"
    "[{\"name\":\"l\",\"memory_bytes\":5,\"ops\":1000,\"output_bytes\":3}]}]}";

static void use(const dcnn_scenario *scenario, const dcnn_placement *placement)
{
    dcnn_draw_options options;
    int64_t violations;
    char *svg;
    size_t size;

    for (int c = 0; c < placement->cnn_count; c++)
        for (int j = 0; j < placement->cnns[c].layer_count; j++)
            if (placement->cnns[c].units[j] < 0 || placement->cnns[c].units[j] >= scenario->unit_count) abort();
    if (dcnn_check(scenario, placement, NULL, NULL, &violations, NULL)) abort();
    dcnn_draw_options_init(&options);
    if (dcnn_draw_svg(&svg, &size, scenario, placement, &options, NULL)) abort();
    free(svg);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static char path[] = "/tmp/dcnn-fuzz-placement-XXXXXX";
    static dcnn_scenario *scenario;
    static int file = -1;
    dcnn_placement *placement;

    if (file < 0) file = mkstemp(path);
    if (!scenario &&
        dcnn_scenario_parse(&scenario, scenario_text, sizeof scenario_text - 1, "two", NULL, NULL, NULL, NULL))
        abort();
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, size, 0) != (ssize_t)size) abort();
    if (dcnn_placement_read(&placement, scenario, path, NULL, NULL, NULL)) return 0;
    use(scenario, placement);
    dcnn_placement_free(placement);
    return 0;
}
