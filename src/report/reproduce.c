/* How to come to the same page again. */
#include "report/report.h"
#include <inttypes.h>
#include <string.h>

/* A file name as a shell takes it: quoted unless it is plain. */
static void write_path(dcnn_buf *out, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:,@%";
    dcnn_buf quoted = {0};

    if (*path && path[strspn(path, plain)] == '\0') {
        dcnn_markup_text(out, path);
        return;
    }
    dcnn_buf_text(&quoted, "'");
    for (; *path; path++) {
        if (*path == '\'')
            dcnn_buf_text(&quoted, "'\\''");
        else
            dcnn_buf_add(&quoted, path, 1);
    }
    dcnn_buf_text(&quoted, "'");
    if (quoted.failed)
        out->failed = true;
    else
        dcnn_markup_text(out, quoted.data);
    dcnn_buf_clear(&quoted);
}

static void write_commands(const dcnn_page *page)
{
    const char *scenario = page->options->scenario_path ? page->options->scenario_path : "scenario.json";
    const char *placement = page->options->placement_path ? page->options->placement_path : "placement.json";
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<pre tabindex=\"0\"><code>dcnn place ");
    write_path(out, scenario);
    dcnn_buf_text(out, " -o ");
    write_path(out, placement);
    dcnn_buf_text(out, "\ndcnn check ");
    write_path(out, scenario);
    dcnn_buf_text(out, " ");
    write_path(out, placement);
    dcnn_buf_text(out, "\ndcnn report ");
    write_path(out, scenario);
    dcnn_buf_text(out, " ");
    write_path(out, placement);
    dcnn_buf_text(out, " -o report.html</code></pre>\n");
}

static void write_item(dcnn_buf *out, const char *term)
{
    dcnn_buf_format(out, "<div><dt>%s</dt><dd>", term);
}

void dcnn_report_reproduce(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;

    dcnn_html_section(out, "reproduce", "How to reproduce this");
    write_commands(page);
    dcnn_buf_text(out, "<dl class=\"facts\">\n");
    write_item(out, "dcnn");
    dcnn_buf_format(out, "version %s</dd></div>\n", dcnn_version());
    if (page->scenario->sha256[0]) {
        write_item(out, "SHA-256 of the scenario");
        dcnn_buf_format(out, "<code>%s</code>", page->scenario->sha256);
        if (p->sha256[0] && strcmp(p->sha256, page->scenario->sha256) != 0)
            dcnn_buf_text(out, " <b class=\"bad\">the placement was made from another one</b>");
        dcnn_buf_text(out, "</dd></div>\n");
    }
    write_item(out, "Search");
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
