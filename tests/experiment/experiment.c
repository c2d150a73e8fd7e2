/* The same results whatever the threads, and however often a run was killed and resumed. */
#include "experiment/experiment.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char plan_text[] =
    "{\"dcnn\":\"experiment\",\"version\":1,\"systems\":[{\"name\":\"small\",\"units\":30,\"area_m\":\"20 "
    "m\",\"draws\":12,"
    "\"mix\":[{\"type\":\"stm32h7\",\"share\":1},{\"type\":\"raspberry-pi-3b+\",\"share\":1}]}],"
    "\"settings\":[{\"name\":\"one\",\"models\":[\"cnn5\"],\"layers_per_unit_first\":1,\"layers_per_unit_last\":5},"
    "{\"name\":\"two\",\"cnns\":2,\"models\":[\"cnn5\",\"alexnet\"],\"layers_per_unit_first\":2}]}";

/* Files that are the same whatever happens on the way to them. */
static const char *const same_files[] = {"results.csv",       "summary.csv",      "summary.md",       "plan.json",
                                         "plots/latency.dat", "plots/latency.gp", "plots/spread.dat", "plots/spread.gp",
                                         "plots/units.dat",   "plots/units.gp",   "plots/all.gp"};
enum { SAME_FILES = sizeof same_files / sizeof same_files[0] };

typedef struct {
    char folder[64];
    dcnn_plan *plan;
    dcnn_buf expected[SAME_FILES];
    off_t journal_bytes; /* of a whole run */
} fixture;

static void path_of(char *path, const fixture *f, const char *name)
{
    (void)snprintf(path, 100, "%s/%s", f->folder, name);
}

static void clear(const fixture *f)
{
    char command[200];
    (void)snprintf(command, sizeof command, "rm -rf %s/*", f->folder);
    assert_int_equal(system(command), 0);
}

static void run(const fixture *f, int threads, bool resume)
{
    dcnn_experiment_options options = {.threads = threads, .resume = resume};
    dcnn_error err = {0};
    assert_int_equal(dcnn_experiment_run(f->plan, f->folder, &options, &err), DCNN_OK);
}

static void load(const fixture *f, const char *name, dcnn_buf *text)
{
    char path[100];
    path_of(path, f, name);
    assert_int_equal(dcnn_file_load(text, path, 0, NULL), DCNN_OK);
}

static void expect_same(const fixture *f)
{
    for (int k = 0; k < SAME_FILES; k++) {
        dcnn_buf found = {0};
        load(f, same_files[k], &found);
        assert_string_equal(found.data, f->expected[k].data);
        dcnn_buf_clear(&found);
    }
}

static off_t journal_bytes(const fixture *f)
{
    char path[100];
    struct stat is;
    path_of(path, f, "journal");
    return stat(path, &is) == 0 ? is.st_size : 0;
}

static int set_up(void **state)
{
    static fixture f;
    char path[100];
    (void)strcpy(f.folder, "/tmp/dcnn-experiment-XXXXXX");
    assert_non_null(mkdtemp(f.folder));
    path_of(path, &f, "plan.json");
    assert_int_equal(dcnn_file_save(path, plan_text, sizeof plan_text - 1, NULL), DCNN_OK);
    assert_int_equal(dcnn_plan_read(&f.plan, path, NULL, NULL, NULL), DCNN_OK);
    (void)unlink(path);
    assert_int_equal(f.plan->solve_count, 72);
    run(&f, 1, false);
    f.journal_bytes = journal_bytes(&f);
    for (int k = 0; k < SAME_FILES; k++) load(&f, same_files[k], &f.expected[k]);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    clear(f);
    (void)rmdir(f->folder);
    dcnn_plan_free(f->plan);
    for (int k = 0; k < SAME_FILES; k++) dcnn_buf_clear(&f->expected[k]);
    return 0;
}

static void test_threads(void **state)
{
    for (int threads = 2; threads <= 3; threads++) {
        clear(*state);
        run(*state, threads, false);
        expect_same(*state);
    }
}

static bool is_complete(const fixture *f)
{
    char path[100];
    path_of(path, f, "results.csv");
    return access(path, F_OK) == 0;
}

static void pause_ns(long ns)
{
    (void)nanosleep(&(struct timespec){0, ns}, NULL);
}

/* Whether the child ended before that much was in the journal. */
static bool ends_before(const fixture *f, pid_t child, off_t bytes)
{
    siginfo_t how = {0};
    while (journal_bytes(f) < bytes) {
        assert_int_equal(waitid(P_PID, (id_t)child, &how, WEXITED | WNOHANG | WNOWAIT), 0);
        if (how.si_pid == child) return true;
        pause_ns(50000);
    }
    return false;
}

/* Each time a twentieth later, and a random moment more.
 *
 * Kills came at moments of the time that a whole run had taken before; beside a process that slowed down that one, runs
 * were complete before three were killed. */
static void test_killed_twenty_times(void **state)
{
    const fixture *f = *state;
    int halfway = 0;
    dcnn_rng rng;

    dcnn_rng_seed(&rng, 20);
    clear(f);
    for (int k = 0; k < 20; k++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            dcnn_experiment_options options = {.threads = 2, .resume = true};
            _exit(dcnn_experiment_run(f->plan, f->folder, &options, NULL) != DCNN_OK);
        }
        if (!ends_before(f, child, f->journal_bytes * k / 20)) pause_ns((long)dcnn_rng_below(&rng, 1000000));
        (void)kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        halfway += !is_complete(f);
    }
    assert_true(halfway >= 3); /* or nothing was tested */
    run(f, 2, true);
    expect_same(f);
}

/* A journal that was cut off anywhere loses its last line at most; what is no journal is left alone. */
static void test_cut_journals(void **state)
{
    const fixture *f = *state;
    dcnn_experiment_options options = {.threads = 1, .resume = true};
    dcnn_buf whole = {0}, left = {0};
    char path[100];

    clear(f);
    run(f, 1, false);
    load(f, "journal", &whole);
    path_of(path, f, "journal");
    for (size_t size = 0; size <= whole.size; size += whole.size / 7) {
        clear(f);
        assert_int_equal(dcnn_file_save(path, whole.data, size, NULL), DCNN_OK);
        run(f, 1, true);
        expect_same(f);
    }
    clear(f);
    assert_int_equal(dcnn_file_save(path, "my diary", 8, NULL), DCNN_OK);
    assert_int_equal(dcnn_experiment_run(f->plan, f->folder, &options, NULL), DCNN_E_VALUE);
    load(f, "journal", &left);
    assert_string_equal(left.data, "my diary");
    dcnn_buf_clear(&whole);
    dcnn_buf_clear(&left);
}

/* While one process runs in a folder another one is refused, and runs there after it. */
static void test_one_run_at_a_time(void **state)
{
    const fixture *f = *state;
    dcnn_experiment_options options = {.threads = 1, .resume = true};
    dcnn_error err = {0};
    int ready[2];
    char byte = 0, path[100];
    pid_t child;

    clear(f);
    path_of(path, f, "journal");
    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        dcnn_rows rows;
        int journal;
        if (!dcnn_rows_init(&rows, f->plan) || dcnn_journal_open(&journal, &rows, path, false, NULL)) _exit(1);
        if (write(ready[1], &byte, 1) == 1) (void)pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(dcnn_experiment_run(f->plan, f->folder, &options, &err), DCNN_E_IO);
    assert_string_equal(err.text, "another run is at it");
    (void)kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
    run(f, 1, true);
    expect_same(f);
    (void)close(ready[0]);
    (void)close(ready[1]);
}

static void test_another_plan_is_refused(void **state)
{
    const fixture *f = *state;
    dcnn_experiment_options options = {.threads = 1, .resume = true};
    char kept = f->plan->sha256[0];

    clear(f);
    run(f, 1, false);
    f->plan->sha256[0] = '!';
    assert_int_equal(dcnn_experiment_run(f->plan, f->folder, &options, NULL), DCNN_E_VALUE);
    f->plan->sha256[0] = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads), cmocka_unit_test(test_killed_twenty_times),
                                       cmocka_unit_test(test_cut_journals), cmocka_unit_test(test_one_run_at_a_time),
                                       cmocka_unit_test(test_another_plan_is_refused)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
