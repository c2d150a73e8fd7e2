/* number.h - decimal numbers as JSON writes them, whatever the locale. */
#ifndef DCNN_TEXT_NUMBER_H
#define DCNN_TEXT_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { DCNN_NUMBER_LENGTH_MAX = 127 };

/* How a text begins that shall be a number in JSON's grammar: -? digits (. digits)? (e digits)?, no leading zeros. */
typedef struct {
    size_t length;          /* of the whole number; 0 = the text does not begin with one */
    size_t mantissa_length; /* of the part before the exponent */
    bool whole;             /* neither fraction nor exponent */
} dcnn_number_span;

dcnn_number_span dcnn_number_scan(const char *text, size_t size);

/* The double nearest to mantissa x 10^power, where text holds a scanned number of at most DCNN_NUMBER_LENGTH_MAX
 * characters: shifting the decimal point of the text keeps "1.0005 kB" exactly what it says. Infinite when too large.
 */
double dcnn_number_value(const char *text, dcnn_number_span span, int power);

enum { DCNN_NUMBER_TEXT_SIZE = 32 };

/* A number in a message, with up to ten digits or, when it is whole, up to sixteen: "0.001", "9007199254740992". */
const char *dcnn_number_text(char text[DCNN_NUMBER_TEXT_SIZE], double value);

#endif
