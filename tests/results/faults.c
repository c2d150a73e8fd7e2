/* Lost allocations while the page about an experiment is made: an error, nothing out, nothing left. */
#include "../support/faults.h"
#include "folder.h"

static void test_lost_allocations(void **state)
{
    long live = faults_live_blocks();

    (void)state;
    for (long allowed = 0;; allowed++) {
        char *html = (char *)1;
        size_t size;
        dcnn_error err;
        dcnn_status status;
        faults_after(allowed);
        status = dcnn_results_html(&html, &size, folder, NULL, NULL, &err);
        faults_off();
        if (!status) {
            free(html);
            break;
        }
        assert_int_equal(status, DCNN_E_MEMORY);
        assert_null(html);
        assert_int_equal(faults_live_blocks(), live);
    }
    assert_int_equal(faults_live_blocks(), live);
    assert_true(faults_injected() > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lost_allocations)};

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
