/* Which limits bind: how much of each is used, and what became of the problem with it relaxed. */
#include "report/report.h"
#include <inttypes.h>

/* How close a limit of one kind comes to being reached on the units. */
static void write_use(const dcnn_page *page)
{
    const dcnn_scenario *s = page->scenario;
    dcnn_buf *out = page->out;
    int full = 0, used = 0;
    double fullest = 0, busiest = 0;
    bool budgets = false;

    for (int i = 0; i < s->unit_count; i++) {
        const dcnn_usage *usage = &page->usage[i];
        const dcnn_unit *unit = &s->units[i];
        double memory = unit->memory_bytes > 0 ? (double)usage->memory_bytes / (double)unit->memory_bytes : 0;
        double ops = unit->ops_budget > 0 ? (double)usage->ops / (double)unit->ops_budget : 0;
        if (usage->layers > 0) used++;
        if (usage->layers > 0 && usage->layers == s->layers_per_unit) full++;
        if (memory > fullest) fullest = memory;
        if (unit->ops_budget == DCNN_UNLIMITED) continue;
        budgets = true;
        if (ops > busiest) busiest = ops;
    }
    dcnn_buf_text(out, "<p>");
    if (s->layers_per_unit > 0) {
        dcnn_buf_format(out, "%d of the ", full);
        dcnn_html_count(out, used, "unit in use has", "units in use have");
        dcnn_buf_text(out, " as many layers as a unit may have. ");
    }
    dcnn_buf_text(out, "The fullest memory is at ");
    dcnn_markup_percent(out, fullest);
    if (budgets) {
        dcnn_buf_text(out, ", the most used budget of operations at ");
        dcnn_markup_percent(out, busiest);
    }
    dcnn_buf_text(out, ".</p>\n");
}

static void write_share(dcnn_buf *out, int64_t gain_ns, int64_t of_ns)
{
    dcnn_markup_ns(out, gain_ns);
    dcnn_buf_text(out, " (");
    dcnn_markup_percent(out, of_ns > 0 ? (double)gain_ns / (double)of_ns : 0);
    dcnn_buf_text(out, ")");
}

/* A placement that was found gains for certain; the bound says what cannot be gained. */
static void write_gain(const dcnn_page *page, const dcnn_relaxation *r)
{
    int64_t now_ns = page->placement->value_ns;
    int64_t least = r->value_ns < now_ns ? now_ns - r->value_ns : 0;
    int64_t most = r->bound_ns < now_ns ? now_ns - r->bound_ns : 0;
    dcnn_buf *out = page->out;

    if (most == 0) {
        dcnn_buf_text(out, "nothing");
    } else if (r->proof == DCNN_PROOF_OPTIMAL || most <= least) {
        write_share(out, least, now_ns);
    } else if (least == 0) {
        dcnn_buf_text(out, "at most ");
        write_share(out, most, now_ns);
    } else {
        dcnn_buf_text(out, "at least ");
        write_share(out, least, now_ns);
        dcnn_buf_text(out, ", at most ");
        write_share(out, most, now_ns);
    }
}

static void write_relaxation(const dcnn_page *page, const dcnn_relaxation *r)
{
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<tr><th scope=\"row\">");
    dcnn_html_name(out, r->limit);
    dcnn_buf_text(out, "</th><td>");
    dcnn_html_name(out, r->relaxed);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    if (r->value_ns == DCNN_NEVER)
        dcnn_buf_text(out, "not found");
    else
        dcnn_markup_ns(out, r->value_ns);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    write_gain(page, r);
    dcnn_buf_format(out, "</td><td class=\"apart\">%s</td></tr>\n",
                    r->proof == DCNN_PROOF_OPTIMAL ? "proven" : "not proven");
}

void dcnn_report_limits(const dcnn_page *page)
{
    const dcnn_report_options *options = page->options;
    dcnn_buf *out = page->out;

    dcnn_html_section(out, "limits", "Limits, and what relaxing them would gain");
    write_use(page);
    if (options->relaxation_count > 0 && page->placement->value_ns != DCNN_NEVER) {
        dcnn_buf_text(out, "<p>The scenario was solved again with one limit relaxed at a time. A limit whose relaxing "
                           "gains nothing does not bind.</p>\n");
        dcnn_html_table(out, "Gain of relaxing each limit");
        dcnn_buf_text(out, "<thead><tr><th scope=\"col\">limit</th><th scope=\"col\">relaxed to</th>"
                           "<th scope=\"col\" class=\"figure\">value</th><th scope=\"col\" class=\"figure\">gain</th>"
                           "<th scope=\"col\" class=\"apart\">proof</th></tr></thead><tbody>\n");
        for (int k = 0; k < options->relaxation_count; k++) write_relaxation(page, &options->relaxations[k]);
        dcnn_html_table_end(out);
    }
    dcnn_html_section_end(out);
}
