/* The published tables against scenario files that carry the authors' figures as text, where such files are at hand. */
#include "reference.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka.h needs the above */
#include <cmocka.h>
#include <dcnn/catalog.h>

/* CNN c of that file must be the catalogue's. */
static void compare(const char *file, int c, const char *name)
{
    dcnn_scenario *scenario;
    dcnn_profile *profile;
    char path[1024];
    const dcnn_cnn *cnn;

    (void)snprintf(path, sizeof path, "%s/instances/%s.json", getenv("DCNN_REFERENCE_DIR"), file);
    assert_int_equal(dcnn_scenario_read(&scenario, path, NULL, NULL, NULL), DCNN_OK);
    assert_int_equal(dcnn_catalog_cnn(&profile, name, false, NULL), DCNN_OK);
    cnn = &scenario->cnns[c];
    assert_int_equal(cnn->layer_count, profile->layer_count);
    assert_int_equal(cnn->literal, profile->p != NULL);
    for (int j = 0; j < cnn->layer_count; j++) {
        assert_int_equal(cnn->layers[j].memory_bytes, profile->layers[j].memory_bytes);
        assert_int_equal(cnn->layers[j].ops, profile->layers[j].ops);
        assert_int_equal(cnn->layers[j].output_bytes, profile->layers[j].output_bytes);
        if (profile->p) assert_true(cnn->p[j] == profile->p[j] && cnn->g[j] == profile->g[j]);
    }
    dcnn_profile_free(profile);
    dcnn_scenario_free(scenario);
}

static void test_published_tables(void **state)
{
    (void)state;
    compare("A_alex_L1_s1", 0, "paper/alex");
    compare("B_alexgc_L1_s1", 0, "paper/alexgc");
    compare("D_gc2r101_L1_s1", 1, "paper/resnet101");
    compare("D_gc2r152_L1_s1", 1, "paper/resnet152");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published_tables)};

    return reference_at_hand() ? cmocka_run_group_tests(tests, NULL, NULL) : 0;
}
