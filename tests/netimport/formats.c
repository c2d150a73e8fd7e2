/* The same small networks in every format, and what becomes of them. */
#include "base/base.h"
#include <math.h>
#include <setjmp.h>
#include <string.h>
/* cmocka.h needs the above */
#include <cmocka.h>
#include <dcnn/netimport.h>

static dcnn_scenario *import(const char *text, const dcnn_netimport_options *options, dcnn_netimport_summary *summary)
{
    dcnn_netimport_options defaults;
    dcnn_scenario *scenario;
    dcnn_error err = {0};

    dcnn_netimport_options_init(&defaults);
    if (dcnn_netimport_parse(&scenario, summary, text, strlen(text), "maps/mesh.v2.json", options ? options : &defaults,
                             &err))
        fail_msg("%s: %s", err.where, err.text);
    assert_string_equal(scenario->name, "mesh.v2");
    return scenario;
}

/* The links as text, one a line, by ids: "a-b" both ways or "a>b" one way, then retransmission, rate, latency. */
static void expect_links(const dcnn_scenario *scenario, const char *expected)
{
    dcnn_buf text = {0};

    for (int64_t k = 0; k < scenario->network.link_count; k++) {
        const dcnn_link *link = &scenario->network.links[k];
        dcnn_buf_format(&text, "%s%c%s %.4g %.6g %.3g\n", scenario->places[link->a].id, link->one_way ? '>' : '-',
                        scenario->places[link->b].id, link->retransmission, link->rate_bytes_per_s, link->latency_s);
    }
    assert_string_equal(text.data ? text.data : "", expected);
    dcnn_buf_clear(&text);
}

static void expect(const char *text, const char *links)
{
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario = import(text, NULL, &summary);

    expect_links(scenario, links);
    dcnn_scenario_free(scenario);
}

/* --- NetJSON --- */

static void test_netjson_costs_are_transmissions(void **state)
{
    (void)state;
    expect("{\"type\": \"NetworkGraph\", \"protocol\": \"olsr\", \"version\": \"0.6\", \"metric\": \"ETX\","
           " \"nodes\": [{\"id\": \"172.16.40.24\", \"label\": \"A\"}, {\"id\": \"172.16.40.60\"}, {\"id\": \"c\"}],"
           " \"links\": [{\"source\": \"172.16.40.24\", \"target\": \"172.16.40.60\", \"cost\": 1.5},"
           "             {\"source\": \"172.16.40.60\", \"target\": \"c\", \"cost\": 1,"
           "              \"properties\": {\"rate\": \"54 Mbit/s\", \"latency_s\": 0.02}}]}",
           "172.16.40.24-172.16.40.60 0.5 9.025e+06 0\n"
           "172.16.40.60-c 0 6.75e+06 0.02\n");
}

static void test_netjson_both_directions(void **state)
{
    (void)state;
    expect("{\"type\": \"NetworkGraph\", \"metric\": \"etx\", \"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": "
           "\"c\"}],"
           " \"links\": [{\"source\": \"a\", \"target\": \"b\", \"cost\": 2}, {\"source\": \"b\", \"target\": \"c\", "
           "\"cost\": 1},"
           "             {\"source\": \"b\", \"target\": \"a\", \"cost\": 4}]}",
           "a>b 1 9.025e+06 0\n"
           "b-c 0 9.025e+06 0\n"
           "b>a 3 9.025e+06 0\n");
}

static void test_netjson_other_metric(void **state)
{
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario;

    (void)state;
    scenario = import("{\"type\": \"NetworkGraph\", \"metric\": null, \"nodes\": [{\"id\": \"a\"}, {\"id\": \"b\"}],"
                      " \"links\": [{\"source\": \"a\", \"target\": \"b\", \"cost\": 256}]}",
                      NULL, &summary);
    assert_true(summary.costs_not_used);
    expect_links(scenario, "a-b 0 9.025e+06 0\n");
    dcnn_scenario_free(scenario);
}

static void test_netjson_positions(void **state)
{
    dcnn_netimport_summary summary;
    dcnn_scenario *s;

    (void)state;
    s = import("{\"type\": \"NetworkGraph\", \"nodes\": ["
               " {\"id\": \"a\", \"location\": {\"lat\": 52, \"lng\": 13}},"
               " {\"id\": \"b\", \"properties\": {\"location\": {\"lat\": 52.02, \"lng\": 13.02}}},"
               " {\"id\": \"c\", \"properties\": {\"latitude\": 152, \"longitude\": 13}},"
               " {\"id\": \"d\", \"properties\": {\"x_m\": 3.5, \"y_m\": -2}}], \"links\": []}",
               NULL, &summary);
    assert_true(s->places[0].located && s->places[1].located && !s->places[2].located && s->places[3].located);
    assert_true(s->places[0].x_m == -684.43 && s->places[0].y_m == -1111.95);
    assert_true(s->places[1].x_m == 684.43 && s->places[1].y_m == 1111.95);
    assert_true(s->places[3].x_m == 3.5 && s->places[3].y_m == -2);
    assert_int_equal(summary.islands, 4);
    dcnn_scenario_free(s);
}

/* --- link lists --- */

/* Node 7 is in no list, node 1 in it twice; 1-2 differs by direction, 2-3 is open one way, 3-4 tells nothing. */
static const char link_list[] =
    "{\"nodes\": [{\"id\": 1, \"name\": \"roof\", \"x\": 52.5, \"y\": 13.3}, {\"id\": 2, \"x\": null},"
    " {\"id\": 3}, {\"id\": 4}, {\"id\": 1, \"x\": 0, \"y\": 0}],"
    " \"links\": [{\"source\": 1, \"target\": 2, \"source_tq\": 1, \"target_tq\": 0.5, \"type\": \"wifi\"},"
    " {\"source\": 2, \"target\": 3, \"source_tq\": 0.8, \"target_tq\": 0, \"type\": \"wifi\"},"
    " {\"source\": 3, \"target\": 4, \"type\": \"vpn\"},"
    " {\"source\": 4, \"target\": 7, \"source_tq\": 0.25, \"target_tq\": 0.25, \"type\": \"vpn\"},"
    " {\"source\": 4, \"target\": 4, \"source_tq\": 1, \"target_tq\": 1, \"type\": \"vpn\"}]}";

static void test_link_list(void **state)
{
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario = import(link_list, NULL, &summary);

    (void)state;
    expect_links(scenario, "1>2 0 9.025e+06 0\n"
                           "2>1 1 9.025e+06 0\n"
                           "2>3 0.25 9.025e+06 0\n"
                           "4-7 3 9.025e+06 0\n");
    assert_int_equal(summary.nodes, 5);
    assert_int_equal(summary.links, 4);
    assert_int_equal(summary.repeated_nodes, 1);
    assert_int_equal(summary.unlisted_nodes, 1);
    assert_int_equal(summary.loops, 1);
    assert_int_equal(summary.closed_ways, 3);
    assert_int_equal(summary.islands, 2);
    assert_int_equal(summary.largest_nodes, 3);
    assert_int_equal(summary.kept_nodes, 5);
    assert_int_equal(summary.kept_links, 4);
    assert_true(scenario->places[0].located && scenario->places[0].x_m == 0); /* the middle of the map */
    dcnn_scenario_free(scenario);
}

static void test_largest_island_and_link_type(void **state)
{
    dcnn_netimport_options options;
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario;

    (void)state;
    dcnn_netimport_options_init(&options);
    options.largest = true;
    options.link_type = "vpn";
    options.missing_quality = 1;
    scenario = import(link_list, &options, &summary);
    expect_links(scenario, "3-4 0 9.025e+06 0\n4-7 3 9.025e+06 0\n");
    assert_int_equal(scenario->place_count, 3);
    assert_int_equal(scenario->unit_count, 3);
    assert_string_equal(scenario->places[2].id, "7");
    assert_int_equal(summary.islands, 3);
    dcnn_scenario_free(scenario);
}

static void test_directed_node_link_data(void **state)
{
    (void)state;
    expect("{\"directed\": true, \"links\": [{\"source\": \"a\", \"target\": \"b\", \"quality\": 0.5}]}",
           "a>b 1 9.025e+06 0\n");
}

/* --- GraphML --- */

static void test_graphml(void **state)
{
    dcnn_netimport_summary summary;
    dcnn_scenario *scenario;

    (void)state;
    scenario =
        import("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
               " <key id=\"d0\" for=\"node\" attr.name=\"Latitude\" attr.type=\"double\"/>\n"
               " <key id=\"d1\" for=\"node\" attr.name=\"Longitude\" attr.type=\"double\"/>\n"
               " <key id=\"d2\" for=\"edge\" attr.name=\"LinkSpeedRaw\" attr.type=\"double\"/>\n"
               " <key id=\"d3\" for=\"edge\" attr.name=\"quality\"/>\n"
               " <graph edgedefault=\"undirected\">\n"
               "  <edge source=\"n0\" target=\"n1\"><data key=\"d2\">8000000.0</data></edge>\n"
               "  <node id=\"n0\"><data key=\"d0\">52</data><data key=\"d1\">13</data></node>\n"
               "  <node id=\"n1\"><data key=\"d0\">52</data><data key=\"d1\">13.5</data></node>\n"
               "  <node id=\"n&lt;2&#252;\"/>\n"
               "  <edge source=\"n1\" target=\"n&lt;2&#252;\" directed=\"true\"><data key=\"d3\">0.2</data></edge>\n"
               " </graph>\n"
               "</graphml>\n",
               NULL, &summary);
    expect_links(scenario,
                 "n1>n<2\xc3\xbc 4 9.025e+06 0\n"); /* where some links tell their quality, none means no link */
    assert_true(scenario->places[0].x_m == -17114.63 && scenario->places[1].y_m == 0);
    assert_int_equal(summary.closed_ways, 2);
    dcnn_scenario_free(scenario);
}

static void test_graphml_directed(void **state)
{
    (void)state;
    expect("<g:graphml xmlns:g=\"http://graphml.graphdrawing.org/xmlns\"><g:graph edgedefault=\"directed\">"
           "<g:node id=\"a\"/><g:node id=\"b\"/><g:edge source=\"a\" target=\"b\"/>"
           "<g:edge source=\"b\" target=\"a\" directed=\"false\"/></g:graph></g:graphml>",
           "a>b 0 9.025e+06 0\nb-a 0 9.025e+06 0\n");
}

/* --- CSV --- */

static void test_csv_with_names(void **state)
{
    (void)state;
    expect("\xef\xbb\xbf# a mesh\r\n"
           "\r\n"
           "quality,to,from,rate\r\n"
           "0.5,b, a ,54 Mbit/s\r\n"
           "1,\"c, \"\"the\"\" hub\",\"b\" ,\r\n"
           ",a,\"c, \"\"the\"\" hub\",\n",
           "a-b 1 6.75e+06 0\n"
           "b-c, \"the\" hub 0 9.025e+06 0\n");
}

static void test_csv_without_names(void **state)
{
    (void)state;
    expect("a b\n  b\tc\nc b", "a-b 0 9.025e+06 0\nb>c 0 9.025e+06 0\nc>b 0 9.025e+06 0\n");
    expect("a;b\nb;c\n", "a-b 0 9.025e+06 0\nb-c 0 9.025e+06 0\n");
    expect("a\tb c\n", "a-b c 0 9.025e+06 0\n");
}

/* --- units and CNNs --- */

static void test_units_and_cnns_are_dealt(void **state)
{
    static const dcnn_mix mix[] = {{"stm32h7", 1}, {"jetson", 3}};
    static const char *const models[] = {"cnn5", "cnn5-ee"}, *const sources[] = {"c", "a"};
    dcnn_netimport_options options;
    dcnn_netimport_summary summary;
    dcnn_scenario *s;
    int weak = 0;

    (void)state;
    dcnn_netimport_options_init(&options);
    options.mix = mix;
    options.mix_count = 2;
    options.models = models;
    options.model_count = 2;
    options.sources = sources;
    options.source_count = 2;
    options.cnns = 3;
    options.layers_per_unit = 2;
    s = import("a,b\nb,c\nc,d\n", &options, &summary);
    for (int i = 0; i < 4; i++) weak += strcmp(s->units[i].type, "stm32h7") == 0;
    assert_int_equal(weak, 1);
    assert_int_equal(s->layers_per_unit, 2);
    assert_int_equal(s->cnn_count, 3);
    for (int c = 0; c < 3; c++) {
        assert_string_equal(s->cnns[c].model, models[c % 2]);
        assert_string_equal(s->places[s->cnns[c].source].id, sources[c % 2]);
        assert_int_equal(s->cnns[c].sink, s->cnns[c].source);
    }
    dcnn_scenario_free(s);
}

static void test_drawn_sources_differ(void **state)
{
    dcnn_netimport_options options;
    dcnn_netimport_summary summary;
    dcnn_scenario *s, *again;

    (void)state;
    dcnn_netimport_options_init(&options);
    options.cnns = 5;
    s = import("a,b\nb,c\nc,d\n", &options, &summary);
    for (int c = 0; c < 4; c++)
        for (int k = 0; k < c; k++) assert_int_not_equal(s->cnns[c].source, s->cnns[k].source);
    assert_int_equal(s->cnns[4].source, s->cnns[0].source);
    again = import("a,b\nb,c\nc,d\n", &options, &summary);
    for (int c = 0; c < 5; c++) assert_int_equal(s->cnns[c].source, again->cnns[c].source);
    dcnn_scenario_free(again);
    dcnn_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_netjson_costs_are_transmissions),
        cmocka_unit_test(test_netjson_both_directions),
        cmocka_unit_test(test_netjson_other_metric),
        cmocka_unit_test(test_netjson_positions),
        cmocka_unit_test(test_link_list),
        cmocka_unit_test(test_largest_island_and_link_type),
        cmocka_unit_test(test_directed_node_link_data),
        cmocka_unit_test(test_graphml),
        cmocka_unit_test(test_graphml_directed),
        cmocka_unit_test(test_csv_with_names),
        cmocka_unit_test(test_csv_without_names),
        cmocka_unit_test(test_units_and_cnns_are_dealt),
        cmocka_unit_test(test_drawn_sources_differ),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
