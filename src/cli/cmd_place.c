#include "cli.h"
#include <stdlib.h>
#include <string.h>

struct place_options {
    const char *output, *certificate;
    bool json, progress;
    double time_limit_s, gap, node_limit;
    int threads;
    uint64_t seed;
};

#define FIELD(name) offsetof(struct place_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "FILE", "write the placement as JSON", CLI_TEXT, FIELD(output), 0, 0},
    {0, "certificate", "FILE", "write what proves the bound, for dcnn check", CLI_TEXT, FIELD(certificate), 0, 0},
    {0, "json", NULL, "print the placement instead of the summary", CLI_FLAG, FIELD(json), 0, 0},
    {0, "time-limit", "S", "stop after S seconds; 0 = never", CLI_SECONDS, FIELD(time_limit_s), 0, 1e9},
    {0, "node-limit", "N", "stop after N nodes of the search; 0 = never", CLI_REAL, FIELD(node_limit), 0, 1e15},
    {0, "gap", "G", "accept (best - bound) / best <= G; 0 = prove", CLI_REAL, FIELD(gap), 0, 1},
    {0, "threads", "N", "search on N threads", CLI_INT, FIELD(threads), 1, 1024},
    {0, "seed", "N", "breaks ties; never changes the proof", CLI_SEED, FIELD(seed), 0, 0},
    {0, "progress", NULL, "tell best, bound and gap on standard error", CLI_FLAG, FIELD(progress), 0, 0},
    {0},
};
#undef FIELD

/* user: seconds of the last line told; ten lines a second are enough for anyone. */
static void tell_progress(void *user, const dcnn_result *so_far)
{
    double *last_s = user;
    double best_ms = (double)so_far->best_ns / 1e6, bound_ms = (double)so_far->bound_ns / 1e6;

    if (*last_s > 0 && so_far->elapsed_s < *last_s + 0.1) return;
    *last_s = so_far->elapsed_s;
    fprintf(stderr, "%8.1f s  ", so_far->elapsed_s);
    if (so_far->best_ns == DCNN_NEVER)
        fprintf(stderr, "best none  bound %.3f ms", bound_ms);
    else
        fprintf(stderr, "best %.3f ms  bound %.3f ms  gap %.4f %%", best_ms, bound_ms,
                so_far->best_ns > 0 ? 100 * (best_ms - bound_ms) / best_ms : 0.0);
    fprintf(stderr, "  nodes %lld  columns %lld\n", (long long)so_far->nodes, (long long)so_far->columns);
}

static int result_code(const dcnn_placement *placement)
{
    if (placement->proof == DCNN_PROOF_INFEASIBLE) return CLI_INFEASIBLE;
    if (placement->proof == DCNN_PROOF_OPTIMAL || placement->stop == DCNN_STOP_GAP) return CLI_DONE;
    return CLI_UNPROVEN;
}

static bool to_file(const struct place_options *options)
{
    return options->output && strcmp(options->output, "-") != 0;
}

/* Writes what was found into its file. A lost file does not keep the summary from the user. */
static int save(const struct place_options *options, const dcnn_scenario *scenario, const dcnn_placement *placement)
{
    dcnn_error err;

    if (to_file(options) && dcnn_placement_write(placement, scenario, options->output, &err)) return cli_fail(&err);
    return CLI_GO_ON;
}

static int show(const struct place_options *options, const dcnn_scenario *scenario, const dcnn_placement *placement,
                double elapsed_s)
{
    bool json = options->json || (options->output && !to_file(options));
    dcnn_error err;

    if (!json)
        cli_print_summary(stdout, scenario, placement, elapsed_s);
    else if (dcnn_placement_write(placement, scenario, "-", &err))
        return cli_fail(&err);
    return result_code(placement);
}

/* The same limits serve to find out why nothing fits, with the time that is left. */
static dcnn_status explain(dcnn_placement *placement, const dcnn_scenario *scenario, dcnn_options *limits,
                           double elapsed_s, dcnn_error *err)
{
    if (placement->proof != DCNN_PROOF_INFEASIBLE) return DCNN_OK;
    if (limits->time_limit_s > 0) {
        limits->time_limit_s -= elapsed_s;
        if (limits->time_limit_s <= 0) limits->time_limit_s = 1e-9;
    }
    return dcnn_reasons_find(placement, scenario, limits, err);
}

/* The proof, where it is wanted. The placement states no more than that proves; it holds without it. */
static int certify(const struct place_options *options, const dcnn_scenario *scenario, dcnn_solver *solver,
                   dcnn_placement **placement)
{
    dcnn_certificate *certificate = NULL;
    int64_t stated_ns = (*placement)->bound_ns;
    dcnn_error err;
    int code = CLI_GO_ON;

    if (!options->certificate) return code;
    if (dcnn_solver_certify(solver, &certificate, &err) ||
        dcnn_certificate_write(certificate, options->certificate, &err))
        code = cli_fail(&err);
    if (certificate && certificate->bound_ns < stated_ns) {
        dcnn_placement_free(*placement);
        if (dcnn_solver_placement(solver, placement, &err))
            code = cli_fail(&err);
        else
            code = save(options, scenario, *placement);
    }
    dcnn_certificate_free(certificate);
    return code;
}

static int search(const struct place_options *options, const dcnn_scenario *scenario, const dcnn_instance *instance,
                  const dcnn_team *team)
{
    dcnn_options limits;
    dcnn_solver *solver = NULL;
    dcnn_placement *placement = NULL;
    dcnn_result result = {0};
    dcnn_error err;
    double last_told_s = 0;
    int lost = CLI_GO_ON, code = CLI_GO_ON;

    dcnn_options_init(&limits);
    limits.time_limit_s = options->time_limit_s;
    limits.gap = options->gap;
    limits.node_limit = (int64_t)options->node_limit;
    limits.threads = options->threads;
    limits.seed = options->seed;
    limits.progress = options->progress ? tell_progress : NULL;
    limits.progress_user = &last_told_s;
    limits.interrupt = cli_catch_interrupts();
    limits.team = team;
    if (dcnn_solver_new(&solver, instance, &limits, &err)) return cli_fail(&err);
    if (dcnn_solver_run(solver, &result, &err)) lost = cli_fail(&err); /* what it found so far still holds */
    if (dcnn_solver_placement(solver, &placement, &err) ||
        explain(placement, scenario, &limits, result.elapsed_s, &err))
        code = cli_fail(&err);
    if (code == CLI_GO_ON) {
        int saved = save(options, scenario, placement);
        if (lost == CLI_GO_ON) lost = saved;
        if (lost == CLI_GO_ON) lost = certify(options, scenario, solver, &placement);
        if (placement) code = show(options, scenario, placement, result.elapsed_s);
    }
    dcnn_placement_free(placement);
    dcnn_solver_free(solver);
    return lost == CLI_GO_ON ? code : lost;
}

static int read_all(dcnn_scenario **scenario, dcnn_instance **instance, const char *path)
{
    dcnn_error err;
    int code = cli_read_scenario(scenario, path);

    if (code == CLI_GO_ON && dcnn_instance_new(instance, *scenario, &err)) code = cli_fail_in(path, &err);
    return code;
}

int cli_place_together(int argc, char **argv, const dcnn_team *team, bool *searching)
{
    dcnn_options defaults;
    struct place_options options = {0};
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    char **operands;
    int code;

    dcnn_options_init(&defaults);
    options.threads = defaults.threads;
    options.seed = defaults.seed;
    *searching = false;
    code = cli_parse(&cli_place, argc, argv, &options, &operands);
    if (code != CLI_GO_ON) return code;
    if (team && team->rank > 0) options.output = options.certificate = NULL; /* the first rank writes */
    code = read_all(&scenario, &instance, operands[0]);
    if (team) code = cli_agree(team, code);
    *searching = code == CLI_GO_ON;
    if (*searching) code = search(&options, scenario, instance, team);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    return code;
}

static int run(int argc, char **argv)
{
    bool searching;

    return cli_place_together(argc, argv, NULL, &searching);
}

const cli_command cli_place = {
    .name = "place",
    .usage = "[options] SCENARIO",
    .summary = "Find the best placement of every layer, and prove it",
    .example = "dcnn place city.json -o placement.json",
    .min_operands = 1,
    .max_operands = 1,
    .options = option_rows,
    .run = run,
};
