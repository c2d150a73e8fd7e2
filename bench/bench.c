/* bench.c - solves scenarios and prints one line of CSV each, with everything needed to repeat it.
 *
 *     bench [--runs N] [--time-limit S] [--ablation TABLE] SCENARIO...
 *
 * With --ablation the scenarios are solved once more without each of the solver's ideas, one run each, and TABLE says
 * what each is worth.
 *
 * Every scenario has a process of its own, so that the peak of memory is that of its solves; times are of the run in
 * the middle when sorted by time, so that of several runs the start of the process is in none. Reading is not counted
 * in elapsed_s but is in peak_bytes. */
#include <dcnn/dcnn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 99 };

/* How each solve is done. */
typedef struct {
    int runs;
    double time_limit_s;
    unsigned without; /* ideas, as dcnn_options has them */
} setting;

typedef struct {
    dcnn_result result;
    int cnns, units, layers;
    int64_t peak_bytes;
} outcome;

static dcnn_status solve(outcome *out, const char *path, const setting *how, dcnn_error *err)
{
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_options options;
    dcnn_status status;

    dcnn_options_init(&options);
    options.time_limit_s = how->time_limit_s;
    options.without = how->without;
    if ((status = dcnn_scenario_read(&scenario, path, NULL, NULL, err))) goto done;
    if ((status = dcnn_instance_new(&instance, scenario, err))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, &options, err))) goto done;
    if ((status = dcnn_solver_run(solver, &out->result, err))) goto done;
    out->cnns = scenario->cnn_count;
    out->units = scenario->unit_count;
    for (int c = 0; c < scenario->cnn_count; c++) out->layers += scenario->cnns[c].layer_count;
done:
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    return status;
}

static int by_time(const void *a, const void *b)
{
    double x = ((const outcome *)a)->result.elapsed_s, y = ((const outcome *)b)->result.elapsed_s;

    return (x > y) - (x < y);
}

/* The middle one of the runs. */
static dcnn_status solve_often(outcome *middle, const char *path, const setting *how, dcnn_error *err)
{
    outcome outcomes[RUNS_MAX] = {0};
    dcnn_status status = DCNN_OK;
    struct rusage usage;

    for (int k = 0; k < how->runs && !status; k++) status = solve(&outcomes[k], path, how, err);
    if (status) return status;
    qsort(outcomes, (size_t)how->runs, sizeof *outcomes, by_time);
    (void)getrusage(RUSAGE_SELF, &usage);
    *middle = outcomes[how->runs / 2];
    middle->peak_bytes = (int64_t)usage.ru_maxrss * 1024;
    return DCNN_OK;
}

/* In a child; its outcome comes back through a pipe. */
static bool bench(outcome *out, const char *path, const setting *how)
{
    int ends[2], state;
    pid_t child;
    bool complete;

    if (pipe(ends) != 0 || (child = fork()) < 0) return false;
    if (child == 0) {
        outcome mine = {0};
        dcnn_error err = {0};
        dcnn_status status = solve_often(&mine, path, how, &err);
        if (status) fprintf(stderr, "bench: %s: %s\n", err.where, err.text);
        _exit(status || write(ends[1], &mine, sizeof mine) != sizeof mine);
    }
    (void)close(ends[1]);
    complete = read(ends[0], out, sizeof *out) == sizeof *out;
    (void)close(ends[0]);
    return waitpid(child, &state, 0) == child && complete;
}

static void print_setting(int runs)
{
    struct utsname machine;
    char date[20] = "";
    time_t now = time(NULL);

    (void)strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
    (void)uname(&machine);
    printf("# dcnn %s, compiler %s, %ld x %s, %s, %d run%s, one thread\n", dcnn_version(), __VERSION__,
           sysconf(_SC_NPROCESSORS_ONLN), machine.machine, date, runs, runs == 1 ? "" : "s, median");
    puts("instance,cnns,units,layers,proof,best_ns,bound_ns,nodes,columns,elapsed_s,peak_bytes");
}

static void print_outcome(const char *path, const outcome *o)
{
    static const char *const proofs[] = {"none", "optimal", "infeasible"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const dcnn_result *r = &o->result;

    printf("%.*s,%d,%d,%d,%s,", (int)strcspn(name, "."), name, o->cnns, o->units, o->layers, proofs[r->proof]);
    if (r->best_ns != DCNN_NEVER) printf("%lld", (long long)r->best_ns);
    putchar(',');
    if (r->bound_ns != DCNN_NEVER) printf("%lld", (long long)r->bound_ns);
    printf(",%lld,%lld,%.6f,%lld\n", (long long)r->nodes, (long long)r->columns, r->elapsed_s,
           (long long)o->peak_bytes);
    (void)fflush(stdout);
}

static bool is_proven(const outcome *o)
{
    return o->result.proof != DCNN_PROOF_NONE;
}

/* Two solves that both ended in a proof must agree. */
static bool same_answer(const char *path, const outcome *a, const outcome *b)
{
    if (!is_proven(a) || !is_proven(b)) return true;
    if (a->result.proof == b->result.proof && a->result.best_ns == b->result.best_ns) return true;
    fprintf(stderr, "bench: %s: another optimum without an idea\n", path);
    return false;
}

/* One line of the ablation table; returns how many scenarios failed. */
static int ablate(FILE *table, dcnn_idea idea, char *const *paths, int count, const outcome *full, setting how)
{
    double logs = 0, worst = 0;
    int proven = 0, failures = 0;

    how.runs = 1;
    how.without = 1u << idea;
    for (int k = 0; k < count; k++) {
        outcome o;
        double ratio;
        if (!bench(&o, paths[k], &how) || !same_answer(paths[k], &o, &full[k])) {
            failures++;
            continue;
        }
        ratio = o.result.elapsed_s / full[k].result.elapsed_s;
        proven += is_proven(&o);
        logs += log(ratio);
        if (ratio > worst) worst = ratio;
    }
    fprintf(table, "| %s | %d of %d | %.2f | %.1f |\n", dcnn_idea_names[idea], proven, count, exp(logs / count), worst);
    (void)fflush(table);
    return failures;
}

static int write_ablation(const char *path, char *const *paths, int count, const outcome *full, const setting *how)
{
    FILE *table = fopen(path, "w");
    int proven = 0, failures = 0;

    if (!table) {
        fprintf(stderr, "bench: %s: cannot write\n", path);
        return 1;
    }
    for (int k = 0; k < count; k++) proven += is_proven(&full[k]);
    fprintf(table, "Time without an idea over time with all, %d scenarios, at most %g s each.\n\n", count,
            how->time_limit_s);
    fputs("| without | proven | geometric mean | worst |\n|---|---:|---:|---:|\n", table);
    fprintf(table, "| nothing | %d of %d | 1.00 | 1.0 |\n", proven, count);
    for (int idea = 0; idea < DCNN_IDEA_COUNT; idea++)
        failures += ablate(table, (dcnn_idea)idea, paths, count, full, *how);
    return failures + (fclose(table) != 0);
}

int main(int argc, char **argv)
{
    setting how = {.runs = 3, .time_limit_s = 60};
    const char *ablation = NULL;
    outcome *outcomes;
    int first = 1, failures = 0;

    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (strcmp(argv[first], "--runs") == 0) how.runs = atoi(argv[first + 1]);
        if (strcmp(argv[first], "--time-limit") == 0) how.time_limit_s = atof(argv[first + 1]);
        if (strcmp(argv[first], "--ablation") == 0) ablation = argv[first + 1];
    }
    if (first >= argc || how.runs < 1 || how.runs > RUNS_MAX || !(how.time_limit_s >= 0)) {
        fputs("usage: bench [--runs N] [--time-limit S] [--ablation TABLE] SCENARIO...\n", stderr);
        return 2;
    }
    outcomes = calloc((size_t)(argc - first), sizeof *outcomes);
    if (!outcomes) return 1;
    print_setting(how.runs);
    (void)fflush(stdout);
    for (int k = first; k < argc; k++) {
        if (bench(&outcomes[k - first], argv[k], &how))
            print_outcome(argv[k], &outcomes[k - first]);
        else
            failures++;
    }
    if (ablation && failures == 0) failures += write_ablation(ablation, argv + first, argc - first, outcomes, &how);
    free(outcomes);
    return failures > 0;
}
