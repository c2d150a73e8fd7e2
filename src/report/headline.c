/* What one wants to know first: how soon, how certain, and whether it was checked. */
#include "report/report.h"

static void write_value(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;
    bool weighted = false;

    for (int c = 0; c < page->scenario->cnn_count; c++)
        if (page->scenario->cnns[c].weight < 1 || page->scenario->cnns[c].weight > 1) weighted = true;
    dcnn_html_tile(out, p->objective == DCNN_OBJECTIVE_MAX ? "Slowest CNN, expected latency"
                        : page->scenario->cnn_count > 1    ? "Sum of expected latencies"
                                                           : "Expected latency");
    dcnn_buf_text(out, "<b>");
    if (p->value_ns == DCNN_NEVER)
        dcnn_buf_text(out, p->cnn_count > 0 ? "no route" : "no placement");
    else
        dcnn_markup_ns(out, p->value_ns);
    dcnn_buf_text(out, "</b>");
    if (p->value_ns != DCNN_NEVER) {
        dcnn_buf_text(out, "<small>");
        dcnn_html_exact_ms(out, p->value_ns);
        dcnn_buf_text(out, weighted ? ", weighted</small>" : "</small>");
    }
    dcnn_html_tile_end(out);
}

static const char *stop_words(dcnn_stop stop)
{
    static const char *const words[] = {[DCNN_STOP_FINISHED] = "the search ended without a proof",
                                        [DCNN_STOP_TIME] = "stopped by the time limit",
                                        [DCNN_STOP_GAP] = "stopped within the gap asked for",
                                        [DCNN_STOP_NODES] = "stopped by the node limit",
                                        [DCNN_STOP_INTERRUPT] = "interrupted"};

    return words[stop];
}

static void write_proof(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;

    dcnn_html_tile(out, "Proof");
    switch (p->proof) {
    case DCNN_PROOF_OPTIMAL:
        dcnn_buf_text(out, "<b class=\"good\">optimal</b><small>no placement is a nanosecond faster</small>");
        break;
    case DCNN_PROOF_INFEASIBLE:
        dcnn_buf_text(out, "<b class=\"bad\">infeasible</b><small>no placement keeps every limit</small>");
        break;
    case DCNN_PROOF_NONE:
        dcnn_buf_format(out, "<b class=\"open\">none</b><small>%s</small>", stop_words(p->stop));
        break;
    }
    dcnn_html_tile_end(out);
}

static void write_gap(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;

    if (p->bound_ns == DCNN_NEVER) return;
    dcnn_html_tile(out, "Gap");
    dcnn_buf_text(out, "<b>");
    if (p->value_ns == DCNN_NEVER)
        dcnn_buf_text(out, "open");
    else
        dcnn_markup_percent(out, p->value_ns > 0 ? (double)(p->value_ns - p->bound_ns) / (double)p->value_ns : 0);
    dcnn_buf_text(out, "</b><small>bound ");
    dcnn_html_exact_ms(out, p->bound_ns);
    dcnn_buf_text(out, "</small>");
    dcnn_html_tile_end(out);
}

static void write_check(const dcnn_page *page)
{
    int64_t violations = page->options->violation_count;
    dcnn_buf *out = page->out;

    if (violations < 0 || (violations == 0 && page->placement->cnn_count == 0)) return; /* nothing was to be checked */
    dcnn_html_tile(out, "Check");
    if (violations == 0) {
        dcnn_buf_text(out, "<b class=\"good\">holds</b><small>recomputed by code of its own</small>");
    } else {
        dcnn_buf_text(out, "<b class=\"bad\">fails</b><small>");
        dcnn_html_count(out, violations, "violation", "violations");
        dcnn_buf_text(out, "; dcnn check tells them</small>");
    }
    dcnn_html_tile_end(out);
}

void dcnn_report_headline(const dcnn_page *page)
{
    const dcnn_scenario *s = page->scenario;
    dcnn_buf *out = page->out;
    int64_t layers = 0;

    for (int c = 0; c < s->cnn_count; c++) layers += s->cnns[c].layer_count;
    dcnn_buf_text(out, "<header>\n<h1>");
    dcnn_html_name(out, *s->name ? s->name : "scenario");
    dcnn_buf_text(out, "</h1>\n<p>");
    dcnn_html_count(out, layers, "layer", "layers");
    dcnn_buf_text(out, " of ");
    dcnn_html_count(out, s->cnn_count, "CNN", "CNNs");
    dcnn_buf_text(out, " on ");
    dcnn_html_count(out, s->unit_count, "unit", "units");
    if (s->layers_per_unit > 0) {
        dcnn_buf_text(out, ", at most ");
        dcnn_html_count(out, s->layers_per_unit, "layer", "layers");
        dcnn_buf_text(out, " on each");
    }
    dcnn_buf_text(out, "</p>\n<dl class=\"tiles\">\n");
    write_value(page);
    write_proof(page);
    write_gap(page);
    write_check(page);
    dcnn_buf_text(out, "</dl>\n</header>\n");
}
