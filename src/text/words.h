/* words.h - names in messages: quoted for people, and compared for "did you mean". */
#ifndef DCNN_TEXT_WORDS_H
#define DCNN_TEXT_WORDS_H

#include <stddef.h>

enum { DCNN_QUOTED_SIZE = 96 };

/* The text (UTF-8) in double quotes, cut to about forty bytes; what does not print, or turns the direction of writing,
 * as \u escapes. Returns quoted. */
const char *dcnn_quote(char quoted[DCNN_QUOTED_SIZE], const char *text);

/* How many letters must be inserted, removed, replaced or swapped with their neighbour to make one word of the other;
 * any number above limit when it is more than limit, or a word is longer than 64 bytes. */
int dcnn_word_distance(const char *a, const char *b, int limit);

/* The largest distance at which a word may pass for a slip of the pen. */
int dcnn_word_slip(const char *word);

/* The candidate nearest to the word, the first of equals; NULL when none could be meant. */
const char *dcnn_word_suggest(const char *word, const char *const *candidates, size_t count);

#endif
