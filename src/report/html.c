#include "html.h"
#include "page_files.h"
#include <dcnn/scenario.h>
#include <inttypes.h>
#include <string.h>

static const double name_room = 4000; /* in units of a letter's height: only the number of letters limits */

void dcnn_html_head(dcnn_buf *out, const char *name, const char *kind)
{
    dcnn_buf_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                       "'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    dcnn_markup_text(out, name);
    dcnn_buf_format(out, " \xE2\x80\x93 %s</title>\n<style>\n", kind);
    dcnn_buf_add(out, dcnn_page_css, dcnn_page_css_size);
    dcnn_buf_text(out, "</style>\n");
}

void dcnn_html_body(dcnn_buf *out)
{
    dcnn_buf_text(out, "</head>\n<body>\n<main>\n");
}

void dcnn_html_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</main>\n<script>\n");
    dcnn_buf_add(out, dcnn_page_js, dcnn_page_js_size);
    dcnn_buf_text(out, "</script>\n</body>\n</html>\n");
}

void dcnn_html_tile(dcnn_buf *out, const char *term)
{
    dcnn_buf_format(out, "<div class=\"tile\"><dt>%s</dt><dd>", term);
}

void dcnn_html_tile_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</dd></div>\n");
}

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

void dcnn_html_path(dcnn_buf *out, const char *path)
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

void dcnn_html_fact(dcnn_buf *out, const char *term)
{
    dcnn_buf_format(out, "<div><dt>%s</dt><dd>", term);
}

void dcnn_html_fact_end(dcnn_buf *out)
{
    dcnn_buf_text(out, "</dd></div>\n");
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
