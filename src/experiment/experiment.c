/* Threads take the solves of a plan in order; each ends as one line of the journal, written at once, so that a killed
 * run loses what was being computed and nothing else. The results are the journal's lines in the plan's order. */
#include "experiment/experiment.h"
#include "experiment/files.h"
#include "experiment/hops.h"
#include "experiment/plots.h"
#include "experiment/scenario.h"
#include "experiment/summary.h"
#include <dcnn/solve.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const dcnn_plan *plan;
    const dcnn_experiment_options *options;
    dcnn_rows rows;
    int journal; /* file descriptor */
    int64_t next, step;
    dcnn_experiment_progress so_far;
    double began_s;
    dcnn_status status;
    dcnn_error *err;
    pthread_mutex_t lock; /* of all the above */
} experiment;

static const char results_head[] =
    "solve,system,setting,layers_per_unit,draw,seed,proof,stop,value_ns,bound_ns,"
    "source_ns,compute_ns,transfer_ns,sink_ns,nodes,columns,defined_ns,hops,units_used\n";

static const char *const proof_words[] = {"none", "optimal", "infeasible"};
static const char *const stop_words[] = {"finished", "time", "gap", "nodes", "interrupt"};

/* --- one solve --- */

/* Nothing where there is no such figure. */
static void add_figure(dcnn_buf *row, int64_t figure)
{
    if (figure == DCNN_NEVER)
        dcnn_buf_text(row, ",");
    else
        dcnn_buf_format(row, ",%" PRId64, figure);
}

/* Units that run a layer, by type in the order of the mix; a type that the mix has twice counts once. */
static void add_used(dcnn_buf *row, const dcnn_plan_solve *solve, const dcnn_scenario *scenario, const bool *used)
{
    const dcnn_generate_options *drawn = &solve->system->drawn;
    const char *between = "";

    for (int t = 0; t < drawn->mix_count; t++) {
        int count = 0, before = 0;
        while (strcmp(drawn->mix[before].type, drawn->mix[t].type) != 0) before++;
        for (int i = 0; i < scenario->unit_count && before == t; i++)
            count += used[i] && strcmp(scenario->units[i].type, drawn->mix[t].type) == 0;
        if (count == 0) continue;
        dcnn_buf_format(row, "%s%s %d", between, drawn->mix[t].type, count);
        between = ";";
    }
}

static dcnn_status add_units(dcnn_buf *row, const dcnn_plan_solve *solve, const dcnn_scenario *scenario,
                             const dcnn_placement *placement, dcnn_error *err)
{
    bool *used = dcnn_take((size_t)scenario->unit_count, sizeof *used);

    if (!used) return dcnn_fail_memory(err);
    for (int c = 0; c < placement->cnn_count; c++)
        for (int j = 0; j < placement->cnns[c].layer_count; j++) used[placement->cnns[c].units[j]] = true;
    dcnn_buf_text(row, ",");
    add_used(row, solve, scenario, used);
    dcnn_buf_text(row, "\n");
    free(used);
    return row->failed ? dcnn_fail_memory(err) : DCNN_OK;
}

/* Parts of what the objective is about: of all CNNs, or of the slowest. */
static dcnn_latency parts_of(const dcnn_plan_solve *solve, const dcnn_placement *placement)
{
    dcnn_latency sum = {0}, slowest = {0};

    for (int c = 0; c < placement->cnn_count; c++) {
        const dcnn_latency *latency = &placement->cnns[c].latency;
        if (latency->latency_ns > slowest.latency_ns) slowest = *latency;
        sum.source_ns += latency->source_ns;
        sum.compute_ns += latency->compute_ns;
        sum.transfer_ns += latency->transfer_ns;
        sum.sink_ns += latency->sink_ns;
    }
    return solve->setting->objective == DCNN_OBJECTIVE_MAX ? slowest : sum;
}

static void add_row(dcnn_buf *row, int64_t index, const dcnn_plan_solve *solve, const dcnn_result *result,
                    const dcnn_placement *placement, int64_t defined_ns, int64_t hops)
{
    dcnn_latency parts = parts_of(solve, placement);
    int64_t none = placement->cnn_count ? 0 : DCNN_NEVER;

    dcnn_buf_format(row, "%" PRId64 ",%s,%s,%d,%d,%" PRIu64 ",%s,%s", index, solve->system->name, solve->setting->name,
                    solve->layers_per_unit, solve->draw, solve->system->drawn.seed + (uint64_t)solve->draw,
                    proof_words[result->proof], stop_words[result->stop]);
    add_figure(row, result->best_ns);
    add_figure(row, result->bound_ns);
    add_figure(row, none ? none : parts.source_ns);
    add_figure(row, none ? none : parts.compute_ns);
    add_figure(row, none ? none : parts.transfer_ns);
    add_figure(row, none ? none : parts.sink_ns);
    dcnn_buf_format(row, ",%" PRId64 ",%" PRId64, result->nodes, result->columns);
    add_figure(row, defined_ns);
    add_figure(row, hops < 0 ? DCNN_NEVER : hops);
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
    int64_t defined_ns, hops;
    dcnn_status status;

    dcnn_options_init(&options);
    options.node_limit = run->plan->node_limit;
    options.time_limit_s = run->plan->time_limit_s;
    options.gap = run->plan->gap;
    if ((status = dcnn_experiment_scenario(&scenario, &solve, err))) goto done;
    if ((status = dcnn_instance_new(&instance, scenario, err))) goto done;
    if ((status = dcnn_solver_new(&solver, instance, &options, err))) goto done;
    if ((status = dcnn_solver_run(solver, &result, err))) goto done;
    if ((status = dcnn_solver_placement(solver, &placement, err))) goto done;
    if ((status = dcnn_experiment_defined_value(&defined_ns, &solve, placement, err))) goto done;
    if ((status = dcnn_experiment_hops(&hops, scenario, placement, err))) goto done;
    if (run->options->placed &&
        (status = run->options->placed(run->options->placed_user, &solve, scenario, placement, err)))
        goto done;
    add_row(row, index, &solve, &result, placement, defined_ns, hops);
    *elapsed_s = result.elapsed_s;
    status = add_units(row, &solve, scenario, placement, err);
done:
    dcnn_placement_free(placement);
    dcnn_solver_free(solver);
    dcnn_instance_free(instance);
    dcnn_scenario_free(scenario);
    return status;
}

/* --- threads --- */

static bool stops(const experiment *run)
{
    return run->status || (run->options->interrupt && *run->options->interrupt);
}

/* The next solve of this share to do; -1 = none, or no more shall begin. */
static int64_t next_solve(experiment *run)
{
    int64_t index = -1;

    (void)pthread_mutex_lock(&run->lock);
    while (run->next < run->plan->solve_count && run->rows.text[run->next]) run->next += run->step;
    if (!stops(run) && run->next < run->plan->solve_count) {
        index = run->next;
        run->next += run->step;
    }
    (void)pthread_mutex_unlock(&run->lock);
    return index;
}

static void tell(experiment *run)
{
    run->so_far.done++;
    run->so_far.solved++;
    run->so_far.elapsed_s = dcnn_clock_s() - run->began_s;
    if (run->options->progress) run->options->progress(run->options->progress_user, &run->so_far);
}

static void finish_solve(experiment *run, int64_t index, dcnn_buf *row, double elapsed_s, dcnn_status status,
                         const dcnn_error *fault)
{
    dcnn_error err = *fault;

    (void)pthread_mutex_lock(&run->lock);
    if (!status) status = dcnn_journal_append(run->journal, row->data, elapsed_s, &err);
    if (!status) {
        run->rows.text[index] = row->data;
        run->rows.elapsed_s[index] = round(elapsed_s * 1e6) / 1e6; /* as the journal has it */
        *row = (dcnn_buf){0};
        tell(run);
    } else if (!run->status) {
        run->status = status;
        if (run->err) *run->err = err;
    }
    (void)pthread_mutex_unlock(&run->lock);
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

static dcnn_status run_threads(experiment *run)
{
    int count = run->options->threads, started = 0;
    pthread_t *threads = dcnn_take((size_t)count, sizeof *threads);

    if (!threads) return dcnn_fail_memory(run->err);
    run->began_s = dcnn_clock_s();
    while (started < count - 1 && pthread_create(&threads[started], NULL, work, run) == 0) started++;
    (void)work(run);
    for (int k = 0; k < started; k++) (void)pthread_join(threads[k], NULL);
    free(threads);
    return run->status;
}

/* --- files --- */

static dcnn_status save_plan(const dcnn_plan *plan, const char *directory, dcnn_error *err)
{
    const dcnn_buf text = {.data = plan->text, .size = plan->text_bytes};

    return dcnn_folder_save(directory, "plan.json", &text, err);
}

static dcnn_status save_statistics(const dcnn_rows *rows, const char *directory, dcnn_error *err)
{
    dcnn_groups groups;
    dcnn_status status = dcnn_groups_init(&groups, rows, err);

    if (!status) status = dcnn_summary_write(&groups, directory, err);
    if (!status) status = dcnn_plots_write(&groups, directory, err);
    dcnn_groups_clear(&groups);
    return status;
}

static dcnn_status save_rows(const dcnn_rows *rows, const char *directory, dcnn_error *err)
{
    dcnn_buf results = {0}, times = {0};
    dcnn_status status;

    dcnn_buf_text(&results, results_head);
    dcnn_buf_text(&times, "solve,elapsed_s\n");
    for (int64_t k = 0; k < rows->plan->solve_count; k++) {
        dcnn_buf_text(&results, rows->text[k]);
        dcnn_buf_format(&times, "%" PRId64 ",%.6f\n", k, rows->elapsed_s[k]);
    }
    status = dcnn_folder_save(directory, "times.csv", &times, err);
    if (!status) status = dcnn_folder_save(directory, "results.csv", &results, err);
    if (!status) status = save_statistics(rows, directory, err);
    dcnn_buf_clear(&results);
    dcnn_buf_clear(&times);
    return status;
}

static bool complete(const dcnn_rows *rows)
{
    for (int64_t k = 0; k < rows->plan->solve_count; k++)
        if (!rows->text[k]) return false;
    return true;
}

/* --- runs --- */

static void count_done(experiment *run)
{
    for (int64_t k = run->next; k < run->plan->solve_count; k += run->step) {
        run->so_far.wanted++;
        run->so_far.done += run->rows.text[k] != NULL;
    }
}

static dcnn_status check_options(const dcnn_experiment_options *options, dcnn_error *err)
{
    int shard = options->shard, count = options->shard_count;

    if (options->threads < 1) return dcnn_fail(err, DCNN_E_ARGUMENT, "threads", "expected at least 1");
    if ((shard == 0 && count == 0) || (shard >= 1 && shard <= count)) return DCNN_OK;
    return dcnn_fail(err, DCNN_E_ARGUMENT, "shard", "expected one of 1 to %d", count);
}

dcnn_status dcnn_experiment_run(const dcnn_plan *plan, const char *directory, const dcnn_experiment_options *options,
                                dcnn_error *err)
{
    experiment run = {.plan = plan, .options = options, .journal = -1, .err = err, .lock = PTHREAD_MUTEX_INITIALIZER};
    dcnn_buf path = {0};
    dcnn_status status = check_options(options, err);

    if (!status) status = dcnn_experiment_check(plan, err);
    if (status) return status;
    run.step = options->shard_count ? options->shard_count : 1;
    run.next = options->shard ? options->shard - 1 : 0;
    dcnn_buf_format(&path, "%s/journal", directory);
    if (!dcnn_rows_init(&run.rows, plan) || path.failed)
        status = dcnn_fail_memory(err);
    else
        status = dcnn_journal_open(&run.journal, &run.rows, path.data, options->resume, err);
    if (!status) status = save_plan(plan, directory, err);
    if (!status) {
        count_done(&run);
        status = run_threads(&run);
    }
    if (!status && complete(&run.rows)) status = save_rows(&run.rows, directory, err);
    if (run.journal >= 0) (void)close(run.journal);
    dcnn_rows_clear(&run.rows);
    dcnn_buf_clear(&path);
    return status;
}

static dcnn_status gather(dcnn_rows *rows, const char *folder, dcnn_error *err)
{
    dcnn_buf path = {0};
    dcnn_status status;

    dcnn_buf_format(&path, "%s/journal", folder);
    status = path.failed ? dcnn_fail_memory(err) : dcnn_journal_gather(rows, path.data, err);
    dcnn_buf_clear(&path);
    return status;
}

dcnn_status dcnn_experiment_merge(const dcnn_plan *plan, const char *const *folders, int count, const char *directory,
                                  dcnn_error *err)
{
    dcnn_rows rows;
    dcnn_status status = dcnn_rows_init(&rows, plan) ? DCNN_OK : dcnn_fail_memory(err);

    for (int k = 0; k < count && !status; k++) status = gather(&rows, folders[k], err);
    for (int64_t k = 0; k < plan->solve_count && !status; k++)
        if (!rows.text[k]) status = dcnn_fail(err, DCNN_E_VALUE, "", "solve %" PRId64 " is in none of the folders", k);
    if (!status) status = save_plan(plan, directory, err);
    if (!status) status = save_rows(&rows, directory, err);
    dcnn_rows_clear(&rows);
    return status;
}
