/* Where the time goes: a bar for every CNN, all to one scale, beside the figures it is made of. */
#include "draw/map.h"
#include "report/report.h"

enum { BAR_WIDTH = 400, BAR_HEIGHT = 18, PARTS = 4 };

static const char *const part_class[PARTS] = {"source", "compute", "transfer", "exit"};

static void write_bar(const dcnn_page *page, const int64_t *parts, int64_t longest_ns)
{
    double x = 0;

    dcnn_buf_format(page->out,
                    "<svg class=\"bar\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
                    BAR_WIDTH, BAR_HEIGHT);
    for (int k = 0; k < PARTS; k++) {
        double width = BAR_WIDTH * ((double)parts[k] / (double)longest_ns);
        if (parts[k] <= 0) continue;
        dcnn_buf_format(page->out, "<rect class=\"part-%s\" height=\"%d\"", part_class[k], BAR_HEIGHT);
        dcnn_html_number(page->out, "x", x);
        dcnn_html_number(page->out, "width", width);
        dcnn_buf_text(page->out, "/>");
        x += width;
    }
    dcnn_buf_text(page->out, "</svg>");
}

static void write_deadline(const dcnn_page *page, int c)
{
    int64_t deadline_ns = page->scenario->cnns[c].deadline_ns, latency_ns = page->placement->cnns[c].latency.latency_ns;

    if (deadline_ns == DCNN_NEVER) return;
    dcnn_buf_text(page->out, "<br><small>");
    dcnn_buf_text(page->out, latency_ns <= deadline_ns ? "within " : "<b class=\"bad\">misses</b> ");
    dcnn_markup_ns(page->out, deadline_ns);
    dcnn_buf_text(page->out, "</small>");
}

static void write_row(const dcnn_page *page, int c, int64_t longest_ns)
{
    const dcnn_latency *l = &page->placement->cnns[c].latency;
    const int64_t parts[PARTS] = {l->source_ns, l->compute_ns, l->transfer_ns, l->sink_ns};
    dcnn_buf *out = page->out;

    dcnn_buf_format(out, "<tr class=\"c%d\"><th scope=\"row\"><span class=\"swatch cnn%d\"></span>", c,
                    c % DCNN_CNN_LOOKS);
    dcnn_html_name(out, page->scenario->cnns[c].id);
    if (page->scenario->cnns[c].weight < 1 || page->scenario->cnns[c].weight > 1) {
        dcnn_buf_text(out, "<br><small>weight ");
        dcnn_markup_number(out, page->scenario->cnns[c].weight, 3);
        dcnn_buf_text(out, "</small>");
    }
    dcnn_buf_text(out, "</th><td class=\"figure\">");
    dcnn_html_time(out, l->latency_ns);
    write_deadline(page, c);
    dcnn_buf_text(out, "</td><td class=\"wide\">");
    if (l->latency_ns != DCNN_NEVER && longest_ns > 0) write_bar(page, parts, longest_ns);
    dcnn_buf_text(out, "</td>");
    for (int k = 0; k < PARTS; k++) {
        dcnn_buf_text(out, "<td class=\"figure\">");
        dcnn_html_time(out, parts[k]);
        dcnn_buf_text(out, "</td>");
    }
    dcnn_buf_text(out, "</tr>\n");
}

void dcnn_report_bars(const dcnn_page *page)
{
    static const char *const heads[PARTS] = {"source", "compute", "transfer", "exit"};
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;
    int64_t longest_ns = 0;

    for (int c = 0; c < p->cnn_count; c++) {
        int64_t latency_ns = p->cnns[c].latency.latency_ns;
        if (latency_ns != DCNN_NEVER && latency_ns > longest_ns) longest_ns = latency_ns;
    }
    dcnn_html_section(out, "time", "Where the time goes");
    dcnn_buf_text(out,
                  "<p>Expected latency of each CNN: the input on its way to the first layer (source), the layers "
                  "(compute), what they send each other (transfer), decisions on their way to the sink (exit).</p>\n");
    dcnn_html_table(out, "Expected latency of each CNN and its parts");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">CNN</th><th scope=\"col\" class=\"figure\">latency</th>"
                       "<td aria-hidden=\"true\"></td>");
    for (int k = 0; k < PARTS; k++)
        dcnn_buf_format(out, "<th scope=\"col\" class=\"figure\"><span class=\"swatch part-%s\"></span>%s</th>",
                        part_class[k], heads[k]);
    dcnn_buf_text(out, "</tr></thead><tbody>\n");
    for (int c = 0; c < p->cnn_count; c++) write_row(page, c, longest_ns);
    dcnn_html_table_end(out);
    dcnn_html_section_end(out);
}
