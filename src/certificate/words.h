/* words.h - the words of the certificate file. */
#ifndef DCNN_CERTIFICATE_WORDS_H
#define DCNN_CERTIFICATE_WORDS_H

enum { DCNN_PRICE_KIND_COUNT = 4 };

extern const char *const dcnn_price_words[DCNN_PRICE_KIND_COUNT];

#endif
