/* Quantities as people write them, and names as they misspell them. */
#include "text/quantity.h"
#include "text/words.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_what_quantities_mean(void **state)
{
    static const struct {
        const char *text;
        dcnn_quantity quantity;
        double value;
    } answers[] = {
        {"512 KiB", DCNN_QUANTITY_BYTES, 524288},
        {"512KiB", DCNN_QUANTITY_BYTES, 524288},
        {"151.01 MB", DCNN_QUANTITY_BYTES, 151010000},
        {"1.0005 kB", DCNN_QUANTITY_BYTES, 1000.5},
        {"1 KB", DCNN_QUANTITY_BYTES, 1000},
        {"2 PiB", DCNN_QUANTITY_BYTES, 2251799813685248.0},
        {"0 B", DCNN_QUANTITY_BYTES, 0},
        {"3.8 Mop", DCNN_QUANTITY_OPS, 3800000},
        {"480 Mop/s", DCNN_QUANTITY_OPS_PER_S, 4.8e8},
        {"72.2 Mbit/s", DCNN_QUANTITY_BYTES_PER_S, 9025000},
        {"8 bit/s", DCNN_QUANTITY_BYTES_PER_S, 1},
        {"9241.6 KiB/s", DCNN_QUANTITY_BYTES_PER_S, 9463398.4},
        {"20 ms", DCNN_QUANTITY_SECONDS, 0.02},
        {"1.5 us", DCNN_QUANTITY_SECONDS, 1.5e-6},
        {"3 \xc2\xb5s", DCNN_QUANTITY_SECONDS, 3e-6},
        {"5 ns", DCNN_QUANTITY_SECONDS, 5e-9},
        {"7.5 m", DCNN_QUANTITY_METRES, 7.5},
        {"-2 cm", DCNN_QUANTITY_METRES, -0.02},
        {"1 km", DCNN_QUANTITY_METRES, 1000},
    };
    double value;

    (void)state;
    for (size_t k = 0; k < sizeof answers / sizeof *answers; k++) {
        assert_int_equal(dcnn_quantity_read(answers[k].text, answers[k].quantity, &value), DCNN_QUANTITY_OK);
        if (value < answers[k].value || value > answers[k].value)
            fail_msg("%s: %.17g, not %.17g", answers[k].text, value, answers[k].value);
    }
}

static void test_what_is_no_quantity(void **state)
{
    static const struct {
        const char *text;
        dcnn_quantity quantity;
        dcnn_quantity_fault fault;
    } answers[] = {
        {"", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_NO_NUMBER},
        {"KiB", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_NO_NUMBER},
        {".5 KiB", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_NO_NUMBER},
        {"nan B", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_NO_NUMBER},
        {"512", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_NO_UNIT},
        {"512 ", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_NO_UNIT},
        {"512 kib", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_BAD_UNIT},
        {"512 KiB x", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_BAD_UNIT},
        {"5 Mbit", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_BAD_UNIT},
        {"5 Mo/s", DCNN_QUANTITY_OPS_PER_S, DCNN_QUANTITY_BAD_UNIT},
        {"5 Ms", DCNN_QUANTITY_SECONDS, DCNN_QUANTITY_BAD_UNIT},
        {"5 Kim", DCNN_QUANTITY_METRES, DCNN_QUANTITY_BAD_UNIT},
        {"0x5 B", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_BAD_UNIT},
        {"1,5 MB", DCNN_QUANTITY_BYTES, DCNN_QUANTITY_BAD_UNIT},
    };
    double value;

    (void)state;
    for (size_t k = 0; k < sizeof answers / sizeof *answers; k++)
        if (dcnn_quantity_read(answers[k].text, answers[k].quantity, &value) != answers[k].fault)
            fail_msg("\"%s\"", answers[k].text);
}

static void test_rounding(void **state)
{
    (void)state;
    assert_int_equal(dcnn_round(0.5), 1);
    assert_int_equal(dcnn_round(-0.5), -1);
    assert_int_equal(dcnn_round(0.49999999999999994), 0);
    assert_int_equal(dcnn_round(9007199254740991.0), 9007199254740991);
}

static void test_slips_of_the_pen(void **state)
{
    static const char *const keys[] = {"memory_bytes", "ops_per_s", "id"};

    (void)state;
    assert_int_equal(dcnn_word_distance("memroy", "memory", 3), 1);
    assert_int_equal(dcnn_word_distance("", "abc", 3), 3);
    assert_true(dcnn_word_distance("abc", "xyz", 2) > 2);
    assert_string_equal(dcnn_word_suggest("memroy_bytes", keys, 3), "memory_bytes");
    assert_null(dcnn_word_suggest("colour", keys, 3));
}

static void test_names_in_messages(void **state)
{
    char quoted[DCNN_QUOTED_SIZE];

    (void)state;
    assert_string_equal(dcnn_quote(quoted, "u1"), "\"u1\"");
    assert_string_equal(dcnn_quote(quoted, "a\x1b[31m"), "\"a\\u001b[31m\"");
    assert_string_equal(dcnn_quote(quoted, "a\xe2\x80\xae"), "\"a\\u202e\"");
    assert_true(strlen(dcnn_quote(quoted, "0123456789012345678901234567890123456789012345678901234567890")) < 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_quantities_mean),
                                       cmocka_unit_test(test_what_is_no_quantity), cmocka_unit_test(test_rounding),
                                       cmocka_unit_test(test_slips_of_the_pen),
                                       cmocka_unit_test(test_names_in_messages)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
