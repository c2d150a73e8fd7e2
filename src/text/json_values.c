/* Values with their type and range, and what is said when they are not what was expected. */
#include "json.h"
#include "number.h"
#include <stdio.h>
#include <string.h>

static bool is_number(const dcnn_json_value *value)
{
    return value->type == DCNN_JSON_WHOLE || value->type == DCNN_JSON_REAL;
}

static double number_of(const dcnn_json_value *value)
{
    return value->type == DCNN_JSON_WHOLE ? (double)value->as.whole : value->as.real;
}

bool dcnn_json_text(dcnn_json *json, const dcnn_json_value *value, const char **text)
{
    if (!value) return false;
    if (value->type != DCNN_JSON_TEXT) {
        dcnn_json_expected(json, value, "a text");
        return false;
    }
    *text = value->as.text;
    return true;
}

bool dcnn_json_bool(dcnn_json *json, const dcnn_json_value *value, bool *truth)
{
    if (!value) return false;
    if (value->type != DCNN_JSON_BOOL) {
        dcnn_json_expected(json, value, "true or false");
        return false;
    }
    *truth = value->as.truth;
    return true;
}

bool dcnn_json_array(dcnn_json *json, const dcnn_json_value *value, uint32_t least)
{
    if (!value) return false;
    if (value->type != DCNN_JSON_ARRAY) {
        dcnn_json_expected(json, value, "an array");
        return false;
    }
    if (value->count >= least) return true;
    dcnn_json_fault(json, value, "expected at least %u element%s, found %u", (unsigned)least, least == 1 ? "" : "s",
                    (unsigned)value->count);
    return false;
}

bool dcnn_json_objects(dcnn_json *json, const dcnn_json_value *value, uint32_t least)
{
    bool all = true;

    if (!dcnn_json_array(json, value, least)) return false;
    for (const dcnn_json_value *element = value->as.first; element; element = element->next) {
        if (element->type == DCNN_JSON_OBJECT) continue;
        dcnn_json_expected(json, element, "an object");
        all = false;
    }
    return all;
}

bool dcnn_json_whole(dcnn_json *json, const dcnn_json_value *value, int64_t min, int64_t max, int64_t *number)
{
    if (!value) return false;
    if (value->type == DCNN_JSON_WHOLE && value->as.whole >= min && value->as.whole <= max) {
        *number = value->as.whole;
        return true;
    }
    if (value->type == DCNN_JSON_REAL && value->as.real >= (double)min && value->as.real <= (double)max &&
        value->as.real == (double)(int64_t)value->as.real) {
        *number = (int64_t)value->as.real;
        return true;
    }
    if (min == max)
        dcnn_json_expected(json, value, "%lld", (long long)min);
    else
        dcnn_json_expected(json, value, "a whole number in [%lld, %lld]", (long long)min, (long long)max);
    return false;
}

bool dcnn_json_real(dcnn_json *json, const dcnn_json_value *value, double min, double max, double *number)
{
    char low[DCNN_NUMBER_TEXT_SIZE], high[DCNN_NUMBER_TEXT_SIZE];

    if (!value) return false;
    if (is_number(value) && number_of(value) >= min && number_of(value) <= max) {
        *number = number_of(value);
        return true;
    }
    dcnn_json_expected(json, value, "a number in [%s, %s]", dcnn_number_text(low, min), dcnn_number_text(high, max));
    return false;
}

/* The number behind a quantity in base units, whatever its range; faults are reported. */
static bool read_quantity(dcnn_json *json, const dcnn_json_value *value, dcnn_quantity quantity, double *number)
{
    const char *name = dcnn_quantity_name(quantity), *example = dcnn_quantity_example(quantity);

    if (is_number(value)) {
        *number = number_of(value);
        return true;
    }
    if (value->type != DCNN_JSON_TEXT) {
        dcnn_json_expected(json, value, "%s, as a number or as text with a unit such as \"%s\"", name, example);
        return false;
    }
    switch (dcnn_quantity_read(value->as.text, quantity, number)) {
    case DCNN_QUANTITY_OK:
        return true;
    case DCNN_QUANTITY_NO_NUMBER:
        dcnn_json_expected(json, value, "%s: a number and a unit such as \"%s\"", name, example);
        return false;
    case DCNN_QUANTITY_NO_UNIT:
        dcnn_json_expected(json, value, "a unit after the number, as in \"%s\"", example);
        return false;
    case DCNN_QUANTITY_BAD_UNIT:
        dcnn_json_expected(json, value, "a unit of %s, as in \"%s\"", name, example);
        return false;
    }
    return false;
}

bool dcnn_json_quantity(dcnn_json *json, const dcnn_json_value *value, dcnn_quantity quantity, double min, double max,
                        double *number)
{
    char low[DCNN_NUMBER_TEXT_SIZE], high[DCNN_NUMBER_TEXT_SIZE];
    double read = 0;

    if (!value || !read_quantity(json, value, quantity, &read)) return false;
    if (!(read >= min && read <= max)) {
        dcnn_json_expected(json, value, "%s in [%s, %s]", dcnn_quantity_name(quantity), dcnn_number_text(low, min),
                           dcnn_number_text(high, max));
        return false;
    }
    *number = read;
    return true;
}

bool dcnn_json_count(dcnn_json *json, const dcnn_json_value *value, dcnn_quantity quantity, int64_t max, int64_t *count)
{
    double read = 0;
    bool inside;

    if (!value || !read_quantity(json, value, quantity, &read)) return false;
    inside = value->type == DCNN_JSON_WHOLE ? value->as.whole >= 0 && value->as.whole <= max
                                            : read >= 0 && read <= (double)max;
    if (!inside) {
        dcnn_json_expected(json, value, "%s in [0, %lld]", dcnn_quantity_name(quantity), (long long)max);
        return false;
    }
    *count = value->type == DCNN_JSON_WHOLE ? value->as.whole : dcnn_round(read);
    return true;
}

bool dcnn_json_choice(dcnn_json *json, const dcnn_json_value *value, const char *const *words, size_t word_count,
                      int *which)
{
    char list[256] = "";

    if (!value) return false;
    if (value->type == DCNN_JSON_TEXT)
        for (size_t k = 0; k < word_count; k++)
            if (strcmp(value->as.text, words[k]) == 0) {
                *which = (int)k;
                return true;
            }
    for (size_t k = 0; k < word_count; k++) {
        size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s\"%s\"",
                       k == 0               ? ""
                       : k + 1 < word_count ? ", "
                                            : " or ",
                       words[k]);
    }
    dcnn_json_expected(json, value, "%s", list);
    return false;
}

bool dcnn_json_kind(dcnn_json_object *root, const char *kind)
{
    const dcnn_json_value *found = dcnn_json_need(root, "dcnn"), *version;
    int64_t number;
    int which;

    if (found && !dcnn_json_choice(root->json, found, &kind, 1, &which)) return false;
    version = dcnn_json_need(root, "version");
    return !version || dcnn_json_whole(root->json, version, 1, 1, &number);
}
