/* Any bytes as the certificate of one scenario; what is read must be fit to be followed, and must not prove more than
 * there is. */
#include <dcnn/check.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char scenario_text[] =
    "{\"dcnn\":\"scenario\",\"version\":1,\"name\":\"fuzz\",\"units\":[{\"id\":\"a\",\"memory_bytes\":4,\"ops_per_s\":"
    "1},"
    "{\"id\":\"b\",\"memory_bytes\":9,\"ops_per_s\":2,\"ops_budget\":40},{\"id\":\"c\",\"memory_bytes\":9,\"ops_per_"
    "s\":3}"
    "],\"network\":{\"rate_bytes_per_s\":1,\"links\":[{\"a\":\"a\",\"b\":\"b\"},{\"a\":\"b\",\"b\":\"c\"}]},\"cnns\":[{"
    "\"id\":\"one\",\"source\":\"a\",\"input_bytes\":1,\"layers\":[{\"name\":\"k\",\"memory_bytes\":3,\"ops\":6,"
    "\"output_bytes\":1},{\"name\":\"l\",\"memory_bytes\":2,\"ops\":5,\"output_bytes\":2}]},{\"id\":\"two\",\"source\":"
    "\"c\","
    "\"input_bytes\":2,\"deadline_s\":90,\"layers\":[{\"name\":\"k\",\"memory_bytes\":3,\"ops\":6,\"output_bytes\":1},"
    "{\"name\":\"m\",\"memory_bytes\":1,\"ops\":4,\"output_bytes\":1}]}],\"shared_layers\":[[{\"cnn\":\"one\","
    "\"layer\":"
    "\"k\"},{\"cnn\":\"two\",\"layer\":\"k\"}]],\"limits\":{\"layers_per_unit\":2}}";

/* Of the best placement. */
static const int64_t value_ns = 12833333333;

static void use(const dcnn_scenario *scenario, const dcnn_certificate *certificate)
{
    int64_t violations;

    if (dcnn_check_certificate(scenario, NULL, certificate, NULL, NULL, &violations, NULL)) abort();
    if (violations == 0 && certificate->bound_ns > value_ns) abort();
    if (dcnn_certificate_write(certificate, "/dev/null", NULL)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static char path[] = "/tmp/dcnn-fuzz-certificate-XXXXXX";
    static dcnn_scenario *scenario;
    static int file = -1;
    dcnn_certificate *certificate;

    if (file < 0) file = mkstemp(path);
    if (!scenario &&
        dcnn_scenario_parse(&scenario, scenario_text, sizeof scenario_text - 1, "fuzz", NULL, NULL, NULL, NULL))
        abort();
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, size, 0) != (ssize_t)size) abort();
    if (dcnn_certificate_read(&certificate, scenario, path, NULL, NULL, NULL)) return 0;
    use(scenario, certificate);
    dcnn_certificate_free(certificate);
    return 0;
}
