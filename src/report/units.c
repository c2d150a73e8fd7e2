/* The units in use: what they hold and how full they are, the fullest in memory first. */
#include "report/report.h"
#include <stdlib.h>

enum { ROWS_OPEN = 60 /* more are folded away */ };

struct row {
    int unit;
    double share; /* of its memory */
};

static int fuller_first(const void *left, const void *right)
{
    const struct row *a = left, *b = right;

    if (a->share < b->share || a->share > b->share) return a->share > b->share ? -1 : 1;
    return a->unit - b->unit;
}

static double share_of(int64_t used, int64_t limit)
{
    return limit > 0 ? (double)used / (double)limit : used > 0 ? 2 : 0;
}

static void write_memory(const dcnn_page *page, int i)
{
    const dcnn_unit *unit = &page->scenario->units[i];
    double share = share_of(page->usage[i].memory_bytes, unit->memory_bytes);

    dcnn_buf_text(page->out, "<td class=\"figure\">");
    dcnn_markup_bytes(page->out, (double)page->usage[i].memory_bytes);
    dcnn_buf_text(page->out, " of ");
    dcnn_markup_bytes(page->out, (double)unit->memory_bytes);
    dcnn_buf_text(page->out, "</td><td>");
    dcnn_html_gauge(page->out, share);
    dcnn_buf_text(page->out, "</td><td class=\"figure\">");
    dcnn_markup_percent(page->out, share);
    dcnn_buf_text(page->out, "</td>");
}

static void write_budget(const dcnn_page *page, int i)
{
    int64_t budget = page->scenario->units[i].ops_budget;

    dcnn_buf_text(page->out, "<td class=\"figure\">");
    dcnn_markup_ops(page->out, (double)page->usage[i].ops);
    if (budget != DCNN_UNLIMITED) {
        dcnn_buf_text(page->out, " of ");
        dcnn_markup_ops(page->out, (double)budget);
    }
    dcnn_buf_text(page->out, "</td>");
}

/* "cnn0: conv1, conv2; cnn1: fc" */
static void write_layers(const dcnn_page *page, int i)
{
    enum { NAMES_SHOWN = 12 };
    const dcnn_placement *p = page->placement;
    int shown = 0, more = 0;

    for (int c = 0; c < p->cnn_count; c++) {
        bool first = true;
        for (int j = 0; j < p->cnns[c].layer_count; j++) {
            if (p->cnns[c].units[j] != i) continue;
            if (shown++ >= NAMES_SHOWN) {
                more++;
                continue;
            }
            if (first && shown > 1) dcnn_buf_text(page->out, "; ");
            if (first) dcnn_html_name(page->out, page->scenario->cnns[c].id);
            dcnn_buf_text(page->out, first ? ": " : ", ");
            dcnn_html_name(page->out, page->scenario->cnns[c].layers[j].name);
            first = false;
        }
    }
    if (more > 0) dcnn_buf_format(page->out, " and %d more", more);
}

static void write_row(const dcnn_page *page, int i)
{
    const dcnn_scenario *s = page->scenario;
    dcnn_buf *out = page->out;

    dcnn_buf_format(out, "<tr class=\"p%d\"><th scope=\"row\">", i);
    dcnn_html_name(out, s->places[i].id);
    dcnn_buf_text(out, "</th><td>");
    if (s->units[i].type) dcnn_html_name(out, s->units[i].type);
    dcnn_buf_text(out, "</td><td class=\"list\">");
    write_layers(page, i);
    dcnn_buf_format(out, "</td><td class=\"figure\">%d", page->usage[i].layers);
    if (s->layers_per_unit > 0) dcnn_buf_format(out, " of %d", s->layers_per_unit);
    dcnn_buf_text(out, "</td>");
    write_memory(page, i);
    write_budget(page, i);
    dcnn_buf_text(out, "</tr>\n");
}

static void write_table(const dcnn_page *page, const struct row *rows, int count)
{
    dcnn_html_table(page->out, "Units in use");
    dcnn_buf_text(page->out, "<thead><tr><th scope=\"col\">unit</th><th scope=\"col\">type</th>"
                             "<th scope=\"col\">runs</th><th scope=\"col\" class=\"figure\">layers</th>"
                             "<th scope=\"col\" class=\"figure\">memory</th><td colspan=\"2\"></td>"
                             "<th scope=\"col\" class=\"figure\">operations</th></tr></thead><tbody>\n");
    for (int k = 0; k < count; k++) write_row(page, rows[k].unit);
    dcnn_html_table_end(page->out);
}

void dcnn_report_units(const dcnn_page *page)
{
    const dcnn_scenario *s = page->scenario;
    dcnn_buf *out = page->out;
    struct row *rows = dcnn_pool_take(page->pool, (size_t)s->unit_count + 1, sizeof *rows);
    int used = 0, open;

    if (!rows) {
        out->failed = true;
        return;
    }
    for (int i = 0; i < s->unit_count; i++)
        if (page->usage[i].layers > 0)
            rows[used++] = (struct row){i, share_of(page->usage[i].memory_bytes, s->units[i].memory_bytes)};
    qsort(rows, (size_t)used, sizeof *rows, fuller_first);
    open = used > ROWS_OPEN ? ROWS_OPEN : used;
    dcnn_html_section(out, "units", "Units, and how full they are");
    dcnn_buf_text(out, "<p>");
    dcnn_html_count(out, used, "unit runs", "units run");
    dcnn_buf_text(out, " layers, ");
    dcnn_html_count(out, s->unit_count - used, "runs", "run");
    dcnn_buf_text(out, " none. The fullest in memory first.</p>\n");
    write_table(page, rows, open);
    if (open < used) {
        dcnn_buf_format(out, "<details><summary>%d more units</summary>\n", used - open);
        write_table(page, rows + open, used - open);
        dcnn_buf_text(out, "</details>\n");
    }
    dcnn_html_section_end(out);
}
