/* The map, with a switch for every CNN before it. */
#include "draw/map.h"
#include "draw/page.h"
#include "report/report.h"

static void write_switches(const dcnn_page *page)
{
    dcnn_buf *out = page->out;

    for (int c = 0; c < page->placement->cnn_count; c++) {
        dcnn_buf_format(out, "<input type=\"checkbox\" id=\"show-c%d\" checked><label for=\"show-c%d\" class=\"c%d\">",
                        c, c, c);
        dcnn_buf_format(out, "<span class=\"swatch cnn%d\"></span><span class=\"unseen\">Show </span>",
                        c % DCNN_CNN_LOOKS);
        dcnn_html_name(out, page->scenario->cnns[c].id);
        dcnn_buf_text(out, "</label>\n");
    }
}

dcnn_status dcnn_report_map(const dcnn_page *page, dcnn_error *err)
{
    dcnn_buf *out = page->out;
    dcnn_status status;

    dcnn_html_section(out, "map", "Map");
    write_switches(page);
    dcnn_buf_text(out, "<figure>\n<div class=\"scroll map\" tabindex=\"0\" role=\"region\" aria-label=\"Map\">"
                       "<div class=\"sheet\">\n");
    if ((status = dcnn_draw_in_page(out, page->scenario, page->placement, err))) return status;
    dcnn_buf_text(out, "</div></div>\n<figcaption>Rest on a unit, a layer or a line to see what belongs together; the "
                       "tables below tell the same in words.</figcaption>\n</figure>\n");
    dcnn_html_section_end(out);
    return DCNN_OK;
}
