/* Known answers: what must be the same on every machine and for ever. */
#include "base/base.h"
#include "base/keys.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* FIPS 180-4, and the lengths around which the padding needs another block. */
static void test_sha256(void **state)
{
    static const struct {
        const char *text, *hex;
    } answers[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char million[1000], hex[65];
    dcnn_buf text = {0};

    (void)state;
    for (size_t k = 0; k < sizeof answers / sizeof *answers; k++) {
        dcnn_sha256_hex(answers[k].text, strlen(answers[k].text), hex);
        assert_string_equal(hex, answers[k].hex);
    }
    memset(million, 'a', sizeof million);
    for (int k = 0; k < 1000; k++) dcnn_buf_add(&text, million, sizeof million);
    dcnn_sha256_hex(text.data, text.size, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    dcnn_buf_clear(&text);
}

/* Any other number would change every scenario that was ever generated. */
static void test_random_numbers(void **state)
{
    dcnn_rng rng;

    (void)state;
    dcnn_rng_seed(&rng, 0);
    assert_true(rng.state[0] == 0xe220a8397b1dcdafu && rng.state[1] == 0x6e789e6aa1b965f4u);
    assert_true(rng.state[2] == 0x06c45d188009454fu && rng.state[3] == 0xf88bb8a8724c81ecu);
    assert_true(dcnn_rng_next(&rng) == 0x99ec5f36cb75f2b4u);
    for (int k = 0; k < 10000; k++) {
        double unit = dcnn_rng_unit(&rng);
        assert_true(unit >= 0 && unit < 1);
        assert_true(dcnn_rng_below(&rng, 7) < 7);
        assert_true(dcnn_rng_below(&rng, 1) == 0);
    }
}

static void test_doubles(void **state)
{
    static const struct {
        double value;
        const char *text;
    } answers[] = {{0, "0"},
                   {0.1, "0.1"},
                   {1.0 / 3, "0.3333333333333333"},
                   {-2.5, "-2.5"},
                   {1e300, "1e+300"},

                   {123456789, "123456789"},
                   {9007199254740992.0, "9007199254740992"},
                   {9025000, "9025000"}};

    (void)state;
    for (size_t k = 0; k < sizeof answers / sizeof *answers; k++) {
        dcnn_buf text = {0};
        dcnn_buf_double(&text, answers[k].value);
        assert_string_equal(text.data, answers[k].text);
        dcnn_buf_clear(&text);
    }
}

static void test_products_that_overflow(void **state)
{
    dcnn_pool *pool = dcnn_pool_new();

    (void)state;
    assert_null(dcnn_take(SIZE_MAX / 2, 3));
    assert_null(dcnn_resize(NULL, SIZE_MAX / 2, 3));
    assert_null(dcnn_pool_take(pool, SIZE_MAX / 2, 3));
    assert_null(dcnn_pool_take(pool, SIZE_MAX - 8, 1));
    assert_non_null(dcnn_pool_take(pool, 0, 3));
    dcnn_pool_free(pool);
}

/* Sums with the address of nothing are no sums: readers count on an address. */
static void test_an_empty_file_is_an_empty_text(void **state)
{
    dcnn_buf text = {0};

    (void)state;
    assert_int_equal(dcnn_file_load(&text, "/dev/null", 0, NULL), DCNN_OK);
    assert_int_equal(text.size, 0);
    assert_non_null(text.data);
    assert_string_equal(text.data, "");
    dcnn_buf_clear(&text);
}

/* A table of pairs against a list of them. */
static void test_keys_are_found_again(void **state)
{
    enum { PAIRS = 3000 };
    static struct {
        uint64_t half[2];
        uint32_t part;
    } pairs[PAIRS];
    static const uint64_t none[2];
    dcnn_keys keys = {0};
    dcnn_rng rng;

    (void)state;
    dcnn_rng_seed(&rng, 1);
    assert_int_equal(dcnn_keys_find(&keys, none, 0), -1);
    for (int round = 0; round < 2; round++) {
        int count = 0;
        for (int k = 0; k < PAIRS; k++) {
            uint64_t drawn = dcnn_rng_below(&rng, 1000) << 40 * dcnn_rng_below(&rng, 2);
            uint64_t half[2] = {drawn * dcnn_rng_below(&rng, 2), drawn};
            uint32_t part = (uint32_t)dcnn_rng_below(&rng, 2);
            int at = 0;
            while (at < count && (memcmp(pairs[at].half, half, sizeof half) != 0 || pairs[at].part != part)) at++;
            assert_int_equal(dcnn_keys_find(&keys, half, part), at < count ? at : -1);
            assert_int_equal(dcnn_keys_add(&keys, half, part, count), at);
            if (at < count) continue;
            memcpy(pairs[count].half, half, sizeof half);
            pairs[count++].part = part;
        }
        assert_int_equal(keys.count, count);
        dcnn_keys_empty(&keys);
        assert_int_equal(dcnn_keys_find(&keys, pairs[0].half, pairs[0].part), -1);
    }
    dcnn_keys_clear(&keys);
}

/* Homes were products' middle bits, of which a factor's high bits tell nothing: what CNNs took of the last rows, and
 * where they were, all had one home, and a third of long searches was spent on the way from there. */
static void expect_homes_apart(int shift, int of_half)
{
    enum { KEYS = 4096, SIZE = 2 * KEYS, ALIKE_MAX = 12 };
    static int alike[SIZE];
    dcnn_keys keys = {.size = SIZE};
    int most = 0;

    memset(alike, 0, sizeof alike);
    for (uint64_t k = 0; k < KEYS; k++) {
        uint64_t half[2] = {of_half == 0 ? k << shift : 0, of_half == 1 ? k << shift : 0};
        int *here = &alike[dcnn_keys_home(&keys, half, of_half < 0 ? (uint32_t)k << shift : 0)];
        if (++*here > most) most = *here;
    }
    assert_in_range(most, 1, ALIKE_MAX);
}

static void test_homes_of_keys_are_apart(void **state)
{
    (void)state;
    for (int shift = 0; shift <= 52; shift += 4) {
        expect_homes_apart(shift, 0);
        expect_homes_apart(shift, 1);
        if (shift <= 20) expect_homes_apart(shift, -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sha256),
                                       cmocka_unit_test(test_random_numbers),
                                       cmocka_unit_test(test_doubles),
                                       cmocka_unit_test(test_products_that_overflow),
                                       cmocka_unit_test(test_an_empty_file_is_an_empty_text),
                                       cmocka_unit_test(test_keys_are_found_again),
                                       cmocka_unit_test(test_homes_of_keys_are_apart)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
