/* What was run: the headline, the systems, the settings. */
#include "experiment/statistics.h"
#include "results.h"
#include <inttypes.h>
#include <math.h>

/* --- headline --- */

typedef struct {
    int64_t solves, placed, proven, infeasible;
    double largest_gap;
} totals;

static totals add_up(const dcnn_results *r)
{
    totals all = {0};

    for (int g = 0; g < r->group_count; g++) {
        const dcnn_group *group = &r->groups[g];
        all.solves += group->solves;
        all.placed += group->placed;
        all.proven += group->proven;
        all.infeasible += group->infeasible;
        all.largest_gap = fmax(all.largest_gap, group->largest_gap);
    }
    return all;
}

static void write_gap(const totals *all, dcnn_buf *out)
{
    int64_t nothing = all->solves - all->placed - all->infeasible;

    dcnn_html_tile(out, "Largest gap");
    dcnn_buf_text(out, "<b>");
    dcnn_markup_percent(out, all->largest_gap);
    dcnn_buf_text(out, "</b><small>");
    if (nothing > 0) {
        dcnn_buf_format(out, "%" PRId64 " ended without a placement", nothing);
    } else if (all->largest_gap > 0) {
        dcnn_html_count(out, all->placed - all->proven, "placement", "placements");
        dcnn_buf_text(out, " not proven");
    } else {
        dcnn_buf_text(out, "every placement is optimal");
    }
    dcnn_buf_text(out, "</small>");
    dcnn_html_tile_end(out);
}

static void write_time(const dcnn_results *r, int64_t solves, dcnn_buf *out)
{
    double *all = dcnn_pool_take(r->pool, (size_t)solves, sizeof *all);
    int64_t count = 0;

    if (!all) {
        out->failed = true;
        return;
    }
    for (int g = 0; g < r->group_count; g++)
        for (int64_t k = 0; k < r->groups[g].solves; k++) all[count++] = r->groups[g].elapsed_ns[k];
    dcnn_sort(all, count);
    dcnn_html_tile(out, "Solve time, median");
    dcnn_buf_text(out, "<b>");
    dcnn_markup_ns(out, (int64_t)dcnn_quantile(all, count, 0.5));
    dcnn_buf_text(out, "</b><small>the longest ");
    dcnn_markup_ns(out, (int64_t)all[count - 1]);
    dcnn_buf_text(out, "</small>");
    dcnn_html_tile_end(out);
}

void dcnn_results_headline(const dcnn_results *r, dcnn_buf *out)
{
    totals all = add_up(r);
    int64_t known = all.proven + all.infeasible;

    dcnn_buf_text(out, "<p>");
    dcnn_html_count(out, r->plan->setting_count, "setting", "settings");
    dcnn_buf_text(out, " placed on random systems of ");
    dcnn_html_count(out, r->plan->system_count, "kind", "kinds");
    dcnn_buf_text(out, "</p>\n<dl class=\"tiles\">\n");
    dcnn_html_tile(out, "Solves");
    dcnn_buf_format(out, "<b>%" PRId64 "</b><small>", all.solves);
    dcnn_buf_format(out, all.infeasible ? "%" PRId64 " infeasible</small>" : "none infeasible</small>", all.infeasible);
    dcnn_html_tile_end(out);
    dcnn_html_tile(out, "Proven");
    dcnn_buf_text(out, known == all.solves ? "<b class=\"good\">" : "<b class=\"open\">");
    dcnn_markup_percent(out, known == all.solves ? 1 : fmin((double)known / (double)all.solves, 0.999));
    dcnn_buf_format(out, "</b><small>%" PRId64 " of %" PRId64 "</small>", known, all.solves);
    dcnn_html_tile_end(out);
    write_gap(&all, out);
    if (r->timed) write_time(r, all.solves, out);
    dcnn_buf_text(out, "</dl>\n");
}

/* --- systems --- */

static void cell(dcnn_buf *out, const char *class)
{
    dcnn_buf_format(out, "</td><td%s>", class);
}

static const char figure[] = " class=\"figure\"", list[] = " class=\"list\"";

static void write_mix(const dcnn_generate_options *drawn, dcnn_buf *out)
{
    double total = 0;

    for (int t = 0; t < drawn->mix_count; t++) total += drawn->mix[t].share;
    for (int t = 0; t < drawn->mix_count; t++) {
        if (t > 0) dcnn_buf_text(out, ", ");
        dcnn_markup_percent(out, drawn->mix[t].share / total);
        dcnn_buf_text(out, " ");
        dcnn_html_name(out, drawn->mix[t].type);
    }
}

static void write_system(const dcnn_plan_system *system, dcnn_buf *out)
{
    const dcnn_generate_options *drawn = &system->drawn;

    dcnn_buf_text(out, "<tr><th scope=\"row\">");
    dcnn_html_name(out, system->name);
    dcnn_buf_format(out, "</th><td class=\"figure\">%d", drawn->units);
    cell(out, list);
    write_mix(drawn, out);
    cell(out, figure);
    dcnn_markup_number(out, drawn->area_m, 3);
    dcnn_buf_text(out, " m \xC3\x97 ");
    dcnn_markup_number(out, drawn->area_m, 3);
    dcnn_buf_text(out, " m");
    cell(out, figure);
    dcnn_markup_number(out, drawn->range_m, 3);
    dcnn_buf_text(out, " m");
    cell(out, figure);
    dcnn_buf_format(out, "%d", system->draws);
    cell(out, figure);
    dcnn_buf_format(out, "%" PRIu64 "\xE2\x80\x93%" PRIu64 "</td></tr>\n", drawn->seed,
                    drawn->seed + (uint64_t)system->draws - 1);
}

static void write_systems(const dcnn_plan *plan, dcnn_buf *out)
{
    dcnn_buf_text(out, "<h3>Systems</h3>\n<p>Drawn at random: units and cameras uniformly over a square, until all are "
                       "connected. Whoever is nearer than the range hears each other.</p>\n");
    dcnn_html_table(out, "Systems");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">system</th><th scope=\"col\" class=\"figure\">units</th>"
                       "<th scope=\"col\">types</th><th scope=\"col\" class=\"figure\">square</th>"
                       "<th scope=\"col\" class=\"figure\">range</th><th scope=\"col\" class=\"figure\">draws</th>"
                       "<th scope=\"col\" class=\"figure\">seeds</th></tr></thead><tbody>\n");
    for (int s = 0; s < plan->system_count; s++) write_system(&plan->systems[s], out);
    dcnn_html_table_end(out);
}

/* --- settings --- */

static void write_remarks(const dcnn_plan_setting *setting, dcnn_buf *out)
{
    const char *between = "";

    if (setting->input_bytes > 0) {
        dcnn_buf_text(out, "inputs of ");
        dcnn_markup_bytes(out, (double)setting->input_bytes);
        between = "; ";
    }
    if (setting->exit_probability > 0) {
        dcnn_buf_format(out, "%sfirst exit decides ", between);
        dcnn_markup_percent(out, setting->exit_probability);
        between = "; ";
    }
    if (setting->common_source) {
        dcnn_buf_format(out, "%sone camera for all", between);
        between = "; ";
    }
    if (setting->shared_layers > 0) {
        dcnn_buf_format(out, "%sfirst %d %s shared", between, setting->shared_layers,
                        setting->shared_layers == 1 ? "layer" : "layers");
        between = "; ";
    }
    for (int k = 0; k < DCNN_COMPAT_COUNT; k++) {
        if (!(setting->compat & 1u << k)) continue;
        dcnn_buf_format(out, "%scompat: %s", between, dcnn_compat_words[k]);
        between = "; ";
    }
}

static void write_levels(const dcnn_plan_setting *setting, dcnn_buf *out)
{
    int first = setting->layers_first, last = setting->layers_last;

    if (first == 0) dcnn_buf_text(out, last > 0 ? "any, " : "any");
    if (first == 0) first = 1;
    if (last >= first) dcnn_buf_format(out, "%d", first);
    if (last > first) dcnn_buf_format(out, "\xE2\x80\x93%d", last);
}

static void write_setting(const dcnn_plan_setting *setting, bool remarks, dcnn_buf *out)
{
    dcnn_buf_text(out, "<tr><th scope=\"row\">");
    dcnn_html_name(out, setting->name);
    dcnn_buf_text(out, "</th><td class=\"list\">");
    for (int k = 0; k < setting->model_count; k++) {
        if (k > 0) dcnn_buf_text(out, ", ");
        dcnn_html_name(out, setting->models[k]);
    }
    cell(out, figure);
    dcnn_buf_format(out, "%d", setting->cnns);
    cell(out, figure);
    write_levels(setting, out);
    cell(out, figure);
    dcnn_markup_number(out, setting->rate_bytes_per_s * 8 / 1e6, 3);
    dcnn_buf_text(out, " Mbit/s");
    cell(out, "");
    dcnn_buf_text(out, setting->cnns == 1                         ? "latency"
                       : setting->objective == DCNN_OBJECTIVE_MAX ? "the slowest CNN"
                                                                  : "sum over the CNNs");
    if (remarks) cell(out, list);
    if (remarks) write_remarks(setting, out);
    dcnn_buf_text(out, "</td></tr>\n");
}

static bool any_remarks(const dcnn_plan *plan)
{
    for (int k = 0; k < plan->setting_count; k++) {
        const dcnn_plan_setting *s = &plan->settings[k];
        if (s->input_bytes > 0 || s->exit_probability > 0 || s->common_source || s->shared_layers > 0 || s->compat)
            return true;
    }
    return false;
}

static void write_settings(const dcnn_plan *plan, dcnn_buf *out)
{
    bool remarks = any_remarks(plan);

    dcnn_buf_text(out,
                  "<h3>Settings</h3>\n<p>Each was placed on each draw, once for every number of layers that a unit "
                  "may run. Minimised is the expected latency.</p>\n");
    dcnn_html_table(out, "Settings");
    dcnn_buf_text(out, "<thead><tr><th scope=\"col\">setting</th><th scope=\"col\">models</th>"
                       "<th scope=\"col\" class=\"figure\">CNNs</th><th scope=\"col\" class=\"figure\">layers per "
                       "unit</th><th scope=\"col\" class=\"figure\">links</th><th scope=\"col\">minimised</th>");
    dcnn_buf_text(out, remarks ? "<th scope=\"col\">besides</th></tr></thead><tbody>\n" : "</tr></thead><tbody>\n");
    for (int k = 0; k < plan->setting_count; k++) write_setting(&plan->settings[k], remarks, out);
    dcnn_html_table_end(out);
}

static void write_stops(const dcnn_plan *plan, dcnn_buf *out)
{
    dcnn_buf_text(out, "<p>A search ends with a proof");
    if (plan->node_limit > 0) {
        dcnn_buf_text(out, ", or unproven after ");
        dcnn_html_count(out, plan->node_limit, "node", "nodes");
    }
    if (plan->time_limit_s > 0) {
        dcnn_buf_text(out, ", or unproven after ");
        dcnn_markup_number(out, plan->time_limit_s, 3);
        dcnn_buf_text(out, " s");
    }
    dcnn_buf_text(out, ".</p>\n");
}

void dcnn_results_plan(const dcnn_results *r, dcnn_buf *out)
{
    dcnn_html_section(out, "plan", "What was run");
    write_stops(r->plan, out);
    write_systems(r->plan, out);
    write_settings(r->plan, out);
    dcnn_html_section_end(out);
}
