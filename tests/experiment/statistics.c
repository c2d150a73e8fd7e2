/* Figures against sums done by hand and against tables; tables of Markdown; names that gnuplot could take for commands.
 */
#include "experiment/statistics.h"
#include "experiment/markdown.h"
#include "experiment/plots_internal.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the three above */
#include <cmocka.h>

static void expect(double found, double expected, double tolerance)
{
    if (fabs(found - expected) > tolerance) fail_msg("%.9g is not %.9g", found, expected);
}

static void test_figures(void **state)
{
    static const double values[] = {2, 4, 4, 4, 5, 5, 7, 9};
    dcnn_figures f = dcnn_figures_of(values, 8);

    (void)state;
    expect(f.mean, 5, 1e-12);
    expect(f.sd, sqrt(32.0 / 7), 1e-12);
    expect(f.ci95, 2.364624 * sqrt(32.0 / 7 / 8), 1e-3); /* t of 7 degrees of freedom */
    expect(f.quantile[0], 2, 0);
    expect(f.quantile[1], 2.7, 1e-12); /* 0.35 of the way from the first to the second */
    expect(f.quantile[2], 4, 1e-12);
    expect(f.quantile[3], 4.5, 1e-12);
    expect(f.quantile[4], 5.5, 1e-12);
    expect(f.quantile[5], 8.3, 1e-12);
    expect(f.quantile[6], 9, 0);
    f = dcnn_figures_of(values, 1);
    expect(f.mean, 2, 0);
    expect(f.sd, 0, 0);
    expect(f.ci95, 0, 0);
    expect(f.quantile[5], 2, 0);
}

/* 97.5 % quantiles of Student's t as printed in tables. */
static void test_student(void **state)
{
    static const struct {
        int count;
        double t;
    } rows[] = {{2, 12.7062}, {3, 4.3027},  {4, 3.1824},  {5, 2.7764},  {6, 2.5706},
                {7, 2.4469},  {11, 2.2281}, {31, 2.0423}, {500, 1.9647}};

    (void)state;
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        double values[500];
        dcnn_figures f;
        for (int n = 0; n < rows[k].count; n++) values[n] = n;
        f = dcnn_figures_of(values, rows[k].count);
        expect(f.ci95 / f.sd * sqrt(rows[k].count), rows[k].t, 0.002);
    }
}

static void test_markdown(void **state)
{
    static const dcnn_markdown_column columns[] = {{"a|b", false}, {"± ms", true}};
    dcnn_markdown table = {.columns = columns, .column_count = 2};
    dcnn_buf out = {0};

    (void)state;
    dcnn_markdown_text(&table, "né|é");
    dcnn_markdown_figures(&table, "%.1f", 2.25);
    dcnn_markdown_text(&table, "");
    dcnn_markdown_figures(&table, "%d", 12345);
    dcnn_markdown_end(&table, &out);
    assert_false(out.failed);
    assert_string_equal(out.data, "| a|b   |  ± ms |\n"
                                  "|-------|------:|\n"
                                  "| né\\|é |   2.2 |\n"
                                  "|       | 12345 |\n");
    dcnn_buf_clear(&out);
}

static void test_quotes(void **state)
{
    dcnn_buf out = {0};

    (void)state;
    dcnn_gnuplot_quote(&out, "two cnn5, 10-90 `id` $12 é\"'\\{");
    assert_string_equal(out.data, "\"two cnn5, 10-90 \\140id\\140 \\044\\061\\062 é\\042\\047\\134\\173\"");
    dcnn_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_figures), cmocka_unit_test(test_student),
                                       cmocka_unit_test(test_markdown), cmocka_unit_test(test_quotes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
