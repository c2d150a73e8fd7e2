/* bench.c - solves scenarios and prints one line of CSV each, with everything needed to repeat it.
 *
 *     bench [--runs N] [--time-limit S] SCENARIO...
 *
 * Every run is a process of its own, so that the peak of memory is that of one solve; times are of the run in the
 * middle when sorted by time. Reading is not counted in elapsed_s but is in peak_bytes. */
#include <dcnn/dcnn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 99 };

typedef struct {
    dcnn_result result;
    int cnns, units, layers;
    int64_t peak_bytes;
} outcome;

static dcnn_status solve(outcome *out, const char *path, double time_limit_s, dcnn_error *err)
{
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_options options;
    dcnn_status status;

    dcnn_options_init(&options);
    options.time_limit_s = time_limit_s;
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

/* One run in a child; its outcome comes back through a pipe. */
static bool run_once(outcome *out, const char *path, double time_limit_s)
{
    struct rusage usage;
    int ends[2], state;
    pid_t child;
    bool complete;

    if (pipe(ends) != 0 || (child = fork()) < 0) return false;
    if (child == 0) {
        outcome mine = {0};
        dcnn_error err = {0};
        dcnn_status status = solve(&mine, path, time_limit_s, &err);
        if (status) fprintf(stderr, "bench: %s: %s\n", err.where, err.text);
        (void)getrusage(RUSAGE_SELF, &usage);
        mine.peak_bytes = (int64_t)usage.ru_maxrss * 1024;
        _exit(status || write(ends[1], &mine, sizeof mine) != sizeof mine);
    }
    (void)close(ends[1]);
    complete = read(ends[0], out, sizeof *out) == sizeof *out;
    (void)close(ends[0]);
    return waitpid(child, &state, 0) == child && complete;
}

static int by_time(const void *a, const void *b)
{
    double x = ((const outcome *)a)->result.elapsed_s, y = ((const outcome *)b)->result.elapsed_s;

    return (x > y) - (x < y);
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

static bool bench(const char *path, int runs, double time_limit_s)
{
    outcome outcomes[RUNS_MAX];

    for (int k = 0; k < runs; k++)
        if (!run_once(&outcomes[k], path, time_limit_s)) return false;
    qsort(outcomes, (size_t)runs, sizeof *outcomes, by_time);
    print_outcome(path, &outcomes[runs / 2]);
    return true;
}

int main(int argc, char **argv)
{
    int runs = 3, first = 1, failures = 0;
    double time_limit_s = 60;

    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (strcmp(argv[first], "--runs") == 0) runs = atoi(argv[first + 1]);
        if (strcmp(argv[first], "--time-limit") == 0) time_limit_s = atof(argv[first + 1]);
    }
    if (first >= argc || runs < 1 || runs > RUNS_MAX || !(time_limit_s >= 0)) {
        fputs("usage: bench [--runs N] [--time-limit S] SCENARIO...\n", stderr);
        return 2;
    }
    print_setting(runs);
    (void)fflush(stdout);
    for (int k = first; k < argc; k++) failures += !bench(argv[k], runs, time_limit_s);
    return failures > 0;
}
