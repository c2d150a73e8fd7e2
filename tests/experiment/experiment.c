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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char plan_text[] =
    "{\"dcnn\":\"experiment\",\"version\":1,\"systems\":[{\"name\":\"small\",\"units\":30,\"area_m\":\"20 "
    "m\",\"draws\":12,"
    "\"mix\":[{\"type\":\"stm32h7\",\"share\":1},{\"type\":\"raspberry-pi-3b+\",\"share\":1}]}],"
    "\"settings\":[{\"name\":\"one\",\"models\":[\"cnn5\"],\"layers_per_unit_first\":1,\"layers_per_unit_last\":5},"
    "{\"name\":\"two\",\"cnns\":2,\"models\":[\"cnn5\",\"alexnet\"],\"layers_per_unit_first\":2}]}";

typedef struct {
    char folder[64];
    dcnn_plan *plan;
    dcnn_buf expected;
} fixture;

static void path_of(char *path, const fixture *f, const char *name)
{
    (void)snprintf(path, 100, "%s/%s", f->folder, name);
}

static void clear(const fixture *f)
{
    static const char *const names[] = {"journal",   "plan.json",   "results.csv",
                                        "times.csv", "summary.csv", "summary.md"};
    char path[100];
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        path_of(path, f, names[k]);
        (void)unlink(path);
    }
}

static void run(const fixture *f, int threads, bool resume)
{
    dcnn_experiment_options options = {.threads = threads, .resume = resume};
    dcnn_error err = {0};
    assert_int_equal(dcnn_experiment_run(f->plan, f->folder, &options, &err), DCNN_OK);
}

static void load(const fixture *f, dcnn_buf *text)
{
    char path[100];
    path_of(path, f, "results.csv");
    assert_int_equal(dcnn_file_load(text, path, 0, NULL), DCNN_OK);
}

static void expect_same(const fixture *f)
{
    dcnn_buf found = {0};
    load(f, &found);
    assert_string_equal(found.data, f->expected.data);
    dcnn_buf_clear(&found);
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
    load(&f, &f.expected);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    clear(f);
    (void)rmdir(f->folder);
    dcnn_plan_free(f->plan);
    dcnn_buf_clear(&f->expected);
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

static void test_killed_twenty_times(void **state)
{
    const fixture *f = *state;
    dcnn_rng rng;

    dcnn_rng_seed(&rng, 20);
    clear(f);
    for (int k = 0; k < 20; k++) {
        struct timespec moment = {0, (long)dcnn_rng_below(&rng, 12000000)};
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            dcnn_experiment_options options = {.threads = 2, .resume = true};
            _exit(dcnn_experiment_run(f->plan, f->folder, &options, NULL) != DCNN_OK);
        }
        (void)nanosleep(&moment, NULL);
        (void)kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
    }
    run(f, 2, true);
    expect_same(f);
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
                                       cmocka_unit_test(test_another_plan_is_refused)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
