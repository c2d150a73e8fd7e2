/* One inference of every CNN: words, a drawing to scale, and every step in a table. */
#include "report/report.h"
#include "report/strip.h"

static void write_chance(dcnn_buf *out, const dcnn_step *exit)
{
    dcnn_markup_percent(out, exit->probability);
    dcnn_buf_text(out, " of the decisions arrive after ");
    dcnn_html_time(out, exit->begin_ns == DCNN_NEVER || exit->duration_ns == DCNN_NEVER
                            ? DCNN_NEVER
                            : exit->begin_ns + exit->duration_ns);
}

static int exits_of(const dcnn_timeline *t)
{
    int count = 0;

    for (int k = 0; k < t->step_count; k++) count += t->steps[k].kind == DCNN_STEP_EXIT && t->steps[k].probability > 0;
    return count;
}

/* "Expected 895 ms, at the longest 1.95 s; 77.2 % of the decisions arrive after 563 ms; 22.8 % ..." */
static void write_words(const dcnn_page *page, int c)
{
    enum { CHANCES_TOLD = 4 };
    const dcnn_timeline *t = page->timelines[c];
    dcnn_buf *out = page->out;
    int told = 0;

    if (exits_of(t) == 1) {
        dcnn_buf_text(out, "<p>Always ");
        dcnn_html_time(out, t->longest_ns);
        dcnn_buf_text(out, ": there is no early exit.</p>\n");
        return;
    }
    dcnn_buf_text(out, "<p>Expected ");
    dcnn_html_time(out, page->placement->cnns[c].latency.latency_ns);
    dcnn_buf_text(out, ", at the longest ");
    dcnn_html_time(out, t->longest_ns);
    for (int k = 0; k < t->step_count && told < CHANCES_TOLD; k++) {
        const dcnn_step *step = &t->steps[k];
        if (step->kind != DCNN_STEP_EXIT || !(step->probability > 0 && step->probability < 1)) continue;
        dcnn_buf_text(out, "; ");
        write_chance(out, step);
        told++;
    }
    dcnn_buf_text(out, ".</p>\n");
}

static void write_where(const dcnn_page *page, const dcnn_step *step)
{
    const dcnn_place *places = page->scenario->places;

    dcnn_html_name(page->out, places[step->from].id);
    if (step->from == step->to) return;
    dcnn_buf_text(page->out, " \xE2\x86\x92 ");
    dcnn_html_name(page->out, places[step->to].id);
}

static void write_step(const dcnn_page *page, int c, const dcnn_step *step)
{
    static const char *const parts[] = {"source", "compute", "transfer", "exit"};
    const dcnn_cnn *cnn = &page->scenario->cnns[c];
    dcnn_buf *out = page->out;

    dcnn_buf_format(out, "<tr class=\"p%d\"><th scope=\"row\"><span class=\"swatch part-%s\"></span>", step->to,
                    parts[step->kind]);
    if (step->kind == DCNN_STEP_SOURCE) dcnn_buf_text(out, "input");
    if (step->kind == DCNN_STEP_EXIT) dcnn_buf_text(out, "decision after ");
    if (step->kind == DCNN_STEP_TRANSFER) dcnn_buf_text(out, "output of ");
    if (step->kind != DCNN_STEP_SOURCE) dcnn_html_name(out, cnn->layers[step->layer].name);
    dcnn_buf_text(out, "</th><td>");
    write_where(page, step);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_html_time(out, step->begin_ns);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_html_time(out, step->duration_ns);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_markup_percent(out, step->probability);
    dcnn_buf_text(out, "</td><td class=\"figure\">");
    dcnn_html_time(out, step->expected_ns);
    dcnn_buf_text(out, "</td></tr>\n");
}

static void write_steps(const dcnn_page *page, int c)
{
    const dcnn_timeline *t = page->timelines[c];
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<details><summary>Every step of ");
    dcnn_html_name(out, page->scenario->cnns[c].id);
    dcnn_buf_text(out, "</summary>\n");
    dcnn_html_table(out, "Steps of one inference");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">step</th><th scope=\"col\">where</th>"
                       "<th scope=\"col\" class=\"figure\">begins at</th><th scope=\"col\" class=\"figure\">takes</th>"
                       "<th scope=\"col\" class=\"figure\">happens</th>"
                       "<th scope=\"col\" class=\"figure\">adds to the expectation</th></tr></thead><tbody>\n");
    for (int k = 0; k < t->step_count; k++) write_step(page, c, &t->steps[k]);
    dcnn_html_table_end(out);
    dcnn_buf_text(out, "</details>\n");
}

void dcnn_report_inference(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;

    dcnn_html_section(out, "inference", "One inference, from input to decision");
    dcnn_buf_text(out, "<p>Each CNN to a scale of its own, when no exit is taken early: messages and layers one after "
                       "the other, the unit below its layers; early decisions branch off.</p>\n");
    for (int c = 0; c < p->cnn_count; c++) {
        dcnn_buf_format(out, "<div class=\"run c%d\">\n<h3>", c);
        dcnn_html_name(out, page->scenario->cnns[c].id);
        dcnn_buf_text(out, "</h3>\n");
        write_words(page, c);
        if (page->timelines[c]->longest_ns != DCNN_NEVER && page->timelines[c]->longest_ns > 0)
            dcnn_strip_write(out, page->scenario, c, page->timelines[c], page->placement->cnns[c].latency.latency_ns,
                             page->pool);
        write_steps(page, c);
        dcnn_buf_text(out, "</div>\n");
    }
    dcnn_html_section_end(out);
}
