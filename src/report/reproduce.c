/* How to come to the same page again. */
#include "report/report.h"
#include <inttypes.h>
#include <string.h>

static void write_commands(const dcnn_page *page)
{
    const char *scenario = page->options->scenario_path ? page->options->scenario_path : "scenario.json";
    const char *placement = page->options->placement_path ? page->options->placement_path : "placement.json";
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<pre tabindex=\"0\"><code>dcnn place ");
    dcnn_html_path(out, scenario);
    dcnn_buf_text(out, " -o ");
    dcnn_html_path(out, placement);
    dcnn_buf_text(out, "\ndcnn check ");
    dcnn_html_path(out, scenario);
    dcnn_buf_text(out, " ");
    dcnn_html_path(out, placement);
    dcnn_buf_text(out, "\ndcnn report ");
    dcnn_html_path(out, scenario);
    dcnn_buf_text(out, " ");
    dcnn_html_path(out, placement);
    dcnn_buf_text(out, " -o report.html</code></pre>\n");
}

void dcnn_report_reproduce(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;

    dcnn_html_section(out, "reproduce", "How to reproduce this");
    write_commands(page);
    dcnn_buf_text(out, "<dl class=\"facts\">\n");
    dcnn_html_fact(out, "dcnn");
    dcnn_buf_format(out, "version %s</dd></div>\n", dcnn_version());
    if (page->scenario->sha256[0]) {
        dcnn_html_fact(out, "SHA-256 of the scenario");
        dcnn_buf_format(out, "<code>%s</code>", page->scenario->sha256);
        if (p->sha256[0] && strcmp(p->sha256, page->scenario->sha256) != 0)
            dcnn_buf_text(out, " <b class=\"bad\">the placement was made from another one</b>");
        dcnn_buf_text(out, "</dd></div>\n");
    }
    dcnn_html_fact(out, "Search");
    dcnn_html_count(out, p->nodes, "node", "nodes");
    dcnn_buf_text(out, ", ");
    dcnn_html_count(out, p->columns, "column", "columns");
    dcnn_buf_text(out, ", ");
    dcnn_html_count(out, p->threads, "thread", "threads");
    dcnn_buf_text(out,
                  "</dd></div>\n</dl>\n<p>Times are whole nanoseconds, each rounded once. Latencies are expected "
                  "ones, over the probabilities of the exits; messages do not compete for the air. Deadlines bound "
                  "the expected latency.</p>\n");
    dcnn_html_section_end(out);
}
