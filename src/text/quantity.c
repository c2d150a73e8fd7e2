#include "quantity.h"
#include "number.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct {
    const char *symbol;
    int power_of_ten, power_of_two;
} prefix;

static const prefix large[] = {{"", 0, 0},    {"k", 3, 0},   {"K", 3, 0},   {"M", 6, 0},   {"G", 9, 0},
                               {"T", 12, 0},  {"P", 15, 0},  {"Ki", 0, 10}, {"Mi", 0, 20}, {"Gi", 0, 30},
                               {"Ti", 0, 40}, {"Pi", 0, 50}, {NULL, 0, 0}};
static const prefix of_time[] = {{"", 0, 0},          {"m", -3, 0},        {"u", -6, 0},
                                 {"\xc2\xb5", -6, 0}, {"\xce\xbc", -6, 0}, {"n", -9, 0}, /* micro sign and Greek mu */
                                 {NULL, 0, 0}};
static const prefix of_length[] = {{"", 0, 0}, {"k", 3, 0}, {"c", -2, 0}, {"m", -3, 0}, {NULL, 0, 0}};

/* Units of measure; each quantity has one or two. bits_of_value: value = number / 2^this. */
static const struct {
    const char *name, *example;
    const prefix *prefixes;
    const char *symbol, *bit_symbol; /* bit_symbol: eight of it are one of symbol; NULL = none */
} table[] = {
    [DCNN_QUANTITY_BYTES] = {"bytes", "512 KiB", large, "B", NULL},
    [DCNN_QUANTITY_OPS] = {"operations", "3.8 Mop", large, "op", NULL},
    [DCNN_QUANTITY_OPS_PER_S] = {"operations per second", "480 Mop/s", large, "op/s", NULL},
    [DCNN_QUANTITY_BYTES_PER_S] = {"bytes per second", "72.2 Mbit/s", large, "B/s", "bit/s"},
    [DCNN_QUANTITY_SECONDS] = {"seconds", "20 ms", of_time, "s", NULL},
    [DCNN_QUANTITY_METRES] = {"metres", "7.5 m", of_length, "m", NULL},
};

const char *dcnn_quantity_name(dcnn_quantity quantity)
{
    return table[quantity].name;
}

const char *dcnn_quantity_example(dcnn_quantity quantity)
{
    return table[quantity].example;
}

/* The prefix before the symbol in a unit, or NULL when the unit is not made of the two. */
static const prefix *find_prefix(const char *unit, const prefix *prefixes, const char *symbol)
{
    size_t length = strlen(unit), symbol_length = strlen(symbol);

    if (length < symbol_length || strcmp(unit + length - symbol_length, symbol) != 0) return NULL;
    for (; prefixes->symbol; prefixes++)
        if (strlen(prefixes->symbol) == length - symbol_length &&
            strncmp(unit, prefixes->symbol, length - symbol_length) == 0)
            return prefixes;
    return NULL;
}

dcnn_quantity_fault dcnn_quantity_read(const char *text, dcnn_quantity quantity, double *value)
{
    dcnn_number_span span = dcnn_number_scan(text, strlen(text));
    const char *unit = text + span.length;
    const prefix *found;
    int bits = 0;

    if (span.length == 0 || span.length > DCNN_NUMBER_LENGTH_MAX) return DCNN_QUANTITY_NO_NUMBER;
    while (*unit == ' ') unit++;
    if (*unit == '\0') return DCNN_QUANTITY_NO_UNIT;
    found = find_prefix(unit, table[quantity].prefixes, table[quantity].symbol);
    if (!found && table[quantity].bit_symbol) {
        found = find_prefix(unit, table[quantity].prefixes, table[quantity].bit_symbol);
        bits = 3;
    }
    if (!found) return DCNN_QUANTITY_BAD_UNIT;
    *value = ldexp(dcnn_number_value(text, span, found->power_of_ten), found->power_of_two - bits);
    return DCNN_QUANTITY_OK;
}

int64_t dcnn_round(double value)
{
    return (int64_t)llround(value);
}
