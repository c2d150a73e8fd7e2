/* Files that are no networks, or broken ones: one message each, with its place; and every allocation lost in turn. */
#include "base/base.h"
#include "faults.h"
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
/* cmocka.h needs the above */
#include <cmocka.h>
#include <dcnn/netimport.h>

#define NETJSON                                                                                                        \
    "{\"type\": \"NetworkGraph\", \"metric\": \"etx\", \"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"links\": "
#define GRAPHML   "<graphml>\n<key id=\"q\" attr.name=\"quality\"/>\n<graph>\n<node id=\"a\"/><node id=\"b\"/>\n"
#define END_GRAPH "</graph></graphml>"

static const struct {
    const char *text;
    dcnn_status status;
    const char *where;
    int line, column; /* 0 = none: the place is in `where` */
    const char *message;
} broken[] = {
    {"", DCNN_E_SYNTAX, "f", 1, 1, "no network in this file: expected NetJSON, a link list in JSON, GraphML, or CSV"},
    {" \n# only a comment", DCNN_E_SYNTAX, "f", 1, 1,
     "no network in this file: expected NetJSON, a link list in JSON, GraphML, or CSV"},
    /* JSON */
    {"{", DCNN_E_SYNTAX, "f", 1, 2, NULL},
    {"[]", DCNN_E_VALUE, "f", 0, 0, "expected an object, found an array"},
    {"{}", DCNN_E_VALUE, "f", 0, 0, "missing key \"links\""},
    {"{\"links\": 7}", DCNN_E_VALUE, "f: links", 0, 0, "expected an array, found 7"},
    {"{\"links\": []}", DCNN_E_VALUE, "f", 0, 0, "expected at least one node, found none"},
    {"{\"links\": [7]}", DCNN_E_VALUE, "f: links[0]", 0, 0, "expected an object, found 7"},
    {"{\"nodes\": [[]], \"links\": []}", DCNN_E_VALUE, "f: nodes[0]", 0, 0, "expected an object, found an array"},
    {"{\"nodes\": [{}], \"links\": []}", DCNN_E_VALUE, "f: nodes[0]", 0, 0, "missing key \"id\""},
    {"{\"nodes\": [{\"id\": 1.5}], \"links\": []}", DCNN_E_VALUE, "f: nodes[0].id", 0, 0,
     "expected an id: a text or a whole number, found 1.5"},
    {"{\"nodes\": [{\"id\": \"\"}], \"links\": []}", DCNN_E_VALUE, "f: nodes[0].id", 0, 0,
     "expected an id: a text or a whole number, found \"\""},
    {"{\"nodes\": [{\"id\": 1, \"x_m\": 1e300}], \"links\": []}", DCNN_E_VALUE, "f: nodes[0].x_m", 0, 0,
     "expected metres, found 1e+300"},
    {"{\"links\": [{\"source\": 1}]}", DCNN_E_VALUE, "f: links[0]", 0, 0, "missing key \"target\""},
    {"{\"links\": [{\"source\": 1, \"target\": 2, \"source_tq\": 1.5}]}", DCNN_E_VALUE, "f: links[0].source_tq", 0, 0,
     "expected a quality in [0, 1], found 1.5"},
    {"{\"links\": [{\"source\": 1, \"target\": 2, \"quality\": \"good\"}]}", DCNN_E_VALUE, "f: links[0].quality", 0, 0,
     "expected a quality in [0, 1], found \"good\""},
    {"{\"links\": [{\"source\": 1, \"target\": 2, \"quality\": 1e-300}]}", DCNN_E_VALUE, "f: links[0].quality", 0, 0,
     "expected a quality in [0, 1], found 1e-300"},
    {"{\"links\": [{\"source\": 1, \"target\": 2, \"rate\": \"54 parsec\"}]}", DCNN_E_VALUE, "f: links[0].rate", 0, 0,
     "expected a rate above 0 in bytes per second, or with a unit such as \"54 Mbit/s\", found \"54 parsec\""},
    {"{\"links\": [{\"source\": 1, \"target\": 2, \"latency\": -1}]}", DCNN_E_VALUE, "f: links[0].latency", 0, 0,
     "expected a latency in seconds, or with a unit such as \"20 ms\", found -1"},
    {"{\"links\": [{\"source\": 1, \"target\": 2, \"retransmission\": -1}]}", DCNN_E_VALUE,
     "f: links[0].retransmission", 0, 0, "expected a number of retransmissions, at least 0, found -1"},
    {"{\"directed\": 1, \"links\": []}", DCNN_E_VALUE, "f: directed", 0, 0, "expected true or false, found 1"},
    {"{\"type\": \"NetworkRoutes\", \"routes\": []}", DCNN_E_VALUE, "f: type", 0, 0,
     "expected \"NetworkGraph\", the kind of NetJSON that holds a network, found \"NetworkRoutes\""},
    {"{\"type\": \"NetworkGraph\", \"links\": []}", DCNN_E_VALUE, "f", 0, 0, "missing key \"nodes\""},
    {NETJSON "[{\"source\": \"a\", \"target\": \"z\"}]}", DCNN_E_VALUE, "f: links[0].target", 0, 0,
     "expected the id of a node, found \"z\""},
    {NETJSON "[{\"source\": \"a\", \"target\": \"b\", \"cost\": 0.5}]}", DCNN_E_VALUE, "f: links[0].cost", 0, 0,
     "expected an ETX of at least 1, found 0.5"},
    {NETJSON "[{\"source\": \"a\", \"target\": \"b\", \"properties\": {\"quality\": -1}}]}", DCNN_E_VALUE,
     "f: links[0].properties.quality", 0, 0, "expected a quality in [0, 1], found -1"},
    /* GraphML */
    {"<graphml", DCNN_E_SYNTAX, "f", 1, 1, "not well-formed XML: unclosed token"},
    {"<graphml>\n</graph>", DCNN_E_SYNTAX, "f", 2, 3, "not well-formed XML: mismatched tag"},
    {"<html></html>", DCNN_E_VALUE, "f", 1, 1, "expected GraphML, found the element \"html\""},
    {"<graphml></graphml>", DCNN_E_VALUE, "f", 0, 0, "expected at least one node, found none"},
    {GRAPHML "<node/>" END_GRAPH, DCNN_E_VALUE, "f", 5, 1, "expected the attribute \"id\" of this element"},
    {GRAPHML "<node id=\"a\"/>" END_GRAPH, DCNN_E_VALUE, "f", 5, 1,
     "expected an id of its own, found \"a\", which is taken"},
    {GRAPHML "<edge source=\"a\"/>" END_GRAPH, DCNN_E_VALUE, "f", 5, 1,
     "expected the attribute \"target\" of this element"},
    {GRAPHML " <edge source=\"a\" target=\"z\"/>" END_GRAPH, DCNN_E_VALUE, "f", 5, 2,
     "expected the id of a node, found \"z\""},
    {GRAPHML "<edge source=\"a\" target=\"b\"><data key=\"q\">2</data></edge>" END_GRAPH, DCNN_E_VALUE, "f", 5, 44,
     "expected a quality in [0, 1]"},
    {GRAPHML "<hyperedge/>" END_GRAPH, DCNN_E_VALUE, "f", 5, 1, "expected edges between two nodes, found a hyperedge"},
    {GRAPHML "<node id=\"c\"><graph/></node>" END_GRAPH, DCNN_E_VALUE, "f", 5, 14,
     "expected one graph, found another one, beside or inside it"},
    {"<!DOCTYPE g [<!ENTITY x \"xxxxxxxxxx\">]><graphml/>", DCNN_E_VALUE, "f", 1, 25,
     "expected no entities, found the declaration of \"x\""},
    {"<graphml><key id=\"k\"/><key id=\"k\"/></graphml>", DCNN_E_VALUE, "f", 1, 23,
     "expected an id of its own, found \"k\", which is taken"},
    {"<graphml><key/></graphml>", DCNN_E_VALUE, "f", 1, 10, "expected the attribute \"id\" of this element"},
    {"<graphml>\xff</graphml>", DCNN_E_SYNTAX, "f", 1, 10, "not well-formed XML: not well-formed (invalid token)"},
    /* CSV */
    {"just some text", DCNN_E_SYNTAX, "f", 1, 1,
     "expected two columns, or a first line that names them, such as \"source,target,quality\""},
    {"one", DCNN_E_SYNTAX, "f", 1, 1,
     "expected two columns, or a first line that names them, such as \"source,target,quality\""},
    {"a,b\nc\n", DCNN_E_SYNTAX, "f", 2, 1, "expected as many columns as in the first line"},
    {"a,b\n\n#\nc,\n", DCNN_E_SYNTAX, "f", 4, 1, "expected the id of a node, found nothing"},
    {"a,\"b\nc,d", DCNN_E_SYNTAX, "f", 1, 1, "a quoted text does not end on its line"},
    {"a,b\n\"c\"x,d", DCNN_E_SYNTAX, "f", 2, 1, "expected a separator after a quoted text"},
    {"a,b\n\xc3,d", DCNN_E_SYNTAX, "f", 2, 1, "bytes that are not UTF-8"},
    {"from,to,etx\na,b,0.5\n", DCNN_E_SYNTAX, "f", 2, 1, "expected an ETX of at least 1 in column 3"},
    {"source,target,quality,quality\na,b,1,nan", DCNN_E_SYNTAX, "f", 2, 1, "expected a quality in [0, 1] in column 4"},
    {"source,target\n", DCNN_E_VALUE, "f", 0, 0, "expected at least one node, found none"},
};

static dcnn_status parse(const char *text, size_t size, dcnn_error *err)
{
    dcnn_netimport_options options;
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario;
    dcnn_status status;

    dcnn_netimport_options_init(&options);
    status = dcnn_netimport_parse(&scenario, &summary, text, size, "f", &options, err);
    assert_true((status == DCNN_OK) == (scenario != NULL));
    dcnn_scenario_free(scenario);
    return status;
}

static void test_every_fault_has_its_message(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof broken / sizeof *broken; n++) {
        dcnn_error err = {0};
        dcnn_status status = parse(broken[n].text, strlen(broken[n].text), &err);
        if (status != broken[n].status || err.line != broken[n].line || err.column != broken[n].column ||
            strcmp(err.where, broken[n].where) != 0 || (broken[n].message && strcmp(err.text, broken[n].message) != 0))
            fail_msg("%s\ngave %d, \"%s\":%d:%d: %s", broken[n].text, (int)status, err.where, err.line, err.column,
                     err.text);
        assert_int_equal(parse(broken[n].text, strlen(broken[n].text), NULL), status);
    }
}

static void test_zero_byte(void **state)
{
    dcnn_error err;

    (void)state;
    assert_int_equal(parse("a,b\0,c", 6, &err), DCNN_E_SYNTAX);
    assert_string_equal(err.text, "a zero byte: this is not a text");
}

/* The opening repeated so often, then nothing. */
static void expect_refusal(const char *opening, size_t times, const char *message)
{
    dcnn_buf text = {0};
    dcnn_error err;

    for (size_t n = 0; n < times; n++) dcnn_buf_text(&text, opening);
    assert_false(text.failed);
    assert_int_not_equal(parse(text.data, text.size, &err), DCNN_OK);
    if (!strstr(err.text, message)) fail_msg("%s", err.text);
    dcnn_buf_clear(&text);
}

static void test_deep_and_wide(void **state)
{
    (void)state;
    expect_refusal("<graphml>", 100000, "at most 64 elements inside each other");
    expect_refusal("{\"links\":", 100000, "deep");
    expect_refusal("a,", 100000, "more than 64 columns");
}

static void test_options(void **state)
{
    static const char *const models[] = {"alexnot"}, *const sources[] = {"z"};
    static const dcnn_mix mix[] = {{"toaster", 1}};
    dcnn_netimport_options good, bad[6];
    static const char *const where[] = {"missing_quality", "cnns", "models", "mix", "sources", "rate_bytes_per_s"};
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario;
    dcnn_error err;

    (void)state;
    dcnn_netimport_options_init(&good);
    for (int n = 0; n < 6; n++) bad[n] = good;
    bad[0].missing_quality = NAN;
    bad[1].cnns = 0;
    bad[2].models = models;
    bad[3].mix = mix;
    bad[3].mix_count = 1;
    bad[4].sources = sources;
    bad[4].source_count = 1;
    bad[5].rate_bytes_per_s = 0;
    for (int n = 0; n < 6; n++) {
        assert_int_equal(dcnn_netimport_parse(&scenario, &summary, "a,b", 3, "f", &bad[n], &err), DCNN_E_ARGUMENT);
        assert_null(scenario);
        assert_string_equal(err.where, where[n]);
    }
    assert_int_equal(dcnn_netimport(&scenario, &summary, "/no/such/file", &good, &err), DCNN_E_IO);
    assert_null(scenario);
}

static void test_lost_allocations(void **state)
{
    static const char *const texts[] = {
        NETJSON "[{\"source\": \"a\", \"target\": \"b\", \"properties\": {\"type\": \"wifi\"}}]}",
        GRAPHML "<edge source=\"a\" target=\"b\"><data key=\"q\">0.5</data></edge>" END_GRAPH,
        "source,target,quality\na,b,0.5\nb,c,1\n"};
    long live = faults_live_blocks();

    (void)state;
    for (size_t n = 0; n < sizeof texts / sizeof *texts; n++) {
        long injected = faults_injected();
        dcnn_status status = DCNN_E_MEMORY;
        for (long allowed = 0; status; allowed++) {
            faults_after(allowed);
            status = parse(texts[n], strlen(texts[n]), NULL);
            faults_off();
            assert_int_equal(faults_live_blocks(), live);
            if (status) assert_int_equal(status, DCNN_E_MEMORY);
        }
        assert_true(faults_injected() > injected + 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_fault_has_its_message),
        cmocka_unit_test(test_zero_byte),
        cmocka_unit_test(test_deep_and_wide),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_lost_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
