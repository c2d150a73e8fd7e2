/* The page about an experiment: its frame, its sections, and how to reproduce it. */
#include "results.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLAN_SHOWN_MAX = 1 << 16 };

/* The plan's name, or that of the folder. */
static const char *title_of(const dcnn_results *r, const char *directory)
{
    const char *slash = strrchr(directory, '/');

    if (r->plan->name && *r->plan->name) return r->plan->name;
    return slash && slash[1] ? slash + 1 : directory;
}

/* Line by line: a line break is no letter to be shown. */
static void write_plan_text(const dcnn_plan *plan, dcnn_buf *out)
{
    for (const char *at = plan->text, *end; *at; at = *end ? end + 1 : end) {
        dcnn_buf line = {0};
        end = at + strcspn(at, "\r\n");
        dcnn_buf_add(&line, at, (size_t)(end - at));
        if (line.failed) out->failed = true;
        if (line.data) dcnn_markup_text(out, line.data);
        dcnn_buf_text(out, "\n");
        dcnn_buf_clear(&line);
    }
}

static void write_reproduce(const dcnn_results *r, const char *directory, dcnn_buf *out)
{
    dcnn_html_section(out, "reproduce", "How to reproduce this");
    dcnn_buf_text(out, "<pre tabindex=\"0\"><code>dcnn experiment ");
    dcnn_html_path(out, directory);
    dcnn_buf_text(out, "/plan.json -o again\ndcnn report again -o report.html</code></pre>\n<dl class=\"facts\">\n");
    dcnn_html_fact(out, "dcnn");
    dcnn_buf_format(out, "version %s", dcnn_version());
    dcnn_html_fact_end(out);
    dcnn_html_fact(out, "SHA-256 of the plan");
    dcnn_buf_format(out, "<code>%s</code>", r->plan->sha256);
    dcnn_html_fact_end(out);
    dcnn_buf_text(out, "</dl>\n<p>Systems are drawn from their seeds, the same on every machine. ");
    dcnn_buf_text(out, r->plan->time_limit_s > 0
                           ? "With a limit in time, results depend on the machine"
                           : "All but the times come out the same, to the byte, whatever the threads, shares and "
                             "interruptions");
    dcnn_buf_text(out, ".</p>\n");
    if (r->plan->text_bytes <= PLAN_SHOWN_MAX) {
        dcnn_buf_text(out, "<details><summary>The plan</summary>\n<pre tabindex=\"0\"><code>");
        write_plan_text(r->plan, out);
        dcnn_buf_text(out, "</code></pre>\n</details>\n");
    }
    dcnn_html_section_end(out);
}

static dcnn_status write_page(const dcnn_results *r, const char *directory, dcnn_buf *out, dcnn_error *err)
{
    const char *title = title_of(r, directory);

    dcnn_html_head(out, title, "experiment report");
    dcnn_html_body(out);
    dcnn_buf_text(out, "<header>\n<h1>");
    dcnn_html_name(out, title);
    dcnn_buf_text(out, "</h1>\n");
    dcnn_results_headline(r, out);
    dcnn_buf_text(out, "</header>\n");
    dcnn_results_plan(r, out);
    dcnn_results_latency(r, out);
    dcnn_results_spread(r, out);
    dcnn_results_units(r, out);
    dcnn_results_times(r, out);
    write_reproduce(r, directory, out);
    dcnn_html_end(out);
    return out->failed ? dcnn_fail_memory(err) : DCNN_OK;
}

static dcnn_status read_plan(dcnn_plan **plan, const char *directory, dcnn_fault_fn on_fault, void *user,
                             dcnn_error *err)
{
    dcnn_buf path = {0};
    dcnn_status status;

    dcnn_buf_format(&path, "%s/plan.json", directory);
    if (path.failed)
        status = dcnn_fail_memory(err);
    else if (access(path.data, F_OK) != 0)
        status = dcnn_results_lack(directory, "plan.json", err);
    else
        status = dcnn_plan_read(plan, path.data, on_fault, user, err);
    dcnn_buf_clear(&path);
    return status;
}

dcnn_status dcnn_results_html(char **html, size_t *size, const char *directory, dcnn_fault_fn on_fault, void *user,
                              dcnn_error *err)
{
    dcnn_buf out = {0};
    dcnn_plan *plan = NULL;
    dcnn_results results = {.pool = dcnn_pool_new()};
    dcnn_status status;

    *html = NULL;
    *size = 0;
    if (!results.pool) return dcnn_fail_memory(err);
    if ((status = read_plan(&plan, directory, on_fault, user, err))) goto done;
    results.plan = plan;
    if ((status = dcnn_results_read(&results, directory, err))) goto done;
    if ((status = write_page(&results, directory, &out, err))) goto done;
    *html = out.data;
    *size = out.size;
    out.data = NULL; /* the caller owns it now */
done:
    dcnn_buf_clear(&out);
    dcnn_plan_free(plan);
    dcnn_pool_free(results.pool);
    return status;
}
