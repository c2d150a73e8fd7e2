/* Solution files of other solvers. Three kinds, told apart by content:
 *
 *   names    "x0_3_17 ... 1": CBC, HiGHS, SCIP, Gurobi, and GLPK's printable form; other lines are passed over
 *   columns  "j 12 1": GLPK's raw form, where assignments have the first numbers, in the order they are written
 *   values   "3 0 12 ...": toulbar2, the values of the slots and then of helping variables; the last such line counts
 */
#include "choices.h"
#include <ctype.h>
#include <dcnn/export.h>
#include <stdlib.h>
#include <string.h>

static const size_t file_max_bytes = (size_t)1 << 30;
static const double one_at_least = 0.5; /* solvers write 0.9999999 */

typedef struct {
    const dcnn_choices *choices;
    int *unit_of; /* [slot] -1 = not said yet */
    int filled;
    dcnn_error *err;
} reading;

static dcnn_status put(reading *r, int slot, int unit)
{
    const dcnn_slot *s = &r->choices->slots[slot];

    if (r->unit_of[slot] >= 0 && r->unit_of[slot] != unit)
        return dcnn_fail(r->err, DCNN_E_VALUE, "", "layer %d of CNN %d is on unit %d and on unit %d", s->layer, s->cnn,
                         r->unit_of[slot], unit);
    r->filled += r->unit_of[slot] < 0;
    r->unit_of[slot] = unit;
    return DCNN_OK;
}

/* --- words of the text --- */

/* The next run of bytes that are not blanks; false at the end. */
static bool next_word(const char **at, const char **word, size_t *size)
{
    while (isspace((unsigned char)**at)) (*at)++;
    *word = *at;
    while (**at && !isspace((unsigned char)**at)) (*at)++;
    *size = (size_t)(*at - *word);
    return *size > 0;
}

/* A whole number of at most nine digits at *at, which moves behind it. */
static bool read_index(const char **at, int *index)
{
    int digits = 0;

    *index = 0;
    for (; isdigit((unsigned char)**at) && digits < 9; digits++, (*at)++) *index = 10 * *index + (**at - '0');
    return digits > 0 && !isdigit((unsigned char)**at);
}

/* "x0_3_17" */
static bool read_name(const char *word, size_t size, int *c, int *j, int *i)
{
    const char *at = word + 1;

    if (size < 6 || *word != 'x') return false;
    if (!read_index(&at, c) || *at++ != '_' || !read_index(&at, j) || *at++ != '_' || !read_index(&at, i)) return false;
    return at == word + size;
}

static bool read_value(const char *word, size_t size, double *value)
{
    char *end;

    *value = strtod(word, &end);
    return end == word + size;
}

/* --- kinds of files --- */

static dcnn_status put_named(reading *r, int c, int j, int i)
{
    const dcnn_scenario *s = r->choices->scenario;

    if (c >= s->cnn_count || j >= s->cnns[c].layer_count || i >= s->unit_count)
        return dcnn_fail(r->err, DCNN_E_VALUE, "", "x%d_%d_%d is not a column of this scenario", c, j, i);
    return put(r, r->choices->slot_of[r->choices->first_layer[c] + j], i);
}

/* The value is the next word that is a number: GLPK puts a star between. */
static dcnn_status read_names(reading *r, const char *text)
{
    const char *word;
    size_t size;

    while (next_word(&text, &word, &size)) {
        int c, j, i;
        double value = 0;
        dcnn_status status;
        if (!read_name(word, size, &c, &j, &i)) continue;
        do {
            if (!next_word(&text, &word, &size)) return DCNN_OK;
        } while (size == 1 && *word == '*');
        if (!read_value(word, size, &value))
            return dcnn_fail(r->err, DCNN_E_VALUE, "", "x%d_%d_%d: expected its value, found \"%.*s\"", c, j, i,
                             (int)(size < 40 ? size : 40), word);
        if (value > one_at_least && (status = put_named(r, c, j, i))) return status;
    }
    return DCNN_OK;
}

/* The slot and unit of assignment column number `ordinal`, from 1; false when it is another column. */
static bool find_column(const dcnn_choices *choices, int ordinal, int *slot, int *unit)
{
    for (*slot = 0; *slot < choices->slot_count; (*slot)++)
        for (*unit = 0; *unit < choices->unit_count; (*unit)++)
            if (dcnn_choices_offers(choices, *slot, *unit) && --ordinal == 0) return true;
    return false;
}

static dcnn_status read_columns(reading *r, const char *text)
{
    for (; text; text = strchr(text, '\n')) {
        const char *word;
        size_t size;
        int ordinal, slot, unit;
        double value;
        dcnn_status status;
        while (*text == '\n') text++;
        if (text[0] != 'j' || text[1] != ' ') continue;
        text += 2;
        if (!read_index(&text, &ordinal) || !next_word(&text, &word, &size) || !read_value(word, size, &value))
            return dcnn_fail(r->err, DCNN_E_VALUE, "", "expected \"j\", a column and its value");
        if (value > one_at_least && find_column(r->choices, ordinal, &slot, &unit) && (status = put(r, slot, unit)))
            return status;
    }
    return DCNN_OK;
}

static bool find_value(const dcnn_choices *choices, int slot, int value, int *unit)
{
    for (*unit = 0; *unit < choices->unit_count; (*unit)++)
        if (dcnn_choices_offers(choices, slot, *unit) && value-- == 0) return true;
    return false;
}

/* Whether the line is whole numbers alone, at least one for each slot. */
static bool is_values(const dcnn_choices *choices, const char *line)
{
    int count = 0, value;

    for (;; count++) {
        while (*line == ' ' || *line == '\t' || *line == '\r') line++;
        if (!*line || *line == '\n') return count >= choices->slot_count;
        if (!read_index(&line, &value)) return false;
    }
}

static const char *last_values(const dcnn_choices *choices, const char *text)
{
    const char *last = NULL;

    for (; text; text = strchr(text, '\n')) {
        text += *text == '\n';
        if (is_values(choices, text)) last = text;
    }
    return last;
}

static dcnn_status read_values(reading *r, const char *line)
{
    for (int slot = 0; slot < r->choices->slot_count; slot++) {
        int value, unit;
        dcnn_status status;
        while (isspace((unsigned char)*line)) line++;
        (void)read_index(&line, &value);
        if (!find_value(r->choices, slot, value, &unit))
            return dcnn_fail(r->err, DCNN_E_VALUE, "", "variable %d has no value %d", slot, value);
        if ((status = put(r, slot, unit))) return status;
    }
    return DCNN_OK;
}

static bool starts_line(const char *text, const char *start)
{
    for (; text; text = strchr(text, '\n')) {
        text += *text == '\n';
        if (strncmp(text, start, strlen(start)) == 0) return true;
    }
    return false;
}

/* toulbar2 on standard output mixes its values with words, and numbers in GLPK's files stand behind a letter: names
 * first, then lines of "j", then lines of nothing but numbers. */
static dcnn_status read_text(reading *r, const char *text)
{
    const char *values;
    dcnn_status status = read_names(r, text);

    if (status || r->filled > 0) return status;
    if (starts_line(text, "j ")) return read_columns(r, text);
    if ((values = last_values(r->choices, text))) return read_values(r, values);
    return DCNN_OK;
}

/* --- from slots to a placement --- */

static dcnn_status check_filled(const reading *r)
{
    if (r->filled == 0) return dcnn_fail(r->err, DCNN_E_VALUE, "", "the file holds no solution");
    for (int s = 0; s < r->choices->slot_count; s++)
        if (r->unit_of[s] < 0)
            return dcnn_fail(r->err, DCNN_E_VALUE, "", "the file says no unit for layer %d of CNN %d",
                             r->choices->slots[s].layer, r->choices->slots[s].cnn);
    return DCNN_OK;
}

static dcnn_status place(dcnn_placement **out, const reading *r)
{
    const dcnn_choices *choices = r->choices;
    int *units = dcnn_pool_take(choices->pool, (size_t)choices->layer_count, sizeof *units);
    const int **rows = dcnn_pool_take(choices->pool, (size_t)choices->scenario->cnn_count, sizeof *rows);
    dcnn_status status;

    if (!units || !rows) return dcnn_fail_memory(r->err);
    for (int row = 0; row < choices->layer_count; row++) units[row] = r->unit_of[choices->slot_of[row]];
    for (int c = 0; c < choices->scenario->cnn_count; c++) rows[c] = units + choices->first_layer[c];
    if ((status = dcnn_placement_new(out, choices->scenario, rows, r->err))) return status;
    if ((*out)->value_ns == 0) /* the bound 0 is met: nothing is faster */
        (*out)->proof = DCNN_PROOF_OPTIMAL;
    else
        (*out)->stop = DCNN_STOP_INTERRUPT; /* whatever the other solver proved, there is no proof here */
    if ((*out)->value_ns != DCNN_NEVER) return DCNN_OK;
    dcnn_placement_free(*out);
    *out = NULL;
    return dcnn_fail(r->err, DCNN_E_VALUE, "", "the solution sends a message where there is no route");
}

dcnn_status dcnn_solution_parse(dcnn_placement **out, const dcnn_scenario *scenario, const char *text, size_t size,
                                dcnn_error *err)
{
    dcnn_choices *choices = NULL;
    dcnn_buf copy = {0};
    reading r = {.err = err};
    dcnn_status status;

    *out = NULL;
    if ((status = dcnn_choices_new(&choices, scenario, err))) return status;
    r.choices = choices;
    r.unit_of = dcnn_pool_take(choices->pool, (size_t)choices->slot_count, sizeof *r.unit_of);
    dcnn_buf_add(&copy, text, size);
    if (!r.unit_of || copy.failed) {
        status = dcnn_fail_memory(err);
        goto done;
    }
    for (int s = 0; s < choices->slot_count; s++) r.unit_of[s] = -1;
    if ((status = read_text(&r, copy.data ? copy.data : ""))) goto done;
    if ((status = check_filled(&r))) goto done;
    status = place(out, &r);
done:
    dcnn_buf_clear(&copy);
    dcnn_choices_free(choices);
    return status;
}

dcnn_status dcnn_solution_read(dcnn_placement **out, const dcnn_scenario *scenario, const char *path, dcnn_error *err)
{
    dcnn_buf text = {0};
    dcnn_status status = dcnn_file_load(&text, path, file_max_bytes, err);

    *out = NULL;
    if (!status) status = dcnn_solution_parse(out, scenario, text.data, text.size, err);
    dcnn_buf_clear(&text);
    return status;
}
