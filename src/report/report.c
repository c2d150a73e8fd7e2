/* The page: its frame, and its sections in the order of the questions one asks. */
#include "report/report.h"
#include <string.h>

void dcnn_report_options_init(dcnn_report_options *options)
{
    memset(options, 0, sizeof *options);
    options->violation_count = -1;
}

static dcnn_status measure(dcnn_page *page, dcnn_error *err)
{
    const dcnn_scenario *s = page->scenario;
    const dcnn_placement *p = page->placement;
    dcnn_router *router = NULL;
    dcnn_status status = DCNN_OK;

    page->usage = dcnn_pool_take(page->pool, (size_t)s->unit_count + 1, sizeof *page->usage);
    page->timelines = dcnn_pool_take(page->pool, (size_t)p->cnn_count + 1, sizeof *page->timelines);
    if (!page->usage || !page->timelines) return dcnn_fail_memory(err);
    if (p->cnn_count == 0) return DCNN_OK;
    dcnn_usage_measure(page->usage, s, p);
    if ((status = dcnn_network_new(&page->network, s, err))) return status;
    if ((status = dcnn_router_new(&router, page->network, err))) return status;
    for (int c = 0; c < p->cnn_count && !status; c++)
        status = dcnn_timeline_new(&page->timelines[c], s, p, c, router, page->pool, err);
    dcnn_router_free(router);
    return status;
}

/* Which elements belong to CNN c is in their classes; its switch stands before the map, so that style alone does it. */
static void write_switch_style(dcnn_buf *out, int cnn_count)
{
    dcnn_buf_text(out, "<style>\n");
    for (int c = 0; c < cnn_count; c++)
        dcnn_buf_format(out,
                        "#show-c%d:not(:checked)~figure :is(.m.c%d,text.c%d,.pr.c%d){display:none}"
                        "#show-c%d:not(:checked)~figure .key.c%d{opacity:.35}\n",
                        c, c, c, c, c, c);
    dcnn_buf_text(out, "</style>\n");
}

static dcnn_status write_page(const dcnn_page *page, dcnn_error *err)
{
    dcnn_buf *out = page->out;
    bool placed = page->placement->cnn_count > 0;
    dcnn_status status;

    dcnn_html_head(out, *page->scenario->name ? page->scenario->name : "scenario", "placement report");
    write_switch_style(out, page->placement->cnn_count);
    dcnn_html_body(out);
    dcnn_report_headline(page);
    dcnn_report_reasons(page);
    if ((status = dcnn_report_map(page, err))) return status;
    if (placed) {
        dcnn_report_bars(page);
        dcnn_report_inference(page);
        dcnn_report_units(page);
        dcnn_report_limits(page);
    }
    dcnn_report_figures(page);
    dcnn_report_reproduce(page);
    dcnn_html_end(out);
    return out->failed ? dcnn_fail_memory(err) : DCNN_OK;
}

dcnn_status dcnn_report_html(char **html, size_t *size, const dcnn_scenario *scenario, const dcnn_placement *placement,
                             const dcnn_report_options *options, dcnn_error *err)
{
    dcnn_buf out = {0};
    dcnn_page page = {.scenario = scenario, .placement = placement, .options = options, .out = &out};
    dcnn_status status;

    *html = NULL;
    *size = 0;
    if (!(page.pool = dcnn_pool_new())) return dcnn_fail_memory(err);
    if ((status = measure(&page, err))) goto done;
    if ((status = write_page(&page, err))) goto done;
    *html = out.data;
    *size = out.size;
    out.data = NULL; /* the caller owns it now */
done:
    dcnn_buf_clear(&out);
    dcnn_network_free(page.network);
    dcnn_pool_free(page.pool);
    return status;
}
