#include "words.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_BYTES = 40, WORD_BYTES_MAX = 64 };

/* The code point at *text, which moves past it. The text is valid UTF-8 or at least terminated. */
static uint32_t next_code_point(const unsigned char **text)
{
    const unsigned char *at = *text;
    int more = *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : *at >= 0xc0 ? 1 : 0;
    uint32_t code = more == 3 ? *at & 7u : more == 2 ? *at & 15u : more == 1 ? *at & 31u : *at;

    at++;
    for (; more > 0 && (*at & 0xc0) == 0x80; more--) code = code << 6 | (*at++ & 63u);
    *text = at;
    return code;
}

/* Controls, and marks that turn the direction of writing: they would garble the terminal. */
static bool is_printable(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return false;
    if (code == 0x200e || code == 0x200f || code == 0x061c || code == 0xfeff) return false;
    return !(code >= 0x2028 && code <= 0x202e) && !(code >= 0x2066 && code <= 0x2069);
}

const char *dcnn_quote(char quoted[DCNN_QUOTED_SIZE], const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t used = 0;

    quoted[used++] = '"';
    while (*at && used < SHOWN_BYTES) {
        const unsigned char *from = at;
        uint32_t code = next_code_point(&at);
        if (code == '"' || code == '\\') {
            quoted[used++] = '\\';
            quoted[used++] = (char)code;
        } else if (is_printable(code)) {
            memcpy(quoted + used, from, (size_t)(at - from));
            used += (size_t)(at - from);
        } else {
            used += (size_t)snprintf(quoted + used, DCNN_QUOTED_SIZE - used, "\\u%04x", (unsigned)code);
        }
    }
    (void)snprintf(quoted + used, DCNN_QUOTED_SIZE - used, *at ? "...\"" : "\"");
    return quoted;
}

static int least(int a, int b, int c)
{
    int d = a < b ? a : b;

    return c < d ? c : d;
}

/* The restricted edit distance of Damerau (1964), by rows. */
int dcnn_word_distance(const char *a, const char *b, int limit)
{
    size_t a_length = strlen(a), b_length = strlen(b);
    int rows[3][WORD_BYTES_MAX + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];

    if (a_length > WORD_BYTES_MAX || b_length > WORD_BYTES_MAX) return limit + 1;
    if ((a_length > b_length ? a_length - b_length : b_length - a_length) > (size_t)limit) return limit + 1;
    for (size_t j = 0; j <= b_length; j++) last[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int *oldest = before;
        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_length];
}

int dcnn_word_slip(const char *word)
{
    size_t length = strlen(word);

    return length < 3 ? 0 : length < 6 ? 1 : 2;
}

const char *dcnn_word_suggest(const char *word, const char *const *candidates, size_t count)
{
    int best = dcnn_word_slip(word) + 1;
    const char *found = NULL;

    for (size_t k = 0; k < count; k++) {
        int distance = dcnn_word_distance(word, candidates[k], best - 1);
        if (distance >= best) continue;
        best = distance;
        found = candidates[k];
    }
    return found;
}
