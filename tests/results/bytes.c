/* An experiment's files with any byte changed, or cut off anywhere: a page, or a fault that names the file. */
#include "folder.h"

static void expect_page_or_fault(void)
{
    char *html;
    size_t size;
    dcnn_error err;

    if (dcnn_results_html(&html, &size, folder, NULL, NULL, &err)) {
        assert_null(html);
        assert_int_equal(err.code, DCNN_E_VALUE);
        assert_non_null(strstr(err.where, folder));
    }
    free(html);
}

static void test_any_byte_may_be_wrong(void **state)
{
    static const char *const files[] = {"summary.csv", "results.csv", "times.csv"};
    static const char bytes[] = {',', '\n', '\0', '9', '-'};

    (void)state;
    for (int f = 0; f < 3; f++) {
        dcnn_buf whole = {0};
        folder_load(&whole, files[f]);
        for (size_t at = 0; at < whole.size; at += f == 0 ? 13 : 83) {
            char kept = whole.data[at];
            whole.data[at] = bytes[at % sizeof bytes];
            folder_save(files[f], whole.data, whole.size);
            expect_page_or_fault();
            folder_save(files[f], whole.data, at);
            expect_page_or_fault();
            whole.data[at] = kept;
        }
        folder_save(files[f], whole.data, whole.size);
        dcnn_buf_clear(&whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_byte_may_be_wrong)};

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
