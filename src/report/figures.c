/* What the scenario says: units by type, network, CNNs and their layers. */
#include "report/report.h"
#include <inttypes.h>
#include <string.h>

enum { TYPES_MAX = 24 };

struct kind {
    const dcnn_unit *like;
    int count;
};

static bool alike(const dcnn_unit *a, const dcnn_unit *b)
{
    bool same_type = a->type && b->type ? strcmp(a->type, b->type) == 0 : !a->type && !b->type;

    return same_type && a->memory_bytes == b->memory_bytes && !(a->ops_per_s < b->ops_per_s) &&
           !(a->ops_per_s > b->ops_per_s) && a->ops_budget == b->ops_budget;
}

/* Returns how many kinds there are, at most TYPES_MAX; *others counts the units of further kinds. */
static int find_kinds(const dcnn_scenario *s, struct kind *kinds, int *others)
{
    int count = 0;

    *others = 0;
    for (int i = 0; i < s->unit_count; i++) {
        int k = 0;
        while (k < count && !alike(kinds[k].like, &s->units[i])) k++;
        if (k == TYPES_MAX) {
            ++*others;
            continue;
        }
        if (k == count) kinds[count++] = (struct kind){&s->units[i], 0};
        kinds[k].count++;
    }
    return count;
}

static void write_kinds(const dcnn_page *page)
{
    struct kind kinds[TYPES_MAX];
    dcnn_buf *out = page->out;
    int others, count = find_kinds(page->scenario, kinds, &others);

    dcnn_buf_text(out, "<h3>Units</h3>\n");
    dcnn_html_table(out, "Units by kind");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">type</th><th scope=\"col\" class=\"figure\">units</th>"
                       "<th scope=\"col\" class=\"figure\">memory</th><th scope=\"col\" class=\"figure\">speed</th>"
                       "<th scope=\"col\" class=\"figure\">budget</th></tr></thead><tbody>\n");
    for (int k = 0; k < count; k++) {
        const dcnn_unit *unit = kinds[k].like;
        dcnn_buf_text(out, "<tr><th scope=\"row\">");
        if (unit->type)
            dcnn_html_name(out, unit->type);
        else
            dcnn_buf_text(out, "no type");
        dcnn_buf_format(out, "</th><td class=\"figure\">%d</td><td class=\"figure\">", kinds[k].count);
        dcnn_markup_bytes(out, (double)unit->memory_bytes);
        dcnn_buf_text(out, "</td><td class=\"figure\">");
        dcnn_markup_ops(out, unit->ops_per_s);
        dcnn_buf_text(out, "/s</td><td class=\"figure\">");
        if (unit->ops_budget == DCNN_UNLIMITED)
            dcnn_buf_text(out, "none");
        else
            dcnn_markup_ops(out, (double)unit->ops_budget);
        dcnn_buf_text(out, "</td></tr>\n");
    }
    if (others > 0)
        dcnn_buf_format(
            out, "<tr><th scope=\"row\">others</th><td class=\"figure\">%d</td><td></td><td></td><td></td></tr>\n",
            others);
    dcnn_html_table_end(out);
}

static void write_rate(dcnn_buf *out, double rate_bytes_per_s)
{
    dcnn_markup_number(out, rate_bytes_per_s * 8 / 1e6, 3);
    dcnn_buf_text(out, " Mbit/s");
}

static void write_network(const dcnn_page *page)
{
    const dcnn_network_spec *network = &page->scenario->network;
    int endpoints = page->scenario->place_count - page->scenario->unit_count;
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<h3>Network</h3>\n<p>");
    switch (network->kind) {
    case DCNN_NETWORK_RANGE:
        dcnn_buf_text(out, "Whoever is nearer than ");
        dcnn_markup_number(out, network->range_m, 3);
        dcnn_buf_text(out, " m hears each other");
        break;
    case DCNN_NETWORK_LINKS:
        dcnn_html_count(out, network->link_count, "link", "links");
        dcnn_buf_text(out, " as listed");
        break;
    case DCNN_NETWORK_HOPS:
        dcnn_buf_text(out, "Hops between all pairs as given");
        break;
    }
    if (network->rate_bytes_per_s > 0) {
        dcnn_buf_text(out, ", at ");
        write_rate(out, network->rate_bytes_per_s);
        if (network->kind == DCNN_NETWORK_LINKS) dcnn_buf_text(out, " unless a link has a rate of its own");
    }
    dcnn_buf_text(out, ". Messages go hop by hop along the soonest route. ");
    dcnn_html_count(out, endpoints, "endpoint relays and does not compute.</p>\n",
                    "endpoints relay and do not compute.</p>\n");
}

static void write_cnn(const dcnn_page *page, int c)
{
    const dcnn_cnn *cnn = &page->scenario->cnns[c];
    dcnn_buf *out = page->out;

    dcnn_buf_format(out, "<tr class=\"c%d\"><th scope=\"row\">", c);
    dcnn_html_name(out, cnn->id);
    dcnn_buf_text(out, "</th><td>");
    if (cnn->model)
        dcnn_html_name(out, cnn->model);
    else
        dcnn_buf_text(out, "layers in place");
    dcnn_buf_text(out, "</td><td>");
    dcnn_html_name(out, page->scenario->places[cnn->source].id);
    dcnn_buf_text(out, " \xE2\x86\x92 ");
    dcnn_html_name(out, page->scenario->places[cnn->sink].id);
    dcnn_buf_format(out, "</td><td class=\"figure\">%d</td><td class=\"figure\">", cnn->layer_count);
    dcnn_markup_bytes(out, (double)cnn->input_bytes);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_number(out, cnn->weight, 3);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    if (cnn->deadline_ns == DCNN_NEVER)
        dcnn_buf_text(out, "none");
    else
        dcnn_markup_ns(out, cnn->deadline_ns);
    dcnn_buf_text(out, "</td></tr>\n");
}

static void write_layer(const dcnn_page *page, const dcnn_cnn *cnn, int j)
{
    const dcnn_layer *layer = &cnn->layers[j];
    dcnn_buf *out = page->out;

    dcnn_buf_format(out, "<tr><td class=\"figure\">%d</td><th scope=\"row\">", j + 1);
    dcnn_html_name(out, layer->name);
    dcnn_buf_text(out, "</th><td class=\"figure\">");
    dcnn_markup_bytes(out, (double)layer->memory_bytes);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_ops(out, (double)layer->ops);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_bytes(out, (double)layer->output_bytes);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_percent(out, cnn->p[j]);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_percent(out, cnn->g[j]);
    dcnn_buf_text(out, "</td></tr>\n");
}

static void write_layers(const dcnn_page *page, int c)
{
    const dcnn_cnn *cnn = &page->scenario->cnns[c];
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<details><summary>Layers of ");
    dcnn_html_name(out, cnn->id);
    dcnn_buf_text(out, "</summary>\n");
    dcnn_html_table(out, "Layers of a CNN");
    dcnn_buf_text(out,
                  "<thead><tr><th scope=\"col\" class=\"figure\">no.</th><th scope=\"col\">layer</th>"
                  "<th scope=\"col\" class=\"figure\">memory</th><th scope=\"col\" class=\"figure\">operations</th>"
                  "<th scope=\"col\" class=\"figure\">output</th><th scope=\"col\" class=\"figure\">executed</th>"
                  "<th scope=\"col\" class=\"figure\">decides</th></tr></thead><tbody>\n");
    for (int j = 0; j < cnn->layer_count; j++) write_layer(page, cnn, j);
    dcnn_html_table_end(out);
    dcnn_buf_text(out, "</details>\n");
}

void dcnn_report_figures(const dcnn_page *page)
{
    const dcnn_scenario *s = page->scenario;
    dcnn_buf *out = page->out;

    dcnn_html_section(out, "scenario", "The scenario");
    dcnn_buf_text(out, s->objective == DCNN_OBJECTIVE_MAX
                           ? "<p>Sought: the least largest weight \xC3\x97 expected latency.</p>\n"
                           : "<p>Sought: the least sum of weight \xC3\x97 expected latency.</p>\n");
    write_kinds(page);
    write_network(page);
    dcnn_buf_text(out, "<h3>CNNs</h3>\n");
    dcnn_html_table(out, "CNNs");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">CNN</th><th scope=\"col\">model</th>"
                       "<th scope=\"col\">source \xE2\x86\x92 sink</th><th scope=\"col\" class=\"figure\">layers</th>"
                       "<th scope=\"col\" class=\"figure\">input</th><th scope=\"col\" class=\"figure\">weight</th>"
                       "<th scope=\"col\" class=\"figure\">deadline</th></tr></thead><tbody>\n");
    for (int c = 0; c < s->cnn_count; c++) write_cnn(page, c);
    dcnn_html_table_end(out);
    for (int c = 0; c < s->cnn_count; c++) write_layers(page, c);
    dcnn_html_section_end(out);
}
