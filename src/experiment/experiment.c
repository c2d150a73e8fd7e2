/* Threads take the solves of a plan in order; each ends as one line of the journal, written at once, so that a killed
 * run loses what was being computed and nothing else. The results are the journal's lines in the plan's order. */
#include "experiment/experiment.h"
#include "experiment/scenario.h"
#include <dcnn/solve.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const dcnn_plan *plan;
    const dcnn_experiment_options *options;
    char **rows; /* [solve_count] row of the results; NULL = still to do */
    double *elapsed_s;
    int journal; /* file descriptor */
    int64_t next;
    dcnn_status status;
    dcnn_error *err;
    pthread_mutex_t lock; /* of all the above */
} experiment;

static const char results_head[] = "solve,system,setting,layers_per_unit,draw,seed,proof,stop,value_ns,bound_ns,"
                                   "source_ns,compute_ns,transfer_ns,sink_ns,nodes,columns,defined_ns\n";

static const char *const proof_words[] = {"none", "optimal", "infeasible"};
static const char *const stop_words[] = {"finished", "time", "gap", "nodes", "interrupt"};

/* --- one solve --- */

static void add_time(dcnn_buf *row, int64_t ns)
{
    if (ns == DCNN_NEVER)
        dcnn_buf_text(row, ",");
    else
        dcnn_buf_format(row, ",%" PRId64, ns);
}

static void add_row(dcnn_buf *row, int64_t index, const dcnn_plan_solve *solve, const dcnn_result *result,
                    const dcnn_placement *placement, int64_t defined_ns)
{
    dcnn_latency sum = {0};
    int64_t none = placement->cnn_count ? 0 : DCNN_NEVER;

    for (int c = 0; c < placement->cnn_count; c++) {
        sum.source_ns += placement->cnns[c].latency.source_ns;
        sum.compute_ns += placement->cnns[c].latency.compute_ns;
        sum.transfer_ns += placement->cnns[c].latency.transfer_ns;
        sum.sink_ns += placement->cnns[c].latency.sink_ns;
    }
    dcnn_buf_format(row, "%" PRId64 ",%s,%s,%d,%d,%" PRIu64 ",%s,%s", index, solve->system->name, solve->setting->name,
                    solve->layers_per_unit, solve->draw, solve->system->drawn.seed + (uint64_t)solve->draw,
                    proof_words[result->proof], stop_words[result->stop]);
    add_time(row, result->best_ns);
    add_time(row, result->bound_ns);
    add_time(row, none ? none : sum.source_ns);
    add_time(row, none ? none : sum.compute_ns);
    add_time(row, none ? none : sum.transfer_ns);
    add_time(row, none ? none : sum.sink_ns);
    dcnn_buf_format(row, ",%" PRId64 ",%" PRId64, result->nodes, result->columns);
    add_time(row, defined_ns);
    dcnn_buf_text(row, "\n");
}

static dcnn_status run_solve(dcnn_buf *row, double *elapsed_s, const experiment *run, int64_t index, dcnn_error *err)
{
    dcnn_plan_solve solve = dcnn_plan_at(run->plan, index);
    dcnn_scenario *scenario = NULL;
    dcnn_instance *instance = NULL;
    dcnn_solver *solver = NULL;
    dcnn_placement *placement = NULL;
    dcnn_options options;
    dcnn_result result;
    int64_t defined_ns;
    dcnn_status status;

    dcnn_options_init(&options);
    options.node_limit = run->plan->node_limit;
    options.time_limit_s = run->plan->time_limit_s;
    if ((status = dcnn_experiment_scenario(&scenario, &solve, err))) goto done;
    if ((status = dcnn_instance_new(&instance, scenario, err))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, &options, err))) goto done;
    if ((status = dcnn_solver_run(solver, &result, err))) goto done;
    if ((status = dcnn_solver_placement(solver, &placement, err))) goto done;
    if ((status = dcnn_experiment_defined_value(&defined_ns, &solve, placement, err))) goto done;
    if (run->options->placed &&
        (status = run->options->placed(run->options->placed_user, &solve, scenario, placement, err)))
        goto done;
    add_row(row, index, &solve, &result, placement, defined_ns);
    *elapsed_s = result.elapsed_s;
    if (row->failed) status = dcnn_fail_memory(err);
done:
    dcnn_placement_free(placement);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    return status;
}

/* --- the journal: the plan's digest, then lines "ELAPSED_S ROW" --- */

static dcnn_status append(int journal, const char *bytes, size_t size, dcnn_error *err)
{
    while (size > 0) {
        ssize_t written = write(journal, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return dcnn_fail(err, DCNN_E_IO, "journal", "%s", strerror(errno));
        bytes += written;
        size -= (size_t)written;
    }
    return DCNN_OK;
}

/* Takes one line of the journal; text ends with its line break. */
static dcnn_status take_line(experiment *run, const char *text, size_t size, dcnn_error *err)
{
    char *row, *end;
    double elapsed_s = strtod(text, &row);
    long long index;

    if (row == text || *row++ != ' ') return dcnn_fail(err, DCNN_E_VALUE, "journal", "a line is damaged");
    index = strtoll(row, &end, 10);
    if (end == row || *end != ',' || index < 0 || index >= run->plan->solve_count || run->rows[index])
        return dcnn_fail(err, DCNN_E_VALUE, "journal", "a line is damaged");
    size -= (size_t)(row - text);
    if (!(run->rows[index] = dcnn_take(size + 1, 1))) return dcnn_fail_memory(err);
    memcpy(run->rows[index], row, size);
    run->elapsed_s[index] = elapsed_s;
    return DCNN_OK;
}

/* Takes over what a killed run left: whole lines count, a last one that was cut off does not. */
static dcnn_status take_journal(experiment *run, const char *path, dcnn_error *err)
{
    enum { DIGEST = 64 };
    dcnn_buf text = {0};
    size_t at = DIGEST + 1;
    dcnn_status status = dcnn_file_load(&text, path, 0, err);

    if (status) goto done;
    if (text.size < at) { /* killed before the first line was whole */
        if (ftruncate(run->journal, 0)) status = dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
        goto done;
    }
    if (memcmp(text.data, run->plan->sha256, DIGEST) != 0 || text.data[DIGEST] != '\n') {
        status = dcnn_fail(err, DCNN_E_VALUE, path, "belongs to another plan");
        goto done;
    }
    for (const char *end; !status && at < text.size && (end = memchr(text.data + at, '\n', text.size - at));) {
        size_t size = (size_t)(end - text.data) + 1 - at;
        status = take_line(run, text.data + at, size, err);
        at += size;
    }
    if (!status && ftruncate(run->journal, (off_t)at)) status = dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
done:
    dcnn_buf_clear(&text);
    return status;
}

static dcnn_status open_journal(experiment *run, const char *path, bool resume, dcnn_error *err)
{
    char head[66];
    off_t size;
    dcnn_status status;

    run->journal = open(path, O_RDWR | O_CREAT | O_APPEND | (resume ? 0 : O_EXCL), 0666);
    if (run->journal < 0) return dcnn_fail(err, DCNN_E_IO, path, "%s", strerror(errno));
    if (resume && (status = take_journal(run, path, err))) return status;
    size = lseek(run->journal, 0, SEEK_END);
    if (size != 0) return DCNN_OK;
    (void)snprintf(head, sizeof head, "%s\n", run->plan->sha256);
    return append(run->journal, head, strlen(head), err);
}

/* --- threads --- */

/* The next solve to do; -1 = none, or something went wrong. */
static int64_t next_solve(experiment *run)
{
    int64_t index = -1;
    (void)pthread_mutex_lock(&run->lock);
    while (run->next < run->plan->solve_count && run->rows[run->next]) run->next++;
    if (!run->status && run->next < run->plan->solve_count) index = run->next++;
    (void)pthread_mutex_unlock(&run->lock);
    return index;
}

static void finish_solve(experiment *run, int64_t index, dcnn_buf *row, double elapsed_s, dcnn_status status,
                         const dcnn_error *fault)
{
    dcnn_buf line = {0};
    dcnn_error err = *fault;

    dcnn_buf_format(&line, "%.6f %s", elapsed_s, row->data ? row->data : "");
    if (!status && line.failed) status = dcnn_fail_memory(&err);
    (void)pthread_mutex_lock(&run->lock);
    if (!status) status = append(run->journal, line.data, line.size, &err);
    if (!status) {
        run->rows[index] = row->data;
        run->elapsed_s[index] = elapsed_s;
        *row = (dcnn_buf){0};
    } else if (!run->status) {
        run->status = status;
        if (run->err) *run->err = err;
    }
    (void)pthread_mutex_unlock(&run->lock);
    dcnn_buf_clear(&line);
    dcnn_buf_clear(row);
}

static void *work(void *argument)
{
    experiment *run = argument;
    for (int64_t index; (index = next_solve(run)) >= 0;) {
        dcnn_buf row = {0};
        dcnn_error fault = {0};
        double elapsed_s = 0;
        dcnn_status status = run_solve(&row, &elapsed_s, run, index, &fault);
        finish_solve(run, index, &row, elapsed_s, status, &fault);
    }
    return NULL;
}

static dcnn_status run_threads(experiment *run, int count)
{
    pthread_t *threads = dcnn_take((size_t)count, sizeof *threads);
    int started = 0;

    if (!threads) return dcnn_fail_memory(run->err);
    while (started < count - 1 && pthread_create(&threads[started], NULL, work, run) == 0) started++;
    (void)work(run);
    for (int k = 0; k < started; k++) (void)pthread_join(threads[k], NULL);
    free(threads);
    return run->status;
}

static dcnn_status save(const experiment *run, const char *results, const char *times, dcnn_error *err)
{
    dcnn_buf rows = {0}, seconds = {0};
    dcnn_status status;

    dcnn_buf_text(&rows, results_head);
    dcnn_buf_text(&seconds, "solve,elapsed_s\n");
    for (int64_t k = 0; k < run->plan->solve_count; k++) {
        dcnn_buf_text(&rows, run->rows[k]);
        dcnn_buf_format(&seconds, "%" PRId64 ",%.6f\n", k, run->elapsed_s[k]);
    }
    status = rows.failed || seconds.failed ? dcnn_fail_memory(err) : DCNN_OK;
    if (!status) status = dcnn_file_save(times, seconds.data, seconds.size, err);
    if (!status) status = dcnn_file_save(results, rows.data, rows.size, err);
    dcnn_buf_clear(&rows);
    dcnn_buf_clear(&seconds);
    return status;
}

dcnn_status dcnn_experiment_run(const dcnn_plan *plan, const char *directory, const dcnn_experiment_options *options,
                                dcnn_error *err)
{
    experiment run = {.plan = plan, .options = options, .journal = -1, .err = err, .lock = PTHREAD_MUTEX_INITIALIZER};
    dcnn_buf journal = {0}, results = {0}, times = {0};
    dcnn_status status;

    if (options->threads < 1) return dcnn_fail(err, DCNN_E_ARGUMENT, "threads", "expected at least 1");
    dcnn_buf_format(&journal, "%s/journal", directory);
    dcnn_buf_format(&results, "%s/results.csv", directory);
    dcnn_buf_format(&times, "%s/times.csv", directory);
    run.rows = dcnn_take((size_t)plan->solve_count, sizeof *run.rows);
    run.elapsed_s = dcnn_take((size_t)plan->solve_count, sizeof *run.elapsed_s);
    if (journal.failed || results.failed || times.failed || !run.rows || !run.elapsed_s)
        status = dcnn_fail_memory(err);
    else
        status = open_journal(&run, journal.data, options->resume, err);
    if (!status) status = run_threads(&run, options->threads);
    if (!status) status = save(&run, results.data, times.data, err);
    if (run.journal >= 0) (void)close(run.journal);
    for (int64_t k = 0; run.rows && k < plan->solve_count; k++) free(run.rows[k]);
    free(run.rows);
    free(run.elapsed_s);
    dcnn_buf_clear(&journal);
    dcnn_buf_clear(&results);
    dcnn_buf_clear(&times);
    return status;
}
