/* Einsum: sums of products written with a letter for each dimension, as in "bij,bjk->bik"; "..." stands for any number
 * of dimensions in front, in between or behind, which stretch to each other. */
#include "operators.h"
#include <string.h>

enum { LETTER_COUNT = 52 };

/* What the terms say so far. */
struct sums {
    int64_t size[LETTER_COUNT]; /* of the dimensions by letter; -1 = not met */
    int times[LETTER_COUNT];    /* met in how many places */
    bool dots;                  /* a term has "..." */
    dcnn_shape rest;            /* what it stands for */
};

/* One term of the equation: its letters, and where among them the dots are (-1: nowhere). */
struct term {
    int letters[DCNN_RANK_MAX], count, dots;
};

static int letter_number(char c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' : c >= 'A' && c <= 'Z' ? c - 'A' + 26 : -1;
}

/* Reads up to the next comma, arrow or end; false when that is no term. */
static bool read_term(dcnn_name *text, struct term *term)
{
    *term = (struct term){.dots = -1};
    for (; text->size > 0 && text->at[0] != ',' && text->at[0] != '-'; text->at++, text->size--) {
        int letter = letter_number(text->at[0]);
        if (text->at[0] == ' ') continue;
        if (text->size >= 3 && memcmp(text->at, "...", 3) == 0) {
            if (term->dots >= 0) return false;
            term->dots = term->count;
            text->at += 2;
            text->size -= 2;
        } else {
            if (letter < 0 || term->count == DCNN_RANK_MAX) return false;
            term->letters[term->count++] = letter;
        }
    }
    return true;
}

/* A dimension of 1 stretches to what the others have. */
static bool agree(int64_t *size, int64_t other)
{
    if (*size >= 0 && *size != 1 && other != 1 && *size != other) return false;
    if (*size < 0 || *size == 1) *size = other;
    return true;
}

static dcnn_status take_operand(const dcnn_work *work, int k, const struct term *term, struct sums *sums)
{
    dcnn_shape rest = {0};
    const dcnn_shape *x;
    dcnn_status status = dcnn_need(work, k, term->count, term->dots < 0 ? term->count : DCNN_RANK_MAX);
    int front;

    if (status) return status;
    x = &dcnn_in(work, k)->shape;
    rest.rank = x->rank - term->count;
    front = rest.rank > 0 ? term->dots : term->count;
    for (int d = 0; d < rest.rank; d++) rest.dims[d] = x->dims[front + d];
    sums->dots = sums->dots || term->dots >= 0;
    if (!dcnn_broadcast(&sums->rest, &rest)) return dcnn_bad(work, "the dimensions that \"...\" stands for differ");
    for (int n = 0; n < term->count; n++) {
        int letter = term->letters[n];
        sums->times[letter]++;
        if (!agree(&sums->size[letter], x->dims[n < front ? n : n + rest.rank]))
            return dcnn_bad(work, "input %d: the sizes of a letter of its equation differ", k + 1);
    }
    return DCNN_OK;
}

/* Without an arrow: what the dots stand for, then the letters that are met once, in their order. */
static bool imply_result(const struct sums *sums, struct term *result)
{
    static const char order[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    *result = (struct term){.dots = sums->dots ? 0 : -1};
    for (const char *c = order; *c; c++) {
        if (sums->times[letter_number(*c)] != 1) continue;
        if (result->count == DCNN_RANK_MAX) return false;
        result->letters[result->count++] = letter_number(*c);
    }
    return true;
}

static bool shape_result(const struct sums *sums, const struct term *result, dcnn_shape *y)
{
    *y = (dcnn_shape){0};
    if (result->count + (result->dots >= 0 ? sums->rest.rank : 0) > DCNN_RANK_MAX) return false;
    for (int n = 0; n <= result->count; n++) {
        for (int d = 0; n == result->dots && d < sums->rest.rank; d++) y->dims[y->rank++] = sums->rest.dims[d];
        if (n == result->count) break;
        if (sums->size[result->letters[n]] < 0) return false;
        y->dims[y->rank++] = sums->size[result->letters[n]];
    }
    return true;
}

static dcnn_status read_equation(const dcnn_work *work, struct sums *sums, struct term *result)
{
    dcnn_name text = dcnn_attribute_text(work->node, "equation");
    struct term term;
    dcnn_status status;

    *sums = (struct sums){0};
    for (int k = 0; k < LETTER_COUNT; k++) sums->size[k] = -1;
    for (int k = 0; k < work->node->input_count; k++) {
        bool comma = k + 1 < work->node->input_count;
        if (!read_term(&text, &term) || (comma && (text.size == 0 || text.at[0] != ',')))
            return dcnn_bad(work, "its equation has no term for each input");
        text.at += comma;
        text.size -= comma;
        if ((status = take_operand(work, k, &term, sums))) return status;
    }
    if (text.size == 0)
        return imply_result(sums, result) ? DCNN_OK : dcnn_bad(work, "its output has more than 8 dimensions");
    if (text.size < 2 || memcmp(text.at, "->", 2) != 0)
        return dcnn_bad(work, "its equation has no term for each input");
    text.at += 2;
    text.size -= 2;
    return read_term(&text, result) && text.size == 0 ? DCNN_OK : dcnn_bad(work, "its equation has no proper result");
}

dcnn_status dcnn_shape_einsum(const dcnn_work *work)
{
    struct sums sums;
    struct term result;
    dcnn_shape y;
    dcnn_status status = read_equation(work, &sums, &result);

    if (status) return status;
    if (!shape_result(&sums, &result, &y)) return dcnn_bad(work, "its equation has no proper result");
    return dcnn_give(work, 0, dcnn_in(work, 0)->type, &y);
}

/* Each combination of all letters multiplies one element of each input. */
int64_t dcnn_count_einsum(const dcnn_work *work)
{
    struct sums sums;
    struct term result;
    int64_t count = work->node->input_count - 1;

    if (read_equation(work, &sums, &result)) return 0;
    for (int k = 0; k < LETTER_COUNT; k++)
        if (sums.size[k] >= 0) count = dcnn_count_times(count, sums.size[k]);
    return dcnn_count_times(count, dcnn_shape_count(&sums.rest));
}
