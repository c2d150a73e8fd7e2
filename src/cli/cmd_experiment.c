#include "cli.h"
#include "script.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct experiment_options {
    const char *output, *shard;
    bool resume, progress, no_plots;
    int threads; /* 0 = all processors */
    cli_list merged;
    cli_script script;
};

#define FIELD(name) offsetof(struct experiment_options, name)
static const cli_option option_rows[] = {
    {'o', "output", "DIR", "folder of the results; default: the plan's name", CLI_TEXT, FIELD(output), 0, 0},
    {0, "output-dir", "DIR", "the same", CLI_TEXT, FIELD(output), 0, 0},
    {0, "resume", NULL, "go on with what is in the folder", CLI_FLAG, FIELD(resume), 0, 0},
    {0, "threads", "N", "so many solves at a time; default: all processors", CLI_INT, FIELD(threads), 1, 1024},
    {0, "progress", NULL, "tell what is done, also where no one watches", CLI_FLAG, FIELD(progress), 0, 0},
    {0, "no-plots", NULL, "leave the pictures of plots/ to be drawn later", CLI_FLAG, FIELD(no_plots), 0, 0},
    {0, "shard", "I/N", "do share I of N equal shares of the plan", CLI_TEXT, FIELD(shard), 0, 0},
    {0, "merge", "DIR", "gather shares instead; give all their folders", CLI_LIST, FIELD(merged), 0, 0},
    {0, "num-exps", "N", "without PLAN: random systems to draw", CLI_INT, FIELD(script.runs), 1, 1e6},
    {0, "C", "C", "CNNs on each", CLI_INT, FIELD(script.cnns), 1, 1e4},
    {0, "N", "N", "units of each", CLI_INT, FIELD(script.units), 1, 1e6},
    {0, "xm", "M", "half the side of the square", CLI_METRES, FIELD(script.half_width_m), 1e-6, 1e9},
    {0, "dt", "M", "how far a unit is heard", CLI_METRES, FIELD(script.range_m), 1e-6, 1e9},
    {0, "datarate", "R", "of every link, in KiB/s", CLI_REAL, FIELD(script.rate_kib_per_s), 1e-3, 1e15},
    {0, "Ks", "K", "image size in KiB; default: the CNN's own", CLI_REAL, FIELD(script.input_kib), 0, 1e12},
    {0, "orange-p", "P", "share of orange-pi-zero", CLI_REAL, FIELD(script.orange), 0, 1},
    {0, "beagle-p", "P", "share of beaglebone-ai", CLI_REAL, FIELD(script.beagle), 0, 1},
    {0, "pi3-p", "P", "share of raspberry-pi-3b+", CLI_REAL, FIELD(script.pi3), 0, 1},
    {0, "mix", "TYPE=SHARE", "or shares of any unit types", CLI_LIST, FIELD(script.mix), 0, 0},
    {0, "cnn-name", "NAME", "alex, alexgc, ... or one of the catalogue", CLI_TEXT, FIELD(script.cnn), 0, 0},
    {0, "time-limit", "S", "of a solve; 0 = none", CLI_SECONDS, FIELD(script.time_limit_s), 0, 1e9},
    {0, "as-published", NULL, "with the behaviour of the published code", CLI_FLAG, FIELD(script.as_published), 0, 0},
    {0, "seed", "N", "of the first system", CLI_SEED, FIELD(script.seed), 0, 0},
    {0},
};
#undef FIELD

/* --- progress --- */

typedef struct {
    bool shown, terminal;
    double last_s;
    dcnn_experiment_progress so_far;
} teller;

/* "45 s", "12 min 30 s", "3 h 5 min" */
static void format_left(char text[40], double seconds)
{
    long long whole = seconds < 1e9 ? (long long)(seconds + 0.5) : 1000000000;

    if (whole < 60)
        (void)snprintf(text, 40, "%lld s", whole);
    else if (whole < 3600)
        (void)snprintf(text, 40, "%lld min %lld s", whole / 60, whole % 60);
    else
        (void)snprintf(text, 40, "%lld h %lld min", whole / 3600, whole / 60 % 60);
}

static void tell(void *user, const dcnn_experiment_progress *so_far)
{
    teller *t = user;
    double rate = so_far->elapsed_s > 0 ? (double)so_far->solved / so_far->elapsed_s : 0;
    bool last = so_far->done == so_far->wanted;
    char left[40];

    t->so_far = *so_far;
    if (!t->shown || (!last && so_far->elapsed_s < t->last_s + (t->terminal ? 0.2 : 1))) return;
    t->last_s = so_far->elapsed_s;
    format_left(left, rate > 0 ? (double)(so_far->wanted - so_far->done) / rate : 0);
    fprintf(stderr, "%lld of %lld  %.0f %%  %.3g a second  %s left%s", (long long)so_far->done,
            (long long)so_far->wanted, 100 * (double)so_far->done / (double)so_far->wanted, rate, left,
            t->terminal && !last ? "        \r" : "\n");
}

/* --- folders --- */

/* The plan's name without its folder and ending; to be freed with free(). */
static char *name_of(const char *plan)
{
    const char *slash = strrchr(plan, '/'), *begin = slash ? slash + 1 : plan;
    char *name = strdup(begin), *dot = name ? strrchr(name, '.') : NULL;

    if (dot && dot > name) *dot = '\0';
    return name;
}

static int make_folder(const char *path)
{
    dcnn_error err = {.code = DCNN_E_IO};

    if (mkdir(path, 0777) == 0 || errno == EEXIST) return CLI_GO_ON;
    (void)snprintf(err.where, sizeof err.where, "%s", path);
    (void)snprintf(err.text, sizeof err.text, "%s", strerror(errno));
    return cli_fail(&err);
}

/* FOLDER/NAME, to be freed with free(). */
static char *path_in(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);

    if (path) (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

/* --- results --- */

static int print_file(const char *path)
{
    char block[4096];
    size_t count;
    FILE *file = fopen(path, "r");

    if (!file) return CLI_SYSTEM;
    while ((count = fread(block, 1, sizeof block, file)) > 0) (void)fwrite(block, 1, count, stdout);
    return fclose(file) == 0 ? CLI_DONE : CLI_SYSTEM;
}

static int print_in(const char *folder, const char *name)
{
    char *path = path_in(folder, name);
    int code = path ? print_file(path) : cli_fail_memory();

    free(path);
    return code;
}

/* Tables, pictures, and where all of it is. */
static int end_complete(const struct experiment_options *options)
{
    const char *folder = options->output;
    int code = print_in(folder, "summary.md");

    putchar('\n');
    if (code == CLI_DONE) code = print_in(folder, "times_summary.md");
    printf("\n%s: summary.md, summary.csv, times_summary.md, times_summary.csv, results.csv, times.csv, plots/, "
           "plan.json\n",
           folder);
    (void)fflush(stdout);
    if (code == CLI_DONE && !options->no_plots) cli_draw_plots(folder);
    return code;
}

static int end_run(const struct experiment_options *options, const teller *t, bool stopped)
{
    const dcnn_experiment_progress *p = &t->so_far;

    if (t->shown && p->elapsed_s > 0)
        fprintf(stderr, "%lld solves in %.1f s: %.1f a second\n", (long long)p->solved, p->elapsed_s,
                (double)p->solved / p->elapsed_s);
    if (stopped) {
        fprintf(stderr, "dcnn: stopped; --resume goes on where this ended\n");
        return CLI_UNPROVEN;
    }
    if (!options->shard) return end_complete(options);
    printf("%s: share %s; --merge gathers the shares\n", options->output, options->shard);
    return CLI_DONE;
}

/* --- runs --- */

static int read_shard(const struct experiment_options *options, dcnn_experiment_options *how)
{
    char rest;

    if (!options->shard) return CLI_GO_ON;
    if (sscanf(options->shard, "%d/%d%c", &how->shard, &how->shard_count, &rest) == 2 && how->shard >= 1 &&
        how->shard <= how->shard_count)
        return CLI_GO_ON;
    return cli_misuse(&cli_experiment, "--shard: expected I/N with I from 1 to N, found \"%s\"", options->shard);
}

static int all_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > 1024 ? 1024 : (int)count;
}

static int run_script(const struct experiment_options *options, const dcnn_experiment_options *how)
{
    dcnn_notebook_options script;
    dcnn_mix *mix = NULL;
    dcnn_error err;
    int code = cli_script_options(&script, &mix, &cli_experiment, &options->script);

    if (code == CLI_GO_ON) {
        dcnn_status status = dcnn_notebook_run(&script, options->output, how, &err);
        if (status) code = cli_fail(&err);
    }
    free(mix);
    return code;
}

static int run_plan(const dcnn_plan *plan, const char *folder, const dcnn_experiment_options *how)
{
    dcnn_error err;
    int code = make_folder(folder);

    if (code == CLI_GO_ON && dcnn_experiment_run(plan, folder, how, &err)) code = cli_fail(&err);
    return code;
}

static int merge(const dcnn_plan *plan, const struct experiment_options *options)
{
    dcnn_error err;
    int code = make_folder(options->output);

    if (code != CLI_GO_ON) return code;
    if (dcnn_experiment_merge(plan, (const char *const *)options->merged.items, options->merged.count, options->output,
                              &err))
        return cli_fail(&err);
    return end_complete(options);
}

/* Ranks do a share each, in folders of their own, and the first one gathers them. */
static int run_team(const dcnn_plan *plan, const struct experiment_options *options, dcnn_experiment_options *how,
                    const dcnn_team *team, bool *waiting)
{
    char **folders = calloc((size_t)team->rank_count, sizeof *folders), name[40];
    int code = folders ? make_folder(options->output) : cli_fail_memory();

    for (int r = 0; r < team->rank_count && code == CLI_GO_ON; r++) {
        (void)snprintf(name, sizeof name, "rank-%d-of-%d", r + 1, team->rank_count);
        if (!(folders[r] = path_in(options->output, name))) code = cli_fail_memory();
    }
    how->shard = team->rank + 1;
    how->shard_count = team->rank_count;
    if (code == CLI_GO_ON) code = run_plan(plan, folders[team->rank], how);
    code = cli_agree(team, code);
    *waiting = false;
    if (code == CLI_GO_ON && *how->interrupt) code = CLI_UNPROVEN;
    if (code == CLI_GO_ON && team->rank == 0) {
        const struct experiment_options gather = {.output = options->output,
                                                  .no_plots = options->no_plots,
                                                  .merged = {.items = folders, .count = team->rank_count}};
        code = merge(plan, &gather);
    }
    for (int r = 0; folders && r < team->rank_count; r++) free(folders[r]);
    free(folders);
    return code == CLI_GO_ON ? CLI_DONE : code;
}

/* One plan, or none: then the runs of the authors' script. */
static int carry_out(const struct experiment_options *options, const char *plan_path, const dcnn_team *team,
                     bool *waiting)
{
    dcnn_experiment_options how = {.threads = options->threads ? options->threads : all_processors(),
                                   .resume = options->resume,
                                   .progress = tell,
                                   .interrupt = cli_catch_interrupts()};
    bool terminal = isatty(STDERR_FILENO);
    teller t = {.shown = options->progress || terminal, .terminal = terminal};
    dcnn_plan *plan = NULL;
    int code = read_shard(options, &how);

    how.progress_user = &t;
    if (code == CLI_GO_ON && plan_path) code = cli_read_plan(&plan, plan_path);
    if (team && code == CLI_GO_ON)
        code = run_team(plan, options, &how, team, waiting);
    else if (code == CLI_GO_ON && options->merged.count > 0)
        code = merge(plan, options);
    else if (code == CLI_GO_ON) {
        code = plan ? run_plan(plan, options->output, &how) : run_script(options, &how);
        if (code == CLI_GO_ON) code = end_run(options, &t, *how.interrupt != 0);
    }
    dcnn_plan_free(plan);
    return code;
}

static int check_use(const struct experiment_options *options, const struct experiment_options *defaults,
                     const char *plan, const dcnn_team *team)
{
    if (plan && memcmp(&options->script, &defaults->script, sizeof options->script) != 0)
        return cli_misuse(&cli_experiment, "options from --num-exps on are for runs without a PLAN");
    if (!plan && options->merged.count > 0) return cli_misuse(&cli_experiment, "--merge wants the PLAN");
    if (!plan && !options->output) return cli_misuse(&cli_experiment, "a PLAN is missing, or -o DIR");
    if (plan && strcmp(plan, "-") == 0 && !options->output) return cli_misuse(&cli_experiment, "-o DIR is missing");
    if (team && (!plan || options->merged.count > 0 || options->shard))
        return cli_misuse(&cli_experiment, "ranks want a PLAN, and share it out themselves");
    return CLI_GO_ON;
}

int cli_experiment_together(int argc, char **argv, const dcnn_team *team, bool *waiting)
{
    struct experiment_options options, defaults;
    char **operands, *name = NULL;
    const char *plan;
    int code;

    memset(&options, 0, sizeof options);
    cli_script_init(&options.script);
    memcpy(&defaults, &options, sizeof defaults);
    *waiting = false;
    code = cli_parse(&cli_experiment, argc, argv, &options, &operands);
    plan = code == CLI_GO_ON ? operands[0] : NULL;
    if (code == CLI_GO_ON) code = check_use(&options, &defaults, plan, team);
    if (code == CLI_GO_ON && !options.output && !(options.output = name = name_of(plan))) code = cli_fail_memory();
    *waiting = team && code == CLI_GO_ON;
    if (code == CLI_GO_ON) code = carry_out(&options, plan, team, waiting);
    free(name);
    cli_list_free(&options.merged);
    cli_list_free(&options.script.mix);
    return code;
}

static int run(int argc, char **argv)
{
    bool waiting;

    return cli_experiment_together(argc, argv, NULL, &waiting);
}

const cli_command cli_experiment = {
    .name = "experiment",
    .usage = "[options] [PLAN]",
    .summary = "Place many settings on many random systems: CSVs, statistics",
    .example = "dcnn experiment table4.json -o table4",
    .min_operands = 0,
    .max_operands = 1,
    .options = option_rows,
    .run = run,
};
