#include "html.h"
#include <dcnn/scenario.h>
#include <inttypes.h>

static const double name_room = 4000; /* in units of a letter's height: only the number of letters limits */

void dcnn_html_name(dcnn_buf *out, const char *name)
{
    dcnn_pool *pool = dcnn_pool_new();
    char *fitted = pool ? dcnn_markup_fit(pool, name, 1, name_room) : NULL;

    if (!fitted) out->failed = true;
    dcnn_buf_text(out, "<bdi>");
    if (fitted) dcnn_markup_text(out, *fitted ? fitted : "(no name)");
    dcnn_buf_text(out, "</bdi>");
    dcnn_pool_free(pool);
}

void dcnn_html_section(dcnn_buf *out, const char *id, const char *heading)
{
    dcnn_buf_format(out, "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n<h2 id=\"%s-heading\">%s</h2>\n", id, id,
                    id, heading);
}

void dcnn_html_section_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</section>\n");
}

void dcnn_html_table(dcnn_buf *out, const char *caption)
{
    dcnn_buf_format(out,
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table>\n"
                    "<caption class=\"unseen\">%s</caption>\n",
                    caption, caption);
}

void dcnn_html_table_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</tbody></table></div>\n");
}

void dcnn_html_gauge(dcnn_buf *out, double share)
{
    double full = share > 1 ? 1 : share;

    dcnn_buf_text(out, "<svg class=\"gauge\" viewBox=\"0 0 60 8\" width=\"60\" height=\"8\" aria-hidden=\"true\">"
                       "<rect class=\"trough\" width=\"60\" height=\"8\" rx=\"2\"/>");
    if (full > 0) {
        dcnn_buf_format(out, "<rect class=\"%s\" height=\"8\" rx=\"2\"", share > 1 ? "over" : "fill");
        dcnn_html_number(out, "width", full * 60 < 1 ? 1 : full * 60);
        dcnn_buf_text(out, "/>");
    }
    dcnn_buf_text(out, "</svg>");
}

void dcnn_html_count(dcnn_buf *out, int64_t count, const char *one, const char *many)
{
    dcnn_buf_format(out, "%" PRId64 " %s", count, count == 1 ? one : many);
}

void dcnn_html_number(dcnn_buf *out, const char *attribute, double value)
{
    dcnn_buf_format(out, " %s=\"", attribute);
    dcnn_markup_number(out, value, 2);
    dcnn_buf_text(out, "\"");
}

void dcnn_html_exact_ms(dcnn_buf *out, int64_t ns)
{
    dcnn_buf_format(out, "%" PRId64 ".%06" PRId64 " ms", ns / 1000000, ns % 1000000);
}

void dcnn_html_time(dcnn_buf *out, int64_t ns)
{
    if (ns == DCNN_NEVER)
        dcnn_buf_text(out, "no route");
    else
        dcnn_markup_ns(out, ns);
}
