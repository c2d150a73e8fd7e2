/* Why a scenario is infeasible, and what would make it feasible. */
#include "report/report.h"

enum { OWNERS_SHOWN = 6 };

static void write_owner(const dcnn_page *page, dcnn_limit_kind kind, int owner)
{
    bool unit = kind == DCNN_LIMIT_MEMORY || kind == DCNN_LIMIT_OPS;

    dcnn_html_name(page->out, unit ? page->scenario->places[owner].id : page->scenario->cnns[owner].id);
}

/* "memory of hub-1, hub-2 and 3 more". Shared groups have no names. */
static void write_owners(const dcnn_page *page, const dcnn_reason *reason)
{
    static const char *const kinds[] = {"memory", "budget of operations", "layers on a unit", "deadline",
                                        "routes", "shared layers"};
    int shown = reason->owner_count <= OWNERS_SHOWN ? reason->owner_count : OWNERS_SHOWN - 1;
    dcnn_buf *out = page->out;

    dcnn_buf_format(out, "<b>%s</b>", kinds[reason->kind]);
    if (reason->kind == DCNN_LIMIT_SHARED) return;
    for (int k = 0; k < shown; k++) {
        dcnn_buf_text(out, k == 0 ? " of " : ", ");
        write_owner(page, reason->kind, reason->owners[k]);
    }
    if (shown < reason->owner_count) dcnn_buf_format(out, " and %d more", reason->owner_count - shown);
}

static void write_reason(const dcnn_page *page, const dcnn_reason *reason)
{
    dcnn_buf *out = page->out;

    dcnn_buf_text(out, "<li>");
    write_owners(page, reason);
    dcnn_buf_text(out, ": ");
    dcnn_html_name(out, reason->text);
    if (reason->undecided) dcnn_buf_text(out, " <small>(not proven to be needed)</small>");
    dcnn_buf_text(out, "</li>\n");
}

void dcnn_report_reasons(const dcnn_page *page)
{
    const dcnn_placement *p = page->placement;
    dcnn_buf *out = page->out;

    if (p->reason_count == 0) return;
    dcnn_html_section(out, "reasons", "Why it is infeasible, and what would cure it");
    dcnn_buf_text(out, "<p>These limits cannot hold together:</p>\n<ul>\n");
    for (int r = 0; r < p->reason_count; r++) write_reason(page, &p->reasons[r]);
    dcnn_buf_text(out, "</ul>\n");
    if (p->cure_count == 0) dcnn_buf_text(out, "<p>No single change that was tried makes it feasible.</p>\n");
    if (p->cure_count > 0) dcnn_buf_text(out, "<p>Any one of these makes it feasible:</p>\n<ul>\n");
    for (int k = 0; k < p->cure_count; k++) {
        dcnn_buf_text(out, "<li>");
        dcnn_html_name(out, p->cures[k].text);
        dcnn_buf_text(out, "</li>\n");
    }
    if (p->cure_count > 0) dcnn_buf_text(out, "</ul>\n");
    dcnn_html_section_end(out);
}
