/* The files of the authors' notebook: all of them, in their form, and true to the rows of results.csv. */
#include "base/base.h"
#include <dcnn/notebook.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UNITS = 20, LAYERS = 5 };

static const dcnn_mix mix[] = {{"raspberry-pi-3b+", 3}, {"stm32h7", 1}};

typedef struct {
    char folder[64];
    dcnn_notebook_options options;
    dcnn_experiment_options how;
} fixture;

static int set_up(void **state)
{
    static fixture f;

    (void)strcpy(f.folder, "/tmp/dcnn-notebook-XXXXXX");
    assert_non_null(mkdtemp(f.folder));
    dcnn_notebook_options_init(&f.options);
    f.how.threads = 1;
    f.options.runs = 2;
    f.options.cnns = 2;
    f.options.units = UNITS;
    f.options.half_width_m = 8;
    f.options.cnn = "7layer";
    f.options.mix = mix;
    f.options.mix_count = 2;
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    const fixture *f = *state;
    char command[100];
    (void)snprintf(command, sizeof command, "rm -r %s", f->folder);
    return system(command);
}

static void load(const fixture *f, const char *name, dcnn_buf *text)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", f->folder, name);
    assert_int_equal(dcnn_file_load(text, path, 0, NULL), DCNN_OK);
}

/* Numbers of a file of `rows` lines; as many in each line. */
static int read_table(const fixture *f, const char *name, int rows, double *table)
{
    dcnn_buf text = {0};
    int lines = 0, count = 0;
    char *at;

    load(f, name, &text);
    at = text.data;
    while (at && *at) {
        char *end;
        double number = strtod(at, &end);
        assert_ptr_not_equal(end, at);
        table[count++] = number;
        at = end;
        if (*at == '\n') {
            lines++;
            at++;
        }
    }
    dcnn_buf_clear(&text);
    if (rows >= 0) assert_int_equal(lines, rows);
    return count;
}

/* The parts of all CNNs add up to the value of that row of results.csv, up to five decimals each. */
static void check_value(const fixture *f, int solve, double sum_s)
{
    dcnn_buf text = {0};
    const char *line;
    long long value_ns;

    load(f, "results.csv", &text);
    line = text.data;
    for (int k = 0; k <= solve; k++) line = strchr(line, '\n') + 1;
    assert_int_equal(sscanf(line, "%*d,%*[^,],%*[^,],%*d,%*d,%*d,optimal,finished,%lld", &value_ns), 1);
    assert_true(sum_s - (double)value_ns / 1e9 < 2.1e-5 && (double)value_ns / 1e9 - sum_s < 2.1e-5);
    dcnn_buf_clear(&text);
}

static void test_files(void **state)
{
    const fixture *f = *state;
    double table[UNITS * LAYERS], type_of[UNITS];
    char name[60];

    assert_int_equal(dcnn_notebook_run(&f->options, f->folder, &f->how, NULL), DCNN_OK);
    for (int run = 0; run < 2; run++) {
        int types = 0;
        for (int t = 0; t < 2; t++) {
            int count;
            (void)snprintf(name, sizeof name, "results/node_%d_idxs_exp%d.csv", t, run);
            count = read_table(f, name, -1, table);
            assert_int_equal(count, t ? 5 : 15);
            for (int k = 0; k < count; k++) type_of[(int)table[k]] = t;
            types += count;
        }
        assert_int_equal(types, UNITS);
        for (int l = 0; l < LAYERS; l++) {
            double used[2][2] = {{0}}, sum_s = 0;
            for (int c = 0; c < 2; c++) {
                (void)snprintf(name, sizeof name, "results/alpha_%d_exp%d_L%d.csv", c, run, l);
                assert_int_equal(read_table(f, name, UNITS, table), UNITS * LAYERS);
                for (int i = 0; i < UNITS; i++) {
                    double layers = 0;
                    for (int j = 0; j < LAYERS; j++) layers += table[i * LAYERS + j];
                    assert_true(layers <= l + 1);
                    used[c][(int)type_of[i]] += layers > 0;
                }
            }
            (void)snprintf(name, sizeof name, "results/nodes_stats_exp%d_L%d.csv", run, l);
            assert_int_equal(read_table(f, name, 2, table), 4);
            for (int k = 0; k < 4; k++) assert_true(table[k] == used[k / 2][k % 2]);
            (void)snprintf(name, sizeof name, "results/processing_stats_exp%d_L%d.csv", run, l);
            assert_int_equal(read_table(f, name, 2, table), 2);
            sum_s += table[0] + table[1];
            (void)snprintf(name, sizeof name, "results/transmission_stats_exp%d_L%d.csv", run, l);
            assert_int_equal(read_table(f, name, 2, table), 2);
            sum_s += table[0] + table[1];
            check_value(f, l * 2 + run, sum_s);
        }
    }
}

static void test_again(void **state)
{
    fixture *f = *state;
    dcnn_buf before = {0}, after = {0};

    assert_int_equal(dcnn_notebook_run(&f->options, f->folder, &f->how, NULL), DCNN_E_IO); /* there is one */
    load(f, "results.csv", &before);
    f->how.resume = true;
    assert_int_equal(dcnn_notebook_run(&f->options, f->folder, &f->how, NULL), DCNN_OK);
    load(f, "results.csv", &after);
    assert_string_equal(before.data, after.data);
    f->options.seed = 2;
    assert_int_equal(dcnn_notebook_run(&f->options, f->folder, &f->how, NULL),
                     DCNN_E_VALUE); /* belongs to another seed */
    f->options.cnn = "no-such-net";
    assert_int_equal(dcnn_notebook_run(&f->options, f->folder, &f->how, NULL), DCNN_E_VALUE);
    dcnn_buf_clear(&before);
    dcnn_buf_clear(&after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files), cmocka_unit_test(test_again)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
