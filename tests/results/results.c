/* The page about an experiment: what it says, and what is said of files that are damaged. */
#include "folder.h"
#include <sys/stat.h>

static dcnn_status make(char **html, dcnn_error *err)
{
    size_t size = 0;
    dcnn_status status = dcnn_results_html(html, &size, folder, NULL, NULL, err);

    if (status)
        assert_null(*html);
    else
        assert_int_equal(strlen(*html), size);
    return status;
}

static void test_page_has_all_sections_and_figures(void **state)
{
    static const char *const wanted[] = {"<h1><bdi>A &amp; &lt;b&gt;</bdi></h1>",
                                         "Latency against layers per unit",
                                         "Spread from draw to draw",
                                         "Units used, by type",
                                         "Time to solve",
                                         "How to reproduce this",
                                         "no placement",
                                         "</html>"};
    dcnn_error err;
    char *html, *again;

    (void)state;
    assert_int_equal(make(&html, &err), DCNN_OK);
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
        if (!strstr(html, wanted[k])) fail_msg("the page lacks %s", wanted[k]);
    assert_int_equal(make(&again, &err), DCNN_OK);
    assert_string_equal(html, again);
    free(html);
    free(again);
}

/* The mean of the first row, to the microsecond. */
static void test_figures_are_those_of_the_summary(void **state)
{
    dcnn_buf summary = {0};
    char *html, mean[32], *at;
    dcnn_error err;

    (void)state;
    folder_load(&summary, "summary.csv");
    at = strchr(summary.data, '\n');
    for (int k = 0; k < 7; k++) at = strchr(at + 1, ',');
    (void)snprintf(mean, sizeof mean, ">%.3f \xC2\xB1 ", strtod(at + 1, NULL));
    assert_int_equal(make(&html, &err), DCNN_OK);
    assert_non_null(strstr(html, mean));
    free(html);
    dcnn_buf_clear(&summary);
}

static void test_without_times_nothing_is_said_of_them(void **state)
{
    dcnn_buf times = {0};
    dcnn_error err;
    char *html;

    (void)state;
    folder_load(&times, "times.csv");
    (void)unlink(folder_path("times.csv"));
    assert_int_equal(make(&html, &err), DCNN_OK);
    assert_null(strstr(html, "Time to solve"));
    free(html);
    folder_save("times.csv", times.data, times.size);
    dcnn_buf_clear(&times);
}

static void test_incomplete_folder(void **state)
{
    dcnn_buf summary = {0};
    dcnn_error err;
    char *html;

    (void)state;
    folder_load(&summary, "summary.csv");
    (void)unlink(folder_path("summary.csv"));
    assert_int_equal(make(&html, &err), DCNN_E_VALUE);
    assert_string_equal(err.where, folder);
    assert_non_null(strstr(err.text, "there is no summary.csv"));
    folder_save("summary.csv", summary.data, summary.size);
    dcnn_buf_clear(&summary);
}

/* The first `old` of the file becomes `new`. */
static void damage(const char *name, const dcnn_buf *whole, const char *old, const char *new)
{
    dcnn_buf text = {0};
    const char *at = strstr(whole->data, old);

    assert_non_null(at);
    dcnn_buf_add(&text, whole->data, (size_t)(at - whole->data));
    dcnn_buf_text(&text, new);
    dcnn_buf_text(&text, at + strlen(old));
    assert_false(text.failed);
    folder_save(name, text.data, text.size);
    dcnn_buf_clear(&text);
}

static void test_damaged_files_are_told_with_their_line(void **state)
{
    static const struct {
        const char *file, *old, *new;
        int line, column;
        const char *text;
    } cases[] = {
        {"summary.csv", "mean_ms", "maen_ms", 1, 1, "there is no column mean_ms"},
        {"summary.csv", "\nfirst,one,any,6,", "\nfirst,one,any,six,", 2, 15,
         "solves: expected a whole number from 1 to 1073741824, found \"six\""},
        {"summary.csv", "\nfirst,one,2,6,", "\nfirst,one,2,6,6,", 4, 1,
         "expected 29 columns as in the first line, found 30"},
        {"summary.csv", ",6,6,6,0,", ",6,7,6,0,", 2, 17, "placed: expected a whole number from 0 to 6, found \"7\""},
        {"summary.csv", ",6,6,6,0,", ",6,6,6,0,-", 2, 23, "mean_ms: expected a number from 0 to 9e+09, found \"-"},
        {"results.csv", ",first,one,", ",first,zwei,", 2, 9,
         "setting: expected \"one\" as in line 2 of summary.csv, found \"zwei\""},
        {"results.csv", "optimal,finished,", "optimal,finished,1e3", 2, 36,
         "value_ns: expected a whole number from 0 to "},
        {"times.csv", "\n3,", "\n3,NaN", 5, 3, "elapsed_s: expected a number from 0 to 1e+09, found \"NaN"},
        {"times.csv", "\n3,", "\n", 5, 1, "expected 2 columns as in the first line, found 1"},
    };

    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        dcnn_buf whole = {0};
        dcnn_error err = {0};
        char *html;
        folder_load(&whole, cases[k].file);
        damage(cases[k].file, &whole, cases[k].old, cases[k].new);
        assert_int_equal(make(&html, &err), DCNN_E_VALUE);
        folder_save(cases[k].file, whole.data, whole.size);
        assert_string_equal(err.where, folder_path(cases[k].file));
        if (!strstr(err.text, cases[k].text)) fail_msg("%s: %d:%d: %s", cases[k].new, err.line, err.column, err.text);
        assert_int_equal(err.line, cases[k].line);
        assert_int_equal(err.column, cases[k].column);
        dcnn_buf_clear(&whole);
    }
}

static void expect_fault(const char *where, const char *text)
{
    dcnn_error err = {0};
    char *html;

    assert_int_equal(make(&html, &err), DCNN_E_VALUE);
    assert_string_equal(err.where, folder_path(where));
    if (!strstr(err.text, text)) fail_msg("%s", err.text);
}

/* Another level in the summary, lines that are missing, one too many. */
static void test_files_are_held_against_each_other(void **state)
{
    dcnn_buf summary = {0}, results = {0};
    const char *last;

    (void)state;
    folder_load(&summary, "summary.csv");
    folder_load(&results, "results.csv");
    damage("summary.csv", &summary, "\nfirst,one,3,", "\nfirst,one,x,");
    expect_fault("results.csv", "layers_per_unit: expected \"x\" as in line 5 of summary.csv, found \"3\"");
    folder_save("summary.csv", summary.data, summary.size);

    results.data[results.size - 1] = '\0';
    last = strrchr(results.data, '\n') + 1;
    results.data[results.size - 1] = '\n';
    folder_save("results.csv", results.data, (size_t)(last - results.data));
    expect_fault("results.csv", "there are fewer rows than line ");
    damage("results.csv", &results, last, "\n");
    expect_fault("results.csv", "expected 19 columns");
    dcnn_buf_text(&results, "99,third,never,1,0,1,infeasible,finished,,,,,,,0,0,,,\n");
    folder_save("results.csv", results.data, results.size);
    expect_fault("results.csv", "system: expected no more rows than summary.csv counts, found \"third\"");
    folder_save("results.csv", results.data, (size_t)(strstr(results.data, "99,third") - results.data));
    dcnn_buf_clear(&summary);
    dcnn_buf_clear(&results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_page_has_all_sections_and_figures),
                                       cmocka_unit_test(test_figures_are_those_of_the_summary),
                                       cmocka_unit_test(test_without_times_nothing_is_said_of_them),
                                       cmocka_unit_test(test_incomplete_folder),
                                       cmocka_unit_test(test_damaged_files_are_told_with_their_line),
                                       cmocka_unit_test(test_files_are_held_against_each_other)};

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
